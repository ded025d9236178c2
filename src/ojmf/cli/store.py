"""``ojmf store`` and ``ojmf history``: what a shared store holds, and has held."""

from __future__ import annotations

from typing import Annotated

import typer

from ojmf.cli.faults import OneEach
from ojmf.cli.options import Force, Kommun, Output, OutputFormat, Quiet, Root, examples
from ojmf.cli.session import destination, emit, open_workspace, say
from ojmf.cli.stored import Address, require_store
from ojmf.errors import SelectionError

AsOf = Annotated[
    str | None,
    typer.Option(
        metavar="DATE|VERSION",
        help="As the store was at the end of this day, or at this version.",
        show_default=False,
    ),
]
Version = Annotated[
    str, typer.Argument(metavar="DATE|VERSION", help="A version, or the end of a day.")
]

app = typer.Typer(
    rich_markup_mode=None,
    no_args_is_help=True,
    help='Look into a shared store. Needs the extra: pip install "ojmf[store]"',
)


@app.command(
    "log",
    cls=OneEach,
    epilog=examples("ojmf store log --store DIR", "ojmf store log --store DIR -f json"),
)
def log(
    *,
    store: Address,
    format: OutputFormat = None,  # noqa: A002 - the name of the option
    output: Output = None,
    force: Force = False,
    quiet: Quiet = False,
) -> None:
    """Show every version of the store, the newest first."""
    require_store()
    from ojmf.present.store_views import LOG
    from ojmf.store.commits import log as told
    from ojmf.store.table import Store

    to = destination(format, output, force=force)
    emit(told(Store.open(store).commits), LOG, to, quiet=quiet)


@app.command(
    "show",
    cls=OneEach,
    epilog=examples(
        "ojmf store show --store DIR", "ojmf store show --store DIR --as-of 2025-03-31"
    ),
)
def show(
    *,
    store: Address,
    as_of: AsOf = None,
    format: OutputFormat = None,  # noqa: A002 - the name of the option
    output: Output = None,
    force: Force = False,
    quiet: Quiet = False,
) -> None:
    """Show the imports that are in the store, and how many figures each has."""
    require_store()
    from ojmf.present.store_views import IMPORTS
    from ojmf.store.table import Store, imports_of

    to = destination(format, output, force=force)
    emit(imports_of(Store.open(store, as_of)), IMPORTS, to, quiet=quiet)


@app.command(
    "diff",
    cls=OneEach,
    epilog=examples(
        "ojmf store diff 3 4 --store DIR", "ojmf store diff 2025-01-31 2025-02-28 --store DIR"
    ),
)
def diff(
    old: Version,
    new: Version,
    *,
    store: Address,
    format: OutputFormat = None,  # noqa: A002 - the name of the option
    output: Output = None,
    force: Force = False,
    quiet: Quiet = False,
) -> None:
    """Show what changed between two versions. The exit code is 1 when there is a difference."""
    require_store()
    from ojmf.cli.diff import tell_changes
    from ojmf.store.table import Store

    to = destination(format, output, force=force)
    before, after = (Store.open(store, version).read() for version in (old, new))
    tell_changes(before, after, to, quiet=quiet)


@app.command(
    "vacuum",
    cls=OneEach,
    epilog=examples(
        "ojmf store vacuum --store DIR --older-than 3650",
        "ojmf store vacuum --store DIR --older-than 3650 --write",
    ),
)
def vacuum(
    *,
    store: Address,
    older_than: Annotated[
        int, typer.Option(metavar="DAYS", min=0, help="Keep what could be read in these days.")
    ],
    write: Annotated[
        bool, typer.Option("--write", help="Take the files away; without it they are only counted.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Take away the files that only old versions need; those can't be read any more.

    Without --write it is only told what would go. The newest version is always kept whole.
    """
    require_store()
    from ojmf.present.words import counted
    from ojmf.store.history import clean
    from ojmf.store.table import Store

    files, versions = clean(Store.open(store), older_than, write=write)
    told = counted(len(files), "fil", "filer")
    gone = f" Versioner som då inte går att läsa: {', '.join(map(str, versions))}." * bool(versions)
    typer.echo(f"{told} {'är borttagna' if write else 'kan tas bort'}.{gone}")
    if files and not write:
        say("Ingenting är borttaget; lägg till --write för att ta bort.", quiet=quiet)


def history(
    indicator: Annotated[str, typer.Argument(metavar="INDICATOR", help="Indicator by its id.")],
    *,
    kommun: Kommun,
    store: Address,
    as_of: AsOf = None,
    format: OutputFormat = None,  # noqa: A002 - the name of the option
    output: Output = None,
    force: Force = False,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """Show every value that a figure has had in a store, with import, document and place.

    Exit code 9 when it has had none.
    """
    require_store()
    from ojmf.compare import resolve_geo
    from ojmf.present.store_views import HISTORY
    from ojmf.store.history import history as every_value
    from ojmf.store.table import Store
    from ojmf.suggestions import did_you_mean

    to = destination(format, output, force=force)
    workspace = open_workspace(root, quiet=quiet)
    geo = resolve_geo(kommun, workspace.geography)
    found, cleaned = every_value(Store.open(store, as_of), indicator, geo)
    if cleaned:
        say(f"Utrensade versioner kan inte visas: {', '.join(map(str, cleaned))}.")
    if found.is_empty():
        known = workspace.indicators["indicator_id"].to_list()
        hint = "" if indicator in known else f" {did_you_mean(indicator, known)}"
        raise SelectionError(f"{store}: {indicator} har inte haft något värde för {kommun}.{hint}")
    emit(found, HISTORY, to, quiet=quiet)
