"""R17, and T32 of promises.md: no published set of cells determines one under k."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from facilitate.scoring.privacy import Part, Publication, may_show_statistics, suppress, suppress_together

# The larger profile looks at 2,000 tables, the one of a pull request at 200.
TABLES = 200 if settings().max_examples < 1000 else 2000


def room(**sizes: Mapping[str, int]) -> dict[str, dict[Hashable, str]]:
    """Dimensions whose parts follow one another in the list of people."""
    return {
        dimension: dict(enumerate(name for name, size in parts.items() for _ in range(size)))
        for dimension, parts in sizes.items()
    }


def hidden(found: Publication) -> set[str]:
    return {name for _, name in found.hidden}


def test_a_group_of_four_among_48_is_hidden_and_the_second_smallest_with_it() -> None:
    found = suppress(room(group={"agencies": 20, "community": 14, "employers": 10, "newcomers": 4}), 5)
    assert hidden(found) == {"newcomers", "employers"}


def test_nothing_is_hidden_where_every_part_holds_k() -> None:
    found = suppress(room(group={"agencies": 20, "community": 10}), 10)
    assert hidden(found) == set()
    assert found.visible == {("group", "agencies"), ("group", "community")}


def test_the_hidden_ones_hold_k_together() -> None:
    found = suppress(room(group={"a": 20, "b": 12, "c": 2, "d": 1}), 10)
    assert hidden(found) == {"b", "c", "d"}


def test_two_small_parts_that_hold_k_together_need_nobody_else() -> None:
    assert hidden(suppress(room(group={"a": 20, "b": 4, "c": 4}), 5)) == {"b", "c"}


def test_of_two_parts_both_are_hidden() -> None:
    assert hidden(suppress(room(group={"a": 44, "b": 4}), 5)) == {"a", "b"}


def test_an_empty_part_hides_nobody() -> None:
    dimensions = room(group={"a": 20, "b": 10, "c": 4})
    dimensions["group"] |= {"gone": "d"}
    assert hidden(suppress(dimensions, 5, people=range(34))) == {"b", "c", "d"}


def test_people_who_stated_nothing_are_a_part_like_any_other() -> None:
    assert hidden(suppress(room(group={"a": 20, "b": 12, "": 3}), 5)) == {"", "b"}


def test_everyone_from_one_organization_is_the_room_and_is_shown() -> None:
    found = suppress(room(organization={"x": 12}), 10)
    assert found.visible == {("organization", "x")}


def test_a_small_organization_is_not_left_over_from_its_group() -> None:
    dimensions = room(
        group={"agencies": 27, "employers": 30},
        organization={"o1": 12, "o2": 12, "o3": 3, "p1": 14, "p2": 13, "p3": 3},
    )
    found = suppress(dimensions, 10)
    assert {("organization", "o3"), ("organization", "p3")} < found.hidden
    assert exposed(dimensions, found, 10) == []


def test_a_difference_of_two_parts_is_protected_as_well() -> None:
    dimensions = room(community={"Windsor": 22, "Chatham": 20}, group={"agencies": 20, "others": 22})
    found = suppress(dimensions, 5)
    assert ("community", "Windsor") not in found.visible or ("group", "agencies") not in found.visible


def test_a_part_once_hidden_can_stay_hidden() -> None:
    found = suppress(room(group={"a": 20, "b": 12, "c": 11}), 5, hidden=[("group", "c"), ("group", "left")])
    assert hidden(found) == {"b", "c"}


def test_one_person_more_is_not_told_by_the_next_export() -> None:
    first = suppress(room(group={"a": 20, "b": 12, "c": 11}), 10)
    later = room(group={"a": 21, "b": 12, "c": 11})
    again = suppress(later, 10, earlier=room_sets(first, shift=1))
    assert ("group", "a") not in again.visible


def room_sets(found: Publication, shift: int) -> list[frozenset[Hashable]]:
    """The sets of the first export in the numbering of the second, where person 20 is new."""
    return [frozenset(p + shift if isinstance(p, int) and p >= 20 else p for p in chosen) for chosen in found.sets]


def test_the_same_room_twice_shows_the_same() -> None:
    dimensions = room(group={"a": 20, "b": 12, "c": 4}, table={"1": 18, "2": 18})
    first = suppress(dimensions, 5)
    assert suppress(dimensions, 5, earlier=first.sets) == first


def test_what_an_earlier_export_gave_away_is_named() -> None:
    dimensions = room(group={"a": 20, "b": 12, "c": 4})
    given_away = frozenset(range(32))
    assert suppress(dimensions, 5, earlier=[given_away]).exposed == {("group", "c")}


def test_a_part_hidden_on_one_criterion_is_hidden_on_all() -> None:
    dimensions = room(group={"a": 20, "b": 12, "c": 10})
    together = suppress_together(dimensions, 10, [range(42), range(41)])
    assert together.hidden == {("group", "c"), ("group", "b")}
    assert together.visible == {("group", "a")}


def test_no_tables_are_nothing_to_show() -> None:
    assert suppress_together(room(group={"a": 20}), 10, []).visible == frozenset()


def test_statistics_of_the_room_need_k_scorers() -> None:
    assert [may_show_statistics(n, 5) for n in (4, 5)] == [False, True]


def exposed(
    dimensions: Mapping[str, Mapping[Hashable, str]],
    found: Publication,
    k: int,
    earlier: Iterable[frozenset[Hashable]] = (),
) -> list[Part]:
    """The attack: which parts with 1 to k − 1 people lie in the span of everything published, in exact fractions."""
    people = sorted(set().union(*found.sets, *earlier), key=repr)
    published = [[Fraction(person in chosen) for person in people] for chosen in (*found.sets, *earlier)]
    reduced = eliminated(published)
    counted = max(found.sets, key=len)
    small = {
        (dimension, name): frozenset(p for p in counted if parts.get(p) == name)
        for dimension, parts in dimensions.items()
        for name in set(parts.values())
    }
    return [
        part
        for part, chosen in small.items()
        if 0 < len(chosen) < min(k, len(counted))
        and in_span(reduced, [Fraction(person in chosen) for person in people])
    ]


def eliminated(rows: list[list[Fraction]]) -> list[tuple[int, list[Fraction]]]:
    """Row echelon form, as pairs of pivot column and row."""
    form: list[tuple[int, list[Fraction]]] = []
    for row in rows:
        rest = remainder(form, row)
        pivot = next((at for at, value in enumerate(rest) if value), None)
        if pivot is not None:
            form.append((pivot, [value / rest[pivot] for value in rest]))
    return form


def remainder(form: list[tuple[int, list[Fraction]]], row: list[Fraction]) -> list[Fraction]:
    for pivot, base in form:
        if row[pivot]:
            factor = row[pivot]
            row = [value - factor * other for value, other in zip(row, base, strict=True)]
    return row


def in_span(form: list[tuple[int, list[Fraction]]], row: list[Fraction]) -> bool:
    return not any(remainder(form, row))


PEOPLE = st.integers(6, 40)
NAMES = {"group": "abcd", "community": "xy", "table": "12345"}


@st.composite
def rooms(draw: st.DrawFn) -> dict[str, dict[Hashable, str]]:
    people = draw(PEOPLE)
    chosen = draw(st.lists(st.sampled_from(sorted(NAMES)), min_size=1, max_size=3, unique=True))
    return {
        dimension: dict(enumerate(draw(st.lists(st.sampled_from(NAMES[dimension]), min_size=people, max_size=people))))
        for dimension in chosen
    }


def test_the_attack_finds_what_primary_suppression_alone_gives_away() -> None:
    """The control: without the second hidden part, the attack succeeds."""
    dimensions = room(group={"a": 20, "b": 12, "c": 4})
    people: frozenset[Hashable] = frozenset(range(36))
    careless = Publication(
        frozenset(), frozenset(), frozenset({people, frozenset(range(20)), frozenset(range(20, 32))})
    )
    assert exposed(dimensions, careless, 5) == [("group", "c")]


@settings(max_examples=TABLES)
@given(rooms(), st.sampled_from([3, 5, 10]))
def test_no_published_set_of_cells_determines_a_cell_under_k(
    dimensions: dict[str, dict[Hashable, str]], k: int
) -> None:
    found = suppress(dimensions, k)
    assert exposed(dimensions, found, k) == []
    assert all(sum(name == parts[p] for p in parts) >= k for d, name in found.visible for parts in [dimensions[d]])


@settings(max_examples=TABLES // 4)
@given(rooms(), st.sampled_from([5, 10]), st.data())
def test_successive_exports_do_not_determine_a_cell_under_k(
    dimensions: dict[str, dict[Hashable, str]], k: int, data: st.DataObject
) -> None:
    people = sorted(next(iter(dimensions.values())), key=repr)
    late = data.draw(st.sets(st.sampled_from(people), max_size=4))
    first = suppress(dimensions, k, people=set(people) - late)
    second = suppress(dimensions, k, earlier=first.sets)
    assert set(exposed(dimensions, second, k, first.sets)) <= second.exposed
    assert {name for name in second.visible if name in second.exposed} == set()
    for chosen in second.sets:
        for before in first.sets:
            if len(chosen) < len(people) and before < chosen:
                assert not 0 < len(chosen - before) < k
