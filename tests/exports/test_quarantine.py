"""Ballots set apart: before anybody sees the results, with a reason, in the open; and everything agrees on it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask

from facilitate import exports
from facilitate.errors import Invalid, NotNow
from facilitate.exports.workbook import method_in_words
from facilitate.extensions import db
from facilitate.models import LogEntry
from facilitate.queries.ballots import BallotsToCheck, ballots_to_check
from facilitate.queries.log import broken_at
from facilitate.queries.results import results
from facilitate.scoring.files import rank_files
from tests.builders import FAY, NAMES, THREE, Play
from tests.exports.reading import lines

ROOM = NAMES[:8]


@pytest.fixture
def play(app: Flask) -> Play:
    """Eight people scored three ideas; Nour and Musa are strangers who gave the same answer everywhere."""
    play = Play(app, criteria=THREE, n_min=3, k_board=3, k_export=3)
    play.joins(*ROOM, group="settlement-agency").joins("Nour", "Musa", "Silent")
    play.until("collect")
    ideas = [play.sends(title) for title in ("A van", "Evening classes", "One intake")]
    play.until("score")
    play.everybody_scores(ideas, ROOM)
    for stranger in ("Nour", "Musa"):
        for idea in ideas:
            play.scores(stranger, idea, {"A": "1", "B": "1", "C": "1"})
    return play.until("reveal")


def sets_apart(play: Play, *names: str, reason: str = "outsider") -> Play:
    with play.event() as event:
        for name in names:
            ballot = event.ballot(play.ballots[name])
            assert ballot is not None
            event.set_apart(ballot, reason, by=FAY)
    return play


def puts_back(play: Play, name: str) -> None:
    with play.event() as event:
        ballot = event.ballot(play.ballots[name])
        assert ballot is not None
        event.put_back(ballot, by=FAY)


def looked_through(play: Play) -> BallotsToCheck:
    with play.event() as event:
        return ballots_to_check(event)


def closing_hash(play: Play) -> str:
    with play.event() as event:
        return str(event.closing_hash)


def without(app: Flask) -> Play:
    """The same day, had the strangers never come."""
    play = Play(app, criteria=THREE, n_min=3, k_board=3, k_export=3)
    play.joins(*ROOM, group="settlement-agency").joins("Silent").until("collect")
    ideas = [play.sends(title) for title in ("A van", "Evening classes", "One intake")]
    play.until("score").everybody_scores(ideas, ROOM)
    return play.until("reveal")


# --- what it does ---


def test_the_ranking_is_that_of_the_room_without_the_ballots_set_apart(app: Flask, play: Play) -> None:
    before = ranking(play)
    sets_apart(play, "Nour", "Musa")
    assert ranking(play) == ranking(without(app)) != before


def ranking(play: Play) -> list[dict[str, str]]:
    rows = lines("ranking.csv", play.content())
    return [{name: cell for name, cell in row.items() if name != "idea"} for row in rows]


def test_files_of_the_export_still_rank_to_the_character(play: Play, tmp_path: Path) -> None:
    content = sets_apart(play, "Nour", "Musa").content()
    for name in ("ballots.csv", "criteria.csv", "method.json", "ranking.csv"):
        (tmp_path / name).write_bytes(exports.make(name, content))
    again = rank_files(tmp_path / "ballots.csv", tmp_path / "criteria.csv", tmp_path / "method.json")
    written = (tmp_path / "ranking.csv").read_text(encoding="utf-8-sig").splitlines()
    columns = len(again.csv().splitlines()[0].split(","))
    assert again.csv().removeprefix("\ufeff").splitlines() == [",".join(line.split(",")[:columns]) for line in written]
    raters = {row["rater"] for row in lines("ballots.csv", content)}
    assert len(raters) == len(ROOM)


def test_every_file_says_that_ballots_are_missing_and_why(play: Play) -> None:
    sets_apart(sets_apart(play, "Nour"), "Musa", reason="twice")
    content = play.content()
    method = json.loads(exports.make("method.json", content))["method"]
    assert method["people"] == {"joined": 11, "scored": 8, "did_not_score": 1, "ballots_excluded": 2}
    assert method["excluded"] == [
        {"reason": "somebody outside the room", "ballots": 1},
        {"reason": "somebody had two ballots", "ballots": 1},
    ]
    assert dict(method_in_words(content))["Excluded"] == (
        "Ballots excluded before anybody saw the results: 2 "
        "(1: somebody outside the room; 1: somebody had two ballots)."
    )


def test_screens_count_them_apart(play: Play) -> None:
    with sets_apart(play, "Nour").event() as event:
        shown = results(event)
        assert (shown.set_apart, shown.people, shown.scorers) == (1, 10, 9)


def test_the_closing_hash_holds_who_is_set_apart_and_comes_back_with_the_ballot(play: Play) -> None:
    closed = closing_hash(play)
    sets_apart(play, "Nour")
    one = closing_hash(play)
    sets_apart(play, "Musa")
    assert len({closed, one, closing_hash(play)}) == 3
    puts_back(play, "Musa")
    assert closing_hash(play) == one
    puts_back(play, "Nour")
    assert closing_hash(play) == closed


def test_the_log_says_that_and_why_and_not_which(play: Play) -> None:
    sets_apart(play, "Nour")
    sets_apart(play, "Nour")
    puts_back(play, "Nour")
    with play.event() as event:
        entries = list(db.session.scalars(event.log.select().order_by(LogEntry.number)))[-2:]
        assert [(e.action, e.subject, e.data.get("reason")) for e in entries] == [
            ("ballot.excluded", "", "outsider"),
            ("ballot.put_back", "", None),
        ]
        assert broken_at(event) is None


# --- when ---


def test_not_while_people_score(play: Play) -> None:
    play.goes_back()
    with pytest.raises(NotNow, match="Close scoring first"):
        sets_apart(play, "Nour")


def test_not_once_a_host_has_looked_at_the_results(play: Play) -> None:
    """Whoever sees the results with and without a ballot knows what is on it."""
    sets_apart(play, "Nour")
    with play.event() as event:
        event.see_results(by=FAY)
    for deed in (lambda: sets_apart(play, "Musa"), lambda: puts_back(play, "Nour")):
        with pytest.raises(NotNow, match="seen the results already"):
            deed()


def test_not_after_the_reveal_and_not_after_it_was_hidden_and_scoring_reopened(play: Play) -> None:
    play.reveals()
    for step in (play.goes_back, play.goes_back, lambda: play.until("reveal")):
        step()
        with pytest.raises(NotNow):
            sets_apart(play, "Nour")


def test_it_takes_a_reason_of_the_list(play: Play) -> None:
    with pytest.raises(Invalid):
        sets_apart(play, "Nour", reason="It is Ben's")


# --- what a host sees ---


def test_a_host_sees_how_much_and_what_is_odd_and_no_answer(play: Play) -> None:
    found = looked_through(play)
    assert [(line.answers, line.signs, line.group) for line in found.odd] == [(9, ("equal", "twin"), None)] * 2
    assert len(found.others) == len(ROOM)
    assert found.empty == 1


def test_a_group_is_shown_only_where_all_are_large_enough(play: Play) -> None:
    assert looked_through(play).columns == ()  # two strangers stated none: they would stand alone
    with play.event() as event:
        event.k_board = 2
    assert looked_through(play).columns == ("group_id",)
