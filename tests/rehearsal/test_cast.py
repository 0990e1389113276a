"""The simulated room: repeatable, varied, and in the words of the preset."""

from __future__ import annotations

import pytest

from facilitate.forms.house import DETAILS_LENGTH, SENTENCE_LENGTH, TITLE_LENGTH
from facilitate.rehearsal.cast import DONT_KNOW, Cast, cast, library, organizations, preset
from facilitate.text import length, line

LEVELS = {code: ["1", "2", "3", "4", "5"] for code in "ABCDEFGHIJ"}


def everything(room: Cast) -> list[object]:
    answers = [list(person.answers(one, LEVELS)) for person in room.people for one in room.scored]
    return [room.people, room.thoughts, dict(room.authors), answers]


def test_the_same_seed_gives_the_same_room_and_another_one_another() -> None:
    assert everything(cast(8, 6, 1)) == everything(cast(8, 6, 1))
    assert everything(cast(8, 6, 1)) != everything(cast(8, 6, 2))


@pytest.mark.parametrize("ideas", [1, 2, 5, 38, 40, 200, 500])
def test_as_many_ideas_as_asked_for_are_scored(ideas: int) -> None:
    room = cast(4, ideas, 1)
    titles = [line(thought.title) for thought in room.thoughts]
    assert len(room.scored) == ideas
    assert len(set(titles)) == len(titles)
    assert all(length(title) <= TITLE_LENGTH for title in titles)
    assert {one.same_as for one in room.thoughts if one.same_as} <= {one.key for one in room.scored}


def test_a_room_has_something_to_merge_and_something_to_set_aside() -> None:
    room = cast(48, 40, 1)
    assert sum(bool(thought.same_as) for thought in room.thoughts) >= 5
    assert [thought.set_aside for thought in room.thoughts if thought.set_aside] == ["names-someone"]
    assert {thought.language for thought in room.thoughts} >= {"en", "fr", "ar"}


def test_ideas_use_the_words_of_the_preset() -> None:
    words = {name: {entry["key"] for entry in preset()[name]} for name in ("kinds", "sectors", "groups")}
    types = {entry["key"] for entry in preset()["evidence"]["types"]}
    reasons = {entry["key"] for entry in preset()["set_aside_reasons"]}
    codes = {entry["code"] for entry in preset()["criteria"]}
    for thought in library():
        assert thought.kind in words["kinds"]
        assert thought.sector in words["sectors"]
        assert {item["type"] for item in thought.evidence} <= types
        assert thought.set_aside in {"", *reasons}
        assert set(thought.quality) == codes
        assert length(thought.details) <= DETAILS_LENGTH
        assert all(length(item.get("text", "")) <= SENTENCE_LENGTH for item in thought.evidence)
    assert {organization.group for organization in organizations()} <= words["groups"]


def test_answers_follow_what_the_room_would_agree_on() -> None:
    room = cast(48, 40, 1)
    answers = [
        (thought.quality[criterion], value)
        for person in room.people
        for thought in room.scored
        for criterion, value in person.answers(thought, LEVELS)
    ]
    assert len(answers) > 48 * 40 * 10  # a few people change their minds
    unsure = sum(value == "dont_know" for _, value in answers) / len(answers)
    assert abs(unsure - DONT_KNOW) < 0.01
    good = [float(value) for quality, value in answers if quality > 4.3 and value != "dont_know"]
    poor = [float(value) for quality, value in answers if quality < 2.5 and value != "dont_know"]
    assert sum(good) / len(good) - sum(poor) / len(poor) > 1.5


def test_the_house_keeps_out_authors_and_their_organizations_of_opportunities_alone() -> None:
    room = cast(48, 40, 1)
    kept_out = [(person, one) for person in room.people for one in room.scored if room.is_kept_out(person, one)]
    assert kept_out
    assert {thought.kind for _, thought in kept_out} == {"opportunity"}
    assert any(person.organization != thought.organization for person, thought in kept_out)
    assert any(room.authors[thought.key] != person.number for person, thought in kept_out)
