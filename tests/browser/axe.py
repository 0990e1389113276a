"""axe-core, told to look for everything that WCAG 2.2 AA asks for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SCRIPT = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa")
RUN = """
async (tags) => (await axe.run({ runOnly: tags, resultTypes: ["violations"] })).violations.map(
  (rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")}: ${node.any.concat(node.all, node.none)
    .map((check) => check.message).join("; ")}`)).flat()
"""


def violations(page: Page) -> list[str]:
    """One line for each element that breaks a rule."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT.read_text(encoding="utf-8"))
    found: list[Any] = page.evaluate(RUN, list(TAGS))
    return [str(one) for one in found]
