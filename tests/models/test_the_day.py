"""The verbs of a planning day: check, change, record; harmless when repeated."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from facilitate import presets
from facilitate.errors import DoorClosed, DoorLocked, Invalid, MovedOn, NotNow
from facilitate.extensions import db
from facilitate.models import Actor, Ballot, Event, Idea, LogEntry, Participant, Recusal
from facilitate.models.log import GENESIS
from facilitate.models.people import link

FAY = Actor("host", label="Fay", channel="console")
AMINA = Actor("participant")


@pytest.fixture
def event(app: Flask) -> Iterator[Event]:
    with app.app_context():
        made = presets.new_event(db.session(), presets.load("ircc-planning-day"), by=FAY)
        db.session.commit()
        yield made


def actions(event: Event) -> list[str]:
    return [entry.action for entry in db.session.scalars(event.log.select().order_by(LogEntry.number))]


def until(event: Event, key: str) -> Event:
    event.open_doors(by=FAY)
    while event.activity.key != key:
        if event.following and event.following.key == "score" and not idea_on_wall(event):
            submit(event).show(by=FAY)
        event.move_on(event.version, by=FAY)
    return event


def idea_on_wall(event: Event) -> bool:
    return db.session.scalar(event.ideas.select().where(Idea.state == "shown").limit(1)) is not None


def submit(event: Event, title: str = "Evening classes", kind: str = "gap", **more: object) -> Idea:
    position = event.position
    event.position = 1  # collecting, for the length of this line
    idea = event.submit(title, event.term("kind", kind), by=AMINA, **more)  # type: ignore[arg-type]
    event.position = position
    return idea


# --- doors ---


def test_nobody_joins_before_the_doors_are_open(event: Event) -> None:
    with pytest.raises(DoorClosed):
        event.welcome(language="en")


def test_nobody_joins_once_the_door_is_locked(event: Event) -> None:
    event.open_doors(by=FAY)
    event.lock_door(by=FAY)
    with pytest.raises(DoorLocked):
        event.welcome(language="en")


def test_opening_the_doors_twice_opens_them_once(event: Event) -> None:
    event.open_doors(by=FAY)
    event.open_doors(by=FAY)
    assert actions(event) == ["event.made", "door.opened"]


def test_a_newcomer_gets_a_ballot_and_ten_digits_that_bring_them_back(event: Event) -> None:
    event.open_doors(by=FAY)
    amina, code = event.welcome(language="ar", group=event.listed("group")[0])
    assert (len(code), code.isdigit()) == (10, True)
    assert event.comes_back(code) is amina
    ballot = event.ballot_of(amina)
    assert ballot is not None
    assert ballot.group_id == event.listed("group")[0].id


def test_nothing_ties_a_ballot_to_a_participant_once_the_key_is_gone(event: Event) -> None:
    event.open_doors(by=FAY)
    amina, code = event.welcome(language="en")
    event.key = None
    assert event.ballot_of(amina) is None
    assert event.comes_back(code) is None


def test_score_and_ballot_rows_hold_no_person_and_no_time() -> None:
    for table in ("ballot", "score", "recusal"):
        columns = db.metadata.tables[table].columns
        assert not [c.name for c in columns if "at" in c.name.split("_") or "participant" in c.name]
        assert not [key for c in columns for key in c.foreign_keys if key.column.table.name == "participant"]


# --- the agenda ---


def test_the_agenda_moves_on_one_step_at_a_time(event: Event) -> None:
    seen = [event.activity.key]
    until(event, "wrap_up")
    assert seen == ["welcome"]
    assert [a.key for a in event.activities] == ["welcome", "collect", "sort", "score", "reveal", "wrap_up"]
    assert event.activity.key == "wrap_up"


def test_two_hosts_who_press_at_once_move_the_day_one_step(event: Event) -> None:
    event.open_doors(by=FAY)
    seen_by_both = event.version
    event.move_on(seen_by_both, by=FAY)
    with pytest.raises(MovedOn):
        event.move_on(seen_by_both, by=FAY)
    assert event.activity.key == "collect"


def test_going_back_loses_nothing(event: Event) -> None:
    until(event, "collect")
    submit(event, "Rural outreach van")
    event.move_on(event.version, by=FAY)
    event.move_back(event.version, by=FAY)
    assert event.activity.key == "collect"
    assert [idea.title for idea in db.session.scalars(event.ideas.select())] == ["Rural outreach van"]


def test_there_is_nothing_before_the_first_and_after_the_last_activity(event: Event) -> None:
    with pytest.raises(NotNow):
        event.move_back(event.version, by=FAY)
    until(event, "wrap_up")
    with pytest.raises(NotNow):
        event.move_on(event.version, by=FAY)


def test_scoring_does_not_open_without_an_idea_on_the_wall(event: Event) -> None:
    until(event, "sort")
    with pytest.raises(NotNow, match="no idea on the wall"):
        event.move_on(event.version, by=FAY)
    assert event.activity.key == "sort"


def test_reopening_scoring_hides_the_results_again_and_is_logged(event: Event) -> None:
    until(event, "reveal")
    event.reveal(event.version, by=FAY)
    event.move_back(event.version, by=FAY)
    assert (event.activity.key, event.is_revealed) == ("reveal", False)
    event.move_back(event.version, by=FAY)
    assert (event.activity.key, event.is_revealed, event.closing_hash) == ("score", False, "")
    assert actions(event)[-3:] == ["results.hidden", "scoring.reopened", "activity.reopened"]


def test_results_are_not_revealed_while_people_score(event: Event) -> None:
    until(event, "score")
    with pytest.raises(NotNow):
        event.reveal(event.version, by=FAY)


def test_revealing_twice_reveals_once(event: Event) -> None:
    until(event, "reveal")
    version = event.version
    event.reveal(version, by=FAY)
    event.reveal(version, by=FAY)
    assert actions(event).count("results.revealed") == 1


def test_the_board_never_shows_results_before_the_reveal(event: Event) -> None:
    until(event, "reveal")
    assert event.view == "progress"
    with pytest.raises(NotNow):
        event.show_on_board("reveal", by=FAY)
    event.reveal(event.version, by=FAY)
    assert event.view == "reveal"


def test_a_blank_board_shows_nothing_whatever_the_activity(event: Event) -> None:
    event.blank_board(by=FAY)
    assert event.view == "blank"
    event.blank_board(by=FAY)
    assert event.view == "lobby"


def test_a_frozen_board_follows_again_when_the_host_does_something_with_it_or_the_day_moves(event: Event) -> None:
    until(event, "reveal")
    acts: tuple[Callable[[], None], ...] = (
        lambda: event.freeze_board(by=FAY),
        lambda: event.show_on_board("lobby", by=FAY),
        lambda: event.blank_board(by=FAY),
        lambda: event.enlarge_qr(by=FAY),
        lambda: event.speak_on_board("fr", by=FAY),
        lambda: event.reveal(event.version, by=FAY),
        lambda: event.replay_reveal(by=FAY),
        lambda: event.hide_results(by=FAY),
        lambda: event.move_on(event.version, by=FAY),
        lambda: event.move_back(event.version, by=FAY),
    )
    for act in acts:
        event.freeze_board(by=FAY)
        assert event.is_board_frozen
        act()
        assert not event.is_board_frozen


def test_an_idea_or_the_timer_leaves_a_frozen_board_frozen(event: Event) -> None:
    event.freeze_board(by=FAY)
    idea = submit(event)
    idea.show(by=FAY)
    event.start_timer(5, by=FAY)
    idea.hide(None, "It names somebody.", by=FAY)
    assert event.is_board_frozen
    assert "board.frozen" in actions(event)


def test_the_board_speaks_one_language_or_two_different_ones_of_the_event(event: Event) -> None:
    event.speak_on_board("fr", second="ar", by=FAY)
    assert list(event.board_voices) == ["fr", "ar"]
    for first, second in (("fr", "fr"), ("fr", "tlh"), ("tlh", "fr")):
        with pytest.raises(Invalid):
            event.speak_on_board(first, second=second, by=FAY)
    assert list(event.board_voices) == ["fr", "ar"]
    event.speak_on_board("en", by=FAY)
    assert list(event.board_voices) == ["en"]


# --- ideas ---


def test_ideas_are_taken_only_while_collecting(event: Event) -> None:
    event.open_doors(by=FAY)
    with pytest.raises(NotNow):
        event.submit("Too early", event.listed("kind")[0], by=AMINA)


def test_an_idea_waits_for_the_hosts_look_or_goes_up_at_once(event: Event) -> None:
    assert submit(event).state == "waiting"
    event.moderate("show-at-once", by=FAY)
    assert submit(event, "Another").state == "shown"


def test_a_hidden_idea_keeps_its_reason_and_can_come_back(event: Event) -> None:
    idea = submit(event)
    reason = event.listed("reason")[0]
    idea.hide(reason, "Please leave the name out.", by=FAY)
    assert (idea.state, idea.reason, idea.note) == ("hidden", reason, "Please leave the name out.")
    idea.show(by=FAY)
    assert (idea.state, idea.reason, idea.note) == ("shown", None, "")


def test_hiding_needs_a_reason(event: Event) -> None:
    with pytest.raises(Invalid):
        submit(event).hide(None, "", by=FAY)


def test_a_merge_keeps_the_original_and_can_be_split_again(event: Event) -> None:
    one, other = submit(event, "Classes in the evening"), submit(event, "Evening classes")
    other.show(by=FAY)
    one.merge_into(other, by=FAY)
    one.merge_into(other, by=FAY)
    assert (one.state, one.merged_into) == ("merged", other)
    one.split(by=FAY)
    assert (one.state, one.merged_into) == ("shown", None)
    assert actions(event).count("idea.merged") == 1


def test_merging_an_idea_takes_along_what_was_merged_into_it(event: Event) -> None:
    first, second, third = (submit(event, title) for title in ("One", "Two", "Three"))
    second.show(by=FAY)
    third.show(by=FAY)
    first.merge_into(second, by=FAY)
    second.merge_into(third, by=FAY)
    assert (first.merged_into, second.merged_into) == (third, third)


def test_an_idea_is_not_merged_into_itself_or_into_its_own_part(event: Event) -> None:
    one, other = submit(event, "One"), submit(event, "Two")
    one.show(by=FAY)
    other.show(by=FAY)
    with pytest.raises(Invalid):
        one.merge_into(one, by=FAY)
    one.merge_into(other, by=FAY)
    with pytest.raises(Invalid):
        other.merge_into(one, by=FAY)


def test_ideas_stay_as_they_are_while_people_score(event: Event) -> None:
    until(event, "score")
    one, other = submit(event, "One"), submit(event, "Two")
    other.show(by=FAY)
    with pytest.raises(NotNow):
        one.merge_into(other, by=FAY)
    with pytest.raises(NotNow):
        one.withdraw(by=AMINA)


def test_an_idea_shown_after_scoring_opened_is_late(event: Event) -> None:
    until(event, "score")
    late = submit(event, "Late but good")
    late.show(by=FAY)
    assert late.is_late


# --- who keeps out of what ---


def people(event: Event) -> tuple[Participant, Participant, Participant]:
    event.open_doors(by=FAY)
    amina, _ = event.welcome(language="en", organization="Riverside Settlement Services")
    ben, _ = event.welcome(language="en", organization=" riverside  settlement services ")
    cleo, _ = event.welcome(language="en")
    return amina, ben, cleo


def recusals(event: Event) -> set[tuple[str, str]]:
    """Participant (by ballot) and why."""
    return {
        (row.ballot_id, row.why)
        for row in db.session.scalars(
            db.select(Recusal).join(Ballot, Ballot.id == Recusal.ballot_id).where(Ballot.event_id == event.id)
        )
    }


def test_people_do_not_score_an_opportunity_of_their_own_organization_or_pen(event: Event) -> None:
    amina, ben, cleo = people(event)
    opportunity = submit(event, "A van", kind="opportunity", organization="Riverside Settlement Services", author=cleo)
    opportunity.show(by=FAY)
    until(event, "score")
    ballots = {name: event.ballot_of(person) for name, person in (("amina", amina), ("ben", ben), ("cleo", cleo))}
    assert recusals(event) == {
        (ballots["amina"].id, "organization"),  # type: ignore[union-attr]
        (ballots["ben"].id, "organization"),  # type: ignore[union-attr]
        (ballots["cleo"].id, "author"),  # type: ignore[union-attr]
    }


def test_everybody_scores_gaps_whoever_named_them(event: Event) -> None:
    amina, *_ = people(event)
    submit(event, "No evening classes", kind="gap", organization="Riverside Settlement Services", author=amina).show(
        by=FAY
    )
    until(event, "score")
    assert recusals(event) == set()


def test_whoever_joins_late_keeps_out_of_the_same_ideas(event: Event) -> None:
    event.open_doors(by=FAY)
    submit(event, "A van", kind="opportunity", organization="Maple Bridge").show(by=FAY)
    until(event, "score")
    event.welcome(language="en", organization="Maple Bridge")
    assert {why for _, why in recusals(event)} == {"organization"}


# --- the log ---


def test_the_log_is_a_chain_that_any_change_breaks(event: Event) -> None:
    until(event, "sort")
    db.session.commit()
    entries = list(db.session.scalars(event.log.select().order_by(LogEntry.number)))
    before = GENESIS
    for entry in entries:
        assert entry.hash == entry.chained_to(before)
        before = entry.hash
    assert event.log_head == before
    entries[1].data = {"forged": True}
    assert entries[1].hash != entries[1].chained_to(entries[0].hash)


def test_the_chain_still_holds_after_it_was_read_back_from_the_disk(event: Event) -> None:
    event.open_doors(by=FAY)
    submit(event, "Évaluation des compétences — «دروس»").show(by=FAY)
    db.session.commit()
    db.session.expire_all()
    before = GENESIS
    for entry in db.session.scalars(event.log.select().order_by(LogEntry.number)):
        assert entry.hash == entry.chained_to(before)
        before = entry.hash


def test_participants_appear_in_the_log_without_a_name(event: Event) -> None:
    event.open_doors(by=FAY)
    amina, _ = event.welcome(language="en", organization="Riverside Settlement Services")
    entry = db.session.scalars(event.log.select().where(LogEntry.action == "participant.joined")).one()
    assert (entry.role, entry.label, entry.subject, entry.data) == ("participant", "", "", {})
    assert event.key is not None
    assert link(event.key, "ballot", amina) != link(event.key, "author", amina)


# --- the timer ---


def test_a_minute_more_after_zero_counts_from_now(event: Event) -> None:
    event.stretch_timer(1, by=FAY)
    first = event.timer_ends_at
    event.stretch_timer(-5, by=FAY)
    assert first is not None
    assert event.timer_ends_at is not None
    assert event.timer_ends_at < first


def test_stopping_a_timer_that_does_not_run_is_not_logged(event: Event) -> None:
    event.stop_timer(by=FAY)
    assert actions(event) == ["event.made"]


# --- rehearsal ---


def test_a_rehearsal_is_refused_once_a_real_person_has_joined(event: Event) -> None:
    event.open_doors(by=FAY)
    event.welcome(language="en")
    with pytest.raises(NotNow):
        event.begin_rehearsal("pass", by=FAY)


def test_opening_the_doors_clears_a_rehearsal_and_sets_the_agenda_back(event: Event) -> None:
    event.begin_rehearsal("pass", by=FAY)
    event.welcome(language="en", channel="rehearsal")
    with pytest.raises(DoorClosed):
        event.welcome(language="en")
    event.move_on(event.version, by=FAY)
    rehearsed = event.submit("Rehearsed", event.listed("kind")[0], by=Actor("participant", channel="rehearsal"))
    rehearsed.show(by=FAY)
    db.session.commit()
    event.open_doors(by=FAY)
    db.session.commit()
    assert (event.activity.key, event.door, event.is_rehearsal) == ("welcome", "open", False)
    for table in (event.ideas, event.participants, event.ballots):
        assert list(db.session.scalars(table.select())) == []
