"""Paper ballots from a file (T18): seen first, taken in as a whole or not at all, and no file does any harm."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from facilitate.extensions import db
from facilitate.models import Ballot, Score
from tests.cast import Browser, Day

HEADER = "ballot,idea,criterion,score\n"
GOOD = f"{HEADER}12,1,A,4\n12,1,B,?\n12,2,A,dont_know\n13,1,A,\n13,2,A,1\n"


@pytest.fixture
def scribe(day: Day) -> Browser:
    day.scoring("Evening classes", "Rural van")
    return day.invites("scribe")


def look(scribe: Browser, content: str | bytes, status: int) -> TestResponse:
    raw = content.encode() if isinstance(content, str) else content
    return scribe.post("~/console/scribe/file", {"file": (io.BytesIO(raw), "ballots.csv")}, status=status)


def take_in(scribe: Browser, text: str, status: int = 303) -> TestResponse:
    return scribe.post("~/console/scribe/file/take-in", {"text": text}, status=status)


def stored(day: Day) -> dict[tuple[str, str], int]:
    """Ballot number and kind of answer to how many there are."""
    with day.app.app_context():
        rows = db.session.execute(
            select(Ballot.paper, Score.answer, func.count())
            .join(Score, Score.ballot_id == Ballot.id)
            .where(Ballot.paper.is_not(None))
            .group_by(Ballot.paper, Score.answer)
        )
        return {(paper or "", answer): count for paper, answer, count in rows}


def papers(day: Day) -> int:
    with day.app.app_context():
        return db.session.scalar(select(func.count()).where(Ballot.paper.is_not(None))) or 0


def test_a_file_is_seen_first_and_then_taken_in(day: Day, scribe: Browser) -> None:
    page = look(scribe, GOOD, 200).text
    assert "2 ballots" in page
    assert "4 answers" in page
    assert papers(day) == 0
    take_in(scribe, GOOD)
    assert stored(day) == {("12", "number"): 1, ("12", "dont_know"): 2, ("13", "number"): 1}
    assert "took in ballots from a file" in day.fay.get("~/console/log").text


def test_taking_the_same_file_in_twice_changes_nothing(day: Day, scribe: Browser) -> None:
    take_in(scribe, GOOD)
    before = stored(day)
    assert "begun before" in look(scribe, GOOD, 200).text
    take_in(scribe, GOOD)
    assert (stored(day), papers(day)) == (before, 2)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_what_spreadsheets_write_is_understood(day: Day, scribe: Browser, separator: str, mark: str) -> None:
    look(scribe, (mark + GOOD.replace(",", separator)).replace("\n", "\r\n"), 200)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("12,9,A,4", "Line 2: there is no idea “9” on the ballot."),
        ("12,1,Z,4", "Line 2: there is no criterion “Z”."),
        ("12,1,A,6", "Line 2: “6” is not an answer to this criterion."),
        ("12,1,A,4.5", "Line 2: “4.5” is not an answer to this criterion."),
        ("12,1,A,=1+3", "Line 2: “=1+3” is not an answer to this criterion."),
        (",1,A,4", "Line 2: the ballot’s number is missing or too long: “”."),
        ("12,1,A,4\n12,1,A,5", "Line 3: this answer was given before, on line 2."),
        ("12,1,A,4,9", "Line 2 cannot be read as a line of a CSV file."),
        ('12,1,A,"4', "Line 3 cannot be read as a line of a CSV file."),
    ],
)
def test_one_wrong_line_is_named_and_nothing_is_taken_in(day: Day, scribe: Browser, line: str, said: str) -> None:
    text = f"{HEADER}{line}\n77,2,B,3\n"
    assert said in look(scribe, text, 400).get_data(as_text=True).replace("&#39;", "’")
    take_in(scribe, text, status=400)
    assert papers(day) == 0


@pytest.mark.parametrize(
    "header",
    ["ballot,idea,criterion\n", "ballot,idea,criterion,score,name\n", "ballot,ballot,idea,criterion,score\n", ""],
)
def test_columns_are_what_they_should_be(scribe: Browser, header: str) -> None:
    assert "The column “" in look(scribe, header + "1,1,A,4\n", 400).text


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ballots.csv", b"0" * 50_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        zipped(),
        b"\xff\xfe" + HEADER.encode("utf-16-le"),
        HEADER.encode() + b"\0" * 20,
        HEADER.encode() + "é".encode("latin-1"),
        b"a" * 400_001,
        HEADER.encode() + b"1," * 200_000,
        HEADER.encode() + b'"' + b"x" * 300_000,
        b"",
        b"\n" * 400_000,
    ],
    ids=["archive", "utf-16", "zeros", "latin-1", "large", "wide", "endless cell", "empty", "lines"],
)
def test_what_is_no_such_file_gets_a_sentence(day: Day, scribe: Browser, content: bytes) -> None:
    look(scribe, content, 400)
    assert papers(day) == 0


def test_a_file_comes_too_late_once_scoring_has_closed(day: Day, scribe: Browser) -> None:
    day.next()
    look(scribe, GOOD, 409)
    take_in(scribe, GOOD, status=409)
    assert papers(day) == 0


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet="ballotidecr,;\t\n\"'=0123456789AB?\u202e\u0007", max_size=300))
def test_whatever_stands_in_it_the_answer_is_a_page(scribe: Browser, text: str) -> None:
    for content in (text, HEADER + text):
        raw = {"file": (io.BytesIO(content.encode()), "x.csv")}
        answer = scribe.client.post(
            scribe._address("~/console/scribe/file"), data=raw, headers={"Sec-Fetch-Site": "same-origin"}
        )
        assert answer.status_code in (200, 400)
