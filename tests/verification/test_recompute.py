"""The script that we ship: scores and ranks by hand, with the standard library alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from facilitate.verification.sheets import sheet
from tests.verification.events import random_event, written

SCRIPT = Path(__file__).parents[2] / "docs" / "recompute.py"


def test_it_gives_the_ranks_and_scores_of_ranking_csv(tmp_path: Path) -> None:
    compared = 0
    for seed in range(24):
        content = random_event(seed)
        if content.settings.balance:
            continue
        folder = written(content, tmp_path / str(seed), way="linked")
        files = [str(folder / name) for name in ("ballots.csv", "criteria.csv", "method.json")]
        # -I: nothing of ours can be imported.
        done = subprocess.run([sys.executable, "-I", str(SCRIPT), *files], capture_output=True, text=True, check=True)
        ranking = sheet("ranking.csv", (folder / "ranking.csv").read_text(encoding="utf-8-sig"))
        expected = {(line["rank"], line["score"], line["idea"]) for line in ranking.lines if line["rank"]}
        assert {tuple(line.split("\t")) for line in done.stdout.splitlines()} == expected
        compared += len(expected)
    assert compared > 20


def test_it_is_short_enough_to_be_read() -> None:
    lines = [line for line in SCRIPT.read_text(encoding="utf-8").splitlines() if line.strip()]
    assert len(lines) < 35
