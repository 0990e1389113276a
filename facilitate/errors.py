"""What can go wrong in a planning day, in the room's words, each with its HTTP status.

Every message is a key into the catalogue (marked with `N_`), so that a person reads it in their own language;
`values` fills it in. Nothing here knows Flask.
"""

from __future__ import annotations

from typing import Any


def N_(message: str) -> str:  # noqa: N802 - the name gettext tools look for
    """Mark a sentence for the catalogues without translating it yet."""
    return message


class Refusal(Exception):
    """A verb said no, and says why to a person."""

    status = 400
    message = N_("This cannot be done.")

    def __init__(self, message: str | None = None, **values: Any) -> None:
        self.message = message or type(self).message
        self.values = values
        super().__init__(self.message % values if values else self.message)


class Invalid(Refusal):
    """What was sent cannot be right."""

    status = 400
    message = N_("Something in what you sent is not right. Please look at it once more.")


class NotFound(Refusal):
    """Missing, or in another event: one answer for both, so that nobody can tell them apart."""

    status = 404
    message = N_("There is nothing at this address.")


class NotAllowed(Refusal):
    """This browser does not hold the role that the deed needs."""

    status = 403
    message = N_("This page is for other people of this event.")


class NotNow(Refusal):
    """The deed exists, but not in the activity that is open."""

    status = 409
    message = N_("This is not open at the moment. Look at the screen: it says what happens now.")


class ScoringClosed(NotNow):
    message = N_("Scoring is closed. This answer came too late and is not counted.")


class MovedOn(Refusal):
    """Two hosts pressed at once; the second one sees where the day is now."""

    status = 409
    message = N_("Somebody else moved the day on a moment ago. This is where it is now.")


class DoorClosed(Refusal):
    status = 403
    message = N_("The doors are not open yet. Please try again in a moment.")


class DoorLocked(Refusal):
    status = 403
    message = N_("The host has locked the door: nobody else can join right now. Please ask the host.")


class RoomFull(Refusal):
    status = 403
    message = N_("Everybody who was counted has joined. Please ask the host.")


class TicketRefused(Refusal):
    """Not a ticket of this event."""

    status = 403
    message = N_("This is not a ticket of this event. Please look at its digits once more.")


class TicketUsed(TicketRefused):
    message = N_(
        "This ticket was used already. If it was you, on another phone: your ten digits bring your answers here."
    )


class TooMany(Refusal):
    """A limit on failed tries; successes are never limited."""

    status = 429
    message = N_("Too many wrong tries. Please wait a minute and try again.")


class Busy(Refusal):
    status = 503
    message = N_("The server is busy for a moment. Nothing is lost: please try again.")


class DiskFull(Busy):
    message = N_("The server's disk is full, so this was not saved. Please tell the host, and try again in a moment.")
