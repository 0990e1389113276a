"""Casting: what becomes of taps inside one transaction.

Whether scoring is open is decided here, in the same transaction that writes: closing is a line. The newest `seq` of
each ballot, idea and criterion stays, so replays and reordering are harmless.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from facilitate.models.activity import Activity
from facilitate.models.ballot import Ballot
from facilitate.models.criterion import Criterion
from facilitate.models.event import Event
from facilitate.models.idea import Idea
from facilitate.models.score import UPSERTS, Recusal, Score, plain

HIGHEST_SEQ = 2**53 - 1
"""Browsers count exactly up to here."""
RECUSED = "recused"
DONT_KNOW = "dont_know"


@dataclass(frozen=True, slots=True)
class Change:
    """One tap: an answer to one criterion of one idea, or (criterion None) the stake button."""

    event_id: int
    ballot_id: str
    idea: str
    criterion: str | None
    value: str | None
    seq: int | None
    """Counts per ballot, whichever device it came from. None (a form without script): the next one."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the phone is told about one change."""

    ok: bool
    seq: int
    """The ballot's highest number, or with `superseded` the number of the stored answer."""
    why: str | None = None
    value: str | None = None

    def as_json(self) -> dict[str, Any]:
        if self.ok:
            return {"ok": True, "seq": self.seq}
        said: dict[str, Any] = {"ok": False, "why": self.why, "seq": self.seq}
        if self.why == "superseded":
            said["value"] = self.value
        if self.why == "busy":
            said["retry_ms"] = 1000
        return said


Scale = dict[Decimal, float]


@dataclass(frozen=True)
class Paper:
    """What a ballot of one event may answer, as of one revision of the event."""

    revision: int
    is_open: bool
    round: int
    ideas: dict[str, int]
    criteria: dict[str, tuple[int, Scale]]


Row = tuple[str, int, int | str, int]
"""The key of a stored answer: ballot, idea, criterion (or the reason of a recusal), round."""


class Papers:
    """The papers of all events that are scored in this process, reread when an event's revision has moved on."""

    def __init__(self) -> None:
        self.known: dict[int, Paper] = {}

    def current(self, database: Connection, event_ids: set[int]) -> dict[int, Paper]:
        revisions = select(Event.id, Event.revision).where(Event.id.in_(event_ids))
        if database.dialect.name == "postgresql":
            revisions = revisions.with_for_update(read=True)
        for event_id, revision in database.execute(revisions):
            known = self.known.get(event_id)
            if known is None or known.revision != revision:
                self.known[event_id] = _paper(database, event_id, revision)
        return self.known


def cast(database: Connection, papers: Papers, changes: list[Change]) -> list[Answer]:
    """Store these changes in the transaction of `database`, and say what became of each, in order."""
    current = papers.current(database, {change.event_id for change in changes})
    ballots = _ballots(database, {change.ballot_id for change in changes})
    return _Batch(database, current, ballots).write(changes)


def _paper(database: Connection, event_id: int, revision: int) -> Paper:
    position, round_ = database.execute(select(Event.position, Event.round).where(Event.id == event_id)).one()
    key = database.scalar(select(Activity.key).where(Activity.event_id == event_id, Activity.position == position))
    ideas = select(Idea.public_id, Idea.id).where(Idea.event_id == event_id, Idea.state == "shown")
    criteria = select(Criterion.code, Criterion.id, Criterion.levels).where(Criterion.event_id == event_id)
    return Paper(
        revision=revision,
        is_open=key == "score",
        round=round_,
        ideas={row[0]: row[1] for row in database.execute(ideas)},
        criteria={
            code: (own, {Decimal(level["value"]): float(level["value"]) for level in levels})
            for code, own, levels in database.execute(criteria)
        },
    )


def _ballots(database: Connection, ids: set[str]) -> dict[str, tuple[int, int]]:
    """Ballot to (event, highest seq)."""
    found = select(Ballot.id, Ballot.event_id, Ballot.seq).where(Ballot.id.in_(ids))
    return {own: (event_id, seq) for own, event_id, seq in database.execute(found)}


class _Batch:
    """The changes of one transaction: sort out what can be stored, store it, answer each."""

    def __init__(self, database: Connection, papers: dict[int, Paper], ballots: dict[str, tuple[int, int]]) -> None:
        self.database, self.papers = database, papers
        self.event_of = {ballot: event_id for ballot, (event_id, _) in ballots.items()}
        self.highest = {ballot: seq for ballot, (_, seq) in ballots.items()}

    def write(self, changes: list[Change]) -> list[Answer]:
        refusals = [self._refusal(change) for change in changes]
        keyed: list[tuple[Row, int] | None] = []
        newest: dict[Row, tuple[int, str | None]] = {}
        for change, refusal in zip(changes, refusals, strict=True):
            keyed.append(None if refusal else self._enter(change, newest))
        stored = self._store(newest)
        return [
            Answer(False, self._highest(change), refusal) if refusal else self._answer(change, place, stored)
            for change, refusal, place in zip(changes, refusals, keyed, strict=True)
        ]

    def _highest(self, change: Change) -> int:
        return self.highest.get(change.ballot_id, 0)

    def _refusal(self, change: Change) -> str | None:
        paper = self.papers.get(change.event_id)
        if paper is None or self.event_of.get(change.ballot_id) != change.event_id:
            return "gone"
        if not paper.is_open:
            return "closed"
        if change.seq is not None and not 0 < change.seq <= HIGHEST_SEQ:
            return "invalid"
        if change.idea not in paper.ideas:
            return "gone"
        if change.criterion is None:
            return None if change.value in (RECUSED, None) else "invalid"
        if change.criterion not in paper.criteria:
            return "invalid"
        if change.value in (DONT_KNOW, None):
            return None
        return None if _level(change.value, paper.criteria[change.criterion][1]) is not None else "invalid"

    def _enter(self, change: Change, newest: dict[Row, tuple[int, str | None]]) -> tuple[Row, int]:
        """Put the change where its key belongs; of several for one key the highest number stays."""
        paper = self.papers[change.event_id]
        seq = change.seq if change.seq is not None else self._highest(change) + 1
        self.highest[change.ballot_id] = max(self._highest(change), seq)
        key: Row = (change.ballot_id, paper.ideas[change.idea], "stake", 0)
        if change.criterion is not None:
            key = (change.ballot_id, paper.ideas[change.idea], paper.criteria[change.criterion][0], paper.round)
        if key not in newest or newest[key][0] < seq:
            newest[key] = (seq, change.value)
        return key, seq

    def _store(self, newest: dict[Row, tuple[int, str | None]]) -> dict[Row, tuple[int, str | None]]:
        """Write what is newer than the table; returns what the table holds afterwards for every key."""
        # In the order of their keys: two processes that write the same rows never wait for each other crosswise.
        scores = {key: newest[key] for key in sorted(key for key in newest if isinstance(key[2], int))}
        stakes = {key: newest[key] for key in sorted(key for key in newest if key[2] == "stake")}
        stored = dict(newest)
        for key in scores.keys() - self._upsert("score", [_score_row(*item) for item in scores.items()]):
            stored[key] = self._stored_score(key)
        for key in stakes.keys() - self._upsert("stake", [_stake_row(*item) for item in stakes.items()]):
            stored[key] = self._stored_stake(key)
        numbers = [{"ballot": ballot, "highest": seq} for ballot, seq in sorted(self.highest.items()) if seq]
        if newest and numbers:
            self.database.execute(RAISE_SEQ, numbers)
        return stored

    def _upsert(self, what: str, rows: list[dict[str, Any]]) -> set[Row]:
        if not rows:
            return set()
        statement = UPSERTS[self.database.dialect.name][what]
        return {tuple(row) for row in self.database.execute(statement, {"rows": json.dumps(rows)})}

    def _stored_score(self, key: Row) -> tuple[int, str | None]:
        ballot, idea, criterion, round_ = key
        seq, answer, value = self.database.execute(
            select(Score.seq, Score.answer, Score.value).where(
                Score.ballot_id == ballot,
                Score.idea_id == idea,
                Score.criterion_id == criterion,
                Score.round == round_,
            )
        ).one()
        return seq, _raw(answer, value)

    def _stored_stake(self, key: Row) -> tuple[int, str | None]:
        ballot, idea, why, _ = key
        seq, is_recused = self.database.execute(
            select(Recusal.seq, Recusal.is_recused).where(
                Recusal.ballot_id == ballot, Recusal.idea_id == idea, Recusal.why == why
            )
        ).one()
        return seq, RECUSED if is_recused else None

    def _answer(
        self, change: Change, place: tuple[Row, int] | None, stored: dict[Row, tuple[int, str | None]]
    ) -> Answer:
        assert place is not None
        key, seq = place
        kept_seq, kept_value = stored[key]
        if kept_seq == seq and _same(kept_value, change.value):
            return Answer(True, self._highest(change))
        return Answer(False, kept_seq, "superseded", kept_value)


def _level(value: str | None, scale: Scale) -> float | None:
    try:
        return scale.get(Decimal(value or ""))
    except (InvalidOperation, TypeError):  # not a number, or a signalling one
        return None


def _same(one: str | None, other: str | None) -> bool:
    if one == other:
        return True
    try:
        return Decimal(one or "") == Decimal(other or "")
    except InvalidOperation:
        return False


def _raw(answer: str, value: float | None) -> str | None:
    """The answer as it was sent: a level, "dont_know", or None."""
    if answer == "number" and value is not None:
        return plain(value)
    return DONT_KNOW if answer == "dont_know" else None


def _score_row(key: Row, kept: tuple[int, str | None]) -> dict[str, Any]:
    seq, value = kept
    answer = "blank" if value is None else DONT_KNOW if value == DONT_KNOW else "number"
    number = float(Decimal(value)) if answer == "number" and value else None
    return {"b": key[0], "i": key[1], "c": key[2], "r": key[3], "s": seq, "a": answer, "v": number}


def _stake_row(key: Row, kept: tuple[int, str | None]) -> dict[str, Any]:
    return {"b": key[0], "i": key[1], "c": key[2], "r": key[3], "s": kept[0], "v": int(kept[1] == RECUSED)}


RAISE_SEQ = (
    update(Ballot)
    .where(Ballot.id == bindparam("ballot"), Ballot.seq < bindparam("highest"))
    .values(seq=bindparam("highest"))
)
