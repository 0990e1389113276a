"""Transcribing: a scribe types in what others wrote on paper or said aloud; it counts like everybody's."""

from __future__ import annotations

from sqlalchemy import select

from facilitate.errors import N_, Invalid, NotNow
from facilitate.models.ballot import Ballot
from facilitate.models.base import public_id
from facilitate.models.day.welcoming import Welcoming
from facilitate.models.hand import add_to_hands
from facilitate.models.idea import Idea, on_ballot
from facilitate.models.log import Actor
from facilitate.models.people import Participant, link, new_reentry_code, reentry_hash
from facilitate.models.term import Term

TRANSCRIBED = ("paper", "scribe")
"""The channels of ballots that a scribe may open: from a sheet of paper, or from somebody's mouth."""


class Transcribing(Welcoming):
    """Ballots without a phone."""

    __abstract__ = True

    def transcribe(
        self,
        number: str,
        *,
        by: Actor,
        channel: str = "paper",
        group: Term | None = None,
        community: Term | None = None,
        organization: str = "",
    ) -> Ballot:
        """The ballot with this number on it: a new one, or the one that was begun before."""
        if channel not in TRANSCRIBED:
            raise Invalid()
        if not self.is_scoring:
            raise NotNow(N_("Ballots can be typed in while scoring is open. Ask the host to keep it open until then."))
        known = self.transcribed(number)
        return known or self._new_ballot(number, channel, group, community, organization, by=by)

    def transcribed(self, number: str) -> Ballot | None:
        return self.database.scalar(self.ballots.select().where(Ballot.paper == number))

    def _new_ballot(
        self, number: str, channel: str, group: Term | None, community: Term | None, organization: str, *, by: Actor
    ) -> Ballot:
        assert self.key is not None, "an archived event is not scored"
        if self.admission == "counted":
            self._take_place("")
        person = Participant(
            public_id=public_id(),
            event_id=self.id,
            language=self.language,
            channel=channel,
            reentry=reentry_hash(self.key, new_reentry_code()),  # that nobody knows
            organization_id=self.organization(organization).id if organization.strip() else None,
        )
        ballot = Ballot(
            event_id=self.id,
            link=link(self.key, "ballot", person),
            group_id=group.id if group else None,
            community_id=community.id if community else None,
            channel=channel,
            paper=number,
        )
        self.database.add_all([person, ballot])
        self.database.flush()
        self.record("ballot.transcribed", by=by, channel=channel, number=number)
        self.recuse([person], self.candidates())
        if self.per_person:  # a printed ballot holds every idea
            on_paper = self.database.scalars(select(Idea.id).where(on_ballot(self.id, self.round)))
            add_to_hands(self._written(), [(ballot.id, idea, number) for number, idea in enumerate(on_paper, 1)])
        return ballot

    def transcribed_ballot(self, ballot_id: str) -> Ballot | None:
        """One that a scribe may look into; never that of a phone."""
        return self.database.scalar(
            select(Ballot).where(
                Ballot.event_id == self.id,
                Ballot.id == ballot_id,
                Ballot.paper.is_not(None),
                Ballot.channel.in_(TRANSCRIBED),
            )
        )
