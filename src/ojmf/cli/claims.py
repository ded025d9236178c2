"""``ojmf claims``: the figures of a report's prose against its tables."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ojmf.cli.options import Force, Quiet, ReadAs, Root, TextOutput
from ojmf.cli.session import open_workspace, table, tell_findings
from ojmf.errors import UsageError

if TYPE_CHECKING:
    from ojmf.model import Severity

_SUFFIXES = {
    ".json": "json",
    ".ndjson": "ndjson",
    ".md": "md",
    ".html": "html",
    ".sarif": "sarif",
    ".xml": "junit",
}


class ClaimsFormat(StrEnum):
    """The formats of the audit."""

    TABLE = "table"
    JSON = "json"
    NDJSON = "ndjson"
    MD = "md"
    HTML = "html"
    SARIF = "sarif"
    JUNIT = "junit"
    GITHUB = "github"


class FailOn(StrEnum):
    """What makes the exit code 1."""

    CONTRADICTS = "contradicts"
    NEVER = "never"

    def severity(self) -> Severity | None:
        """The lowest severity that fails: a text against another text is a warning."""
        from ojmf.model import Severity

        return Severity.WARNING if self is FailOn.CONTRADICTS else None


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
    force: Force = False,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """Check the figures that a report states in prose.

    Every figure and direction in sentences and comment cells is set against the report's own
    tables, with the arithmetic shown. What contradicts a table or another sentence makes the exit
    code 1, unless it is acknowledged under [[accepted]] in the source.toml by its finding id.
    """
    from ojmf.claims import audit_document
    from ojmf.present import claims as present
    from ojmf.present.files import refuse_foreign
    from ojmf.present.finding_formats import FORMATS

    chosen = _chosen(format, output)
    if output is not None:
        refuse_foreign([output], force=force)
    workspace = open_workspace(root, quiet=quiet)
    found, source_id = audit_document(workspace, document, source)
    report = present.report(found, source_id, fail_on.severity())
    title = f"Påståenden i {document.name}"
    match chosen:
        case ClaimsFormat.JSON:
            text = f"{found.write_json()}\n"
        case ClaimsFormat.NDJSON:
            text = found.write_ndjson()
        case ClaimsFormat.MD:
            text = present.markdown(found, title)
        case ClaimsFormat.HTML:
            text = present.page(found, title)
        case ClaimsFormat.TABLE:
            shown = present.readable(found)
            text = table(shown if everything else present.reported(shown), present.view())
        case _:
            text = FORMATS[chosen.value](report)
    tell_findings(
        text,
        output,
        f"{found.height} påståenden",
        present.summary(found),
        failing=report.fails().any(),
        quiet=quiet,
    )


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
