"""The way of a file into a workspace: drafted, asked about, answered, read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from ojmf.authoring.answering import answered
from ojmf.authoring.draft import Draft, draft_source
from ojmf.declarations.drafts import Question, drafted
from ojmf.declarations.toml import read_toml
from ojmf.errors import SelectionError
from ojmf.ingest.document import file_sha256
from ojmf.ingest.reading import EXTRACT, extract_text, read_whole
from ojmf.workspace import Workspace

QUESTIONS: pl.Schema = pl.Schema(
    {
        "key": pl.String(),
        "question": pl.String(),
        "kind": pl.String(),
        "where": pl.String(),
        "proposal": pl.String(),
        "score": pl.Int32(),
        "options": pl.List(pl.String()),
    }
)
"""One row per open question: what is asked, where in the document, and the likely answer with how
likely it is (0 to 100)."""

ALL = 1
"""The score of the least likely proposal: all are taken."""


@dataclass(frozen=True, slots=True)
class Import:
    """What a file became: the id of its source, whether it was known, and the files to write.

    ``left`` are the questions that are still open; their tables are withheld.
    """

    source_id: str
    known: bool
    files: Mapping[Path, bytes]
    left: tuple[Question, ...]


def new_source(
    workspace: Workspace, draft: Draft, source_id: str, folder: Path | None = None
) -> dict[Path, bytes]:
    """The files of a draft: declaration, extract and the indicators that the catalogue lacks.

    They belong to the workspace, or to ``folder`` where one is named.
    """
    home = (folder or workspace.root / "data" / "sources") / source_id
    files = {home / "source.toml": draft.text.encode()}
    if draft.extract:
        files[home / "extract.txt"] = draft.extract.encode()
    if draft.indicators:
        area = home if folder else workspace.root / "data" / "indicators"
        files[area / f"{source_id}.toml"] = draft.indicators.encode()
    return files


def open_questions(workspace: Workspace, source_id: str) -> pl.DataFrame:
    """The open questions of a source, in the schema ``QUESTIONS``.

    Raises ``SelectionError`` for an unknown source.
    """
    rows = [question.model_dump() for question in _questions(workspace, source_id)[1]]
    return pl.DataFrame(rows, schema=QUESTIONS)


def answer(
    workspace: Workspace,
    source_id: str,
    answers: Mapping[str, str],
    *,
    accept: int | None = None,
) -> tuple[dict[Path, bytes], tuple[Question, ...]]:
    """Answer questions of a source: the file to write, and the questions that are left.

    ``accept`` takes every proposal that is at least so likely; ``ALL`` takes all. Raises
    ``SelectionError`` for what is no answer, or no question of the source.
    """
    path, questions = _questions(workspace, source_id)
    text = answered(
        path.read_text(encoding="utf-8"), questions, answers, workspace.geography, accept=accept
    )
    given = {q.key for q in questions if q.key in answers}
    if accept is not None:
        given |= {q.key for q in questions if q.proposal is not None and q.score >= accept}
    left = tuple(q for q in questions if q.key not in given)
    return {path: text.encode()}, left


def import_file(
    workspace: Workspace,
    path: Path,
    source_id: str,
    geo: str | None,
    *,
    period: str | None = None,
    published: date | None = None,
    accept: int | None = None,
) -> Import:
    """Take a file in: one that a source declares is known, any other is drafted.

    Raises as ``draft_source`` does, and ``SelectionError`` where the id is another document's.
    """
    digest = file_sha256(path)
    for known in workspace.sources.values():
        if known.sha256 == digest:
            draft = workspace.drafts.get(known.id)
            if draft is not None:
                return Import(known.id, True, {}, draft.questions)
            # Once its questions are answered, or its declaration edited, the extract is made anew.
            extract = workspace.source_folder(known.id) / EXTRACT
            made_anew = extract_text(read_whole(workspace, path, known.id)).encode()
            current = extract.is_file() and extract.read_bytes() == made_anew
            return Import(known.id, True, {} if current else {extract: made_anew}, ())
    if source_id in {*workspace.sources, *workspace.drafts, *workspace.fetched}:
        raise SelectionError(f"”{source_id}” är redan en annan källa; välj ett annat --id.")
    made = draft_source(workspace, path, source_id, geo, period=period, published=published)
    text = answered(made.text, made.questions, {}, workspace.geography, accept=accept)
    taken = {
        q.key
        for q in made.questions
        if accept is not None and q.proposal is not None and q.score >= accept
    }
    files = new_source(workspace, made, source_id)
    home = workspace.root / "data" / "sources" / source_id / "source.toml"
    left = tuple(q for q in made.questions if q.key not in taken)
    return Import(source_id, False, files | {home: text.encode()}, left)


def _questions(workspace: Workspace, source_id: str) -> tuple[Path, tuple[Question, ...]]:
    path = workspace.root / "data" / "sources" / source_id / "source.toml"
    if source_id not in workspace.drafts and source_id not in workspace.sources:
        workspace.source(source_id)
    raw, _ = read_toml(path)
    draft = drafted(raw, path)
    return path, draft.questions if draft else ()
