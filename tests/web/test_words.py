"""Places and bands in words, as each language says them."""

from __future__ import annotations

import pytest
from flask import Flask

from facilitate.scoring.ranking import NO_GROUP, Shortfall
from facilitate.web import words


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("en", ["1st", "2nd", "3rd", "4th", "11th", "21st", "112th"]),
        ("fr", ["1er", "2e", "3e", "4e", "11e", "21e", "112e"]),
    ],
)
def test_places_are_ordinals(app: Flask, tag: str, said: list[str]) -> None:
    with app.test_request_context(headers={"Accept-Language": tag}):
        assert [words.ordinal(place) for place in (1, 2, 3, 4, 11, 21, 112)] == said


def test_a_range_is_said_in_words(app: Flask) -> None:
    with app.test_request_context():
        assert words.places(3, 9) == "between 3rd and 9th"
        assert words.places(2, 2) == "2nd"
        assert words.places(None, None) == ""


def test_bands_and_agreement_have_words_only_where_enough_people_answered(app: Flask) -> None:
    with app.test_request_context():
        assert words.band("in", 10) == "Clearly among the first 10"
        assert (words.band("", 10), words.agreement("")) == ("", "")
        assert words.agreement("divided") == "divided"


def test_why_an_idea_is_not_ranked_is_said_with_the_criterion_in_the_readers_language(app: Flask) -> None:
    criteria = (("A", {"en": "Need", "fr": "Besoin"}),)
    with app.test_request_context(headers={"Accept-Language": "fr"}):
        assert "Besoin" in words.not_ranked(Shortfall("A", "Need", 2, 3), criteria)
    with app.test_request_context():
        assert words.not_ranked(Shortfall("A", "Need", 2, 3), criteria) == "too few scores (2 of 3) on Need"
        assert words.not_ranked(NO_GROUP, criteria) == "no group answered every criterion"
        assert words.not_ranked(None, criteria) == ""
