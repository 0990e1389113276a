"""One module per audience; every view declares its deed."""

from __future__ import annotations

from flask import Flask

from facilitate import guesses
from facilitate.web import (
    account,
    admission,
    agenda,
    api,
    ballot,
    ballot_file,
    basics,
    board,
    call,
    check,
    console,
    design,
    door,
    groups,
    health,
    heatmap,
    home,
    installable,
    lists,
    moderation,
    pages,
    people,
    phone,
    preview,
    print_pack,
    privacy,
    ranking,
    refusals,
    results,
    scenarios,
    scribe,
    security,
    styleguide,
)


def init_app(app: Flask) -> None:
    health.init_app(app)
    guesses.init_app(app)
    security.init_app(app)
    pages.init_app(app)
    refusals.init_app(app)
    account.init_app(app)
    for module in (
        home,
        health,
        installable,
        account,
        api,
        console,
        moderation,
        people,
        admission,
        basics,
        lists,
        design,
        agenda,
        privacy,
        check,
        preview,
        board,
        heatmap,
        results,
        groups,
        scenarios,
        call,
        scribe,
        ballot_file,
        print_pack,
        door,
        phone,
        ballot,
        ranking,
    ):
        app.register_blueprint(module.bp)
    if app.config["DEVELOPMENT"]:
        app.register_blueprint(styleguide.bp)
