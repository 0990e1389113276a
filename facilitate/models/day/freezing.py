"""Freezing: what the ballot is when scoring opens is written down, and a change is a new version."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select

from facilitate.models.ballot_version import BallotVersion
from facilitate.models.day.weighing import Weighing
from facilitate.models.log import Actor

RULES = ("weights_by", "per_person", "cut_to", "n_min", "top", "k_board", "k_export", "balance", "fall_back")
ASKED = (
    "code",
    "label",
    "statement",
    "helper",
    "levels",
    "weight",
    "lower_is_better",
    "evidence_expected",
)


class Freezing(Weighing):
    """The versions of the ballot."""

    __abstract__ = True

    def freeze(self, *, by: Actor) -> None:
        """Settle the weights and keep the ballot as it is now, unless the last version says the same."""
        before = self.weights
        weights_set = self.settle_weights(by=by) if self.weights_by == "room" else {"by": "host"}
        content = self.ballot_content() | {"weights_set": weights_set, "host_weights": before}
        last = self.frozen_ballot()
        if last is not None and _without_host(last.content) == _without_host(content):
            return
        number = last.number + 1 if last else 1
        self.database.add(BallotVersion(event_id=self.id, number=number, round=self.round, content=content))
        self.record("ballot.frozen", by=by, number=number)

    def frozen_ballot(self) -> BallotVersion | None:
        """The newest version; none before scoring first opened."""
        versions = select(BallotVersion).where(BallotVersion.event_id == self.id)
        return self.database.scalar(versions.order_by(BallotVersion.number.desc()).limit(1))

    def ballot_content(self) -> dict[str, Any]:
        """Everything that decides what an answer means and how it counts."""
        return {
            "criteria": [{name: getattr(criterion, name) for name in ASKED} for criterion in self.criteria],
            **{name: getattr(self, name) for name in RULES},
        }

    def forget_ballots(self) -> None:
        """As if scoring had never opened: what the host had set before the room weighed is back."""
        mine = BallotVersion.event_id == self.id
        first = self.database.scalar(select(BallotVersion).where(mine).order_by(BallotVersion.number).limit(1))
        if first is not None:
            self.put_weights(first.content["host_weights"])
            self.database.execute(delete(BallotVersion).where(mine))


def _without_host(content: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name != "host_weights"}
