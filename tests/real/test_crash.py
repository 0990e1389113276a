"""Saved means saved: a server killed or stopped in mid-load loses nothing that a phone was told is saved (T1)."""

from __future__ import annotations

import contextlib
import random
import time
from pathlib import Path
from typing import Any

from facilitate.rehearsal.phone import Line, Tap
from tests.real.phones import Load, boxes, is_whole, lost, room_at_scoring, stored
from tests.real.server import STOP, Server, Weakened
from tests.sizes import size

ROUNDS = size(pr=10, soak=100)
PHONES = size(pr=6, soak=12)
AT_LEAST = size(pr=200, soak=20_000)
"""Answers that must have been acknowledged, or the test proves little."""


def test_kill_in_mid_load_loses_nothing_that_was_acknowledged(server: Server) -> None:
    room = room_at_scoring(server, people=PHONES, ideas=8)
    dice, acknowledged = random.Random(1), 0  # noqa: S311 - repeatable, not secret
    with Load(room) as load:
        for _ in range(ROUNDS):
            time.sleep(dice.uniform(0.2, size(pr=6, soak=12) / 10))
            server.kill9()
            time.sleep(0.2)  # answers that were on the wire arrive
            assert lost(server.store, room.phones) == []
            assert is_whole(server.store)
            count = sum(len(phone.waits) for phone in room.phones)
            assert count > acknowledged, "nobody scored in this round, so it proves nothing"
            acknowledged = count
            server.start()
            _wait_for_more(load, acknowledged)
    assert acknowledged >= AT_LEAST
    for phone in room.phones:
        assert phone.refused == {}
        assert {key: value for key, (_seq, value) in stored(server.store, phone).items()} == phone.said


def test_a_server_that_says_saved_too_early_is_found_out(tmp_path: Path) -> None:
    """The control: the same kill, and what was acknowledged before the commit is gone."""
    with Weakened(tmp_path / "instance", "answers_before_it_writes") as hasty:
        room = room_at_scoring(hasty, people=4, ideas=8)
        for phone in room.phones:
            phone.patience = 0.0
        with Load(room):
            time.sleep(0.5)
            hasty.kill9()
    assert lost(hasty.store, room.phones) != []


def _wait_for_more(load: Load, count: int) -> None:
    until = time.monotonic() + 30
    while sum(len(phone.waits) for phone in load.room.phones) <= count + len(load.room.phones):
        assert time.monotonic() < until, "the phones did not come back"
        time.sleep(0.05)


def test_restarts_in_mid_load_are_quick_and_lose_nothing(server: Server) -> None:
    """L11: whoever is answered is saved, and the phones come back by themselves."""
    room = room_at_scoring(server, people=6, ideas=8)
    acknowledged = 0
    with Load(room) as load:
        for _ in range(size(pr=3, soak=20)):
            _wait_for_more(load, acknowledged)
            assert server.term() < STOP
            assert server.process is not None
            assert server.process.returncode == 0
            assert lost(server.store, room.phones) == []
            assert is_whole(server.store)
            acknowledged = sum(len(phone.waits) for phone in room.phones)
            server.start()
        _wait_for_more(load, acknowledged)
    for phone in room.phones:
        assert phone.refused == {}
        assert {key: value for key, (_seq, value) in stored(server.store, phone).items()} == phone.said


def test_a_polite_stop_answers_what_it_has_taken(server: Server) -> None:
    """Nothing is sent again: every score that reached the server is answered before its socket ends."""
    room = room_at_scoring(server, people=1, ideas=8)
    (phone,) = room.phones
    taps = [Tap(idea, criterion, "3") for idea, criterion in boxes(room)]
    assert phone.line is not None
    for seq, tap in enumerate(taps, start=1):
        phone.line.say(seq, "score", {"seq": seq, "idea": tap.idea, "criterion": tap.criterion, "value": tap.value})
    first = phone.line.answer(30)
    assert first is not None
    assert server.term() < STOP
    answers = [first, *_rest(phone.line)]
    kept = {seq for seq, _value in stored(server.store, phone).values()}
    assert {number for number, answer in answers if answer["ok"]} == kept
    phone.hang_up()


def _rest(line: Line) -> list[tuple[int, dict[str, Any]]]:
    """The answers that came before the server hung up."""
    found = []
    with contextlib.suppress(OSError):
        while (heard := line.answer(30)) is not None:
            found.append(heard)
    return found
