from fractions import Fraction

import numpy as np
import pytest

from facilitate.scoring.ballots import Ballots, ballots
from facilitate.scoring.organizations import leave_one_out, recuse_own, same_organization
from facilitate.scoring.ranking import rank
from facilitate.scoring.tally import tally
from facilitate.scoring.trimming import trimmed
from tests.scoring.rooms import line, one_criterion, random_rows, ranked, three_criteria


def test_one_organization_has_one_name_however_it_is_typed() -> None:
    assert same_organization("Café ", "CAFE\u0301")
    assert not same_organization("", "")


def test_people_do_not_count_on_an_idea_of_their_own_organization() -> None:
    room = one_criterion({"a": [5, 1, 1], "b": [5, 1, 1]}, organizations={"r00": "Library"})
    outcome = ranked(recuse_own(room, {"a": "library"}), minimum=2)
    a, b = line(outcome, "a"), line(outcome, "b")
    assert (a.place.score, a.scorers, a.recused) == (Fraction(0), 2, 1)
    assert (b.place.score, b.scorers, b.recused) == (Fraction(100, 3), 3, 0)


def test_who_answered_nothing_is_not_counted_as_recused() -> None:
    room = one_criterion({"a": [None, 1, 1]}, organizations={"r00": "Library"})
    assert line(ranked(recuse_own(room, {"a": "Library"})), "a").recused == 0


def room_of(seed: int) -> Ballots:
    names = {f"r{at:02}": f"org {at % 3}" for at in range(12)}
    return ballots(three_criteria(), random_rows(seed), organizations=names)


def by_hand(room: Ballots, minimum: int, k: int, trim: int) -> tuple[int, int, int]:
    """Every organization left out in turn, by ranking the rest with the exact engine."""
    before = {p.idea: p.rank for p in rank(trimmed(tally(room), trim), minimum) if p.rank}
    changes, lost, looked_at = [0], [0], 0
    for name in {name for name in room.organizations if name}:
        members = [each == name for each in room.organizations]
        if sum(members) < k:
            continue
        rest = room.of(~np.array(members))
        after = {p.idea: p.rank for p in rank(trimmed(tally(rest), trim), minimum) if p.rank}
        changes += [abs(after[idea] - rank_) for idea, rank_ in before.items() if idea in after]
        lost.append(sum(idea not in after for idea in before))
        looked_at += 1
    return looked_at, max(changes), max(lost)


@pytest.mark.parametrize("trim", [0, 1])
@pytest.mark.parametrize("seed", range(6))
def test_the_fast_check_agrees_with_the_exact_engine(seed: int, trim: int) -> None:
    room = room_of(seed)
    full = tally(room)
    found = leave_one_out(room, full, rank(trimmed(full, trim), 5), minimum=5, k=4, trim=trim)
    assert (found.organizations, found.largest_change, found.most_lost) == by_hand(room, 5, 4, trim)


def test_a_rounding_edge_is_settled_exactly() -> None:
    room = one_criterion(
        {"a": [5] * 3 + [3] * 3, "b": [1] * 3 + [3] * 3}, organizations={f"r{at:02}": "x" for at in range(3)}
    )
    found = leave_one_out(room, tally(room), rank(tally(room), 3), minimum=3, k=3)
    assert (found.organizations, found.largest_change, found.most_lost) == (1, 1, 0)


def test_organizations_under_k_are_not_looked_at() -> None:
    room = one_criterion({"a": [5, 4, 3, 3]}, organizations={"r00": "x", "r01": "x"})
    assert leave_one_out(room, tally(room), rank(tally(room), 3), minimum=3, k=3).organizations == 0


def test_leaving_out_everybody_loses_every_idea() -> None:
    room = one_criterion({"a": [5, 4, 3], "b": [1, 1, 1]}, organizations={f"r{at:02}": "x" for at in range(3)})
    found = leave_one_out(room, tally(room), rank(tally(room), 3), minimum=3, k=3)
    assert (found.largest_change, found.most_lost) == (0, 2)
