"""`facilitate serve`: one process, gevent, a graceful stop."""

from __future__ import annotations

import os
import signal
import socket
from typing import Any
from urllib.parse import urlsplit

from flask import Flask

from facilitate import live
from facilitate.errors import Refusal
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


def serve(app: Flask, host: str, port: int) -> None:
    """Serve until SIGTERM or Ctrl-C; then finish what was begun and go."""
    import gevent
    from gevent.pywsgi import WSGIHandler, WSGIServer
    from werkzeug.middleware.proxy_fix import ProxyFix

    refuse_unsafe_surroundings(os.environ)
    hosts = app.config["HOSTS"]
    wsgi: Any = TransportGuard(app.wsgi_app, lambda name: name.lower() in hosts, app.config["SOCKET_CAP"])
    if proxies := app.config["TRUST_PROXY"]:
        wsgi = ProxyFix(wsgi, x_for=proxies, x_proto=proxies, x_host=proxies)
    with app.app_context():
        live.writer().start()
        live.pulse().neighbours.start()

    class Handler(WSGIHandler):
        """After a WebSocket nothing on its connection is a request any more."""

        def run_application(self) -> None:
            super().run_application()
            if (self.environ or {}).get("HTTP_UPGRADE", "").lower() == "websocket":
                self.close_connection = True

    server = WSGIServer((host, port), wsgi, handler_class=Handler, log=None, backlog=4096)
    stopping = gevent.event.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(name, stopping.set)
    try:
        server.start()
    except OSError as error:
        raise Refusal(f"Cannot listen on {host}:{port} ({error.strerror}). Another --port may be free.") from error
    stopping.wait()
    server.stop(timeout=GRACE)
