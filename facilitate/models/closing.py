"""The closing hash: one number for the whole score table, taken when scoring closes."""

from __future__ import annotations

import hashlib

from sqlalchemy import ColumnElement, collate, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from facilitate.models.ballot import Ballot
from facilitate.models.score import Recusal, Score


def closing_hash(database: Session, event_id: int) -> str:
    """SHA-256 over all scores, recusals and ballots set apart of the event, in the order of their keys."""
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
