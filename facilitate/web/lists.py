"""Set-up, second step: the event's own words for who is in the room and what ideas are about."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request
from flask_babel import gettext as _

from facilitate.access import allows, by
from facilitate.errors import N_, NotFound, Refusal
from facilitate.extensions import db
from facilitate.forms.setup import ListForm
from facilitate.models import Event
from facilitate.models.term import LISTS
from facilitate.web.pages import page, sentence
from facilitate.web.setup import setup_frame

bp = Blueprint("lists", __name__, url_prefix="/<code:code>/console/lists")
NAMES = {
    "group": (N_("Stakeholder groups"), N_("“I am here as …”, when people join. Everybody may prefer not to say.")),
    "community": (N_("Communities"), N_("Where people come from. Asked only where there are two or more.")),
    "sector": (N_("Sectors"), N_("What an idea is about.")),
    "kind": (N_("Kinds of ideas"), N_("What somebody can hand in.")),
    "evidence": (N_("Types of evidence"), N_("What can stand behind an idea.")),
    "reason": (N_("Reasons for setting an idea aside"), N_("Its author reads the reason, nobody else.")),
}

FIRST = ("group", "community")
"""Lists that are open when the page comes; the others are rarely changed."""


@bp.get("")
@allows("watch the console")
def lists(event: Event) -> Any:
    return _show(event)


@bp.post("/<name>")
@allows("set the event up")
def rewrite(event: Event, name: str) -> Any:
    if name not in LISTS:
        raise NotFound()
    form = ListForm.of(event, name, request.form)
    if not form.validate():
        return _show(event, 400, **{name: form})
    try:
        event.rewrite(name, form.wanted(), by=by())
    except Refusal as refusal:
        db.session.rollback()
        return _show(event, refusal.status, told=sentence(refusal), **{name: form})
    db.session.commit()
    flash(_("Saved."), "done")
    return redirect(f"/{event.code}/console/lists?open={name}#{name}", 303)


def _show(event: Event, status: int = 200, /, told: str = "", **forms: Any) -> Any:
    return page(
        "console/lists.html",
        status,
        forms=[(name, *NAMES[name], forms.get(name) or ListForm.of(event, name)) for name in LISTS],
        told=told,
        opened={*FIRST, *forms, request.args.get("open")},
        **setup_frame(event, "lists"),
    )
