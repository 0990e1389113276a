"""Power loss in mid-write: whatever is torn off the end of the log, whole transactions are left (T36)."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask

from tests.cast import Browser, Day
from tests.sizes import size

pytestmark = pytest.mark.sqlite("it tears the log of the file")

ROUNDS = size(pr=60, soak=500)
CRITERIA = "ABCDEFGHIJ"
Batches = list[tuple[str, str]]
"""Phone and idea of each batch, in the order in which they were committed."""


class Torn:
    """The database as a power cut leaves it: its file, and its log up to some point or with bits turned over."""

    def __init__(self, app: Flask, folder: Path) -> None:
        self.file, self.log = (Path(app.instance_path) / f"facilitate.sqlite{end}" for end in ("", "-wal"))
        self.start, self.folder = self.log.stat().st_size, folder

    def after(self, damage: random.Random) -> Path:
        """A damaged copy. Only what was written since the beginning of the scoring is touched."""
        copy = self.folder / "torn.sqlite"
        log = self.folder / "torn.sqlite-wal"
        shutil.copyfile(self.file, copy)
        content = bytearray(self.log.read_bytes())
        at = damage.randrange(self.start, len(content))
        if damage.random() < 0.5:
            del content[at:]
        else:
            for _ in range(damage.randint(1, 8)):
                content[damage.randrange(at, min(len(content), at + 5000))] ^= 1 << damage.randrange(8)
        log.write_bytes(content)
        (self.folder / "torn.sqlite-shm").unlink(missing_ok=True)
        return copy


@pytest.fixture
def people(day: Day) -> list[Browser]:
    people = day.until("welcome").crowd(2)
    day.scoring(*(f"Idea {number}" for number in range(12)))
    return people


def found(file: Path) -> list[int]:
    """How many answers each batch has, in the order of the commits; the database must be whole."""
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        counted = dict(database.execute("SELECT ballot_id || idea_id, count(*) FROM score GROUP BY 1"))
        seqs = database.execute("SELECT min(seq), ballot_id || idea_id FROM score GROUP BY 2")
        kept = {name: seq for seq, name in seqs}
        highest = dict(database.execute("SELECT id, seq FROM ballot"))
        newest = dict(database.execute("SELECT ballot_id, max(seq) FROM score GROUP BY 1"))
        assert {ballot: highest[ballot] for ballot in newest} == newest  # the counter and the answers go together
    return [counted[name] for name in sorted(kept, key=lambda name: kept[name])]


def test_a_torn_log_leaves_whole_batches_in_their_order(
    app: Flask, day: Day, people: list[Browser], tmp_path: Path
) -> None:
    torn = Torn(app, tmp_path)
    ideas = list(day.idea_ids().values())
    for idea in ideas:
        for person in people:
            said = [{"idea": idea, "criterion": code, "value": 3} for code in CRITERIA]
            answers = person.post("~/scores", json=said, status=200).get_json()
            assert all(answer["ok"] for answer in answers)
    damage = random.Random(2018)  # noqa: S311 - damage that can be repeated
    left = [found(torn.after(damage)) for _ in range(ROUNDS)]
    whole = len(ideas) * len(people)
    assert [batches for batches in left if set(batches) - {len(CRITERIA)}] == []
    assert min(map(len, left)) < whole / 2 < max(map(len, left)) < whole


def test_without_one_transaction_for_the_batch_halves_are_left(
    app: Flask, day: Day, people: list[Browser], tmp_path: Path
) -> None:
    """The control: the same answers one by one, and the same damage."""
    torn = Torn(app, tmp_path)
    for idea in list(day.idea_ids().values())[:3]:
        for code in CRITERIA:
            assert people[0].score(idea, code, 3)["ok"]
    damage = random.Random(2018)  # noqa: S311 - damage that can be repeated
    left = [found(torn.after(damage)) for _ in range(10)]
    assert [batches for batches in left if set(batches) - {len(CRITERIA)}] != []
