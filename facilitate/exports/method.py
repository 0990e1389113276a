"""`method.json`: how the ranking was made (R20), and the settings that `facilitate rank --settings` reads back.

It is the exact record: no guard against formulas, no rounding but that of the ranking.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from facilitate.exports.content import Content, Proposal
from facilitate.exports.design import Scenario
from facilitate.exports.ideas import reason
from facilitate.exports.statement import ADMISSION, EXCLUSIONS, REHEARSAL, rules
from facilitate.scoring.privacy import may_show_statistics


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
            "ballot_versions": [
                {"number": each.number, "first_round": each.round, "locked_on": each.day.isoformat()}
                for each in content.design.versions
            ],
            "rounds": {"count": content.design.rounds, "scored_again": list(content.design.scored_again)},
            "sampling": {"ideas_per_person": content.design.per_person},
            "cut_off": {
                "kept": content.design.cut_to,
                "not_on_the_ballot": [_named(idea) for idea in content.in_state("cut")],
            },
            "scenarios": [_scenario(each) for each in content.design.scenarios],
            "thresholds": {
                "scores_to_be_ranked": content.settings.minimum,
                "people_in_a_part_in_files": content.k,
                "people_in_a_part_on_screens": content.design.screen_k,
            },
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
            "rules": rules(content.settings.facts() | {"k": content.k}),
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
        "set_by": content.design.weights_by,
        "locked_on": content.occasion.scoring_opened_on.isoformat(),
    }


def _scenario(each: Scenario) -> dict[str, Any]:
    """Other weights, tried after scoring; who did it is told by role."""
    return {
        "name": each.name,
        "by": "host",
        "on": each.day.isoformat(),
        "reason": each.reason,
        "weights": dict(each.weights),
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
