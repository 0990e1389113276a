"""Set-up, fifth step: what people are told about their data before they join, and how ideas reach the wall."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, flash, redirect, request
from flask_babel import gettext as _

from facilitate.access import allows, by
from facilitate.errors import N_
from facilitate.extensions import db
from facilitate.forms.console import StepForm
from facilitate.forms.house import EmptyForm, insist
from facilitate.forms.setup import KeepForm, NoticeForm
from facilitate.forms.sorting import ModerationForm
from facilitate.models import Event
from facilitate.queries import console as shown
from facilitate.web.console import ask, is_confirmed
from facilitate.web.pages import page
from facilitate.web.setup import setup_frame

bp = Blueprint("privacy", __name__, url_prefix="/<code:code>/console/privacy")
PARTS = (
    (N_("Under which authority"), N_("The mandate, law or by-law under which you collect this.")),
    (N_("For which purposes"), N_("What it is used for, and for nothing else.")),
    (N_("Who answers questions"), N_("Title, business address and telephone number of an officer.")),
)
"""The three parts of a notice of collection (MFIPPA, section 29 (2))."""


@bp.get("")
@allows("watch the console")
def privacy(event: Event) -> Any:
    return _show(event)


def _show(event: Event, form: Any = None, status: int = 200) -> Any:
    return page(
        "console/privacy.html",
        status,
        form=form or NoticeForm.of(event),
        parts=PARTS,
        **setup_frame(event, "privacy"),
    )


@bp.post("")
@allows("set the event up")
def inform(event: Event) -> Any:
    event.refuse_once_read()
    form = NoticeForm.of(event, request.form)
    if not form.validate():
        return _show(event, form, 400)
    event.inform(by=by(), **form.said())
    return _saved(event)


@bp.post("/moderation")
@allows("set the event up")
def moderate(event: Event) -> Any:
    form = ModerationForm(request.form)
    insist(form)
    event.moderate(form.how.data or "", by=by())
    return _saved(event)


# --- how long ---


@bp.post("/keep")
@allows("set the event up")
def keep(event: Event) -> Any:
    form = KeepForm(request.form)
    insist(form)
    assert form.until.data is not None
    event.keep(form.until.data, by=by())
    return _saved(event)


@bp.post("/archive")
@allows("end the event")
def archive(event: Event) -> Any:
    """Cut the thread between people and answers, once whoever asks was asked."""
    event.refuse_while_people_are_here()
    form, button = StepForm(request.form), shown.archive(event)
    insist(form)
    if not is_confirmed(event, form):
        return ask(event, button, form)
    event.archive(by=by())
    db.session.commit()
    current_app.extensions["archivist"].owes_a_scrub = True  # beside the room: it takes a while
    return redirect(f"/{event.code}/console/privacy", 303)


@bp.post("/delete")
@allows("end the event")
def delete(event: Event) -> Any:
    event.refuse_while_people_are_here()
    form, button = StepForm(request.form), shown.deletion(event)
    insist(form)
    if not is_confirmed(event, form):
        return ask(event, button, form)
    event.delete_soon(by=by())
    return _saved(event)


@bp.post("/spare")
@allows("end the event")
def spare(event: Event) -> Any:
    insist(EmptyForm(request.form))
    event.keep_after_all(by=by())
    return _saved(event)


def _saved(event: Event) -> Any:
    db.session.commit()
    flash(_("Saved."), "done")
    return redirect(f"/{event.code}/console/privacy", 303)
