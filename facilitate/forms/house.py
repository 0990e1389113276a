"""What every form has in common: it takes only the fields it knows, and says what is wrong in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, cast

from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.i18n import get_translations
from wtforms.validators import StopValidation

from facilitate.errors import Invalid
from facilitate.models import Term
from facilitate.text import length, line, web_address

Say = Callable[[dict[str, str] | None], str]
"""Picks the words of an event's text in the reader's language."""


LARGEST = 2**31 - 1
"""The largest number that every database counts up to."""
FIRST_YEAR, LAST_YEAR = 2000, 2100
TITLE_LENGTH, DETAILS_LENGTH, SENTENCE_LENGTH = 80, 600, 300


@cache
def _sentences(language: str) -> Any:
    """The library's own sentences. It would look for their files anew for every form."""
    return get_translations([language])


class HouseForm(Form):
    """Takes only the fields it knows: a client that sends more is told so, instead of being half understood."""

    also: frozenset[str] = frozenset()

    class Meta:
        """The library's own sentences, in the reader's language."""

        def get_translations(self, _form: Form) -> Any:
            locale = get_locale()
            return _sentences(locale.language if locale else "en")

    def __init__(self, sent: MultiDict[str, str] | None = None, **values: Any) -> None:
        super().__init__(sent, **values)
        if sent is not None:
            self._refuse_unknown(sent)

    def _refuse_unknown(self, sent: Iterable[str]) -> None:
        known = set(self._fields) | self.also
        for name in sent:
            if name.split("-")[0] not in known:
                raise Invalid(_("There is a field that this form does not have: %(name)s", name=line(name)[:40]))


class Graphemes:
    """No longer than a person would count."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, form: Form, field: Any) -> None:
        count = length(field.data or "")
        if count > self.most:
            over = count - self.most
            raise StopValidation(
                ngettext("This is %(num)d character too long.", "This is %(num)d characters too long.", over)
            )


class ExactDigits:
    def __init__(self, count: int) -> None:
        self.count = count

    def __call__(self, form: Form, field: Any) -> None:
        if len(field.data or "") != self.count:
            raise StopValidation(_("This code has %(count)d digits.", count=self.count))


def web_link(form: Form, field: Any) -> None:
    address = web_address(field.data)
    if address.scheme not in ("http", "https") or not address.netloc or re.search(r"[\s<>\"']", field.data):
        raise StopValidation(_("A link starts with https:// and has no spaces."))


def near_year(form: Form, field: Any) -> None:
    if field.data and not FIRST_YEAR <= field.data.year <= LAST_YEAR:
        years = {"first": str(FIRST_YEAR), "last": str(LAST_YEAR)}
        raise StopValidation(_("Please choose a day between the years %(first)s and %(last)s.", **years))


def must_be_listed(field: Any) -> None:
    if field.data and field.data not in [choice.value for choice in field.choices]:
        raise StopValidation(_("Please choose one of the list."))


class EmptyForm(HouseForm):
    pass


def choices_of(terms: Sequence[Term], say: Say) -> list[SelectChoice]:
    return [SelectChoice(term.key, say(term.label)) for term in terms]


def insist(form: HouseForm) -> None:
    """For buttons: nobody typed anything that could be kept, so a wrong press is simply refused."""
    if not form.validate():
        raise Invalid(next(iter(cast("dict[str, list[str]]", form.errors).values()))[0])
