"""Everything in this folder needs a real Chromium: one process for all tests, a context for every person."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import chromium as found
from tests.browser.day import Day
from tests.browser.office import Office
from tests.browser.person import People
from tests.real.conftest import server, shared_server
from tests.real.server import Server

__all__ = ["server", "shared_server"]

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with found.launched() as browser:
        yield browser


@pytest.fixture
def people(chromium: Browser) -> Iterator[People]:
    """Who takes part in this test; whatever went wrong in one of their browsers fails it."""
    crowd = People(chromium)
    yield crowd
    assert crowd.leave() == []


@pytest.fixture(scope="module")
def office(shared_server: Server) -> Office:
    return Office(shared_server)


@pytest.fixture
def day(office: Office) -> Day:
    """A new event on the server of this file."""
    return Day(office.server, office.new_event())
