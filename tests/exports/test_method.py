"""The method statement (R20): what a stranger needs to recompute and to judge the ranking."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from facilitate import exports
from facilitate.exports import Content, workbook
from facilitate.exports.method import enough
from facilitate.scoring.files import read_settings
from tests.builders import NAMES, THREE, Play
from tests.exports.conftest import DOUBLE, WEEKEND, Rich


@pytest.fixture
def record(content: Content) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(exports.make("method.json", content))
    return made


def test_rank_reads_its_settings_back(content: Content, tmp_path: Path) -> None:
    file = tmp_path / "method.json"
    file.write_bytes(exports.make("method.json", content))
    settings, levels = read_settings(file)
    assert settings == {"minimum": 3, "top": 10, "trim": 0, "balance": False, "k": 5, "fall_back": False}
    assert levels == {"A": 5, "B": 4, "C": 3}


def test_who_was_there_and_what_they_did(record: dict[str, Any], content: Content) -> None:
    method = record["method"]
    assert method["people"] == {"joined": 13, "scored": 11, "did_not_score": 2, "ballots_excluded": 0}
    assert method["answers"]["recusals"] == 7
    assert method["answers"]["scores"] == content.outcome.tally.n.sum()
    assert method["answers"]["dont_know"] == content.outcome.tally.dont_know.sum()
    assert method["ideas"] == {
        "sent": 7,
        "ranked": 3,
        "not_ranked": 1,
        "merged": 1,
        "set_aside": 1,
        "waiting": 0,
        "withdrawn": 1,
    }


def test_exclusions_and_merges_with_their_reasons(record: dict[str, Any], rich: Rich) -> None:
    method = record["method"]
    assert [each["reason"] for each in method["not_ranked"]] == ["too few scores (0 of 3) on Need"]
    assert [each["reason"] for each in method["set_aside"]] == ["Names a person or a client"]
    original = {"idea": rich.ideas[DOUBLE], "title": DOUBLE}
    assert method["merges"] == [{"idea": rich.ideas[WEEKEND], "title": WEEKEND, "originals": [original]}]


def test_scale_weights_and_software(record: dict[str, Any], rich: Rich) -> None:
    method = record["method"]
    assert [(each["weight"], each["levels"]) for each in method["criteria"]] == [
        ("2", ["1", "2", "3", "4", "5"]),
        ("0.5", ["0", "1", "2", "3"]),
        ("1", ["0", "0.5", "1"]),
    ]
    assert method["weights"]["set_by"] == "preset ircc-planning-day"
    assert method["software"]["name"] == "facilitate"
    with rich.event() as event:
        assert method["closing_hash"] == event.closing_hash != ""
        assert method["event"]["code"] == event.code
    assert "seed 20180925" in method["rules"]["ranges"]


def test_times_are_kept_to_the_day(content: Content) -> None:
    text = exports.make("method.json", content).decode()
    assert re.findall(r"\d{4}-\d\d-\d\d", text)
    assert not re.search(r"\d\d:\d\d", text)


def test_after_the_reveal_it_says_so(app: Flask, record: dict[str, Any]) -> None:
    assert record["method"]["is_revealed"] is False
    play = Play(app, criteria=THREE).until("collect")
    play.sends("Bus")
    revealed = play.until("reveal").reveals().content()
    assert json.loads(exports.make("method.json", revealed))["method"]["is_revealed"] is True
    assert workbook.method_in_words(revealed)[1] == ("Results", "Closed, and revealed to the room.")


def test_figures_of_few_people_stay_in_the_house(app: Flask) -> None:
    play = Play(app, criteria=THREE, n_min=3, k_export=5).joins(*NAMES[:3]).until("collect")
    ideas = [play.sends("Bus"), play.sends("Café")]
    play.until("score").everybody_scores(ideas)
    play.steps_aside("Ben", ideas[0])
    method = json.loads(exports.make("method.json", play.until("reveal").content()))["method"]
    assert method["answers"]["recusals"] == "some"
    assert method["agreement"]["krippendorff_alpha"] is None


def test_how_recusals_are_counted() -> None:
    assert [enough(count, 5) for count in (0, 1, 4, 5, 9)] == [0, "some", "some", 5, 9]


def test_agreement_of_enough_people(record: dict[str, Any]) -> None:
    assert isinstance(record["method"]["agreement"]["krippendorff_alpha"], float)
    assert record["method"]["organizations"]["looked_at"] == 1


def test_a_rehearsal_says_so_in_every_file(app: Flask) -> None:
    play = Play(app, criteria=THREE)
    with play.event() as event:
        event.door = "closed"
        event.is_rehearsal = True
    play.joins(*NAMES[:3], channel="rehearsal").until("collect")
    bus = play.sends("Bus", name="Amina", evidence=[("report", "A report", "")])
    play.until("score").everybody_scores([bus])
    play.until("reveal")
    with play.event() as event:
        idea = event.idea(bus)
        assert idea is not None
        idea.is_shortlisted = True
    content = play.content()
    for name in exports.names(with_ballots=True):
        made = exports.make(name, content)
        assert name == "event.xlsx" or "rehearsal" in made.decode().casefold(), name
    record = json.loads(exports.make("method.json", content))
    assert next(iter(record)) == "rehearsal"
    assert record["method"]["is_rehearsal"] is True
