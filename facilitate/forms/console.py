"""The buttons of the run console: steps of the day, the board, the timer."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, StringField
from wtforms.validators import AnyOf, DataRequired, NumberRange, Optional

from facilitate.forms.house import LARGEST, Graphemes, HouseForm
from facilitate.text import line


class StepForm(HouseForm):
    """A press of a button that moves the day: it says which step of the day it saw."""

    version = IntegerField(validators=[NumberRange(0, LARGEST)])
    confirmation = StringField(filters=[line])


class BoardForm(HouseForm):
    view = StringField(validators=[Optional()])


class BoardLanguageForm(HouseForm):
    language = StringField(validators=[DataRequired()])
    second = StringField(validators=[Optional()])


class SwitchForm(HouseForm):
    """A switch of the board says what it is to be; without a word it turns."""

    wanted = StringField(validators=[Optional(), AnyOf(["yes", "no"])])


class FigureForm(HouseForm):
    figure = StringField(validators=[DataRequired()])


class LanguageForm(HouseForm):
    language = StringField(validators=[DataRequired()])
    also = frozenset({"next"})


class PrintForm(HouseForm):
    """How a sheet is printed; comes with the address, so that printing twice is the same."""

    language = StringField(_l("Language"), [Optional(), Graphemes(12)])
    copies = IntegerField(_l("How many"), [Optional(), NumberRange(1, 200)], default=1)
    first = IntegerField(_l("First number"), [Optional(), NumberRange(1, 9000)], default=1)


class CloseAtZeroForm(HouseForm):
    wanted = StringField(validators=[AnyOf(["yes", "no"])])


class TimerForm(HouseForm):
    minutes = IntegerField(_l("Minutes"), [DataRequired(), NumberRange(-60, 600)])
