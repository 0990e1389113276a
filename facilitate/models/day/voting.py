"""Voting: a cut-off vote keeps the ideas that most people would score. The others stay on the wall."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from sqlalchemy import delete, func, select, update

from facilitate.errors import N_, NotNow
from facilitate.models.approval import Approval
from facilitate.models.ballot import Ballot
from facilitate.models.day.collecting import Collecting
from facilitate.models.idea import Idea
from facilitate.models.log import Actor


class Voting(Collecting):
    """Approvals, and the line that they draw."""

    __abstract__ = True

    def approve(self, ballot: Ballot, ideas: Collection[str], *, by: Actor) -> None:
        """Which ideas this ballot would keep; it replaces what it said before. What left the wall is passed over."""
        if self.has_opened_scoring:
            raise NotNow(N_("Scoring has begun: which ideas are scored is decided."))
        if not self.offers("vote"):
            raise NotNow()
        on_wall = self.ideas.select().where(Idea.state == "shown").with_only_columns(Idea.id, Idea.public_id)
        wanted = {own for own, public in self.database.execute(on_wall) if public in ideas}
        if wanted == self.approved_by(ballot):
            return
        self.database.execute(delete(Approval).where(Approval.ballot_id == ballot.id))
        self.database.add_all(Approval(ballot_id=ballot.id, idea_id=idea) for idea in sorted(wanted))
        self.record("approvals.given", by=by)

    def approved_by(self, ballot: Ballot) -> set[int]:
        return set(self.database.scalars(select(Approval.idea_id).where(Approval.ballot_id == ballot.id)))

    def approvals(self) -> Counter[int]:
        """Idea to how many ballots would keep it."""
        rows = self.database.execute(
            select(Approval.idea_id, func.count())
            .join(Ballot, Ballot.id == Approval.ballot_id)
            .where(Ballot.event_id == self.id, Ballot.excluded.is_(None))
            .group_by(Approval.idea_id)
        )
        return Counter({row[0]: row[1] for row in rows})

    def count_voters(self) -> int:
        voters = select(func.count(Approval.ballot_id.distinct())).join(Ballot, Ballot.id == Approval.ballot_id)
        return self.database.scalar(voters.where(Ballot.event_id == self.id, Ballot.excluded.is_(None))) or 0

    def close_vote(self, *, by: Actor) -> None:
        """Keep the ideas with the most approvals; a tie across the line stays whole. Too few votes draw no line."""
        ideas = list(self.database.scalars(self.ideas.select().where(Idea.state == "shown")))
        if self.has_opened_scoring or self.cut_to is None or not ideas:
            return
        if self.count_voters() < self.k_board:
            self.record("vote.void", by=by, least=self.k_board)
            return
        approvals = self.approvals()
        ranked = sorted((approvals[idea.id] for idea in ideas), reverse=True)
        line = ranked[min(self.cut_to, len(ranked)) - 1]
        for idea in ideas:
            idea.is_cut = approvals[idea.id] < line
        cut = sum(idea.is_cut for idea in ideas)
        kept = len(ideas) - cut
        people, is_tied = self.count_voters(), kept > self.cut_to
        self.record("vote.closed", by=by, people=people, kept=kept, cut=cut, wanted=self.cut_to, tied=is_tied)

    def reopen_vote(self, *, by: Actor) -> None:
        """All ideas of the wall are up for the vote again."""
        if self.has_opened_scoring:
            return
        back = self.database.execute(
            update(Idea).where(Idea.event_id == self.id, Idea.is_cut).values(is_cut=False).returning(Idea.id)
        ).all()
        if back:
            self.record("vote.reopened", by=by, back=len(back))
