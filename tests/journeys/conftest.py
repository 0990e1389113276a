"""Whole days, against the served application."""

from __future__ import annotations

from tests.real.conftest import server

__all__ = ["server"]
