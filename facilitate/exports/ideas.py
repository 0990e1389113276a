"""`ideas.csv`: every idea word for word, also those set aside (with the reason) and merged (into which one)."""

from __future__ import annotations

from facilitate.exports.content import Content, Proposal
from facilitate.exports.ranking import ABOUT, about
from facilitate.exports.tables import TEXT, WORD, Table

STATES = {
    "shown": "scored",
    "cut": "not on the ballot: cut-off vote",
    "waiting": "waiting",
    "hidden": "set aside",
    "merged": "merged",
}
OTHER_REASON = "other"
"""A host's own words about why may name somebody, so they stay in the house."""


def table(content: Content) -> Table:
    return Table(
        "Ideas",
        {"idea": TEXT, "state": WORD} | ABOUT | {"details": TEXT, "reason": TEXT, "merged_into": TEXT},
        [_row(content, idea) for idea in content.ideas],
    )


def _row(content: Content, idea: Proposal) -> dict[str, str]:
    return {
        "idea": idea.id,
        "state": STATES[idea.state],
        **about(content, idea),
        "details": idea.details,
        "reason": reason(idea),
        "merged_into": idea.merged_into,
    }


def reason(idea: Proposal) -> str:
    """Why an idea was set aside; empty for all others."""
    return (idea.reason or OTHER_REASON) if idea.state == "hidden" else ""
