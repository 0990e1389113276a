"""A room that is dealt its ideas and scores some of them again, over real sockets (R16, R18)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from sqlalchemy import text

from facilitate import presets
from facilitate.rehearsal.browser import Browser
from facilitate.rehearsal.host import Host
from facilitate.rehearsal.phone import Phone, Tap
from facilitate.scoring.files import rank_files
from tests.exports.test_ranking import raw
from tests.real.phones import behind, lost
from tests.real.server import Server

PEOPLE, IDEAS, PER_PERSON = 12, 8, 4
TITLE = presets.load("ircc-planning-day")["title"]["en"]


class Room:
    """An event with scoring open, of which each phone was dealt a part."""

    def __init__(self, server: Server) -> None:
        self.server = server
        links = server.new_event()
        self.code, self.host = links["code"], Host(links["console_url"], links["code"])
        self.change("UPDATE event SET per_person = :size WHERE code = :code", size=PER_PERSON)
        self.host._press("open", {"version": str(self.host.version())})
        self.phones = [Phone(Browser(server.url), self.code) for _ in range(PEOPLE)]
        for phone in self.phones:
            phone.join()
        self.host.move_on()
        for number in range(IDEAS):
            self.phones[0].submit([("title", f"Idea {number}"), ("kind", "gap")])
        self.host._press("show-all", {})
        self.until("score")
        for phone in self.phones:
            phone.connect()

    def change(self, statement: str, **more: object) -> None:
        """What another screen of the console will do."""
        with behind(self.server.store, writing=True) as connection:
            connection.execute(text(statement), {"code": self.code, **more})

    def until(self, activity: str) -> None:
        while self.phones[0].paper().activity != activity:
            self.host.move_on()

    def everybody_scores(self, level: int) -> None:
        for number, phone in enumerate(self.phones):
            paper = phone.paper()
            phone.score(
                Tap(idea, criterion, levels[(level + number) % len(levels)])
                for idea in paper.ideas
                for criterion, levels in paper.levels.items()
            )

    def hands(self) -> list[list[str]]:
        return [list(phone.paper().ideas) for phone in self.phones]


def test_everybody_scores_a_hand_and_then_the_marked_ideas_again(shared_server: Server, tmp_path: Path) -> None:
    room = Room(shared_server)
    hands = room.hands()
    scorers = Counter(idea for hand in hands for idea in hand)
    assert set(scorers.values()) == {PEOPLE * PER_PERSON // IDEAS}
    amina = room.phones[0]
    foreign = next(idea for idea in scorers if idea not in hands[0])
    amina.score([Tap(foreign, "A", "3")])
    assert amina.refused == {(foreign, "A"): "gone"}
    amina.score([Tap(hands[0][0], None, "recused")])
    assert room.hands()[0][:PER_PERSON] == hands[0]
    assert len(room.hands()[0]) == PER_PERSON + 1
    room.everybody_scores(1)
    room.until("reveal")
    room.host._press("results", {})

    first, second = list(scorers)[:2]
    room.change("UPDATE idea SET is_marked = true WHERE public_id IN (:first, :second)", first=first, second=second)
    asked = room.host.browser.post(f"/{room.code}/console/score-again", {"version": str(room.host.version())})
    assert asked.status == 200
    room.host._press("score-again", {"version": str(room.host.version()), "confirmation": TITLE})
    assert {frozenset(hand) for hand in room.hands()} == {frozenset({first, second})}
    amina.score([Tap(next(idea for idea in hands[0] if idea not in (first, second)), "A", "3")])
    assert "gone" in amina.refused.values()
    room.everybody_scores(3)
    room.until("reveal")
    assert lost(shared_server.store, room.phones[1:]) == []

    done = shared_server.facilitate("export", room.code, "--out", tmp_path, "--ballots")
    assert done.returncode == 0, done.stderr
    ranked = rank_files(tmp_path / "ballots.csv", tmp_path / "criteria.csv", tmp_path / "method.json")
    recomputed = raw(ranked.csv())
    assert recomputed == raw((tmp_path / "ranking.csv").read_bytes().decode("utf-8-sig"), len(recomputed[0]))
    for phone in room.phones:
        phone.hang_up()
