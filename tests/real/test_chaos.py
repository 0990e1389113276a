"""Phones on a bad network: nothing lost, nothing twice, and "saved" is never said too early (T26)."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from facilitate.rehearsal.browser import Browser
from facilitate.rehearsal.phone import Phone, Tap
from tests.real.chaos import CALM, ROUGH, ChaosProxy, Weather
from tests.real.phones import Load, lost, room_at_scoring, stored
from tests.real.server import Server
from tests.sizes import size

PHONES, SECONDS = size(pr=8, soak=30), size(pr=9, soak=300)
SILENCE = size(pr=2, soak=20)
WEATHER = Weather(ROUGH.delay, ROUGH.spread, (size(pr=2, soak=5), size(pr=5, soak=15)), ROUGH.half_open)


class Hasty(Phone):
    """The control: says "saved" when it has sent something, and does not look back."""

    def _send(self, tap: Tap) -> None:
        super()._send(tap)
        for seq, sent in self.outbox.items():
            self.saved[sent.key] = (seq, sent.value)
        self.outbox.clear()


def through(proxy: ChaosProxy, phone: Phone, kind: type[Phone] = Phone) -> Phone:
    """The same person, on the bad network."""
    phone.hang_up()
    moved = kind(Browser(proxy.url), phone.code, seq=phone.seq)
    moved.browser.cookies = phone.browser.cookies
    moved.connect()
    return moved


def test_phones_on_a_bad_network_lose_nothing_and_say_nothing_false(tmp_path: Path) -> None:
    server = Server(tmp_path / "instance")
    with ChaosProxy(server.port) as proxy:
        server.extra = {"FACILITATE_PUBLIC_URL": proxy.url}
        with server:
            room = room_at_scoring(server, people=PHONES + 1, ideas=6)
            first, *others = room.phones
            room.phones = [through(proxy, phone) for phone in others]
            hasty = through(proxy, first, Hasty)
            hasty.patience = 0.0
            with Load(room, window=2) as load:
                careless = Load(replace(room, phones=[hasty]))
                careless.threads[0].start()
                proxy.weather = WEATHER
                proxy.cut_all()
                time.sleep(SECONDS - SILENCE)
                assert lost(server.store, room.phones) == [], "said to be saved, and not there"
                proxy.is_silent = True
                time.sleep(SILENCE)
                proxy.is_silent = False
                proxy.weather = CALM
                careless.finish()
                load.finish()
            assert proxy.cuts > PHONES
            assert [phone for phone in room.phones if phone.outbox or phone.refused] == []
            for phone in room.phones:
                kept = stored(server.store, phone)
                assert kept == phone.saved
                assert {key: value for key, (_seq, value) in kept.items()} == phone.said
            assert lost(server.store, [hasty]) != []
        assert server.log_tracebacks() == []
