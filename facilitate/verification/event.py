"""An event in the database against its closing hash and its log.

The log is a chain, so what it says of ideas can be played again: which are on the wall, which went into which. All
else that the ranking is made of is in the closing hash. Whoever rewrites log, hash and rows together is found out by
the hash that was printed: on the board, in every export, in the minutes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select

from facilitate.extensions import db
from facilitate.models import Ballot, Event, Idea, LogEntry
from facilitate.models.closing import SECOND, still_holds
from facilitate.queries.log import break_of, entries
from facilitate.verification.report import Report

STATES = {
    "idea.shown": "shown",
    "idea.hidden": "hidden",
    "idea.put_back": "waiting",
    "idea.split": "shown",
    "idea.withdrawn": "withdrawn",
}
"""What an idea is after an entry about it."""

Standing = tuple[str, str]
"""State of an idea, and the public id of the one it went into."""


def verify_event(event: Event) -> Report:
    """Everything that an event's rows can be held against."""
    report = Report()
    _chain(event, report)
    _room(event, report)
    if event.has_closed_scoring and not event.is_scoring:
        _closing(event, report)
    else:
        report.unchecked.append("scores: there is no closing hash while scoring is open, or before it was")
    return report


def _chain(event: Event, report: Report) -> None:
    found = break_of(event)
    if found is None:
        report.checked.append(f"log: {event.revision} entries, each chained to the one before")
    elif found.action:
        report.differences.append(f"log entry {found.number} ({found.action}): not what was written")
    else:
        report.differences.append(f"log entry {found.number}: missing, or the log does not end where it did")


def _closing(event: Event, report: Report) -> None:
    logged = _last_logged_hash(event)
    if not event.closing_hash or logged != event.closing_hash:
        report.differences.append(f"closing hash: {event.closing_hash or 'none'}, but the log says {logged or 'none'}")
    elif not still_holds(db.session(), event):
        report.differences.append(
            "score table: answers, ballots, criteria, ideas or settings are not what they were when scoring closed"
        )
    else:
        report.checked.append(f"closing hash: {event.closing_hash}")
        if not event.closing_hash.startswith(SECOND):
            report.unchecked.append(
                "weights and words: this closing hash is of an older version and covers scores alone"
            )


def _last_logged_hash(event: Event) -> str:
    """The closing hash in the last entry that took one."""
    taken = event.log.select().where(LogEntry.action.in_(("scoring.closed", "ballot.excluded", "ballot.put_back")))
    last = db.session.scalar(taken.order_by(LogEntry.number.desc()).limit(1))
    return str(last.data.get("closing_hash", "")) if last else ""


class Told:
    """The room as the log tells it, entry by entry."""

    def __init__(self) -> None:
        self.ideas: dict[str, Standing] = {}
        self.labels: dict[str, str] = {}
        self.rehearsed: set[str] = set()
        self.people: Counter[str] = Counter()

    def listen(self, entry: LogEntry) -> None:
        idea, data = entry.subject, entry.data
        if entry.action in ("participant.joined", "ballot.transcribed"):
            self.people[entry.channel] += 1
        elif entry.action == "rehearsal.cleared":
            self._clear()
        elif entry.action == "idea.submitted":
            self.ideas[idea] = (str(data.get("state", "")), "")
            if entry.channel == "rehearsal":
                self.rehearsed.add(idea)
        elif entry.action == "idea.relabelled":
            self.labels[idea] = str(data.get("after", ""))
        elif entry.action == "idea.reworded":
            self._reworded(idea, data)
        elif entry.action == "idea.merged":
            into = str(data.get("into", ""))
            self.ideas |= {child: ("merged", into) for child, (_, home) in self.ideas.items() if home == idea}
            self.ideas[idea] = ("merged", into)
        elif entry.action in STATES:
            self.ideas[idea] = (STATES[entry.action], "")

    def _reworded(self, idea: str, data: dict[str, Any]) -> None:
        """Its author said it anew: it may wait for another look, and a label that was made of its title follows it."""
        if "after" in data:
            self.ideas[idea] = (str(data["after"]), "")
        if "label" in data:
            self.labels[idea] = str(data["label"])

    def _clear(self) -> None:
        """What a simulated room made is gone, and what was merged into it stands by itself again."""
        self.people["rehearsal"] = 0
        kept = {idea: standing for idea, standing in self.ideas.items() if idea not in self.rehearsed}
        self.ideas = {
            idea: ("shown", "") if into in self.rehearsed else (was, into) for idea, (was, into) in kept.items()
        }
        self.rehearsed.clear()


def _room(event: Event, report: Report) -> None:
    """Ideas and the number of ballots, as the log tells them."""
    told = Told()
    for entry in entries(event):
        told.listen(entry)
    before = len(report.differences)
    report.differences += [*_other_ideas(event, told), *_other_people(event, told)]
    if len(report.differences) == before:
        report.checked.append(f"{len(told.ideas)} ideas and {told.people.total()} ballots, as the log tells them")


def _other_ideas(event: Event, told: Told) -> Iterator[str]:
    found = list(
        db.session.execute(
            select(Idea.id, Idea.public_id, Idea.state, Idea.merged_into_id, Idea.label).where(
                Idea.event_id == event.id
            )
        )
    )
    names = {own: public for own, public, *_ in found}
    there = {public: (state, names.get(into or 0, "")) for _, public, state, into, _ in found}
    for idea in sorted(told.ideas.keys() | there.keys()):
        known, now = told.ideas.get(idea), there.get(idea)
        if known != now:
            yield f"idea {idea}: {_said(now)}, but the log says {_said(known)}"
    for _, public, _, _, label in found:
        if told.labels.get(public, label) != label:
            yield f"idea {public}: its short label is not the one that the log names"


def _said(standing: Standing | None) -> str:
    if standing is None:
        return "not there"
    state, into = standing
    return f"{state} into {into}" if into else state


def _other_people(event: Event, told: Told) -> Iterator[str]:
    ballots = db.session.scalar(select(func.count()).select_from(Ballot).where(Ballot.event_id == event.id)) or 0
    if ballots != told.people.total():
        yield f"ballots: {ballots}, but the log says that {told.people.total()} people joined"
