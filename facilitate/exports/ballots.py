"""`ballots.csv`: every answer, without persons, in the columns that `facilitate rank` reads (R17).

*Linked* gives each person one random id, so that everything can be recomputed; whoever knows a few of somebody's
answers finds the others, so that file is confidential. *Unlinked* gives a fresh id per person and idea. Lines stand in
the order of their content, so nothing tells who came when.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping

from facilitate.exports.content import Content, Person
from facilitate.exports.tables import NUMBER, TEXT, WORD, Kind, Table
from facilitate.queries.room import Row
from facilitate.scoring.privacy import columns_to_name
from facilitate.scoring.rounding import exact

FIRST: dict[str, Kind] = {"idea": TEXT, "criterion": TEXT, "rater": WORD, "score": NUMBER}
LAST: dict[str, Kind] = {
    "organization": TEXT,
    "group": TEXT,
    "idea_organization": TEXT,
    "round": NUMBER,
    "channel": WORD,
}
PARTS = ("group", "organization", "channel")
"""Parts of the room that the file may name, the most useful one first."""

LINKED, UNLINKED = "linked", "unlinked"
WAYS = (LINKED, UNLINKED)
BLANK = ""
NOBODY = Person(ballot="", group="", organization="", channel="")


def table(content: Content, way: str = LINKED) -> Table:
    rows = [*content.rows, *content.earlier, *_unanswered(content)]
    people = {person.ballot: person for person in content.people}
    raters = {row.ballot: people.get(row.ballot, NOBODY) for row in rows}
    parts = _parts(content, raters.values(), way)
    ids: defaultdict[tuple[str, str], str] = defaultdict(_fresh_id)
    lines = [
        {
            "idea": row.idea,
            "criterion": row.criterion,
            "rater": ids[row.ballot, "" if way == LINKED else row.idea],
            "score": row.answer,
            "idea_organization": content.by_id[row.idea].organization,
            "round": str(row.round),
            **{part: getattr(raters[row.ballot], part) for part in parts},
        }
        for row in rows
    ]
    filled = {*parts, *({"idea_organization"} if any(line["idea_organization"] for line in lines) else ())}
    filled |= {"round"} if len({row.round for row in rows}) > 1 else set()
    columns = FIRST | {name: kind for name, kind in LAST.items() if name in filled}
    return Table("Ballots", columns, sorted(lines, key=_by_content))


def _parts(content: Content, people: Iterable[Person], way: str) -> list[str]:
    """What the file may say of the people in it. That they were simulated is said in any case."""
    parts = parts_to_name(people, content.k) if way == LINKED else []
    return [*parts, "channel"] if content.occasion.is_rehearsal and "channel" not in parts else parts


def parts_to_name(people: Iterable[Person], k: int) -> list[str]:
    """The parts of the room that are large enough to stand in the file, also where several are read together."""
    return columns_to_name(people, PARTS, k)


def ideas_under(content: Content, k: int) -> int:
    """How many ideas were scored by fewer than k people: while there is one, not even unlinked ballots are public."""
    return sum(line.scorers < k for line in content.lines)


def _unanswered(content: Content) -> list[Row]:
    """One empty answer for each idea without one that counts, so that neither it nor its round is missing in the file.

    It is as true of anybody in the room, so it tells nothing of whoever is picked.
    """
    answered = {row.idea for row in content.rows}
    raters = sorted({row.ballot for row in content.rows} or {person.ballot for person in content.people} or {BLANK})
    anybody, first = secrets.choice(raters), content.questions[0].scale.code
    return [
        Row(idea.id, first, anybody, BLANK, content.rounds.get(idea.id, 1))
        for idea in content.in_state("shown")
        if idea.id not in answered
    ]


def _fresh_id() -> str:
    """Starts with a letter: no spreadsheet takes it for a number or a formula."""
    return f"r{secrets.token_hex(8)}"


def _by_content(line: Mapping[str, str]) -> tuple[str, str, bool, object, str, str]:
    """Idea, criterion, score (numbers first), id; a person who said the same again: round."""
    try:
        return line["idea"], line["criterion"], False, exact(line["score"]), line["rater"], line["round"]
    except ValueError:
        return line["idea"], line["criterion"], True, line["score"], line["rater"], line["round"]
