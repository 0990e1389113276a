"""Narrow screens and enlarged pages: no sideways scrolling, and nothing too small to tap."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.day import EVIDENCE, TITLES, Day, shortlist
from tests.browser.person import LANGUAGES, SMALL_PHONE, People, Person

SMALL_CONSOLE, ZOOMED = (390, 844), (683, 384)
"""A console on a phone, and a laptop at 200 %. The small phone is also a window of 640 pixels at 200 %."""


TOUCH, LETTER = 44, 14
"""Pixels: what is tapped is meant to have 48 and never has less than this; so have letters, meant to have 16."""
TOO_SMALL = """
([touch, letter]) => {
  const name = (one) => `${one.tagName}.${one.className} ${one.textContent.trim().slice(0, 30)}`;
  const isSeen = (one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest(".hidden-visually");
  const isInText = (one) => getComputedStyle(one).display === "inline" && one.closest("p, td, dd");
  const targets = [...document.querySelectorAll("a[href], button, summary, select, textarea, input:not([type=hidden])")]
    .map((one) => (one.matches("[type=radio], [type=checkbox]") && one.closest("label")) || one)
    .filter((one) => isSeen(one) && !isInText(one));
  const small = targets.filter((one) => {
    const box = one.getBoundingClientRect();
    return box.height < touch - 0.5 || box.width < touch - 0.5;
  });
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const tiny = [];
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    const size = parseFloat(getComputedStyle(parent).fontSize);
    if (size < letter && walker.currentNode.textContent.trim() && isSeen(parent)) tiny.push(name(parent));
  }
  const size = (one) => ["width", "height"].map((side) => Math.round(one.getBoundingClientRect()[side])).join(" x ");
  return [...new Set(small)].map((one) => `${name(one)}: ${size(one)}`).concat(tiny);
}
"""


def overflow(page: Page) -> list[str]:
    """What makes the page wider than its window; areas that scroll by themselves may."""
    found: list[str] = page.evaluate(
        """() => {
          const wide = document.documentElement.scrollWidth > innerWidth;
          if (!wide) return [];
          const isOver = ({ left, right }) => right > innerWidth + 1 || left < -1;
          return [...document.body.querySelectorAll("*")]
            .filter((one) => isOver(one.getBoundingClientRect()) && !one.closest(".scroller"))
            .map((one) => `${one.tagName}.${one.className}`)
            .slice(0, 5)
            .concat(`${document.documentElement.scrollWidth} px`);
        }"""
    )
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_narrow_screens_need_no_sideways_scrolling_and_phones_no_sharp_eyes(
    day: Day, people: People, language: str
) -> None:
    wide: list[str] = []
    stranger = people.come(day.server.url, language=language, size=SMALL_PHONE)

    def look(person: Person, *paths: str) -> None:
        for path in paths:
            person.visit(path)
            for width, height in (person.size, ZOOMED):
                person.page.set_viewport_size({"width": width, "height": height})
                if found := overflow(person.page):
                    wide.append(f"{person.page.url} at {width}: {found}")
            if person.size == SMALL_PHONE and (small := person.page.evaluate(TOO_SMALL, [TOUCH, LETTER])):
                wide.append(f"{person.page.url}: too small: {small}")
            person.page.set_viewport_size({"width": person.size[0], "height": person.size[1]})

    desk = f"/{day.code}/console"
    console = day.console(people, language=language, size=SMALL_CONSOLE)
    look(console, *(f"{desk}/criteria{path}" for path in ("", "/A", "/new")))
    day.press("length", how="vote", cut_to="5", per_person="")
    day.press("weights", who="room", **{f"weight-{letter}": "1" for letter in "ABCDEFGHIJ"})
    day.press("admission", mode="tickets")
    day.open_doors()
    look(stranger, f"/{day.code}")
    look(console, f"{desk}/people")
    day.press("admission", mode="counted", heads="100")
    look(console, f"{desk}/people")
    phone, own = day.participant(people, language=language, size=SMALL_PHONE)

    look(stranger, "/", "/sign-in", f"/{day.code}")
    look(phone, f"/{day.code}", f"/{day.code}/welcome")
    day.go_to("collect")
    day.send_ideas([{"title": TITLES[0], "details": "In more words.", **EVIDENCE}, *TITLES[1:]], author=own)
    look(phone, f"/{day.code}")
    look(console, desk, f"{desk}/ideas?tab=waiting", f"{desk}/people")
    day.go_to("sort")
    day.show()
    look(phone, f"/{day.code}/ideas")
    look(console, f"{desk}/ideas?tab=shown")
    for step in ("vote", "weigh"):
        day.go_to(step)
        look(phone, f"/{day.code}")
        look(console, desk)
    day.go_to("score")
    look(console, f"{desk}/criteria", f"{desk}/criteria/A", f"{desk}/anew")
    look(phone, f"/{day.code}", f"/{day.code}/score", f"/{day.code}/score/{day.ids[TITLES[0]]}")
    look(console, desk)
    day.score(group="other")
    day.go_to("reveal")
    look(console, f"{desk}/results")
    day.press("results")
    day.press("groups")
    idea = day.ids[TITLES[0]]
    look(console, f"{desk}/results", f"{desk}/results/{idea}", f"{desk}/discussion", f"{desk}/scenarios")
    look(console, f"{desk}/groups", f"{desk}/groups?idea={idea}")
    day.mark(*TITLES[:2])
    look(console, f"{desk}/results")
    day.score_again()
    look(phone, f"/{day.code}")
    look(console, desk)
    for one in day.phones[2:]:
        day.score_hand(one)
    day.go_to("reveal")
    look(console, f"{desk}/results")
    day.reveal()
    look(phone, f"/{day.code}/results")
    look(console, desk, f"{desk}/results", f"{desk}/results/heatmap", f"{desk}/log")
    shortlist(day)
    look(console, f"{desk}/call", f"{desk}/call/print")
    assert wide == [], "\n".join(wide)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_tapped_while_scoring_is_large_enough(day: Day, people: People, language: str) -> None:
    day.until("score")
    person, _ = day.participant(people, language=language, size=SMALL_PHONE)
    person.visit(f"/{day.code}/score/{day.ids[TITLES[0]]}")
    targets = person.page.locator(".level, .stake, .phone-foot .button").all()
    assert len(targets) == 10 * 6 + 1 + 2
    small = [
        (target.inner_text(), box)
        for target in targets
        if (box := target.bounding_box()) and (box["width"] < 44 or box["height"] < 44)
    ]
    assert small == []
