"""The command line ``ojmf``: parse, call, print, exit.

A command's module imports what it needs when the command runs, so that ``ojmf --help`` and shell
completion stay fast.
"""

from __future__ import annotations

import io
import sys
from typing import Annotated

import typer

import ojmf
from ojmf.cli import chart, source
from ojmf.cli.cite import cite, verify_citation
from ojmf.cli.claims import claims
from ojmf.cli.compare import compare, peers, trends
from ojmf.cli.diff import diff
from ojmf.cli.export import export
from ojmf.cli.faults import EXIT_CODES, FaultGroup
from ojmf.cli.fetch import fetch
from ojmf.cli.ingest import extract, ingest
from ojmf.cli.init import init
from ojmf.cli.kolada import kolada
from ojmf.cli.lists import check, indicators, sources
from ojmf.cli.observations import observations
from ojmf.cli.options import examples
from ojmf.cli.repair import repair
from ojmf.cli.report import report
from ojmf.cli.run import run
from ojmf.cli.site import site
from ojmf.cli.status import areas, gaps, status
from ojmf.cli.table import table
from ojmf.cli.validate import validate

# Plain help takes less than half the time of help through rich, and reads as well in a pipe.
app = typer.Typer(
    name="ojmf",
    cls=FaultGroup,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples(
        "ojmf run",
        "ojmf gaps --kommun NAME --against riket --top 10",
        "ojmf status --kommun NAME --format json | jq .",
    )
    + EXIT_CODES,
)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"ojmf {ojmf.__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Compare Swedish municipalities with each other, their county and the country.

    Data goes to stdout, messages (in Swedish) to stderr. Tables for people are Swedish; csv, json
    and ndjson are UTF-8 with the columns of the schemas, decimal point, ISO dates and empty or
    null for what is missing.
    """


for _command, _examples in (
    (run, ("ojmf run", "ojmf run --kommun NAME --output results")),
    (
        ingest,
        (
            "ojmf ingest",
            "ojmf ingest SOURCE_ID --audit",
            "ojmf ingest report.txt --source SOURCE_ID --output observations.parquet",
        ),
    ),
    (
        observations,
        (
            "ojmf observations --kommun NAME --period 2024",
            "ojmf observations --area AREA_ID --format csv > area.csv",
        ),
    ),
    (
        validate,
        (
            "ojmf validate",
            "ojmf validate report.txt --source SOURCE_ID --format json",
            "ojmf validate new.csv --against data --fail-on warning",
        ),
    ),
    (
        repair,
        (
            "ojmf repair SOURCE_ID",
            "ojmf repair report.txt --source SOURCE_ID --format json",
            "ojmf repair SOURCE_ID --write",
        ),
    ),
    (diff, ("ojmf diff SOURCE_ID new.csv", "ojmf diff old.parquet new.parquet --format csv")),
    (status, ("ojmf status --kommun NAME", "ojmf status --kommun CODE --against riket -f json")),
    (
        gaps,
        (
            "ojmf gaps --kommun NAME --against lan --top 10",
            "ojmf gaps --kommun NAME --by priority",
            "ojmf gaps --kommun NAME --area AREA_ID --output gaps.xlsx",
        ),
    ),
    (areas, ("ojmf areas --kommun NAME", "ojmf areas --kommun NAME --output areas.md")),
    (table, ("ojmf table --kommun NAME --output table.xlsx",)),
    (report, ("ojmf report --kommun NAME --output report.docx",)),
    (cite, ("ojmf cite INDICATOR --kommun NAME --against riket",)),
    (verify_citation, ("ojmf verify-citation ID",)),
    (export, ("ojmf export --output DIR",)),
    (compare, ("ojmf compare NAME NAME", "ojmf compare NAME NAME --output comparison.xlsx")),
    (peers, ("ojmf peers --kommun NAME", "ojmf peers --kommun NAME --group GROUP_ID")),
    (trends, ("ojmf trends --kommun NAME", "ojmf trends --kommun NAME --area AREA_ID --points")),
    (
        claims,
        (
            "ojmf claims report.txt",
            "ojmf claims draft.txt --source SOURCE_ID --format html --output claims.html",
        ),
    ),
    (sources, ("ojmf sources", "ojmf sources --format csv")),
    (indicators, ("ojmf indicators", "ojmf indicators --area AREA_ID --format json")),
    (init, ("ojmf init my-workspace", "ojmf init my-workspace --kommun CODE")),
    (check, ("ojmf check", "ojmf check --root my-workspace")),
    (
        extract,
        (
            "ojmf extract report.txt --output extract.txt",
            "ojmf extract report.txt --source SOURCE_ID > extract.txt",
        ),
    ),
):
    app.command(epilog=examples(*_examples))(_command)
app.add_typer(fetch)
app.add_typer(kolada)
app.add_typer(source.app, name="source")
app.add_typer(chart.app, name="chart")
app.command(
    epilog=examples("ojmf site --output site", "ojmf site --kommun NAME --output site --force")
)(site)


def main() -> None:
    """Run the command line; stdout and stderr are UTF-8 with LF on every platform."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    app(prog_name="ojmf")
