"""Quick frames: whatever arrives, and however it is cut on its way, comes out as the library alone would read it."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from itertools import pairwise
from typing import Any

from hypothesis import given, reject
from hypothesis import strategies as some
from wsproto.connection import Connection, ConnectionType
from wsproto.events import BytesMessage, CloseConnection, Ping, TextMessage
from wsproto.frame_protocol import CloseReason
from wsproto.utilities import RemoteProtocolError

from facilitate.frames import SHORT, Sieve, Wire, end_of_frame, quick_frame, text_of

texts = some.text(max_size=60)
messages = some.one_of(
    texts.map(lambda text: TextMessage(data=text)),
    some.text(min_size=100, max_size=300).map(lambda text: TextMessage(data=text)),
    texts.map(lambda text: TextMessage(data=text, message_finished=False)),
    some.binary(max_size=40).map(lambda data: BytesMessage(data=data)),
    some.binary(max_size=40).map(lambda data: Ping(payload=data)),
    some.just(CloseConnection(code=CloseReason.NORMAL_CLOSURE)),
)


def spoken(said: list[Any]) -> bytes:
    """What a real client sends when it says this."""
    client = Connection(ConnectionType.CLIENT)
    try:
        return b"".join(client.send(one) for one in until_closed(said))
    except TypeError:
        reject()  # nobody can say this: half a text that goes on in bytes


def until_closed(said: list[Any]) -> list[Any]:
    for number, one in enumerate(said):
        if isinstance(one, CloseConnection):
            return said[: number + 1]
    return said


def cut(data: bytes, places: list[int]) -> list[bytes]:
    ends = sorted({place % (len(data) + 1) for place in places} | {0, len(data)})
    return [data[start:end] for start, end in pairwise(ends)]


class Heard:
    """What comes out, in order: texts that were taken, and the library's events."""

    def __init__(self, *, takes: bool) -> None:
        self.takes = takes
        self.library = Connection(ConnectionType.SERVER)
        self.sieve = Sieve(self.library, self.take)
        self.texts: list[str] = []
        self.others: list[object] = []
        self.pending = ""
        self.bytes = b""

    def take(self, text: bytes) -> bool:
        if self.takes:
            self.texts.append(text.decode())
        return self.takes

    def hear(self, chunk: bytes) -> None:
        self.sieve.receive_data(chunk)
        for event in self.sieve.events():
            if isinstance(event, TextMessage):
                self.pending += event.data
                if event.message_finished:
                    self.texts.append(self.pending)
                    self.pending = ""
            elif isinstance(event, BytesMessage):
                self.bytes += event.data
                if event.message_finished:
                    self.others.append(self.bytes)
                    self.bytes = b""
            else:
                self.others.append(event)


def what_comes_out(chunks: list[bytes], *, takes: bool) -> tuple[list[str], list[object], str]:
    heard = Heard(takes=takes)
    with suppress(RemoteProtocolError):
        for chunk in chunks:
            heard.hear(chunk)
    return heard.texts, heard.others, heard.pending


@given(some.lists(messages, max_size=8), some.lists(some.integers(0, 2000), max_size=12))
def test_taking_frames_or_leaving_them_makes_no_difference(said: list[Any], places: list[int]) -> None:
    data = spoken(said)
    assert what_comes_out(cut(data, places), takes=True) == what_comes_out([data] if data else [], takes=False)


@given(some.binary(max_size=400), some.lists(some.integers(0, 400), max_size=8))
def test_noise_never_breaks_the_sieve(noise: bytes, places: list[int]) -> None:
    heard = Heard(takes=False)
    for chunk in cut(noise, places):
        try:
            heard.hear(chunk)
        except RemoteProtocolError:
            return
    assert len(heard.sieve.rest) <= SHORT + 6


@given(some.text(max_size=30))
def test_what_is_sent_quickly_is_what_the_library_would_send(text: str) -> None:
    assert quick_frame(text.encode()) == Connection(ConnectionType.SERVER).send(TextMessage(data=text))


@given(some.text(max_size=30))
def test_masked_text_is_read_as_it_was_said(text: str) -> None:
    frame = spoken([TextMessage(data=text)])
    assert (end_of_frame(frame), text_of(frame)) == (len(frame), text.encode())


def test_the_library_keeps_a_connection_once_it_has_it() -> None:
    heard = Heard(takes=True)
    heard.hear(spoken([Ping(payload=b"x")]) + spoken([TextMessage(data="a score")]))
    assert (heard.texts, heard.sieve.is_open) == (["a score"], False)


def test_a_slow_reader_gets_everything_in_order_and_nobody_waits_for_it() -> None:
    near, far = socket.socketpair()
    near.setblocking(False)
    wire = Wire(near, lambda: None)
    wire._send_the_rest_later = lambda: None  # type: ignore[method-assign] # no gevent here: this test empties it by hand
    near.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    said = [os.urandom(1000) for _ in range(60)]
    for one in said:
        assert wire.send(one) == 1000
    assert wire.unsent
    heard = b""
    while len(heard) < 60_000:
        heard += far.recv(65536)
        if wire.unsent:
            del wire.unsent[: near.send(wire.unsent)]
    assert heard == b"".join(said)
    near.close()
    far.close()


def test_a_reader_who_never_reads_is_given_up() -> None:
    near, far = socket.socketpair()
    near.setblocking(False)
    wire = Wire(near, lambda: None)
    wire._send_the_rest_later = lambda: None  # type: ignore[method-assign]
    sent = 0
    try:
        while sent < 10_000_000:
            sent += wire.send(b"x" * 10_000)
        gave_up = False
    except OSError:
        gave_up = True
    near.close()
    far.close()
    assert gave_up
