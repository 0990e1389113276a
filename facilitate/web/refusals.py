"""When something was refused: a clear sentence, the right status, and what the person had typed."""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app, g, jsonify, request
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.exc import TimeoutError as NoneFree
from werkzeug.exceptions import HTTPException

from facilitate import journal
from facilitate.errors import N_, Invalid, Refusal
from facilitate.extensions import db
from facilitate.web.pages import page, sentence

WRITTEN = frozenset(
    {
        *("title", "details", "text", "note"),
        *("acknowledgement", "notice", "secrecy", "prompt", "say"),
        *("label", "statement", "helper", "levels"),
    }
)
"""Fields in which people write more than a word; a refusal hands them back."""

HEADINGS = {
    400: N_("That did not work"),
    403: N_("Not from here"),
    404: N_("Nothing here"),
    409: N_("Not at the moment"),
    413: N_("Too much at once"),
    429: N_("One moment, please"),
    503: N_("One moment, please"),
}

SENTENCES = {
    404: N_("There is nothing at this address. Perhaps a digit is missing."),
    405: N_("This address does not take that. Please go back and try again."),
    413: N_("That was too much at once. Please send less."),
}


def init_app(app: Flask) -> None:
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(HTTPException, http_refused)
    app.register_error_handler(OperationalError, database_busy)
    app.register_error_handler(NoneFree, database_busy)
    app.register_error_handler(DataError, database_refuses)
    app.register_error_handler(Exception, failed)


def wants_json() -> bool:
    return request.path.startswith("/api/") or request.is_json


def answer(status: int, why: str, reference: str = "") -> Any:
    db.session.rollback()
    if wants_json():
        return jsonify(ok=False, why=why, reference=reference or None), status
    kept = [value for name, value in _sent() if _is_written(name) and value]
    heading = HEADINGS.get(status, N_("Something went wrong"))
    return page("home/error.html", status, status=status, heading=heading, sentence=why, reference=reference, kept=kept)


def _sent() -> list[tuple[str, str]]:
    """The fields of the request, as far as it could be read at all."""
    try:
        return list(request.form.items(multi=True))
    except HTTPException:
        return []


def _is_written(name: str) -> bool:
    return not WRITTEN.isdisjoint(name.split("-"))


def refused(refusal: Refusal) -> Any:
    if refusal.status in (403, 429):
        journal.note(
            "refused",
            why=type(refusal).__name__,
            view=request.endpoint,
            event=g.event.id if "event" in g else None,
            network=journal.network(request.remote_addr),
        )
    response = current_app.make_response(answer(refusal.status, sentence(refusal)))
    if refusal.status == 503:
        response.headers["Retry-After"] = "2"
    return response


def http_refused(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error
    plain = Refusal(SENTENCES.get(error.code, Refusal.message))
    response = current_app.make_response(answer(error.code, sentence(plain)))
    for name, value in error.get_headers():
        if name == "Allow":
            response.headers[name] = value
    return response


def database_busy(_error: OperationalError | NoneFree) -> Any:
    """Out of reach, locked for too long, full, or no connection free."""
    return refused(current_app.extensions["machine"].refusal())


def database_refuses(_error: DataError) -> Any:
    """What no address and no form of ours holds: PostgreSQL knows no zero bytes and no endless numbers."""
    return refused(Invalid())


def failed(error: Exception) -> Any:
    """Our own mistake: people get a reference, the log gets the rest, and nothing half-done is kept."""
    reference = journal.failed(f"failed: {request.endpoint}", error)
    why = Refusal(N_("Something went wrong on our side. Please try again."))
    try:
        return answer(500, sentence(why), reference)
    except Exception:  # noqa: BLE001 - the page that would say so is itself what failed
        return f"{why} ({reference})", 500, {"Content-Type": "text/plain; charset=utf-8"}
