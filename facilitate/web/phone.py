"""A participant's home: what is open now, sending ideas, and what is scored and how much it counts."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, request
from flask_babel import gettext as _

from facilitate.access import allows, by, holders
from facilitate.errors import NotFound
from facilitate.extensions import db
from facilitate.forms.ballot import PointsForm, VoteForm
from facilitate.forms.house import EmptyForm, insist
from facilitate.forms.ideas import IdeaForm
from facilitate.gathering import gathering
from facilitate.models import Event, Idea
from facilitate.models.weighing import points_of
from facilitate.queries.ballot_paper import ballot_of, overview
from facilitate.queries.design import voting_page
from facilitate.queries.ideas import cards_on_wall, my_ideas
from facilitate.web import language
from facilitate.web.door import show_door
from facilitate.web.pages import is_section, page
from facilitate.web.participant import own_ballot, person, surroundings
from facilitate.web.shared import shared_page
from facilitate.web.submitting import as_typed, reword_idea, submit_idea

bp = Blueprint("phone", __name__, url_prefix="/<code:code>")


@bp.get("")
@allows("join", shares=True)
def home(event: Event) -> Any:
    held = holders(event).get("participant")
    if held is None:
        return show_door(event)
    g.holder = held
    return _home(event)


def _home(event: Event, form: IdeaForm | None = None, points: Any = None, status: int = 200) -> Any:
    own = _own_part(event)
    told = {"my_ideas": my_ideas(event, person()), **own}

    def context() -> dict[str, Any]:
        forms = {"form": form or IdeaForm.of(event, language.say)}
        if event.activity.key == "weigh":
            forms["points"] = points or PointsForm.of(event.criteria, own["given"])
        return {**forms, **told, **surroundings(event)}

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


@bp.get("/ideas/<idea_id>/edit")
@allows("take part")
def edit(event: Event, idea_id: str) -> Any:
    event.refuse_once_scoring_opened()
    idea = _own_idea(event, idea_id)
    return _show_edit(event, idea, IdeaForm.of(event, language.say, None, **as_typed(idea)))


@bp.post("/ideas/<idea_id>/edit")
@allows("take part")
def reword(event: Event, idea_id: str) -> Any:
    idea, form = _own_idea(event, idea_id), IdeaForm.of(event, language.say, request.form)
    if "more" in request.form and len(form.evidence) < 3:
        form.evidence.append_entry()
        return _show_edit(event, idea, IdeaForm.of(event, language.say, None, **_typed(form)))
    if not form.validate():
        return _show_edit(event, idea, form, 400)
    reword_idea(event, idea, form, by=by(), spoken=person().language)
    db.session.commit()
    flash(_("Saved. The new words count."), "done")
    return redirect(f"/{event.code}#my-ideas", 303)


def _show_edit(event: Event, idea: Idea, form: IdeaForm, status: int = 200) -> Any:
    return page("phone/edit_idea.html", status, idea=idea, form=form, **surroundings(event))


@bp.post("/ideas/<idea_id>/withdraw")
@allows("take part")
def withdraw(event: Event, idea_id: str) -> Any:
    insist(EmptyForm(request.form))
    _own_idea(event, idea_id).withdraw(by=by())
    db.session.commit()
    return redirect(f"/{event.code}#my-ideas", 303)


def _own_idea(event: Event, idea_id: str) -> Idea:
    """An idea that this phone has sent; of any other it learns nothing."""
    mine = {idea.id for idea in my_ideas(event, person())}
    idea = event.idea(idea_id) if idea_id in mine else None
    if idea is None:
        raise NotFound()
    return idea


@bp.get("/ideas")
@allows("take part", shares=True)
def ideas(event: Event) -> Any:
    """Read what is on the wall, once everybody has written in silence."""
    sector, words = request.args.get("sector", "")[:60], request.args.get("q", "")[:80]
    is_open = event.has_collected
    return page(
        "phone/ideas.html",
        cards=cards_on_wall(event, sector, words) if is_open else [],
        is_open=is_open,
        sectors=event.listed("sector"),
        sector=sector,
        words=words,
        **surroundings(event),
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
