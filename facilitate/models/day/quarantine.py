"""Quarantine: a ballot that does not belong is set apart before anybody sees the results, and never silently."""

from __future__ import annotations

from facilitate.errors import N_, Invalid, NotNow
from facilitate.models.ballot import EXCLUSIONS, Ballot
from facilitate.models.day.scoring import Scoring
from facilitate.models.log import Actor


class Quarantine(Scoring):
    """Ballots that are not counted.

    Only between the close of scoring and the first look at the results: while people score, a list of ballots would
    tell who has just tapped; and whoever compares results with and without a ballot knows what is on it.
    """

    __abstract__ = True

    def set_apart(self, ballot: Ballot, reason: str, *, by: Actor) -> None:
        if reason not in EXCLUSIONS:
            raise Invalid(N_("Please choose a reason: it is told with the results."))
        self._refuse_unless_unseen()
        if ballot.excluded == reason:
            return
        with self.resealed() as sealed:
            ballot.excluded = reason
        self.record("ballot.excluded", by=by, reason=reason, **sealed)

    def put_back(self, ballot: Ballot, *, by: Actor) -> None:
        self._refuse_unless_unseen()
        if ballot.excluded is None:
            return
        with self.resealed() as sealed:
            ballot.excluded = None
        self.record("ballot.put_back", by=by, **sealed)

    def see_results(self, *, by: Actor) -> None:
        """The first look at the results, by a host or in a file; from here on ballots stay as they are."""
        if self.results_seen or not self.has_closed_scoring:
            return
        self.results_seen = True
        self.record("results.seen", by=by)

    def _refuse_unless_unseen(self) -> None:
        if not self.has_closed_scoring:
            raise NotNow(N_("Close scoring first. Then ballots can be looked through."))
        if self.results_seen:
            raise NotNow(N_("Somebody has seen the results already, so the ballots stay as they are."))

    def ballot(self, ballot_id: str) -> Ballot | None:
        return self.database.scalar(self.ballots.select().where(Ballot.id == ballot_id))
