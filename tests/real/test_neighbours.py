"""Two servers, one PostgreSQL and one Redis: an event that is seen by people on both stays one event (L15)."""

from __future__ import annotations

import contextlib
import re
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from facilitate.rehearsal.browser import Browser
from facilitate.rehearsal.host import Host
from facilitate.rehearsal.phone import Phone, Tap
from tests.postgresql.cluster import Cluster
from tests.real.ears import Ear
from tests.real.redis_server import RedisServer
from tests.real.server import Server

PATIENCE = 30.0
FAREWELL = "41"
"""Socket.IO's word for: you are not here any more."""
WARNING = "This server has lost contact with the other servers."


def eventually(is_so: Callable[[], bool], what: str) -> None:
    until = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < until, what
        time.sleep(0.05)


@dataclass
class Event:
    """One event on two servers: its host and its board are on the second one."""

    here: Server
    there: Server
    code: str
    host: Host
    board: Browser

    @classmethod
    def of(cls, here: Server, there: Server) -> Event:
        links = here.new_event()
        host = Host(links["console_url"].replace(here.url, there.url), links["code"])
        board = Browser(there.url)
        board.get("/" + links["board_url"].split("/", 3)[3])
        host._press("open", {"version": str(host.version())})
        return cls(here, there, links["code"], host, board)

    def joins(self, server: Server) -> Phone:
        phone = Phone(Browser(server.url), self.code)
        phone.join()
        return phone

    def scoring(self, author: Phone) -> None:
        self.host.move_on()
        author.submit([("title", "Evening classes"), ("kind", "gap")])
        self.host._press("show-all", {})
        self.host.move_on()
        self.host.move_on()

    def here_now(self) -> int:
        found = re.search(r"<span>(\d+) here", self.console())
        assert found
        return int(found[1])

    def console(self) -> str:
        return self.host.browser.get(f"/{self.code}/console").text


@contextlib.contextmanager
def two(folder: Path, database: str, *options: str) -> Iterator[tuple[Server, Server]]:
    """Two servers as on two machines: each has its folder, both have the key."""
    servers = (
        Server(folder / "here", *options, database=database),
        Server(folder / "there", *options, database=database),
    )
    try:
        servers[0].start()
        servers[1].instance.mkdir()
        shutil.copy2(servers[0].instance / "secret_key", servers[1].instance)
        servers[1].start()
        yield servers
    finally:
        for server in servers:
            if server.is_running:
                server.term()
    assert [server.log_tracebacks() for server in servers] == [[], []]


@pytest.fixture(scope="module")
def servers(
    tmp_path_factory: pytest.TempPathFactory, postgresql: Cluster, redis_server: RedisServer
) -> Iterator[tuple[Server, Server]]:
    folder = tmp_path_factory.mktemp("two")
    with postgresql.database() as address, two(folder, address, "--redis", redis_server.url) as both:
        yield both


@pytest.fixture
def event(servers: tuple[Server, Server]) -> Event:
    return Event.of(*servers)


def test_people_on_two_servers_are_in_one_event(event: Event, redis_server: RedisServer) -> None:
    amina, ben = event.joins(event.here), event.joins(event.there)
    amina.connect()
    ben.connect()
    eventually(lambda: event.here_now() == 2, "people on the other server are not counted")
    event.scoring(amina)

    ear = Ear(event.there, event.board, event.code, "board")
    (idea,) = amina.paper().ideas
    ear.heard.clear()
    amina.score([Tap(idea, criterion, "4") for criterion in "ABCDE"])
    eventually(lambda: '42["changed","board"]' in ear.heard, "the board on the other server was not nudged")
    ben.score([Tap(idea, criterion, "2") for criterion in "ABCDE"])
    assert (len(amina.saved), len(ben.saved)) == (5, 5)

    desk = Ear(event.there, event.host.browser, event.code, "console")
    redis_server.kill()
    eventually(lambda: WARNING in event.console(), "hosts are not told that the others are out of reach")
    eventually(lambda: '42["changed","console"]' in desk.heard, "hosts are told only when they ask")
    time.sleep(0.5)
    ear.heard.clear()
    amina.score([Tap(idea, "F", "4")])
    time.sleep(1)
    assert ear.heard == []  # the control: it was Redis that the nudges came by
    ben.score([Tap(idea, "F", "2")])
    assert (amina.saved[idea, "F"], ben.saved[idea, "F"]) == ((6, "4"), (6, "2"))

    ear.heard.clear()
    redis_server.start()
    eventually(lambda: WARNING not in event.console(), "the server does not come back to the others")
    eventually(lambda: '42["changed","board"]' in ear.heard, "nobody was told to look again")
    eventually(lambda: event.here_now() == 2, "the people on the other server are not counted any more")

    amina.hang_up()
    eventually(lambda: event.here_now() == 1, "who has gone from the other server is still counted")
    ben.hang_up()
    event.host.move_on()
    event.host.reveal()
    elsewhere = Browser(event.there.url)
    elsewhere.cookies |= amina.browser.cookies
    seen = [phone.get(f"/{event.code}/results").text.split("<live-section")[1] for phone in (amina.browser, elsewhere)]
    assert seen[0] == seen[1]
    assert "Evening classes" in seen[0]


def test_a_link_that_is_revoked_on_one_server_ends_its_sockets_on_the_other(
    event: Event, redis_server: RedisServer
) -> None:
    elsewhere = Browser(event.here.url)
    elsewhere.cookies |= event.host.browser.cookies
    for is_redis_gone in (False, True):
        links = re.findall(r"/console/links/([\w-]+)/revoke", elsewhere.get(f"/{event.code}/console/people").text)
        page = elsewhere.post(f"/{event.code}/console/links", {"role": "observer"}).text
        (own,) = set(re.findall(r"/console/links/([\w-]+)/revoke", page)) - set(links)
        watcher = Browser(event.there.url)
        came = watcher.get("/" + re.findall(rf"{event.code}/enter/[\w-]+", page)[0])
        assert came.status == 303
        ear = Ear(event.there, watcher, event.code, "console")
        assert ear.is_in
        if is_redis_gone:
            redis_server.kill()
            eventually(lambda: WARNING in event.console(), "hosts are not told")
        elsewhere.post(f"/{event.code}/console/links/{own}/revoke")
        if is_redis_gone:
            assert FAREWELL not in ear.heard
            redis_server.start()
        eventually(lambda ear=ear: FAREWELL in ear.heard, "the socket stays open")  # type: ignore[misc]
        assert not Ear(event.there, watcher, event.code, "console").is_in


def test_several_servers_share_a_folder_with_postgresql_alone(
    servers: tuple[Server, Server], redis_server: RedisServer
) -> None:
    first = servers[0]
    on_sqlite = ("--redis", redis_server.url, "--database", "sqlite:///")
    done = first.facilitate("serve", "--port", first.port + 1, *on_sqlite)
    refusal = f"facilitate: facilitate is serving this instance at {first.url}. Please stop it first.\n"
    assert (done.returncode, done.stderr) == (1, refusal)
