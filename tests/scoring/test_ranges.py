from fractions import Fraction

import numpy as np
import pytest

from facilitate.scoring.ballots import Row, ballots
from facilitate.scoring.composites import Composites, Floats, composites, fit
from facilitate.scoring.ranges import DRAWS, SEED, Range, band, draw_ranks, ranges, spread
from facilitate.scoring.ranking import Place
from facilitate.scoring.severity import PENALTY, adjusted_scores
from facilitate.scoring.tally import tally
from facilitate.scoring.trimming import trimmed
from tests.scoring.rooms import labels, line, one_criterion, random_rows, ranked, three_criteria


def people_of(seed: int, filled: float = 0.7) -> Composites:
    random = np.random.default_rng(seed)
    given = random.random((6, 9)) < filled
    given[0], given[:, 0] = True, True
    points = 50 + random.normal(0, 10, 6)[:, None] + random.normal(0, 5, 9) + random.normal(0, 8, (6, 9))
    return Composites(np.where(given, points, 0.0), given)


def design(people: Composites) -> tuple[Floats, Floats]:
    at = np.argwhere(people.given)
    ideas, raters = people.given.shape
    rows = np.zeros((len(at), ideas + raters))
    rows[np.arange(len(at)), at[:, 0]] = 1
    rows[np.arange(len(at)), ideas + at[:, 1]] = 1
    return rows, people.points[people.given]


@pytest.mark.parametrize("seed", range(5))
def test_the_fit_is_least_squares(seed: int) -> None:
    people = people_of(seed)
    rows, points = design(people)
    solution = np.linalg.lstsq(rows, points, rcond=None)[0]
    found = fit(people)
    assert np.allclose(found.residuals[people.given], points - rows @ solution)
    assert abs(found.severities.sum()) < 1e-9


@pytest.mark.parametrize("seed", range(5))
def test_the_standard_error_is_that_of_the_rule(seed: int) -> None:
    people = people_of(seed)
    n_ideas, n_raters = people.given.shape
    total = int(people.given.sum())
    found, fitted = spread(people), fit(people)
    assert found is not None
    freedom = total - n_ideas - (n_raters - 1)
    common = (fitted.residuals**2).sum() / freedom
    between = max(0.0, fitted.severities.var(ddof=1) - common * np.mean(1 / people.given.sum(axis=0)))
    for i in range(n_ideas):
        n = int(people.given[i].sum())
        own = (4 * common + (fitted.residuals[i] ** 2).sum() * (total - n_ideas) / freedom) / (4 + n - 1)
        assert found.error[i] == pytest.approx(np.sqrt((own + between * (1 - n / n_raters)) / n))
        assert found.freedom[i] == 4 + n - 1


def test_without_a_connection_severities_are_zero() -> None:
    given = np.array([[True, True, False, False], [False, False, True, True]])
    people = Composites(np.array([[10.0, 20, 0, 0], [0, 0, 50, 70]]), given)
    found = spread(people)
    assert not people.connected
    assert found is not None
    common = (50 + 200) / 2
    wanted = [np.sqrt((4 * common + ss) / 5 / 2) for ss in (50, 200)]
    assert found.error == pytest.approx(wanted)


def test_nothing_is_not_connected() -> None:
    assert not Composites(np.zeros((0, 0)), np.zeros((0, 0), dtype=bool)).connected


def test_no_degree_of_freedom_is_no_range() -> None:
    assert spread(Composites(np.array([[10.0], [20.0]]), np.ones((2, 1), dtype=bool))) is None


def test_composites_use_the_criteria_a_person_answered() -> None:
    rows: list[Row] = [("a", "A", "r", 5), ("a", "B", "r", None), ("a", "C", "r", 1), ("a", "A", "s", "dont_know")]
    room = ballots(three_criteria(), rows)
    people = composites(room, tally(room), tally(room))
    assert people.points.tolist() == [[pytest.approx(75), 0]]
    assert people.given.tolist() == [[True, False]]


def test_a_trimmed_answer_weighs_what_is_left_of_it() -> None:
    room = one_criterion({"a": [1, 5, 5, 5, 5], "b": [3, 3, 3, 3, 3]})
    people = composites(room, tally(room), trimmed(tally(room), 1))
    assert people.given.tolist() == [[False, True, True, True, True], [True] * 5]


def test_a_criterion_nobody_answered_trims_to_nothing() -> None:
    room = ballots(three_criteria(), [("a", "A", f"r{at}", 3) for at in range(5)])
    assert composites(room, tally(room), trimmed(tally(room), 1)).points.tolist() == [[50.0] * 5]


def test_draws_come_from_the_frozen_stream() -> None:
    random = np.random.RandomState(SEED)
    scores, error, freedom = np.array([60.0, 55, 50]), np.array([5.0, 6, 7]), np.array([6.0, 7, 8])
    drawn = scores + error * random.standard_t(freedom, size=(DRAWS, 3))
    wanted = (-drawn).argsort(axis=1).argsort(axis=1) + 1
    assert (draw_ranks(scores, error, freedom) == wanted).all()


def test_ties_inside_a_draw_fall_at_random() -> None:
    ranks = draw_ranks(np.array([50.0, 50, 50]), np.zeros(3), np.ones(3))
    assert (np.sort(ranks, axis=1) == [1, 2, 3]).all()
    assert all(0.28 < (ranks[:, i] == 1).mean() < 0.39 for i in range(3))


def test_the_range_is_the_100th_and_the_1900th_sorted_rank() -> None:
    room = ballots(three_criteria(), random_rows(3))
    outcome = ranked(room)
    places = outcome.ranked
    found = spread(outcome.composites.of([p.index for p in places]))
    assert found is not None
    scores = [float(p.score or 0) for p in places]
    assert len(set(scores)) == len(scores)
    drawn = np.sort(draw_ranks(np.array(scores), found.error, found.freedom), axis=0)
    for at, each in enumerate(ranges(places, found, 3)):
        assert each.low == min(drawn[99, at], places[at].rank or 99)
        assert each.high == max(drawn[1899, at], places[at].last)
        assert each.top_share == Fraction(int((drawn[:, at] <= 3).sum()), DRAWS)


def test_a_range_holds_the_places_of_its_own_tie() -> None:
    outcome = ranked(one_criterion({"a": [3] * 9, "b": [3] * 9, "c": [1] * 9}))
    assert labels(outcome) == {"a": "=1", "b": "=1", "c": "3"}
    assert [(r.range.low, r.range.high) for r in outcome.lines] == [(1, 2), (1, 2), (3, 3)]


def test_twins_share_their_draws() -> None:
    outcome = ranked(one_criterion({"a": [1, 5, 3, 4], "b": [1, 5, 3, 4], "c": [2, 2, 1, 3]}))
    assert line(outcome, "a").range == line(outcome, "b").range


def test_one_idea_is_first_even_without_a_range() -> None:
    assert ranges([Place("a", 0, 1, 1, Fraction(50), Fraction(50))], None, 5) == [Range(1, 1, Fraction(1))]


@pytest.mark.parametrize(
    ("share", "scorers", "said"),
    [
        (Fraction(9, 10), 5, "in"),
        (Fraction(1799, 2000), 5, "in"),
        (Fraction(1798, 2000), 5, "close"),
        (Fraction(1, 10), 5, "out"),
        (Fraction(201, 2000), 5, "close"),
        (Fraction(1), 4, ""),
        (None, 9, ""),
    ],
)
def test_the_band_follows_the_printed_share(share: Fraction | None, scorers: int, said: str) -> None:
    assert band(share, scorers) == said


@pytest.mark.parametrize("seed", range(5))
def test_severity_is_the_ridge_of_the_rule(seed: int) -> None:
    people = people_of(seed)
    rows, points = design(people)
    ideas, raters = people.given.shape
    penalty = np.hstack([np.zeros((raters, ideas)), np.sqrt(PENALTY) * np.eye(raters)])
    solution = np.linalg.lstsq(np.vstack([rows, penalty]), np.append(points, np.zeros(raters)), rcond=None)[0]
    found = adjusted_scores(people)
    assert found == pytest.approx(solution[:ideas])


def test_the_interval_of_the_score_is_the_100th_and_the_1900th_draw_and_stays_on_the_scale() -> None:
    outcome = ranked(one_criterion({"a": [5, 5, 5, 4], "b": [3, 4, 2, 3], "c": [1, 1, 2, 1]}))
    for each in outcome.lines:
        assert each.range.points is not None
        low, high = each.range.points
        assert 0 <= low <= float(each.place.score or 0) <= high <= 100
    found = spread(outcome.composites.of([p.index for p in outcome.ranked]))
    assert found is not None
    scores = np.array([float(p.score or 0) for p in outcome.ranked])
    random = np.random.RandomState(SEED)
    drawn = np.sort(scores + found.error * random.standard_t(found.freedom, size=(DRAWS, 3)), axis=0)
    for at, each in enumerate(outcome.lines):
        assert each.range.points == pytest.approx(np.clip(drawn[[99, 1899], at], 0, 100).tolist())
