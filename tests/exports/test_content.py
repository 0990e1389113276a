"""What exports are made of: plain data, gathered only when nobody scores."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

import pytest
from flask import Flask

from facilitate import exports
from facilitate.errors import NotNow
from facilitate.exports import Content
from facilitate.models import said
from facilitate.scoring.scales import Criterion
from facilitate.scoring.settings import Settings
from tests.builders import THREE, Play
from tests.exports.conftest import TAKEN_BACK, WEEKEND, Rich


def test_nothing_is_gathered_before_scoring(app: Flask) -> None:
    play = Play(app).until("collect")
    with pytest.raises(NotNow, match="Nobody has scored yet"):
        play.content()


def test_nothing_is_gathered_while_scoring_is_open(app: Flask) -> None:
    play = Play(app, criteria=THREE).until("collect")
    play.sends("Evening classes")
    play.until("score")
    with pytest.raises(NotNow, match="People are still scoring"):
        play.content()
    play.until("reveal").content()
    play.goes_back()
    with pytest.raises(NotNow, match="People are still scoring"):
        play.content()


def test_all_is_plain_and_frozen(content: Content) -> None:
    """A thread that makes files must not reach for the database."""
    assert impure(content) == []


def impure(value: Any) -> list[object]:
    if is_dataclass(value) and not isinstance(value, type):
        assert value.__dataclass_params__.frozen  # type: ignore[attr-defined]
        return [found for field in fields(value) for found in impure(getattr(value, field.name))]
    if isinstance(value, dict):
        return [found for pair in value.items() for one in pair for found in impure(one)]
    if isinstance(value, tuple):
        return [found for one in value for found in impure(one)]
    plain = (str, int, float, date, type(None), Settings, Criterion)
    return [] if isinstance(value, plain) or type(value).__name__ == "Fraction" else [value]


def test_every_file_is_made_in_a_thread_without_the_application(content: Content) -> None:
    with ThreadPoolExecutor(1) as aside:
        for name in exports.names(with_ballots=True):
            assert aside.submit(exports.make, name, content).result()


def test_withdrawn_ideas_are_only_counted(content: Content) -> None:
    assert content.withdrawn == 1
    assert TAKEN_BACK not in {idea.title for idea in content.ideas}


def test_the_order_is_that_of_titles_not_of_arrival(content: Content) -> None:
    titles = [idea.title.casefold() for idea in content.ideas]
    assert titles == sorted(titles)


def test_parts_of_the_room(content: Content, rich: Rich) -> None:
    by_ballot = {person.ballot: person for person in content.people}
    assert by_ballot[rich.ballots["Amina"]].group == "Settlement agency staff"
    assert by_ballot[rich.ballots["Goran"]].organization == "Welcome House"
    assert by_ballot[rich.ballots["Silent"]].organization == ""


def test_organizations_are_gone_with_the_key(app: Flask) -> None:
    play = Play(app, criteria=THREE).joins("Amina", organization="Welcome House").until("collect")
    play.sends("Evening classes")
    assert [person.organization for person in play.until("reveal").content().people] == ["Welcome House"]
    with play.event() as event:
        event.key = None
    assert [person.organization for person in play.content().people] == [""]


def test_texts_are_in_the_language_of_the_event(app: Flask) -> None:
    play = Play(app, criteria=THREE, language="fr").until("collect")
    play.sends(WEEKEND, sector="language", evidence=[("statistic", "42 %", "")])
    (idea,) = play.until("reveal").content().ideas
    assert (idea.kind, idea.evidence[0].type) == ("Lacune", "Statistique")


def test_a_text_in_another_language_is_better_than_none() -> None:
    assert [said(texts, "fr") for texts in ({"fr": "Été", "en": "Summer"}, {"en": "Summer"}, {"ar": "صيف"}, None)] == [
        "Été",
        "Summer",
        "صيف",
        "",
    ]


def test_one_name_one_media_type() -> None:
    assert exports.names()[0] == "event.xlsx"
    assert exports.BALLOTS not in exports.names()
    assert exports.names(with_ballots=True) == [*exports.EXPORTS, exports.BALLOTS]
    assert {exports.media_type(name) for name in exports.names()} == set(exports.MEDIA_TYPES.values())
