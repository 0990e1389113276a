"""What a budget buys: down the ranking, or so that every voter's share counts the same (R19).

The Method of Equal Shares with cost utilities: Peters, Pierczyński and Skowron, Proportional Participatory Budgeting
with Additive Utilities, NeurIPS 2021; completion add1 as described at equalshares.net.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from facilitate.scoring.errors import BadInput
from facilitate.scoring.pabulib import APPROVALS, Election, tally
from facilitate.scoring.rounding import plain

CLOSE = 1e-11  # relative; in the fast search, prices closer than this are taken as equal


@dataclass(frozen=True)
class Item:
    """Something with a price and a place: an idea of an event with its published score, or a project with its tally."""

    id: str
    tally: Fraction
    cost: Fraction


@dataclass(frozen=True)
class Portfolio:
    """What is funded, in the order chosen. `ties` lists what stood equal when cost or file order had to decide."""

    rule: str
    budget: Fraction
    spent: Fraction
    selected: tuple[str, ...]
    tally: Mapping[str, Fraction]
    ties: tuple[tuple[str, ...], ...] = ()
    step: Fraction | None = None
    steps: int | None = None

    def facts(self) -> dict[str, Any]:
        """What `facilitate fund --json` prints; `step` and `steps` with equal shares only."""
        facts = {
            "rule": self.rule,
            "budget": plain(self.budget),
            "spent": plain(self.spent),
            "selected": list(self.selected),
            "tally": {name: plain(value) for name, value in self.tally.items()},
            "ties": [list(tie) for tie in self.ties],
        }
        if self.step is not None:
            facts |= {"step": plain(self.step), "steps": self.steps}
        return facts


def by_merit(items: Sequence[Item]) -> list[Item]:
    """Higher tally, lower cost, then the order given."""
    return sorted(items, key=lambda item: (-item.tally, item.cost))


def greedy(items: Sequence[Item], budget: Fraction, *, skip: bool = True) -> Portfolio:
    """Down the ranking while money lasts. With `skip`, what does not fit is passed over; else the list ends there."""
    left, chosen = budget, list[str]()
    order = by_merit(items)
    for item in order:
        if item.cost <= left:
            chosen.append(item.id)
            left -= item.cost
        elif not skip:
            break
    totals = {item.id: item.tally for item in items}
    rule = "greedy" if skip else "greedy-no-skip"
    return Portfolio(rule, budget, budget - left, tuple(chosen), totals, _equal_tallies(order))


def _equal_tallies(order: Sequence[Item]) -> tuple[tuple[str, ...], ...]:
    groups: dict[Fraction, list[str]] = {}
    for item in order:
        groups.setdefault(item.tally, []).append(item.id)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def items_of(election: Election) -> list[Item]:
    totals = tally(election)
    return [Item(project.id, totals[project.id], project.cost) for project in election.projects]


def fund(election: Election, rule: str = "greedy", step: Fraction = Fraction(1)) -> Portfolio:
    """Apply one of RULES. Raises BadInput for equal shares without approval ballots, and for a step that is not > 0."""
    return RULES[rule](election, step)


@dataclass(frozen=True)
class Outcome:
    """What one virtual budget buys."""

    chosen: tuple[int, ...]
    cost: Fraction
    ties: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, eq=False)
class _Shares:
    """An approval election as arrays: supporters of each project, as places in the list of voters."""

    items: tuple[Item, ...]
    supporters: tuple[NDArray[np.int64], ...]
    voters: int
    budget: Fraction

    @property
    def supported(self) -> int:
        return sum(len(each) > 0 for each in self.supporters)

    def share(self, step: Fraction, steps: int) -> Fraction:
        return self.budget / self.voters + step * steps


def equal_shares(election: Election, step: Fraction = Fraction(1)) -> Portfolio:
    """The Method of Equal Shares, cost utilities, add1: the virtual budget rises by `step` per voter while it fits.

    The last outcome that the real budget pays is kept. A fast search in floats finds the step; exact fractions then
    confirm it, and take over altogether where they disagree. The search takes about half a millisecond a step, so that
    budgets in the hundred millions want a larger step.
    """
    if election.vote_type not in APPROVALS:
        raise BadInput("equal shares needs approval ballots; this election has other ones", value=election.vote_type)
    if step <= 0:
        raise BadInput("the step is more than 0", value=step)
    items = tuple(items_of(election))
    shares = _Shares(items, _supporters(election), len(election.votes), election.budget)
    steps, outcome = _add1(shares, step) if shares.voters else (0, Outcome((), Fraction(0), ()))
    return Portfolio(
        "equal-shares",
        election.budget,
        outcome.cost,
        tuple(items[p].id for p in outcome.chosen),
        {item.id: item.tally for item in items},
        tuple(tuple(items[p].id for p in tie) for tie in outcome.ties),
        step,
        steps,
    )


def _supporters(election: Election) -> tuple[NDArray[np.int64], ...]:
    voters: dict[str, list[int]] = {project.id: [] for project in election.projects}
    for at, vote in enumerate(election.votes):
        for choice in vote.choices:
            voters[choice].append(at)
    return tuple(np.array(each, dtype=np.int64) for each in voters.values())


def _add1(shares: _Shares, step: Fraction) -> tuple[int, Outcome]:
    steps = _search(shares, step, exactly=False)[0]
    outcome = run(shares, shares.share(step, steps), exactly=True)
    above = run(shares, shares.share(step, steps + 1), exactly=True)
    done = len(outcome.chosen) == shares.supported
    if outcome.cost <= shares.budget and (done or above.cost > shares.budget):
        return steps, outcome
    return _search(shares, step, exactly=True)


def _search(shares: _Shares, step: Fraction, *, exactly: bool) -> tuple[int, Outcome]:
    """The last step before the outcome costs more than there is, or at which everything supported is paid for."""
    steps, outcome = 0, run(shares, shares.share(step, 0), exactly=exactly)
    while len(outcome.chosen) < shares.supported:
        after = run(shares, shares.share(step, steps + 1), exactly=exactly)
        if after.cost > shares.budget:
            break
        steps, outcome = steps + 1, after
    return steps, outcome


def run(shares: _Shares, share: Fraction, *, exactly: bool) -> Outcome:
    """One run of equal shares: always buy the project whose supporters pay least per unit of cost, at most.

    Every supporter of a project pays the same, or all that is left to them. Ties: higher tally, lower cost, file order.
    """
    kind: Any = object if exactly else np.float64
    money = np.full(shares.voters, share if exactly else float(share), dtype=kind)
    price: dict[int, Any] = {p: 0 for p, each in enumerate(shares.supporters) if len(each)}
    chosen: list[int] = []
    ties: list[tuple[int, ...]] = []
    while price:
        best, value = _cheapest(shares, money, price, exactly=exactly)
        if not best:
            break
        if len(best) > 1:
            ties.append(tuple(best))
        winner = best[0]
        payers = shares.supporters[winner]
        cost = shares.items[winner].cost if exactly else float(shares.items[winner].cost)
        money[payers] = money[payers] - np.minimum(money[payers], value * cost)
        chosen.append(winner)
        del price[winner]
    total = sum((shares.items[p].cost for p in chosen), Fraction(0))
    return Outcome(tuple(chosen), total, tuple(ties))


def _cheapest(shares: _Shares, money: NDArray[Any], price: dict[int, Any], *, exactly: bool) -> tuple[list[int], Any]:
    """The projects with the lowest price per unit of cost, best tie first. Prices only rise, so old ones are bounds."""
    slack = 0 if exactly else CLOSE
    best: Any = None
    found: dict[int, Any] = {}
    for p in sorted(price, key=lambda p: price[p]):
        if best is not None and price[p] > best * (1 + slack):
            break
        fresh = _price(money[shares.supporters[p]], shares.items[p].cost, exactly=exactly)
        if fresh is None:
            del price[p]
            continue
        price[p] = found[p] = fresh
        best = fresh if best is None or fresh < best else best
    tied = [p for p, value in found.items() if value <= best * (1 + slack)]
    return sorted(tied, key=lambda p: (-shares.items[p].tally, shares.items[p].cost, p)), best


def _price(money: NDArray[Any], cost: Fraction, *, exactly: bool) -> Any:
    """The most anybody pays for this project, per unit of its cost; None where its supporters cannot pay it."""
    if cost == 0:
        return Fraction(0) if exactly else 0.0
    amount: Any = cost if exactly else float(cost)
    slack = 0 if exactly else CLOSE
    have = np.sort(money)
    paid = np.cumsum(have)
    if paid[-1] < amount * (1 - slack):
        return None
    people = np.arange(len(have), 0, -1)
    even = (amount - (paid - have)) / (people.astype(object) if exactly else people)
    enough = np.flatnonzero((even <= have * (1 + slack)).astype(bool))
    return even[enough[0] if len(enough) else -1] / amount


RULES: dict[str, Callable[[Election, Fraction], Portfolio]] = {
    "greedy": lambda election, step: greedy(items_of(election), election.budget),
    "greedy-no-skip": lambda election, step: greedy(items_of(election), election.budget, skip=False),
    "equal-shares": equal_shares,
}
