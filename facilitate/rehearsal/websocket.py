"""The browser's end of a WebSocket, as far as a phone needs it: short texts, pings and a farewell (RFC 6455)."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
import socket
import ssl
import time
from dataclasses import dataclass, field

CONTINUATION, TEXT, CLOSE, PING, PONG = 0x0, 0x1, 0x8, 0x9, 0xA
GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
CONNECT_PATIENCE = 15.0
"""Seconds until the server must have let us in."""


class SocketClosed(ConnectionError):
    """The other side has gone, or did not let us in."""


@dataclass
class WebSocket:
    """One open socket. Sending and receiving happen on the thread of whoever holds it."""

    connection: socket.socket
    is_open: bool = True
    _unread: bytearray = field(default_factory=bytearray)
    _pieces: list[bytes] = field(default_factory=list)

    @classmethod
    def open(cls, host: str, path: str, headers: dict[str, str], *, is_secure: bool = False) -> WebSocket:
        """Shake hands with the server at `host`, which has its port where that is not the usual one."""
        name, _, port = host.partition(":")
        address = name, int(port or (443 if is_secure else 80))
        connection = socket.create_connection(address, timeout=CONNECT_PATIENCE)
        try:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if is_secure:
                connection = ssl.create_default_context().wrap_socket(connection, server_hostname=name)
            opened = cls(connection)
            opened._shake_hands(host, path, headers)
        except BaseException:
            connection.close()
            raise
        return opened

    def _shake_hands(self, host: str, path: str, headers: dict[str, str]) -> None:
        key = base64.b64encode(os.urandom(16)).decode()
        asked = {
            "Host": host,
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Key": key,
            "Sec-WebSocket-Version": "13",
            **headers,
        }
        lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in asked.items()), "", ""]
        self.connection.sendall("\r\n".join(lines).encode())
        while b"\r\n\r\n" not in self._unread:
            self._read_more()
        head, _, self._unread = self._unread.partition(b"\r\n\r\n")
        accepted = base64.b64encode(hashlib.sha1(f"{key}{GUID}".encode(), usedforsecurity=False).digest())
        if not head.startswith(b"HTTP/1.1 101") or accepted not in head:
            raise SocketClosed(f"the socket was refused: {head.splitlines()[0].decode(errors='replace')}")

    def send(self, text: str) -> None:
        self._send(TEXT, text.encode())

    def _send(self, kind: int, content: bytes) -> None:
        """One whole frame; what browsers send is masked."""
        size, mask = len(content), os.urandom(4)
        if size < 126:
            length = bytes([0x80 | size])
        elif size < 65536:
            length = bytes([0x80 | 126]) + size.to_bytes(2, "big")
        else:
            length = bytes([0x80 | 127]) + size.to_bytes(8, "big")
        if not self.is_open:
            raise SocketClosed("the socket is closed")
        self.connection.settimeout(CONNECT_PATIENCE)
        self.connection.sendall(bytes([0x80 | kind]) + length + mask + masked(content, mask))

    def receive(self, patience: float) -> str | None:
        """The next text; None if none comes within `patience` seconds."""
        until = time.monotonic() + patience
        while True:
            frame = self._frame()
            if frame is None:
                rest = until - time.monotonic()
                if rest <= 0:
                    return None
                self.connection.settimeout(rest)
                try:
                    self._read_more()
                except TimeoutError:
                    return None
                continue
            is_last, kind, content = frame
            text = self._take(kind, content, is_last=is_last)
            if text is not None:
                return text

    def _read_more(self) -> None:
        if not self.is_open:
            raise SocketClosed("the socket is closed")
        chunk = self.connection.recv(65536)
        if not chunk:
            self.is_open = False
            raise SocketClosed("the server hung up")
        self._unread += chunk

    def _frame(self) -> tuple[bool, int, bytes] | None:
        """The next whole frame that has arrived: is it the last of its message, its kind, its content."""
        if len(self._unread) < 2:
            return None
        size, start = self._unread[1] & 0x7F, 2
        if size >= 126:
            start = 4 if size == 126 else 10
            size = int.from_bytes(self._unread[2:start], "big")
        if len(self._unread) < start + size:
            return None
        first, content = self._unread[0], bytes(self._unread[start : start + size])
        del self._unread[: start + size]
        return bool(first & 0x80), first & 0x0F, content

    def _take(self, kind: int, content: bytes, *, is_last: bool) -> str | None:
        if kind == PING:
            self._send(PONG, content)
        elif kind == CLOSE:
            self.close()
            raise SocketClosed("the server closed the socket")
        elif kind in (TEXT, CONTINUATION):
            self._pieces.append(content)
            if is_last:
                text = b"".join(self._pieces).decode()
                self._pieces.clear()
                return text
        return None

    def close(self) -> None:
        """Say goodbye, where somebody still listens."""
        if self.is_open:
            with contextlib.suppress(OSError):
                self._send(CLOSE, (1000).to_bytes(2, "big"))
        self.is_open = False
        self.connection.close()


def masked(content: bytes, mask: bytes) -> bytes:
    size = len(content)
    key = (mask * (size // 4 + 1))[:size]
    return (int.from_bytes(content, "big") ^ int.from_bytes(key, "big")).to_bytes(size, "big")
