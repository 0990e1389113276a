"""Scoring on a phone: one idea after the other; every tap is cast by itself, over the socket or by form."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, redirect, request

from facilitate import live
from facilitate.access import allows
from facilitate.ballots import read_changes
from facilitate.errors import N_, Invalid, NotFound, ScoringClosed
from facilitate.extensions import db
from facilitate.forms.house import EmptyForm, insist
from facilitate.models import Event
from facilitate.models.casting import Answer
from facilitate.pulse import pulse
from facilitate.queries.ballot_paper import overview, scoring_page
from facilitate.text import whole_number
from facilitate.web.pages import page
from facilitate.web.participant import own_ballot, surroundings
from facilitate.web.shared import shared_page

bp = Blueprint("ballot", __name__, url_prefix="/<code:code>")
MOST_AT_ONCE = 50


@bp.get("/score")
@allows("take part", shares=True)
def score_overview(event: Event) -> Any:
    if not event.is_scoring:
        return redirect(f"/{event.code}", 303)
    told = {"overview": overview(event, own_ballot(event))}
    return shared_page("phone/scores_overview.html", event, told, lambda: {**told, **surroundings(event)})


@bp.get("/score/<idea_id>")
@allows("take part", shares=True)
def score(event: Event, idea_id: str) -> Any:
    if not event.is_scoring:
        return redirect(f"/{event.code}", 303)
    shown = scoring_page(event, own_ballot(event), idea_id)
    if shown is None:
        raise NotFound(N_("This idea is not on the wall any more."))
    return page("phone/score.html", page=shown, **surroundings(event))


@bp.post("/scores")
@allows("take part", writes=False)
def scores(event: Event) -> Any:
    """One score or up to fifty: as JSON, as the four fields, or as a whole idea from a page without script."""
    ballot = own_ballot(event)
    db.session.rollback()  # read and done: what follows belongs to the writer
    if request.is_json:
        return _answer_json(event.id, ballot.id)
    form = request.form
    said = _said_by_form(form)
    answers = _cast(event.id, ballot.id, said)
    if any(answer.why == "closed" for answer in answers):
        raise ScoringClosed()
    if any(answer.why == "busy" for answer in answers):
        raise current_app.extensions["machine"].refusal()
    if any(answer.why in ("invalid", "gone") for answer in answers):
        raise Invalid()
    onward = form.get("next", "")
    is_id = onward.replace("-", "").replace("_", "").isalnum()
    return redirect(f"/{event.code}/score/{onward}" if is_id else f"/{event.code}/score", 303)


def _answer_json(event_id: int, ballot_id: str) -> Any:
    try:
        body = request.get_json(silent=True)
    except RecursionError:  # brackets in brackets in brackets
        body = None
    said = body.get("scores", [body]) if isinstance(body, dict) else body
    if not isinstance(said, list) or not 0 < len(said) <= MOST_AT_ONCE:
        raise Invalid(N_("Send one score, or a list of up to 50."))
    answers = [answer.as_json() for answer in _cast(event_id, ballot_id, said)]
    is_list = isinstance(body, list) or (isinstance(body, dict) and "scores" in body)
    return answers if is_list else answers[0]


def _cast(event_id: int, ballot_id: str, said: list[Any]) -> list[Answer]:
    """Cast what can be read; answers come in the order of what was said."""
    changes = read_changes(event_id, ballot_id, said)
    answers = iter(live.writer().cast([change for change in changes if change]))
    return [next(answers) if change else Answer(False, 0, "invalid") for change in changes]


def _said_by_form(form: Any) -> list[dict[str, Any]]:
    """The same fields as over the socket; a page without script sends one field per criterion."""
    idea = form.get("idea")
    if "value" in form or "criterion" in form:
        seq = whole_number(form.get("seq"))
        if seq is None and form.get("seq"):
            raise Invalid()
        return [
            {
                "idea": idea,
                "criterion": form.get("criterion") or None,
                "value": form.get("value") or None,
                "seq": seq,
            }
        ]
    said: list[dict[str, Any]] = [
        {"idea": idea, "criterion": name.removeprefix("value-"), "value": value, "seq": None}
        for name, value in form.items()
        if name.startswith("value-")
    ]
    if "stake" in form:
        said.append({"idea": idea, "criterion": None, "value": form["stake"] or None, "seq": None})
    if not said or len(said) > MOST_AT_ONCE:
        raise Invalid(N_("Nothing was chosen yet. Tap an answer first."))
    return said


@bp.post("/finish")
@allows("score")
def finish(event: Event) -> Any:
    """A courtesy signal; scores were saved with every tap."""
    insist(EmptyForm(request.form))
    own_ballot(event).is_finished = True
    db.session.commit()
    pulse().scored([event.id])
    return redirect(f"/{event.code}/score", 303)


@bp.post("/more")
@allows("score")
def more(event: Event) -> Any:
    """Some more ideas for whoever has scored all that were dealt."""
    insist(EmptyForm(request.form))
    event.deal_more(own_ballot(event))
    db.session.commit()
    pulse().scored([event.id])
    return redirect(f"/{event.code}/score", 303)
