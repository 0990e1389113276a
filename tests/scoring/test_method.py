import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from facilitate.scoring.files import read_settings
from facilitate.scoring.method import SENTENCES, Background, Exclusion, Merge, sentences, statement
from facilitate.scoring.outcome import Outcome
from facilitate.scoring.settings import Settings
from tests.scoring.rooms import one_criterion, ranked

BACKGROUND = Background(
    version="0.1.0",
    weights_set_by="the room",
    joined=9,
    exclusions=(Exclusion("two ballots", "test ballots"),),
    merges=(Merge("Bus", ("A bus", "More buses")),),
)


def outcome(**settings: Any) -> Outcome:
    answers: dict[str, list[Any]] = {"a": [5, 4, 5, 1, 2, "dont_know", "recused"], "b": [3, 3, 4, 2, 2, 1], "c": [1]}
    groups = {f"r{at:02}": "x" if at < 3 else "y" for at in range(7)}
    return ranked(one_criterion(answers, groups=groups, organizations=dict.fromkeys(groups, "org")), **settings)


def test_the_statement_is_plain_json_and_brings_its_settings_back(tmp_path: Path) -> None:
    facts = statement(outcome(trim=1, top=2), BACKGROUND)
    path = tmp_path / "method.json"
    path.write_text(json.dumps(facts))
    found, levels = read_settings(path)
    assert (Settings(**found), levels) == (Settings(trim=1, top=2), {"A": 5})


def test_the_statement_counts_people_and_answers() -> None:
    facts = statement(outcome(), BACKGROUND)
    assert facts["people"] == {"joined": 9, "with_a_ballot": 7, "scored": 6}
    assert facts["ideas"] == {"listed": 3, "ranked": 2}
    assert facts["answers"] == {"numbers": 12, "dont_know": 1, "recused_people_per_idea": 1}
    assert facts["ranges"]["seed"] == 20180925


def test_it_is_said_in_sentences() -> None:
    said = sentences(statement(outcome(), BACKGROUND))
    assert said[:2] == [
        "9 people joined, 6 of them scored.",
        "2 of 3 ideas are ranked: those with at least 3 scores on every criterion that counts.",
    ]
    assert "Need: from 1 to 5, higher is better, weight 1." in said
    assert "The weights were set by the room and locked when scoring opened." in said
    assert "Left out: two ballots (test ballots)." in said
    assert "Bus stands for: A bus, More buses. Every rater counts once, with the newest answer." in said


def test_options_are_said_where_they_were_taken() -> None:
    background = replace(BACKGROUND, rehearsal=True, weights_set_by="", joined=None)
    facts = statement(outcome(trim=1, balance=True, fall_back=True, k=3), background)
    said = sentences(facts)
    assert facts["balance"] == {"groups": ["x", "y"], "smallest_group": 3, "left_out": {"c": ["y"]}}
    assert said[0] == "REHEARSAL: these figures come from a simulated room, not from people."
    assert "Every stakeholder group counts the same, whatever its size: x, y." in said
    assert any("highest and lowest answers" in each for each in said)
    assert any("round before" in each for each in said)
    assert any("any one of 1 organizations with at least 3 scorers" in each for each in said)


def test_undefined_alpha_is_said_in_words() -> None:
    facts = statement(ranked(one_criterion({"a": [3, 3, 3]})), Background("0.1.0"))
    assert "Krippendorff's alpha is not defined (no variation)." in sentences(facts)


def test_every_sentence_can_be_translated() -> None:
    asked: list[str] = []

    def french(template: str) -> str:
        asked.append(template)
        return template

    sentences(statement(outcome(), BACKGROUND), french)
    assert set(asked) <= set(SENTENCES.values())
