"""Somebody in front of a browser of their own. Whatever goes wrong in it is written down, and fails the test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Dialog, Error, Locator, Page, Request, Response, expect

from facilitate.rehearsal.browser import Browser as Client

PATIENCE = 10_000.0
"""Milliseconds that a page may take; a busy machine needs some, a quiet one does not notice."""
LOCALES = {"en": "en-CA", "fr": "fr-CA", "ar": "ar"}
LANGUAGES = tuple(LOCALES)
PHONE, SMALL_PHONE = (390, 844), (320, 568)
LAPTOP, PROJECTOR, OLD_PROJECTOR = (1366, 768), (1920, 1080), (1024, 768)
"""Widths and heights."""
TELLTALE = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP: ${event.violatedDirective} blocked ${event.blockedURI} ${event.sample}`));
"""
NETWORK = ("net::ERR_", "WebSocket connection", "Failed to load resource")
"""How Chromium complains about a network that is not there."""
MOVED_ON = ("interrupted by another navigation", "net::ERR_ABORTED")
"""How Chromium says that the page moved on by itself while somebody was going elsewhere."""
ATTEMPTS = 3
"""The page may get in the way of the first, and the first of the second; a page that never rests stays a failure."""

expect.set_options(timeout=PATIENCE)


class Person:
    """One browser context with one page, on a phone, at a laptop, or in front of the projector."""

    def __init__(
        self,
        browser: Browser,
        url: str,
        *,
        language: str = "en",
        size: tuple[int, int] = PHONE,
        scripts: bool = True,
        dark: bool = False,
        forced_colors: bool = False,
        calm: bool = True,
        sheltered: bool = False,
    ) -> None:
        self.url, self.size = url, size
        self.problems: list[str] = []
        self.taps = 0
        self.expected: set[str] = set()
        """Paths that are meant to answer with an error."""
        self.is_network_bad = False
        self.context = browser.new_context(
            base_url=url,
            locale=LOCALES[language],
            viewport={"width": size[0], "height": size[1]},
            has_touch=size[0] < 800,
            java_script_enabled=scripts,
            color_scheme="dark" if dark else "light",
            forced_colors="active" if forced_colors else "none",
            reduced_motion="reduce" if calm else "no-preference",
            service_workers="allow"
            if sheltered
            else "block",  # as over plain http, where the outbox alone carries the day
        )
        self.context.set_default_timeout(PATIENCE)
        self.context.add_init_script(TELLTALE)
        self.page = self.open_tab()

    # --- moving about ---

    def open_tab(self) -> Page:
        page = self.context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self._note(f"page error: {error}"))
        page.on("dialog", self._asked_back)
        page.on("request", self._asked)
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)
        return page

    def close_tab(self) -> None:
        """As when the phone takes it away: without a word to the page, a moment after the last tap."""
        self.page.wait_for_timeout(200)
        self.page.close()

    def visit(self, path: str, status: int = 200) -> None:
        """Go to a path of the server, or to a whole address of it."""
        if status >= 400:
            self.expected.add(urlsplit(path).path)
        answer = self._go(path)
        assert answer is not None
        assert answer.status == status, f"{path}: {answer.status}"

    def _go(self, path: str) -> Response | None:
        for _ in range(ATTEMPTS - 1):
            try:
                return self.page.goto(path)
            except Error as error:
                if not any(sign in error.message for sign in MOVED_ON):
                    raise
            # The attempt itself may still arrive, and would interrupt the next one.
            self.page.wait_for_load_state("networkidle")
        return self.page.goto(path)

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    def tap(self, what: Locator | str) -> None:
        """One tap or click, counted."""
        self.taps += 1
        (self.page.locator(what) if isinstance(what, str) else what).click()

    def lend(self, client: Client) -> None:
        """Use the cookies of a client without a window: it is the same person in both."""
        self.context.add_cookies(
            [{"name": name, "value": value, "url": self.url} for name, value in client.cookies.items()]
        )

    def forget(self) -> None:
        """Begin again as a stranger, on a blank page."""
        self.page.goto("about:blank")
        self.context.clear_cookies()

    def resize(self, size: tuple[int, int]) -> None:
        self.page.set_viewport_size({"width": size[0], "height": size[1]})

    # --- what goes wrong ---

    @contextmanager
    def bad_network(self) -> Iterator[None]:
        """Here the browser may complain about the network, and about nothing else."""
        self.is_network_bad = True
        yield
        if not self.page.is_closed():
            self.page.wait_for_timeout(50)  # what it has to say about it arrives a little later
        self.is_network_bad = False

    def leave(self) -> list[str]:
        """Close the browser; returns what went wrong."""
        self.context.close()
        return self.problems

    def _note(self, problem: str) -> None:
        self.problems.append(f"{self.page.url}: {problem}")

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type != "error":
            return
        is_network = any(sign in message.text for sign in NETWORK)
        is_expected = urlsplit(message.location["url"]).path in self.expected
        if is_network and (self.is_network_bad or is_expected):
            return
        self._note(f"console: {message.text}")

    def _asked_back(self, dialog: Dialog) -> None:
        self._note(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _asked(self, request: Request) -> None:
        is_ours = request.url.startswith((self.url, self.url.replace("http", "ws", 1), "data:"))
        if not is_ours:
            self._note(f"asked another site: {request.url}")

    def _failed(self, request: Request) -> None:
        why = request.failure or ""
        # What a page no longer wants because it goes away is no failure.
        if "ERR_ABORTED" not in why and not self.is_network_bad:
            self._note(f"{request.method} {request.url} failed: {why}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and urlsplit(response.url).path not in self.expected and not self.is_network_bad:
            self._note(f"{response.request.method} {response.url} answered {response.status}")


class People:
    """Everybody in one test: they come in one by one, and leave together."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.all: list[Person] = []

    def come(self, url: str, **looks: object) -> Person:
        self.all.append(Person(self.browser, url, **looks))  # type: ignore[arg-type]
        return self.all[-1]

    def leave(self) -> list[str]:
        return [problem for person in self.all for problem in person.leave()]
