"""Set-up, fourth step: the words and minutes of the agenda, and what stands between its steps."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request
from flask_babel import gettext as _

from facilitate.access import allows, by
from facilitate.errors import N_, NotFound
from facilitate.extensions import db
from facilitate.forms.ballot import PlaceForm
from facilitate.forms.house import EmptyForm, insist
from facilitate.forms.setup import AgendaStepForm, NewStepForm
from facilitate.models import Activity, Event
from facilitate.models.day.steps import BETWEEN
from facilitate.web.pages import page
from facilitate.web.setup import setup_frame

bp = Blueprint("agenda", __name__, url_prefix="/<code:code>/console/agenda")


@bp.get("")
@allows("watch the console")
def agenda(event: Event) -> Any:
    return page(
        "console/agenda.html",
        steps=event.activities,
        minutes=sum(step.minutes or 0 for step in event.activities),
        between=BETWEEN,
        form=NewStepForm(after=event.position),
        **setup_frame(event, "agenda"),
    )


@bp.post("")
@allows("set the event up")
def add(event: Event) -> Any:
    form = NewStepForm(request.form)
    insist(form)
    added = event.add_step(form.key.data or "", form.after.data or 0, by=by())
    db.session.commit()
    return redirect(_address(event, added), 303)


@bp.get("/<int:number>-<key>")
@allows("watch the console")
def step(event: Event, number: int, key: str) -> Any:
    return _show_one(event, _found(event, number, key))


@bp.post("/<int:number>-<key>")
@allows("set the event up")
def reword(event: Event, number: int, key: str) -> Any:
    found = _found(event, number, key)
    form = AgendaStepForm.of(event, found, request.form)
    if not form.validate():
        return _show_one(event, found, form, 400)
    event.reword_step(found, form.said(), by=by())
    return _saved(event, found)


@bp.post("/<int:number>-<key>/move")
@allows("set the event up")
def move(event: Event, number: int, key: str) -> Any:
    form = PlaceForm(request.form)
    insist(form)
    found = _found(event, number, key)
    event.move_step(found, form.places(found.position), by=by())
    return _saved(event, found)


@bp.post("/<int:number>-<key>/remove")
@allows("set the event up")
def remove(event: Event, number: int, key: str) -> Any:
    insist(EmptyForm(request.form))
    event.remove_step(_found(event, number, key), by=by())
    return _saved(event)


def _saved(event: Event, step: Activity | None = None) -> Any:
    db.session.commit()
    flash(_("Saved."), "done")
    place = f"#step-{step.position + 1}" if step else ""
    return redirect(f"/{event.code}/console/agenda{place}", 303)


def _address(event: Event, step: Activity) -> str:
    return f"/{event.code}/console/agenda/{step.position + 1}-{step.key}"


def _show_one(event: Event, found: Activity, form: Any = None, status: int = 200) -> Any:
    return page(
        "console/agenda_step.html",
        status,
        step=found,
        form=form or AgendaStepForm.of(event, found),
        address=_address(event, found),
        is_between=found.key in BETWEEN and found.position > event.position,
        **setup_frame(event, "agenda"),
    )


def _found(event: Event, number: int, key: str) -> Activity:
    """The step with this number, if it is still the one that the page showed."""
    found = event.activities[number - 1] if 0 < number <= len(event.activities) else None
    if found is None or found.key != key:
        raise NotFound(N_("The agenda has changed meanwhile. Please look at it again."))
    return found
