"""What a scribe sends for somebody without a phone."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired

from facilitate.forms.door import JoinForm
from facilitate.forms.house import Graphemes
from facilitate.forms.ideas import IdeaForm
from facilitate.text import line

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
