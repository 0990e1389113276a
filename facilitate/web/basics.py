"""Set-up, first step: title, day, place and languages of an event, its words of welcome, and who convenes it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, redirect, request
from flask_babel import gettext as _

from facilitate.access import allows, by
from facilitate.database import aside
from facilitate.errors import Invalid, NotFound
from facilitate.extensions import db
from facilitate.forms.house import EmptyForm, insist
from facilitate.forms.setup import BasicsForm, ConvenorForm, LanguagesForm
from facilitate.logos import LARGEST, read_logo
from facilitate.models import Event
from facilitate.web.language import tongue
from facilitate.web.pages import page, sentence
from facilitate.web.setup import setup_frame

bp = Blueprint("basics", __name__, url_prefix="/<code:code>")
OFFERED = (
    "en",
    "fr",
    "ar",
    "es",
    "uk",
    "fa",
    "fa-AF",
    "ps",
    "ti",
    "am",
    "so",
    "sw",
    "ur",
    "pa",
    "hi",
    "tl",
    "zh",
    "vi",
)
"""Languages that an event's own texts can be in; the first three are those of the interface."""


@bp.get("/console/basics")
@allows("watch the console")
def basics(event: Event) -> Any:
    return _show(event)


def _show(event: Event, status: int = 200, /, **forms: Any) -> Any:
    known = {"form": BasicsForm.of(event), "convenor": ConvenorForm(), "offered": _offered(event)}
    return page("console/basics.html", status, **known | forms, **setup_frame(event, "basics"))


def _offered(event: Event) -> list[tuple[str, str]]:
    tags = [*event.languages, *(tag for tag in OFFERED if tag not in event.languages)]
    return [(tag, tongue(tag)) for tag in tags]


def _back(event: Event, place: str = "") -> Any:
    flash(_("Saved."), "done")
    return redirect(f"/{event.code}/console/basics{place}", 303)


@bp.post("/console/basics")
@allows("set the event up")
def describe(event: Event) -> Any:
    form = BasicsForm.of(event, request.form)
    if not form.validate():
        return _show(event, 400, form=form)
    event.describe(by=by(), **form.said())
    db.session.commit()
    return _back(event)


@bp.post("/console/languages")
@allows("set the event up")
def speak(event: Event) -> Any:
    form = LanguagesForm(request.form)
    insist(form)
    spoken = form.spoken.data or []
    if not {*spoken, form.main.data} <= {*OFFERED, *event.languages}:
        raise Invalid()
    event.speak(spoken, form.main.data or "", by=by())
    db.session.commit()
    return _back(event, "#languages")


# --- who convenes it ---


@bp.post("/console/convenors")
@allows("set the event up")
def convene(event: Event) -> Any:
    form = ConvenorForm(request.form)
    if not form.validate():
        return _show(event, 400, convenor=form)
    sent = request.files.get("logo")
    raw = sent.stream.read(LARGEST + 1) if sent else b""
    try:
        logo = aside(read_logo, raw) if raw else None
    except Invalid as refusal:
        form.logo.errors = [sentence(refusal)]
        return _show(event, 400, convenor=form)
    event.convene(form.name.data or "", logo, by=by())
    db.session.commit()
    return _back(event, "#convenors")


@bp.post("/console/convenors/<convenor_id>/remove")
@allows("set the event up")
def release(event: Event, convenor_id: str) -> Any:
    insist(EmptyForm(request.form))
    event.release(convenor_id, by=by())
    db.session.commit()
    return _back(event, "#convenors")


@bp.get("/logo/<convenor_id>.png")
@allows("look around")
def logo(event: Event, convenor_id: str) -> Any:
    """Who convenes a day is no secret: phones show it, and whoever projects."""
    found = event.convenor(convenor_id)
    if found is None or found.logo is None:
        raise NotFound()
    return Response(found.logo, mimetype="image/png")
