"""The planning day in one test: doors, ideas, sorting, scoring over sockets, the reveal, and files that recompute."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

import pytest

from facilitate.rehearsal.browser import Browser
from facilitate.rehearsal.host import Host
from facilitate.rehearsal.phone import Phone, Tap
from tests.real.server import Server

pytestmark = pytest.mark.real

PEOPLE, BALLOTS_BY_FORM = 14, 2
LANGUAGES = ("en", "fr", "ar")

TITLES = (
    "Evening classes with child minding",
    "Un guichet francophone à Chatham",
    "دروس مسائية مع رعاية الأطفال",
    "A van that visits the greenhouses",
    "Classes in the evening, with child care",
    "Mrs K. was put out by her landlord",
)
WALL = (0, 1, 2, 3)
"""The fifth is merged into the first, the sixth is set aside because it names somebody."""


def come_in(server: Server, code: str, number: int) -> Phone:
    phone = Phone(Browser(server.url, LANGUAGES[number % 3]), code)
    phone.join(language=LANGUAGES[number % 3], organization="Riverside Settlement Services" if number == 0 else "")
    return phone


def send_ideas(phones: list[Phone]) -> None:
    for number, title in enumerate(TITLES):
        kind = "opportunity" if number == 3 else "gap"
        fields = [("title", title), ("kind", kind), ("sector", "language")]
        if number == 0:
            fields += [("evidence-0-type", "statistic"), ("evidence-0-text", "Sixty mothers are on our list.")]
        if number == 3:
            fields += [("organization", "riverside settlement services")]
        phones[number + 1].submit(fields)


def sort_ideas(host: Host) -> dict[str, str]:
    waiting = host.ideas("waiting", TITLES)
    assert set(waiting) == set(TITLES)
    host.hide(waiting[TITLES[5]], "names-someone")
    for title in TITLES[:5]:
        host.show(waiting[title])
    host.merge(waiting[TITLES[4]], waiting[TITLES[0]])
    return waiting


def score(phones: list[Phone], ids: dict[str, str]) -> None:
    """Everybody scores everything: most over the socket, some by form, with doubts, slips and a stake."""
    for number, phone in enumerate(phones):
        dice = random.Random(number)  # noqa: S311 - the same day every time
        paper = phone.paper()
        assert set(paper.ideas) == {ids[TITLES[place]] for place in WALL}
        taps = [
            Tap(idea, criterion, "dont_know" if dice.random() < 0.05 else dice.choice(levels))
            for idea in paper.ideas
            for criterion, levels in paper.levels.items()
        ]
        taps += [Tap(tap.idea, tap.criterion, "5") for tap in taps[:3]]  # changed their mind
        if number == 5:
            taps.append(Tap(ids[TITLES[1]], None, "recused"))
        if number < BALLOTS_BY_FORM:
            phone.score_by_form(taps)
        else:
            phone.connect()
            phone.score(taps)
            phone.hang_up()
        assert phone.refused == {}


def test_a_planning_day_from_doors_open_to_the_ranked_csv(server: Server, tmp_path: Path) -> None:
    links = server.new_event()
    code, host = links["code"], Host(links["console_url"], links["code"])
    early = Browser(server.url)
    assert "not open yet" in early.get(f"/{code}").text
    assert early.post(f"/{code}").status == 403

    host._press("open", {"version": str(host.version())})
    phones = [come_in(server, code, number) for number in range(PEOPLE)]
    host.move_on()
    send_ideas(phones)
    host.move_on()
    assert phones[2].browser.post(f"/{code}/ideas", {"title": "Too late", "kind": "gap"}).status == 409
    back_and_forth(host)
    ids = sort_ideas(host)
    host.move_on()
    score(phones, ids)
    refused = server.facilitate("export", code, "--out", tmp_path / "too-early")
    assert (refused.returncode, (tmp_path / "too-early").exists()) == (1, False)
    assert host.export("ranking.csv").status == 409

    host.move_on()
    assert phones[3].score_by_form([Tap(ids[TITLES[0]], "A", "1")])[0]["why"] == "closed"
    host.reveal()
    for phone, word in zip(phones[:3], ("Results", "Résultats", "النتائج"), strict=True):
        assert word in phone.browser.get(f"/{code}/results").text

    out = tmp_path / "files"
    assert server.facilitate("export", code, "--out", out, "--ballots").returncode == 0
    recompute(server, out)
    look_at(out, phones, ids)


def back_and_forth(host: Host) -> None:
    """A slip: one step back and on again changes nothing."""
    host._press("back", {"version": str(host.version())})
    host.move_on()


def recompute(server: Server, out: Path) -> None:
    """`facilitate rank` gives the common columns of the export to the character, from the ballots alone."""
    ranked = server.facilitate(
        "rank", out / "ballots.csv", "--criteria", out / "criteria.csv", "--settings", out / "method.json"
    )
    assert ranked.returncode == 0, ranked.stderr
    again = table(ranked.stdout)
    exported = table((out / "ranking.csv").read_text(encoding="utf-8-sig"))
    assert [{name: row[name] for name in again[0]} for row in exported] == again


def look_at(out: Path, phones: list[Phone], ids: dict[str, str]) -> None:
    ranking = table((out / "ranking.csv").read_text(encoding="utf-8-sig"))
    assert {row["title"] for row in ranking} == {TITLES[place] for place in WALL}
    assert [row["status"] for row in ranking] == ["ranked"] * len(WALL)
    by_title = {row["title"]: row for row in ranking}
    assert [by_title[TITLES[place]]["recused"] for place in WALL] == ["0", "some", "0", "some"]
    ballots = table((out / "ballots.csv").read_text(encoding="utf-8-sig"))
    said = sum(value is not None for phone in phones for (_, criterion), value in phone.said.items() if criterion)
    silenced = 10 * (1 + 2)  # ten criteria of everybody who keeps out of an idea
    assert sum(row["score"] != "recused" for row in ballots) == said - silenced
    sixth = next(row for row in table((out / "ideas.csv").read_text(encoding="utf-8-sig")) if row["title"] == TITLES[5])
    assert ids[TITLES[5]] in sixth.values()


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))
