"""`ranking.csv`: the common columns of `facilitate rank`, and behind them what each idea is about."""

from __future__ import annotations

from facilitate.exports.content import Content, Proposal
from facilitate.exports.tables import NUMBER, TEXT, WORD, Kind, Table, flag
from facilitate.scoring.columns import TEXTS, WORDS, header, record

ABOUT: dict[str, Kind] = {
    "title": TEXT,
    "short_label": TEXT,
    "kind": TEXT,
    "sector": TEXT,
    "community": TEXT,
    "organization": TEXT,
    "language": WORD,
    "channel": WORD,
    "evidence_count": NUMBER,
    "merged_count": NUMBER,
    "added_late": NUMBER,
}


def table(content: Content) -> Table:
    scales = content.outcome.criteria
    return Table(
        "Ranking",
        {name: _kind(name) for name in header(scales)} | ABOUT,
        [
            {**record(line, scales, content.settings.k), **about(content, content.by_id[line.place.idea])}
            for line in content.lines
        ],
    )


def _kind(name: str) -> Kind:
    return TEXT if name in TEXTS else WORD if name in WORDS else NUMBER


def about(content: Content, idea: Proposal) -> dict[str, str]:
    """The columns that say what an idea is about."""
    return {
        "title": idea.title,
        "short_label": idea.short_label,
        "kind": idea.kind,
        "sector": idea.sector,
        "community": idea.community,
        "organization": idea.organization,
        "language": idea.language,
        "channel": idea.channel,
        "evidence_count": str(len(idea.evidence)),
        "merged_count": str(content.merged[idea.id]),
        "added_late": flag(idea.is_late),
    }
