"""What commands have in common: the workspace, messages, progress, and where results go."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import typer

from ojmf.cli.faults import abandon_stdout
from ojmf.cli.options import Format
from ojmf.cli.stored import chosen_store
from ojmf.errors import OutputError, SelectionError, UsageError
from ojmf.output import explain, locked, write_files
from ojmf.typography import without_controls

if TYPE_CHECKING:
    import polars as pl

    from ojmf.present.citation import Citation
    from ojmf.present.tables import View
    from ojmf.workspace import Workspace

EXIT_FINDINGS = 1
WIDTH_WITHOUT_TERMINAL = 200
_PATIENCE = 1.0  # seconds of work before progress is shown


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a result goes: a file, or stdout in a format; ``suffix`` is empty for a table."""

    suffix: str
    path: Path | None


def destination(
    format: Format | None,  # noqa: A002
    output: Path | None,
    *,
    force: bool,
) -> Destination:
    """The destination that ``--format`` and ``--output`` name together.

    Raises ``UsageError`` for an unknown suffix and for a format that is not the suffix's, and
    ``OutputError`` for a file that ojmf did not make or that was edited since, unless ``force``.
    """
    if output is None:
        plain = format in {None, Format.TABLE}
        return Destination("" if plain else f".{format}", None)
    from ojmf.present.files import refuse_foreign
    from ojmf.present.spreadsheets import WRITERS

    suffix = known_suffix(output, WRITERS)
    if format is not None and suffix != f".{format}":
        raise UsageError(
            f"--format {format} och --output {output} säger olika; filändelsen anger formatet, "
            "så utelämna --format"
        )
    refuse_foreign([output], force=force)
    return Destination(suffix, output)


def known_suffix(output: Path, known: Collection[str], option: str = "--output") -> str:
    """The suffix of a file to write, in lower case; ``UsageError`` where it is none of these."""
    suffix = output.suffix.lower()
    if suffix not in known:
        raise UsageError(
            f"{output}: okänd filändelse ”{output.suffix}”; "
            f"{option} kan sluta på {', '.join(known)}"
        )
    return suffix


def open_workspace(root: Path | None, *, quiet: bool, fetched_too: bool = True) -> Workspace:
    """The workspace of this command, with the figures of the store that it names.

    Says so when it is the one that comes with the package, and which version of a store it is.
    """
    from ojmf.workspace import Workspace

    store, as_of = chosen_store()
    workspace = Workspace.open(root, fetched_too=fetched_too, store=store, as_of=as_of)
    if workspace.stored is not None:
        say(f"Använder lagret {store}, version {workspace.stored.version}.", quiet=quiet)
    if workspace.origin == "embedded":
        say(f"Använder de inbyggda uppgifterna ({workspace.root}).", quiet=quiet)
    return workspace


def period_within(text: str | None, option: str = "--period") -> pl.Expr:
    """The condition that a period makes on observations; all of them where it is left out.

    Raises ``UsageError`` for what is no period.
    """
    import polars as pl

    from ojmf.compare.frame import lying_in
    from ojmf.model import PeriodKind
    from ojmf.periods import parse_period

    if text is None:
        return pl.lit(value=True)
    try:
        return lying_in(parse_period(text, PeriodKind.POINT))
    except ValueError as error:
        raise UsageError(f"{option}: {error}") from error


def open_observations(
    root: Path | None, period: str | None, *, quiet: bool
) -> tuple[Workspace, pl.DataFrame]:
    """The workspace of this command, and its observations within ``--period``."""
    within = period_within(period)
    workspace = open_workspace(root, quiet=quiet)
    known = workspace.observations()
    chosen = known.filter(within)
    if chosen.is_empty() and not known.is_empty():
        years = known["period_end"].drop_nulls().dt.year().unique().sort()
        raise SelectionError(
            f"Det finns inga uppgifter för {period}. Uppgifter finns för: "
            f"{', '.join(map(str, years))}."
        )
    return workspace, chosen


def remember(
    workspace: Workspace, citations: Iterable[Citation], *, used_in: str = "", quiet: bool
) -> None:
    """Note citations in the workspace, for the day that what they rest on is revised.

    The data that comes with ojmf is nobody's own, wherever it was found. A workspace that can't be
    written is only told of: what was asked for is done.
    """
    from ojmf.declarations.loading import embedded_root

    if workspace.root.resolve() == embedded_root():
        return
    from ojmf.declarations.registers import CITATIONS_FILE
    from ojmf.intake.revisions import register_rows, registered

    data = workspace.root / "data"
    cited = [(str(c), c.source_id, c.indicator_id, c.geo, c.reference) for c in citations]
    rows = register_rows(cited, used_in)
    try:
        with locked(data / CITATIONS_FILE):
            noted = registered(data, rows)
            write_files(noted)
    except OutputError as error:
        say(f"Hänvisningen är inte noterad: {error}", quiet=quiet)
        return
    if noted and used_in:
        say(
            f"Antecknade hänvisningarna i {data / CITATIONS_FILE}, så att ojmf kan säga till när "
            "en uppgift i rapporten revideras. Filen hör till arbetsytan: spara den med resten.",
            quiet=quiet,
        )


def save(contents: Mapping[Path, bytes], *, quiet: bool) -> None:
    """Write results, and say which folders had to be made for them; raises ``OutputError``."""
    from ojmf.present.files import write_made

    for folder in write_made(contents):
        say(f"Mappen {folder} fanns inte och är gjord.", quiet=quiet)


def say(message: str, *, quiet: bool = False) -> None:
    """Tell the person something on stderr."""
    if not quiet:
        typer.echo(without_controls(message), err=True)


def tracked(items: Sequence[str], *, quiet: bool) -> Iterator[str]:
    """The items; work that takes over a second is followed on stderr when it is a terminal."""
    started = time.monotonic()
    shown = 0
    for number, item in enumerate(items):
        if not quiet and sys.stderr.isatty() and time.monotonic() - started > _PATIENCE:
            text = without_controls(f"{number}/{len(items)} {item}")
            sys.stderr.write(f"\r{text.ljust(shown)}")
            sys.stderr.flush()
            shown = len(text)
        yield item
    if shown:
        sys.stderr.write(f"\r{' ' * shown}\r")
        sys.stderr.flush()


def emit(
    frame: pl.DataFrame, view: View, to: Destination, *, quiet: bool = False, title: str = ""
) -> None:
    """Write a result to its destination; ``title`` stands above a table.

    Raises ``OutputError`` where it cannot be written.
    """
    from ojmf.present.words import counted

    if to.path is not None:
        from ojmf.present.spreadsheets import WRITERS

        save({to.path: WRITERS[to.suffix](frame, view)}, quiet=quiet)
        say(f"Skrev {to.path} ({counted(frame.height, 'rad', 'rader')}).", quiet=quiet)
    elif to.suffix:
        from ojmf.present.spreadsheets import WRITERS

        write_stdout(WRITERS[to.suffix](frame, view).decode())
    else:
        from ojmf.present.marks import EXPLANATION, HEADING
        from ojmf.present.tables import filled

        write_stdout(f"{title}\n\n{table(frame, view)}" if title else table(frame, view))
        if any(column.heading == HEADING for column in filled(frame, view)):
            say(EXPLANATION, quiet=quiet)


def tell_findings(
    text: str, output: Path | None, count: str, summary: str, *, failing: bool, quiet: bool
) -> None:
    """Write findings to a file or stdout and sum them up; ``failing`` makes the exit code 1."""
    if output is None:
        write_stdout(text)
    else:
        save({output: text.encode()}, quiet=quiet)
        say(f"Skrev {output} ({count}).", quiet=quiet)
    say(summary, quiet=quiet)
    if failing:
        raise typer.Exit(EXIT_FINDINGS)


def table(frame: pl.DataFrame, view: View) -> str:
    """A table as wide as the terminal, painted where colours can be seen."""
    from ojmf.present.tables import to_text

    terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if terminal else WIDTH_WITHOUT_TERMINAL
    return to_text(frame, view, width=width, colour=shows_colour(sys.stdout, os.environ))


def shows_colour(stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Whether a stream is a terminal that paints, and nobody asked for no colour."""
    return (
        stream.isatty()
        and not environment.get("NO_COLOR")
        and environment.get("TERM") != "dumb"
        and (os.name != "nt" or "WT_SESSION" in environment)
    )


def write_stdout(text: str) -> None:
    """Write to stdout and make sure that it arrived; raises ``OutputError`` where it did not."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        abandon_stdout()
        raise OutputError(explain("standard ut", error)) from error
