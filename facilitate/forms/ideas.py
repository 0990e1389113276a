"""An idea, with what shows it."""

from __future__ import annotations

from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import FieldList, Form, FormField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, Optional, StopValidation

from facilitate.forms.house import (
    DETAILS_LENGTH,
    SENTENCE_LENGTH,
    TITLE_LENGTH,
    Graphemes,
    HouseForm,
    Say,
    choices_of,
    must_be_listed,
    web_link,
)
from facilitate.models import Event
from facilitate.text import line, paragraphs


class EvidenceForm(Form):
    type = SelectField(_l("What is it?"), [Optional()], validate_choice=False)
    text = StringField(_l("In one sentence"), [Optional(), Graphemes(SENTENCE_LENGTH)], filters=[line])
    link = StringField(_l("or a link"), [Optional(), Graphemes(480), web_link], filters=[line])

    def is_filled(self) -> bool:
        return bool(self.text.data or self.link.data)


class IdeaForm(HouseForm):
    title = TextAreaField(_l("Your idea in one sentence"), [DataRequired(), Graphemes(TITLE_LENGTH)], filters=[line])
    kind = RadioField(_l("It is"), [DataRequired()], validate_choice=False)
    sector = RadioField(_l("It is about"), [Optional()], validate_choice=False)
    details = TextAreaField(
        _l("More about it (optional)"), [Optional(), Graphemes(DETAILS_LENGTH)], filters=[paragraphs]
    )
    organization = StringField(
        _l("Organization that would do it (optional)"), [Optional(), Graphemes(120)], filters=[line]
    )
    evidence = FieldList(FormField(EvidenceForm), min_entries=1, max_entries=3)
    also = frozenset({"more"})

    @classmethod
    def of(cls, event: Event, say: Say, sent: MultiDict[str, str] | None = None, **values: Any) -> Self:
        form = cls(sent, **values)
        kinds = event.listed("kind")
        form.kind.choices = choices_of(kinds, say)
        if not form.kind.data and kinds and sent is None:
            form.kind.data = kinds[0].key
        form.sector.choices = choices_of(event.listed("sector"), say)
        for entry in form.evidence:
            entry.form.type.choices = [SelectChoice("", _("Choose")), *choices_of(event.listed("evidence"), say)]
        return form

    def validate_kind(self, field: Any) -> None:
        must_be_listed(field)

    def validate_sector(self, field: Any) -> None:
        must_be_listed(field)

    def validate_evidence(self, field: Any) -> None:
        for entry in field:
            chosen = entry.form.type
            if entry.form.is_filled() and chosen.data not in [
                choice.value for choice in chosen.choices if choice.value
            ]:
                chosen.errors = [_("Please say what kind of evidence this is.")]
                raise StopValidation(_("Please say what kind of evidence this is."))
