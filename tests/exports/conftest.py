"""One planning day for the exports: everything that can happen to a score happens in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from facilitate import create_app
from facilitate.exports import Content
from facilitate.extensions import db
from tests.builders import NAMES, THREE, Play

WEEKEND, CAFE, VAN, DOUBLE, UNSEEN, NAMED, TAKEN_BACK = (
    "Weekend bus to the language school",
    "Café « Bienvenue » d’été",
    "عيادة متنقلة",
    "A bus at weekends",
    "Nobody looked at this",
    "About Mrs. X",
    "Second thoughts",
)


class Rich(Play):
    """Recusals, don't-knows, blanks, a merge, an idea set aside, one taken back, one nobody scored, silent people."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app, criteria=THREE, title="Journée d’été", n_min=3, k_board=3, k_export=5)
        self.joins(*NAMES[:6], group="settlement-agency")
        self.joins(*NAMES[6:11], organization="Welcome House")
        self.joins("Silent", "Late")
        self.until("collect")
        self.ideas = {
            WEEKEND: self.sends(
                WEEKEND,
                sector="language",
                evidence=[("statistic", "42 % have no car", "https://example.org/a"), ("report", "=1+1", "")],
            ),
            CAFE: self.sends(CAFE, name="Amina", kind="opportunity", organization="Welcome House", language="fr"),
            VAN: self.sends(VAN, language="ar", details="First line\nSecond; =line"),
            DOUBLE: self.sends(DOUBLE, name="Ben"),
            UNSEEN: self.sends(UNSEEN),
            NAMED: self.sends(NAMED),
            TAKEN_BACK: self.sends(TAKEN_BACK, name="Ben"),
        }
        self.takes_back(self.ideas[TAKEN_BACK])
        self.sets_aside(self.ideas[NAMED], "names-someone", "It is Mrs. X of Elm Street")
        self.until("score")
        scored = [self.ideas[title] for title in (WEEKEND, CAFE, VAN, DOUBLE)]
        self.everybody_scores(scored, NAMES[:11])
        self.steps_aside("Chidi", self.ideas[VAN])
        self.scores("Late", self.ideas[VAN], {"A": "dont_know", "B": None})
        self.until("reveal")
        self.merges(self.ideas[DOUBLE], self.ideas[WEEKEND])
        self.shortlists(WEEKEND)

    def shortlists(self, *titles: str) -> None:
        with self.event() as event:
            for title in titles:
                idea = event.idea(self.ideas[title])
                assert idea is not None
                idea.is_shortlisted = True


@pytest.fixture(scope="module")
def rich(migrated_instance: Path, tmp_path_factory: pytest.TempPathFactory, shared_database: str) -> Iterator[Rich]:
    """Closed and not revealed. Made once per module: who changes the day plays one of their own."""
    instance = tmp_path_factory.mktemp("rich") / "instance"
    shutil.copytree(migrated_instance, instance)
    app = create_app(INSTANCE=str(instance), DATABASE=shared_database)
    yield Rich(app)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="module")
def content(rich: Rich) -> Content:
    return rich.content()
