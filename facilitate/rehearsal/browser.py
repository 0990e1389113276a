"""A browser without a window: cookies, addresses and forms, on the standard library alone."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit

from facilitate.errors import Refusal

PATIENCE = 60.0
"""Seconds to wait for a page."""

Fields = Sequence[tuple[str, str]] | Mapping[str, str]


class Unreachable(Refusal):
    """Nobody answers at the address."""


class Refused(Refusal):
    """The server said no; `page` is what it answered."""

    def __init__(self, page: Page, what: str) -> None:
        self.page = page
        super().__init__(page.why or f"The server answered {page.status} to {what}.")


@dataclass(frozen=True)
class Page:
    """What the server answered."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def why(self) -> str:
        """The sentence of a refusal, where the server gave one to a machine."""
        if self.status < 400 or self.headers.get_content_type() != "application/json":
            return ""
        return str(self.json.get("why", ""))


class Browser:
    """One browser of one person: it keeps its cookies and says which site it is on."""

    def __init__(self, url: str, language: str = "en") -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise Refusal(f"{url} is not an address that starts with http:// or https://")
        self.is_secure, self.host = parts.scheme == "https", parts.netloc
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self.language = language
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> Page:
        return self._ask("GET", path)

    def post(self, path: str, fields: Fields = ()) -> Page:
        return self._ask("POST", path, urlencode(fields), "application/x-www-form-urlencoded")

    def post_json(self, path: str, said: object) -> Page:
        return self._ask("POST", path, json.dumps(said), "application/json")

    @property
    def cookie_header(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def _ask(self, method: str, path: str, body: str | None = None, kind: str = "") -> Page:
        headers = {"Origin": self.origin, "Accept-Language": self.language}
        if self.cookies:
            headers["Cookie"] = self.cookie_header
        if kind:
            headers["Content-Type"] = kind
        connection = self._connection()
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            page = Page(answer.status, answer.headers, answer.read())
        except (OSError, http.client.HTTPException) as error:
            raise Unreachable(f"Nobody answers at {self.origin}. Is `facilitate serve` running there?") from error
        finally:
            connection.close()
        self._keep_cookies(page)
        return page

    def _connection(self) -> http.client.HTTPConnection:
        kind = http.client.HTTPSConnection if self.is_secure else http.client.HTTPConnection
        return kind(self.host, timeout=PATIENCE)

    def _keep_cookies(self, page: Page) -> None:
        for header in page.headers.get_all("Set-Cookie") or []:
            for name, crumb in SimpleCookie(header).items():
                self.cookies[name] = crumb.value


def insist(page: Page, what: str, *wanted: int) -> Page:
    """The page, if it has a wanted status; else the server's refusal."""
    if page.status not in wanted:
        raise Refused(page, what)
    return page
