"""The projected board is read from the last row: large letters, nothing cut off, nothing over the edge."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.day import Day
from tests.browser.person import OLD_PROJECTOR, PROJECTOR, People, Person
from tests.sizes import size

FLOOR, ITEM = 2.5, 4.2
"""Percent of the height: no letter is smaller, and no item that people read and compare."""
CONTRAST, ON_HEAT = 7.4, 4.5
"""A lit room takes contrast away. The five colours of the heat table are set; their numbers are large."""
LONG = "Classes in the evening for parents who work in two places, with a van home at ten"
ASKED_AGAIN = """
async () => {
  const board = document.querySelector("#board");
  while (board.isBusy) await new Promise(requestAnimationFrame);
  await board.refresh();
}
"""
NAMES = {
    "en": "A planning day for settlement, language and work in Windsor-Essex and Chatham-Kent",
    "fr": "Une journée de planification pour l’accueil, la langue et l’emploi dans la région",
    "ar": "يوم تخطيط لخدمات الاستقرار واللغة والعمل في وندسور-إسيكس وتشاتام-كنت وما حولهما",
}
STEPS = {
    "en": "Everything that we have said, side by side",
    "fr": "Tout ce que nous avons dit, côte à côte",
    "ar": "كل ما قلناه معاً جنباً إلى جنب في القاعة",
}
WORDS = {tag: " ".join([f"{name}."] * 9) for tag, name in NAMES.items()}
DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
TEXTS = """
() => {
  const walker = document.createTreeWalker(document.querySelector("#board"), NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const [words, parent] = [walker.currentNode.textContent.trim(), walker.currentNode.parentElement];
    if (!words || parent.closest(".hidden-visually, [hidden]") || !parent.checkVisibility()) continue;
    found.push({ words, size: parseFloat(getComputedStyle(parent).fontSize) });
  }
  return found;
}
"""
CUT_OFF = """
() => {
  const [width, height] = [innerWidth, innerHeight];
  const isTurned = (one) => one.closest("[data-leaves]") !== null;
  const over = [...document.querySelectorAll("#board *")].filter((one) => {
    if (!one.checkVisibility() || one.closest(".hidden-visually, svg") || isTurned(one)) return false;
    const box = one.getBoundingClientRect();
    const strip = one.closest(".board-main") && document.querySelector("#strip").getBoundingClientRect();
    if (strip && (box.bottom > strip.top + 1 + (one.children.length ? 0 : room(one)))) return true;
    return box.right > width + 1 || box.bottom > height + 1 || box.left < -1 || box.top < -1;
  });
  const spilling = [...document.querySelectorAll("#board *")].filter((one) => {
    if (!one.checkVisibility() || one.closest(".hidden-visually, svg") || one.matches("[data-leaves]")) return false;
    if (one.closest("[data-leaves]") && !isOnPage(one)) return false;
    const style = getComputedStyle(one);
    if (style.display === "inline" || style.display === "contents" || one.querySelector("[data-leaves]")) return false;
    return one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + room(one);
  });
  // The empty room that a typeface keeps below its letters is no overflow.
  function room(one) {
    const letters = [one, ...one.querySelectorAll("*")].map((each) => parseFloat(getComputedStyle(each).fontSize));
    return 0.2 * Math.max(...letters);
  }
  function isOnPage(one) {
    const box = one.getBoundingClientRect();
    return box.left >= 0 && box.right <= width;
  }
  const page = document.documentElement;
  const isLarger = page.scrollWidth > width || page.scrollHeight > height * 1.005;
  const name = (one) => `${one.tagName}.${one.className} ${one.textContent.trim().slice(0, 40)}`;
  const much = (one) => `${one.scrollWidth - one.clientWidth} x ${one.scrollHeight - one.clientHeight}`;
  return [
    ...(isLarger ? [`the page is ${page.scrollWidth} x ${page.scrollHeight}`] : []),
    ...over.map((one) => `over the edge: ${name(one)}`),
    ...spilling.map((one) => `spills by ${much(one)}: ${name(one)}`),
  ];
}
"""


DULL = """
([least, onHeat]) => {
  const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const walker = document.createTreeWalker(document.querySelector("#board"), NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const [words, parent] = [walker.currentNode.textContent.trim(), walker.currentNode.parentElement];
    if (!words || parent.closest(".hidden-visually, [hidden]") || !parent.checkVisibility()) continue;
    const [ink, ground] = [light(getComputedStyle(parent).color), light(groundOf(parent))];
    const contrast = (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
    const isDull = contrast < (parent.closest("[data-step]") ? onHeat : least);
    if (isDull) found.push(`${contrast.toFixed(1)}:1 “${words.slice(0, 40)}”`);
  }
  return found;
  function groundOf(one) {
    const own = getComputedStyle(one).backgroundColor;
    return bytes(own)[3] === 255 || !one.parentElement ? own : groundOf(one.parentElement);
  }
  function bytes(colour) {
    paint.clearRect(0, 0, 1, 1);
    paint.fillStyle = colour;
    paint.fillRect(0, 0, 1, 1);
    return paint.getImageData(0, 0, 1, 1).data;
  }
  function light(colour) {
    const [red, green, blue] = [...bytes(colour)].map((byte) => byte / 255).map((part) =>
      part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }
}
"""


def look(board: Person, day: Day, view: str, items: str = "") -> list[str]:
    """What is wrong with this view, at both shapes of projector."""
    page, wrong = board.page, []
    board.visit(f"/{day.code}/board")
    expect(page.locator(f"#board-{view}")).to_be_visible()
    page.evaluate("document.fonts.ready.then(() => true)")
    for width, height in (PROJECTOR, OLD_PROJECTOR):
        board.resize((width, height))
        page.wait_for_timeout(100)
        page.evaluate(DRAWN)  # a busy machine is slow to follow the new size
        found = [*small_letters(page, height), *page.evaluate(CUT_OFF), *small_items(page, items, height)]
        wrong += [f"{view} at {width}x{height}: {one}" for one in found]
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        wrong += [f"{view}, {scheme}: {one}" for one in page.evaluate(DULL, [CONTRAST, ON_HEAT])]
    return wrong


def small_letters(page: Page, height: int) -> list[str]:
    return [
        f"“{text['words'][:40]}” is {100 * text['size'] / height:.2f} vh"
        for text in page.evaluate(TEXTS)
        if text["size"] < FLOOR * height / 100 - 0.1
    ]


def small_items(page: Page, items: str, height: int) -> list[str]:
    if not items:
        return []
    sizes = page.locator(items).evaluate_all("all => all.map((one) => parseFloat(getComputedStyle(one).fontSize))")
    assert sizes, f"there is nothing at {items}"
    return [f"{items} is {100 * size / height:.2f} vh" for size in sizes if size < ITEM * height / 100 - 0.1]


VOICES = ("ar", "fr+en", "en+ar", "en", "fr", "en+fr")
"""The widest first: French needs the most room, Arabic runs the other way, and two need more than one."""


@pytest.mark.parametrize("voices", VOICES[: size(pr=3, soak=6)])
def test_every_view_is_read_from_the_last_row(day: Day, people: People, voices: str) -> None:
    language, _, second = voices.partition("+")
    board = day.board(people, language=language)
    day.press("board-language", language=language, second=second)
    day.rename(NAMES, steps=STEPS)
    day.welcome_with(WORDS, convenors=["Windsor-Essex Local Immigration Partnership", "Réseau francophone", "دار"])
    day.press("board", view="welcome")
    wrong = look(board, day, "welcome", items=".acknowledgement")
    expect(board.page.locator("[data-pager]")).to_be_visible()
    day.press("board", view="agenda")
    day.press("weights", who="room", **{f"weight-{letter}": "1" for letter in "ABCDEFGHIJ"})
    day.open_doors()
    wrong += look(board, day, "lobby")
    day.go_to("collect")
    wrong += look(board, day, "wall")
    day.send_ideas([f"{LONG[: 77 - number]} {number}" for number in range(10)])
    day.send_ideas([f"Idea number {number} of the room" for number in range(50)])
    day.go_to("sort")
    day.show()
    wrong += look(board, day, "wall", items=".wall-card p")
    expect(board.page.locator(".wall-card")).to_have_count(60)
    expect(board.page.locator("[data-pager]")).to_be_visible()
    day.press("timer", minutes="20")
    day.go_to("weigh")
    wrong += look(board, day, "turnout")
    day.go_to("score")
    day.score(group="settlement-agency")
    wrong += look(board, day, "progress", items=".group-percent")
    day.press("board", view="criteria")
    wrong += look(board, day, "criteria", items=".weighed-label")
    day.go_to("reveal")
    day.reveal()
    wrong += look(board, day, "reveal", items=".ranked .idea-label")
    expect(board.page.locator(".ranked")).to_have_count(60)
    day.press("board", view="numbers")
    wrong += look(board, day, "numbers", items=".numbers-list span")
    day.press("board", view="bands")
    wrong += look(board, day, "bands", items=".band-idea .idea-label")
    for figure in ("mean", "agreement", f"idea/{next(iter(day.ids.values()))}"):
        day.press("results/heatmap", figure=figure)
        wrong += look(board, day, "heatmap", items="" if "idea" in figure else ".heat tbody th")
    for view in ("timer", "thanks"):
        day.press("board", view=view)
        wrong += look(board, day, view)
    day.press("blank")
    board.visit(f"/{day.code}/board")
    expect(board.page.locator("#board-blank")).to_be_attached()
    day.press("qr")
    wrong += look(board, day, "lobby")
    assert wrong == [], "\n".join(wrong)


def test_the_wall_turns_its_pages_and_stands_still_on_request(day: Day, people: People) -> None:
    day.until("collect")
    day.send_ideas([f"Idea number {number} of the room" for number in range(60)])
    day.go_to("sort")
    day.show()
    board = day.board(people)
    pager, page = board.page.locator("[data-pager]"), board.page
    expect(pager).to_be_visible()
    first = page.locator(".wall-card").first
    seen = first.bounding_box()
    page.evaluate("document.querySelector('page-turner').turn()")
    page.wait_for_timeout(700)
    assert first.bounding_box() != seen
    page.keyboard.press("p")
    expect(pager).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("p")
    expect(pager).to_have_attribute("aria-pressed", "false")


ROWS = """
() => {
  const edge = document.querySelector("[data-name=reveal] [data-leaves]").getBoundingClientRect();
  const here = [...document.querySelectorAll(".ranked")].map((row) => row.getBoundingClientRect());
  return here.filter((box) => box.left >= edge.left - 1 && box.right <= edge.right + 1).length;
}
"""
PLAYED = """
() => {
  const all = document.getAnimations().filter((one) => one.effect.target?.closest("ranked-reveal"));
  const end = Math.max(...all.map((one) => one.effect.getComputedTiming().endTime));
  const seen = [];
  for (const one of all) one.pause();
  for (let at = 0; at <= end; at += 100) {
    for (const one of all) one.currentTime = at;
    const stages = [...document.querySelectorAll(".stage")];
    const here = stages.filter((stage) => getComputedStyle(stage).visibility === "visible");
    const names = here.map((stage) => stage.dataset.name).join();
    if (seen.at(-1) !== names) seen.push(names);
  }
  return [seen, end];
}
"""
"""Leafs through the whole reveal: which stages are seen, one after the other, and when the last one has come (ms)."""


def test_a_page_of_the_ranking_holds_eight_ideas_or_six(day: Day, people: People) -> None:
    day.open_doors()
    day.go_to("collect")
    day.send_ideas([f"Idea number {number} of the room" for number in range(12)])
    day.go_to("sort")
    day.show()
    day.go_to("score")
    day.score()
    day.go_to("reveal")
    day.reveal()
    board = day.board(people)
    rows = []
    for language in ("en", "fr", "ar"):
        day.press("board-language", language=language)
        for projector in (PROJECTOR, OLD_PROJECTOR):
            board.resize(projector)
            board.visit(f"/{day.code}/board")
            expect(board.page.locator("#board-reveal")).to_be_visible()
            board.page.evaluate("document.fonts.ready.then(() => true)")
            board.page.wait_for_timeout(200)
            rows.append(board.page.evaluate(ROWS))
    assert rows == [8, 6] * 3


def test_the_reveal_plays_its_stages_in_ten_seconds_and_again_on_request(day: Day, people: People) -> None:
    day.until("reveal")
    board = day.board(people, calm=False)
    day.reveal()
    expect(board.page.locator("ranked-reveal")).to_be_attached()
    stages, milliseconds = board.page.evaluate(PLAYED)
    assert stages == ["numbers", "bands", "reveal"]
    assert milliseconds <= 10_000
    day.press("board", view="lobby")
    expect(board.page.locator("ranked-reveal")).not_to_be_attached()
    day.press("replay")
    expect(board.page.locator("#board-numbers")).to_be_visible()


def test_whoever_asks_for_less_motion_sees_the_ranking_at_once(day: Day, people: People) -> None:
    day.until("reveal")
    board = day.board(people)
    day.reveal()
    expect(board.page.locator("#board-reveal")).to_be_visible()
    expect(board.page.locator("#board-numbers")).to_be_hidden()


def test_a_frozen_board_stands_still_but_for_words_that_are_taken_off_it(day: Day, people: People) -> None:
    day.until("collect")
    day.send_ideas(["A name that hurts", "A van"])
    day.show()
    board = day.board(people)
    cards = board.page.locator(".wall-card p")
    expect(cards).to_have_text(["A van", "A name that hurts"])
    day.press("freeze")
    expect(board.page.locator("#board[data-still]")).to_be_attached()
    day.send_ideas(["A map"])
    day.show(["A map"])
    assert "A map" in board.context.request.get(f"{board.url}/{day.code}/board").text()
    board.page.evaluate(ASKED_AGAIN)
    expect(cards).to_have_text(["A van", "A name that hurts"])
    day.host._sort(day.ids["A name that hurts"], "hide", reason="names-someone")
    expect(cards).to_have_text(["A map", "A van"])
    day.press("freeze")
    expect(board.page.locator("#board[data-still]")).not_to_be_attached()


def test_the_key_f_freezes_the_board_and_lets_it_go(day: Day, people: People) -> None:
    day.open_doors()
    console, board = day.console(people), day.board(people)
    console.visit(f"/{day.code}/console")
    for pressed in ("true", "false"):
        console.page.keyboard.press("f")
        expect(console.page.locator("[data-key=F]")).to_have_attribute("aria-pressed", pressed)
        expect(console.page.locator(".board-frozen")).to_have_count(1 if pressed == "true" else 0)
        expect(board.page.locator("#board[data-still]")).to_have_count(1 if pressed == "true" else 0)


def test_what_is_too_small_or_cut_off_is_noticed(day: Day, people: People) -> None:
    board = day.board(people)
    height = PROJECTOR[1]
    assert [*small_letters(board.page, height), *board.page.evaluate(CUT_OFF)] == []
    board.is_network_bad = True
    board.context.set_offline(True)  # or the next refresh would put it right again
    board.page.wait_for_timeout(1000)  # and so would one that is on its way
    board.page.evaluate("document.querySelector('.strip-address').style.fontSize = '2.4vh'")
    board.page.wait_for_timeout(50)
    assert len(small_letters(board.page, height)) == 1
    board.page.evaluate("document.querySelector('.strip-address').style.color = '#556'")
    board.page.wait_for_timeout(50)
    assert len(board.page.evaluate(DULL, [CONTRAST, ON_HEAT])) == 1
    too_large = "white-space: nowrap; font-size: 40vh"
    board.page.evaluate(f"document.querySelector('.board-title').style.cssText = '{too_large}'")
    board.page.wait_for_timeout(50)
    found = board.page.evaluate(CUT_OFF)
    assert any("spills" in one for one in found)
    assert any("over the edge" in one for one in found)
