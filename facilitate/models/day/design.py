"""Design: how the ballot is made. Once scoring has opened it stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from string import ascii_uppercase
from typing import Any

from sqlalchemy import select

from facilitate.errors import N_, Invalid, NotNow
from facilitate.models.activity import Activity
from facilitate.models.criterion import Criterion
from facilitate.models.day.admission import Admission
from facilitate.models.day.chronicle import WEIGHERS
from facilitate.models.day.steps import BEFORE_SCORING, STEPS
from facilitate.models.log import Actor
from facilitate.models.score import plain
from facilitate.scoring.scales import SCALES
from facilitate.scoring.settings import FLOOR_K

MOST_CRITERIA = 24
HIGHEST_K = 20
LENGTHS = ("all", "vote", "deal")
"""Everybody scores everything, a cut-off vote comes first, or everybody is dealt some ideas."""
DEFAULT_SCALE = next(iter(SCALES))


class Design(Admission):
    """Criteria, weights, how long scoring takes, and the rules of the count."""

    __abstract__ = True

    def refuse_once_frozen(self) -> None:
        if self.has_opened_scoring:
            raise NotNow(
                N_(
                    "Scoring has begun, so the ballot stays as it is. To change it, begin scoring anew: answers given "
                    "so far are kept, but do not count any more."
                )
            )

    # --- criteria ---

    def criterion(self, code: str) -> Criterion | None:
        return next((criterion for criterion in self.criteria if criterion.code == code), None)

    def add_criterion(self, said: Mapping[str, Any], *, by: Actor) -> Criterion:
        """One more criterion at the end, with weight 1. `said`: its columns as people will read them."""
        self.refuse_once_frozen()
        self._refuse_while_weighing()
        if len(self.criteria) >= MOST_CRITERIA:
            raise NotNow(N_("There are %(most)s criteria already. Take one off first."), most=MOST_CRITERIA)
        added = Criterion(code=self._free_letter(), position=self._behind_the_last(), weight="1", **_worded(said))
        self.criteria.append(added)
        self.record("criterion.added", by=by, subject=added.code)
        return added

    def change_criterion(self, criterion: Criterion, said: Mapping[str, Any], *, by: Actor) -> None:
        self.refuse_once_frozen()
        worded = self._kept_in_other_languages(criterion, _worded(said))
        changed = {name: value for name, value in worded.items() if getattr(criterion, name) != value}
        if not changed:
            return
        for name, value in changed.items():
            setattr(criterion, name, value)
        self.record("criterion.changed", by=by, subject=criterion.code, fields=sorted(changed))

    def _kept_in_other_languages(self, criterion: Criterion, said: dict[str, Any]) -> dict[str, Any]:
        for name in ("label", "statement", "helper"):
            if name in said:
                said[name] = self.reworded(getattr(criterion, name), said[name])
        before = {level["value"]: level["label"] for level in criterion.levels}
        if "levels" in said and [level["value"] for level in said["levels"]] == list(before):
            said["levels"] = [
                {**level, "label": self.reworded(before[level["value"]], level["label"])} for level in said["levels"]
            ]
        return said

    def put_on_scale(self, criterion: Criterion, key: str, *, by: Actor) -> None:
        """Answer it on another scale, with that scale's words. Which end is better stays."""
        if key not in SCALES:
            raise Invalid()
        self.change_criterion(criterion, {"levels": levels_of(key, self.languages)}, by=by)

    def move_criterion(self, criterion: Criterion, places: int, *, by: Actor) -> None:
        """Up (-1) or down (1) on the ballot; at the end of it nothing happens."""
        self.refuse_once_frozen()
        order = list(self.criteria)
        before = order.index(criterion)
        after = min(max(0, before + places), len(order) - 1)
        if after == before:
            return
        order.insert(after, order.pop(before))
        for position, one in enumerate(order):
            one.position = position
        self._reread_criteria()
        self.record("criterion.moved", by=by, subject=criterion.code, before=before + 1, after=after + 1)

    def retire_criterion(self, criterion: Criterion, *, by: Actor) -> None:
        """Take it off the ballot. Its letter is not given again, and what an earlier ballot holds on it stays."""
        self.refuse_once_frozen()
        self._refuse_while_weighing()
        if criterion.is_retired:
            return
        refuse_nothing(one.weight for one in self.criteria if one is not criterion)
        criterion.is_retired = True
        self._reread_criteria()
        self.record("criterion.retired", by=by, subject=criterion.code)

    def _reread_criteria(self) -> None:
        self.database.flush()
        self.database.expire(self, ["criteria"])

    def _behind_the_last(self) -> int:
        return max((one.position for one in self.criteria), default=-1) + 1

    def _free_letter(self) -> str:
        """The letter after the last one that was ever given, while there is one."""
        given = set(self.database.scalars(select(Criterion.code).where(Criterion.event_id == self.id)))
        free = [letter for letter in ascii_uppercase if letter not in given]
        after = [letter for letter in free if letter > max(given & set(ascii_uppercase), default="")]
        if not free:
            raise NotNow(N_("Every letter has been used for a criterion. Change one instead of adding another."))
        return (after or free)[0]

    # --- weights ---

    def weigh(self, weights: Mapping[str, str], *, by: Actor) -> None:
        """Say how much each criterion counts: its code to a decimal number from 0 up."""
        self.refuse_once_frozen()
        before = self.weights
        after = before | {code: plain_weight(weight) for code, weight in weights.items() if code in before}
        if after == before:
            return
        refuse_nothing(after.values())
        self.put_weights(after)
        self.record("weights.set", by=by, who="host", before=before, after=after)

    @property
    def weights(self) -> dict[str, str]:
        return {criterion.code: criterion.weight for criterion in self.criteria}

    def put_weights(self, weights: Mapping[str, str]) -> None:
        for criterion in self.criteria:
            criterion.weight = weights.get(criterion.code, criterion.weight)

    def let_weigh(self, who: str, *, by: Actor) -> None:
        """Say who sets the weights. The room does it in a step of its own, right before scoring."""
        self.refuse_once_frozen()
        if who not in WEIGHERS:
            raise Invalid()
        if who == self.weights_by:
            return
        self._put_step("weigh", is_wanted=who == "room")
        before, self.weights_by = self.weights_by, who
        self.record("weights.by", by=by, before=before, after=who)

    def _refuse_while_weighing(self) -> None:
        if self.activity.key == "weigh":
            raise NotNow(N_("People are sharing out their points. Go back one step first, then add or take off."))

    # --- how long it takes ---

    def expect(self, people: int | None, ideas: int | None, *, by: Actor) -> None:
        """How many people and ideas the host counts on, for the time estimate."""
        self.refuse_once_frozen()
        if (people, ideas) == (self.expected_people, self.expected_ideas):
            return
        self.expected_people, self.expected_ideas = people, ideas
        self.record("design.expected", by=by, people=people, ideas=ideas)

    def limit(self, how: str, number: int | None = None, *, by: Actor) -> None:
        """Let everybody score everything, what a cut-off vote keeps, or the ideas that they are dealt."""
        self.refuse_once_frozen()
        if how not in LENGTHS or (how != "all" and (number or 0) < 1):
            raise Invalid(N_("Please say how many ideas."))
        cut_to, per_person = number if how == "vote" else None, number if how == "deal" else None
        if (cut_to, per_person) == (self.cut_to, self.per_person):
            return
        if cut_to != self.cut_to:
            self._put_step("vote", is_wanted=cut_to is not None)
        self.cut_to, self.per_person = cut_to, per_person
        self.record("design.limited", by=by, how=how, ideas=number if how != "all" else None)

    # --- the rules of the count ---

    def rule(self, *, by: Actor, **rules: Any) -> None:
        """n_min, top, k_board, k_export, balance and fall_back: how the count is made, and what is never shown."""
        self.refuse_once_frozen()
        before = {name: getattr(self, name) for name in rules}
        if rules == before:
            return
        self._refuse_rules({name: rules.get(name, getattr(self, name)) for name in ("n_min", "top", *KS)})
        for name, value in rules.items():
            setattr(self, name, value)
        changed = [name for name in rules if rules[name] != before[name]]
        self.record("design.ruled", by=by, **{name: rules[name] for name in changed})

    def _refuse_rules(self, rules: Mapping[str, int]) -> None:
        for name in KS:
            if not FLOOR_K <= rules[name] <= HIGHEST_K:
                raise Invalid(
                    N_("A part of the room is hidden below a number from %(least)s to %(most)s."),
                    least=FLOOR_K,
                    most=HIGHEST_K,
                )
        if self.has_let_in and any(rules[name] < getattr(self, name) for name in KS):
            raise NotNow(N_("People were told how they are protected when they joined. That is not loosened any more."))
        if rules["k_export"] < rules["k_board"]:
            raise Invalid(N_("What leaves the room is not protected less than what the board shows."))
        if rules["n_min"] < rules["k_board"]:
            raise Invalid(N_("An idea is not ranked on fewer scores than the smallest part of the room that is shown."))
        if rules["top"] < 1:
            raise Invalid(N_("The funding line takes in one idea or more."))

    @property
    def has_let_in(self) -> bool:
        """Did the doors open, or has anybody joined? Of an archived event nobody can say any more who has."""
        return self.is_archived or self.door != "closed" or self.count_people() > 0

    # --- steps of the agenda ---

    def _put_step(self, key: str, *, is_wanted: bool) -> None:
        """Put a step before scoring, or take it out; not once the day has come to it."""
        known = next((step for step in self.activities if step.key == key), None)
        if known is not None and known.position <= self.position and not is_wanted:
            raise NotNow(N_("The day has come to this step already. Go back to before it, then it can be taken out."))
        if known is not None and known.position < self.position:
            raise NotNow(N_("This step of the day is over. Go back to it, then it can be changed."))
        if is_wanted and known is None:
            self._insert_step(key)
        elif known is not None and not is_wanted:
            self.activities.remove(known)
            self.renumber_steps()

    def _insert_step(self, key: str) -> None:
        after = BEFORE_SCORING[BEFORE_SCORING.index(key) + 1 :]
        place = next(
            (n for n, step in enumerate(self.activities) if n > self.position and step.key in after),
            len(self.activities),
        )
        self.activities.insert(place, Activity(key=key, **STEPS[key]))
        self.renumber_steps()

    def renumber_steps(self) -> None:
        """What comes next may be another step now: a button that was made before it is too late."""
        self._number_steps()
        if self.timer_struck == self.version:
            self.timer_struck += 1
        self.version += 1

    def _number_steps(self) -> None:
        """First out of each other's way: two steps never have one number."""
        for number, step in enumerate(self.activities, 1):
            step.position = -number
        self.database.flush()
        for number, step in enumerate(self.activities):
            step.position = number
        self.database.flush()


KS = ("k_board", "k_export")


def levels_of(key: str, languages: Iterable[str]) -> list[dict[str, Any]]:
    """The levels of a scale as a criterion keeps them, in the languages of an event as far as the scale has them."""
    wanted = set(languages)
    return [
        {
            "value": plain(float(level.value)),
            "label": {tag: words for tag, words in level.label.items() if tag in wanted} or dict(level.label),
        }
        for level in SCALES[key].levels
    ]


def scale_of(levels: Iterable[Mapping[str, Any]]) -> str:
    """The scale with these values; empty where there is none."""
    values = [plain(float(level["value"])) for level in levels]
    return next((k for k, s in SCALES.items() if [plain(float(one.value)) for one in s.levels] == values), "")


def plain_weight(weight: str) -> str:
    """The same number, written one way: 1.50 as 1.5."""
    return format(Decimal(weight).normalize(), "f")


def refuse_nothing(weights: Iterable[str]) -> None:
    """A ballot on which nothing counts is none."""
    if not any(Decimal(weight) > 0 for weight in weights):
        raise Invalid(N_("At least one criterion must count: give it a weight above 0."))


def _worded(said: Mapping[str, Any]) -> dict[str, Any]:
    for name in ("label", "statement"):
        if name in said and not said[name]:
            raise Invalid(N_("A criterion needs a short label and a statement."))
    if "levels" in said and not all(level["label"] for level in said["levels"]):
        raise Invalid(N_("Every level needs words in at least one language."))
    return dict(said)
