"""The nudger: tells sections that they changed, at most four times a second each, and never forgets the last change."""

from __future__ import annotations

import time
from collections.abc import Callable

RATE = 0.25
"""Seconds between two nudges of one section: the one rate in the house."""


class Nudger:
    def __init__(
        self,
        send: Callable[[str, str], None],
        later: Callable[[float, Callable[[], None]], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.send, self.later, self.clock = send, later, clock
        self.last: dict[tuple[str, str], float] = {}
        self.pending: set[tuple[str, str]] = set()

    def nudge(self, code: str, section: str) -> None:
        """Nudge now, or as soon as the rate allows."""
        key = (code, section)
        if key in self.pending:
            return
        rest = self.last.get(key, float("-inf")) + RATE - self.clock()
        if rest <= 0:
            self._send(key)
        else:
            self.pending.add(key)
            self.later(rest, lambda: self._send(key))

    def _send(self, key: tuple[str, str]) -> None:
        self.pending.discard(key)
        self.last[key] = self.clock()
        self.send(*key)
