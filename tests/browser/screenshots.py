"""`make screenshots`: plays a planning day and takes every screen, in three languages and five sizes.

Everything goes to screenshots/, which git ignores, with contact sheets that show the whole product at a glance; some go
to docs/images/ for the README and docs/scoring.md.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from facilitate.rehearsal.cast import cast
from facilitate.rehearsal.room import Room
from tests.browser import chromium, contact_sheets
from tests.browser.day import TITLES, Day, shortlist
from tests.browser.office import Office
from tests.browser.person import LANGUAGES, LAPTOP, OLD_PROJECTOR, PHONE, PROJECTOR, SMALL_PHONE, People, Person
from tests.real.server import Server
from tests.web.test_setup import picture

ROOT = Path(__file__).parents[2]
SCREENS, IMAGES = ROOT / "screenshots", ROOT / "docs" / "images"
PEOPLE, IDEAS, SEED = 30, 20, 2018
ADDRESS = "https://plan.example.ca"
STEPS = ("basics", "lists", "criteria", "agenda", "privacy", "check")
WELCOME = {
    "en": "We meet on the traditional territory of the Three Fires Confederacy: the Ojibwe, "
    "the Odawa and the Potawatomi.",
    "fr": "Nous nous réunissons sur le territoire traditionnel de la Confédération des Trois Feux : les Ojibwés, "
    "les Odawas et les Potéouatamis.",
    "ar": "نجتمع على الأرض التقليدية لاتحاد النيران الثلاث: الأوجيبوي والأوداوا والبوتاواتومي.",
}
"""What board and console show; the browsers here come over this machine's own address."""
LARGEST = 200_000
"""Bytes of an image in the README."""


class Photographer:
    """Goes through the day, and looks at each moment through everybody's eyes."""

    def __init__(self, day: Day, people: People, office: Office) -> None:
        self.day, self.office = day, office
        self.people = people
        url = day.server.url
        self.room = Room(url, day.code, cast(PEOPLE, IDEAS, SEED), day.host, say=lambda _line: None)
        self.strangers = {tag: people.come(url, language=tag) for tag in LANGUAGES}
        self.consoles = {tag: day.console(people, language=tag) for tag in LANGUAGES}
        self.phones: dict[str, Person] = {}
        self.projector = day.board(people)

    # --- one screen ---

    def take(self, person: Person, name: str, size: tuple[int, int], path: str, *, whole: bool = True) -> None:
        person.page.set_viewport_size({"width": size[0], "height": size[1]})
        person.visit(path)
        self.shoot(person, f"{name}-{size[0]}", whole=whole)

    def shoot(self, person: Person, name: str, *, whole: bool = True) -> None:
        person.page.evaluate("document.fonts.ready.then(() => true)")
        person.page.wait_for_timeout(150)
        person.page.screenshot(path=SCREENS / f"{name}.png", full_page=whole, animations="disabled")

    def phone(self, name: str, path: str = "", eyes: dict[str, Person] | None = None) -> None:
        self.hand(name, f"/{self.day.code}{path}", eyes or self.phones)

    def hand(self, name: str, path: str, eyes: dict[str, Person]) -> None:
        for tag, person in eyes.items():
            for size in (SMALL_PHONE, PHONE):
                self.take(person, f"phone-{name}-{tag}", size, path)

    def console(self, name: str, path: str = "") -> None:
        for tag, person in self.consoles.items():
            self.take(person, f"console-{name}-{tag}", LAPTOP, f"/{self.day.code}/console{path}")

    def board(self, name: str) -> None:
        for tag in LANGUAGES:
            self.day.press("board-language", language=tag)
            for size in (PROJECTOR, OLD_PROJECTOR):
                self.take(self.projector, f"board-{name}-{tag}", size, f"/{self.day.code}/board", whole=False)
        self.day.press("board-language", language="en")

    def for_readme(self, name: str, person: Person, size: tuple[int, int], path: str) -> None:
        person.page.set_viewport_size({"width": size[0], "height": size[1]})
        person.visit(path)
        person.page.evaluate("document.fonts.ready.then(() => true)")
        person.page.wait_for_timeout(300)
        image = IMAGES / f"{name}.png"
        person.page.screenshot(path=image, animations="disabled")
        if image.stat().st_size > LARGEST:
            raise SystemExit(f"{image} has {image.stat().st_size:,} bytes; the README wants {LARGEST:,} at most")

    def for_scoring(self, name: str, person: Person, path: str) -> None:
        """What docs/scoring.md shows, as both projectors would."""
        for size in (PROJECTOR, OLD_PROJECTOR):
            person.page.set_viewport_size({"width": size[0], "height": size[1]})
            person.visit(path)
            person.page.evaluate("document.fonts.ready.then(() => true)")
            person.page.wait_for_timeout(300)
            image = IMAGES / f"{name}-{size[0]}.jpg"
            person.page.screenshot(path=image, type="jpeg", quality=55, animations="disabled")
            if image.stat().st_size > LARGEST:
                raise SystemExit(f"{image} has {image.stat().st_size:,} bytes; {LARGEST:,} at most")

    # --- the day ---

    def play(self) -> None:
        self.before()
        self.at_the_door()
        self.collecting()
        self.sorting()
        self.scoring()
        self.results()

    def before(self) -> None:
        self.hand("front-door", "/", self.strangers)
        self.hand("sign-in", "/sign-in", self.strangers)
        invited = self.day.server.facilitate("user", "add", "ana@example.org").stdout.split()[-1]
        self.hand("setup", urlsplit(invited).path, self.strangers)
        for tag in LANGUAGES:
            owner = self.people.come(self.day.server.url, language=tag)
            owner.lend(self.office.browser)
            self.take(owner, f"events-{tag}", LAPTOP, "/events")
        self.phone("closed", eyes=self.strangers)
        self.console("welcome-closed")
        self.board("lobby")
        self.setting_up()

    def setting_up(self) -> None:
        """The six steps, the preview, and the welcome that comes of it."""
        self.convene()
        for step in STEPS:
            self.console(f"set-up-{step}", f"/{step}")
        self.console("set-up-agenda-step", "/agenda/2-collect")
        for tag, person in self.consoles.items():
            for device, screen in (("phone", "join"), ("phone", "idea"), ("board", "lobby")):
                path = f"/{self.day.code}/console/preview?as={device}&screen={screen}&language={tag}"
                self.take(person, f"console-preview-{device}-{screen}-{tag}", LAPTOP, path)
        self.for_readme("set-up", self.consoles["en"], LAPTOP, f"/{self.day.code}/console/check")
        self.day.press("board", view="welcome")
        self.board("welcome")
        self.both_languages("welcome")
        self.day.press("board", view="agenda")
        self.both_languages("lobby")

    def convene(self) -> None:
        page = self.consoles["en"].page
        self.consoles["en"].visit(f"/{self.day.code}/console/basics")
        for tag, words in WELCOME.items():
            page.locator(f"[name=acknowledgement-{tag}]").fill(words)
        page.locator("[name=place]").fill("Caboto Club, Windsor")
        page.locator("form[action$='/basics'] button").click()
        for name, colour in (("County of Essex", "#14532d"), ("Municipality of Chatham-Kent", "#7c2d12")):
            logo = {"name": "logo.png", "mimeType": "image/png", "buffer": picture((360, 140), colour)}
            page.locator("[name=name]").fill(name)
            page.locator("[name=logo]").set_input_files(logo)  # type: ignore[arg-type]
            page.locator("form[action$='/convenors'] button").click()

    def both_languages(self, name: str) -> None:
        for first, second in (("en", "fr"), ("fr", "ar")):
            self.day.press("board-language", language=first, second=second)
            for size in (PROJECTOR, OLD_PROJECTOR):
                shot = f"board-{name}-and-{second}-{first}"
                self.take(self.projector, shot, size, f"/{self.day.code}/board", whole=False)
        self.day.press("board-language", language="en")

    def at_the_door(self) -> None:
        self.day.open_doors()
        self.phone("join", eyes=self.strangers)
        self.for_readme("join", self.strangers["en"], PHONE, f"/{self.day.code}")
        for tag, person in self.strangers.items():
            person.page.locator("main form .button.primary").first.click()
            person.page.wait_for_url("**/welcome")
            self.phones[tag] = person
        self.phone("welcome-card", "/welcome")
        self.room.join("")
        self.take_seats()
        self.phone("welcome")
        self.console("welcome-open")
        self.console("people", "/people")
        self.joining()
        self.making_the_ballot()
        self.board("lobby-open")

    def joining(self) -> None:
        """Who may join, on another day that has not begun."""
        today, self.day = self.day, Day(self.day.server, self.office.new_event())
        strangers = {tag: self.people.come(self.day.server.url, language=tag) for tag in LANGUAGES}
        for person in self.consoles.values():
            person.visit(self.day.links["console_url"])
        self.day.press("admission", mode="tickets")
        self.console("people-tickets", "/people")
        for tag, person in self.consoles.items():
            person.page.locator("form[action$='/tickets'] button").click()
            person.page.wait_for_selector(".ticket")
            self.shoot(person, f"console-tickets-{tag}-1366")
        self.day.open_doors()
        self.phone("join-ticket", eyes=strangers)
        self.day.press("admission", mode="counted", heads="3")
        self.day.join(3)
        self.phone("full", eyes=strangers)
        self.console("people-counted", "/people")
        self.day = today

    def making_the_ballot(self) -> None:
        """A day on which the room votes and weighs before it scores."""
        today, self.day = self.day, Day(self.day.server, self.office.new_event())
        own = {tag: self.day.console(self.people, language=tag) for tag in LANGUAGES}
        consoles, self.consoles = self.consoles, own
        phones, projector, self.projector = self.phones, self.projector, self.day.board(self.people)
        self.console("criteria", "/criteria")
        self.console("criterion", "/criteria/A")
        self.take(own["en"], "console-criterion-en", PHONE, f"/{self.day.code}/console/criteria/A")
        self.day.press("length", how="vote", cut_to="3", per_person="")
        self.day.press("weights", who="room", **{f"weight-{letter}": "1" for letter in "ABCDEFGHIJ"})
        self.day.open_doors()
        self.phones = {tag: self.day.participant(self.people, language=tag)[0] for tag in LANGUAGES}
        self.day.go_to("collect")
        self.day.send_ideas()
        self.day.go_to("sort")
        self.day.show()
        voters = self.day.join(6)
        for step in ("vote", "weigh"):
            self.day.go_to(step)
            self.phone(step)
            for place, phone in enumerate(voters[:5]):
                if step == "vote":
                    phone.vote(list(self.day.ids.values())[: 2 + place % 3])
                else:
                    given = (10 + place, 10 - place, 20, 0, *[10] * 6)
                    phone.weigh(dict(zip("ABCDEFGHIJ", given, strict=True)))
            self.console(step)
            self.board(step)
        self.day.go_to("score")
        self.console("criteria-frozen", "/criteria")
        self.console("anew", "/anew")
        self.day.press("board", view="criteria")
        self.board("criteria")
        self.day, self.consoles, self.phones, self.projector = today, consoles, phones, projector

    def take_seats(self) -> None:
        """Everybody's phone is awake: the console counts them."""
        for phone in self.room.phones:
            phone.hang_up()
            phone.connect()

    def collecting(self) -> None:
        self.room.collect()
        self.phone("collect")
        for tag, person in self.phones.items():
            person.page.locator("[name=title]").fill({"en": "A walk-in hour", "fr": "Une heure", "ar": "ساعة"}[tag])
            person.page.locator("form[data-draft=idea] .button.primary").click()
            person.page.wait_for_selector("#my-ideas")
            self.shoot(person, f"phone-collect-sent-{tag}-390")
        self.take_seats()
        self.day.press("timer", minutes="12")
        self.day.press("timer/close-at-zero", wanted="yes")
        self.console("collect")
        self.console("ideas-waiting", "/ideas?tab=waiting")
        self.board("wall-empty")

    def sorting(self) -> None:
        self.room.sort()
        for thought in self.room.cast.scored:
            self.day.host._sort(self.room.ids[thought.key], "label", label=thought.label)
        self.take_seats()
        self.phone("sort")
        self.phone("ideas", "/ideas")
        self.console("sort")
        for tab in ("shown", "hidden", "merged"):
            self.console(f"ideas-{tab}", f"/ideas?tab={tab}")
        self.board("wall")
        self.both_languages("wall")

    def scoring(self) -> None:
        self.room.open_scoring()
        self.day.press("timer", minutes="45")
        self.phone("score")
        idea = self.room.ids["farm-workers-doctor"]
        self.phone("score-idea", f"/score/{idea}")
        for tag, person in self.phones.items():
            for place, row in enumerate(person.page.locator("score-row").all()[:6]):
                row.locator(f"label:has([value='{(3, 5, 4, 2, 4, 3)[place]}'])").click()
            person.page.wait_for_selector("outbox-status[data-state=saved]")
            self.shoot(person, f"phone-score-idea-half-{tag}-390", whole=False)
        self.for_readme("score", self.phones["en"], PHONE, f"/{self.day.code}/score/{idea}")
        self.room.score()
        self.take_seats()
        self.phone("score-overview", "/score")
        self.console("score")
        self.for_readme("console", self.consoles["en"], LAPTOP, f"/{self.day.code}/console")
        self.console("results-closed", "/results")
        self.board("progress")
        self.both_languages("progress")

    def results(self) -> None:
        self.room.go_to("reveal")
        self.phone("reveal-waiting")
        self.phone("results-waiting", "/results")
        self.console("reveal")
        self.console("ballots", "/results")
        self.day.press("results")
        self.results_from_all_sides()
        for tag, person in self.consoles.items():
            person.visit(f"/{self.day.code}/console")
            person.page.locator("[data-step=back] button").click()
            person.page.wait_for_selector("#confirmation")
            self.shoot(person, f"console-confirm-{tag}-1366")
        self.day.reveal()
        self.phone("reveal")
        self.phone("results", "/results")
        self.board("reveal")
        self.both_languages("reveal")
        for view in ("numbers", "bands"):
            self.day.press("board", view=view)
            self.board(view)
        idea = next(iter(self.room.ids.values()))
        for name, figure in (("means", "mean"), ("agreement", "agreement"), ("profile", f"idea/{idea}")):
            self.day.press("results/heatmap", figure=figure)
            self.board(f"criteria-{name}")
            if name == "means":
                self.for_scoring("heatmap", self.projector, f"/{self.day.code}/board")
        self.console("heatmap", "/results/heatmap")
        self.day.press("board", view="reveal")
        self.for_readme("board", self.projector, (1280, 720), f"/{self.day.code}/board")
        self.for_scoring("reveal", self.projector, f"/{self.day.code}/board")
        self.for_scoring("results", self.consoles["en"], f"/{self.day.code}/console/results")
        self.console("revealed")
        self.console("log", "/log")
        shortlist(self.day)
        for page in ("call", "call/print"):
            self.console(page.replace("/", "-"), f"/{page}")
        for view in ("timer", "thanks"):
            self.day.press("board", view=view)
            self.board(view)
        self.room.go_to("wrap_up")
        self.phone("wrap-up")
        self.console("wrap-up")
        self.sampling()

    def sampling(self) -> None:
        """Another day, on which each person scores some ideas, and two of them again."""
        self.day = Day(self.day.server, self.office.new_event())
        self.day.deal(3)
        self.day.until("sort")
        eyes = {}
        for tag in LANGUAGES:
            eyes[tag], _ = self.day.participant(self.people, language=tag)
        own = self.day.phones[-len(LANGUAGES) :]
        self.day.go_to("score")
        for person in self.consoles.values():
            person.visit(self.day.links["console_url"])
        self.projector.visit(self.day.links["board_url"])
        self.phone("hand", "/score", eyes)
        for phone in own:
            self.day.score_hand(phone)
        self.phone("hand-done", "/score", eyes)
        self.day.score(22)
        self.console("score-hands")
        self.board("progress-hands")
        self.day.go_to("reveal")
        self.day.press("results")
        self.day.mark(*TITLES[:2])
        self.console("results-marked", "/results")
        for tag, person in self.consoles.items():
            person.visit(f"/{self.day.code}/console/discussion")
            person.page.locator("form[action$='/score-again'] button").click()
            person.page.wait_for_selector("#confirmation")
            self.shoot(person, f"console-score-again-{tag}-1366")
        self.day.score_again()
        self.phone("round-2", eyes=eyes)
        self.console("round-2")
        for phone in self.day.phones[1:]:
            self.day.score_hand(phone)
        self.day.go_to("reveal")
        self.console("results-moved", "/results")

    def results_from_all_sides(self) -> None:
        split = self.room.ids["farm-workers-doctor"]
        for mark in ("mark", "shortlist"):
            self.day.host._sort(split, mark, wanted="yes")
        self.console("results", "/results")
        self.console("results-sorted", "/results?agreement=talk&sort=agreement")
        self.console("result", f"/results/{split}")
        self.console("discussion", "/discussion")
        self.console("groups-before", "/groups")
        self.day.press("groups")
        self.console("groups", "/groups")
        self.console("groups-idea", f"/groups?idea={split}")
        weights = {f"weight-{code}": "4" if code in "AJ" else "1" for code in "ABCDEFGHIJ"}
        self.day.press("scenarios", name="Need first", reason="The funder asked what changes.", **weights)
        self.console("scenarios", f"/scenarios?{urlencode(weights)}")


def main() -> None:
    shutil.rmtree(SCREENS, ignore_errors=True)
    SCREENS.mkdir()
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, chromium.launched() as browser:
        server = Server(Path(folder), "--public-url", ADDRESS)
        server.start()
        people = People(browser)
        try:
            office = Office(server)
            Photographer(Day(server, office.new_event()), people, office).play()
            problems = people.leave()
        finally:
            server.term()
        contact_sheets.make(browser, SCREENS)
    print(f"{len(list(SCREENS.iterdir()))} screens in {SCREENS}, more in {IMAGES}", *problems, sep="\n")  # noqa: T201


if __name__ == "__main__":
    main()
