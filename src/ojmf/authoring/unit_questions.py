"""The questions in which unit figures are: of one column or row, or of several alike."""

from __future__ import annotations

import re

from ojmf.authoring.blocks import Block, kind
from ojmf.authoring.forms import ColumnDraft, slug
from ojmf.authoring.index_changes import are_whole
from ojmf.declarations.drafts import Question
from ojmf.model import TIME_UNITS

_TOGETHER = 3
_MOST = 0.6
_SHOWN = 60
_WHOSE = re.compile(r"(?:kommun|län|region|kod)(?:en|et|s?[ _-]?kod)?", re.I)


def ask_unit(name: str, likely: tuple[str, int | None] | None = None) -> Question:
    """The question in which unit figures are; ``likely`` is that of the document's amounts.

    What is likely a count is less so.
    """
    proposal = likely and (likely[0] if likely[0] == "count" else "tkr" if likely[1] else "mkr")
    return Question(
        key=f"unit.{slug(name)}",
        question=f"I vilken enhet är ”{name[:60]}”?",
        kind="unit",
        proposal=proposal,
        score=0 if likely is None else 65 if proposal == "count" else 70,
        options=(
            *("tkr", "mkr", "kr", "SEK_per_inhabitant", "SEK_per_unit", "percent", "permille"),
            *("count", "days", "per_1000", "per_10000", "per_100000", "index", *TIME_UNITS),
        ),
    )


def ask_together(block: Block, columns: list[ColumnDraft], values: list[int]) -> None:
    """One question of the unit of columns that look alike: as many decimals, and each or not.

    The question names them all, so that who answers sees where they differ.
    """
    _take_likely_counts(block, columns, values)
    groups: dict[tuple[object, ...], list[int]] = {}
    for index in values:
        unit = columns[index].unit
        if isinstance(unit, Question) and "andel" not in unit.options:
            shown = [t for t in block.column(index) if kind(t) == "figure"]
            decimals = any(re.search(r"\d[.,]\d", text) for text in shown)
            each = re.search(r"\bper \w", block.said[index], re.I) is not None
            groups.setdefault((decimals, each, unit.proposal, unit.score), []).append(index)
    for number, group in enumerate(groups.values(), start=1):
        if len(group) < _TOGETHER:
            continue
        names = "”, ”".join(columns[i].label[:_SHOWN] for i in group)
        question = f"I vilken enhet är kolumnerna ”{names}”? Är de olika, skriv dem i source.toml."
        for index in group:
            if isinstance(unit := columns[index].unit, Question):
                columns[index].unit = Question(
                    key=f"unit.kolumner-{block.first}-{number}",
                    question=question,
                    kind="unit",
                    proposal=unit.proposal,
                    score=unit.score,
                    options=unit.options,
                )


def _take_likely_counts(block: Block, columns: list[ColumnDraft], group: list[int]) -> None:
    """Ask once of columns of whole figures that nearly all likely count something."""
    asked = {
        i: unit
        for i in group
        if isinstance(unit := columns[i].unit, Question)
        and unit.proposal in {None, "count"}
        and not _WHOSE.fullmatch(block.said[i])
        and are_whole([text for text in block.column(i) if kind(text) == "figure"])
    }
    likely = [i for i, unit in asked.items() if unit.proposal]
    if len(likely) > 1 and len(likely) >= _MOST * len(asked):
        for index in asked.keys() - {*likely}:
            columns[index].unit = ask_unit(block.said[index], ("count", None))
