"""Quick frames: the short way of a score through the WebSocket, past the library that reads everything else.

Nearly all that phones send are whole, short, masked text frames, and nearly all they get are short answers. These are
read and written here. At the first byte of anything else the library (wsproto) takes the connection over, from the
beginning of that frame and for good. The format is RFC 6455, section 5.2.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from typing import Any

WHOLE_TEXT = 0x81
"""First byte: the only frame of its message, of type text, no extension."""
MASKED = 0x80
"""In the second byte; the other seven bits are the length, up to SHORT."""
SHORT = 125
HEAD = 6
"""Bytes before the text: two, and the four of the mask."""
MOST_UNSENT = 256 * 1024
"""Bytes that may wait for a reader who does not read, before the connection is given up."""


def quick_frame(text: bytes) -> bytes:
    """The frame in which a server sends this text. At most SHORT bytes of it."""
    return bytes((WHOLE_TEXT, len(text))) + text


def end_of_frame(data: bytes) -> int | None:
    """Where the quick frame at the beginning of `data` ends: 0 while it is not all here, None if it is another kind."""
    if data[0] != WHOLE_TEXT:
        return None
    if len(data) == 1:
        return 0
    length = data[1] ^ MASKED
    if length > SHORT:
        return None
    return HEAD + length if len(data) >= HEAD + length else 0


def text_of(frame: bytes) -> bytes:
    """What a quick frame says, unmasked."""
    said = frame[HEAD:]
    mask = (frame[2:HEAD] * (len(said) // 4 + 1))[: len(said)]
    return (int.from_bytes(said, "big") ^ int.from_bytes(mask, "big")).to_bytes(len(said), "big")


class Sieve:
    """Stands before the library's connection: `take` may have each quick frame's text, the library gets the rest."""

    def __init__(self, connection: Any, take: Callable[[bytes], bool]) -> None:
        self.connection, self.take = connection, take
        self.events, self.send = connection.events, connection.send
        self.rest = b""
        self.is_open = True
        """False once the library reads everything."""
        self.passed = 0
        """Bytes that went on to the library."""

    def receive_data(self, data: bytes) -> None:
        if not self.is_open:
            self._pass(data)
            return
        data = self.rest + data
        while data and (end := end_of_frame(data)):
            frame, data = data[:end], data[end:]
            if not self.take(text_of(frame)):
                self._pass(frame)
        self.rest = data
        if data and end_of_frame(data) is None:
            self.is_open, self.rest = False, b""
            self._pass(data)

    def _pass(self, data: bytes) -> None:
        self.passed += len(data)
        self.connection.receive_data(data)


class Wire:
    """A connection on which everybody gets a turn: one piece is read each time the hub comes by, and what is sent goes
    out whole and in order, without anybody waiting for a reader who is slow."""

    def __init__(self, connection: socket.socket, wait: Callable[[], None]) -> None:
        """`wait` returns when there is something to read, after all others had their turn."""
        self.connection, self.wait = connection, wait
        self.close, self.shutdown = connection.close, connection.shutdown
        self.unsent = bytearray()

    def recv(self, size: int) -> bytes:
        """Under gevent a socket with waiting data would be read on and on, and one flood would silence a hall. To wait
        first also spares most reads, which would find nothing yet."""
        self.wait()
        return self.connection.recv(size)

    def send(self, data: bytes) -> int:
        if self.unsent:
            self.unsent += data
            if len(self.unsent) > MOST_UNSENT:
                self.shutdown(socket.SHUT_RDWR)
                raise OSError("the other side does not read")
            return len(data)
        try:
            sent = os.write(self.connection.fileno(), data)
        except BlockingIOError:
            sent = 0
        if sent < len(data):
            self.unsent += data[sent:]
            self._send_the_rest_later()
        return len(data)

    def _send_the_rest_later(self) -> None:
        import gevent

        gevent.spawn(self._send_the_rest)

    def _send_the_rest(self) -> None:
        try:
            while self.unsent:
                del self.unsent[: self.connection.send(self.unsent)]
        except OSError:
            self.unsent.clear()  # gone; its reader finds out by itself
