"""What the documents say is true: settings, commands, links, languages of presets."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import click
import pytest

from facilitate.cli import main
from facilitate.config import SETTINGS

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("bench/*.md")])


def test_every_setting_is_in_the_deployment_guide_with_its_default() -> None:
    table = (
        (ROOT / "docs/deploying.md").read_text().split("<!-- settings:begin -->")[1].split("<!-- settings:end -->")[0]
    )
    named = set(re.findall(r"`FACILITATE_(\w+)`", table))
    assert named == set(SETTINGS)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", document.read_text())
    missing = [link for link in links if not (document.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_commands_that_documents_name_exist(document: Path) -> None:
    named = set(re.findall(r"`(?:\.venv/bin/)?facilitate ([a-z]+)", document.read_text()))
    coming = {"forget"}  # said to be coming where they are named
    assert named - set(main.commands) - coming == set()


def test_every_command_explains_itself() -> None:
    for name, command in main.commands.items():
        assert command.help, name
        assert isinstance(command, click.Command)


def test_every_target_that_documents_name_is_in_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {target for document in DOCUMENTS for target in re.findall(r"`make ([a-z-]+)", document.read_text())}
    assert named - targets == set()


def test_lock_files_name_no_address() -> None:
    for lock in [*ROOT.glob("requirements*.txt")]:
        assert "://" not in lock.read_text(), lock.name


@pytest.mark.parametrize("preset", sorted((ROOT / "facilitate/presets").glob("*.toml")), ids=lambda path: path.stem)
def test_every_text_of_a_preset_speaks_all_its_languages(preset: Path) -> None:
    content = tomllib.loads(preset.read_text(encoding="utf-8"))
    silent = list(incomplete(content, set(content["languages"]), preset.stem))
    assert silent == []


def incomplete(node: object, languages: set[str], where: str) -> list[str]:
    """Texts (tables whose keys are languages) that lack one."""
    if isinstance(node, list):
        return [found for number, one in enumerate(node) for found in incomplete(one, languages, f"{where}[{number}]")]
    if not isinstance(node, dict):
        return []
    if languages & node.keys() and all(isinstance(value, str) for value in node.values()):
        return [where] if languages - node.keys() or not all(value.strip() for value in node.values()) else []
    return [found for key, one in node.items() for found in incomplete(one, languages, f"{where}.{key}")]
