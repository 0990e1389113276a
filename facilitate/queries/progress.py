"""How far the room is while it scores: counts, never results."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from facilitate.extensions import db
from facilitate.models import Ballot, Criterion, Event, Idea, Recusal, Score, Texts

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
    criteria = db.session.scalar(select(func.count()).select_from(Criterion).where(Criterion.event_id == event.id)) or 0
    ideas = (
        db.session.scalar(
            select(func.count()).select_from(Idea).where(Idea.event_id == event.id, Idea.state == "shown")
        )
        or 0
    )
    answered, recused = _answered(event), _recused(event)
    people = finished = going = given = wanted = 0
    by_group: dict[int, list[tuple[int, int]]] = {}
    for ballot, group, says_finished in db.session.execute(
        select(Ballot.id, Ballot.group_id, Ballot.is_finished).where(Ballot.event_id == event.id)
    ):
        of = max(0, ideas - recused.get(ballot, 0)) * criteria
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


def _answered(event: Event) -> dict[str, int]:
    """Ballot to how many criteria it has answered on ideas that it does not keep out of."""
    kept_out = (
        select(Recusal.idea_id)
        .where(Recusal.ballot_id == Score.ballot_id, Recusal.idea_id == Score.idea_id, Recusal.is_recused == 1)
        .exists()
    )
    rows = db.session.execute(
        select(Score.ballot_id, func.count())
        .join(Idea, Idea.id == Score.idea_id)
        .where(
            Idea.event_id == event.id,
            Idea.state == "shown",
            Score.round == event.round,
            Score.answer != "blank",
            ~kept_out,
        )
        .group_by(Score.ballot_id)
    )
    return {row[0]: row[1] for row in rows}


def _recused(event: Event) -> dict[str, int]:
    rows = db.session.execute(
        select(Recusal.ballot_id, func.count(Recusal.idea_id.distinct()))
        .join(Idea, Idea.id == Recusal.idea_id)
        .where(Idea.event_id == event.id, Idea.state == "shown", Recusal.is_recused == 1)
        .group_by(Recusal.ballot_id)
    )
    return {row[0]: row[1] for row in rows}


def least_scored(event: Event, most: int = 3) -> list[Coverage]:
    """The ideas with the fewest people who scored them: where the room may be asked to go on."""
    count = func.count(Score.ballot_id.distinct())
    rows = db.session.execute(
        select(Idea.title, count)
        .outerjoin(Score, (Score.idea_id == Idea.id) & (Score.round == event.round) & (Score.answer == "number"))
        .where(Idea.event_id == event.id, Idea.state == "shown")
        .group_by(Idea.id, Idea.title)
        .order_by(count, Idea.id)
        .limit(most)
    )
    return [Coverage(title, n) for title, n in rows]
