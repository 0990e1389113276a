"""Held against the world: every published figure of tests/data/, and the table of it in docs/scoring.md."""

import pytest

from tests.scoring.published import DOCUMENT, SETS, Figure, figures, written


@pytest.mark.parametrize("figure", figures(), ids=lambda figure: f"{figure.folder[:2]} {figure.what[:70]}")
def test_the_published_figure_is_ours_within_the_stated_deviation(figure: Figure) -> None:
    assert figure.holds, f"{figure.what}: {figure.expected} published, {figure.computed} computed"


def test_every_folder_of_data_is_used() -> None:
    assert len({figure.folder for figure in figures()}) == len(SETS) == 10


def test_the_table_in_the_documentation_is_of_today() -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    assert document == written(document), "run: python -m tests.scoring.published --write"
