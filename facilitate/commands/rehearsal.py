"""`facilitate rehearse` and `facilitate demo`: a simulated room, once to check the house and once to show it."""

from __future__ import annotations

import json
import os
import secrets
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

import click
from flask import Flask

from facilitate import presets, serving
from facilitate.config import settings
from facilitate.database import reading, writing
from facilitate.errors import NotFound
from facilitate.extensions import db
from facilitate.installation import application, make_event
from facilitate.models import Actor, Capability, Event
from facilitate.models.account import token_hash
from facilitate.rehearsal import demo as demo_room
from facilitate.rehearsal.cast import PRESET, cast
from facilitate.rehearsal.check import Answer, Verdict, check
from facilitate.rehearsal.host import Host
from facilitate.rehearsal.room import Room
from facilitate.text import digits

OPERATOR = Actor("operator", channel="server")
DEFAULT_URL = "http://127.0.0.1:8000"
SHOWN = 20
"""Disagreements that are printed; the rest is counted."""


@click.command()
@click.argument("code")
@click.option("--url", help="Where the application is served.  [default: where this instance is served]")
@click.option("--console-url", help="The event's console link.  [default: one is made in the local database]")
@click.option("--people", default=48, show_default=True, type=click.IntRange(1, 500))
@click.option("--ideas", default=40, show_default=True, type=click.IntRange(1, 500), help="Ideas to be scored.")
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same room.")
@click.option("--json", "as_json", is_flag=True)
def rehearse(
    *, code: str, url: str | None, console_url: str | None, people: int, ideas: int, seed: int, as_json: bool
) -> None:
    """Play a whole planning day with a simulated room, through the real protocol, and check what came of it.

    Refused once a real person has joined. "Open the doors" deletes all that a rehearsal made.
    """
    code = digits(code)
    began = time.monotonic()
    with ExitStack() as stack:
        home = local_event(code, url, console_url)
        link = console_url or stack.enter_context(lent_link(home, code))
        room = Room(
            url=url or _origin(console_url) or served() or DEFAULT_URL,
            code=code,
            cast=cast(people, ideas, seed),
            host=Host(_at(link, url), code),
            say=(lambda _line: None) if as_json else click.echo,
        )
        room.play()
        verdict = check(room, stored_answers(home, code) if home else None)
    seconds = round(time.monotonic() - began, 2)
    click.echo(_as_json(room, verdict, seconds) if as_json else _table(room, verdict, seconds))
    if verdict.disagreements:
        raise SystemExit(1)


# --- the local side ---


def served() -> str | None:
    return serving.address(Path(settings()["INSTANCE"]))


def local_event(code: str, url: str | None, console_url: str | None) -> Flask | None:
    """The application whose database holds the event, where that is the one being served."""
    if console_url and (url or _origin(console_url)) != served():
        return None
    app = application()
    with app.app_context(), looking():
        if db.session.scalar(db.select(Event.id).where(Event.code == code)) is not None:
            return app
    if console_url:
        return None
    raise NotFound(f"There is no event {code} in this instance. For another one, give --url and --console-url.")


@contextmanager
def looking() -> Iterator[None]:
    """Read without taking the one place where somebody may write."""
    token = reading.set(True)
    try:
        yield
    finally:
        db.session.rollback()
        reading.reset(token)


@contextmanager
def lent_link(app: Flask | None, code: str) -> Iterator[str]:
    """A console link for as long as the rehearsal takes; the log says so, and nothing of it stays."""
    assert app is not None, "without a console link the event is in the local database"
    with app.app_context(), writing():
        event = db.session.scalars(db.select(Event).where(Event.code == code)).one()
        link, token = Capability.grant(event.id, "host", "rehearsal")
        db.session.add(link)
        event.record("link.made", by=OPERATOR, role=link.role)
        db.session.commit()
        own = link.id
    try:
        yield f"{served() or DEFAULT_URL}/{code}/enter/{token}"
    finally:
        with app.app_context(), writing():
            event = db.session.scalars(db.select(Event).where(Event.code == code)).one()
            db.session.delete(db.session.get_one(Capability, own))
            event.record("link.revoked", by=OPERATOR, role="host")
            db.session.commit()


def stored_answers(app: Flask, code: str) -> dict[str, list[Answer]]:
    """What the score table holds, ballot by ballot."""
    from facilitate.queries import room

    with app.app_context(), looking():
        event = db.session.scalars(db.select(Event).where(Event.code == code)).one()
        found: dict[str, list[Answer]] = {}
        for row in room.rows(event):
            found.setdefault(row.ballot, []).append((row.idea, row.criterion, row.answer))
    return found


def _origin(link: str | None) -> str | None:
    if not link:
        return None
    parts = urlsplit(link)
    return f"{parts.scheme}://{parts.netloc}"


def _at(link: str, url: str | None) -> str:
    """The link, at the address that was asked for."""
    return f"{_origin(url)}{urlsplit(link).path}" if url else link


# --- what is printed ---


def _as_json(room: Room, verdict: Verdict, seconds: float) -> str:
    return json.dumps(
        {
            "people": len(room.phones),
            "ideas": len(room.cast.scored),
            "sent": verdict.sent,
            "acknowledged": verdict.acknowledged,
            "exported": verdict.exported,
            "disagreements": list(verdict.disagreements),
            "seconds": seconds,
        },
        ensure_ascii=False,
    )


def _table(room: Room, verdict: Verdict, seconds: float) -> str:
    waits = sorted(wait for phone in room.phones for wait in phone.waits)
    figures = [
        ("People", f"{len(room.phones):,}"),
        ("Ideas scored", f"{len(room.cast.scored):,}"),
        ("Scores sent", f"{verdict.sent:,}"),
        ("Acknowledged", f"{verdict.acknowledged:,}"),
        ("Exported", f"{verdict.exported:,}"),
        ("Disagreements", f"{len(verdict.disagreements):,}"),
        ("Longest wait of 95 %", f"{1000 * waits[len(waits) * 95 // 100]:,.0f} ms" if waits else "–"),
        ("Seconds", f"{seconds:,.1f}"),
    ]
    lines = ["", *(f"  {name:22}{value:>10}" for name, value in figures), ""]
    lines += [f"  ✗ {problem}" for problem in verdict.disagreements[:SHOWN]]
    if len(verdict.disagreements) > SHOWN:
        lines.append(f"  … and {len(verdict.disagreements) - SHOWN:,} more")
    if not verdict.disagreements:
        lines.append("Everything that was acknowledged is exported, and the ranking follows from the ballots.")
    return "\n".join(lines)


# --- demo ---


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--lan", is_flag=True, help="Let phones in this network join (not encrypted).")
def demo(*, port: int, lan: bool) -> None:
    """Serve a planning day in progress, with a simulated room that goes on joining and scoring.

    It lives in a folder of its own and is gone with Ctrl-C, unless FACILITATE_INSTANCE names one to keep.
    """
    with ExitStack() as stack:
        kept = os.environ.get("FACILITATE_INSTANCE")
        folder = kept or stack.enter_context(tempfile.TemporaryDirectory(prefix="facilitate-demo-"))
        held = stack.enter_context(serving.hold(Path(folder)))
        show(folder, held, port, lan=lan)


def show(folder: str, held: BinaryIO, port: int, *, lan: bool) -> None:
    from facilitate import server

    app = application(INSTANCE=folder, DATABASE="")
    address = server.announce(app, "127.0.0.1", port, lan=lan)
    local = f"http://127.0.0.1:{port}"
    serving.announce(held, local, address)
    with app.app_context(), writing():
        links, pass_ = _event_on_stage(app)
    click.echo(_invitation(address, links, pass_))
    console = f"{local}{urlsplit(links['console_url']).path}"
    threading.Thread(target=demo_room.play, args=(local, links["code"], console, pass_), daemon=True).start()
    server.serve(app, "0.0.0.0" if lan else "127.0.0.1", port)  # noqa: S104 - asked for with --lan


def _event_on_stage(app: Flask) -> tuple[dict[str, str], str]:
    """A new event in rehearsal, and the pass of its simulated room."""
    links = make_event(app, presets.load(PRESET))
    event = db.session.scalars(db.select(Event).where(Event.code == links["code"])).one()
    pass_ = secrets.token_urlsafe(24)
    event.begin_rehearsal(token_hash(pass_), by=OPERATOR)
    db.session.commit()
    return links, pass_


def _invitation(address: str, links: dict[str, str], pass_: str) -> str:
    return f"""
A planning day is under way at {address}: ideas are on the wall, and a simulated room is scoring them.

  Board    {links["board_url"]}
           What the room sees on the big screen. Leave it open: it moves.

  Console  {links["console_url"]}
           What the host sees. Press the big button to close scoring, then reveal the results.

  Phone    {address}/{links["code"]}?rehearsal={pass_}
           Join as one more person, and score with the others.

Ctrl-C ends it{"." if os.environ.get("FACILITATE_INSTANCE") else ", and nothing of it is kept."}
"""
