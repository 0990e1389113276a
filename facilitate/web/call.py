"""Preparing the call: what the room put first, in the words of a Call for Proposals."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request

from facilitate.access import allows, by, find_idea
from facilitate.extensions import db
from facilitate.forms.call import CallForm
from facilitate.models import Event
from facilitate.models.call_entry import PRINCIPLES
from facilitate.queries.call import PRINCIPLE_LABELS, STREAM_LABELS, leading, priorities
from facilitate.web.console import frame
from facilitate.web.pages import page

bp = Blueprint("call", __name__, url_prefix="/<code:code>")
WORDS = {"STREAMS": STREAM_LABELS, "PRINCIPLES": PRINCIPLE_LABELS}


@bp.get("/console/call")
@allows("prepare the call")
def show(event: Event) -> Any:
    return _page(event)


@bp.post("/console/call/<idea_id>")
@allows("prepare the call")
def write(event: Event, idea_id: str) -> Any:
    idea = find_idea(event, idea_id)
    form = CallForm(request.form)
    if not form.validate():
        return _page(event, 400, wrong={idea_id: form})
    event.prepare_call(idea, form.said(), by=by())
    db.session.commit()
    return redirect(f"/{event.code}/console/call#call-{idea_id}", 303)


@bp.get("/console/call/print")
@allows("prepare the call")
def read(event: Event) -> Any:
    """The same to read and to print."""
    return page("console/call_print.html", priorities=_priorities(event), **WORDS, **frame(event))


def _priorities(event: Event) -> Any:
    return priorities(event) if event.is_revealed else ()


def _page(event: Event, status: int = 200, wrong: dict[str, CallForm] | None = None) -> Any:
    """Every priority with its form; one that was sent and is wrong keeps what was typed."""
    found = _priorities(event)
    forms = {
        each.result.card.id: CallForm(
            prefix="", **(dict(each.said) | {"core_alignment": [*each.said["core_alignment"]]})
        )
        for each in found
    }
    return page(
        "console/call.html",
        status,
        priorities=found,
        leading=leading(event) if event.is_revealed else (),
        forms=forms | (wrong or {}),
        principles=PRINCIPLES,
        **WORDS,
        **frame(event),
    )
