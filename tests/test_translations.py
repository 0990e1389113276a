"""Every catalogue says everything that the sources say, in its own language and with the same placeholders."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from gettext import c2py
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords
from babel.messages.pofile import read_po
from flask import Flask

from facilitate.web.language import INTERFACE
from tests.cast import Browser, Day

ROOT = Path(__file__).parents[1]
CATALOGUES = ROOT / "facilitate" / "translations"
LANGUAGES = sorted(set(INTERFACE) - {"en"})
KEYWORDS = {**DEFAULT_KEYWORDS, **parse_keywords(["N_", "_l"])}
"""What `make translations` looks for."""

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%|(?<!%)\{\w+\}")
SAME_IN_FRENCH = {"Code", "Console", "Minutes", "Pause", "Place", "Scribe", "−1 min", "+1 min"}


@cache
def catalogue(language: str) -> Catalog:
    with (CATALOGUES / language / "LC_MESSAGES" / "messages.po").open("rb") as source:
        return read_po(source, locale=language)


def messages(language: str) -> list[Message]:
    return [message for message in catalogue(language) if message.id]


def forms(said: str | Sequence[str] | None) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said or ())


def key(said: str | Sequence[str]) -> str | tuple[str, ...]:
    return said if isinstance(said, str) else tuple(said)


@cache
def in_the_sources() -> frozenset[str | tuple[str, ...]]:
    """Every text that is marked for translation, found the way `make translations` finds it."""
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["babel"]["mappings"]
    found = extract_from_dir(
        ROOT,
        [(mapping["pattern"], mapping["method"]) for mapping in mappings],
        {mapping["pattern"]: mapping for mapping in mappings},
        KEYWORDS,
        directory_filter=lambda folder: Path(folder).parent != ROOT or Path(folder).name == "facilitate",
    )
    return frozenset(key(said) for _file, _line, said, _notes, _context in found)


def test_there_is_a_catalogue_for_every_language_of_the_interface() -> None:
    assert sorted(folder.name for folder in CATALOGUES.iterdir() if folder.is_dir()) == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_is_in_step_with_the_sources(language: str) -> None:
    known = {key(message.id) for message in messages(language)}
    assert in_the_sources() - known == set(), "not in the catalogue: make translations, then translate"
    assert known - in_the_sources() == set(), "no longer said by anybody: make translations"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_is_complete(language: str) -> None:
    assert [message.id for message in messages(language) if not all(forms(message.string) or [""])] == []
    assert [message.id for message in messages(language) if message.fuzzy] == []
    assert list(catalogue(language).obsolete) == []
    assert not catalogue(language).fuzzy


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_has_the_placeholders_of_its_source(language: str) -> None:
    for message in messages(language):
        wanted = {tuple(sorted(PLACEHOLDER.findall(form))) for form in forms(message.id)}
        assert {tuple(sorted(PLACEHOLDER.findall(form))) for form in forms(message.string)} == wanted, message.id
        assert [str(error) for error in message.check(catalogue(language))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_plurals_have_every_form_of_their_language_in_its_order(language: str) -> None:
    """One form for each way to count, and the formula in the head of the catalogue picks it."""
    locale, formula = Locale.parse(language), c2py(catalogue(language).plural_expr)
    picked = {(formula(number), locale.plural_form(number)) for number in range(1000)}
    assert len(picked) == len({index for index, _name in picked}) == len({name for _index, name in picked})
    assert len(picked) == catalogue(language).num_plurals
    for message in messages(language):
        assert len(forms(message.string)) == (1 if isinstance(message.id, str) else len(picked)), message.id


def test_arabic_counts_in_six_ways() -> None:
    ideas = next(forms(message.string) for message in messages("ar") if message.id == ("%(num)s idea", "%(num)s ideas"))
    formula = c2py(catalogue("ar").plural_expr)
    said = [ideas[formula(number)] % {"num": number} for number in (1, 2, 3, 10, 11, 99, 100)]
    assert said == ["فكرة واحدة (1)", "فكرتان (2)", "3 أفكار", "10 أفكار", "11 فكرة", "99 فكرة", "100 فكرة"]


def test_nothing_is_left_in_english() -> None:
    french = {message.id for message in messages("fr") if isinstance(message.id, str) and message.id == message.string}
    assert {said for said in french if re.search(r"[a-z]{2}", PLACEHOLDER.sub("", said))} <= SAME_IN_FRENCH
    for message in messages("ar"):
        for form in forms(message.string):
            words = PLACEHOLDER.sub("", form)
            assert re.search(r"[\u0621-\u064a]", words) or not re.search(r"\w", words), message.id


def test_french_is_set_as_french() -> None:
    """The curved apostrophe, and a space that does not break before tall signs and inside quotation marks."""
    for message in messages("fr"):
        for form in forms(message.string):
            assert not re.search(r"['\"]|…\.|\.\.\.", form), form
            assert not re.search(r" [:;?!»]|« |[^\s][;?!»]|«[^\s]", form), form
            assert not re.search(r"(?<!\xa0)%%", form), form


# --- pages that speak ---


def test_the_door_is_in_french(day: Day) -> None:
    page = day.open_doors().browser("fr").get("~").text
    assert '<html lang="fr" dir="ltr"' in page
    assert ">Rejoindre</button>" in page


def test_the_door_is_in_arabic_from_right_to_left(day: Day) -> None:
    page = day.open_doors().browser("ar").get("~").text
    assert '<html lang="ar" dir="rtl"' in page
    assert ">انضم</button>" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_of_the_day_falls_back_into_english(day: Day, language: str) -> None:
    assert english_on(day.open_doors().browser("en").get("~").text, language), "an English page is seen to be English"
    host, person = host_of(day, language), day.joins(accept=language)
    day.collects(["دروس مسائية", "Cours du soir"])
    for step in ("collect", "score", "reveal", "wrap_up"):
        day.until(step)
        pages = [(person, "~"), (host, "~/console"), (host, "~/console/ideas?tab=shown")]
        pages += [(person, f"~/score/{idea}") for idea in day.idea_ids().values() if step == "score"]
        for reader, path in pages:
            assert english_on(reader.get(path).text, language) == [], f"{step}: {path}"
    assert english_on(host.get("~/console/results").text, language) == [], "the ballots before the results"
    host.post("~/console/results", {})
    for path in ("~/console/results", "~/console/people", "~/console/criteria", "~/console/log"):
        assert english_on(host.get(path).text, language) == [], path
    assert english_on(day.browser(language).get("/nowhere", status=404).text, language) == []


def test_a_filter_of_a_constant_speaks_to_each_reader(app: Flask) -> None:
    """Templates are compiled once; whoever comes first must not decide what everybody else reads."""
    template = app.jinja_env.from_string('{{ "broad agreement"|agreement }}')
    said = []
    for language in ("fr", "ar", "en"):
        with app.test_request_context(headers={"Accept-Language": language}):
            said.append(template.render())
    assert said == ["large accord", "اتفاق واسع", "broad agreement"]


def host_of(day: Day, language: str) -> Browser:
    """Fay's link, in a browser that asks for this language."""
    browser = day.browser(language)
    browser.get("/" + day.links["console_url"].split("/", 3)[3], status=303)
    return browser


def english_on(page: str, language: str) -> list[str]:
    """The English texts of the catalogue that stand on the page; single words and placeholders prove nothing."""
    said = {form for message in messages(language) for form in forms(message.id)}
    said -= {form for message in messages(language) for form in forms(message.string)}
    telling = [form for form in said if " " in form and not PLACEHOLDER.search(form)]
    return [form for form in telling if f">{form}" in page or f'"{form}' in page]
