"""What is counted and measured while the day runs, for whoever watches the server (`/metrics`)."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)

MILLISECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)

scores = Counter("facilitate_scores", "Answers to scores, by what was answered.", ["answer"], registry=REGISTRY)
batch_size = Histogram(
    "facilitate_batch_size",
    "Scores written in one transaction.",
    registry=REGISTRY,
    buckets=(1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500),
)
batch_seconds = Histogram(
    "facilitate_batch_seconds",
    "From the start of a transaction to its end on the disk.",
    registry=REGISTRY,
    buckets=MILLISECONDS,
)
waiting = Gauge("facilitate_scores_waiting", "Packets of scores that wait for the writer.", registry=REGISTRY)
sockets = Gauge("facilitate_sockets_open", "Open sockets.", registry=REGISTRY)
socket_cap = Gauge("facilitate_sockets_cap", "How many sockets may be open.", registry=REGISTRY)
sockets_closed = Counter(
    "facilitate_sockets_closed", "Sockets that the guard refused or ended, by reason.", ["why"], registry=REGISTRY
)
nudges = Counter("facilitate_nudges", "Nudges sent, by section.", ["section"], registry=REGISTRY)
pages = Histogram(
    "facilitate_request_seconds",
    "Answers to HTTP requests, by class of status.",
    ["status"],
    registry=REGISTRY,
    buckets=MILLISECONDS,
)
database_refused = Counter(
    "facilitate_database_refused",
    "Writes that the database did not take: locked by others, or no room on the disk.",
    ["why"],
    registry=REGISTRY,
)
backup_age = Gauge("facilitate_backup_age_seconds", "Age of the last hourly backup; -1: none yet.", registry=REGISTRY)
disk_free = Gauge("facilitate_disk_free_bytes", "Free bytes on the disk of the instance.", registry=REGISTRY)
build = Gauge("facilitate_build_info", "The version that runs.", ["version"], registry=REGISTRY)


def batch(answers: Iterable[str], seconds: float) -> None:
    """One transaction of the score writer: what was answered, and how long it took."""
    told = Tally(answers)
    for answer, count in told.items():
        scores.labels(answer).inc(count)
    batch_size.observe(told.total())
    batch_seconds.observe(seconds)


def text() -> bytes:
    """Everything, as Prometheus reads it."""
    return generate_latest(REGISTRY)
