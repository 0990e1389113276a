"""Rehearsal: a simulated room plays the day, and nothing of it stays."""

from __future__ import annotations

from sqlalchemy import delete, or_, select, update

from facilitate.errors import N_, NotNow
from facilitate.models.ballot import Ballot
from facilitate.models.day.freezing import Freezing
from facilitate.models.idea import Idea
from facilitate.models.log import Actor
from facilitate.models.organization import Organization
from facilitate.models.people import Participant


class Rehearsal(Freezing):
    """Begin it, clear it."""

    __abstract__ = True

    def begin_rehearsal(self, hashed_pass: str, *, by: Actor) -> None:
        """Let a simulated room play the day. Refused once a real person has joined."""
        self.refuse_once_archived()
        real = select(Participant.id).where(Participant.event_id == self.id, Participant.channel != "rehearsal")
        if self.database.scalar(real.limit(1)) is not None:
            raise NotNow(N_("Real people have joined this event, so it cannot be rehearsed any more."))
        self.clear_rehearsal(by=by)
        self._back_to_start()
        self.door = "closed"
        self.is_rehearsal, self.rehearsal_pass = True, hashed_pass
        self.record("rehearsal.began", by=by)

    def clear_rehearsal(self, *, by: Actor) -> None:
        """Delete all that a rehearsal made, and set the agenda back to its start."""
        if not self.is_rehearsal:
            return
        rehearsed = select(Idea.id).where(Idea.event_id == self.id, Idea.channel == "rehearsal")
        self.database.execute(
            update(Idea).where(Idea.merged_into_id.in_(rehearsed)).values(merged_into_id=None, state="shown")
        )
        for table in (Idea, Participant, Ballot):
            self.database.execute(delete(table).where(table.event_id == self.id, table.channel == "rehearsal"))
        self.forget_organizations()
        self._back_to_start()
        self.is_rehearsal, self.rehearsal_pass = False, None
        self.record("rehearsal.cleared", by=by)
        self.database.flush()
        self.database.expire_all()

    def forget_organizations(self) -> None:
        """Organizations that only the simulated room had named."""
        named = or_(
            select(Participant.id).where(Participant.organization_id == Organization.id).exists(),
            select(Idea.id).where(Idea.organization_id == Organization.id).exists(),
        )
        self.database.execute(delete(Organization).where(Organization.event_id == self.id, ~named))

    def _back_to_start(self) -> None:
        self.forget_ballots()
        self.round = 1
        self.position, self.scoring_opened_at, self.revealed_at, self.closing_hash = 0, None, None, ""
        self._turn_board_to(None)
        self.timer_ends_at, self.timer_left, self.timer_closes, self.timer_struck = None, None, False, None
        self.results_seen = False
        self.database.execute(update(Idea).where(Idea.event_id == self.id).values(round=1, is_marked=False))
        for activity in self.activities:
            activity.opened_at = activity.closed_at = None
        self.version += 1
