"""Every setting: its default, its meaning and its name in the environment (`FACILITATE_<NAME>`)."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Setting:
    default: Any
    meaning: str
    read: Callable[[str], Any] = str


SETTINGS: dict[str, Setting] = {
    "INSTANCE": Setting("instance", "Folder of the database, the secret key and the backups; made on first start."),
    "DATABASE": Setting("", "Database URL. Empty: SQLite in the instance folder."),
    "REDIS": Setting("", "Redis URL, where several processes serve one PostgreSQL database."),
    "PUBLIC_URL": Setting("", "Address that people type and QR codes hold. Empty: the address that is served."),
    "TRUST_PROXY": Setting(0, "How many proxies in front set X-Forwarded-* headers that may be believed.", int),
    "SOCKET_CAP": Setting(8000, "How many sockets may be open; one more is answered 503 with Retry-After.", int),
    "GUESS_DELAY": Setting(2.0, "Seconds that a wrong code waits for its answer once there were too many.", float),
    "METRICS_TOKEN": Setting("", "Bearer token that opens /metrics from elsewhere. Empty: only this machine sees it."),
    "LOG_FORMAT": Setting("", "json or text. Empty: JSON lines, and text where a person looks on at a terminal."),
    "BACKUP_MINUTES": Setting(60.0, "Minutes between two backups while an event is open; 0: none.", float),
    "BACKUP_FOLDER": Setting("", "Where those go: a USB stick, say. Empty: backups/ of the instance folder."),
    "DEVELOPMENT": Setting(0, "1 adds what only builders of facilitate need: the page /styleguide.", int),
    "WIFI": Setting("", "Name and password of the hall's Wi-Fi, as the lobby shows them."),
}


class BadSetting(Exception):
    """A setting cannot be used; the message says which and why."""


def settings(environment: Mapping[str, str] = os.environ, **overrides: Any) -> dict[str, Any]:
    """All settings: defaults, then the environment, then what the command line says (None says nothing)."""
    chosen: dict[str, Any] = {}
    for name, setting in SETTINGS.items():
        chosen[name] = setting.default
        text = environment.get(f"FACILITATE_{name}")
        if text is not None:
            try:
                chosen[name] = setting.read(text)
            except ValueError as error:
                raise BadSetting(f"FACILITATE_{name} cannot be {text!r}: {setting.meaning}") from error
    chosen.update({name: value for name, value in overrides.items() if value is not None})
    return chosen


def database_url(chosen: Mapping[str, Any]) -> str:
    """The SQLAlchemy address of the database; PostgreSQL is always spoken to through psycopg 3."""
    url = str(chosen["DATABASE"])
    if not url:
        return f"sqlite:///{Path(chosen['INSTANCE']).resolve() / 'facilitate.sqlite'}"
    for plain in ("postgres://", "postgresql://"):
        if url.startswith(plain):
            if find_spec("psycopg") is None:
                raise BadSetting("PostgreSQL needs psycopg. Please run make install, or pip install '.[postgresql]'.")
            return "postgresql+psycopg://" + url.removeprefix(plain)
    return url
