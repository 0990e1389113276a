"""`cfp_annex.csv`: the priorities on the shortlist, ready to stand behind a Call for Proposals."""

from __future__ import annotations

from fractions import Fraction

from facilitate.exports.content import Content, Proposal
from facilitate.exports.tables import NUMBER, TEXT, WORD, Kind, Table
from facilitate.scoring.columns import record
from facilitate.scoring.outcome import Line
from facilitate.scoring.rounding import fixed

FIRST: dict[str, Kind] = {
    "priority_band": WORD,
    "rank_low": NUMBER,
    "rank_high": NUMBER,
    "title_en": TEXT,
    "title_fr": TEXT,
    "need_statement": TEXT,
    "target_group": TEXT,
    "geography": TEXT,
    "service_stream": WORD,
    "evidence_count": NUMBER,
    "strongest_evidence_type": TEXT,
    "evidence_refs": TEXT,
    "score": NUMBER,
    "ci_low": NUMBER,
    "ci_high": NUMBER,
    "n_raters": NUMBER,
    "agreement": NUMBER,
}
LAST: dict[str, Kind] = {
    "core_alignment": WORD,
    "partners_named": TEXT,
    "dissent_note": TEXT,
    "event_id": WORD,
    "method_version": WORD,
}
STREAMS = {
    "": "",
    "needs-assessment": "needs assessment & referrals",
    "information": "information & orientation",
    "language": "language",
    "employment": "employment",
    "connections": "community connections",
    "support": "support services",
    "indirect": "indirect",
}
PRINCIPLES = {
    "C": "client-centred",
    "O": "outcomes-driven",
    "R": "responsive to need",
    "E": "effective use of resources",
}


def table(content: Content) -> Table:
    """One line per shortlisted idea, best first; the header alone where nothing is shortlisted."""
    scores: dict[str, Kind] = {f"score_{question.scale.code}": NUMBER for question in content.questions}
    return Table(
        "Call",
        FIRST | scores | LAST,
        [_row(content, line) for line in content.lines if line.place.idea in content.call],
    )


def _row(content: Content, line: Line) -> dict[str, str]:
    idea, said = content.by_id[line.place.idea], content.call[line.place.idea]
    ranked = record(line, content.outcome.criteria, content.settings.k)
    low, high = line.range.points or (None, None)
    return {
        "priority_band": ranked["band"],
        "rank_low": ranked["range_low"],
        "rank_high": ranked["range_high"],
        "evidence_count": str(len(idea.evidence)),
        "strongest_evidence_type": strongest(idea),
        "evidence_refs": "; ".join(proof.link or proof.text for proof in idea.evidence),
        "score": ranked["score"],
        "ci_low": _point(low),
        "ci_high": _point(high),
        "n_raters": ranked["scorers"],
        "agreement": ranked["agreement"],
        **{name: text for name, text in ranked.items() if name.startswith("score_")},
        **{name: said[name] for name in ("title_en", "title_fr", "need_statement", "target_group", "geography")},
        "service_stream": STREAMS[said["service_stream"]],
        "core_alignment": "; ".join(PRINCIPLES[letter] for letter in said["core_alignment"]),
        "partners_named": said["partners"],
        "dissent_note": said["dissent_note"],
        "event_id": content.occasion.code,
        "method_version": f"facilitate {content.occasion.software}",
    }


def strongest(idea: Proposal) -> str:
    """The kind of evidence that the event lists first among those that stand behind the idea."""
    return min(idea.evidence, key=lambda proof: proof.place).type if idea.evidence else ""


def _point(value: float | None) -> str:
    return "" if value is None else fixed(Fraction(value))
