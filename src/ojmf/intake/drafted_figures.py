"""What a source gives as it is declared, and what files to be written make of that."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from ojmf.authoring.draft import Draft
from ojmf.authoring.labels import DRAFTED
from ojmf.errors import OjmfError
from ojmf.ingest.source import ingest_source, resolve
from ojmf.intake.editions import refuse_grown
from ojmf.intake.revisions import kept, revised, today
from ojmf.schema import OBSERVATIONS
from ojmf.workspace import Workspace

ANSWERED_AGAIN = "en fråga är besvarad på nytt"


def refuse_drafted(workspace: Workspace, draft: Draft) -> None:
    """Raise ``SelectionError`` where a draft gives the rows and figures of another source.

    Its open questions are answered as proposed; what can't be read so can't be compared.
    """
    if draft.read is not None and (workspace.sources or workspace.drafts):
        given = resolve(draft.read).observations
        refuse_grown(workspace, draft.read.document, tomllib.loads(draft.text)["geo"], given)


def revised_by_answers(
    workspace: Workspace, source_id: str, files: Mapping[Path, bytes]
) -> dict[Path, bytes]:
    """The file of revisions of a source with the figures that answers change, or nothing.

    ``files`` are what the answers write. Figures that they only add are no revisions.
    """
    before = _given(workspace, source_id)
    changed = revised(
        before, _given(workspace.with_files(files), source_id), today(), ANSWERED_AGAIN
    )
    return kept(workspace.source_folder(source_id), changed)


def undirected(workspace: Workspace, source_id: str) -> tuple[str, ...]:
    """The names of indicators drafted for a source that nobody has given a direction yet."""
    area = workspace.catalogue.areas.get(source_id)
    drafted = area.indicator if area else ()
    return tuple(i.name for i in drafted if i.polarity_reason == DRAFTED)


def _given(workspace: Workspace, source_id: str) -> pl.DataFrame:
    """The observations that a source's extract gives, none where it can't be read."""
    try:
        return ingest_source(workspace, source_id).observations
    except OjmfError:
        return OBSERVATIONS.to_frame()
