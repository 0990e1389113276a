import csv
import io
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from facilitate.scoring.columns import FIRST, LAST, as_json
from facilitate.scoring.errors import BadInput
from facilitate.scoring.files import Ranked, rank_files

CRITERIA = "criterion,weight,low,high,lower_is_better,label,statement\nA,2,1,5,0,Need,says more\nB,1,0,10,1,Cost,\n"
SCORES = """idea,criterion,rater,score
x,A,r,5
x,A,s,4
x,A,t,dont_know
x,B,r,2
x,B,s,recused
x,B,t,
y,A,r,1
y,A,s,1
y,B,r,10
y,B,s,9.5
"""


class Files:
    """Input files of a test, written when they are named."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def rank(self, scores: str, criteria: str | None = CRITERIA, settings: Any = None, **flags: Any) -> Ranked:
        path = self.write("scores.csv", scores)
        scales = self.write("criteria.csv", criteria) if criteria is not None else None
        method = None
        if settings is not None:
            method = self.write(
                "method.json", settings if isinstance(settings, str) else json.dumps(settings, indent=1)
            )
        return rank_files(path, scales, method, flags)

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


def table(found: Ranked) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(found.csv())))


def test_the_columns_come_in_their_order(files: Files) -> None:
    header = files.rank(SCORES).csv().splitlines()[0].split(",")
    assert header == [*FIRST, "score_A", "n_A", "dont_know_A", "score_B", "n_B", "dont_know_B", *LAST]


def test_every_format_is_to_the_character(files: Files) -> None:
    rows = table(files.rank(SCORES, minimum=1, top=1))
    assert rows[0] == {
        "rank": "1",
        "rank_label": "1",
        "idea": "x",
        "score": "85.0",
        "range_low": "1",
        "range_high": "1",
        "p_top": "1.000",
        "band": "",
        "scorers": "2",
        "recused": "1",
        "dont_know_pct": "25.0",
        "agreement": "",
        "agreement_label": "",
        "aea": "0.75",
        "score_A": "87.5",
        "n_A": "2",
        "dont_know_A": "1",
        "score_B": "80.0",
        "n_B": "1",
        "dont_know_B": "0",
        "rank_equal_weights": "1",
        "top_share_weights": "1.000",
        "rank_severity_adjusted": "1",
        "status": "ranked",
    }
    assert (rows[1]["score"], rows[1]["agreement"], rows[1]["score_B"]) == ("0.8", "1.00", "2.5")


def test_what_is_not_ranked_comes_last_with_its_reason(files: Files) -> None:
    rows = table(files.rank(SCORES, minimum=2))
    assert [(r["idea"], r["rank"], r["score"], r["status"]) for r in rows] == [
        ("y", "1", "0.8", "ranked"),
        ("x", "", "", "not ranked: too few scores (1 of 2) on Cost"),
    ]


def test_json_has_the_same_values_as_numbers(files: Files) -> None:
    found = as_json(files.rank(SCORES, minimum=1).outcome)
    assert found["event"] == {"alpha": pytest.approx(1, abs=0.2), "ideas": 2, "raters": 3}
    assert found["settings"]["minimum"] == 1
    first = found["ranking"][0]
    assert (first["rank"], first["rank_label"], first["score"], first["agreement"], first["n_A"]) == (
        1,
        "1",
        85.0,
        None,
        2,
    )


def test_without_criteria_the_scale_is_the_scores_and_this_is_said(files: Files) -> None:
    found = files.rank("idea,criterion,rater,score\nx,B,r,2\nx,A,r,4\ny,A,r,0\ny,B,r,3\n", None, minimum=1)
    assert [(c.code, int(c.weight), int(c.low), int(c.high)) for c in found.outcome.criteria] == [
        ("A", 1, 0, 4),
        ("B", 1, 0, 4),
    ]
    assert found.warnings == (
        "No criteria file: equal weights, and the smallest (0) and largest (4) score as the scale.",
    )


def test_without_criteria_and_without_scores_nothing_is_ranked(files: Files) -> None:
    found = files.rank("idea,criterion,rater,score\nx,A,r,\n", None)
    assert [each.status for each in found.outcome.lines] == ["not ranked: too few scores (0 of 3) on A"]
    assert found.warnings == ("No criteria file and no scores: there is nothing to rank.",)


def test_a_header_alone_gives_a_header(files: Files) -> None:
    found = files.rank("idea,criterion,rater,score\n")
    assert found.csv().count("\r\n") == 1


def test_our_own_guard_is_undone_and_put_back(files: Files) -> None:
    found = files.rank("idea,criterion,rater,score\n'=cmd,A,'-r,5\n", minimum=1)
    assert [each.place.idea for each in found.outcome.lines] == ["=cmd"]
    assert table(found)[0]["idea"] == "'=cmd"


def test_a_negative_score_may_be_guarded(files: Files) -> None:
    criteria = "criterion,weight,low,high\nA,1,'-1,1\n"
    found = files.rank("idea,criterion,rater,score\nx,A,r,'-1\nx,A,s,1\n", criteria, minimum=1)
    assert found.outcome.lines[0].place.score == 50


def test_nobody_scores_an_idea_of_their_own_organization(files: Files) -> None:
    scores = "idea,criterion,rater,score,organization,idea_organization\nx,A,r,5,Library,library\nx,A,s,1,,\n"
    found = files.rank(scores, "criterion,weight,low,high\nA,1,1,5\n", minimum=1).outcome.lines[0]
    assert (found.place.score, found.scorers, found.recused) == (Fraction(0), 1, 1)


ROUNDS = "idea,criterion,rater,score,round\nx,A,r,1,1\nx,A,s,1,1\nx,A,r,5,2\nx,A,s,,2\ny,A,r,3,\n"
ONE = "criterion,weight,low,high\nA,1,1,5\n"


def test_of_several_rounds_the_highest_counts(files: Files) -> None:
    found = files.rank(ROUNDS, ONE, minimum=1).outcome
    assert {each.place.idea: each.place.score for each in found.lines} == {"x": 100, "y": 50}


def test_earlier_rounds_fill_blanks_when_asked_to(files: Files) -> None:
    found = files.rank(ROUNDS, ONE, minimum=1, fall_back=True).outcome
    assert {each.place.idea: each.place.score for each in found.lines} == {"x": 50, "y": 50}


def test_settings_come_from_an_export_and_flags_win(files: Files) -> None:
    method = {"settings": {"minimum": 2, "top": 4, "levels": {"A": 41}}, "more": True}
    found = files.rank(SCORES, settings=method, top=7, trim=None).outcome
    assert (found.settings.minimum, found.settings.top, found.tally.levels) == (2, 7, (41, 21))


def test_settings_may_stand_alone(files: Files) -> None:
    assert files.rank(SCORES, settings={"minimum": 1}).outcome.settings.minimum == 1


def test_an_export_keeps_back_what_too_few_people_stand_behind(files: Files) -> None:
    scores = "idea,criterion,rater,score\n" + "".join(f"x,A,r{at},5\n" for at in range(4)) + "y,A,r0,5\n"
    found = {each.place.idea: each for each in files.rank(scores, ONE, settings={"k": 5}).outcome.lines}
    assert (found["x"].cells[0].score, found["x"].agreement, found["x"].expert_agreement) == (Fraction(1), None, None)
    assert (found["y"].cells[0].score, found["y"].cells[0].n) == (None, 1)


def test_balanced_groups_need_the_column(files: Files) -> None:
    with pytest.raises(BadInput, match=r"scores\.csv, line 1: balanced groups need the column group"):
        files.rank(SCORES, balance=True)


def test_balanced_groups_need_groups(files: Files) -> None:
    with pytest.raises(BadInput, match=r"scores\.csv, line 1: balanced groups need to know"):
        files.rank("idea,criterion,rater,score,group\nx,A,r,5,\n", ONE, balance=True)


def test_balanced_groups_count_the_same(files: Files) -> None:
    rows = "".join(f"x,A,r{at},{5 if at < 10 else 1},{'few' if at < 10 else 'many'}\n" for at in range(40))
    found = files.rank("idea,criterion,rater,score,group\n" + rows, ONE, balance=True)
    assert table(found)[0]["score"] == "50.0"


@pytest.mark.parametrize(
    ("scores", "sentence"),
    [
        ("idea,criterion,rater,score,mood\n", "scores.csv, line 1: an unknown column: 'mood'"),
        ("idea,criterion,rater\n", "scores.csv, line 1: a column is missing: 'score'"),
        ("{h}x,A,r,6\n", "scores.csv, line 2: a score off the scale 1 to 5 of Need: '6'"),
        ("{h}x,A,r,five\n", "scores.csv, line 2: a score that is no number, dont_know or recused: 'five'"),
        ("{h}x,A,r,5\nx,A,r,5\n", "scores.csv, line 3: a second answer by the same rater: 'x, A, r'"),
        ("{h}x,Z,r,5\n", "scores.csv, line 2: a criterion without a row in the criteria file: 'Z'"),
        ("{h},A,r,5\n", "scores.csv, line 2: the column idea is empty: ''"),
        ("idea,criterion,rater,score,round\nx,A,r,5,0\n", "scores.csv, line 2: a round is a whole number from 1: '0'"),
        (
            "idea,criterion,rater,score,group\nx,A,r,5,g\nx,B,r,5,h\n",
            "scores.csv, line 3: rater r has two values in group: 'g' and: 'h'",
        ),
    ],
)
def test_bad_scores_are_refused_with_file_line_and_value(files: Files, scores: str, sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        files.rank(scores.replace("{h}", "idea,criterion,rater,score\n"))
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("criteria", "sentence"),
    [
        ("criterion,weight,low\n", "criteria.csv, line 1: a column is missing: 'high'"),
        ("{h}", "criteria.csv, line 1: no criteria"),
        ("{h}A,1,3,3\n", "criteria.csv, line 2: the scale of A needs a high end above its low end: '3'"),
        ("{h}A,-1,1,5\n", "criteria.csv, line 2: the weight of A is negative: '-1'"),
        ("{h}A,much,1,5\n", "criteria.csv, line 2: not a number: 'much'"),
        ("{h}A,,1,5\n", "criteria.csv, line 2: the column weight is empty: ''"),
        ("{h}A,0,1,5\nB,0,1,5\n", "criteria.csv, line 3: all weights are 0, so nothing would be counted: '0'"),
        ("{h}A,1,1,5\nA,1,1,5\n", "criteria.csv, line 3: a criterion appears twice: 'A'"),
        (
            "criterion,weight,low,high,lower_is_better\nA,1,1,5,yes\n",
            "criteria.csv, line 2: lower_is_better is 0 or 1: 'yes'",
        ),
    ],
)
def test_bad_criteria_are_refused_with_file_line_and_value(files: Files, criteria: str, sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        files.rank(SCORES, criteria.replace("{h}", "criterion,weight,low,high\n"))
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ("{", "method.json, line 1: not JSON (Expecting property name enclosed in double quotes)"),
        ("[]", "method.json, line 1: no settings"),
        ('{"settings": 3}', "method.json, line 1: no settings"),
        ('{\n "minimum": "3"\n}', "method.json, line 2: minimum in the settings is a whole number: '3'"),
        ('{"levels": {"A": 1}}', "method.json, line 1: levels in the settings are whole numbers from 2: 'A: 1'"),
    ],
)
def test_bad_settings_are_refused_with_file_line_and_value(files: Files, settings: str, sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        files.rank(SCORES, settings=settings)
    assert str(refused.value) == sentence


def test_equal_scores_without_criteria_tell_no_scale(files: Files) -> None:
    with pytest.raises(BadInput, match=r"scores\.csv, line 2: all scores are equal"):
        files.rank("idea,criterion,rater,score\nx,A,r,3\n", None)


def test_scores_are_the_exact_decimals_of_the_file(files: Files) -> None:
    found = files.rank("idea,criterion,rater,score\nx,A,r,1.1\nx,A,s,1.3\n", ONE, minimum=1)
    assert found.outcome.lines[0].place.score == Fraction(5)
