from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitate.scoring.errors import BadInput
from facilitate.scoring.sampling import ENOUGH, deal, deal_all, needed_per_person, plan


def test_the_plan_fits_the_time_and_says_whether_that_is_enough() -> None:
    found = plan(ideas=60, people=48, criteria=10, minutes=20)
    assert (found.per_person, found.scorers, found.minutes, found.enough, found.everything) == (20, 16, 20, True, False)
    assert not plan(ideas=60, people=20, criteria=10, minutes=20).enough


def test_where_there_is_time_everybody_scores_everything() -> None:
    assert plan(ideas=10, people=30, criteria=4, minutes=30).everything


def test_a_plan_for_nobody_is_refused() -> None:
    with pytest.raises(BadInput, match="people is 1 or more"):
        plan(ideas=3, people=0, criteria=1, minutes=5)


def test_twelve_scorers_an_idea_need_so_many_ideas_a_person() -> None:
    assert [needed_per_person(ideas=60, people=48), needed_per_person(ideas=60, people=5)] == [15, 60]
    assert plan(ideas=60, people=48, criteria=1, minutes=2).scorers >= ENOUGH


@given(st.integers(1, 12), st.integers(1, 20), st.integers(1, 15), st.integers())
def test_dealing_leaves_no_idea_behind(ideas: int, people: int, size: int, seed: int) -> None:
    names = [f"idea {i}" for i in range(ideas)]
    hands = deal_all(names, people, size, Random(seed))  # noqa: S311 - a repeatable deal
    scorers = Counter(idea for hand in hands for idea in hand)
    assert max(scorers.values()) - min(scorers[name] for name in names) <= 1
    assert all(len(set(hand)) == len(hand) == min(size, ideas) for hand in hands)


def test_least_scored_ideas_go_first() -> None:
    assert sorted(deal({"a": 3, "b": 0, "c": 1}, 2, Random(1))) == ["b", "c"]  # noqa: S311 - a repeatable deal
