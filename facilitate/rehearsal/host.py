"""A host without a hand: runs the day through the console, by its capability link and its real pages."""

from __future__ import annotations

from collections.abc import Iterable
from html.parser import HTMLParser
from urllib.parse import urlsplit

from facilitate.rehearsal.browser import Browser, Page, insist
from facilitate.text import line


class ConsolePage(HTMLParser):
    """What a host reads on a page of the console: which step it is at, and which ideas it lists."""

    def __init__(self, html: str, titles: Iterable[str] = ()) -> None:
        super().__init__(convert_charrefs=True)
        self.version: int | None = None
        self.ideas: dict[str, str] = {}
        """Title to id. A card names its idea before it offers what can be done with it."""
        self._titles = {line(title): title for title in titles}
        self._title = ""
        self._known: set[str] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "input" and said.get("name") == "version" and said.get("value", "").isdecimal():
            self.version = int(said["value"])
        if tag == "form":
            self._note_idea(urlsplit(said.get("action", "")).path)

    def handle_data(self, data: str) -> None:
        self._title = self._titles.get(line(data), self._title)

    def _note_idea(self, path: str) -> None:
        parts = path.split("/")
        if len(parts) != 5 or parts[2] != "ideas" or parts[3] in self._known:
            return
        self._known.add(parts[3])
        if self._title:
            self.ideas.setdefault(self._title, parts[3])


class Host:
    """Whoever holds the console link."""

    def __init__(self, link: str, code: str) -> None:
        self.browser = Browser(link)
        self.code = code
        insist(self.browser.get(urlsplit(link).path), "the console link", 303)

    def begin_rehearsal(self) -> str:
        """The pass that a simulated room shows at the door."""
        answer = self.browser.post_json(f"/{self.code}/console/rehearsal", {})
        return str(insist(answer, "the rehearsal", 200).json["pass"])

    def version(self) -> int:
        page = insist(self.browser.get(f"/{self.code}/console"), "the console", 200)
        version = ConsolePage(page.text).version
        assert version is not None, "the console has a button for the next step"
        return version

    def move_on(self) -> None:
        self._press("next", {"version": str(self.version())})

    def reveal(self) -> None:
        self._press("reveal", {"version": str(self.version())})

    def open_doors(self, title: str) -> Page:
        """After a rehearsal the event's title confirms that all of it may go."""
        return self._press("open", {"version": str(self.version()), "confirmation": title})

    def _press(self, button: str, fields: dict[str, str]) -> Page:
        return insist(self.browser.post(f"/{self.code}/console/{button}", fields), f"“{button}”", 303)

    # --- ideas ---

    def ideas(self, tab: str, titles: Iterable[str]) -> dict[str, str]:
        """The ideas that one tab of the console lists: title to id, for the titles we know."""
        page = insist(self.browser.get(f"/{self.code}/console/ideas?tab={tab}"), "the ideas", 200)
        return ConsolePage(page.text, titles).ideas

    def show(self, idea: str) -> None:
        self._sort(idea, "show")

    def hide(self, idea: str, reason: str) -> None:
        self._sort(idea, "hide", reason=reason)

    def merge(self, idea: str, into: str) -> None:
        self._sort(idea, "merge", into=into)

    def _sort(self, idea: str, how: str, **fields: str) -> None:
        insist(self.browser.post(f"/{self.code}/ideas/{idea}/{how}", fields), f"“{how}”", 303)

    # --- results ---

    def export(self, name: str) -> Page:
        """One file as the console offers it; before scoring is closed this is a refusal."""
        return self.browser.get(f"/{self.code}/console/export/{name}")
