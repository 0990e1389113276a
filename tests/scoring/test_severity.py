from fractions import Fraction

from facilitate.scoring.ballots import Row, ballots
from facilitate.scoring.ranking import Place
from facilitate.scoring.severity import adjusted_ranks, movers
from tests.scoring.rooms import NEED, one_criterion, ranked


def test_an_idea_is_not_punished_for_its_strict_rater() -> None:
    others = {name: [4, 4, 4, 4, 1] for name in "cdefgh"}
    outcome = ranked(one_criterion({"a": [5, 5, 5, 5, 2], "b": [5, 4, 5, 4, None], **others}))
    assert [each.place.idea for each in outcome.lines[:2]] == ["b", "a"]
    assert [each.rank_severity_adjusted for each in outcome.lines[:2]] == [2, 1]


def test_a_complete_panel_ranks_the_same_with_and_without() -> None:
    outcome = ranked(one_criterion({"a": [5, 4, 1], "b": [4, 3, 1], "c": [1, 1, 1]}))
    assert [each.rank_severity_adjusted for each in outcome.lines] == [each.place.rank for each in outcome.lines]


def test_where_nothing_connects_the_people_the_column_is_empty() -> None:
    rows: list[Row] = [*(("a", "A", f"x{at}", 3) for at in range(3)), *(("b", "A", f"y{at}", 4) for at in range(3))]
    outcome = ranked(ballots([NEED], rows))
    assert [each.rank_severity_adjusted for each in outcome.lines] == [None, None]
    assert adjusted_ranks(outcome.composites) is None
    assert movers(outcome.places, None, 1) == []


def test_ideas_that_move_far_or_across_the_line_are_flagged() -> None:
    places = [Place(name, at, at + 1, 1, Fraction(9 - at), Fraction(9 - at)) for at, name in enumerate("abcdef")]
    assert movers(places, [5, 3, 2, 4, 1, 6], 2) == ["a", "b", "c", "e"]
