"""Shares: in percent, or fractions of one."""

from __future__ import annotations

import re

from ojmf.authoring.blocks import Block, kind
from ojmf.authoring.forms import Open, slug
from ojmf.authoring.index_changes import values_of
from ojmf.declarations.drafts import Question
from ojmf.printed import as_float

_LIKELY = 0.2
_CHANGES = re.compile(r"förändr|utveckl|skillnad|diff|ökning|minskning|avvik", re.I)


def shares_of_column(
    block: Block, index: int, text: str, said: tuple[Open, int | None]
) -> tuple[Open, int | None]:
    """The unit of a column of shares."""
    if said[0] != "percent" or re.search("%|procent", text, re.I):
        return said
    figures = [t for t in block.column(index) if kind(t) == "figure"]
    return shares_of(figures, text, said)


def shares_of(
    figures: list[str], text: str, said: tuple[Open, int | None]
) -> tuple[Open, int | None]:
    """Shares in percent; a question where all of them are fractions of one."""
    values = values_of(figures)
    least = 0 if _CHANGES.search(text) else -1  # a change of a percentage may well be small
    small = all(least <= v <= 1 for v in values) and any(v not in {0, 1} for v in values)
    if not small or any("%" in t for t in figures):
        return said
    # 0,4 with one decimal may well be 0,4 percent; 0,4347 can hardly be.
    likely = max(values) > _LIKELY and any(re.search(r"[.,]\d\d", t) is not None for t in figures)
    return ask_fractions(text, likely=likely), None


def ask_fractions(text: str, *, likely: bool) -> Question:
    """The question whether shares are fractions of one."""
    return Question(
        key=f"unit.andel.{slug(text)}",
        question=f"Är andelarna i ”{text[:60]}” delar av ett (0,43 är 43 procent)?",
        kind="unit",
        proposal="andel" if likely else None,
        score=85 if likely else 0,
        options=("andel", "percent"),
    )


def shares_of_whole(block: Block, values: list[int]) -> set[int]:
    """Neighbouring columns of figures with decimals whose sum is 100 in nearly every row."""
    rows = [[*cells, *[""] * len(block.said)] for cells in block.rows.values() if any(cells)]
    numbers = {
        i: [as_float(row[i]) if _DECIMAL.fullmatch(row[i]) else None for row in rows]
        for i in values
        if any(re.search("[.,]", row[i]) for row in rows)
    }
    found: set[int] = set()
    for first in numbers:
        for last in (i for i in numbers if i >= first + 2 and not found & {*range(first, i + 1)}):
            columns = [numbers[i] for i in range(first, last + 1) if i in numbers]
            if len(columns) < last - first + 1:
                break
            sums = [sum(row) for row in zip(*columns, strict=True) if None not in row]
            near = sum(abs(total - 100) <= 0.05 * len(columns) + 0.01 for total in sums)
            if len(sums) >= _FEWEST_SUMS and near >= _MOST_SUMS * len(rows):
                found |= {*range(first, last + 1)}
    return found


_DECIMAL = re.compile(r"\d{1,3}(?:[.,]\d+)?")
_FEWEST_SUMS, _MOST_SUMS = 5, 0.9
