"""The door: join with the code, with a ticket, or come back with ten digits; and hand the phone on."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, redirect, request
from werkzeug.wrappers import Response

from facilitate.access import allows, cookie_name, give_cookie, holders, sign, take_cookie, unsign
from facilitate.errors import N_, NotFound, TicketRefused
from facilitate.extensions import db
from facilitate.forms.door import JoinForm, ReentryForm
from facilitate.forms.house import EmptyForm, insist
from facilitate.gathering import gathering
from facilitate.guesses import wrong_code
from facilitate.models import Event, Participant
from facilitate.models.account import token_hash
from facilitate.models.ticket import TICKET_DIGITS
from facilitate.queries.events import is_full_house
from facilitate.queries.snapshots import snapshots
from facilitate.text import digits
from facilitate.web import language
from facilitate.web.numbers import grouped
from facilitate.web.pages import page, sentence
from facilitate.web.participant import surroundings
from facilitate.web.shared import shared_page, shared_page_with

bp = Blueprint("door", __name__, url_prefix="/<code:code>")
NO_DIGITS = "0000000000"
"""Stands where each person's own re-entry code goes."""


def show_door(event: Event, form: JoinForm | None = None, reentry: ReentryForm | None = None, status: int = 200) -> Any:
    rehearsing = request.values.get("rehearsal", "")
    is_full = is_full_house(event)
    if (event.door != "open" or is_full) and not _is_rehearsing(event, rehearsing):
        return page("phone/closed.html", status, form=reentry or ReentryForm(), is_full=is_full, **surroundings(event))
    if form or reentry or rehearsing:
        return page("phone/join.html", status, **_at_the_door(event, form, reentry))
    return shared_page("phone/join.html", event, (), lambda: _at_the_door(event))


def _at_the_door(event: Event, form: JoinForm | None = None, reentry: ReentryForm | None = None) -> dict[str, Any]:
    return {
        "form": form or _join_form(event),
        "reentry": reentry or ReentryForm(),
        "rehearsal": request.values.get("rehearsal", ""),
        "notice": event.notice,
        "secrecy": event.secrecy,
        **surroundings(event),
    }


def _join_form(event: Event, sent: Any = None, **values: Any) -> JoinForm:
    needs_ticket = event.admission == "tickets" and not _is_rehearsing(event, request.values.get("rehearsal", ""))
    return JoinForm.of(event, language.say, sent, needs_ticket=needs_ticket, **values)


def _is_rehearsing(event: Event, offered: str) -> bool:
    return bool(offered) and event.rehearsal_pass is not None and token_hash(offered) == event.rehearsal_pass


@bp.post("")
@allows("join", writes=False, shares=True)
def join(event: Event) -> Any:
    if "participant" in holders(event):
        return redirect(f"/{event.code}", 303)
    form = _join_form(event, request.form)
    if not form.validate():
        return show_door(event, form=form, status=400)
    is_rehearsing = _is_rehearsing(event, request.form.get("rehearsal", ""))
    spoken = language.locale().language

    def welcome(event: Event) -> tuple[Participant, str]:
        return event.welcome(
            language=form.language.data if form.language.data in language.INTERFACE else spoken,
            group=event.term("group", form.group.data),
            community=event.term("community", form.community.data),
            organization=form.organization.data or "",
            channel="rehearsal" if is_rehearsing else "remote" if form.remote.data else "phone",
            ticket=form.ticket.data or "",
        )

    newcomer, code = gathering().do(event.code, welcome)
    snapshots().remember(event.code, newcomer)
    response = redirect(f"/{event.code}/welcome", 303)
    _let_in(response, event, newcomer)
    give_cookie(response, "code", event, sign(f"code-{event.code}", code), days=1)
    if form.language.data in language.INTERFACE:
        response.set_cookie(language.COOKIE, form.language.data, max_age=400 * 24 * 3600, samesite="Lax", httponly=True)
    return response


@bp.get("/ticket/<ticket>")
@allows("join", shares=True)
def come_with_ticket(event: Event, ticket: str) -> Any:
    """What the square on a ticket leads to: the door, with its number filled in. It is looked at when joining."""
    if "participant" in holders(event):
        return redirect(f"/{event.code}", 303)
    return show_door(event, form=_join_form(event, ticket=digits(ticket)[:TICKET_DIGITS]))


@bp.errorhandler(TicketRefused)
def refuse_ticket(refusal: TicketRefused) -> Any:
    """A wrong ticket is a wrong code. Whoever guesses too many waits here, where nobody waits behind them."""
    db.session.rollback()
    answer = wrong_code(refusal)
    form = _join_form(g.event, request.form)
    form.ticket.errors = [sentence(answer)]
    return show_door(g.event, form=form, status=answer.status)


def _let_in(response: Response, event: Event, person: Participant) -> None:
    give_cookie(response, "phone", event, sign(f"phone-{event.code}", person.public_id))


@bp.get("/welcome")
@allows("take part", shares=True)
def welcome_card(event: Event) -> Any:
    """The ten digits, shown on the phone that has just joined."""
    code = unsign(f"code-{event.code}", request.cookies.get(cookie_name("code", event), ""))
    return shared_page_with(
        grouped(NO_DIGITS),
        grouped(code or ""),
        "phone/welcome_card.html",
        event,
        bool(code),
        lambda: {"reentry_code": code and NO_DIGITS, **surroundings(event)},
    )


@bp.post("/re-enter")
@allows("join", writes=False)
def re_enter(event: Event) -> Any:
    """Bring the same ballot to this phone."""
    form = ReentryForm(request.form)
    if not form.validate():
        return show_door(event, reentry=form, status=400)
    found = event.comes_back(form.reentry.data or "")
    if found is None:
        answer = wrong_code(NotFound(N_("Nobody was given this code here. Please look at it once more.")))
        form.reentry.errors = [sentence(answer)]
        return show_door(event, reentry=form, status=answer.status)
    response = redirect(f"/{event.code}", 303)
    _let_in(response, event, found)
    return response


@bp.post("/leave")
@allows("take part", writes=False)
def leave(event: Event) -> Any:
    """Hand this phone to the next person."""
    insist(EmptyForm(request.form))
    response = redirect(f"/{event.code}", 303)
    take_cookie(response, "phone", event)
    take_cookie(response, "code", event)
    return response
