"""Ideas and their evidence: word for word, with what became of them, and nothing about who wrote them."""

from __future__ import annotations

from flask import Flask

from facilitate import exports
from facilitate.exports import Content
from tests.builders import FAY, THREE, Play
from tests.exports.conftest import CAFE, DOUBLE, NAMED, TAKEN_BACK, VAN, WEEKEND, Rich
from tests.exports.reading import header, lines


def test_every_idea_with_its_fate(content: Content, rich: Rich) -> None:
    rows = {line["title"]: line for line in lines("ideas.csv", content)}
    assert rows.keys() == rich.ideas.keys() - {TAKEN_BACK}
    assert rows[WEEKEND]["state"] == rows[CAFE]["state"] == "scored"
    assert (rows[DOUBLE]["state"], rows[DOUBLE]["merged_into"]) == ("merged", rich.ideas[WEEKEND])
    assert (rows[NAMED]["state"], rows[NAMED]["reason"]) == ("set aside", "Names a person or a client")
    assert rows[VAN]["details"] == "First line\nSecond; =line"


def test_a_hosts_own_words_about_why_stay_in_the_house(content: Content) -> None:
    for name in exports.names(with_ballots=True):
        assert b"Elm Street" not in exports.make(name, content)


def test_an_idea_set_aside_with_a_note_only(app: Flask) -> None:
    play = Play(app, criteria=THREE).until("collect")
    play.sends("Stays")
    play.sets_aside(play.sends("Goes"), note="Mr. Y asked for it")
    rows = {line["title"]: line for line in lines("ideas.csv", play.until("reveal").content())}
    assert (rows["Goes"]["reason"], rows["Stays"]["reason"]) == ("other", "")


def test_late_and_waiting_ideas(app: Flask) -> None:
    play = Play(app, criteria=THREE).until("collect")
    play.sends("Early")
    with play.event() as event:
        event.moderate("approve-first", by=FAY)
    late, _ = play.sends("Late"), play.sends("Never looked at")
    play.until("score")
    with play.event() as event:
        idea = event.idea(late)
        assert idea is not None
        idea.show(by=FAY)
    rows = {line["title"]: line for line in lines("ideas.csv", play.until("reveal").content())}
    assert (rows["Early"]["added_late"], rows["Late"]["added_late"]) == ("0", "1")
    assert rows["Never looked at"]["state"] == "waiting"


def test_columns(content: Content) -> None:
    ranking = header("ranking.csv", content)
    about = ranking[ranking.index("title") :]
    assert header("ideas.csv", content) == ["idea", "state", *about, "details", "reason", "merged_into"]


def test_evidence_one_item_a_line(content: Content, rich: Rich) -> None:
    assert lines("evidence.csv", content) == [
        {"idea": rich.ideas[WEEKEND], "title": WEEKEND, "type": "Report", "text": "=1+1", "link": ""},
        {
            "idea": rich.ideas[WEEKEND],
            "title": WEEKEND,
            "type": "Statistic",
            "text": "42 % have no car",
            "link": "https://example.org/a",
        },
    ]
