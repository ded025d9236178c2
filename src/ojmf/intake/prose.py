"""What the sentences of a whole document say against its tables, as findings of its validation."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ojmf.validate.kept import Kept
    from ojmf.validate.parts import Part
    from ojmf.workspace import Workspace


def with_prose(workspace: Workspace, part: Part, kept: Kept) -> Part:
    """A part with the claims that its prose makes and that a person should look at.

    Sentences are in whole documents only. What contradicts a table is a warning: the words may be
    right and the reading of them wrong.
    """
    import polars as pl

    from ojmf.errors import CorrectionError, InputError
    from ojmf.findings import located, without_row
    from ojmf.schema import FINDINGS
    from ojmf.validate.outcomes import not_run

    if part.ingested is None or part.ingested.read.document.sha256 is None:
        return part
    digest = _digest(workspace, part)
    if digest not in kept.entries:
        try:
            kept.keep(digest, _audited(workspace, part))
        except (CorrectionError, InputError) as error:
            # What a correction lacks is told already; without it the tables are not those meant.
            why = str(error).splitlines()[0]
            told = not_run(f"{part.source_id}: meningar", why, source_id=part.source_id)
            return part.told(located([told]))
    found = pl.DataFrame(kept.entries[digest], schema=FINDINGS, orient="row")
    return replace(part.told(without_row(found)), prose=True)


def _audited(workspace: Workspace, part: Part) -> list[list[Any]]:
    """The findings of the audit, a list per row, none graver than a warning."""
    import polars as pl

    from ojmf.claims import audit_lines
    from ojmf.claims.findings import findings
    from ojmf.model import Severity

    assert part.ingested is not None
    read = part.ingested.read
    source, document = read.source, read.document
    # What an identity takes from the text is held against the document that declares it only.
    whole = part.ingested if document.sha256 == source.sha256 else None
    claims = audit_lines(workspace, source, document, whole)
    # Acknowledged ones are told here too: they are what their acknowledgements are about.
    told = findings(claims.with_columns(accepted=pl.lit(None, pl.String)), source.id)
    told = told.with_columns(pl.col("severity").replace(Severity.CRITICAL, Severity.WARNING))
    return [list(row) for row in told.iter_rows()]


def _digest(workspace: Workspace, part: Part) -> str:
    """The SHA-256 of what an audit depends on: the document, and what the workspace says of it."""
    from ojmf.ingest.reading import EXTRACT

    assert part.ingested is not None
    read = part.ingested.read
    told = hashlib.sha256(f"prose {read.document.sha256} {read.document.name}".encode())
    told.update(read.source.model_dump_json().encode())
    told.update(workspace.indicators.write_json().encode())
    files = sorted((workspace.root / "data" / "language").glob("*"))
    for one in workspace.sources.values():
        if one.geo == read.source.geo and one.date < read.source.date:
            told.update(one.model_dump_json().encode())
            files.append(workspace.source_folder(one.id) / EXTRACT)
    for path in files:
        told.update(path.read_bytes() if path.is_file() else b"")
    return told.hexdigest()
