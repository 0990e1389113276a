"""Moderation and sorting: what comes in is approved, set aside, relabelled, merged and split again."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, g, redirect, request

from facilitate.access import allows, by, find_idea
from facilitate.errors import MovedOn, NotAllowed
from facilitate.extensions import db
from facilitate.forms.house import EmptyForm, insist
from facilitate.forms.sorting import HideForm, LabelForm, MergeForm, ModerationForm, SortForm, UndoForm
from facilitate.models import Event
from facilitate.models.undoing import entries_of, undo
from facilitate.queries.ballots import CHANNELS
from facilitate.queries.ideas import count_by_state, place_of, to_sort
from facilitate.queries.look_alikes import look_alikes
from facilitate.queries.undo import Done, done_by
from facilitate.text import whole_number
from facilitate.web.console import frame
from facilitate.web.pages import page, sentence
from facilitate.web.refusals import refused, wants_json

bp = Blueprint("moderation", __name__, url_prefix="/<code:code>")
TABS = ("waiting", "shown", "hidden", "merged")


@bp.get("/console/ideas")
@allows("watch the console")
def ideas(event: Event) -> Any:
    return _page(event)


def _page(event: Event, status: int = 200, **more: Any) -> Any:
    tab = request.args.get("tab", "")
    states = count_by_state(event)
    if tab not in TABS:
        tab = "waiting" if states["waiting"] or not states["shown"] else "shown"
    items = to_sort(event, tab)
    wall = to_sort(event, "shown") if tab in ("waiting", "shown") else []
    done = _just_done(event)
    return page(
        "console/ideas.html",
        status,
        tab=tab,
        done=done,
        done_at=place_of(done.at, items, tab) if done else 0,
        channels=CHANNELS,
        counts=states,
        items=items,
        wall=wall,
        alike={} if event.is_scoring else look_alikes(items, wall),
        reasons=event.listed("reason"),
        **more,
        **frame(event),
    )


def _just_done(event: Event) -> Done | None:
    """What the address says was done a moment ago."""
    first, _, last = request.args.get("done", "").partition("-")
    return done_by(event, whole_number(first) or 0, whole_number(last or first) or 0)


def _back_to_ideas(event: Event, first: int | None = None) -> Any:
    """To the same tab; what was done since the log had `first` entries stands where the idea was, to be undone."""
    tab = request.args.get("tab", "")
    asked = {"tab": tab} if tab in TABS else {}
    if first is not None and event.revision > first:
        asked["done"] = f"{first + 1}-{event.revision}"
    return redirect(f"/{event.code}/console/ideas{f'?{urlencode(asked)}' if asked else ''}", 303)


@bp.errorhandler(MovedOn)
def overtaken(refusal: MovedOn) -> Any:
    """Of two hosts who sort the same idea, the second sees how it is now, and one sentence."""
    if wants_json():
        return refused(refusal)
    db.session.rollback()
    event = g.event
    tab = request.args.get("tab", "")
    address = f"/{event.code}/console/ideas{f'?tab={tab}' if tab in TABS else ''}"
    return _page(event, refusal.status, told=sentence(refusal), address=address)


@bp.post("/ideas/<idea_id>/show")
@allows("moderate ideas")
def show(event: Event, idea_id: str) -> Any:
    form = SortForm(request.form)
    insist(form)
    before, idea = event.revision, find_idea(event, idea_id)
    idea.refuse_if_overtaken(form.seen.data or "", "shown")
    idea.show(by=by())
    db.session.commit()
    return _back_to_ideas(event, before)


@bp.post("/ideas/<idea_id>/hide")
@allows("moderate ideas")
def hide(event: Event, idea_id: str) -> Any:
    form = HideForm(request.form)
    insist(form)
    before, idea = event.revision, find_idea(event, idea_id)
    idea.refuse_if_overtaken(form.seen.data or "", "hidden")
    idea.hide(event.term("reason", form.reason.data), form.note.data or "", by=by())
    db.session.commit()
    return _back_to_ideas(event, before)


@bp.post("/ideas/<idea_id>/label")
@allows("moderate ideas")
def relabel(event: Event, idea_id: str) -> Any:
    form = LabelForm(request.form)
    insist(form)
    before = event.revision
    find_idea(event, idea_id).relabel(form.label.data or "", by=by())
    db.session.commit()
    return _back_to_ideas(event, before)


@bp.post("/ideas/<idea_id>/merge")
@allows("moderate ideas")
def merge(event: Event, idea_id: str) -> Any:
    form = MergeForm(request.form)
    insist(form)
    before, idea = event.revision, find_idea(event, idea_id)
    idea.refuse_if_overtaken(form.seen.data or "", "")
    idea.merge_into(find_idea(event, form.into.data or ""), by=by())
    db.session.commit()
    return _back_to_ideas(event, before)


@bp.post("/ideas/<idea_id>/split")
@allows("moderate ideas")
def split(event: Event, idea_id: str) -> Any:
    insist(EmptyForm(request.form))
    before = event.revision
    find_idea(event, idea_id).split(by=by())
    db.session.commit()
    return _back_to_ideas(event, before)


@bp.post("/console/ideas/undo")
@allows("moderate ideas")
def take_back(event: Event) -> Any:
    """Undo what was just done to an idea, or to several at once."""
    form = UndoForm(request.form)
    insist(form)
    deeds = entries_of(event, form.first.data or 0, form.last.data or 0)
    if not all(deed.action.startswith("idea.") for deed in deeds):
        raise NotAllowed()
    undo(event, deeds, by=by())
    db.session.commit()
    return _back_to_ideas(event)


@bp.post("/console/show-all")
@allows("moderate ideas")
def show_all(event: Event) -> Any:
    insist(EmptyForm(request.form))
    before = event.revision
    event.show_all(by=by())
    db.session.commit()
    return _back_to_ideas(event, before)


@bp.post("/console/moderation")
@allows("moderate ideas")
def moderation(event: Event) -> Any:
    form = ModerationForm(request.form)
    insist(form)
    event.moderate(form.how.data or "", by=by())
    db.session.commit()
    return _back_to_ideas(event)
