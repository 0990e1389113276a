"""An earlier event is a beginning for the next: everything that was thought of, and nobody who was there."""

from __future__ import annotations

import io
import re
from urllib.parse import urlsplit

from flask import Flask
from sqlalchemy import func, select

from facilitate.extensions import db
from facilitate.models import Activity, Ballot, Convenor, Criterion, Event, Facilitator, Idea, Participant, Term
from facilitate.presets.copies import KEPT
from tests.cast import Browser, Day
from tests.web.test_setup import picture

PARTS = (Activity, Criterion, Term, Convenor)
PASSWORD = "a calm sentence of mine"


def signed_in(app: Flask, email: str) -> Browser:
    with app.app_context():
        somebody = Facilitator(email=email)
        db.session.add(somebody)
        token = somebody.invite()
        db.session.commit()
    laptop = Browser(app)
    laptop.post(f"/setup/{token}", {"email": email, "password": PASSWORD})
    return laptop


def makes(laptop: Browser, start: str, status: int = 303, **said: str) -> str:
    """The code of the new event; empty where none was made."""
    answer = laptop.post("/events", {"preset": start, "language": "en", **said}, status=status)
    return urlsplit(answer.headers.get("Location", "//")).path.split("/")[1] if status == 303 else ""


def parts(event: Event) -> list[list[dict[str, object]]]:
    """Every row of the event's parts, without what belongs to one event alone."""
    alone = {"id", "event_id", "public_id", "opened_at", "closed_at"}
    return [
        [
            {column.key: getattr(row, column.key) for column in kind.__table__.columns if column.key not in alone}
            for row in getattr(event, name)
        ]
        for kind, name in zip(PARTS, ("activities", "criteria", "terms", "convenors"), strict=True)
    ]


def found(code: str) -> Event:
    return db.session.scalars(select(Event).where(Event.code == code)).one()


def test_a_copy_has_all_that_was_thought_of_and_nobody_who_was_there(app: Flask) -> None:
    fay = signed_in(app, "fay@example.org")
    code = makes(fay, "ircc-planning-day", title="Planning day 2018", contact="the clerk")
    day = Day(app, code, {}, fay)
    fay.day = day
    fay.post("~/console/agenda", {"key": "break", "after": "1"})
    fay.post("~/console/criteria/C/remove", {})
    fay.post("~/console/rules", {"n_min": "7", "top": "4", "k_board": "6", "k_export": "11", "balance": "y"})
    fay.post("~/console/convenors", {"name": "County of Essex", "logo": (io.BytesIO(picture()), "essex.png")})
    day.scoring("Evening classes")
    page = fay.get("/events").text
    assert "Copy of: Planning day 2018" in page
    again = makes(fay, f"copy:{code}", title="Planning day 2027", starts_on="2027-09-25")
    with app.app_context():
        earlier, copy = found(code), found(again)
        assert (copy.title, copy.starts_on.isoformat()) == ({"en": "Planning day 2027"}, "2027-09-25")
        for name in set(KEPT) - {"title"}:
            assert getattr(copy, name) == getattr(earlier, name), name
        now, before = parts(copy), parts(earlier)
        assert now == before
        assert copy.convenors[0].public_id != earlier.convenors[0].public_id
        assert (copy.key != earlier.key, copy.position, copy.door, copy.scoring_opened_at) == (True, 0, "closed", None)
        for kind in (Idea, Participant, Ballot):
            assert db.session.scalar(select(func.count()).where(kind.event_id == copy.id)) == 0
    day.code, day.people = again, []
    day.scoring("Evening classes")


def test_only_own_events_are_copied(app: Flask) -> None:
    fay, stranger = signed_in(app, "fay@example.org"), signed_in(app, "stranger@example.org")
    code = makes(fay, "ircc-planning-day")
    assert code not in "".join(re.findall(r'value="([^"]*)"', stranger.get("/events").text))
    makes(stranger, f"copy:{code}", status=400)
    makes(fay, "copy:99999999", status=400)


def test_whoever_counted_heads_counts_anew(app: Flask) -> None:
    fay = signed_in(app, "fay@example.org")
    code = makes(fay, "ircc-planning-day")
    fay.day = Day(app, code, {}, fay)
    fay.post("~/console/admission", {"mode": "counted", "heads": "12"})
    again = makes(fay, f"copy:{code}")
    with app.app_context():
        assert (found(again).admission, found(again).heads) == ("open", None)
