"""Parts of the room beside each other: how each scores an idea, as far as nobody can be worked out from it (R17)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from facilitate.scoring.ballots import Ballots
from facilitate.scoring.privacy import Part, suppress_together
from facilitate.scoring.ranking import criterion_scores, weighted_mean
from facilitate.scoring.tally import tally

Seqs = NDArray[np.int64]
Facts = Mapping[str, Any]
"""One publication as it is stored: see `Crowd.facts`."""

Token = Hashable
"""One answer of one ballot. An answer that was changed has another token, one that was left alone keeps its own."""


@dataclass(frozen=True, eq=False)
class Crowd:
    """The answers, and where everybody belongs.

    `seqs` has the shape ideas × criteria × raters: the number of each answer inside its ballot, 0 where none counts.
    `dimensions` maps "group", "community", … to the part of every rater, empty where nothing was stated.
    """

    ballots: Ballots
    seqs: Seqs
    dimensions: Mapping[str, tuple[str, ...]]

    def facts(self, visible: Mapping[str, Iterable[Part]]) -> dict[str, Any]:
        """What was shown of whom: kept, so that nothing shown later gives away by subtraction what was hidden."""
        return {
            "ballots": list(self.ballots.raters),
            "parts": {name: list(parts) for name, parts in sorted(self.dimensions.items())},
            "ideas": {
                idea: {
                    "visible": sorted(list(part) for part in visible[idea]),
                    "seqs": {c.code: self.seqs[i, at].tolist() for at, c in enumerate(self.ballots.criteria)},
                }
                for i, idea in enumerate(self.ballots.ideas)
            },
        }

    def is_as_in(self, facts: Facts) -> bool:
        """Is every answer, and everybody's place, still as it was then?"""
        nothing: dict[str, list[Part]] = {idea: [] for idea in self.ballots.ideas}
        return bool(_who_answered(self.facts(nothing)) == _who_answered(facts))


def _who_answered(facts: Facts) -> Any:
    ideas = {idea: cells["seqs"] for idea, cells in facts["ideas"].items()}
    return facts["ballots"], facts["parts"], ideas


def visible_parts(crowd: Crowd, k: int, earlier: Sequence[Facts] = ()) -> dict[str, frozenset[Part]]:
    """Per idea the parts of the room that may be shown, after what was shown earlier.

    A part is shown with its score on every criterion or not at all, because a score and all criteria but one give the
    last one away. Where the whole room and earlier figures would tell on a few people anyway, no part is shown.
    """
    shown = [_Shown(earlier, c.code) for c in crowd.ballots.criteria]
    return {idea: _visible(crowd, i, k, shown) for i, idea in enumerate(crowd.ballots.ideas)}


def _visible(crowd: Crowd, idea: int, k: int, shown: Sequence[_Shown]) -> frozenset[Part]:
    raters = crowd.ballots.raters
    tables: list[dict[Hashable, int]] = [
        {_token(raters[r], int(crowd.seqs[idea, c, r])): r for r in np.flatnonzero(crowd.seqs[idea, c]).tolist()}
        for c in range(len(crowd.ballots.criteria))
    ]
    before: list[list[frozenset[Hashable]]] = [
        sets.touching(people) for sets, people in zip(shown, tables, strict=True)
    ]
    if not any(before):
        # People are then the unknowns, and criteria that the same people answered are one table.
        tables = [{r: r for r in people} for people in {frozenset(people.values()) for people in tables}]
        before = []
    dimensions: dict[str, Mapping[Hashable, str]] = {
        name: {token: parts[r] for people in tables for token, r in people.items()}
        for name, parts in crowd.dimensions.items()
    }
    found = suppress_together(dimensions, k, tables, earlier=before)
    return frozenset() if found.exposed else found.visible


def _token(ballot: str, seq: int) -> Token:
    return f"{ballot}:{seq}"


class _Shown:
    """The sets of answers on one criterion whose sums somebody has seen."""

    def __init__(self, earlier: Sequence[Facts], criterion: str) -> None:
        self.sets = list({people for facts in earlier for people in _sets(facts, criterion)})
        self.holding: dict[Token, list[int]] = defaultdict(list)
        for at, people in enumerate(self.sets):
            for token in people:
                self.holding[token].append(at)

    def touching(self, tokens: Iterable[Token]) -> list[frozenset[Token]]:
        """The sets that share an answer with these, or with one that does, and so on: the others tell nothing."""
        found: set[int] = set()
        coming = list(tokens)
        while coming:
            new = {at for token in coming for at in self.holding.get(token, ())} - found
            found |= new
            coming = [token for at in new for token in self.sets[at]]
        return [self.sets[at] for at in sorted(found)]


def _sets(facts: Facts, criterion: str) -> Iterable[frozenset[Token]]:
    """The whole room and each visible part, per idea."""
    for cells in facts["ideas"].values():
        seqs = cells["seqs"].get(criterion, [])
        answered = [(r, _token(facts["ballots"][r], seq)) for r, seq in enumerate(seqs) if seq]
        yield frozenset(token for _, token in answered)
        for dimension, name in cells["visible"]:
            parts = facts["parts"][dimension]
            yield frozenset(token for r, token in answered if parts[r] == name)


@dataclass(frozen=True)
class Means:
    """What one part of the room says on one idea: the score in points, and C_ic per criterion."""

    points: Fraction | None
    criteria: tuple[Fraction | None, ...]


def means(crowd: Crowd) -> dict[Part, tuple[Means, ...]]:
    """Every part's means per idea, in the order of the ballots' ideas. Show only those that are visible."""
    found: dict[Part, tuple[Means, ...]] = {}
    for dimension, parts in crowd.dimensions.items():
        for name in sorted(set(parts)):
            scores = criterion_scores(tally(crowd.ballots.of(np.array([part == name for part in parts]))))
            found[dimension, name] = tuple(
                Means(weighted_mean(row, crowd.ballots.criteria), tuple(row)) for row in scores
            )
    return found


def too_few(crowd: Crowd, k: int) -> dict[str, frozenset[Part]]:
    """Per idea the parts with fewer than k people on some criterion: hidden for their own sake."""
    masks = {
        (dimension, name): np.array([part == name for part in parts])
        for dimension, parts in crowd.dimensions.items()
        for name in set(parts)
    }
    given = crowd.seqs > 0
    return {
        idea: frozenset(part for part, mask in masks.items() if given[i][:, mask].sum(axis=1).min(initial=k) < k)
        for i, idea in enumerate(crowd.ballots.ideas)
    }
