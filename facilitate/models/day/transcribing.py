"""Transcribing: a scribe types in what others wrote on paper or said aloud; it counts like everybody's."""

from __future__ import annotations

from sqlalchemy import select

from facilitate.errors import N_, Invalid, NotNow
from facilitate.models.ballot import Ballot
from facilitate.models.day.welcoming import Welcoming
from facilitate.models.hand import add_to_hands
from facilitate.models.idea import Idea, on_ballot
from facilitate.models.log import Actor
from facilitate.models.people import TRANSCRIBED
from facilitate.models.term import Term


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
        if self.admission == "counted":
            self._take_place("")
        if self.is_rehearsal:  # what is tried then goes with all the rest
            channel = "rehearsal"
        person, ballot, _nobody_knows_it = self._newcomer(
            self.language, channel, group, community, organization, paper=number
        )
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
            )
        )
