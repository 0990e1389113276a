"""Everything in this folder starts the served application."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.real.server import Server

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.real)


@pytest.fixture
def server(tmp_path: Path, database: str) -> Iterator[Server]:
    """A served instance of its own; a traceback in its log fails the test."""
    yield from served(tmp_path / "instance", database)


@pytest.fixture(scope="module")
def shared_server(tmp_path_factory: pytest.TempPathFactory, shared_database: str) -> Iterator[Server]:
    """One for all tests of a file, where each has an event of its own and nobody stops it."""
    yield from served(tmp_path_factory.mktemp("shared") / "instance", shared_database)


def served(instance: Path, database: str) -> Iterator[Server]:
    own = Server(instance, database=database)
    own.start()
    yield own
    if own.is_running:
        own.term()
    assert own.log_tracebacks() == []
