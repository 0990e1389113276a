"""An event: one planning day, its agenda, its people and its ideas; every verb of the day starts here.

A verb checks, changes and records. It may be called twice without harm, and it refuses in words a person can read.
Columns and log are in `day.chronicle`, the verbs in the other modules of `day`.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, WriteOnlyMapped, relationship

from facilitate.models.activity import Activity
from facilitate.models.ballot import Ballot
from facilitate.models.convenor import Convenor
from facilitate.models.criterion import Criterion
from facilitate.models.day.basics import Basics
from facilitate.models.day.board import Board
from facilitate.models.day.calling import Calling
from facilitate.models.day.chronicle import ADMISSIONS, DOORS, MODERATION, WEIGHERS
from facilitate.models.day.doors import Doors
from facilitate.models.day.lists import Lists
from facilitate.models.day.notices import Notices
from facilitate.models.day.planning import Planning
from facilitate.models.day.quarantine import Quarantine
from facilitate.models.day.scrutiny import Scrutiny
from facilitate.models.day.timing import Timing
from facilitate.models.day.transcribing import Transcribing
from facilitate.models.idea import Idea
from facilitate.models.log import LogEntry
from facilitate.models.people import Participant
from facilitate.models.term import Term


class Event(Transcribing, Doors, Quarantine, Scrutiny, Timing, Board, Calling, Basics, Lists, Planning, Notices):
    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint(f"door in {DOORS}", name="door"),
        CheckConstraint(f"admission in {ADMISSIONS}", name="admission"),
        CheckConstraint(f"moderation in {MODERATION}", name="moderation"),
        CheckConstraint(f"weights_by in {WEIGHERS}", name="weights_by"),
    )

    activities: Mapped[list[Activity]] = relationship(order_by=Activity.position, cascade="all, delete-orphan")
    convenors: Mapped[list[Convenor]] = relationship(order_by=Convenor.position, cascade="all, delete-orphan")
    terms: Mapped[list[Term]] = relationship(order_by=Term.position, cascade="all, delete-orphan")
    criteria: Mapped[list[Criterion]] = relationship(
        primaryjoin="and_(Event.id == Criterion.event_id, ~Criterion.is_retired)",
        order_by=Criterion.position,
        cascade="all, delete-orphan",
    )
    ideas: WriteOnlyMapped[Idea] = relationship(back_populates="event", passive_deletes=True)
    participants: WriteOnlyMapped[Participant] = relationship(passive_deletes=True)
    ballots: WriteOnlyMapped[Ballot] = relationship(passive_deletes=True)
    log: WriteOnlyMapped[LogEntry] = relationship(passive_deletes=True)
