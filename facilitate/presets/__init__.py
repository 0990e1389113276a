"""Presets: what an event starts from. A new preset is a TOML file in this folder."""

from __future__ import annotations

import secrets
import tomllib
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from facilitate.errors import N_, NotFound
from facilitate.models import Activity, Actor, Criterion, Event, Term
from facilitate.models.base import now

Preset = dict[str, Any]
A_YEAR = timedelta(days=365)
"""How long the thread between people and answers is kept, unless the host sets another date."""

LISTS = {
    "groups": "group",
    "communities": "community",
    "sectors": "sector",
    "kinds": "kind",
    "set_aside_reasons": "reason",
}


def known() -> list[str]:
    return sorted(
        file.name.removesuffix(".toml") for file in files(__package__).iterdir() if file.name.endswith(".toml")
    )


def load(key: str) -> Preset:
    if key not in known():
        raise NotFound(N_("There is no preset called “%(key)s”."), key=key)
    return tomllib.loads((files(__package__) / f"{key}.toml").read_text(encoding="utf-8"))


def new_event(
    database: Session,
    preset: Preset,
    *,
    by: Actor,
    title: str = "",
    language: str = "",
    starts_on: date | None = None,
    contact: str = "",
) -> Event:
    """An event as the preset describes it, with its own code, added to the database."""
    language = language or preset["default_language"]
    titles = dict(preset["title"])
    if title:
        titles = {language: title}
    event = Event(
        code=free_code(database),
        preset=preset["key"],
        title=titles,
        language=language,
        languages=preset["languages"],
        board_language=language,
        time_zone=preset["time_zone"],
        starts_on=(day := starts_on or now().date()),
        keep_until=max(day, now().date()) + A_YEAR,
        notice={tag: words.replace("{contact}", contact or "—").strip() for tag, words in preset["notice"].items()},
        secrecy=preset["secrecy"],
        moderation=preset["moderation"],
        n_min=preset["n_min"],
        k_board=preset["k_board"],
        k_export=preset["k_export"],
        terms=_terms(preset),
        criteria=[_criterion(position, entry) for position, entry in enumerate(preset["criteria"])],
        activities=[_activity(position, entry) for position, entry in enumerate(preset["agenda"])],
    )
    database.add(event)
    database.flush()
    event.record("event.made", by=by, preset=preset["key"])
    return event


def free_code(database: Session) -> str:
    """Eight digits that no event has; the first is not zero, so that spreadsheets keep it."""
    while True:
        code = str(secrets.randbelow(90_000_000) + 10_000_000)
        if database.scalar(select(Event.id).where(Event.code == code)) is None:
            return code


def _terms(preset: Preset) -> list[Term]:
    lists = {name: preset.get(key, []) for key, name in LISTS.items()}
    lists["evidence"] = preset.get("evidence", {}).get("types", [])
    return [_term(name, position, entry) for name, entries in lists.items() for position, entry in enumerate(entries)]


def _term(name: str, position: int, entry: dict[str, Any]) -> Term:
    return Term(
        list=name,
        key=entry["key"],
        position=position,
        label=entry["label"],
        hint=entry.get("hint"),
        own_organization=entry.get("own_organization", False),
    )


def _criterion(position: int, entry: dict[str, Any]) -> Criterion:
    return Criterion(
        code=entry["code"],
        position=position,
        label=entry["label"],
        statement=entry["statement"],
        helper=entry["helper"],
        levels=entry["levels"],
        weight=str(entry.get("weight", 1)),
        lower_is_better=entry.get("lower_is_better", False),
        evidence_expected=entry.get("evidence_expected", False),
    )


def _activity(position: int, entry: dict[str, Any]) -> Activity:
    return Activity(
        position=position,
        key=entry["key"],
        title=entry["title"],
        prompt=entry.get("prompt"),
        say=entry.get("say"),
        minutes=entry.get("minutes"),
    )
