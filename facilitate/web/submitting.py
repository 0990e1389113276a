"""An idea from a form, whoever holds the pen: its author on a phone, or a scribe."""

from __future__ import annotations

from facilitate.forms import IdeaForm
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
    for entry in form.evidence:
        if entry.form.is_filled():
            kind_of = event.term("evidence", entry.form.type.data)
            idea.evidence.append(Evidence(type=kind_of, text=entry.form.text.data, link=entry.form.link.data or ""))
    return idea


def _language_of(title: str, spoken: str) -> str:
    """The language an idea is written in, as far as its letters bear the writer's own language out."""
    return spoken if speaks_arabic_script(title) == (spoken == "ar") else ""
