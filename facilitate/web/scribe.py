"""The scribe's desk: ideas and ballots of people who write on paper or speak, typed in for them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, current_app, flash, redirect, request
from flask_babel import gettext as _
from flask_babel import ngettext

from facilitate import live
from facilitate.access import allows, by
from facilitate.ballots import read_changes
from facilitate.errors import NotFound, ScoringClosed
from facilitate.extensions import db
from facilitate.forms.scribe import BallotForm, ScribedIdeaForm
from facilitate.models import Actor, Ballot, Event
from facilitate.models.casting import DONT_KNOW
from facilitate.models.people import TRANSCRIBED
from facilitate.pulse import pulse
from facilitate.queries.transcripts import DONT_KNOW_KEY, answers, columns, grid, transcripts
from facilitate.web import language
from facilitate.web.console import frame
from facilitate.web.pages import page
from facilitate.web.submitting import submit_idea

bp = Blueprint("scribe", __name__, url_prefix="/<code:code>/console/scribe")

Typed = dict[tuple[str, str], str]
"""Idea and criterion to what was typed."""


@bp.get("")
@allows("enter for others")
def desk(event: Event) -> Any:
    return _desk(event)


def _desk(
    event: Event, idea: ScribedIdeaForm | None = None, ballot: BallotForm | None = None, status: int = 200
) -> Any:
    return page(
        "console/scribe.html",
        status,
        idea_form=idea or ScribedIdeaForm.of(event, language.say),
        ballot_form=ballot or BallotForm.of(event, language.say),
        transcripts=transcripts(event) if event.is_scoring else [],
        takes_ideas=event.takes_ideas_from(_scribe("paper")),
        **frame(event),
    )


def _scribe(channel: str | None) -> Actor:
    """Who types, and where it comes from."""
    return replace(by(), channel=channel if channel in TRANSCRIBED else "paper")


@bp.post("/ideas")
@allows("enter for others")
def submit(event: Event) -> Any:
    form = ScribedIdeaForm.of(event, language.say, request.form)
    if not form.validate():
        return _desk(event, idea=form, status=400)
    submit_idea(event, form, by=_scribe(form.channel.data), spoken=event.language)
    db.session.commit()
    flash(_("Thank you. The idea was sent."), "done")
    return redirect(f"/{event.code}/console/scribe#idea", 303)


@bp.post("/ballots")
@allows("enter for others")
def begin(event: Event) -> Any:
    form = BallotForm.of(event, language.say, request.form)
    if not form.validate():
        return _desk(event, ballot=form, status=400)
    found = event.transcribe(
        form.number.data or "",
        by=by(),
        channel=form.channel.data or "paper",
        group=event.term("group", form.group.data),
        community=event.term("community", form.community.data),
        organization=form.organization.data or "",
    )
    db.session.commit()
    pulse().scored([event.id])
    return redirect(f"/{event.code}/console/scribe/{found.id}", 303)


# --- one ballot ---


@bp.get("/<ballot_id>")
@allows("enter for others")
def ballot(event: Event, ballot_id: str) -> Any:
    if not event.is_scoring:
        return redirect(f"/{event.code}/console/scribe", 303)
    return page("console/grid.html", grid=grid(event, _ballot(event, ballot_id)), wrong=(), **frame(event))


@bp.post("/<ballot_id>")
@allows("enter for others", writes=False)
def save(event: Event, ballot_id: str) -> Any:
    """All cells of one ballot: either each of them is saved, or none, and nothing of what was typed is lost."""
    own = _ballot(event, ballot_id)
    typed = _typed()
    wrong = _wrong(event, typed)
    if wrong:
        return page("console/grid.html", 400, grid=grid(event, own, typed), wrong=wrong, **frame(event))
    number, said = own.paper, _changes(answers(event, own), typed)
    db.session.rollback()  # read and done: what follows belongs to the writer
    refused = {answer.why for answer in live.writer().cast(read_all(event.id, ballot_id, said)) if not answer.ok}
    if "closed" in refused:
        raise ScoringClosed()
    if refused:
        raise current_app.extensions["machine"].refusal()
    flash(
        ngettext(
            "Ballot %(number)s: %(num)s answer saved.",
            "Ballot %(number)s: %(num)s answers saved.",
            len(said),
            number=number,
        ),
        "done",
    )
    return redirect(f"/{event.code}/console/scribe#ballot", 303)


def read_all(event_id: int, ballot_id: str, said: list[dict[str, Any]]) -> list[Any]:
    return [change for change in read_changes(event_id, ballot_id, said) if change]


def _ballot(event: Event, ballot_id: str) -> Ballot:
    found = event.transcribed_ballot(ballot_id)
    if found is None:
        raise NotFound()
    return found


def _typed() -> Typed:
    """The cells of the grid: `value-IDEA-CRITERION`; an idea's id may hold a dash."""
    cells = {name.removeprefix("value-"): value for name, value in request.form.items() if name.startswith("value-")}
    return {(name.rpartition("-")[0], name.rpartition("-")[2]): value.strip() for name, value in cells.items()}


def _wrong(event: Event, typed: Typed) -> tuple[tuple[str, str], ...]:
    """Cells that hold what nobody could have ticked."""
    keys = {column.code: column.keys for column in columns(event)}
    return tuple(cell for cell, value in typed.items() if value and value not in keys.get(cell[1], ()))


def _changes(before: Typed, typed: Typed) -> list[dict[str, Any]]:
    """What is to be stored anew; a cell that was emptied is cleared."""
    return [
        {"idea": idea, "criterion": criterion, "value": _value(value), "seq": None}
        for (idea, criterion), value in typed.items()
        if value != before.get((idea, criterion), "")
    ]


def _value(typed: str) -> str | None:
    return DONT_KNOW if typed == DONT_KNOW_KEY else typed or None
