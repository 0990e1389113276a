"""Dealing: which ideas each ballot scores, where there is no time for all (R16).

One deal serves whoever is there when scoring opens, whoever comes later, and the hot path after a recusal. What a
ballot holds stays in its hand; a deal only fills it up, with the ideas that the fewest people were dealt.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from random import Random

from sqlalchemy import ColumnElement, Connection, func, insert, literal, select

from facilitate.models.ballot import Ballot
from facilitate.models.criterion import Criterion
from facilitate.models.hand import Hand, add_to_hands
from facilitate.models.idea import Idea, on_ballot
from facilitate.models.score import Recusal, Score
from facilitate.scoring import sampling


@dataclass
class _Held:
    """What one ballot has in its hand, and keeps out of."""

    ideas: set[int] = field(default_factory=set)
    kept_out: set[int] = field(default_factory=set)
    last: int = 0

    @property
    def open(self) -> int:
        return len(self.ideas - self.kept_out)


def deal(
    database: Connection, event_id: int, round_: int, size: int, ballots: Collection[str] | None = None, more: int = 0
) -> None:
    """Fill the hands of these ballots (or of all) up to `size` ideas of this round that they may score.

    `more` goes on top of what they hold already.
    """
    whose = Ballot.event_id == event_id
    if ballots is not None:
        whose &= Ballot.id.in_(ballots)
    ideas = on_ballot(event_id, round_)
    dealt = _dealt(database, ideas)
    rows: list[tuple[str, int, int]] = []
    random = Random()  # noqa: S311 - a fair chance, not a secret
    for ballot, held in _hands(database, whose, ideas).items():
        taken = held.ideas | held.kept_out
        free = {idea: count for idea, count in dealt.items() if idea not in taken}
        missing = max(size, held.open + more) - held.open
        for position, idea in enumerate(sampling.deal(free, missing, random) if missing > 0 else (), held.last + 1):
            rows.append((ballot, idea, position))
            dealt[idea] += 1
    add_to_hands(database, rows)


def _dealt(database: Connection, ideas: ColumnElement[bool]) -> dict[int, int]:
    """Every idea to the number of hands it is in."""
    counted = (
        select(Idea.id, func.count(Hand.ballot_id))
        .outerjoin(Hand, Hand.idea_id == Idea.id)
        .where(ideas)
        .group_by(Idea.id)
    )
    return dict(database.execute(counted).all())


def _hands(database: Connection, whose: ColumnElement[bool], ideas: ColumnElement[bool]) -> dict[str, _Held]:
    """What these ballots hold of these ideas; in the order of their random keys."""
    found = {ballot: _Held() for (ballot,) in database.execute(select(Ballot.id).where(whose).order_by(Ballot.id))}
    chosen = select(Idea.id).where(ideas)
    held = select(Hand.ballot_id, Hand.idea_id, Hand.position).join(Ballot, Ballot.id == Hand.ballot_id)
    for ballot, idea, position in database.execute(held.where(whose, Hand.idea_id.in_(chosen))):
        found[ballot].ideas.add(idea)
        found[ballot].last = max(found[ballot].last, position)
    out = select(Recusal.ballot_id, Recusal.idea_id).join(Ballot, Ballot.id == Recusal.ballot_id)
    for ballot, idea in database.execute(out.where(whose, Recusal.is_recused == 1)):
        found[ballot].kept_out.add(idea)
    return found


def deal_to_all(database: Connection, event_id: int, idea_id: int) -> None:
    """Put an idea that nobody was dealt at the front of every hand, but of those that must not score it."""
    if database.scalar(select(Hand.idea_id).where(Hand.idea_id == idea_id).limit(1)) is not None:
        return
    kept_out = select(Recusal.ballot_id).where(Recusal.idea_id == idea_id, Recusal.is_recused == 1)
    hands = select(func.coalesce(func.min(Hand.position), 1) - 1).join(Ballot, Ballot.id == Hand.ballot_id)
    front = database.scalar(hands.where(Ballot.event_id == event_id))
    everybody = select(Ballot.id, literal(idea_id), literal(front)).where(
        Ballot.event_id == event_id, Ballot.id.not_in(kept_out)
    )
    database.execute(insert(Hand).from_select(["ballot_id", "idea_id", "position"], everybody))


def is_hand_done(database: Connection, event_id: int, round_: int, ballot_id: str) -> bool:
    """Has this ballot answered every criterion of every idea that it holds and does not keep out of?"""
    answered = (
        select(func.count())
        .where(Score.ballot_id == ballot_id, Score.idea_id == Idea.id, Score.round == round_, Score.answer != "blank")
        .correlate(Idea)
        .scalar_subquery()
    )
    criteria = select(func.count()).where(Criterion.event_id == event_id).scalar_subquery()
    kept_out = select(Recusal.idea_id).where(Recusal.ballot_id == ballot_id, Recusal.is_recused == 1)
    left = (
        select(Idea.id)
        .join(Hand, Hand.idea_id == Idea.id)
        .where(on_ballot(event_id, round_), Hand.ballot_id == ballot_id, Idea.id.not_in(kept_out), answered < criteria)
    )
    return database.scalar(left.limit(1)) is None
