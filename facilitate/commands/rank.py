"""`facilitate rank` and `facilitate fund`: the engine for people who have files and no room."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from facilitate.scoring.columns import as_json
from facilitate.scoring.errors import BadInput
from facilitate.scoring.files import rank_files
from facilitate.scoring.pabulib import read_election
from facilitate.scoring.portfolio import RULES, Portfolio
from facilitate.scoring.portfolio import fund as fund_election
from facilitate.scoring.rounding import exact, fixed

BAD_INPUT = 2

FILE = click.Path(path_type=Path)


def says_what_is_wrong(command: Callable[..., None]) -> Callable[..., None]:
    """Bad input ends with one message and exit code 2; nothing has been written by then."""

    @wraps(command)
    def careful(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except BadInput as error:
            click.echo(f"Error: {error}", err=True)
            raise SystemExit(BAD_INPUT) from error

    return careful


@click.command()
@click.argument("scores", type=FILE)
@click.option("--criteria", type=FILE, help="CSV with criterion, weight, low, high (lower_is_better, label).")
@click.option("--settings", type=FILE, help="The method.json of an export; flags win over it.")
@click.option("--min-scores", "minimum", type=int, help="Scores an idea needs on every criterion.  [default: 3]")
@click.option("--top", type=int, help="Where the funding line is.  [default: 5]")
@click.option("--trim", type=int, help="Highest and lowest answers to drop.  [default: 0]")
@click.option("--balance-groups/--no-balance-groups", "balance", default=None, help="Every group counts the same.")
@click.option("--fall-back/--no-fall-back", "fall_back", default=None, help="Earlier rounds fill blanks.")
@click.option("--out", type=FILE, help="Where to write; standard output without it.")
@click.option("--json", "json_wanted", is_flag=True, help="JSON instead of CSV.")
@says_what_is_wrong
def rank(
    scores: Path, criteria: Path | None, settings: Path | None, out: Path | None, *, json_wanted: bool, **flags: Any
) -> None:
    """Rank the ideas of SCORES, a CSV with idea, criterion, rater and score."""
    ranked = rank_files(scores, criteria, settings, flags)
    for warning in ranked.warnings:
        click.echo(f"Warning: {warning}", err=True)
    text = json.dumps(as_json(ranked.outcome), ensure_ascii=False, indent=2) + "\n" if json_wanted else ranked.csv()
    write(text, out)


def write(text: str, out: Path | None) -> None:
    if out is None:
        click.echo(text.encode(), nl=False)
        return
    try:
        out.write_bytes(text.encode())
    except OSError as error:
        raise BadInput(f"cannot be written ({error.strerror or error})", file=str(out)) from error


@click.command()
@click.argument("election", type=FILE)
@click.option("--rule", type=click.Choice(list(RULES)), default="greedy", show_default=True)
@click.option("--step", default="1", show_default=True, help="equal-shares: what the budget rises by, per voter.")
@click.option("--json", "json_wanted", is_flag=True, help="JSON instead of text.")
@says_what_is_wrong
def fund(election: Path, rule: str, step: str, *, json_wanted: bool) -> None:
    """Say what ELECTION, a Pabulib .pb file, would fund."""
    try:
        portfolio = fund_election(read_election(election), rule, exact(step))
    except BadInput as error:
        raise error if error.file else error.at(file=election.name) from error
    click.echo(json.dumps(portfolio.facts(), ensure_ascii=False, indent=2) if json_wanted else told(portfolio))


def told(portfolio: Portfolio) -> str:
    """A portfolio for reading."""
    lines = [f"{fixed(portfolio.tally[name]):>12}  {name}" for name in portfolio.selected]
    left = portfolio.budget - portfolio.spent
    return "\n".join(
        [
            f"Rule {portfolio.rule}: {len(lines)} of {len(portfolio.tally)} projects funded",
            f"Budget {fixed(portfolio.budget, 2)}, spent {fixed(portfolio.spent, 2)}, left {fixed(left, 2)}",
            "       tally  project",
            *lines,
        ]
    )
