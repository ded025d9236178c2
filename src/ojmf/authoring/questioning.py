"""The open questions of a source, and the files that their answers change."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Any

import polars as pl

from ojmf.authoring.answering import NEW, answered
from ojmf.authoring.asked import ASKED_FILE, Asked, taken
from ojmf.authoring.draft import Draft
from ojmf.authoring.drafted_units import with_declared_units
from ojmf.authoring.forms import NewIndicator, slug
from ojmf.authoring.labels import DRAFTED
from ojmf.authoring.writing import indicator_entry
from ojmf.declarations.drafts import Question, drafted
from ojmf.declarations.toml import read_toml
from ojmf.errors import SelectionError
from ojmf.ingest.document import file_sha256
from ojmf.kolada.mapping import AREA as FETCHED_AREA
from ojmf.suggestions import in_shell
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
"""One row per question: what is asked, where in the document, and the likely answer with how likely
it is (0 to 100)."""

ANSWERED: pl.Schema = pl.Schema([*QUESTIONS.items(), ("answer", pl.String())])
"""One row per question that has been answered, with the answer."""

ALL = 1
"""The score of the least likely proposal: all are taken."""


def new_source(
    workspace: Workspace, draft: Draft, source_id: str, folder: Path | None = None
) -> dict[Path, bytes]:
    """The files of a draft: declaration, extract and the indicators that the catalogue lacks.

    They belong to the workspace, or to ``folder`` where one is named. Raises ``SelectionError``
    where the catalogue has an area of that id that is not the source's own.
    """
    own = source_id in workspace.sources or source_id in workspace.drafts
    if draft.indicators and not own and source_id in {*workspace.catalogue.areas, FETCHED_AREA}:
        raise SelectionError(f"”{source_id}” är ett område i katalogen; välj ett annat --id.")
    home = (folder or workspace.root / "data" / "sources") / source_id
    files = {home / "source.toml": draft.text.encode()}
    if draft.questions or (home / ASKED_FILE).is_file():
        files |= Asked(draft.text, document=draft.document).file(home)
    if draft.extract:
        files[home / "extract.txt"] = draft.extract.encode()
    if draft.indicators:
        area = home if folder else workspace.root / "data" / "indicators"
        files[area / f"{source_id}.toml"] = draft.indicators.encode()
    return files


def own_id(workspace: Workspace, path: Path) -> str:
    """A file's name as the id of a new source, numbered where the catalogue has such an area."""
    areas = {*workspace.catalogue.areas, FETCHED_AREA}
    name = slug(path.stem) or "ny-kalla"
    numbered = (f"{name}-{number}" for number in count(2))
    return name if name not in areas else next(n for n in numbered if n not in areas)


def drafted_from(workspace: Workspace, source_id: str) -> str:
    """The name of the file that a source was drafted from; empty where nothing says it."""
    asked = Asked.read(workspace.source_folder(source_id))
    return asked.document if asked else ""


def check_redrafted(workspace: Workspace, source_id: str, path: Path) -> None:
    """Raise ``SelectionError`` where a source can't be drafted anew from a document.

    It must be the same document, and no indicator that was drafted for it may be reviewed.
    """
    home = workspace.root / "data" / "sources" / source_id / "source.toml"
    raw, _ = read_toml(home)
    if raw.get("sha256") != file_sha256(path):
        raise SelectionError(
            f"{home} är ett annat dokument än {path}. Är {path.name} en ny utgåva av det: "
            f"ojmf import {in_shell(path.name)} --source {source_id}. Är det nästa års: "
            f"ojmf source next {source_id} {in_shell(path.name)}. "
            "Välj annars ett annat --id."
        )
    area = workspace.catalogue.areas.get(source_id)
    if any(i.polarity_reason != DRAFTED for i in (area.indicator if area else ())):
        raise SelectionError(
            f"Indikatorerna i data/indicators/{source_id}.toml är granskade och skulle skrivas "
            "över. Ändra svaret i source.toml i stället."
        )


def open_questions(workspace: Workspace, source_id: str) -> pl.DataFrame:
    """The open questions of a source, in the schema ``QUESTIONS``.

    Raises ``SelectionError`` for an unknown source.
    """
    rows = [question.model_dump() for question in _questions(workspace, source_id)[1]]
    return pl.DataFrame(rows, schema=QUESTIONS)


def answered_questions(workspace: Workspace, source_id: str) -> pl.DataFrame:
    """The questions about a source that have an answer, in the schema ``ANSWERED``.

    Raises ``SelectionError`` for an unknown source.
    """
    path, still = _questions(workspace, source_id)
    asked = Asked.read(path.parent)
    left = {question.key for question in still}
    rows = [
        question.model_dump() | {"answer": asked.answers[question.key]}
        for question in (asked.questions() if asked else ())
        if asked is not None and question.key in asked.answers and question.key not in left
    ]
    return pl.DataFrame(rows, schema=ANSWERED)


def answer(
    workspace: Workspace,
    source_id: str,
    answers: Mapping[str, str],
    *,
    accept: int | None = None,
) -> tuple[dict[Path, bytes], tuple[Question, ...]]:
    """Answer questions of a source: the files to write, and the questions that are left.

    ``accept`` takes every proposal that is at least so likely; ``ALL`` takes all. A question that
    has an answer gets another one. Raises ``SelectionError`` for what is no answer, or no question
    of the source.
    """
    path, questions = _questions(workspace, source_id)
    text = path.read_text(encoding="utf-8")
    known = {question.key for question in questions}
    asked = Asked.read(path.parent)
    if asked is None or not known <= {question.key for question in asked.questions()}:
        asked = Asked(text, document=asked.document if asked else "")
    again = {k: said for k, said in answers.items() if k not in known and k in asked.answers}
    entries: dict[Path, bytes] = {}
    if again:
        again, entries = with_new_indicators(
            workspace, tomllib.loads(asked.text), asked.questions(), again
        )
        text = asked.anew(text, again, workspace.geography)
    given = {key: said for key, said in answers.items() if key not in again}
    given, more = with_new_indicators(workspace, tomllib.loads(text), questions, given, entries)
    given = taken(questions, given, accept)
    text = answered(text, questions, given, workspace.geography)
    entries = with_units(workspace, source_id, text, entries | more)
    kept = replace(asked, answers={**asked.answers, **again, **given}).file(path.parent)
    return {path: text.encode()} | entries | kept, still_open(questions, answers, accept)


def with_units(
    workspace: Workspace, source_id: str, declaration: str, files: Mapping[Path, bytes]
) -> dict[Path, bytes]:
    """Files to write, with the units that a declaration says of the indicators drafted for it."""
    path = workspace.root / "data" / "indicators" / f"{source_id}.toml"
    before = files.get(path) or (path.read_bytes() if path.is_file() else b"")
    after = with_declared_units(before.decode(), tomllib.loads(declaration)).encode()
    return dict(files) if after == before else {**files, path: after}


def still_open(
    questions: Iterable[Question], answers: Mapping[str, str], accept: int | None
) -> tuple[Question, ...]:
    """The questions that neither an answer nor an accepted proposal closes."""
    return tuple(
        q
        for q in questions
        if q.key not in answers and (accept is None or q.proposal is None or q.score < accept)
    )


def with_new_indicators(
    workspace: Workspace,
    raw: Mapping[str, Any],
    questions: Iterable[Question],
    answers: Mapping[str, str],
    files: Mapping[Path, bytes] = MappingProxyType({}),
) -> tuple[dict[str, str], dict[Path, bytes]]:
    """The answers with the ids of new indicators for ``NEW``, and the files that declare these.

    An indicator whose row is not the likely one after all has the likely one's area and unit.
    ``files`` are going to be written too, and are added to.
    """
    given = dict(answers)
    known = {row["indicator_id"]: row for row in workspace.indicators.iter_rows(named=True)}
    made: dict[Path, bytes] = {}
    for question in questions:
        said = given.get(question.key, "").strip().casefold()
        like = known.get(question.proposal or "")
        if said != NEW or question.kind != "indicator" or like is None:
            continue
        rows = (row for table in raw["table"] for row in table.get("indicators", {}).items())
        label = next(label for label, mark in rows if mark == question.mark)
        new = NewIndicator(f"{like['area_id']}.{slug(label)}", label, like["unit"])
        if new.id in known:
            raise SelectionError(
                f"{question.key}: {new.id} finns redan i katalogen; svara med ett id."
            )
        path = workspace.root / "data" / "indicators" / f"{like['area_id']}.toml"
        before = made.get(path) or files.get(path) or path.read_bytes()
        year = {"asked_from": int(str(raw["reporting_period"])[:4])} if _asked(like, raw) else {}
        entry = f"\n[[indicator]]\n{indicator_entry(new, **year)}"
        made[path] = before.rstrip(b"\n") + b"\n" + entry.encode()
        given[question.key] = new.id
    return given, made


def _asked(like: Mapping[str, Any], raw: Mapping[str, Any]) -> bool:
    """Whether a new indicator is a question that was first asked in the document's year."""
    return like["unit"] == "answer" and str(raw["reporting_period"])[:4].isdigit()


def _questions(workspace: Workspace, source_id: str) -> tuple[Path, tuple[Question, ...]]:
    path = workspace.root / "data" / "sources" / source_id / "source.toml"
    if source_id not in workspace.drafts and source_id not in workspace.sources:
        try:
            workspace.source(source_id)
        except SelectionError as error:
            raise SelectionError(
                f"{error} Har ojmf import ställt frågor om en fil men inte skrivit något, svara i "
                "samma kommando med --answer NYCKEL=SVAR, eller gör ett utkast med "
                "ojmf source new FIL."
            ) from None
    raw, _ = read_toml(path)
    draft = drafted(raw, path)
    return path, draft.questions if draft else ()
