"""Whatever people write stays words: on phones, at the console, on the projected board, and in the results (T16)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from facilitate.models.idea import LABEL_LENGTH
from tests.browser.day import ENOUGH, Day
from tests.browser.payloads import MARK, PAYLOADS
from tests.browser.person import LAPTOP, People, Person

TITLE_LENGTH = 80
OURS = "called-together > template"
"""The only template of ours: what it holds comes to life later, so it is looked at like the page around it."""
LOOK = """
([mark, ours]) => {
  const places = [document, ...[...document.querySelectorAll(ours)].map((one) => one.content)];
  const all = (what) => places.flatMap((place) => [...place.querySelectorAll(what)]);
  const named = all(`[id=${mark}], [class~=${mark}], ${mark}`);
  const never = "img, iframe, object, embed, base, style, math, marquee, video, audio, template";
  const strange = all(never).filter((one) => !one.matches(ours));
  const scripts = all("script").filter((one) => !one.src.startsWith(`${location.origin}/static/`));
  const attributes = all("*").flatMap((one) => [...one.attributes]
    .filter(({ name, value }) => name.startsWith("on") || name === "style" || name === "srcdoc" ||
      (["href", "src", "action", "formaction"].includes(name) && /^\\s*(javascript|data):/i.test(value)))
    .map(({ name }) => `${one.tagName} ${name}`));
  const alive = mark in window && !(window[mark] instanceof Element) ? [`window.${mark}`] : [];
  return [...[...named, ...strange, ...scripts].map((one) => one.outerHTML.slice(0, 120)), ...attributes, ...alive];
}
"""
"""Everything on a page that none of our templates makes."""


def came_alive(page: Page) -> list[str]:
    found: list[str] = page.evaluate(LOOK, [MARK, OURS])
    return found


def test_there_are_about_sixty() -> None:
    assert 60 <= len(PAYLOADS) == len(set(PAYLOADS))
    assert all(len(payload) <= TITLE_LENGTH for payload in PAYLOADS)


def send_hostile_ideas(day: Day) -> None:
    """Every payload in every field that is free text; the organization joins with one as well."""
    day.open_doors()
    (author,) = day.join(organization=PAYLOADS[5])
    day.go_to("collect")
    for number, payload in enumerate(PAYLOADS):
        other = PAYLOADS[-number]
        author.submit(
            [
                ("title", payload),
                ("kind", "opportunity"),
                ("details", f"{other}\n\n{payload}"),
                ("organization", other),
                ("evidence-0-type", "report"),
                ("evidence-0-text", payload),
                ("evidence-0-link", f"https://example.org/{'?x=javascript:alert(1)' if number % 2 else '#pwned'}"),
            ]
        )


def label_them(day: Day) -> list[str]:
    """Put everything on the wall but two, with hostile labels and a hostile note; returns the ids."""
    page = day.host.browser.get(f"/{day.code}/console/ideas?tab=waiting").text
    ids = list(dict.fromkeys(part.split("/")[0] for part in page.split(f'action="/{day.code}/ideas/')[1:]))
    assert len(ids) == len(PAYLOADS)
    for number, idea in enumerate(ids[2:]):
        fitting = [payload for payload in PAYLOADS if len(payload) <= LABEL_LENGTH]
        label = fitting[number % len(fitting)] if number % 3 else PAYLOADS[number][:LABEL_LENGTH]
        day.host._sort(idea, "label", label=label)
        day.host.show(idea)
    day.host._sort(ids[0], "hide", reason="other", note=PAYLOADS[6])
    day.host.merge(ids[1], ids[2])
    return ids


def test_words_stay_words_everywhere(day: Day, people: People) -> None:
    alive: list[str] = []

    def look(person: Person, *paths: str) -> None:
        for path in paths:
            person.visit(path)
            check(person)

    def check(person: Person) -> None:
        person.page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        alive.extend(f"{person.path}: {one}" for one in came_alive(person.page))

    send_hostile_ideas(day)
    (author,) = day.phones
    writer = people.come(day.server.url)
    writer.lend(author.browser)
    look(writer, f"/{day.code}")
    expect(writer.page.locator("#my-ideas article")).to_have_count(len(PAYLOADS))
    console, desk = day.console(people), f"/{day.code}/console"
    look(console, f"{desk}/ideas?tab=waiting")
    expect(console.page.locator("article")).to_have_count(len(PAYLOADS))
    ids = label_them(day)
    merging = f"{desk}/ideas?tab=shown&merge={ids[3]}"
    look(console, f"{desk}/ideas?tab=shown", f"{desk}/ideas?tab=hidden", f"{desk}/ideas?tab=merged", merging)

    day.go_to("sort")
    board = day.board(people)
    check(board)
    expect(board.page.locator(".wall-card")).to_have_count(len(PAYLOADS) - 2)
    phone, _ = day.participant(people)
    look(phone, f"/{day.code}/ideas", f"/{day.code}/ideas?q=%22%3E%3Cimg%20id=pwned%20src=x%20onerror=alert(1)%3E")
    day.go_to("score")
    look(phone, f"/{day.code}", f"/{day.code}/score", *(f"/{day.code}/score/{idea}" for idea in ids[2::6]))
    look(console, desk)

    day.score(ENOUGH)
    day.go_to("reveal")
    day.reveal()
    look(console, f"{desk}/results", f"{desk}/log", f"{desk}/people")
    expect(board.page.locator("#board-reveal .ranked")).to_have_count(len(PAYLOADS) - 2)
    check(board)
    look(phone, f"/{day.code}/results")
    look(writer, f"/{day.code}", f"/{day.code}/results")
    assert alive == [], "\n".join(alive)


def test_what_a_refusal_hands_back_stays_words(day: Day, people: People) -> None:
    day.until("collect")
    person, _ = day.participant(people)
    person.visit(f"/{day.code}")
    day.go_to("sort")
    person.expected.add(f"/{day.code}/ideas")
    for payload in PAYLOADS[:6]:
        person.page.evaluate(
            """([path, title]) => {
              const form = document.createElement("form");
              Object.assign(form, { method: "post", action: path });
              for (const [name, value] of Object.entries({ title, kind: "gap" })) {
                form.append(Object.assign(document.createElement("input"), { name, value, type: "hidden" }));
              }
              document.body.append(form);
              form.submit();
            }""",
            [f"/{day.code}/ideas", payload],
        )
        expect(person.page.locator("main [dir=auto]", has_text=payload)).to_be_visible()
        assert came_alive(person.page) == []


@pytest.mark.parametrize("payload", PAYLOADS[1:2] + PAYLOADS[5:6] + PAYLOADS[28:29] + PAYLOADS[32:33])
def test_the_detector_sees_what_is_not_escaped(day: Day, people: People, payload: str) -> None:
    """A page that forgets to escape, as `|safe` would make it, and without our policy around it."""
    victim = people.come(day.server.url, size=LAPTOP)
    victim.page.set_content(f'<main><h1 title="{payload}">{payload}</h1></main>')
    victim.page.wait_for_timeout(100)
    found = came_alive(victim.page) + victim.problems
    victim.problems.clear()
    assert found, f"nobody noticed {payload}"


def test_the_detector_knows_our_template_and_looks_into_it(day: Day, people: People) -> None:
    victim = people.come(day.server.url, size=LAPTOP)

    def found_in(body: str) -> list[str]:
        victim.page.set_content(body)
        return came_alive(victim.page)

    assert found_in("<called-together><template><p>Come</p></template></called-together>") == []
    assert found_in("<main><template><p>Come</p></template></main>")
    assert found_in("<called-together><template><p onclick=come()>Come</p></template></called-together>")
    assert found_in("<called-together><template><script>come()</script></template></called-together>")


def test_the_policy_stops_what_escaping_would_have_missed(day: Day, people: People) -> None:
    """A handler that a template lets through under our own headers: it does not run, and it is reported."""
    victim = people.come(day.server.url, size=LAPTOP)

    def spoiled(route: object) -> None:
        answer = route.fetch()  # type: ignore[attr-defined]
        body = answer.text().replace("</main>", "<img src=x id=pwned onerror=alert(1)></main>")
        route.fulfill(response=answer, body=body)  # type: ignore[attr-defined]

    victim.page.route(f"{day.server.url}/", spoiled)
    victim.visit("/")
    victim.page.wait_for_timeout(200)
    assert came_alive(victim.page)
    assert any("CSP: script-src" in problem for problem in victim.problems), victim.problems
    assert not any("dialog" in problem for problem in victim.problems)
    victim.problems.clear()
