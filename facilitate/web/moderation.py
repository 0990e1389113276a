"""Moderation and sorting: what comes in is approved, set aside, relabelled, merged and split again."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request

from facilitate.access import allows, by, find_idea
from facilitate.extensions import db
from facilitate.forms import EmptyForm, HideForm, LabelForm, MergeForm, ModerationForm, insist
from facilitate.models import Event
from facilitate.queries.ideas import count_by_state, to_sort
from facilitate.queries.look_alikes import look_alikes
from facilitate.web.console import frame
from facilitate.web.pages import page

bp = Blueprint("moderation", __name__, url_prefix="/<code:code>")
TABS = ("waiting", "shown", "hidden", "merged")


@bp.get("/console/ideas")
@allows("watch the console")
def ideas(event: Event) -> Any:
    tab = request.args.get("tab", "")
    states = count_by_state(event)
    if tab not in TABS:
        tab = "waiting" if states["waiting"] or not states["shown"] else "shown"
    items = to_sort(event, tab)
    wall = to_sort(event, "shown") if tab in ("waiting", "shown") else []
    return page(
        "console/ideas.html",
        tab=tab,
        counts=states,
        items=items,
        wall=wall,
        alike={} if event.is_scoring else look_alikes(items, wall),
        reasons=event.listed("reason"),
        **frame(event),
    )


def _back_to_ideas(event: Event) -> Any:
    tab = request.args.get("tab", "")
    return redirect(f"/{event.code}/console/ideas{f'?tab={tab}' if tab in TABS else ''}", 303)


@bp.post("/ideas/<idea_id>/show")
@allows("moderate ideas")
def show(event: Event, idea_id: str) -> Any:
    insist(EmptyForm(request.form))
    find_idea(event, idea_id).show(by=by())
    db.session.commit()
    return _back_to_ideas(event)


@bp.post("/ideas/<idea_id>/hide")
@allows("moderate ideas")
def hide(event: Event, idea_id: str) -> Any:
    form = HideForm(request.form)
    insist(form)
    find_idea(event, idea_id).hide(event.term("reason", form.reason.data), form.note.data or "", by=by())
    db.session.commit()
    return _back_to_ideas(event)


@bp.post("/ideas/<idea_id>/label")
@allows("moderate ideas")
def relabel(event: Event, idea_id: str) -> Any:
    form = LabelForm(request.form)
    insist(form)
    find_idea(event, idea_id).relabel(form.label.data or "", by=by())
    db.session.commit()
    return _back_to_ideas(event)


@bp.post("/ideas/<idea_id>/merge")
@allows("moderate ideas")
def merge(event: Event, idea_id: str) -> Any:
    form = MergeForm(request.form)
    insist(form)
    find_idea(event, idea_id).merge_into(find_idea(event, form.into.data or ""), by=by())
    db.session.commit()
    return _back_to_ideas(event)


@bp.post("/ideas/<idea_id>/split")
@allows("moderate ideas")
def split(event: Event, idea_id: str) -> Any:
    insist(EmptyForm(request.form))
    find_idea(event, idea_id).split(by=by())
    db.session.commit()
    return _back_to_ideas(event)


@bp.post("/console/show-all")
@allows("moderate ideas")
def show_all(event: Event) -> Any:
    insist(EmptyForm(request.form))
    event.show_all(by=by())
    db.session.commit()
    return _back_to_ideas(event)


@bp.post("/console/moderation")
@allows("moderate ideas")
def moderation(event: Event) -> Any:
    form = ModerationForm(request.form)
    insist(form)
    event.moderate(form.how.data or "", by=by())
    db.session.commit()
    return _back_to_ideas(event)
