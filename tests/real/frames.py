"""WebSocket frames written by hand, right and wrong, over a plain connection."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import socket
import time
from urllib.parse import urlsplit

from facilitate.rehearsal.browser import Browser
from facilitate.rehearsal.websocket import CLOSE, CONTINUATION, PING, PONG, TEXT, masked

BINARY = 0x2
__all__ = ["BINARY", "CLOSE", "CONTINUATION", "PING", "PONG", "TEXT", "RawLine", "frame"]


def frame(
    kind: int,
    content: bytes | str = b"",
    *,
    last: bool = True,
    rsv: int = 0,
    mask: bool = True,
    length: int | None = None,
) -> bytes:
    """One frame; `length` may lie about its content, and the mask that a client owes may be left out."""
    content = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    said = len(content) if length is None else length
    head = bytes([(0x80 if last else 0) | rsv << 4 | kind])
    bit = 0x80 if mask else 0
    if said < 126:
        head += bytes([bit | said])
    elif said < 65536:
        head += bytes([bit | 126]) + said.to_bytes(2, "big")
    else:
        head += bytes([bit | 127]) + said.to_bytes(8, "big")
    if not mask:
        return head + content
    key = os.urandom(4)
    return head + key + masked(content, key)


class RawLine:
    """An open WebSocket that sends bytes as they are, and need not read what comes back."""

    def __init__(self, browser: Browser, code: str = "", *, receive_buffer: int = 0) -> None:
        parts = urlsplit(browser.origin)
        self.socket = socket.socket()
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(15)
        with contextlib.suppress(OSError):  # said by the first word we send
            self.socket.connect((parts.hostname or "", parts.port or 80))
        lines = [
            "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
            f"Host: {browser.host}",
            f"Origin: {browser.origin}",
            f"Cookie: {browser.cookie_header}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
            "Sec-WebSocket-Version: 13",
        ]
        try:
            self.send("\r\n".join([*lines, "", ""]).encode())
            self.wait_for(b"0{")
            if code:
                self.say("40" + json.dumps({"event": code, "section": "phone"}))
                self.wait_for(b"40{")
        except BaseException:
            self.close()
            raise

    def send(self, raw: bytes) -> None:
        self.socket.sendall(raw)

    def say(self, text: str) -> None:
        self.send(frame(TEXT, text))

    def wait_for(self, wanted: bytes) -> None:
        heard = b""
        while wanted not in heard:
            piece = self.socket.recv(65536)
            if not piece:
                raise ConnectionError(f"hung up after {heard!r}")
            heard += piece

    def is_closed(self, within: float) -> bool:
        """Does the server hang up in this time? What it says before is read and dropped."""
        until = time.monotonic() + within
        while (left := until - time.monotonic()) > 0:
            self.socket.settimeout(left)
            try:
                if not self.socket.recv(65536):
                    return True
            except TimeoutError:
                return False
            except OSError:
                return True
        return False

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self.socket.close()
