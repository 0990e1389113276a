"""The pages on which the ballot is made, and the phones that weigh and vote."""

from __future__ import annotations

import re

import pytest

from facilitate.models import Event
from tests.cast import Browser, Day

LETTERS = "ABCDEFGHIJ"
RULES = {"n_min": "5", "top": "10", "k_board": "5", "k_export": "10"}
TITLES = ("Evening classes", "Rural outreach van", "Child minding")


def weights(**own: str) -> dict[str, str]:
    return {f"weight-{letter}": own.get(letter, "1") for letter in LETTERS}


def points(**own: int) -> dict[str, str]:
    return {f"points-{letter}": str(own.get(letter, "")) for letter in LETTERS}


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def weighing(day: Day) -> Day:
    """A room of three whose points count, at the step where it gives them."""
    day.fay.post("~/console/rules", RULES | {"n_min": "3", "k_board": "3"})
    day.fay.post("~/console/weights", {"who": "room", **weights()})
    day.until("welcome").crowd(3)
    day.collects(TITLES)
    return day.until("weigh")


def voting(day: Day, people: int = 5, cut_to: int = 1) -> Day:
    day.fay.post("~/console/length", {"how": "vote", "cut_to": str(cut_to), "per_person": ""})
    day.until("welcome").crowd(people)
    day.collects(TITLES)
    return day.until("vote")


# --- criteria ---


def criterion(event: Event, letter: str = "A") -> dict[str, str]:
    """Everything that the page of one criterion sends back when nothing was typed."""
    found = event.criterion(letter)
    assert found is not None
    sent = {f"levels-{n}-{tag}": w for n, level in enumerate(found.levels) for tag, w in level["label"].items()}
    for name in ("label", "statement", "helper"):
        sent |= {f"{name}-{tag}": words for tag, words in getattr(found, name).items()}
    return sent | ({"evidence_expected": "y"} if found.evidence_expected else {})


def test_a_host_changes_the_words_of_a_criterion_in_every_language(day: Day) -> None:
    with day.event() as event:
        sent = criterion(event) | {"label-fr": "Besoins", "levels-4-en": "Clear proof", "lower_is_better": "y"}
    day.fay.post("~/console/criteria/A", sent)
    with day.event() as event:
        changed = event.criterion("A")
        assert (changed.label["fr"], changed.levels[4]["label"]["en"]) == ("Besoins", "Clear proof")
        assert changed.lower_is_better
        assert changed.label["ar"] == sent["label-ar"]


def test_sending_a_criterion_back_unchanged_changes_nothing(day: Day) -> None:
    with day.event() as event:
        sent, before = criterion(event), event.revision
    day.fay.post("~/console/criteria/A", sent)
    with day.event() as event:
        assert event.revision == before


def test_what_is_missing_in_a_language_is_marked(day: Day) -> None:
    with day.event() as event:
        sent = criterion(event) | {"statement-fr": ""}
    day.fay.post("~/console/criteria/A", sent)
    assert "Missing: Français" in words(day.fay.get("~/console/criteria").text)
    assert ">missing<" in day.fay.get("~/console/criteria/A").text
    assert ">missing<" not in day.fay.get("~/console/criteria/B").text


def test_a_criterion_without_words_is_refused_and_keeps_what_was_typed(day: Day) -> None:
    with day.event() as event:
        sent = criterion(event) | {"statement-en": "", "statement-fr": "", "statement-ar": "", "label-en": "Kept words"}
    page = day.fay.post("~/console/criteria/A", sent, status=400).text
    assert "A criterion needs a statement" in page
    assert "Kept words" in page


def test_a_criterion_is_added_moved_and_taken_off(day: Day) -> None:
    with day.event() as event:
        sent = criterion(event) | {"label-en": "Reach"}
    day.fay.get("~/console/criteria/new")
    day.fay.post("~/console/criteria/new", sent)
    day.fay.post("~/console/criteria/K/move", {"way": "up"})
    day.fay.post("~/console/criteria/A/remove", {})
    page = day.fay.get("~/console/criteria").text
    assert re.findall(r'id="criterion-(\w)"', page) == list("BCDEFGHIKJ")
    day.fay.get("~/console/criteria/A", status=404)


def test_a_scale_brings_its_own_words(day: Day) -> None:
    day.fay.post("~/console/criteria/A/scale", {"scale": "chnri"})
    with day.event() as event:
        assert event.criterion("A").values == ("0", "0.5", "1")
    assert "Indécis" in day.fay.get("~/console/criteria/A").text
    day.fay.post("~/console/criteria/A/scale", {"scale": "1-7"}, status=400)


def test_more_or_fewer_levels_than_the_scale_has_are_refused(day: Day) -> None:
    with day.event() as event:
        sent = criterion(event)
    day.fay.post("~/console/criteria/A", sent | {"levels-7-en": "One more"}, status=400)
    fewer = {name: said for name, said in sent.items() if not name.startswith("levels-4")}
    day.fay.post("~/console/criteria/A", fewer, status=400)


def test_an_observer_reads_the_ballot_and_changes_nothing(day: Day) -> None:
    observer = day.invites("observer")
    assert "<form" not in observer.get("~/console/criteria").text.split("<main")[1].split("</main>")[0]
    assert "<input" not in observer.get("~/console/criteria/A").text.split("<main")[1].split("</main>")[0]
    observer.post("~/console/weights", {"who": "host", **weights()}, status=403)


# --- weights ---


def test_weights_are_typed_as_decimals_with_point_or_comma(day: Day) -> None:
    day.fay.post("~/console/weights", {"who": "host", **weights(A="2.50", B="0,5", C="0")})
    with day.event() as event:
        assert [event.weights[letter] for letter in "ABCD"] == ["2.5", "0.5", "0", "1"]


@pytest.mark.parametrize("typed", ["", "-1", "many", "1e9", "9999999", "½", "NaN"])
def test_what_is_no_weight_is_refused_beside_its_field_and_kept_as_typed(day: Day, typed: str) -> None:
    page = day.fay.post("~/console/weights", {"who": "host", **weights(B=typed)}, status=400).text
    assert "A weight is a number from 0 up" in page
    assert f'name="weight-B" type="number" inputmode="decimal" min="0" step="any" required value="{typed}"' in page


def test_weights_that_are_all_zero_are_refused(day: Day) -> None:
    page = day.fay.post("~/console/weights", {"who": "host", **weights(**dict.fromkeys(LETTERS, "0"))}, status=400).text
    assert "At least one criterion must count" in page


def test_the_room_sets_the_weights_and_everybody_can_see_that_it_did(day: Day) -> None:
    """By hand: A (50 + 20 + 30) / 3 = 33.33, B (50 + 80 + 30) / 3 = 53.33, C 40 / 3 = 13.33."""
    weighing(day)
    given = (points(A=50, B=50), points(A=20, B=80), points(A=30, B=30, C=40))
    for person, own in zip(day.people, given, strict=True):
        person.post("~/weights", own)
    before = words(day.fay.get("~/console/criteria").text)
    assert "33.33" not in before
    day.next()
    with day.event() as event:
        assert [event.weights[letter] for letter in "ABCD"] == ["33.33", "53.33", "13.33", "0.00"]
    assert "the mean of the points of 3 people" in words(day.fay.get("~/console/criteria").text)
    assert "means of the room’s points (people: 3)" in words(day.fay.get("~/console/log").text)
    day.fay.post("~/console/board", {"view": "criteria"})
    assert "Weights: the mean of the points of 3 people" in words(day.board().get("~/board").text)


def test_the_board_does_not_show_weights_before_the_room_is_done(day: Day) -> None:
    weighing(day)
    for person in day.people:
        person.post("~/weights", points(A=100))
    day.fay.post("~/console/board", {"view": "criteria"})
    page = words(day.board().get("~/board").text)
    assert ("The room sets the weights." in page, "%" in page) == (True, False)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (points(A=50, B=30), "20 points are left. Give them to the criteria too, then save."),
        (points(A=99), "1 point is left. Give it to a criterion too, then save."),
        (points(A=60, B=60), "These are 20 points too many. Take them away somewhere, then save."),
        (points(A=-5, B=105), "Number must be between 0 and 100."),
    ],
)
def test_points_that_do_not_add_up_are_kept_as_typed_and_refused_with_what_is_left(
    day: Day, given: dict[str, str], sentence: str
) -> None:
    weighing(day)
    page = day.people[0].post("~/weights", given, status=400).text
    assert sentence in page
    for name, typed in given.items():
        assert re.search(rf'name="{name}"[^>]*value="{typed}"', page)


def test_a_phone_shows_its_own_points_and_nobody_elses(day: Day) -> None:
    weighing(day)
    amina, ben = day.people[:2]
    amina.post("~/weights", points(A=77, B=23))
    assert ('value="77"' in amina.get("~").text, 'value="77"' in ben.get("~").text) == (True, False)


def test_points_count_only_until_scoring_opens(day: Day) -> None:
    weighing(day)
    amina = day.people[0]
    day.next()
    amina.post("~/weights", points(A=100), status=409)
    day.back(status=303)
    page = amina.post("~/weights", points(A=100), status=409).text
    assert "the weights are set" in page
    assert "the weights are set" in amina.get("~").text


def test_only_counts_are_shown_while_people_weigh_and_only_from_five_on(day: Day) -> None:
    weighing(day)
    day.people[0].post("~/weights", points(A=100))
    assert "have saved" not in day.board().get("~/board").text + day.fay.get("~/console").text
    day.crowd(2)
    assert "1 of 5 have saved" in words(day.board().get("~/board").text)
    assert "1 of 5 have saved" in words(day.fay.get("~/console").text)


# --- how long it takes ---


def test_the_estimate_says_when_scoring_takes_too_long_and_what_would_help(day: Day) -> None:
    """48 people × 40 ideas × 10 criteria × 6 s = 40 min each; 20 ideas each are 20 min and 24 people for every idea."""
    page = words(day.fay.get("~/console/criteria").text)
    assert "About 40 minutes for each person" in page
    assert "After 20 minutes people tire." in page
    assert "With 20 each, every idea is scored by about 24 people." in page
    assert "about 15 min" in page


def test_a_choice_of_length_is_kept_and_the_estimate_follows(day: Day) -> None:
    chosen = {"how": "deal", "cut_to": "", "per_person": "12", "expected_people": "30", "expected_ideas": "25"}
    day.fay.post("~/console/length", chosen)
    with day.event() as event:
        assert (event.per_person, event.cut_to, event.expected_people, event.expected_ideas) == (12, None, 30, 25)
    page = words(day.fay.get("~/console/criteria").text)
    assert "About 12 minutes for each person" in page
    assert "every idea is scored by about 14 people" in page


def test_on_the_day_the_estimate_counts_who_and_what_is_here(day: Day) -> None:
    day.until("welcome").crowd(4)
    day.collects(TITLES).until("sort")
    page = words(day.fay.get("~/console/criteria").text)
    assert "4 people · 3 ideas · 10 criteria" in page
    assert "expected_people" not in day.fay.get("~/console/criteria").text


def test_a_length_without_a_number_is_refused_beside_its_field(day: Day) -> None:
    page = day.fay.post("~/console/length", {"how": "vote", "cut_to": "", "per_person": "4"}, status=400).text
    assert "Please say how many ideas." in page


# --- the cut-off vote ---


def ticks(day: Day, *titles: str) -> dict[str, list[str]]:
    ids = day.idea_ids()
    return {"keep": [ids[title] for title in titles]}


def test_the_vote_keeps_what_most_people_tick_and_only_hosts_see_the_counts_afterwards(day: Day) -> None:
    voting(day)
    for person in day.people:
        person.post("~/votes", ticks(day, "Child minding"))
    day.people[0].post("~/votes", ticks(day, "Child minding", "Rural outreach van"))
    assert "Ticks" not in day.fay.get("~/console/criteria").text
    day.next()
    assert {idea["title"] for idea in day.people[0].api()["ideas"]} == {"Child minding"}
    assert "What the cut-off vote kept" in day.fay.get("~/console/criteria").text
    assert "What the cut-off vote kept" not in day.invites("observer").get("~/console/criteria").text
    assert "(people: 5, ideas kept: 1, left out: 2)" in words(day.fay.get("~/console/log").text)


def test_a_phone_shows_its_own_ticks_and_takes_them_back(day: Day) -> None:
    voting(day)
    amina, ben = day.people[:2]
    amina.post("~/votes", ticks(day, "Child minding"))
    assert (amina.get("~").text.count(" checked"), ben.get("~").text.count(" checked")) == (1, 0)
    amina.post("~/votes", {})
    assert amina.get("~").text.count(" checked") == 0


def test_an_idea_that_left_the_wall_or_never_was_there_is_passed_over(day: Day) -> None:
    voting(day)
    sent = ticks(day, "Child minding")
    sent["keep"] += ["missing", "Ω"]
    day.people[0].post("~/votes", sent)
    assert day.people[0].get("~").text.count(" checked") == 1


def test_an_idea_that_was_cut_is_on_the_wall_and_not_on_any_ballot(day: Day) -> None:
    voting(day)
    for person in day.people:
        person.post("~/votes", ticks(day, "Child minding"))
    day.next()
    cut, amina = day.idea_ids()["Rural outreach van"], day.people[0]
    assert amina.score(cut, "A", "3")["why"] == "gone"
    amina.get(f"~/score/{cut}", status=404)
    assert "Rural outreach van" in amina.get("~/ideas").text
    assert "0 of 1" in words(amina.get("~/score").text) or "Rural outreach van" not in amina.get("~/score").text
    day.next()
    day.fay.post("~/console/results", {})
    rows = day.fay.get("~/console/export/ideas.csv").text.splitlines()
    assert [row.split(",")[1] for row in rows if cut in row] == ["not on the ballot: cut-off vote"]
    assert cut not in day.fay.get("~/console/export/ranking.csv").text


# --- frozen, and anew ---


def test_frozen_pages_have_no_fields_and_refuse_with_what_is_possible(day: Day) -> None:
    with day.event() as event:
        sent = criterion(event)
    day.until("welcome").joins()
    day.scoring()
    main = day.fay.get("~/console/criteria").text.split("<main")[1].split("</main>")[0]
    assert ("<form" in main, "Begin scoring anew" in main) == (False, True)
    posts: dict[str, dict[str, str]] = {
        "criteria/A": sent,
        "criteria/new": sent,
        "criteria/A/scale": {"scale": "0-3"},
        "criteria/A/move": {"way": "down"},
        "criteria/A/remove": {},
        "weights": {"who": "room", **weights()},
        "length": {"how": "deal", "per_person": "3"},
        "rules": RULES,
    }
    for path, fields in posts.items():
        page = day.fay.post(f"~/console/{path}", fields, status=409).text
        assert "begin scoring anew" in page, path
    day.fay.get("~/console/criteria/new", status=409)


def test_scoring_begins_anew_after_a_page_that_says_what_happens(day: Day) -> None:
    day.until("welcome").joins()
    day.scoring("Evening classes")
    amina, idea = day.people[0], day.idea_ids()["Evening classes"]
    amina.score(idea, "A", "5")
    page = words(day.fay.get("~/console/anew").text)
    assert "They are kept with version 1 of the ballot" in page
    day.fay.post("~/console/anew", {"version": day.version})
    assert "Scoring has begun" not in day.fay.get("~/console/criteria").text
    day.fay.post("~/console/criteria/J/remove", {})
    day.next()
    assert answered(amina, idea) == []
    assert "Version 2." in words(day.fay.get("~/console/criteria").text)


def answered(person: Browser, idea: str) -> list[str]:
    return re.findall(r'name="(value-\w)"[^>]*checked', person.get(f"~/score/{idea}").text)


def test_scoring_does_not_begin_anew_while_the_results_are_on_the_board(day: Day) -> None:
    day.until("welcome").joins()
    day.scoring().next()
    day.reveal()
    page = day.fay.post("~/console/anew", {"version": day.version}, status=409).text
    assert "Hide them first" in page


# --- rules ---


def test_rules_are_kept_and_phones_say_that_groups_are_balanced(day: Day) -> None:
    day.fay.post("~/console/rules", RULES | {"n_min": "6", "top": "3", "balance": "y"})
    with day.event() as event:
        assert (event.n_min, event.top, event.balance, event.fall_back) == (6, 3, True, False)
    day.until("welcome").joins()
    day.scoring()
    assert "every group weighs the same" in day.people[0].get("~").text


def test_a_threshold_under_three_is_refused_and_one_under_the_other_too(day: Day) -> None:
    day.fay.post("~/console/rules", RULES | {"k_board": "2"}, status=400)
    day.fay.post("~/console/rules", RULES | {"k_board": "12", "n_min": "12"}, status=400)
