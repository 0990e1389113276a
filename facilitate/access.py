"""Who may do what: one table that anybody can read, and the guard that every route and socket event passes.

Roles belong to browsers, not to people: one browser may hold several (a host who also shows the board). What a role
may do is in `DEEDS`; some deeds exist only while the right activity is open (`activities.ACTIVITIES`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from hmac import compare_digest
from typing import Any, NoReturn, TypeVar

from flask import current_app, g, has_request_context, request
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import select
from werkzeug.exceptions import NotFound as MissingPage
from werkzeug.wrappers import Response

from facilitate.database import reading, turn, writing
from facilitate.errors import NotAllowed, NotFound, NotNow
from facilitate.extensions import db
from facilitate.guesses import wrong_code
from facilitate.models import Actor, Capability, Event, Idea, Membership, Participant
from facilitate.models.account import token_hash
from facilitate.queries.snapshots import snapshots

PARTICIPANTS = frozenset({"participant"})
HOSTS = frozenset({"host"})
RUNNERS = HOSTS | {"cohost"}
CONSOLE = RUNNERS | {"moderator", "scribe", "observer"}
BOARD = CONSOLE | {"board"}
EVERYBODY = BOARD | {"stranger", "participant"}
FACILITATORS = frozenset({"facilitator"})
OPERATORS = frozenset({"operator"})

DEEDS: dict[str, frozenset[str]] = {
    # at the door
    "look around": EVERYBODY,
    "sign in": EVERYBODY,
    "join": EVERYBODY,
    "enter by link": EVERYBODY,
    "use the interface": EVERYBODY,
    # on the phone
    "take part": PARTICIPANTS,
    "submit an idea": PARTICIPANTS,
    "withdraw an idea": PARTICIPANTS,
    "vote": PARTICIPANTS,
    "weigh": PARTICIPANTS,
    "score": PARTICIPANTS,
    "see results": PARTICIPANTS,
    # on the board
    "show the lobby": EVERYBODY,
    "show the board": BOARD,
    # at the console
    "watch the console": CONSOLE,
    "run the day": RUNNERS,
    "moderate ideas": RUNNERS | {"moderator"},
    "enter for others": RUNNERS | {"scribe"},
    "invite people": HOSTS,
    "set the event up": HOSTS,
    "end the event": HOSTS,
    "design the ballot": HOSTS,
    "see the hosts' results": RUNNERS,
    "mark ideas": RUNNERS,
    "set ballots apart": HOSTS,
    "say who may join": RUNNERS,
    "export": RUNNERS,
    "prepare the call": RUNNERS,
    "rehearse": HOSTS,
    # with an account
    "manage own events": FACILITATORS,
    # machines
    "check health": EVERYBODY,
    "read the metrics": OPERATORS,
}

ROLES = ("host", "cohost", "moderator", "scribe", "observer", "board", "participant", "stranger", "facilitator")
"""Whoever holds several acts under the first that may."""

WHILE_OPEN = frozenset({"submit an idea", "vote", "weigh", "score"})
"""Deeds that the open activity must offer."""


@dataclass(frozen=True)
class Holder:
    """A role as this browser holds it, and what stands behind it."""

    role: str
    principal: str
    """Names what can be revoked: "participant:…", "capability:…", "account:…"."""
    label: str = ""
    participant: Participant | None = None

    @property
    def actor(self) -> Actor:
        if self.participant:
            return self.participant.actor
        return Actor(self.role, label=self.label, channel="console")


STRANGER = Holder("stranger", "")


# --- cookies ---


def cookie_name(purpose: str, event: Event) -> str:
    """Over https the name binds the cookie to this host; over plain http (a laptop in a hall) it cannot."""
    return f"{'__Host-' if request.is_secure else ''}{purpose}-{event.code}"


def give_cookie(response: Response, purpose: str, event: Event, value: str, days: int = 400) -> None:
    response.set_cookie(
        cookie_name(purpose, event),
        value,
        max_age=days * 24 * 3600,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
        path="/",
    )


def take_cookie(response: Response, purpose: str, event: Event) -> None:
    response.delete_cookie(
        cookie_name(purpose, event), path="/", secure=request.is_secure, httponly=True, samesite="Lax"
    )


def _signer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=f"facilitate-{purpose}")


def sign(purpose: str, value: str) -> str:
    return str(_signer(purpose).dumps(value))


def unsign(purpose: str, signed: str) -> str | None:
    try:
        value = _signer(purpose).loads(signed)
    except BadSignature:
        return None
    return value if isinstance(value, str) else None


# --- who is here ---


def holders(event: Event) -> dict[str, Holder]:
    """Every role that this browser holds in the event."""
    known: dict[int, dict[str, Holder]] = g.setdefault("holders", {})
    if event.id not in known:
        found = [STRANGER, _participant(event), _link("board", event), _link("console", event), _account(event)]
        known[event.id] = {holder.role: holder for holder in found if holder}
    return known[event.id]


def _participant(event: Event) -> Holder | None:
    signed = request.cookies.get(cookie_name("phone", event))
    public = unsign(f"phone-{event.code}", signed) if signed else None
    if public is None:
        return None
    found = snapshots().person(event, public)
    return Holder("participant", f"participant:{public}", participant=found) if found else None


def _link(purpose: str, event: Event) -> Holder | None:
    token = request.cookies.get(cookie_name(purpose, event))
    return link_holder(event, token) if token else None


def link_holder(event: Event, token: str) -> Holder | None:
    """The role that a capability link's token gives in this event, unless it was revoked."""
    found = db.session.scalar(
        select(Capability).where(
            Capability.token == token_hash(token), Capability.event_id == event.id, Capability.revoked_at.is_(None)
        )
    )
    return Holder(found.role, f"capability:{found.public_id}", found.label) if found else None


def _account(event: Event) -> Holder | None:
    if not current_user.is_authenticated:
        return None
    role = db.session.scalar(
        select(Membership.role).where(
            Membership.event_id == event.id, Membership.facilitator_id == current_user.facilitator_id
        )
    )
    return Holder(role, f"account:{current_user.facilitator_id}", current_user.facilitator.email) if role else None


def holder(event: Event, deed: str) -> Holder | None:
    """The holder under which this browser may do the deed, if any."""
    if deed in WHILE_OPEN and not event.offers(deed):
        return None
    held = holders(event)
    return next((held[role] for role in sorted(DEEDS[deed], key=_rank) if role in held), None)


def _rank(role: str) -> int:
    return ROLES.index(role)


def can(deed: str, event: Event | None = None) -> bool:
    """What templates ask; the same table that guards the routes."""
    event = event or g.get("event")
    if event is None:
        return "stranger" in DEEDS[deed] or (deed == "manage own events" and current_user.is_authenticated)
    return holder(event, deed) is not None


def me() -> Holder:
    """Under which role the current deed is being done."""
    found: Holder = g.holder
    return found


def by() -> Actor:
    return me().actor


# --- the guard ---

View = TypeVar("View", bound=Callable[..., Any])


def allows(deed: str, *, writes: bool | None = None, shares: bool = False) -> Callable[[View], View]:
    """Let a view run only for those who may do `deed`. A view below `/<code>` is given its event.

    Every method but GET writes, one at a time, unless `writes` says that the view hands its writing to somebody else.
    A view that `shares` is given a snapshot of the event, which it reads along with many others.
    """
    DEEDS[deed]  # a typing slip is found at start

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(**address: Any) -> Any:
            if not (writes if writes is not None else request.method == "POST"):
                return _admit(view, deed, address, find_snapshot if shares else find_event)
            request.form  # noqa: B018 - the whole body is here before anybody waits for the gate
            with turn_to_write():
                return _admit(view, deed, address, find_event)

        guarded.deed = deed  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return decorate


@contextmanager
def turn_to_write() -> Iterator[None]:
    """Write for a moment, when it is this page's turn."""
    with writing(), turn(db.engine):
        yield


def _admit(view: Callable[..., Any], deed: str, address: dict[str, Any], find: Callable[[str], Event]) -> Any:
    code = address.pop("code", None)
    if code is None:
        if deed == "manage own events" and not current_user.is_authenticated:
            return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
        if deed == "read the metrics" and not is_operator():
            raise MissingPage()  # like any address where there is nothing
        return view(**address)
    event = g.event = find(code)
    found = holder(event, deed)
    if found is None:
        raise refusal(event, deed)
    g.holder = found
    return view(event, **address)


def is_operator() -> bool:
    """Does whoever runs the server ask: with the token, or from the machine itself and through nobody else?"""
    token = current_app.config["METRICS_TOKEN"]
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    if token and kind.lower() == "bearer" and compare_digest(given.encode(), token.encode()):
        return True
    # Behind a proxy everybody seems to be on this machine.
    is_passed_on = current_app.config["TRUST_PROXY"] or any(name in request.headers for name in PASSED_ON)
    return not is_passed_on and request.remote_addr in ("127.0.0.1", "::1")


PASSED_ON = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip")
"""What proxies add to requests that are not their own."""


def refusal(event: Event, deed: str) -> Exception:
    """Why not: either not now, or never for this browser."""
    held = holders(event)
    return NotNow() if any(role in held for role in DEEDS[deed]) else NotAllowed()


def find_event(code: str) -> Event:
    query = select(Event).where(Event.code == code.replace(" ", ""))
    if not reading.get():
        query = query.with_for_update()
    return db.session.scalar(query) or _not_found()


def find_idea(event: Event, idea_id: str) -> Idea:
    """The idea of this event; another's is not found, which counts as no wrong code."""
    idea = event.idea(idea_id)
    if idea is None:
        raise NotFound()
    return idea


def find_snapshot(code: str) -> Event:
    return snapshots().find(code.replace(" ", "")) or _not_found()


def _not_found() -> NoReturn:
    raise wrong_code(NotFound()) if has_request_context() else NotFound()
