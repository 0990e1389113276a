"""One text in the languages of an event: a field for each, side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from wtforms import Form, StringField, TextAreaField
from wtforms.validators import ValidationError

from facilitate.forms.house import Graphemes
from facilitate.models import Texts
from facilitate.text import line, paragraphs

NO_BREAK = {"\u00a0": "\ue010", "\u202f": "\ue011"}
"""The spaces that French puts before a colon, and what stands in for them while other spaces are tidied."""


class TextsForm(Form):
    @property
    def texts(self) -> Texts:
        return {tag: words for tag, words in self.data.items() if words}


def wording(text: str | None) -> str:
    """One line, with its no-break spaces."""
    return _with_no_breaks(line, text)


def several_lines(text: str | None) -> str:
    """Paragraphs, with their no-break spaces."""
    return _with_no_breaks(paragraphs, text)


def _with_no_breaks(clean: Callable[[str | None], str], text: str | None) -> str:
    for space, stand_in in NO_BREAK.items():
        text = (text or "").replace(space, stand_in)
    text = clean(text)
    for space, stand_in in NO_BREAK.items():
        text = text.replace(stand_in, space)
    return text


def in_languages(languages: Iterable[str], most: int, *, is_long: bool = False) -> type[TextsForm]:
    """The form for one text of at most so many characters. Where it is long it may have paragraphs."""
    field, clean = (TextAreaField, several_lines) if is_long else (StringField, wording)
    fields = {tag: field(validators=[Graphemes(most)], filters=[clean]) for tag in languages}
    return type("TextsForm", (TextsForm,), fields)


class Refuses:
    """Says no to a field, for a reason that only its whole form knows."""

    def __init__(self, why: str) -> None:
        self.why = why
        self.field_flags: dict[str, Any] = {}

    def __call__(self, form: Form, field: Any) -> None:
        raise ValidationError(self.why)


def has_words(field: Any, language: str, why: str) -> bool:
    """Is the text there in any language? If not, the event’s own is asked for, where that has a field."""
    if field.form.texts:
        return True
    own = [one for one in field.form if one.short_name == language]
    blank: Any = (own or list(field.form))[0]
    blank.validators = [*blank.validators, Refuses(why)]
    return False
