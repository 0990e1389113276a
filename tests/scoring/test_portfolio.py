from fractions import Fraction
from pathlib import Path

import pytest

from facilitate.scoring import portfolio
from facilitate.scoring.errors import BadInput
from facilitate.scoring.pabulib import Election, read_election
from facilitate.scoring.portfolio import Item, Outcome, fund, greedy


def election(tmp_path: Path, projects: str, votes: str, budget: int = 100, kind: str = "approval") -> Election:
    path = tmp_path / "small.pb"
    cells = ";points" if kind == "cumulative" else ""
    path.write_text(
        f"META\nkey;value\nbudget;{budget}\nvote_type;{kind}\nPROJECTS\nproject_id;cost\n{projects}"
        f"VOTES\nvoter_id;vote{cells}\n{votes}"
    )
    return read_election(path)


ITEMS = [
    Item("dear", Fraction(90), Fraction(80)),
    Item("b", Fraction(80), Fraction(30)),
    Item("c", Fraction(70), Fraction(20)),
]


def test_greedy_passes_over_what_does_not_fit() -> None:
    found = greedy(ITEMS, Fraction(100))
    assert (found.selected, int(found.spent)) == (("dear", "c"), 100)


def test_greedy_without_skipping_ends_there() -> None:
    found = greedy(ITEMS, Fraction(100), skip=False)
    assert (found.selected, int(found.spent)) == (("dear",), 80)


def test_ties_go_to_the_lower_cost_then_to_file_order_and_are_listed() -> None:
    items = [Item(name, Fraction(5), Fraction(cost)) for name, cost in (("x", 50), ("y", 50), ("z", 40))]
    found = greedy(items, Fraction(90))
    assert (found.selected, found.ties) == (("z", "x"), (("z", "x", "y"),))


def test_equal_shares_gives_a_minority_its_part(tmp_path: Path) -> None:
    votes = "".join(f"v{at};{'a1,a2,a3' if at < 6 else 'b'}\n" for at in range(10))
    small = election(tmp_path, "a1;40\na2;40\na3;40\nb;40\n", votes)
    assert fund(small, "greedy").selected == ("a1", "a2")
    assert fund(small, "equal-shares").selected == ("a1", "b")


def test_the_virtual_budget_rises_while_the_real_one_pays(tmp_path: Path) -> None:
    small = election(tmp_path, "a;60\nb;40\n", "v1;a\nv2;b\n")
    found = fund(small, "equal-shares")
    assert (found.selected, int(found.spent), found.steps) == (("b", "a"), 100, 10)


def test_a_larger_step_is_printed(tmp_path: Path) -> None:
    small = election(tmp_path, "a;60\nb;40\n", "v1;a\nv2;b\n")
    found = fund(small, "equal-shares", Fraction(5))
    assert (found.steps, found.facts()["step"], found.facts()["steps"]) == (2, 5, 2)


def test_the_last_outcome_that_fits_is_kept(tmp_path: Path) -> None:
    small = election(tmp_path, "a;60\nb;45\n", "v1;a\nv2;b\n")
    found = fund(small, "equal-shares")
    assert (found.selected, int(found.spent), found.steps) == (("b",), 45, 9)


def test_ties_of_equal_shares_are_listed(tmp_path: Path) -> None:
    small = election(tmp_path, "a;50\nb;50\nc;10\n", "v1;a\nv2;b\nv3;\nv4;c\n", budget=200)
    found = fund(small, "equal-shares")
    assert found.selected == ("c", "a", "b")
    assert found.ties == (("c", "a", "b"), ("a", "b"))


def test_what_nobody_supports_is_never_bought_and_what_costs_nothing_is(tmp_path: Path) -> None:
    small = election(tmp_path, "free;0\nlonely;0\n", "v1;free\n")
    assert fund(small, "equal-shares").selected == ("free",)


def test_nobody_voted(tmp_path: Path) -> None:
    found = fund(election(tmp_path, "a;60\n", ""), "equal-shares")
    assert (found.selected, int(found.spent), found.steps) == ((), 0, 0)


def test_equal_shares_needs_approvals(tmp_path: Path) -> None:
    ranked = election(tmp_path, "a;60\n", "v1;a\n", kind="ordinal")
    with pytest.raises(BadInput, match="approval ballots"):
        fund(ranked, "equal-shares")


def test_a_step_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="more than 0"):
        fund(election(tmp_path, "a;60\n", "v1;a\n"), "equal-shares", Fraction(0))


def test_exact_fractions_take_over_where_the_fast_search_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = election(tmp_path, "a;60\nb;40\n", "v1;a\nv2;b\n")
    honest = portfolio.run

    def careless(shares: portfolio._Shares, share: Fraction, *, exactly: bool) -> Outcome:
        return honest(shares, share if exactly else share * 2, exactly=exactly)

    monkeypatch.setattr(portfolio, "run", careless)
    found = fund(small, "equal-shares")
    assert (found.selected, found.steps) == (("b", "a"), 10)


def test_the_facts_are_plain_numbers(tmp_path: Path) -> None:
    facts = fund(election(tmp_path, "a;60.5\nb;70\n", "v1;a\nv2;b\nv3;a\n")).facts()
    assert facts == {
        "rule": "greedy",
        "budget": 100,
        "spent": 60.5,
        "selected": ["a"],
        "tally": {"a": 2, "b": 1},
        "ties": [],
    }
