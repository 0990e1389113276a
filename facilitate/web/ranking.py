"""The ranking on phones: rendered once for all, with one's own scores and ideas put into it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, get_template_attribute
from markupsafe import Markup

from facilitate.access import allows
from facilitate.models import Event
from facilitate.queries.ballot_paper import ballot_of
from facilitate.queries.ideas import my_ideas
from facilitate.queries.outcomes import revision
from facilitate.queries.results import own_points, results
from facilitate.web.pages import page
from facilitate.web.participant import person, surroundings
from facilitate.web.shared import shared_page_around

bp = Blueprint("ranking", __name__, url_prefix="/<code:code>")


@bp.get("/results")
@allows("see results", shares=True)
def show_results(event: Event) -> Any:
    """The ranking, rendered once for all; one's own scores and ideas are put into it for one's own phone."""
    if not event.is_revealed:
        return page("phone/waiting.html", **surroundings(event))
    return shared_page_around(
        _own_results(event),
        "phone/results.html",
        event,
        revision(event),
        lambda: {"results": results(event), **surroundings(event)},
    )


def _own_results(event: Event) -> dict[str, Markup]:
    """What only this person sees: their ideas, and by idea what they said themselves."""
    ballot = ballot_of(event, person())
    points = own_points(event, ballot) if ballot else {}
    mine = {idea.id: idea for idea in my_ideas(event, person())}
    beside = get_template_attribute("phone/_own.html", "beside")
    ended_up = get_template_attribute("phone/_own.html", "ended_up")
    part = {idea: beside(points.get(idea), idea in mine) for idea in {*points, *mine}}
    return part | {"ideas": ended_up(mine.values(), results(event)) if mine else Markup()}
