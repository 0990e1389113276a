"""What an event holds, and the log that every change of it ends in."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import LargeBinary, String, false
from sqlalchemy.orm import Mapped, Session, WriteOnlyMapped, mapped_column, object_session

from facilitate.activities import ACTIVITIES
from facilitate.errors import N_, NotNow
from facilitate.models.activity import Activity
from facilitate.models.ballot import Ballot
from facilitate.models.base import Base, Texts, now
from facilitate.models.criterion import Criterion
from facilitate.models.log import GENESIS, Actor, LogEntry
from facilitate.models.people import Participant
from facilitate.models.term import Term

if TYPE_CHECKING:
    from facilitate.models.convenor import Convenor
    from facilitate.models.idea import Idea


DOORS = ("closed", "open", "locked")
ADMISSIONS = ("open", "counted", "tickets")
WEIGHERS = ("host", "room")
MODERATION = ("approve-first", "show-at-once")
COMINGS = ("participant.", "idea.", "points.", "approvals.", "phones.")
"""Beginnings of the log actions that leave the day as it is."""
RESULT_VIEWS = ("numbers", "bands", "reveal", "heatmap")
"""What the board shows only once the results are revealed, in the order of a reveal."""
BOARD_VIEWS = ("lobby", "welcome", "wall", "criteria", "progress", *RESULT_VIEWS, "timer", "thanks")


class Chronicle(Base):
    """The columns of an event, what can be read off them, and `record`."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(8), unique=True)
    preset: Mapped[str] = mapped_column(String(60))
    title: Mapped[Texts]
    language: Mapped[str] = mapped_column(String(12))
    languages: Mapped[list[Any]]
    board_language: Mapped[str] = mapped_column(String(12))
    time_zone: Mapped[str] = mapped_column(String(60))
    starts_on: Mapped[date]
    place: Mapped[str] = mapped_column(String(200), default="")
    notice: Mapped[Texts]
    secrecy: Mapped[Texts]
    acknowledgement: Mapped[Texts | None]
    """What the welcome says first: whose land this is, who is here."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    keep_until: Mapped[date | None]
    """The last day on which answers can be brought back to a phone; people are told it before they join."""
    delete_at: Mapped[datetime | None]
    """When everything of this event goes, once a host wants it to."""
    key: Mapped[bytes | None] = mapped_column(LargeBinary, default=lambda: secrets.token_bytes(32))
    """Ties participants to ballots and ideas; archiving destroys it."""

    door: Mapped[str] = mapped_column(String(8), default="closed")
    admission: Mapped[str] = mapped_column(String(8), default="open")
    """Who may join: anybody with the code, as many as were counted, or whoever has a ticket."""
    heads: Mapped[int | None]
    """How many people are in the room, where they are counted."""
    moderation: Mapped[str] = mapped_column(String(16))
    position: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    """Counts the steps of the day; a host's button says which step it saw (compare and set)."""
    scoring_opened_at: Mapped[datetime | None]
    """When criteria, weights and levels froze."""
    revealed_at: Mapped[datetime | None]
    results_seen: Mapped[bool] = mapped_column(default=False)
    """Has anybody, host or room, seen results? From then on no ballot is set apart or put back."""
    closing_hash: Mapped[str] = mapped_column(String(64), default="")
    round: Mapped[int] = mapped_column(default=1)
    timer_ends_at: Mapped[datetime | None]
    timer_left: Mapped[int | None]
    """Seconds that are left on a timer that is paused."""
    timer_closes: Mapped[bool] = mapped_column(default=False)
    """Does the timer close the activity at zero? Otherwise it only reminds."""
    timer_struck: Mapped[int | None]
    """The version of the day right after the timer closed an activity."""
    board_view: Mapped[str | None] = mapped_column(String(12))
    """The view the host chose; empty while the board follows the agenda."""
    board_figure: Mapped[str] = mapped_column(String(160), default="mean", server_default="mean")
    """What the board says about the criteria: `mean`, `agreement`, `groups/<key>/<key>` or `idea/<public id>`."""
    board_second: Mapped[str | None] = mapped_column(String(12))
    """A second language beside the first, where the board speaks two."""
    is_board_blank: Mapped[bool] = mapped_column(default=False)
    is_board_frozen: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Does the board stand still, whatever happens?"""
    is_qr_big: Mapped[bool] = mapped_column(default=False)
    replays: Mapped[int] = mapped_column(default=0)

    weights_by: Mapped[str] = mapped_column(String(4), default="host", server_default="host")
    """Who says how much each criterion counts: the host, or the room before it scores."""
    per_person: Mapped[int | None]
    """How many ideas each person is dealt; empty where everybody scores all (R16)."""
    cut_to: Mapped[int | None]
    """How many ideas a cut-off vote keeps; empty where there is none."""
    expected_people: Mapped[int | None]
    """For the time estimate, before anybody is here."""
    expected_ideas: Mapped[int | None]
    fall_back: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Was it announced that what somebody leaves blank in a later round is taken from the one before (R18)?"""
    balance: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Was it announced that every stakeholder group counts the same (R9)?"""
    n_min: Mapped[int] = mapped_column(default=5)
    top: Mapped[int] = mapped_column(default=10)
    """How many ideas the funding line takes in."""
    k_board: Mapped[int] = mapped_column(default=5)
    k_export: Mapped[int] = mapped_column(default=10)
    announces_ballots: Mapped[bool] = mapped_column(default=False)
    """Did the join page say, before the doors opened, that raw ballots may be handed out?"""

    is_rehearsal: Mapped[bool] = mapped_column(default=False)
    """True as long as anything that a rehearsal made is still here."""
    rehearsal_pass: Mapped[str | None] = mapped_column(String(64))

    revision: Mapped[int] = mapped_column(default=0)
    """The number of the last log entry: whatever is cached for this event is keyed by it."""
    day_revision: Mapped[int] = mapped_column(default=0, server_default="0")
    """The number of the last entry that changed the day itself, not only who came and what was said: pages that many
    phones share are kept by it."""
    log_head: Mapped[str] = mapped_column(String(64), default=GENESIS)

    if TYPE_CHECKING:  # relationships need the mapped class itself; they are declared there
        activities: Mapped[list[Activity]]
        convenors: Mapped[list[Convenor]]
        terms: Mapped[list[Term]]
        criteria: Mapped[list[Criterion]]
        ideas: WriteOnlyMapped[Idea]
        participants: WriteOnlyMapped[Participant]
        ballots: WriteOnlyMapped[Ballot]
        log: WriteOnlyMapped[LogEntry]

    @property
    def is_archived(self) -> bool:
        """Is the thread between people and their answers cut?"""
        return self.key is None

    def refuse_once_archived(self) -> None:
        if self.is_archived:
            raise NotNow(N_("This event is archived: nothing can be changed any more."))

    @property
    def activity(self) -> Activity:
        return self.activities[self.position]

    @property
    def following(self) -> Activity | None:
        return self.activities[self.position + 1] if self.position + 1 < len(self.activities) else None

    @property
    def preceding(self) -> Activity | None:
        return self.activities[self.position - 1] if self.position else None

    @property
    def is_revealed(self) -> bool:
        return self.revealed_at is not None

    @property
    def is_scoring(self) -> bool:
        return self.activity.key == "score"

    @property
    def has_collected(self) -> bool:
        """Is collecting over, whatever stands between the steps?"""
        return "collect" in [activity.key for activity in self.activities[: self.position]]

    @property
    def has_closed_scoring(self) -> bool:
        """Is the day past scoring? Only then are there results, for anybody."""
        return self.has_opened_scoring and "score" in [activity.key for activity in self.activities[: self.position]]

    @property
    def has_opened_scoring(self) -> bool:
        return self.scoring_opened_at is not None

    @property
    def view(self) -> str:
        """What the board shows. A view of results stays empty until they are revealed."""
        if self.is_board_blank:
            return "blank"
        chosen = self.board_view or ACTIVITIES[self.activity.key].board
        if chosen in RESULT_VIEWS and not self.is_revealed:
            return "progress" if self.has_opened_scoring else "lobby"
        return chosen

    @property
    def board_voices(self) -> tuple[str, ...]:
        """The languages that the board speaks at the same time."""
        return (self.board_language, self.board_second) if self.board_second else (self.board_language,)

    def offers(self, deed: str) -> bool:
        return deed in ACTIVITIES[self.activity.key].offers

    def listed(self, name: str) -> list[Term]:
        """The terms of one list ("group", "sector", …) in their order."""
        return [term for term in self.terms if term.list == name]

    def term(self, name: str, key: str | None) -> Term | None:
        return next((term for term in self.listed(name) if term.key == key), None)

    def _turn_board_to(self, view: str | None) -> None:
        """Show this view, or follow the agenda (None): neither blank nor frozen any more."""
        self.board_view, self.is_board_blank, self.is_board_frozen = view, False, False

    def record(self, action: str, *, by: Actor, subject: str = "", **data: Any) -> LogEntry:
        """Write one entry to the log. Every change of an event ends here, once."""
        self.revision += 1
        if not action.startswith(COMINGS):
            self.day_revision = self.revision
        entry = LogEntry(
            event_id=self.id,
            number=self.revision,
            at=now(),
            role=by.role,
            label=by.label,
            channel=by.channel,
            action=action,
            subject=subject,
            data=data,
        )
        self.log_head = entry.hash = entry.chained_to(self.log_head)
        self.database.add(entry)
        self.database.info.setdefault("recorded", []).append((self.id, self.code, action))
        return entry

    def reworded(self, before: Texts | None, after: Texts | None) -> Texts:
        """A text in new words: what it says in languages that the event does not speak now is kept for later."""
        return {tag: words for tag, words in (before or {}).items() if tag not in self.languages} | (after or {})

    @property
    def database(self) -> Session:
        session = object_session(self)
        assert session is not None, "an event acts only while it is in the database"
        return session
