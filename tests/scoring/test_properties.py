"""What must hold for every room, tried on random ones."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from facilitate.scoring.ballots import Row, ballots
from facilitate.scoring.columns import records
from facilitate.scoring.outcome import Outcome
from facilitate.scoring.scales import Criterion, criterion
from tests.scoring.rooms import ranked, scores

ANSWERS = st.sampled_from([1, 2, 3, 4, 5, 5, 4, "dont_know", "recused", None])


@st.composite
def rooms(draw: st.DrawFn) -> tuple[list[Criterion], list[Row]]:
    codes = "ABC"[: draw(st.integers(1, 3))]
    weights = draw(st.lists(st.integers(0, 9), min_size=len(codes), max_size=len(codes)).filter(any))
    ideas, raters = draw(st.integers(1, 5)), draw(st.integers(1, 6))
    keys = [(f"i{i}", code, f"r{r}") for i in range(ideas) for code in codes for r in range(raters)]
    answers = draw(st.lists(ANSWERS, min_size=len(keys), max_size=len(keys)))
    scales = [criterion(code, weight=weight) for code, weight in zip(codes, weights, strict=True)]
    return scales, [(*key, answer) for key, answer in zip(keys, answers, strict=True)]


def judged(scales: list[Criterion], rows: list[Row], **settings: Any) -> Outcome:
    return ranked(ballots(scales, rows), **{"minimum": 2, "top": 2, **settings})


@given(rooms(), st.randoms(use_true_random=False))
def test_a_permutation_changes_nothing(room: tuple[list[Criterion], list[Row]], random: Any) -> None:
    scales, rows = room
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert records(judged(scales, rows)) == records(judged(scales, shuffled))


@given(rooms())
def test_other_names_change_nothing(room: tuple[list[Criterion], list[Row]]) -> None:
    scales, rows = room
    renamed = [(f"x{9 - int(i[1])}", c, f"y{9 - int(r[1])}", x) for i, c, r, x in rows]
    found = [
        sorted(tuple(v for k, v in row.items() if k != "idea") for row in records(judged(scales, each)))
        for each in (rows, renamed)
    ]
    assert found[0] == found[1]


@given(rooms(), st.sampled_from([Fraction(7), Fraction(1, 3), Fraction(100)]))
def test_scaling_all_weights_changes_nothing(room: tuple[list[Criterion], list[Row]], factor: Fraction) -> None:
    scales, rows = room
    scaled = [replace(each, weight=each.weight * factor) for each in scales]
    assert records(judged(scales, rows)) == records(judged(scaled, rows))


@given(rooms())
def test_doubling_the_room_keeps_scores_and_ranks(room: tuple[list[Criterion], list[Row]]) -> None:
    scales, rows = room
    doubled = [*rows, *((i, c, f"{r} again", x) for i, c, r, x in rows)]
    one, two = judged(scales, rows), judged(scales, doubled, minimum=4)
    assert scores(one) == scores(two)
    assert [(a.place.rank, a.place.idea) for a in one.lines] == [(b.place.rank, b.place.idea) for b in two.lines]


@given(rooms(), ANSWERS)
def test_an_idea_more_keeps_scores_and_order(room: tuple[list[Criterion], list[Row]], answer: Any) -> None:
    scales, rows = room
    more = [*rows, *(("new", each.code, f"r{at}", answer) for each in scales for at in range(3))]
    before, after = judged(scales, rows), judged(scales, more)
    assert {k: v for k, v in scores(after).items() if k != "new"} == scores(before)
    order = [each.place.idea for each in after.lines if each.place.idea != "new"]
    assert order == [each.place.idea for each in before.lines]


@given(rooms())
def test_one_ballot_less_moves_a_score_by_its_share_at_most(room: tuple[list[Criterion], list[Row]]) -> None:
    scales, rows = room
    before, after = judged(scales, rows, minimum=1), judged(scales, [row for row in rows if row[2] != "r0"], minimum=1)
    n = {each.place.idea: [cell.n for cell in each.cells] for each in after.lines}
    old, new = scores(before), scores(after)
    weights = [each.weight for each in scales]
    for idea, score in new.items():
        was = old[idea]
        if score is not None and was is not None:
            most = sum((w * Fraction(100, k + 1) for w, k in zip(weights, n[idea], strict=True) if w), Fraction(0))
            assert abs(score - was) <= most / sum(weights)


@given(rooms())
def test_a_criterion_asked_the_other_way_round_changes_nothing(room: tuple[list[Criterion], list[Row]]) -> None:
    scales, rows = room
    turned = [replace(each, lower_is_better=each.code == "A") for each in scales]
    mirrored = [(i, c, r, 6 - x if c == "A" and isinstance(x, int) else x) for i, c, r, x in rows]
    assert records(judged(scales, rows)) == records(judged(turned, mirrored))


@given(rooms())
def test_every_figure_stays_inside_its_bounds(room: tuple[list[Criterion], list[Row]]) -> None:
    outcome = judged(*room)
    ideas = len(outcome.ranked)
    for each in outcome.lines:
        assert each.place.score is None or 0 <= each.place.score <= 100
        assert each.agreement is None or 0 <= each.agreement <= 1
        assert each.expert_agreement is None or 0 < each.expert_agreement <= 1
        low, high, rank = each.range.low, each.range.high, each.place.rank
        if low is not None and high is not None and rank is not None:
            assert 1 <= low <= rank <= each.place.last <= high <= ideas


@given(rooms(), st.integers(1, 2))
def test_trimming_never_leaves_the_scale_nor_counts_more(room: tuple[list[Criterion], list[Row]], trim: int) -> None:
    scales, rows = room
    full, cut = judged(scales, rows), judged(scales, rows, trim=trim)
    before = {each.place.idea: each for each in full.lines}
    for each in cut.lines:
        assert each.scorers == before[each.place.idea].scorers
        assert all(a.n <= b.n for a, b in zip(each.cells, before[each.place.idea].cells, strict=True))
