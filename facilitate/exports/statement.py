"""The method statement in sentences (R20), in the event's language: one list for workbook, screens and `method.json`.

The facts come from `method`; nothing here counts or decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel.support import NullTranslations, Translations

from facilitate.errors import N_

Facts = Mapping[str, Any]
"""What `method.record` says."""
Translate = Callable[[str], str]
CATALOGUES = Path(__file__).parent.parent / "translations"

REHEARSAL = N_("REHEARSAL: a simulated room played this event. Nothing in it was said or scored by people.")
NAMES = {
    "event": N_("Event"),
    "results": N_("Results"),
    "admission": N_("Who could join"),
    "people": N_("People"),
    "excluded": N_("Excluded"),
    "ideas": N_("Ideas"),
    "cut_off": N_("Cut-off vote"),
    "sampling": N_("Hands"),
    "answers": N_("Answers"),
    "criteria": N_("Criteria"),
    "weights": N_("Weights"),
    "versions": N_("Ballot"),
    "rounds": N_("Rounds"),
    "scenario": N_("Scenario"),
    "merged": N_("Merged"),
    "closing_hash": N_("Closing hash"),
    "software": N_("Software"),
    "score": N_("Score"),
    "votes": N_("Votes"),
    "blanks": N_("Blanks"),
    "recusals": N_("Recusals"),
    "minimum": N_("Minimum"),
    "rounding": N_("Rounding"),
    "ties": N_("Ties"),
    "merging": N_("Merging"),
    "ranges": N_("Ranges"),
    "band": N_("Band"),
    "weight_check": N_("Weight check"),
    "severity": N_("Severity"),
    "agreement": N_("Agreement"),
    "organizations": N_("Organizations"),
    "privacy": N_("Privacy"),
}
ADMISSION = {
    "open": N_("Anybody with the code could join. One person could join twice."),
    "counted": N_("The host counted the people in the room. No more ballots were given out than that."),
    "tickets": N_("Each person joined with a paper ticket that works once."),
}
EXCLUSIONS = {
    "twice": N_("somebody had two ballots"),
    "outsider": N_("somebody outside the room"),
    "trial": N_("a trial of the team"),
    "machine": N_("looks filled in by a machine"),
    "other": N_("another reason, in the minutes"),
}
RULES = {
    "score": N_(
        "Weighted mean: each answer is put on 0 to 1 of its criterion's scale (turned round where lower is better), "
        "averaged per idea and criterion, weighted, and given in points from 0 to 100."
    ),
    "votes": N_("One person, one vote."),
    "blanks": N_("Blank and “don’t know” enter no mean."),
    "recusals": N_(
        "Nobody counts on an idea that names their organization as its own, on their own proposal, or where they said "
        "that they have a stake."
    ),
    "minimum": N_("An idea is ranked from %(minimum)s scores on every weighted criterion."),
    "rounding": N_("One decimal, halves up, on the exact fraction."),
    "ties": N_("Ideas with the same published score share a rank (=2, =2, 4); inside a tie the order means nothing."),
    "merging": N_("A merged idea counts each person once, with the newest answer per criterion to any of its parts."),
    "ranges": N_(
        "Rank ranges hold 90 %% of %(draws)s draws (seed %(seed)s). People are taken as independent: where tables "
        "talked first, ranges are too narrow."
    ),
    "band": N_("In, close or out: the share of draws in which the idea is among the first %(top)s."),
    "weight_check": N_(
        "Rank under equal weights; share of 1,000 weightings, each weight ± 25 %%, with the idea among the first "
        "%(top)s."
    ),
    "severity": N_("A check column takes out how strict each person is; the ranking uses raw scores."),
    "privacy": N_(
        "No figure for a part of the room, no agreement and no counts per level for fewer than %(k)s people; no times."
    ),
}
BALANCED = N_(
    "Every stakeholder group counts the same, whatever its size; groups of fewer than %(k)s people are pooled."
)
TRIMMED = N_("The %(trim)s highest and lowest answers per idea and criterion are left out where enough were given.")
SENTENCES = {
    "closed": N_("Closed, and revealed to the room."),
    "hidden": N_("Closed, and not revealed to the room yet: keep them to yourself."),
    "people": N_("%(joined)s joined, %(scored)s scored, %(did_not_score)s did not."),
    "excluded": N_("Ballots excluded before anybody saw the results: %(count)s (%(reasons)s)."),
    "ideas": N_(
        "%(sent)s sent: %(ranked)s ranked, %(not_ranked)s not ranked, %(merged)s merged into another one, "
        "%(set_aside)s set aside, %(waiting)s still waiting, %(withdrawn)s taken back by their authors."
    ),
    "cut_off": N_("A vote kept %(kept)s ideas for the ballot; %(cut)s are not on it, and are listed."),
    "sampling": N_("Each person was dealt %(ideas)s ideas, least scored first; ideas have different scorers."),
    "answers": N_("%(scores)s scores and %(dont_know)s times “don’t know”; %(recusals)s recusals."),
    "some": N_("some"),
    "criterion": N_("%(code)s %(label)s: weight %(weight)s, %(low)s to %(high)s"),
    "lower": N_("%(criterion)s, lower is better"),
    "preset": N_("Set by the preset %(preset)s, locked when scoring opened on %(day)s."),
    "host": N_("Set by the host, locked when scoring opened on %(day)s."),
    "room": N_("Set by the room, before it scored; locked when scoring opened on %(day)s."),
    "versions": N_("Changed after scoring had first opened: version %(number)s, from %(day)s, is the one that counts."),
    "rounds": N_("%(rounds)s rounds; %(ideas)s ideas were scored again and count with the last one."),
    "fall_back": N_("What somebody left blank in a later round is taken from the one before."),
    "scenario": N_("“%(name)s”, by a host on %(day)s: %(weights)s. Reason: %(reason)s The ranking stays as it is."),
    "alpha": N_("Krippendorff's alpha is %(alpha)s; 0.2 to 0.45 is usual for expert panels."),
    "organizations": N_(
        "Leaving out any one of %(looked_at)s organizations moves an idea by at most %(largest_rank_change)s places."
    ),
    "reopened": N_("none: scoring was opened again since"),
    "software": N_("facilitate %(version)s, exported on %(day)s"),
}


def rules(settings: Mapping[str, Any], translate: Translate = str) -> dict[str, str]:
    """What was done with the answers, a sentence each. `settings` are the facts of `Settings`."""
    said = {name: translate(sentence) % settings for name, sentence in RULES.items()}
    if settings["balance"]:
        said["votes"] = translate(BALANCED) % settings
    if settings["trim"]:
        said["score"] += " " + translate(TRIMMED) % settings
    return said


def statement(facts: Facts, language: str) -> list[tuple[str, str]]:
    """The whole statement as a person reads it: what, then the sentence."""
    translate = translator(language)
    return [(translate(NAMES[name]), sentence) for name, sentence in _sentences(facts, language, translate)]


@lru_cache(maxsize=20)
def _catalogue(language: str) -> NullTranslations:
    return Translations.load(CATALOGUES, [language.replace("-", "_"), language.partition("-")[0]])


def translator(language: str) -> Translate:
    """English sentences into a language; as they are where there is no catalogue."""
    translate: Translate = _catalogue(language).gettext
    return translate


def _sentences(facts: Facts, language: str, translate: Translate) -> Iterator[tuple[str, str]]:
    method, settings = facts["method"], facts["settings"]

    def say(key: str, **values: Any) -> str:
        return translate(SENTENCES[key]) % values

    event = method["event"]
    yield "event", ", ".join(part for part in (event["code"], event["date"], event["place"]) if part)
    yield "results", say("closed" if method["is_revealed"] else "hidden")
    yield "admission", translate(ADMISSION[method["admission"]["mode"]])
    yield "people", say("people", **method["people"])
    if method["people"]["ballots_excluded"]:
        reasons = "; ".join(f"{each['ballots']}: {translate(each['reason'])}" for each in method["excluded"])
        yield "excluded", say("excluded", count=method["people"]["ballots_excluded"], reasons=reasons)
    yield "ideas", say("ideas", **method["ideas"])
    yield from _designed(method, say)
    answers = dict(method["answers"])
    if answers["recusals"] == "some":
        answers["recusals"] = say("some")
    yield "answers", say("answers", **answers)
    yield "criteria", "; ".join(_criterion(each, language, say) for each in method["criteria"])
    yield from _weighed(method, say)
    yield from rules(settings, translate).items()
    if settings["rounds"]["fall_back"]:
        yield "rounds", say("fall_back")
    if method["agreement"]["krippendorff_alpha"] is not None:
        yield "agreement", say("alpha", alpha=f"{method['agreement']['krippendorff_alpha']:.2f}")
    if method["organizations"]["looked_at"]:
        yield "organizations", say("organizations", **method["organizations"])
    for merge in method["merges"]:
        yield "merged", f"{merge['title']} ← {' · '.join(original['title'] for original in merge['originals'])}"
    yield "closing_hash", method["closing_hash"] or say("reopened")
    yield "software", say("software", version=method["software"]["version"], day=method["exported_on"])


def _designed(method: Facts, say: Callable[..., str]) -> Iterator[tuple[str, str]]:
    """What only some ballots have."""
    if method["cut_off"]["kept"] is not None:
        cut = len(method["cut_off"]["not_on_the_ballot"])
        yield "cut_off", say("cut_off", kept=method["cut_off"]["kept"], cut=cut)
    if method["sampling"]["ideas_per_person"] is not None:
        yield "sampling", say("sampling", ideas=method["sampling"]["ideas_per_person"])
    if method["rounds"]["count"] > 1:
        again = len(method["rounds"]["scored_again"])
        yield "rounds", say("rounds", rounds=method["rounds"]["count"], ideas=again)


def _weighed(method: Facts, say: Callable[..., str]) -> Iterator[tuple[str, str]]:
    by, day = method["weights"]["set_by"], method["weights"]["locked_on"]
    who, _, preset = by.partition(" ")
    yield "weights", say(who, preset=preset, day=day)
    if len(method["ballot_versions"]) > 1:
        last = method["ballot_versions"][-1]
        yield "versions", say("versions", number=last["number"], day=last["locked_on"])
    for each in method["scenarios"]:
        weights = ", ".join(f"{code} {weight}" for code, weight in each["weights"].items())
        yield (
            "scenario",
            say(
                "scenario", name=each["name"], day=each["on"], weights=weights, reason=f"{each['reason'].rstrip('.')}."
            ),
        )


def _criterion(each: Facts, language: str, say: Callable[..., str]) -> str:
    """A criterion with its weight and scale."""
    labels, levels = each["label"], each["levels"]
    label = labels.get(language) or labels.get("en") or next(iter(labels.values()))
    said = say("criterion", code=each["criterion"], label=label, weight=each["weight"], low=levels[0], high=levels[-1])
    return say("lower", criterion=said) if each["lower_is_better"] else said
