"""The facilitator's console, over HTTP: one step at a time, and no slip that cannot be taken back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.cast import SAME_ORIGIN, Browser, Day


def test_the_button_says_what_it_will_do(day: Day) -> None:
    assert "Open the doors" in day.fay.get("~/console").text
    for words in ("Start collecting ideas", "Close collecting and sort"):
        day.until("welcome") if words.startswith("Start") else day.next()
        assert words in day.fay.get("~/console").text


def test_of_two_hosts_who_press_at_once_the_second_is_told_where_the_day_is(day: Day) -> None:
    day.open_doors()
    other = day.invites("host")
    seen = day.version
    day.fay.post("~/console/next", {"version": seen})
    page = other.post("~/console/next", {"version": seen}, status=409).text
    assert "Somebody else moved the day on" in page


def test_fifty_presses_at_once_move_the_day_one_step(day: Day) -> None:
    day.open_doors()
    seen = day.version
    cookies = [cookie for cookie in (day.fay.client.get_cookie(f"console-{day.code}"),) if cookie]

    def press(_number: int) -> int:
        client = Browser(day.app).client
        client.set_cookie(cookies[0].key, cookies[0].value)
        return client.post(f"/{day.code}/console/next", data={"version": seen}, headers=SAME_ORIGIN).status_code

    with ThreadPoolExecutor(10) as hands:
        statuses = list(hands.map(press, range(50)))
    assert sorted(statuses) == [303] + [409] * 49
    with day.event() as event:
        assert event.activity.key == "collect"


def test_before_everyone_is_brought_together_a_page_says_what_will_happen(day: Day) -> None:
    day.until("sort")
    assert f"/{day.code}/console/together" in day.fay.get("~/console").text
    before = day.fay.get("~/console/together").text
    assert "Whoever is typing is not cut off" in before
    day.fay.post("~/console/together", {"version": day.version})
    assert "0 phones were called" in day.fay.get("~/console").text
    assert "brought everyone to the open activity" in day.fay.get("~/console/log").text


def test_a_call_that_saw_another_step_brings_nobody_anywhere(day: Day) -> None:
    seen = day.until("collect").version
    day.next()
    day.fay.post("~/console/together", {"version": seen}, status=409)
    assert "brought everyone" not in day.fay.get("~/console/log").text


def test_only_who_runs_the_day_brings_everyone_together(day: Day) -> None:
    moderator, amina = day.until("collect").invites("moderator"), day.joins()
    assert "console/together" not in moderator.get("~/console").text
    for person in (moderator, amina):
        person.get("~/console/together", status=403)
        person.post("~/console/together", {"version": day.version}, status=403)


def test_an_observer_sees_the_console_without_its_buttons(day: Day) -> None:
    observer = day.open_doors().invites("observer")
    page = observer.get("~/console").text
    assert "Start collecting ideas" in page
    assert f"/{day.code}/console/next" not in page
    observer.post("~/console/next", {"version": day.version}, status=403)


def test_opening_the_doors_after_a_rehearsal_asks_first(day: Day) -> None:
    made = day.fay.post("~/console/rehearsal", json={}, status=200).get_json()
    visitor = day.browser()
    visitor.post("~", {"rehearsal": made["pass"]})
    assert "REHEARSAL" in day.fay.get("~/console").text
    assert "REHEARSAL" in visitor.get("~").text
    day.browser().post("~", {}, status=403)
    day.fay.post("~/console/open", {"version": day.version}, status=200)
    with day.event() as event:
        title = event.title["fr"]
    day.fay.post("~/console/open", {"version": day.version, "confirmation": title.upper()})
    assert "REHEARSAL" not in day.fay.get("~/console").text
    day.joins()


def test_a_link_for_a_role_is_shown_once_and_can_be_revoked(day: Day) -> None:
    observer = day.invites("observer")
    observer.get("~/console")
    assert "/enter/" not in day.fay.get("~/console/people").text
    page = day.fay.get("~/console/people").text
    for part in page.split(f"/{day.code}/console/links/")[1:]:
        day.fay.client.post(f"/{day.code}/console/links/{part.split('/')[0]}/revoke", headers=SAME_ORIGIN)
        if observer.client.get(f"/{day.code}/console").status_code == 403:
            break
    observer.get("~/console", status=403)


@pytest.mark.parametrize(
    "path", ["", "/ideas", "/people", "/criteria", "/results", "/log", "/log?page=999", "/log?page=x"]
)
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_every_page_of_the_console_speaks_every_language(day: Day, path: str, language: str) -> None:
    day.fay.headers = {"Accept-Language": language}
    page = day.fay.get(f"~/console{path}").text
    assert f'<html lang="{language}"' in page


def test_how_many_have_finished_is_told_to_the_host_too_from_five_people_on(day: Day) -> None:
    day.until("welcome").crowd(4)
    day.scoring("Evening classes")
    assert "not started" not in day.fay.get("~/console").text
    day.joins()
    assert "not started" in day.fay.get("~/console").text


def test_the_log_says_who_did_what(day: Day) -> None:
    day.open_doors()
    page = day.fay.get("~/console/log").text
    assert "opened the doors" in page
    assert "made the event" in page


def test_ideas_are_approved_set_aside_relabelled_merged_and_split(day: Day) -> None:
    amina = day.until("collect").joins()
    for title in ("Evening classes", "Classes in the evening", "Mrs K. was put out"):
        amina.post("~/ideas", {"title": title, "kind": "gap"})
    ids = day.idea_ids()
    one, other, named = ids.values()
    day.fay.post("~/console/show-all", {})
    day.fay.post(f"~/ideas/{named}/hide", {"reason": "", "note": ""}, status=400)
    day.fay.post(f"~/ideas/{named}/hide", {"reason": "names-someone"})
    day.fay.post(f"~/ideas/{one}/label", {"label": "x" * 25}, status=400)
    day.fay.post(f"~/ideas/{one}/label", {"label": "Evenings"})
    day.fay.post(f"~/ideas/{other}/merge", {"into": one})
    page = day.fay.get("~/console/ideas?tab=merged").text
    assert "Classes in the evening" in page
    day.fay.post(f"~/ideas/{other}/split", {})
    assert "Mrs K." in day.fay.get("~/console/ideas?tab=hidden").text
    assert "Evenings" in day.fay.get("~/console/ideas?tab=shown").text


def test_the_log_shows_the_closing_hash(day: Day) -> None:
    day.scoring().next()
    with day.event() as event:
        assert f'<code dir="ltr">{event.closing_hash}</code>' in day.fay.get("~/console/log").text
