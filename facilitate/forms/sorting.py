"""What a moderator sends about an idea."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import DataRequired, NumberRange, Optional

from facilitate.forms.house import LARGEST, Graphemes, HouseForm
from facilitate.models.idea import LABEL_LENGTH
from facilitate.text import line


class SortForm(HouseForm):
    """A press that sorts an idea says in which state it saw it."""

    seen = StringField(validators=[Optional()], default="")


class UndoForm(HouseForm):
    """Which entries of the log are to be taken back: from the first to the last."""

    first = IntegerField(validators=[NumberRange(1, LARGEST)])
    last = IntegerField(validators=[NumberRange(1, LARGEST)])


class LabelForm(SortForm):
    label = StringField(_l("Short label"), [DataRequired(), Graphemes(LABEL_LENGTH)], filters=[line])


class HideForm(SortForm):
    reason = SelectField(_l("Reason"), [Optional()], validate_choice=False)
    note = StringField(_l("A word to its author (optional)"), [Optional(), Graphemes(200)], filters=[line])


class MergeForm(SortForm):
    into = StringField(validators=[DataRequired()])


class ModerationForm(HouseForm):
    how = StringField(validators=[DataRequired()])
