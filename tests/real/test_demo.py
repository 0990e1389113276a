"""`facilitate demo`: three links, a board that moves, and nothing left afterwards."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from facilitate.rehearsal.browser import Browser
from facilitate.rehearsal.phone import Phone, Tap
from tests.real.phones import counts
from tests.real.server import Server


class Demo(Server):
    command = "demo"

    @property
    def environment(self) -> dict[str, str]:
        ours = {**super().environment, "TMPDIR": str(self.instance)}
        del ours["FACILITATE_INSTANCE"]
        return ours

    @property
    def folders(self) -> list[Path]:
        return list(self.instance.glob("facilitate-demo-*"))

    @property
    def database(self) -> Path:
        return self.folders[0] / "facilitate.sqlite"

    def link(self, name: str) -> str:
        found = re.search(rf"^ +{name} +(http://\S+)$", self.log.read_text(), re.MULTILINE)
        assert found, self.log.read_text()
        return found[1]

    def wait_for(self, table: str, count: int) -> int:
        """How many rows there are, once there are that many."""
        until = time.monotonic() + 60
        while (found := counts(self.database)[table]) < count:
            assert time.monotonic() < until, f"{found} of {count} in {table}"
            time.sleep(0.1)
        return found


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    own = Demo(tmp_path)
    own.start()
    yield own
    if own.is_running:
        own.interrupt()
    assert own.log_tracebacks() == []
    assert own.folders == []


def test_a_day_is_under_way_and_a_visitor_may_join(demo: Demo) -> None:
    scores = demo.wait_for("score", 100)
    people = demo.wait_for("participant", 17)
    for name in ("Board", "Console"):
        link = urlsplit(demo.link(name))
        visitor = Browser(demo.url)
        assert visitor.get(link.path).status == 303
        page = visitor.get(f"/{link.path.split('/')[1]}/{name.lower()}")
        assert page.status == 200
    link = urlsplit(demo.link("Phone"))
    code, pass_ = link.path.strip("/"), link.query.removeprefix("rehearsal=")
    phone = Phone(Browser(demo.url), code)
    assert pass_ in phone.browser.get(f"/{code}?{link.query}").text
    phone.join(rehearsal=pass_)
    paper = phone.paper()
    assert (paper.activity, len(paper.ideas)) == ("score", 24)
    phone.connect()
    idea = next(iter(paper.ideas))
    phone.score([Tap(idea, "A", "4")])
    assert phone.saved == {(idea, "A"): (1, "4")}
    phone.hang_up()
    demo.wait_for("score", scores + 20)
    demo.wait_for("participant", people + 2)


def test_ctrl_c_ends_it_at_once(demo: Demo) -> None:
    demo.wait_for("score", 20)
    began = time.monotonic()
    demo.interrupt()
    assert time.monotonic() - began < 10
