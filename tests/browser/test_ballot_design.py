"""The host makes the ballot, the room weighs it: three phones share out their points, and the weights appear."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.day import TITLES, Day
from tests.browser.person import LAPTOP, SMALL_PHONE, People, Person

CRITERIA = "ABCDEFGHIJ"


def ask_the_room(console: Person, day: Day) -> None:
    """Groups of three are enough here; and the room is to set the weights."""
    page = console.page
    console.visit(f"/{day.code}/console/criteria")
    page.locator("details.more summary").click()
    page.locator("[name=n_min]").fill("3")
    page.locator("[name=k_board]").fill("3")
    page.locator("form[action$='/rules'] button").click()
    expect(page.locator("[data-flash=done]")).to_be_visible()
    page.locator("[name=who][value=room]").check()
    page.locator("form[action$='/weights'] button").click()
    expect(page.locator("[name=who][value=room]")).to_be_checked()


def give(person: Person, day: Day, **points: int) -> None:
    """By taps on +5, as people do it."""
    person.visit(f"/{day.code}")
    for letter, count in points.items():
        row = person.page.locator(".purse > li").nth(CRITERIA.index(letter))
        for _ in range(count // 5):
            row.locator("[data-step='5']").click()


def test_three_phones_share_out_points_and_their_means_become_the_weights(day: Day, people: People) -> None:
    """By hand: A (100 + 50 + 25) / 3 = 58.33, B (0 + 50 + 25) / 3 = 25, C (0 + 0 + 50) / 3 = 16.67."""
    console = day.console(people)
    ask_the_room(console, day)
    day.open_doors()
    phones = [day.participant(people, size=SMALL_PHONE)[0] for _ in range(3)]
    day.go_to("collect")
    day.send_ideas(TITLES[:2], author=day.phones[0])
    day.go_to("sort")
    day.show()
    day.go_to("weigh")
    for person, points in zip(phones, ({"A": 100}, {"A": 50, "B": 50}, {"A": 25, "B": 25, "C": 50}), strict=True):
        give(person, day, **points)
        expect(person.page.locator("[data-rest]")).to_have_text("All 100 points are given.")
        person.page.locator(".save-bar button").click()
        expect(person.page.locator("[data-flash=done]")).to_be_visible()
    day.go_to("score")
    console.visit(f"/{day.code}/console/criteria")
    weights = console.page.locator(".weight-list > li")
    assert [weights.nth(place).inner_text().split("\n")[-2:] for place in range(4)] == [
        ["58.33", "58%"],
        ["25", "25%"],
        ["16.67", "17%"],
        ["0", "0%"],
    ]
    expect(console.page.get_by_text("the mean of the points of 3 people")).to_be_visible()


def test_points_that_do_not_add_up_stay_on_the_phone_with_what_is_left(day: Day, people: People) -> None:
    day.press("weights", who="room", **{f"weight-{letter}": "1" for letter in CRITERIA})
    day.open_doors()
    person, _ = day.participant(people, size=SMALL_PHONE)
    day.go_to("weigh")
    give(person, day, A=60, B=20)
    rest = person.page.locator("[data-rest]")
    expect(rest).to_have_text("Left to give: 20")
    person.expected.add(f"/{day.code}/weights")
    person.page.locator(".save-bar button").click()
    expect(person.page.locator(".error")).to_contain_text("20 points are left")
    expect(person.page.locator("[name=points-A]")).to_have_value("60")
    person.page.locator(".purse > li").nth(2).locator("[data-step='5']").click(click_count=5)
    expect(rest).to_have_text("Too many: 5")
    person.page.wait_for_timeout(2000)  # a page that was answered with a sentence asks for news, and stays
    expect(person.page.locator(".error")).to_contain_text("20 points are left")
    person.page.locator("[name=points-C]").fill("20")
    person.page.locator(".save-bar button").click()
    expect(person.page.locator("[data-flash=done]")).to_be_visible()
    expect(person.page.locator("[name=points-C]")).to_have_value("20")


def test_weighing_and_voting_work_without_script(day: Day, people: People) -> None:
    day.press("weights", who="room", **{f"weight-{letter}": "1" for letter in CRITERIA})
    day.press("length", how="vote", cut_to="1", per_person="")
    day.open_doors()
    person, phone = day.participant(people, scripts=False)
    day.go_to("collect")
    day.send_ideas(TITLES[:2], author=phone)
    day.go_to("sort")
    day.show()
    day.go_to("vote")
    person.visit(f"/{day.code}")
    person.page.get_by_label(TITLES[0]).check()
    person.page.locator(".save-bar button").click()
    expect(person.page.get_by_label(TITLES[0])).to_be_checked()
    day.go_to("weigh")
    person.visit(f"/{day.code}")
    expect(person.page.locator("[data-step]").first).to_be_hidden()
    person.page.locator("[name=points-A]").fill("100")
    person.page.locator(".save-bar button").click()
    expect(person.page.locator("[name=points-A]")).to_have_value("100")


def test_what_a_host_is_typing_survives_what_happens_in_the_room(day: Day, people: People) -> None:
    console = day.console(people, size=LAPTOP)
    console.visit(f"/{day.code}/console/criteria")
    console.page.locator("[name=weight-B]").fill("7")
    day.open_doors()
    expect(console.page.locator(".dot[data-door=open]")).to_be_attached()
    expect(console.page.locator("[name=weight-B]")).to_have_value("7")
