"""Preview: the event as a phone and as the board will show it, in any language, before anybody is here.

The pages are the real ones. What they need and is not there yet, a person and two ideas, is made inside a transaction
that is never committed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, g, make_response, request
from flask_babel import gettext as _

from facilitate.access import Holder, allows
from facilitate.errors import N_, NotFound, NotNow
from facilitate.extensions import db
from facilitate.forms.ballot import PointsForm
from facilitate.forms.door import JoinForm, ReentryForm
from facilitate.forms.ideas import IdeaForm
from facilitate.models import Event, Idea, Participant
from facilitate.models.idea import on_ballot
from facilitate.queries.ballot_paper import ballot_of, dealt, overview, scoring_page
from facilitate.queries.board import board
from facilitate.queries.design import voting_page
from facilitate.web import invitation, language
from facilitate.web.language import tongue
from facilitate.web.pages import page
from facilitate.web.participant import surroundings
from facilitate.web.security import framed, frames
from facilitate.web.setup import setup_frame

bp = Blueprint("preview", __name__, url_prefix="/<code:code>/console/preview")
BOARD = ("lobby", "welcome", "wall", "criteria", "progress")
"""Views of the board that say something before there are results."""


@bp.get("")
@allows("watch the console")
def preview(event: Event) -> Any:
    device = "board" if request.args.get("as") == "board" else "phone"
    if device == "phone":
        _refuse_where_nobody_comes_in(event)
    screens = phone_screens(event) if device == "phone" else board_screens()
    wanted = request.args.get("screen")
    spoken = [(tag, tongue(tag)) for tag in _offered(event, device)]
    chosen = request.args.get("language")
    shown = page(
        "console/preview.html",
        device=device,
        screens=screens,
        screen=wanted if wanted in dict(screens) else screens[0][0],
        spoken=spoken,
        chosen=chosen if chosen in dict(spoken) else spoken[0][0],
        **setup_frame(event, ""),
    )
    return frames(make_response(shown))


def _offered(event: Event, device: str) -> Iterable[str]:
    """A board speaks any language of the event, a phone those of the interface."""
    return event.languages if device == "board" else dict.fromkeys(map(language.interface, event.languages))


def phone_screens(event: Event) -> list[tuple[str, str]]:
    """The door, then every step of the agenda that has something of its own, and one idea to score."""
    steps = [(step.key, language.say(step.title)) for step in event.activities if step.key not in ("reveal", "sort")]
    at = next((place for place, (key, _title) in enumerate(steps) if key == "score"), len(steps))
    return [("join", _("Join")), *steps[: at + 1], ("idea", _("One idea")), *steps[at + 1 :]]


def board_screens() -> list[tuple[str, str]]:
    names = (_("Lobby"), _("Welcome"), _("Wall"), _("Criteria"), _("Progress"))
    return list(zip(BOARD, names, strict=True))


@bp.get("/phone/<screen>")
@allows("watch the console", writes=True)
def phone(event: Event, screen: str) -> Any:
    g.language = language.interface(_wanted(event))
    if screen not in dict(phone_screens(event)):
        raise NotFound()
    _refuse_where_nobody_comes_in(event)
    try:
        return framed(make_response(_join_page(event) if screen == "join" else _phone_page(event, screen)))
    finally:
        db.session.rollback()


@bp.get("/board/<view>")
@allows("watch the console", writes=True)
def board_view(event: Event, view: str) -> Any:
    g.language = _wanted(event)
    if view not in BOARD:
        raise NotFound()
    try:
        if view == "wall":
            _sample_ideas(event)
        shown = {"board": board(event, view), "join_address": invitation.short_address(), "qr": invitation.qr(event)}
        return framed(
            make_response(page("board/board.html", is_preview=True, **shown, is_live=True, **surroundings(event)))
        )
    finally:
        db.session.rollback()


def _refuse_where_nobody_comes_in(event: Event) -> None:
    if event.is_archived:
        raise NotNow(N_("This event is archived: nobody comes in any more, so there is no phone to show."))


def _wanted(event: Event) -> str:
    wanted = request.args.get("language", "")
    return wanted if wanted in {*event.languages, *language.INTERFACE} else event.language


def _join_page(event: Event) -> Any:
    form = JoinForm.of(event, language.say, needs_ticket=event.admission == "tickets")
    told = {"notice": event.notice, "secrecy": event.secrecy, "rehearsal": ""}
    return page("phone/join.html", is_preview=True, form=form, reentry=ReentryForm(), **told, **surroundings(event))


def _phone_page(event: Event, screen: str) -> Any:
    ideas = _sample_ideas(event)
    visitor = _visitor(event)
    ballot = ballot_of(event, visitor)
    assert ballot is not None
    key = "score" if screen == "idea" else screen
    event.position = next(step.position for step in event.activities if step.key == key)
    if screen == "idea":
        event.deal([ballot])
        hand = dealt(event, ballot)
        one = next(idea for idea in (*ideas, *hand) if idea in hand)
        shown = scoring_page(event, ballot, one.public_id)
        return page("phone/score.html", is_preview=True, page=shown, **surroundings(event))
    return page(
        "phone/home.html",
        is_preview=True,
        form=IdeaForm.of(event, language.say),
        points=PointsForm.of(event.criteria, {}),
        given={},
        my_ideas=[],
        ticked=voting_page(event, ballot) if key == "vote" else (),
        overview=overview(event, ballot) if key == "score" else None,
        **surroundings(event),
    )


def _visitor(event: Event) -> Participant:
    """Somebody who has joined, for as long as this page takes."""
    person, _code = event.welcome(language=g.language, channel="rehearsal")
    db.session.flush()
    held = Holder("participant", f"participant:{person.public_id}", participant=person)
    g.setdefault("holders", {})[event.id] = {"participant": held}
    g.holder = held
    return person


def _sample_ideas(event: Event) -> list[Idea]:
    """The ideas to score, or two that stand for them."""
    shown = list(db.session.scalars(event.ideas.select().where(on_ballot(event.id, event.round)).limit(2)))
    if shown:
        return shown
    kinds, sectors = event.listed("kind"), event.listed("sector")
    titles = (_("An idea from the room, in one sentence"), _("Another idea"))
    for number, title in enumerate(titles):
        made = Idea(
            public_id=f"preview-{number}",
            event=event,
            title=title,
            label=title[:24],
            kind=kinds[number % len(kinds)],
            sector=sectors[0] if sectors else None,
            language=g.language,
            channel="rehearsal",
            details="",
            round=event.round,
            state="shown",
        )
        db.session.add(made)
        shown.append(made)
    db.session.flush()
    return shown
