"""The log as a facilitator reads it: when, who, what, in a sentence."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext
from sqlalchemy import ScalarResult

from facilitate.errors import N_
from facilitate.extensions import db
from facilitate.models import Event, LogEntry
from facilitate.models.log import GENESIS
from facilitate.queries.ballots import REASONS

PER_PAGE = 50

SENTENCES = {
    "event.made": N_("made the event"),
    "event.copied": N_("made the event as a copy of an earlier one"),
    "event.kept": N_("changed until when answers are kept"),
    "event.archived": N_("archived the event: nothing ties answers to people any more"),
    "event.doomed": N_("had everything of the event deleted within ten minutes"),
    "event.spared": N_("kept the event after all"),
    "event.described": N_("changed the basics of the event"),
    "event.speaks": N_("changed the languages of the event"),
    "convenor.added": N_("added a convenor"),
    "convenor.removed": N_("took a convenor off"),
    "list.changed": N_("changed a list of words"),
    "agenda.changed": N_("changed a step of the agenda"),
    "agenda.added": N_("put a step into the agenda"),
    "agenda.moved": N_("moved a step of the agenda"),
    "agenda.removed": N_("took a step out of the agenda"),
    "notice.changed": N_("changed what people are told before they join"),
    "door.opened": N_("opened the doors"),
    "door.locked": N_("locked the door"),
    "day.closed": N_("closed the day"),
    "admission.changed": N_("changed who may join"),
    "tickets.made": N_("made tickets"),
    "tickets.withdrawn": N_("withdrew the unused tickets"),
    "activity.opened": N_("opened an activity"),
    "activity.reopened": N_("went back to an activity"),
    "criterion.added": N_("added a criterion"),
    "criterion.changed": N_("changed a criterion"),
    "criterion.moved": N_("moved a criterion"),
    "criterion.retired": N_("took a criterion off the ballot"),
    "weights.by": N_("changed who sets the weights"),
    "weights.set": N_("set the weights"),
    "weights.kept": N_("kept the host’s weights: too few people gave points"),
    "design.expected": N_("changed how many people and ideas are expected"),
    "design.limited": N_("changed how many ideas each person scores"),
    "design.ruled": N_("changed the rules of the count"),
    "points.given": N_("gave points to the criteria"),
    "approvals.given": N_("ticked ideas to keep"),
    "vote.closed": N_("closed the cut-off vote (people: %(people)s, ideas kept: %(kept)s, left out: %(cut)s)"),
    "vote.void": N_("closed the cut-off vote; too few people took part, so every idea stays"),
    "vote.reopened": N_("reopened the cut-off vote; every idea is back"),
    "ballot.frozen": N_("froze the ballot as version %(number)s"),
    "scoring.anew": N_("began scoring anew, in round %(round)s; answers given before do not count any more"),
    "scoring.opened": N_("opened scoring; criteria and weights are frozen"),
    "scoring.closed": N_("closed scoring"),
    "scoring.reopened": N_("reopened scoring; results are hidden again"),
    "scoring.again": N_("opened another round for the marked ideas; results are hidden again"),
    "scoring.again_left": N_("went back to the results before this round"),
    "results.revealed": N_("revealed the results"),
    "results.hidden": N_("hid the results again"),
    "results.seen": N_("looked at the results before the reveal"),
    "groups.compared": N_("compared the groups"),
    "scenario.kept": N_("kept a scenario with other weights"),
    "ballot.excluded": N_("set a ballot apart"),
    "ballot.transcribed": N_("typed in a ballot"),
    "ballot.file": N_("took in ballots from a file"),
    "ballot.put_back": N_("put a ballot back"),
    "reveal.replayed": N_("replayed the reveal"),
    "phones.called": N_("brought everyone to the open activity"),
    "participant.joined": N_("joined"),
    "idea.submitted": N_("sent an idea"),
    "idea.shown": N_("put an idea on the wall"),
    "idea.hidden": N_("set an idea aside"),
    "idea.put_back": N_("put an idea back among those to check"),
    "idea.relabelled": N_("changed a short label"),
    "idea.merged": N_("merged an idea into another one"),
    "idea.split": N_("split a merged idea again"),
    "idea.reworded": N_("changed the words of an idea"),
    "idea.withdrawn": N_("took back an idea"),
    "idea.marked": N_("marked an idea for discussion"),
    "idea.unmarked": N_("took the mark for discussion off an idea"),
    "idea.shortlisted": N_("put an idea on the shortlist"),
    "idea.unlisted": N_("took an idea off the shortlist"),
    "moderation.changed": N_("changed how ideas reach the wall"),
    "board.shows": N_("changed what the board shows"),
    "board.blanked": N_("blanked the board"),
    "board.unblanked": N_("unblanked the board"),
    "board.frozen": N_("froze the board"),
    "board.thawed": N_("let the board follow the room again"),
    "board.qr": N_("changed the size of the QR code"),
    "board.language": N_("changed the language of the board"),
    "timer.started": N_("started the timer"),
    "timer.stretched": N_("changed the timer"),
    "timer.stopped": N_("stopped the timer"),
    "timer.paused": N_("paused the timer"),
    "timer.resumed": N_("let the timer go on"),
    "timer.closes": N_("let the timer close the activity at zero"),
    "timer.reminds": N_("let the timer only remind"),
    "timer.struck": N_("closed an activity when the timer reached zero"),
    "link.made": N_("made a link"),
    "link.revoked": N_("revoked a link"),
    "export.made": N_("exported files"),
    "call.prepared": N_("wrote what the call says of an idea"),
    "rehearsal.began": N_("began a rehearsal"),
    "rehearsal.cleared": N_("cleared the rehearsal"),
}

FROM_THE_ROOM = N_("set the weights to the means of the room’s points (people: %(people)s)")

ROLES = {
    "host": N_("Host"),
    "cohost": N_("Co-host"),
    "moderator": N_("Moderator"),
    "scribe": N_("Scribe"),
    "observer": N_("Observer"),
    "participant": N_("Participant"),
    "system": N_("The server"),
    "operator": N_("The operator of the server"),
}


SOMEBODY = N_("Somebody")


@dataclass(frozen=True)
class Entry:
    when: datetime
    who: str
    sentence: str
    detail: str
    closing_hash: str
    """As it was taken with this entry, to compare with the one in the minutes."""


@dataclass(frozen=True)
class LogPage:
    entries: tuple[Entry, ...]
    page: int
    pages: int


def log_page(event: Event, page: int) -> LogPage:
    """One page of the log, the newest entry first, in the event's own time."""
    pages = max(1, -(-event.revision // PER_PAGE))
    page = min(max(1, page), pages)
    query = event.log.select().order_by(LogEntry.number.desc()).limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    zone = ZoneInfo(event.time_zone)
    return LogPage(tuple(_entry(entry, zone) for entry in db.session.scalars(query)), page, pages)


@dataclass(frozen=True)
class Break:
    """Where the chain breaks first."""

    number: int
    action: str
    """Of the entry that stands there; empty where none does."""


def break_of(event: Event) -> Break | None:
    """The first log entry that is not what was written, or that is missing; None while the chain holds."""
    previous, expected = GENESIS, 1
    with closing(entries(event)) as chain:
        for entry in chain:
            if entry.number != expected or entry.hash != entry.chained_to(previous):
                return Break(expected, entry.action if entry.number == expected else "")
            previous, expected = entry.hash, expected + 1
    return None if (previous, expected - 1) == (event.log_head, event.revision) else Break(expected, "")


def entries(event: Event) -> ScalarResult[LogEntry]:
    """The whole log from its beginning, a few hundred entries at a time."""
    return db.session.scalars(event.log.select().order_by(LogEntry.number).execution_options(yield_per=500))


def broken_at(event: Event) -> int | None:
    """The number of that entry alone."""
    found = break_of(event)
    return found.number if found else None


def entry_of(event: Event, entry: LogEntry) -> Entry:
    return _entry(entry, ZoneInfo(event.time_zone))


def _entry(entry: LogEntry, zone: ZoneInfo) -> Entry:
    who = gettext(ROLES.get(entry.role, SOMEBODY))
    if entry.label:
        who = f"{who} ({entry.label})"
    detail = ", ".join(_word(entry.action, entry.data[key]) for key in DETAILS if entry.data.get(key) not in ("", None))
    return Entry(entry.at.astimezone(zone), who, _sentence(entry), detail, str(entry.data.get("closing_hash", "")))


def _sentence(entry: LogEntry) -> str:
    said = FROM_THE_ROOM if entry.data.get("who") == "room" else SENTENCES.get(entry.action, entry.action)
    return str(gettext(said, **entry.data) if "%(" in said else gettext(said))


def _word(action: str, value: object) -> str:
    """A value of an entry as a host reads it."""
    if isinstance(value, dict):
        return " · ".join(f"{key} {one}" for key, one in value.items())
    return gettext(WORDS[action][str(value)]) if str(value) in WORDS.get(action, {}) else str(value)


DETAILS = (
    *("activity", "view", "minutes", "reason", "role", "before", "after", "heads", "count", "files", "language"),
    *("second", "name"),
)
WORDS = {
    "admission.changed": {
        "open": N_("anybody with the code"),
        "counted": N_("as many as are in the room"),
        "tickets": N_("whoever has a ticket"),
    },
    "ballot.excluded": REASONS,
    "weights.by": {"host": N_("the host"), "room": N_("the room")},
}
