"""The command line ``ojmf``: parse, call, print, exit.

A command's module imports what it needs when the command runs, so that ``ojmf --help`` and shell
completion stay fast.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Annotated, Any, NamedTuple, cast

# No plug-in of Pydantic's is used; to look for some opens the metadata of all that is installed.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

import typer
from typer.main import get_group

import ojmf
from ojmf.cli.faults import EXIT_CODES, FaultGroup, OneEach, end_in_order, run_to_the_end
from ojmf.cli.options import examples
from ojmf.cli.stored import OfStore


class Entry(NamedTuple):
    """Where a command is defined, and its examples; a group has those of its own commands.

    ``stored`` says that it shows observations, which may be those of a store.
    """

    module: str
    name: str
    examples: tuple[str, ...] = ()
    stored: bool = False


COMMANDS: Mapping[str, Entry] = {
    "run": Entry("run", "run", ("ojmf run", "ojmf run --kommun NAME --output results")),
    "ingest": Entry(
        "ingest",
        "ingest",
        (
            "ojmf ingest",
            "ojmf ingest SOURCE_ID --audit",
            "ojmf ingest report.txt --source SOURCE_ID --output observations.parquet",
        ),
    ),
    "observations": Entry(
        "observations",
        "observations",
        (
            "ojmf observations --kommun NAME --period 2024",
            "ojmf observations --area AREA_ID --format csv > area.csv",
        ),
        stored=True,
    ),
    "validate": Entry(
        "validate",
        "validate",
        (
            "ojmf validate",
            "ojmf validate report.txt --source SOURCE_ID --format json",
            "ojmf validate new.csv --against data --fail-on warning",
        ),
    ),
    "acknowledge": Entry(
        "acknowledge",
        "acknowledge",
        ('ojmf acknowledge ID --reason "Rapporten rättas i bokslutet."',),
    ),
    "repair": Entry(
        "repair",
        "repair",
        (
            "ojmf repair SOURCE_ID",
            "ojmf repair report.txt --source SOURCE_ID --format json",
            "ojmf repair SOURCE_ID --write",
        ),
    ),
    "diff": Entry(
        "diff",
        "diff",
        ("ojmf diff SOURCE_ID new.csv", "ojmf diff old.parquet new.parquet --format csv"),
    ),
    "status": Entry(
        "status",
        "status",
        ("ojmf status --kommun NAME", "ojmf status --kommun CODE --against riket -f json"),
        stored=True,
    ),
    "worth": Entry("worth", "worth", ("ojmf worth --kommun NAME --against riket",), stored=True),
    "gaps": Entry(
        "status",
        "gaps",
        (
            "ojmf gaps --kommun NAME --against lan --top 10",
            "ojmf gaps --kommun NAME --by priority",
            "ojmf gaps --kommun NAME --area AREA_ID --output gaps.xlsx",
        ),
        stored=True,
    ),
    "areas": Entry(
        "areas",
        "areas",
        ("ojmf areas --kommun NAME", "ojmf areas --kommun NAME --output areas.md"),
        stored=True,
    ),
    "table": Entry(
        "table", "table", ("ojmf table --kommun NAME --output table.xlsx",), stored=True
    ),
    "report": Entry(
        "report", "report", ("ojmf report --kommun NAME --output report.docx",), stored=True
    ),
    "cite": Entry(
        "cite", "cite", ("ojmf cite INDICATOR --kommun NAME --against riket",), stored=True
    ),
    "verify-citation": Entry("cite", "verify_citation", ("ojmf verify-citation ID",), stored=True),
    "export": Entry("export", "export", ("ojmf export --output DIR",), stored=True),
    "compare": Entry(
        "compare",
        "compare",
        ("ojmf compare NAME NAME", "ojmf compare NAME NAME --output comparison.xlsx"),
        stored=True,
    ),
    "peers": Entry(
        "peers",
        "peers",
        (
            "ojmf peers --kommun NAME",
            "ojmf peers --kommun NAME --group GROUP_ID",
            "ojmf peers --kommun NAME --similar --by INDICATOR,INDICATOR --weights 2,1",
        ),
        stored=True,
    ),
    "trends": Entry(
        "compare",
        "trends",
        ("ojmf trends --kommun NAME", "ojmf trends --kommun NAME --area AREA_ID --points"),
        stored=True,
    ),
    "claims": Entry(
        "claims",
        "claims",
        (
            "ojmf claims report.txt",
            "ojmf claims draft.txt --source SOURCE_ID --format html --output claims.html",
        ),
    ),
    "sources": Entry("lists", "sources", ("ojmf sources", "ojmf sources --format csv")),
    "indicators": Entry(
        "lists", "indicators", ("ojmf indicators", "ojmf indicators --area AREA_ID --format json")
    ),
    "init": Entry(
        "init", "init", ("ojmf init my-workspace", "ojmf init my-workspace --kommun CODE")
    ),
    "check": Entry(
        "lists",
        "check",
        ("ojmf check", "ojmf check --root my-workspace", "ojmf check --add-checks"),
    ),
    "extract": Entry(
        "ingest",
        "extract",
        (
            "ojmf extract report.txt --output extract.txt",
            "ojmf extract report.txt --source SOURCE_ID > extract.txt",
        ),
    ),
    "site": Entry(
        "site",
        "site",
        ("ojmf site --output site", "ojmf site --kommun NAME --output site --force"),
        stored=True,
    ),
    "fetch": Entry("fetch", "fetch"),
    "kolada": Entry("kolada", "kolada"),
    "source": Entry("source", "app"),
    "import": Entry(
        "import_file",
        "import_file",
        (
            "ojmf import report.xlsx --kommun NAME",
            "ojmf import figures.csv --yes --format json",
            "ojmf import --template figures.xlsx",
        ),
    ),
    "chart": Entry("chart", "app"),
    "publish": Entry("publish", "publish", ("ojmf publish --store DIR",)),
    "store": Entry("store", "app"),
    "history": Entry("store", "history", ("ojmf history INDICATOR --kommun NAME --store DIR",)),
    "mcp": Entry("mcp", "mcp", ("ojmf mcp", "ojmf mcp --root my-workspace"), stored=True),
}
"""Every command by its name, in the order of the help."""


class Commands(FaultGroup):
    """All commands: to run one costs what that one needs, and the help builds them all."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = cast("Any", dict.fromkeys(COMMANDS))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - Typer's signature
        """The command of that name, made of its module when it is first asked for; or None."""
        if cmd_name in COMMANDS and self.commands[cmd_name] is None:
            entry = COMMANDS[cmd_name]
            target = getattr(import_module(f"ojmf.cli.{entry.module}"), entry.name)
            # Typer builds commands only within an application, so each gets one of its own.
            alone = typer.Typer(rich_markup_mode=None)
            if isinstance(target, typer.Typer):
                alone.add_typer(target, name=cmd_name)
            else:
                kind = OfStore if entry.stored else OneEach
                alone.command(cmd_name, cls=kind, epilog=examples(*entry.examples))(target)
            self.commands[cmd_name] = get_group(alone).commands[cmd_name]
        return self.commands.get(cmd_name)


# Plain help takes less than half the time of help through rich, and reads as well in a pipe.
app = typer.Typer(
    name="ojmf",
    cls=Commands,
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


def main() -> None:
    """Run the command line; stdout and stderr are UTF-8 with LF on every platform."""
    if sys.stdout is None:  # closed by whoever started the process; what is written to it fails
        handle = os.open(os.devnull, os.O_RDONLY)
        os.dup2(handle, 1)
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    # To look for cycles after each 700 new objects takes a tenth of a short command's time.
    gc.set_threshold(50_000)
    end_in_order()
    sys.exit(run_to_the_end(lambda: app(prog_name="ojmf")))
