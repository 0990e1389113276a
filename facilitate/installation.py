"""This installation, as commands use it: the application with its database up to date, and new events with links."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask

from facilitate import create_app, presets, serving
from facilitate.extensions import db
from facilitate.migrations.upgrade import bring_up_to_date
from facilitate.models import Actor, Capability

OPERATOR = Actor("operator", channel="server")


def application(**overrides: Any) -> Flask:
    """The application with its database brought up to date."""
    app = create_app(**overrides)
    bring_up_to_date(app)
    return app


def make_event(app: Flask, preset: presets.Preset, title: str = "", lang: str = "") -> dict[str, str]:
    """A new event; returns its `code` and the addresses that the command prints, two of them capability links."""
    event = presets.new_event(db.session(), preset, by=OPERATOR, title=title, language=lang)
    host, host_token = Capability.grant(event.id, "host", "1")
    board, board_token = Capability.grant(event.id, "board", "1")
    db.session.add_all([host, board])
    db.session.commit()
    join = f"{public_url(app)}/{event.code}"
    return {
        "code": event.code,
        "join_url": join,
        "console_url": f"{join}/enter/{host_token}",
        "board_url": f"{join}/enter/{board_token}",
    }


def public_url(app: Flask) -> str:
    """Where people reach the server: as configured, else as it is being served, else as it would be."""
    served = serving.public_address(Path(app.instance_path))
    return str(app.config["PUBLIC_URL"] or served or "http://127.0.0.1:8000").rstrip("/")
