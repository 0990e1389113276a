"""Scrutiny: what hosts ask of the results, beyond the ranking itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from facilitate.errors import N_, Invalid, NotNow
from facilitate.models.base import now
from facilitate.models.day.chronicle import Chronicle
from facilitate.models.log import Actor
from facilitate.models.publication import Publication
from facilitate.models.scenario import Scenario
from facilitate.scoring.errors import BadInput
from facilitate.scoring.weights import scenario


class Scrutiny(Chronicle):
    """Looking at the results from other sides. The ranking stays what it is."""

    __abstract__ = True

    def refuse_before_results(self) -> None:
        if not self.has_closed_scoring or not self.results_seen:
            raise NotNow(N_("Close scoring and look at the results first."))

    def compare_groups(self, shown: dict[str, Any], *, by: Actor) -> None:
        """Show groups beside each other, and remember what was shown of whom (R17)."""
        self.refuse_before_results()
        last = self.database.scalar(
            select(Publication).where(Publication.event_id == self.id).order_by(Publication.number.desc()).limit(1)
        )
        if last and last.sets == shown:
            return
        self.database.add(Publication(event_id=self.id, number=(last.number if last else 0) + 1, sets=shown))
        self.record("groups.compared", by=by)

    def keep_scenario(self, name: str, reason: str, weights: Mapping[str, str], *, by: Actor) -> None:
        """Keep other weights, with who, when and why (R14). They never replace the weights of the ballot."""
        self.refuse_before_results()
        codes = {criterion.code for criterion in self.criteria}
        try:
            tried = scenario(name, author=by.label, at=now(), reason=reason, weights=weights)
        except BadInput as wrong:
            raise Invalid(N_("A scenario needs a name, a reason, and numbers as weights.")) from wrong
        if set(tried.weights) != codes or min(tried.weights.values()) < 0 or not any(tried.weights.values()):
            raise Invalid(N_("A weight is 0 or more, and at least one criterion has to count."))
        kept = Scenario(event_id=self.id, name=name, author=by.label, at=tried.at, reason=reason, weights=dict(weights))
        self.database.add(kept)
        self.record("scenario.kept", by=by, name=name)
