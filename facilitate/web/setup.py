"""What the six steps of set-up have in common: which of them is shown, and where texts are still missing."""

from __future__ import annotations

from typing import Any

from facilitate.access import can
from facilitate.errors import N_
from facilitate.models import Event
from facilitate.queries.preflight import STEPS, open_steps
from facilitate.web.console import frame
from facilitate.web.language import tongue

NAMES = {
    "basics": N_("Basics"),
    "lists": N_("Groups"),
    "criteria": N_("Criteria"),
    "agenda": N_("Agenda"),
    "privacy": N_("Privacy"),
    "check": N_("Check and print"),
}


def setup_frame(event: Event, step: str) -> dict[str, Any]:
    """The context of a page of set-up."""
    return {
        "setup_steps": [(key, NAMES[key]) for key in STEPS],
        "setup_step": step,
        "setup_open": open_steps(event),
        "may_set_up": can("set the event up", event),
        "tongue": tongue,
        **frame(event),
    }
