"""What a ranking says, in words: places, bands and agreement; and the language of an idea. In the reader's language."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext

from facilitate.errors import N_
from facilitate.models import Texts
from facilitate.queries.ideas import Card
from facilitate.scoring.ranking import Shortfall
from facilitate.text import script
from facilitate.web import language
from facilitate.web.numbers import number

ORDINALS = {
    "en": {"one": "{}st", "two": "{}nd", "few": "{}rd", "other": "{}th"},
    "fr": {"one": "{}er", "other": "{}e"},
}
"""How a place is written, by the plural category of its ordinal (CLDR). Elsewhere the bare number is read as one."""

BANDS = {
    "in": N_("Clearly among the first %(top)s"),
    "close": N_("Too close to call"),
    "out": N_("Clearly further down"),
}
AGREEMENT = {
    "broad agreement": N_("broad agreement"),
    "mixed": N_("mixed"),
    "divided": N_("divided"),
}
OTHER_REASONS = {
    "no criterion counts": N_("no criterion counts"),
    "no group answered every criterion": N_("no group answered every criterion"),
}


def ordinal(place: int) -> str:
    """3 as 3rd, 3e or ٣."""
    locale = language.locale()
    forms = ORDINALS.get(locale.language, {})
    return forms.get(locale.ordinal_form(place), forms.get("other", "{}")).format(number(place))


def places(low: int | None, high: int | None) -> str:
    """A rank range as people say it: "between 3rd and 9th", "3rd"; empty where there is no range."""
    if low is None or high is None:
        return ""
    if low == high:
        return ordinal(low)
    return str(gettext("between %(low)s and %(high)s", low=ordinal(low), high=ordinal(high)))


def band(key: str, top: int) -> str:
    """A band at the funding line; empty where too few people stand behind it."""
    return str(gettext(BANDS[key], top=number(top))) if key in BANDS else ""


def agreement(label: str) -> str:
    """How far people agree; empty where too few people answered."""
    return str(gettext(AGREEMENT[label])) if label in AGREEMENT else ""


def not_ranked(shortfall: Shortfall | None, criteria: Iterable[tuple[str, Texts]]) -> str:
    """Why an idea is not ranked; empty where it is. `criteria`: code and label of each."""
    if shortfall is None:
        return ""
    if shortfall.other:
        return str(gettext(OTHER_REASONS.get(shortfall.other, shortfall.other)))
    label = next((language.say(texts) for code, texts in criteria if code == shortfall.criterion), shortfall.name)
    given = {"n": number(shortfall.n), "minimum": number(shortfall.minimum)}
    return str(gettext("too few scores (%(n)s of %(minimum)s) on %(criterion)s", criterion=label, **given))


SCRIPT_OF_THE_PAGE = {"ar": "Arab"}


def written_in(card: Card) -> str:
    """The language of an idea, or else its script, where it is in another script than the page.

    Which language the Latin script holds is only guessed from the phone's own, so it is not said.
    """
    page = language.locale()
    found = script(card.title)
    if found in ("", SCRIPT_OF_THE_PAGE.get(page.language, "Latn")):
        return ""
    if card.language and found != "Latn":
        return str(page.languages.get(card.language, card.language))
    return str(gettext("%(script)s script", script=page.scripts.get(found, found)))
