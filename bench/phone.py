"""What a phone needs: taps and seconds until it is in, bytes until it is ready, bytes for each answer and each minute.

    python -m bench.phone [--write]

A real Chromium counts, in front of a served process on this machine; the slow phone has the network and the processor
that Chromium's own throttling gives it. Seconds are those of the machines: whoever reads and thinks needs their own.
"""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import expect

from tests.browser import chromium
from tests.browser.day import TITLES, Day
from tests.browser.office import Office
from tests.browser.person import LANGUAGES, People, Person
from tests.browser.scales import FIRST_LOAD, PER_SAVE, SCRIPTS, UP_TO_THE_BALLOT, Scales, settle
from tests.real.server import Server

REPORT = Path(__file__).parent / "PHONE.md"
BEGIN, END = "<!-- phone: begin -->\n", "<!-- phone: end -->\n"
TAPS, SECONDS, PER_MINUTE = 3, 15.0, 15 * 1024
SLOW_NETWORK = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""400 kbit/s and 400 ms: a hall whose access point is full."""
SLOW_PROCESSOR = 4
"""A quarter of this machine's speed: an old Android."""


@dataclass(frozen=True)
class Row:
    what: str
    reach: str
    measured: str
    is_reached: bool

    def __str__(self) -> str:
        return (
            f"| {self.what} | {self.reach} | {self.measured} | {'reached' if self.is_reached else '**falls short**'} |"
        )


def size(count: float) -> str:
    return f"{count / 1024:.1f} KiB"


def coming_in(office: Office, people: People) -> Iterator[Row]:
    day = Day(office.server, office.new_event())
    day.open_doors()
    for name, is_slow in (("", False), (f", at 400 kbit/s, 400 ms and 1/{SLOW_PROCESSOR} of the speed", True)):
        person = people.come(office.server.url)
        if is_slow:
            wire = person.context.new_cdp_session(person.page)
            wire.send("Network.enable")
            wire.send("Network.emulateNetworkConditions", SLOW_NETWORK)
            wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_PROCESSOR})
        began = time.monotonic()
        come_in(person, day)
        took = time.monotonic() - began
        yield Row(
            f"from the QR code's address to being in{name}",
            f"≤ {TAPS} taps, nothing typed, ≤ {SECONDS:.0f} s",
            f"{person.taps} taps, nothing typed, {took:.1f} s",
            person.taps <= TAPS and took <= SECONDS,
        )


def come_in(person: Person, day: Day) -> None:
    person.visit(f"/{day.code}")
    person.tap(person.page.locator("label", has=person.page.locator("[name=group]")).first)
    person.tap("main form .button.primary >> nth=0")
    person.page.wait_for_url("**/welcome")
    person.tap("main .button.primary")
    expect(person.page.locator("#now")).to_be_visible()


def loading(day: Day, people: People) -> Iterator[Row]:
    for language in LANGUAGES:
        person = people.come(day.server.url, language=language)
        scales = Scales(person)
        person.visit(f"/{day.code}")
        settle(person.page)
        door, scripts = scales.total, scales.scripts
        yield Row(f"first load of a phone, {language}", f"≤ {size(FIRST_LOAD)}", size(door), door <= FIRST_LOAD)
        yield Row(f"scripts in it, {language}", f"≤ {size(SCRIPTS)}", size(scripts), scripts <= SCRIPTS)
        person.page.locator("main form .button.primary").first.click()
        person.page.wait_for_url("**/welcome")
        person.visit(f"/{day.code}/score/{day.ids[TITLES[0]]}")
        settle(person.page)
        what = f"everything up to the first idea on the ballot, {language}"
        yield Row(what, f"≤ {size(UP_TO_THE_BALLOT)}", size(scales.total), scales.total <= UP_TO_THE_BALLOT)


def answering(day: Day, people: People) -> Iterator[Row]:
    person, _ = day.participant(people)
    scales = Scales(person)
    person.visit(f"/{day.code}/score/{day.ids[TITLES[0]]}")
    settle(person.page)
    before, rows = scales.total, person.page.locator("score-row").all()
    for row in rows:
        row.locator("label:has([value='4'])").click()
        expect(person.page.locator("outbox-status")).to_have_attribute("data-state", "saved")
    each = (scales.total - before) / len(rows)
    yield Row("each answer that is saved", f"≤ {size(PER_SAVE)}", f"{each:.0f} bytes", each <= PER_SAVE)
    before = scales.total
    person.page.wait_for_timeout(60_000)
    idle = scales.total - before
    yield Row("each minute in which nothing happens", f"≤ {size(PER_MINUTE)}", f"{idle:,} bytes", idle <= PER_MINUTE)


def rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder, chromium.launched() as browser, Server(Path(folder)) as server:
        office, people = Office(server), People(browser)
        yield from coming_in(office, people)
        day = Day(server, office.new_event())
        day.until("score")
        yield from loading(day, people)
        yield from answering(day, people)
        for problem in people.leave():
            print(problem, file=sys.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help=f"put the table into {REPORT.name}")
    chosen = parser.parse_args()
    today, system = datetime.now(UTC).date(), f"{platform.system()} {platform.machine()}"
    lines = [
        f"{today}, {system}, Python {platform.python_version()}.",
        "",
        "| what | reach | measured | |",
        "|---|---|---|---|",
    ]
    print("\n".join(lines))
    for row in rows():
        print(row, flush=True)
        lines.append(str(row))
    if chosen.write:
        before, _, rest = REPORT.read_text(encoding="utf-8").partition(BEGIN)
        _, _, after = rest.partition(END)
        REPORT.write_text(before + BEGIN + "\n".join(lines) + "\n" + END + after, encoding="utf-8")


if __name__ == "__main__":
    main()
