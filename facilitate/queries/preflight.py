"""The pre-flight list: what a host should have seen to before the doors open, computed from the event itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address

from flask_babel import gettext, ngettext
from sqlalchemy import exists, func, select

from facilitate.extensions import db
from facilitate.logos import is_pale
from facilitate.models import Capability, Convenor, Event, LogEntry, Texts
from facilitate.queries.design import estimate, missing
from facilitate.queries.headcount import joined
from facilitate.text import length

STEPS = ("basics", "lists", "criteria", "agenda", "privacy", "check")
"""The six steps of set-up, by their addresses."""
SHORT = 12
"""Characters of a criterion's label that fit everywhere it stands; French needs some more than English."""
NO_CONTACT = "—"
"""What stands in a notice in the place of a contact that nobody gave."""


@dataclass(frozen=True)
class Check:
    """One line of the list. `step`: where it is mended."""

    step: str
    is_done: bool
    sentence: str
    more: str = ""


def preflight(event: Event, address: str) -> tuple[Check, ...]:
    """Every check, in the order of the steps. `address`: where phones are sent."""
    return (
        *_languages(event),
        _day(event),
        *_logos(event),
        _short_labels(event),
        _length(event),
        _contact(event),
        _address(address),
        _board(event),
        _tried(event),
    )


def open_steps(event: Event) -> set[str]:
    """Steps in which a text is missing; quick enough for every page of set-up."""
    return set(untold(event))


# --- words that are missing ---


def untold(event: Event) -> dict[str, Counter[str]]:
    """Step to how many texts are missing in which language; steps without any are left out."""
    texts: dict[str, list[Texts | None]] = {
        "basics": [event.title, event.acknowledgement],
        "lists": [text for term in event.terms for text in (term.label, term.hint)],
        "agenda": [text for step in event.activities for text in (step.title, step.prompt, step.say)],
        "privacy": [event.notice, event.secrecy],
    }
    found = {step: _missing(some, event.languages) for step, some in texts.items()}
    found["criteria"] = Counter(tag for one in event.criteria for tag in missing(one, event.languages))
    return {step: found[step] for step in STEPS if found.get(step)}


def _missing(texts: Iterable[Texts | None], languages: list[str]) -> Counter[str]:
    """A text that is there in no language at all is not wanted."""
    return Counter(tag for text in texts if text for tag in languages if not text.get(tag))


def _languages(event: Event) -> list[Check]:
    found = untold(event)
    if not found:
        return [Check("basics", True, gettext("Everything is said in every language of the event."))]
    return [
        Check(
            step,
            False,
            ngettext(
                "%(num)s text is missing in a language.", "%(num)s texts are missing in a language.", sum(tags.values())
            ),
            " · ".join(f"{tag} {count}" for tag, count in sorted(tags.items())),
        )
        for step, tags in found.items()
    ]


# --- everything else ---


def _day(event: Event) -> Check:
    if event.starts_on < event.today:
        return Check("basics", False, gettext("The day of the event is over."))
    if not event.place:
        return Check("basics", False, gettext("The place is not said yet."))
    return Check("basics", True, gettext("Day and place are set."))


def _logos(event: Event) -> list[Check]:
    pictures = db.session.execute(
        select(Convenor.name, Convenor.logo)
        .where(Convenor.event_id == event.id, Convenor.logo.is_not(None))
        .order_by(Convenor.position)
    )
    return [
        Check("basics", False, gettext("The logo of “%(name)s” is so pale that nobody sees it on white.", name=name))
        for name, png in pictures
        if png and is_pale(png)
    ]


def _short_labels(event: Event) -> Check:
    long = [one.code for one in event.criteria if any(length(words) > SHORT for words in one.label.values())]
    if long:
        said = gettext("Some short labels have more than %(most)s letters; they may be cut on the board.", most=SHORT)
        return Check("criteria", False, said, ", ".join(long))
    return Check("criteria", True, gettext("The short labels of the criteria fit everywhere."))


def _length(event: Event) -> Check:
    chosen = estimate(event).chosen
    minutes = ngettext(
        "Scoring takes about %(num)s minute for each person.",
        "Scoring takes about %(num)s minutes for each person.",
        chosen.minutes,
    )
    return Check(
        "criteria", not chosen.is_long, minutes, gettext("After 20 minutes people tire.") if chosen.is_long else ""
    )


def _contact(event: Event) -> Check:
    if any(NO_CONTACT in words.split() for words in event.notice.values()):
        return Check("privacy", False, gettext("The notice names nobody who answers questions."))
    return Check("privacy", True, gettext("The notice says who answers questions."))


def _address(address: str) -> Check:
    if _is_this_machine(address):
        return Check(
            "check",
            False,
            gettext("Phones cannot reach this address: it means this computer alone."),
            address,
        )
    return Check("check", True, gettext("Phones are sent to an address that others can reach."), address)


def _is_this_machine(address: str) -> bool:
    host = address.partition("/")[0].rpartition(":")[0].strip("[]") or address.partition("/")[0]
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _board(event: Event) -> Check:
    links = exists().where(Capability.event_id == event.id, Capability.role == "board", Capability.revoked_at.is_(None))
    if db.session.scalar(select(links)):
        return Check("check", True, gettext("There is a link for the computer at the projector."))
    return Check("check", False, gettext("There is no link for the computer at the projector yet."))


def _tried(event: Event) -> Check:
    """Has a phone, or a simulated room, ever come through the door?"""
    rehearsed = db.session.scalar(
        select(func.count()).where(LogEntry.event_id == event.id, LogEntry.action == "participant.joined")
    )
    if rehearsed or joined(event):
        return Check("check", True, gettext("Joining was tried, and it worked."))
    return Check("check", False, gettext("Nobody has tried to join yet."))
