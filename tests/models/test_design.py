"""The ballot before scoring opens: criteria, weights, length and rules; and that frozen means frozen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from fractions import Fraction
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from facilitate import presets
from facilitate.errors import Invalid, NotNow
from facilitate.extensions import db
from facilitate.models import Actor, Ballot, BallotVersion, Criterion, Event, Idea, LogEntry, Score, WeightPoints
from facilitate.models.day.freezing import ASKED, RULES
from facilitate.scoring.scales import SCALES
from tests.builders import FAY, THREE, Play

AMINA = Actor("participant")
SAID = {
    "label": {"en": "Reach", "fr": "Portée"},
    "statement": {"en": "Reaches many people"},
    "helper": {},
    "levels": [{"value": "0", "label": {"en": "few"}}, {"value": "1", "label": {"en": "many"}}],
}


@pytest.fixture
def event(app: Flask) -> Iterator[Event]:
    with app.app_context():
        preset = presets.load("ircc-planning-day") | {"criteria": list(THREE), "moderation": "show-at-once"}
        yield presets.new_event(db.session(), preset, by=FAY)


def actions(event: Event) -> list[str]:
    return [entry.action for entry in db.session.scalars(event.log.select().order_by(LogEntry.number))]


def last(event: Event, action: str) -> dict[str, Any]:
    found = event.log.select().where(LogEntry.action == action).order_by(LogEntry.number.desc()).limit(1)
    return db.session.scalars(found).one().data


def steps(event: Event) -> list[str]:
    return [step.key for step in event.activities]


def letters(event: Event) -> list[str]:
    return [criterion.code for criterion in event.criteria]


def until(event: Event, key: str, ideas: int = 2) -> Event:
    event.open_doors(by=FAY)
    while event.activity.key != key:
        event.move_on(event.version, by=FAY)
        if event.activity.key == "collect":
            kind = event.term("kind", "gap")
            assert kind is not None
            for number in range(ideas):
                event.submit(f"Idea {number}", kind, by=AMINA)
    return event


def ballots(event: Event, count: int) -> list[Ballot]:
    found = [event.ballot_of(event.welcome(language="en")[0]) for _ in range(count)]
    return [ballot for ballot in found if ballot]


def versions(event: Event) -> list[BallotVersion]:
    mine = select(BallotVersion).where(BallotVersion.event_id == event.id).order_by(BallotVersion.number)
    return list(db.session.scalars(mine))


# --- criteria ---


def test_a_criterion_is_added_at_the_end_with_the_next_letter(event: Event) -> None:
    added = event.add_criterion(SAID, by=FAY)
    assert (added.code, added.weight, letters(event)) == ("D", "1", ["A", "B", "C", "D"])


def test_a_letter_is_never_given_twice(event: Event) -> None:
    event.retire_criterion(event.criteria[2], by=FAY)
    event.add_criterion(SAID, by=FAY)
    assert letters(event) == ["A", "B", "D"]


def test_criteria_move_up_and_down_and_keep_their_letters(event: Event) -> None:
    event.move_criterion(event.criteria[2], -1, by=FAY)
    event.move_criterion(event.criteria[0], -1, by=FAY)
    assert letters(event) == ["A", "C", "B"]
    assert actions(event).count("criterion.moved") == 1


def test_changing_nothing_is_not_logged(event: Event) -> None:
    one = event.criteria[0]
    event.change_criterion(one, {"label": dict(one.label), "statement": dict(one.statement)}, by=FAY)
    assert "criterion.changed" not in actions(event)


def test_a_criterion_without_label_or_with_a_level_without_words_is_refused(event: Event) -> None:
    wrong: list[dict[str, Any]] = [{"label": {}}, {"statement": {}}, {"levels": [{"value": "1", "label": {}}]}]
    for said in wrong:
        with pytest.raises(Invalid):
            event.change_criterion(event.criteria[0], said, by=FAY)


@pytest.mark.parametrize("key", SCALES)
def test_every_scale_can_be_chosen_and_keeps_the_direction(event: Event, key: str) -> None:
    cost = event.criteria[1]
    event.put_on_scale(cost, key, by=FAY)
    assert [level["value"] for level in cost.levels] == [
        str(level.value) if level.value.denominator == 1 else "0.5" for level in SCALES[key].levels
    ]
    assert all(set(level["label"]) == {"en", "fr", "ar"} for level in cost.levels)
    assert cost.lower_is_better


def test_the_last_criterion_that_counts_stays(event: Event) -> None:
    event.weigh({"B": "0", "C": "0"}, by=FAY)
    with pytest.raises(Invalid):
        event.retire_criterion(event.criteria[0], by=FAY)


# --- weights ---


def test_weights_are_kept_as_exact_decimals(event: Event) -> None:
    event.weigh({"A": "2.50", "B": "0", "C": "100"}, by=FAY)
    assert event.weights == {"A": "2.5", "B": "0", "C": "100"}


def test_weights_that_are_all_zero_are_refused(event: Event) -> None:
    with pytest.raises(Invalid):
        event.weigh({"A": "0", "B": "0", "C": "0.0"}, by=FAY)


def test_a_room_that_weighs_gets_a_step_right_before_scoring_and_it_can_be_taken_out_again(event: Event) -> None:
    before = steps(event)
    event.let_weigh("room", by=FAY)
    assert steps(event) == ["welcome", "collect", "sort", "weigh", "score", "reveal", "wrap_up"]
    event.limit("vote", 3, by=FAY)
    assert steps(event) == ["welcome", "collect", "sort", "vote", "weigh", "score", "reveal", "wrap_up"]
    event.let_weigh("host", by=FAY)
    event.limit("all", by=FAY)
    assert (steps(event), [step.position for step in event.activities]) == (before, list(range(6)))


def test_a_step_that_the_day_has_come_to_is_not_taken_out(event: Event) -> None:
    event.let_weigh("room", by=FAY)
    until(event, "weigh")
    with pytest.raises(NotNow):
        event.let_weigh("host", by=FAY)
    event.move_back(event.version, by=FAY)
    event.let_weigh("host", by=FAY)
    assert (event.activity.key, "weigh" in steps(event)) == ("sort", False)


def test_the_weights_of_the_room_are_the_means_of_its_points(event: Event) -> None:
    """By hand: (50 + 30 + 40) / 3 = 40; (25 + 30 + 40) / 3 = 31.666… = 31.67; (25 + 40 + 20) / 3 = 28.333… = 28.33."""
    event.rule(k_board=3, by=FAY)
    event.let_weigh("room", by=FAY)
    until(event, "weigh")
    for ballot, points in zip(ballots(event, 3), ((50, 25, 25), (30, 30, 40), (40, 40, 20)), strict=True):
        event.give_points(ballot, dict(zip("ABC", points, strict=True)), by=AMINA)
    assert event.weights == {"A": "2", "B": "0.5", "C": "1"}
    event.move_on(event.version, by=FAY)
    assert event.weights == {"A": "40.00", "B": "31.67", "C": "28.33"}
    assert last(event, "weights.set") == {
        "who": "room",
        "people": 3,
        "before": {"A": "2", "B": "0.5", "C": "1"},
        "after": {"A": "40.00", "B": "31.67", "C": "28.33"},
    }
    assert versions(event)[0].content["weights_set"] == {"by": "room", "people": 3}


def test_a_half_is_rounded_up(event: Event) -> None:
    """By hand: (34 + 7 · 33) / 8 = 33.125 = 33.13; (33 + 7 · 34) / 8 = 33.875 = 33.88."""
    event.rule(k_board=3, by=FAY)
    event.let_weigh("room", by=FAY)
    until(event, "weigh")
    for number, ballot in enumerate(ballots(event, 8)):
        event.give_points(ballot, {"A": 34 if number == 0 else 33, "B": 33, "C": 33 if number == 0 else 34}, by=AMINA)
    event.move_on(event.version, by=FAY)
    assert event.weights == {"A": "33.13", "B": "33.00", "C": "33.88"}


def test_too_few_people_leave_the_weights_of_the_host(event: Event) -> None:
    event.let_weigh("room", by=FAY)
    until(event, "weigh")
    for ballot in ballots(event, 4):
        event.give_points(ballot, {"A": 0, "B": 0, "C": 100}, by=AMINA)
    event.move_on(event.version, by=FAY)
    assert event.weights == {"A": "2", "B": "0.5", "C": "1"}
    assert ("weights.kept" in actions(event), "weights.set" in actions(event)) == (True, False)
    assert versions(event)[0].content["weights_set"] == {"by": "host", "too_few": True}


def test_points_that_do_not_add_up_are_refused_and_what_was_saved_before_stays(event: Event) -> None:
    event.let_weigh("room", by=FAY)
    until(event, "weigh")
    (ballot,) = ballots(event, 1)
    event.give_points(ballot, {"A": 60, "B": 20, "C": 20}, by=AMINA)
    for wrong in ({"A": 60, "B": 20, "C": 19}, {"A": 60, "B": 60, "C": -20}, {"A": 100}, {"A": 50, "B": 50, "Z": 0}):
        with pytest.raises(Invalid):
            event.give_points(ballot, wrong, by=AMINA)
    assert list(event.complete_points()[0].values()) == [60, 20, 20]


def test_points_of_a_criterion_that_is_gone_make_a_ballot_incomplete(event: Event) -> None:
    event.let_weigh("room", by=FAY)
    until(event, "weigh")
    (ballot,) = ballots(event, 1)
    event.give_points(ballot, {"A": 60, "B": 20, "C": 20}, by=AMINA)
    event.move_back(event.version, by=FAY)
    event.retire_criterion(event.criteria[2], by=FAY)
    assert event.complete_points() == []


def test_criteria_are_not_added_or_taken_off_while_people_share_out_their_points(event: Event) -> None:
    event.let_weigh("room", by=FAY)
    until(event, "weigh")
    with pytest.raises(NotNow):
        event.add_criterion(SAID, by=FAY)
    with pytest.raises(NotNow):
        event.retire_criterion(event.criteria[0], by=FAY)


def test_points_are_kept_without_a_person_and_without_a_time() -> None:
    columns = {column.name for column in WeightPoints.__table__.columns}
    assert columns == {"ballot_id", "criterion_id", "points"}


# --- the cut-off vote ---


def vote(event: Event, *approved: tuple[int, ...]) -> list[Idea]:
    ideas = list(db.session.scalars(event.ideas.select().order_by(Idea.id)))
    for ballot, own in zip(ballots(event, len(approved)), approved, strict=True):
        event.approve(ballot, {ideas[number].public_id for number in own}, by=AMINA)
    return ideas


def on_ballot(event: Event) -> list[str]:
    return sorted(idea.title for idea in event.candidates())


def test_the_ideas_with_the_most_ticks_go_on(event: Event) -> None:
    event.limit("vote", 2, by=FAY)
    until(event, "vote", ideas=4)
    vote(event, (0, 1), (0, 1), (0, 2), (0,), (1, 3))
    event.move_on(event.version, by=FAY)
    assert on_ballot(event) == ["Idea 0", "Idea 1"]
    assert last(event, "vote.closed") == {"people": 5, "kept": 2, "cut": 2, "wanted": 2, "tied": False}


def test_a_tie_across_the_line_stays_whole_and_this_is_said(event: Event) -> None:
    event.limit("vote", 2, by=FAY)
    until(event, "vote", ideas=4)
    vote(event, (0, 1), (0, 2), (0,), (1,), (2,))
    event.move_on(event.version, by=FAY)
    assert on_ballot(event) == ["Idea 0", "Idea 1", "Idea 2"]
    assert last(event, "vote.closed")["tied"] is True


def test_going_back_to_the_vote_brings_every_idea_back(event: Event) -> None:
    event.limit("vote", 1, by=FAY)
    event.let_weigh("room", by=FAY)
    until(event, "vote", ideas=3)
    vote(event, *[(0,)] * 5)
    event.move_on(event.version, by=FAY)
    assert on_ballot(event) == ["Idea 0"]
    event.move_back(event.version, by=FAY)
    assert on_ballot(event) == ["Idea 0", "Idea 1", "Idea 2"]
    event.move_on(event.version, by=FAY)
    assert on_ballot(event) == ["Idea 0"]


def test_too_few_votes_cut_nothing(event: Event) -> None:
    event.limit("vote", 1, by=FAY)
    until(event, "vote", ideas=3)
    vote(event, *[(0,)] * 4)
    event.move_on(event.version, by=FAY)
    assert on_ballot(event) == ["Idea 0", "Idea 1", "Idea 2"]
    assert "vote.void" in actions(event)


def test_once_scoring_has_opened_the_vote_moves_nothing(event: Event) -> None:
    event.limit("vote", 1, by=FAY)
    until(event, "vote", ideas=3)
    vote(event, *[(0,)] * 5)
    event.move_on(event.version, by=FAY)
    event.move_back(event.version, by=FAY)
    assert (event.activity.key, on_ballot(event)) == ("vote", ["Idea 0"])
    (late,) = ballots(event, 1)
    with pytest.raises(NotNow):
        event.approve(late, set(), by=AMINA)


def test_an_idea_on_the_ballot_is_not_merged_into_one_that_is_not(event: Event) -> None:
    event.limit("vote", 1, by=FAY)
    event.let_weigh("room", by=FAY)
    until(event, "vote", ideas=2)
    kept, cut = vote(event, *[(0,)] * 5)
    event.move_on(event.version, by=FAY)
    with pytest.raises(NotNow):
        kept.merge_into(cut, by=FAY)
    cut.merge_into(kept, by=FAY)
    assert on_ballot(event) == ["Idea 0"]


# --- rules ---


def test_the_protection_of_small_groups_is_never_loosened_once_people_came_in(event: Event) -> None:
    event.rule(k_board=3, k_export=8, by=FAY)
    event.open_doors(by=FAY)
    with pytest.raises(NotNow):
        event.rule(k_export=7, by=FAY)
    event.rule(k_board=4, k_export=12, by=FAY)
    assert (event.k_board, event.k_export) == (4, 12)


@pytest.mark.parametrize(
    "rules",
    [{"k_board": 2}, {"k_export": 21}, {"k_board": 8, "k_export": 7}, {"n_min": 4}, {"top": 0}],
)
def test_rules_that_would_betray_somebody_or_mean_nothing_are_refused(event: Event, rules: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        event.rule(by=FAY, **rules)


# --- frozen ---


def test_opening_scoring_writes_down_the_whole_ballot(event: Event) -> None:
    until(event, "score")
    (version,) = versions(event)
    assert (version.number, version.round) == (1, 1)
    assert version.content == {
        "criteria": [{name: getattr(criterion, name) for name in ASKED} for criterion in event.criteria],
        **{name: getattr(event, name) for name in RULES},
        "weights_set": {"by": "host"},
        "host_weights": {"A": "2", "B": "0.5", "C": "1"},
    }


SET_UP: dict[str, Callable[[Event], object]] = {
    "add": lambda event: event.add_criterion(SAID, by=FAY),
    "change": lambda event: event.change_criterion(event.criteria[0], SAID, by=FAY),
    "scale": lambda event: event.put_on_scale(event.criteria[0], "0-10", by=FAY),
    "move": lambda event: event.move_criterion(event.criteria[0], 1, by=FAY),
    "retire": lambda event: event.retire_criterion(event.criteria[2], by=FAY),
    "weigh": lambda event: event.weigh({"A": "7"}, by=FAY),
    "who weighs": lambda event: event.let_weigh("host" if event.weights_by == "room" else "room", by=FAY),
    "vote": lambda event: event.limit("vote", 1, by=FAY),
    "deal": lambda event: event.limit("deal", 1, by=FAY),
    "expect": lambda event: event.expect(7, 7, by=FAY),
    "rule": lambda event: event.rule(n_min=9, top=3, balance=True, fall_back=True, k_board=6, by=FAY),
    "points": lambda event: event.give_points(ballots(event, 1)[0], {"A": 100, "B": 0, "C": 0}, by=AMINA),
    "approve": lambda event: event.approve(ballots(event, 1)[0], set(), by=AMINA),
}
MOVES: dict[str, Callable[[Event], object]] = {
    "on": lambda event: event.move_on(event.version, by=FAY),
    "back": lambda event: event.move_back(event.version, by=FAY),
    "reveal": lambda event: event.reveal(event.version, by=FAY),
}


def of_the_ballot(event: Event) -> dict[str, Any]:
    return {**event.ballot_content(), "round": event.round, "ideas": on_ballot(event), "steps": steps(event)}


def test_frozen_means_frozen_whatever_is_tried_and_wherever_the_day_moves(app: Flask) -> None:
    with app.app_context():
        preset = presets.load("ircc-planning-day") | {"criteria": list(THREE), "moderation": "show-at-once"}

        @given(st.lists(st.sampled_from([*SET_UP, *MOVES, *MOVES]), max_size=12), st.sampled_from(["host", "room"]))
        @settings(max_examples=30, deadline=None)
        def try_everything(wishes: list[str], who: str) -> None:
            event = presets.new_event(db.session(), preset, by=FAY)
            event.let_weigh(who, by=FAY)
            until(event, "score")
            before = of_the_ballot(event)
            for wish in wishes:
                if wish in SET_UP:
                    with pytest.raises(NotNow):
                        SET_UP[wish](event)
                    continue
                with suppress(NotNow):  # the day cannot go there from here
                    MOVES[wish](event)
            assert of_the_ballot(event) == before
            assert [version.number for version in versions(event)] == [1]
            db.session.rollback()

        try_everything()


# --- scoring anew ---


def test_scoring_begins_anew_with_a_changed_ballot_and_the_old_answers_stay_with_theirs(app: Flask) -> None:
    play = Play(app, criteria=THREE, n_min=3, k_board=3).until("collect").joins("Amina", "Ben", "Chidi")
    idea = play.sends("Evening classes")
    play.until("score")
    for name in play.people:
        play.scores(name, idea, {"A": "5", "B": "0", "C": "1"})
    play.until("reveal")
    with play.event() as event:
        event.begin_anew(event.version, by=FAY)
        assert (event.activity.key, event.round, event.has_opened_scoring) == ("sort", 2, False)
        assert (event.closing_hash, event.results_seen) == ("", False)
        event.weigh({"A": "9"}, by=FAY)
        event.retire_criterion(event.criteria[2], by=FAY)
    play.until("score")
    for name in play.people:
        play.scores(name, idea, {"A": "1", "B": "3"})
    play.until("reveal")
    with play.event() as event:
        assert [(version.number, version.round) for version in versions(event)] == [(1, 1), (2, 2)]
        assert [len(version.content["criteria"]) for version in versions(event)] == [3, 2]
        rows = db.session.execute(select(Score.round, Score.value, Criterion.code).join(Criterion))
        assert sorted(map(tuple, rows)) == sorted(
            3 * [(1, 5.0, "A"), (1, 0.0, "B"), (1, 1.0, "C"), (2, 1.0, "A"), (2, 3.0, "B")]
        )
    (line,) = play.content().lines
    assert (line.place.published, line.scorers) == (Fraction(0), 3)


def test_the_same_ballot_again_is_no_new_version(event: Event) -> None:
    until(event, "score")
    event.begin_anew(event.version, by=FAY)
    event.move_on(event.version, by=FAY)
    assert [version.number for version in versions(event)] == [1]
    assert (event.round, {idea.round for idea in event.candidates()}) == (2, {2})


def test_scoring_does_not_begin_anew_before_it_began_or_while_results_are_revealed(event: Event) -> None:
    with pytest.raises(NotNow):
        event.begin_anew(event.version, by=FAY)
    until(event, "reveal")
    event.reveal(event.version, by=FAY)
    with pytest.raises(NotNow):
        event.begin_anew(event.version, by=FAY)


def test_anew_the_room_weighs_anew(event: Event) -> None:
    event.rule(k_board=3, by=FAY)
    event.let_weigh("room", by=FAY)
    until(event, "weigh")
    people = ballots(event, 3)
    for ballot in people:
        event.give_points(ballot, {"A": 100, "B": 0, "C": 0}, by=AMINA)
    event.move_on(event.version, by=FAY)
    event.begin_anew(event.version, by=FAY)
    assert event.activity.key == "weigh"
    event.give_points(people[0], {"A": 70, "B": 30, "C": 0}, by=AMINA)
    event.move_on(event.version, by=FAY)
    assert event.weights == {"A": "90.00", "B": "10.00", "C": "0.00"}
    assert [version.number for version in versions(event)] == [1, 2]


def test_a_cleared_rehearsal_leaves_the_weights_of_the_host_and_no_version(event: Event) -> None:
    event.rule(k_board=3, by=FAY)
    event.let_weigh("room", by=FAY)
    event.begin_rehearsal("pass", by=FAY)
    while event.activity.key != "weigh":
        event.move_on(event.version, by=FAY)
        if event.activity.key == "collect":
            kind = event.term("kind", "gap")
            assert kind is not None
            event.submit("Idea", kind, by=Actor("participant", channel="rehearsal"))
    for _ in range(3):
        ballot = event.ballot_of(event.welcome(language="en", channel="rehearsal")[0])
        assert ballot is not None
        event.give_points(ballot, {"A": 100, "B": 0, "C": 0}, by=AMINA)
    event.move_on(event.version, by=FAY)
    assert event.weights["A"] == "100.00"
    event.clear_rehearsal(by=FAY)
    assert (event.weights, versions(event)) == ({"A": "2", "B": "0.5", "C": "1"}, [])
