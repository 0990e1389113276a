"""The servers that are measured, each on a core of its own: facilitate, the Node peer, and stock Flask-SocketIO."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO
from urllib.request import urlopen

BENCH = Path(__file__).parent
SERVER_CORE, LOAD_CORE = "0", "1"
PATIENCE = 60.0
"""Seconds that a server gets to start and to stop."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Measured:
    """A server under measurement: started in a folder of its own, pinned to one core."""

    command: tuple[str, ...] = ()
    ready_path = "/"

    def __init__(self, folder: Path, **environment: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.port = folder, free_port()
        self.environment = {**os.environ, **self.settings(), **environment}
        self.process: subprocess.Popen[bytes] | None = None

    def settings(self) -> Mapping[str, str]:
        return {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def start(self) -> None:
        log: IO[bytes]
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                ["taskset", "--cpu-list", SERVER_CORE, *self.command, *self.options()],
                cwd=self.folder,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until = time.monotonic() + PATIENCE
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > until:
                raise SystemExit(f"{type(self).__name__} did not start:\n{(self.folder / 'server.log').read_text()}")
            time.sleep(0.02)

    def options(self) -> list[str]:
        return []

    def _answers(self) -> bool:
        try:
            with urlopen(self.url + self.ready_path, timeout=2):
                return True
        except OSError:
            return False

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, how)
            self.process.wait(PATIENCE)


class Facilitate(Measured):
    """`facilitate serve`, as people run it."""

    command = (sys.executable, "-m", "facilitate", "serve")
    ready_path = "/healthz"

    def settings(self) -> Mapping[str, str]:
        return {"FACILITATE_INSTANCE": str(self.folder)}

    def options(self) -> list[str]:
        return ["--port", str(self.port)]

    def new_event(self) -> dict[str, str]:
        """A new event's code and links."""
        done = subprocess.run(
            [sys.executable, "-m", "facilitate", "new", "--json"],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        links: dict[str, str] = json.loads(done.stdout)
        return {name: value.replace("http://127.0.0.1:8000", self.url) for name, value in links.items()}


class Peer(Measured):
    """socket.io and better-sqlite3 on Node, with the same minimal job (`npm ci` in bench/peer first)."""

    command = ("node", str(BENCH / "peer" / "node.mjs"))
    ready_path = "/j/ROOM"

    def settings(self) -> Mapping[str, str]:
        return {"PORT": str(self.port), "DB": str(self.folder / "peer.db"), "PERSIST": "group", "SYNC": "FULL"}


class Stock(Measured):
    """Flask-SocketIO as its documentation begins, with an ORM session and a commit for every score."""

    command = (sys.executable, str(BENCH / "stock.py"))
    ready_path = "/j/ROOM"

    def settings(self) -> Mapping[str, str]:
        return {"PORT": str(self.port), "DB": str(self.folder / "stock.db")}
