"""Every row of "Forced edge cases" in scoring.md, once."""

from collections.abc import Hashable
from fractions import Fraction

import numpy as np
import pytest

from facilitate.scoring.agreement import kendall_w
from facilitate.scoring.ballots import Row, ballots
from facilitate.scoring.columns import records
from facilitate.scoring.errors import BadInput
from facilitate.scoring.outcome import Outcome
from facilitate.scoring.privacy import suppress
from facilitate.scoring.rounding import fixed
from facilitate.scoring.scales import check_weights, criterion
from tests.scoring.rooms import NEED, labels, one_criterion, random_rows, ranked, scores, three_criteria


def test_nobody_scored() -> None:
    outcome = ranked(one_criterion({}, ideas=["a", "b"]))
    assert [each.status for each in outcome.lines] == ["not ranked: too few scores (0 of 3) on Need"] * 2
    assert (outcome.scorers, len(outcome.ranked)) == (0, 0)


def test_one_rater_where_three_are_needed() -> None:
    assert labels(ranked(one_criterion({"a": [3], "b": [4]}))) == {"a": "", "b": ""}


def test_one_rater_where_one_is_enough() -> None:
    rows = records(ranked(one_criterion({"a": [3], "b": [4]}), minimum=1, top=1))
    found = [(row["rank"], row["range_low"], row["range_high"], row["p_top"], row["agreement"]) for row in rows]
    assert found == [("1", "", "", "", ""), ("2", "", "", "", "")]


def test_all_answers_equal() -> None:
    outcome = ranked(one_criterion({name: [4] * 6 for name in "abcd"}))
    found = [(r["rank_label"], r["agreement"], r["range_low"], r["range_high"]) for r in records(outcome)]
    assert found == [("=1", "1.00", "1", "4")] * 4
    assert outcome.alpha is None
    assert kendall_w(np.full((4, 6), 4.0)) is None


@pytest.mark.parametrize("raters", [1, 2, 9])
def test_one_idea_any_number_of_raters(raters: int) -> None:
    found = ranked(one_criterion({"a": [3, 4, 2, 5, 1, 3, 3, 2, 4][:raters]}), minimum=1).lines[0]
    assert (found.place.rank, found.range.low, found.range.high, found.range.top_share) == (1, 1, 1, Fraction(1))


def test_everyone_from_one_organization() -> None:
    room = one_criterion({"a": [3, 4, 5]}, organizations=dict.fromkeys(("r00", "r01", "r02"), "x"))
    assert labels(ranked(room)) == {"a": "1"}


def test_all_ideas_not_ranked_list_their_reasons() -> None:
    rows: list[Row] = [("a", "A", "r", 3), ("b", "B", "r", 3)]
    room = ballots([NEED, criterion("B", label="Health")], rows)
    assert [each.place.reason for each in ranked(room, minimum=1).lines] == [
        "too few scores (0 of 1) on Health",
        "too few scores (0 of 1) on Need",
    ]


@pytest.mark.parametrize("raters", [1, 4])
def test_a_line_below_all_ideas_holds_them_all(raters: int) -> None:
    room = one_criterion({"a": [3, 4, 5, 5][:raters], "b": [1, 2, 1, 3][:raters]})
    rows = records(ranked(room, minimum=1, top=2))
    assert [row["p_top"] for row in rows] == ["1.000", "1.000"]


def test_a_rater_with_only_dont_knows_answered_but_did_not_score() -> None:
    outcome = ranked(one_criterion({"a": [3, 4, 5, "dont_know"]}))
    assert (outcome.participants, outcome.scorers, outcome.lines[0].scorers) == (4, 3, 3)


def test_all_dont_know_on_a_weighted_criterion() -> None:
    rows: list[Row] = [("a", code, f"r{at}", 3 if code == "A" else "dont_know") for code in "AB" for at in range(4)]
    room = ballots([NEED, criterion("B", label="Health")], rows)
    assert ranked(room).lines[0].status == "not ranked: too few scores (0 of 3) on Health"


def test_a_criterion_of_weight_zero_is_shown_not_counted_and_blocks_nothing() -> None:
    rows: list[Row] = [*(("a", "A", f"r{at}", 3) for at in range(3)), ("a", "B", "r0", 5)]
    room = ballots([NEED, criterion("B", weight=0)], rows)
    row = records(ranked(room))[0]
    assert (row["score"], row["score_B"], row["n_B"], row["status"]) == ("50.0", "100.0", "1", "ranked")


def test_all_weights_zero() -> None:
    with pytest.raises(BadInput, match="all weights are 0"):
        check_weights([criterion("A", weight=0)])


def test_a_negative_weight() -> None:
    with pytest.raises(BadInput, match="negative"):
        criterion("A", weight="-0.5")


def test_a_scale_whose_ends_are_the_same() -> None:
    with pytest.raises(BadInput, match="high end"):
        criterion("A", low=1, high=1)


def test_a_rater_recused_on_everything_is_a_participant_and_no_scorer() -> None:
    outcome = ranked(one_criterion({"a": [3, 4, 5, "recused"], "b": [1, 2, 3, "recused"]}))
    assert (outcome.participants, outcome.scorers) == (4, 3)
    assert [(each.scorers, each.recused) for each in outcome.lines] == [(3, 1), (3, 1)]


def test_exactly_70_05_and_just_below() -> None:
    scale = criterion("A", low=0, high=100)
    for value, printed in (("70.05", "70.1"), ("70.049999", "70.0")):
        assert fixed(ranked(one_criterion({"a": [value] * 3}, scale)).lines[0].place.score) == printed


def test_all_weights_times_seven_change_nothing() -> None:
    rows = random_rows(4)
    once, sevenfold = (ranked(ballots(three_criteria([w * by for w in (3, 2, 1)]), rows)) for by in (1, 7))
    assert records(once) == records(sevenfold)


def test_an_idea_more_leaves_scores_and_order_of_the_others() -> None:
    rows = random_rows(4)
    more = [*rows, *(("new", code, f"r{at:02}", 3) for code in "ABC" for at in range(9))]
    before, after = (ranked(ballots(three_criteria(), each)) for each in (rows, more))
    kept = scores(after)
    kept.pop("new")
    assert kept == scores(before)
    order = [each.place.idea for each in after.lines if each.place.idea != "new"]
    assert order == [each.place.idea for each in before.lines]


def test_the_order_of_rows_changes_nothing() -> None:
    rows = random_rows(5)
    one, other = (ranked(ballots(three_criteria(), each)) for each in (rows, rows[::-1]))
    assert records(one) == records(other)


def test_ids_change_nothing() -> None:
    rows = random_rows(6)
    renamed = [(f"z{99 - int(i.split()[1])}", c, f"q{99 - int(r[1:])}", x) for i, c, r, x in rows]
    one, other = (ranked(ballots(three_criteria(), each)) for each in (rows, renamed))

    def anonymous(outcome: Outcome) -> list[tuple[str, ...]]:
        return sorted(tuple(v for k, v in row.items() if k != "idea") for row in records(outcome))

    assert anonymous(one) == anonymous(other)


def test_the_same_answer_sent_twice_then_changed_counts_once() -> None:
    rows: list[Row] = [("a", "A", "r", 2), ("a", "A", "r", 2), ("a", "A", "r", 5)]
    outcome = ranked(ballots([NEED], rows), minimum=1)
    assert (outcome.lines[0].scorers, outcome.lines[0].place.score) == (1, Fraction(100))


def test_a_group_of_four_among_48() -> None:
    people: dict[Hashable, str] = {at: "four" if at < 4 else "ten" if at < 14 else "many" for at in range(48)}
    found = suppress({"group": people}, 5)
    assert found.hidden == {("group", "four"), ("group", "ten")}
