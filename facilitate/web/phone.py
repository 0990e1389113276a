"""The participant's pages: join, take part in what is open, score, see what became of it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, flash, g, get_template_attribute, redirect, request
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from facilitate import live
from facilitate.access import allows, by, cookie_name, give_cookie, holders, me, sign, take_cookie, unsign
from facilitate.ballot_forms import PointsForm, VoteForm
from facilitate.ballots import read_changes
from facilitate.errors import N_, Invalid, NotFound, ScoringClosed, TicketRefused
from facilitate.extensions import db
from facilitate.forms import EmptyForm, IdeaForm, JoinForm, ReentryForm, insist
from facilitate.gathering import gathering
from facilitate.guesses import wrong_code
from facilitate.models import Ballot, Event, Participant
from facilitate.models.account import token_hash
from facilitate.models.casting import Answer
from facilitate.models.ticket import TICKET_DIGITS
from facilitate.models.weighing import points_of
from facilitate.queries.ballot_paper import ballot_of, overview, scoring_page
from facilitate.queries.board import timer
from facilitate.queries.console import agenda
from facilitate.queries.design import voting_page
from facilitate.queries.events import is_full_house
from facilitate.queries.ideas import cards_on_wall, my_ideas
from facilitate.queries.outcomes import revision
from facilitate.queries.results import own_points, results
from facilitate.queries.snapshots import snapshots
from facilitate.text import digits, whole_number
from facilitate.web import language
from facilitate.web.numbers import grouped
from facilitate.web.pages import is_section, page, sentence
from facilitate.web.shared import shared_page, shared_page_around, shared_page_with
from facilitate.web.submitting import submit_idea

bp = Blueprint("phone", __name__, url_prefix="/<code:code>")
MOST_AT_ONCE = 50
NO_DIGITS = "0000000000"
"""Stands where each person's own re-entry code goes."""


def person() -> Participant:
    found = me().participant
    assert found is not None
    return found


def own_ballot(event: Event) -> Ballot:
    """The ballot of this phone; gone once the event is archived."""
    ballot = ballot_of(event, person())
    if ballot is None:
        raise NotFound(N_("This event is archived: nothing can be changed any more."))
    return ballot


# --- the door ---


@bp.get("")
@allows("join", shares=True)
def home(event: Event) -> Any:
    held = holders(event).get("participant")
    if held is None:
        return _door(event)
    g.holder = held
    return _home(event)


def _door(event: Event, form: JoinForm | None = None, reentry: ReentryForm | None = None, status: int = 200) -> Any:
    rehearsing = request.values.get("rehearsal", "")
    is_full = is_full_house(event)
    if (event.door != "open" or is_full) and not _is_rehearsing(event, rehearsing):
        return page("phone/closed.html", status, form=reentry or ReentryForm(), is_full=is_full, **_surroundings(event))
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
        **_surroundings(event),
    }


def _join_form(event: Event, sent: Any = None, **values: Any) -> JoinForm:
    needs_ticket = event.admission == "tickets" and not _is_rehearsing(event, request.values.get("rehearsal", ""))
    return JoinForm.of(event, language.say, sent, needs_ticket=needs_ticket, **values)


def _surroundings(event: Event) -> dict[str, Any]:
    return {"event": event, "activity": event.activity, "agenda": agenda(event), "timer": timer(event)}


def _is_rehearsing(event: Event, offered: str) -> bool:
    return bool(offered) and event.rehearsal_pass is not None and token_hash(offered) == event.rehearsal_pass


@bp.post("")
@allows("join", writes=False, shares=True)
def join(event: Event) -> Any:
    if "participant" in holders(event):
        return redirect(f"/{event.code}", 303)
    form = _join_form(event, request.form)
    if not form.validate():
        return _door(event, form=form, status=400)
    is_rehearsing = _is_rehearsing(event, request.form.get("rehearsal", ""))
    spoken = language.locale().language

    def welcome(event: Event) -> tuple[Participant, str]:
        return event.welcome(
            language=form.language.data if form.language.data in language.INTERFACE else spoken,
            group=event.term("group", form.group.data),
            community=event.term("community", form.community.data),
            organization=form.organization.data or "",
            channel="rehearsal" if is_rehearsing else "phone",
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
    return _door(event, form=_join_form(event, ticket=digits(ticket)[:TICKET_DIGITS]))


@bp.errorhandler(TicketRefused)
def refuse_ticket(refusal: TicketRefused) -> Any:
    """A wrong ticket is a wrong code. Whoever guesses too many waits here, where nobody waits behind them."""
    db.session.rollback()
    answer = wrong_code(refusal)
    form = _join_form(g.event, request.form)
    form.ticket.errors = [sentence(answer)]
    return _door(g.event, form=form, status=answer.status)


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
        lambda: {"reentry_code": code and NO_DIGITS, **_surroundings(event)},
    )


@bp.post("/re-enter")
@allows("join", writes=False)
def re_enter(event: Event) -> Any:
    """Bring the same ballot to this phone."""
    form = ReentryForm(request.form)
    if not form.validate():
        return _door(event, reentry=form, status=400)
    found = event.comes_back(form.reentry.data or "")
    if found is None:
        answer = wrong_code(NotFound(N_("Nobody was given this code here. Please look at it once more.")))
        form.reentry.errors = [sentence(answer)]
        return _door(event, reentry=form, status=answer.status)
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


# --- what is open ---


def _home(event: Event, form: IdeaForm | None = None, points: Any = None, status: int = 200) -> Any:
    own = _own_part(event)
    told = {"my_ideas": my_ideas(event, person()), **own}

    def context() -> dict[str, Any]:
        forms = {"form": form or IdeaForm.of(event, language.say)}
        if event.activity.key == "weigh":
            forms["points"] = points or PointsForm.of(event.criteria, own["given"])
        return {**forms, **told, **_surroundings(event)}

    if form or points or event.activity.key == "vote":  # no other phone shows the same
        return page("phone/home.html", status, **context())
    return shared_page("phone/home.html", event, told, context)


def _own_part(event: Event) -> dict[str, Any]:
    """What this phone alone is shown of the open activity."""
    key = event.activity.key
    ballot = ballot_of(event, person()) if key in ("score", "vote", "weigh") else None
    return {
        "overview": overview(event, ballot) if ballot and key == "score" else None,
        "ticked": voting_page(event, ballot) if ballot and key == "vote" else (),
        "given": points_of(db.session(), ballot, event.criteria) if ballot and key == "weigh" else {},
    }


@bp.post("/ideas")
@allows("submit an idea", writes=False, shares=True)
def submit(event: Event) -> Any:
    form = IdeaForm.of(event, language.say, request.form)
    if "more" in request.form and len(form.evidence) < 3:
        form.evidence.append_entry()
        return _home(event, form=IdeaForm.of(event, language.say, None, **_typed(form)))
    if not form.validate():
        return _home(event, form=form, status=400)
    author, actor = person(), by()
    gathering().do(event.code, lambda event: submit_idea(event, form, by=actor, spoken=author.language, author=author))
    flash(_("Thank you. Your idea was sent."), "done")
    return redirect(f"/{event.code}#my-ideas", 303)


def _typed(form: IdeaForm) -> dict[str, Any]:
    return dict(form.data)


@bp.post("/ideas/<idea_id>/withdraw")
@allows("take part")
def withdraw(event: Event, idea_id: str) -> Any:
    insist(EmptyForm(request.form))
    mine = {idea.id for idea in my_ideas(event, person())}
    idea = event.idea(idea_id) if idea_id in mine else None
    if idea is None:
        raise NotFound()
    idea.withdraw(by=by())
    db.session.commit()
    return redirect(f"/{event.code}#my-ideas", 303)


@bp.get("/ideas")
@allows("take part", shares=True)
def ideas(event: Event) -> Any:
    """Read what is on the wall, once everybody has written in silence."""
    sector, words = request.args.get("sector", "")[:60], request.args.get("q", "")[:80]
    is_open = event.activity.key not in ("welcome", "collect")
    return page(
        "phone/ideas.html",
        cards=cards_on_wall(event, sector, words) if is_open else [],
        is_open=is_open,
        sectors=event.listed("sector"),
        sector=sector,
        words=words,
        **_surroundings(event),
    )


# --- before scoring: what is scored, and what counts how much ---


@bp.post("/votes")
@allows("vote", writes=False, shares=True)
def vote(event: Event) -> Any:
    """The ideas that this person would score."""
    form = VoteForm(request.form)
    insist(form)
    ballot, actor, ideas = own_ballot(event), by(), set(form.keep.data or ())
    gathering().do(event.code, lambda event: event.approve(ballot, ideas, by=actor))
    flash(_("Saved. You can change your ticks until the vote closes."), "done")
    return redirect(f"/{event.code}", 303)


@bp.post("/weights")
@allows("weigh", writes=False, shares=True)
def weigh(event: Event) -> Any:
    """A hundred points over the criteria."""
    form = PointsForm.of(event.criteria, {}, request.form)
    if not form.validate():
        return _home(event, points=form, status=400)
    ballot, actor = own_ballot(event), by()
    gathering().do(event.code, lambda event: event.give_points(ballot, form.given, by=actor))
    flash(_("Saved. You can change your points until scoring opens."), "done")
    return redirect(f"/{event.code}", 303)


@bp.get("/weights")
@allows("take part", shares=True)
def stay_with_points(event: Event) -> Any:
    """A page that says what is wrong with somebody's points asks for news: it stays while they can be given."""
    if is_section() and event.offers("weigh"):
        return "", 204
    return redirect(f"/{event.code}", 303)


# --- scoring ---


@bp.get("/score")
@allows("take part", shares=True)
def score_overview(event: Event) -> Any:
    if not event.is_scoring:
        return redirect(f"/{event.code}", 303)
    told = {"overview": overview(event, own_ballot(event))}
    return shared_page("phone/scores_overview.html", event, told, lambda: {**told, **_surroundings(event)})


@bp.get("/score/<idea_id>")
@allows("take part", shares=True)
def score(event: Event, idea_id: str) -> Any:
    if not event.is_scoring:
        return redirect(f"/{event.code}", 303)
    shown = scoring_page(event, own_ballot(event), idea_id)
    if shown is None:
        raise NotFound(N_("This idea is not on the wall any more."))
    return page("phone/score.html", page=shown, **_surroundings(event))


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
    live.pulse().scored([event.id])
    return redirect(f"/{event.code}/score", 303)


@bp.post("/more")
@allows("score")
def more(event: Event) -> Any:
    """Some more ideas for whoever has scored all that were dealt."""
    insist(EmptyForm(request.form))
    event.deal_more(own_ballot(event))
    db.session.commit()
    live.pulse().scored([event.id])
    return redirect(f"/{event.code}/score", 303)


# --- results ---


@bp.get("/results")
@allows("see results", shares=True)
def show_results(event: Event) -> Any:
    """The ranking, rendered once for all; one's own scores and ideas are put into it for one's own phone."""
    if not event.is_revealed:
        return page("phone/waiting.html", **_surroundings(event))
    return shared_page_around(
        _own_results(event),
        "phone/results.html",
        event,
        revision(event),
        lambda: {"results": results(event), **_surroundings(event)},
    )


def _own_results(event: Event) -> dict[str, Markup]:
    """What only this person sees: their ideas, and by idea what they said themselves."""
    ballot = ballot_of(event, person())
    points = own_points(event, ballot) if ballot else {}
    mine = {idea.id: idea for idea in my_ideas(event, person())}
    beside = get_template_attribute("phone/_own.html", "beside")
    ended_up = get_template_attribute("phone/_own.html", "ended_up")
    part = {idea: beside(points.get(idea), idea in mine) for idea in {*points, *mine}}
    return part | {"ideas": ended_up(mine.values(), results(event)) if mine else Markup()}
