"""The hosts' own results, and the files people take away."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from facilitate import exports
from facilitate.access import allows, by
from facilitate.database import aside, writing
from facilitate.errors import N_, NotFound, NotNow
from facilitate.extensions import db
from facilitate.models import Event
from facilitate.queries.results import results
from facilitate.web.console import _frame as frame
from facilitate.web.pages import page

bp = Blueprint("results", __name__, url_prefix="/<code:code>")


def refuse_while_hidden(event: Event) -> None:
    """While scoring is open, or before it, nothing of the results goes to anybody."""
    if event.is_scoring:
        raise NotNow(N_("People are still scoring. Until scoring is closed there are no results for anybody."))
    if not event.has_opened_scoring:
        raise NotNow(N_("Nobody has scored yet, so there are no results."))


@bp.get("/console/results")
@allows("see the hosts' results")
def show(event: Event) -> Any:
    is_open = event.is_scoring or not event.has_opened_scoring
    return page(
        "console/results.html",
        results=None if is_open else results(event),
        files=exports.names(),
        **frame(event),
    )


@bp.get("/console/export/<name>")
@allows("export")
def download(event: Event, name: str) -> Any:
    """One file, made aside so that the room goes on meanwhile."""
    if name not in exports.names():
        raise NotFound()
    refuse_while_hidden(event)
    content = exports.gather(event)
    made = aside(exports.make, name, content)
    with writing():
        event.record("export.made", by=by(), files=name)
        db.session.commit()
    return Response(
        made,
        mimetype=exports.media_type(name),
        headers={"Content-Disposition": f'attachment; filename="{event.code}-{name}"'},
    )
