"""Hidden is hidden on the server: while scoring is open, and until the reveal, results leave it by no way."""

from __future__ import annotations

import pytest

from facilitate import exports
from tests.cast import Browser, Day

TITLES = ("Evening classes with child minding", "Rural outreach van", "One intake for all agencies")
BEST, WORST = TITLES[0], TITLES[2]

EVERY_PAGE = [
    "~",
    "~/ideas",
    "~/results",
    "~/board",
    "~/console",
    "~/console/ideas",
    "~/console/people",
    "~/console/criteria",
    "~/console/criteria/A",
    "~/console/anew",
    "~/console/log",
    "~/console/results",
    "~/console/discussion",
    "~/console/groups",
    "~/console/scenarios",
    "~/console/results/heatmap",
    *(f"~/console/export/{name}" for name in exports.names()),
]


@pytest.fixture
def scored(day: Day) -> Day:
    """Six people have scored three ideas, so that 100.0, 50.0 and 0.0 are the published scores."""
    people = day.until("welcome").crowd(6)
    day.scoring(*TITLES)
    ids = day.idea_ids()
    for person in people:
        said = [
            {"idea": ids[title], "criterion": criterion, "value": value}
            for title, value in zip(TITLES, (5, 3, 1), strict=True)
            for criterion in "ABCDEFGHIJ"
        ]
        person.post("~/scores", json=said, status=200)
    return day


def tells(browser: Browser, path: str) -> bool:
    """Does this page or file hold a published score?"""
    response = browser.client.get(browser._address(path), headers=browser.headers)
    body = response.data
    if response.mimetype == "text/html":
        return (
            b"100.0" in body
            or b'data-step="4"' in body
            or (b'"100"' in body and b"rank" in body and b"interval" in body)
        )
    return response.status_code == 200 and (response.mimetype != "application/json" or b"closing_hash" in body)


def everybody(day: Day) -> dict[str, Browser]:
    return {"stranger": day.browser(), "participant": day.people[0], "board": day.board(), "host": day.fay}


def telling(day: Day) -> list[str]:
    return [f"{role} {path}" for role, who in everybody(day).items() for path in EVERY_PAGE if tells(who, path)]


def test_while_people_score_nothing_tells_anything_to_anybody(scored: Day) -> None:
    assert telling(scored) == []


def test_before_the_first_look_not_even_the_hosts_page_tells(scored: Day) -> None:
    scored.next()
    assert [path for path in EVERY_PAGE if "console/export" not in path and tells(scored.fay, path)] == []


def test_closed_and_not_revealed_only_the_hosts_own_page_and_files_tell(scored: Day) -> None:
    scored.next().fay.post("~/console/results", {})
    hosts = [
        "host ~/console/results",
        "host ~/console/scenarios",
        "host ~/console/results/heatmap",
        *(f"host ~/console/export/{name}" for name in exports.names()),
    ]
    assert telling(scored) == hosts


def test_revealed_the_board_and_the_phones_tell_what_the_board_has_shown(scored: Day) -> None:
    scored.next().reveal()
    assert {"participant ~/results", "board ~/board", "host ~/console/results"} <= set(telling(scored))
    assert [found for found in telling(scored) if found.startswith("stranger")] == []


def test_hidden_again_nobody_in_the_room_sees_them(scored: Day) -> None:
    scored.next().reveal()
    scored.back()
    assert [found for found in telling(scored) if not found.startswith("host")] == []


def test_reopened_scoring_hides_everything_again(scored: Day) -> None:
    scored.next()
    with scored.event() as event:
        title = event.title["en"]
    scored.back(status=200)
    scored.back(status=400, confirmation="something else")
    scored.back(confirmation=title)
    assert telling(scored) == []


def test_exports_are_refused_in_words_while_people_score(scored: Day) -> None:
    page = scored.fay.get("~/console/export/ranking.csv", status=409).text
    assert "still scoring" in page


def test_an_observer_may_watch_but_not_take_files_away(scored: Day) -> None:
    scored.next()
    observer = scored.invites("observer")
    observer.get("~/console/export/ranking.csv", status=403)
    observer.get("~/console")


def test_a_phone_is_never_told_how_others_scored_a_single_idea(scored: Day) -> None:
    amina = scored.people[0]
    page = amina.get(f"~/score/{scored.idea_ids()[BEST]}").text
    assert "mean" not in page.lower()
