"""What hosts send about the ballot, and what people send when they weigh criteria or vote on ideas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, FieldList, Form, FormField, IntegerField, SelectMultipleField, StringField
from wtforms.validators import AnyOf, DataRequired, InputRequired, NumberRange, Optional, StopValidation

from facilitate.errors import Invalid
from facilitate.forms.house import HouseForm
from facilitate.forms.texts import Refuses, has_words, in_languages
from facilitate.models import Criterion, Event
from facilitate.models.day.chronicle import WEIGHERS
from facilitate.models.day.design import DEFAULT_SCALE, HIGHEST_K, LENGTHS, levels_of
from facilitate.models.weighing import POINTS
from facilitate.scoring.settings import FLOOR_K
from facilitate.text import line

LABEL_LENGTH, STATEMENT_LENGTH, LEVEL_LENGTH = 24, 200, 60
MOST_LEVELS = 11
WEIGHT = re.compile(r"\d{1,6}(\.\d{1,6})?", re.ASCII)


class CriterionForm(HouseForm):
    """Everything about one criterion but its weight, its scale and its place."""

    lower_is_better = BooleanField(_l("Lower is better"))
    evidence_expected = BooleanField(_l("Evidence is expected"))

    @classmethod
    def of(cls, event: Event, criterion: Criterion | None, sent: MultiDict[str, str] | None = None) -> Any:
        """For a new criterion (None), its levels are those of the usual scale."""
        levels = criterion.levels if criterion else levels_of(DEFAULT_SCALE, event.languages)
        fields = {
            "label": FormField(in_languages(event.languages, LABEL_LENGTH), _l("Short label")),
            "statement": FormField(in_languages(event.languages, STATEMENT_LENGTH), _l("Statement")),
            "helper": FormField(in_languages(event.languages, STATEMENT_LENGTH), _l("In plain words")),
            "levels": FieldList(
                FormField(in_languages(event.languages, LEVEL_LENGTH)), min_entries=len(levels), max_entries=MOST_LEVELS
            ),
            "event_language": event.language,
            "values": [level["value"] for level in levels],
        }
        known = {
            name: getattr(criterion, name)
            for name in ("label", "statement", "helper", "lower_is_better", "evidence_expected")
            if criterion
        }
        return type("CriterionForm", (cls,), fields)(sent, levels=[level["label"] for level in levels], **known)

    def validate(self, extra_validators: Any = None) -> bool:
        """Something in one language at least, everywhere that people must be able to read."""
        needed = [
            has_words(self["label"], self.event_language, _("A criterion needs a short label.")),
            has_words(
                self["statement"], self.event_language, _("A criterion needs a statement: what is an idea scored on?")
            ),
            *(
                has_words(level, self.event_language, _("Every level needs words in at least one language."))
                for level in self._levels
            ),
        ]
        if len(self._levels) != len(self.values):
            raise Invalid()
        return super().validate(extra_validators) and all(needed)

    @property
    def _levels(self) -> list[Any]:
        return list(cast("Iterable[Any]", self["levels"]))

    event_language: str
    values: Sequence[Any]

    def said(self) -> dict[str, Any]:
        """The columns of the criterion."""
        return {
            **{name: cast("Any", self[name]).form.texts for name in ("label", "statement", "helper")},
            "levels": [
                {"value": value, "label": entry.form.texts}
                for value, entry in zip(self.values, self._levels, strict=True)
            ],
            "lower_is_better": self.lower_is_better.data,
            "evidence_expected": self.evidence_expected.data,
        }


class ScaleForm(HouseForm):
    scale = StringField(validators=[DataRequired()])


class PlaceForm(HouseForm):
    """Where in a list something goes: one place up or down, or to a place that it was dragged to."""

    way = StringField(validators=[Optional(), AnyOf(["up", "down"])])
    to = IntegerField(validators=[Optional(), NumberRange(0, 500)])

    def places(self, now: int) -> int:
        """How many places further down than now; upwards is less than 0."""
        if self.to.data is not None:
            return self.to.data - now
        return -1 if self.way.data == "up" else 1


def weight(form: Form, field: Any) -> None:
    """An exact decimal number from 0 up."""
    if not WEIGHT.fullmatch(field.data or ""):
        raise StopValidation(_("A weight is a number from 0 up, such as 1 or 2.5."))


def _point(text: str | None) -> str:
    """What people type for a decimal, with a point."""
    return line(text).replace(",", ".").replace("٫", ".")


class WeightsForm(HouseForm):
    """Who sets the weights, and the host's own."""

    who = StringField(validators=[AnyOf(WEIGHERS)])

    @classmethod
    def of(cls, event: Event, sent: MultiDict[str, str] | None = None) -> Any:
        fields = {code: StringField(code, [weight], filters=[_point]) for code in event.weights}
        numbers = type("NumbersForm", (Form,), fields)
        return type("WeightsForm", (cls,), {"weight": FormField(numbers)})(
            sent, who=event.weights_by, weight=event.weights
        )

    def validate(self, extra_validators: Any = None) -> bool:
        numbers: list[Any] = list(cast("Any", self["weight"]).form)
        if all(WEIGHT.fullmatch(own.data or "") and not Decimal(own.data) for own in numbers):
            numbers[0].validators = [Refuses(_("At least one criterion must count: give it a weight above 0."))]
        return super().validate(extra_validators)

    @property
    def weights(self) -> dict[str, str]:
        return dict(cast("Any", self["weight"]).data)


class LengthForm(HouseForm):
    how = StringField(validators=[AnyOf(LENGTHS)])
    cut_to = IntegerField(_l("Ideas that go on"), [Optional(), NumberRange(1, 500)])
    per_person = IntegerField(_l("Ideas for each person"), [Optional(), NumberRange(1, 500)])
    expected_people = IntegerField(_l("People expected"), [Optional(), NumberRange(1, 10_000)])
    expected_ideas = IntegerField(_l("Ideas expected"), [Optional(), NumberRange(1, 500)])

    @property
    def number(self) -> int | None:
        return {"vote": self.cut_to.data, "deal": self.per_person.data}.get(self.how.data or "")

    def validate_cut_to(self, field: Any) -> None:
        self._insist_on("vote", field)

    def validate_per_person(self, field: Any) -> None:
        self._insist_on("deal", field)

    def _insist_on(self, how: str, field: Any) -> None:
        if self.how.data == how and field.data is None and not field.errors:
            raise StopValidation(_("Please say how many ideas."))


class RulesForm(HouseForm):
    n_min = IntegerField(_l("Scores an idea needs to be ranked"), [InputRequired(), NumberRange(FLOOR_K, 1000)])
    top = IntegerField(_l("Ideas above the funding line"), [InputRequired(), NumberRange(1, 500)])
    k_board = IntegerField(
        _l("Smallest part of the room shown on screens"), [InputRequired(), NumberRange(FLOOR_K, HIGHEST_K)]
    )
    k_export = IntegerField(
        _l("Smallest part of the room in files"), [InputRequired(), NumberRange(FLOOR_K, HIGHEST_K)]
    )
    balance = BooleanField(_l("Every group counts the same, however many people it has"))
    fall_back = BooleanField(_l("In a second round, what somebody leaves blank is taken from the first"))

    @classmethod
    def of(cls, event: Event, sent: MultiDict[str, str] | None = None) -> RulesForm:
        return cls(sent, **{name: getattr(event, name) for name in RULES})

    @property
    def rules(self) -> dict[str, Any]:
        return {name: self[name].data for name in RULES}


RULES = ("n_min", "top", "k_board", "k_export", "balance", "fall_back")


class PointsForm(HouseForm):
    """A hundred points over the criteria."""

    points: Any

    @classmethod
    def of(cls, criteria: Sequence[Criterion], given: dict[str, int], sent: MultiDict[str, str] | None = None) -> Any:
        fields = {one.code: IntegerField(one.code, [Optional(), NumberRange(0, POINTS)]) for one in criteria}
        purse = type("PurseForm", (Form,), fields)
        return type("PointsForm", (cls,), {"points": FormField(purse)})(sent, points=given)

    @property
    def given(self) -> dict[str, int]:
        """What stays empty gets nothing."""
        return {code: points or 0 for code, points in self.points.data.items()}

    @property
    def left(self) -> int:
        """Points that are still to be given; below 0, those too many."""
        return POINTS - sum(self.given.values())

    def validate(self, extra_validators: Any = None) -> bool:
        """What does not add up is said once, above the fields."""
        self.why = "" if self.left == 0 else _points_left(self.left)
        return super().validate(extra_validators) and not self.why

    why = ""


def _points_left(left: int) -> str:
    if left > 0:
        return str(
            ngettext(
                "%(num)s point is left. Give it to a criterion too, then save.",
                "%(num)s points are left. Give them to the criteria too, then save.",
                left,
            )
        )
    return str(
        ngettext(
            "This is %(num)s point too many. Take it away somewhere, then save.",
            "These are %(num)s points too many. Take them away somewhere, then save.",
            -left,
        )
    )


class VoteForm(HouseForm):
    keep = SelectMultipleField(validate_choice=False)
