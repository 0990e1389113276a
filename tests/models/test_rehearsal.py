"""What a rehearsal leaves behind, and how it starts: with nothing, and at the start."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import func, select

from facilitate.extensions import db
from facilitate.models import Actor, Organization, Recusal
from facilitate.queries.console import primary
from tests.builders import FAY, Play
from tests.cast import Day

SIMULATED = Actor("participant", channel="rehearsal")


def test_it_begins_at_the_start_of_the_agenda_wherever_the_day_was(day: Day) -> None:
    with day.event() as event:
        event.move_on(event.version, by=FAY)
        event.move_on(event.version, by=FAY)
        seen = event.version
        event.begin_rehearsal("hashed", by=FAY)
        assert (event.activity.key, event.door, event.is_rehearsal) == ("welcome", "closed", True)
        assert event.version > seen  # a console that shows the old step is told so


def test_organizations_that_only_the_simulated_room_named_are_forgotten(day: Day) -> None:
    with day.event() as event:
        event.begin_rehearsal("hashed", by=FAY)
        event.welcome(language="en", organization="Riverside", channel="rehearsal")
        event.move_on(event.version, by=FAY)
        opportunity = event.term("kind", "opportunity")
        assert opportunity is not None
        event.submit("One card", opportunity, by=SIMULATED, organization="Maple Bridge")
        assert db.session.scalar(select(func.count()).select_from(Organization)) == 2
        event.open_doors(by=FAY)
        assert db.session.scalar(select(func.count()).select_from(Organization)) == 0


def test_at_its_end_the_button_opens_the_doors_again(day: Day) -> None:
    with day.event() as event:
        event.begin_rehearsal("hashed", by=FAY)
        event.position = len(event.activities) - 1
        button = primary(event)
        assert button is not None
        assert (button.label, button.action, button.confirm) == (
            "Open the doors",
            f"/{day.code}/console/open",
            True,
        )


def test_an_author_keeps_out_of_each_of_several_opportunities(app: Flask) -> None:
    play = Play(app).joins("Amina", "Ben").until("collect")
    ideas = [play.sends(title, name="Amina", kind="opportunity") for title in ("One card", "One bus")]
    play.sends("No classes", name="Amina", kind="gap")
    play.until("score")
    with play.event() as event:
        kept_out = db.session.execute(select(Recusal.ballot_id, Recusal.idea_id, Recusal.why)).all()
        wanted = {(play.ballots["Amina"], found.id, "author") for idea in ideas if (found := event.idea(idea))}
        assert {tuple(row) for row in kept_out} == wanted
