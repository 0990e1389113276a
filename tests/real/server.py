"""The served application in a process of its own, which a test may ask, stop or kill."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType

import psutil

from facilitate.rehearsal.browser import Browser, Unreachable

START, STOP = 30.0, 15.0
"""Seconds; generous, because the machine may be busy with other tests."""
TRACEBACK = "Traceback (most recent call last)"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """`facilitate serve` on one instance folder and one port; it may be started again after it ended."""

    command = "serve"
    program: tuple[str, ...] = ("-m", "facilitate")

    def __init__(self, instance: Path, *options: str, database: str = "") -> None:
        self.instance, self.options, self.port = instance, options, free_port()
        self.address_of_database = database
        """Empty: SQLite in the instance folder."""
        self.log = instance / "server.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.extra: dict[str, str] = {}
        """Further settings of its environment."""

    def __enter__(self) -> Server:
        self.start()
        return self

    def __exit__(self, _kind: type[BaseException] | None, _what: object, _where: TracebackType | None) -> None:
        if self.is_running:
            self.kill9()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.instance / "facilitate.sqlite"

    @property
    def store(self) -> Path | str:
        """The SQLite file, or the address of a PostgreSQL database."""
        return self.address_of_database or self.database

    def start(self) -> None:
        self.instance.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *self.program, self.command, "--port", str(self.port), *self.options],
                cwd=self.instance,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait_until_it_answers()

    def _wait_until_it_answers(self) -> None:
        until = time.monotonic() + START
        while time.monotonic() < until:
            assert self.process is not None
            if self.process.poll() is not None:
                break
            try:
                if Browser(self.url).get("/healthz").status == 200:
                    return
            except Unreachable:
                time.sleep(0.05)
        raise AssertionError(f"the server did not start:\n{self.log.read_text()}")

    def kill9(self) -> None:
        """No farewell: the whole process group is gone at once."""
        self._end(signal.SIGKILL)

    def term(self) -> float:
        """Ask it to stop; returns the seconds it took."""
        began = time.monotonic()
        self._end(signal.SIGTERM)
        return time.monotonic() - began

    def interrupt(self) -> None:
        """Ctrl-C."""
        self._end(signal.SIGINT)

    def _end(self, how: signal.Signals) -> None:
        assert self.process is not None
        if self.process.poll() is None:
            os.killpg(self.process.pid, how)
        try:
            self.process.wait(STOP)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            raise AssertionError(f"the server did not stop within {STOP} s") from None

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def rss(self) -> int:
        """Bytes of memory it holds."""
        return int(self._itself().memory_info().rss)

    def threads(self) -> int:
        return int(self._itself().num_threads())

    def _itself(self) -> psutil.Process:
        assert self.process is not None
        return psutil.Process(self.process.pid)

    def log_tracebacks(self) -> list[str]:
        """Every traceback in the log, up to the line that names the error."""
        parts = self.log.read_text(errors="replace").split(TRACEBACK)[1:] if self.log.exists() else []
        return [TRACEBACK + part for part in parts]

    # --- the other commands on the same instance ---

    @property
    def environment(self) -> dict[str, str]:
        ours = {name: value for name, value in os.environ.items() if not name.startswith("FACILITATE_")}
        if ours.pop("PYTHONDONTWRITEBYTECODE", ""):  # dozens of starts: what was compiled once is kept, elsewhere
            ours["PYTHONPYCACHEPREFIX"] = str(Path(tempfile.gettempdir()) / "facilitate-bytecode")
        return {**ours, "FACILITATE_INSTANCE": str(self.instance), "PYTHONUNBUFFERED": "1", **self._settings}

    @property
    def _settings(self) -> dict[str, str]:
        database = {"FACILITATE_DATABASE": self.address_of_database} if self.address_of_database else {}
        return database | self.extra

    def facilitate(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "facilitate", *map(str, arguments)],
            cwd=self.instance,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )

    def new_event(self) -> dict[str, str]:
        """A new event's `code` and links, at this server's address."""
        done = self.facilitate("new", "--json")
        assert done.returncode == 0, done.stderr
        links: dict[str, str] = json.loads(done.stdout)
        return {name: value.replace("http://127.0.0.1:8000", self.url) for name, value in links.items()}


class Weakened(Server):
    """The same with one defence taken out (`tests/real/weakened.py` names them)."""

    def __init__(self, instance: Path, without: str, *options: str) -> None:
        super().__init__(instance, *options)
        self.program = (str(Path(__file__).with_name("weakened.py")), without)
