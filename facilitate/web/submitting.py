"""An idea from a form, whoever holds the pen: its author on a phone, or a scribe."""

from __future__ import annotations

from typing import Any

from facilitate.forms.ideas import IdeaForm
from facilitate.models import Actor, Event, Evidence, Idea, Participant
from facilitate.text import speaks_arabic_script


def submit_idea(event: Event, form: IdeaForm, *, by: Actor, spoken: str, author: Participant | None = None) -> Idea:
    """Take in what a valid form says."""
    kind = event.term("kind", form.kind.data)
    assert kind is not None
    title = form.title.data or ""
    idea = event.submit(
        title,
        kind,
        by=by,
        author=author,
        sector=event.term("sector", form.sector.data),
        organization=form.organization.data or "",
        details=form.details.data or "",
        language=_language_of(title, spoken),
    )
    idea.evidence.extend(_evidence(event, form))
    return idea


def reword_idea(event: Event, idea: Idea, form: IdeaForm, *, by: Actor, spoken: str) -> None:
    """Put what a valid form says in the place of what the idea said before."""
    kind, title = event.term("kind", form.kind.data), form.title.data or ""
    assert kind is not None
    named = form.organization.data or ""
    idea.reword(
        _evidence(event, form),
        by=by,
        title=title,
        kind=kind,
        sector=event.term("sector", form.sector.data),
        details=form.details.data or "",
        organization=event.organization(named) if named and kind.own_organization else None,
        language=_language_of(title, spoken),
    )


def as_typed(idea: Idea) -> dict[str, Any]:
    """An idea as its form shows it."""
    return {
        "title": idea.title,
        "kind": idea.kind.key,
        "sector": idea.sector.key if idea.sector else "",
        "details": idea.details,
        "organization": idea.organization.name if idea.organization else "",
        "evidence": [{"type": one.type.key, "text": one.text, "link": one.link} for one in idea.evidence] or [{}],
    }


def _evidence(event: Event, form: IdeaForm) -> list[Evidence]:
    return [
        Evidence(
            type=event.term("evidence", entry.form.type.data),
            text=entry.form.text.data,
            link=entry.form.link.data or "",
        )
        for entry in form.evidence
        if entry.form.is_filled()
    ]


def _language_of(title: str, spoken: str) -> str:
    """The language an idea is written in, as far as its letters bear the writer's own language out."""
    return spoken if speaks_arabic_script(title) == (spoken == "ar") else ""
