"""``ojmf acknowledge``: a finding that is true and known, with the reason, in its declaration."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ojmf.cli.options import Quiet, Root, Source
from ojmf.cli.session import open_workspace, say, tracked
from ojmf.errors import SelectionError, UsageError
from ojmf.output import write_files

if TYPE_CHECKING:
    from ojmf.workspace import Workspace


def acknowledge(
    finding: Annotated[str, typer.Argument(metavar="ID", help="The id that validate shows.")],
    *,
    reason: Annotated[str, typer.Option(help="Why the report may say so, in a sentence.")],
    document: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="The whole document, for a finding about one of its sentences.",
            show_default=False,
        ),
    ] = None,
    source: Source = None,
    against: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="The workspace as it was, for a source that is meant to be gone.",
            show_default=False,
        ),
    ] = None,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """Acknowledge a finding of validate that is true and known.

    Adds [[accepted]] to the end of the report's declaration, or for fetched and imported figures,
    reference values, catalogue and geography a row to data/accepted.csv, with the reason and
    today's date. A source that validate --against misses is acknowledged with the same --against.
    The acknowledgement holds for what is printed today: another figure in its place
    is a new finding.
    """
    from ojmf.intake.prose import with_prose
    from ojmf.validate.gone import lost
    from ojmf.validate.kept import Kept
    from ojmf.validate.new_import import root_of
    from ojmf.validate.parts import everything, of_document, part_of
    from ojmf.validate.validation import validate

    if not reason.strip():
        raise UsageError("--reason är tomt; skriv varför fyndet är riktigt")
    workspace = open_workspace(root, quiet=quiet)
    if workspace.origin == "embedded":
        raise UsageError("De inbyggda uppgifterna ändras inte; ange en arbetsyta med --root.")
    names = everything(workspace) if source is None else [source]
    if document is None:
        parts = [part_of(workspace, name) for name in tracked(names, quiet=quiet)]
    else:
        part = of_document(workspace, document, source)
        parts = [with_prose(workspace, part, Kept.of(workspace.root))]
    if against is not None:
        earlier = open_workspace(root_of(against), quiet=quiet)
        parts[-1] = parts[-1].told(lost(workspace, earlier))
    found = validate(workspace, parts).found.filter(finding_id=finding)
    if found.is_empty():
        raise SelectionError(
            f"Inget fynd har id {finding}; ojmf validate visar dem som finns, med id inom [ ]. "
            "Gäller det en mening, ange dokumentet med --document."
        )
    row = found.row(0, named=True)
    if row["acknowledged"] is not None:
        raise SelectionError(f"Fyndet {finding} är redan kvitterat: {row['acknowledged']}.")
    entry = {"finding_id": finding, "reason": reason.strip(), "date": date.today()}  # noqa: DTZ011
    path, text = _entered(workspace, row["source_id"], entry)
    write_files({path: text.encode()})
    say(f"Kvitterade i {path}: {row['message']}", quiet=quiet)


def _entered(
    workspace: Workspace, source_id: str | None, entry: dict[str, Any]
) -> tuple[Path, str]:
    """The file that holds acknowledgements of the source, and its text with this one."""
    from ojmf.declarations import toml
    from ojmf.declarations.registers import ACCEPTED

    if source_id is not None and source_id in workspace.sources:
        path = workspace.source_folder(source_id) / "source.toml"
        text = path.read_text(encoding="utf-8").rstrip("\n")
        return path, f"{text}\n\n[[accepted]]\n{toml.entries(entry)}"
    import polars as pl

    added = pl.DataFrame([{"source_id": source_id, **entry}], schema=ACCEPTED)
    return workspace.root / "data" / "accepted.csv", workspace.accepted.vstack(added).write_csv()
