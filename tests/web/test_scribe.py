"""The scribe's desk: what is on paper counts like everything else, and a scribe sees no ballot but those."""

from __future__ import annotations

import re

from facilitate.extensions import db
from facilitate.models import Ballot, Idea
from tests.cast import Browser, Day


def open_ballot(scribe: Browser, number: str, **said: str) -> str:
    """The id of the ballot with this number on it."""
    answer = scribe.post("~/console/scribe/ballots", {"number": number, "channel": "paper", **said})
    return answer.headers["Location"].rpartition("/")[2]


def cells(day: Day, answers: dict[tuple[str, str], str]) -> dict[str, str]:
    ids = day.idea_ids()
    return {f"value-{ids[title]}-{criterion}": value for (title, criterion), value in answers.items()}


def shown(page: str) -> dict[str, str]:
    """Cell to what stands in it, where anything does."""
    found = re.findall(r'name="(value-[\w-]+)" value="([^"]*)"', page)
    return {name: value for name, value in found if value}


def test_a_paper_ballot_is_typed_in_opened_again_and_changed(day: Day) -> None:
    day.scoring("Evening classes", "Rural van")
    scribe = day.invites("scribe")
    ballot = open_ballot(scribe, "17")
    typed = cells(day, {("Evening classes", "A"): "4", ("Evening classes", "B"): "?", ("Rural van", "A"): "1"})
    scribe.post(f"~/console/scribe/{ballot}", typed)
    assert open_ballot(scribe, "17") == ballot
    assert shown(scribe.get(f"~/console/scribe/{ballot}").text) == typed
    emptied = typed | cells(day, {("Rural van", "A"): ""})
    scribe.post(f"~/console/scribe/{ballot}", emptied)
    assert shown(scribe.get(f"~/console/scribe/{ballot}").text) == {k: v for k, v in emptied.items() if v}
    with day.app.app_context():
        found = db.session.scalars(db.select(Ballot).where(Ballot.paper == "17")).one()
        assert (found.channel, found.excluded) == ("paper", None)


def test_one_wrong_cell_saves_nothing_and_loses_nothing(day: Day) -> None:
    day.scoring("Evening classes")
    scribe = day.invites("scribe")
    ballot = open_ballot(scribe, "3")
    typed = cells(day, {("Evening classes", "A"): "4", ("Evening classes", "B"): "9"})
    page = scribe.post(f"~/console/scribe/{ballot}", typed, status=400).text
    assert "1 answer is not on the scale" in page
    assert shown(page) == typed
    assert page.count('aria-invalid="true"') == 1
    assert shown(scribe.get(f"~/console/scribe/{ballot}").text) == {}


def test_a_scribe_never_opens_the_ballot_of_a_phone(day: Day) -> None:
    day.scoring("Evening classes")
    day.people[0].score(day.idea_ids()["Evening classes"], "A", "5")
    with day.app.app_context():
        phones = db.session.scalars(db.select(Ballot.id).where(Ballot.channel == "phone")).all()
    assert phones
    scribe = day.invites("scribe")
    for ballot in phones:
        scribe.get(f"~/console/scribe/{ballot}", status=404)
        scribe.post(f"~/console/scribe/{ballot}", {}, status=404)


def test_nothing_can_be_typed_in_once_scoring_has_closed(day: Day) -> None:
    day.scoring("Evening classes")
    scribe = day.invites("scribe")
    ballot = open_ballot(scribe, "3")
    typed = cells(day, {("Evening classes", "A"): "4"})
    day.next()
    scribe.post(f"~/console/scribe/{ballot}", typed, status=409)
    scribe.get(f"~/console/scribe/{ballot}", status=303)
    scribe.post("~/console/scribe/ballots", {"number": "4", "channel": "paper"}, status=409)
    assert "Ideas can be typed in" in scribe.get("~/console/scribe").text


def test_paper_ideas_come_in_until_scoring_opens_and_carry_their_channel(day: Day) -> None:
    day.until("sort")
    scribe = day.invites("scribe")
    scribe.post("~/console/scribe/ideas", {"title": "A crèche at the library", "kind": "gap", "channel": "paper"})
    page = scribe.post("~/console/scribe/ideas", {"title": "", "kind": "gap", "channel": "scribe"}, status=400).text
    assert "Said aloud" in page
    day.joins().post("~/ideas", {"title": "Too late from a phone", "kind": "gap"}, status=409)
    with day.app.app_context():
        ideas = db.session.execute(db.select(Idea.title, Idea.channel, Idea.author)).all()
    assert [tuple(idea) for idea in ideas] == [("A crèche at the library", "paper", None)]


def test_counted_rooms_count_paper_too(day: Day) -> None:
    day.fay.post("~/console/admission", {"mode": "counted", "heads": "3"})
    day.scoring("Evening classes")
    scribe = day.invites("scribe")
    with day.app.app_context():
        in_already = db.session.scalar(db.select(db.func.count()).select_from(Ballot)) or 0
    for number in range(3 - in_already):
        open_ballot(scribe, str(number))
    scribe.post("~/console/scribe/ballots", {"number": "99", "channel": "paper"}, status=403)
    with day.app.app_context():
        assert db.session.scalar(db.select(db.func.count()).select_from(Ballot)) == 3


def test_a_paper_ballot_holds_every_idea_also_where_phones_are_dealt_some(day: Day) -> None:
    with day.event() as event:
        event.per_person = 1
        db.session.commit()
    day.scoring("Evening classes", "Rural van", "A bus")
    scribe = day.invites("scribe")
    ballot = open_ballot(scribe, "5")
    typed = cells(day, {(title, "A"): "3" for title in ("Evening classes", "Rural van", "A bus")})
    scribe.post(f"~/console/scribe/{ballot}", typed)
    assert shown(scribe.get(f"~/console/scribe/{ballot}").text) == typed
