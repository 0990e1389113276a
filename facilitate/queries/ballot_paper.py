"""One person's ballot as the phone shows it: which idea comes next, what was answered, what was left."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from facilitate.extensions import db
from facilitate.models import Ballot, Criterion, Event, Idea, Participant, Recusal, Score, Texts
from facilitate.models.casting import DONT_KNOW
from facilitate.models.people import link
from facilitate.models.score import plain
from facilitate.queries.ideas import Card, card

SECONDS_PER_ANSWER = 6
"""Planning value for how long one answer takes."""


@dataclass(frozen=True)
class Level:
    value: str
    label: Texts


@dataclass(frozen=True)
class Row:
    code: str
    label: Texts
    statement: Texts
    helper: Texts
    levels: tuple[Level, ...]
    answer: str | None
    evidence_expected: bool


@dataclass(frozen=True)
class ScoringPage:
    idea: Card
    position: int
    total: int
    answered_ideas: int
    criteria: tuple[Row, ...]
    recused: bool
    recused_why: str | None
    previous_id: str | None
    next_id: str | None
    seq: int
    added_late: bool


@dataclass(frozen=True)
class Line:
    id: str
    title: str
    answered: int
    of: int
    recused: bool

    @property
    def is_done(self) -> bool:
        return self.recused or self.answered >= self.of


@dataclass(frozen=True)
class Overview:
    lines: tuple[Line, ...]
    minutes_left: int
    is_finished: bool
    seq: int

    @property
    def done(self) -> int:
        return sum(line.is_done for line in self.lines)

    @property
    def next_id(self) -> str | None:
        return next((line.id for line in self.lines if not line.is_done), None)


def ballot_of(event: Event, person: Participant) -> Ballot | None:
    """The ballot of one participant; none once the event is archived."""
    if event.key is None:
        return None
    own = select(Ballot).where(Ballot.event_id == event.id, Ballot.link == link(event.key, "ballot", person))
    return db.session.scalar(own)


def ballot_id_of(event: Event, person: Participant) -> str | None:
    """Only the id of it."""
    if event.key is None:
        return None
    own = select(Ballot.id).where(Ballot.event_id == event.id, Ballot.link == link(event.key, "ballot", person))
    return db.session.scalar(own)


def dealt(event: Event, ballot: Ballot) -> list[Idea]:
    """The ideas in this ballot's own random order; a late one comes first, so that it is not missed."""

    def place(idea: Idea) -> tuple[bool, bytes]:
        return not idea.is_late, hashlib.sha256(f"{ballot.id}:{idea.public_id}".encode()).digest()

    return sorted(db.session.scalars(event.ideas.select().where(Idea.state == "shown", ~Idea.is_cut)), key=place)


def overview(event: Event, ballot: Ballot) -> Overview:
    """Every idea of the ballot with how much of it is answered."""
    return _overview(event, ballot, dealt(event, ballot), recusals(ballot))


def _overview(event: Event, ballot: Ballot, order: list[Idea], recused: Mapping[int, str]) -> Overview:
    answered = _answered(event, ballot)
    of = len(event.criteria)
    lines = tuple(Line(idea.public_id, idea.title, answered.get(idea.id, 0), of, idea.id in recused) for idea in order)
    open_answers = sum(line.of - line.answered for line in lines if not line.recused)
    return Overview(lines, -(-open_answers * SECONDS_PER_ANSWER // 60), ballot.is_finished, ballot.seq)


def _answered(event: Event, ballot: Ballot) -> dict[int, int]:
    rows = db.session.execute(
        select(Score.idea_id, func.count())
        .where(Score.ballot_id == ballot.id, Score.round == event.round, Score.answer != "blank")
        .group_by(Score.idea_id)
    )
    return {row[0]: row[1] for row in rows}


def recusals(ballot: Ballot) -> dict[int, str]:
    """Idea to why this ballot keeps out of it; a reason that the person cannot take back goes first."""
    found: dict[int, str] = {}
    rows = db.session.execute(
        select(Recusal.idea_id, Recusal.why).where(Recusal.ballot_id == ballot.id, Recusal.is_recused == 1)
    )
    for idea, why in rows:
        if found.get(idea, "stake") == "stake":
            found[idea] = why
    return found


def scoring_page(event: Event, ballot: Ballot, idea_id: str) -> ScoringPage | None:
    """One idea with all its criteria, as this ballot has answered them so far."""
    order = dealt(event, ballot)
    at = next((number for number, idea in enumerate(order) if idea.public_id == idea_id), None)
    if at is None:
        return None
    recused = recusals(ballot)
    whole = _overview(event, ballot, order, recused)
    idea, why = order[at], recused.get(order[at].id)
    answers = _answers(event, ballot, idea)
    return ScoringPage(
        idea=card(idea),
        position=at + 1,
        total=len(order),
        answered_ideas=whole.done,
        criteria=tuple(_row(criterion, answers.get(criterion.id)) for criterion in event.criteria),
        recused=why is not None,
        recused_why=why,
        previous_id=order[at - 1].public_id if at else None,
        next_id=order[at + 1].public_id if at + 1 < len(order) else None,
        seq=ballot.seq,
        added_late=idea.is_late,
    )


def _answers(event: Event, ballot: Ballot, idea: Idea) -> dict[int, str]:
    rows = db.session.execute(
        select(Score.criterion_id, Score.answer, Score.value).where(
            Score.ballot_id == ballot.id, Score.idea_id == idea.id, Score.round == event.round, Score.answer != "blank"
        )
    )
    return {criterion: DONT_KNOW if value is None else plain(value) for criterion, _answer, value in rows}


def _row(criterion: Criterion, answer: str | None) -> Row:
    return Row(
        criterion.code,
        criterion.label,
        criterion.statement,
        criterion.helper,
        tuple(Level(str(level["value"]), level["label"]) for level in criterion.levels),
        answer,
        criterion.evidence_expected,
    )


def own_scores(event: Event, ballot: Ballot) -> dict[int, dict[int, float]]:
    """Idea to criterion to the level this person tapped (numbers only), for the private column of the results."""
    found: dict[int, dict[int, float]] = defaultdict(dict)
    rows = db.session.execute(
        select(Score.idea_id, Score.criterion_id, Score.value).where(
            Score.ballot_id == ballot.id, Score.round == event.round, Score.answer == "number"
        )
    )
    for idea, criterion, value in rows:
        if value is not None:
            found[idea][criterion] = value
    return found
