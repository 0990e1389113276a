"""What must be true of every page that any test sees."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
FOREIGN = {"path", "use", "rect", "circle", "line"}


class Page(HTMLParser):
    """Reads a page strictly: every tag is closed, and what we never want is written down."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: Counter[str] = Counter()
        self.tags: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.html: dict[str, str | None] = {}
        self.title = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.tags[tag] += 1
        if tag == "html":
            self.html = named
        if named.get("id"):
            self.ids[str(named["id"])] += 1
        self._look_at(tag, named)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self._look_at(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.wrong.append(f"</{tag}> closes nothing; open are {self.open[-3:]}")
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "title" and "svg" not in self.open:
            self.title += data
        if self.open and self.open[-1] in ("script", "style") and data.strip():
            self.wrong.append(f"inline {self.open[-1]}")

    def _look_at(self, tag: str, named: dict[str, str | None]) -> None:
        self.wrong += [f"{name} on <{tag}>" for name in named if name == "style" or name.startswith("on")]
        if tag == "form" and not (named.get("action") or "").startswith("/"):
            self.wrong.append(f"a form posts to {named.get('action')!r}")
        if tag in ("script", "link", "img") and "//" in (named.get("src") or named.get("href") or "").replace(
            "data:", ""
        ):
            self.wrong.append(f"<{tag}> reaches outside: {named}")


def check_page(html: str, where: str) -> None:
    """Fail with everything that is wrong with a page."""
    page = Page()
    page.feed(html)
    page.close()
    page.wrong += [f"never closed: {tag}" for tag in page.open]
    page.wrong += [f"id {name} appears {count} times" for name, count in page.ids.items() if count > 1]
    if page.tags["html"]:  # a whole page, not a section of one
        page.wrong += [] if page.tags["h1"] == 1 else [f"{page.tags['h1']} headings of the first rank"]
        page.wrong += [] if page.title.strip() else ["no title"]
        page.wrong += [] if page.html.get("lang") and page.html.get("dir") else ["no language or direction"]
    assert page.wrong == [], f"{where}: " + "; ".join(page.wrong)
