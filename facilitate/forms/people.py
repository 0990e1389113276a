"""Who may join, and who helps."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, NumberRange, Optional

from facilitate.forms.house import Graphemes, HouseForm
from facilitate.text import line

MOST_TICKETS = 300
"""So many on one sheet: each is a QR to draw."""


class AdmissionForm(HouseForm):
    mode = StringField(validators=[DataRequired()])
    heads = IntegerField(_l("People in the room"), [Optional(), NumberRange(1, 10_000)])


class TicketsForm(HouseForm):
    count = IntegerField(_l("How many tickets"), [DataRequired(), NumberRange(1, MOST_TICKETS)])


class SetApartForm(HouseForm):
    reason = StringField(_l("Reason"), [DataRequired()])


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
