"""Weighing: everybody shares 100 points among the criteria; the means become the weights when scoring opens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from sqlalchemy import delete, select

from facilitate.errors import N_, Invalid, NotNow
from facilitate.models.ballot import Ballot
from facilitate.models.day.design import Design
from facilitate.models.log import Actor
from facilitate.models.weighing import POINTS, WeightPoints, points_of
from facilitate.scoring.rounding import fixed


class Weighing(Design):
    """Points of the room."""

    __abstract__ = True

    def give_points(self, ballot: Ballot, points: Mapping[str, int], *, by: Actor) -> None:
        """What one ballot says on each criterion; it replaces what it said before."""
        if self.has_opened_scoring:
            raise NotNow(N_("Scoring has begun: the weights are set and stay as they are."))
        if not self.offers("weigh"):
            raise NotNow()
        if points.keys() != {criterion.code for criterion in self.criteria} or min(points.values()) < 0:
            raise Invalid()
        if sum(points.values()) != POINTS:
            raise Invalid(N_("The points have to add up to %(points)s."), points=POINTS)
        if points == points_of(self.database, ballot, self.criteria):
            return
        self.database.execute(delete(WeightPoints).where(WeightPoints.ballot_id == ballot.id))
        self.database.add_all(
            WeightPoints(ballot_id=ballot.id, criterion_id=criterion.id, points=points[criterion.code])
            for criterion in self.criteria
        )
        self.record("points.given", by=by)

    def complete_points(self) -> list[dict[int, int]]:
        """Criterion to points, of every ballot that has given all of its points to the criteria there are."""
        asked = {criterion.id for criterion in self.criteria}
        given: dict[str, dict[int, int]] = defaultdict(dict)
        rows = self.database.execute(
            select(WeightPoints.ballot_id, WeightPoints.criterion_id, WeightPoints.points)
            .join(Ballot, Ballot.id == WeightPoints.ballot_id)
            .where(Ballot.event_id == self.id, Ballot.excluded.is_(None))
        )
        for ballot, criterion, points in rows:
            given[ballot][criterion] = points
        return [own for own in given.values() if own.keys() == asked and sum(own.values()) == POINTS]

    def settle_weights(self, *, by: Actor) -> dict[str, Any]:
        """Who set them in the end, and how many: the mean of each criterion's points becomes its weight.

        Where too few people gave points, the host's weights stay.
        """
        given = self.complete_points()
        before = self.weights
        if len(given) < self.k_board:
            self.record("weights.kept", by=by, least=self.k_board)
            return {"by": "host", "too_few": True}
        self.put_weights(
            {
                criterion.code: fixed(Fraction(sum(own[criterion.id] for own in given), len(given)), 2)
                for criterion in self.criteria
            }
        )
        self.record("weights.set", by=by, who="room", people=len(given), before=before, after=self.weights)
        return {"by": "room", "people": len(given)}
