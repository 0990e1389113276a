"""The front door: type a code, choose a language."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request

from facilitate.access import allows
from facilitate.errors import N_, Invalid, NotFound
from facilitate.extensions import db
from facilitate.forms.console import LanguageForm
from facilitate.forms.door import CodeForm
from facilitate.forms.house import insist
from facilitate.guesses import wrong_code
from facilitate.models import Event
from facilitate.text import web_address
from facilitate.web import language
from facilitate.web.pages import page, sentence

bp = Blueprint("home", __name__)


@bp.get("/")
@allows("look around")
def index() -> Any:
    return page("home/index.html", form=CodeForm())


@bp.post("/")
@allows("look around", writes=False)
def find() -> Any:
    form = CodeForm(request.form)
    if not form.validate():
        return page("home/index.html", 400, form=form)
    if db.session.scalar(db.select(Event.id).where(Event.code == form.code.data)) is None:
        answer = wrong_code(NotFound(N_("No event has this code. Please look at the board once more.")))
        form.code.errors = [sentence(answer)]
        return page("home/index.html", answer.status, form=form)
    return redirect(f"/{form.code.data}", 303)


@bp.post("/language")
@allows("look around", writes=False)
def speak() -> Any:
    form = LanguageForm(request.form)
    insist(form)
    if form.language.data not in language.INTERFACE:
        raise Invalid(N_("This language is not here yet."))
    response = redirect(local(request.form.get("next")), 303)
    response.set_cookie(
        language.COOKIE,
        form.language.data,
        max_age=400 * 24 * 3600,
        samesite="Lax",
        httponly=True,
        secure=request.is_secure,
    )
    return response


def local(address: str | None) -> str:
    """An address of our own, or the front door: nobody is sent to another site."""
    address = address or "/"
    parts = web_address(address)
    if parts.scheme or parts.netloc or not address.startswith("/") or address.startswith(("//", "/\\")):
        return "/"
    return address if address.isprintable() else "/"
