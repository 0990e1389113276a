"""Paper ballots from a file: looked through first, then taken in as a whole or not at all."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, flash, redirect, request
from flask_babel import ngettext

from facilitate.access import allows, by
from facilitate.errors import N_, Invalid, NotNow
from facilitate.extensions import db
from facilitate.models import Event
from facilitate.models.casting import Change, Papers, cast
from facilitate.pulse import pulse
from facilitate.queries.ballot_file import LARGEST, BallotFile, decoded, read_ballots
from facilitate.web.console import frame
from facilitate.web.pages import page

bp = Blueprint("ballot_file", __name__, url_prefix="/<code:code>/console/scribe/file")


@bp.post("")
@allows("enter for others", writes=False)
def look(event: Event) -> Any:
    """What the file would do, or everything that is wrong with it. Nothing is stored."""
    _refuse_unless_scoring(event)
    sent = request.files.get("file")
    if sent is None:
        raise Invalid(N_("Please choose a file first."))
    raw = sent.stream.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise Invalid(N_("This file is larger than 400 kB. Please split it."))
    text = decoded(raw)
    if text is None:
        raise Invalid(N_("This is no CSV file in UTF-8. In Excel, choose “CSV UTF-8” when you save it."))
    return _show(event, read_ballots(event, text), text)


@bp.post("/take-in")
@allows("enter for others")
def take_in(event: Event) -> Any:
    """Store all of it in one transaction. It is read once more: the ballot may have changed meanwhile."""
    _refuse_unless_scoring(event)
    text = request.form.get("text", "")
    found = read_ballots(event, text)
    if found.problems:
        return _show(event, found, text)
    changes = _begin(event, found)
    db.session.flush()
    answers, marks = cast(db.session.connection(), Papers(), changes)
    if not all(answer.ok for answer in answers):
        db.session.rollback()
        raise current_app.extensions["machine"].refusal()
    event.record("ballot.file", by=by(), count=len(found.ballots), answers=found.answers)
    db.session.commit()
    pulse().scored([event.id], marks)
    flash(ngettext("%(num)s ballot was taken in.", "%(num)s ballots were taken in.", len(found.ballots)), "done")
    return redirect(f"/{event.code}/console/scribe", 303)


def _show(event: Event, found: BallotFile, text: str) -> Any:
    begun = [number for number in found.ballots if event.transcribed(number)]
    status = 400 if found.problems else 200
    return page("console/ballot_file.html", status, found=found, begun=begun, text=text, **frame(event))


def _begin(event: Event, found: BallotFile) -> list[Change]:
    """Every ballot of the file, begun where it is new, and the answers to cast on it."""
    changes = []
    for paper in found.ballots.values():
        ballot = event.transcribe(paper.number, by=by(), group=paper.group, community=paper.community)
        changes += [
            Change(event.id, ballot.id, idea, criterion, value, None)
            for (idea, criterion), value in paper.answers.items()
        ]
    return changes


def _refuse_unless_scoring(event: Event) -> None:
    if not event.is_scoring:
        raise NotNow(N_("Ballots can be typed in while scoring is open. Ask the host to keep it open until then."))
