"""The ranking as hosts read it: sorted and filtered as they wish, with the facts that stand above it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from fractions import Fraction
from urllib.parse import urlencode

from facilitate.models import Event
from facilitate.queries import room
from facilitate.queries.outcomes import outcome
from facilitate.queries.results import Result, Results, results
from facilitate.scoring.organizations import OrganizationCheck
from facilitate.scoring.outcome import Outcome
from facilitate.scoring.rounding import fixed

STEADY = Fraction(9, 10)
"""An idea that stays on top in so many weightings stands firm."""

BANDS = ("in", "close", "out")
AGREEMENTS = {"talk": "", "divided": "divided", "mixed": "mixed", "broad": "broad agreement"}
"""What may be asked for, and the word of the engine behind it."""
MARKS = ("shortlisted", "marked")

SORTS: dict[str, tuple[Callable[[Result], object], bool]] = {
    "rank": (lambda row: 0, False),
    "idea": (lambda row: row.card.title.casefold(), False),
    "score": (lambda row: float(row.score or 0), True),
    "agreement": (lambda row: float(row.agreement or 2), False),
    "scorers": (lambda row: row.scorers, True),
    "evidence": (lambda row: len(row.card.evidence), True),
}
"""What the table can be sorted by, and whether the largest comes first. Rows that are equal stay in their order."""


@dataclass(frozen=True)
class Wish:
    """Which rows a host wants to see, in which order. Empty: all of them, best first."""

    kind: str = ""
    sector: str = ""
    band: str = ""
    agreement: str = ""
    marks: str = ""
    sort: str = "rank"
    turned: str = ""
    """Anything here turns the order round."""

    @classmethod
    def read(cls, event: Event, args: Mapping[str, str]) -> Wish:
        """What the address asks for; whatever it does not know it leaves out."""
        known = {
            "kind": {term.key for term in event.listed("kind")},
            "sector": {term.key for term in event.listed("sector")},
            "band": set(BANDS),
            "agreement": set(AGREEMENTS),
            "marks": set(MARKS),
            "sort": set(SORTS),
            "turned": {"yes"},
        }
        return cls(**{name: args[name] for name, values in known.items() if args.get(name) in values})

    @property
    def is_filtered(self) -> bool:
        return bool(self.kind or self.sector or self.band or self.agreement or self.marks)

    @property
    def descends(self) -> bool:
        return SORTS[self.sort][1] != bool(self.turned)

    @property
    def follows_the_ranking(self) -> bool:
        return not self.turned and self.sort in ("rank", "score")

    def sorted_by(self, name: str) -> Wish:
        """The same rows by another column; the column they are sorted by already is turned round."""
        return replace(self, sort=name, turned="yes" if name == self.sort and not self.turned else "")

    @property
    def query(self) -> str:
        """As the end of an address."""
        usual = {each.name: each.default for each in fields(self)}
        return urlencode({name: value for name, value in asdict(self).items() if value != usual[name]})


@dataclass(frozen=True)
class Facts:
    """What can be said of the ranking as a whole."""

    bands: Counter[str]
    ranked: int
    steady: int
    """Ideas above the line that stay there in nine of ten weightings."""
    on_top: int
    organizations: OrganizationCheck
    organization_k: int
    alpha: str
    """Krippendorff's, two decimals; empty where nothing varies."""


@dataclass(frozen=True)
class Table:
    results: Results
    wish: Wish
    ranked: tuple[Result, ...]
    unranked: tuple[Result, ...]
    line: int | None
    """How many of the rows shown are above the funding line; None where the line is not among them."""
    is_line_tied: bool
    facts: Facts


def table(event: Event, wish: Wish) -> Table:
    whole = results(event)
    keys = {idea.public_id: (idea.kind.key, idea.sector.key if idea.sector else "") for idea in room.candidates(event)}
    wanted = [row for row in whole.rows if _is_wanted(row, *keys[row.card.id], wish)]
    by, largest_first = SORTS[wish.sort]
    ranked = [row for row in wanted if row.score is not None]
    ranked.sort(key=by, reverse=largest_first)  # type: ignore[arg-type]
    if wish.turned:
        ranked.reverse()
    found = outcome(event)
    above = {place.idea for place in found.ranked if (place.rank or 0) <= event.top}
    line = sum(row.card.id in above for row in ranked) if wish.follows_the_ranking else None
    return Table(
        whole,
        wish,
        tuple(ranked),
        tuple(row for row in wanted if row.score is None),
        line if line is not None and len(above) < len(found.ranked) else None,
        len(above) > event.top,
        _facts(found, above),
    )


def _is_wanted(row: Result, kind: str, sector: str, wish: Wish) -> bool:
    return all(
        (
            wish.kind in ("", kind),
            wish.sector in ("", sector),
            wish.band in ("", row.band),
            not wish.agreement
            or row.agreement_label == (AGREEMENTS[wish.agreement] or None)
            or (wish.agreement == "talk" and row.is_worth_a_talk),
            not wish.marks or (row.is_shortlisted if wish.marks == "shortlisted" else row.is_marked),
        )
    )


def _facts(found: Outcome, above: set[str]) -> Facts:
    on_top = [line for line in found.lines if line.place.idea in above]
    return Facts(
        Counter(line.band for line in found.lines if line.band),
        len(found.ranked),
        sum((line.top_share_weights or 0) >= STEADY for line in on_top),
        len(on_top),
        found.organizations,
        found.settings.part_k,
        "" if found.alpha is None else fixed(Fraction(found.alpha), 2),
    )
