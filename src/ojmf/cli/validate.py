"""``ojmf validate``: whether what has been read is complete, consistent and plausible."""

from __future__ import annotations

from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ojmf.cli.options import Force, Quiet, ReadAs, Root, TextOutput, complete_source
from ojmf.cli.session import open_workspace, table, tell_findings, tracked
from ojmf.errors import DeclarationError, OjmfError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ojmf.validate.parts import Part


class ReportFormat(StrEnum):
    """The formats of a validation."""

    TABLE = "table"
    JSON = "json"
    NDJSON = "ndjson"
    JUNIT = "junit"
    SARIF = "sarif"
    GITHUB = "github"
    HTML = "html"


_RELATION_FORMATS = (ReportFormat.TABLE, ReportFormat.JSON, ReportFormat.NDJSON)
_VERDICTS = {
    "exact": "stämmer",
    "within_rounding": "stämmer inom avrundning",
    "violated": "stämmer inte",
    "not_testable": "kan inte prövas",
}


class FailOn(StrEnum):
    """The lowest severity that gives exit code 1."""

    CRITICAL = "critical"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"


def validate(
    given: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE_ID|FILE",
            help="Source ids, a workspace's own files (for all that rests on them), whole "
            "documents, or .csv and .parquet files of observations. Default: every source, the "
            "catalogue and the geography.",
            autocompletion=complete_source,
        ),
    ] = None,
    *,
    source: ReadAs = None,
    against: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Take files of observations for a proposed import into this workspace (or its "
            "data folder), and tell what is new, gone, there already, reworded or implausible "
            "beside what is there. Sources are as --root, the workspace that a file lies in or "
            "the current folder's declares them, else as this one does. Without files it is the "
            "workspace as it was, such as another "
            "checkout: tell the sources that are gone since.",
            show_default=False,
        ),
    ] = None,
    recursive: Annotated[
        bool,
        typer.Option("--recursive", help="Validate every workspace in the folder and below it."),
    ] = False,
    identities: Annotated[
        bool,
        typer.Option(
            "--identities",
            help="Show the verdict of every relation between printed figures instead: those that "
            "hold too, and those that can't be tested.",
        ),
    ] = False,
    docs: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Also write Data Docs, web pages of every rule and its result.",
            show_default=False,
        ),
    ] = None,
    fail_on: Annotated[
        FailOn,
        typer.Option(help="The lowest severity that gives exit code 1.", case_sensitive=False),
    ] = FailOn.CRITICAL,
    format: Annotated[  # noqa: A002 - the name of the option
        ReportFormat,
        typer.Option("--format", "-f", help="Format of the findings.", case_sensitive=False),
    ] = ReportFormat.TABLE,
    output: TextOutput = None,
    force: Force = False,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """Check documents and observations by every rule.

    Identities between printed figures, the suites in expectations/, and in whole documents what the
    sentences say against the tables (see ojmf claims), as warnings. Findings go to stdout,
    progress and a summary to stderr. Findings that a declaration has accepted are left out. A
    check that could not be run is a critical finding. The exit code is 1 when a finding is as grave
    as --fail-on, and that of the error when nothing could be checked.
    """
    from ojmf.claims.audit import require_own_language
    from ojmf.intake.prose import with_prose
    from ojmf.model import Severity
    from ojmf.present.claims import TITLES
    from ojmf.present.files import refuse_foreign
    from ojmf.present.finding_formats import FORMATS
    from ojmf.present.findings import Report, summary
    from ojmf.validate import new_import
    from ojmf.validate.gone import lost
    from ojmf.validate.kept import Kept
    from ojmf.validate.parts import everything, held_by, part_of
    from ojmf.validate.validation import combined
    from ojmf.validate.validation import validate as judge

    if source is not None and not any(Path(name).is_file() for name in given or ()):
        raise UsageError("--source gäller filer; ange filen, eller bara källans id utan --source")
    if identities and format not in _RELATION_FORMATS:
        raise UsageError(f"--identities kan visas som {', '.join(_RELATION_FORMATS)}")
    if output is not None:
        refuse_foreign([output], force=force)
    results = []
    with _annotated(format):
        for place, words in _by_workspace(
            given or (), root, against, source, recursive=recursive
        ).items():
            workspace = open_workspace(place, quiet=quiet)
            require_own_language(workspace.root)
            held = [name for word in words for name in held_by(workspace, word)]
            names = list(dict.fromkeys(held if words else everything(workspace)))
            kept = Kept.of(workspace.root)
            parts = [
                with_prose(workspace, part_of(workspace, name, source), kept)
                for name in tracked(names, quiet=quiet)
            ]
            known = None
            if against is not None:
                earlier = open_workspace(new_import.root_of(against), quiet=quiet)
                if given:
                    known = earlier.recorded()
                else:
                    parts[-1] = parts[-1].told(lost(workspace, earlier))
            results.append(judge(workspace, parts, docs=docs, known=known, kept=kept))
    result = combined(results)
    severity = None if fail_on is FailOn.NEVER else Severity(fail_on.value)
    names = [part.name for part in result.parts]
    report = Report("validate", result.found, names, severity, TITLES)
    tell_findings(
        _relations(result.parts, format) if identities else FORMATS[format.value](report),
        output,
        f"{result.found.height} fynd",
        summary(result),
        failing=report.fails().any(),
        quiet=quiet,
    )


@contextmanager
def _annotated(format: ReportFormat) -> Iterator[None]:  # noqa: A002
    """Tell GitHub what keeps all from being checked, too; stderr gives no annotation there."""
    try:
        yield
    except OjmfError as error:
        if format is ReportFormat.GITHUB:
            from ojmf.present.finding_formats import github_faults

            typer.echo(github_faults(error.faults), nl=False)
        raise


def _by_workspace(
    given: Sequence[str],
    root: Path | None,
    against: Path | None,
    source: str | None,
    *,
    recursive: bool,
) -> dict[Path | None, list[str]]:
    """The workspaces to open, None for that of the current folder, and what is given of each.

    A file among a workspace's own is judged there, wherever the command is run. A proposed import
    is judged where it is declared, else in the workspace that it is held against.
    """
    from ojmf.declarations.roots import root_of, workspaces_below
    from ojmf.validate import new_import

    if recursive:
        if given or against:
            raise UsageError("--recursive prövar hela arbetsytor; ange inga källor eller filer")
        top = root or Path()
        if not (found := workspaces_below(top)):
            raise DeclarationError([f"{top.resolve()}: ingen arbetsyta finns här eller nedanför"])
        return {place: [] for place in found}
    if root or (against and not given):
        return {root: list(given)}
    places: dict[Path | None, list[str]] = {} if given else {None: []}
    for word in given:
        place = root_of(Path(word))
        if place is None and against and not _declared_here(word, source):
            place = new_import.root_of(against)
        places.setdefault(place, []).append(word)
    return places


def _declared_here(word: str, source: str | None) -> bool:
    """Whether the current folder is a workspace that declares what is given."""
    from ojmf.declarations.roots import is_workspace
    from ojmf.ingest.document import file_sha256
    from ojmf.workspace import Workspace

    if not is_workspace(Path()):
        return False
    workspace, path = Workspace.open(Path()), Path(word)
    if source is not None or not path.is_file():
        return (source or word) in workspace.sources
    digest = file_sha256(path)
    return any(declared.sha256 == digest for declared in workspace.sources.values())


def _relations(parts: Sequence[Part], format: ReportFormat) -> str:  # noqa: A002
    """The verdict of every relation of the documents among the parts."""
    import polars as pl

    from ojmf.present.tables import Column
    from ojmf.printed import number
    from ojmf.validate.consistency import account
    from ojmf.validate.judgements import JUDGEMENTS

    judged = [account(part.ingested) for part in parts if part.ingested is not None]
    frame = pl.concat([JUDGEMENTS.to_frame(), *judged])
    if format is ReportFormat.JSON:
        return f"{frame.write_json()}\n"
    if format is ReportFormat.NDJSON:
        return frame.write_ndjson()
    view = (
        Column("Källa", pl.col("source_id")),
        Column("Samband", pl.col("instance")),
        Column("Rad", pl.col("line").cast(pl.String), figures=True),
        Column("Resultat", pl.col("verdict").replace(_VERDICTS)),
        Column("Skillnad", number(pl.col("residual"), 2), figures=True),
        Column("Tolerans", number(pl.col("tolerance"), 2), figures=True),
        Column("Skäl", pl.col("reason")),
    )
    return table(frame, view)
