"""What every test may ask for: an application of its own, a planning day, and the cast.

Amina and Ben take part, Fay hosts, a stranger knocks.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache

from facilitate import create_app
from facilitate.migrations.upgrade import bring_up_to_date
from tests.cast import Day

# Here and not in tests/browser/: with several processes, only this file is read by the one that writes the summary.
pytest_plugins = ["tests.browser.chromium", "tests.programs", "tests.postgresql.cluster", "tests.real.redis_server"]


LONG = ("real", "browser", "postgresql")
"""Folders whose files take longest: begun first, nobody waits for the last of them at the end."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first, their folders in turn: browsers keep a machine busy, tests of a killed server mostly wait."""
    turns: dict[Path, int] = {}
    for file in dict.fromkeys(item.path for item in items):
        turns[file] = sum(other.parent == file.parent for other in turns) if file.parent.name in LONG else len(items)
    items.sort(key=lambda item: turns[item.path])  # stable: inside a file nothing moves


@pytest.fixture(scope="session")
def migrated_instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance with an empty, migrated database; every test gets a copy."""
    folder = tmp_path_factory.mktemp("migrated")
    app = create_app(INSTANCE=str(folder))
    bring_up_to_date(app)
    with app.app_context():
        from facilitate.extensions import db

        db.engine.dispose()
    return folder


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Every test has an application of its own; what a template compiles to is the same in all of them."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def app(
    migrated_instance: Path, tmp_path: Path, database: str, compiled_templates: FileSystemBytecodeCache
) -> Iterator[Flask]:
    instance = tmp_path / "instance"
    shutil.copytree(migrated_instance, instance)
    if database:
        (instance / "facilitate.sqlite").unlink()
    made = create_app(INSTANCE=str(instance), DATABASE=database, GUESS_DELAY=0.0)
    made.testing = True
    made.jinja_env.bytecode_cache = compiled_templates
    yield made
    with made.app_context():
        from facilitate.extensions import db

        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def day(app: Flask) -> Day:
    """A planning day from the preset, doors closed; Fay holds its console."""
    return Day.of(app)
