"""Planning: what the agenda says, how long each step takes, and what stands between the steps that a day needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from facilitate.errors import N_, Invalid, NotNow
from facilitate.models.activity import Activity
from facilitate.models.day.design import Design
from facilitate.models.day.steps import BETWEEN, STEPS
from facilitate.models.log import Actor

MOST_STEPS = 30
TEXTS = ("title", "prompt", "say")
WORDED = (*TEXTS, "minutes")


class Planning(Design):
    """The steps of the day, before the day has come to them."""

    __abstract__ = True

    def reword_step(self, step: Activity, said: Mapping[str, Any], *, by: Actor) -> None:
        """Change title, prompt, what the host may say, or the minutes."""
        if "title" in said and not said["title"]:
            raise Invalid(N_("A step needs a title in one language at least."))
        worded = {name: self.reworded(getattr(step, name), said[name]) or None for name in TEXTS if name in said}
        said = {**said, **worded}
        changed = [name for name in WORDED if name in said and said[name] != getattr(step, name)]
        if not changed:
            return
        for name in changed:
            setattr(step, name, said[name])
        self.record("agenda.changed", by=by, activity=step.key, fields=changed)

    def add_step(self, key: str, after: int, *, by: Actor) -> Activity:
        """Put a presentation or a break right behind the step with this position, but not into what is over."""
        if key not in BETWEEN:
            raise Invalid()
        if len(self.activities) >= MOST_STEPS:
            raise NotNow(N_("There are %(most)s steps already. Take one out first."), most=MOST_STEPS)
        if self.following is None:
            raise NotNow(N_("The day is at its last step. Nothing comes after it."))
        added = Activity(key=key, **STEPS[key])
        self.activities.insert(min(max(self.position, after), len(self.activities) - 2) + 1, added)
        self.renumber_steps()
        self.record("agenda.added", by=by, activity=key)
        return added

    def move_step(self, step: Activity, places: int, *, by: Actor) -> None:
        """Earlier (-1) or later (1). The steps that a day needs keep their order, and so does what is over."""
        self._refuse_past(step)
        before, last = step.position, len(self.activities) - 1
        after = min(max(self.position + 1, before + places), last - 1) if before < last else last
        order = list(self.activities)
        order.insert(after, order.pop(before))
        if after == before:
            return
        if _needed(order) != _needed(self.activities):
            raise NotNow(N_("These steps need each other in this order. Presentations and breaks can go anywhere."))
        self.activities[:] = order
        self.renumber_steps()
        self.record("agenda.moved", by=by, activity=step.key, before=before + 1, after=after + 1)

    def remove_step(self, step: Activity, *, by: Actor) -> None:
        """Take a presentation or a break out again."""
        self._refuse_past(step)
        if step.key not in BETWEEN:
            raise NotNow(N_("A planning day needs this step. Its words and minutes can be changed."))
        self.activities.remove(step)
        self.renumber_steps()
        self.record("agenda.removed", by=by, activity=step.key)

    def _refuse_past(self, step: Activity) -> None:
        if step.position <= self.position:
            raise NotNow(N_("The day has come to this step already, so it stays where it is."))


def _needed(order: list[Activity]) -> list[str]:
    return [step.key for step in order if step.key not in BETWEEN]
