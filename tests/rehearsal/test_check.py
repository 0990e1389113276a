"""The comparison of what phones were told with what is stored."""

from __future__ import annotations

from facilitate.rehearsal.check import Answer, compare_ballots

ONE: list[Answer] = [("bus", "A", "4"), ("bus", "B", "dont_know"), ("clinic", "A", "recused")]
TWO: list[Answer] = [("bus", "A", "2"), ("bus", "B", "5"), ("clinic", "A", "3")]


def test_equal_in_any_order() -> None:
    assert compare_ballots([ONE, TWO, []], [list(reversed(TWO)), ONE]) == (6, [])
    assert compare_ballots([ONE, ONE], [ONE, ONE]) == (6, [])


def test_a_missing_answer() -> None:
    assert compare_ballots([ONE, TWO], [ONE[1:], TWO]) == (5, ["acknowledged and not stored: bus A 4"])


def test_another_answer() -> None:
    changed = [("bus", "A", "5"), *ONE[1:]]
    assert compare_ballots([TWO, ONE], [changed, TWO]) == (
        5,
        ["acknowledged and not stored: bus A 4", "stored and never sent: bus A 5"],
    )


def test_a_missing_ballot() -> None:
    count, problems = compare_ballots([ONE, TWO], [TWO])
    assert (count, len(problems)) == (3, 3)


def test_a_ballot_too_many() -> None:
    assert compare_ballots([ONE], [ONE, TWO]) == (3, ["a ballot with 3 answers that no phone sent"])
    assert compare_ballots([ONE], [ONE, ONE]) == (3, ["a ballot with 3 answers that no phone sent"])
