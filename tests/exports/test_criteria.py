"""The criteria word for word, in columns that `facilitate rank --criteria` reads."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from facilitate import exports
from facilitate.exports import Content
from facilitate.scoring.files import read_criteria
from tests.builders import Play
from tests.exports.reading import header, lines


def test_rank_reads_them_back(content: Content, tmp_path: Path) -> None:
    file = tmp_path / "criteria.csv"
    file.write_bytes(exports.make("criteria.csv", content))
    read = read_criteria(file)
    for one, question in zip(read, content.questions, strict=True):
        scale = question.scale
        assert (one.code, one.weight, one.low, one.high) == (scale.code, scale.weight, scale.low, scale.high)
        assert (one.lower_is_better, one.name) == (scale.lower_is_better, scale.name)


def test_columns(content: Content) -> None:
    first = ["criterion", "weight", "low", "high", "lower_is_better", "label"]
    spoken = [f"{name}_{tag}" for tag in ("en", "fr", "ar") for name in ("label", "statement", "helper", "levels")]
    assert header("criteria.csv", content) == [*first, *spoken, "evidence_expected"]


def test_the_words_of_the_preset(app: Flask) -> None:
    play = Play(app).until("collect")
    play.sends("Evening classes")
    need, *others = lines("criteria.csv", play.until("reveal").content())
    assert len(others) == 9
    assert need["statement_fr"] == "Répond à un besoin clair de la collectivité, appuyé par des faits"
    assert need["levels_en"].startswith("1 = An opinion so far; 2 = A few people notice it; ")
    assert need["levels_ar"].startswith("1 = مجرد رأي حتى الآن; 2 = ")
    assert (need["evidence_expected"], others[0]["evidence_expected"]) == ("1", "0")


def test_a_language_without_words_is_empty(content: Content) -> None:
    assert {line["statement_ar"] for line in lines("criteria.csv", content)} == {""}
