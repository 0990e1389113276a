"""Elections in the Pabulib format, `.pb`, in and out (R19).

Format: Faliszewski et al., Participatory Budgeting: Data, Tools, and Analysis, IJCAI 2023; pabulib.org/format.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from facilitate.scoring.errors import BadInput
from facilitate.scoring.rounding import exact
from facilitate.scoring.tables import read_text

SECTIONS = ("META", "PROJECTS", "VOTES")
APPROVALS = frozenset({"approval", "choose-1"})
POINTS = frozenset({"cumulative", "scoring"})
VOTE_TYPES = (*sorted(APPROVALS), *sorted(POINTS), "ordinal")


@dataclass(frozen=True)
class Project:
    """What could be funded; `cells` are its columns as in the file."""

    id: str
    cost: Fraction
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Vote:
    """One ballot: projects in the voter's order, and the points given where there are any."""

    voter: str
    choices: tuple[str, ...]
    points: tuple[Fraction, ...]
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Election:
    """A whole .pb file, in file order."""

    meta: Mapping[str, str]
    projects: tuple[Project, ...]
    votes: tuple[Vote, ...]
    budget: Fraction
    vote_type: str
    max_length: int

    @property
    def selected(self) -> tuple[str, ...]:
        """The official winners, where the file names them."""
        return tuple(project.id for project in self.projects if project.cells.get("selected") == "1")


@dataclass(frozen=True)
class _Line:
    file: str
    number: int
    cells: Mapping[str, str]

    def refuse(self, problem: str, value: object = None) -> BadInput:
        return BadInput(problem, file=self.file, line=self.number, value=value)

    def needed(self, column: str) -> str:
        if not self.cells.get(column, ""):
            raise self.refuse(f"{column} is missing", "")
        return self.cells[column]

    def amount(self, column: str) -> Fraction:
        """A number that is not negative."""
        text = self.needed(column)
        try:
            value = exact(text)
        except BadInput as error:
            raise self.refuse(f"{column} is no number", text) from error
        if value < 0:
            raise self.refuse(f"{column} is negative", text)
        return value

    def items(self, column: str) -> list[str]:
        text = self.cells.get(column, "")
        return [item.strip() for item in text.split(",")] if text else []


def read_election(path: Path) -> Election:
    """Read a .pb file. Raises BadInput with file, line and value for whatever cannot be counted."""
    sections = dict(_sections(path))
    for name in SECTIONS:
        if name not in sections:
            raise BadInput("a section is missing", file=path.name, line=1, value=name)
    meta = {line.cells["key"]: line for line in sections["META"]}
    values = {key: line.cells.get("value", "") for key, line in meta.items()}
    for name in ("budget", "vote_type"):
        if name not in meta:
            raise BadInput("missing in META", file=path.name, line=1, value=name)
    if values["vote_type"] not in VOTE_TYPES:
        raise meta["vote_type"].refuse("an unknown vote_type", values["vote_type"])
    projects = _projects(sections["PROJECTS"])
    votes = _votes(sections["VOTES"], frozenset(project.id for project in projects), values["vote_type"])
    return Election(
        values,
        projects,
        votes,
        Fraction(_value(meta["budget"])),
        values["vote_type"],
        _max_length(meta.get("max_length"), votes),
    )


def _value(line: _Line) -> Fraction:
    return line.amount("value")


def _max_length(line: _Line | None, votes: Sequence[Vote]) -> int:
    """How many projects an ordinal ballot could rank; where the file does not say, how many the longest one did."""
    longest = max((len(vote.choices) for vote in votes), default=0)
    if line is None:
        return longest
    value = _value(line)
    if value.denominator != 1 or value < longest:
        raise line.refuse(f"max_length is a whole number, and the longest ballot has {longest}", value)
    return int(value)


def _sections(path: Path) -> Iterator[tuple[str, list[_Line]]]:
    lines = csv.reader(io.StringIO(read_text(path), newline=""), delimiter=";")
    name, header, found = "", None, list[_Line]()
    try:
        for cells in lines:
            if len(cells) == 1 and cells[0].strip() in SECTIONS:
                if name:
                    yield name, found
                name, header, found = cells[0].strip(), None, []
            elif any(cell.strip() for cell in cells):
                at = _Line(path.name, lines.line_num, {})
                if not name:
                    raise at.refuse("a .pb file begins with META", cells[0])
                if header is None:
                    header = _header(at, name, cells)
                else:
                    found.append(_filled(at, header, cells))
    except csv.Error as error:
        raise BadInput(f"not a .pb file ({error})", file=path.name, line=lines.line_num) from error
    yield name, found


NEEDED = {"META": ("key", "value"), "PROJECTS": ("project_id", "cost"), "VOTES": ("voter_id", "vote")}


def _header(at: _Line, section: str, cells: Sequence[str]) -> list[str]:
    header = [cell.strip() for cell in cells]
    for name in NEEDED[section]:
        if name not in header:
            raise at.refuse(f"{section} has no column {name}", ";".join(cells))
    return header


def _filled(at: _Line, header: Sequence[str], cells: Sequence[str]) -> _Line:
    if len(cells) > len(header):
        raise at.refuse(f"{len(cells)} cells instead of {len(header)}", ";".join(cells))
    padded = [*cells, *[""] * (len(header) - len(cells))]
    return _Line(at.file, at.number, {name: cell.strip() for name, cell in zip(header, padded, strict=True)})


def _projects(lines: Sequence[_Line]) -> tuple[Project, ...]:
    found: dict[str, Project] = {}
    for line in lines:
        name = line.needed("project_id")
        if name in found:
            raise line.refuse("a project appears twice", name)
        found[name] = Project(name, line.amount("cost"), line.cells)
    return tuple(found.values())


def _votes(lines: Sequence[_Line], projects: frozenset[str], vote_type: str) -> tuple[Vote, ...]:
    found: dict[str, Vote] = {}
    for line in lines:
        voter = line.needed("voter_id")
        if voter in found:
            raise line.refuse("a voter appears twice", voter)
        found[voter] = _vote(line, voter, projects, vote_type)
    return tuple(found.values())


def _vote(line: _Line, voter: str, projects: frozenset[str], vote_type: str) -> Vote:
    choices = line.items("vote")
    for choice, times in Counter(choices).items():
        if choice not in projects:
            raise line.refuse("a vote for a project that does not exist", choice)
        if times > 1:
            raise line.refuse("a ballot names a project twice", choice)
    if vote_type == "choose-1" and len(choices) > 1:
        raise line.refuse("a choose-1 ballot with several projects", ",".join(choices))
    return Vote(voter, tuple(choices), _points(line, len(choices)) if vote_type in POINTS else (), line.cells)


def _points(line: _Line, wanted: int) -> tuple[Fraction, ...]:
    texts = line.items("points")
    if len(texts) != wanted:
        raise line.refuse(f"{len(texts)} points for {wanted} projects", ",".join(texts))
    try:
        return tuple(exact(text) for text in texts)
    except BadInput as error:
        raise line.refuse("points are no numbers", ",".join(texts)) from error


def election_text(election: Election) -> str:
    """The election as a .pb file; what `read_election` read comes out with the same columns and values."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(["META"])
    writer.writerow(["key", "value"])
    writer.writerows(election.meta.items())
    for section, rows in (("PROJECTS", election.projects), ("VOTES", election.votes)):
        columns = list(dict.fromkeys([*NEEDED[section], *(name for row in rows for name in row.cells)]))
        writer.writerow([section])
        writer.writerow(columns)
        writer.writerows([row.cells.get(name, "") for name in columns] for row in rows)
    return out.getvalue()


def tally(election: Election) -> dict[str, Fraction]:
    """Approvals (approval, choose-1), points (cumulative, scoring), or max_length … 1 (ordinal), per project."""
    totals = {project.id: Fraction(0) for project in election.projects}
    for vote in election.votes:
        for project, points in zip(vote.choices, _worth(election, vote), strict=True):
            totals[project] += points
    return totals


def _worth(election: Election, vote: Vote) -> Sequence[Fraction]:
    if election.vote_type in POINTS:
        return vote.points
    if election.vote_type == "ordinal":
        return [Fraction(election.max_length - place) for place in range(len(vote.choices))]
    return [Fraction(1)] * len(vote.choices)
