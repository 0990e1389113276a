"""The style guide shows every token, passes axe in both themes, and is not there for anybody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from facilitate.web.styleguide import colours
from tests.browser import axe
from tests.browser.person import LAPTOP, People
from tests.real.server import Server


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path / "instance")
    server.extra["FACILITATE_DEVELOPMENT"] = "1"
    server.start()
    yield server
    server.term()
    assert server.log_tracebacks() == []


def test_every_token_and_component_in_both_themes(workshop: Server, people: People) -> None:
    builder = people.come(workshop.url, size=LAPTOP)
    builder.visit("/styleguide")
    assert len(colours()) >= 20
    assert builder.page.locator("[data-theme=dark] [data-colour]").count() == len(colours())
    assert axe.violations(builder.page) == []
    paper = "(theme) => getComputedStyle(document.querySelector(`[data-theme=${theme}]`)).backgroundColor"
    assert builder.page.evaluate(paper, "light") != builder.page.evaluate(paper, "dark")


def test_a_server_for_a_room_has_no_style_guide(shared_server: Server, people: People) -> None:
    people.come(shared_server.url).visit("/styleguide", status=404)
