"""A hall of phones against facilitate, the Node peer and stock Flask-SocketIO, side by side on this machine.

    python -m bench.hall [ROW …]

The server gets one core, the load another. Prints a table and, when all rows were measured, writes RESULTS.md.
"""

from __future__ import annotations

import json
import os
import platform
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from bench import attacks
from bench.seats import Hall
from bench.servers import BENCH, LOAD_CORE, Facilitate, Measured, Peer, Stock

RESULTS = BENCH / "RESULTS.md"
TICK = 250
"""Milliseconds between two nudges of one section."""
Figures = dict[str, Any]


class Row(NamedTuple):
    """One line of the table."""

    what: str
    reach: str
    measured: str
    is_reached: bool | None
    """None where the row only tells."""


# --- the load ---


def load(server: Measured, adapter: str, scenario: str, **options: Any) -> Figures:
    """Run the load generator against the server, on the other core; returns what it measured."""
    said = [f"--{name}={value}" for name, value in options.items()]
    done = subprocess.run(
        [
            *("taskset", "--cpu-list", LOAD_CORE, "node", str(BENCH / "load" / "loadgen.mjs")),
            *("--url", server.url, "--pids", str(server.pid), "--adapter", f"./{adapter}.mjs", "--scenario", scenario),
            *said,
        ],
        env={**os.environ, "SEATS": str(server.folder / "seats.json")},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"the load generator failed:\n{done.stderr[-2000:]}")
    figures: Figures = json.loads(done.stdout)
    if figures.get("errors"):
        print("   errors:", figures["errors"], file=sys.stderr)
    return figures


@contextmanager
def running(kind: type[Measured], **environment: str) -> Iterator[Any]:
    with tempfile.TemporaryDirectory() as folder:
        server = kind(Path(folder) / "instance", **environment)
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def scoring(people: int, **environment: str) -> Iterator[tuple[Facilitate, Hall]]:
    """facilitate with a hall that scores 30 ideas under 10 criteria."""
    with running(Facilitate, **environment) as server:
        hall = Hall(server)
        hall.join(people)
        hall.open_scoring()
        hall.write(server.folder / "seats.json")
        yield server, hall


def cpu_seconds(figures: Figures) -> float:
    return float(figures["server"]["cpu_pct"] / 100 * figures["seconds"])


def thousands(value: float) -> str:
    return f"{value:,.0f}"


# --- the rows ---


def saturation() -> Iterator[Row]:
    """500 phones, each sends the next score when the last is acknowledged; three turns, the median counts."""
    ours, peers, stocks, memory = [], [], [], []
    options = {"n": 500, "rate": 0, "duration": 8, "boards": 1, "consoles": 0}
    for _ in range(3):
        with running(Peer) as peer:
            peers.append(load(peer, "peer", "score", **options)["acks_per_cpu_s"])
        with scoring(500) as (server, _hall):
            figures = load(server, "facilitate", "score", **options)
            ours.append(figures["acks_per_cpu_s"])
            memory.append(figures["memory"]["mb_per_1000"])
        with running(Stock) as stock:
            stocks.append(load(stock, "peer", "score", **options)["acks_per_cpu_s"])
    own, peer_, stock_ = (statistics.median(found) for found in (ours, peers, stocks))
    what = "acknowledged scores per CPU-second, 500 phones at saturation, synchronous FULL"
    yield Row(
        what,
        "≥ 0.25 × the Node peer (aim 0.6)",
        f"{thousands(own)} against {thousands(peer_)}: {own / peer_:.2f} ×",
        own >= 0.25 * peer_,
    )
    yield Row(
        "the same against stock Flask-SocketIO with an ORM session per score",
        "≥ 9 ×",
        f"{thousands(own)} against {thousands(stock_)}: {own / stock_:.1f} ×",
        own >= 9 * stock_,
    )
    yield Row("memory per 1,000 connections", "≤ 75 MB", f"{statistics.median(memory):.0f} MB", max(memory) <= 75)


def latency() -> Iterator[Row]:
    """Every phone scores once in three seconds; one board and two consoles are open."""
    for people, reach in ((1000, 10), (5000, 75)):
        with scoring(people) as (server, _hall):
            figures = load(server, "facilitate", "score", n=people, rate=0.333, duration=15, boards=1, consoles=2)
        ack, board = figures["ack_ms"], figures["board_ms"]
        yield Row(
            f"acknowledgement at one score per 3 s and phone, {people:,} phones",
            f"p95 ≤ {reach} ms",
            f"p50 {ack['p50']:.1f}, p95 {ack['p95']:.1f}, p99 {ack['p99']:.1f} ms; server at"
            f" {figures['server']['cpu_pct']:.0f} % of a core",
            ack["p95"] <= reach,
        )
        if people == 1000:
            yield Row(
                "board freshness while scoring: from the tap until the fetched page counts it",
                f"p95 ≤ {TICK + 15} ms",
                f"p50 {board['p50']:.0f}, p95 {board['p95']:.0f} ms",
                board["p95"] <= TICK + 15,
            )


def slow_disk() -> Iterator[Row]:
    """Both on a disk on which fsync takes 8 ms; the peer commits each score by itself."""
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "slowsync.so"
        compiler = ["gcc", "-shared", "-fPIC", "-O2", "-o", str(library), str(BENCH / "slowsync.c"), "-ldl"]
        subprocess.run(compiler, check=True)
        slow = {"LD_PRELOAD": str(library), "FSYNC_US": "8000"}
        options = {"n": 500, "rate": 0, "duration": 8, "boards": 0, "consoles": 0}
        with running(Peer, PERSIST="each", **slow) as peer:
            theirs = load(peer, "peer", "score", **options)["acked_per_s"]
        with scoring(500, **slow) as (server, _hall):
            ours = load(server, "facilitate", "score", **options)["acked_per_s"]
    yield Row(
        "scores a second on a disk with 8 ms fsync",
        "≥ 40 × the peer's one commit per score",
        f"{thousands(ours)} against {thousands(theirs)}: {ours / theirs:.0f} ×",
        ours >= 40 * theirs,
    )


def joining() -> Iterator[Row]:
    """1,000 phones in 5 s: join page, join, welcome page, socket ready."""
    joins: dict[type[Measured], list[float]] = {Facilitate: [], Peer: []}
    for _ in range(2):
        with running(Peer) as peer:
            figures = load(peer, "peer", "storm", n=1000, window=5, boards=1, consoles=0)
            joins[Peer].append(figures["ok"] / cpu_seconds(figures))
        with running(Facilitate) as server:
            Hall(server).write(server.folder / "seats.json")
            figures = load(server, "facilitate", "storm", n=1000, window=5, boards=1, consoles=0)
            joins[Facilitate].append(figures["ok"] / cpu_seconds(figures))
    ready = figures["ready_ms"]
    yield Row(
        "join storm: 1,000 phones in 5 s, page to socket ready",
        "p95 ≤ 600 ms, no error",
        f"p50 {ready['p50']:.0f}, p95 {ready['p95']:.0f} ms, {figures['failed']} failed",
        ready["p95"] <= 600 and not figures["failed"],
    )
    ours, theirs = max(joins[Facilitate]), max(joins[Peer])
    yield Row(
        "joins per CPU-second",
        "≥ 1.0 × the peer",
        f"{ours:.0f} against {theirs:.0f}: {ours / theirs:.2f} ×",
        ours >= theirs,
    )


def coming_back() -> Iterator[Row]:
    """2,000 phones; the server is killed and started again."""
    with scoring(2000) as (server, hall):
        asked, done = server.folder / "kill", server.folder / "killed"

        def restart() -> None:
            while not asked.exists():
                time.sleep(0.01)
            server.stop(signal.SIGKILL)
            server.start()
            done.touch()

        threading.Thread(target=restart, daemon=True).start()
        wait = f"touch {asked}; while [ ! -e {done} ]; do sleep 0.02; done"
        figures = load(server, "facilitate", "reconnect", n=2000, boards=1, consoles=0, restart=wait)
        hall.look()
    back = figures["since_listening_ms"]
    yield Row(
        "reconnect after kill -9, 2,000 phones, from the moment the server is up",
        "all back ≤ 5 s",
        f"{figures['reconnected']:,} back; p50 {back['p50'] / 1000:.1f}, last {back['max'] / 1000:.1f} s"
        f" (server away {figures['down_ms'] / 1000:.1f} s)",
        figures["reconnected"] >= 2000 and back["max"] <= 5000,
    )


def ideas() -> Iterator[Row]:
    """2,000 phones send one idea each within 15 s; they are shown at once."""
    with running(Facilitate) as server:
        hall = Hall(server)
        hall.join(2000)
        hall.show_at_once()
        hall.move_on_to("collect")
        hall.write(server.folder / "seats.json")
        figures = load(server, "facilitate", "idea", n=2000, duration=15, boards=1, consoles=0)
    board, seen, sent = figures["board_delivery_ms"], figures["delivered"], figures["ideas"]
    yield Row(
        "idea burst, 2,000 phones one idea each in 15 s: every idea on the board",
        "p95 ≤ 1 s, server ≤ 60 % of a core",
        f"{seen:,} of {sent:,}; p95 {board['p95'] / 1000:.2f} s; server at {figures['server']['cpu_pct']:.0f} %",
        seen == sent and board["p95"] <= 1000 and figures["server"]["cpu_pct"] <= 60,
    )


def attacked() -> Iterator[Row]:
    """100 phones score while somebody attacks; their acknowledgements, and pages, are timed. Memory is compared with
    the same load without an attack."""
    peace = 0.0
    for attack in (attacks.PEACE, *attacks.ALL):
        with scoring(100) as (server, hall):
            before = attacks.memory(server.pid)
            ending = threading.Event()
            pages = attacks.Pages(server.url, hall.code)
            helpers = [
                threading.Thread(target=attack.run, args=(server.url, hall, ending), daemon=True),
                threading.Thread(target=pages.look, args=(ending,), daemon=True),
            ]
            for helper in helpers:
                helper.start()
            figures = load(server, "facilitate", "score", n=100, rate=1, duration=10, boards=0, consoles=0)
            ending.set()
            for helper in helpers:
                helper.join(30)
            grown = attacks.memory(server.pid) - before - peace
            traces = (server.folder / "server.log").read_text(errors="replace").count("Traceback")
        if attack is attacks.PEACE:
            peace = grown
            continue
        p99, page = figures["ack_ms"]["p99"], pages.p99()
        yield Row(
            f"{attack.name}: others meanwhile",
            "ack p99 ≤ 250 ms, pages ≤ 250 ms, 0 tracebacks" + attack.reach,
            f"ack p99 {p99:.0f} ms, pages p99 {page:.0f} ms, {traces} tracebacks, memory {grown:+.1f} MB"
            f" ({attack.told})",
            p99 <= 250 and page <= 250 and not traces and attack.holds(grown),
        )


def exporting() -> Iterator[Row]:
    """Another event, closed (60 ideas × 48 people × 10 criteria), is exported again and again."""
    with scoring(250) as (server, _hall):
        other = server.new_event()
        rehearsal = [sys.executable, "-m", "facilitate", "rehearse", other["code"], "--people", "48", "--ideas", "60"]
        subprocess.run(
            [*rehearsal, "--url", server.url, "--console-url", other["console_url"]],
            cwd=server.folder,
            env=server.environment,
            check=True,
            capture_output=True,
        )
        exports = attacks.Exports(other["console_url"], other["code"])
        ending = threading.Event()
        thread = threading.Thread(target=lambda: exports.take(ending), daemon=True)
        thread.start()
        figures = load(server, "facilitate", "score", n=250, rate=0.6, duration=12, boards=1, consoles=1)
        ending.set()
        thread.join(30)
    ack = figures["ack_ms"]
    yield Row(
        "export of another, closed event during scoring (250 phones, 150 scores a second)",
        "ack p95 < 150 ms",
        f"p50 {ack['p50']:.1f}, p95 {ack['p95']:.0f}, p99 {ack['p99']:.0f} ms; {exports.taken} workbooks were made",
        ack["p95"] < 150,
    )


ROWS: dict[str, Callable[[], Iterator[Row]]] = {
    "saturation": saturation,
    "latency": latency,
    "slow-disk": slow_disk,
    "joining": joining,
    "coming-back": coming_back,
    "ideas": ideas,
    "attacked": attacked,
    "exporting": exporting,
}


# --- the table ---


def machine() -> str:
    with suppress(OSError):
        models = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
        return f"{models[0].split(':')[1].strip()}, {os.cpu_count()} cores" if models else platform.machine()
    return platform.machine()


def versions() -> str:
    from importlib.metadata import version

    node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    names = ("flask-socketio", "python-socketio", "python-engineio", "simple-websocket", "gevent", "sqlalchemy")
    return f"Python {platform.python_version()}, Node {node}, " + ", ".join(f"{name} {version(name)}" for name in names)


def as_markdown(rows: list[Row]) -> str:
    marks = {True: "reached", False: "**falls short**", None: ""}
    lines = [f"| {row.what} | {row.reach} | {row.measured} | {marks[row.is_reached]} |" for row in rows]
    return "\n".join(["| what | reach | measured | |", "|---|---|---|---|", *lines])


def main(wanted: list[str]) -> None:
    if not (BENCH / "peer" / "node_modules").is_dir():
        subprocess.run(["npm", "ci", "--silent"], cwd=BENCH / "peer", check=True)
    rows: list[Row] = []
    for name in wanted or ROWS:
        print(f"{name} …", file=sys.stderr, flush=True)
        for row in ROWS[name]():
            rows.append(row)
            print(f"   {row.what}: {row.measured} ({row.reach})", file=sys.stderr, flush=True)
    table = as_markdown(rows)
    print(table)
    if not wanted:
        head, _, tail = RESULTS.read_text(encoding="utf-8").partition("<!-- table -->\n")
        tail = tail.partition("<!-- end -->")[2]
        where = f"{time.strftime('%Y-%m-%d')}, {machine()}, Linux {platform.release()}; {versions()}."
        RESULTS.write_text(f"{head}<!-- table -->\n{where}\n\n{table}\n<!-- end -->{tail}", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
