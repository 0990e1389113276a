"""The board: what it shows, to whom, and what it never shows."""

from __future__ import annotations

from tests.cast import Day


def test_a_stranger_with_the_address_sees_the_lobby_and_nothing_else(day: Day) -> None:
    day.collects(["Evening classes"])
    assert "Evening classes" not in day.browser().get("~/board").text
    assert "Evening classes" in day.board().get("~/board").text


def test_the_code_is_on_the_board_in_every_view(day: Day) -> None:
    board = day.board()
    day.scoring("Evening classes")
    code = f"{day.code[:4]} {day.code[4:]}"
    for view in ("lobby", "wall", "progress", "timer", "thanks"):
        day.fay.post("~/console/board", {"view": view})
        assert code in board.get("~/board").text
    day.fay.post("~/console/blank", {})
    assert code in board.get("~/board").text


def test_results_cannot_be_chosen_before_the_reveal(day: Day) -> None:
    day.scoring("Evening classes")
    day.fay.post("~/console/board", {"view": "reveal"}, status=409)
    day.fay.post("~/console/board", {"view": "nonsense"}, status=400)


def test_how_many_have_finished_is_told_from_five_people_on(day: Day) -> None:
    board = day.board()
    day.until("welcome").crowd(4)
    day.scoring("Evening classes")
    assert "progress-counts" not in board.get("~/board").text
    day.joins()
    assert "progress-counts" in board.get("~/board").text


def test_a_hidden_idea_leaves_the_wall_at_once(day: Day) -> None:
    board = day.board()
    day.collects(["Evening classes", "Mrs K. was put out"])
    assert "Mrs K." in board.get("~/board").text
    day.fay.post(f"~/ideas/{day.idea_ids()['Mrs K. was put out']}/hide", {"reason": "names-someone"})
    assert "Mrs K." not in board.get("~/board").text


def test_the_board_speaks_the_language_the_host_chose(day: Day) -> None:
    board = day.board()
    day.fay.post("~/console/board-language", {"language": "ar"})
    assert '<html lang="ar" dir="rtl"' in board.get("~/board").text
    day.fay.post("~/console/board-language", {"language": "tlh"}, status=400)
