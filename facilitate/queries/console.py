"""What the facilitator's console shows: the agenda with one primary button, the room, and the board."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext
from sqlalchemy import func, select

from facilitate.activities import ACTIVITIES
from facilitate.errors import N_
from facilitate.extensions import db
from facilitate.models import Ballot, Capability, Event, Term, Texts, Ticket
from facilitate.models.day.chronicle import RESULT_VIEWS
from facilitate.models.day.steps import BETWEEN
from facilitate.pulse import hall, pulse
from facilitate.queries import room
from facilitate.queries.headcount import Turnout, came_late, joined, turnout
from facilitate.queries.ideas import count_by_state
from facilitate.queries.progress import Coverage, Progress, Reach, enough_for_a_place, least_scored, progress, reach


@dataclass(frozen=True)
class Step:
    key: str
    title: Texts
    state: str


@dataclass(frozen=True)
class Button:
    """One step of the day: what it is called, what it does, where it posts. Words are catalogue keys."""

    label: str
    effect: str
    action: str
    confirm: bool = False
    loses: str = ""
    """What cannot be brought back afterwards; empty where nothing is lost."""
    ideas: tuple[str, ...] = ()
    """Titles of the ideas that it is about, where it is not about all."""


@dataclass(frozen=True)
class Admission:
    """Who may join, and how many ballots that has come to."""

    mode: str
    heads: int | None
    choices: tuple[str, ...]
    tickets: int
    used: int


@dataclass(frozen=True)
class Console:
    here: int
    joined: int
    late: int
    to_check: int
    on_wall: int
    set_aside: int
    merged: int
    progress: Progress | None
    coverage: tuple[Coverage, ...]
    reach: Reach | None
    """Where ideas are dealt."""
    enough: Reach | None
    """Where everybody scores all."""
    turnout: Turnout | None
    board_view: str
    follows_agenda: bool
    board_choices: tuple[tuple[str, str], ...]
    say: Texts | None
    primary: Button | None
    back: Button | None
    is_cut_off: bool = False
    """Is this server out of contact with the others of the installation?"""

    @property
    def offline(self) -> int:
        return max(0, self.joined - self.here)


BOARD_CHOICES = (
    ("agenda", N_("Follow the agenda")),
    ("lobby", N_("Lobby")),
    ("welcome", N_("Welcome")),
    ("wall", N_("Wall")),
    ("criteria", N_("Criteria")),
    ("progress", N_("Progress")),
    ("numbers", N_("Numbers")),
    ("bands", N_("Bands")),
    ("reveal", N_("Results")),
    ("heatmap", N_("Criterion by criterion")),
    ("timer", N_("Timer")),
    ("thanks", N_("Thank you")),
)


CLOSING = {
    "collect": (N_("Close collecting and go to: %(step)s"), N_("No more ideas can be sent.")),
    "vote": (N_("Close the cut-off vote and go to: %(step)s"), N_("The ideas with the most ticks stay.")),
    "weigh": (N_("Close the weights and go to: %(step)s"), N_("The points stay as they are.")),
    "score": (
        N_("Close scoring and go to: %(step)s"),
        N_("No more answers are taken. The results stay hidden until you reveal them."),
    ),
}
"""What ends where a step follows that has no name for it: a break, a presentation."""


def agenda(event: Event) -> list[Step]:
    """All activities with where the day is."""
    states = ["done"] * event.position + ["current"] + ["ahead"] * (len(event.activities) - event.position - 1)
    return [Step(a.key, a.title, state) for a, state in zip(event.activities, states, strict=True)]


def primary(event: Event) -> Button | None:
    """The one next button, named by its effect."""
    here = f"/{event.code}/console"
    if event.is_rehearsal and (event.activity.key == "welcome" or event.following is None):
        return Button(
            N_("Open the doors"),
            N_("Everything the rehearsal made is deleted first. Then people can join."),
            f"{here}/open",
            confirm=True,
        )
    if event.activity.key == "welcome" and event.door == "closed":
        return Button(N_("Open the doors"), N_("People can join with the code or the QR."), f"{here}/open")
    if event.activity.key == "reveal" and not event.is_revealed:
        return Button(N_("Reveal the results"), N_("Board and phones show the ranking to everybody."), f"{here}/reveal")
    if event.following is not None:
        kind = ACTIVITIES[event.following.key]
        if event.following.key in BETWEEN and event.activity.key in CLOSING:
            label, effect = CLOSING[event.activity.key]
            return Button(gettext(label, step=gettext(kind.name)), effect, f"{here}/next")
        return Button(kind.next, kind.effect, f"{here}/next")
    if event.door != "closed":
        return Button(
            N_("Close the day"), N_("Nobody can join any more. The results stay at their address."), f"{here}/close"
        )
    return None


def back(event: Event) -> Button | None:
    """The way back from a slip; it deletes nothing."""
    here = f"/{event.code}/console/back"
    if event.activity.key == "reveal" and event.is_revealed:
        return Button(N_("Hide the results again"), N_("Board and phones show them no more."), here)
    if event.preceding is None:
        return None
    if event.is_scoring_again:
        return Button(
            N_("Go back to the results before this round"),
            N_("The round ends. What people sent in it is kept."),
            here,
        )
    if event.preceding.key == "score":
        return Button(N_("Reopen scoring"), N_("People can score again. Results are hidden again."), here, confirm=True)
    return Button(N_("Go back one step"), N_("Nothing is lost."), here)


def archive(event: Event) -> Button:
    return Button(
        N_("Archive now"),
        N_("The thread between people and their answers is cut, today instead of on the date that they were told."),
        f"/{event.code}/console/privacy/archive",
        confirm=True,
        loses=N_(
            "Nobody can bring their answers back to a phone any more, and nobody can find out who wrote which idea. "
            "Ideas, scores and results stay."
        ),
    )


def deletion(event: Event) -> Button:
    return Button(
        N_("Delete the event"),
        N_("Ten minutes from then, everything is gone. Until then one press keeps it after all."),
        f"/{event.code}/console/privacy/delete",
        confirm=True,
        loses=N_(
            "All of it: texts, ideas, scores, results and log. Export what you must keep first. "
            "Backups that were made by hand are not touched."
        ),
    )


def again(event: Event) -> Button | None:
    """Another round for the marked ideas, once there are results and an idea is marked."""
    if not event.has_closed_scoring:
        return None
    marked = tuple(idea.title for idea in room.candidates(event) if idea.is_marked)
    if not marked:
        return None
    return Button(
        gettext("Open round %(round)s for the marked ideas", round=event.round + 1),
        N_(
            "People score only these ideas again. Results are hidden until you close scoring and reveal them. "
            "Both rounds are kept, and all other ideas keep the scores they have."
        ),
        f"/{event.code}/console/score-again",
        confirm=True,
        ideas=marked,
    )


def console(event: Event) -> Console:
    """Everything the console shows at this moment."""
    states = count_by_state(event)
    is_scored = event.has_opened_scoring
    return Console(
        here=hall().here(event.id),
        joined=joined(event),
        late=came_late(event),
        to_check=states["waiting"],
        on_wall=states["shown"],
        set_aside=states["hidden"],
        merged=states["merged"],
        progress=progress(event) if is_scored else None,
        coverage=tuple(least_scored(event)) if is_scored else (),
        reach=reach(event) if is_scored else None,
        enough=enough_for_a_place(event) if is_scored else None,
        turnout=turnout(event),
        board_view=event.view,
        follows_agenda=event.board_view is None,
        board_choices=tuple(c for c in BOARD_CHOICES if c[0] not in RESULT_VIEWS or event.is_revealed),
        say=event.activity.say,
        primary=primary(event),
        back=back(event),
        is_cut_off=pulse().neighbours.is_cut_off,
    )


def admission(event: Event) -> Admission:
    made, used = db.session.execute(
        select(func.count(), func.count().filter(Ticket.is_used)).where(Ticket.event_id == event.id)
    ).one()
    return Admission(event.admission, event.heads, event.admissions_left(), made, used)


@dataclass(frozen=True)
class GroupCount:
    label: Texts
    count: int


def joined_by_group(event: Event) -> list[GroupCount]:
    """How many of each group have joined; groups under the event's k are left out."""
    rows = db.session.execute(
        select(Term, func.count(Ballot.id))
        .join(Ballot, Ballot.group_id == Term.id)
        .where(Term.event_id == event.id)
        .group_by(Term.id)
        .order_by(Term.position)
    )
    return [GroupCount(term.label, count) for term, count in rows if count >= event.k_board]


def links(event: Event) -> list[Capability]:
    """All links into this event, the newest first."""
    query = select(Capability).where(Capability.event_id == event.id).order_by(Capability.id.desc())
    return list(db.session.scalars(query))
