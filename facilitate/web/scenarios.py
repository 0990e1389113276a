"""What if criteria had other weights? Tried without storing, or kept as a scenario; the ranking stays what it is."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request

from facilitate.access import allows, by
from facilitate.extensions import db
from facilitate.forms.results import ScenarioForm, WeightsForm
from facilitate.models import Event
from facilitate.queries import scenarios
from facilitate.web.console import frame
from facilitate.web.language import say
from facilitate.web.pages import page
from facilitate.web.results import has_results

bp = Blueprint("scenarios", __name__, url_prefix="/<code:code>")


@bp.get("/console/scenarios")
@allows("see the hosts' results")
def show(event: Event) -> Any:
    """Weights in the address are tried; nothing is stored."""
    if not has_results(event):
        return redirect(f"/{event.code}/console/results", 303)
    form = WeightsForm.of(event, say, request.args or None)
    return _page(event, form, 200 if not request.args or form.validate() else 400)


@bp.post("/console/scenarios")
@allows("see the hosts' results")
def keep(event: Event) -> Any:
    form = ScenarioForm.of(event, say, request.form)
    event.refuse_before_results()
    if not form.validate():
        return _page(event, form, 400)
    event.keep_scenario(form.name.data or "", form.reason.data or "", form.typed, by=by())
    db.session.commit()
    return redirect(f"/{event.code}/console/scenarios#kept", 303)


def _page(event: Event, form: WeightsForm, status: int) -> Any:
    is_usable = not any(field.errors for field in form.weights.values()) and not form.form_errors
    return page(
        "console/scenarios.html",
        status,
        form=form,
        tried=scenarios.tried(event, form.typed) if is_usable else None,
        kept=scenarios.kept(event),
        **frame(event),
    )
