"""How people take part (phone, from elsewhere, paper, word of mouth) is asked, kept, and told as far as it may be."""

from __future__ import annotations

import re

import pytest

from facilitate.extensions import db
from facilitate.models import Ballot
from tests.cast import Day

TITLES = ("Evening classes", "A van")


def scored(day: Day, *, phones: int, remote: int, paper: int) -> Day:
    """So many people by each channel score both ideas; Fay looks at the results."""
    day.until("welcome")
    people = day.crowd(phones) + [day.joins(remote="yes") for _ in range(remote)]
    day.collects(TITLES).until("score")
    ids = list(day.idea_ids().values())
    for person in people:
        answers = [{"idea": idea, "criterion": c, "value": 4} for idea in ids for c in "ABCDEFGHIJ"]
        person.post("~/scores", json=answers, status=200)
    _from_paper(day, paper)
    day.next().fay.post("~/console/results", {})
    return day


def _from_paper(day: Day, count: int) -> None:
    """So many of the ballots were typed in from paper."""
    with day.event() as event:
        chosen = db.session.scalars(db.select(Ballot).where(Ballot.event_id == event.id, Ballot.channel == "phone"))
        for ballot in chosen.all()[:count]:
            ballot.channel = "paper"
        db.session.commit()


def told(day: Day, path: str) -> str:
    page = day.fay.get(path).text
    found = re.search(r'class="channels">(.*?)</(?:p|dd)>', page, re.DOTALL)
    assert found
    return " ".join(re.sub(r"<[^>]+>", "", found[1]).split())


@pytest.mark.parametrize(
    ("phones", "remote", "paper", "words"),
    [
        (7, 0, 0, "Phone 7"),
        (12, 5, 6, "Phone 6 · Remote 5 · Paper 6"),
        (12, 6, 0, "Phone 12 · Remote 6"),
        (16, 2, 6, "Phone 10 · 8 not told apart, so that nobody can be worked out"),
        (9, 1, 0, "10 not told apart, so that nobody can be worked out"),
    ],
)
def test_hosts_read_how_the_ballots_came_unless_somebody_could_be_worked_out(
    day: Day, phones: int, remote: int, paper: int, words: str
) -> None:
    scored(day, phones=phones, remote=remote, paper=paper)
    assert told(day, "~/console/results").endswith(words)


def test_one_idea_says_it_of_those_who_scored_it(day: Day) -> None:
    day.until("welcome")
    day.crowd(6)
    scored(day, phones=6, remote=5, paper=0)
    idea = day.idea_ids()["A van"]
    assert told(day, f"~/console/results/{idea}") == "Phone 6 · Remote 5"


def test_whoever_takes_part_from_elsewhere_may_say_so_and_need_not(day: Day) -> None:
    day.open_doors()
    page = day.browser().get("~").text
    assert "I take part from elsewhere" in page
    assert not re.search(r'name="remote"[^>]*checked', page)
    day.joins()
    day.joins(remote="yes")
    with day.event() as event:
        assert sorted(db.session.scalars(db.select(Ballot.channel).where(Ballot.event_id == event.id))) == [
            "phone",
            "remote",
        ]


def test_an_idea_from_elsewhere_or_in_another_script_is_marked_for_whoever_sorts(day: Day) -> None:
    day.until("collect")
    day.joins(remote="yes").post("~/ideas", {"title": "A bus from the county", "kind": "gap"})
    day.joins().post("~/ideas", {"title": "دروس مسائية", "kind": "gap"})
    day.joins(accept="ar").post("~/ideas", {"title": "حافلة من القرى", "kind": "gap"})
    day.joins(accept="fr").post("~/ideas", {"title": "Un guichet francophone", "kind": "gap"})
    page = day.fay.get("~/console/ideas?tab=waiting").text
    assert re.findall(r'<span class="tag">([^<]+)</span>', page) == ["Remote", "Arabic script", "Arabic"]


def test_whoever_came_after_the_activity_began_is_counted_as_late(day: Day) -> None:
    day.until("collect")
    assert " late<" not in day.fay.get("~/console").text
    day.joins()
    assert "1 late<" in day.fay.get("~/console").text
    assert "1 person came in after" in day.fay.get("~/console/people").text


def test_the_console_says_how_many_ideas_have_enough_people_for_a_place(day: Day) -> None:
    people = day.until("welcome").crowd(5)
    day.collects(TITLES).until("score")
    van = day.idea_ids()["A van"]
    for person in people[1:]:  # the author of both ideas is the first
        person.post("~/scores", json=[{"idea": van, "criterion": "A", "value": 4}], status=200)
    assert "(5 or more): 0 of 2 ideas" in day.fay.get("~/console").text
    day.joins().post("~/scores", json=[{"idea": van, "criterion": "A", "value": 4}], status=200)
    assert "(5 or more): 1 of 2 ideas" in day.fay.get("~/console").text
