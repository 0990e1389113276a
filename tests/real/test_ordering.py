"""The last tap wins, over a real socket and by form (T4)."""

from __future__ import annotations

from facilitate.rehearsal.phone import Tap
from tests.real.phones import room_at_scoring, stored
from tests.real.server import Server

QUICK = ("1", "5", "2", "4", "3")


def test_of_five_quick_changes_the_last_one_stays(shared_server: Server) -> None:
    room = room_at_scoring(shared_server, people=2, ideas=20)
    by_socket, by_form = room.phones
    ideas = list(by_socket.paper().ideas)
    by_socket.score([Tap(idea, "A", value) for idea in ideas for value in QUICK], window=50)
    for idea in ideas:
        by_form.score_by_form([Tap(idea, "A", value) for value in QUICK])
    for phone in room.phones:
        kept = stored(shared_server.store, phone)
        assert {key: value for key, (_seq, value) in kept.items()} == {(idea, "A"): "3" for idea in ideas}
        assert kept == phone.saved
        phone.hang_up()


def test_what_comes_late_and_old_changes_nothing(shared_server: Server) -> None:
    room = room_at_scoring(shared_server, people=1, ideas=3)
    (phone,) = room.phones
    idea = next(iter(phone.paper().ideas))
    phone.score([Tap(idea, "A", "4"), Tap(idea, "A", "5")])
    phone.seq = 0
    (answer,) = phone.score_by_form([Tap(idea, "A", "4")])
    assert answer == {"ok": False, "why": "superseded", "seq": 2, "value": "5"}
    assert stored(shared_server.store, phone) == {(idea, "A"): (2, "5")}
    phone.hang_up()
