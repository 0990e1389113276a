"""The print pack: every sheet in every language, one page for each ballot, and people's text is only text."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import typst

from facilitate.printing.fonts import FAMILIES, WEIGHTS, unpacked
from facilitate.printing.sheets import SHEETS, pdf
from facilitate.web.basics import OFFERED
from tests.cast import Browser, Day
from tests.web.test_setup import picture

HOSTILE = '#panic("broken") $x$ *bold* @ref \\n </svg> “quotes” دروس مسائية'


@pytest.fixture(scope="session")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Unpacked once: it takes seconds."""
    return unpacked(tmp_path_factory.mktemp("printing"))


@pytest.fixture
def fay(day: Day, fonts: Path) -> Browser:
    shutil.copytree(fonts, Path(day.app.instance_path) / "fonts", dirs_exist_ok=True)
    return day.fay


def pages(made: bytes) -> int:
    """From the document's own page tree."""
    assert made.startswith(b"%PDF-")
    return max(int(count) for count in re.findall(rb"/Count (\d+)", made))


def test_fonts_are_unpacked_once_and_have_families_of_their_own(fonts: Path) -> None:
    before = {file.name: file.stat().st_mtime_ns for file in fonts.iterdir()}
    assert len(before) == len(FAMILIES) * len(WEIGHTS)
    unpacked(fonts.parent)
    assert {file.name: file.stat().st_mtime_ns for file in fonts.iterdir()} == before
    known = typst.Fonts(font_paths=[str(fonts)], include_system_fonts=False, include_embedded_fonts=False)
    assert set(known.families()) == set(FAMILIES.values())


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_every_sheet_is_printed_in_every_language(day: Day, fay: Browser, language: str) -> None:
    day.scoring("Evening classes", "Un guichet à Chatham", "دروس مسائية", HOSTILE[:80])
    counts = {
        sheet: pages(fay.get(f"~/console/print/{sheet}.pdf?language={language}&copies=3&first=21").data)
        for sheet in SHEETS
    }
    assert counts == {"poster": 1, "tent": 1, "cards": 1, "ballots": 3, "script": counts["script"], "state": 1}


@pytest.mark.parametrize("tag", OFFERED)
def test_every_sheet_is_printed_in_every_language_that_an_event_may_have(day: Day, fay: Browser, tag: str) -> None:
    fay.post("~/console/languages", {"main": tag, "spoken": list(dict.fromkeys((tag, "fr")))})
    day.scoring("Evening classes")
    for sheet in SHEETS:
        assert pages(fay.get(f"~/console/print/{sheet}.pdf?language={tag}").data) >= 1


def test_what_people_wrote_is_text_and_never_a_command(fonts: Path) -> None:
    data: dict[str, Any] = {
        "title": HOSTILE,
        "code": "4829 1376",
        "address": HOSTILE,
        "languages": [{"lang": "en", "region": None, "rtl": False, "title": HOSTILE}],
        "voices": [{"lang": "en", "region": None, "rtl": False, "words": {"scan": HOSTILE, "back": HOSTILE}}],
        "cards": 1,
        "ballots": None,
        "script": [{"title": HOSTILE, "minutes": "", "say": HOSTILE, "prompt": HOSTILE}],
    }
    assert pages(pdf("script", data, fonts.parent)) == 1


def test_ballots_need_ideas_and_numbers_need_to_be_numbers(day: Day, fay: Browser) -> None:
    fay.get("~/console/print/ballots.pdf", status=409)
    fay.get("~/console/print/nothing.pdf", status=404)
    page = fay.get("~/console/print/cards.pdf?copies=9999", status=400).text
    assert 'class="error"' in page
    assert "They can be printed once ideas are on the wall." in fay.get("~/console/print").text


def test_the_poster_names_who_convenes_and_stays_one_page(day: Day, fay: Browser) -> None:
    for number in range(6):
        sent = {"name": f"Organization {number}", "logo": (io.BytesIO(picture((600, 200))), "logo.png")}
        fay.post("~/console/convenors", sent)
    plain = fay.get("~/console/print/poster.pdf").data
    assert pages(plain) == 1
    assert plain.count(b"/Subtype/Image") >= 1


def test_where_the_day_stands_is_printed_at_every_step_and_shows_nothing_early(day: Day, fay: Browser) -> None:
    for step in ("welcome", "collect", "score", "reveal"):
        if step == "score":
            day.scoring("Evening classes")
        day.until(step)
        assert pages(fay.get("~/console/print/state.pdf?language=fr").data) == 1
    with day.event() as event:
        assert not event.results_seen, "looking at this sheet is no look at the results"
    day.reveal()
    assert pages(fay.get("~/console/print/state.pdf").data) == 1
