"""What a call for proposals says about one priority."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Optional, StopValidation

from facilitate.forms.house import DETAILS_LENGTH, TITLE_LENGTH, Graphemes, HouseForm
from facilitate.models.call_entry import PRINCIPLES, STREAMS
from facilitate.text import line, paragraphs

NEED_LENGTH, PLACE_LENGTH, PARTNERS_LENGTH = 2000, 100, 200


class CallForm(HouseForm):
    """What a call says about one priority; everything may stay empty for now."""

    title_en = StringField(_l("Title in English"), [Graphemes(TITLE_LENGTH)], filters=[line])
    title_fr = StringField(_l("Title in French"), [Graphemes(TITLE_LENGTH)], filters=[line])
    need_statement = TextAreaField(_l("Need statement"), [Graphemes(NEED_LENGTH)], filters=[paragraphs])
    target_group = StringField(_l("Target group"), [Graphemes(PLACE_LENGTH)], filters=[line])
    geography = StringField(_l("Where"), [Graphemes(PLACE_LENGTH)], filters=[line])
    service_stream = SelectField(_l("Service stream"), [Optional()], validate_choice=False, default="")
    partners = StringField(_l("Partners named"), [Graphemes(PARTNERS_LENGTH)], filters=[line])
    core_alignment = SelectMultipleField(_l("CORE principles it serves"), validate_choice=False)
    dissent_note = TextAreaField(_l("Dissenting view"), [Graphemes(DETAILS_LENGTH)], filters=[paragraphs])

    def validate_service_stream(self, field: Any) -> None:
        if field.data and field.data not in STREAMS:
            raise StopValidation(_("Please choose one of the list."))

    def validate_core_alignment(self, field: Any) -> None:
        if not set(field.data or ()) <= set(PRINCIPLES):
            raise StopValidation(_("Please choose one of the list."))

    def said(self) -> dict[str, str]:
        """As an entry keeps it."""
        letters = "".join(letter for letter in PRINCIPLES if letter in (self.core_alignment.data or ()))
        return {name: str(field.data or "") for name, field in self._fields.items()} | {"core_alignment": letters}
