"""Saved means saved: a server killed or stopped in mid-load loses nothing that a phone was told is saved (T1)."""

from __future__ import annotations

import time

from tests.real.phones import Load, is_whole, lost, room_at_scoring, stored
from tests.real.server import Server

ROUNDS = (0.3, 0.9, 0.55)
"""Seconds of scoring before each kill."""


def test_kill_in_mid_load_loses_nothing_that_was_acknowledged(server: Server) -> None:
    room = room_at_scoring(server, people=6, ideas=8)
    acknowledged = 0
    with Load(room) as load:
        for seconds in ROUNDS:
            time.sleep(seconds)
            server.kill9()
            time.sleep(0.2)  # answers that were on the wire arrive
            assert lost(server.store, room.phones) == []
            assert is_whole(server.store)
            count = sum(len(phone.waits) for phone in room.phones)
            assert count > acknowledged, "nobody scored in this round, so it proves nothing"
            acknowledged = count
            server.start()
            _wait_for_more(load, acknowledged)
    for phone in room.phones:
        assert phone.refused == {}
        assert {key: value for key, (_seq, value) in stored(server.store, phone).items()} == phone.said


def _wait_for_more(load: Load, count: int) -> None:
    until = time.monotonic() + 30
    while sum(len(phone.waits) for phone in load.room.phones) <= count + len(load.room.phones):
        assert time.monotonic() < until, "the phones did not come back"
        time.sleep(0.05)


def test_a_polite_stop_under_load_is_quick_and_loses_nothing(server: Server) -> None:
    room = room_at_scoring(server, people=6, ideas=8)
    for phone in room.phones:
        phone.patience = 0.0
    with Load(room):
        time.sleep(0.7)
        assert server.term() < 5
    assert sum(len(phone.saved) for phone in room.phones) > 0
    assert lost(server.store, room.phones) == []
    assert is_whole(server.store)
