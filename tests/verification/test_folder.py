"""An export is recomputed from its own files (B10): no difference in whole ones, and every changed cell is found."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from random import Random

import pytest

from facilitate.exports import Content
from facilitate.scoring.errors import BadInput
from facilitate.verification.folder import verify_folder
from tests.sizes import size
from tests.verification.events import random_event, written

EVENTS = size(pr=60, soak=500)
CELLS = size(pr=80, soak=2_000)
WAYS = ("linked", "linked", "unlinked", "")


def test_random_events_agree_with_themselves(tmp_path: Path) -> None:
    differing = {}
    for seed in range(EVENTS):
        folder = written(random_event(seed), tmp_path / str(seed), way=WAYS[seed % len(WAYS)])
        if found := verify_folder(folder).differences:
            differing[seed] = found
        shutil.rmtree(folder)
    assert differing == {}


def test_every_changed_cell_is_found(tmp_path: Path) -> None:
    """The control: one cell of one file is another, and the line it stands on is named."""
    random = Random(1)  # noqa: S311 - repeatable, not secret
    unseen = []
    for seed in range(CELLS):
        if seed % 8 == 0:
            whole = written(random_event(seed), tmp_path / f"whole {seed}", way=WAYS[seed // 8 % len(WAYS)])
        folder = tmp_path / str(seed)
        shutil.copytree(whole, folder)
        said = mutated(folder, random)
        try:
            is_seen = not verify_folder(folder).agrees
        except BadInput:
            is_seen = True
        if said and not is_seen:
            unseen.append(f"{seed}: {said}")
        shutil.rmtree(folder)
    assert unseen == []


TABLES = ("ranking.csv", "ideas.csv", "criteria.csv", "scores_by_criterion.csv", "evidence.csv")


def mutated(folder: Path, random: Random) -> str:
    """Change one cell of one table; says which."""
    name = random.choice(TABLES)
    rows = list(csv.reader(io.StringIO((folder / name).read_text(encoding="utf-8-sig"), newline="")))
    if len(rows) < 2:
        return ""
    at, column = random.randrange(1, len(rows)), random.randrange(len(rows[0]))
    before = rows[at][column]
    try:
        rows[at][column] = str(round(float(before) + random.choice((0.1, 1)), 1))
    except ValueError:
        rows[at][column] = f"{before}x"
    with (folder / name).open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, lineterminator="\r\n").writerows(rows)
    return f"{name}, row {at}, {rows[0][column]}: {before!r} to {rows[at][column]!r}"


# --- what is said ---


@pytest.fixture(scope="module")
def whole(content: Content, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(content, tmp_path_factory.mktemp("whole"), way="linked")


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    copied = tmp_path / "export"
    shutil.copytree(whole, copied)
    return copied


def replaced(file: Path, before: str, after: str) -> None:
    text = file.read_text(encoding="utf-8-sig")
    assert before in text
    file.write_text("\ufeff" + text.replace(before, after, 1), encoding="utf-8", newline="")


def test_a_played_day_agrees_and_says_what_was_checked(folder: Path) -> None:
    report = verify_folder(folder)
    assert report.differences == []
    assert len(report.checked) == 13
    assert [each.partition(":")[0] for each in report.unchecked][-1] == "closing hash"


def test_without_ballots_it_says_what_cannot_be_computed(folder: Path) -> None:
    (folder / "ballots.csv").unlink()
    report = verify_folder(folder)
    assert report.differences == []
    assert report.unchecked[0] == "ranges, bands and severity: there is no ballots.csv"


def test_an_answer_that_is_another_is_found_in_every_figure_made_of_it(folder: Path) -> None:
    lines = (folder / "ballots.csv").read_text(encoding="utf-8-sig").splitlines()
    at = next(n for n, line in enumerate(lines) if ",A," in line and ",5," in line)
    lines[at] = lines[at].replace(",5,", ",1,")
    (folder / "ballots.csv").write_text("\n".join(lines), encoding="utf-8")
    found = verify_folder(folder).differences
    ranking = (folder / "ranking.csv").read_text(encoding="utf-8-sig").splitlines()
    number = next(n for n, line in enumerate(ranking, start=1) if lines[at].split(",")[0] in line)
    assert [each for each in found if each.startswith(f"ranking.csv, line {number}, score: expected")]
    assert [each for each in found if "scores_by_criterion.csv" in each and "count_1: expected" in each]


def test_a_method_statement_that_counts_otherwise(folder: Path) -> None:
    method = json.loads((folder / "method.json").read_text())
    method["method"]["people"]["scored"] += 1
    method["method"]["ideas"]["merged"] = 0
    (folder / "method.json").write_text(json.dumps(method))
    assert verify_folder(folder).differences == [
        "method.json, people.scored: expected 11, found 12",
        "method.json, ideas.merged: expected 1, found 0",
    ]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("method.json", "{", "method.json, line 1: not JSON"),
        ("method.json", "{}", "method.json: no method statement"),
        ("ranking.csv", 'a,b\r\n"', "ranking.csv, line 2: not a CSV file"),
        ("ranking.csv", "a,b\r\n1\r\n", "ranking.csv, line 2: 1 cells instead of 2"),
        ("criteria.csv", "criterion,weight\r\n", "criteria.csv, line 1: a column is missing: 'low'"),
        ("event.xlsx", "no workbook", "event.xlsx: not a workbook"),
    ],
)
def test_what_cannot_be_read_is_named(folder: Path, name: str, text: str, said: str) -> None:
    (folder / name).write_text(text)
    with pytest.raises(BadInput) as refused:
        verify_folder(folder)
    assert str(refused.value).startswith(said)


def test_a_file_that_is_missing(folder: Path) -> None:
    for name in ("evidence.csv", "ideas.csv", "scores_by_criterion.csv", "event.xlsx"):
        (folder / name).unlink()
    report = verify_folder(folder)
    assert report.differences == []
    assert "event.xlsx: it is not there" in report.unchecked
    (folder / "ranking.csv").unlink()
    with pytest.raises(BadInput, match=r"ranking.csv: cannot be read"):
        verify_folder(folder)
