from fractions import Fraction

from facilitate.scoring.ranking import Place
from facilitate.scoring.rounds import Movement, RoundRow, final_rows, movements

ROWS: list[RoundRow] = [
    ("a", "A", "r", 2, 5),
    ("a", "A", "r", 1, 1),
    ("a", "A", "s", 1, 2),
    ("a", "A", "s", 2, None),
    ("a", "B", "r", 1, 3),
    ("b", "A", "r", 1, 4),
]


def test_the_last_round_counts_and_ideas_not_scored_again_keep_theirs() -> None:
    assert sorted(final_rows(ROWS, fall_back=False), key=str) == [
        ("a", "A", "r", 5),
        ("a", "A", "s", None),
        ("b", "A", "r", 4),
    ]


def test_earlier_rounds_fill_blanks_where_it_was_announced() -> None:
    assert sorted(final_rows(ROWS, fall_back=True), key=str) == [
        ("a", "A", "r", 5),
        ("a", "A", "s", 2),
        ("a", "B", "r", 3),
        ("b", "A", "r", 4),
    ]


def place(idea: str, rank: int | None) -> Place:
    return Place(idea, 0, rank, 1, Fraction(0), Fraction(0))


def test_the_furthest_movers_come_first() -> None:
    before = [place("a", 1), place("b", 2), place("c", 3), place("d", None), place("e", 4)]
    after = [place("c", 1), place("a", 2), place("b", 3), place("d", 4), place("e", None)]
    assert movements(before, after) == [Movement("c", 3, 1), Movement("a", 1, 2), Movement("b", 2, 3)]
    assert [each.change for each in movements(before, after)] == [2, -1, -1]
