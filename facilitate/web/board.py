"""The projected board: read-only, for whoever holds its link; a stranger sees the lobby."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g

from facilitate.access import allows, can
from facilitate.models import Event
from facilitate.queries.board import board, timer
from facilitate.queries.console import agenda
from facilitate.web import invitation
from facilitate.web.pages import page

bp = Blueprint("board", __name__, url_prefix="/<code:code>")


@bp.get("/board")
@allows("show the lobby")
def show(event: Event) -> Any:
    g.language, g.voices = event.board_language, event.board_voices
    shown = board(event, event.view if can("show the board", event) else "lobby")
    return page(
        "board/board.html",
        board=shown,
        join_address=invitation.short_address(),
        qr=invitation.qr(event),
        is_live=can("show the board", event),
        is_bilingual=event.board_second is not None,
        activity=event.activity,
        agenda=agenda(event),
        timer=timer(event),
    )
