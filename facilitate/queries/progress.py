"""How far the room is while it scores: counts, never results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import and_, func, select

from facilitate.database import only_reading
from facilitate.extensions import db
from facilitate.headway import Sheets
from facilitate.models import Ballot, Criterion, Event, Hand, Idea, Recusal, Score, Texts
from facilitate.models.casting import Mark
from facilitate.models.idea import on_ballot
from facilitate.pulse import headway
from facilitate.scoring.sampling import ENOUGH

FIRST_SHOWN = 5
"""From so many people on the room is told how many have finished."""


@dataclass(frozen=True)
class GroupBar:
    label: Texts
    percent: int


@dataclass(frozen=True)
class Coverage:
    title: str
    n: int


@dataclass(frozen=True)
class Reach:
    """Where ideas are dealt: how many of them have enough scorers."""

    enough: int
    ideas: int
    wanted: int = ENOUGH


@dataclass(frozen=True)
class Progress:
    percent: int
    finished: int
    going: int
    not_started: int
    answers: int
    groups: tuple[GroupBar, ...] = ()

    @property
    def people(self) -> int:
        return self.finished + self.going + self.not_started

    @property
    def shows_counts(self) -> bool:
        """Counts of who has finished are told from five people on, so that they never point at one."""
        return self.people >= FIRST_SHOWN


def progress(event: Event) -> Progress:
    """Counts over all ballots; a part of the room appears only from the event's k people on."""
    asked = select(func.count()).select_from(Criterion).where(Criterion.event_id == event.id, ~Criterion.is_retired)
    criteria = db.session.scalar(asked) or 0
    ideas = _on_ballot(event)
    recused = _recused(event)
    hands = _hands(event) if event.per_person else None
    answered = _answered(event, ideas, recused)
    people = finished = going = given = wanted = 0
    by_group: dict[int, list[tuple[int, int]]] = {}
    for ballot, group, says_finished in db.session.execute(
        select(Ballot.id, Ballot.group_id, Ballot.is_finished).where(Ballot.event_id == event.id)
    ):
        dealt = len(ideas) if hands is None else hands.get(ballot, 0)
        of = (dealt - len(recused.get(ballot, ()))) * criteria
        count = min(answered.get(ballot, 0), of)
        is_finished = says_finished or (of > 0 and count >= of)
        people += 1
        finished += is_finished
        going += not is_finished and count > 0
        given += count
        wanted += of
        if group is not None:
            by_group.setdefault(group, []).append((count, of))
    return Progress(
        percent=_percent(given, wanted),
        finished=finished,
        going=going,
        not_started=people - finished - going,
        answers=given,
        groups=tuple(
            GroupBar(term.label, _percent(sum(c for c, _ in counts), sum(of for _, of in counts)))
            for term in event.listed("group")
            if len(counts := by_group.get(term.id, [])) >= event.k_board
        ),
    )


def _percent(part: int, whole: int) -> int:
    return 100 * part // whole if whole else 0


def _on_ballot(event: Event) -> list[int]:
    return list(db.session.scalars(select(Idea.id).where(on_ballot(event.id, event.round))))


def _hands(event: Event) -> dict[str, int]:
    """Ballot to how many of this round's ideas it was dealt."""
    chosen = select(Idea.id).where(on_ballot(event.id, event.round))
    counted = select(Hand.ballot_id, func.count()).where(Hand.idea_id.in_(chosen)).group_by(Hand.ballot_id)
    return dict(db.session.execute(counted).all())


def _keeps_count() -> bool:
    """SQLite has one process, which keeps count itself. With PostgreSQL another one may have written: it counts."""
    return db.engine.dialect.name == "sqlite"


def _sheets(event: Event) -> Sheets:
    kept = headway()
    known = kept.known(event.id, event.round)
    return known if known is not None else kept.read(event.id, event.round, _marks(event))


def _answered(event: Event, ideas: list[int], recused: dict[str, set[int]]) -> dict[str, int]:
    """Ballot to how many criteria it has answered on ideas that it does not keep out of."""
    if _keeps_count():
        return _sheets(event).count(ideas, recused)
    kept_out = (
        select(Recusal.idea_id)
        .where(Recusal.ballot_id == Score.ballot_id, Recusal.idea_id == Score.idea_id, Recusal.is_recused == 1)
        .exists()
    )
    rows = db.session.execute(
        select(Score.ballot_id, func.count())
        .where(Score.idea_id.in_(ideas), Score.round == event.round, Score.answer != "blank", ~kept_out)
        .group_by(Score.ballot_id)
    )
    return {row[0]: row[1] for row in rows}


def _scorers(event: Event, ideas: Iterable[int]) -> dict[int, int]:
    """Idea to how many ballots gave it at least one level."""
    if _keeps_count():
        return _sheets(event).scorers(ideas, db.session.scalars(select(Ballot.id).where(Ballot.event_id == event.id)))
    rows = db.session.execute(
        select(Score.idea_id, func.count(Score.ballot_id.distinct()))
        .where(Score.idea_id.in_(ideas), Score.round == event.round, Score.answer == "number")
        .group_by(Score.idea_id)
    )
    return dict.fromkeys(ideas, 0) | {row[0]: row[1] for row in rows}


def _marks(event: Event) -> Iterator[Mark]:
    """Every answered place, read anew: not from the page's own transaction, which may have begun before."""
    query = (
        select(Score.ballot_id, Score.idea_id, Score.criterion_id, Score.answer)
        .join(Idea, Idea.id == Score.idea_id)
        .where(Idea.event_id == event.id, Score.round == event.round, Score.answer != "blank")
    )
    with only_reading(), db.engine.connect() as fresh:
        for ballot, idea, criterion, answer in fresh.execute(query):
            yield Mark(event.id, event.round, ballot, idea, criterion, is_answered=True, is_number=answer == "number")


def _recused(event: Event) -> dict[str, set[int]]:
    """Ballot to the ideas that it should score and keeps out of."""
    found: dict[str, set[int]] = {}
    kept_out = (
        select(Recusal.ballot_id, Recusal.idea_id)
        .join(Idea, Idea.id == Recusal.idea_id)
        .where(on_ballot(event.id, event.round), Recusal.is_recused == 1)
    )
    if event.per_person:
        kept_out = kept_out.join(Hand, and_(Hand.ballot_id == Recusal.ballot_id, Hand.idea_id == Recusal.idea_id))
    for ballot, idea in db.session.execute(kept_out.distinct()):
        found.setdefault(ballot, set()).add(idea)
    return found


def least_scored(event: Event, most: int = 3) -> list[Coverage]:
    """The ideas with the fewest people who scored them: where the room may be asked to go on."""
    return _by_scorers(event)[:most]


def reach(event: Event) -> Reach | None:
    """Has every idea enough people? Asked where each person scores only some of them."""
    if not event.per_person or not (ideas := _by_scorers(event)):
        return None
    return Reach(sum(idea.n >= ENOUGH for idea in ideas), len(ideas))


def enough_for_a_place(event: Event) -> Reach | None:
    """Where everybody scores all ideas: how many have as many people as a place in the ranking takes."""
    if event.per_person or not (ideas := _by_scorers(event)):
        return None
    return Reach(sum(idea.n >= event.n_min for idea in ideas), len(ideas), event.n_min)


def _by_scorers(event: Event) -> list[Coverage]:
    """The ideas of this round, the one with the fewest scorers first."""
    ideas = select(Idea.id, Idea.title).where(on_ballot(event.id, event.round))
    titles = dict(db.session.execute(ideas).all())
    scorers = _scorers(event, titles)
    return [Coverage(titles[idea], scorers[idea]) for idea in sorted(titles, key=lambda idea: (scorers[idea], idea))]
