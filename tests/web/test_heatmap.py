"""The criteria one by one: a coloured table of the room's means, how far it agrees, and two groups compared."""

from __future__ import annotations

import re

import pytest

from facilitate.extensions import db
from facilitate.queries.groups import publication
from tests.builders import FAY
from tests.cast import Day

TITLES = ("Evening classes", "Rural outreach van")
PAGE = "~/console/results/heatmap"


@pytest.fixture
def revealed(day: Day) -> Day:
    """Two groups of six: everybody gives the first idea a 5 on A; on B one group says 4 and the other 2. Nobody but two
    people scores the second idea."""
    day.until("welcome")
    agency = [day.joins(group="settlement-agency") for _ in range(6)]
    health = [day.joins(group="health-social") for _ in range(6)]
    day.scoring(*TITLES)
    ids = day.idea_ids()
    for person in (*agency, *health):
        levels = dict.fromkeys("CDEFGHIJ", 3) | {"A": 5, "B": 4 if person in agency else 2}
        ideas = [TITLES[0], *([TITLES[1]] if person in agency[:2] else [])]
        said = [
            {"idea": ids[idea], "criterion": code, "value": level} for idea in ideas for code, level in levels.items()
        ]
        person.post("~/scores", json=said, status=200)
    return day.next().reveal()


def table(html: str) -> list[list[tuple[str, str]]]:
    """The rows of the first table: what a cell says, and its colour."""
    rows = re.findall(r"<tr>(.*?)</tr>", re.findall(r"<table.*?</table>", html, re.S)[0], re.S)
    cells = [re.findall(r'<td(?: data-step="(\d)"| class="(kept-back)")>(.*?)</td>', row, re.S) for row in rows]
    return [[(re.sub(r"<[^>]+>", "", text).strip(), step or kept) for step, kept, text in row] for row in cells if row]


def compare(day: Day) -> None:
    with day.event() as event:
        event.compare_groups(publication(event), by=FAY)
        db.session.commit()


def test_the_table_shows_means_in_points_and_their_means_at_its_foot(revealed: Day) -> None:
    row = [("100", "4"), *[("50", "2")] * 9]
    assert table(revealed.fay.get(PAGE).text) == [row, row]


def test_how_far_people_agree_goes_from_one_down(revealed: Day) -> None:
    row = [("1.00", "4"), ("0.75", "3"), *[("1.00", "4")] * 8]
    assert table(revealed.fay.get(f"{PAGE}?figure=agreement").text) == [row, row]


def test_two_groups_are_set_against_each_other_once_somebody_asked(revealed: Day) -> None:
    asked = f"{PAGE}?figure=groups&first=settlement-agency&second=health-social"
    assert "<table" not in revealed.fay.get(asked).text
    revealed.fay.post(PAGE, {"figure": "groups/settlement-agency/health-social"}, status=409)
    compare(revealed)
    row = [("0", "2"), ("+50", "4"), *[("0", "2")] * 8]
    assert table(revealed.fay.get(asked).text) == [row]
    assert "<table" not in revealed.fay.get(f"{PAGE}?figure=groups&first=other&second=other").text


def test_a_group_of_four_stays_hatched(day: Day) -> None:
    day.until("welcome")
    small = [day.joins(group="health-social") for _ in range(4)]
    large = [day.joins(group=group) for group in ("settlement-agency", "other") for _ in range(6)]
    day.scoring(TITLES[0])
    idea = day.idea_ids()[TITLES[0]]
    for person in (*small, *large):
        person.post("~/scores", json=[{"idea": idea, "criterion": c, "value": 4} for c in "ABCDEFGHIJ"], status=200)
    day.next().reveal()
    compare(day)
    page = day.fay.get(f"{PAGE}?figure=groups&first=health-social&second=other").text
    assert [kept for _text, kept in table(page)[0]] == ["kept-back"] * 10


def test_the_host_chooses_what_the_board_says_of_the_criteria(revealed: Day) -> None:
    board = revealed.board()
    idea = revealed.idea_ids()[TITLES[0]]
    headings = []
    for figure in ("mean", "agreement", f"idea/{idea}", "idea/nobody-knows"):
        revealed.fay.post(PAGE, {"figure": figure})
        headings += re.findall(r"<h1[^>]*>(.*?)</h1>", board.get("~/board").text)
    assert headings == ["Means by criterion", "How far people agree", TITLES[0], "Means by criterion"]


@pytest.mark.parametrize("figure", ["", "nonsense", "mean/more", "groups", "idea/" + "x" * 200])
def test_what_cannot_be_shown_is_refused(revealed: Day, figure: str) -> None:
    revealed.fay.post(PAGE, {"figure": figure}, status=400)


def test_before_the_reveal_nothing_goes_to_the_board(revealed: Day) -> None:
    revealed.back()
    revealed.fay.post(PAGE, {"figure": "mean"}, status=409)
    assert "Once the results are revealed" in revealed.fay.get(PAGE).text


def test_before_the_first_look_it_leads_to_the_ballots(day: Day) -> None:
    day.scoring(TITLES[0])
    assert day.fay.get(PAGE, status=303).location.endswith("/console/results")
    day.next()
    assert day.fay.get(PAGE, status=303).location.endswith("/console/results")
