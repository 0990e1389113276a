"""Small rooms for the tests: ballots from a few words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from facilitate.scoring.ballots import Ballots, Row, ballots
from facilitate.scoring.outcome import Line, Outcome, evaluate
from facilitate.scoring.scales import Criterion, criterion
from facilitate.scoring.settings import Settings

NEED = criterion("A", label="Need")


def one_criterion(answers: Mapping[str, Sequence[Any]], scale: Criterion = NEED, **more: Any) -> Ballots:
    """A room with one criterion: idea → the answers of r00, r01, … in that order."""
    rows: list[Row] = [
        (idea, scale.code, f"r{at:02}", answer) for idea, given in answers.items() for at, answer in enumerate(given)
    ]
    return ballots([scale], rows, **more)


def ranked(room: Ballots, **settings: Any) -> Outcome:
    return evaluate(room, Settings(**{"minimum": 3, **settings}))


def line(outcome: Outcome, idea: str) -> Line:
    return next(each for each in outcome.lines if each.place.idea == idea)


def scores(outcome: Outcome) -> dict[str, Fraction | None]:
    return {each.place.idea: each.place.score for each in outcome.lines}


def labels(outcome: Outcome) -> dict[str, str]:
    return {each.place.idea: each.place.label for each in outcome.lines}


def random_rows(seed: int, *, ideas: int = 8, raters: int = 12, criteria: Iterable[str] = "ABC") -> list[Row]:
    """A believable room with gaps: answers 1 to 5, some don't knows, some blanks."""
    random = np.random.default_rng(seed)
    merit = random.normal(0, 1, ideas)
    rows: list[Row] = []
    for i in range(ideas):
        for r in range(raters):
            for code in criteria:
                chance = random.random()
                answer: Any = int(np.clip(np.rint(3 + merit[i] + random.normal(0, 1)), 1, 5))
                if chance < 0.05:
                    answer = "dont_know"
                elif chance < 0.15:
                    answer = None
                rows.append((f"idea {i}", code, f"r{r:02}", answer))
    return rows


def three_criteria(weights: Sequence[Any] = (3, 2, 1)) -> list[Criterion]:
    return [criterion(code, weight=weight) for code, weight in zip("ABC", weights, strict=True)]
