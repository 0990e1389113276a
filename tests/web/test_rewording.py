"""An author says it in other words, until somebody could have scored it; whoever approved the old words looks again."""

from __future__ import annotations

from facilitate.models import Event, Idea
from tests.cast import Browser, Day

FORM = {"title": "A van in the evening", "kind": "opportunity", "sector": "housing", "details": "On Fridays."}
EVIDENCE = {"evidence-0-type": "report", "evidence-0-text": "Our notes.", "evidence-0-link": ""}


def wrote(day: Day, title: str = "A van", **more: str) -> tuple[Browser, str]:
    amina = day.until("collect").joins()
    amina.post("~/ideas", {"title": title, "kind": "gap", **more})
    return amina, day.idea_ids()[title]


def stored(event: Event, idea: str) -> Idea:
    found = event.idea(idea)
    assert found is not None
    return found


def test_the_new_words_stand_in_the_place_of_the_old_and_wait_for_a_look(day: Day) -> None:
    amina, idea = wrote(day, **EVIDENCE)
    day.show_all()
    page = amina.get(f"~/ideas/{idea}/edit").text
    assert ">A van</textarea>" in page
    assert "Our notes." in page
    amina.post(f"~/ideas/{idea}/edit", FORM | EVIDENCE | {"evidence-0-text": "Their notes."})
    with day.event() as event:
        found = stored(event, idea)
        assert (found.title, found.label, found.kind.key, found.details) == (
            "A van in the evening",
            "A van in the evening",
            "opportunity",
            "On Fridays.",
        )
        assert (found.state, [one.text for one in found.evidence]) == ("waiting", ["Their notes."])
    assert "changed the words of an idea" in day.fay.get("~/console/log").text


def test_where_ideas_are_shown_at_once_so_are_their_new_words(day: Day) -> None:
    day.fay.post("~/console/privacy/moderation", {"how": "show-at-once"})
    amina, idea = wrote(day)
    amina.post(f"~/ideas/{idea}/edit", FORM)
    with day.event() as event:
        assert stored(event, idea).state == "shown"


def test_an_idea_that_was_set_aside_comes_back_in_other_words(day: Day) -> None:
    amina, idea = wrote(day, "Ask Mrs. Smith")
    day.fay.post(f"~/ideas/{idea}/hide", {"reason": "names-someone", "note": "No names, please."})
    assert "No names, please." in amina.get("~").text
    amina.post(f"~/ideas/{idea}/edit", FORM)
    with day.event() as event:
        found = stored(event, idea)
        assert (found.state, found.note, found.reason) == ("waiting", "", None)


def test_a_label_that_the_host_chose_stays(day: Day) -> None:
    amina, idea = wrote(day)
    day.fay.post(f"~/ideas/{idea}/label", {"label": "Mobile office"})
    amina.post(f"~/ideas/{idea}/edit", FORM)
    with day.event() as event:
        assert stored(event, idea).label == "Mobile office"


def test_only_its_author_and_only_until_scoring_opens(day: Day) -> None:
    amina, idea = wrote(day)
    day.show_all()
    ben = day.joins()
    ben.get(f"~/ideas/{idea}/edit", status=404)
    ben.post(f"~/ideas/{idea}/edit", FORM, status=404)
    day.until("score")
    assert "Change it" not in amina.get("~").text
    amina.post(f"~/ideas/{idea}/edit", FORM, status=409)
    with day.event() as event:
        assert stored(event, idea).title == "A van"


def test_what_is_wrong_with_the_new_words_is_said_and_they_stay_in_the_form(day: Day) -> None:
    amina, idea = wrote(day)
    page = amina.post(f"~/ideas/{idea}/edit", FORM | {"title": "x" * 90, "details": "Kept words"}, status=400).text
    assert "10 characters too long" in page
    assert "Kept words" in page
    same = {"title": "A van", "kind": "gap", "sector": "", "details": "", "organization": ""}
    with day.event() as event:
        before = event.revision
    amina.post(f"~/ideas/{idea}/edit", same)
    with day.event() as event:
        assert event.revision == before
    amina.post(f"~/ideas/{idea}/edit", same | EVIDENCE)
    with day.event() as event:
        assert event.revision == before + 1
