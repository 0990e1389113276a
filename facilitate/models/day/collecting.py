"""Collecting: ideas come in and are sorted."""

from __future__ import annotations

from sqlalchemy import select

from facilitate.errors import Invalid, NotNow
from facilitate.models.base import public_id
from facilitate.models.day.chronicle import MODERATION, Chronicle
from facilitate.models.day.steps import BETWEEN
from facilitate.models.idea import Idea, proposed_label
from facilitate.models.log import Actor
from facilitate.models.organization import Organization, folded
from facilitate.models.people import TRANSCRIBED, Participant, link
from facilitate.models.term import Term


class Collecting(Chronicle):
    """Ideas of the room."""

    __abstract__ = True

    def submit(
        self,
        title: str,
        kind: Term,
        *,
        by: Actor,
        author: Participant | None = None,
        sector: Term | None = None,
        community: Term | None = None,
        organization: str = "",
        details: str = "",
        language: str = "",
    ) -> Idea:
        """Take in an idea; it goes to the wall at once, or waits for the host's look."""
        if not self.takes_ideas_from(by):
            raise NotNow()
        idea = Idea(
            public_id=public_id(),
            event=self,
            title=title,
            label=proposed_label(title),
            kind=kind,
            sector=sector,
            community=community,
            organization=self.organization(organization) if organization and kind.own_organization else None,
            details=details,
            language=language,
            channel=by.channel,
            round=self.round,
            state="shown" if self.moderation == "show-at-once" else "waiting",
            author=link(self.key, "author", author) if author and self.key else None,
        )
        self.database.add(idea)  # written with everything else that is sent in this moment
        self.record("idea.submitted", by=by, subject=idea.public_id, state=idea.state)
        return idea

    def takes_ideas_from(self, actor: Actor) -> bool:
        """While ideas are collected; from scribes, who have a pile of paper left, until scoring opens too."""
        sorts = self.activity.key in ("sort", *BETWEEN) and self.has_collected and not self.has_opened_scoring
        return self.offers("submit an idea") or (actor.channel in TRANSCRIBED and sorts)

    def moderate(self, how: str, *, by: Actor) -> None:
        """Approve ideas first, or show new ones at once."""
        if how not in MODERATION:
            raise Invalid()
        if how == self.moderation:
            return
        before, self.moderation = self.moderation, how
        self.record("moderation.changed", by=by, before=before, after=how)

    def show_all(self, *, by: Actor) -> None:
        """Put everything that waits on the wall."""
        for idea in self.database.scalars(self.ideas.select().where(Idea.state == "waiting").order_by(Idea.id)):
            idea.show(by=by)

    def idea(self, idea_id: str) -> Idea | None:
        return self.database.scalar(self.ideas.select().where(Idea.public_id == idea_id))

    def merged_into(self, idea: Idea) -> list[Idea]:
        return list(self.database.scalars(self.ideas.select().where(Idea.merged_into_id == idea.id)))

    def organization(self, name: str) -> Organization:
        """The organization of this name, made where nobody named it before."""
        known = self.database.scalar(
            select(Organization).where(Organization.event_id == self.id, Organization.folded == folded(name))
        )
        if known is None:
            known = Organization(event_id=self.id, name=" ".join(name.split())[:120], folded=folded(name))
            self.database.add(known)
            self.database.flush()
        return known
