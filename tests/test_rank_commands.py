"""`facilitate rank` and `facilitate fund`, as an analyst runs them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from facilitate.commands.rank import fund, rank

SCORES = "idea,criterion,rater,score\n" + "".join(
    f"{idea},A,r{at},{score}\n"
    for idea, scores in (("é", "555"), ("b", "123"), ("a", "222"))
    for at, score in enumerate(scores)
)
CRITERIA = "criterion,weight,low,high,label\nA,1,1,5,Need\n"
POLAND = Path(__file__).parent / "data" / "04_participatory_budgets" / "Poland_Swiecie_2023.pb"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "scores.csv").write_text(SCORES, encoding="utf-8")
    (tmp_path / "criteria.csv").write_text(CRITERIA, encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(rank, ["scores.csv", *arguments])


def test_the_ranking_goes_to_standard_output(folder: Path) -> None:
    result = run("--criteria", "criteria.csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert (result.exit_code, result.stderr) == (0, "")
    assert [(row["rank_label"], row["idea"], row["score"]) for row in rows] == [
        ("1", "é", "100.0"),
        ("=2", "a", "25.0"),
        ("=2", "b", "25.0"),
    ]


def test_out_gets_the_same_bytes(folder: Path) -> None:
    shown = run("--criteria", "criteria.csv").stdout_bytes
    result = run("--criteria", "criteria.csv", "--out", "ranking.csv")
    assert (result.exit_code, result.stdout) == (0, "")
    assert (folder / "ranking.csv").read_bytes() == shown


def test_json_is_one_object(folder: Path) -> None:
    found = json.loads(run("--criteria", "criteria.csv", "--top", "1", "--min-scores", "2", "--json").stdout)
    assert list(found) == ["settings", "event", "ranking"]
    assert (found["settings"]["top"], found["settings"]["minimum"], found["event"]["raters"]) == (1, 2, 3)


def test_a_missing_criteria_file_is_warned_of(folder: Path) -> None:
    result = run()
    assert result.exit_code == 0
    assert result.stderr == (
        "Warning: No criteria file: equal weights, and the smallest (1) and largest (5) score as the scale.\n"
    )


def test_bad_input_is_one_message_exit_code_two_and_no_file(folder: Path) -> None:
    (folder / "scores.csv").write_text(SCORES + "b,A,r9,6\n", encoding="utf-8")
    result = run("--criteria", "criteria.csv", "--out", "ranking.csv")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "Error: scores.csv, line 11: a score off the scale 1 to 5 of Need: '6'\n"
    assert not (folder / "ranking.csv").exists()


def test_a_flag_that_cannot_be_is_bad_input(folder: Path) -> None:
    result = run("--criteria", "criteria.csv", "--top", "0")
    assert (result.exit_code, result.stderr) == (2, "Error: top is 1 or more: '0'\n")


def test_a_place_that_cannot_be_written_is_bad_input(folder: Path) -> None:
    result = run("--criteria", "criteria.csv", "--out", "nowhere/ranking.csv")
    assert (result.exit_code, result.stderr) == (
        2,
        "Error: nowhere/ranking.csv: cannot be written (No such file or directory)\n",
    )


def test_an_election_is_funded_by_each_rule() -> None:
    for rule, number in (("greedy", 9), ("greedy-no-skip", 8), ("equal-shares", 17)):
        found = json.loads(CliRunner().invoke(fund, [str(POLAND), "--rule", rule, "--json"]).stdout)
        assert (found["rule"], len(found["selected"]), found["budget"]) == (rule, number, 1070000)


def test_an_election_can_be_read_as_text() -> None:
    result = CliRunner().invoke(fund, [str(POLAND)])
    assert result.exit_code == 0
    assert result.stdout.splitlines()[:2] == [
        "Rule greedy: 9 of 22 projects funded",
        "Budget 1070000.00, spent 1067287.00, left 2713.00",
    ]


def test_a_rule_that_does_not_fit_the_ballots_is_refused() -> None:
    ordinal = POLAND.parent / "US_Stanford_Dataset_PB_Dieppe_2015_vote_rankings.pb"
    result = CliRunner().invoke(fund, [str(ordinal), "--rule", "equal-shares"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "equal shares needs approval ballots" in result.stderr


@pytest.mark.parametrize("arguments", [["nowhere.pb"], [str(POLAND), "--step", "much"]])
def test_bad_elections_and_steps_are_bad_input(arguments: list[str]) -> None:
    assert CliRunner().invoke(fund, arguments).exit_code == 2
