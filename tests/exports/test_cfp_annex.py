"""`cfp_annex.csv`: the shortlist with what a call needs, in the columns that were agreed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from facilitate import exports
from facilitate.exports import Content
from facilitate.models import CallEntry
from facilitate.verification.folder import verify_folder
from tests.builders import FAY
from tests.exports.conftest import CAFE, DOUBLE, VAN, WEEKEND, Rich
from tests.exports.reading import header, lines
from tests.verification.events import written

COLUMNS = (
    "priority_band,rank_low,rank_high,title_en,title_fr,need_statement,target_group,geography,service_stream,"
    "evidence_count,strongest_evidence_type,evidence_refs,score,ci_low,ci_high,n_raters,agreement,"
    "score_A,score_B,score_C,core_alignment,partners_named,dissent_note,event_id,method_version"
)
SAID = {
    "title_en": "=1+1",
    "title_fr": "Autobus de fin de semaine",
    "need_statement": "No bus.",
    "target_group": "Learners",
    "geography": "Essex",
    "service_stream": "needs-assessment",
    "partners": "Library; +Transit",
    "core_alignment": "CR",
    "dissent_note": "",
}


@pytest.fixture
def called(app: Flask) -> Rich:
    """Two ideas on the shortlist, one of them written up."""
    play = Rich(app).reveals()
    assert isinstance(play, Rich)
    play.shortlists(CAFE)
    with play.event() as event:
        idea = event.idea(play.ideas[WEEKEND])
        assert idea is not None
        event.prepare_call(idea, SAID, by=FAY)
    return play


def test_the_header_alone_where_nothing_is_shortlisted(content: Content) -> None:
    assert header("cfp_annex.csv", content) == COLUMNS.split(",")
    assert lines("cfp_annex.csv", replace(content, call={})) == []


def test_figures_are_those_of_the_ranking(called: Rich) -> None:
    content = called.content()
    ranking = {line["idea"]: line for line in lines("ranking.csv", content)}
    annex = lines("cfp_annex.csv", content)
    assert len(annex) == 2
    for line in annex:
        title = WEEKEND if line["title_fr"] == "Autobus de fin de semaine" else CAFE
        ranked = ranking[called.ideas[title]]
        same = {"score": "score", "rank_low": "range_low", "rank_high": "range_high", "priority_band": "band"}
        same |= {
            "n_raters": "scorers",
            "agreement": "agreement",
            "score_B": "score_B",
            "evidence_count": "evidence_count",
        }
        assert {ours: line[ours] for ours in same} == {ours: ranked[theirs] for ours, theirs in same.items()}
        assert float(line["ci_low"]) <= float(line["score"]) <= float(line["ci_high"])
        assert line["event_id"] == called.code
        assert line["method_version"].startswith("facilitate ")


def test_texts_are_those_of_the_call_and_no_formula(called: Rich) -> None:
    content = called.content()
    written_up = next(line for line in lines("cfp_annex.csv", content) if line["title_en"] == "=1+1")
    assert written_up["service_stream"] == "needs assessment & referrals"
    assert written_up["core_alignment"] == "client-centred; responsive to need"
    assert (written_up["partners_named"], written_up["strongest_evidence_type"]) == ("Library; +Transit", "Statistic")
    assert written_up["evidence_refs"] == "=1+1; https://example.org/a"
    raw = exports.make("cfp_annex.csv", content).decode()
    assert ",'=1+1," in raw
    assert "Library; '+Transit" in raw


def test_what_nobody_wrote_up_is_what_people_sent(called: Rich) -> None:
    line = next(line for line in lines("cfp_annex.csv", called.content()) if line["title_fr"] == CAFE)
    assert (line["title_en"], line["need_statement"], line["partners_named"]) == ("", CAFE, "Welcome House")


def test_merged_originals_and_evidence_are_in_the_proposed_need(app: Flask) -> None:
    play = Rich(app)
    play.shortlists(VAN)
    needs = {line["title_en"]: line["need_statement"] for line in lines("cfp_annex.csv", play.content())}
    assert needs == {
        WEEKEND: f"{WEEKEND}\n– {DOUBLE}\nStatistic: 42 % have no car\nReport: =1+1",
        "": "First line\nSecond; =line",
    }


def test_verify_finds_a_line_that_no_idea_has(called: Rich, tmp_path: Path) -> None:
    folder = written(called.content(), tmp_path / "whole")
    assert verify_folder(folder).differences == []
    text = (folder / "cfp_annex.csv").read_text(encoding="utf-8-sig")
    line = next(line for line in lines("cfp_annex.csv", called.content()) if line["title_fr"] == CAFE)
    (folder / "cfp_annex.csv").write_text(text.replace(f",{line['score']},", ",99.9,", 1), encoding="utf-8")
    found = verify_folder(folder).differences
    assert [each for each in found if each.startswith("cfp_annex.csv, line ")]


def test_an_entry_goes_with_its_idea() -> None:
    (key,) = CallEntry.__table__.foreign_keys
    assert key.ondelete == "CASCADE"
