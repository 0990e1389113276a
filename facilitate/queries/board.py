"""What the projected board shows, view by view."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app
from sqlalchemy import func

from facilitate.extensions import db
from facilitate.models import Convenor, Event, LogEntry, now
from facilitate.pulse import hall
from facilitate.queries.design import Design, design
from facilitate.queries.headcount import Turnout, joined, turnout
from facilitate.queries.heatmap import Heatmap, Profile, heatmap, profile
from facilitate.queries.ideas import WallCard, count_by_state, wall
from facilitate.queries.progress import Progress, Reach, progress, reach
from facilitate.queries.results import Results, results

STAGES = ("numbers", "bands", "reveal")
"""The views that tell the ranking, one after the other."""

SET_RIGHT = ("idea.hidden", "idea.merged", "idea.put_back", "idea.relabelled", "idea.reworded", "idea.withdrawn")
"""What even a frozen board shows: somebody took words off it."""


@dataclass(frozen=True)
class Timer:
    remaining: int
    running: bool


@dataclass(frozen=True)
class Board:
    view: str
    here: int
    joined: int
    wifi: str
    is_qr_big: bool
    replays: int
    revision: int
    still_since: int | None = None
    """While the board is frozen: the log entry from which on a picture may stand."""
    convenors: tuple[Convenor, ...] = ()
    cards: tuple[WallCard, ...] = ()
    total: int = 0
    being_checked: int = 0
    progress: Progress | None = None
    reach: Reach | None = None
    turnout: Turnout | None = None
    design: Design | None = None
    results: Results | None = None
    heatmap: Heatmap | None = None
    profile: Profile | None = None

    @property
    def shows_counts(self) -> bool:
        return self.progress is not None and self.progress.shows_counts


def timer(event: Event) -> Timer | None:
    """How many seconds are left by the server's clock."""
    if event.timer_left is not None:
        return Timer(event.timer_left, running=False)
    if event.timer_ends_at is None:
        return None
    return Timer(max(0, round((event.timer_ends_at - now()).total_seconds())), running=True)


def board(event: Event, view: str) -> Board:
    """Everything that one view of the board needs, and nothing of the others."""
    states = count_by_state(event) if view == "wall" else None
    says_criteria = view == "heatmap" and event.is_revealed
    kind, _, idea = event.board_figure.partition("/")
    one = profile(event, idea) if says_criteria and kind == "idea" else None
    return Board(
        view=view,
        here=hall().here(event.id),
        joined=joined(event),
        wifi=current_app.config["WIFI"],
        is_qr_big=event.is_qr_big,
        replays=event.replays,
        revision=event.revision,
        still_since=last_set_right(event) if event.is_board_frozen else None,
        convenors=tuple(event.convenors) if view == "welcome" else (),
        cards=wall(event) if view == "wall" else (),
        total=states["shown"] if states else 0,
        being_checked=states["waiting"] if states else 0,
        progress=progress(event) if view == "progress" else None,
        reach=reach(event) if view == "progress" and event.has_opened_scoring else None,
        design=design(event) if view == "criteria" else None,
        turnout=turnout(event) if view == event.activity.key else None,
        results=results(event) if view in STAGES and event.is_revealed else None,
        heatmap=_heatmap(event) if says_criteria and not one else None,
        profile=one,
    )


def last_set_right(event: Event) -> int:
    """The number of the last log entry that took words off the board; 0 where none has."""
    query = event.log.select().where(LogEntry.action.in_(SET_RIGHT)).with_only_columns(func.max(LogEntry.number))
    return db.session.scalar(query) or 0


def _heatmap(event: Event) -> Heatmap | None:
    """What the host chose; the means where that cannot be shown any more."""
    return heatmap(event, event.board_figure) or heatmap(event, "mean")
