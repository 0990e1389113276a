"""The method statement in sentences: one list of facts, one of sentences, in the event's language."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from flask import Flask

from facilitate.exports import Content, method, statement
from facilitate.exports.design import Design, Scenario, Version
from facilitate.extensions import db
from facilitate.models import BallotVersion
from facilitate.models import Scenario as Kept
from tests.builders import FAY, NAMES, THREE, Play

DAY = date(2026, 11, 22)


def said(content: Content, language: str = "en", **changes: Any) -> dict[str, str]:
    return dict(statement.statement(method.record(replace(content, **changes)), language))


def test_method_json_and_workbook_say_the_same_rules(content: Content) -> None:
    words = said(content)
    for name, rule in method.record(content)["method"]["rules"].items():
        assert words[statement.NAMES[name]] == rule


@pytest.mark.parametrize(
    ("by", "words"),
    [
        ("preset ircc-planning-day", "Set by the preset ircc-planning-day, locked when scoring opened on"),
        ("host", "Set by the host, locked"),
        ("room", "Set by the room, before it scored"),
    ],
)
def test_who_set_the_weights(content: Content, by: str, words: str) -> None:
    assert said(content, design=Design(by))["Weights"].startswith(words)


def test_versions_rounds_hands_cut_off_vote_and_scenarios(content: Content) -> None:
    cut = replace(content.ideas[0], state="cut", id="cut")
    design = Design(
        "room",
        versions=(Version(1, 1, DAY), Version(2, 2, DAY)),
        rounds=2,
        scored_again=("a", "b"),
        per_person=12,
        cut_to=20,
        scenarios=(Scenario("Need first", "The funder asked", DAY, {"A": "3", "B": "1"}),),
    )
    words = said(content, design=design, ideas=(*content.ideas, cut))
    assert words["Ballot"].startswith("Changed after scoring had first opened: version 2")
    assert words["Rounds"] == "2 rounds; 2 ideas were scored again and count with the last one."
    assert words["Hands"].startswith("Each person was dealt 12 ideas")
    assert words["Cut-off vote"] == "A vote kept 20 ideas for the ballot; 1 are not on it, and are listed."
    assert words["Scenario"] == (
        "“Need first”, by a host on 2026-11-22: A 3, B 1. Reason: The funder asked. The ranking stays as it is."
    )


def test_options_are_said_where_they_were_taken(content: Content) -> None:
    settings = replace(content.settings, balance=True, trim=1, fall_back=True)
    words = said(replace(content, people=tuple(replace(one, group="all") for one in content.people), settings=settings))
    assert words["Votes"].startswith("Every stakeholder group counts the same")
    assert "highest and lowest answers" in words["Score"]
    assert "the one before" in words["Rounds"]
    assert "Rounds" not in said(content)


def test_what_the_event_knows_is_gathered(app: Flask) -> None:
    play = Play(app, criteria=THREE, n_min=3, per_person=4).joins(*NAMES[:3]).until("collect")
    bus = play.sends("Bus")
    play.until("score").everybody_scores([bus])
    play.until("reveal")
    with play.event() as event:
        version = db.session.scalars(db.select(BallotVersion)).one()
        version.content = version.content | {"weights_set": {"by": "room"}}
        db.session.add(Kept(event_id=event.id, name="N", author="Fay", reason="R", weights={"A": "1"}))
        event.record("weights.set", by=FAY)
    design = play.content().design
    assert (design.weights_by, len(design.versions), design.per_person) == ("room", 1, 4)
    assert [(each.name, each.reason, each.weights) for each in design.scenarios] == [("N", "R", {"A": "1"})]
    assert "Fay" not in str(method.record(play.content()))
    with play.event() as event:
        db.session.delete(db.session.scalars(db.select(BallotVersion)).one())
    assert play.content().design.weights_by == "host"


def test_every_sentence_is_translated_and_keeps_its_figures(content: Content) -> None:
    """The same placeholders in every language, so that no sentence fails in the middle of an export."""
    sentences = [
        *(statement.REHEARSAL, statement.BALANCED, statement.TRIMMED),
        *(each for table in TABLES for each in table.values()),
    ]
    for language in ("fr", "ar"):
        catalogue = statement.CATALOGUES / language / "LC_MESSAGES" / "messages.po"
        with Path(catalogue).open("rb") as file:
            known = {str(each.id): str(each.string) for each in read_po(file) if isinstance(each.id, str)}
        wrong = [each for each in sentences if known.get(each) and figures(known[each]) != figures(each)]
        assert wrong == []
        assert len(said(content, language)) == len(said(content))


TABLES = (statement.NAMES, statement.ADMISSION, statement.EXCLUSIONS, statement.RULES, statement.SENTENCES)


def figures(sentence: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)s", sentence))
