"""A hall full of people who have joined, with ideas on the wall and scoring open: what a load needs to start."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlsplit

from bench.servers import Facilitate
from facilitate.rehearsal.browser import Browser, insist
from facilitate.rehearsal.host import Host

IDEAS = 30


class Hall:
    """One event on a running server, and the cookies of everybody in it."""

    def __init__(self, server: Facilitate) -> None:
        links = server.new_event()
        self.server, self.code = server, links["code"]
        self.host = Host(links["console_url"], self.code)
        insist(self.host.browser.get(urlsplit(links["board_url"]).path), "the board link", 303)
        self.people: list[str] = []
        self.host.open_doors("")

    def join(self, people: int) -> None:
        for _ in range(people):
            phone = Browser(self.server.url)
            insist(phone.post(f"/{self.code}", {"group": ""}), "joining", 303)
            self.people.append(next(f"{name}={value}" for name, value in phone.cookies.items() if "phone" in name))

    def move_on_to(self, activity: str) -> None:
        """Press “next” until the day is at this activity."""
        while self.look()["activity"] != activity:
            self.host.move_on()

    def look(self) -> dict[str, object]:
        phone = Browser(self.server.url)
        phone.cookies = dict([self.people[0].split("=", 1)])
        seen: dict[str, object] = insist(phone.get(f"/api/v1/events/{self.code}"), "the event", 200).json
        return seen

    def fill_wall(self, ideas: int = IDEAS) -> None:
        self.move_on_to("collect")
        for number in range(ideas):
            phone = Browser(self.server.url)
            phone.cookies = dict([self.people[number % len(self.people)].split("=", 1)])
            title = f"Idea number {number} about settlement services"
            insist(phone.post(f"/{self.code}/ideas", {"title": title, "kind": "gap"}), "an idea", 303)
        insist(self.host.browser.post(f"/{self.code}/console/show-all"), "“show all”", 303)

    def show_at_once(self) -> None:
        how = {"how": "show-at-once"}
        insist(self.host.browser.post(f"/{self.code}/console/moderation", how), "“show at once”", 303)

    def open_scoring(self) -> None:
        self.fill_wall()
        self.move_on_to("score")

    def write(self, file: Path) -> Path:
        """The seats as the load generator's adapter reads them."""
        ideas = [idea["id"] for idea in self.look()["ideas"]] if self.people else []  # type: ignore[attr-defined]
        hosts = self.host.browser.cookie_header
        file.write_text(json.dumps({"code": self.code, "hosts": hosts, "people": self.people, "ideas": ideas}))
        return file
