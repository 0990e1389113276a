from facilitate.scoring.merging import StampedRow, home, merged_rows


def test_each_rater_counts_once_with_the_newest_answer_per_criterion() -> None:
    rows = [("a", "A", "r", 1, 5), ("b", "A", "r", 7, 2), ("b", "B", "r", 3, 4), ("a", "A", "s", 2, 1)]
    assert sorted(merged_rows(rows, {"b": "a"})) == [("a", "A", "r", 2), ("a", "A", "s", 1), ("a", "B", "r", 4)]


def test_a_blank_is_no_answer() -> None:
    rows = [("a", "A", "r", 1, 5), ("b", "A", "r", 7, None), ("a", "B", "r", 8, None)]
    assert merged_rows(rows, {"b": "a"}) == [("a", "A", "r", 5), ("a", "B", "r", None)]


def test_a_stake_in_one_is_a_stake_in_what_they_became() -> None:
    rows: list[StampedRow] = [("a", "A", "r", 1, "recused"), ("b", "A", "r", 7, 4), ("c", "A", "r", 8, 4)]
    assert merged_rows(rows, {"b": "a"}) == [("a", "A", "r", "recused"), ("c", "A", "r", 4)]


def test_merges_of_merges_end_at_the_last_one_and_taking_one_back_loses_nothing() -> None:
    assert home("c", {"c": "b", "b": "a"}) == "a"
    assert home("a", {"a": "b", "b": "a"}) == "b"
    rows = [("a", "A", "r", 1, 5), ("b", "A", "r", 7, 2)]
    assert merged_rows(rows, {}) == [("a", "A", "r", 5), ("b", "A", "r", 2)]
