"""One module per audience; every view declares its deed."""

from __future__ import annotations

from flask import Flask

from facilitate import guesses
from facilitate.web import (
    account,
    admission,
    api,
    board,
    call,
    console,
    health,
    home,
    moderation,
    pages,
    people,
    phone,
    refusals,
    results,
    security,
)


def init_app(app: Flask) -> None:
    health.init_app(app)
    guesses.init_app(app)
    security.init_app(app)
    pages.init_app(app)
    refusals.init_app(app)
    account.init_app(app)
    for module in (home, health, account, api, console, moderation, people, admission, board, results, call, phone):
        app.register_blueprint(module.bp)
