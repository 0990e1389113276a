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
def server(tmp_path: Path) -> Iterator[Server]:
    """A served instance of its own; a traceback in its log fails the test."""
    own = Server(tmp_path / "instance")
    own.start()
    yield own
    if own.is_running:
        own.term()
    assert own.log_tracebacks() == []
