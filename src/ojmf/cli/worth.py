"""``ojmf worth``: the kronor and persons that gaps stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ojmf.cli import options
from ojmf.cli.comparing import choose, tell_of_years
from ojmf.cli.session import destination, emit, say

if TYPE_CHECKING:
    import polars as pl


def worth(
    *,
    kommun: options.Kommuner,
    against: options.Against = "lan",
    area: options.Area = None,
    period: options.PeriodWithin = None,
    format: options.OutputFormat = None,  # noqa: A002 - the name of the option
    output: options.Output = None,
    force: options.Force = False,
    root: options.Root = None,
    quiet: options.Quiet = False,
) -> None:
    """Show what gaps are worth in kronor or persons.

    For shares and kronor per inhabitant or case that the catalogue gives a denominator: the gap
    times it, with the formula and, for shares, the lowest and highest that chance allows. They are
    not added up, because they are partly the same people and money.
    """
    from ojmf.compare.valuing import valued, without_denominator
    from ojmf.present import gap_worth

    to = destination(format, output, force=force)
    chosen = choose(root, kommun, area, period, all_methods=True, quiet=quiet)
    workspace = chosen.workspace
    gaps = chosen.compared([against])
    tell_of_years(chosen, against, gaps["gap"].count(), quiet=quiet)
    rows = valued(gaps, workspace.indicators, workspace.basis.denominators)
    emit(rows, gap_worth.worth(chosen.names), to, quiet=quiet)
    _tell_without(*without_denominator(gaps, workspace.indicators, rows), quiet=quiet)


def _tell_without(counted: pl.DataFrame, lacking: pl.DataFrame, *, quiet: bool) -> None:
    """Say how many gaps are left out for want of a denominator, and what brings it."""
    from ojmf.present.words import counted as amount_of
    from ojmf.present.words import listed

    fetched = "nämnarens tal saknas för perioden, och folkmängd hämtas med ojmf fetch scb --year ÅR"
    reasons = {
        fetched: lacking.height,
        "ingen nämnare är angiven i data/indicators": counted.height - lacking.height,
    }
    said = [f"{reason} ({amount})" for reason, amount in reasons.items() if amount]
    if said:
        left = amount_of(counted.height, "skillnad", "skillnader")
        say(f"{left} är inte med: {listed(said)}.", quiet=quiet)
