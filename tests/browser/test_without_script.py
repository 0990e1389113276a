"""A browser in which no script runs takes part all the same: plain pages, plain forms (T28)."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.day import ENOUGH, Day
from tests.browser.person import People

TITLE = "A list of teachers who are free this week"


def test_join_submit_score_and_read_the_results(day: Day, people: People) -> None:
    day.open_doors()
    person = people.come(day.server.url, language="fr", scripts=False)
    page = person.page
    person.visit(f"/{day.code}")
    page.locator("label", has=page.locator("[name=group]")).first.click()
    page.locator("main form").first.locator(".button.primary").click()
    page.locator("main .button.primary").click()
    expect(page.locator("#now")).to_have_attribute("data-activity", "welcome")

    day.go_to("collect")
    person.visit(f"/{day.code}")
    page.locator("[name=title]").fill(TITLE)
    page.locator("label", has=page.locator("[name=kind][value=opportunity]")).click()
    page.locator("details", has=page.locator("[name=evidence-0-text]")).locator("summary").click()
    page.locator("[name=evidence-0-type]").select_option("report")
    page.locator("[name=evidence-0-text]").fill("The library keeps such a list for tutors.")
    page.locator("button[name=more]").click()
    expect(page.locator("[name=evidence-1-text]")).to_be_visible()
    expect(page.locator("[name=title]")).to_have_value(TITLE)
    page.locator("form[data-draft=idea] .button.primary").click()
    expect(page.locator("#my-ideas .idea-title")).to_have_text(TITLE)

    day.send_ideas()
    day.go_to("sort")
    day.show([*day.ids, *day.find([TITLE])])
    day.go_to("score")
    person.visit(f"/{day.code}")
    page.locator("#now a[href*='/score/']").first.click()
    expect(page.locator("outbox-status")).to_be_hidden()
    scored = 0
    while "/score/" in person.path:
        if page.locator("#ballot[data-recused]").count():  # the idea of one's own, wherever it was dealt
            with page.expect_navigation():
                page.locator(".phone-foot a.primary").click()
            continue
        for row in page.locator("score-row").all():
            row.locator("label:has([value='4'])").click()
        with page.expect_navigation():
            page.locator("#ballot button.primary").click()
        scored += 1
    assert scored == len(day.ids) - 1, "everything but the idea of one's own"
    expect(page.locator(".score-line .done")).to_have_count(len(day.ids))
    assert day.count_scores() == 10 * scored
    page.locator("form[action$='/finish'] button").click()

    day.score(ENOUGH)
    day.go_to("reveal")
    person.visit(f"/{day.code}/results")
    expect(page.locator("#results")).to_have_count(0)
    expect(page.locator("#wait")).to_be_visible()
    day.reveal()
    person.visit(f"/{day.code}")
    page.locator("#now a[href$='/results']").click()
    expect(page.locator("#results li.result")).to_have_count(len(day.ids))


def test_a_late_answer_without_script_is_refused_in_words(day: Day, people: People) -> None:
    day.until("score")
    person, phone = day.participant(people, scripts=False)
    page = person.page
    person.visit(f"/{day.code}/score/{next(iter(day.ids.values()))}")
    page.locator("score-row").first.locator("label:has([value='2'])").click()
    day.go_to("reveal")
    person.expected.add(f"/{day.code}/scores")
    page.locator("#ballot button.primary").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert day.answers(phone) == {}
