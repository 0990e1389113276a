"""Backups while the room scores: each one restores to a moment that really was (T35)."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from facilitate.backup import make_backup, restore
from facilitate.config import settings
from facilitate.rehearsal.browser import Browser
from facilitate.rehearsal.phone import Phone
from tests.real.phones import Load, counts, is_whole, room_at_scoring, stored
from tests.real.server import Server

BACKUPS = 5
only_sqlite = pytest.mark.sqlite("PostgreSQL has pg_dump and pg_restore")


@only_sqlite
def test_every_backup_under_load_is_a_prefix_of_history(server: Server, tmp_path: Path) -> None:
    room = room_at_scoring(server, people=6, ideas=40)
    kept = []
    with Load(room, window=1, rounds=1):
        for number in range(BACKUPS):
            time.sleep(0.05)
            before = [acknowledged(phone) for phone in room.phones]
            file = tmp_path / f"{number}.backup"
            make_backup(server.database, file)
            kept.append((file, before, [phone.seq for phone in room.phones]))
    assert all(after != before for _, before, after in kept), "nobody scored meanwhile, so this proves nothing"
    elsewhere = Server(tmp_path / "elsewhere")
    elsewhere.instance.mkdir()
    shutil.copy2(server.instance / "secret_key", elsewhere.instance)
    for file, before, after in kept:
        restore(settings({}, INSTANCE=str(elsewhere.instance)), file)
        assert is_whole(elsewhere.store)
        for phone, least, most in zip(room.phones, before, after, strict=True):
            numbers = sorted(seq for seq, _value in stored(elsewhere.store, phone).values())
            assert numbers == list(range(1, len(numbers) + 1))  # no gap: with one answer everything before it is there
            assert least <= len(numbers) <= most
    elsewhere.start()
    phone = room.phones[0]
    again = Phone(Browser(elsewhere.url), phone.code)
    again.browser.cookies |= phone.browser.cookies
    assert again.paper().seq == len(stored(elsewhere.store, phone))
    assert elsewhere.term() < 10


def acknowledged(phone: Phone) -> int:
    return len(dict(phone.saved))


@only_sqlite
def test_a_plain_copy_of_the_file_loses_answers(server: Server, tmp_path: Path) -> None:
    """The control: the same load, and `cp` instead of a backup."""
    room = room_at_scoring(server, people=6, ideas=40)
    missing = 0
    with Load(room, window=1, rounds=1):
        for number in range(BACKUPS):
            time.sleep(0.05)
            before = sum(acknowledged(phone) for phone in room.phones)
            copy = tmp_path / f"{number}.sqlite"
            shutil.copyfile(server.database, copy)
            missing += max(0, before - counts(copy).get("score", 0))
    assert missing > 0


@only_sqlite
def test_restore_waits_until_nobody_serves(server: Server, tmp_path: Path) -> None:
    code = server.new_event()["code"]
    assert server.facilitate("backup", tmp_path / "one").returncode == 0
    server.new_event()
    done = server.facilitate("restore", tmp_path / "one")
    assert done.returncode == 1
    assert done.stderr == f"facilitate: facilitate is serving this instance at {server.url}. Please stop it first.\n"
    assert counts(server.store)["event"] == 2
    server.term()
    done = server.facilitate("restore", tmp_path / "one")
    assert done.returncode == 0, done.stderr
    assert counts(server.store)["event"] == 1
    (replaced,) = server.instance.glob("facilitate.replaced-*.sqlite")
    assert counts(replaced)["event"] == 2
    server.start()
    assert Browser(server.url).get(f"/{code}/board").status != 404


def test_one_server_for_one_instance(server: Server) -> None:
    done = server.facilitate("serve", "--port", server.port + 1)
    assert done.returncode == 1
    assert done.stderr == f"facilitate: facilitate is serving this instance at {server.url}. Please stop it first.\n"
