"""`facilitate move`: every row and every ranking arrives, or nothing has happened (O4)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import create_engine, inspect, text

from facilitate import create_app, exports, serving
from facilitate.access import find_event
from facilitate.cli import main
from facilitate.database import only_reading
from facilitate.extensions import db
from tests.builders import Play
from tests.cast import Browser, Day
from tests.postgresql.cluster import Cluster
from tests.real.phones import behind, counts


@pytest.fixture
def empty(postgresql: Cluster) -> Iterator[str]:
    with postgresql.database("template0") as address:
        yield address


@pytest.fixture
def database() -> str:
    """The day begins on SQLite."""
    return ""


def move(app: Flask, to: str) -> Result:
    environment = {"FACILITATE_INSTANCE": app.instance_path, "FACILITATE_DATABASE": ""}
    return CliRunner().invoke(main, ["move", "--to", to], env=environment)


def file(app: Flask) -> Path:
    return Path(app.instance_path) / "facilitate.sqlite"


def played(app: Flask) -> Play:
    """A day with everything in it: evidence, recusals, ideas merged into later ones, and results."""
    play = Play(app).until("collect").joins("Amina", "Ben", "Chidi", "Dalia", "Farah", "Goran", group="settlement")
    ideas = [play.sends(f"فكرة {n} · idée", name="Amina", evidence=[("report", "Ours", "")]) for n in range(5)]
    play.until("score")
    play.everybody_scores(ideas)
    play.steps_aside("Ben", ideas[2])
    play.until("reveal").reveals()
    play.merges(ideas[0], ideas[4])
    return play


def files(app: Flask, code: str) -> dict[str, bytes]:
    with app.app_context(), only_reading():
        event = find_event(code)
        content = exports.gather(event)
        made = {name: exports.make(name, content) for name in ("ranking.csv", "ideas.csv", "scores_by_criterion.csv")}
        made["closing hash"] = event.closing_hash.encode()
        db.session.remove()
    return made


def test_everything_arrives(app: Flask, empty: str) -> None:
    play = played(app)
    before = counts(file(app))
    done = move(app, empty)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "Everything has arrived." in done.stdout
    assert counts(empty) == before
    moved = create_app(INSTANCE=app.instance_path, DATABASE=empty)
    assert files(moved, play.code) == files(app, play.code)
    assert counts(file(app)) == before
    with moved.app_context():
        db.engine.dispose()


def test_the_day_goes_on_there(app: Flask, day: Day, empty: str) -> None:
    """Cookies, links and counters of rows are what they were."""
    day.scoring("Evening classes")
    amina = day.people[0]
    assert move(app, empty).exit_code == 0
    moved = create_app(INSTANCE=app.instance_path, DATABASE=empty, GUESS_DELAY=0.0)
    there = Day(moved, day.code, day.links, Browser(moved))
    again = there.browser()
    again.client._cookies = amina.client._cookies
    (idea,) = day.idea_ids().values()
    assert again.score(idea, "A", 4)["ok"]
    there.joins()
    Day.of(moved)
    assert counts(empty)["event"] == 2
    with moved.app_context():
        db.engine.dispose()


def test_a_target_that_is_not_empty_is_left_alone(app: Flask, day: Day, empty: str) -> None:
    with behind(empty, writing=True) as connection:
        connection.execute(text("CREATE TABLE theirs (id int)"))
    done = move(app, empty)
    assert done.exit_code == 1
    assert done.stderr == "facilitate: There are tables in that database already. Please name an empty one.\n"
    assert counts(empty) == {"theirs": 0}


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("UPDATE event SET code = '123456789'", "A row does not fit, so nothing was moved: value too long"),
        ("UPDATE alembic_version SET version_num = '0000'", "This database is of another version."),
    ],
)
def test_what_does_not_fit_changes_nothing(app: Flask, day: Day, empty: str, harm: str, said: str) -> None:
    with behind(file(app), writing=True) as connection:
        connection.execute(text(harm))
    done = move(app, empty)
    assert done.exit_code == 1
    assert done.stderr.startswith(f"facilitate: {said}")
    assert tables(empty) == []


def test_a_row_that_arrives_otherwise_is_found(app: Flask, day: Day, empty: str) -> None:
    """Something in the target pads the weights with spaces; nothing of the move stays."""
    with behind(empty, writing=True) as connection:
        connection.execute(text("CREATE SCHEMA theirs"))
        connection.execute(
            text(
                "CREATE FUNCTION theirs.spoil() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN"
                " IF to_regclass('public.criterion') IS NOT NULL THEN"
                " ALTER TABLE criterion ALTER COLUMN weight TYPE char(20); END IF; END $$"
            )
        )
        connection.execute(
            text(
                "CREATE EVENT TRIGGER spoil ON ddl_command_end WHEN TAG IN ('CREATE INDEX')"
                " EXECUTE FUNCTION theirs.spoil()"
            )
        )
    done = move(app, empty)
    assert done.exit_code == 1
    assert done.stderr == "facilitate: The rows of criterion did not arrive as they were, so nothing was moved.\n"
    assert tables(empty) == []


def tables(address: str) -> list[str]:
    engine = create_engine(address.replace("postgresql://", "postgresql+psycopg://"))
    try:
        return inspect(engine).get_table_names()
    finally:
        engine.dispose()


def test_refused_while_it_is_served(app: Flask, empty: str) -> None:
    with serving.hold(Path(app.instance_path)):
        done = move(app, empty)
    assert done.exit_code == 1
    assert "facilitate is serving this instance" in done.stderr


def test_other_places_are_refused(app: Flask, tmp_path: Path) -> None:
    assert move(app, "sqlite:///elsewhere").exit_code == 2
    done = move(app, "postgresql://fay:hunter2@127.0.0.1:1/nowhere")
    assert done.exit_code == 1
    assert "fay:***@127.0.0.1:1/nowhere cannot be reached" in done.stderr
    shutil.rmtree(app.instance_path)
    assert move(app, "postgresql://127.0.0.1/nowhere").stderr.startswith("facilitate: There is no database at ")
