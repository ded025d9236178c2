"""``ojmf worth``: the kronor and persons that gaps stand for."""

from __future__ import annotations

from ojmf.cli import options
from ojmf.cli.comparing import choose
from ojmf.cli.session import destination, emit


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
    from ojmf.compare.valuing import valued
    from ojmf.present import gap_worth

    to = destination(format, output, force=force)
    chosen = choose(root, kommun, area, period, all_methods=True, quiet=quiet)
    workspace = chosen.workspace
    rows = valued(chosen.compared([against]), workspace.indicators, workspace.basis.denominators)
    emit(rows, gap_worth.worth(chosen.names), to, quiet=quiet)
