"""The hosts' results: the table as they wish it, one idea from every side, marks, what if, groups."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import unescape

import pytest
from flask import Flask

from facilitate.extensions import db
from facilitate.models import LogEntry, Scenario
from tests.cast import Browser, Day

VAN, CLASSES, INTAKE = "Rural outreach van", "Evening classes with child minding", "One intake for all agencies"
LEVELS = {VAN: (5, 5, 5, 5, 4, 5), CLASSES: (5, 5, 5, 1, 1, 1), INTAKE: (1, 2, 1, 2, 1, 2)}


def scored(day: Day, levels: Mapping[str, tuple[int, ...]] = LEVELS, groups: Sequence[str] = ()) -> Day:
    """Six people score three ideas: one high, one divided, one low; Fay looks at the results."""
    day.until("welcome")
    people = [day.joins(group=group) for group in groups or [""] * 6]
    day.scoring(*levels)
    ids = day.idea_ids()
    for person, *said in zip(people, *levels.values(), strict=True):
        answers = [
            {"idea": ids[title], "criterion": criterion, "value": value}
            for title, value in zip(levels, said, strict=True)
            for criterion in "ABCDEFGHIJ"
        ]
        person.post("~/scores", json=answers, status=200)
    day.next().fay.post("~/console/results", {})
    return day


@pytest.fixture
def results(day: Day) -> Day:
    with day.event() as event:
        event.top = 2
        db.session.commit()
    return scored(day)


def titles(browser: Browser, query: str = "") -> list[str]:
    page = browser.get(f"~/console/results{query}").text
    return [unescape(found) for found in re.findall(r'<th scope="row"[^>]*><a [^>]*>([^<]+)</a>', page)]


# --- the table ---


def test_the_table_is_sorted_and_filtered_by_its_address(results: Day) -> None:
    wishes = {
        "": [VAN, CLASSES, INTAKE],
        "?turned=yes": [INTAKE, CLASSES, VAN],
        "?sort=idea": [CLASSES, INTAKE, VAN],
        "?sort=agreement": [CLASSES, INTAKE, VAN],
        "?sort=agreement&turned=yes": [VAN, INTAKE, CLASSES],
        "?agreement=divided": [CLASSES],
        "?kind=issue": [],
        "?kind=gap&sort=score&turned=yes": [INTAKE, CLASSES, VAN],
        "?marks=marked": [],
        "?sort=<script>&band=nonsense&unheard=of": [VAN, CLASSES, INTAKE],
    }
    assert {wish: titles(results.fay, wish) for wish in wishes} == wishes


def test_the_table_says_how_it_is_sorted_how_firm_it_is_and_where_the_line_runs(results: Day) -> None:
    page = results.fay.get("~/console/results?sort=scorers").text
    assert re.findall(r'aria-sort="(\w+)"', page) == ["descending"]
    assert "sort=scorers&amp;turned=yes" in page

    page = results.fay.get("~/console/results").text
    assert page.index(CLASSES) < page.index("Funding line: first 2") < page.index(INTAKE)
    assert "a quarter lighter or heavier: 2 of 2." in page
    assert "none has 10 scorers or more" in page
    assert "Expert panels: 0.2 – 0.45 is usual" in page
    assert "Funding line" not in results.fay.get("~/console/results?sort=idea").text


def test_a_tie_across_the_line_is_left_to_the_room(day: Day) -> None:
    with day.event() as event:
        event.top = 1
        db.session.commit()
    scored(day, {VAN: (5,) * 6, CLASSES: (5,) * 6, INTAKE: (1,) * 6})
    page = day.fay.get("~/console/results").text
    assert "it runs through a tie: the room decides" in page
    assert re.findall(r'data-tie="(\w+)"', page) == ["first", "last"]


# --- one idea ---


def test_an_idea_shows_how_often_each_answer_was_given(results: Day) -> None:
    page = results.fay.get(f"~/console/results/{results.idea_ids()[CLASSES]}").text
    assert re.findall(r'<span class="count">(\d)</span>', page)[:5] == ["3", "0", "0", "0", "3"]
    assert page.count("<table") == 10
    assert "divided" in page


def test_a_high_score_without_evidence_is_warned_of_only_where_evidence_is_expected(results: Day) -> None:
    with results.event() as event:
        expecting = sum(criterion.evidence_expected for criterion in event.criteria)
    ids = results.idea_ids()
    pages = [results.fay.get(f"~/console/results/{ids[title]}").text for title in (VAN, INTAKE)]
    assert [page.count("no evidence is attached.") for page in pages] == [expecting, 0]


def test_single_answers_of_few_people_are_not_shown(day: Day) -> None:
    scored(day)
    with day.event() as event:
        event.k_board = 7
        db.session.commit()
    page = day.fay.get(f"~/console/results/{day.idea_ids()[VAN]}").text
    assert 'class="count"' not in page
    assert "shown from 7 people on" in page


def test_the_idea_of_another_event_is_not_found(app: Flask, results: Day) -> None:
    other = Day.of(app).scoring("Theirs")
    results.fay.get(f"~/console/results/{other.idea_ids()['Theirs']}", status=404)


def test_before_there_are_results_every_side_of_them_leads_to_the_page_that_says_why(day: Day) -> None:
    day.scoring(VAN)
    idea = day.idea_ids()[VAN]
    for path in (f"results/{idea}", "discussion", "groups", "scenarios"):
        assert day.fay.get(f"~/console/{path}", status=303).location.endswith("/console/results")
    day.fay.post("~/console/groups", {}, status=409)
    day.fay.post(f"~/ideas/{idea}/mark", {"wanted": "yes"}, status=409)


# --- marks ---


def actions(day: Day) -> list[str]:
    with day.event() as event:
        return [entry.action for entry in db.session.scalars(event.log.select().order_by(LogEntry.number))]


def test_an_idea_is_marked_and_the_mark_taken_back_and_both_are_logged(results: Day) -> None:
    idea = results.idea_ids()[CLASSES]
    for wanted in ("yes", "yes", "no", "no"):
        results.fay.post(f"~/ideas/{idea}/mark", {"wanted": wanted})
        results.fay.post(f"~/ideas/{idea}/shortlist", {"wanted": wanted})
    assert [action for action in actions(results) if "mark" in action or "list" in action] == [
        *("idea.marked", "idea.shortlisted", "idea.unmarked", "idea.unlisted"),
    ]


def test_a_mark_leads_back_to_the_table_as_it_was(results: Day) -> None:
    idea = results.idea_ids()[CLASSES]
    answer = results.fay.post(f"~/ideas/{idea}/mark?sort=idea&band=", {"wanted": "yes"})
    assert answer.location.endswith("/console/results?sort=idea")
    assert titles(results.fay, "?marks=marked") == [CLASSES]
    results.fay.post(f"~/ideas/{idea}/mark", {"wanted": "perhaps"}, status=400)


def test_what_is_high_and_divided_is_proposed_for_discussion(day: Day) -> None:
    scored(day, {VAN: (5, 5, 5, 5, 5, 1), CLASSES: (3,) * 6, INTAKE: (2,) * 6, "A number to call": (1,) * 6})
    page = day.fay.get("~/console/discussion").text
    assert "1 idea proposed" in page
    day.fay.post("~/console/discussion/mark-all", {})
    page = day.fay.get("~/console/discussion").text
    assert "1 idea marked" in page
    assert VAN in page
    assert "proposed</h2>" not in page


# --- what if ---


def weights(**others: str) -> dict[str, str]:
    return {f"weight-{code}": others.get(code, "1") for code in "ABCDEFGHIJ"}


def test_other_weights_show_who_moves_and_store_nothing(day: Day) -> None:
    day.until("welcome")
    people = day.crowd(6)
    day.scoring(VAN, CLASSES)
    ids = day.idea_ids()
    for person in people:
        said = [{"idea": ids[VAN], "criterion": code, "value": 1 if code == "A" else 4} for code in "ABCDEFGHIJ"]
        said += [{"idea": ids[CLASSES], "criterion": code, "value": 5 if code == "A" else 2} for code in "ABCDEFGHIJ"]
        person.post("~/scores", json=said, status=200)
    day.next().fay.post("~/console/results", {})
    assert "No idea changes its place." in day.fay.get("~/console/scenarios").text
    page = day.fay.get("~/console/scenarios", query_string=weights(A="20")).text
    assert "2 ideas change their place." in page
    assert re.findall(r"1 place (?:up|down)", page) == ["1 place up", "1 place down"]
    assert titles(day.fay) == [VAN, CLASSES]
    with day.event() as event:
        assert db.session.scalars(db.select(Scenario).where(Scenario.event_id == event.id)).all() == []


def test_a_scenario_is_kept_with_who_and_why_and_the_ranking_stays(results: Day) -> None:
    before = results.fay.get("~/console/export/ranking.csv").data
    results.fay.post("~/console/scenarios", {**weights(B="2,5"), "name": "Health first", "reason": "The funder asked."})
    with results.event() as event:
        (kept,) = db.session.scalars(db.select(Scenario).where(Scenario.event_id == event.id))
        assert (kept.name, kept.reason, kept.weights["B"]) == ("Health first", "The funder asked.", "2.5")
        assert {criterion.weight for criterion in event.criteria} == {"1"}
    assert "Health first" in results.fay.get("~/console/scenarios").text
    assert results.fay.get("~/console/export/ranking.csv").data == before
    assert actions(results)[-2:] == ["scenario.kept", "export.made"]


def test_bad_weights_get_a_sentence_and_stay_as_they_were_typed(results: Day) -> None:
    for typed in ("-1", "lots", "", "1e9", "0"):
        said = "At least one criterion has to count" if typed == "0" else "A weight is a number from 0 to 999"
        sent = {**weights(**dict.fromkeys("ABCDEFGHIJ", typed)), "name": "Nothing", "reason": "To see what happens"}
        for page in (
            results.fay.get("~/console/scenarios", status=400, query_string=sent).text,
            results.fay.post("~/console/scenarios", sent, status=400).text,
        ):
            assert said in page
            assert page.count(f'value="{typed}" inputmode="decimal"') == 10
            assert 'value="To see what happens"' in page


def test_a_scenario_without_a_reason_is_not_kept(results: Day) -> None:
    page = results.fay.post("~/console/scenarios", {**weights(A="3"), "name": "Need first"}, status=400).text
    assert 'value="Need first"' in page
    assert 'name="weight-A" value="3"' in page


# --- groups ---


def test_groups_are_shown_beside_each_other_when_a_host_asks(day: Day) -> None:
    agency, other = "settlement-agency", "other"
    said = {VAN: (5,) * 6 + (1,) * 5, CLASSES: (3,) * 11}
    scored(day, said, [agency] * 6 + [other] * 5)
    assert "Compare the groups" in day.fay.get("~/console/groups").text
    day.fay.post("~/console/groups", {})
    page = day.fay.get("~/console/groups").text
    assert re.findall(r'<td class="figure">([\d.]+)</td>', page) == ["100.0", "0.0", "50.0", "50.0"]
    profile = day.fay.get(f"~/console/groups?idea={day.idea_ids()[VAN]}&by=nonsense").text
    assert re.findall(r'<td class="figure">([\d.]+)</td>', profile) == ["100.0", "0.0"] * 11


def test_a_small_group_is_hatched_and_says_why_and_hides_a_second_one(day: Day) -> None:
    groups = ["settlement-agency"] * 7 + ["employment-service"] * 5 + ["other"] * 3
    scored(day, {VAN: (4,) * 15}, groups)
    day.fay.post("~/console/groups", {})
    page = day.fay.get("~/console/groups").text
    assert re.findall(r'hidden-figure"><span>([^<]+)<', page) == ["hidden with it", "fewer than 5"]
    assert re.findall(r'<td class="figure">([\d.]+)</td>', page) == ["75.0"]


def test_where_nobody_scored_every_page_says_so_and_none_breaks(day: Day) -> None:
    day.until("welcome").crowd(2)
    day.scoring(VAN).next().fay.post("~/console/results", {})
    day.fay.post("~/console/groups", {})
    idea = day.idea_ids()[VAN]
    pages = [
        day.fay.get(f"~/console/{path}").text
        for path in ("results", f"results/{idea}", "discussion", "groups", "scenarios", f"groups?idea={idea}")
    ]
    assert "Listed, not ranked" in pages[0]
    assert "Listed, not ranked" in pages[1]
    assert "Nobody stated a group or a community" in pages[3]
