"""``ojmf claims``: the figures of a report's prose against its tables."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ojmf.cli.faults import UsageError
from ojmf.cli.options import Quiet, ReadAs, Root, TextOutput
from ojmf.cli.session import open_workspace, say, table, write_files, write_stdout

if TYPE_CHECKING:
    import polars as pl

EXIT_CONTRADICTED = 1
_SUFFIXES = {".json": "json", ".ndjson": "ndjson", ".md": "md", ".html": "html", ".sarif": "sarif"}


class ClaimsFormat(StrEnum):
    """The formats of the audit."""

    TABLE = "table"
    JSON = "json"
    NDJSON = "ndjson"
    MD = "md"
    HTML = "html"
    SARIF = "sarif"
    GITHUB = "github"


class FailOn(StrEnum):
    """What makes the exit code 1."""

    CONTRADICTS = "contradicts"
    NEVER = "never"


def claims(
    document: Annotated[
        Path, typer.Argument(metavar="FILE", help="A whole document or draft as text.")
    ],
    *,
    source: ReadAs = None,
    format: Annotated[  # noqa: A002 - the name of the option
        ClaimsFormat | None,
        typer.Option(
            "--format",
            "-f",
            help="Format. Default: table, or the suffix of --output.",
            show_default=False,
            case_sensitive=False,
        ),
    ] = None,
    everything: Annotated[
        bool,
        typer.Option("--all", help="In the table, also what agrees and what cannot be tested."),
    ] = False,
    fail_on: Annotated[
        FailOn, typer.Option(help="When the exit code is 1.", case_sensitive=False)
    ] = FailOn.CONTRADICTS,
    output: TextOutput = None,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """Check the figures that a report states in prose.

    Every figure and direction in sentences and comment cells is set against the report's own
    tables, with the arithmetic shown. What contradicts a table or another sentence makes the exit
    code 1, unless it is acknowledged under [[accepted]] in the source.toml by its finding id.
    """
    from ojmf.claims import audit_document
    from ojmf.claims.findings import failing
    from ojmf.present.claims import summary

    chosen = _chosen(format, output)
    workspace = open_workspace(root, quiet=quiet)
    found, source_id = audit_document(workspace, document, source)
    text = _text(found, chosen, document, source_id, everything=everything)
    if output is None:
        write_stdout(text)
    else:
        write_files({output: text.encode()})
        say(f"Skrev {output} ({found.height} påståenden).", quiet=quiet)
    say(summary(found), quiet=quiet)
    if fail_on is FailOn.CONTRADICTS and failing(found).height:
        raise typer.Exit(EXIT_CONTRADICTED)


def _chosen(format: ClaimsFormat | None, output: Path | None) -> ClaimsFormat:  # noqa: A002
    """The format asked for; raises ``UsageError`` where option and suffix say different things."""
    suffix = _SUFFIXES.get(output.suffix.lower()) if output is not None else None
    if format is not None and suffix is not None and suffix != format:
        raise UsageError(f"--format {format} och --output {output} säger olika; utelämna --format")
    if output is not None and format is None and suffix is None:
        raise UsageError(
            f"{output}: okänd filändelse ”{output.suffix}”; --output kan sluta på "
            f"{', '.join(_SUFFIXES)}, annars ange --format"
        )
    return format or ClaimsFormat(suffix or ClaimsFormat.TABLE)


def _text(  # noqa: PLR0911 - one return per format
    found: pl.DataFrame, chosen: ClaimsFormat, document: Path, source_id: str, *, everything: bool
) -> str:
    from ojmf.present import claims as output

    title = f"Påståenden i {document.name}"
    match chosen:
        case ClaimsFormat.JSON:
            return f"{found.write_json()}\n"
        case ClaimsFormat.NDJSON:
            return found.write_ndjson()
        case ClaimsFormat.MD:
            return output.markdown(found, title)
        case ClaimsFormat.HTML:
            return output.page(found, title)
        case ClaimsFormat.SARIF:
            return output.sarif(found, source_id)
        case ClaimsFormat.GITHUB:
            return output.github(found, source_id)
        case _:
            shown = output.readable(found)
            return table(shown if everything else output.reported(shown), output.view())
