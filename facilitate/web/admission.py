"""Who may join: the host says it, and prints tickets where it takes one."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request
from markupsafe import Markup

from facilitate.access import allows, by, find_event, turn_to_write
from facilitate.database import aside
from facilitate.extensions import db
from facilitate.forms.house import EmptyForm, insist
from facilitate.forms.people import AdmissionForm, TicketsForm
from facilitate.models import Event
from facilitate.web import invitation
from facilitate.web.console import frame
from facilitate.web.pages import page

bp = Blueprint("admission", __name__, url_prefix="/<code:code>")


@bp.post("/console/admission")
@allows("say who may join")
def admit(event: Event) -> Any:
    form = AdmissionForm(request.form)
    insist(form)
    event.admit(form.mode.data or "", form.heads.data, by=by())
    db.session.commit()
    return _back(event)


@bp.post("/console/tickets")
@allows("say who may join", writes=False)
def print_tickets(event: Event) -> Any:
    """A sheet of new tickets, to be printed now: only their hashes are kept."""
    form = TicketsForm(request.form)
    insist(form)
    address, actor = invitation.join_url(event), by()
    db.session.rollback()
    with turn_to_write():
        numbers = find_event(event.code).make_tickets(form.count.data or 0, by=actor)
        db.session.commit()
    squares = aside(_squares, address, numbers)  # the room goes on while they are drawn
    return page("console/tickets.html", tickets=list(zip(numbers, squares, strict=True)), **frame(event))


def _squares(address: str, numbers: list[str]) -> list[Markup]:
    return [invitation.square(f"{address}/ticket/{number}") for number in numbers]


@bp.post("/console/tickets/withdraw")
@allows("say who may join")
def withdraw_tickets(event: Event) -> Any:
    insist(EmptyForm(request.form))
    event.withdraw_tickets(by=by())
    db.session.commit()
    return _back(event)


def _back(event: Event) -> Any:
    return redirect(f"/{event.code}/console/people", 303)
