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

from facilitate import journal, metrics
from facilitate.frames import SHORT, Sieve, Wire, quick_frame
from facilitate.text import web_address

MESSAGE_SIZE = 16 * 1024
"""Bytes in one message, enforced while it arrives."""
QUEUE = 100
"""Messages that may wait unread on one socket."""
UNREAD = 1000
"""Packets that may wait for somebody who goes on talking and never listens."""
RATE, BURST = 200.0, 400.0
"""Messages a second that one socket may send for long, and at once. A phone sends a few."""
PATH = "/socket.io/"

Environ = dict[str, Any]
StartResponse = Callable[..., Any]

_ENGINE = re.compile(r"1|2(?:probe)?|3(?:probe)?|5|6")
_CONNECT = re.compile(r"40(?:\{.{0,2000}\})?", re.DOTALL)
_EVENT = re.compile(r"42\d{0,10}(\[.*\])", re.DOTALL)
_SCORE = re.compile(r'42(\d{0,10})\["score",(\{.{2,400}\})\]', re.DOTALL)
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


_loads = json.JSONDecoder(parse_int=_number).decode


def _parses(text: str, kind: type) -> bool:
    try:
        return isinstance(_loads(text), kind)
    except (ValueError, RecursionError):
        return False


def read_score(packet: bytes) -> tuple[str, dict[str, Any]] | None:
    """The number to answer under (empty: none) and the content of a score; None for any other packet."""
    try:
        found = _SCORE.fullmatch(packet.decode())
        said = _loads(found[2]) if found else None
    except (ValueError, RecursionError):
        return None
    return (found[1], said) if found and isinstance(said, dict) else None


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


def _turned_away(why: str) -> None:
    """Count what the guard refused or ended; the journal hears of it now and then."""
    metrics.sockets_closed.labels(why).inc()
    journal.nuisance("the guard closed a socket", why)


class FairSocket(simple_websocket.Server):
    """A WebSocket on which everybody gets a turn, and that hangs up on what is too large or never read."""

    sock: Any
    ws: Any

    def __init__(self, environ: Environ, take: Callable[[bytes], bool], **options: Any) -> None:
        self.take = take
        super().__init__(environ, **options)

    def handshake(self) -> None:
        super().handshake()
        self.sock = Wire(self.sock, until_readable(self.sock.fileno()))
        self.ws = Sieve(self.ws, self.take)

    def answer(self, text: str) -> None:
        """Send without waiting. Short texts need no library."""
        said = text.encode()
        with contextlib.suppress(OSError, simple_websocket.ConnectionClosed):  # gone: it will ask again
            if len(said) <= SHORT:
                self.sock.send(quick_frame(said))
            else:
                self.send(text)

    def _handle_events(self) -> bool:
        if not isinstance(self.ws, Sieve):
            return bool(super()._handle_events())  # type: ignore[misc] # the handshake
        if not self.ws.passed:
            return True
        self.ws.passed = 0
        keep_going: bool = super()._handle_events()  # type: ignore[misc]
        if keep_going and len(self.input_buffer) <= QUEUE:
            return True
        if keep_going:
            _turned_away("backlog")
        hang_up(self.sock)
        self.event.set()
        return False


def until_readable(number: int) -> Callable[[], None]:
    """Waits in gevent's hub until this file has something to read, while everybody else has a turn."""
    import gevent

    hub: Any = gevent.get_hub()
    readable = hub.loop.io(number, 1)
    return lambda: hub.wait(readable)


def hang_up(connection: socket.socket | Wire | None) -> None:
    """End a connection without waiting for the other side's farewell."""
    with contextlib.suppress(OSError):  # gone already
        if connection:
            connection.shutdown(socket.SHUT_RDWR)


Answer = Callable[[str], None]
Taker = Callable[[str, str, dict[str, Any], Answer], bool]
"""Takes a score (socket, number to answer under, content, whom to answer), or leaves it to the event machinery."""


class GuardedWebSocket(SimpleWebSocketWSGI):  # type: ignore[misc]
    """What the Engine.IO server talks to: only acceptable packets come out of `wait`."""

    take_score: Taker

    def __init__(self, handler: Callable[..., Any], server: Any) -> None:
        super().__init__(handler, server, max_message_size=MESSAGE_SIZE)
        self.line: Any = handler.__self__  # type: ignore[attr-defined]
        self.sid = self.line.sid
        self.bucket = Bucket()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Any:
        try:
            self.ws = FairSocket(environ, self._take, **self.server_args)
            return self.app(self) or []
        except (simple_websocket.ConnectionError, OSError):
            return []

    def _take(self, text: bytes) -> bool:
        """The short way of a score. Whatever is not taken goes the long way, to `wait`."""
        score = read_score(text)
        return bool(score and self.bucket.takes_one() and GuardedWebSocket.take_score(self.sid, *score, self.ws.answer))

    def close(self) -> None:
        """Say farewell and hang up: nobody waits for a client that does not answer it."""
        super().close()
        hang_up(self.ws.sock)

    def wait(self) -> str | None:
        """The next packet for the server, or None to end the connection quietly."""
        packet: str | None = super().wait()
        if packet is None:
            return None
        fault = self._fault(packet)
        if fault:
            _turned_away(fault)
        return None if fault else packet

    def _fault(self, packet: str) -> str | None:
        """Why this connection has to end, if it has to."""
        if not self.bucket.takes_one():
            return "flood"
        if self.line.queue.qsize() > UNREAD:
            return "deaf"
        return None if is_acceptable(packet) else "packet"


def open_lines(lines: Mapping[str, Any]) -> int:
    """How many of Engine.IO's connections are open; those that ended stay in its table for a while."""
    return sum(not line.closed for line in list(lines.values()))


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
            _turned_away("full" if status.startswith("503") else f"refused with {status[:3]}")
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
        if "sid" not in query and len(self.lines) >= self.cap and open_lines(self.lines) >= self.cap:
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
