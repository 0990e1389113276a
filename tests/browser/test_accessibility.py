"""Every page in every state and every language, as axe sees it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import axe
from tests.browser.day import EVIDENCE, TITLES, Day, shortlist
from tests.browser.office import Office
from tests.browser.person import LANGUAGES, LAPTOP, PHONE, People, Person


@dataclass
class Readers:
    """Three people side by side, one for each language: each of them looks at the same page."""

    people: list[Person]
    found: list[str] = field(default_factory=list)

    def look(self, path: str, status: int = 200) -> None:
        for reader in self.people:
            reader.visit(path, status)
            self.check(reader)

    def check(self, reader: Person) -> None:
        tag = reader.page.locator("html").get_attribute("lang")
        self.found += [f"{tag} {reader.page.url}: {line}" for line in axe.violations(reader.page)]

    def each(self) -> Iterator[Person]:
        """Everybody does something, and then the page is looked at."""
        for reader in self.people:
            yield reader
            self.check(reader)

    def report(self) -> None:
        assert self.found == [], "\n".join(self.found)


@pytest.fixture(scope="module")
def regulars(chromium: Browser, office: Office) -> Iterator[list[Person]]:
    """The same three for the whole file: what a browser has loaded once, it need not load again."""
    crowd = People(chromium)
    yield [crowd.come(office.server.url, language=tag) for tag in LANGUAGES]
    assert crowd.leave() == []


@pytest.fixture
def look(regulars: list[Person]) -> Iterator[Readers]:
    """Three strangers, one for each language."""
    for person in regulars:
        person.forget()
    yield Readers(regulars)
    assert [problem for person in regulars for problem in person.problems] == []


def as_participants(look: Readers, day: Day) -> None:
    for reader, tag in zip(look.people, LANGUAGES, strict=True):
        reader.resize(PHONE)
        reader.lend(day.join(language=tag)[0].browser)


def as_hosts(look: Readers, day: Day) -> None:
    for reader in look.people:
        reader.resize(LAPTOP)
        reader.visit(day.links["console_url"])


# --- the front door and the accounts ---


def test_front_door_and_accounts(office: Office, look: Readers) -> None:
    look.look("/")
    look.look("/sign-in")
    look.look("/no-such-page", 404)
    for reader in look.each():
        reader.expected.add("/")
        reader.visit("/")
        reader.page.locator("[name=code]").fill("123")
        reader.page.locator("main .button.primary").click()
        expect(reader.page.locator("[aria-invalid=true]")).to_be_visible()
    invited = office.server.facilitate("user", "add", "ana@example.org").stdout.split()[-1]
    for reader in look.each():
        reader.visit(invited)
    for reader in look.people:
        reader.lend(office.browser)
    look.look("/events")
    look.report()


def test_the_door(day: Day, look: Readers) -> None:
    look.look(f"/{day.code}")
    day.open_doors()
    look.look(f"/{day.code}")
    for reader in look.each():
        reader.expected.add(f"/{day.code}/re-enter")
        reader.page.locator("details", has=reader.page.locator("[name=reentry]")).locator("summary").click()
        reader.page.locator("[name=reentry]").fill("12")
        reader.page.locator("form[action$='/re-enter'] button").click()
        expect(reader.page.locator("[aria-invalid=true]")).to_be_visible()
    for reader in look.each():
        reader.visit(f"/{day.code}")
        for summary in reader.page.locator("details > summary").all():
            summary.click()
    for reader in look.each():
        reader.page.locator("main form .button.primary").first.click()
        expect(reader.page.locator(".big-code")).to_be_visible()
    for reader in look.people:
        reader.forget()
    day.press("lock", version=str(day.host.version()))
    look.look(f"/{day.code}")
    look.report()


def test_who_may_join(day: Day, look: Readers) -> None:
    as_hosts(look, day)
    desk = f"/{day.code}/console"
    look.look(desk)
    look.look(f"{desk}/people")
    day.press("admission", mode="tickets")
    look.look(f"{desk}/people")
    for reader in look.each():
        reader.page.locator("form[action$='/tickets'] button").click()
        expect(reader.page.locator(".ticket").first).to_be_visible()
    day.open_doors()
    for reader in look.people:
        reader.forget()
        reader.resize(PHONE)
        reader.expected.add(f"/{day.code}")
    look.look(f"/{day.code}")
    for reader in look.each():
        reader.page.locator("[name=ticket]").fill("0" * 20)
        reader.page.locator("main form .button.primary").first.click()
        expect(reader.page.locator("[aria-invalid=true]")).to_be_visible()
    day.press("admission", mode="counted", heads="1")
    day.join()
    look.look(f"/{day.code}")
    as_hosts(look, day)
    look.look(f"{desk}/people")
    look.report()


# --- phones ---


def test_phones_before_scoring(day: Day, look: Readers) -> None:
    day.open_doors()
    as_participants(look, day)
    look.look(f"/{day.code}")
    day.go_to("collect")
    for number, phone in enumerate(day.phones):
        idea = {"title": f"My own idea {number}", "details": "In more words.", **EVIDENCE}
        day.send_ideas([idea], author=phone)
    look.look(f"/{day.code}")
    look.look(f"/{day.code}/ideas")
    for reader in look.each():
        reader.expected.add(f"/{day.code}/ideas")
        reader.visit(f"/{day.code}")
        for summary in reader.page.locator("details > summary").all():
            summary.click()
        reader.page.locator("form[data-draft=idea] .button.primary").click()
        expect(reader.page.locator("[aria-invalid=true]").first).to_be_visible()
    for sent, how in zip(day.host.ideas("waiting", day.ids).values(), ("show", "hide"), strict=False):
        day.host.show(sent) if how == "show" else day.host.hide(sent, "names-someone")
    day.go_to("sort")
    look.look(f"/{day.code}")
    look.look(f"/{day.code}/ideas")
    look.report()


def test_phones_while_scoring(day: Day, look: Readers) -> None:
    to_scoring(day)
    as_participants(look, day)
    idea = day.ids[TITLES[0]]
    look.look(f"/{day.code}")
    look.look(f"/{day.code}/score")
    look.look(f"/{day.code}/score/{idea}")
    for reader in look.each():
        for row in reader.page.locator("score-row").all():
            row.locator("label:has([value='4'])").click()
        reader.page.locator(".stake").click()
        reader.page.locator("details > summary").first.click()
        expect(reader.page.locator("outbox-status")).to_have_attribute("data-state", "saved")
    for reader in look.people:
        with reader.bad_network():
            reader.context.set_offline(True)
            reader.page.locator("score-row label:has([value='2'])").first.click()
            expect(reader.page.locator("outbox-status")).to_have_attribute("data-state", "waiting")
            look.check(reader)
            reader.context.set_offline(False)
            expect(reader.page.locator("outbox-status")).to_have_attribute("data-state", "saved", timeout=30_000)
    look.look(f"/{day.code}/score")
    look.look(f"/{day.code}/results")
    look.report()


def test_phones_after_scoring(day: Day, look: Readers) -> None:
    to_scoring(day)
    as_participants(look, day)
    day.score()
    day.go_to("reveal")
    look.look(f"/{day.code}")
    look.look(f"/{day.code}/results")
    day.reveal()
    look.look(f"/{day.code}")
    look.look(f"/{day.code}/results")
    day.go_to("wrap_up")
    look.look(f"/{day.code}")
    look.report()


def to_scoring(day: Day) -> None:
    """A day at scoring, with evidence on one idea and a timer that runs."""
    day.open_doors()
    day.go_to("collect")
    whole = {"title": TITLES[0], "details": "In more words.", "organization": "Elm Street Library", **EVIDENCE}
    day.send_ideas([whole, *TITLES[1:]])
    day.go_to("sort")
    day.show()
    day.go_to("score")
    day.press("timer", minutes="20")


# --- the console ---


def test_console_before_scoring(day: Day, look: Readers) -> None:
    as_hosts(look, day)
    desk = f"/{day.code}/console"
    look.look(desk)
    day.open_doors()
    day.join(6, group="settlement-agency")
    look.look(desk)
    look.look(f"{desk}/people")
    for reader in look.each():
        reader.page.locator("form[action$='/links'] button").click()
        expect(reader.page.locator("code")).to_be_visible()
    look.look(f"{desk}/results")
    day.go_to("collect")
    day.send_ideas([{"title": TITLES[0], "details": "In more words.", **EVIDENCE}])
    day.send_ideas(TITLES[1:])
    look.look(desk)
    ids = list(day.ids.values())
    for reader in look.each():
        reader.visit(f"{desk}/ideas?tab=waiting")
        for summary in reader.page.locator("article details > summary").all()[:2]:
            summary.click()
    for idea in ids[:3]:
        day.host.show(idea)
    day.host.hide(ids[3], "names-someone")
    day.host.merge(ids[4], ids[0])
    for tab in ("waiting", "shown", "hidden", "merged"):
        look.look(f"{desk}/ideas?tab={tab}")
    look.look(f"{desk}/ideas?tab=shown&merge={ids[1]}")
    look.look(f"{desk}/log")
    look.report()


def test_console_from_scoring_on(day: Day, look: Readers) -> None:
    to_scoring(day)
    as_hosts(look, day)
    desk = f"/{day.code}/console"
    day.score(6, leave_out=1)
    look.look(desk)
    look.look(f"{desk}/results")
    day.score(6, group="settlement-agency")
    day.go_to("reveal")
    look.look(f"{desk}")
    look.look(f"{desk}/results")
    for reader in look.each():
        for summary in reader.page.locator("details > summary").all():
            summary.click()
    look.people[0].page.locator("form[action$='/apart'] button").first.click()
    look.look(f"{desk}/results")
    day.press("results")
    results_from_all_sides(day, look)
    look.look(f"{desk}/criteria")
    for reader in look.each():
        reader.visit(desk)
        reader.page.locator("[data-step=back] button").click()
        expect(reader.page.locator("#confirmation")).to_be_visible()
    for reader in look.each():
        reader.expected.add(f"{desk}/back")
        reader.page.locator("#confirmation").fill("something else")
        reader.page.locator("form[action$='/back'] .button.primary").click()
        expect(reader.page.locator("[aria-invalid=true]")).to_be_visible()
    day.reveal()
    look.look(desk)
    look.look(f"{desk}/results/heatmap")
    look.look(f"{desk}/call")
    shortlist(day)
    look.look(f"{desk}/call")
    look.look(f"{desk}/call/print")
    day.go_to("wrap_up")
    look.look(desk)
    look.look(f"{desk}/log")
    look.report()


def results_from_all_sides(day: Day, look: Readers) -> None:
    """A marked idea, groups beside each other, weights that move something."""
    desk, idea = f"/{day.code}/console", day.ids[TITLES[0]]
    day.host._sort(idea, "mark", wanted="yes")
    look.look(f"{desk}/results")
    look.look(f"{desk}/results/{idea}")
    look.look(f"{desk}/discussion")
    day.press("groups")
    look.look(f"{desk}/groups")
    weights = {f"weight-{code}": "1" for code in "ABCDEFGHIJ"}
    day.press("scenarios", name="All the same", reason="To see.", **weights)
    look.look(f"{desk}/scenarios?{urlencode({**weights, 'weight-A': '9'})}")


def test_hands_and_another_round(day: Day, look: Readers) -> None:
    day.deal(2)
    to_scoring(day)
    as_participants(look, day)
    for phone in day.phones[1:]:
        day.score_hand(phone)
    look.look(f"/{day.code}")
    look.look(f"/{day.code}/score")
    for reader in look.people:
        reader.forget()
    as_hosts(look, day)
    desk = f"/{day.code}/console"
    day.score(20)
    look.look(desk)
    day.go_to("reveal")
    day.press("results")
    day.mark(*TITLES[:2])
    look.look(f"{desk}/discussion")
    for reader in look.each():
        reader.page.locator("form[action$='/score-again'] button").click()
        expect(reader.page.locator("#confirmation")).to_be_visible()
    day.score_again()
    look.look(desk)
    for phone in day.phones[1:]:
        day.score_hand(phone)
    day.go_to("reveal")
    look.look(f"{desk}/results")
    as_board = look.people[0]
    as_board.visit(day.links["board_url"])
    day.press("board", view="progress")
    as_board.visit(f"/{day.code}/board")
    look.check(as_board)
    look.report()


def test_the_ballot_is_made(day: Day, look: Readers) -> None:
    as_hosts(look, day)
    desk = f"/{day.code}/console"
    for reader in look.each():
        reader.visit(f"{desk}/criteria")
        for summary in reader.page.locator("details > summary").all():
            summary.click()
    look.look(f"{desk}/criteria/A")
    for reader in look.each():
        reader.expected.add(f"{desk}/criteria/new")
        reader.visit(f"{desk}/criteria/new")
        reader.page.locator(".criterion-form .button.primary").click()
        expect(reader.page.locator("[aria-invalid=true]").first).to_be_visible()
    for reader in look.each():
        reader.expected.add(f"{desk}/weights")
        reader.visit(f"{desk}/criteria")
        reader.page.locator("[name=weight-B]").fill("-1")
        # At once: a refresh in between would bring the browser's own check back.
        reader.page.locator("form[action$='/weights']").evaluate(
            "(form) => { form.noValidate = true; form.requestSubmit(); }"
        )
        expect(reader.page.locator("[aria-invalid=true]")).to_be_visible()
    look.report()


def test_the_room_votes_and_weighs(day: Day, look: Readers) -> None:
    day.press("length", how="vote", cut_to="2", per_person="")
    day.press("weights", who="room", **{f"weight-{letter}": "1" for letter in "ABCDEFGHIJ"})
    day.open_doors()
    day.go_to("collect")
    day.send_ideas()
    day.go_to("sort")
    day.show()
    as_participants(look, day)
    day.go_to("vote")
    look.look(f"/{day.code}")
    voters = day.join(5)
    for phone in voters:
        phone.browser.post(f"/{day.code}/votes", {"keep": day.ids[TITLES[0]]})
    day.go_to("weigh")
    look.look(f"/{day.code}")
    for reader in look.each():
        reader.expected.add(f"/{day.code}/weights")
        reader.page.locator("[data-step='5']").first.click()
        reader.page.locator(".save-bar button").click()
        expect(reader.page.locator("#why")).to_be_visible()
    as_hosts(look, day)
    look.look(f"/{day.code}/console")
    look.look(f"/{day.code}/console/criteria")
    day.go_to("score")
    for path in ("criteria", "criteria/A", "anew"):
        look.look(f"/{day.code}/console/{path}")
    look.report()


# --- the board ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_board(day: Day, people: People, language: str) -> None:
    board = day.board(people, language=language)
    look = Readers([board])
    day.press("board-language", language=language)
    day.press("weights", who="room", **{f"weight-{letter}": "1" for letter in "ABCDEFGHIJ"})
    day.open_doors()
    look.look(f"/{day.code}/board")
    day.go_to("collect")
    look.look(f"/{day.code}/board")
    day.send_ideas()
    day.go_to("sort")
    day.show()
    look.look(f"/{day.code}/board")
    day.press("timer", minutes="20")
    day.go_to("weigh")
    look.look(f"/{day.code}/board")
    day.press("board", view="criteria")
    look.look(f"/{day.code}/board")
    day.go_to("score")
    day.score(6)
    look.look(f"/{day.code}/board")
    day.go_to("reveal")
    day.reveal()
    look.look(f"/{day.code}/board")
    for view in ("numbers", "bands", "heatmap", "timer", "thanks"):
        day.press("board", view=view)
        look.look(f"/{day.code}/board")
    day.press("blank")
    look.look(f"/{day.code}/board")
    assert board.page.locator("#board").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    look.report()


# --- colours ---


def test_the_main_screens_in_the_dark(day: Day, people: People) -> None:
    day.until("score")
    phone, _ = day.participant(people, dark=True)
    look = Readers([phone])
    look.look(f"/{day.code}")
    look.look(f"/{day.code}/score/{day.ids[TITLES[0]]}")
    phone.page.locator("score-row label:has([value='4'])").first.click()
    look.check(phone)
    for other in (day.console(people, dark=True), day.board(people, dark=True)):
        look.check(other)
    look.report()


def test_what_is_chosen_is_seen_where_colours_are_forced(day: Day, people: People) -> None:
    """The system's own colours take away ours: what is chosen must differ by something that stays."""
    day.until("collect")
    phone, _ = day.participant(people, forced_colors=True)
    phone.visit(f"/{day.code}")
    page = phone.page
    assert differ(page, "label:has([name=kind]:checked)", "label:has([name=kind]:not(:checked))")
    day.send_ideas(TITLES[:1])
    day.go_to("sort")
    day.show()
    day.go_to("score")
    phone.visit(f"/{day.code}/score/{day.ids[TITLES[0]]}")
    page.locator("score-row label:has([value='4'])").first.click()
    assert differ(page, "label.level:has(:checked)", "label.level:has([value='3'])")


def differ(page: Page, one: str, other: str) -> bool:
    """Do the computed looks of these two differ in more than letters?"""
    looks = """(selector) => {
      const element = document.querySelector(selector);
      return [null, "::before"].map((part) => {
        const style = getComputedStyle(element, part);
        return [style.backgroundColor, style.borderColor, style.borderStyle, style.borderWidth, style.content].join();
      }).join();
    }"""
    return bool(page.evaluate(looks, one) != page.evaluate(looks, other))
