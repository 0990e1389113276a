"""Programs that some tests start beside us: found, or missed loudly and by name.

A developer without them runs everything else, and reads at the end what did not run. With CI=true a missing program
fails those tests: a suite that skips them is not green.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.browser.chromium import required

MISSING = "is not installed (Debian: apt install {package})"
PACKAGES = {"postgres": "postgresql", "initdb": "postgresql", "redis-server": "redis-server", "nginx": "nginx"}
PLACES = ("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin")


def program(name: str) -> Path:
    """Where the program is; without it the test that asks is skipped, and in CI it fails."""
    # Debian keeps PostgreSQL's own programs out of the path, one folder a version.
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name))
    places = [*map(str, reversed(versions)), *PLACES]
    found = shutil.which(name) or shutil.which(name, path=":".join(places))
    if found is None:
        (pytest.fail if required() else pytest.skip)(f"{name} {MISSING.format(package=PACKAGES[name])}")
    return Path(found)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    said = {f"{name} {MISSING.format(package=package)}" for name, package in PACKAGES.items()}
    skipped = [
        (report.nodeid, why)
        for report in terminalreporter.getreports("skipped")
        for why in said
        if why in str(report.longrepr)
    ]
    if skipped:
        terminalreporter.section("NOT RUN", sep="!", red=True, bold=True)
        for nodeid, why in skipped:
            terminalreporter.line(f"  {nodeid}: {why}", red=True)
