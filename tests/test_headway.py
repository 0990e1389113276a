"""How far the room is: what is kept in memory and what the database holds are one count."""

from __future__ import annotations

import random
from collections.abc import Iterator

from facilitate import live
from facilitate.extensions import db
from facilitate.headway import Headway
from facilitate.models.casting import Change, Mark
from facilitate.pulse import headway
from facilitate.queries.progress import Progress, _marks, _on_ballot, _recused, least_scored, progress
from tests.cast import Day


def mark(ballot: str, idea: int, criterion: int, *, answered: bool = True, number: bool = True) -> Mark:
    return Mark(1, 1, ballot, idea, criterion, is_answered=answered, is_number=number)


def test_a_ballot_counts_its_answers_on_the_wall_without_those_it_keeps_out_of() -> None:
    sheets = Headway().read(1, 1, [mark("b1", 7, 1), mark("b1", 7, 2), mark("b1", 8, 1), mark("b2", 9, 1)])
    assert sheets.count([7, 8], {}) == {"b1": 3, "b2": 0}
    assert sheets.count([7, 8], {"b1": {8}}) == {"b1": 2, "b2": 0}


def test_taking_an_answer_back_counts_one_less_and_not_sure_is_an_answer_without_a_level() -> None:
    headway = Headway()
    sheets = headway.read(1, 1, [mark("b1", 7, 1), mark("b2", 7, 1)])
    headway.note([mark("b1", 7, 1, answered=False, number=False), mark("b2", 7, 1, number=False)])
    assert sheets.count([7], {}) == {"b1": 0, "b2": 1}
    assert sheets.scorers([7], ["b1", "b2"]) == {7: 0}


def test_another_round_begins_from_nothing() -> None:
    headway = Headway()
    headway.read(1, 1, [mark("b1", 7, 1)])
    headway.note([mark("b1", 7, 2)._replace(round=2)])
    assert headway.known(1, 2) is None


def test_what_is_written_while_the_database_is_read_is_newer_than_what_is_read() -> None:
    headway = Headway()

    def told() -> Iterator[Mark]:
        headway.note([mark("b1", 7, 1, answered=False, number=False), mark("b1", 7, 2)])
        yield mark("b1", 7, 1)
        yield mark("b2", 7, 1)

    assert headway.read(1, 1, told()).count([7], {}) == {"b1": 1, "b2": 1}


def test_what_was_kept_up_with_is_what_the_database_tells(day: Day) -> None:
    """Hundreds of taps, changes and withdrawals, some old and some refused, in batches of any size."""
    day.open_doors()
    people = [day.joins() for _ in range(6)]
    day.collects([f"Idea {number}" for number in range(5)])
    day.until("score")
    dice = random.Random(1)  # noqa: S311
    ideas = [*day.idea_ids().values(), "unknown"]
    with day.event() as event:
        ballots = [ballot.id for ballot in db.session.scalars(event.ballots.select())]
        codes, event_id = [criterion.code for criterion in event.criteria], event.id
        progress(event)  # from here on memory keeps up
        db.session.rollback()
        for _ in range(60):
            live.writer().cast(
                [
                    Change(
                        event_id,
                        dice.choice(ballots),
                        dice.choice(ideas),
                        dice.choice([*codes, None]),
                        dice.choice(["1", "3", "5", "9", "dont_know", "recused", None]),
                        dice.randint(1, 300),
                    )
                    for _ in range(dice.randint(1, 12))
                ]
            )
        kept: Progress = progress(event)
        fewest = least_scored(event)
        anew = headway().read(event.id, event.round, _marks(event))
        assert sum(anew.count(_on_ballot(event), _recused(event)).values()) == kept.answers
        assert (progress(event), least_scored(event)) == (kept, fewest)
        assert kept.answers > 50
    assert len(people) == 6
