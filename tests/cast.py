"""The cast: browsers with their cookies, and the planning day they are in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from facilitate import presets
from facilitate.extensions import db
from facilitate.installation import make_event
from facilitate.models import Event
from tests.pages import check_page

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


class Browser:
    """One browser: it keeps its cookies, says where it comes from, and every page it sees is checked."""

    def __init__(self, app: Flask, day: Day | None = None, language: str = "en") -> None:
        self.client = app.test_client()
        self.day = day
        self.headers = {"Accept-Language": language}

    def get(self, path: str, status: int = 200, **more: Any) -> TestResponse:
        response = self.client.get(self._address(path), headers=self.headers, **more)
        assert response.status_code == status, f"{path}: {response.status_code}\n{response.text[:2000]}"
        if response.mimetype == "text/html" and status != 303:
            check_page(response.text, path)
        return response

    def post(self, path: str, data: Any = None, status: int = 303, **more: Any) -> TestResponse:
        headers = {**self.headers, **SAME_ORIGIN}
        response = self.client.post(self._address(path), data=data, headers=headers, **more)
        assert response.status_code == status, f"{path}: {response.status_code}\n{response.text[:2000]}"
        if response.mimetype == "text/html" and status not in (302, 303):
            check_page(response.text, path)
        return response

    def _address(self, path: str) -> str:
        """A path that begins with "~" belongs to the browser's planning day."""
        return f"/{self.day.code}{path[1:]}" if path.startswith("~") and self.day else path

    def score(self, idea: str, criterion: str | None, value: Any, seq: int | None = None) -> dict[str, Any]:
        said: dict[str, Any] = {"idea": idea, "criterion": criterion, "value": value}
        if seq is not None:
            said["seq"] = seq
        answer: dict[str, Any] = self.post("~/scores", json=said, status=200).get_json()
        return answer

    def api(self) -> dict[str, Any]:
        assert self.day is not None
        found: dict[str, Any] = self.get(f"/api/v1/events/{self.day.code}").get_json()
        return found


@dataclass
class Day:
    """A planning day and the people in it."""

    app: Flask
    code: str
    links: dict[str, str]
    fay: Browser
    people: list[Browser] = field(default_factory=list)

    @classmethod
    def of(cls, app: Flask, preset: str = "ircc-planning-day") -> Day:
        with app.app_context():
            links = make_event(app, presets.load(preset))
            db.session.remove()
        day = cls(app, links["code"], links, Browser(app))
        day.fay = day.browser()
        day.fay.get(_path(links["console_url"]), status=303)
        return day

    def browser(self, language: str = "en") -> Browser:
        return Browser(self.app, self, language)

    def board(self) -> Browser:
        board = self.browser()
        board.get(_path(self.links["board_url"]), status=303)
        return board

    @property
    def version(self) -> int:
        with self.event() as event:
            return int(event.version)

    @contextmanager
    def event(self) -> Any:
        """The event as the database has it now; what is changed on it must be committed by the caller."""
        with self.app.app_context():
            try:
                yield db.session.scalars(db.select(Event).where(Event.code == self.code)).one()
            finally:
                db.session.remove()

    # --- what Fay does ---

    def open_doors(self) -> Day:
        self.fay.post("~/console/open", {"version": self.version})
        return self

    def next(self) -> Day:
        self.fay.post("~/console/next", {"version": self.version})
        return self

    def back(self, status: int = 303, **more: str) -> TestResponse:
        return self.fay.post("~/console/back", {"version": self.version, **more}, status=status)

    def reveal(self) -> Day:
        self.fay.post("~/console/reveal", {"version": self.version})
        return self

    def show_all(self) -> Day:
        self.fay.post("~/console/show-all", {})
        return self

    def until(self, key: str) -> Day:
        """Press the next button until the activity is open; scoring gets an idea to score if nobody sent one."""
        if self._state()[1] == "closed":
            self.open_doors()
        while self._state()[0] != key:
            self.next()
        return self

    def _state(self) -> tuple[str, str]:
        with self.event() as event:
            return event.activity.key, event.door

    def invites(self, role: str) -> Browser:
        """A browser that holds a fresh link of this role."""
        page = self.fay.post("~/console/links", {"role": role}, status=200).text
        token = re.findall(rf"/{self.code}/enter/([\w-]+)", page)[0]
        invited = self.browser()
        invited.get(f"~/enter/{token}", status=303)
        return invited

    # --- what people do ---

    def joins(self, **said: str) -> Browser:
        person = self.browser(said.pop("accept", "en"))
        person.post("~", said)
        self.people.append(person)
        return person

    def crowd(self, size: int) -> list[Browser]:
        return [self.joins() for _ in range(size)]

    def collects(self, titles: Iterable[str], kind: str = "gap") -> Day:
        """Somebody sends these ideas, and Fay puts them on the wall."""
        self.until("collect")
        author = self.people[0] if self.people else self.joins()
        for title in titles:
            author.post("~/ideas", {"title": title, "kind": kind})
        return self.show_all()

    def scoring(self, *titles: str) -> Day:
        """The day with scoring open on these ideas."""
        return self.collects(titles or ("Evening classes", "Rural outreach van", "Child minding")).until("score")

    def idea_ids(self) -> dict[str, str]:
        """Title to public id."""
        from facilitate.models import Idea

        with self.event() as event:
            return {idea.title: idea.public_id for idea in db.session.scalars(event.ideas.select().order_by(Idea.id))}


def _path(url: str) -> str:
    return "/" + url.split("/", 3)[3]
