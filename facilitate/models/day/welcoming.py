"""Welcoming: a person comes in without a name, and may come back on another phone."""

from __future__ import annotations

from facilitate.errors import DoorClosed, DoorLocked
from facilitate.models.ballot import Ballot
from facilitate.models.base import public_id
from facilitate.models.day.scoring import Scoring
from facilitate.models.people import Participant, link, new_reentry_code, reentry_hash
from facilitate.models.term import Term


class Welcoming(Scoring):
    """People and their ballots."""

    __abstract__ = True

    def welcome(
        self,
        *,
        language: str,
        group: Term | None = None,
        community: Term | None = None,
        organization: str = "",
        channel: str = "phone",
        ticket: str = "",
    ) -> tuple[Participant, str]:
        """Let one person in: a participant without a name, an empty ballot, and the ten digits to come back with."""
        if channel != "rehearsal":
            self._refuse_at_the_door()
            self._take_place(ticket)
        person, ballot, code = self._newcomer(language, channel, group, community, organization)
        self.record("participant.joined", by=person.actor)
        if self.has_opened_scoring and not self.closing_hash:
            self.recuse([person], self.candidates())
            self.deal([ballot])
        return person, code

    def _newcomer(
        self,
        language: str,
        channel: str,
        group: Term | None,
        community: Term | None,
        organization: str,
        paper: str | None = None,
    ) -> tuple[Participant, Ballot, str]:
        """A participant with an empty ballot; both are written with everybody else who comes in this moment."""
        self.refuse_once_archived()
        assert self.key is not None
        code = new_reentry_code()
        person = Participant(
            public_id=public_id(),
            event_id=self.id,
            language=language,
            channel=channel,
            reentry=reentry_hash(self.key, code),
            organization_id=self.organization(organization).id if organization.strip() else None,
        )
        ballot = Ballot(
            event_id=self.id,
            link=link(self.key, "ballot", person),
            group_id=group.id if group else None,
            community_id=community.id if community else None,
            channel=channel,
            is_late=bool(self.closing_hash),
            paper=paper,
        )
        self.database.add_all([person, ballot])
        return person, ballot, code

    def _refuse_at_the_door(self) -> None:
        if self.is_rehearsal or self.door == "closed":
            raise DoorClosed()
        if self.door == "locked":
            raise DoorLocked()

    def comes_back(self, digits: str) -> Participant | None:
        """The participant who was given these ten digits, if any."""
        if self.key is None:
            return None
        hashed = reentry_hash(self.key, digits)
        return self.database.scalar(self.participants.select().where(Participant.reentry == hashed))
