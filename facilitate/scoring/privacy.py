"""Parts of the room that are too small to be shown, and what else has to stay hidden so that nobody can work them out
(R17).

Primary suppression hides every part under k people; secondary suppression hides further parts, smallest first, until
the hidden ones are at least two and together hold k in each dimension (Willenborg and de Waal, Elements of Statistical
Disclosure Control, Springer 2001). What several dimensions and earlier publications give away together is found by
linear algebra: the published sums are vectors over people, and a small set is protected while it lies outside their
span.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from facilitate.scoring.ballots import alphabetical
from facilitate.scoring.composites import Floats, Truths

TOLERANCE = 1e-9

# A part of the room: the name of its dimension (group, community, table, organization, channel) and its own.
Part = tuple[str, str]


@dataclass(frozen=True)
class Publication:
    """What may be shown of one table: the visible parts, the hidden ones, and the sets of people behind what is shown.

    `sets` holds one frozenset of person tokens per visible part and one for the whole room; hand them to the next
    publication as `earlier`. `exposed` names parts that the whole room and earlier publications give away whatever is
    hidden now: where there are some, do not publish.
    """

    visible: frozenset[Part]
    hidden: frozenset[Part]
    sets: frozenset[frozenset[Hashable]]
    exposed: frozenset[Part] = frozenset()


@dataclass(frozen=True, eq=False)
class _Table:
    """Who is in which part, as truths over atoms: people who always go together are one unknown.

    `parts` are in the order in which they would be hidden: smallest first, then by name, so that the same room always
    hides the same. `masks` is parts × atoms, `room` atoms, `earlier` sets × atoms, `weights` the people per atom.
    """

    k: int
    parts: tuple[Part, ...]
    sizes: tuple[int, ...]
    masks: Truths
    room: Truths
    earlier: Truths
    weights: NDArray[np.int64]

    def published(self, visible: Sequence[int]) -> Floats:
        """The sums that everybody can read: of the visible parts, of the room, and of what was published before."""
        return np.vstack([self.masks[list(visible)], self.room[None, :], self.earlier]).astype(np.float64)


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
    counted = frozenset(everybody if people is None else everybody & set(people))
    members = {
        (dimension, name): frozenset(person for person in counted if parts.get(person) == name)
        for dimension, parts in dimensions.items()
        for name in set(parts.values())
    }
    table = _table(k, counted, members, tuple(earlier))
    forced = set(hidden)
    shut = {at for at, part in enumerate(table.parts) if table.sizes[at] < k or part in forced}
    _complement(table, shut)
    exposed = _close_the_span(table, shut)
    visible = frozenset(part for at, part in enumerate(table.parts) if at not in shut | exposed)
    return Publication(
        visible,
        frozenset(table.parts) - visible,
        frozenset({counted, *(members[part] for part in visible)}),
        frozenset(table.parts[at] for at in exposed),
    )


def _table(
    k: int,
    counted: frozenset[Hashable],
    members: Mapping[Part, frozenset[Hashable]],
    earlier: tuple[frozenset[Hashable], ...],
) -> _Table:
    parts = sorted(members, key=lambda part: (len(members[part]), part[0], alphabetical(part[1])))
    people = sorted(counted.union(*earlier), key=repr)
    sets = [*(members[part] for part in parts), counted, *earlier]
    truths = np.array([[person in each for person in people] for each in sets], dtype=bool).reshape(len(sets), -1)
    atoms, weights = np.unique(truths, axis=1, return_counts=True) if people else (truths, np.zeros(0, dtype=np.int64))
    return _Table(
        k,
        tuple(parts),
        tuple(len(members[part]) for part in parts),
        atoms[: len(parts)],
        atoms[len(parts)],
        atoms[len(parts) + 1 :],
        weights.astype(np.int64),
    )


def _complement(table: _Table, shut: set[int]) -> None:
    """In each dimension, hide the smallest visible part until the hidden ones are at least two and hold k people."""
    for dimension in {dimension for dimension, _ in table.parts}:
        visible = [at for at, part in enumerate(table.parts) if part[0] == dimension and at not in shut]
        while visible and _too_few_hidden(table, shut, dimension):
            shut.add(visible.pop(0))


def _too_few_hidden(table: _Table, shut: set[int], dimension: str) -> bool:
    """Empty parts hide nobody: a sum over one part and nobody is that part."""
    sizes = [table.sizes[at] for at in shut if table.parts[at][0] == dimension and table.sizes[at]]
    return bool(sizes) and (len(sizes) < 2 or sum(sizes) < table.k)


def _close_the_span(table: _Table, shut: set[int]) -> set[int]:
    """Hide on, smallest first, while everything published together gives a small set away.

    Hiding only ever makes the span smaller, so what lies outside it once needs no second look. Returns the owners of
    small sets that nothing which could still be hidden helps to work out.
    """
    owners, targets = _small_sets(table)
    exposed: set[int] = set()
    while len(targets):
        visible = [at for at in range(len(table.parts)) if at not in shut]
        published = table.published(visible)
        given_away = _in_span(published, targets)
        owners, targets = owners[given_away], targets[given_away]
        if len(targets):
            helping = _helping(published, targets[0], len(visible))
            if helping is None:
                exposed.add(int(owners[0]))
                owners, targets = owners[1:], targets[1:]
            else:
                shut.add(visible[helping])
                _complement(table, shut)
    return exposed


def _in_span(published: Floats, targets: Truths) -> Truths:
    """Which targets are a combination of the published sums."""
    _, sizes, rows = np.linalg.svd(published, full_matrices=False)
    basis = rows[sizes > TOLERANCE * max(1.0, float(sizes.max(initial=0.0)))]
    vectors = targets.astype(np.float64)
    rest = np.abs(vectors - (vectors @ basis.T) @ basis)
    inside: Truths = rest.max(axis=1, initial=0.0) <= TOLERANCE
    return inside


def _helping(published: Floats, target: Truths, visible: int) -> int | None:
    """The smallest visible part that a combination making the target uses; None where it takes none."""
    shares = np.linalg.lstsq(published.T, target.astype(np.float64), rcond=None)[0][:visible]
    used = np.flatnonzero(np.abs(shares) > TOLERANCE)
    return int(used[0]) if len(used) else None


def _small_sets(table: _Table) -> tuple[NDArray[np.int64], Truths]:
    """Sets of 1 to k − 1 people that nobody may work out, and the part that owns each.

    Small parts, what a part shares with another part or with something published before, and their differences.
    """
    others = np.vstack([table.masks, table.earlier])
    most = min(table.k, int(table.weights.sum()))
    shared = (table.masks * table.weights) @ others.T.astype(np.int64)
    own, other = shared.diagonal(), (others * table.weights).sum(axis=1)
    found: dict[bytes, tuple[int, Truths]] = {}

    def keep(owner: int, target: Truths) -> None:
        found.setdefault(target.tobytes(), (owner, target))

    for small in np.flatnonzero((own > 0) & (own < most)):
        keep(int(small), table.masks[small])
    for at, beside in _small(shared, most):
        keep(at, table.masks[at] & others[beside])
    for at, beside in _small(own[:, None] - shared, most):
        keep(at, table.masks[at] & ~others[beside])
    for at, beside in _small(other[None, :] - shared, most):
        keep(at, others[beside] & ~table.masks[at])
    owners = np.array([owner for owner, _ in found.values()], dtype=np.int64)
    return owners, np.array([target for _, target in found.values()], dtype=bool).reshape(
        len(found), table.masks.shape[1]
    )


def _small(sizes: NDArray[np.int64], most: int) -> list[tuple[int, int]]:
    return [(int(at), int(beside)) for at, beside in np.argwhere((sizes > 0) & (sizes < most))]


def suppress_together(
    dimensions: Mapping[str, Mapping[Hashable, str]],
    k: int,
    tables: Sequence[Iterable[Hashable]],
    *,
    earlier: Sequence[Iterable[frozenset[Hashable]]] = (),
) -> Publication:
    """One decision for several tables that determine each other, as an idea's criteria and its score do.

    `tables` holds the people counted in each, `earlier` (where there is any) the sets published before of each. A part
    hidden in one is hidden in all, since a weighted mean and all criteria but one give the last one away. `sets` are
    those of all tables.
    """
    before = [tuple(sets) for sets in earlier or [()] * len(tables)]
    counted = [frozenset(people) for people in tables]
    hidden: frozenset[Part] = frozenset()
    while True:
        found = [
            suppress(dimensions, k, people=people, earlier=sets, hidden=hidden)
            for people, sets in zip(counted, before, strict=True)
        ]
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


def columns_to_name(people: Iterable[object], columns: Iterable[str], k: int) -> list[str]:
    """Those of `columns`, in this order, in which every value holds k people or more, also read together.

    People who stated nothing are a part like any other: what is left over can be worked out.
    """
    everybody = list(people)
    named: list[str] = []
    for column in columns:
        together = [*named, column]
        sizes = Counter(tuple(getattr(person, each) for each in together) for person in everybody)
        if any(getattr(person, column) for person in everybody) and min(sizes.values()) >= k:
            named = together
    return named
