"""How the ballot is made: criteria and their words, weights, how long it takes, and the rules of the count."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request
from flask_babel import gettext as _

from facilitate.access import allows, by, can
from facilitate.errors import N_, NotFound
from facilitate.extensions import db
from facilitate.forms.ballot import CriterionForm, LengthForm, PlaceForm, RulesForm, ScaleForm, WeightsForm
from facilitate.forms.console import StepForm
from facilitate.forms.house import EmptyForm, insist
from facilitate.models import Criterion, Event
from facilitate.models.day.design import scale_of
from facilitate.queries.design import design, missing, vote_result
from facilitate.scoring.scales import SCALES
from facilitate.web.console import frame
from facilitate.web.pages import page
from facilitate.web.setup import setup_frame

bp = Blueprint("design", __name__, url_prefix="/<code:code>/console")

SCALE_NAMES = {
    "1-5": N_("1 to 5"),
    "0-3": N_("0 to 3"),
    "0-4": N_("0 to 4"),
    "0-10": N_("0 to 10"),
    "chnri": N_("No, undecided, yes"),
}
HINTS = (
    (N_("No two ask the same"), N_("An idea that does well on one may do badly on another.")),
    (N_("They tell ideas apart"), N_("If every idea would get the same answer, the criterion says nothing.")),
    (N_("Anybody understands them"), N_("Read each aloud. If somebody stumbles, use plainer words.")),
    (N_("The room can know"), N_("People here can judge it, or somebody has data on it.")),
)
"""What makes a good set of criteria."""


@bp.get("/criteria")
@allows("watch the console")
def criteria(event: Event) -> Any:
    return _show(event)


def _show(event: Event, status: int = 200, /, **forms: Any) -> Any:
    context = {
        "design": design(event),
        "weights": WeightsForm.of(event),
        "length": LengthForm(),
        "rules": RulesForm.of(event),
        "kept": vote_result(event) if can("see the hosts' results", event) else [],
        "hints": HINTS,
        "scale_names": SCALE_NAMES,
        "may": can("design the ballot", event) and not event.has_opened_scoring,
    }
    return page("console/criteria.html", status, **context | forms, **setup_frame(event, "criteria"))


def _back(event: Event, place: str = "") -> Any:
    return redirect(f"/{event.code}/console/criteria{place}", 303)


# --- one criterion ---


@bp.get("/criteria/<letter>")
@allows("watch the console")
def criterion(event: Event, letter: str) -> Any:
    return _show_one(event, _found(event, letter))


@bp.get("/criteria/new")
@allows("design the ballot")
def new_criterion(event: Event) -> Any:
    event.refuse_once_frozen()
    return _show_one(event, None)


@bp.post("/criteria/new")
@allows("design the ballot")
def add_criterion(event: Event) -> Any:
    event.refuse_once_frozen()
    form = CriterionForm.of(event, None, request.form)
    if not form.validate():
        return _show_one(event, None, form, 400)
    added = event.add_criterion(form.said(), by=by())
    db.session.commit()
    return _back(event, f"#criterion-{added.code}")


@bp.post("/criteria/<letter>")
@allows("design the ballot")
def change_criterion(event: Event, letter: str) -> Any:
    found = _found(event, letter)
    event.refuse_once_frozen()
    form = CriterionForm.of(event, found, request.form)
    if not form.validate():
        return _show_one(event, found, form, 400)
    event.change_criterion(found, form.said(), by=by())
    db.session.commit()
    return _back(event, f"#criterion-{found.code}")


def _show_one(event: Event, found: Criterion | None, form: Any = None, status: int = 200) -> Any:
    return page(
        "console/criterion.html",
        status,
        criterion=found,
        form=form or CriterionForm.of(event, found),
        missing=missing(found, event.languages) if found else (),
        scales=SCALES,
        scale=scale_of(found.levels) if found else "",
        scale_names=SCALE_NAMES,
        may=can("design the ballot", event) and not event.has_opened_scoring,
        **setup_frame(event, "criteria"),
    )


@bp.post("/criteria/<letter>/scale")
@allows("design the ballot")
def put_on_scale(event: Event, letter: str) -> Any:
    form = ScaleForm(request.form)
    insist(form)
    found = _found(event, letter)
    event.put_on_scale(found, form.scale.data or "", by=by())
    db.session.commit()
    return _back(event, f"/{found.code}")


@bp.post("/criteria/<letter>/move")
@allows("design the ballot")
def move_criterion(event: Event, letter: str) -> Any:
    form = PlaceForm(request.form)
    insist(form)
    found = _found(event, letter)
    event.move_criterion(found, form.places(event.criteria.index(found)), by=by())
    db.session.commit()
    return _back(event, f"#criterion-{found.code}")


@bp.post("/criteria/<letter>/remove")
@allows("design the ballot")
def retire_criterion(event: Event, letter: str) -> Any:
    insist(EmptyForm(request.form))
    event.retire_criterion(_found(event, letter), by=by())
    db.session.commit()
    return _back(event)


def _found(event: Event, letter: str) -> Criterion:
    found = event.criterion(letter)
    if found is None:
        raise NotFound()
    return found


# --- weights, length, rules ---


@bp.post("/weights")
@allows("design the ballot")
def weigh(event: Event) -> Any:
    event.refuse_once_frozen()
    form = WeightsForm.of(event, request.form)
    if not form.validate():
        return _show(event, 400, weights=form)
    event.let_weigh(form.who.data or "", by=by())
    event.weigh(form.weights, by=by())
    db.session.commit()
    flash(_("Saved."), "done")
    return _back(event, "#weights")


@bp.post("/length")
@allows("design the ballot")
def limit(event: Event) -> Any:
    event.refuse_once_frozen()
    form = LengthForm(request.form)
    if not form.validate():
        return _show(event, 400, length=form)
    if "expected_people" in request.form:
        event.expect(form.expected_people.data, form.expected_ideas.data, by=by())
    event.limit(form.how.data or "", form.number, by=by())
    db.session.commit()
    flash(_("Saved."), "done")
    return _back(event, "#length")


@bp.post("/rules")
@allows("design the ballot")
def rule(event: Event) -> Any:
    event.refuse_once_frozen()
    form = RulesForm.of(event, request.form)
    if not form.validate():
        return _show(event, 400, rules=form)
    event.rule(by=by(), **form.rules)
    db.session.commit()
    flash(_("Saved."), "done")
    return _back(event, "#rules")


# --- scoring anew ---


@bp.get("/anew")
@allows("design the ballot")
def ask_anew(event: Event) -> Any:
    """What happens to the answers given so far, before anything happens."""
    if not event.has_opened_scoring:
        return _back(event)
    return page("console/anew.html", frozen=design(event).frozen, **frame(event))


@bp.post("/anew")
@allows("design the ballot")
def begin_anew(event: Event) -> Any:
    form = StepForm(request.form)
    insist(form)
    event.begin_anew(form.version.data or 0, by=by())
    db.session.commit()
    return _back(event)
