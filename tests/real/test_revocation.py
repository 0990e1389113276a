"""When a right to be here ends, the open sockets end with it (T14)."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from facilitate.rehearsal.browser import Browser, insist
from facilitate.rehearsal.host import Host
from tests.real.ears import Ear
from tests.real.server import Server, Weakened

SOCKETS = 20
EMAIL, PASSWORD = "fay@example.ca", "a sentence that is long"
PATIENCE = 10.0


def new_token(page: str) -> str:
    """The link that a page of the console shows, this once."""
    return str(re.findall(r"/enter/([\w-]{20,})", page)[0])


class Observer:
    """Somebody with a link to the console, and the host who may take it away."""

    def __init__(self, server: Server) -> None:
        links = server.new_event()
        self.server, self.code, self.host = server, links["code"], Host(links["console_url"], links["code"])
        known = self._links()
        made = self.host.browser.post(f"/{self.code}/console/links", {"role": "observer"}).text
        (self.link,) = self._links() - known
        self.browser = Browser(server.url)
        insist(self.browser.get(f"/{self.code}/enter/{new_token(made)}"), "the link", 303)

    def _links(self) -> set[str]:
        page = self.host.browser.get(f"/{self.code}/console/people").text
        return set(re.findall(r"/console/links/([\w-]+)/revoke", page))

    def listens(self) -> Ear:
        return Ear(self.server, self.browser, self.code, "console")

    def ends(self) -> None:
        self.host._press(f"links/{self.link}/revoke", {})

    def something_changes(self) -> None:
        self.host._press("blank", {})


class Account(Observer):
    """A host who signed in; signing out is done on another page of the same browser."""

    def __init__(self, server: Server) -> None:
        super().__init__(server)
        done = server.facilitate("user", "add", EMAIL)
        setup = next(word for word in done.stdout.split() if "/setup/" in word)
        self.browser = Browser(server.url)
        insist(self.browser.post(urlsplit(setup).path, {"email": EMAIL, "password": PASSWORD}), "the password", 303)
        fields = {"preset": "ircc-planning-day", "title": "", "language": "en", "starts_on": "", "contact": ""}
        made = insist(self.browser.post("/events", fields), "a new event", 303)
        self.code = str(made.headers["Location"]).split("/")[1]
        own = self.browser.post(f"/{self.code}/console/links", {"role": "host"}).text
        self.host = Host(f"{server.url}/{self.code}/enter/{new_token(own)}", self.code)

    def ends(self) -> None:
        cookies = dict(self.browser.cookies)
        insist(self.browser.post("/sign-out"), "signing out", 303)
        self.browser.cookies = cookies  # whoever copied them tries again with them


@pytest.mark.parametrize("right", [Observer, Account], ids=["revoked link", "signing out"])
def test_all_sockets_end_and_none_comes_back(shared_server: Server, right: Callable[[Server], Observer]) -> None:
    somebody = right(shared_server)
    ears = [somebody.listens() for _ in range(SOCKETS)]
    assert all(ear.is_in for ear in ears)
    somebody.ends()
    assert all(ear.ended.wait(PATIENCE) for ear in ears)
    before = [list(ear.heard) for ear in ears]
    for ear in ears:
        ear.say('421["score",{"seq":1,"idea":"x","criterion":"A","value":1}]')
    somebody.something_changes()
    assert not somebody.listens().is_in
    assert [ear.heard for ear in ears] == before
    assert shared_server.log_tracebacks() == []


def test_without_hanging_up_a_revoked_socket_hears_on(tmp_path: Path) -> None:
    """The control."""
    with Weakened(tmp_path / "instance", "keeps_sockets") as server:
        somebody = Observer(server)
        ear = somebody.listens()
        somebody.ends()
        somebody.something_changes()
        assert not ear.ended.wait(1)
        assert set(ear.heard) == {'42["changed","console"]'}
        ear.close()
