"""Guessing codes: hardly any guess is told anything, and nobody with the right code is held up."""

from __future__ import annotations

from collections import Counter

from flask import Flask

from tests.cast import Browser, Day
from tests.sizes import size

GUESSES, PEOPLE = size(pr=2000, soak=100_000), 80


def test_wrong_codes_are_soon_refused_while_a_hall_behind_the_same_address_comes_in(day: Day) -> None:
    day.open_doors()
    stranger, statuses = day.browser(), Counter[int]()
    joined = 0
    for number in range(GUESSES):
        statuses[stranger.client.get(f"/{10_000_000 + number}").status_code] += 1
        if number % (GUESSES // PEOPLE) == 0:
            day.joins()
            joined += 1
    assert joined == PEOPLE
    assert set(statuses) == {404, 429}, "a hit"
    assert statuses[404] == 30 if GUESSES == 2000 else statuses[404] <= 300


def test_typing_wrong_codes_at_the_front_door_is_limited_too(app: Flask) -> None:
    stranger = Browser(app)
    answers = [
        stranger.client.post("/", data={"code": "11111111"}, headers={"Sec-Fetch-Site": "same-origin"}).status_code
        for _ in range(40)
    ]
    assert answers == [404] * 30 + [429] * 10


def test_guessing_ten_digits_is_limited_as_well(day: Day) -> None:
    stranger = day.open_doors().browser()
    headers = {"Sec-Fetch-Site": "same-origin"}
    answers = [
        stranger.client.post(f"/{day.code}/re-enter", data={"reentry": f"{number:010}"}, headers=headers).status_code
        for number in range(40)
    ]
    assert answers == [404] * 30 + [429] * 10


def test_the_right_code_leads_from_the_front_door_to_the_event(day: Day) -> None:
    stranger = day.browser()
    for typed in (day.code, f"{day.code[:4]} {day.code[4:]}", f" {day.code[:4]}-{day.code[4:]} "):
        assert stranger.post("/", {"code": typed}).location == f"/{day.code}"


def test_a_code_with_too_few_digits_is_explained(app: Flask) -> None:
    assert "8 digits" in Browser(app).post("/", {"code": "4829"}, status=400).text
