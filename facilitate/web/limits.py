"""Limits on failed tries. Successes are never limited: a whole hall shares one address."""

from __future__ import annotations

from flask import current_app, request
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

PER_ADDRESS = {"code": parse("30/minute"), "sign-in": parse("30/minute")}
PER_SERVER = {"code": parse("300/hour")}
PER_ACCOUNT = parse("5/minute")


def _limiter() -> MovingWindowRateLimiter:
    if "limits" not in current_app.extensions:
        current_app.extensions["limits"] = MovingWindowRateLimiter(MemoryStorage())
    found: MovingWindowRateLimiter = current_app.extensions["limits"]
    return found


def are_used_up(what: str) -> bool:
    """Has this address failed too often?"""
    return not _limiter().test(PER_ADDRESS[what], what, request.remote_addr or "")


def is_server_guessed(what: str) -> bool:
    """Has the whole server seen so many failures that each further one should be slow?"""
    return not _limiter().test(PER_SERVER[what], what)


def count_failure(what: str) -> None:
    _limiter().hit(PER_ADDRESS[what], what, request.remote_addr or "")
    if what in PER_SERVER:
        _limiter().hit(PER_SERVER[what], what)


def may_try_account(email: str) -> bool:
    return bool(_limiter().test(PER_ACCOUNT, "account", email))


def count_account_failure(email: str) -> None:
    _limiter().hit(PER_ACCOUNT, "account", email)
