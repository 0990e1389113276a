"""The guard around /socket.io: who may connect, how large, how fast, and which packets.

Flask's hooks do not run for /socket.io, and the stock drivers neither limit a message while it arrives nor let others
speak while one socket floods. What is refused here never reaches a handler.
"""

from __future__ import annotations

import contextlib
import json
import re
import socket
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import parse_qs

import simple_websocket
from engineio.async_drivers._websocket_wsgi import SimpleWebSocketWSGI

from facilitate.early import is_serving
from facilitate.text import web_address

MESSAGE_SIZE = 16 * 1024
"""Bytes in one message, enforced while it arrives."""
QUEUE = 100
"""Messages that may wait unread on one socket."""
UNREAD = 1000
"""Answers that may wait for somebody who goes on talking and never listens."""
RATE, BURST = 200.0, 400.0
"""Messages a second that one socket may send for long, and at once. A phone sends a few."""
PATH = "/socket.io/"

Environ = dict[str, Any]
StartResponse = Callable[..., Any]

_ENGINE = re.compile(r"1|2(?:probe)?|3(?:probe)?|5|6")
_CONNECT = re.compile(r"40(?:\{.{0,2000}\})?", re.DOTALL)
_EVENT = re.compile(r"42\d{0,10}(\[.*\])", re.DOTALL)
_SCORE = re.compile(r'42(\d{1,10})\["score",(\{.{2,400}\})\]', re.DOTALL)
EVENTS = frozenset({"score"})
"""What a client may say. Names like "connect" would run our own handlers, so the list is closed."""


def is_acceptable(packet: object) -> bool:
    """May this packet go on to the handlers? Ours are short texts: pings, connect, disconnect and `score`."""
    if not isinstance(packet, str):
        return False
    if packet == "41" or _ENGINE.fullmatch(packet):
        return True
    if packet.startswith("40"):
        return _CONNECT.fullmatch(packet) is not None and _parses(packet[2:] or "{}", dict)
    event = _EVENT.fullmatch(packet)
    if event is None or not _parses(event[1], list):
        return False
    content = _loads(event[1])
    return len(content) == 2 and content[0] in EVENTS


def _number(digits: str) -> int:
    """No counter of ours is that long, and Engine.IO's own reader breaks on it."""
    if len(digits) > 40:
        raise ValueError
    return int(digits)


def _loads(text: str) -> Any:
    return json.loads(text, parse_int=_number)


def _parses(text: str, kind: type) -> bool:
    try:
        return isinstance(_loads(text), kind)
    except (ValueError, RecursionError):
        return False


def read_score(packet: object) -> tuple[str, dict[str, Any]] | None:
    """The number to answer under and the content of a score that wants an answer; None for any other packet."""
    found = _SCORE.fullmatch(packet) if isinstance(packet, str) else None
    if found is None:
        return None
    try:
        said = _loads(found[2])
    except (ValueError, RecursionError):
        return None
    return (found[1], said) if isinstance(said, dict) else None


class Bucket:
    """Tokens that come back with time: a burst is fine, a flood is not."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock, self.tokens, self.at = clock, BURST, clock()

    def takes_one(self) -> bool:
        at = self.clock()
        self.tokens = min(BURST, self.tokens + (at - self.at) * RATE)
        self.at = at
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True


def _let_others_speak() -> None:
    """Under gevent a socket with waiting data is read on and on; everybody else gets a turn here."""
    if is_serving():
        import gevent

        gevent.sleep(0)


class FairSocket(simple_websocket.Server):
    """A WebSocket that yields after every chunk, and hangs up on what is too large or never read."""

    def _handle_events(self) -> bool:
        keep_going: bool = super()._handle_events()  # type: ignore[misc]
        _let_others_speak()
        if keep_going and len(self.input_buffer) <= QUEUE:
            return True
        hang_up(self.sock)
        self.event.set()
        return False


def hang_up(connection: socket.socket | None) -> None:
    """End a connection without waiting for the other side's farewell."""
    with contextlib.suppress(OSError):  # gone already
        if connection:
            connection.shutdown(socket.SHUT_RDWR)


Taker = Callable[[str, str, dict[str, Any]], bool]
"""Takes a score (socket, number to answer under, content) past the event machinery, or says that it cannot."""


class GuardedWebSocket(SimpleWebSocketWSGI):  # type: ignore[misc]
    """What the Engine.IO server talks to: only acceptable packets come out of `wait`."""

    take_score: Taker | None = None

    def __init__(self, handler: Callable[..., Any], server: Any) -> None:
        super().__init__(handler, server, max_message_size=MESSAGE_SIZE)
        self.line: Any = handler.__self__  # type: ignore[attr-defined]
        self.sid = self.line.sid
        self.bucket = Bucket()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Any:
        try:
            self.ws = FairSocket(environ, **self.server_args)
            return self.app(self) or []
        except (simple_websocket.ConnectionError, OSError):
            return []

    def close(self) -> None:
        """Say farewell and hang up: nobody waits for a client that does not answer it."""
        super().close()
        hang_up(self.ws.sock)

    def wait(self) -> str | None:
        """The next packet for the server, or None to end the connection quietly. Scores take the short way."""
        while True:
            packet = super().wait()
            if packet is None or not self.bucket.takes_one() or self.line.queue.qsize() > UNREAD:
                return None
            if not self._was_taken(packet):
                return packet if is_acceptable(packet) else None

    def _was_taken(self, packet: object) -> bool:
        take = GuardedWebSocket.take_score
        score = read_score(packet) if take else None
        return bool(score and take and take(self.sid, *score))


class TransportGuard:
    """WSGI around the whole application; it only looks at /socket.io. `lines` are Engine.IO's connections."""

    def __init__(self, app: Any, is_trusted_host: Callable[[str], bool], cap: int, lines: Mapping[str, Any]) -> None:
        self.app, self.is_trusted_host, self.cap, self.lines = app, is_trusted_host, cap, lines

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if not environ.get("PATH_INFO", "").startswith(PATH.rstrip("/")):
            return self.app(environ, start_response)  # type: ignore[no-any-return]
        refused = self._refused(environ)
        if refused:
            status, reason, headers = refused
            start_response(status, [("Content-Type", "text/plain; charset=utf-8"), *headers, *HEADERS])
            return [reason.encode()]
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)  # no compression: a small frame could become a huge one

        def with_headers(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            present = {name.lower() for name, _ in headers}
            return start_response(status, headers + [h for h in HEADERS if h[0].lower() not in present], *rest)

        return self.app(environ, with_headers)  # type: ignore[no-any-return]

    def _refused(self, environ: Environ) -> tuple[str, str, list[tuple[str, str]]] | None:
        query = parse_qs(environ.get("QUERY_STRING", ""))
        host = environ.get("HTTP_HOST", "")
        origin = environ.get("HTTP_ORIGIN")
        is_upgrade = environ.get("HTTP_UPGRADE", "").lower() == "websocket"
        if not self.is_trusted_host(host):
            return "400 Bad Request", "This server does not answer under that name.", []
        if "j" in query:
            return "400 Bad Request", "Not spoken here.", []
        if origin is None and (is_upgrade or environ["REQUEST_METHOD"] == "POST"):
            return "403 Forbidden", "A socket needs to say which page it belongs to.", []
        if environ.get("HTTP_SEC_FETCH_SITE", "none") not in ("same-origin", "none"):
            return "403 Forbidden", "This socket belongs to a page of another site.", []
        if origin is not None and web_address(origin).netloc.lower() != host.lower():
            return "403 Forbidden", "This socket belongs to a page of another site.", []
        if "sid" not in query and sum(not line.closed for line in list(self.lines.values())) >= self.cap:
            return "503 Service Unavailable", "The hall is full for a moment.", [("Retry-After", "5")]
        if environ["REQUEST_METHOD"] == "POST" and self._is_deaf(query.get("sid", [""])[0]):
            return "429 Too Many Requests", "There are answers to be picked up first.", []
        if environ["REQUEST_METHOD"] == "POST" and not _body_is_acceptable(environ):
            return "400 Bad Request", "Not understood.", []
        return None

    def _is_deaf(self, sid: str) -> bool:
        return sid in self.lines and bool(self.lines[sid].queue.qsize() > UNREAD)


def _body_is_acceptable(environ: Environ) -> bool:
    """Check polled packets like sent ones, and put the body back for the server to read."""
    from io import BytesIO

    try:
        length = int(environ.get("CONTENT_LENGTH") or 0)
        if not 0 < length <= MESSAGE_SIZE:
            return False
        body = environ["wsgi.input"].read(length)
        environ["wsgi.input"] = BytesIO(body)
        return all(is_acceptable(packet) for packet in body.decode().split("\x1e"))
    except (ValueError, OSError):
        return False


HEADERS = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cache-Control", "no-store"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
]


class UnsafeServer(Exception):
    """The machine has something installed or set that breaks a live room; better not to start."""


def refuse_unsafe_surroundings(environment: Any) -> None:
    """Checked before serving: known troublemakers and a second worker without a message queue."""
    from importlib.util import find_spec

    for package, why in (
        ("geventwebsocket", "gevent-websocket is installed; it breaks sockets. Please uninstall it."),
        ("eventlet", "eventlet is installed; it is not maintained and would take over. Please uninstall it."),
    ):
        if find_spec(package):
            raise UnsafeServer(why)
    if int(environment.get("WEB_CONCURRENCY") or 1) > 1 and not environment.get("FACILITATE_REDIS"):
        raise UnsafeServer("Several workers need FACILITATE_REDIS, or each would be a room of its own.")
