"""What hosts send about results: marks, and other weights to try."""

from __future__ import annotations

import re
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import Form, StringField
from wtforms.validators import AnyOf, DataRequired, Optional, StopValidation

from facilitate.forms.house import Graphemes, HouseForm, Say
from facilitate.models import Event
from facilitate.text import decimal, line


class MarkForm(HouseForm):
    wanted = StringField(validators=[AnyOf(["yes", "no"])])


def a_weight(form: Form, field: Any) -> None:
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,3})?", field.data or ""):
        raise StopValidation(_("A weight is a number from 0 to 999, such as 2 or 0.5."))


class WeightsForm(HouseForm):
    """One field per criterion, `weight-A` and so on: weights to try. Name and reason wait for the wish to keep them."""

    name = StringField(_l("Name"), [Optional(), Graphemes(80)], filters=[line])
    reason = StringField(_l("Why these weights?"), [Optional(), Graphemes(200)], filters=[line])
    also = frozenset({"weight"})

    @classmethod
    def of(cls, event: Event, say: Say, sent: MultiDict[str, str] | None = None) -> WeightsForm:
        fields = {
            f"weight-{criterion.code}": StringField(
                say(criterion.label), [a_weight], filters=[decimal], default=criterion.weight
            )
            for criterion in event.criteria
        }
        return cast("WeightsForm", type(cls.__name__, (cls,), fields)(sent))

    @property
    def weights(self) -> dict[str, Any]:
        """Criterion's code to its field."""
        return {name.partition("-")[2]: field for name, field in self._fields.items() if name.startswith("weight-")}

    @property
    def typed(self) -> dict[str, str]:
        return {code: field.data for code, field in self.weights.items()}

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if not any(float(typed) for typed in self.typed.values()):
            self.form_errors.append(_("At least one criterion has to count: not every weight can be 0."))
        return not self.form_errors


class ScenarioForm(WeightsForm):
    name = StringField(_l("Name"), [DataRequired(), Graphemes(80)], filters=[line])
    reason = StringField(_l("Why these weights?"), [DataRequired(), Graphemes(200)], filters=[line])
