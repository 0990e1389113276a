"""The last tap wins, over a real socket and by form (T4)."""

from __future__ import annotations

import json
from pathlib import Path

from facilitate.rehearsal.browser import Browser
from facilitate.rehearsal.phone import Line, Tap
from tests.real.phones import room_at_scoring, stored
from tests.real.server import Server
from tests.sizes import size

IDEAS = size(pr=60, soak=600)
QUICK = ("1", "5", "2", "4", "3")


def test_of_five_quick_changes_the_last_one_stays(shared_server: Server) -> None:
    room = room_at_scoring(shared_server, people=2, ideas=IDEAS)
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


class Stock(Server):
    """Flask-SocketIO as it comes."""

    program = (str(Path(__file__).with_name("stock.py")),)


def test_one_thread_per_event_stores_the_wrong_tap_now_and_then(tmp_path: Path) -> None:
    """The control."""
    with Stock(tmp_path) as stock:
        browser = Browser(stock.url)
        line = Line(browser, {})
        for idea in range(IDEAS):
            for value in QUICK:
                line.say(idea, "score", {"idea": str(idea), "value": value})
        for _ in range(IDEAS * len(QUICK)):
            assert line.answer(10)
        kept = json.loads(browser.get("/healthz").text)
        line.close()
    assert len(kept) == IDEAS
    assert any(value != QUICK[-1] for value in kept.values())


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
