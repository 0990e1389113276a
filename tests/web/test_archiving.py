"""Until when: the date that people are told, the archive that cuts the thread, and a deletion with second thoughts."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import func, select

from facilitate.backup import refuse_damaged
from facilitate.extensions import db
from facilitate.models import Ballot, Event, Idea, LogEntry, Organization, Participant, Score, Term, Ticket, now
from facilitate.models.closing import still_holds
from facilitate.queries.log import broken_at
from tests.cast import Day

STEPS = ("basics", "lists", "criteria", "agenda", "privacy", "check")
TITLE = "Settlement Planning Day: Windsor-Essex and Chatham-Kent"


def count(kind: type[object]) -> int:
    return db.session.scalar(select(func.count()).select_from(kind)) or 0


def played(day: Day) -> Day:
    """A day that is over: Amina and four others have scored her idea, and it is closed."""
    day.until("collect")
    for _ in range(5):
        day.joins(organization="County of Essex")
    day.people[0].post("~/ideas", {"title": "A van", "kind": "gap"})
    day.show_all().until("score")
    (idea,) = day.idea_ids().values()
    for person in day.people:
        for letter in "ABCDEFGHIJ":
            assert person.score(idea, letter, "4")["ok"]
    day.until("reveal").reveal()
    day.until("wrap_up")
    day.fay.post("~/console/close", {"version": day.version})
    return day


def archives(day: Day) -> None:
    day.fay.post("~/console/privacy/archive", {"version": day.version, "confirmation": TITLE})


def test_people_are_told_the_date_and_it_only_gets_nearer(day: Day) -> None:
    with day.event() as event:
        first = event.starts_on
        assert event.keep_until == first + timedelta(days=365)
    day.fay.post("~/console/privacy/keep", {"until": (first + timedelta(days=500)).isoformat()})
    for wrong in (first + timedelta(days=29), first + timedelta(days=800)):
        day.fay.post("~/console/privacy/keep", {"until": wrong.isoformat()}, status=400)
    day.open_doors()
    assert "is destroyed after" in day.browser().get("~").text
    later, nearer = first + timedelta(days=501), first + timedelta(days=400)
    day.fay.post("~/console/privacy/keep", {"until": later.isoformat()}, status=409)
    day.fay.post("~/console/privacy/keep", {"until": nearer.isoformat()})
    with day.event() as event:
        assert event.keep_until == nearer


def test_another_day_of_the_event_moves_the_date_with_it(day: Day) -> None:
    with day.event() as event:
        said = {"starts_on": (event.starts_on + timedelta(days=40)).isoformat(), "time_zone": event.time_zone}
        said |= {f"title-{tag}": words for tag, words in event.title.items()}
        before = event.keep_until
    day.fay.post("~/console/basics", said)
    with day.event() as event:
        assert before is not None
        assert event.keep_until == before + timedelta(days=40)


def test_archiving_cuts_the_thread_and_keeps_the_results(day: Day) -> None:
    played(day)
    amina = day.people[0]
    ranking = day.fay.get("~/console/export/ranking.csv").data
    assert "A van" in amina.get("~").text
    asked = day.fay.post("~/console/privacy/archive", {"version": day.version}, status=200).text
    assert "Nobody can bring their answers back" in asked
    archives(day)
    with day.event() as event:
        assert (event.key, count(Participant), count(Ticket), count(Organization)) == (None, 0, 0, 0)
        assert db.session.scalars(select(Idea.author)).all() == [None]
        assert (count(Ballot), count(Score)) == (5, 50)
        assert still_holds(db.session(), event)
        assert broken_at(event) is None
    assert day.fay.get("~/console/export/ranking.csv").data == ranking
    assert "A van" not in amina.get("~").text
    assert "Archived: nothing ties answers to people any more" in day.fay.get("~/console/privacy").text
    day.fay.get("~/console/results")
    day.fay.get("~/console")


def test_nobody_is_archived_in_the_middle_of_a_day(day: Day) -> None:
    day.scoring("A van")
    for what in ("archive", "delete"):
        sent = {"version": day.version, "confirmation": TITLE}
        assert "not closed yet" in day.fay.post(f"~/console/privacy/{what}", sent, status=409).text
    helper = day.invites("cohost")
    helper.post("~/console/privacy/archive", {"version": day.version, "confirmation": TITLE}, status=403)


def test_no_date_archives_a_day_at_once(app: Flask, day: Day) -> None:
    """Neither a date behind us nor another day of the event: that is what the button is for, which asks first."""
    day.open_doors().joins()
    with day.event() as event:
        first, kept = event.starts_on, event.keep_until
        said = {f"title-{tag}": words for tag, words in event.title.items()} | {"time_zone": event.time_zone}
    for moved in (-400, 400):
        sent = said | {"starts_on": (first + timedelta(days=moved)).isoformat()}
        day.fay.post("~/console/basics", sent)
        with day.event() as event:
            assert event.keep_until == kept, "who has joined was told this date"
    day.fay.post("~/console/basics", said | {"starts_on": (first - timedelta(days=60)).isoformat()})
    behind = (now().date() - timedelta(days=1)).isoformat()
    assert "not ahead of us" in day.fay.post("~/console/privacy/keep", {"until": behind}, status=400).text
    app.extensions["archivist"].look()
    with day.event() as event:
        assert (event.is_archived, event.door, event.count_people()) == (False, "open", 1)


def test_the_last_day_is_over_when_it_is_over_where_the_event_is(app: Flask, day: Day) -> None:
    with day.event() as event:
        for zone in ("Pacific/Kiritimati", "America/Toronto", "Pacific/Pago_Pago"):
            event.time_zone = zone
            event.keep_until = datetime.now(ZoneInfo(zone)).date()
            assert not event.is_due, zone
            event.keep_until -= timedelta(days=1)
            assert event.is_due, zone


def test_what_is_archived_stays_as_it_is(app: Flask, day: Day) -> None:
    played(day)
    archives(day)
    with day.event() as event:
        before = (event.position, event.closing_hash, event.revealed_at)
        notices = {f"notice-{tag}": words for tag, words in event.notice.items()}
        notices |= {f"secrecy-{tag}": words for tag, words in event.secrecy.items()}
    day.fay.post("~/console/check/trial", {}, status=409)
    day.fay.post("~/console/open", {"version": day.version}, status=409)
    day.fay.post("~/console/privacy", notices | {"announces_ballots": "y"}, status=409)
    day.fay.get("~/console/export/ballots.csv", status=404)
    for page in ("", "/ideas", "/people", "/scribe", "/results", "/log", *(f"/{step}" for step in STEPS)):
        day.fay.get(f"~/console{page}")
    day.fay.get("~/console/preview", status=409)
    day.browser().get("~")
    day.board().get("~/board")
    with day.event() as event:
        assert (event.position, event.closing_hash, event.revealed_at) == before


def test_whoever_is_spared_at_the_last_moment_is_neither_deleted_nor_archived(app: Flask, day: Day) -> None:
    played(day)
    day.fay.post("~/console/privacy/delete", {"version": day.version, "confirmation": TITLE})
    day.fay.post("~/console/open", {"version": day.version}, status=409)
    with day.event() as event:
        event.delete_at = now() - timedelta(seconds=1)
        event_id = event.id
        db.session.commit()
    archivist = app.extensions["archivist"]
    assert archivist.may_be_due() == [event_id]
    day.fay.post("~/console/privacy/spare", {})
    archivist.settle(event_id)
    with day.event() as event:
        assert not event.is_archived


def test_an_event_with_evidence_is_deleted_whole(app: Flask, day: Day) -> None:
    """Evidence names a term, and not every database follows all threads in one step."""
    amina = day.until("collect").joins(group="other")
    evidence = {"evidence-0-type": "report", "evidence-0-text": "Our notes."}
    amina.post("~/ideas", {"title": "A van", "kind": "gap", "sector": "housing", **evidence})
    day.fay.post("~/console/close", {"version": day.version})
    day.fay.post("~/console/privacy/delete", {"version": day.version, "confirmation": TITLE})
    with day.event() as event:
        event.delete_at = now() - timedelta(seconds=1)
        db.session.commit()
    app.extensions["archivist"].look()
    with app.app_context():
        assert count(Event) == 0


def test_the_server_archives_by_itself_after_the_day_that_people_were_told(app: Flask, day: Day) -> None:
    played(day)
    archivist = app.extensions["archivist"]
    archivist.look()
    with day.event() as event:
        assert event.key is not None
        event.keep_until = now().date()
        db.session.commit()
    archivist.look()
    with day.event() as event:
        assert event.key is not None, "the day itself still counts"
        event.keep_until = now().date() - timedelta(days=1)
        db.session.commit()
    archivist.look()
    archivist.look()
    with day.event() as event:
        assert event.is_archived
        entries = list(db.session.scalars(event.log.select().where(LogEntry.action == "event.archived")))
        assert [entry.role for entry in entries] == ["system"]


def test_a_deletion_leaves_time_for_second_thoughts(app: Flask, day: Day) -> None:
    played(day)
    gone = {"version": day.version, "confirmation": TITLE}
    day.fay.post("~/console/privacy/delete", {"version": day.version, "confirmation": "another"}, status=400)
    day.fay.post("~/console/privacy/delete", gone)
    page = day.fay.get("~/console").text
    assert "Everything of this event is deleted within ten minutes." in page
    app.extensions["archivist"].look()
    day.fay.post("~/console/privacy/spare", {})
    with day.event() as event:
        assert event.delete_at is None
    day.fay.post("~/console/privacy/delete", gone)
    with day.event() as event:
        event.delete_at = datetime.now(UTC) - timedelta(seconds=1)
        db.session.commit()
    app.extensions["archivist"].look()
    with app.app_context():
        for kind in (Event, Idea, Participant, Ballot, Score, LogEntry, Term):
            assert count(kind) == 0, kind
    day.fay.get("~/console", status=404)


@pytest.mark.sqlite("what PostgreSQL keeps of old rows is its operator's to vacuum")
def test_nothing_of_the_key_is_left_in_the_files(app: Flask, day: Day) -> None:
    played(day)
    with day.event() as event:
        key = event.key
    assert key is not None
    folder = Path(app.instance_path)
    assert holding(folder, key), "the control: before, the key is there"
    hourly = folder / "backups" / "hourly-20180925-140000.backup"
    hourly.parent.mkdir(exist_ok=True)
    hourly.write_bytes(b"an hour ago: " + key)
    archives(day)
    app.extensions["archivist"].look()
    assert holding(folder, key) == []
    (fresh,) = hourly.parent.glob("hourly-*.backup")
    refuse_damaged(fresh)


def holding(folder: Path, key: bytes) -> list[str]:
    return [file.name for file in folder.rglob("*") if file.is_file() and key in file.read_bytes()]


@pytest.mark.sqlite("the command is the same there")
def test_the_command_archives_and_names_what_it_cannot_reach(app: Flask, day: Day) -> None:
    def forget() -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "facilitate", "forget", day.code]
        env = {"FACILITATE_INSTANCE": app.instance_path, "PATH": "/usr/bin:/bin"}
        return subprocess.run(command, capture_output=True, text=True, check=False, env=env)

    day.until("collect")
    refused = forget()
    assert (refused.returncode, "not closed yet" in refused.stderr) == (1, True)
    day.fay.post("~/console/close", {"version": day.version})
    backups = Path(app.instance_path) / "backups"
    backups.mkdir(exist_ok=True)
    (backups / "before.backup").write_bytes(b"by hand")
    done = forget()
    assert done.returncode == 0, done.stderr
    assert "before.backup" in done.stdout
    with day.event() as event:
        assert event.is_archived
