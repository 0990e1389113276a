"""Groups beside each other: what is shown after every closing, together, still tells on nobody (R17)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitate.scoring.ballots import ballots
from facilitate.scoring.comparison import Crowd, Facts, Means, means, too_few, visible_parts
from facilitate.scoring.scales import criterion
from tests.scoring.test_privacy import eliminated, in_span
from tests.sizes import size

NEED, COST = criterion("A", label="Need"), criterion("B", label="Cost", weight=3)
Answers = Mapping[str, Mapping[str, tuple[int, str]]]
"""Criterion → person → (number of the answer, answer), all on one idea."""


def crowd(people: Mapping[str, str], said: Answers, towns: Mapping[str, str] | None = None) -> Crowd:
    scales = [each for each in (NEED, COST) if each.code in said]
    rows = [("van", code, person, level) for code, given in said.items() for person, (_, level) in given.items()]
    whole = ballots(scales, rows, ideas=["van"], raters=people)
    seqs = np.array([[[said[each.code].get(person, (0, ""))[0] for person in whole.raters] for each in scales]])
    places = {"group": tuple(people[person] for person in whole.raters)}
    if towns:
        places["community"] = tuple(towns[person] for person in whole.raters)
    return Crowd(whole, seqs, places)


def room(**sizes: int) -> dict[str, str]:
    return {f"{group}{at:02}": group for group, count in sizes.items() for at in range(count)}


def everybody(people: Mapping[str, str], level: str = "4", number: int = 1) -> dict[str, tuple[int, str]]:
    return dict.fromkeys(people, (number, level))


def shown(found: Crowd, *earlier: Facts, k: int = 5) -> Facts:
    return found.facts(visible_parts(found, k, earlier))


def groups(facts: Facts) -> list[str]:
    return [name for _, name in facts["ideas"]["van"]["visible"]]


def test_every_group_that_is_large_enough_is_shown_with_its_own_mean() -> None:
    people = room(agencies=6, employers=5)
    said = {person: (1, "5" if group == "agencies" else "3") for person, group in people.items()}
    found = crowd(people, {"A": said, "B": everybody(people, "2")})
    assert groups(shown(found)) == ["agencies", "employers"]
    assert means(found) == {
        ("group", "agencies"): (Means(Fraction(175, 4), (Fraction(1), Fraction(1, 4))),),
        ("group", "employers"): (Means(Fraction(125, 4), (Fraction(1, 2), Fraction(1, 4))),),
    }


def test_a_small_group_takes_another_one_into_hiding() -> None:
    found = crowd(people := room(agencies=9, employers=6, newcomers=4), {"A": everybody(people)})
    assert groups(shown(found)) == ["agencies"]
    assert too_few(found, 5) == {"van": {("group", "newcomers")}}


def test_a_group_that_is_too_small_on_one_criterion_is_hidden_on_the_idea() -> None:
    people = room(agencies=9, employers=6, newcomers=7)
    few = {person: said for person, said in everybody(people).items() if person not in ("newcomers00", "newcomers01")}
    less = {person: said for person, said in few.items() if person != "newcomers02"}
    assert groups(shown(crowd(people, {"A": everybody(people), "B": few}))) == ["agencies", "employers", "newcomers"]
    assert groups(shown(crowd(people, {"A": everybody(people), "B": less}))) == ["agencies"]


def test_looking_again_shows_the_same() -> None:
    found = crowd(people := room(agencies=9, employers=6, newcomers=4), {"A": everybody(people)})
    first = shown(found)
    assert found.is_as_in(first)
    assert visible_parts(found, 5, [first]) == {"van": {("group", "agencies")}}


def test_who_came_late_is_not_told_by_what_was_shown_before() -> None:
    """One person's answers lie between two closings: the difference of the group's sums would be that person."""
    people = room(agencies=9, employers=8)
    before = {person: said for person, said in everybody(people).items() if person != "agencies00"}
    first, second = crowd(people, {"A": before}), crowd(people, {"A": everybody(people)})
    assert groups(shown(first)) == ["agencies", "employers"]
    assert groups(shown(second, shown(first))) == []
    assert not second.is_as_in(shown(first))
    assert groups(shown(second)) == ["agencies", "employers"], "the control: without the first closing all are shown"


def test_where_most_answers_changed_all_can_be_shown_again() -> None:
    people = room(agencies=9, employers=8)
    first, second = crowd(people, {"A": everybody(people)}), crowd(people, {"A": everybody(people, "2", number=2)})
    assert groups(shown(second, shown(first))) == ["agencies", "employers"]


def test_an_answer_elsewhere_does_not_make_this_one_new() -> None:
    """Numbers are those of single answers: who changed something else is still worked out here."""
    people = room(agencies=9, employers=8)
    before = {person: said for person, said in everybody(people).items() if person != "agencies00"}
    first = crowd(people, {"A": before, "B": everybody(people)})
    second = crowd(people, {"A": everybody(people), "B": everybody(people, "1", number=2)})
    assert groups(shown(second, shown(first))) == []


# --- the attack ---


def sums(facts: Sequence[Facts], code: str) -> list[frozenset[str]]:
    """All sets of answers on one criterion whose sum somebody has read: rooms and visible parts."""
    found = []
    for each in facts:
        cells = each["ideas"]["van"]
        said = [
            f"{ballot}:{seq}" if seq else "" for ballot, seq in zip(each["ballots"], cells["seqs"][code], strict=True)
        ]
        masks = [[True] * len(said)]
        masks += [[part == name for part in each["parts"][dimension]] for dimension, name in cells["visible"]]
        found += [
            frozenset(token for token, within in zip(said, mask, strict=True) if token and within) for mask in masks
        ]
    return found


def told(facts: Sequence[Facts], code: str, k: int) -> set[frozenset[str]]:
    """Small sets of answers that can be worked out: parts of any closing, and what came to a part or left it."""
    known = sums(facts, code)
    tokens = sorted(set().union(*known))
    form = eliminated([[Fraction(token in people) for token in tokens] for people in known])
    parts = [frozenset(people) for each in facts for people in _all_parts(each, code)]
    targets = {*parts, *(one - other for one in parts for other in parts)}
    return {
        target
        for target in targets
        if 0 < len(target) < k and in_span(form, [Fraction(token in target) for token in tokens])
    }


def _all_parts(facts: Facts, code: str) -> list[frozenset[str]]:
    cells = facts["ideas"]["van"]["seqs"][code]
    said = [f"{ballot}:{seq}" if seq else "" for ballot, seq in zip(facts["ballots"], cells, strict=True)]
    names = {(dimension, name) for dimension, parts in facts["parts"].items() for name in parts}
    return [
        frozenset(token for token, part in zip(said, facts["parts"][dimension], strict=True) if token and part == name)
        for dimension, name in sorted(names)
    ]


def by_the_room_alone(facts: Sequence[Facts], code: str, k: int) -> set[frozenset[str]]:
    """What the whole rooms of the closings give away by themselves, without any part."""
    bare = [{**each, "ideas": {"van": {**each["ideas"]["van"], "visible": []}}} for each in facts]
    return told(bare, code, k)


@st.composite
def closings(draw: st.DrawFn) -> tuple[Crowd, Crowd]:
    """One room closed twice: in between some come late, leave an answer out, or change it."""
    count = draw(st.integers(8, 26))
    names = [f"p{at:02}" for at in range(count)]
    people = dict(zip(names, draw(st.lists(st.sampled_from("abc"), min_size=count, max_size=count)), strict=True))
    towns = dict(zip(names, draw(st.lists(st.sampled_from("xy"), min_size=count, max_size=count)), strict=True))
    answered = draw(st.sets(st.sampled_from(names), min_size=count - 3))
    after = dict.fromkeys(sorted(answered), (1, "3"))
    for person in draw(st.sets(st.sampled_from(names), max_size=3)):
        after[person] = (2, "4")
    before = dict.fromkeys(sorted(answered), (1, "3"))
    return crowd(people, {"A": before}, towns), crowd(people, {"A": after}, towns)


@settings(max_examples=size(pr=60, soak=2000), deadline=None, derandomize=True)
@given(closings(), st.sampled_from([3, 5]))
def test_two_closings_together_tell_no_more_than_their_whole_rooms(both: tuple[Crowd, Crowd], k: int) -> None:
    before = shown(both[0], k=k)
    after = shown(both[1], before, k=k)
    assert told([before, after], "A", k) <= by_the_room_alone([before, after], "A", k)


def test_the_attack_succeeds_where_the_first_closing_is_forgotten() -> None:
    """The control: who came late to a group is the difference of two figures that are harmless by themselves."""
    people = room(a=8, b=8)
    before = {person: said for person, said in everybody(people).items() if person not in ("a00", "b00")}
    first, second = crowd(people, {"A": before}), crowd(people, {"A": everybody(people)})
    careless = [shown(first), shown(second)]
    careful = [shown(first), shown(second, shown(first))]
    assert told(careless, "A", 5) - by_the_room_alone(careless, "A", 5) == {frozenset({"a00:1"}), frozenset({"b00:1"})}
    assert told(careful, "A", 5) == by_the_room_alone(careful, "A", 5)
