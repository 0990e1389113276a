"""The address for machines: what this phone may see, as JSON."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g

from facilitate.access import allows, holders
from facilitate.models import Event
from facilitate.queries.ballot_paper import dealt
from facilitate.web import language
from facilitate.web.openapi import DOCUMENT

bp = Blueprint("api", __name__, url_prefix="/api/v1")


@bp.get("/openapi.json")
@allows("use the interface")
def openapi() -> Any:
    return DOCUMENT


@bp.get("/events/<code:code>")
@allows("take part")
def event(event: Event) -> Any:
    """The open activity, the ideas and criteria this phone may score now, and the ballot's highest number."""
    g.holder = holders(event)["participant"]
    ballot = event.ballot_of(g.holder.participant)
    ideas = dealt(event, ballot) if ballot and event.is_scoring else []
    return {
        "activity": event.activity.key,
        "ideas": [{"id": idea.public_id, "title": idea.title} for idea in ideas],
        "criteria": [
            {
                "id": criterion.code,
                "label": language.say(criterion.label),
                "levels": [
                    {"value": level["value"], "label": language.say(level["label"])} for level in criterion.levels
                ],
            }
            for criterion in event.criteria
        ],
        "seq": ballot.seq if ballot else 0,
    }
