"""The closing hash: one number for all that the ranking is made of, taken when scoring closes.

It covers every answer, recusal and ballot, the criteria, the words of the ideas, and what was decided about counting.
What may still change by a verb afterwards (an idea merged, set aside, relabelled or shortlisted) is in the chained log;
ballots of people who came after the close hold no answers and are left out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, collate, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from facilitate.models.ballot import Ballot
from facilitate.models.criterion import Criterion
from facilitate.models.idea import Idea
from facilitate.models.score import Recusal, Score

SECOND = "2:"
"""How a hash of today begins; those without it were taken before weights and ideas were covered."""
DIGEST_BYTES = 31
"""So many that the hash fits its column with the version in front."""
_encode = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode
DECIDED = ("n_min", "top", "k_export", "round", "fall_back", "balance", "weights_by", "per_person", "cut_to")
"""Columns of the event that were settled before scoring opened."""


def closing_hash(database: Session, event: Any) -> str:
    """BLAKE2 over everything that counts, table by table, each in the order of its keys."""
    digest = hashlib.blake2b(digest_size=DIGEST_BYTES)
    digest.update(_line(["decided", *(getattr(event, name) for name in DECIDED)]))
    for name, statement in _tables(database, event.id):
        digest.update(_line([name]))
        for row in database.execute(statement):
            digest.update(_line(list(row)))
    return SECOND + digest.hexdigest()


def still_holds(database: Session, event: Any) -> bool:
    """Is everything as it was when the event's closing hash was taken? Hashes are checked in the way they were made."""
    taken: str = event.closing_hash
    if taken.startswith(SECOND):
        return taken == closing_hash(database, event)
    return taken == first_closing_hash(database, event.id)


def _line(values: list[Any]) -> bytes:
    """One row, the same on every database whatever order it keeps the keys of JSON in."""
    return f"{_encode(values)}\n".encode()


def _tables(database: Session, event_id: int) -> Iterator[tuple[str, Any]]:
    """What is covered, column by column: one that a later version adds will belong to a later hash."""
    ballot, why = _bytewise(database, Ballot.id), _bytewise(database, Recusal.why)
    parts = (Ballot.link, Ballot.group_id, Ballot.community_id, Ballot.channel, Ballot.paper)
    yield (
        "ballots",
        select(Ballot.id, *parts, Ballot.seq, Ballot.is_finished, Ballot.excluded)
        .where(Ballot.event_id == event_id, ~Ballot.is_late)
        .order_by(ballot),
    )
    keys = (Score.idea_id, Score.criterion_id, Score.round)
    yield (
        "scores",
        select(Score.ballot_id, *keys, Score.seq, Score.answer, Score.value)
        .join(Ballot, Ballot.id == Score.ballot_id)
        .where(Ballot.event_id == event_id)
        .order_by(ballot, *keys),
    )
    yield (
        "recusals",
        select(Recusal.ballot_id, Recusal.idea_id, Recusal.why, Recusal.seq, Recusal.is_recused)
        .join(Ballot, Ballot.id == Recusal.ballot_id)
        .where(Ballot.event_id == event_id)
        .order_by(ballot, Recusal.idea_id, why),
    )
    asked = (Criterion.label, Criterion.statement, Criterion.helper, Criterion.levels, Criterion.evidence_expected)
    counts = (Criterion.weight, Criterion.lower_is_better, Criterion.is_retired)
    yield (
        "criteria",
        select(Criterion.id, Criterion.code, Criterion.position, *asked, *counts)
        .where(Criterion.event_id == event_id)
        .order_by(Criterion.id),
    )
    words = (Idea.id, Idea.public_id, Idea.title, Idea.details, Idea.language, Idea.channel, Idea.round, Idea.is_cut)
    terms = (Idea.kind_id, Idea.sector_id, Idea.community_id, Idea.organization_id)
    yield "ideas", select(*words, *terms).where(Idea.event_id == event_id).order_by(Idea.id)


def first_closing_hash(database: Session, event_id: int) -> str:
    """The hash as it was taken first: SHA-256 over all scores, recusals and ballots set apart."""
    digest = hashlib.sha256()
    scores = (
        select(Score.ballot_id, Score.idea_id, Score.criterion_id, Score.round, Score.seq, Score.answer, Score.value)
        .join(Ballot, Ballot.id == Score.ballot_id)
        .where(Ballot.event_id == event_id)
        .order_by(_bytewise(database, Score.ballot_id), Score.idea_id, Score.criterion_id, Score.round)
    )
    recusals = (
        select(Recusal.ballot_id, Recusal.idea_id, Recusal.why, Recusal.is_recused)
        .join(Ballot, Ballot.id == Recusal.ballot_id)
        .where(Ballot.event_id == event_id)
        .order_by(_bytewise(database, Recusal.ballot_id), Recusal.idea_id, _bytewise(database, Recusal.why))
    )
    # Where none is set apart this adds nothing: the hash is that of the score table alone.
    apart = (
        select(Ballot.id, Ballot.excluded)
        .where(Ballot.event_id == event_id, Ballot.excluded.is_not(None))
        .order_by(Ballot.id)
    )
    for statement in (scores, recusals, apart):
        for row in database.execute(statement):
            digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()


def _bytewise(database: Session, column: InstrumentedAttribute[str]) -> ColumnElement[str]:
    """The order of SQLite, whatever language a PostgreSQL database sorts in: the hash is the same everywhere."""
    return collate(column, "C" if database.get_bind().dialect.name == "postgresql" else "BINARY")
