"""The short label that is proposed for the board."""

from __future__ import annotations

import pytest

from facilitate.models.idea import proposed_label


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("Rural outreach van", "Rural outreach van"),
        ("Employers mentor newcomers in their own trade", "Employers mentor…"),
        ("Kinderbetreuungseinrichtungen", "Kinderbetreuungseinrich…"),
        ("دروس مسائية مع رعاية الأطفال", "دروس مسائية مع رعاية…"),
    ],
)
def test_a_label_keeps_whole_words_and_says_that_it_was_cut(title: str, label: str) -> None:
    assert proposed_label(title) == label
