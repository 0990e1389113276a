"""Scrutiny: what hosts ask of the results, beyond the ranking itself."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from facilitate.errors import N_, NotNow
from facilitate.models.day.chronicle import Chronicle
from facilitate.models.log import Actor
from facilitate.models.publication import Publication


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
