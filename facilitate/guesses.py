"""Guessing: limits on failed tries. Successes are never limited, because a whole hall shares one address.

Codes: after too many wrong ones from an address, or on the whole server, every further wrong one waits and is refused;
a right one still goes through. Passwords: after too many wrong ones from one place, or for one account, none is looked
at for a while. A browser in which the account was signed in before is not held up by what others try elsewhere.
"""

from __future__ import annotations

import time

from flask import Flask, Response, current_app, g, request
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from facilitate.errors import Refusal, TooMany
from facilitate.extensions import db

CODES_PER_ADDRESS = parse("30/minute")
CODES_PER_SERVER = parse("300/hour")
PASSWORDS_PER_PLACE = parse("5/minute")
PASSWORDS_PER_ACCOUNT = parse("15/minute")


def init_app(app: Flask) -> None:
    app.after_request(let_wait)


def _limiter() -> MovingWindowRateLimiter:
    if "guesses" not in current_app.extensions:
        current_app.extensions["guesses"] = MovingWindowRateLimiter(MemoryStorage())
    found: MovingWindowRateLimiter = current_app.extensions["guesses"]
    return found


def _here() -> str:
    return request.remote_addr or ""


def _is_full(limit: RateLimitItem, *who: str) -> bool:
    return not _limiter().test(limit, *who)


# --- codes ---


def wrong_code(missing: Refusal) -> Refusal:
    """Count a wrong code; returns what to answer: that it is missing, or after too many, to wait."""
    is_too_many = _is_full(CODES_PER_ADDRESS, "code", _here()) or _is_full(CODES_PER_SERVER, "code")
    _limiter().hit(CODES_PER_ADDRESS, "code", _here())
    _limiter().hit(CODES_PER_SERVER, "code")
    if not is_too_many:
        return missing
    g.has_to_wait = True
    return TooMany()


def let_wait(response: Response) -> Response:
    """Hold the answer to a wrong code back. By now nobody else waits for what this request had in its hands."""
    if g.pop("has_to_wait", False):
        db.session.remove()
        time.sleep(current_app.config["GUESS_DELAY"])
    return response


# --- passwords ---


def may_try_password(email: str, *, is_known_here: bool) -> bool:
    """May a password be looked at now? Never a lock: the way is free again within a minute."""
    if _is_full(PASSWORDS_PER_PLACE, "password", email, _here()):
        return False
    return is_known_here or not _is_full(PASSWORDS_PER_ACCOUNT, "password", email)


def wrong_password(email: str) -> None:
    _limiter().hit(PASSWORDS_PER_PLACE, "password", email, _here())
    _limiter().hit(PASSWORDS_PER_ACCOUNT, "password", email)
