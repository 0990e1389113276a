"""An open socket that writes down everything it hears."""

from __future__ import annotations

import contextlib
import json
import threading

from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from facilitate.rehearsal.browser import Browser
from tests.real.server import Server


class Ear:
    """Hears everything that comes over one socket."""

    def __init__(self, server: Server, browser: Browser, code: str, section: str) -> None:
        self.heard: list[str] = []
        self.ended = threading.Event()
        """The server has hung up."""
        opening = connect(
            server.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket",
            origin=Origin(server.url),
            additional_headers={"Cookie": browser.cookie_header},
            compression=None,
        )
        self.socket: ClientConnection = opening.__enter__()
        self.socket.recv(timeout=10)
        self.say("40" + json.dumps({"event": code, "section": section}))
        self.is_in = self._answer().startswith("40")
        threading.Thread(target=self._listen, daemon=True).start()

    def _answer(self) -> str:
        """Come in, or not; the first nudge may overtake it."""
        while (packet := str(self.socket.recv(timeout=10)))[:2] not in ("40", "44"):
            pass
        return packet

    def say(self, packet: str) -> None:
        with contextlib.suppress(ConnectionClosed):
            self.socket.send(packet)

    def _listen(self) -> None:
        with contextlib.suppress(WebSocketException):
            for packet in self.socket:
                if packet == "2":
                    self.say("3")
                else:
                    self.heard.append(str(packet))
        self.ended.set()

    def close(self) -> None:
        self.socket.close_timeout = 1
        self.socket.close()
