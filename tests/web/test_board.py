"""The board: what it shows, to whom, and what it never shows."""

from __future__ import annotations

import re

import pytest

from facilitate.extensions import db
from facilitate.models import Convenor
from facilitate.models.day.chronicle import BOARD_VIEWS, RESULT_VIEWS
from facilitate.web.basics import OFFERED
from facilitate.web.language import INTERFACE
from tests.builders import FAY
from tests.cast import Browser, Day


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


def test_the_board_says_everything_in_two_languages_each_in_its_own_direction(day: Day) -> None:
    board = day.board()
    day.fay.post("~/console/board-language", {"language": "en", "second": "ar"})
    page = board.get("~/board").text
    assert '<html lang="en" dir="ltr"' in page
    assert both("Point your camera at the square", "ar", "rtl") in page
    day.fay.post("~/console/board-language", {"language": "en", "second": "fr"})
    assert both("Point your camera at the square", "fr", "ltr") in board.get("~/board").text
    day.fay.post("~/console/board-language", {"language": "en"})
    assert 'class="both"' not in board.get("~/board").text


def both(said: str, second: str, direction: str) -> str:
    """How something is said first in English; the second part begins, with the words of its catalogue."""
    first = f'<span><span lang="en" dir="ltr">{said}</span></span>'
    return f'<span class="both">{first}<span><span lang="{second}" dir="{direction}">'


def test_the_second_language_is_another_one_of_the_event(day: Day) -> None:
    for second in ("en", "tlh"):
        day.fay.post("~/console/board-language", {"language": "en", "second": second}, status=400)
    page = day.fay.get("~/console").text
    assert re.search(r'name="second" value="fr"', page)
    assert not re.search(r'name="language" value="en"><input type="hidden" name="second" value="en"', page)


def test_what_people_wrote_stands_once_beside_words_in_two_languages(day: Day) -> None:
    day.collects(["Evening classes"])
    day.fay.post("~/console/board-language", {"language": "en", "second": "fr"})
    page = day.board().get("~/board").text
    assert page.count("Evening classes") == 1
    assert "1 idea</span>" in page
    assert "1 idée</span>" in page


def test_a_text_that_an_event_has_in_one_language_only_is_said_once(day: Day) -> None:
    with day.event() as event:
        event.title = {"en": "Planning Day"}
        event.record("event.renamed", by=FAY)
        db.session.commit()
    day.fay.post("~/console/board-language", {"language": "fr", "second": "ar"})
    assert (
        '<h1 class="board-title"><span lang="en" dir="ltr">Planning Day</span></h1>' in day.board().get("~/board").text
    )


@pytest.mark.parametrize("tag", OFFERED)
def test_the_board_speaks_every_language_that_an_event_may_have(day: Day, tag: str) -> None:
    """Words of ours in the language of the interface that is nearest, the event's own words in its own."""
    speaks(day, tag)
    board, page = day.board(), ""
    day.fay.post("~/console/board-language", {"language": tag})
    own = tag if tag in INTERFACE else "en"
    for view in BOARD_VIEWS:
        if view not in RESULT_VIEWS:
            day.fay.post("~/console/board", {"view": view})
            page = board.get("~/board").text
            assert f'<html lang="{own}" dir="{"rtl" if own == "ar" else "ltr"}"' in page
    day.fay.post("~/console/board", {"view": "lobby"})
    assert OWN_TITLE[tag in INTERFACE].format(tag=tag, direction=RTL.get(tag, "ltr")) in board.get("~/board").text
    day.fay.post("~/console/board-language", {"language": tag, "second": "fr" if tag == "en" else "en"})
    assert "Our own day" in board.get("~/board").text


RTL = dict.fromkeys(("ar", "fa", "fa-AF", "ps", "ur"), "rtl")
OWN_TITLE = (
    '<h1 class="board-title"><span lang="{tag}" dir="{direction}">Our own day</span></h1>',
    '<h1 class="board-title">Our own day</h1>',
)


def speaks(day: Day, tag: str) -> None:
    """The event speaks this language, beside English and French, and has a title in it."""
    day.fay.post("~/console/languages", {"main": tag, "spoken": list(dict.fromkeys((tag, "en", "fr")))})
    with day.event() as event:
        event.title = {**event.title, tag: "Our own day"}
        event.record("event.renamed", by=FAY)
        db.session.commit()


def test_words_in_a_kind_of_a_language_stand_in_for_that_language(day: Day) -> None:
    speaks(day, "fa")
    day.fay.post("~/console/languages", {"main": "en", "spoken": ["en", "fa-AF"]})
    day.fay.post("~/console/board-language", {"language": "en", "second": "fa-AF"})
    page = day.board().get("~/board").text
    assert '<span lang="fa" dir="rtl">Our own day</span>' in page
    assert "Point your camera at the square" in page


# --- the welcome ---


def test_the_welcome_says_whose_land_who_convenes_and_how_the_day_goes(day: Day) -> None:
    with day.event() as event:
        event.acknowledgement = {"en": "We are on the land of the Three Fires.\nWe are grateful.", "fr": "Merci."}
        event.convenors.append(Convenor(position=0, name="Réseau de Windsor"))
        event.convenors.append(Convenor(position=1, name="LIP", width=300, height=100))
        event.record("event.changed", by=FAY)
        db.session.commit()
        logo = event.convenors[1].public_id
        titles = [activity.title["en"] for activity in event.activities]
    day.fay.post("~/console/board", {"view": "welcome"})
    page = day.board().get("~/board").text
    for said in ("We are on the land of the Three Fires.\nWe are grateful.", "Réseau de Windsor", *titles):
        assert f">{said}<" in page
    assert re.findall(r'<img src="([^"]+)" width="300" height="100" alt="">', page) == [f"/{day.code}/logo/{logo}.png"]


def test_a_welcome_without_words_of_its_own_still_says_how_the_day_goes(day: Day) -> None:
    day.fay.post("~/console/board", {"view": "welcome"})
    page = day.board().get("~/board").text
    assert "How today works" in page
    assert "acknowledgement" not in page
    assert "convenor" not in page


# --- frozen ---


def picture(board: Browser) -> tuple[int, int | None]:
    """The log entry that the board has come to, and from which on a picture of it may stand, if it is frozen."""
    page = board.get("~/board").text
    revision = re.search(r'data-revision="(\d+)"', page)
    still = re.search(r'data-still="(\d+)"', page)
    assert revision
    return int(revision[1]), int(still[1]) if still else None


def test_a_frozen_board_says_from_when_on_its_picture_may_stand(day: Day) -> None:
    board = day.board()
    day.collects(["Evening classes", "Mrs K. was put out"])
    before, still = picture(board)
    assert still is None
    day.fay.post("~/console/freeze", {})
    day.joins()
    _, still = picture(board)
    assert still is not None
    assert still <= before
    day.fay.post(f"~/ideas/{day.idea_ids()['Mrs K. was put out']}/hide", {"reason": "names-someone"})
    _, still = picture(board)
    assert still is not None
    assert still > before
    day.fay.post("~/console/freeze", {})
    assert picture(board)[1] is None


def test_words_that_wait_for_another_look_leave_a_frozen_board(day: Day) -> None:
    board = day.board()
    amina = day.until("collect").joins()
    for title in ("Evening classes", "Mrs K. was put out"):
        amina.post("~/ideas", {"title": title, "kind": "gap"})
    ids = day.show_all().idea_ids()
    day.fay.post("~/console/freeze", {})
    _, first = picture(board)
    amina.post(f"~/ideas/{ids['Mrs K. was put out']}/edit", {"title": "Nobody was put out", "kind": "gap"})
    _, second = picture(board)
    with day.event() as event:
        event.idea(ids["Evening classes"]).put_back(by=FAY)
        db.session.commit()
    _, third = picture(board)
    assert first is not None
    assert second is not None
    assert third is not None
    assert first < second < third


def test_only_who_runs_the_day_freezes_the_board(day: Day) -> None:
    day.until("welcome").joins().post("~/console/freeze", {}, status=403)
    assert 'data-key="F"' in day.fay.get("~/console").text
