"""Finds the Chromium that browser tests drive, and says so when there is none.

A developer without Chromium runs everything else, and reads at the end by name what did not run.
With CI=true a missing Chromium fails those tests: a suite that skips its browsers is not green.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # runs without browser tests do not wait for Playwright
    from playwright.sync_api import Browser

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
APPLICATIONS = (
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
)
MISSING = "no Chromium found: install it (Debian: apt install chromium), or name yours in CHROMIUM=/path"


def executable() -> Path | None:
    """What to give Playwright as executable_path."""
    named = os.environ.get("CHROMIUM")
    if named:
        return Path(named)
    found = (shutil.which(command) for command in COMMANDS)
    return next((Path(path) for path in found if path), next((app for app in APPLICATIONS if app.exists()), None))


def arguments() -> list[str]:
    """Chromium's sandbox does not work for root, which is what most containers run as.

    Where there is no graphics card, a whole process would imitate one: that is a quarter of all the work.
    """
    quiet = ["--disable-background-networking", "--disable-gpu"]
    return ["--no-sandbox", *quiet] if hasattr(os, "geteuid") and os.geteuid() == 0 else quiet


@contextmanager
def launched() -> Iterator[Browser]:
    """Chromium, which can reach this machine and nothing else."""
    from playwright.sync_api import sync_playwright

    alone = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=[*arguments(), alone])
        yield browser
        browser.close()


def required() -> bool:
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser") and executable() is None:
        (pytest.fail if required() else pytest.skip)(MISSING)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [report.nodeid for report in terminalreporter.getreports("skipped") if MISSING in str(report.longrepr)]
    if skipped:
        terminalreporter.section("NOT RUN", sep="!", red=True, bold=True)
        terminalreporter.line(f"{len(skipped)} browser tests did not run, {MISSING}", red=True)
        for nodeid in skipped:
            terminalreporter.line(f"  {nodeid}")
