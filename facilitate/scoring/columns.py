"""The columns of `ranking.csv`, in their order and to the character."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from facilitate.scoring.outcome import Line, Outcome
from facilitate.scoring.rounding import fixed
from facilitate.scoring.scales import Criterion

FIRST = (
    "rank",
    "rank_label",
    "idea",
    "score",
    "range_low",
    "range_high",
    "p_top",
    "band",
    "scorers",
    "recused",
    "dont_know_pct",
    "agreement",
    "agreement_label",
    "aea",
)
LAST = ("rank_equal_weights", "top_share_weights", "rank_severity_adjusted", "status")
WORDS = frozenset({"rank_label", "idea", "band", "agreement_label", "status"})
TEXTS = frozenset({"idea", "status"})  # what people wrote, and a spreadsheet must not take for a formula


def header(criteria: Sequence[Criterion]) -> list[str]:
    """The common columns: those of every ranking, then three per criterion, then the checks."""
    per_criterion = [f"{kind}_{each.code}" for each in criteria for kind in ("score", "n", "dont_know")]
    return [*FIRST, *per_criterion, *LAST]


def record(line: Line, criteria: Sequence[Criterion], k: int | None = None) -> dict[str, str]:
    """One idea as text; what is undefined is empty. `k` is the privacy threshold of an event's export."""
    values = [
        _whole(line.place.rank),
        line.place.label,
        line.place.idea,
        fixed(line.place.score),
        _whole(line.range.low),
        _whole(line.range.high),
        fixed(line.range.top_share, 3),
        line.band,
        str(line.scorers),
        _people(line.recused, k),
        fixed(_percent(line.dont_know)),
        fixed(line.agreement, 2),
        line.agreement_label,
        fixed(line.expert_agreement, 2),
    ]
    for cell in line.cells:
        values += [fixed(_percent(cell.score)), str(cell.n), str(cell.dont_know)]
    values += [
        _whole(line.rank_equal_weights),
        fixed(line.top_share_weights, 3),
        _whole(line.rank_severity_adjusted),
        line.status,
    ]
    return dict(zip(header(criteria), values, strict=True))


def records(outcome: Outcome) -> list[dict[str, str]]:
    return [record(line, outcome.criteria, outcome.settings.k) for line in outcome.lines]


def as_json(outcome: Outcome) -> dict[str, Any]:
    """What `facilitate rank --json` prints: settings, figures of the event, and one object per idea."""
    return {
        "settings": outcome.settings.facts(),
        "event": {
            "alpha": None if outcome.alpha is None else round(outcome.alpha, 6),
            "ideas": len(outcome.lines),
            "raters": outcome.participants,
        },
        "ranking": [{name: _value(name, text) for name, text in row.items()} for row in records(outcome)],
    }


def _value(name: str, text: str) -> str | int | float | None:
    if not text:
        return None
    if name in WORDS or text == "some":
        return text
    return float(text) if "." in text else int(text)


def _people(count: int, k: int | None) -> str:
    """R8: how many are recused is told from k people up, else only that there are some."""
    return "some" if k is not None and 0 < count < k else str(count)


def _whole(number: int | None) -> str:
    return "" if number is None else str(number)


def _percent(share: Fraction | None) -> Fraction | None:
    return None if share is None else 100 * share
