"""The journal: what the server says to whoever runs it, as lines that a program can read.

Never in it: scores, tokens, codes, people's text, addresses of mails or of phones. An account is its number, an event
is its number, a network address loses its last part, and an error is named without its message, which may quote people.
"""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from ipaddress import ip_address, ip_network
from secrets import token_hex
from types import TracebackType

log = logging.getLogger("facilitate")
request_id: ContextVar[str] = ContextVar("request_id", default="")
"""Under which name everything about the present request is found."""

SELDOM = 10.0
"""Seconds between two lines about the same kind of nuisance; what came in between is counted."""
_nuisances: dict[str, tuple[float, int]] = {}


class Lines(logging.Formatter):
    """One JSON object for each entry, on one line whatever it holds."""

    def format(self, record: logging.LogRecord) -> str:
        said = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            # What libraries say may quote requests; of them it is enough to know who complained.
            "what": record.getMessage() if record.name == log.name else f"{record.name}: {record.msg!s:.60}",
            "request": request_id.get() or None,
            **getattr(record, "details", {}),
        }
        if record.exc_info and record.exc_info[0]:
            said["error"], said["trace"] = record.exc_info[0].__name__, trace(record.exc_info[2])
        return json.dumps({name: value for name, value in said.items() if value is not None})


class Words(logging.Formatter):
    """For a person at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        details = "".join(f" {name}={value}" for name, value in getattr(record, "details", {}).items())
        found = f"{datetime.now().astimezone():%H:%M:%S} {record.levelname.lower()}: {record.getMessage()}{details}"
        return f"{found}\n{trace(record.exc_info[2])}" if record.exc_info and record.exc_info[2] else found


def trace(where: TracebackType | None) -> str:
    """Where an error happened. Its message is left out, because it may quote what people wrote."""
    return "Traceback (most recent call last):\n" + "".join(traceback.format_tb(where))


def open_journal(form: str = "") -> None:
    """Write to standard error from now on: for a person who looks on, only what they should know."""
    is_for_people = form == "text" or (form != "json" and sys.stderr.isatty())
    pen = logging.StreamHandler()
    pen.setFormatter(Words() if is_for_people else Lines())
    pen.setLevel(logging.WARNING if is_for_people else logging.INFO)
    root = logging.getLogger()
    root.handlers[:] = [pen]
    log.setLevel(logging.INFO)
    logging.captureWarnings(True)
    for name in (log.name, "engineio.server", "socketio.server"):
        logging.getLogger(name).handlers.clear()  # pens that they brought along


def new_request() -> None:
    """From here on, every line belongs to one request."""
    request_id.set(token_hex(4))


def note(what: str, **details: object) -> None:
    """Something happened that an operator may ask about later."""
    log.info(what, extra={"details": details})


def warn(what: str, **details: object) -> None:
    """Something is wrong, and somebody should look."""
    log.warning(what, extra={"details": details})


def failed(what: str, error: BaseException) -> str:
    """Our own mistake; returns the reference under which a person can ask for it."""
    reference = request_id.get() or token_hex(4)
    log.error(what, extra={"details": {"reference": reference}}, exc_info=error)
    return reference


def nuisance(what: str, why: str) -> None:
    """Something that may come a thousand times a second: one line now, then one with the count."""
    at = time.monotonic()
    last, more = _nuisances.get(what + why, (float("-inf"), 0))
    if at - last < SELDOM:
        _nuisances[what + why] = last, more + 1
        return
    _nuisances[what + why] = at, 0
    log.info(what, extra={"details": {"why": why, "since_last": more or None}})


def network(address: str | None) -> str | None:
    """A network address without the part that names the one phone or laptop."""
    try:
        found = ip_address(address or "")
    except ValueError:
        return None
    return str(ip_network((found, 24 if found.version == 4 else 48), strict=False))
