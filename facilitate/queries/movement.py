"""What the discussion moved: the ranking of the first round beside the one that counts (R18)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from facilitate.database import aside
from facilitate.models import Event
from facilitate.queries import room
from facilitate.queries.outcomes import outcome, settings
from facilitate.scoring.outcome import standing
from facilitate.scoring.rounds import movements


@dataclass(frozen=True)
class Moved:
    """An idea that changed its place; `places` is positive where it rose."""

    id: str
    title: str
    before: int
    after: int
    places: int


@dataclass(frozen=True)
class Movement:
    scored_again: frozenset[str]
    """Ids of the ideas that were scored again."""
    moved: tuple[Moved, ...]
    """The furthest first."""

    @cached_property
    def by_id(self) -> dict[str, Moved]:
        return {each.id: each for each in self.moved}

    @property
    def again(self) -> tuple[Moved, ...]:
        """Those that moved by what was said of themselves."""
        return tuple(each for each in self.moved if each.id in self.scored_again)

    @property
    def others(self) -> int:
        """How many made room for them, or took theirs."""
        return len(self.moved) - len(self.again)


def movement(event: Event) -> Movement | None:
    """None as long as there was one round. Asked for only once scoring is closed."""
    began = room.began(event)
    if event.round == began:
        return None
    said = room.answers(event)
    first = [row for row in (*said.counted, *said.earlier) if row.round == began or row.answer == "recused"]
    before = aside(standing, room.whole(event, first), settings(event))
    titles = {idea.public_id: idea.title for idea in room.candidates(event)}
    return Movement(
        frozenset(row.idea for row in first if said.rounds[row.idea] > began and row.answer != "recused"),
        tuple(
            Moved(each.idea, titles[each.idea], each.before, each.after, each.change)
            for each in movements(before, outcome(event).places)
        ),
    )
