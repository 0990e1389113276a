"""`facilitate serve`: one process, gevent, a graceful stop."""

from __future__ import annotations

import gc
import os
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from flask import Flask

from facilitate import archivist, deadlines, journal, keeper, live, pulse, watch
from facilitate.database import note_failure
from facilitate.errors import Refusal
from facilitate.gathering import gathering
from facilitate.transport import TransportGuard, refuse_unsafe_surroundings

ANYWHERE = ("0.0.0.0", "::", "")  # noqa: S104 - addresses that people cannot type
GRACE = 4
"""Seconds that running answers get when the server is asked to stop."""


def lan_address() -> str:
    """This machine's address in the hall's network. Nothing is sent: the socket only picks its way out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def announce(app: Flask, host: str, port: int, *, lan: bool) -> str:
    """Settle under which names the server answers; returns the address for people."""
    address = lan_address() if lan else ("127.0.0.1" if host in ANYWHERE else host)
    app.config["PUBLIC_URL"] = app.config["PUBLIC_URL"] or f"http://{address}:{port}"
    names = {urlsplit(app.config["PUBLIC_URL"]).netloc.lower()}
    names |= {f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]", address)}
    app.config["HOSTS"] = frozenset(names | ({"127.0.0.1", "localhost"} if port == 80 else set()))
    return str(app.config["PUBLIC_URL"])


def calm_collector() -> None:
    """What exists at the start stays: Python need not look through it again and again while phones wait."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def serve(app: Flask, host: str, port: int) -> bool:
    """Serve until SIGTERM or Ctrl-C; then finish what was begun. False: something still waits, and was not answered."""
    import gevent
    from gevent.pywsgi import WSGIHandler, WSGIServer
    from werkzeug.middleware.proxy_fix import ProxyFix

    refuse_unsafe_surroundings(os.environ)
    hosts = app.config["HOSTS"]
    wsgi: Any = TransportGuard(
        app.wsgi_app, lambda name: name.lower() in hosts, app.config["SOCKET_CAP"], pulse.server().eio.sockets
    )
    if proxies := app.config["TRUST_PROXY"]:
        wsgi = ProxyFix(wsgi, x_for=proxies, x_proto=proxies, x_host=proxies)
    journal.open_journal(app.config["LOG_FORMAT"])
    hub: Any = gevent.get_hub()
    hub.print_exception = _stumbled
    with app.app_context():
        live.writer().start()
        gathering().start()
        pulse.pulse().neighbours.start()

    stopping = gevent.event.Event()

    class Handler(WSGIHandler):
        """One connection; how many requests are being answered on all of them is counted."""

        busy = 0

        def run_application(self) -> None:
            Handler.busy += 1
            try:
                super().run_application()
            finally:
                Handler.busy -= 1
            # After a WebSocket nothing on its connection is a request any more; and at the end nobody may ask again.
            if stopping.is_set() or (self.environ or {}).get("HTTP_UPGRADE", "").lower() == "websocket":
                self.close_connection = True

        def _handle_client_error(self, ex: Exception) -> Any:
            journal.nuisance("a request could not be read", type(ex).__name__)
            # A ValueError is what the library expects here; for any other it prints a trace.
            return super()._handle_client_error(ValueError(type(ex).__name__))  # type: ignore[misc]

    calm_collector()
    # What the HTTP server says about malformed requests quotes them: addresses with tokens too.
    server = WSGIServer((host, port), wsgi, handler_class=Handler, log=None, error_log=None, backlog=4096)
    for name in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(name, stopping.set)
    try:
        server.start()
        # What is written goes out at once: otherwise every answer waits 40 ms for the browser's receipt of its headers.
        server.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except OSError as error:
        raise Refusal(f"Cannot listen on {host}:{port} ({error.strerror}). Another --port may be free.") from error
    journal.note("serving", version=app.config["VERSION"], process=os.getpid())
    every(deadlines.GLANCE, deadlines.Watch(app).look)
    every(watch.EVERY, watch.Watch(app).look)
    every(keeper.EVERY, keeper.Keeper(app).look)
    every(archivist.EVERY, app.extensions["archivist"].look)
    stopping.wait()
    journal.note("stopping", sockets=live.open_sockets())
    server.close()
    with suppress(gevent.Timeout), gevent.Timeout(GRACE):
        with app.app_context():
            live.close()
        while Handler.busy:
            gevent.sleep(0.01)
    journal.note("stopped", unanswered=Handler.busy)
    return Handler.busy == 0


def every(seconds: float, look: Callable[[], float | None]) -> None:
    """Look again and again, beside the room, sooner where a look says so; one that fails is noted and harms nothing."""
    import gevent

    def go_round() -> None:
        while True:
            rest = None
            try:
                rest = look()
            except Exception as error:  # noqa: BLE001 - the next look may succeed
                note_failure(f"failed: {look.__qualname__}", error)
            gevent.sleep(seconds if rest is None else rest)

    gevent.spawn(go_round)


def _stumbled(_where: object, _kind: object, error: Any, _trace: object) -> None:
    """Something in the background failed, and nobody waited for it."""
    note_failure("failed in the background", error)
