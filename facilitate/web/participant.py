"""Who holds this phone, their ballot, and what every page of theirs shows of the day."""

from __future__ import annotations

from typing import Any

from facilitate.access import me
from facilitate.errors import N_, NotFound
from facilitate.models import Ballot, Event, Participant
from facilitate.queries.ballot_paper import ballot_of
from facilitate.queries.board import timer
from facilitate.queries.console import agenda


def person() -> Participant:
    found = me().participant
    assert found is not None
    return found


def own_ballot(event: Event) -> Ballot:
    """The ballot of this phone; gone once the event is archived."""
    ballot = ballot_of(event, person())
    if ballot is None:
        raise NotFound(N_("This event is archived: nothing can be changed any more."))
    return ballot


def surroundings(event: Event) -> dict[str, Any]:
    return {"event": event, "activity": event.activity, "agenda": agenda(event), "timer": timer(event)}
