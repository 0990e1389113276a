"""After the first scores the room talks, and scores the marked ideas again: both rounds are kept (R18)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest
from flask import Flask

from facilitate.errors import MovedOn, NotNow
from facilitate.extensions import db
from facilitate.models import Ballot, BallotVersion, Score
from facilitate.models.casting import Change
from facilitate.queries import room
from facilitate.queries.ballot_paper import dealt, overview, own_scores
from facilitate.queries.log import broken_at
from facilitate.queries.movement import Moved, movement
from facilitate.queries.progress import progress
from facilitate.queries.results import results
from facilitate.queries.room import Row
from tests.builders import FAY, NAMES, THREE, Play
from tests.cast import Day
from tests.exports.reading import header, lines
from tests.exports.test_ranking import common, recomputed

BEST = {"A": "5", "B": "0", "C": "1"}
MIDDLE = {"A": "3", "B": "1", "C": "0.5"}
WORST = {"A": "1", "B": "3", "C": "0"}


class Talk(Play):
    """Three ideas, the first the best and the last the worst, as five people scored them."""

    def __init__(self, app: Flask, **columns: Any) -> None:
        super().__init__(app, criteria=THREE, n_min=3, k_board=3, k_export=3, **columns)
        self.joins(*NAMES[:5]).until("collect")
        self.bus, self.van, self.cafe = (self.sends(title) for title in ("Bus", "Van", "Café"))
        self.until("score")
        self.all_say(self.bus, BEST)
        self.all_say(self.van, MIDDLE)
        self.all_say(self.cafe, WORST)
        self.until("reveal")

    def all_say(self, idea: str, answers: dict[str, str], names: Sequence[str] = NAMES[:5]) -> None:
        for name in names:
            self.scores(name, idea, answers)

    def ranking(self) -> dict[str, str]:
        with self.event() as event:
            return {row.card.title: row.rank_label for row in results(event).rows}

    def asked(self, name: str) -> list[str]:
        with self.event() as event:
            ballot = event.ballot(self.ballots[name])
            assert ballot is not None
            return [idea.title for idea in dealt(event, ballot)]

    def rows(self) -> list[Row]:
        with self.event() as event:
            return room.rows(event)


@pytest.fixture
def talk(app: Flask) -> Talk:
    return Talk(app)


# --- opening and closing ---


def test_only_the_marked_ideas_are_scored_again(talk: Talk) -> None:
    talk.scores_again(talk.cafe)
    assert talk.asked("Amina") == ["Café"]
    with talk.event() as event:
        assert (event.activity.key, event.round, event.is_revealed, event.closing_hash) == ("score", 2, False, "")
        found = progress(event)
        assert (found.percent, found.not_started) == (0, 5)
    with talk.app.app_context():
        answers = talk.app.extensions["score_writer"].cast(
            [Change(talk.id, talk.ballots["Amina"], idea, "A", "3", None) for idea in (talk.bus, talk.cafe)]
        )
    assert [answer.why for answer in answers] == ["gone", None]


def test_results_are_hidden_while_a_round_is_open_and_come_back_with_its_close(talk: Talk) -> None:
    talk.reveals().scores_again(talk.cafe)
    with talk.event() as event:
        assert not event.has_closed_scoring
    talk.until("reveal")
    with talk.event() as event:
        assert event.has_closed_scoring
        assert not event.is_revealed
        assert event.closing_hash


def test_each_idea_counts_with_its_own_round(talk: Talk) -> None:
    talk.scores_again(talk.cafe)
    talk.all_say(talk.cafe, BEST)
    talk.until("reveal")
    assert talk.ranking() == {"Bus": "=1", "Café": "=1", "Van": "3"}
    with talk.event() as event:
        assert {row.card.title: row.round for row in results(event).rows} == {"Bus": 1, "Café": 2, "Van": 1}
        assert db.session.scalar(db.select(db.func.count()).select_from(Score)) == 5 * 3 * 4


def test_what_was_left_blank_falls_back_only_where_it_was_announced(app: Flask) -> None:
    for fall_back, said in ((False, {"5"}), (True, {"5", "1"})):
        talk = Talk(app, fall_back=fall_back)
        talk.scores_again(talk.cafe)
        talk.scores("Amina", talk.cafe, {"A": "5"})
        talk.scores("Ben", talk.cafe, {"A": "4"})
        talk.scores("Ben", talk.cafe, {"A": None})
        talk.until("reveal")
        assert {row.answer for row in talk.rows() if (row.idea, row.criterion) == (talk.cafe, "A")} == said


def test_a_mark_is_used_up_and_nobody_has_finished(talk: Talk) -> None:
    with talk.event() as event:
        db.session.execute(db.update(Ballot).values(is_finished=True))
    talk.scores_again(talk.cafe)
    with talk.event() as event:
        assert not any(idea.is_marked for idea in event.candidates())
        assert not any(db.session.scalars(db.select(Ballot.is_finished)))
        assert broken_at(event) is None


def test_it_is_refused_in_words_where_it_makes_no_sense(talk: Talk) -> None:
    with talk.event() as event, pytest.raises(NotNow, match="No idea is marked"):
        event.score_again(event.version, by=FAY)
    with talk.event() as event, pytest.raises(MovedOn):
        event.score_again(event.version - 1, by=FAY)
    talk.goes_back()
    with pytest.raises(NotNow, match="Close scoring first"):
        talk.scores_again(talk.cafe)


def test_it_can_be_opened_from_the_wrap_up_too(talk: Talk) -> None:
    talk.until("wrap_up").scores_again(talk.cafe)
    with talk.event() as event:
        assert event.activity.key == "score"


# --- the way back ---


def test_the_way_back_returns_to_the_results_before_and_loses_nothing(talk: Talk) -> None:
    before = talk.ranking()
    talk.scores_again(talk.cafe)
    talk.all_say(talk.cafe, BEST, NAMES[:4])
    talk.goes_back()
    with talk.event() as event:
        assert (event.activity.key, event.round, event.is_revealed) == ("reveal", 1, False)
        assert [idea.title for idea in event.candidates() if idea.is_marked] == ["Café"]
    assert talk.ranking() == before
    talk.scores_again()
    with talk.event() as event:
        assert event.round == 2
        assert progress(event).finished == 4
    talk.until("reveal")
    assert talk.ranking() == {"Bus": "=1", "Café": "=1", "Van": "3"}


def test_a_round_can_be_reopened_like_any_scoring(talk: Talk) -> None:
    talk.scores_again(talk.cafe).until("reveal").goes_back()
    assert talk.asked("Amina") == ["Café"]
    with talk.event() as event:
        assert event.round == 2


def test_every_idea_returns_to_the_round_it_had(talk: Talk) -> None:
    """Also where an abandoned round left answers behind."""
    talk.scores_again(talk.cafe)
    talk.all_say(talk.cafe, BEST)
    talk.goes_back()
    with talk.event() as event:
        for idea in event.candidates():
            idea.is_marked = False
    talk.scores_again(talk.van).until("reveal")
    talk.scores_again(talk.cafe, talk.van).goes_back()
    with talk.event() as event:
        rounds = {idea.title: (idea.round, idea.is_marked) for idea in event.candidates()}
    assert rounds == {"Bus": (1, False), "Van": (2, True), "Café": (1, True)}


def test_a_third_round_follows_a_second(talk: Talk) -> None:
    talk.scores_again(talk.cafe, talk.van)
    talk.all_say(talk.cafe, MIDDLE)
    talk.all_say(talk.van, WORST)
    talk.until("reveal").scores_again(talk.cafe)
    talk.all_say(talk.cafe, BEST)
    talk.until("reveal")
    assert talk.ranking() == {"Bus": "=1", "Café": "=1", "Van": "3"}
    assert {row.round for row in talk.rows()} == {1, 2, 3}


# --- what happens between and during rounds ---


def test_merged_ideas_count_with_the_highest_round_and_each_rater_once(talk: Talk) -> None:
    talk.scores_again(talk.van, talk.cafe)
    talk.scores("Amina", talk.van, {"A": "2"})
    talk.scores("Amina", talk.cafe, {"A": "4"})
    talk.until("reveal").merges(talk.cafe, talk.van)
    assert [row._replace(seq=0) for row in talk.rows() if row.idea == talk.van] == [
        Row(talk.van, "A", talk.ballots["Amina"], "4", 2),
    ]
    talk.merges(talk.van, talk.bus)
    assert {row.round for row in talk.rows()} == {2}
    talk.splits(talk.van)
    talk.splits(talk.cafe)
    assert [len([row for row in talk.rows() if row.idea == idea]) for idea in (talk.bus, talk.van, talk.cafe)] == [
        15,
        1,
        1,
    ]


def test_an_idea_split_after_a_round_keeps_the_round_it_was_scored_in(talk: Talk) -> None:
    talk.merges(talk.cafe, talk.van)
    talk.scores_again(talk.van)
    talk.all_say(talk.van, BEST)
    talk.until("reveal").splits(talk.cafe)
    assert talk.ranking() == {"Bus": "=1", "Van": "=1", "Café": "3"}


def test_a_late_idea_belongs_to_the_round_in_which_it_came(talk: Talk) -> None:
    talk.sets_aside(talk.bus, note="not now")
    talk.goes_back().goes_back().goes_back()
    late = talk.sends("Late")
    talk.sets_aside(late, note="not yet")
    talk.until("reveal").scores_again(talk.cafe)
    with talk.event() as event:
        for known in (late, talk.bus):
            idea = event.idea(known)
            assert idea is not None
            idea.show(by=FAY)
    assert sorted(talk.asked("Amina")) == ["Café", "Late"]
    talk.all_say(late, BEST)
    talk.until("reveal")
    assert talk.ranking()["Late"] == "=1"
    assert talk.ranking()["Bus"] == "=1"  # it was scored in round 1, and keeps it


def test_who_joins_in_a_later_round_scores_what_is_open(talk: Talk) -> None:
    talk.scores_again(talk.cafe).joins("Farah")
    assert talk.asked("Farah") == ["Café"]
    talk.scores("Farah", talk.cafe, BEST)
    talk.until("reveal")
    assert [row.ballot for row in talk.rows() if row.idea == talk.cafe] == [talk.ballots["Farah"]] * 3


def test_recusals_hold_over_rounds(talk: Talk) -> None:
    talk.scores_again(talk.cafe)
    talk.steps_aside("Amina", talk.cafe)
    talk.all_say(talk.cafe, BEST)
    talk.until("reveal").scores_again(talk.cafe)
    talk.all_say(talk.cafe, WORST)
    talk.until("reveal")
    amina = {row.answer for row in talk.rows() if (row.idea, row.ballot) == (talk.cafe, talk.ballots["Amina"])}
    assert amina == {"recused"}


def test_a_person_s_own_scores_are_those_that_count(talk: Talk) -> None:
    talk.scores_again(talk.cafe)
    talk.scores("Amina", talk.cafe, {"A": "4"})
    talk.until("reveal").merges(talk.van, talk.bus)
    with talk.event() as event:
        ballot = event.ballot(talk.ballots["Amina"])
        assert ballot is not None
        codes = {criterion.id: criterion.code for criterion in event.criteria}
        titles = {idea.id: idea.title for idea in event.candidates()}
        own = {
            titles[idea]: {codes[criterion]: value for criterion, value in answers.items()}
            for idea, answers in own_scores(event, ballot).items()
        }
    assert own == {"Bus": {"A": 3.0, "B": 1.0, "C": 0.5}, "Café": {"A": 4.0}}


def test_hands_are_filled_up_for_the_round(app: Flask) -> None:
    play = Play(app, criteria=THREE, per_person=2).joins(*NAMES[:4]).until("collect")
    ideas = [play.sends(f"Idea {number}") for number in range(8)]
    play.until("reveal").scores_again(*ideas[:3])
    for name in NAMES[:4]:
        with play.event() as event:
            ballot = event.ballot(play.ballots[name])
            assert ballot is not None
            assert len(dealt(event, ballot)) == 2


def test_answers_on_an_older_ballot_count_no_more(talk: Talk) -> None:
    """Scoring was begun anew on a changed ballot, and then the marked ideas once more."""
    talk.goes_back()
    with talk.event() as event:
        event.round = 2
        db.session.add(BallotVersion(event_id=event.id, number=2, round=2, content={}))
        for idea in event.candidates():
            idea.round = 2
        event.record("ballot.changed", by=FAY)
    with talk.event() as event:
        assert not event.is_scoring_again
    talk.all_say(talk.bus, WORST)
    talk.all_say(talk.cafe, BEST)
    talk.until("reveal")
    assert {(row.idea, row.answer) for row in talk.rows() if row.criterion == "A"} == {
        (talk.bus, "1"),
        (talk.cafe, "5"),
    }
    assert "round" not in header("ballots.csv", talk.content())
    talk.scores_again(talk.cafe)
    with talk.event() as event:
        assert event.is_scoring_again
        ballot = event.ballot(talk.ballots["Amina"])
        assert ballot is not None
        assert overview(event, ballot).again == 3
    talk.until("reveal")
    with talk.event() as event:
        found = movement(event)
        assert found is not None
        assert found.moved == (Moved(talk.bus, "Bus", 2, 1, 1),)  # nobody has scored the other one again


def test_a_cleared_rehearsal_begins_with_the_first_round(app: Flask) -> None:
    play = Play(app, criteria=THREE, door="closed")
    with play.event() as event:
        event.begin_rehearsal("hashed", by=FAY)
    play.joins("Amina", channel="rehearsal").until("collect")
    bus = play.sends("Bus")
    play.until("reveal").scores_again(bus)
    with play.event() as event:
        event.clear_rehearsal(by=FAY)
        assert event.round == 1
        assert [idea.round for idea in event.candidates()] == [1]


# --- what the discussion moved ---


def test_movement_compares_the_first_round_with_what_counts(talk: Talk) -> None:
    with talk.event() as event:
        assert movement(event) is None
    talk.scores_again(talk.cafe)
    talk.all_say(talk.cafe, BEST)
    talk.until("reveal")
    with talk.event() as event:
        found = movement(event)
        assert found is not None
        assert found.scored_again == {talk.cafe}
        assert ([each.title for each in found.again], found.others) == (["Café"], 1)
        assert found.moved == (
            Moved(talk.cafe, "Café", 3, 1, 2),
            Moved(talk.van, "Van", 2, 3, -1),
        )


# --- the files ---


@pytest.mark.parametrize("fall_back", [False, True])
@pytest.mark.parametrize("seed", [1, 2])
def test_ballots_of_two_rounds_give_the_same_ranking_to_the_character(
    app: Flask, tmp_path: Path, seed: int, *, fall_back: bool
) -> None:
    play = Play(app, criteria=THREE, n_min=2, k_board=3, k_export=3, fall_back=fall_back)
    play.joins(*NAMES[:6], group="settlement-agency").joins(*NAMES[6:10], organization="Welcome House")
    play.until("collect")
    ideas = [play.sends(f"Idea {number}") for number in range(6)]
    named = play.sends("Café", kind="opportunity", organization="Welcome House")
    play.until("score").everybody_scores([*ideas[:5], named], NAMES[:10], seed=seed)
    play.until("reveal").merges(ideas[1], ideas[0])
    play.scores_again(ideas[0], ideas[2], ideas[3], named)
    play.joins("Kim")
    play.everybody_scores([ideas[0], ideas[2], named], [*NAMES[2:8], "Kim"], seed=seed + 10)
    play.steps_aside("Kim", ideas[3])  # nobody scored it again
    play.until("reveal")
    content = play.content()
    assert {line["round"] for line in lines("ballots.csv", content)} == {"1", "2"}
    assert recomputed(content, tmp_path) == common(content)
    Random(seed).shuffle(ideas)  # noqa: S311 - repeatable
    play.merges(ideas[5], ideas[4])
    assert recomputed(play.content(), tmp_path) == common(play.content())


def test_an_idea_that_nobody_scored_again_is_not_ranked_and_stays_so_in_the_files(talk: Talk, tmp_path: Path) -> None:
    talk.scores_again(talk.bus).until("reveal")
    assert talk.ranking() == {"Van": "1", "Café": "2", "Bus": ""}
    content = talk.content()
    assert [line["round"] for line in lines("ballots.csv", content) if line["score"] == ""] == ["2"]
    assert recomputed(content, tmp_path) == common(content)


def test_one_round_needs_no_column(talk: Talk) -> None:
    assert "round" not in header("ballots.csv", talk.content())


# --- screens ---


def marked(day: Day, title: str) -> None:
    day.fay.post(f"~/ideas/{day.idea_ids()[title]}/mark", {"wanted": "yes"})


@pytest.fixture
def scored(day: Day) -> Day:
    """Six people have scored three ideas; Fay has looked at the results."""
    people = day.until("welcome").crowd(6)
    day.scoring("Evening classes", "Rural outreach van", "Child minding")
    ids = day.idea_ids()
    for person in people:
        for title, value in zip(("Evening classes", "Rural outreach van", "Child minding"), (5, 3, 1), strict=True):
            said = [{"idea": ids[title], "criterion": code, "value": value} for code in "ABCDEFGHIJ"]
            person.post("~/scores", json=said, status=200)
    day.next().fay.post("~/console/results", {})
    return day


def test_a_host_opens_a_round_after_a_page_that_says_what_happens(scored: Day) -> None:
    assert "Open round 2" not in scored.fay.get("~/console/discussion").text
    scored.fay.post("~/console/score-again", {"version": scored.version}, status=409)
    marked(scored, "Child minding")
    assert "Open round 2 for the marked ideas" in scored.fay.get("~/console/discussion").text
    asked = scored.fay.post("~/console/score-again", {"version": scored.version}, status=200).text
    assert "Both rounds are kept" in asked
    assert "Child minding" in asked
    assert "Evening classes" not in asked
    with scored.event() as event:
        title = event.title["en"]
    scored.fay.post("~/console/score-again", {"version": scored.version, "confirmation": "no"}, status=400)
    scored.fay.post("~/console/score-again", {"version": scored.version, "confirmation": title})
    amina = scored.people[0]
    assert [idea["title"] for idea in amina.api()["ideas"]] == ["Child minding"]
    assert "scored once more" in amina.get("~/score").text
    assert "results before this round" in scored.fay.get("~/console").text
    assert "still scoring" in scored.fay.get("~/console/results").text
    amina.get("~/results")


def test_the_results_page_says_what_the_discussion_moved(scored: Day) -> None:
    marked(scored, "Child minding")
    with scored.event() as event:
        title = event.title["en"]
    scored.fay.post("~/console/score-again", {"version": scored.version, "confirmation": title})
    idea = scored.idea_ids()["Child minding"]
    for person in scored.people:
        person.post("~/scores", json=[{"idea": idea, "criterion": c, "value": 5} for c in "ABCDEFGHIJ"], status=200)
    scored.next()
    page = scored.fay.get("~/console/results").text
    assert "What the discussion moved" in page
    assert "up 2 places" in page
    assert "from 3rd to 1st" in page
    assert "scored again" in page
    scored.reveal()
    assert "What the discussion moved" not in scored.board().get("~/board").text


def test_the_way_back_from_a_round_is_on_the_console(scored: Day) -> None:
    marked(scored, "Child minding")
    with scored.event() as event:
        title = event.title["en"]
    scored.fay.post("~/console/score-again", {"version": scored.version, "confirmation": title})
    scored.back()
    assert "Open round 2 for the marked ideas" in scored.fay.get("~/console/discussion").text
