"""The method statement: everything a stranger needs to recompute a ranking, as facts and as sentences (R20)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from facilitate.scoring import ranges, severity, weights
from facilitate.scoring.outcome import Outcome
from facilitate.scoring.rounding import plain
from facilitate.scoring.scales import Criterion


@dataclass(frozen=True)
class Exclusion:
    """Something that was left out, and why."""

    what: str
    reason: str


@dataclass(frozen=True)
class Merge:
    """An idea that stands for others, with their original texts."""

    idea: str
    originals: tuple[str, ...]


@dataclass(frozen=True)
class Background:
    """What the event knows and the ballots do not."""

    version: str
    weights_set_by: str = ""
    joined: int | None = None
    rehearsal: bool = False
    exclusions: tuple[Exclusion, ...] = ()
    merges: tuple[Merge, ...] = ()


def statement(outcome: Outcome, background: Background) -> dict[str, Any]:
    """The facts of the method as plain JSON values. `settings` is what `facilitate rank --settings` reads back."""
    tally = outcome.tally
    return {
        "software": {"name": "facilitate", "version": background.version},
        "rehearsal": background.rehearsal,
        "settings": outcome.settings.facts() | {"levels": dict(zip(_codes(outcome), tally.levels, strict=True))},
        "criteria": [_criterion(each) for each in outcome.criteria],
        "weights_set_by": background.weights_set_by or None,
        "people": {
            "joined": outcome.participants if background.joined is None else background.joined,
            "with_a_ballot": outcome.participants,
            "scored": outcome.scorers,
        },
        "ideas": {"listed": len(outcome.lines), "ranked": len(outcome.ranked)},
        "answers": {
            "numbers": int(tally.n.sum()),
            "dont_know": int(tally.dont_know.sum()),
            "recused_people_per_idea": int(tally.recused.sum()),
        },
        "rounding": {"decimals": 1, "halves": "up", "computed_with": "exact fractions"},
        "ties": "equal published scores share a rank (1, 2, 2, 4); inside a tie the list is alphabetical",
        "ranges": _ranges(),
        "severity_penalty": severity.PENALTY,
        "weight_check": {"draws": weights.DRAWS, "factor": [1 - weights.WIDTH, 1 + weights.WIDTH]},
        "organizations": _organizations(outcome),
        "alpha": None if outcome.alpha is None else round(outcome.alpha, 6),
        "balance": _balance(outcome),
        "exclusions": [asdict(each) for each in background.exclusions],
        "merges": [{"idea": each.idea, "originals": list(each.originals)} for each in background.merges],
    }


def _codes(outcome: Outcome) -> list[str]:
    return [each.code for each in outcome.criteria]


def _criterion(criterion: Criterion) -> dict[str, Any]:
    return {
        "criterion": criterion.code,
        "label": criterion.label or None,
        "weight": plain(criterion.weight),
        "low": plain(criterion.low),
        "high": plain(criterion.high),
        "lower_is_better": criterion.lower_is_better,
    }


def _ranges() -> dict[str, Any]:
    return {
        "method": "two-way layout of ideas and raters, moderated variances, t draws",
        "level": 0.9,
        "draws": ranges.DRAWS,
        "seed": ranges.SEED,
        "generator": "numpy.random.RandomState",
        "prior_degrees_of_freedom": ranges.PRIOR,
    }


def _organizations(outcome: Outcome) -> dict[str, int]:
    check = outcome.organizations
    return {
        "looked_at": check.organizations,
        "with_scorers_from": outcome.settings.part_k,
        "largest_rank_change": check.largest_change,
        "most_ideas_lost": check.most_lost,
    }


def _balance(outcome: Outcome) -> dict[str, Any] | None:
    if outcome.balance is None:
        return None
    return {
        "groups": [name or "others" for name in outcome.balance.names],
        "smallest_group": outcome.settings.part_k,
        "left_out": {
            line.place.idea: [name or "others" for name in line.groups_left_out]
            for line in outcome.lines
            if line.groups_left_out
        },
    }


# Every sentence of the statement, in one place; a translation replaces them by their key.
SENTENCES: dict[str, str] = {
    "rehearsal": "REHEARSAL: these figures come from a simulated room, not from people.",
    "people": "%(joined)s people joined, %(scored)s of them scored.",
    "ideas": "%(ranked)s of %(listed)s ideas are ranked: those with at least %(minimum)s scores on every criterion that"
    " counts.",
    "answers": '%(numbers)s answers are numbers; %(dont_know)s times somebody chose "don\'t know". Only numbers enter a'
    " mean.",
    "recused": "%(recused)s times somebody was kept out of an idea, for a stake in it. They count nowhere in it.",
    "scale": "%(criterion)s: from %(low)s to %(high)s, %(direction)s is better, weight %(weight)s.",
    "higher": "higher",
    "lower": "lower",
    "weights": "The weights were set by %(who)s and locked when scoring opened.",
    "score": "A score is the weighted mean of the criterion means, 0 to 100 points, computed with exact fractions and"
    " rounded to one decimal, halves up.",
    "trim": "The %(trim)s highest and lowest answers per idea and criterion are left out where enough were given.",
    "ties": "Ideas with the same published score share a rank; inside a tie the list is alphabetical.",
    "balance": "Every stakeholder group counts the same, whatever its size: %(groups)s.",
    "rounds": "Ideas that were scored twice count with the last round.",
    "rounds_fall_back": "Ideas that were scored twice count with the last round; what somebody left blank there is"
    " taken from the round before.",
    "ranges": "Rank ranges hold in 90 %% of %(draws)s draws (seed %(seed)s). People are taken as independent: where"
    " tables talked first, the ranges are too narrow.",
    "weight_check": "Every weight was moved by up to 25 %% in %(draws)s draws; equal weights are shown beside the"
    " result.",
    "organizations": "Leaving out any one of %(looked_at)s organizations with at least %(with_scorers_from)s scorers"
    " moves an idea by at most %(largest_rank_change)s places.",
    "alpha": "Krippendorff's alpha is %(alpha)s; 0.2 to 0.45 is usual for expert panels.",
    "no_alpha": "Krippendorff's alpha is not defined (no variation).",
    "exclusion": "Left out: %(what)s (%(reason)s).",
    "merge": "%(idea)s stands for: %(originals)s. Every rater counts once, with the newest answer.",
    "version": "Computed by facilitate %(version)s.",
}

Translate = Callable[[str], str]


def sentences(facts: Mapping[str, Any], translate: Translate = str) -> list[str]:
    """The statement as sentences. `translate` gets a template of SENTENCES and returns it in another language."""

    def say(key: str, **values: Any) -> str:
        return translate(SENTENCES[key]) % values

    settings = facts["settings"]
    said = [
        say("people", **facts["people"]),
        say("ideas", minimum=settings["minimum"], **facts["ideas"]),
        say("answers", **facts["answers"]),
        say("recused", recused=facts["answers"]["recused_people_per_idea"]),
        *(_scale_said(say, each) for each in facts["criteria"]),
        say("score"),
        say("ties"),
        say("rounds_fall_back" if settings["rounds"]["fall_back"] else "rounds"),
        say("ranges", **facts["ranges"]),
        say("weight_check", **facts["weight_check"]),
        *_options_said(say, facts),
        *(say("exclusion", **each) for each in facts["exclusions"]),
        *(say("merge", idea=each["idea"], originals=", ".join(each["originals"])) for each in facts["merges"]),
        say("version", version=facts["software"]["version"]),
    ]
    return [say("rehearsal"), *said] if facts["rehearsal"] else said


def _scale_said(say: Callable[..., str], each: Mapping[str, Any]) -> str:
    return say(
        "scale",
        criterion=each["label"] or each["criterion"],
        low=each["low"],
        high=each["high"],
        direction=say("lower" if each["lower_is_better"] else "higher"),
        weight=each["weight"],
    )


def _options_said(say: Callable[..., str], facts: Mapping[str, Any]) -> Sequence[str]:
    """What only some events have."""
    settings, said = facts["settings"], []
    if facts["weights_set_by"]:
        said.append(say("weights", who=facts["weights_set_by"]))
    if settings["trim"]:
        said.append(say("trim", trim=settings["trim"]))
    if facts["balance"]:
        said.append(say("balance", groups=", ".join(facts["balance"]["groups"])))
    if facts["organizations"]["looked_at"]:
        said.append(say("organizations", **facts["organizations"]))
    alpha = facts["alpha"]
    said.append(say("no_alpha") if alpha is None else say("alpha", alpha=f"{alpha:.2f}"))
    return said
