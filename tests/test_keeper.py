"""While a day goes on there is a backup every hour; nothing about it may harm the day."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest
from flask import Flask

from facilitate.backup import SUFFIX, refuse_changed, refuse_damaged
from facilitate.keeper import KEPT, Keeper
from facilitate.machine import BACKUP_FAILED
from tests.cast import Day

pytestmark = pytest.mark.sqlite("PostgreSQL has pg_dump and pg_restore")


def kept(app: Flask) -> list[Path]:
    return sorted((Path(app.instance_path) / "backups").glob("hourly-*.backup"))


def an_hour_passes(app: Flask) -> None:
    for file in kept(app):
        earlier = file.stat().st_mtime - 3601
        os.utime(file, (earlier, earlier))
        file.rename(file.with_name(f"hourly-{int(earlier)}.backup"))


def test_a_backup_is_made_when_the_door_opens_and_then_every_hour(app: Flask, day: Day) -> None:
    keeper = Keeper(app)
    keeper.look()
    assert kept(app) == []  # nobody is here yet
    day.open_doors()
    keeper.look()
    keeper.look()
    (first,) = kept(app)
    refuse_changed(first)
    refuse_damaged(first)
    assert first.stat().st_mode & 0o777 == 0o600
    an_hour_passes(app)
    keeper.look()
    assert len(kept(app)) == 2


def test_it_goes_to_the_stick_that_was_named_and_a_stick_pulled_out_is_said(
    app: Flask, day: Day, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    app.config["BACKUP_FOLDER"] = str(stick)
    day.open_doors()
    keeper = Keeper(app)
    keeper.look()
    assert app.extensions["machine"].warnings() == [BACKUP_FAILED]
    assert not stick.exists()
    stick.mkdir()
    keeper.rests_until = 0.0
    keeper.look()
    assert app.extensions["machine"].warnings() == []
    (file,) = stick.glob("hourly-*.backup")
    refuse_changed(file)
    assert kept(app) == []


def test_it_is_also_made_while_scoring_is_open_behind_a_closed_door(app: Flask, day: Day) -> None:
    day.scoring()
    with day.event() as event:
        from facilitate.extensions import db

        event.door = "closed"
        db.session.commit()
    assert Keeper(app).is_day()
    day.next()
    assert not Keeper(app).is_day()


def test_two_dozen_are_kept(app: Flask, day: Day) -> None:
    day.open_doors()
    keeper = Keeper(app)
    for number in range(KEPT + 5):
        for end in ("", SUFFIX):
            file = keeper.folder / f"hourly-2018{number:04}.backup{end}"
            file.touch()
            os.utime(file, (0, 0))
    by_hand = keeper.folder / "before-upgrade-2018.backup"
    by_hand.touch()
    keeper.look()
    assert len(kept(app)) == KEPT
    assert len(list(keeper.folder.glob(f"hourly-*{SUFFIX}"))) == KEPT
    assert by_hand.exists()


def test_of_several_processes_one_does_it(app: Flask, day: Day) -> None:
    day.open_doors()
    keeper = Keeper(app)
    with (keeper.folder / "hourly.lock").open("wb") as somebody_else:
        fcntl.flock(somebody_else, fcntl.LOCK_EX)
        keeper.look()
        assert kept(app) == []
    keeper.look()
    assert len(kept(app)) == 1


def test_a_backup_that_fails_is_said_and_harms_nothing(app: Flask, day: Day, caplog: pytest.LogCaptureFixture) -> None:
    day.open_doors()
    keeper = Keeper(app)
    keeper.database = Path(app.instance_path) / "nowhere.sqlite"
    keeper.look()
    assert "the hourly backup failed" in caplog.messages
    assert BACKUP_FAILED in day.fay.get("~/console").text
    keeper = Keeper(app)
    keeper.look()
    assert len(kept(app)) == 1
    assert BACKUP_FAILED not in day.fay.get("~/console").text


def test_a_backup_that_would_fill_the_disk_is_not_made(app: Flask, day: Day) -> None:
    day.open_doors()
    app.extensions["machine"].enough = 2**62
    keeper = Keeper(app)
    keeper.look()
    app.extensions["machine"].enough = 0
    keeper.look()  # after a failure it rests
    assert kept(app) == []
    assert BACKUP_FAILED in day.fay.get("~/console").text


def test_none_are_made_where_none_are_wanted(app: Flask, day: Day) -> None:
    app.config["BACKUP_MINUTES"] = 0.0
    day.open_doors()
    Keeper(app).look()
    assert kept(app) == []
