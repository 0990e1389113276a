"""Set-up, last step: the pre-flight list, a trial with a real phone, and what is printed."""

from __future__ import annotations

from secrets import token_urlsafe
from typing import Any

from flask import Blueprint, redirect, request

from facilitate.access import allows, by
from facilitate.extensions import db
from facilitate.forms.console import PrintForm
from facilitate.forms.house import EmptyForm, insist
from facilitate.models import Event
from facilitate.models.account import token_hash
from facilitate.queries.preflight import preflight
from facilitate.queries.transcripts import printed_order
from facilitate.web import invitation
from facilitate.web.pages import page
from facilitate.web.setup import NAMES, setup_frame

bp = Blueprint("check", __name__, url_prefix="/<code:code>/console/check")


@bp.get("")
@allows("watch the console")
def check(event: Event) -> Any:
    return _show(event)


def _show(event: Event, trial: str = "") -> Any:
    return page(
        "console/check.html",
        checks=preflight(event, invitation.short_address()),
        names=NAMES,
        trial=trial,
        trial_square=invitation.square(trial) if trial else "",
        form=PrintForm(),
        ideas=len(printed_order(event)),
        **setup_frame(event, "check"),
    )


@bp.post("/trial")
@allows("rehearse")
def begin_trial(event: Event) -> Any:
    """Let a real phone try the door. It comes in as part of a rehearsal, so nothing of it stays."""
    insist(EmptyForm(request.form))
    token = token_urlsafe(24)
    event.begin_rehearsal(token_hash(token), by=by())
    db.session.commit()
    return _show(event, f"{invitation.join_url(event)}?rehearsal={token}")


@bp.post("/trial/end")
@allows("rehearse")
def end_trial(event: Event) -> Any:
    insist(EmptyForm(request.form))
    event.clear_rehearsal(by=by())
    db.session.commit()
    return redirect(f"/{event.code}/console/check", 303)
