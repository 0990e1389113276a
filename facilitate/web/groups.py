"""Stakeholder groups and communities beside each other, for hosts."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request

from facilitate.access import allows, by, find_event, turn_to_write
from facilitate.extensions import db
from facilitate.forms.house import EmptyForm, insist
from facilitate.models import Event
from facilitate.queries import groups
from facilitate.web.console import frame
from facilitate.web.pages import page
from facilitate.web.results import has_results

bp = Blueprint("groups", __name__, url_prefix="/<code:code>")


@bp.get("/console/groups")
@allows("see the hosts' results")
def show(event: Event) -> Any:
    """What was compared since scoring closed; of one idea, criterion by criterion."""
    if not has_results(event):
        return redirect(f"/{event.code}/console/results", 303)
    found = groups.comparison(event)
    dimensions = found.dimensions if found else ()
    asked = request.args.get("by", "")
    return page(
        "console/groups.html",
        comparison=found,
        by=asked if asked in dimensions else next(iter(dimensions), ""),
        chosen=found.find(request.args.get("idea", "")) if found else None,
        **frame(event),
    )


@bp.post("/console/groups")
@allows("see the hosts' results", writes=False)
def compare(event: Event) -> Any:
    """Show the groups, and remember what was shown of whom. What may be shown is found before anybody has to wait."""
    insist(EmptyForm(request.form))
    event.refuse_before_results()
    actor, code, seen = by(), event.code, event.revision
    shown = groups.publication(event)
    db.session.rollback()
    with turn_to_write():
        event = find_event(code)
        if event.revision == seen:  # else the page offers the button again
            event.compare_groups(shown, by=actor)
            db.session.commit()
    return redirect(f"/{code}/console/groups", 303)
