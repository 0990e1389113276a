"""Preparing the call: after the reveal, in the hosts' hands, with what people sent already filled in."""

from __future__ import annotations

import re

import pytest

from facilitate.extensions import db
from facilitate.models import CallEntry, Idea, LogEntry
from tests.cast import Browser, Day

TITLES = ("Evening classes", "Rural outreach van", "Child minding")
FIELDS = {
    "title_en": "Evening classes",
    "title_fr": "Cours du soir",
    "need_statement": "No classes after five.\nParents work.",
    "target_group": "Parents who work",
    "geography": "Leamington",
    "service_stream": "language",
    "partners": "Library",
    "core_alignment": ["R", "C"],
    "dissent_note": "Employers would rather have day classes.",
}


@pytest.fixture
def revealed(day: Day) -> Day:
    """Three ideas, five ballots, results revealed; two ideas on the shortlist."""
    day.until("welcome")
    people = day.crowd(5)
    day.scoring(*TITLES)
    paper = people[0].api()
    for place, person in enumerate(people):
        for idea in paper["ideas"]:
            for criterion in paper["criteria"]:
                person.score(idea["id"], criterion["id"], str(1 + (place + len(idea["title"])) % 5))
    day.next().fay.post("~/console/results", {})
    day.reveal()
    shortlist(day, *TITLES[:2])
    return day


def shortlist(day: Day, *titles: str) -> None:
    with day.event() as event:
        for idea in db.session.scalars(event.ideas.select()):
            idea.is_shortlisted = idea.title in titles
        db.session.commit()


def address(day: Day, title: str = TITLES[0]) -> str:
    return f"~/console/call/{day.idea_ids()[title]}"


def entry(day: Day, title: str = TITLES[0]) -> CallEntry | None:
    with day.event():
        written = db.select(CallEntry).join(Idea, Idea.id == CallEntry.idea_id).where(Idea.title == title)
        return db.session.scalars(written).one_or_none()


def test_one_form_per_shortlisted_idea_and_what_is_empty_on_top(revealed: Day) -> None:
    page = revealed.fay.get("~/console/call").text
    assert len(re.findall(r'class="call-form"', page)) == 2
    assert "Title in French, Target group" in page
    assert 'value="Evening classes"' in page
    assert "Nothing is kept until you save it." in page
    assert entry(revealed) is None
    assert "Child minding" in page.partition("Not on the shortlist yet")[2].partition("Still empty")[0]


def test_what_is_saved_stands_in_the_form_and_on_the_sheet(revealed: Day) -> None:
    saved = revealed.fay.post(address(revealed), FIELDS)
    assert saved.headers["Location"].endswith(f"/console/call#call-{revealed.idea_ids()[TITLES[0]]}")
    page, sheet = revealed.fay.get("~/console/call").text, revealed.fay.get("~/console/call/print").text
    assert 'value="Cours du soir"' in page
    assert page.count("Nothing is kept until you save it.") == 1
    assert "Client-centred · Responsive to need" in sheet
    assert "still empty" in sheet
    assert "Leamington" in sheet


def test_the_log_names_the_fields_and_not_what_they_say(revealed: Day) -> None:
    revealed.fay.post(address(revealed), FIELDS)
    revealed.fay.post(address(revealed), FIELDS)
    revealed.fay.post(address(revealed), FIELDS | {"partners": ""})
    with revealed.event() as event:
        found = event.log.select().where(LogEntry.action == "call.prepared").order_by(LogEntry.number)
        logged = [entry.data["fields"] for entry in db.session.scalars(found)]
    assert logged == [", ".join(FIELDS), "partners"]
    assert "wrote what the call says of an idea" in revealed.fay.get("~/console/log").text


def test_what_is_too_long_or_unknown_is_said_and_nothing_typed_is_lost(revealed: Day) -> None:
    page = revealed.fay.post(address(revealed), FIELDS | {"title_fr": "x" * 81, "partners": "Library"}, status=400).text
    assert "This is 1 character too long." in page
    assert 'value="Library"' in page
    for wrong in ({"service_stream": "x"}, {"core_alignment": "X"}, {"role": "host"}):
        revealed.fay.post(address(revealed), FIELDS | wrong, status=400)
    assert entry(revealed) is None


def test_two_hosts_on_two_ideas_keep_what_the_other_wrote(revealed: Day) -> None:
    other = revealed.invites("host")
    revealed.fay.get("~/console/call")
    other.post(address(revealed, TITLES[1]), FIELDS | {"title_en": "A van"})
    revealed.fay.post(address(revealed), FIELDS)
    assert (entry(revealed, TITLES[1]) or CallEntry()).title_en == "A van"
    assert (entry(revealed) or CallEntry()).title_en == "Evening classes"


def test_only_what_is_shortlisted_and_only_after_the_reveal(revealed: Day) -> None:
    revealed.fay.post(address(revealed, TITLES[2]), FIELDS, status=409)
    revealed.fay.post("~/console/call/missing", FIELDS, status=404)
    shortlist(revealed)
    assert "Nothing is on the shortlist yet" in revealed.fay.get("~/console/call").text
    shortlist(revealed, *TITLES)
    revealed.back()
    for path in ("~/console/call", "~/console/call/print"):
        page = revealed.fay.get(path).text
        assert "once the results have been revealed" in page
        assert "Evening classes" not in page
    revealed.fay.post(address(revealed), FIELDS, status=409)


def test_hosts_alone(revealed: Day) -> None:
    everybody: list[Browser] = [revealed.invites("observer"), revealed.board(), revealed.people[0], revealed.browser()]
    for browser in everybody:
        browser.get("~/console/call", status=403)
        browser.post(address(revealed), FIELDS, status=403)
