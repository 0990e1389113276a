"""Parts of the room that are too small to be shown, and what else has to stay hidden so that nobody can work them out
(R17).

Primary suppression hides every part under k people; secondary suppression hides further parts, smallest first, until
the hidden ones are at least two and together hold k in each dimension (Willenborg and de Waal, Elements of Statistical
Disclosure Control, Springer 2001). What several dimensions and earlier publications give away together is found by
linear algebra: the published sums are vectors over people, and a small set is protected while it lies outside their
span.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from facilitate.scoring.ballots import alphabetical
from facilitate.scoring.composites import Floats

TOLERANCE = 1e-9

# A part of the room: the name of its dimension (group, community, table, organization, channel) and its own.
Part = tuple[str, str]


@dataclass(frozen=True)
class Publication:
    """What may be shown of one table: the visible parts, the hidden ones, and the sets of people behind what is shown.

    `sets` holds one frozenset of person tokens per visible part and one for the whole room; hand them to the next
    publication as `earlier`. `exposed` names parts that earlier publications give away already.
    """

    visible: frozenset[Part]
    hidden: frozenset[Part]
    sets: frozenset[frozenset[Hashable]]
    exposed: frozenset[Part] = frozenset()


@dataclass
class _Table:
    """People in parts, while it is being decided which parts to show."""

    k: int
    people: Sequence[Hashable]
    members: dict[Part, frozenset[Hashable]]
    earlier: tuple[frozenset[Hashable], ...]
    hidden: set[Part]
    helpless: set[Part] = field(default_factory=set)

    def size(self, part: Part) -> int:
        return len(self.members[part])

    def order(self, part: Part) -> tuple[int, str, tuple[str, str]]:
        """Smallest first; names settle ties, so that the same room always hides the same parts."""
        return self.size(part), part[0], alphabetical(part[1])

    def visible(self, dimension: str | None = None) -> list[Part]:
        parts = [part for part in self.members if part not in self.hidden and dimension in (None, part[0])]
        return sorted(parts, key=self.order)

    @property
    def dimensions(self) -> list[str]:
        return sorted({dimension for dimension, _ in self.members})


def suppress(
    dimensions: Mapping[str, Mapping[Hashable, str]],
    k: int,
    *,
    people: Iterable[Hashable] | None = None,
    earlier: Iterable[frozenset[Hashable]] = (),
    hidden: Iterable[Part] = (),
) -> Publication:
    """Decide which parts of one table (say: one idea, or one idea on one criterion) may be shown.

    `dimensions` maps each published dimension to the part of every person ("" where nothing is stated: a part like any
    other, it can be subtracted as well). `people` are those counted in this table (default: all); a person whose
    answers changed since an earlier publication needs a new token. `earlier` are the sets published before, `hidden`
    parts that have to stay hidden whatever their size. The whole room counts as published. Only sums and means can be
    hidden this way, not minima and maxima.
    """
    everybody = {person for parts in dimensions.values() for person in parts}
    counted = sorted(everybody if people is None else everybody & set(people), key=repr)
    members: dict[Part, frozenset[Hashable]] = {}
    for dimension, parts in dimensions.items():
        for name in set(parts.values()):
            chosen = frozenset(person for person in counted if parts.get(person) == name)
            members[dimension, name] = chosen
    small = {part for part, chosen in members.items() if len(chosen) < k}
    forced = {part for part in hidden if part in members}
    table = _Table(k, counted, members, tuple(earlier), small | forced)
    _complement(table)
    _close_the_span(table)
    return _publication(table)


def _complement(table: _Table) -> None:
    """In each dimension, hide the smallest visible part until the hidden ones are at least two and hold k people."""
    for dimension in table.dimensions:
        while _too_few_hidden(table, dimension) and table.visible(dimension):
            table.hidden.add(table.visible(dimension)[0])


def _too_few_hidden(table: _Table, dimension: str) -> bool:
    """Empty parts hide nobody: a sum over one part and nobody is that part."""
    sizes = [table.size(part) for part in table.hidden if part[0] == dimension and table.size(part)]
    return bool(sizes) and (len(sizes) < 2 or sum(sizes) < table.k)


def _close_the_span(table: _Table) -> None:
    """Hide on, smallest first, while what is shown in all dimensions together gives a small set away."""
    while True:
        culprit = _culprit(table)
        if culprit is None:
            return
        table.hidden.add(culprit)
        _complement(table)


def _culprit(table: _Table) -> Part | None:
    """The smallest visible part that helps to work out a set under k people; None where nothing is given away."""
    atoms, weights = _atoms(table)
    shown = table.visible()
    room = frozenset(table.people)
    published = [_vector(each, atoms) for each in (*(table.members[part] for part in shown), room, *table.earlier)]
    matrix = np.array(published, dtype=np.float64)
    basis = _row_space(matrix)
    for owner, target in _small_sets(table, weights):
        vector = _vector(target, atoms)
        if np.abs(vector - basis.T @ (basis @ vector)).max(initial=0.0) > TOLERANCE:
            continue
        shares = np.linalg.lstsq(matrix.T, vector, rcond=None)[0][: len(shown)]
        helping = [part for part, share in zip(shown, shares, strict=True) if abs(share) > TOLERANCE]
        if helping:
            return helping[0]
        table.helpless.add(owner)
    return None


def _atoms(table: _Table) -> tuple[list[Hashable], int]:
    """One person for each combination of sets that somebody is in: people who always go together are one unknown."""
    sets = [*table.members.values(), frozenset(table.people), *table.earlier]
    everybody = dict.fromkeys([*table.people, *(person for each in table.earlier for person in sorted(each, key=repr))])
    atoms: dict[tuple[bool, ...], Hashable] = {}
    for person in everybody:
        atoms.setdefault(tuple(person in each for each in sets), person)
    return list(atoms.values()), len(everybody)


def _vector(chosen: frozenset[Hashable], atoms: Sequence[Hashable]) -> Floats:
    return np.array([person in chosen for person in atoms], dtype=np.float64)


def _row_space(matrix: Floats) -> Floats:
    """An orthonormal basis of what the published sums can express, rank × atoms."""
    _, sizes, basis = np.linalg.svd(matrix, full_matrices=False)
    kept: NDArray[np.bool_] = sizes > TOLERANCE * max(1.0, float(sizes.max(initial=0.0)))
    return np.asarray(basis[kept], dtype=np.float64)


def _small_sets(table: _Table, everybody: int) -> list[tuple[Part, frozenset[Hashable]]]:
    """Sets of 1 to k − 1 people that nobody may work out: small parts, what two sets share, and their differences."""
    sets = [*table.members.values(), *table.earlier]
    found: dict[frozenset[Hashable], Part] = {}
    for part, chosen in sorted(table.members.items(), key=lambda item: table.order(item[0])):
        for candidate in (
            chosen,
            *(each for other in sets for each in (chosen & other, chosen - other, other - chosen)),
        ):
            if 0 < len(candidate) < min(table.k, everybody):
                found.setdefault(candidate, part)
    return [(part, chosen) for chosen, part in found.items()]


def _publication(table: _Table) -> Publication:
    visible = frozenset(table.visible())
    sets = frozenset({frozenset(table.people), *(table.members[part] for part in visible)})
    return Publication(visible, frozenset(table.hidden), sets, frozenset(table.helpless))


def suppress_together(
    dimensions: Mapping[str, Mapping[Hashable, str]],
    k: int,
    tables: Sequence[Iterable[Hashable]],
    *,
    earlier: Iterable[frozenset[Hashable]] = (),
) -> Publication:
    """One decision for several tables that determine each other, as an idea's criteria and its score do.

    `tables` holds the people counted in each. A part hidden in one is hidden in all, since a weighted mean and all
    criteria but one give the last one away. `sets` are those of all tables.
    """
    before = tuple(earlier)
    counted = [frozenset(people) for people in tables]
    hidden: frozenset[Part] = frozenset()
    while True:
        found = [suppress(dimensions, k, people=people, earlier=before, hidden=hidden) for people in counted]
        together = frozenset(part for each in found for part in each.hidden)
        if together == hidden or not found:
            break
        hidden = together
    visible = frozenset(part for each in found for part in each.visible) - hidden
    sets = frozenset(chosen for each in found for chosen in each.sets)
    return Publication(visible, hidden, sets, frozenset(part for each in found for part in each.exposed))


def may_show_statistics(scorers: int, k: int) -> bool:
    """No histogram, agreement, minimum or maximum of the whole room for fewer than k scorers."""
    return scorers >= k
