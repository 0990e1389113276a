"""After the rehearsal: is everything that the phones were told is saved really there, and does the ranking follow?"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from facilitate.rehearsal.cast import Person
from facilitate.rehearsal.phone import Phone
from facilitate.rehearsal.room import Room
from facilitate.scoring.errors import BadInput
from facilitate.scoring.files import rank_files

COLUMNS = ("idea", "criterion", "rater", "score")
Answer = tuple[str, str, str]
"""Idea, criterion and score, as a line of `ballots.csv` has them."""


@dataclass(frozen=True)
class Verdict:
    sent: int
    acknowledged: int
    exported: int
    disagreements: tuple[str, ...]


def check(room: Room, stored: Mapping[str, list[Answer]] | None) -> Verdict:
    """Compare what the phones know with the event's export and, where it is at hand, with its score table.

    `stored` maps a ballot to its answers. Without it the export's counts per idea and criterion must do.
    """
    ballots = expected(room)
    ranking, problems = _ranking(room)
    problems = [*room.problems, *_unanswered(room.phones), *problems]
    if ranking:
        problems += _differences(ranking, ballots, room)
    if stored is not None:
        exported, different = compare_ballots(ballots.values(), stored.values())
        problems += different
    else:
        exported = _exported(ranking, ballots)
    return Verdict(
        sent=sum(len(_answers(phone)) for phone in room.phones),
        acknowledged=sum(sum(key in phone.saved for key in _answers(phone)) for phone in room.phones),
        exported=exported,
        disagreements=tuple(problems),
    )


def _answers(phone: Phone) -> dict[tuple[str, str], str | None]:
    """Answers to criteria: the stake button is not one of them."""
    return {(idea, criterion): value for (idea, criterion), value in phone.said.items() if criterion is not None}


def _unanswered(phones: Iterable[Phone]) -> Iterator[str]:
    for number, phone in enumerate(phones, 1):
        for (idea, criterion), value in phone.said.items():
            where = f"phone {number}, idea {idea}, criterion {criterion or 'stake'}"
            if why := phone.refused.get((idea, criterion)):
                yield f"{where}: refused as {why}"
            elif (idea, criterion) not in phone.saved:
                yield f"{where}: never acknowledged"
            elif phone.saved[idea, criterion][1] != value:
                yield f"{where}: {value} was sent last, {phone.saved[idea, criterion][1]} was acknowledged last"


# --- what the export must say ---


def expected(room: Room) -> dict[str, list[Answer]]:
    """Every rater's lines of `ballots.csv`, from what was acknowledged."""
    return {
        f"phone {person.number + 1}": list(_lines(room, person, phone))
        for person, phone in zip(room.cast.people, room.phones, strict=True)
    }


def _lines(room: Room, person: Person, phone: Phone) -> Iterator[Answer]:
    """The answers that count; where the house or the stake button keeps somebody out, every criterion says so."""
    kept_out = {room.ids[thought.key] for thought in room.cast.scored if room.cast.is_kept_out(person, thought)}
    kept_out |= {idea for (idea, criterion), (_, value) in phone.saved.items() if not criterion and value}
    criteria = dict.fromkeys(criterion for _, criterion in phone.saved if criterion is not None)
    yield from ((idea, criterion, "recused") for idea in kept_out for criterion in criteria)
    for (idea, criterion), (_seq, value) in phone.saved.items():
        if criterion is not None and value is not None and idea not in kept_out:
            yield idea, criterion, value


def _ranking(room: Room) -> tuple[list[dict[str, str]], list[str]]:
    page = room.host.export("ranking.csv")
    if page.status != 200:
        return [], [f"The console gave no ranking.csv ({page.status})."]
    return list(csv.DictReader(io.StringIO(page.body.decode("utf-8-sig")))), []


def _exported(ranking: list[dict[str, str]], ballots: Mapping[str, list[Answer]]) -> int:
    """Answers that a ranking stands for: numbers and don't-knows of each criterion, and those of recused people.

    Where so few are recused that the file only says "some", the phones' own count of them stands for it.
    """
    silenced = Counter(idea for lines in ballots.values() for idea, _code, answer in lines if answer == "recused")
    count = 0
    for row in ranking:
        criteria = [name.removeprefix("n_") for name in row if name.startswith("n_")]
        answered = sum(int(row[f"n_{code}"] or 0) + int(row[f"dont_know_{code}"] or 0) for code in criteria)
        recused = row["recused"]
        count += answered + (silenced[row["idea"]] if recused == "some" else len(criteria) * int(recused))
    return count


def _differences(ranking: list[dict[str, str]], ballots: Mapping[str, list[Answer]], room: Room) -> list[str]:
    """Rank what the phones sent with the export's own criteria and settings, and compare column by column."""
    with TemporaryDirectory() as folder:
        scores, criteria, settings = (Path(folder) / name for name in ("ballots.csv", "criteria.csv", "method.json"))
        for file in (criteria, settings):
            page = room.host.export(file.name)
            if page.status != 200:
                return [f"The console gave no {file.name} ({page.status})."]
            file.write_bytes(page.body)
        _write(scores, ballots)
        try:
            text = rank_files(scores, criteria, settings).csv()
        except BadInput as error:
            return [f"What the phones sent cannot be ranked with the export's criteria: {error}"]
    return list(_row_differences(ranking, list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))))


def _write(file: Path, ballots: Mapping[str, list[Answer]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        lines = csv.writer(out)
        lines.writerow(COLUMNS)
        lines.writerows(
            (idea, criterion, rater, score) for rater, answers in ballots.items() for idea, criterion, score in answers
        )


def _row_differences(ranking: list[dict[str, str]], recomputed: list[dict[str, str]]) -> Iterator[str]:
    if [row["idea"] for row in ranking] != [row["idea"] for row in recomputed]:
        yield "The order of the ideas in ranking.csv is not the one that follows from the ballots."
    wanted = {row["idea"]: row for row in recomputed}
    for row in ranking:
        for column, value in wanted.get(row["idea"], {}).items():
            if row.get(column) != value:
                yield f"ranking.csv, idea {row['idea']}, {column}: {row.get(column)}, but the ballots give {value}"


# --- the score table ---


def compare_ballots(sent: Iterable[list[Answer]], stored: Iterable[list[Answer]]) -> tuple[int, list[str]]:
    """How many sent answers are stored, and the differences. Ballots have no names, so whole ballots are matched."""
    ours, theirs = (Counter(frozenset(lines) for lines in side if lines) for side in (sent, stored))
    count = sum(len(lines) * times for lines, times in (ours & theirs).items())
    rest = list((theirs - ours).elements())
    problems = []
    for lines in (ours - theirs).elements():
        nearest = max(rest, key=lambda other: len(lines & other), default=frozenset[Answer]())
        count += len(lines & nearest)
        problems += [f"acknowledged and not stored: {' '.join(line)}" for line in sorted(lines - nearest)]
        problems += [f"stored and never sent: {' '.join(line)}" for line in sorted(nearest - lines)]
        if nearest:
            rest.remove(nearest)
    return count, problems + [f"a ballot with {len(lines)} answers that no phone sent" for lines in rest]
