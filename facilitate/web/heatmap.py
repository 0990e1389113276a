"""The criteria one by one, at the console and from there on the board."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request

from facilitate.access import allows, by
from facilitate.errors import N_, NotNow
from facilitate.extensions import db
from facilitate.forms.console import FigureForm
from facilitate.forms.house import insist
from facilitate.models import Event
from facilitate.queries.heatmap import compared, heatmap
from facilitate.web.console import frame
from facilitate.web.pages import page

bp = Blueprint("heatmap", __name__, url_prefix="/<code:code>")


@bp.get("/console/results/heatmap")
@allows("see the hosts' results")
def show(event: Event) -> Any:
    """The coloured table. Before the hosts' first look at the results it is where the ballots are looked through."""
    if not event.has_closed_scoring or not event.results_seen:
        return redirect(f"/{event.code}/console/results", 303)
    figure = request.args.get("figure", "mean")
    if figure == "groups":
        figure = "/".join(("groups", request.args.get("first", ""), request.args.get("second", "")))
    found = heatmap(event, figure)
    return page(
        "console/heatmap.html",
        heatmap=found,
        wanted=figure if found and found.figure == "groups" else figure.partition("/")[0],
        groups=compared(event),
        **frame(event),
    )


@bp.post("/console/results/heatmap")
@allows("run the day")
def show_on_board(event: Event) -> Any:
    form = FigureForm(request.form)
    insist(form)
    figure = form.figure.data or ""
    if figure.startswith("groups/") and heatmap(event, figure) is None:
        raise NotNow(N_("Compare the groups first."))
    event.say_about_criteria(figure, by=by())
    db.session.commit()
    return redirect(f"/{event.code}/console", 303)
