"""How far the room is while it scores: counts, never results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import func, select

from facilitate import live
from facilitate.database import only_reading
from facilitate.extensions import db
from facilitate.headway import Sheets
from facilitate.models import Ballot, Criterion, Event, Idea, Recusal, Score, Texts
from facilitate.models.casting import Mark

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
    ideas = _on_wall(event)
    recused = _recused(event)
    answered = _answered(event, ideas, recused)
    people = finished = going = given = wanted = 0
    by_group: dict[int, list[tuple[int, int]]] = {}
    for ballot, group, says_finished in db.session.execute(
        select(Ballot.id, Ballot.group_id, Ballot.is_finished).where(Ballot.event_id == event.id)
    ):
        of = (len(ideas) - len(recused.get(ballot, ()))) * criteria
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


def _on_wall(event: Event) -> list[int]:
    return list(
        db.session.scalars(select(Idea.id).where(Idea.event_id == event.id, Idea.state == "shown", ~Idea.is_cut))
    )


def _keeps_count() -> bool:
    """SQLite has one process, which keeps count itself. With PostgreSQL another one may have written: it counts."""
    return db.engine.dialect.name == "sqlite"


def _sheets(event: Event) -> Sheets:
    headway = live.headway()
    known = headway.known(event.id, event.round)
    return known if known is not None else headway.read(event.id, event.round, _marks(event))


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
    """Ballot to the ideas on the wall that it keeps out of."""
    found: dict[str, set[int]] = {}
    rows = db.session.execute(
        select(Recusal.ballot_id, Recusal.idea_id)
        .join(Idea, Idea.id == Recusal.idea_id)
        .where(Idea.event_id == event.id, Idea.state == "shown", ~Idea.is_cut, Recusal.is_recused == 1)
    )
    for ballot, idea in rows:
        found.setdefault(ballot, set()).add(idea)
    return found


def least_scored(event: Event, most: int = 3) -> list[Coverage]:
    """The ideas with the fewest people who scored them: where the room may be asked to go on."""
    titles = dict(
        db.session.execute(
            select(Idea.id, Idea.title).where(Idea.event_id == event.id, Idea.state == "shown", ~Idea.is_cut)
        ).all()
    )
    scorers = _scorers(event, titles)
    fewest = sorted(titles, key=lambda idea: (scorers[idea], idea))[:most]
    return [Coverage(titles[idea], scorers[idea]) for idea in fewest]
