"""What an operator reads: health for everybody, figures on the machine itself or with the token."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from facilitate.extensions import db
from tests.cast import Day

TOKEN = "t0ken-unlike-any-other"


def read(app: Flask, path: str = "/metrics", **more: Any) -> tuple[int, str]:
    answer = app.test_client().get(path, **more)
    return answer.status_code, answer.text


def figure(app: Flask, name: str) -> float:
    """One sample, by its name and labels."""
    found = re.search(rf"^{re.escape(name)} (\S+)$", read(app)[1], re.MULTILINE)
    return float(found[1]) if found else 0.0


def test_the_machine_itself_reads_them(app: Flask) -> None:
    status, text = read(app)
    assert status == 200
    named = set(re.findall(r"^# TYPE (\w+)", text, re.MULTILINE))
    assert {
        "facilitate_sockets_open",
        "facilitate_sockets_cap",
        "facilitate_scores_total",
        "facilitate_scores_waiting",
        "facilitate_batch_size",
        "facilitate_batch_seconds",
        "facilitate_nudges_total",
        "facilitate_sockets_closed_total",
        "facilitate_request_seconds",
        "facilitate_database_refused_total",
        "facilitate_backup_age_seconds",
        "facilitate_disk_free_bytes",
        "facilitate_build_info",
        "process_resident_memory_bytes",
        "process_cpu_seconds_total",
    } <= named


@pytest.mark.parametrize(
    "asked",
    [
        {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}},
        {"headers": {"X-Forwarded-For": "127.0.0.1"}},
        {"headers": {"X-Real-IP": "127.0.0.1"}},
        {"headers": {"Forwarded": "for=127.0.0.1"}},
        {"headers": {"Authorization": "Bearer "}, "environ_base": {"REMOTE_ADDR": "192.0.2.7"}},
        {"headers": {"Authorization": "Bearer wrong"}, "environ_base": {"REMOTE_ADDR": "192.0.2.7"}},
    ],
)
def test_for_others_there_is_nothing_at_this_address(app: Flask, asked: dict[str, Any]) -> None:
    status, text = read(app, **asked)
    assert (status, text) == (404, read(app, "/nothing", **asked)[1].replace("/nothing", "/metrics"))


def test_behind_a_proxy_only_the_token_opens_them(app: Flask) -> None:
    app.config.update(TRUST_PROXY=1, METRICS_TOKEN=TOKEN)
    assert read(app)[0] == 404
    assert read(app, headers={"Authorization": "Bearer wrong"})[0] == 404
    asked = {"Authorization": f"Bearer {TOKEN}"}
    assert read(app, headers=asked, environ_base={"REMOTE_ADDR": "192.0.2.7"})[0] == 200


def test_scores_are_counted_by_what_was_answered(app: Flask, day: Day) -> None:
    amina = day.until("welcome").joins()
    (idea,) = day.scoring("Evening classes").idea_ids().values()
    names = [f'facilitate_scores_total{{answer="{answer}"}}' for answer in ("saved", "invalid")]
    names += ["facilitate_batch_size_count", "facilitate_batch_seconds_count"]
    before = [figure(app, name) for name in names]
    amina.score(idea, "A", 3)
    amina.score(idea, "A", 4)
    amina.score(idea, "A", 999)
    assert [figure(app, name) - earlier for name, earlier in zip(names, before, strict=True)] == [2, 1, 3, 3]


def test_pages_are_counted_by_class_of_status(app: Flask) -> None:
    name = 'facilitate_request_seconds_count{status="4xx"}'
    before = figure(app, name)
    read(app, "/nothing")
    assert figure(app, name) == before + 1


@pytest.mark.sqlite("tests/postgresql does the same there")
def test_health_says_when_the_database_cannot_be_read(app: Flask) -> None:
    assert read(app, "/healthz") == (200, '{"ok":true}\n')
    with app.app_context():
        db.engine.dispose()
    file = Path(app.instance_path) / "facilitate.sqlite"
    for part in file.parent.glob("facilitate.sqlite*"):
        part.unlink()
    file.write_bytes(b"this is not a database" * 1000)
    status, text = read(app, "/healthz")
    assert (status, text) == (503, '{"ok":false,"wrong":["the database cannot be read"]}\n')
