"""Whoever changes the database behind our back is found out (B12): any row of the ballot, any line of the log."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import and_, delete, insert, select, update
from sqlalchemy.exc import DBAPIError

from facilitate.errors import NotNow
from facilitate.extensions import db
from facilitate.models import Ballot, Criterion, Event, Idea, LogEntry, Recusal, Score
from facilitate.models.closing import DECIDED, first_closing_hash
from facilitate.verification.event import verify_event
from tests.builders import FAY, Play
from tests.exports.conftest import CAFE, NAMED, UNSEEN, VAN, WEEKEND, Rich
from tests.sizes import size

MUTATIONS = size(pr=200, soak=5_000)

IDEAS = ("state", "merged_into_id", "public_id", "title", "details", "round", "is_cut", "kind_id", "sector_id")
TABLES: dict[Any, tuple[str, ...]] = {
    Score.__table__: tuple(Score.__table__.columns.keys()),
    Recusal.__table__: tuple(Recusal.__table__.columns.keys()),
    Ballot.__table__: tuple(Ballot.__table__.columns.keys()),
    # The key of a log entry is the database's own; its place in the chain is its number.
    LogEntry.__table__: tuple(name for name in LogEntry.__table__.columns.keys() if name != "id"),  # noqa: SIM118
    Criterion.__table__: ("code", "position", "label", "levels", "weight", "lower_is_better", "event_id"),
    Idea.__table__: IDEAS,
    Event.__table__: (*DECIDED, "closing_hash", "log_head", "revision"),
}
OTHER: dict[str, Callable[[Any], Any]] = {
    "at": lambda at: at + timedelta(seconds=1),
    "data": lambda data: {**data, "files": "none"},
    "levels": lambda levels: levels[::-1],
    "label": lambda label: {**label, "en": "Other"} if isinstance(label, dict) else f"{label}!",
    "weight": lambda weight: f"{weight}1",
    "weights_by": lambda _: "room",
}
"""How to change what neither a number nor a word from elsewhere in the column does."""


@pytest.fixture
def rich(app: Flask) -> Rich:
    """Closed, revealed, and changed by verbs since; another event stands beside it."""
    Play(app).joins("Zoe")
    play = Rich(app)
    play.joins("Comes after the close", group="settlement-agency")
    with play.event() as event:
        double = event.idea(play.ideas[WEEKEND])
        assert double is not None
        double.relabel("Bus", by=FAY)
    return play


def differences(play: Play) -> list[str]:
    with play.event() as event:
        return verify_event(event).differences


# --- two hundred ways to cheat ---


def test_every_change_of_the_ballot_or_the_log_is_found(rich: Rich) -> None:
    random = Random(2018)  # noqa: S311 - repeatable, not secret
    with rich.app.app_context():
        assert verify_event(db.session.get_one(Event, rich.id)).differences == []  # the control
        unseen = []
        for _ in range(MUTATIONS):
            said = mutated(rich.id, random)
            if not verify_event(db.session.get_one(Event, rich.id)).differences:
                unseen.append(said)
            db.session.rollback()
    assert unseen == []


def mutated(event_id: int, random: Random) -> str:
    """One change of the database that its constraints allow; says which."""
    while True:
        table = random.choice(list(TABLES))
        how = random.choice(HOW.get(table, (changed,)))
        try:
            with db.session.begin_nested():
                said = how(table, event_id, random)
        except DBAPIError:  # the database itself does not allow it
            continue
        db.session.expire_all()
        if said:
            return said


def rows(table: Any, event_id: int) -> list[Any]:
    found = select(table)
    if "event_id" in table.columns:
        found = found.where(table.c.event_id == event_id)
    elif table is Event.__table__:
        found = found.where(table.c.id == event_id)
    else:
        found = found.join(Ballot.__table__, Ballot.id == table.c.ballot_id).where(Ballot.event_id == event_id)
    return list(db.session.execute(found.order_by(*table.primary_key.columns)))


def this(table: Any, row: Any) -> Any:
    return and_(*(column == getattr(row, column.key) for column in table.primary_key.columns))


def changed(table: Any, event_id: int, random: Random) -> str:
    """One cell: another value of its column, or what OTHER makes of it. A late ballot without answers is left alone."""
    row, name = random.choice(rows(table, event_id)), random.choice(TABLES[table])
    if table is Ballot.__table__ and row.is_late and name not in ("is_late", "event_id"):
        return ""
    before = getattr(row, name)
    after = {name: another(table.c[name], before, random)}
    if table is Score.__table__ and name in ("answer", "value"):
        answer, value = random.choice([("number", 1.0), ("number", 0.0), ("dont_know", None), ("blank", None)])
        before, after = (row.answer, row.value), {"answer": answer, "value": value}
    if [getattr(row, key) for key in after] == list(after.values()):
        return ""
    db.session.execute(update(table).where(this(table, row)).values(after))
    return f"{table.name}.{name}: {before!r} to {after!r}"


def another(column: Any, before: Any, random: Random) -> Any:
    if column.key in OTHER and before:
        return OTHER[column.key](before)
    if isinstance(before, bool):
        return not before
    if column.foreign_keys and column.key != "ballot_id":
        return random.choice([1, 2, 3, 4, 5, 6])
    if column.key == "is_recused":
        return 1 - before
    if isinstance(before, int | float):
        return before + random.choice((1, 2, 7))
    known = list(db.session.scalars(select(column).distinct()))
    return random.choice([*known, f"{before or ''}x"[-22:]])


def removed(table: Any, event_id: int, random: Random) -> str:
    row = random.choice(rows(table, event_id))
    db.session.execute(delete(table).where(this(table, row)))
    return f"{table.name}: {row} removed"


def cut_off(table: Any, event_id: int, random: Random) -> str:
    last = max(row.number for row in rows(table, event_id))
    many = random.randint(1, 5)
    db.session.execute(delete(table).where(table.c.event_id == event_id, table.c.number > last - many))
    return f"the last {many} entries removed"


def swapped(table: Any, event_id: int, random: Random) -> str:
    one, other = random.sample(rows(table, event_id), 2)
    for row, number in ((one, -1), (other, one.number), (one, other.number)):
        db.session.execute(update(table).where(this(table, row)).values(number=number))
    return f"entries {one.number} and {other.number} swapped"


def added(table: Any, event_id: int, random: Random) -> str:
    """A row like one that is there, with another key."""
    row = dict(random.choice(rows(table, event_id))._mapping)
    ballots = [each.id for each in rows(Ballot.__table__, event_id)]
    if table is Ballot.__table__:
        row |= {"id": f"made-up-{random.random():.9f}", "link": f"made up {random.random()}"}
    elif table is LogEntry.__table__:
        row["number"] += random.choice((1, 1000))
        del row["id"]
    else:
        row |= {"ballot_id": random.choice(ballots), "idea_id": random.choice(rows(Idea.__table__, event_id)).id}
    db.session.execute(insert(table).values(row))
    return f"{table.name}: {row} added"


HOW: dict[Any, tuple[Callable[[Any, int, Random], str], ...]] = {
    Score.__table__: (changed, changed, removed, added),
    Recusal.__table__: (changed, removed, added),
    Ballot.__table__: (changed, changed, removed, added),
    LogEntry.__table__: (changed, changed, removed, added, cut_off, swapped),
}


# --- what verbs do afterwards is no tampering ---


def test_verbs_after_the_close_leave_it_whole(rich: Rich) -> None:
    with rich.event() as event:
        event.reveal(event.version, by=FAY)
    with rich.event() as event:
        late, cafe, van = (event.idea(rich.ideas[title]) for title in (NAMED, CAFE, VAN))
        assert late
        assert cafe
        assert van
        late.show(by=FAY)
        cafe.merge_into(van, by=FAY)
        van.merge_into(late, by=FAY)
        cafe.split(by=FAY)
        unseen = event.idea(rich.ideas[UNSEEN])
        assert unseen
        unseen.hide(None, "Twice", by=FAY)
    assert differences(rich) == []


def test_a_rehearsal_that_was_cleared_leaves_no_trace(app: Flask) -> None:
    play = Play(app)
    with play.event() as event:
        event.door = "closed"
        event.is_rehearsal = True
    play.joins("Amina", "Ben", channel="rehearsal").until("collect")
    play.sends("A simulated idea", name="Amina")
    with play.event() as event:
        event.open_doors(by=FAY)
    play.joins("Hodan").until("collect")
    play.sends("A real one")
    assert differences(play) == []


@pytest.mark.parametrize("moderation", ["approve-first", "show-at-once"])
def test_an_author_who_says_it_in_other_words_is_no_tampering(app: Flask, moderation: str) -> None:
    play = Play(app)
    with play.event() as event:
        event.moderate(moderation, by=FAY)
    play.joins("Amina").until("collect")
    ids = {title: play.sends(title, name="Amina") for title in ("Bus", "Van", "Boat")}
    with play.event() as event:
        bus, van, boat = (event.idea(idea) for idea in ids.values())
        assert bus
        assert van
        assert boat
        bus.show(by=FAY)
        bus.reword([], title="A bus on Sundays", by=FAY)
        van.hide(None, "Twice", by=FAY)
        van.reword([], title="A van", by=FAY)
        boat.relabel("Sea", by=FAY)
        boat.reword([], title="A boat", details="To the island.", by=FAY)
        boat.relabel("A boat", by=FAY)
        boat.reword([], title="A larger boat", by=FAY)
    assert differences(play) == []
    with play.event() as event:
        db.session.execute(update(Idea).where(Idea.public_id == ids["Bus"]).values(label="Train", state="hidden"))
        db.session.commit()
    assert len(differences(play)) == 2


def test_while_scoring_is_open_only_the_log_is_held_against_it(app: Flask) -> None:
    play = Play(app).joins("Amina").until("collect")
    bus = play.sends("Bus")
    play.until("score").scores("Amina", bus, {"A": "4"})
    with play.event() as event:
        report = verify_event(event)
    assert report.differences == []
    assert report.unchecked == ["scores: there is no closing hash while scoring is open, or before it was"]


def test_whoever_scores_after_reopening_is_covered_by_the_next_hash(app: Flask) -> None:
    play = Play(app).joins("Amina").until("collect")
    bus = play.sends("Bus")
    play.until("reveal").joins("Ben")
    with play.event() as event:
        first = event.closing_hash
    play.goes_back().scores("Ben", bus, {"A": "4"})
    play.until("reveal")
    with play.event() as event:
        assert event.closing_hash != first
        assert db.session.scalars(select(Ballot.is_late)).all() == [False, False]
    assert differences(play) == []


def test_a_ballot_is_not_set_apart_once_something_was_changed(rich: Rich) -> None:
    """A new hash would cover it up."""
    with rich.event():
        db.session.execute(update(Criterion).where(Criterion.code == "A").values(weight="7"))
    with rich.event() as event:
        ballot = event.ballot(rich.ballots["Ben"])
        assert ballot is not None
        with pytest.raises(NotNow, match="not what they were"):
            event.set_apart(ballot, "twice", by=FAY)
    assert differences(rich) == [
        "score table: answers, ballots, criteria, ideas or settings are not what they were when scoring closed"
    ]


def test_a_hash_of_the_first_kind_still_counts(rich: Rich) -> None:
    with rich.event() as event:
        event.closing_hash = first_closing_hash(db.session(), event.id)
        closed = db.session.scalars(event.log.select().where(LogEntry.action == "scoring.closed")).one()
        chain = list(db.session.scalars(event.log.select().order_by(LogEntry.number)))
        closed.data = {"closing_hash": event.closing_hash}
        for before, entry in zip([None, *chain], chain, strict=False):
            entry.hash = entry.chained_to(before.hash if before else "0" * 64)
        event.log_head = chain[-1].hash
    with rich.event() as event:
        report = verify_event(event)
    assert report.differences == []
    assert [each.partition(":")[0] for each in report.unchecked] == ["weights and words"]
    with rich.event():
        db.session.execute(update(Score).values(seq=Score.seq + 1))
    assert len(differences(rich)) == 1
