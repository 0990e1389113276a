"""All answers of a room in one array, the way every rule of the engine wants them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from facilitate.scoring.errors import BadInput
from facilitate.scoring.rounding import Number, exact
from facilitate.scoring.scales import Criterion, check_weights

BLANK, DONT_KNOW, RECUSED = -1, -2, -3
STATES = {None: BLANK, "": BLANK, "dont_know": DONT_KNOW, "recused": RECUSED}

# idea, criterion, rater and the answer: a level's value, "dont_know", "recused", or None for blank.
Row = tuple[str, str, str, Number | None]
Codes = NDArray[np.int32]
T = TypeVar("T")


def alphabetical(name: str) -> tuple[str, str]:
    """The order inside a tie: composed, casefolded code points (R7); the raw text settles what is left."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold()), name


@dataclass(frozen=True, eq=False)
class Ballots:
    """The answers of everybody.

    `codes` has the shape ideas × criteria × raters. A code from 0 up points into `values[criterion]`, the distinct
    numbers given there; below 0 stand BLANK, DONT_KNOW and RECUSED. `groups` and `organizations` have one entry
    per rater, empty where nothing is known.
    """

    ideas: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    raters: tuple[str, ...]
    values: tuple[tuple[Fraction, ...], ...]
    codes: Codes
    groups: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_weights(self.criteria)
        wanted = (len(self.ideas), len(self.criteria), len(self.raters))
        if self.codes.shape != wanted:
            raise BadInput(f"answers have the shape {self.codes.shape}, not {wanted}")

    def of(self, raters: NDArray[np.bool_]) -> Ballots:
        """The same room with some people only. `raters`: one truth per rater."""
        chosen = np.flatnonzero(raters)
        return replace(
            self,
            raters=tuple(self.raters[r] for r in chosen),
            codes=self.codes[:, :, chosen],
            groups=tuple(self.groups[r] for r in chosen) if self.groups else (),
            organizations=tuple(self.organizations[r] for r in chosen) if self.organizations else (),
        )

    @property
    def weighted(self) -> list[int]:
        return [c for c, each in enumerate(self.criteria) if each.counts]

    @property
    def numbers(self) -> NDArray[np.bool_]:
        """Ideas × raters: who gave at least one number that counts."""
        given: NDArray[np.bool_] = np.logical_or.reduce(self.codes[:, self.weighted, :] >= 0, axis=1)
        return given

    @property
    def recused(self) -> NDArray[np.bool_]:
        """Ideas × raters: who is recused."""
        out: NDArray[np.bool_] = np.logical_or.reduce(self.codes == RECUSED, axis=1)
        return out

    @property
    def scoring(self) -> NDArray[np.bool_]:
        """Who gave at least one number that counts, on any idea."""
        someone: NDArray[np.bool_] = np.logical_or.reduce(self.numbers, axis=0)
        return someone

    @property
    def participants(self) -> int:
        return len(self.raters)

    @property
    def scorers(self) -> int:
        return int(self.scoring.sum())


def ballots(
    criteria: Sequence[Criterion],
    rows: Iterable[Row],
    *,
    ideas: Iterable[str] = (),
    raters: Iterable[str] = (),
    groups: Mapping[str, str] | None = None,
    organizations: Mapping[str, str] | None = None,
) -> Ballots:
    """Ballots from rows; of several rows for one idea, criterion and rater the last one wins.

    `ideas` and `raters` name those that must appear even without an answer; `groups` and `organizations` map raters.
    Order of rows, ideas and raters changes nothing. Raises BadInput for an unknown criterion or a score off its scale.
    """
    given = {(idea, criterion, rater): answer for idea, criterion, rater, answer in rows}
    all_ideas = sorted({*ideas, *(idea for idea, _, _ in given)}, key=alphabetical)
    all_raters = sorted({*raters, *(rater for _, _, rater in given)}, key=alphabetical)
    coded = _Coder(tuple(criteria))
    codes = coded.array(given, all_ideas, all_raters)
    return Ballots(
        tuple(all_ideas),
        tuple(criteria),
        tuple(all_raters),
        coded.values,
        codes,
        tuple((groups or {}).get(rater, "") for rater in all_raters) if groups else (),
        tuple((organizations or {}).get(rater, "") for rater in all_raters) if organizations else (),
    )


class _Coder:
    """Gives every distinct answer of a criterion a small number, in the order of the values."""

    def __init__(self, criteria: tuple[Criterion, ...]) -> None:
        self.criteria = criteria
        self.place = {each.code: c for c, each in enumerate(criteria)}
        self.values: tuple[tuple[Fraction, ...], ...] = ()

    def array(self, given: Mapping[tuple[str, str, str], Number | None], ideas: list[str], raters: list[str]) -> Codes:
        meaning = self._meanings({(criterion, answer) for (_, criterion, _), answer in given.items()})
        idea_at, rater_at = _places(ideas), _places(raters)
        codes = np.full((len(ideas), len(self.criteria), len(raters)), BLANK, dtype=np.int32)
        if given:
            at = [(idea_at[idea], self.place[criterion], rater_at[rater]) for idea, criterion, rater in given]
            codes[tuple(np.array(at).T)] = [meaning[key[1], answer] for key, answer in given.items()]
        return codes

    def _meanings(self, seen: set[tuple[str, Number | None]]) -> dict[tuple[str, Number | None], int]:
        exacts = {(criterion, answer): self._value(criterion, answer) for criterion, answer in seen}
        self.values = tuple(
            tuple(sorted({value for (code, _), value in exacts.items() if code == each.code and value is not None}))
            for each in self.criteria
        )
        index = [_places(list(values)) for values in self.values]
        return {
            key: STATES[key[1]] if value is None else index[self.place[key[0]]][value]  # type: ignore[index]
            for key, value in exacts.items()
        }

    def _value(self, code: str, answer: Number | None) -> Fraction | None:
        if code not in self.place:
            raise BadInput("an answer to a criterion that does not exist", value=code)
        if answer is None or (isinstance(answer, str) and answer in STATES):
            return None
        criterion, value = self.criteria[self.place[code]], exact(answer)
        if not criterion.holds(value):
            raise BadInput(off_scale(criterion), value=answer)
        return value


def off_scale(criterion: Criterion) -> str:
    return f"a score off the scale {float(criterion.low):g} to {float(criterion.high):g} of {criterion.name}"


def _places(names: Sequence[T]) -> dict[T, int]:
    return {name: place for place, name in enumerate(names)}
