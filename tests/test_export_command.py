"""`facilitate export`, and `facilitate rank` on what it wrote."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from facilitate import exports
from facilitate.cli import main
from facilitate.extensions import db
from facilitate.models import LogEntry
from tests.builders import THREE, Play
from tests.exports.conftest import Rich


@pytest.fixture
def rich(app: Flask) -> Rich:
    return Rich(app)


def facilitate(app: Flask, *arguments: object) -> Result:
    return CliRunner().invoke(
        main, [str(each) for each in arguments], env={"FACILITATE_INSTANCE": app.config["INSTANCE"]}
    )


def entries(play: Play) -> list[Any]:
    with play.event() as event:
        found = db.session.scalars(event.log.select().where(LogEntry.action == "export.made"))
        return [(entry.role, entry.data["files"]) for entry in found]


def test_all_files_and_an_entry_in_the_log(rich: Rich, tmp_path: Path) -> None:
    out = tmp_path / "new" / "folder"
    done = facilitate(rich.app, "export", f"{rich.code[:4]} {rich.code[4:]}", "--out", out)
    assert done.exit_code == 0, done.output
    assert {file.name for file in out.iterdir()} == set(exports.names())
    with rich.event() as event:
        sealed = f"Closing hash: {event.closing_hash}"
    assert done.stdout.splitlines() == [*(str(out / name) for name in exports.names()), sealed]
    assert entries(rich) == [("operator", ", ".join(exports.names()))]


def test_raw_ballots_on_request_are_logged_as_such(rich: Rich, tmp_path: Path) -> None:
    for way, given in (("linked", []), ("linked", ["linked"]), ("unlinked", ["unlinked"])):
        done = facilitate(rich.app, "export", rich.code, "--out", tmp_path / way, "--ballots", *given)
        assert done.exit_code == 0, done.output
        assert (tmp_path / way / "ballots.csv").exists()
        assert entries(rich)[-1][1].endswith(f", ballots.csv ({way})")
        assert ("Not for publication" in done.stderr) == (way == "unlinked")


def test_rank_gives_the_common_columns_to_the_character(rich: Rich, tmp_path: Path) -> None:
    facilitate(rich.app, "export", rich.code, "--out", tmp_path, "--ballots")
    done = facilitate(
        rich.app,
        *("rank", tmp_path / "ballots.csv", "--criteria", tmp_path / "criteria.csv"),
        *("--settings", tmp_path / "method.json", "--out", tmp_path / "again.csv"),
    )
    assert done.exit_code == 0, done.output
    again, ranking = cells(tmp_path / "again.csv"), cells(tmp_path / "ranking.csv")
    assert again == [row[: len(again[0])] for row in ranking]
    assert len(again) == 5


def cells(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.reader(text, strict=True))


def test_refused_while_scoring_is_open(app: Flask, tmp_path: Path) -> None:
    play = Play(app, criteria=THREE).until("collect")
    play.sends("Bus")
    for moment in ("collect", "score"):
        play.until(moment)
        done = facilitate(app, "export", play.code, "--out", tmp_path / "out", "--ballots")
        assert done.exit_code == 1
        assert not (tmp_path / "out").exists()
    assert entries(play) == []


@pytest.mark.parametrize("arguments", [["00000000", "--out", "x"], ["00000000"], ["--ballots", "raw"]])
def test_bad_input(app: Flask, arguments: list[str]) -> None:
    done = facilitate(app, "export", *arguments)
    assert done.exit_code == 2
    assert "Error" in done.stderr


def test_a_folder_that_cannot_be_made(rich: Rich, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    done = facilitate(rich.app, "export", rich.code, "--out", tmp_path / "file" / "out")
    assert done.exit_code == 2
    assert entries(rich) == []
