"""A PostgreSQL of our own for the tests: thrown away afterwards, one new database for each test.

`make test-postgresql` runs the whole suite on it; without that, the tests of this folder do.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from facilitate import create_app
from facilitate.extensions import db
from facilitate.migrations.upgrade import bring_up_to_date
from tests.programs import program

EVERYWHERE = os.environ.get("FACILITATE_TEST_DATABASE") == "postgresql"
"""Does the whole suite run on PostgreSQL?"""
QUICK = ("fsync=off", "full_page_writes=off")
"""Nobody cuts the power; what a test kills is the server of ours, not PostgreSQL."""
HERE = Path(__file__).parent
START = 30.0
TEMPLATE = "migrated"


class Cluster:
    """One PostgreSQL that listens on a socket in its own folder and nowhere else."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data = folder, folder / "data"
        self.log = folder / "postgresql.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.user = _unprivileged()
        if self.user:
            shutil.chown(folder, self.user)
        self._run("initdb", "-D", self.data, "-U", "facilitate", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")

    def _run(self, name: str, *arguments: object) -> None:
        command = [str(program(name)), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=self.folder, check=False, **self._as_user())
        assert done.returncode == 0, done.stderr

    def _as_user(self) -> dict[str, Any]:
        return {"user": self.user, "group": pwd.getpwnam(self.user).pw_gid, "extra_groups": []} if self.user else {}

    def start(self) -> None:
        settings = [f"-c{setting}" for setting in (*QUICK, "listen_addresses=", "max_connections=200")]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [program("postgres"), "-D", self.data, "-k", self.folder, *settings],
                cwd=self.folder,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self._as_user(),
            )
        until = time.monotonic() + START
        while not self._answers():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < until, self.log.read_text()
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.plain("postgres")).close()
        except psycopg.OperationalError:
            return False
        return True

    def stop(self) -> None:
        """At once, as in a crash: every connection breaks."""
        assert self.process is not None
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(30)

    def plain(self, name: str) -> str:
        return f"postgresql://facilitate@/{name}?host={self.folder}"

    def order(self, statement: str) -> None:
        """A statement that no transaction may hold."""
        with psycopg.connect(self.plain("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    @contextmanager
    def database(self, template: str = TEMPLATE) -> Iterator[str]:
        """A new database for one test; its address."""
        name = f"test_{secrets.token_hex(6)}"
        self.order(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield self.plain(name)
        finally:
            self.order(f"DROP DATABASE {name} WITH (FORCE)")

    def migrate_template(self, instance: Path) -> None:
        self.order(f"CREATE DATABASE {TEMPLATE}")
        app = create_app(INSTANCE=str(instance), DATABASE=self.plain(TEMPLATE))
        bring_up_to_date(app)
        with app.app_context():
            db.engine.dispose()


def _unprivileged() -> str | None:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Cluster]:
    """A PostgreSQL for all tests of this process, with one migrated database to copy."""
    program("postgres")
    folder = Path(tempfile.mkdtemp(prefix="facilitate-postgresql-"))
    folder.chmod(0o755)
    cluster = Cluster(folder)
    cluster.start()
    try:
        cluster.migrate_template(folder / "instance")
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(folder)


@pytest.fixture
def postgresql_database(postgresql: Cluster) -> Iterator[str]:
    with postgresql.database() as address:
        yield address


@pytest.fixture
def database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of this test's database, which commands find in the environment; empty: SQLite in its instance."""
    if not EVERYWHERE:
        return ""
    address = str(request.getfixturevalue("postgresql_database"))
    monkeypatch.setenv("FACILITATE_DATABASE", address)
    return address


@pytest.fixture(scope="module")
def shared_database(request: pytest.FixtureRequest) -> Iterator[str]:
    """The same for all tests of a file."""
    if not EVERYWHERE:
        yield ""
        return
    cluster: Cluster = request.getfixturevalue("postgresql")
    with cluster.database() as address:
        yield address


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        marker = item.get_closest_marker("sqlite")
        if marker and (EVERYWHERE or item.path.is_relative_to(HERE)):
            item.add_marker(pytest.mark.skip(reason=f"SQLite only: {marker.args[0]}"))
