"""What can be open on a planning day, and which deeds it offers.

A new activity is a line here, its deeds in `access.DEEDS`, and its templates in `templates/activities/<key>/`.
"""

from __future__ import annotations

from dataclasses import dataclass

from facilitate.errors import N_


@dataclass(frozen=True)
class ActivityKind:
    name: str
    offers: frozenset[str]
    """Deeds that exist only while this activity is open."""
    board: str
    """The view that the board shows unless the host chose another."""
    next: str
    """The primary button that leads here, named by its effect."""
    effect: str
    """What that button does, in one sentence."""
    is_timed: bool = False
    """Does its timer start by itself?"""


ACTIVITIES: dict[str, ActivityKind] = {
    "welcome": ActivityKind(
        N_("Welcome"), frozenset(), "lobby", N_("Go to the welcome"), N_("Phones and board show the welcome.")
    ),
    "collect": ActivityKind(
        N_("Collect ideas"),
        frozenset({"submit an idea"}),
        "wall",
        N_("Start collecting ideas"),
        N_("Phones show the form for ideas, the board shows the wall."),
        is_timed=True,
    ),
    "sort": ActivityKind(
        N_("Sort"),
        frozenset(),
        "wall",
        N_("Close collecting and sort"),
        N_("No more ideas can be sent. You merge what is the same and set aside what does not belong."),
    ),
    "vote": ActivityKind(
        N_("Cut-off vote"),
        frozenset({"vote"}),
        "vote",
        N_("Start the cut-off vote"),
        N_("Phones show all ideas on the wall. Everybody ticks those to keep, and the ones with the most ticks stay."),
        is_timed=True,
    ),
    "weigh": ActivityKind(
        N_("Weights"),
        frozenset({"weigh"}),
        "weigh",
        N_("Let the room set the weights"),
        N_("Everybody shares 100 points among the criteria. The means become the weights when scoring opens."),
        is_timed=True,
    ),
    "score": ActivityKind(
        N_("Score"),
        frozenset({"score"}),
        "progress",
        N_("Open scoring"),
        N_("Phones show the ideas on the wall, one after the other. From now on criteria and ideas stay as they are."),
        is_timed=True,
    ),
    "reveal": ActivityKind(
        N_("Reveal"),
        frozenset(),
        "reveal",
        N_("Close scoring"),
        N_("No more answers are taken. The results stay hidden until you reveal them."),
    ),
    "wrap_up": ActivityKind(
        N_("Wrap up"),
        frozenset(),
        "thanks",
        N_("Wrap up the day"),
        N_("Phones and board say thank you and what is next."),
    ),
    "presentation": ActivityKind(
        N_("Presentation"),
        frozenset(),
        "timer",
        N_("Go to the presentation"),
        N_("Phones and board show what it is about."),
        is_timed=True,
    ),
    "break": ActivityKind(
        N_("Break"),
        frozenset(),
        "timer",
        N_("Start the break"),
        N_("Phones and board show when it goes on."),
        is_timed=True,
    ),
}
