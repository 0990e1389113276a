"""The hosts' own results, and the files people take away."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, request

from facilitate import exports
from facilitate.access import allows, by, find_event, find_idea, turn_to_write
from facilitate.database import aside
from facilitate.errors import NotFound
from facilitate.extensions import db
from facilitate.forms.house import EmptyForm, insist
from facilitate.forms.people import SetApartForm
from facilitate.forms.results import MarkForm
from facilitate.models import Ballot, Event
from facilitate.queries.ballots import CHANNELS, REASONS, SIGNS, ballots_to_check
from facilitate.queries.channels import channels, channels_of
from facilitate.queries.movement import movement
from facilitate.queries.profile import profile
from facilitate.queries.ranking_table import Wish, table
from facilitate.queries.results import results
from facilitate.web.console import frame
from facilitate.web.pages import page

bp = Blueprint("results", __name__, url_prefix="/<code:code>")


def has_results(event: Event) -> bool:
    """May hosts look at results from all sides? Where not, the results page says why."""
    return event.has_closed_scoring and event.results_seen


@bp.get("/console/results")
@allows("see the hosts' results")
def show(event: Event) -> Any:
    """The ranking; before the first look at it, the ballots that it would be made of."""
    if event.has_closed_scoring and not event.results_seen:
        words = {"REASONS": REASONS, "SIGNS": SIGNS, "CHANNELS": CHANNELS}
        return page("console/ballots.html", ballots=ballots_to_check(event), **words, **frame(event))
    return page(
        "console/results.html",
        table=table(event, Wish.read(event, request.args)) if event.has_closed_scoring else None,
        channels=channels(event) if event.has_closed_scoring else None,
        CHANNELS=CHANNELS,
        movement=movement(event) if event.has_closed_scoring else None,
        files=exports.names(with_ballots=event.announces_ballots),
        **frame(event),
    )


@bp.get("/console/results/<idea_id>")
@allows("see the hosts' results")
def idea(event: Event, idea_id: str) -> Any:
    """One idea from every side."""
    if not has_results(event):
        return _back(event)
    found = profile(event, find_idea(event, idea_id))
    if found is None:
        raise NotFound()
    came_by = channels_of(event, found.result.card.id)
    return page("console/result.html", profile=found, channels=came_by, CHANNELS=CHANNELS, **frame(event))


@bp.get("/console/discussion")
@allows("see the hosts' results")
def discussion(event: Event) -> Any:
    """Ideas that are high and divided, and those that hosts marked."""
    if not has_results(event):
        return _back(event)
    return page("console/discussion.html", results=results(event), **frame(event))


@bp.post("/ideas/<idea_id>/mark")
@allows("mark ideas")
def mark(event: Event, idea_id: str) -> Any:
    chosen = find_idea(event, idea_id)
    (chosen.mark if _is_wanted() else chosen.unmark)(by=by())
    db.session.commit()
    return _back_to(event, idea_id)


@bp.post("/ideas/<idea_id>/shortlist")
@allows("mark ideas")
def shortlist(event: Event, idea_id: str) -> Any:
    chosen = find_idea(event, idea_id)
    (chosen.shortlist if _is_wanted() else chosen.unlist)(by=by())
    db.session.commit()
    return _back_to(event, idea_id)


@bp.post("/console/discussion/mark-all")
@allows("mark ideas")
def mark_all(event: Event) -> Any:
    """Mark every idea that is proposed for discussion."""
    insist(EmptyForm(request.form))
    event.refuse_before_results()
    for row in results(event).rows:
        if row.is_worth_a_talk:
            find_idea(event, row.card.id).mark(by=by())
    db.session.commit()
    return redirect(f"/{event.code}/console/discussion", 303)


def _is_wanted() -> bool:
    form = MarkForm(request.form)
    insist(form)
    return form.wanted.data == "yes"


def _back_to(event: Event, idea_id: str) -> Any:
    """Where the button was pressed: the idea's own page, the discussion list, or the table as it was sorted."""
    desk = f"/{event.code}/console"
    match request.args.get("from"):
        case "idea":
            return redirect(f"{desk}/results/{idea_id}", 303)
        case "discussion":
            return redirect(f"{desk}/discussion", 303)
    query = Wish.read(event, request.args).query
    return redirect(f"{desk}/results{f'?{query}' if query else ''}", 303)


@bp.post("/console/results")
@allows("see the hosts' results")
def look(event: Event) -> Any:
    """The first look. From here on ballots stay as they are."""
    insist(EmptyForm(request.form))
    event.see_results(by=by())
    db.session.commit()
    return _back(event)


@bp.post("/console/ballots/<ballot_id>/apart")
@allows("set ballots apart")
def set_apart(event: Event, ballot_id: str) -> Any:
    form = SetApartForm(request.form)
    insist(form)
    event.set_apart(_ballot(event, ballot_id), form.reason.data or "", by=by())
    db.session.commit()
    return _back(event)


@bp.post("/console/ballots/<ballot_id>/back")
@allows("set ballots apart")
def put_back(event: Event, ballot_id: str) -> Any:
    insist(EmptyForm(request.form))
    event.put_back(_ballot(event, ballot_id), by=by())
    db.session.commit()
    return _back(event)


def _ballot(event: Event, ballot_id: str) -> Ballot:
    found = event.ballot(ballot_id)
    if found is None:
        raise NotFound()
    return found


def _back(event: Event) -> Any:
    return redirect(f"/{event.code}/console/results", 303)


@bp.get("/console/export/<name>")
@allows("export")
def download(event: Event, name: str) -> Any:
    """One file, made aside so that the room goes on meanwhile."""
    if name not in exports.names(with_ballots=event.announces_ballots):
        raise NotFound()
    actor = by()
    if event.has_closed_scoring and not event.results_seen:
        db.session.rollback()
        with turn_to_write():  # before anything is read: a file is a look at the results
            event = find_event(event.code)
            event.see_results(by=actor)
            db.session.commit()
    content = exports.gather(event)
    db.session.rollback()  # read and done: the room goes on while the file is made
    made = aside(exports.make, name, content)
    with turn_to_write():
        find_event(event.code).record("export.made", by=actor, files=name)
        db.session.commit()
    return Response(
        made,
        mimetype=exports.media_type(name),
        headers={"Content-Disposition": f'attachment; filename="{event.code}-{name}"'},
    )
