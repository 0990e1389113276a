"""What must be the same on PostgreSQL, also where the rest of the suite runs on SQLite: casting, the close, migrations."""

from __future__ import annotations

# ruff: noqa: F403 - every test of these files, on this folder's database
from tests.test_ballots import *
from tests.test_close_race import *
from tests.test_migrations import *
