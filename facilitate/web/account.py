"""Facilitators' accounts: set up, sign in, own events."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from threading import BoundedSemaphore
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error
from flask import Blueprint, Flask, redirect, request
from flask import session as browser
from flask_babel import gettext as _
from flask_login import UserMixin, current_user
from sqlalchemy import Engine, delete, select
from sqlalchemy.exc import OperationalError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from facilitate import journal, presets
from facilitate.access import allows, find_event, sign, unsign
from facilitate.database import aside, soon, writing
from facilitate.errors import N_, NotFound, Refusal, TooMany
from facilitate.extensions import db, login
from facilitate.forms.accounts import NewEventForm, SetupForm, SignInForm
from facilitate.forms.house import EmptyForm, insist
from facilitate.guesses import may_try_password, wrong_password
from facilitate.models import Actor, Event, Facilitator, Membership, SignIn, now
from facilitate.models.account import token_hash
from facilitate.presets.copies import copy_of
from facilitate.pulse import send_away
from facilitate.queries.events import own_events
from facilitate.web import language, numbers
from facilitate.web.home import local
from facilitate.web.pages import page

bp = Blueprint("account", __name__)
hasher = PasswordHasher()
NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$cj+VjR1LwPZrU/YSOfhmRw$Fb5PpqxNqahbbrtAmQn+rRSPt13yyYts+QToWPBWTH8"
"""Checked for unknown addresses, so that they take as long as known ones."""
HASHING = BoundedSemaphore(2)
"""Passwords that are looked at in the same moment: whatever else goes aside, like a commit, finds a free thread."""
INVITATION_LASTS, RESET_LASTS = timedelta(hours=72), timedelta(minutes=15)
"""A first link waits for its person; a link to an account that has a password already does not."""
COOKIE = "sign_in"
COPY = "copy:"
"""How a choice begins that is no preset but an event of one's own, by its code."""
KNOWN, KNOWN_FOR = "known", 180 * 24 * 3600
"""A browser remembers that it knows an account, so that guessing elsewhere cannot hold its owner up."""


class Here(UserMixin):  # type: ignore[misc]
    """A facilitator in this browser, as Flask-Login sees it."""

    def __init__(self, entry: SignIn) -> None:
        self.entry, self.facilitator, self.facilitator_id = entry, entry.facilitator, entry.facilitator_id


def init_app(app: Flask) -> None:
    login.login_view = "account.sign_in"
    login.user_loader(lambda _id: None)
    login.request_loader(_here)
    login.unauthorized_handler(lambda: redirect(f"/sign-in?next={local(request.path)}", 303))
    app.config.update(
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_NAME="facilitate",
    )


def _here(_request: Any) -> Here | None:
    token = browser.get(COOKIE)
    entry = db.session.scalar(select(SignIn).where(SignIn.token == token_hash(token))) if token else None
    if entry is None or not entry.is_valid(now()):
        return None
    if now() - entry.seen_at > timedelta(minutes=5):
        soon(_note_visit, db.engine, entry.id)
    return Here(entry)


def _note_visit(engine: Engine, entry_id: int) -> None:
    # Nobody is kept waiting for it, or sent away because it could not be written.
    with suppress(Refusal, OperationalError), writing(), engine.begin() as database:
        database.execute(SignIn.__table__.update().where(SignIn.id == entry_id).values(seen_at=now()))  # type: ignore[attr-defined]


def _enter(facilitator: Facilitator) -> None:
    entry, token = SignIn.of(facilitator)
    db.session.add(entry)
    db.session.commit()
    browser.clear()
    browser[COOKIE] = token
    journal.note("signed in", account=facilitator.id, network=journal.network(request.remote_addr))


@bp.get("/setup/<token>")
@allows("sign in")
def setup(token: str) -> Any:
    invited = _invited(token)
    return page("account/setup.html", form=SetupForm(email=invited.email))


@bp.post("/setup/<token>")
@allows("sign in")
def choose_password(token: str) -> Any:
    invited = _invited(token)
    form = SetupForm(request.form)
    if not form.validate():
        return page("account/setup.html", 400, form=form)
    invited.choose_password(aside(hasher.hash, form.password.data))
    if form.email.data and not db.session.scalar(select(Facilitator.id).where(Facilitator.email == form.email.data)):
        invited.email = form.email.data
    _sign_out_everywhere(invited)
    _enter(invited)
    send_away(f"account:{invited.id}")
    return redirect("/events", 303)


def _invited(token: str) -> Facilitator:
    found = db.session.scalar(select(Facilitator).where(Facilitator.invitation == token_hash(token)))
    lasts = RESET_LASTS if found and found.password else INVITATION_LASTS
    if found is None or found.invited_at is None or now() - found.invited_at > lasts:
        raise NotFound(N_("This link was used already, or it is too old. Please ask for a new one."))
    return found


@bp.get("/sign-in")
@allows("sign in")
def sign_in() -> Any:
    return page("account/sign_in.html", form=SignInForm(), next=local(request.args.get("next")))


@bp.post("/sign-in")
@allows("sign in", writes=False)
def check_password() -> Any:
    form = SignInForm(request.form)
    onward = local(request.form.get("next"))
    if not form.validate():
        return page("account/sign_in.html", 400, form=form, next=onward)
    email = form.email.data or ""
    if not may_try_password(email, is_known_here=_is_known_here(email)):
        raise TooMany()
    found = db.session.scalar(select(Facilitator).where(Facilitator.email == email))
    known, stored = (found.id, found.password) if found and found.password else (None, NOBODY)
    db.session.rollback()  # read and done: looking at a password takes long, and holds nothing
    if not _looks_right(stored, form.password.data or "") or known is None:
        wrong_password(email)
        journal.note("sign-in refused", account=found and found.id, network=journal.network(request.remote_addr))
        form.password.errors = [_("This e-mail and this password do not belong together.")]
        return page("account/sign_in.html", 403, form=form, next=onward)
    with writing():
        _enter(db.session.get_one(Facilitator, known))
    response = redirect(onward if onward != "/" else "/events", 303)
    response.set_cookie(
        KNOWN, sign("known", email), max_age=KNOWN_FOR, httponly=True, samesite="Lax", secure=request.is_secure
    )
    return response


def _is_known_here(email: str) -> bool:
    """Was this account signed in in this browser before?"""
    return unsign("known", request.cookies.get(KNOWN, "")) == email


def _looks_right(stored: str, password: str) -> bool:
    with HASHING:
        return aside(_is_right, stored, password)


def _is_right(stored: str, password: str) -> bool:
    try:
        return hasher.verify(stored, password)
    except Argon2Error:
        return False


def knows_password(facilitator: Facilitator, password: str) -> bool:
    return facilitator.password is not None and _looks_right(facilitator.password, password)


@bp.post("/sign-out")
@allows("sign in")
def sign_out() -> Any:
    insist(EmptyForm(request.form))
    if current_user.is_authenticated:
        account = current_user.facilitator_id
        db.session.execute(delete(SignIn).where(SignIn.id == current_user.entry.id))
        db.session.commit()
        send_away(f"account:{account}")  # after the commit: nobody comes back in between
        journal.note("signed out", account=account)
    browser.clear()
    return redirect("/", 303)


def _sign_out_everywhere(facilitator: Facilitator) -> None:
    db.session.execute(delete(SignIn).where(SignIn.facilitator_id == facilitator.id))
    send_away(f"account:{facilitator.id}")


@bp.get("/events")
@allows("manage own events")
def events() -> Any:
    return page("account/events.html", events=own_events(current_user.facilitator_id), form=_new_event_form())


@bp.post("/events")
@allows("manage own events")
def new_event() -> Any:
    form = _new_event_form(request.form)
    if not form.validate():
        return page("account/events.html", 400, events=own_events(current_user.facilitator_id), form=form)
    event = _made(form)
    db.session.add(Membership(event_id=event.id, facilitator_id=current_user.facilitator_id))
    db.session.commit()
    return redirect(f"/{event.code}/console/basics", 303)


def _made(form: NewEventForm) -> Event:
    wanted: dict[str, Any] = {
        "by": Actor("host", label=current_user.facilitator.email, channel="console"),
        "title": form.title.data or "",
        "language": form.language.data or "",
        "starts_on": form.starts_on.data,
    }
    earlier = form.preset.data.removeprefix(COPY)
    if earlier != form.preset.data:
        return copy_of(db.session(), find_event(earlier), **wanted)
    return presets.new_event(db.session(), presets.load(earlier), contact=form.contact.data or "", **wanted)


def _new_event_form(sent: Any = None) -> NewEventForm:
    """Presets to start from, and this account's own events to copy."""
    form = NewEventForm(sent)
    own = [(f"{COPY}{line.code}", line) for line in own_events(current_user.facilitator_id)]
    form.preset.choices = [
        *(SelectChoice(key, language.say(presets.load(key)["title"])) for key in presets.known()),
        *(
            SelectChoice(
                key, _("Copy of: %(title)s, %(day)s", title=language.say(line.title), day=numbers.date(line.starts_on))
            )
            for key, line in own
        ),
    ]
    form.language.choices = [SelectChoice(tag, name) for tag, name in language.INTERFACE.items()]
    if sent is None:
        form.preset.data, form.language.data = presets.known()[0], language.locale().language
    return form
