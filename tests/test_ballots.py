"""Casting: what becomes of taps."""

from __future__ import annotations

import pytest

from facilitate import live
from facilitate.ballots import read_changes
from facilitate.extensions import db
from facilitate.models import Ballot, Score
from facilitate.models.casting import Answer, Change
from tests.cast import Day


class Room:
    """Scoring is open; casts go straight to the writer."""

    def __init__(self, day: Day) -> None:
        self.day = day.scoring("Evening classes", "Rural outreach van")
        self.ideas = list(day.idea_ids().values())
        with day.event() as event:
            self.event_id = event.id
            self.ballots = list(db.session.scalars(db.select(Ballot.id).order_by(Ballot.id)))

    def change(self, value: str | None, seq: int | None = 1, criterion: str | None = "A", idea: int = 0) -> Change:
        return Change(self.event_id, self.ballots[0], self.ideas[idea], criterion, value, seq)

    def cast(self, *changes: Change) -> list[Answer]:
        with self.day.app.app_context():
            return live.writer().cast(list(changes))

    def stored(self) -> list[tuple[int, str, float | None]]:
        with self.day.app.app_context():
            rows = db.session.execute(db.select(Score.seq, Score.answer, Score.value).order_by(Score.seq))
            return [tuple(row) for row in rows]


@pytest.fixture
def room(day: Day) -> Room:
    day.until("welcome").joins()
    return Room(day)


def test_a_score_is_stored_and_answered_with_its_number(room: Room) -> None:
    assert room.cast(room.change("4")) == [Answer(True, 1)]
    assert room.stored() == [(1, "number", 4.0)]


def test_the_same_tap_sent_twice_counts_once_and_is_answered_alike(room: Room) -> None:
    assert room.cast(room.change("4")) == room.cast(room.change("4"))
    assert room.stored() == [(1, "number", 4.0)]


def test_a_newer_tap_replaces_an_older_one(room: Room) -> None:
    room.cast(room.change("4", seq=1))
    assert room.cast(room.change("2", seq=2)) == [Answer(True, 2)]
    assert room.stored() == [(2, "number", 2.0)]


def test_an_older_tap_that_arrives_late_is_told_what_is_stored(room: Room) -> None:
    room.cast(room.change("4", seq=5))
    assert room.cast(room.change("2", seq=3)) == [Answer(False, 5, "superseded", "4")]
    assert room.stored() == [(5, "number", 4.0)]


def test_the_same_number_with_another_value_is_superseded(room: Room) -> None:
    room.cast(room.change("4", seq=5))
    assert room.cast(room.change("2", seq=5)) == [Answer(False, 5, "superseded", "4")]


def test_in_one_batch_the_highest_number_wins_whatever_the_order(room: Room) -> None:
    answers = room.cast(room.change("1", seq=1), room.change("3", seq=3), room.change("2", seq=2))
    assert [answer.ok for answer in answers] == [False, True, False]
    assert room.stored() == [(3, "number", 3.0)]


def test_without_a_number_the_next_one_is_taken(room: Room) -> None:
    room.cast(room.change("4", seq=7))
    assert room.cast(room.change("2", seq=None, criterion="B")) == [Answer(True, 8)]


def test_every_answer_carries_the_ballots_highest_number(room: Room) -> None:
    room.cast(room.change("4", seq=9, criterion="B"))
    assert room.cast(room.change("2", seq=3, criterion="A")) == [Answer(True, 9)]


def test_not_sure_and_cleared_are_kept_apart_from_numbers(room: Room) -> None:
    room.cast(room.change("dont_know", seq=1), room.change(None, seq=2, criterion="B"))
    assert room.stored() == [(1, "dont_know", None), (2, "blank", None)]


@pytest.mark.parametrize("value", ["6", "0", "1.5", "nan", "sNaN", "inf", "four", "", "-1", "1e999"])
def test_a_value_off_the_scale_is_invalid_and_not_stored(room: Room, value: str) -> None:
    assert [answer.why for answer in room.cast(room.change(value))] == ["invalid"]
    assert room.stored() == []


@pytest.mark.parametrize("seq", [0, -1, 2**53])
def test_a_number_that_browsers_cannot_count_is_invalid(room: Room, seq: int) -> None:
    assert [answer.why for answer in room.cast(room.change("3", seq=seq))] == ["invalid"]


def test_an_unknown_idea_is_gone_and_an_unknown_criterion_invalid(room: Room) -> None:
    unknown = Change(room.event_id, room.ballots[0], "nothing", "A", "3", 1)
    assert [a.why for a in room.cast(unknown, room.change("3", criterion="Z"))] == ["gone", "invalid"]


def test_one_refused_change_does_not_hold_up_the_others(room: Room) -> None:
    answers = room.cast(room.change("9", seq=1), room.change("3", seq=2))
    assert [answer.ok for answer in answers] == [False, True]


def test_the_stake_button_and_taking_it_back_leave_the_scores_alone(room: Room) -> None:
    room.cast(room.change("4", seq=1))
    assert room.cast(room.change("recused", seq=2, criterion=None)) == [Answer(True, 2)]
    assert room.cast(room.change("recused", seq=2, criterion=None)) == [Answer(True, 2)]
    assert room.cast(room.change(None, seq=3, criterion=None)) == [Answer(True, 3)]
    assert room.stored() == [(1, "number", 4.0)]


def test_once_scoring_is_closed_nothing_is_taken(room: Room) -> None:
    room.day.next()
    assert [answer.why for answer in room.cast(room.change("4"))] == ["closed"]
    assert room.stored() == []


def test_reopened_scoring_takes_answers_again_and_kept_the_old_ones(room: Room) -> None:
    room.cast(room.change("4", seq=1))
    room.day.next()
    with room.day.event() as event:
        title = event.title["en"]
    room.day.back(confirmation=title)
    assert room.cast(room.change("5", seq=2, criterion="B")) == [Answer(True, 2)]
    assert room.stored() == [(1, "number", 4.0), (2, "number", 5.0)]


def test_a_ballot_of_another_event_is_gone(room: Room) -> None:
    stranger = Change(room.event_id + 1, room.ballots[0], room.ideas[0], "A", "3", 1)
    assert [answer.why for answer in room.cast(stranger)] == ["gone"]


@pytest.mark.parametrize(
    "said",
    [
        None,
        3,
        "score",
        [],
        {},
        {"idea": 3, "criterion": "A", "value": 3},
        {"idea": "x", "criterion": 3, "value": 3},
        {"idea": "x", "criterion": "A", "value": [3]},
        {"idea": "x", "criterion": "A", "value": True},
        {"idea": "x", "criterion": "A", "value": 3, "seq": "1"},
        {"idea": "x", "criterion": "A", "value": 3, "seq": True},
        {"idea": "x", "criterion": "A", "value": 3, "seq": 1.0},
    ],
)
def test_what_has_not_the_shape_of_a_score_is_not_read(said: object) -> None:
    assert read_changes(1, "ballot", [said]) == [None]


@pytest.mark.parametrize(("value", "read"), [(4, "4"), (4.0, "4"), ("4", "4"), (0.5, "0.5"), (10**300, "out of range")])
def test_numbers_and_words_are_read_alike(value: object, read: str) -> None:
    change = read_changes(1, "ballot", [{"idea": "x", "criterion": "A", "value": value}])[0]
    assert change is not None
    assert change.value == read
