"""Casting: what becomes of taps inside one transaction.

Whether scoring is open is decided here, in the same transaction that writes: closing is a line. The newest `seq` of
each ballot, idea and criterion stays, so replays and reordering are harmless.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Connection, select, tuple_

from facilitate.models.activity import Activity
from facilitate.models.ballot import ballots_of, raise_seqs
from facilitate.models.criterion import Criterion
from facilitate.models.dealing import deal
from facilitate.models.event import Event
from facilitate.models.hand import held
from facilitate.models.idea import Idea, on_ballot
from facilitate.models.score import Recusal, Score, ScoreRow, plain, upsert_scores, upsert_stakes

HIGHEST_SEQ = 2**53 - 1
"""Browsers count exactly up to here."""
RECUSED = "recused"
DONT_KNOW = "dont_know"
NO_LEVEL = (None, DONT_KNOW)
NOBODYS = (0, 0)


class Change(NamedTuple):
    """One tap: an answer to one criterion of one idea, or (criterion None) the stake button."""

    event_id: int
    ballot_id: str
    idea: str
    criterion: str | None
    value: str | None
    seq: int | None
    """Counts per ballot, whichever device it came from. None (a form without script): the next one."""


class Answer(NamedTuple):
    """What the phone is told about one change."""

    ok: bool
    seq: int
    """The ballot's highest number, or with `superseded` the number of the stored answer."""
    why: str | None = None
    value: str | None = None
    reference: str | None = None
    """Under which our own mistake is found in the journal."""

    def as_json(self) -> dict[str, Any]:
        if self.ok:
            return {"ok": True, "seq": self.seq}
        said: dict[str, Any] = {"ok": False, "why": self.why, "seq": self.seq}
        if self.why == "superseded":
            said["value"] = self.value
        if self.why == "busy":
            said["retry_ms"] = 1000
        if self.reference:
            said["reference"] = self.reference
        return said


Scale = dict[str, float]
"""Level, as the phone sends it, to its number."""


@dataclass(frozen=True)
class Paper:
    """What a ballot of one event may answer, as of one revision of the event."""

    revision: int
    is_open: bool
    round: int
    per_person: int | None
    """Where ideas are dealt, a ballot answers only those in its hand."""
    ideas: dict[str, int]
    criteria: dict[str, tuple[int, Scale]]


ScoreKey = tuple[str, int, int, int]
"""Ballot, idea, criterion, round."""
StakeKey = tuple[str, int]
"""Ballot, idea."""
Kept = tuple[int, str | None]
"""The number and the value of an answer."""


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


def _paper(database: Connection, event_id: int, revision: int) -> Paper:
    of_event = select(Event.position, Event.round, Event.per_person).where(Event.id == event_id)
    position, round_, per_person = database.execute(of_event).one()
    key = database.scalar(select(Activity.key).where(Activity.event_id == event_id, Activity.position == position))
    ideas = select(Idea.public_id, Idea.id).where(on_ballot(event_id, round_))
    criteria = select(Criterion.code, Criterion.id, Criterion.levels).where(
        Criterion.event_id == event_id, ~Criterion.is_retired
    )
    return Paper(
        revision=revision,
        is_open=key == "score",
        round=round_,
        per_person=per_person,
        ideas={row[0]: row[1] for row in database.execute(ideas)},
        criteria={
            code: (own, {plain(float(level["value"])): float(level["value"]) for level in levels})
            for code, own, levels in database.execute(criteria)
        },
    )


class Mark(NamedTuple):
    """What one place of a ballot holds: no level, only whether there is one."""

    event_id: int
    round: int
    ballot_id: str
    idea_id: int
    criterion_id: int
    is_answered: bool
    is_number: bool


def cast(database: Connection, papers: Papers, changes: list[Change]) -> tuple[list[Answer], list[Mark]]:
    """Store these changes in the transaction of `database`, and say what became of each, in order.

    The marks are what the places that were touched hold now.
    """
    event_ids = {change.event_id for change in changes}
    current = papers.current(database, event_ids)
    dealt = {own: current[own] for own in event_ids if own in current and current[own].per_person}
    hands = _hands(database, dealt, changes) if dealt else set()
    batch = _Batch(current, ballots_of(database, {change.ballot_id for change in changes}), hands)
    for change in changes:
        batch.take(change)
    batch.store(database)
    return batch.answers(), batch.marks()


def _hands(database: Connection, dealt: dict[int, Paper], changes: list[Change]) -> set[StakeKey]:
    """Which of the ideas that these changes are about their ballots were dealt."""
    papers = ((change, dealt.get(change.event_id)) for change in changes)
    return held(
        database,
        {
            (change.ballot_id, paper.ideas[change.idea])
            for change, paper in papers
            if paper and change.idea in paper.ideas
        },
    )


class _Batch:
    """The changes of one transaction: take them, store what is newer, answer each."""

    def __init__(self, papers: dict[int, Paper], ballots: dict[str, tuple[int, int]], hands: set[StakeKey]) -> None:
        self.papers, self.ballots, self.hands = papers, ballots, hands
        self.highest = {ballot: seq for ballot, (_, seq) in ballots.items()}
        self.scores: dict[ScoreKey, Kept] = {}
        self.stakes: dict[StakeKey, Kept] = {}
        self.old: set[Any] = set()
        """What came under a number that its ballot had reached before: the table may know better."""
        self.taken: list[tuple[Change, str | None, Any]] = []
        """Change, why it cannot be stored, and else where it belongs."""

    def take(self, change: Change) -> None:
        """Put the change where it belongs; of several for one place the highest number stays."""
        why = self._refusal(change)
        if why:
            self.taken.append((change, why, None))
            return
        ballot, before = change.ballot_id, self.highest[change.ballot_id]
        seq = change.seq if change.seq is not None else before + 1
        if seq > before:
            self.highest[ballot] = seq
        paper = self.papers[change.event_id]
        place: Any
        newest: dict[Any, Kept]
        if change.criterion is None:
            place, newest = (ballot, paper.ideas[change.idea]), self.stakes
        else:
            criterion = paper.criteria[change.criterion][0]
            place, newest = (ballot, paper.ideas[change.idea], criterion, paper.round), self.scores
        if place not in newest or newest[place][0] < seq:
            newest[place] = (seq, change.value)
        if seq <= self.ballots[ballot][1]:
            self.old.add(place)
        self.taken.append((change._replace(seq=seq) if change.seq is None else change, None, place))

    def _refusal(self, change: Change) -> str | None:
        paper = self.papers.get(change.event_id)
        if paper is None or self.ballots.get(change.ballot_id, NOBODYS)[0] != change.event_id:
            return "gone"
        if not paper.is_open:
            return "closed"
        if change.seq is not None and not 0 < change.seq <= HIGHEST_SEQ:
            return "invalid"
        if change.idea not in paper.ideas:
            return "gone"
        if paper.per_person and (change.ballot_id, paper.ideas[change.idea]) not in self.hands:
            return "gone"
        if change.criterion is None:
            return None if change.value in (RECUSED, None) else "invalid"
        if change.criterion not in paper.criteria:
            return "invalid"
        if change.value in (DONT_KNOW, None):
            return None
        return None if _level(change.value, paper.criteria[change.criterion][1]) is not None else "invalid"

    def store(self, database: Connection) -> None:
        """Write what is newer than the table, and look up what the table holds for what may be older."""
        if not self.scores and not self.stakes:
            return
        upsert_scores(database, [_score_row(place, *kept) for place, kept in self.scores.items()])
        upsert_stakes(database, [(*place, kept[0], int(kept[1] == RECUSED)) for place, kept in self.stakes.items()])
        ballots = {place[0] for place in self.scores} | {place[0] for place in self.stakes}
        raise_seqs(database, [(ballot, self.highest[ballot]) for ballot in ballots])
        self._deal_to_the_recused(database)
        self.scores |= _stored_scores(database, self.old & self.scores.keys())
        self.stakes |= _stored_stakes(database, self.old & self.stakes.keys())

    def _deal_to_the_recused(self, database: Connection) -> None:
        """Whoever has a stake in an idea scores another one instead."""
        recused: dict[int, set[str]] = {}
        for (ballot, _), (_, value) in self.stakes.items():
            if value == RECUSED and self.papers[self.ballots[ballot][0]].per_person:
                recused.setdefault(self.ballots[ballot][0], set()).add(ballot)
        for event_id, ballots in recused.items():
            paper = self.papers[event_id]
            deal(database, event_id, paper.round, paper.per_person or 0, ballots)

    def answers(self) -> list[Answer]:
        return [
            Answer(False, self.highest.get(change.ballot_id, 0), why) if why else self._answer(change, place)
            for change, why, place in self.taken
        ]

    def marks(self) -> list[Mark]:
        return [
            Mark(self.ballots[ballot][0], round_, ballot, idea, criterion, value is not None, value not in NO_LEVEL)
            for (ballot, idea, criterion, round_), (_, value) in self.scores.items()
        ]

    def _answer(self, change: Change, place: Any) -> Answer:
        seq, value = (self.stakes if change.criterion is None else self.scores)[place]
        if seq == change.seq and _is_same(value, change.value):
            return Answer(True, self.highest[change.ballot_id])
        return Answer(False, seq, "superseded", value)


def _level(value: str | None, scale: Scale) -> float | None:
    """The number behind a level, however it is written: 4, 4.0 and 4e0 are one level."""
    level = scale.get(value or "")
    return level if level is not None else scale.get(_plain(value))


def _is_same(one: str | None, other: str | None) -> bool:
    return one == other or (one is not None and other is not None and _plain(one) == _plain(other) != "")


def _plain(value: str | None) -> str:
    try:
        return plain(float(Decimal(value or "")))
    except (InvalidOperation, ValueError, OverflowError):  # not a number, or a signalling one
        return ""


def _score_row(place: ScoreKey, seq: int, value: str | None) -> ScoreRow:
    if value is None:
        return *place, seq, "blank", None
    if value == DONT_KNOW:
        return *place, seq, DONT_KNOW, None
    return *place, seq, "number", float(value)


def _batched(places: Iterable[Any], size: int = 200) -> Iterator[list[Any]]:
    """As many as fit into one statement's parameters at a time."""
    rest = iter(places)
    while some := list(islice(rest, size)):
        yield some


def _stored_scores(database: Connection, places: set[Any]) -> dict[ScoreKey, Kept]:
    place = tuple_(Score.ballot_id, Score.idea_id, Score.criterion_id, Score.round)
    columns = (Score.ballot_id, Score.idea_id, Score.criterion_id, Score.round, Score.seq, Score.answer, Score.value)
    return {
        (ballot, idea, criterion, round_): (seq, _raw(answer, value))
        for some in _batched(places)
        for ballot, idea, criterion, round_, seq, answer, value in database.execute(
            select(*columns).where(place.in_(some))
        )
    }


def _stored_stakes(database: Connection, places: set[Any]) -> dict[StakeKey, Kept]:
    place = tuple_(Recusal.ballot_id, Recusal.idea_id)
    columns = (Recusal.ballot_id, Recusal.idea_id, Recusal.seq, Recusal.is_recused)
    return {
        (ballot, idea): (seq, RECUSED if is_recused else None)
        for some in _batched(places)
        for ballot, idea, seq, is_recused in database.execute(
            select(*columns).where(Recusal.why == "stake", place.in_(some))
        )
    }


def _raw(answer: str, value: float | None) -> str | None:
    """The answer as it was sent: a level, "dont_know", or None."""
    if answer == "number" and value is not None:
        return plain(value)
    return DONT_KNOW if answer == "dont_know" else None
