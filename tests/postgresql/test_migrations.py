"""A migration on PostgreSQL that is killed leaves old or new, and two servers that start together migrate once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, inspect, select

from facilitate import create_app
from facilitate.extensions import db
from facilitate.migrations.upgrade import ALONE, bring_up_to_date, to_head
from facilitate.models import Base
from tests.postgresql.cluster import Cluster
from tests.real.phones import behind
from tests.sizes import size

ALL = len(Base.metadata.tables) + 1


@pytest.fixture
def empty(postgresql: Cluster) -> Iterator[str]:
    with postgresql.database("template0") as address:
        yield address


def start(address: str, instance: Path) -> subprocess.Popen[bytes]:
    """A process that migrates from nothing, and says when it begins."""
    migrate = (
        "from facilitate import create_app\n"
        "from facilitate.migrations.upgrade import bring_up_to_date\n"
        f"app = create_app(INSTANCE={str(instance)!r}, DATABASE={address!r})\n"
        "print('ready', flush=True)\n"
        "bring_up_to_date(app)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", migrate], stdout=subprocess.PIPE, start_new_session=True)
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    return process


def tables(address: str) -> int:
    with behind(address) as connection:
        return len(inspect(connection).get_table_names())


@pytest.mark.parametrize("after", [0.02 * turn for turn in range(1, 1 + size(pr=1, soak=20))])
def test_kill_9_in_the_middle_of_a_migration_leaves_old_or_new(empty: str, tmp_path: Path, after: float) -> None:
    process = start(empty, tmp_path)
    time.sleep(after)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert tables(empty) in (0, ALL)
    bring_up_to_date(create_app(INSTANCE=str(tmp_path), DATABASE=empty))
    assert tables(empty) == ALL


def test_servers_that_start_together_migrate_once(empty: str, tmp_path: Path) -> None:
    app = create_app(INSTANCE=str(tmp_path), DATABASE=empty)
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(select(func.pg_advisory_xact_lock(ALONE)))
        other = start(empty, tmp_path)
        with pytest.raises(subprocess.TimeoutExpired):
            other.wait(1)
        to_head(connection)
    assert other.wait(60) == 0
    assert tables(empty) == ALL
