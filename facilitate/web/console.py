"""The facilitator's console: run the day, sort ideas, let people in, read the log."""

from __future__ import annotations

from secrets import token_urlsafe
from typing import Any

from flask import Blueprint, current_app, flash, g, redirect, request
from flask_babel import ngettext
from flask_login import current_user

from facilitate.access import allows, by, give_cookie, link_holder
from facilitate.errors import N_, MovedOn, NotFound
from facilitate.extensions import db
from facilitate.forms.console import BoardForm, BoardLanguageForm, CloseAtZeroForm, StepForm, SwitchForm, TimerForm
from facilitate.forms.house import EmptyForm, insist
from facilitate.forms.sorting import UndoForm
from facilitate.models import Event
from facilitate.models.account import token_hash
from facilitate.models.undoing import entries_of, undo
from facilitate.pulse import hall
from facilitate.queries import console as shown
from facilitate.queries.board import timer
from facilitate.queries.log import log_page
from facilitate.queries.undo import last_deed_of
from facilitate.text import letters, whole_number
from facilitate.web import account, invitation, numbers
from facilitate.web.pages import page, sentence
from facilitate.web.refusals import refused, wants_json

bp = Blueprint("console", __name__, url_prefix="/<code:code>")


@bp.get("/enter/<token>")
@allows("enter by link")
def enter(event: Event, token: str) -> Any:
    """A capability link: it sets the cookie of its role and leads to the clean address."""
    found = link_holder(event, token)
    if found is None:
        raise NotFound(N_("This link does not work any more. Please ask the host for a new one."))
    purpose = "board" if found.role == "board" else "console"
    response = redirect(f"/{event.code}/{purpose}", 303)
    give_cookie(response, purpose, event, token)
    return response


def frame(event: Event) -> dict[str, Any]:
    return {
        "activity": event.activity,
        "agenda": shown.agenda(event),
        "timer": timer(event),
        "console": shown.console(event),
        "join_address": invitation.short_address(),
        "asks_password": current_user.is_authenticated,
        "warnings": current_app.extensions["machine"].warnings(),
    }


def _back(event: Event, place: str = "") -> Any:
    return redirect(f"/{event.code}/console{place}", 303)


# --- running the day ---


@bp.get("/console")
@allows("watch the console")
def run(event: Event) -> Any:
    return page("console/run.html", **_run(event))


def _run(event: Event) -> dict[str, Any]:
    return {"last_deed": last_deed_of(event), **frame(event)}


@bp.post("/console/open")
@allows("run the day")
def open_doors(event: Event) -> Any:
    form = StepForm(request.form)
    insist(form)
    if event.is_rehearsal and not is_confirmed(event, form):
        return ask(event, shown.primary(event), form)
    event.open_doors(by=by())
    db.session.commit()
    return _back(event)


@bp.post("/console/lock")
@allows("run the day")
def lock_door(event: Event) -> Any:
    insist(StepForm(request.form))
    event.lock_door(by=by())
    db.session.commit()
    return _back(event, "/people")


@bp.post("/console/close")
@allows("run the day")
def close_day(event: Event) -> Any:
    insist(StepForm(request.form))
    event.close_day(by=by())
    db.session.commit()
    return _back(event)


@bp.post("/console/next")
@allows("run the day")
def move_on(event: Event) -> Any:
    form = StepForm(request.form)
    insist(form)
    event.move_on(form.version.data or 0, by=by())
    db.session.commit()
    return _back(event)


@bp.post("/console/back")
@allows("run the day")
def move_back(event: Event) -> Any:
    form = StepForm(request.form)
    insist(form)
    button = shown.back(event)
    if button and button.confirm and not is_confirmed(event, form):
        return ask(event, button, form)
    event.move_back(form.version.data or 0, by=by())
    db.session.commit()
    return _back(event)


@bp.post("/console/reveal")
@allows("run the day")
def reveal(event: Event) -> Any:
    form = StepForm(request.form)
    insist(form)
    event.reveal(form.version.data or 0, by=by())
    db.session.commit()
    return _back(event)


@bp.post("/console/score-again")
@allows("run the day")
def score_again(event: Event) -> Any:
    form = StepForm(request.form)
    insist(form)
    button = shown.again(event)
    if button and not is_confirmed(event, form):
        return ask(event, button, form)
    event.score_again(form.version.data or 0, by=by())
    db.session.commit()
    return _back(event)


@bp.post("/console/undo")
@allows("run the day")
def undo_last(event: Event) -> Any:
    """Take back what a host did last, unless somebody has changed it since."""
    form = UndoForm(request.form)
    insist(form)
    undo(event, entries_of(event, form.first.data or 0, form.last.data or 0), by=by())
    db.session.commit()
    return _back(event)


@bp.errorhandler(MovedOn)
def overtaken(refusal: MovedOn) -> Any:
    """Of two hosts who press at once, the second sees where the day is, and one sentence."""
    if wants_json():
        return refused(refusal)
    db.session.rollback()
    event = g.event
    address = f"/{event.code}/console"
    return page("console/run.html", refusal.status, told=sentence(refusal), address=address, **_run(event))


@bp.get("/console/together")
@allows("run the day")
def before_calling(event: Event) -> Any:
    """What calling everybody together will do, before it is done."""
    return page("console/together.html", **frame(event))


@bp.post("/console/together")
@allows("run the day")
def call_together(event: Event) -> Any:
    form = StepForm(request.form)
    insist(form)
    event.call_together(form.version.data or 0, by=by())
    db.session.commit()
    flash(_called(hall().here(event.id)), "done")
    return _back(event)


def _called(phones: int) -> str:
    count = numbers.number(phones)
    return str(ngettext("%(count)s phone was called.", "%(count)s phones were called.", phones, count=count))


def is_confirmed(event: Event, form: StepForm) -> bool:
    """A step that cannot be a slip: the account's password, or for people with a link the event's title."""
    typed = form.confirmation.data or ""
    if current_user.is_authenticated:
        return account.knows_password(current_user.facilitator, typed)
    return letters(typed) in {letters(title) for title in event.title.values()}


def ask(event: Event, button: shown.Button | None, form: StepForm) -> Any:
    tried = bool(form.confirmation.data)
    return page("console/confirm.html", 400 if tried else 200, button=button, form=form, tried=tried, **frame(event))


# --- board and timer ---


@bp.post("/console/board")
@allows("run the day")
def show_on_board(event: Event) -> Any:
    form = BoardForm(request.form)
    insist(form)
    event.show_on_board(None if form.view.data in ("", "agenda", None) else form.view.data, by=by())
    db.session.commit()
    return _back(event)


@bp.post("/console/blank")
@allows("run the day")
def blank(event: Event) -> Any:
    if _is_wanted(is_so=event.is_board_blank):
        event.blank_board(by=by())
    db.session.commit()
    return _back(event)


def _is_wanted(*, is_so: bool) -> bool:
    """Of two hosts who press the same switch at once, the second finds it as wanted already."""
    form = SwitchForm(request.form)
    insist(form)
    return not form.wanted.data or (form.wanted.data == "yes") != is_so


@bp.post("/console/qr")
@allows("run the day")
def enlarge_qr(event: Event) -> Any:
    if _is_wanted(is_so=event.is_qr_big):
        event.enlarge_qr(by=by())
    db.session.commit()
    return _back(event)


@bp.post("/console/freeze")
@allows("run the day")
def freeze(event: Event) -> Any:
    if _is_wanted(is_so=event.is_board_frozen):
        event.freeze_board(by=by())
    db.session.commit()
    return _back(event)


@bp.post("/console/replay")
@allows("run the day")
def replay(event: Event) -> Any:
    insist(EmptyForm(request.form))
    event.replay_reveal(by=by())
    db.session.commit()
    return _back(event)


@bp.post("/console/board-language")
@allows("run the day")
def board_language(event: Event) -> Any:
    form = BoardLanguageForm(request.form)
    insist(form)
    event.speak_on_board(form.language.data or "", second=form.second.data or None, by=by())
    db.session.commit()
    return _back(event)


@bp.post("/console/timer")
@allows("run the day")
def start_timer(event: Event) -> Any:
    form = TimerForm(request.form)
    insist(form)
    event.start_timer(max(1, form.minutes.data or 1), by=by())
    db.session.commit()
    return _back(event)


@bp.post("/console/timer/stretch")
@allows("run the day")
def stretch_timer(event: Event) -> Any:
    form = TimerForm(request.form)
    insist(form)
    event.stretch_timer(form.minutes.data or 0, by=by())
    db.session.commit()
    return _back(event)


@bp.post("/console/timer/stop")
@allows("run the day")
def stop_timer(event: Event) -> Any:
    insist(EmptyForm(request.form))
    event.stop_timer(by=by())
    db.session.commit()
    return _back(event)


@bp.post("/console/timer/pause")
@allows("run the day")
def pause_timer(event: Event) -> Any:
    insist(EmptyForm(request.form))
    event.pause_timer(by=by())
    db.session.commit()
    return _back(event)


@bp.post("/console/timer/resume")
@allows("run the day")
def resume_timer(event: Event) -> Any:
    insist(EmptyForm(request.form))
    event.resume_timer(by=by())
    db.session.commit()
    return _back(event)


@bp.post("/console/timer/close-at-zero")
@allows("run the day")
def close_at_zero(event: Event) -> Any:
    form = CloseAtZeroForm(request.form)
    insist(form)
    if form.wanted.data == "yes":
        event.close_at_zero(by=by())
    else:
        event.only_remind(by=by())
    db.session.commit()
    return _back(event)


# --- log ---


@bp.get("/console/log")
@allows("watch the console")
def log(event: Event) -> Any:
    number = whole_number(request.args.get("page"))
    return page("console/log.html", log=log_page(event, number or 1), **frame(event))


# --- rehearsal ---


@bp.post("/console/rehearsal")
@allows("rehearse")
def begin_rehearsal(event: Event) -> Any:
    """Let a simulated room in. The pass that it shows at the door is in the answer, once."""
    insist(EmptyForm(request.form))
    token = token_urlsafe(24)
    event.begin_rehearsal(token_hash(token), by=by())
    db.session.commit()
    return {"pass": token}
