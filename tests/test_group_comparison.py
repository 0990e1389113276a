"""A day whose groups are compared: after closing, on request, remembered for the next closing (R17)."""

from __future__ import annotations

import pytest
from flask import Flask

from facilitate.errors import NotNow
from facilitate.extensions import db
from facilitate.models import Publication
from facilitate.queries import groups
from facilitate.queries.groups import Comparison, Figure
from tests.builders import FAY, THREE, Play

AGENCY, EMPLOYER = "settlement-agency", "employment-service"
BEST, WORST = {"A": "5", "B": "0", "C": "1"}, {"A": "1", "B": "3", "C": "0"}


@pytest.fixture
def play(app: Flask) -> Play:
    """Six of the agencies find the van best, five of the employers worst; one employer has not answered yet."""
    day = Play(app, criteria=THREE)
    day.joins("Amina", "Ben", "Chidi", "Dalia", "Émile", "Farah", group=AGENCY)
    day.joins("Goran", "Hodan", "Ines", "José", "Kim", "Lien", group=EMPLOYER)
    day.until("collect")
    van = day.sends("Rural outreach van")
    day.until("score")
    for name in day.people:
        if name != "Lien":
            day.scores(name, van, BEST if name in ("Amina", "Ben", "Chidi", "Dalia", "Émile", "Farah") else WORST)
    return day


def closed(play: Play) -> None:
    play.until("reveal")
    with play.event() as event:
        event.see_results(by=FAY)


def compared(play: Play) -> Comparison | None:
    with play.event() as event:
        event.compare_groups(groups.publication(event), by=FAY)
        db.session.commit()
        return groups.comparison(event)


def figures(found: Comparison | None) -> list[str | None]:
    assert found is not None
    return [figure.score or figure.hidden for row in found.ideas for figure in row.figures]


def test_groups_are_compared_only_after_closing_and_only_when_a_host_asks(play: Play) -> None:
    with play.event() as event:
        assert groups.comparison(event) is None
        with pytest.raises(NotNow):
            event.compare_groups({}, by=FAY)
    closed(play)
    with play.event() as event:
        assert groups.comparison(event) is None
    assert figures(compared(play)) == ["100.0", "0.0"]


def test_the_comparison_says_who_and_what(play: Play) -> None:
    closed(play)
    found = compared(play)
    assert found is not None
    assert [(part.dimension, part.key) for part in found.parts] == [("group", AGENCY), ("group", EMPLOYER)]
    (van,) = found.ideas
    assert [[figure.score for figure in row] for row in van.criteria] == [["100.0", "0.0"]] * 3
    assert van.figures[0].minus(van.figures[1]).score == "100.0"
    assert (van.rank, van.balanced_rank, van.climbs) == (1, 1, 0)


def test_a_difference_with_a_hidden_group_is_hidden() -> None:
    assert Figure(hidden="few").minus(Figure()) == Figure(hidden="few")


def test_looking_again_remembers_nothing_new(play: Play) -> None:
    closed(play)
    assert compared(play) == compared(play)
    with play.event() as event:
        assert [found.number for found in db.session.scalars(db.select(Publication))] == [1]
        assert groups.comparison(event) is not None


def test_who_answered_between_two_closings_cannot_be_subtracted(play: Play) -> None:
    """Lien alone answers after the first comparison: the employers' second mean would tell what Lien said."""
    closed(play)
    assert figures(compared(play)) == ["100.0", "0.0"]
    play.goes_back()
    with play.event() as event:
        van = next(iter(event.candidates())).public_id
        assert groups.comparison(event) is None
    play.scores("Lien", van, BEST)
    play.until("reveal")
    with play.event() as event:
        assert groups.comparison(event) is None, "what was shown before does not stand for new answers"
    assert figures(compared(play)) == ["safe", "safe"]


def test_the_control_without_the_first_comparison_everything_is_shown(play: Play) -> None:
    closed(play)
    play.goes_back()
    with play.event() as event:
        van = next(iter(event.candidates())).public_id
    play.scores("Lien", van, BEST)
    play.until("reveal")
    assert figures(compared(play)) == ["100.0", "16.7"]
