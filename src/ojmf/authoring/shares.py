"""Shares: in percent, or fractions of one."""

from __future__ import annotations

import re

from ojmf.authoring.blocks import Block, kind
from ojmf.authoring.forms import Open, slug
from ojmf.authoring.index_changes import values_of
from ojmf.declarations.drafts import Question

_LIKELY = 0.2


def shares_of_column(
    block: Block, index: int, text: str, said: tuple[str, int | None]
) -> tuple[Open, int | None]:
    """The unit of a column of shares."""
    if said[0] != "percent" or re.search("%|procent", text, re.I):
        return said
    figures = [t for t in block.column(index) if kind(t) == "figure"]
    return shares_of(figures, text, said)


def shares_of(
    figures: list[str], text: str, said: tuple[str, int | None]
) -> tuple[Open, int | None]:
    """Shares in percent; a question where all of them are fractions of one."""
    values = values_of(figures)
    small = all(0 <= v <= 1 for v in values) and any(v not in {0, 1} for v in values)
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
