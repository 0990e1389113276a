"""Ideas as cards: on phones, on the wall, and in front of whoever sorts them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from facilitate.extensions import db
from facilitate.models import Event, Evidence, Idea, Participant, Term, Texts
from facilitate.models.people import link


@dataclass(frozen=True)
class EvidenceLine:
    type_label: Texts
    text: str
    link: str


@dataclass(frozen=True)
class Card:
    id: str
    title: str
    short: str
    details: str
    language: str
    kind: str
    kind_label: Texts
    sector_label: Texts | None
    community_label: Texts | None
    organization: str
    is_late: bool
    evidence: tuple[EvidenceLine, ...] = ()


@dataclass(frozen=True)
class Item(Card):
    """A card in front of whoever sorts it."""

    at: int = 0
    """Its place among all ideas, in the order in which they came."""
    state: str = "waiting"
    channel: str = "phone"
    reason: Texts | None = None
    note: str = ""
    children: tuple[Card, ...] = field(default=())


@dataclass(frozen=True)
class MyIdea:
    id: str
    title: str
    kind_label: Texts
    sector_label: Texts | None
    state: str
    reason: Texts | None
    note: str
    merged_into_title: str
    merged_into: str = ""
    """The id of the idea it went into."""


@dataclass(frozen=True)
class WallCard:
    """An idea as the board shows it, with nothing that cannot be read from the last row."""

    id: str
    title: str
    language: str
    kind: str


def wall(event: Event) -> tuple[WallCard, ...]:
    """The wall, newest first. While a hall writes, this is asked for four times a second."""
    kinds = {term.id: term.key for term in event.listed("kind")}
    rows = db.session.execute(
        select(Idea.public_id, Idea.title, Idea.language, Idea.kind_id)
        .where(Idea.event_id == event.id, Idea.state == "shown")
        .order_by(Idea.id.desc())
    )
    return tuple(WallCard(own, title, language, kinds[kind]) for own, title, language, kind in rows)


def card(idea: Idea) -> Card:
    return Card(**_face(idea))  # type: ignore[arg-type]


def _face(idea: Idea) -> dict[str, object]:
    return {
        "id": idea.public_id,
        "title": idea.title,
        "short": idea.label,
        "details": idea.details,
        "language": idea.language,
        "kind": idea.kind.key,
        "kind_label": idea.kind.label,
        "sector_label": idea.sector.label if idea.sector else None,
        "community_label": idea.community.label if idea.community else None,
        "organization": idea.organization.name if idea.organization else "",
        "is_late": idea.is_late,
        "evidence": tuple(_line(item) for item in idea.evidence),
    }


def _line(evidence: Evidence) -> EvidenceLine:
    return EvidenceLine(evidence.type.label, evidence.text, evidence.link)


def cards_on_wall(event: Event, sector: str = "", words: str = "") -> list[Card]:
    """What the wall shows, newest first; filtered for whoever browses it."""
    query = event.ideas.select().where(Idea.state == "shown").order_by(Idea.id.desc())
    if sector:
        query = query.join(Term, Idea.sector_id == Term.id).where(Term.key == sector)
    found = [card(idea) for idea in db.session.scalars(query)]
    return [one for one in found if words.casefold() in f"{one.title} {one.details}".casefold()]


def count_by_state(event: Event) -> Counter[str]:
    rows = db.session.execute(select(Idea.state, func.count()).where(Idea.event_id == event.id).group_by(Idea.state))
    return Counter({row[0]: row[1] for row in rows})


def to_sort(event: Event, state: str) -> list[Item]:
    """All ideas in one state, oldest first while they wait, with what was merged into them."""
    query = event.ideas.select().where(Idea.state == state).options(selectinload(Idea.evidence))
    query = query.order_by(Idea.id if state == "waiting" else Idea.id.desc())
    ideas = list(db.session.scalars(query))
    children: dict[int, list[Card]] = {}
    for child in db.session.scalars(event.ideas.select().where(Idea.state == "merged")):
        children.setdefault(child.merged_into_id or 0, []).append(card(child))
    return [
        Item(
            **_face(idea),  # type: ignore[arg-type]
            at=idea.id,
            state=idea.state,
            channel=idea.channel,
            reason=idea.reason.label if idea.reason else None,
            note=idea.note,
            children=tuple(children.get(idea.id, ())),
        )
        for idea in ideas
    ]


def place_of(at: int, items: Sequence[Item], state: str) -> int:
    """Before which of these cards the idea stands, or stood before it went elsewhere."""
    return sum(item.at < at if state == "waiting" else item.at > at for item in items)


def my_ideas(event: Event, person: Participant) -> list[MyIdea]:
    """What became of one person's own ideas; nobody else can ask this."""
    if event.key is None:
        return []
    query = event.ideas.select().where(Idea.author == link(event.key, "author", person)).order_by(Idea.id.desc())
    return [
        MyIdea(
            idea.public_id,
            idea.title,
            idea.kind.label,
            idea.sector.label if idea.sector else None,
            {"waiting": "sent", "shown": "wall"}.get(idea.state, idea.state),
            idea.reason.label if idea.reason else None,
            idea.note,
            idea.merged_into.title if idea.merged_into else "",
            idea.merged_into.public_id if idea.merged_into else "",
        )
        for idea in db.session.scalars(query)
        if idea.state != "withdrawn"
    ]
