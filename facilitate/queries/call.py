"""The Call for Proposals as it is being prepared: one priority per shortlisted idea, with what is still empty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from facilitate.errors import N_
from facilitate.extensions import db
from facilitate.models import CallEntry, Event, Idea, Texts
from facilitate.models.call_entry import FIELDS, STREAMS
from facilitate.queries import room
from facilitate.queries.results import Result, results
from facilitate.text import speaks_arabic_script

LABELS = {
    "title_en": N_("Title in English"),
    "title_fr": N_("Title in French"),
    "need_statement": N_("Need statement"),
    "target_group": N_("Target group"),
    "geography": N_("Where"),
    "service_stream": N_("Service stream"),
    "partners": N_("Partners named"),
    "core_alignment": N_("CORE principles it serves"),
    "dissent_note": N_("Dissenting view"),
}
STREAM_LABELS = dict(
    zip(
        STREAMS,
        (
            N_("Needs assessment and referrals"),
            N_("Information and orientation"),
            N_("Language training"),
            N_("Employment"),
            N_("Community connections"),
            N_("Support services"),
            N_("Indirect services"),
        ),
        strict=True,
    )
)
PRINCIPLE_LABELS = {
    "C": N_("Client-centred"),
    "O": N_("Outcomes-driven"),
    "R": N_("Responsive to need"),
    "E": N_("Effective use of resources"),
}


@dataclass(frozen=True)
class Priority:
    """One shortlisted idea: what the room said, and what the call will say."""

    result: Result
    said: Mapping[str, str]
    is_saved: bool
    """False: what stands here is a proposal, made of what people sent."""
    originals: tuple[str, ...]
    """Titles of the ideas that were merged into it."""

    @property
    def empty(self) -> list[str]:
        return [LABELS[name] for name in FIELDS if not self.said[name].strip()]


def priorities(event: Event) -> tuple[Priority, ...]:
    """The shortlist, best first."""
    said = entries(event)
    saved = set(db.session.scalars(select(Idea.public_id).join(CallEntry, CallEntry.idea_id == Idea.id)))
    merged = _merged(event)
    return tuple(
        Priority(
            row,
            said[row.card.id],
            row.card.id in saved,
            tuple(idea.title for idea in merged.get(row.card.id, ())),
        )
        for row in results(event).rows
        if row.is_shortlisted
    )


def leading(event: Event) -> tuple[Result, ...]:
    """What stands first and is not on the shortlist yet."""
    found = results(event)
    return tuple(row for row in found.ranked[: found.top] if not row.is_shortlisted)


def entries(event: Event) -> dict[str, dict[str, str]]:
    """What the call says of each shortlisted idea: as it was saved, else as it is proposed."""
    merged = _merged(event)
    shortlisted = [idea for idea in room.candidates(event) if idea.is_shortlisted]
    saved = {
        entry.idea_id: entry
        for entry in db.session.scalars(
            select(CallEntry).where(CallEntry.idea_id.in_([idea.id for idea in shortlisted]))
        )
    }
    return {
        idea.public_id: (
            {name: getattr(saved[idea.id], name) for name in FIELDS}
            if idea.id in saved
            else proposed(idea, merged.get(idea.public_id, []), event.language)
        )
        for idea in shortlisted
    }


def _merged(event: Event) -> dict[str, list[Idea]]:
    """Ideas by the one that took them in."""
    found: dict[str, list[Idea]] = {}
    for idea in db.session.scalars(event.ideas.select().where(Idea.state == "merged").order_by(Idea.id)):
        if idea.merged_into:
            found.setdefault(idea.merged_into.public_id, []).append(idea)
    return found


def proposed(idea: Idea, originals: list[Idea], language: str) -> dict[str, str]:
    """A first entry, made of what people sent: nothing is made up, what they did not say stays empty."""
    tongue = (idea.language or language).partition("-")[0]
    is_latin = not speaks_arabic_script(idea.title)  # whatever language the phone was set to
    whole = [idea, *originals]
    community = next((one.community.label for one in whole if one.community), None)
    sector = next((one.sector.key for one in whole if one.sector), "")
    return dict.fromkeys(FIELDS, "") | {
        **({f"title_{tongue}": idea.title} if is_latin and tongue in ("en", "fr") else {}),
        "need_statement": "\n".join(_need(idea, originals, language))[:2000],
        "geography": _in(community, language),
        "service_stream": sector if sector in STREAMS else "",
        "partners": "; ".join(dict.fromkeys(one.organization.name for one in whole if one.organization))[:200],
    }


def _need(idea: Idea, originals: list[Idea], language: str) -> list[str]:
    """Their own words: details, else the title; what was merged into it; the evidence."""
    proofs = [proof for one in (idea, *originals) for proof in one.evidence if proof.text]
    return [
        idea.details or idea.title,
        *(f"– {one.title}{f': {one.details}' if one.details else ''}" for one in originals),
        *(f"{_in(proof.type.label, language)}: {proof.text}" for proof in proofs),
    ]


def _in(texts: Texts | None, language: str) -> str:
    return (texts.get(language) or next(iter(texts.values()))) if texts else ""
