"""People's text is cleaned without changing what they wrote."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitate.text import digits, length, line, paragraphs

ORDINARY = [
    "Des cours du soir, près de l’école « Saint-Joseph »",
    "دروس مسائية مع رعاية الأطفال",
    "کلاس‌های شبانه",  # Persian, with a zero-width non-joiner that is spelling
    "为新移民提供夜间课程",
    "ᐊᓂᔑᓈᐯᒧᐎᓐ Anishinaabemowin",
    "Вечірні курси для мам",
    "नई कक्षाएँ",
    "👩‍👩‍👧 family centre",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert line(text) == text


@pytest.mark.parametrize(
    ("tricky", "cleaned"),
    [
        ("safe\u202egnp.exe", "safegnp.exe"),
        ("a\u2066b\u2069c", "abc"),
        ("zero\u200bwidth", "zerowidth"),
        ("lone\u200d joiner", "lone joiner"),
        ("nul\x00l and \x1b[31m", "null and [31m"),
        ("  many   spaces\tand\nlines ", "many spaces and lines"),
        ("Ź" + "\u0301" * 50, "Ź\u0301\u0301\u0301"),
        ("e\u0301", "é"),
    ],
)
def test_tricks_are_taken_out(tricky: str, cleaned: str) -> None:
    assert line(tricky) == cleaned


def test_paragraphs_keep_their_line_breaks_but_not_ten_thousand_of_them() -> None:
    assert paragraphs("One\r\n\r\n\r\n\r\nTwo" + "\n" * 10_000) == "One\n\nTwo"


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert line(line(text)) == line(text)


@given(st.text(max_size=200))
def test_a_line_has_no_breaks_and_no_direction_tricks(text: str) -> None:
    cleaned = line(text)
    assert not set(cleaned) & {"\n", "\r", "\x00", "\u202e", "\u2066"}
    assert cleaned == cleaned.strip()


@pytest.mark.parametrize(
    "tower", ["\u0316\u0301", "\u0301\u200c", "a\u0301\u0316\u200d", "\u0301", "\u200c", "😀\u200d"]
)
def test_a_megabyte_of_piled_up_marks_is_cleaned_at_once(tower: str) -> None:
    """Longer by ten takes longer by ten, and not by a hundred: this runs while a room waits."""
    short, long = (seconds(tower * (size // len(tower))) for size in (20_000, 200_000))
    assert long < 50 * max(short, 0.005)


def seconds(text: str) -> float:
    began = time.process_time()
    line(text)
    return time.process_time() - began


def test_length_counts_what_a_person_would_count() -> None:
    assert [length(text) for text in ("é", "e\u0301", "👩‍👩‍👧", "لا", "")] == [1, 1, 1, 2, 0]


@pytest.mark.parametrize("typed", ["4829 1376", "48291376", " 4829-1376 ", "٤٨٢٩ ١٣٧٦", "۴۸۲۹۱۳۷۶"])
def test_codes_may_be_typed_in_any_script_and_spacing(typed: str) -> None:
    assert digits(typed) == "48291376"
