"""A network as halls have it: a TCP proxy that delays, cuts, falls silent and leaves connections half open."""

from __future__ import annotations

import asyncio
import contextlib
import random
import threading
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from tests.real.server import free_port

CHUNK = 64 * 1024
SILENCE = 4.0
"""Seconds that a half-open connection stays before the network notices."""


@dataclass(frozen=True)
class Weather:
    delay: float = 0.0
    spread: float = 0.0
    """Seconds that every piece is late: `delay` ± `spread`."""
    lasts: tuple[float, float] = (1e6, 1e6)
    """Seconds after which a connection is cut, at least and at most."""
    half_open: float = 0.0
    """The share of cuts of which neither side hears: both wait for the other."""


CALM = Weather()
ROUGH = Weather(delay=0.3, spread=0.2, lasts=(5.0, 15.0), half_open=0.2)


class ChaosProxy:
    """Stands between phones and the server at `port`; the weather may change at any time."""

    def __init__(self, port: int, weather: Weather = CALM, seed: int = 1) -> None:
        self.server_port, self.port, self.weather = port, free_port(), weather
        self.dice = random.Random(seed)  # noqa: S311 - repeatable, not secret
        self.cuts = 0
        self.is_silent = False
        """The black hole: connections open, and nothing passes."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._pairs: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> ChaosProxy:
        self._thread.start()
        self._server = self._run(lambda: asyncio.start_server(self._take, "127.0.0.1", self.port))
        return self

    def __exit__(self, _kind: type[BaseException] | None, _what: object, _where: TracebackType | None) -> None:
        self._run(self._stop)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def cut_all(self) -> None:
        """Everybody loses the connection in this moment."""
        self.cuts += len(self._pairs)
        for pair in list(self._pairs):
            self._loop.call_soon_threadsafe(pair.cancel)

    def _run(self, work: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
        return asyncio.run_coroutine_threadsafe(work(), self._loop).result(10)

    async def _stop(self) -> None:
        self._server.close()
        for pair in list(self._pairs):
            pair.cancel()
        await asyncio.gather(*self._pairs, return_exceptions=True)

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._pairs.add(task)
        ends = [writer]
        try:
            with contextlib.suppress(OSError, asyncio.CancelledError):
                away, onward = await asyncio.open_connection("127.0.0.1", self.server_port)
                ends.append(onward)
                await self._join((reader, onward), (away, writer))
        finally:
            for end in ends:
                end.transport.abort()
            self._pairs.discard(task)

    async def _join(self, *ways: tuple[asyncio.StreamReader, asyncio.StreamWriter]) -> None:
        """Both directions, until one side ends or the weather does it."""
        pumps = [asyncio.ensure_future(self._pump(*way)) for way in ways]
        try:
            done, _ = await asyncio.wait(
                pumps, timeout=self.dice.uniform(*self.weather.lasts), return_when=asyncio.FIRST_COMPLETED
            )
            if not done:
                self.cuts += 1
                if self.dice.random() < self.weather.half_open:
                    for pump in pumps:
                        pump.cancel()
                    await asyncio.sleep(SILENCE)
        finally:
            for pump in pumps:
                pump.cancel()
            await asyncio.gather(*pumps, return_exceptions=True)

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while piece := await reader.read(CHUNK):
            late = self.weather.delay + self.dice.uniform(-1, 1) * self.weather.spread
            await asyncio.sleep(max(0.0, late))
            while self.is_silent:
                await asyncio.sleep(0.05)
            writer.write(piece)
            await writer.drain()
