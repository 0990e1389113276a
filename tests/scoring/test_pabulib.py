from pathlib import Path

import pytest

from facilitate.scoring.errors import BadInput
from facilitate.scoring.pabulib import election_text, read_election, tally

DATA = Path(__file__).parent.parent / "data" / "04_participatory_budgets"
SMALL = """META
key;value
description;"One; two"
budget;100
vote_type;{kind}
{more}PROJECTS
project_id;cost;name
a;60;A
b;50.5;B
VOTES
voter_id;vote;points
v1;{vote};{points}

v2;;
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "small.pb"
    path.write_text(text, encoding="utf-8")
    return path


def small(tmp_path: Path, kind: str = "approval", vote: str = "b,a", points: str = "", more: str = "") -> Path:
    return written(tmp_path, SMALL.format(kind=kind, vote=vote, points=points, more=more))


@pytest.mark.parametrize("path", sorted(DATA.glob("*.pb")), ids=lambda path: path.stem)
def test_a_real_election_comes_out_as_it_went_in(path: Path, tmp_path: Path) -> None:
    election = read_election(path)
    again = read_election(written(tmp_path, election_text(election)))
    assert again == election


@pytest.mark.parametrize(
    ("kind", "vote", "points", "more", "wanted"),
    [
        ("approval", "b,a", "", "", {"a": 1, "b": 1}),
        ("choose-1", "b", "", "", {"a": 0, "b": 1}),
        ("cumulative", "b,a", "3,2", "", {"a": 2, "b": 3}),
        ("ordinal", "b,a", "", "", {"a": 1, "b": 2}),
        ("ordinal", "b,a", "", "max_length;5\n", {"a": 4, "b": 5}),
    ],
)
def test_the_tally_follows_the_vote_type(
    tmp_path: Path, kind: str, vote: str, points: str, more: str, wanted: dict[str, int]
) -> None:
    found = tally(read_election(small(tmp_path, kind, vote, points, more)))
    assert {name: int(value) for name, value in found.items()} == wanted


def test_official_winners_are_read_where_the_file_names_them() -> None:
    assert len(read_election(DATA / "Poland_Swiecie_2023.pb").selected) == 17


@pytest.mark.parametrize(
    ("before", "after", "line", "problem"),
    [
        ("META\n", "", 1, "begins with META"),
        ("key;value", "key", 2, "META has no column value"),
        ("budget;100\n", "", 1, "missing in META"),
        ("budget;100", "budget;much", 4, "value is no number"),
        ("budget;100", "budget;-1", 4, "value is negative"),
        ("budget;100", "budget;", 4, "value is missing"),
        ("approval", "shouting", 5, "unknown vote_type"),
        ("approval", "cumulative", 12, "0 points for 2 projects"),
        ("b;50.5", "a;50.5", 9, "a project appears twice"),
        ("v2", "v1", 14, "a voter appears twice"),
        ("b,a", "c", 12, "project that does not exist"),
        ("b,a", "a,a", 12, "names a project twice"),
        ("v2;;", "v2;;;", 14, "4 cells instead of 3"),
        ("PROJECTS\n", "", 6, "3 cells instead of 2"),
        ("vote_type;approval", "vote_type;approval\nmax_length;1", 6, "max_length is a whole number"),
    ],
)
def test_what_cannot_be_counted_is_refused_with_its_place(
    tmp_path: Path, before: str, after: str, line: int, problem: str
) -> None:
    text = SMALL.format(kind="approval", vote="b,a", points="", more="").replace(before, after, 1)
    with pytest.raises(BadInput, match=problem) as refused:
        read_election(written(tmp_path, text))
    assert refused.value.file == "small.pb"
    assert refused.value.line == line


def test_a_file_without_votes_is_refused(tmp_path: Path) -> None:
    text = SMALL.format(kind="approval", vote="b,a", points="", more="").partition("VOTES")[0]
    with pytest.raises(BadInput, match="a section is missing: 'VOTES'"):
        read_election(written(tmp_path, text + "\n"))


def test_choose_1_means_one(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="several projects"):
        read_election(small(tmp_path, "choose-1"))


def test_points_are_numbers(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="points are no numbers"):
        read_election(small(tmp_path, "cumulative", points="1,many"))


def test_a_file_that_is_no_csv_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"not a \.pb file"):
        read_election(written(tmp_path, "META\nkey;value\nbudget;" + "1" * 200_000))
