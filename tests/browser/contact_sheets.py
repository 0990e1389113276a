"""The whole product at a glance: every screen of the day, small and named, on one sheet for each language and place.

python -m tests.browser.contact_sheets     (make screenshots ends with it)
"""

from __future__ import annotations

from html import escape
from itertools import groupby
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser import chromium
from tests.browser.person import LANGUAGES

SCREENS = Path(__file__).parents[2] / "screenshots"
PLACES = {"phone": (8, 9 / 16), "console": (5, 16 / 9), "board": (5, 16 / 9)}
"""Where a screen is seen: how many stand in a row, and the shape in which each is shown from its top."""
WIDTH = 1920
STYLE = """
body { margin: 0; padding: 32px; background: #e5e7eb; color: #111827; font: 15px/1.3 system-ui, sans-serif; }
h1 { margin: 0 0 24px; font-size: 28px; }
main { display: grid; gap: 28px 20px; grid-template-columns: repeat(COLUMNS, 1fr); }
figure { margin: 0; min-width: 0; }
img { display: block; width: 100%; aspect-ratio: SHAPE; object-fit: cover; object-position: top; background: #fff;
  border: 1px solid #9ca3af; border-radius: 6px; }
figcaption { margin-top: 6px; overflow-wrap: anywhere; }
a { color: inherit; }
"""


def make(browser: Browser, folder: Path) -> list[Path]:
    """One page and one picture for each language and place; returns the pictures."""
    made = []
    context = browser.new_context(viewport={"width": WIDTH, "height": 1080})
    page = context.new_page()
    for place in PLACES:
        for language in LANGUAGES:
            sheet = folder / f"sheet-{place}-{language}.html"
            sheet.write_text(of(place, language, screens(folder, place, language)), encoding="utf-8")
            page.goto(sheet.as_uri())
            page.screenshot(path=sheet.with_suffix(".png"), full_page=True)
            made.append(sheet.with_suffix(".png"))
    context.close()
    return made


def screens(folder: Path, place: str, language: str) -> list[Path]:
    """In the order in which the day brought them; of several widths the largest."""
    taken = [file for file in folder.glob(f"{place}-*.png") if language in file.stem.split("-")]
    taken.sort(key=lambda file: (file.stat().st_mtime_ns, file.name))
    scenes = groupby(taken, key=lambda file: file.stem.rpartition("-")[0])
    return [max(same, key=lambda file: int(file.stem.rpartition("-")[2])) for _, same in scenes]


def of(place: str, language: str, taken: list[Path]) -> str:
    columns, shape = PLACES[place]
    style = STYLE.replace("COLUMNS", str(columns)).replace("SHAPE", str(shape))
    figures = "".join(
        f'<figure><a href="{escape(file.name)}"><img src="{escape(file.name)}" alt=""></a>'
        f"<figcaption>{escape(named(file, place, language))}</figcaption></figure>"
        for file in taken
    )
    title = f"{place}, {language}: {len(taken)} screens"
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title><style>{style}</style>'
        f"<h1>{title}</h1><main>{figures}</main></html>"
    )


def named(file: Path, place: str, language: str) -> str:
    """phone-score-idea-fr-390 is “score idea, 390”."""
    words, _, width = file.stem.removeprefix(f"{place}-").rpartition("-")
    return f"{words.removesuffix(f'-{language}').replace('-', ' ')}, {width}"


def main() -> None:
    with chromium.launched() as browser:
        print(*make(browser, SCREENS), sep="\n")  # noqa: T201


if __name__ == "__main__":
    main()
