"""Whoever changes a PostgreSQL database is found out just the same (B12)."""

from __future__ import annotations

# ruff: noqa: F401 - tests and fixtures of that file, on this folder's database
from tests.verification.test_event import (
    rich,
    test_every_change_of_the_ballot_or_the_log_is_found,
    test_verbs_after_the_close_leave_it_whole,
)
