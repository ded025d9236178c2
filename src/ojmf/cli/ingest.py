"""``ojmf ingest`` and ``ojmf extract``: documents to observations, accounts and extracts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ojmf.cli.options import (
    Force,
    Output,
    OutputFormat,
    Quiet,
    ReadAs,
    Root,
    TextOutput,
    complete_source,
)
from ojmf.cli.session import (
    destination,
    emit,
    open_workspace,
    save,
    say,
    tracked,
    write_stdout,
)
from ojmf.errors import TableError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from ojmf.ingest.source import Ingested, IngestedDocument
    from ojmf.workspace import Workspace

_SEVERITY_WORDS = {"critical": "allvarligt", "warning": "varning", "info": "upplysning"}


def ingest(
    documents: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE_ID|FILE",
            help="Source ids, or files with whole documents. Default: every source.",
            autocompletion=complete_source,
        ),
    ] = None,
    *,
    source: ReadAs = None,
    audit: Annotated[
        bool, typer.Option("--audit", help="Show how each number was handled instead.")
    ] = False,
    format: OutputFormat = None,  # noqa: A002 - the name of the option
    output: Output = None,
    force: Force = False,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """Read documents into observations.

    A file is identified by its SHA-256 checksum; a new edition needs --source. Warnings go to
    stderr. --audit shows how each number in the tables was handled; the exit code is 5 if any was
    not handled.
    """
    from ojmf.present import views

    to = destination(format, output, force=force)
    workspace = open_workspace(root, quiet=quiet)
    given = list(dict.fromkeys(documents or workspace.sources))
    if source is not None and not any(Path(name).is_file() for name in given):
        raise UsageError("--source gäller filer; ange filen, eller bara källans id utan --source")
    result = together(ingest_each(workspace, given, source, quiet=quiet))
    tell(result.findings, quiet=quiet)
    if audit:
        emit(result.account, views.account(), to, quiet=quiet)
        _judge(result.account, quiet=quiet)
    else:
        names = views.Names(workspace.indicators, workspace.places)
        emit(result.observations, views.observations(names), to, quiet=quiet)


def ingest_each(
    workspace: Workspace, given: list[str], source: str | None = None, *, quiet: bool
) -> list[IngestedDocument]:
    """Ingest sources by id and files by path, in that order."""
    from ojmf.ingest.reading import read_given
    from ojmf.ingest.source import resolve

    return [resolve(read_given(workspace, name, source)) for name in tracked(given, quiet=quiet)]


def together(parts: Sequence[IngestedDocument]) -> Ingested:
    """What documents gave, as one."""
    import polars as pl

    from ojmf.ingest.source import ACCOUNT, Ingested
    from ojmf.schema import FINDINGS, OBSERVATIONS

    return Ingested(
        pl.concat([OBSERVATIONS.to_frame(), *(part.observations for part in parts)]),
        pl.concat([FINDINGS.to_frame(), *(part.findings for part in parts)]),
        pl.concat([ACCOUNT.to_frame(), *(part.account for part in parts)]),
    )


def tell(findings: pl.DataFrame, *, quiet: bool) -> None:
    """Say each finding in a line on stderr; ``quiet`` leaves out what only informs."""
    rows = findings.select("severity", "source_id", "message")
    for severity, source_id, message in rows.iter_rows():
        say(
            f"{_SEVERITY_WORDS[severity]}: {source_id}: {message}",
            quiet=quiet and severity == "info",
        )


def _judge(account: pl.DataFrame, *, quiet: bool) -> None:
    """Sum the account on stderr; ``TableError`` where figures are left unexplained."""
    from ojmf.present.words import counted, listed

    total = account.sum().row(0, named=True)
    corrected = f" (varav {total['corrected']} rättade)" if total["corrected"] else ""
    told = [f"{total['mapped']} lästa{corrected}"]
    told += [
        f"{total[name]} {word}"
        for name, word in (
            ("unreliable", "osäkra"),
            ("blank", "tomma"),
            ("unexplained", "oförklarade"),
        )
        if total[name]
    ]
    say(
        f"{counted(account.height, 'tabell', 'tabeller')} med "
        f"{counted(total['cells'], 'cell', 'celler')}: {listed(told)}.",
        quiet=quiet,
    )
    left = account.filter(account["unexplained"] > 0)
    if not left.is_empty():
        raise TableError(
            [
                f"{source}: tabellen ”{name}” (rad {first}–{last}) har {count} tal som inget i "
                "deklarationen förklarar. Deklarera raderna, eller skriv dem under ignore i "
                "source.toml; en kolumn med text, eller med ett tal som rubrik, får ett skäl med "
                "ignore."
                for source, name, first, last, count in left.select(
                    "source_id", "table", "first_line", "last_line", "unexplained"
                ).iter_rows()
            ]
        )


def extract(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A whole document as text.")],
    *,
    source: ReadAs = None,
    with_comments: Annotated[
        bool,
        typer.Option(
            "--with-comments",
            help="Keep the comments of the tables, to show them in table, report and site.",
        ),
    ] = False,
    output: TextOutput = None,
    force: Force = False,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """Make the extract of a document.

    It holds the declared tables on the document's own line numbers, and nothing else.
    """
    from ojmf.ingest.reading import extract_text, read_whole
    from ojmf.present.files import refuse_foreign
    from ojmf.present.words import counted

    # In a source's own folder it is the part of the source that is made anew of its document.
    if output is not None and not output.with_name("source.toml").is_file():
        refuse_foreign([output], force=force)
    read = read_whole(open_workspace(root, quiet=quiet), file, source)
    tell(read.findings, quiet=quiet)
    text = extract_text(read, comments=with_comments)
    if output is None:
        write_stdout(text)
    else:
        save({output: text.encode()}, quiet=quiet)
        say(f"Skrev {output} ({counted(text.count(chr(10)), 'rad', 'rader')}).", quiet=quiet)
