"""A slip is taken back where it was made, and of two hosts who press at once the second is told how it is now."""

from __future__ import annotations

import re

import pytest

from facilitate.verification.event import verify_event
from tests.cast import Browser, Day

EVENING, CLASSES, VAN = "Evening classes", "Classes in the evening", "A van"


@pytest.fixture
def sorting(day: Day) -> Day:
    """Three ideas that wait to be checked."""
    amina = day.until("collect").joins()
    for title in (EVENING, CLASSES, VAN):
        amina.post("~/ideas", {"title": title, "kind": "gap"})
    return day


def state(day: Day, title: str) -> str:
    ids = day.idea_ids()
    with day.event() as event:
        return str(event.idea(ids[title]).state)


def press(host: Browser, day: Day, title: str, verb: str, **fields: str) -> str:
    """One press on the card of an idea; returns where it led."""
    answer = host.post(f"~/ideas/{day.idea_ids()[title]}/{verb}?tab=waiting", fields)
    return answer.headers["Location"].replace(f"/{day.code}", "~", 1)


def undo(host: Browser, address: str) -> None:
    """The button in the strip that stands where the idea was."""
    page = host.get(address).text
    strip = page[page.index('id="done"') :]
    fields = dict(re.findall(r'name="(first|last)" value="(\d+)"', strip))
    host.post("~/console/ideas/undo?tab=waiting", fields)


def undo_last(day: Day) -> None:
    """The button under the big one."""
    fields = dict(re.findall(r'name="(first|last)" value="(\d+)"', day.fay.get("~/console").text))
    day.fay.post("~/console/undo", fields)


@pytest.mark.parametrize(
    ("verb", "fields", "said", "then"),
    [
        ("show", {}, "is on the wall now", "shown"),
        ("hide", {"reason": "names-someone"}, "is set aside. Its author reads why", "hidden"),
        ("merge", {}, "is merged. Nothing of it is lost", "merged"),
    ],
)
def test_what_was_done_to_an_idea_can_be_taken_back_right_there(
    sorting: Day, verb: str, fields: dict[str, str], said: str, then: str
) -> None:
    press(sorting.fay, sorting, VAN, "show")
    into = {"into": sorting.idea_ids()[VAN]} if verb == "merge" else {}
    address = press(sorting.fay, sorting, EVENING, verb, **fields, **into)
    assert said in sorting.fay.get(address).text
    assert state(sorting, EVENING) == then
    undo(sorting.fay, address)
    assert state(sorting, EVENING) == "waiting"
    with sorting.event() as event:
        assert verify_event(event).differences == []


def test_the_strip_stands_where_the_idea_was(sorting: Day) -> None:
    page = sorting.fay.get(press(sorting.fay, sorting, CLASSES, "show")).text
    assert page.index(f">{EVENING}</bdi>") < page.index('id="done"') < page.index(f">{VAN}</bdi>")


def test_an_approval_of_all_is_taken_back_as_a_whole(sorting: Day) -> None:
    answer = sorting.fay.post("~/console/show-all?tab=waiting", {})
    address = answer.headers["Location"].replace(f"/{sorting.code}", "~", 1)
    assert "3 ideas are on the wall now" in sorting.fay.get(address).text
    undo(sorting.fay, address)
    assert {state(sorting, title) for title in (EVENING, CLASSES, VAN)} == {"waiting"}


def test_a_set_aside_idea_that_came_back_by_a_slip_keeps_its_reason(sorting: Day) -> None:
    press(sorting.fay, sorting, EVENING, "hide", reason="names-someone")
    undo(sorting.fay, press(sorting.fay, sorting, EVENING, "show"))
    ids = sorting.idea_ids()
    with sorting.event() as event:
        idea = event.idea(ids[EVENING])
        assert (idea.state, idea.reason.key) == ("hidden", "names-someone")


def test_taking_back_a_merge_gives_an_idea_its_own_parts_back(sorting: Day) -> None:
    sorting.show_all()
    ids = sorting.idea_ids()
    press(sorting.fay, sorting, CLASSES, "merge", into=ids[EVENING])
    undo(sorting.fay, press(sorting.fay, sorting, EVENING, "merge", into=ids[VAN]))
    with sorting.event() as event:
        assert event.idea(ids[EVENING]).state == "shown"
        assert event.idea(ids[CLASSES]).merged_into.public_id == ids[EVENING]
        assert verify_event(event).differences == []


def test_a_label_is_taken_back(sorting: Day) -> None:
    undo(sorting.fay, press(sorting.fay, sorting, VAN, "label", label="Bus"))
    ids = sorting.idea_ids()
    with sorting.event() as event:
        assert event.idea(ids[VAN]).label == VAN


def test_an_idea_set_aside_by_a_slip_while_people_score_is_not_late_afterwards(sorting: Day) -> None:
    sorting.show_all().until("score")
    undo(sorting.fay, press(sorting.fay, sorting, VAN, "hide", reason="names-someone"))
    ids = sorting.idea_ids()
    with sorting.event() as event:
        idea = event.idea(ids[VAN])
        assert (idea.state, idea.is_late) == ("shown", False)


def test_what_somebody_else_has_changed_since_is_not_taken_back(sorting: Day) -> None:
    moderator = sorting.invites("moderator")
    address = press(sorting.fay, sorting, EVENING, "show")
    page = sorting.fay.get(address).text
    fields = dict(re.findall(r'name="(first|last)" value="(\d+)"', page[page.index('id="done"') :]))
    press(moderator, sorting, EVENING, "hide", reason="names-someone")
    assert "/console/ideas/undo" not in sorting.fay.get(address).text
    told = sorting.fay.post("~/console/ideas/undo?tab=waiting", fields, status=409).text
    assert "Somebody has changed this since" in told
    assert state(sorting, EVENING) == "hidden"


def test_of_two_hosts_who_sort_one_idea_the_second_sees_how_it_is_now(sorting: Day) -> None:
    moderator = sorting.invites("moderator")
    press(moderator, sorting, EVENING, "hide", seen="waiting", reason="names-someone")
    idea = sorting.idea_ids()[EVENING]
    told = sorting.fay.post(f"~/ideas/{idea}/show?tab=waiting", {"seen": "waiting"}, status=409).text
    assert "Somebody else was faster" in told
    assert 'aria-current="page">To check <span class="count number">2</span>' in told
    assert state(sorting, EVENING) == "hidden"


def test_two_hosts_who_want_the_same_are_both_content(sorting: Day) -> None:
    moderator = sorting.invites("moderator")
    for host in (moderator, sorting.fay):
        press(host, sorting, EVENING, "show", seen="waiting")
    assert state(sorting, EVENING) == "shown"


def test_two_hosts_who_blank_the_board_at_once_blank_it(day: Day) -> None:
    other = day.open_doors().invites("cohost")
    for host in (day.fay, other):
        host.post("~/console/blank", {"wanted": "yes"})
    with day.event() as event:
        assert event.is_board_blank
    day.fay.post("~/console/blank", {"wanted": "perhaps"}, status=400)


def test_the_console_says_what_was_done_last_and_takes_it_back(day: Day) -> None:
    day.until("collect").fay.post("~/console/blank", {})
    page = day.fay.get("~/console").text
    assert "blanked the board" in page
    fields = dict(re.findall(r'name="(first|last)" value="(\d+)"', page))
    day.fay.post("~/console/undo", fields)
    with day.event() as event:
        assert not event.is_board_blank
    day.fay.post("~/console/undo", fields, status=409)


def test_the_board_goes_back_to_what_it_showed_before(day: Day) -> None:
    day.until("collect")
    for view in ("lobby", "timer"):
        day.fay.post("~/console/board", {"view": view})
    for then in ("lobby", "timer"):  # the second press takes the first one back
        undo_last(day)
        with day.event() as event:
            assert event.board_view == then
    day.next().fay.post("~/console/board", {"view": "lobby"})
    day.fay.post(
        "~/console/undo", dict(re.findall(r'name="(first|last)" value="(\d+)"', day.fay.get("~/console").text))
    )
    with day.event() as event:
        assert event.board_view is None


def test_the_console_says_which_button_takes_a_step_back_and_what_stays(day: Day) -> None:
    day.until("collect")
    assert "“Go back one step” takes it back" in day.fay.get("~/console").text
    day.fay.post("~/console/links", {"role": "observer"}, status=200)
    assert "there is nothing to undo" in day.fay.get("~/console").text


def test_the_second_of_two_hosts_sees_the_day_as_it_is(day: Day) -> None:
    seen = day.until("collect").version
    day.next()
    page = day.fay.post("~/console/next", {"version": seen}, status=409).text
    assert "Somebody else moved the day on" in page
    assert f'address="/{day.code}/console"' in page
    assert f'<input type="hidden" name="version" value="{day.version}">' in page


def test_a_moderator_takes_back_ideas_and_nothing_else(sorting: Day) -> None:
    moderator = sorting.invites("moderator")
    sorting.fay.post("~/console/blank", {})
    with sorting.event() as event:
        last = str(event.revision)
    moderator.post("~/console/ideas/undo", {"first": last, "last": last}, status=403)
    moderator.post("~/console/undo", {"first": last, "last": last}, status=403)
    undo(moderator, press(moderator, sorting, EVENING, "show"))
    assert state(sorting, EVENING) == "waiting"


def test_what_no_log_counts_up_to_is_refused_in_words(sorting: Day) -> None:
    for far in (2**31, 2**63, 10**30):
        for first in (1, far):
            for path in ("~/console/undo", "~/console/ideas/undo"):
                sorting.fay.post(path, {"first": first, "last": far}, status=400)
        sorting.fay.post("~/console/next", {"version": far}, status=400)
