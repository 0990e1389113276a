"""The files in deploy/: they fit together, name no secret, and are what the guide says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from facilitate.config import SETTINGS

DEPLOY = Path(__file__).parents[1] / "deploy"
FILES = sorted(DEPLOY.iterdir())
SECRET = re.compile(r"password\s*[:=]\s*[A-Za-z0-9]|secret_?key\s*[:=]", re.IGNORECASE)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_guide_names_every_file(file: Path) -> None:
    guide = (DEPLOY.parent / "docs" / "deploying.md").read_text()
    assert f"(../deploy/{file.name})" in guide


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_settings_exist_and_secrets_are_not_written_down(file: Path) -> None:
    text = file.read_text()
    ours = set(re.findall(r"FACILITATE_([A-Z_]+)\b", text)) - {"SITE", "UPSTREAMS"}  # Caddy's own
    assert ours - set(SETTINGS) == set()
    assert SECRET.search(text) is None


@pytest.mark.parametrize("unit", ["facilitate.service", "facilitate@.service"])
def test_systemd_understands_the_units(unit: str, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    command = str(Path(sys.executable).with_name("facilitate"))
    text = (DEPLOY / unit).read_text()
    assert "/opt/facilitate/.venv/bin/facilitate serve" in text
    own = tmp_path / unit.replace("@", "@8000")
    own.write_text(text.replace("/opt/facilitate/.venv/bin/facilitate", command))
    done = subprocess.run(["systemd-analyze", "verify", own], capture_output=True, text=True, timeout=60, check=False)
    ours = [line for line in done.stderr.splitlines() if line.startswith(own.name)]
    assert (done.returncode, ours) == (0, [])


def test_the_image_is_pinned_and_runs_without_root() -> None:
    lines = (DEPLOY / "Dockerfile").read_text().splitlines()
    bases = [line.split()[1] for line in lines if line.startswith("FROM ")]
    assert all(re.fullmatch(r"python:3\.\d+\.\d+-slim-\w+", base) for base in bases)
    assert len(set(bases)) == 1
    instructions = [line.split()[0] for line in lines if re.match(r"[A-Z]+ ", line)]
    last_stage = instructions[len(instructions) - instructions[::-1].index("FROM") :]
    assert {"USER", "HEALTHCHECK", "VOLUME"} <= set(last_stage)
    assert "USER facilitate" in lines
    assert not {"ADD", "ARG"} & set(instructions)
    copied = [line.split()[1:-1] for line in lines if line.startswith("COPY ") and "--from" not in line]
    root = DEPLOY.parent
    assert [name for names in copied for name in names if not list(root.glob(name))] == []


def test_the_composition_pins_its_images_and_keeps_everything_but_caddy_inside() -> None:
    text = (DEPLOY / "compose.yaml").read_text()
    images = re.findall(r"image: (\S+)", text)
    assert sorted(image.split(":")[0] for image in images) == ["caddy", "postgres", "redis"]
    assert all(re.search(r":\d+\.\d+(\.\d+)?-alpine$", image) for image in images)
    assert text.count("ports:") == 1
    assert set(re.findall(r"\$\{(\w+)[^}]*\}", text)) == {"POSTGRES_PASSWORD", "REDIS_PASSWORD", "FACILITATE_SITE"}
    assert all(needed.endswith(":?}") for needed in re.findall(r"\$\{[^}]*\}", text))


def test_the_composition_is_understood_by_docker() -> None:
    known = subprocess.run(["docker", "compose", "version"], capture_output=True, check=False) if _docker() else None
    if known is None or known.returncode:
        pytest.skip("docker compose is not installed")
    secrets = {"POSTGRES_PASSWORD": "a", "REDIS_PASSWORD": "b", "FACILITATE_SITE": "plan.example.org"}
    command = ["docker", "compose", "-f", str(DEPLOY / "compose.yaml"), "config", "--quiet"]
    done = subprocess.run(command, env=os.environ | secrets, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def _docker() -> bool:
    return shutil.which("docker") is not None
