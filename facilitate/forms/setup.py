"""What hosts send while they set an event up: its basics, its lists of words, its agenda, what people are told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast
from zoneinfo import available_timezones

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    Form,
    FormField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, NumberRange, Optional

from facilitate.errors import Invalid
from facilitate.forms.house import TITLE_LENGTH, Graphemes, HouseForm, near_year
from facilitate.forms.texts import has_words, in_languages
from facilitate.models import Activity, Event, Term
from facilitate.models.day.lists import Wanted
from facilitate.models.day.steps import BETWEEN
from facilitate.text import line

WELCOME_LENGTH, NOTICE_LENGTH, SECRECY_LENGTH = 600, 4000, 400
TERM_LENGTH, TERM_HINT_LENGTH = 60, 160
ENTRY = "entry_"
PROMPT_LENGTH, SAY_LENGTH = 200, 600
ZONES = tuple(
    f"America/{city}"
    for city in (
        *("St_Johns", "Halifax", "Moncton", "Toronto", "Thunder_Bay", "Iqaluit", "Winnipeg", "Regina", "Edmonton"),
        *("Yellowknife", "Vancouver", "Whitehorse"),
    )
)
"""Offered first; an event may be anywhere."""


class BasicsForm(HouseForm):
    starts_on = DateField(_l("Day"), [DataRequired(), near_year])
    place = StringField(_l("Place"), [Optional(), Graphemes(120)], filters=[line])
    time_zone = SelectField(_l("Time zone"), [DataRequired()])
    title: Any
    acknowledgement: Any
    event_language: str

    @classmethod
    def of(cls, event: Event, sent: MultiDict[str, str] | None = None) -> Any:
        fields = {
            "title": FormField(in_languages(event.languages, TITLE_LENGTH), _l("Title")),
            "acknowledgement": FormField(
                in_languages(event.languages, WELCOME_LENGTH, is_long=True), _l("Words of welcome")
            ),
            "event_language": event.language,
        }
        form: Any = type("BasicsForm", (cls,), fields)(
            sent,
            starts_on=event.starts_on,
            place=event.place,
            time_zone=event.time_zone,
            title=event.title,
            acknowledgement=event.acknowledgement or {},
        )
        known = available_timezones()
        zones = [zone for zone in ZONES if zone in known]
        others = sorted(zone for zone in known - set(zones) if "/" in zone and not zone.startswith(("Etc/", "posix")))
        form.time_zone.choices = [SelectChoice(zone, zone.replace("_", " ")) for zone in (*zones, *others)]
        return form

    def validate(self, extra_validators: Any = None) -> bool:
        has_title = has_words(self["title"], self.event_language, _("An event needs a title."))
        return super().validate(extra_validators) and has_title

    def said(self) -> dict[str, Any]:
        """The columns of the event."""
        return {
            "title": self.title.form.texts,
            "acknowledgement": self.acknowledgement.form.texts or None,
            "starts_on": self.starts_on.data,
            "place": self.place.data or "",
            "time_zone": self.time_zone.data,
        }


class LanguagesForm(HouseForm):
    main = SelectField(_l("Main language"), [DataRequired()], validate_choice=False)
    spoken = SelectMultipleField(_l("Languages of the event"), [DataRequired()], validate_choice=False)


class ConvenorForm(HouseForm):
    name = StringField(_l("Name of the organization"), [DataRequired(), Graphemes(120)], filters=[line])
    logo = FileField(_l("Logo (optional)"))


class ListForm(HouseForm):
    """One list of words: a row for each entry, and one more that may stay empty. `do` also moves an entry or takes it
    off, so that nothing that was typed is lost by it. Several lists are on one page: each field ends in its list. The
    fields of an entry are named after its key, behind `ENTRY`: a key may be any word, also one that a form knows."""

    do = StringField(filters=[line])
    list: str
    event_language: str
    order: Sequence[Term]

    @classmethod
    def of(cls, event: Event, name: str, sent: MultiDict[str, str] | None = None) -> Any:
        terms = event.listed(name)
        words, hints = in_languages(event.languages, TERM_LENGTH), in_languages(event.languages, TERM_HINT_LENGTH)
        fields = {
            "list": name,
            "event_language": event.language,
            "order": terms,
            f"rows_{name}": _for_each(terms, lambda: FormField(words)),
            f"new_{name}": FormField(words),
        }
        if any(term.hint for term in terms):
            fields[f"hints_{name}"] = _for_each(terms, lambda: FormField(hints))
        if name == "kind":
            fields[f"own_{name}"] = _for_each(terms, BooleanField)
        known = {
            f"rows_{name}": {ENTRY + term.key: term.label for term in terms},
            f"hints_{name}": {ENTRY + term.key: term.hint or {} for term in terms},
            f"own_{name}": {ENTRY + term.key: term.own_organization for term in terms},
        }
        return type("ListForm", (cls,), fields)(sent, **known)

    @property
    def new(self) -> Any:
        """The new row: a field for each language."""
        return cast("FormField[Any]", self[f"new_{self.list}"]).form

    def part(self, what: str) -> dict[str, Any]:
        """Rows, hints or ticks (own) of the entries, by their keys; empty where the list has none of these."""
        field: Any = self._fields.get(f"{what}_{self.list}")
        return {term.key: field.form[ENTRY + term.key] for term in self.order} if field else {}

    def validate(self, extra_validators: Any = None) -> bool:
        needed = [
            has_words(self.part("rows")[term.key], self.event_language, _("Write this in one language at least."))
            for term in self.order
        ]
        return super().validate(extra_validators) and all(needed)

    def wanted(self) -> Sequence[Wanted]:
        """The list as it was typed, with what `do` asks for done to it."""
        entries = [self._entry(term) for term in self.order]
        added = self.new.texts
        what, _colon, key = (self.do.data or "").partition(":")
        at = next((place for place, entry in enumerate(entries) if entry.key == key), None)
        if key and at is None:
            raise Invalid()
        if at is not None and what == "remove":
            del entries[at]
        elif at is not None and what in ("up", "down"):
            place = max(0, at - 1) if what == "up" else at + 1
            entries.insert(place, entries.pop(at))
        return [*entries, *([Wanted(None, added)] if added else [])]

    def _entry(self, term: Term) -> Wanted:
        hints, own = self.part("hints"), self.part("own")
        return Wanted(
            term.key,
            self.part("rows")[term.key].form.texts,
            (hints[term.key].form.texts or None) if hints else None,
            own[term.key].data if own else term.own_organization,
        )


def _for_each(terms: Sequence[Term], field: Callable[[], Any]) -> Any:
    return FormField(type("EntriesForm", (Form,), {ENTRY + term.key: field() for term in terms}))


class AgendaStepForm(HouseForm):
    minutes = IntegerField(_l("Minutes (optional)"), [Optional(), NumberRange(1, 600)])
    title: Any
    prompt: Any
    say: Any
    event_language: str

    @classmethod
    def of(cls, event: Event, step: Activity, sent: MultiDict[str, str] | None = None) -> Any:
        fields = {
            "title": FormField(in_languages(event.languages, TITLE_LENGTH), _l("Title")),
            "prompt": FormField(
                in_languages(event.languages, PROMPT_LENGTH, is_long=True), _l("What people are asked")
            ),
            "say": FormField(in_languages(event.languages, SAY_LENGTH, is_long=True), _l("What you may say")),
            "event_language": event.language,
        }
        return type("AgendaStepForm", (cls,), fields)(
            sent, title=step.title, prompt=step.prompt or {}, say=step.say or {}, minutes=step.minutes
        )

    def validate(self, extra_validators: Any = None) -> bool:
        has_title = has_words(self["title"], self.event_language, _("A step needs a title."))
        return super().validate(extra_validators) and has_title

    def said(self) -> dict[str, Any]:
        """The columns of the step."""
        return {
            "title": self.title.form.texts,
            "prompt": self.prompt.form.texts or None,
            "say": self.say.form.texts or None,
            "minutes": self.minutes.data,
        }


class NewStepForm(HouseForm):
    key = SelectField(
        _l("What"),
        [DataRequired()],
        choices=[
            SelectChoice(key, label) for key, label in zip(BETWEEN, (_l("Presentation"), _l("Break")), strict=True)
        ],
    )
    after = IntegerField(_l("After"), [NumberRange(0, 100)])


class KeepForm(HouseForm):
    until = DateField(_l("Kept until"), [DataRequired(), near_year])


class NoticeForm(HouseForm):
    announces_ballots = BooleanField(_l("Say that raw ballots, without names, may be handed out"))
    notice: Any
    secrecy: Any
    event_language: str

    @classmethod
    def of(cls, event: Event, sent: MultiDict[str, str] | None = None) -> Any:
        fields = {
            "notice": FormField(in_languages(event.languages, NOTICE_LENGTH, is_long=True), _l("Notice of collection")),
            "secrecy": FormField(in_languages(event.languages, SECRECY_LENGTH), _l("The one sentence about secrecy")),
            "event_language": event.language,
        }
        return type("NoticeForm", (cls,), fields)(
            sent, notice=event.notice, secrecy=event.secrecy, announces_ballots=event.announces_ballots
        )

    def validate(self, extra_validators: Any = None) -> bool:
        needed = [
            has_words(self["notice"], self.event_language, _("People must be able to read how their data is used.")),
            has_words(self["secrecy"], self.event_language, _("People must be able to read who could find out.")),
        ]
        return super().validate(extra_validators) and all(needed)

    def said(self) -> dict[str, Any]:
        """The columns of the event."""
        return {
            "notice": self.notice.form.texts,
            "secrecy": self.secrecy.form.texts,
            "announces_ballots": self.announces_ballots.data,
        }
