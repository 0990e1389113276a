"""`evidence.csv`: what stands behind the ideas, one item a line."""

from __future__ import annotations

from facilitate.exports.content import Content
from facilitate.exports.tables import TEXT, Table


def table(content: Content) -> Table:
    return Table(
        "Evidence",
        {"idea": TEXT, "title": TEXT, "type": TEXT, "text": TEXT, "link": TEXT},
        [
            {"idea": idea.id, "title": idea.title, "type": proof.type, "text": proof.text, "link": proof.link}
            for idea in content.ideas
            for proof in idea.evidence
        ],
    )
