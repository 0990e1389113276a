"""What a page weighs: every byte that it receives and sends, as Chromium's own network layer saw it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import CDPSession, Page

from tests.browser.person import Person

FIRST_LOAD, SCRIPTS, UP_TO_THE_BALLOT, PER_SAVE = 100 * 1024, 40 * 1024, 125 * 1024, 2 * 1024
"""Bytes on the wire."""


class Scales:
    """The counter under one page."""

    def __init__(self, person: Person) -> None:
        self.names: dict[str, str] = {}
        self.weights: dict[str, int] = {}
        self.frames = 0
        self.wire: CDPSession = person.context.new_cdp_session(person.page)
        self.wire.on("Network.responseReceived", self._named)
        self.wire.on("Network.loadingFinished", self._weighed)
        self.wire.on("Network.webSocketFrameSent", self._framed)
        self.wire.on("Network.webSocketFrameReceived", self._framed)
        self.wire.send("Network.enable")

    def _named(self, said: dict[str, Any]) -> None:
        self.names[said["requestId"]] = said["response"]["url"].rsplit("/", 1)[-1]

    def _weighed(self, said: dict[str, Any]) -> None:
        self.weights[said["requestId"]] = int(said["encodedDataLength"])

    def _framed(self, said: dict[str, Any]) -> None:
        self.frames += len(said["response"]["payloadData"].encode()) + 6  # and the frame around it

    @property
    def total(self) -> int:
        return sum(self.weights.values()) + self.frames

    @property
    def scripts(self) -> int:
        return sum(weight for one, weight in self.weights.items() if self.names.get(one, "").endswith(".js"))

    def report(self) -> str:
        heaviest = sorted(((weight, self.names.get(one, "?")) for one, weight in self.weights.items()), reverse=True)
        lines = [f"{weight / 1024:7.1f} KiB  {name}" for weight, name in heaviest if weight]
        return "\n".join([f"{self.total / 1024:.1f} KiB in all", *lines])


def settle(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_timeout(200)
