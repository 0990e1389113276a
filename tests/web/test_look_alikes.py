"""Look-alikes are suggested in any script, and nothing is merged by itself."""

from __future__ import annotations

import pytest

from facilitate.queries.ideas import Card
from facilitate.queries.look_alikes import look_alikes
from tests.cast import Day

WALL = (
    "Evening English classes with child minding",
    "دُروسٌ مسائيّة لتعليم اللغة",
    "Reconnaissance des diplômes étrangers",
    "A bus from the county towns",
)


def card(title: str) -> Card:
    return Card(title, title, "", "", "", "gap", {}, None, None, "", is_late=False)


@pytest.mark.parametrize(
    ("title", "like"),
    [
        ("evening classes WITH childminding", WALL[0]),
        ("دروس مسائية لتعليم اللغه", WALL[1]),
        ("الدروس المسائيّة لتعلـــيم اللغة", WALL[1]),
        ("دروس مسائیه لتعلیم لغة", WALL[1]),
        ("La reconnaissance des diplomes etrangers est trop chère", WALL[2]),
        ("Bus towns county", WALL[3]),
        ("A place to play football", None),
        ("的", None),
    ],
)
def test_titles_are_compared_in_every_script(title: str, like: str | None) -> None:
    found = look_alikes([card(title)], [card(other) for other in WALL])[title]
    assert [other.title for other in found] == ([like] if like else [])


def test_an_idea_is_never_its_own_look_alike() -> None:
    cards = [card(title) for title in WALL]
    assert look_alikes(cards, cards) == dict.fromkeys(WALL, ())


def test_the_console_suggests_and_the_host_merges(day: Day) -> None:
    day.until("collect")
    amina = day.joins()
    for title in ("Evening English classes", "English classes in the evening"):
        amina.post("~/ideas", {"title": title, "kind": "gap"})
    ids = day.idea_ids()
    first, second = ids["Evening English classes"], ids["English classes in the evening"]
    day.fay.post(f"~/ideas/{first}/show")
    page = day.fay.get("~/console/ideas?tab=waiting").text
    assert "Looks like:" in page
    assert f'<input type="hidden" name="into" value="{first}">' in page
    assert day.fay.get("~/console/ideas?tab=merged").text.count("sorted-words") == 0
    day.fay.post(f"~/ideas/{second}/merge?tab=waiting", {"into": first})
    assert day.fay.get("~/console/ideas?tab=merged").text.count("sorted-words") == 1
