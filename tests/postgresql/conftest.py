"""Every test of this folder runs on PostgreSQL, whatever the others run on."""

from __future__ import annotations

import pytest


@pytest.fixture
def database(postgresql_database: str) -> str:
    return postgresql_database
