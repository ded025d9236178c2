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
    import polars as pl

    from ojmf.workspace import Workspace


def acknowledge(
    findings: Annotated[
        list[str], typer.Argument(metavar="ID...", help="The ids that validate shows.")
    ],
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
    """Acknowledge findings of validate that are true and known, all for one reason.

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
    found = validate(workspace, parts).found
    rows = [_open(found, name) for name in dict.fromkeys(findings)]
    kept = {"reason": reason.strip(), "date": date.today()}  # noqa: DTZ011
    by_source: dict[str | None, list[dict[str, Any]]] = {}
    for row in rows:
        declared = row["source_id"] if row["source_id"] in workspace.sources else None
        by_source.setdefault(declared, []).append(row)
    files: dict[Path, bytes] = {}
    said = []
    for source_id, own in by_source.items():
        path, text = _entered(workspace, source_id, own, kept)
        files[path] = text.encode()
        said += [f"Kvitterade i {path}: {row['message']}" for row in own]
    write_files(files)
    for line in said:
        say(line, quiet=quiet)


def _open(found: pl.DataFrame, finding: str) -> dict[str, Any]:
    """The finding with that id; raises ``SelectionError`` where it is none, or acknowledged."""
    rows = found.filter(finding_id=finding)
    if rows.is_empty():
        raise SelectionError(
            f"Inget fynd har id {finding}; ojmf validate visar dem som finns, med id inom [ ]. "
            "Gäller det en mening, ange dokumentet med --document."
        )
    row = rows.row(0, named=True)
    if row["acknowledged"] is not None:
        raise SelectionError(f"Fyndet {finding} är redan kvitterat: {row['acknowledged']}.")
    return row


def _entered(
    workspace: Workspace, source_id: str | None, rows: list[dict[str, Any]], kept: dict[str, Any]
) -> tuple[Path, str]:
    """The file that holds acknowledgements of a declared source, or of all else, with these."""
    from ojmf.declarations import toml
    from ojmf.declarations.registers import ACCEPTED

    if source_id is not None:
        path = workspace.source_folder(source_id) / "source.toml"
        text = path.read_text(encoding="utf-8").rstrip("\n")
        for row in rows:
            entry = toml.entries({"finding_id": row["finding_id"], **kept}).rstrip("\n")
            text += f"\n\n[[accepted]]\n{entry}"
        return path, f"{text}\n"
    import polars as pl

    added = [{"source_id": r["source_id"], "finding_id": r["finding_id"], **kept} for r in rows]
    accepted = workspace.accepted.vstack(pl.DataFrame(added, schema=ACCEPTED))
    return workspace.root / "data" / "accepted.csv", accepted.write_csv()
