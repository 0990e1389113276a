"""The people of these tests go where they want to, also when the page is moving on by itself, and hide nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Error

from tests.browser.day import Day
from tests.browser.person import People

RESTLESS = "<!doctype html><script>location.reload()</script>"


@pytest.mark.parametrize("wait", range(0, 50, 10))
def test_whoever_goes_elsewhere_while_the_page_moves_on_arrives(day: Day, people: People, wait: int) -> None:
    amina = people.come(day.server.url)
    amina.visit("/")
    amina.page.evaluate("(wait) => void setTimeout(() => location.assign('/sign-in'), wait)", wait)
    amina.page.wait_for_timeout(wait)
    amina.visit("/sign-in")
    assert amina.path == "/sign-in"


def test_a_page_that_is_not_there_is_no_visit(day: Day, people: People) -> None:
    amina = people.come(day.server.url)
    amina.expected.add("/nowhere")
    with pytest.raises(AssertionError, match="/nowhere: 404"):
        amina.visit("/nowhere")


def test_a_page_that_never_rests_is_no_visit(day: Day, people: People) -> None:
    amina = people.come(day.server.url)
    amina.page.route("**/restless", lambda route: route.fulfill(body=RESTLESS, content_type="text/html"))
    with pytest.raises(Error):
        amina.visit("/restless")
