"""A file of paper ballots, read against the event: what it would store, or everything that is wrong with it.

Columns `ballot,idea,criterion,score`, and where wanted `group,community`; `idea` is the number on the printed ballot or
the idea's id. Excel's semicolons and tabs are understood; a formula guard of ours is undone.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from flask_babel import gettext

from facilitate.errors import N_
from facilitate.models import Event, Term
from facilitate.models.casting import DONT_KNOW
from facilitate.queries.transcripts import DONT_KNOW_KEY, columns, printed_order
from facilitate.scoring.errors import BadInput
from facilitate.scoring.tables import Columns, Row, parse_table

COLUMNS = Columns(("ballot", "idea", "criterion", "score"), ("group", "community"))
LARGEST = 400_000
"""Bytes of a file: a hundred ballots of a hundred answers."""
MOST_PROBLEMS = 20
"""Said at a time; who mends these sees the next."""
NUMBER_LENGTH = 20

SENTENCES = {
    "idea": N_("Line %(line)s: there is no idea “%(value)s” on the ballot."),
    "criterion": N_("Line %(line)s: there is no criterion “%(value)s”."),
    "score": N_("Line %(line)s: “%(value)s” is not an answer to this criterion."),
    "group": N_("Line %(line)s: there is no group “%(value)s”."),
    "community": N_("Line %(line)s: there is no community “%(value)s”."),
    "twice": N_("Line %(line)s: this answer was given before, on line %(value)s."),
    "number": N_("Line %(line)s: the ballot’s number is missing or too long: “%(value)s”."),
    "apart": N_("Line %(line)s: ballot %(value)s has another group or community further up."),
}


@dataclass
class PaperBallot:
    """One ballot of the file, as it would be stored."""

    number: str
    group: Term | None
    community: Term | None
    answers: dict[tuple[str, str], str] = field(default_factory=dict)
    """Idea and criterion to the level, or "dont_know"."""


@dataclass
class BallotFile:
    ballots: dict[str, PaperBallot] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    @property
    def answers(self) -> int:
        return sum(len(ballot.answers) for ballot in self.ballots.values())

    @property
    def more(self) -> int:
        """Problems beyond those that are said."""
        return max(0, len(self.problems) - MOST_PROBLEMS)


def decoded(raw: bytes) -> str | None:
    """The text of a file; None where it is none of UTF-8."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def read_ballots(event: Event, text: str) -> BallotFile:
    """What the file says; nothing of it is stored."""
    try:
        rows, _ = parse_table(text, "", COLUMNS, _separator(text))
    except BadInput as error:
        return BallotFile(problems=[_form(error)])
    return _Reader(event).read(rows)


def _separator(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _form(error: BadInput) -> str:
    """What is wrong with the file as a file."""
    if error.problem == "a column is missing":
        return str(gettext("The column “%(name)s” is missing.", name=error.value))
    if error.problem == "an unknown column":
        return str(gettext("The column “%(name)s” is unknown.", name=str(error.value)[:40]))
    if error.problem == "a column appears twice":
        return str(gettext("The column “%(name)s” is there twice.", name=error.value))
    return str(gettext("Line %(line)s cannot be read as a line of a CSV file.", line=error.line or 1))


class _Reader:
    """Reads line after line, and remembers what it saw where."""

    def __init__(self, event: Event) -> None:
        ideas = printed_order(event)
        self.ideas = {str(number): idea.public_id for number, idea in enumerate(ideas, 1)}
        self.ideas |= {idea.public_id: idea.public_id for idea in ideas}
        self.keys = {column.code: column.keys for column in columns(event)}
        self.terms = {
            name: {word.casefold(): term for term in event.listed(name) for word in (term.key, *term.label.values())}
            for name in ("group", "community")
        }
        self.seen: dict[tuple[str, str, str], int] = {}
        self.found = BallotFile()

    def read(self, rows: list[Row]) -> BallotFile:
        for row in rows:
            self._take(row)
        if not rows:
            self.found.problems.append(str(gettext("There is no ballot in this file.")))
        return self.found

    def _take(self, row: Row) -> None:
        number, idea = row["ballot"], self.ideas.get(row["idea"])
        if not 0 < len(number) <= NUMBER_LENGTH:
            return self._complain("number", row, number)
        if idea is None:
            return self._complain("idea", row, row["idea"])
        if row["criterion"] not in self.keys:
            return self._complain("criterion", row, row["criterion"])
        for name in ("group", "community"):
            if row[name] and row[name].casefold() not in self.terms[name]:
                return self._complain(name, row, row[name])
        ballot = self.found.ballots.setdefault(number, self._ballot(row))
        if (ballot.group, ballot.community) != (self._term("group", row), self._term("community", row)):
            return self._complain("apart", row, number)
        return self._answer(row, ballot, idea)

    def _answer(self, row: Row, ballot: PaperBallot, idea: str) -> None:
        place, typed = (ballot.number, idea, row["criterion"]), row["score"]
        if place in self.seen:
            return self._complain("twice", row, str(self.seen[place]))
        self.seen[place] = row.line
        value = DONT_KNOW_KEY if typed == DONT_KNOW else typed
        if value and value not in self.keys[row["criterion"]]:
            return self._complain("score", row, typed)
        if value:
            ballot.answers[idea, row["criterion"]] = DONT_KNOW if value == DONT_KNOW_KEY else value
        return None

    def _ballot(self, row: Row) -> PaperBallot:
        return PaperBallot(row["ballot"], self._term("group", row), self._term("community", row))

    def _term(self, name: str, row: Row) -> Term | None:
        return self.terms[name].get(row[name].casefold()) if row[name] else None

    def _complain(self, what: str, row: Row, value: str) -> None:
        self.found.problems.append(str(gettext(SENTENCES[what], line=row.line, value=value[:60])))
