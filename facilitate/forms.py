"""What people may send, and how it is cleaned. A field that a form does not know is refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, Self, cast

from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    FieldList,
    Form,
    FormField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.i18n import get_translations
from wtforms.validators import AnyOf, DataRequired, NumberRange, Optional, StopValidation

from facilitate.errors import Invalid
from facilitate.models import Event, Term
from facilitate.models.call_entry import PRINCIPLES, STREAMS
from facilitate.models.idea import LABEL_LENGTH
from facilitate.models.people import REENTRY_DIGITS
from facilitate.models.ticket import TICKET_DIGITS
from facilitate.text import decimal, digits, length, line, paragraphs, web_address

Say = Callable[[dict[str, str] | None], str]
"""Picks the words of an event's text in the reader's language."""

TITLE_LENGTH, DETAILS_LENGTH, SENTENCE_LENGTH = 80, 600, 300
NEED_LENGTH, PLACE_LENGTH, PARTNERS_LENGTH = 2000, 100, 200
PASSWORD_LENGTH = 12
MOST_TICKETS = 300
"""So many on one sheet: each is a QR to draw."""


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


# --- at the door ---


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
        form.group.choices = [*_choices(event.listed("group"), say), SelectChoice("", _("I prefer not to say"))]
        form.community.choices = [*_choices(event.listed("community"), say), SelectChoice("", _("I prefer not to say"))]
        return form

    def validate_group(self, field: Any) -> None:
        _must_be_listed(field)

    def validate_community(self, field: Any) -> None:
        _must_be_listed(field)

    def validate_ticket(self, field: Any) -> None:
        if self.needs_ticket:
            ExactDigits(TICKET_DIGITS)(self, field)


def _must_be_listed(field: Any) -> None:
    if field.data and field.data not in [choice.value for choice in field.choices]:
        raise StopValidation(_("Please choose one of the list."))


class ReentryForm(HouseForm):
    reentry = StringField(_l("Your 10-digit code"), [ExactDigits(REENTRY_DIGITS)], filters=[digits])


# --- ideas ---


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
        form.kind.choices = _choices(kinds, say)
        if not form.kind.data and kinds and sent is None:
            form.kind.data = kinds[0].key
        form.sector.choices = _choices(event.listed("sector"), say)
        for entry in form.evidence:
            entry.form.type.choices = [SelectChoice("", _("Choose")), *_choices(event.listed("evidence"), say)]
        return form

    def validate_kind(self, field: Any) -> None:
        _must_be_listed(field)

    def validate_sector(self, field: Any) -> None:
        _must_be_listed(field)

    def validate_evidence(self, field: Any) -> None:
        for entry in field:
            chosen = entry.form.type
            if entry.form.is_filled() and chosen.data not in [
                choice.value for choice in chosen.choices if choice.value
            ]:
                chosen.errors = [_("Please say what kind of evidence this is.")]
                raise StopValidation(_("Please say what kind of evidence this is."))


# --- scribes ---

PEN = (("paper", _l("On paper")), ("scribe", _l("Said aloud")))


class ScribedIdeaForm(IdeaForm):
    channel = RadioField(
        _l("It came"), [DataRequired()], choices=[SelectChoice(*choice) for choice in PEN], default="paper"
    )


class BallotForm(JoinForm):
    """A ballot for somebody without a phone; the number is printed on the paper."""

    remote = None  # type: ignore[assignment]  # it comes on paper or by word of mouth
    number = StringField(_l("Number on the ballot"), [DataRequired(), Graphemes(20)], filters=[line])
    channel = RadioField(
        _l("It came"), [DataRequired()], choices=[SelectChoice(*choice) for choice in PEN], default="paper"
    )


# --- console ---


class StepForm(HouseForm):
    """A press of a button that moves the day: it says which step of the day it saw."""

    version = IntegerField(validators=[NumberRange(0)])
    confirmation = StringField(filters=[line])


class EmptyForm(HouseForm):
    pass


class SortForm(HouseForm):
    """A press that sorts an idea says in which state it saw it."""

    seen = StringField(validators=[Optional()], default="")


class UndoForm(HouseForm):
    """Which entries of the log are to be taken back: from the first to the last."""

    first = IntegerField(validators=[NumberRange(1)])
    last = IntegerField(validators=[NumberRange(1)])


class LabelForm(SortForm):
    label = StringField(_l("Short label"), [DataRequired(), Graphemes(LABEL_LENGTH)], filters=[line])


class HideForm(SortForm):
    reason = SelectField(_l("Reason"), [Optional()], validate_choice=False)
    note = StringField(_l("A word to its author (optional)"), [Optional(), Graphemes(200)], filters=[line])


class MergeForm(SortForm):
    into = StringField(validators=[DataRequired()])


class ModerationForm(HouseForm):
    how = StringField(validators=[DataRequired()])


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


class AdmissionForm(HouseForm):
    mode = StringField(validators=[DataRequired()])
    heads = IntegerField(_l("People in the room"), [Optional(), NumberRange(1, 10_000)])


class TicketsForm(HouseForm):
    count = IntegerField(_l("How many tickets"), [DataRequired(), NumberRange(1, MOST_TICKETS)])


class SetApartForm(HouseForm):
    reason = StringField(_l("Reason"), [DataRequired()])


class PrintForm(HouseForm):
    """How a sheet is printed; comes with the address, so that printing twice is the same."""

    language = StringField(_l("Language"), [Optional(), Graphemes(12)])
    copies = IntegerField(_l("How many"), [Optional(), NumberRange(1, 200)], default=1)
    first = IntegerField(_l("First number"), [Optional(), NumberRange(1, 9000)], default=1)


class CloseAtZeroForm(HouseForm):
    wanted = StringField(validators=[AnyOf(["yes", "no"])])


class TimerForm(HouseForm):
    minutes = IntegerField(_l("Minutes"), [DataRequired(), NumberRange(-60, 600)])


# --- results ---


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


ROLES = (
    ("host", _l("Host")),
    ("cohost", _l("Co-host")),
    ("moderator", _l("Moderator")),
    ("scribe", _l("Scribe")),
    ("observer", _l("Observer")),
    ("board", _l("Board")),
)
ROLE_HINTS = {
    "host": _l("does everything"),
    "cohost": _l("runs the day and sees results; cannot invite people or set ballots apart"),
    "moderator": _l("looks through ideas before they reach the wall"),
    "scribe": _l("types in ideas and paper ballots of others"),
    "observer": _l("watches, and changes nothing"),
    "board": _l("only projects"),
}


class InviteForm(HouseForm):
    role = SelectField(
        _l("Role"),
        [DataRequired()],
        choices=[SelectChoice(*choice) for choice in ROLES],
    )
    label = StringField(_l("For whom or where"), [Optional(), Graphemes(60)], filters=[line])


# --- the call for proposals ---


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


# --- accounts ---


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
    starts_on = DateField(_l("Day"), [Optional()])
    contact = StringField(
        _l("Contact for questions, as the notice names it"), [Optional(), Graphemes(200)], filters=[line]
    )


def _choices(terms: Sequence[Term], say: Say) -> list[SelectChoice]:
    return [SelectChoice(term.key, say(term.label)) for term in terms]


def insist(form: HouseForm) -> None:
    """For buttons: nobody typed anything that could be kept, so a wrong press is simply refused."""
    if not form.validate():
        raise Invalid(next(iter(cast("dict[str, list[str]]", form.errors).values()))[0])
