"""The reveal: what board and phones tell once the host has pressed the button, and nobody sees before."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from facilitate.extensions import db
from facilitate.models import Event
from facilitate.models.day.chronicle import RESULT_VIEWS
from facilitate.queries.outcomes import outcome
from tests.builders import FAY
from tests.cast import Browser, Day

TITLES = (
    "Evening classes with child minding",
    "Rural outreach van",
    "One intake for all agencies",
    "A map of services",
)
LEVELS = (5, 4, 2)
CODES = "ABCDEFGHIJ"


@pytest.fixture
def scored(day: Day) -> Day:
    """Seven people have scored three of four ideas, the first best; one of them sees it the other way round."""
    people = day.until("welcome").crowd(7)
    day.scoring(*TITLES)
    ids = day.idea_ids()
    for number, person in enumerate(people):
        levels = LEVELS if number else LEVELS[::-1]
        said = [
            {"idea": ids[title], "criterion": code, "value": level}
            for title, level in zip(TITLES, levels, strict=False)
            for code in CODES
        ]
        person.post("~/scores", json=said, status=200)
    return day


@pytest.fixture
def revealed(scored: Day) -> Day:
    return scored.next().reveal()


def shown(board: Browser) -> str:
    """What is on the board, one stage and its words."""
    return board.get("~/board").text


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def tells(page: str) -> bool:
    return TITLES[0] in page or "data-band" in page or "data-reveals" in page


def told(day: Day, board: Browser) -> list[str]:
    """Which stages the board would tell, whatever the database says it shows."""
    found = []
    for view in RESULT_VIEWS:
        with day.event() as event:
            event.board_view = view
            db.session.commit()
        found += [view] if tells(shown(board)) else []
    return found


def test_no_stage_of_the_reveal_is_told_before_it(scored: Day) -> None:
    board = scored.board()
    for step in ("score", "reveal"):
        scored.until(step)
        for view in RESULT_VIEWS:
            scored.fay.post("~/console/board", {"view": view}, status=409)
        assert told(scored, board) == []
        assert [view for view in RESULT_VIEWS if f'value="{view}"' in scored.fay.get("~/console").text] == []
    scored.reveal()
    assert told(scored, board) == list(RESULT_VIEWS)


def test_results_that_are_hidden_again_leave_the_board(revealed: Day) -> None:
    board = revealed.board()
    revealed.back()
    assert told(revealed, board) == []
    assert 'id="board-progress"' in shown(board)


def test_the_host_shows_one_stage_after_the_other(revealed: Day) -> None:
    board = revealed.board()
    stages = []
    for view in ("numbers", "bands", "reveal"):
        revealed.fay.post("~/console/board", {"view": view})
        stages += re.findall(r'<ranked-reveal [^>]*data-stage="(\w+)"', shown(board))
    assert stages == ["numbers", "bands", "reveal"]


def test_replaying_brings_the_reveal_back_from_whatever_the_board_shows(revealed: Day) -> None:
    board = revealed.board()
    revealed.fay.post("~/console/board", {"view": "lobby"})
    revealed.fay.post("~/console/replay", {})
    assert 'data-stage="reveal" data-replays="1"' in shown(board)


def test_the_ranking_says_places_in_words_and_where_the_funding_line_is(revealed: Day) -> None:
    with revealed.event() as event:
        event.top = 1
        event.record("criteria.changed", by=FAY)
        db.session.commit()
    said = words(shown(revealed.board()))
    assert "Funding line: the first 1" in said
    assert re.search(r"between 1st and \w+ · 7 people", said)
    assert "Opinions differ: worth a talk" in said
    assert "Ideas on the shaded ground are too close to call" in said
    assert "Not ranked: fewer than 5 scores" in said


def test_the_closing_hash_ends_the_day_on_the_board_and_is_whole_at_the_console(revealed: Day) -> None:
    with revealed.event() as event:
        digest = event.closing_hash
    board = revealed.board()
    revealed.fay.post("~/console/board", {"view": "thanks"})
    version, _, digits = digest.rpartition(":")
    fours = f"{version}:" + " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
    assert f"{fours[:21]} …" in shown(board)
    assert fours not in shown(board)
    assert fours in revealed.fay.get("~/console/results").text


def test_a_phone_shows_its_own_scores_beside_the_rooms_and_nobody_elses(revealed: Day) -> None:
    contrary, amina, *_ = revealed.people
    assert own_scores(contrary) == ["25.0", "75.0", "100.0"]
    assert own_scores(amina) == ["100.0", "75.0", "25.0"]
    latecomer = revealed.joins()
    assert own_scores(latecomer) == []


def own_scores(person: Browser) -> list[str]:
    return re.findall(r"you: ([\d.]+)", person.get("~/results").text)


def test_whoever_sent_an_idea_reads_where_it_ended_up(revealed: Day) -> None:
    author, other = revealed.people[:2]
    said = words(author.get("~/results").text)
    assert re.search(rf"What became of your ideas .*{TITLES[0]} It came to place 1 of 3\. ", said)
    assert f"{TITLES[3]} Too few people scored it to give it a place." in said
    assert "What became of" not in other.get("~/results").text


def test_what_is_not_ranked_says_why_in_the_readers_language(revealed: Day) -> None:
    assert "too few scores (0 of 5) on Need" in revealed.people[1].get("~/results").text


def test_an_idea_set_aside_after_the_reveal_is_gone_from_board_and_phones(revealed: Day) -> None:
    board, phone = revealed.board(), revealed.people[1]
    assert TITLES[0] in phone.get("~/results").text
    revealed.fay.post(f"~/ideas/{revealed.idea_ids()[TITLES[0]]}/hide", {"reason": "names-someone"})
    assert (TITLES[0] in phone.get("~/results").text, "Evening classes" in shown(board)) == (False, False)


def test_a_hall_that_asks_at_once_waits_for_one_outcome(revealed: Day) -> None:
    def ask(_number: int) -> object:
        with revealed.app.app_context():
            return outcome(db.session.scalars(db.select(Event).where(Event.code == revealed.code)).one())

    with ThreadPoolExecutor(6) as hall:
        assert len(set(hall.map(ask, range(6)))) == 1
