"""`method.json`: how the ranking was made (R20), and the settings that `facilitate rank --settings` reads back.

It is the exact record: no guard against formulas, no rounding but that of the ranking.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from facilitate.exports.content import Content, Proposal
from facilitate.exports.ideas import reason
from facilitate.scoring.privacy import may_show_statistics

REHEARSAL = "REHEARSAL: a simulated room played this event. Nothing in it was said or scored by people."

ADMISSION = {
    "open": "Anybody with the code could join. One person could join twice.",
    "counted": "The host counted the people in the room. No more ballots were given out than that.",
    "tickets": "Each person joined with a paper ticket that works once.",
}
EXCLUSIONS = {
    "twice": "somebody had two ballots",
    "outsider": "somebody outside the room",
    "trial": "a trial of the team",
    "machine": "looks filled in by a machine",
    "other": "another reason, in the minutes",
}


def as_json(content: Content) -> bytes:
    return (json.dumps(record(content), ensure_ascii=False, indent=2) + "\n").encode()


def record(content: Content) -> dict[str, Any]:
    levels = {question.scale.code: len(question.values) for question in content.questions}
    return {
        **({"rehearsal": REHEARSAL} if content.occasion.is_rehearsal else {}),
        "settings": {**content.settings.facts(), "levels": levels},
        "method": {
            "event": _event(content),
            "software": {"name": "facilitate", "version": content.occasion.software},
            "exported_on": content.occasion.exported_on.isoformat(),
            "is_rehearsal": content.occasion.is_rehearsal,
            "is_revealed": content.occasion.is_revealed,
            "closing_hash": content.occasion.closing_hash or None,
            "criteria": [_criterion(content, c) for c in range(len(content.questions))],
            "weights": _weights(content),
            "admission": admission(content),
            "people": people(content),
            "excluded": exclusions(content),
            "answers": answers(content),
            "ideas": ideas(content),
            "not_ranked": [
                {"idea": line.place.idea, "reason": line.place.reason} for line in content.lines if line.place.reason
            ],
            "set_aside": [{"idea": idea.id, "reason": reason(idea)} for idea in content.in_state("hidden")],
            "merges": merges(content),
            "agreement": _agreement(content),
            "organizations": _organizations(content),
            "rules": rules(content),
        },
    }


def _event(content: Content) -> dict[str, Any]:
    occasion = content.occasion
    return {
        "code": occasion.code,
        "title": occasion.title,
        "date": occasion.day.isoformat(),
        "place": occasion.place,
        "language": occasion.language,
    }


def _criterion(content: Content, c: int) -> dict[str, Any]:
    question = content.questions[c]
    return {
        "criterion": question.scale.code,
        "label": question.label,
        "weight": question.weight,
        "levels": list(question.values),
        "lower_is_better": question.scale.lower_is_better,
    }


def _weights(content: Content) -> dict[str, str]:
    return {
        "set_by": f"preset {content.occasion.preset}",
        "locked_on": content.occasion.scoring_opened_on.isoformat(),
    }


def people(content: Content) -> dict[str, int]:
    counted, scored, excluded = content.outcome.participants, content.outcome.scorers, sum(content.set_apart.values())
    return {
        "joined": counted + excluded,
        "scored": scored,
        "did_not_score": counted - scored,
        "ballots_excluded": excluded,
    }


def admission(content: Content) -> dict[str, Any]:
    """Who could join, and how many people the host counted."""
    return {
        "mode": content.occasion.admission,
        "heads": content.occasion.heads,
        "meaning": ADMISSION[content.occasion.admission],
    }


def exclusions(content: Content) -> list[dict[str, Any]]:
    """Ballots that were set apart before anybody saw the results, and why."""
    return [{"reason": EXCLUSIONS[why], "ballots": count} for why, count in content.set_apart.items()]


def answers(content: Content) -> dict[str, Any]:
    given = Counter(row.answer if row.answer in ("dont_know", "recused") else "score" for row in content.rows)
    recused = sum(line.recused for line in content.lines)
    return {"scores": given["score"], "dont_know": given["dont_know"], "recusals": enough(recused, content.k)}


def enough(count: int, k: int) -> int | str:
    """Who stays out of an idea has a stake in it: a number from k up, below it only that there were some (R8)."""
    return count if count == 0 or count >= k else "some"


def ideas(content: Content) -> dict[str, int]:
    ranked = len(content.outcome.ranked)
    states = Counter(idea.state for idea in content.ideas)
    return {
        "sent": len(content.ideas) + content.withdrawn,
        "ranked": ranked,
        "not_ranked": len(content.lines) - ranked,
        "merged": states["merged"],
        "set_aside": states["hidden"],
        "waiting": states["waiting"],
        "withdrawn": content.withdrawn,
    }


def merges(content: Content) -> list[dict[str, Any]]:
    """Each idea that took in others, with their words."""
    return [
        {**_named(idea), "originals": [_named(original) for original in originals(content, idea)]}
        for idea in content.ideas
        if content.merged[idea.id]
    ]


def originals(content: Content, idea: Proposal) -> list[Proposal]:
    return [one for one in content.ideas if one.merged_into == idea.id]


def _named(idea: Proposal) -> dict[str, str]:
    return {"idea": idea.id, "title": idea.title}


def _agreement(content: Content) -> dict[str, Any]:
    alpha = content.outcome.alpha if may_show_statistics(content.outcome.scorers, content.k) else None
    return {
        "krippendorff_alpha": None if alpha is None else round(alpha, 6),
        "note": "interval, ideas as units; expert panels: 0.2 – 0.45 is usual",
    }


def _organizations(content: Content) -> dict[str, int]:
    """The largest change of rank when one organization is left out; none is named (R8)."""
    check = content.outcome.organizations
    return {"looked_at": check.organizations, "largest_rank_change": check.largest_change}


def rules(content: Content) -> dict[str, str]:
    """What was done with the answers, a sentence each."""
    settings = content.settings
    facts = settings.facts()
    return {
        "score": (
            "Weighted mean: each answer is put on 0 to 1 of its criterion's scale (turned round where lower is "
            "better), averaged per idea and criterion, weighted, and given in points from 0 to 100."
        ),
        "votes": "One person, one vote.",
        "blanks": "Blank and “don’t know” enter no mean.",
        "recusals": (
            "Nobody counts on an idea that names their organization as its own, on their own proposal, or where they "
            "said that they have a stake."
        ),
        "minimum": f"An idea is ranked from {settings.minimum} scores on every weighted criterion.",
        "rounding": "One decimal, halves up, on the exact fraction.",
        "ties": "Ideas with the same published score share a rank (=2, =2, 4); inside a tie the order means nothing.",
        "merging": "A merged idea counts each person once, with the newest answer per criterion to any of its parts.",
        "ranges": (
            f"Rank ranges hold 90 % of {facts['draws']} draws (seed {facts['seed']}). People are taken as independent: "
            "where tables talked first, ranges are too narrow."
        ),
        "band": f"In, close or out: the share of draws in which the idea is among the first {settings.top}.",
        "weight_check": (
            f"Rank under equal weights; share of 1,000 weightings, each weight ± 25 %, with the idea among the first "
            f"{settings.top}."
        ),
        "severity": "A check column takes out how strict each person is; the ranking uses raw scores.",
        "privacy": (
            f"No figure for a part of the room, no agreement and no counts per level for fewer than {content.k} "
            "people; no times."
        ),
    }
