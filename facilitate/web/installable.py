"""What makes a phone's page an app: a manifest for the home screen, and a page for when there is no network."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, json

from facilitate.access import allows
from facilitate.models import Event
from facilitate.web import language
from facilitate.web.assets import address
from facilitate.web.pages import page

bp = Blueprint("installable", __name__)
PAPER, ACCENT = "#fbf7ef", "#0a5a58"
"""Of `static/css/tokens.css`."""


@bp.get("/<code:code>/manifest.webmanifest")
@allows("join", shares=True)
def manifest(event: Event) -> Response:
    """The event on a home screen: opening it leads straight in."""
    title = language.say(event.title)
    said = {
        "name": title,
        "short_name": "facilitate",
        "lang": language.locale().language,
        "dir": language.direction(),
        "id": f"/{event.code}",
        "start_url": f"/{event.code}",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": ACCENT,
        "icons": [{"src": address("img/mark.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}],
    }
    return Response(json.dumps(said), mimetype="application/manifest+json")


@bp.get("/offline")
@allows("use the interface")
def offline() -> Any:
    """Kept by the worker on the phone (`static/js/worker.js`), and shown where neither network nor a kept page is."""
    return page("home/offline.html")
