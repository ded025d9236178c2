"""Drafts: declarations with open questions, which keep what they are about from being read."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ojmf.declarations.base import Declaration
from ojmf.declarations.source import with_defaults

TODO = "TODO: "
"""What a question in a draft begins with; a ``[[question]]`` in short or its key, or its text."""

QuestionKind = Literal[
    "place",
    "period",
    "scenario",
    "unit",
    "area",
    "indicator",
    "symbol",
    "date",
    "answer",
    "decimal",
    "sign",
    "scanned",
    "table",
    "other",
]


class Question(Declaration):
    """A question to the person who knows the document.

    ``proposal`` is the likely answer and ``score`` how likely, 0 to 100; ``options`` are the
    answers to choose from, where they are few. ``where`` is in the file's own terms. ``short`` is
    what a person who edits the file reads in the place of the answer.
    """

    key: str
    question: str
    kind: QuestionKind
    where: str = ""
    proposal: str | None = None
    score: int = 0
    options: tuple[str, ...] = ()
    short: str | None = None

    @property
    def mark(self) -> str:
        """What stands in the place of the answer: the question in short, else its key."""
        return f"{TODO}{self.short or self.key}"


@dataclass(frozen=True, slots=True)
class Drafted:
    """A declaration with open questions: a fault for each, and the document's fingerprint.

    ``withheld`` are the ids of the tables that are not read until their questions are answered;
    None where nothing is.
    """

    faults: tuple[str, ...]
    sha256: str | None
    questions: tuple[Question, ...] = ()
    withheld: tuple[str, ...] | None = None


def open_entries(raw: object, where: str = "") -> Iterator[tuple[str, str]]:
    """The entries of a declaration that are still questions: where each stands, and its text."""
    if isinstance(raw, str):
        if raw.startswith(TODO.rstrip(": ")):
            yield where, raw.removeprefix(TODO)
    elif isinstance(raw, dict):
        for key, value in raw.items():
            yield from open_entries(value, f"{where}, {key}" if where else key)
    elif isinstance(raw, (list, tuple)):
        for number, value in enumerate(raw, start=1):
            name = (
                value.get("id", value.get("label", number)) if isinstance(value, dict) else number
            )
            yield from open_entries(value, f"{where} ”{name}”")


def without_questions(raw: dict[str, Any]) -> dict[str, Any] | None:
    """A draft with what has open questions withheld; None where that leaves nothing.

    A question about a column, or about rows named one by one, withholds these, any other the whole
    table.

    ``like`` is resolved, since a question of a form that tables share withholds all of them.
    A relation to figures of a withheld table, column or row is left out with it.
    """
    resolved = with_defaults(deepcopy(raw))
    resolved.pop("question", None)
    tables = resolved.pop("table", [])
    if any(open_entries(resolved)):
        return None
    kept = [
        _partly(table)
        or _without(_closed(table), "rows", "override")
        | {"withheld": True, "unanswered": table.get("withheld") is not True}
        if any(open_entries(table))
        else table
        for table in tables
    ]
    if not any("withheld" not in table for table in kept):
        return None
    shut = {table["id"] for table in kept if "withheld" in table}
    lost = {table["id"]: _withheld_labels(table) for table in kept}
    relations = [
        one
        for one in resolved.pop("identity", [])
        if not shut & {one.get("table"), *(cell["table"] for cell in one.get("cells", ()))}
        and not lost.get(one.get("table"), set()) & _named_labels(one)
    ]
    return {**resolved, "table": kept} | ({"identity": relations} if relations else {})


def _partly(table: dict[str, Any]) -> dict[str, Any] | None:
    """A table without the columns and rows that have open questions; None where more is open."""
    if table.get("layout") not in {"grid", "places", "long", "tail", "pinned"}:
        return None
    shut = {column["label"] for column in table["columns"] if any(open_entries(column))}
    columns = [
        {"label": column["label"], "content": "text", "withheld": True}
        if any(open_entries(column))
        else column
        for column in table["columns"]
    ]
    rows = {row for row, indicator in table.get("indicators", {}).items() if _is_open(indicator)}
    overrides = []
    for override in table.get("override", ()):
        if any(open_entries(override)):
            rows.update(override.get("rows") or {""})
        elif "columns" not in override:
            overrides.append(override)
        elif left := [label for label in override["columns"] if label not in shut]:
            overrides.append({**override, "columns": left})
    overrides = [o for o in overrides if not o.get("rows") or {*o["rows"]} - rows]
    named = {row: i for row, i in table.get("indicators", {}).items() if row not in rows}
    rest = _without(table, "columns", "override", "indicators")
    rest |= {"columns": columns, "override": overrides, "indicators": named}
    if rows:
        rest = _without(rest, "rows") | {"withheld_rows": sorted(rows)}
    # Rows that nothing is asked about have to be left.
    of_rows = table["layout"] in {"grid", "long", "tail", "pinned"}
    of_rows = of_rows and table.keys().isdisjoint({"sections", "parts"})
    by_row = of_rows and "" not in rows and named
    values = [c for c in columns if c.get("content", "figure") in {"figure", "answer", "category"}]
    read = values and (not rows or by_row)
    return None if any(open_entries(rest)) or not read else rest


def _withheld_labels(table: dict[str, Any]) -> set[str]:
    """The labels of the columns and rows of a table that are withheld."""
    shut = {c["label"] for c in table.get("columns", ()) if c.get("withheld")}
    return shut | {*table.get("withheld_rows", ())}


def _named_labels(relation: dict[str, Any]) -> set[str]:
    """The labels of rows and columns that a relation names."""
    lists = (relation.get(key, ()) for key in ("terms", "minus", "rows", "columns"))
    return {relation.get("equals", ""), *(label for labels in lists for label in labels)}


def _is_open(value: object) -> bool:
    return isinstance(value, str) and any(open_entries(value))


def _without(table: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in table.items() if key not in keys}


def _closed(raw: Any) -> Any:
    """A part of a table without the entries that are questions themselves."""
    if isinstance(raw, dict):
        return {key: _closed(value) for key, value in raw.items() if not _is_open(value)}
    return [_closed(value) for value in raw] if isinstance(raw, list) else raw


def drafted(raw: dict[str, Any], path: Path) -> Drafted | None:
    """What is open in a declaration, in the order in which it stands; None where it is no draft.

    A question that someone wrote by hand has the place where it stands as its key. Raises
    ``ValidationError`` for an entry that is no question.
    """
    known = {q.short or q.key: q for q in map(Question.model_validate, raw.get("question", ()))}
    found: dict[str, Question] = {}
    for where, text in open_entries({k: v for k, v in raw.items() if k != "question"}):
        question = known.get(text) or Question(
            key=where, question=text or "inte besvarad", kind="other", where=where
        )
        found.setdefault(question.key, question)
    questions = tuple(found.values())
    if not questions:
        return None
    left = without_questions(raw)
    return Drafted(
        tuple(
            f"{path}: fråga att besvara: {q.question}"
            + (f" ({q.where})" if q.where else "")
            + (f" Förslag: {q.proposal}." if q.proposal else "")
            for q in questions
        ),
        raw.get("sha256"),
        questions,
        None if left is None else tuple(t["id"] for t in left["table"] if t.get("unanswered")),
    )
