"""The print pack: poster, table tents, cards, paper ballots and the facilitator's script, each as PDF."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from flask import Blueprint, Response, current_app, request
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from facilitate.access import allows
from facilitate.database import aside
from facilitate.errors import N_, NotFound, NotNow
from facilitate.extensions import db
from facilitate.forms.console import PrintForm
from facilitate.models import Criterion, Event, said
from facilitate.printing.sheets import SHEETS, pdf
from facilitate.queries.headcount import joined
from facilitate.queries.ideas import cards_on_wall
from facilitate.queries.progress import progress
from facilitate.queries.results import results
from facilitate.queries.transcripts import printed_order
from facilitate.web import invitation, language
from facilitate.web.console import frame
from facilitate.web.numbers import date, fingerprint, grouped, percent
from facilitate.web.pages import page

bp = Blueprint("print_pack", __name__, url_prefix="/<code:code>/console/print")


@bp.get("")
@allows("run the day")
def show(event: Event) -> Any:
    return page("console/print.html", form=PrintForm(), ideas=len(printed_order(event)), **frame(event))


@bp.get("/<name>.pdf")
@allows("run the day")
def sheet(event: Event, name: str) -> Any:
    if name not in SHEETS:
        raise NotFound()
    form = PrintForm(request.args)
    if not form.validate():
        return page("console/print.html", 400, form=form, ideas=len(printed_order(event)), **frame(event))
    data = _data(event, name, form)
    db.session.rollback()  # read and done: the room goes on while the sheet is set
    made = aside(pdf, name, data, Path(current_app.instance_path))
    named = f'inline; filename="{event.code}-{name}.pdf"'
    return Response(made, mimetype="application/pdf", headers={"Content-Disposition": named})


def _data(event: Event, name: str, form: PrintForm) -> dict[str, Any]:
    tags = sorted(event.languages, key=lambda tag: tag != form.language.data)
    first = tags[0]
    return {
        "title": language.say(event.title),
        "code": grouped(event.code),
        "address": invitation.short_address(),
        "qr": str(invitation.qr(event)),
        "languages": [_writing(tag) | {"title": said(event.title, tag)} for tag in tags],
        "voices": [_voice(tag) for tag in dict.fromkeys(map(language.interface, tags))],
        "place": event.place,
        "convenors": [{"name": one.name, "png": list(one.logo) if one.logo else None} for one in event.convenors],
        "cards": form.copies.data if name == "cards" else 0,
        "ballots": _ballots(event, first, form) if name == "ballots" else None,
        "script": _script(event, first) if name == "script" else [],
        "state": _state(event, first) if name == "state" else None,
    }


def _writing(tag: str) -> dict[str, Any]:
    """How a language is set: language and region apart, as the typesetter wants them, and the direction."""
    found = language.known(tag) or Locale("en")
    return {"lang": found.language, "region": found.territory, "rtl": found.text_direction == "rtl"}


def _voice(tag: str) -> dict[str, Any]:
    """A language of the interface, and the sheets' own words in it."""
    with force_locale(tag):
        words = {
            "scan": _("Scan this with your phone, or type the eight digits. No name, no account."),
            "back": _("Your code to come back with, on this phone or another. Write it down:"),
            "ballot": _("Ballot"),
            "fill": _(
                "Write one answer into each box; “?” where you cannot judge. What you leave empty is not counted."
            ),
        }
    return _writing(tag) | {"words": words}


def _ballots(event: Event, tag: str, form: PrintForm) -> dict[str, Any]:
    ideas = printed_order(event)
    if not ideas:
        raise NotNow(N_("There is no idea on the wall yet, so there is no ballot to print."))
    first = form.first.data or 1
    return {
        "numbers": [str(number) for number in range(first, first + (form.copies.data or 1))],
        "ideas": [{"number": number, "title": idea.title} for number, idea in enumerate(ideas, 1)],
        "criteria": [_criterion(criterion, tag) for criterion in event.criteria],
    }


def _criterion(criterion: Criterion, tag: str) -> dict[str, str]:
    levels = "  ".join(f"{level['value']} = {said(level['label'], tag)}" for level in criterion.levels)
    return {"code": criterion.code, "statement": said(criterion.statement, tag), "levels": levels}


def _script(event: Event, tag: str) -> list[dict[str, str]]:
    with force_locale(language.interface(tag)):
        return [
            {
                "title": said(activity.title, tag),
                "minutes": ngettext("%(num)s minute", "%(num)s minutes", activity.minutes) if activity.minutes else "",
                "say": said(activity.say, tag),
                "prompt": said(activity.prompt, tag),
            }
            for activity in event.activities
        ]


def _state(event: Event, tag: str) -> dict[str, Any]:
    """What the room has come to so far, and nothing that it has not been shown."""
    with force_locale(language.interface(tag)):
        at = datetime.now(ZoneInfo(event.time_zone))
        facts = [
            _("Open now: %(activity)s", activity=said(event.activity.title, tag)),
            ngettext("%(num)s person joined", "%(num)s people joined", joined(event)),
        ]
        if event.has_opened_scoring:
            facts.append(_("Scored: %(percent)s", percent=percent(progress(event).percent)))
        if event.closing_hash:
            facts.append(_("Closing hash: %(hash)s", hash=fingerprint(event.closing_hash, 16)))
        heading = _("As it was on %(day)s at %(time)s", day=date(at), time=f"{at:%H:%M}")
        return {
            "heading": heading,
            "facts": facts,
            "ideas": _ranked(event, tag) if event.is_revealed else _wall(event, tag),
        }


def _ranked(event: Event, tag: str) -> list[dict[str, str]]:
    return [
        {
            "place": line.rank_label or "–",
            "title": line.card.title,
            "about": f"{line.score or '–'} · {said(line.card.kind_label, tag)}",
        }
        for line in results(event).rows
    ]


def _wall(event: Event, tag: str) -> list[dict[str, str]]:
    return [
        {"place": str(number), "title": card.title, "about": said(card.kind_label, tag)}
        for number, card in enumerate(reversed(cards_on_wall(event)), 1)
    ]
