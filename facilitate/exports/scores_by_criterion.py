"""`scores_by_criterion.csv`: one line per idea and criterion, with how often each level was chosen.

Small numbers give people away (R17): the mean is that of the ranking, which keeps back what too few stand behind, and
the counts per level appear from k people up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from facilitate.exports.content import Content
from facilitate.exports.tables import NUMBER, TEXT, Kind, Table, flag
from facilitate.scoring.outcome import Cell, Line, Outcome
from facilitate.scoring.privacy import may_show_statistics
from facilitate.scoring.rounding import exact, fixed
from facilitate.scoring.scales import Criterion

FIRST: dict[str, Kind] = {
    "idea": TEXT,
    "short_label": TEXT,
    "criterion": TEXT,
    "criterion_label": TEXT,
    "n": NUMBER,
    "mean_points": NUMBER,
    "mean_raw": NUMBER,
    "dont_know": NUMBER,
    "counts_kept_back": NUMBER,
}


def table(content: Content) -> Table:
    values = sorted({value for question in content.questions for value in question.values}, key=exact)
    return Table(
        "Scores by criterion",
        FIRST | {f"count_{value}": NUMBER for value in values},
        [
            _row(content, line, c, values)
            for line in sorted(content.lines, key=lambda line: line.place.index)
            for c in range(len(content.questions))
        ],
    )


def _row(content: Content, line: Line, c: int, values: list[str]) -> dict[str, str]:
    scale = content.questions[c].scale
    return {
        "idea": line.place.idea,
        "short_label": content.by_id[line.place.idea].short_label,
        "criterion": scale.code,
        "criterion_label": scale.name,
        **figures(content.outcome, line, c, content.questions[c].values, values),
    }


def figures(outcome: Outcome, line: Line, c: int, levels: Sequence[str], values: Sequence[str]) -> dict[str, str]:
    """What people gave one idea on one criterion. `levels` are its own, `values` those of all criteria."""
    cell, scale = line.cells[c], outcome.criteria[c]
    is_shown = may_show_statistics(min(cell.n, line.scorers), outcome.settings.part_k)
    counts = dict(zip(outcome.tally.values[c], outcome.tally.counts[c][line.place.index].tolist(), strict=True))
    return {
        "n": str(cell.n),
        "mean_points": fixed(None if cell.score is None else 100 * cell.score),
        "mean_raw": fixed(raw_mean(cell, scale), 2),
        "dont_know": str(cell.dont_know),
        "counts_kept_back": flag(not is_shown),
        **{f"count_{value}": _count(counts, levels, value) if is_shown else "" for value in values},
    }


def raw_mean(cell: Cell, scale: Criterion) -> Fraction | None:
    """The mean as it was tapped, before direction and scale are applied."""
    if cell.score is None:
        return None
    share = 1 - cell.score if scale.lower_is_better else cell.score
    return scale.low + share * (scale.high - scale.low)


def _count(counts: Mapping[Fraction, int], levels: Iterable[str], value: str) -> str:
    """How many chose this level; empty where the criterion has no such level."""
    own = {exact(each) for each in levels}
    return str(counts.get(exact(value), 0)) if exact(value) in own else ""
