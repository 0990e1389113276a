"""An idea: a gap, an issue or an opportunity that somebody in the room named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, String, and_, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from facilitate.errors import N_, Invalid, MovedOn, NotNow
from facilitate.models.base import Base, public_id
from facilitate.models.evidence import Evidence
from facilitate.models.log import Actor
from facilitate.models.organization import Organization
from facilitate.models.people import CHANNELS
from facilitate.models.term import Term
from facilitate.text import isolated, length

if TYPE_CHECKING:
    from facilitate.models.event import Event

STATES = ("waiting", "shown", "hidden", "merged", "withdrawn")
LABEL_LENGTH = 24
SAID = ("title", "kind", "sector", "details", "organization", "language")
"""What the author of an idea may say anew."""
OVERTAKEN = {
    "waiting": N_("Somebody else was faster: “%(title)s” waits to be checked again."),
    "shown": N_("Somebody else was faster: “%(title)s” is on the wall."),
    "hidden": N_("Somebody else was faster: “%(title)s” is set aside."),
    "merged": N_("Somebody else was faster: “%(title)s” is merged into another idea."),
    "withdrawn": N_("Its author has just taken “%(title)s” back."),
}
"""What a host is told whose press came second."""


class Idea(Base):
    __tablename__ = "idea"
    __table_args__ = (
        CheckConstraint(f"state in {STATES}", name="state"),
        CheckConstraint(f"channel in {CHANNELS}", name="channel"),
        CheckConstraint("(state = 'merged') = (merged_into_id is not null)", name="merged"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    author: Mapped[str | None] = mapped_column(String(64), index=True)
    """HMAC(event key, participant): serves the author alone, and ends with the key."""
    title: Mapped[str] = mapped_column(String(320))
    label: Mapped[str] = mapped_column(String(96))
    details: Mapped[str] = mapped_column(String(2400), default="")
    language: Mapped[str] = mapped_column(String(12), default="")
    channel: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(10))
    is_late: Mapped[bool] = mapped_column(default=False)
    """Shown after scoring opened."""
    round: Mapped[int] = mapped_column(default=1, server_default="1")
    """The round whose answers count for it (R18)."""
    is_shortlisted: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Does it go into the call for proposals?"""
    is_marked: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Marked to be talked about and scored again."""
    is_cut: Mapped[bool] = mapped_column(default=False, server_default=false())
    """On the wall, but not on the ballot: the cut-off vote kept others."""
    note: Mapped[str] = mapped_column(String(400), default="")
    kind_id: Mapped[int] = mapped_column(ForeignKey("term.id"))
    sector_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    community_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    reason_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id", ondelete="SET NULL"))
    """The organization that the idea itself names as its own; never its author's."""
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("idea.id", ondelete="SET NULL"), index=True)

    event: Mapped[Event] = relationship(back_populates="ideas")
    kind: Mapped[Term] = relationship(foreign_keys=[kind_id], lazy="joined")
    sector: Mapped[Term | None] = relationship(foreign_keys=[sector_id], lazy="joined")
    community: Mapped[Term | None] = relationship(foreign_keys=[community_id], lazy="joined")
    reason: Mapped[Term | None] = relationship(foreign_keys=[reason_id], lazy="joined")
    organization: Mapped[Organization | None] = relationship(lazy="joined")
    evidence: Mapped[list[Evidence]] = relationship(order_by=Evidence.id, lazy="selectin", cascade="all, delete-orphan")
    merged_into: Mapped[Idea | None] = relationship(remote_side=[id], foreign_keys=[merged_into_id])

    @property
    def is_shown(self) -> bool:
        return self.state == "shown"

    def show(self, *, by: Actor) -> None:
        """Put the idea on the wall. Shown after scoring opened, it is marked as added late."""
        if self.is_shown:
            return
        if self.state == "withdrawn":
            raise NotNow(N_("Its author has taken this idea back."))
        if self.state == "merged":
            raise NotNow(N_("This idea is part of another one. Split them first."))
        before = self._now_in("shown")
        self.reason, self.note = None, ""
        if self.event.has_opened_scoring:
            self.is_late = True
            self.event.take_in(self)
        self.event.record("idea.shown", by=by, subject=self.public_id, before=before)

    def hide(self, reason: Term | None, note: str, *, by: Actor) -> None:
        """Take the idea off the wall; its author sees the reason, nobody else does."""
        if reason is None and not note:
            raise Invalid(N_("Please choose a reason, so that its author knows why."))
        if self.state in ("withdrawn", "merged"):
            raise NotNow(N_("This idea is not on the wall."))
        before = self._now_in("hidden")
        self.reason, self.note = reason, note
        self.event.record(
            "idea.hidden", by=by, subject=self.public_id, before=before, reason=reason.key if reason else "other"
        )

    def put_back(self, *, by: Actor) -> None:
        """Back among those to check: showing it, or setting it aside, was a slip."""
        if self.state == "waiting":
            return
        if self.state not in ("shown", "hidden"):
            raise NotNow(N_("This idea is not on the wall."))
        before = self._now_in("waiting")
        self.reason, self.note, self.is_late = None, "", False
        self.event.record("idea.put_back", by=by, subject=self.public_id, before=before)

    def refuse_if_overtaken(self, seen: str, wanted: str) -> None:
        """Another host has done something else to it than what this one saw and wants."""
        if seen and self.state not in (seen, wanted):
            raise MovedOn(OVERTAKEN[self.state], title=isolated(self.title))

    def relabel(self, label: str, *, by: Actor) -> None:
        """Give the idea another short label for the board."""
        if not label:
            raise Invalid(N_("A label needs at least one letter."))
        if label == self.label:
            return
        before, self.label = self.label, label
        self.event.record("idea.relabelled", by=by, subject=self.public_id, before=before, after=label)

    def reword(self, evidence: list[Evidence], *, by: Actor, **said: Any) -> None:
        """The author says it in other words, as long as nobody could score it: any of `SAID`, and what shows it.

        Where the host looks first, the new words wait for another look; so do those of an idea that was set aside.
        """
        self.event.refuse_once_scoring_opened()
        if self.state in ("withdrawn", "merged"):
            raise NotNow(N_("This idea is part of another one or was taken back, so its words stay."))
        changed = [name for name in SAID if name in said and said[name] != getattr(self, name)]
        if [one.said for one in evidence] != [one.said for one in self.evidence]:
            changed.append("evidence")
            self.evidence = evidence
        if not changed:
            return
        told: dict[str, Any] = {"fields": changed}
        if self.label == proposed_label(self.title) and "title" in changed:
            self.label = told["label"] = proposed_label(said["title"])
        for name in said:
            setattr(self, name, said[name])
        is_looked_at = self.event.moderation == "approve-first" or self.state == "hidden"
        before = self._now_in("waiting") if is_looked_at else self.state
        self.reason, self.note = None, ""
        self.event.record("idea.reworded", by=by, subject=self.public_id, before=before, after=self.state, **told)

    def merge_into(self, other: Idea, *, by: Actor) -> None:
        """Count this idea as part of another one. Nothing of it is lost, and it can be split again."""
        if other is self or other.merged_into is self:
            raise Invalid(N_("An idea cannot be merged into itself."))
        if other.event_id != self.event_id or other.state != "shown":
            raise NotNow(N_("Only an idea on the wall can take in another one."))
        if self.merged_into is other:
            return
        if other.is_cut and not self.is_cut:
            raise NotNow(N_("That idea is not on the ballot, and this one is. Merge it the other way round."))
        self.event.refuse_while_scoring()
        self.event.database.flush()  # one that was only just sent has its number from here on
        children = self.event.merged_into(self)
        for child in children:
            child.merged_into = other
        before = self._now_in("merged")
        self.merged_into = other
        told = {"before": before, "into": other.public_id, "children": [child.public_id for child in children]}
        self.event.record("idea.merged", by=by, subject=self.public_id, **told)

    def split(self, *, by: Actor) -> None:
        """Undo a merge: the idea stands on the wall by itself again."""
        if self.state != "merged":
            return
        self.event.refuse_while_scoring()
        into = self.merged_into.public_id if self.merged_into else ""
        self.merged_into = None
        self._now_in("shown")
        if self.event.has_opened_scoring:
            self.event.take_in(self)
        self.event.record("idea.split", by=by, subject=self.public_id, out_of=into)

    def mark(self, *, by: Actor) -> None:
        """Mark the idea to be talked about, and perhaps scored again."""
        self._refuse_without_result()
        if not self.is_marked:
            self.is_marked = True
            self.event.record("idea.marked", by=by, subject=self.public_id)

    def unmark(self, *, by: Actor) -> None:
        self._refuse_without_result()
        if self.is_marked:
            self.is_marked = False
            self.event.record("idea.unmarked", by=by, subject=self.public_id)

    def shortlist(self, *, by: Actor) -> None:
        """Take the idea towards the call for proposals."""
        self._refuse_without_result()
        if not self.is_shortlisted:
            self.is_shortlisted = True
            self.event.record("idea.shortlisted", by=by, subject=self.public_id)

    def unlist(self, *, by: Actor) -> None:
        self._refuse_without_result()
        if self.is_shortlisted:
            self.is_shortlisted = False
            self.event.record("idea.unlisted", by=by, subject=self.public_id)

    def _refuse_without_result(self) -> None:
        self.event.refuse_before_results()
        if not self.is_shown:
            raise NotNow(N_("This idea is not on the wall."))

    def withdraw(self, *, by: Actor) -> None:
        """The author takes the idea back, as long as nobody could score it."""
        if self.state == "withdrawn":
            return
        self.event.refuse_once_scoring_opened()
        self.merged_into = None
        before = self._now_in("withdrawn")
        self.event.record("idea.withdrawn", by=by, subject=self.public_id, before=before)

    def _now_in(self, state: str) -> str:
        before, self.state = self.state, state
        return before


def on_ballot(event_id: int, round_: int) -> ColumnElement[bool]:
    """Which ideas are scored in this round."""
    return and_(Idea.event_id == event_id, Idea.state == "shown", ~Idea.is_cut, Idea.round == round_)


def proposed_label(title: str) -> str:
    """A short label for the board: the title where it fits, else as many whole words of it as do, and "…"."""
    if length(title) <= LABEL_LENGTH:
        return title
    label = ""
    for word in title.split():
        longer = f"{label} {word}".strip()
        if length(longer) >= LABEL_LENGTH:
            break
        label = longer
    return f"{label or title[: LABEL_LENGTH - 1]}…"
