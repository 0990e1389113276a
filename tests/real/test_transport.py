"""Attacks on /socket.io over real connections: what is too large, fast or malformed ends quietly, and only there."""

from __future__ import annotations

import contextlib
import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from facilitate.rehearsal.browser import Browser
from facilitate.rehearsal.host import Host
from facilitate.rehearsal.phone import Phone, Tap
from facilitate.rehearsal.room import Room
from tests.real.frames import TEXT, RawLine, frame
from tests.real.phones import boxes, room_at_scoring
from tests.real.polling import Polling
from tests.real.server import Server, Weakened
from tests.sizes import size
from tests.test_transport import BAD

MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def server(shared_server: Server) -> Server:
    return shared_server


@pytest.fixture(scope="module")
def room(server: Server) -> Iterator[Room]:
    made = room_at_scoring(server, people=3, ideas=3)
    yield made
    for phone in made.phones:
        phone.hang_up()


@contextlib.contextmanager
def socket(server: Server, phone: Phone, **more: Any) -> Iterator[ClientConnection]:
    """A raw connection in the name of a phone, seated in its event."""
    with connect(
        server.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket",
        origin=Origin(server.url),
        additional_headers={"Cookie": phone.browser.cookie_header},
        max_size=None,
        **more,
    ) as opened:
        opened.recv(timeout=10)
        opened.send("40" + json.dumps({"event": phone.code, "section": "phone"}))
        assert str(opened.recv(timeout=10)).startswith("40")
        yield opened


def is_closed(opened: ClientConnection, within: float = 10.0) -> bool:
    with contextlib.suppress(TimeoutError):
        try:
            while True:
                opened.recv(timeout=within)
        except ConnectionClosed:
            return True
    return False


def still_works(phone: Phone, number: int = 1) -> bool:
    """Another phone's tap is saved all the same."""
    box = boxes_of(phone)[number]
    phone.score([Tap(*box, "3")])
    return phone.saved[box][1] == "3"


def boxes_of(phone: Phone) -> list[tuple[str, str]]:
    paper = phone.paper()
    return [(idea, criterion) for idea in paper.ideas for criterion in paper.levels]


@pytest.mark.parametrize("compression", [None, "deflate"])
def test_a_huge_message_is_cut_while_it_arrives(server: Server, room: Room, compression: str | None) -> None:
    before = server.rss()
    assert swallowed(server, room.phones[0], 60 * MEGABYTE, compression) < 30 * MEGABYTE, "the server took it all"
    assert server.rss() - before < 8 * MEGABYTE
    assert still_works(room.phones[1])


@pytest.fixture(scope="module")
def open_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """For the controls: neither limits nor questions."""
    defences = "takes_everything+lets_everybody_connect"
    with Weakened(tmp_path_factory.mktemp("open") / "instance", defences) as own:
        yield own


def test_a_server_without_limit_keeps_it_all_in_memory(open_house: Server) -> None:
    """The control (T21)."""
    phone = came_in(open_house)
    before = open_house.rss()
    assert swallowed(open_house, phone, 40 * MEGABYTE, None, waits=True) == 40 * MEGABYTE
    assert open_house.rss() - before > 30 * MEGABYTE


def swallowed(server: Server, phone: Phone, most: int, compression: str | None, *, waits: bool = False) -> int:
    """How many bytes of one message that never ends the server takes."""
    sent, piece = 0, "A" * 64 * 1024
    with (
        socket(server, phone, compression=compression) as opened,
        contextlib.suppress(WebSocketException, OSError),
    ):

        def endless() -> Iterator[str]:
            nonlocal sent
            while sent < most:
                sent += len(piece)
                yield piece
            if waits:
                time.sleep(2)  # until everything has arrived; the message is still not complete

        opened.send(endless())
        opened.close_timeout = 0.1
    return sent


def came_in(server: Server) -> Phone:
    """One phone in a new event with an open door."""
    links = server.new_event()
    host = Host(links["console_url"], links["code"])
    host._press("open", {"version": str(host.version())})
    phone = Phone(Browser(server.url), links["code"])
    phone.join()
    return phone


def test_malformed_packets_end_their_own_connection_quietly(server: Server, room: Room) -> None:
    for packet in filter(None, BAD):
        with socket(server, room.phones[0]) as opened:
            opened.send(packet)  # type: ignore[arg-type]
            assert is_closed(opened), packet
    assert still_works(room.phones[1])
    assert server.log_tracebacks() == []


class Flood:
    """One socket after the other says the same as fast as it can, and nobody reads what comes back."""

    def __init__(self, server: Server, phone: Phone) -> None:
        self.server, self.phone, self.cut_off = server, phone, 0
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._flood, daemon=True)

    def __enter__(self) -> Flood:
        self.thread.start()
        return self

    def __exit__(self, *_what: object) -> None:
        self.over.set()
        self.thread.join(30)

    def _flood(self) -> None:
        words = frame(TEXT, '42["score",{}]') * 500
        while not self.over.is_set():
            with contextlib.suppress(OSError):
                line = RawLine(self.phone.browser, self.phone.code)
                try:
                    while not self.over.is_set():
                        line.send(words)
                finally:
                    line.close()
                    self.cut_off += 1


def test_a_flood_is_cut_off_and_nobody_else_waits(server: Server, room: Room) -> None:
    with Flood(server, room.phones[0]) as flood:
        for number in range(20):
            assert still_works(room.phones[1], number)
            room.phones[2].home()
            time.sleep(0.05)
    assert flood.cut_off > 1
    assert max(room.phones[1].waits) < 5


def test_without_taking_turns_one_flood_stops_the_room(tmp_path: Path) -> None:
    """The control (T23): nothing is yielded, nothing is counted, and a page does not come."""
    with Weakened(tmp_path / "instance", "never_yields") as greedy:
        phone = came_in(greedy)
        with Flood(greedy, phone):
            time.sleep(0.5)
            with pytest.raises(TimeoutError):
                urllib.request.urlopen(f"{greedy.url}/healthz", timeout=4).close()  # noqa: S310 - our own server
            greedy.kill9()


def test_a_spoofed_disconnect_does_not_make_anybody_leave(server: Server, room: Room) -> None:
    with socket(server, room.phones[0]) as opened:
        opened.send('42["disconnect","spoofed"]')
        assert is_closed(opened)
    assert still_works(room.phones[0])


def test_a_phone_scores_by_polling_where_sockets_are_blocked(server: Server, room: Room) -> None:
    phone = room.phones[0]
    phone.hang_up()
    line = Polling(server, phone)
    idea, criterion = boxes(room)[0]
    line.say("421" + json.dumps(["score", {"seq": phone.seq + 1, "idea": idea, "criterion": criterion, "value": 4}]))
    assert any(packet.startswith('431[{"ok":true') for packet in line.hear())


ELSEWHERE = [
    {},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://["},
    {"Origin": "{url}", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "{url}", "Sec-Fetch-Site": "same-site"},
]
"""How a page of another site, or no page at all, asks for a socket in the name of whoever looks at it (T15)."""


def knocks(server: Server, phone: Phone, said: dict[str, str]) -> bool:
    """Is a socket with this phone's cookie and these headers let in?"""
    headers = {name: value.format(url=server.url) for name, value in said.items()}
    try:
        with connect(
            server.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket",
            additional_headers={"Cookie": phone.browser.cookie_header, **headers},
        ):
            return True
    except WebSocketException:
        return False


@pytest.mark.parametrize("said", ELSEWHERE, ids=str)
def test_a_socket_of_another_site_is_not_opened(server: Server, room: Room, said: dict[str, str]) -> None:
    phone = room.phones[0]
    assert not knocks(server, phone, said)
    assert knocks(server, phone, {"Origin": server.url})
    line = Polling(server, phone)
    line.headers = {"Cookie": phone.browser.cookie_header}
    line.headers |= {name: value.format(url=server.url) for name, value in said.items()}
    with pytest.raises(urllib.error.HTTPError, match="403"):
        line.say("421" + json.dumps(["score", {"seq": 1, "idea": "x", "criterion": "A", "value": 4}]))


def test_a_server_that_does_not_ask_lets_every_site_in(open_house: Server) -> None:
    """The control (T15)."""
    phone = came_in(open_house)
    assert [knocks(open_house, phone, said) for said in ELSEWHERE] == [True] * len(ELSEWHERE)


def test_who_talks_and_never_listens_is_not_listened_to_any_more(server: Server, room: Room) -> None:
    """Answers that nobody fetches do not pile up (L8)."""
    deaf = Polling(server, room.phones[0])
    before = server.rss()
    words = "\x1e".join(['421["score",{"seq":1,"idea":"x","criterion":"A","value":4}]'] * 16)
    for _ in range(60):
        deaf.say(words)
    with pytest.raises(urllib.error.HTTPError, match="429"):
        say_on(deaf, words)
    assert server.rss() - before < 20 * MEGABYTE
    assert still_works(room.phones[1])
    assert len(deaf.hear()) > 900
    deaf.say("41")


def say_on(line: Polling, words: str) -> None:
    for _ in range(200):
        line.say(words)


def test_readers_who_have_died_do_not_hold_up_the_others(server: Server, room: Room) -> None:
    """Twenty sockets with the smallest window there is; they talk, are told, and read nothing (L8)."""
    dead = [RawLine(room.phones[0].browser, room.phones[0].code, receive_buffer=1024) for _ in range(20)]
    before = server.rss()
    said = json.dumps(["score", {"seq": 1, "idea": "x" * 40, "criterion": "y" * 200, "value": 4}])
    until = time.monotonic() + size(pr=3, soak=70)
    while time.monotonic() < until:
        for line in dead:
            with contextlib.suppress(OSError):
                line.say("421" + said)
        assert still_works(room.phones[1])
    assert server.rss() - before < len(dead) * MEGABYTE
    for line in dead:
        line.close()


def test_over_the_cap_sockets_wait_and_pages_do_not(tmp_path: Path) -> None:
    """Connections without WebSocket count too."""
    capped = Server(tmp_path / "instance")
    capped.extra = {"FACILITATE_SOCKET_CAP": "2"}
    with capped:
        phone = came_in(capped)
        polling = Polling(capped, phone)
        with socket(capped, phone):
            with pytest.raises(WebSocketException), socket(capped, phone):
                pass
            with pytest.raises(urllib.error.HTTPError, match="503"):
                Polling(capped, phone)
            assert phone.home().status == 200
        polling.say("1")
        Polling(capped, phone)


def test_a_page_is_served_while_bytes_trickle_in(server: Server) -> None:
    """Half a request holds up nobody."""
    import socket as plain

    with plain.create_connection(("127.0.0.1", server.port)) as slow:
        slow.sendall(b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nab")
        with urllib.request.urlopen(f"{server.url}/healthz", timeout=5) as answer:  # noqa: S310 - our own server
            assert answer.status == 200
