"""The facilitators' office of one server: an account that makes events through the pages, quicker than a command."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from facilitate.rehearsal.browser import Browser, insist
from tests.real.server import Server

EMAIL, PASSWORD = "fay@example.org", "a planning day needs coffee"


class Office:
    def __init__(self, server: Server) -> None:
        self.server = server
        self.browser = Browser(server.url)
        self.setup = self._setup_path()
        fields = {"email": EMAIL, "password": PASSWORD}
        insist(self.browser.post(self.setup, fields), "the first account", 303)

    def _setup_path(self) -> str:
        found = re.search(r"https?://\S+(/setup/\S+)", self.server.log.read_text())
        assert found, "a new server prints the link to its first account"
        return found[1]

    def new_event(self, title: str = "") -> dict[str, str]:
        """The same links that `facilitate new --json` gives."""
        fields = {"preset": "ircc-planning-day", "title": title, "language": "en", "contact": "plan@example.org"}
        made = insist(self.browser.post("/events", fields), "a new event", 303)
        code = urlsplit(str(made.headers["Location"])).path.split("/")[1]
        return {"code": code, "console_url": self.link(code, "host"), "board_url": self.link(code, "board")}

    def link(self, code: str, role: str) -> str:
        page = insist(self.browser.post(f"/{code}/console/links", {"role": role}), "a link", 200)
        found = re.search(rf"/{code}/enter/[\w-]+", page.text)
        assert found, "a new link is shown this once"
        return f"{self.server.url}{found[0]}"
