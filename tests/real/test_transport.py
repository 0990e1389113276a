"""Attacks on /socket.io over real connections: what is too large, fast or malformed ends quietly, and only there."""

from __future__ import annotations

import contextlib
import json
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from facilitate.rehearsal.phone import Phone, Tap
from facilitate.rehearsal.room import Room
from tests.real.phones import boxes, room_at_scoring
from tests.real.server import Server
from tests.test_transport import BAD

MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def server(shared_server: Server) -> Server:
    return shared_server


@pytest.fixture
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
    sent = 0
    with (
        socket(server, room.phones[0], compression=compression) as opened,
        contextlib.suppress(WebSocketException, OSError),
    ):
        piece = "A" * 64 * 1024

        def endless() -> Iterator[str]:
            nonlocal sent
            while sent < 60 * MEGABYTE:
                sent += len(piece)
                yield piece

        opened.send(endless())
    assert sent < 30 * MEGABYTE, "the server took it all"
    assert server.rss() - before < 8 * MEGABYTE
    assert still_works(room.phones[1])


def test_malformed_packets_end_their_own_connection_quietly(server: Server, room: Room) -> None:
    for packet in filter(None, BAD):
        with socket(server, room.phones[0]) as opened:
            opened.send(packet)  # type: ignore[arg-type]
            assert is_closed(opened), packet
    assert still_works(room.phones[1])
    assert server.log_tracebacks() == []


def test_a_flood_is_cut_off_and_nobody_else_waits(server: Server, room: Room) -> None:
    is_over = threading.Event()
    cut_off = 0

    def flood() -> None:
        nonlocal cut_off
        while not is_over.is_set():
            with (
                contextlib.suppress(WebSocketException, OSError, TimeoutError),
                socket(server, room.phones[0]) as opened,
            ):
                while not is_over.is_set():
                    opened.send('42["score",{}]')
            cut_off += 1

    flooder = threading.Thread(target=flood, daemon=True)
    flooder.start()
    try:
        for number in range(20):
            assert still_works(room.phones[1], number)
            room.phones[2].home()
            time.sleep(0.05)
    finally:
        is_over.set()
        flooder.join(10)
    assert cut_off > 0
    assert max(room.phones[1].waits) < 5


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


class Polling:
    """Engine.IO by HTTP alone."""

    def __init__(self, server: Server, phone: Phone) -> None:
        self.url = f"{server.url}/socket.io/?EIO=4&transport=polling"
        self.headers = {"Cookie": phone.browser.cookie_header, "Origin": server.url}
        opened = json.loads(self.hear()[0][1:])
        self.url += f"&sid={opened['sid']}"
        self.say("40" + json.dumps({"event": phone.code, "section": "phone"}))
        assert any(packet.startswith("40") for packet in self.hear())

    def hear(self) -> list[str]:
        request = urllib.request.Request(self.url, headers=self.headers)  # noqa: S310 - our own server
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return str(answer.read().decode()).split("\x1e")

    def say(self, packet: str) -> None:
        request = urllib.request.Request(self.url, packet.encode(), self.headers, method="POST")  # noqa: S310 - ours
        urllib.request.urlopen(request, timeout=30).close()  # noqa: S310 - our own server


@pytest.mark.parametrize("origin", [None, "https://evil.example", "null"])
def test_a_socket_of_another_site_is_not_opened(server: Server, room: Room, origin: str | None) -> None:
    cookie = {"Cookie": room.phones[0].browser.cookie_header}
    with pytest.raises(WebSocketException):
        connect(
            server.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket",
            origin=origin,  # type: ignore[arg-type]
            additional_headers=cookie,
        )


def test_over_the_cap_sockets_wait_and_pages_do_not(tmp_path: Path) -> None:
    capped = Server(tmp_path / "instance")
    capped.extra = {"FACILITATE_SOCKET_CAP": "2"}
    capped.start()
    try:
        room = room_at_scoring(capped, people=2, ideas=2)
        with pytest.raises(WebSocketException), socket(capped, room.phones[0]):
            pass
        assert room.phones[0].home().status == 200
        room.phones[1].hang_up()
        time.sleep(1)
        with socket(capped, room.phones[0]):
            pass
    finally:
        for phone in room.phones:
            phone.hang_up()
        capped.term()


def test_a_page_is_served_while_bytes_trickle_in(server: Server) -> None:
    """Half a request holds up nobody."""
    import socket as plain

    with plain.create_connection(("127.0.0.1", server.port)) as slow:
        slow.sendall(b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nab")
        with urllib.request.urlopen(f"{server.url}/healthz", timeout=5) as answer:  # noqa: S310 - our own server
            assert answer.status == 200
