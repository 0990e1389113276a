"""At the door: the code, who somebody is as far as they say, and the digits to come back with."""

from __future__ import annotations

from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import Optional

from facilitate.forms.house import ExactDigits, Graphemes, HouseForm, Say, choices_of, must_be_listed
from facilitate.models import Event
from facilitate.models.people import REENTRY_DIGITS
from facilitate.models.ticket import TICKET_DIGITS
from facilitate.text import digits, line


class CodeForm(HouseForm):
    code = StringField(_l("Event code"), [ExactDigits(8)], filters=[digits])


class JoinForm(HouseForm):
    """Everything is optional: joining asks for nothing that a person must tell."""

    group = RadioField(_l("I am here as"), [Optional()], validate_choice=False, default="")
    community = RadioField(_l("My community"), [Optional()], validate_choice=False, default="")
    organization = StringField(_l("My organization"), [Optional(), Graphemes(120)], filters=[line])
    language = StringField(_l("Language"), [Optional()])
    remote = BooleanField(_l("I take part from elsewhere, not in the room"))
    ticket = StringField(_l("My ticket"), filters=[digits])
    needs_ticket = False
    also = frozenset({"rehearsal"})

    @classmethod
    def of(
        cls,
        event: Event,
        say: Say,
        sent: MultiDict[str, str] | None = None,
        *,
        needs_ticket: bool = False,
        **values: Any,
    ) -> Self:
        form = cls(sent, **values)
        form.needs_ticket = needs_ticket
        form.group.choices = [*choices_of(event.listed("group"), say), SelectChoice("", _("I prefer not to say"))]
        form.community.choices = [
            *choices_of(event.listed("community"), say),
            SelectChoice("", _("I prefer not to say")),
        ]
        return form

    def validate_group(self, field: Any) -> None:
        must_be_listed(field)

    def validate_community(self, field: Any) -> None:
        must_be_listed(field)

    def validate_ticket(self, field: Any) -> None:
        if self.needs_ticket:
            ExactDigits(TICKET_DIGITS)(self, field)


class ReentryForm(HouseForm):
    reentry = StringField(_l("Your 10-digit code"), [ExactDigits(REENTRY_DIGITS)], filters=[digits])
