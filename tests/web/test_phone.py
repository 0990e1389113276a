"""What a participant can do on a phone, page by page."""

from __future__ import annotations

import pytest

from tests.cast import Day


def test_joining_takes_one_press_and_asks_for_nothing(day: Day) -> None:
    amina = day.open_doors().joins()
    assert "You are in" in amina.get("~/welcome").text
    assert "Welcome" in amina.get("~").text


def test_before_the_doors_open_a_phone_is_told_that_it_is_in_the_right_place(day: Day) -> None:
    assert "not open yet" in day.browser().get("~").text


def test_a_locked_door_says_so(day: Day) -> None:
    day.open_doors().fay.post("~/console/lock", {"version": day.version})
    page = day.browser().get("~").text
    assert "door is locked" in page


def test_the_join_page_shows_the_notice_and_who_could_find_out(day: Day) -> None:
    page = day.open_doors().browser().get("~").text
    assert "How we use this" in page
    assert "Nobody is shown who gave which score" in page


@pytest.mark.parametrize(("language", "words"), [("en", "Join"), ("fr", "Rejoindre"), ("ar", "انضم")])
def test_the_join_page_speaks_the_phones_language(day: Day, language: str, words: str) -> None:
    page = day.open_doors().browser(language).get("~").text
    assert f'lang="{language}"' in page
    assert words in page


def test_arabic_runs_from_right_to_left(day: Day) -> None:
    assert 'dir="rtl"' in day.open_doors().browser("ar").get("~").text


def test_the_ten_digits_bring_the_same_ballot_to_another_phone(day: Day) -> None:
    amina = day.until("welcome").joins()
    day.scoring("Evening classes")
    digits = "".join(c for c in amina.get("~/welcome").text.split('class="big-code">')[1].split("<")[0] if c.isdigit())
    idea = day.idea_ids()["Evening classes"]
    amina.score(idea, "A", 4)
    other_phone = day.browser()
    other_phone.post("~/re-enter", {"reentry": digits})
    assert other_phone.api()["seq"] == 1
    assert 'value="4" data-words' in other_phone.get(f"~/score/{idea}").text


def test_wrong_digits_are_refused_in_words(day: Day) -> None:
    page = day.open_doors().browser().post("~/re-enter", {"reentry": "123 456 7890"}, status=404).text
    assert "Nobody was given this code here" in page


def test_the_next_person_on_the_same_phone_is_somebody_new(day: Day) -> None:
    phone = day.until("welcome").joins()
    phone.post("~/leave", {})
    assert "I am here as" in phone.get("~").text


def test_an_idea_with_evidence_reaches_its_authors_list(day: Day) -> None:
    amina = day.until("welcome").joins()
    day.until("collect")
    amina.post(
        "~/ideas",
        {
            "title": "Evening classes",
            "kind": "gap",
            "sector": "language",
            "details": "Many people work all day.",
            "evidence-0-type": "statistic",
            "evidence-0-text": "Sixty people wait.",
            "evidence-0-link": "https://example.org/report",
        },
        status=303,
    )
    page = amina.get("~").text
    assert "Evening classes" in page
    assert "Sent. The host looks at it first." in page


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"title": "   ", "kind": "gap"}, "This field is required"),
        ({"title": "x" * 81, "kind": "gap"}, "1 character too long"),
        ({"title": "Fine", "kind": "nonsense"}, "Please choose one of the list"),
        ({"title": "Fine", "kind": "gap", "evidence-0-link": "javascript:alert(1)"}, "A link starts with https://"),
        ({"title": "Fine", "kind": "gap", "evidence-0-text": "A list"}, "what kind of evidence"),
    ],
)
def test_an_idea_that_cannot_be_taken_comes_back_with_a_sentence(day: Day, said: dict[str, str], why: str) -> None:
    amina = day.until("welcome").joins()
    day.until("collect")
    page = amina.post("~/ideas", {**said, "details": "A long story"}, status=400).text
    assert why in page
    assert "A long story" in page


def test_an_idea_that_comes_too_late_hands_back_what_was_written(day: Day) -> None:
    amina = day.until("welcome").joins()
    day.collects(["Evening classes"]).until("sort")
    page = amina.post("~/ideas", {"title": "My late idea", "kind": "gap"}, status=409).text
    assert "My late idea" in page
    assert "What you wrote" in page


def test_the_author_alone_learns_why_an_idea_was_set_aside(day: Day) -> None:
    amina, ben = (day.until("welcome").joins() for _ in range(2))
    day.collects(["Mrs K. needs help"])
    idea = day.idea_ids()["Mrs K. needs help"]
    with day.event() as event:
        reason = event.listed("reason")[0]
        key, label = reason.key, reason.label["en"]
    day.fay.post(f"~/ideas/{idea}/hide", {"reason": key, "note": "Please send it without the name."})
    page = amina.get("~").text
    assert label in page
    assert "Please send it without the name." in page
    assert "Mrs K." not in ben.get("~").text


def test_an_author_can_take_an_idea_back_and_nobody_else_can(day: Day) -> None:
    amina, ben = (day.until("welcome").joins() for _ in range(2))
    day.collects(["Evening classes"])
    idea = day.idea_ids()["Evening classes"]
    ben.post(f"~/ideas/{idea}/withdraw", {}, status=404)
    amina.post(f"~/ideas/{idea}/withdraw", {})
    assert "Evening classes" not in amina.get("~").text


def test_ideas_are_written_in_silence_and_read_afterwards(day: Day) -> None:
    amina = day.until("welcome").joins()
    day.collects(["Evening classes"])
    assert "Evening classes" not in amina.get("~/ideas").text
    day.next()
    assert "Evening classes" in amina.get("~/ideas").text
    assert "Evening classes" not in amina.get("~/ideas?q=nothing-like-it").text


def test_a_page_without_script_scores_a_whole_idea_at_once(day: Day) -> None:
    amina = day.until("welcome").joins()
    day.scoring("Evening classes")
    idea = day.idea_ids()["Evening classes"]
    amina.post("~/scores", {"idea": idea, "value-A": "4", "value-B": "dont_know", "stake": "", "next": ""})
    page = amina.get(f"~/score/{idea}").text
    assert page.count(" checked>") == 2


def test_one_score_can_be_posted_as_plain_fields(day: Day) -> None:
    amina = day.until("welcome").joins()
    day.scoring("Evening classes")
    idea = day.idea_ids()["Evening classes"]
    amina.post("~/scores", {"idea": idea, "criterion": "A", "value": "4", "seq": "1"})
    assert amina.score(idea, "A", 4, seq=1) == {"ok": True, "seq": 1}


def test_up_to_fifty_scores_go_in_one_list_and_each_is_answered(day: Day) -> None:
    amina = day.until("welcome").joins()
    day.scoring("Evening classes")
    idea = day.idea_ids()["Evening classes"]
    said = [{"idea": idea, "criterion": c, "value": 3, "seq": n} for n, c in enumerate("ABC", 1)] + [{"idea": 3}]
    answers = amina.post("~/scores", json=said, status=200).get_json()
    assert [answer["ok"] for answer in answers] == [True, True, True, False]
    amina.post("~/scores", json=said * 20, status=400)


def test_the_stake_button_keeps_the_answers_for_whoever_takes_it_back(day: Day) -> None:
    amina = day.until("welcome").joins()
    day.scoring("Evening classes")
    idea = day.idea_ids()["Evening classes"]
    amina.score(idea, "A", 4)
    amina.score(idea, None, "recused")
    assert "data-recused" in amina.get(f"~/score/{idea}").text
    amina.score(idea, None, None)
    page = amina.get(f"~/score/{idea}").text
    assert "data-recused" not in page
    assert 'value="4" data-words' in page


def test_a_late_answer_is_told_that_it_is_not_counted(day: Day) -> None:
    amina = day.until("welcome").joins()
    day.scoring("Evening classes").next()
    idea = day.idea_ids()["Evening classes"]
    assert amina.score(idea, "A", 4)["why"] == "closed"
    page = amina.post("~/scores", {"idea": idea, "value-A": "4"}, status=409).text
    assert "too late and is not counted" in page


def test_a_page_of_scoring_leads_home_once_scoring_is_closed(day: Day) -> None:
    amina = day.until("welcome").joins()
    day.scoring("Evening classes").next()
    response = amina.get(f"~/score/{day.idea_ids()['Evening classes']}", status=303)
    assert response.location == f"/{day.code}"


def test_every_idea_is_dealt_in_an_order_of_ones_own(day: Day) -> None:
    people = day.until("welcome").crowd(6)
    day.scoring(*(f"Idea {n}" for n in range(8)))
    orders = {tuple(idea["id"] for idea in person.api()["ideas"]) for person in people}
    assert len(orders) > 1
    assert {frozenset(order) for order in orders} == {frozenset(day.idea_ids().values())}


def test_a_late_idea_comes_first(day: Day) -> None:
    amina = day.until("welcome").joins()
    day.until("collect")
    amina.post("~/ideas", {"title": "Late", "kind": "gap"})
    amina.post("~/ideas", {"title": "In time", "kind": "gap"})
    ids = day.idea_ids()
    day.fay.post(f"~/ideas/{ids['In time']}/show", {})
    day.until("score")
    day.fay.post(f"~/ideas/{ids['Late']}/show", {})
    assert [idea["title"] for idea in amina.api()["ideas"]] == ["Late", "In time"]
