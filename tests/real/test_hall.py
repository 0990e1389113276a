"""A hall at once: a hundred phones, some without sockets (T22); and all of them coming back after a crash (T25)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from facilitate.rehearsal.phone import Phone, Tap
from facilitate.rehearsal.room import Room
from tests.real.phones import Load, boxes, is_whole, lost, room_at_scoring, stored
from tests.real.polling import Polling
from tests.real.server import Server
from tests.real.test_crash import _wait_for_more
from tests.sizes import size

PEOPLE = size(pr=100, soak=250)
STORM = size(pr=50, soak=2000)


@pytest.fixture
def hall(server: Server) -> Iterator[Room]:
    made = room_at_scoring(server, people=PEOPLE, ideas=4)
    yield made
    for phone in made.phones:
        phone.hang_up()


def test_a_hall_scores_and_one_in_ten_has_no_socket(server: Server, hall: Room) -> None:
    taps = [Tap(idea, criterion, str(1 + len(criterion + idea) % 5)) for idea, criterion in boxes(hall)]
    blocked = hall.phones[::10]
    for phone in blocked:
        phone.hang_up()

    def score(phone: Phone) -> None:
        if phone not in blocked:
            phone.score(taps)
            return
        line = Polling(server, phone)
        for tap in taps:
            line.score(phone, tap)

    with ThreadPoolExecutor(PEOPLE) as crowd:
        list(crowd.map(score, hall.phones))
    for phone in hall.phones:
        assert stored(server.store, phone) == phone.saved
        assert {key: value for key, (_, value) in phone.saved.items()} == {tap.key: tap.value for tap in taps}
    assert server.log_tracebacks() == []


def test_everybody_comes_back_after_a_crash_and_nothing_is_lost_or_doubled(server: Server) -> None:
    room = room_at_scoring(server, people=STORM, ideas=3)
    with Load(room, window=2) as load:
        _wait_for_more(load, 0)
        server.kill9()
        before = sum(len(phone.waits) for phone in room.phones)
        assert lost(server.store, room.phones) == []
        server.start()
        heard = [len(phone.waits) for phone in room.phones]
        _wait_for_more(load, before)
        _wait_until_all(room.phones, heard)
    assert [phone for phone in room.phones if phone.outbox] == []
    assert lost(server.store, room.phones) == []
    assert is_whole(server.store)
    for phone in room.phones:
        kept = stored(server.store, phone)
        assert {key: value for key, (_seq, value) in kept.items()} == phone.said
        assert phone.paper().seq == phone.seq == max(seq for seq, _ in kept.values())


def _wait_until_all(phones: list[Phone], heard: list[int]) -> None:
    """Every single one has an answer from the server that is back."""
    until = time.monotonic() + 60
    while any(len(phone.waits) <= count for phone, count in zip(phones, heard, strict=True)):
        assert time.monotonic() < until, "somebody did not come back"
        time.sleep(0.05)
