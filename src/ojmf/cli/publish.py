"""``ojmf publish``: what has passed validation, into a shared store."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from ojmf.cli.options import Quiet, Root
from ojmf.cli.session import open_workspace, say, table, tell_findings, tracked
from ojmf.cli.stored import Address, require_store
from ojmf.errors import OjmfError, OutputError

if TYPE_CHECKING:
    import polars as pl

    from ojmf.store.commits import Import
    from ojmf.workspace import Workspace


def publish(
    *,
    store: Address,
    by: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT",
            help="Who publishes. Default: user.name of git, or nobody.",
            show_default=False,
        ),
    ] = None,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Also where figures of the earlier import would be gone."),
    ] = False,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """Publish the workspace's figures into a shared store, when all have passed validation.

    Each source is one import and one version of the store, replaced as a whole or not at all; what
    is there already is left as it is. Small numbers are held back as in every output. With a
    critical finding nothing is published and the exit code is 1, as of ojmf validate. Needs the
    extra: pip install "ojmf[store]"
    """
    require_store()
    import polars as pl

    from ojmf.present.store_views import PUBLISHED, published
    from ojmf.store.publishing import publish as put

    workspace = open_workspace(root, quiet=quiet)
    suites = _validated(workspace, quiet=quiet)
    shown = workspace.observations()
    who = _of_git() if by is None else by.strip()
    done, faults = [], list[OjmfError]()
    sources = [*workspace.sources, *workspace.fetched, *workspace.references]
    for name in tracked(sources, quiet=quiet):
        rows = shown.filter(pl.col("source_id") == name)
        one = _import(workspace, name, rows, suites, who)
        try:
            done.append(put(store, one, rows, elsewhere=shown, replace=replace))
        except OjmfError as error:  # what is right of the others is published all the same
            faults.append(error)
    if done:
        typer.echo(table(published(done), PUBLISHED), nl=False)
    if faults:
        raise type(faults[0])([fault for error in faults for fault in error.faults])


def _validated(workspace: Workspace, *, quiet: bool) -> str:
    """The SHA-256 of the suites, by which all is sound; else the findings and the end."""
    import hashlib

    from ojmf.intake.prose import with_prose
    from ojmf.model import Severity
    from ojmf.present.claims import TITLES
    from ojmf.present.finding_formats import FORMATS
    from ojmf.present.findings import Report, summary
    from ojmf.validate.kept import Kept
    from ojmf.validate.parts import everything, part_of
    from ojmf.validate.suite_files import written
    from ojmf.validate.validation import suite_folder, validate

    kept = Kept.of(workspace.root)
    names = everything(workspace)
    parts = [
        with_prose(workspace, part_of(workspace, name), kept)
        for name in tracked(names, quiet=quiet)
    ]
    result = validate(workspace, parts, kept=kept)
    report = Report("publish", result.found, names, Severity.CRITICAL, TITLES)
    if report.fails().any():
        say(f"Inget är publicerat: {int(report.fails().sum())} fynd måste rättas eller kvitteras.")
        tell_findings(
            FORMATS["table"](report), None, "", summary(result), failing=True, quiet=quiet
        )
    suites, _ = written(suite_folder(workspace))
    return hashlib.sha256("".join(sorted(suite.digest for suite in suites)).encode()).hexdigest()


def _import(workspace: Workspace, name: str, rows: pl.DataFrame, suites: str, who: str) -> Import:
    """What is told of a source in the store."""
    from ojmf.present.annex.documents import document_of
    from ojmf.store.commits import Import
    from ojmf.store.publishing import content_of

    document = document_of(workspace, name)
    if document is None:
        raise OutputError(f"{name}: källan har inget dokument att hänvisa till.")
    return Import(
        source_id=name,
        publisher=document.publisher,
        title=document.title,
        document=document.document,
        date=document.date,
        reporting_period=document.reporting_period,
        sha256=document.sha256,
        diary_number=document.diary_number,
        public=name in workspace.public_sources,
        suites=suites,
        content=content_of(rows),
        figures=rows.height,
        geos=tuple(rows["geo"].drop_nulls().unique().sort()),
        by=who,
        published=datetime.now(UTC),
    )


def _of_git() -> str:
    """Who git says that the user is; empty where it says nothing or is not there."""
    try:
        told = subprocess.run(
            ["git", "config", "user.name"], capture_output=True, check=False, timeout=5
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return told.stdout.decode("utf-8", errors="replace").strip()
