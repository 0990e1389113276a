"""Where there is no time for all ideas: everybody is dealt some, and every idea as many people as any other (R16)."""

from __future__ import annotations

from collections import Counter

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facilitate.errors import NotNow
from facilitate.extensions import db
from facilitate.models import Ballot, Event, Hand, Idea
from facilitate.models.casting import Change
from facilitate.models.dealing import deal
from facilitate.queries.ballot_paper import dealt, overview
from facilitate.queries.progress import Coverage, Reach, least_scored, progress, reach
from tests.builders import FAY, NAMES, SOMEBODY, THREE, Play
from tests.cast import Day

ALL = {"A": "3", "B": "1", "C": "1"}


def played(app: Flask, people: int = 6, ideas: int = 6, per_person: int = 2) -> Play:
    """Scoring is open, everybody has a hand."""
    play = Play(app, criteria=THREE, per_person=per_person).joins(*NAMES[:people]).until("collect")
    for number in range(ideas):
        play.sends(f"Idea {number}")
    return play.until("score")


def hand(play: Play, name: str) -> list[str]:
    with play.event() as event:
        return [idea.public_id for idea in dealt(event, ballot(event, play, name))]


def ballot(event: Event, play: Play, name: str) -> Ballot:
    found = event.ballot(play.ballots[name])
    assert found is not None
    return found


def hands(play: Play) -> dict[str, list[str]]:
    return {name: hand(play, name) for name in play.people}


def others(play: Play, name: str) -> list[str]:
    """Ideas that this person was not dealt."""
    own = hand(play, name)
    with play.event() as event:
        return [idea.public_id for idea in event.candidates() if idea.public_id not in own]


def cast(play: Play, name: str, idea: str, criterion: str | None, value: str | None) -> tuple[bool, str | None]:
    with play.app.app_context():
        (answer,) = play.app.extensions["score_writer"].cast(
            [Change(play.id, play.ballots[name], idea, criterion, value, None)]
        )
    return answer.ok, answer.why


# --- the deal ---


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=st.integers(1, 25), ideas=st.integers(1, 14), size=st.integers(1, 14))
def test_no_two_ideas_differ_by_more_than_one_person(app: Flask, people: int, ideas: int, size: int) -> None:
    with app.app_context():
        play = Play(app, criteria=THREE, per_person=size).until("collect")
    with play.event() as event:
        kind = event.term("kind", "gap")
        assert kind is not None
        for number in range(ideas):
            event.submit(f"Idea {number}", kind, by=SOMEBODY)
        db.session.add_all([Ballot(event_id=event.id, link=f"{event.code}{n}", channel="phone") for n in range(people)])
    play.until("score")
    with play.event() as event:
        rows = db.session.execute(
            db.select(Hand.ballot_id, Hand.idea_id).join(Idea, Idea.id == Hand.idea_id).where(Idea.event_id == play.id)
        ).all()
    by_idea, by_ballot = Counter(idea for _, idea in rows), Counter(own for own, _ in rows)
    assert max(by_idea.values()) - min(by_idea.values()) <= 1
    assert len(by_idea) == min(ideas, people * min(size, ideas))
    assert set(by_ballot.values()) == {min(size, ideas)}
    assert len(by_ballot) == people


def test_everybody_has_an_order_of_their_own(app: Flask) -> None:
    orders = hands(played(app, people=8, ideas=8, per_person=8)).values()
    assert len({tuple(order) for order in orders}) > 1
    assert {frozenset(order) for order in orders} == {frozenset(next(iter(orders)))}


def test_dealing_again_changes_nothing(app: Flask) -> None:
    play = played(app)
    before = hands(play)
    with play.event() as event:
        event.deal()
    assert hands(play) == before


def test_where_everybody_scores_everything_nobody_is_dealt_anything(app: Flask) -> None:
    play = Play(app, criteria=THREE).joins("Amina").until("collect")
    play.sends("Bus")
    play.until("score")
    with play.event():
        assert db.session.scalar(db.select(db.func.count()).select_from(Hand)) == 0
    assert len(hand(play, "Amina")) == 1


def test_nobody_is_dealt_what_they_keep_out_of(app: Flask) -> None:
    play = Play(app, criteria=THREE, per_person=2).joins("Amina", organization="Welcome House").joins("Ben")
    play.until("collect")
    ours = play.sends("Our café", kind="opportunity", organization="Welcome House")
    mine = play.sends("Ben's van", name="Ben", kind="opportunity")
    other = play.sends("Bus")
    play.until("score")
    assert sorted(hand(play, "Amina")) == sorted([mine, other])
    assert sorted(hand(play, "Ben")) == sorted([ours, other])


def test_who_joins_later_is_dealt_what_the_fewest_have(app: Flask) -> None:
    play = played(app, people=2, ideas=6)
    before = {idea for name in ("Amina", "Ben") for idea in hand(play, name)}
    play.joins("Chidi")
    assert before.isdisjoint(hand(play, "Chidi"))
    assert len(hand(play, "Chidi")) == 2


# --- casting ---


def test_only_what_was_dealt_can_be_scored(app: Flask) -> None:
    play = played(app)
    mine, (foreign, *_) = hand(play, "Amina"), others(play, "Amina")
    assert cast(play, "Amina", mine[0], "A", "3") == (True, None)
    assert cast(play, "Amina", foreign, "A", "3") == (False, "gone")
    assert cast(play, "Amina", foreign, None, "recused") == (False, "gone")
    assert cast(play, "Amina", "no-such-idea", "A", "3") == (False, "gone")


def test_a_batch_of_a_dealt_and_another_event_keeps_them_apart(app: Flask) -> None:
    play, all_ideas = played(app), Play(app, criteria=THREE).joins("Amina").until("collect")
    bus = all_ideas.sends("Bus")
    all_ideas.until("score")
    (foreign, *_) = others(play, "Amina")
    changes = [
        Change(play.id, play.ballots["Amina"], foreign, "A", "3", 1),
        Change(all_ideas.id, all_ideas.ballots["Amina"], bus, "A", "3", 1),
        Change(play.id, play.ballots["Amina"], hand(play, "Amina")[0], "A", "3", 2),
    ]
    with app.app_context():
        answers = app.extensions["score_writer"].cast(changes)
    assert [(answer.ok, answer.why) for answer in answers] == [(False, "gone"), (True, None), (True, None)]


def test_whoever_has_a_stake_is_dealt_another_idea_once(app: Flask) -> None:
    play = played(app)
    first, second = hand(play, "Amina")
    play.steps_aside("Amina", first)
    now = hand(play, "Amina")
    assert now[:2] == [first, second]
    assert len(now) == 3
    assert cast(play, "Amina", now[2], "A", "3") == (True, None)
    assert cast(play, "Amina", first, None, None) == (True, None)
    assert cast(play, "Amina", second, None, "recused") == (True, None)
    assert hand(play, "Amina") == now  # two are left to score


def test_who_keeps_out_of_everything_is_dealt_everything_and_no_more(app: Flask) -> None:
    play = played(app, people=1, ideas=3)
    for _ in range(3):
        for idea in hand(play, "Amina"):
            play.steps_aside("Amina", idea)
    assert len(hand(play, "Amina")) == 3


# --- a late idea ---


def test_a_late_idea_is_first_in_every_hand(app: Flask) -> None:
    play = Play(app, criteria=THREE, per_person=2).joins(*NAMES[:3]).until("collect")
    for number in range(4):
        play.sends(f"Idea {number}")
    late, later = play.sends("Late", name="Ben", kind="opportunity"), play.sends("Later")
    play.sets_aside(late, note="not now")
    play.sets_aside(later, note="not now")
    play.until("score")
    for idea in (late, later):
        with play.event() as event:
            found = event.idea(idea)
            assert found is not None
            found.show(by=FAY)
    assert hand(play, "Amina")[:2] == [later, late]
    assert hand(play, "Ben")[0] == later
    assert late not in hand(play, "Ben")  # it is his own
    assert [len(hand(play, name)) for name in ("Amina", "Ben", "Chidi")] == [4, 3, 4]
    assert cast(play, "Amina", late, "A", "3") == (True, None)


def test_an_idea_that_is_shown_again_stays_with_those_who_had_it(app: Flask) -> None:
    play = played(app)
    before = hands(play)
    idea = hand(play, "Amina")[0]
    play.sets_aside(idea, note="a slip")
    assert len(hand(play, "Amina")) == 1
    with play.event() as event:
        found = event.idea(idea)
        assert found is not None
        found.show(by=FAY)
    assert hands(play) == before


# --- some more ---


def test_more_ideas_come_once_the_hand_is_done(app: Flask) -> None:
    play = played(app, people=1, ideas=9)

    def asks() -> int:
        with play.event() as event:
            event.deal_more(ballot(event, play, "Amina"))
        return len(hand(play, "Amina"))

    assert asks() == 2
    for idea in hand(play, "Amina"):
        play.scores("Amina", idea, ALL)
    with play.event() as event:
        assert overview(event, ballot(event, play, "Amina")).has_more
        ballot(event, play, "Amina").is_finished = True
    assert [asks(), asks()] == [7, 7]  # pressed twice, dealt once
    with play.event() as event:
        assert not ballot(event, play, "Amina").is_finished
    for idea in hand(play, "Amina"):
        play.scores("Amina", idea, ALL)
    assert asks() == 9
    for idea in hand(play, "Amina"):
        play.scores("Amina", idea, ALL)
    with play.event() as event:
        assert not overview(event, ballot(event, play, "Amina")).has_more
    play.until("reveal")
    with pytest.raises(NotNow):
        asks()


# --- how far the room is ---


def test_progress_counts_hands(app: Flask) -> None:
    play = played(app, people=6, ideas=6)
    with play.event() as event:
        assert progress(event).percent == 0
    for idea in hand(play, "Amina"):
        play.scores("Amina", idea, ALL)
    first, second = hand(play, "Ben")
    play.scores("Ben", first, ALL)
    play.steps_aside("Ben", second)  # a third idea came instead
    with play.event() as event:
        found = progress(event)
        assert (found.percent, found.finished, found.going, found.not_started) == (100 * 9 // 36, 1, 1, 4)


def test_coverage_says_which_ideas_want_people(app: Flask) -> None:
    play = played(app, people=2, ideas=3, per_person=1)
    (scored,) = hand(play, "Amina")
    play.scores("Amina", scored, ALL)
    with play.event() as event:
        titles = {idea.public_id: idea.title for idea in event.candidates()}
        assert reach(event) == Reach(enough=0, ideas=3)
        assert Coverage(titles[scored], 1) in least_scored(event)
        assert least_scored(event)[0].n == 0


# --- phones ---


def test_a_phone_is_shown_its_hand_alone(day: Day) -> None:
    with day.event() as event:
        event.per_person = 2
        db.session.commit()
    amina = day.until("welcome").joins()
    day.scoring(*(f"Idea {number}" for number in range(8)))
    mine = [idea["id"] for idea in amina.api()["ideas"]]
    assert len(mine) == 2
    page = amina.get(f"~/score/{mine[0]}").text
    assert "1 of 2" in page
    foreign = next(idea for idea in day.idea_ids().values() if idea not in mine)
    amina.get(f"~/score/{foreign}", status=404)
    assert amina.score(foreign, "A", 3)["why"] == "gone"
    for idea in mine:
        amina.post("~/scores", json=[{"idea": idea, "criterion": c, "value": 3} for c in "ABCDEFGHIJ"], status=200)
    assert "Score more ideas" in amina.get("~/score").text
    amina.post("~/more", {})
    assert [idea["id"] for idea in amina.api()["ideas"]][:2] == mine
    assert len(amina.api()["ideas"]) == 7
    assert "of 7" in amina.get("~/score").text


def test_console_and_board_say_how_many_ideas_have_enough_people(day: Day) -> None:
    with day.event() as event:
        event.per_person = 2
        db.session.commit()
    day.until("welcome").crowd(3)
    day.scoring("Evening classes", "Rural outreach van", "Child minding")
    assert "0 of 3 are" in day.fay.get("~/console").text
    assert "0 of 3" in day.board().get("~/board").text


def test_a_deal_for_nobody_is_no_deal(app: Flask) -> None:
    play = played(app)
    with play.event() as event:
        before = db.session.scalar(db.select(db.func.count()).select_from(Hand))
        deal(db.session.connection(), event.id, event.round, 5, [])
        assert db.session.scalar(db.select(db.func.count()).select_from(Hand)) == before
