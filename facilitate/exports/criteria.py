"""`criteria.csv`: what people were asked, word for word. `facilitate rank --criteria` reads its first columns."""

from __future__ import annotations

from facilitate.exports.content import Content, Question
from facilitate.exports.tables import NUMBER, TEXT, Kind, Table, flag
from facilitate.models import Texts

FIRST: dict[str, Kind] = {
    "criterion": TEXT,
    "weight": NUMBER,
    "low": NUMBER,
    "high": NUMBER,
    "lower_is_better": NUMBER,
    "label": TEXT,
}
SPOKEN = ("label", "statement", "helper", "levels")


def table(content: Content) -> Table:
    languages = content.occasion.languages
    spoken = {f"{name}_{language}": TEXT for language in languages for name in SPOKEN}
    return Table(
        "Criteria",
        FIRST | spoken | {"evidence_expected": NUMBER},
        [_row(question, languages) for question in content.questions],
    )


def _row(question: Question, languages: tuple[str, ...]) -> dict[str, str]:
    scale = question.scale
    row = {
        "criterion": scale.code,
        "weight": question.weight,
        "low": min(question.values, key=float),
        "high": max(question.values, key=float),
        "lower_is_better": flag(scale.lower_is_better),
        "label": scale.label,
        "evidence_expected": flag(question.evidence_expected),
    }
    for language in languages:
        row |= {
            f"label_{language}": question.label.get(language, ""),
            f"statement_{language}": question.statement.get(language, ""),
            f"helper_{language}": question.helper.get(language, ""),
            f"levels_{language}": worded(question.levels, language),
        }
    return row


def worded(levels: tuple[tuple[str, Texts], ...], language: str) -> str:
    """The levels in one cell: "1 = Not at all; 2 = A little; …"."""
    return "; ".join(f"{value} = {words[language]}" for value, words in levels if language in words)
