"""A phone where WebSockets are blocked: the same protocol in plain requests."""

from __future__ import annotations

import json
import urllib.request

from facilitate.rehearsal.phone import Phone, Tap
from tests.real.server import Server


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

    def score(self, phone: Phone, tap: Tap) -> None:
        """Send one answer, and wait for what became of it."""
        phone.seq += 1
        said = {"seq": phone.seq, "idea": tap.idea, "criterion": tap.criterion, "value": tap.value}
        self.say(f"42{phone.seq}" + json.dumps(["score", said]))
        while f'43{phone.seq}[{{"ok":true,"seq":{phone.seq}}}]' not in self.hear():
            pass
        phone.said[tap.key], phone.saved[tap.key] = tap.value, (phone.seq, tap.value)
