"""The hosts' own results, and the files people take away."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from facilitate import exports
from facilitate.access import allows, by, find_event, turn_to_write
from facilitate.database import aside
from facilitate.errors import NotFound
from facilitate.extensions import db
from facilitate.models import Event
from facilitate.queries.results import results
from facilitate.web.console import frame
from facilitate.web.pages import page

bp = Blueprint("results", __name__, url_prefix="/<code:code>")


@bp.get("/console/results")
@allows("see the hosts' results")
def show(event: Event) -> Any:
    return page(
        "console/results.html",
        results=results(event) if event.has_closed_scoring else None,
        files=exports.names(with_ballots=event.announces_ballots),
        **frame(event),
    )


@bp.get("/console/export/<name>")
@allows("export")
def download(event: Event, name: str) -> Any:
    """One file, made aside so that the room goes on meanwhile."""
    if name not in exports.names(with_ballots=event.announces_ballots):
        raise NotFound()
    content, actor = exports.gather(event), by()
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
