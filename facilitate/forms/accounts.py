"""Facilitators: signing in, the first password, a new event."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, EmailField, Form, PasswordField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, Optional, StopValidation

from facilitate.forms.house import TITLE_LENGTH, Graphemes, HouseForm, near_year
from facilitate.text import line

PASSWORD_LENGTH = 12


def long_enough(form: Form, field: Any) -> None:
    if len(field.data or "") < PASSWORD_LENGTH:
        raise StopValidation(
            _("A password needs %(least)d characters or more. A short sentence works well.", least=PASSWORD_LENGTH)
        )
    if (field.data or "").casefold() in COMMON or len(set(field.data or "")) < 5:
        raise StopValidation(_("This password is easy to guess. A short sentence of your own works well."))


COMMON = frozenset(
    {"password1234", "123456789012", "qwertyuiopas", "administrator", "passwordpassword", "letmeinletmein"}
)


class SignInForm(HouseForm):
    email = EmailField(_l("E-mail"), [DataRequired()], filters=[lambda value: (value or "").strip().lower()])
    password = PasswordField(_l("Password"), [DataRequired()])
    also = frozenset({"next"})


class SetupForm(HouseForm):
    email = EmailField(
        _l("E-mail"), [DataRequired(), Graphemes(250)], filters=[lambda value: (value or "").strip().lower()]
    )
    password = PasswordField(_l("Password"), [DataRequired(), long_enough])

    def validate_email(self, field: Any) -> None:
        if not re.fullmatch(r"[^@\s]+@[^@\s]+", field.data or ""):
            raise StopValidation(_("This does not look like an e-mail address."))


class NewEventForm(HouseForm):
    preset = RadioField(_l("Start from"), [DataRequired()])
    title = StringField(_l("Title"), [Optional(), Graphemes(TITLE_LENGTH)], filters=[line])
    language = SelectField(_l("Main language"), [Optional()])
    starts_on = DateField(_l("Day"), [Optional(), near_year])
    contact = StringField(
        _l("Contact for questions, as the notice names it"), [Optional(), Graphemes(200)], filters=[line]
    )
