"""The questions in which unit figures are, and whether shares are fractions of one."""

from __future__ import annotations

from ojmf.authoring.forms import slug
from ojmf.declarations.drafts import Question
from ojmf.model import TIME_UNITS


def ask_unit(name: str, likely: tuple[str, int | None] | None = None) -> Question:
    """The question in which unit figures are; ``likely`` is that of the document's amounts."""
    return Question(
        key=f"unit.{slug(name)}",
        question=f"I vilken enhet är ”{name[:60]}”?",
        kind="unit",
        proposal=("tkr" if likely[1] else "mkr") if likely else None,
        score=70 if likely else 0,
        options=(
            *("tkr", "mkr", "kr", "SEK_per_inhabitant", "SEK_per_unit", "percent", "permille"),
            *("count", "days", "per_1000", "per_10000", "per_100000", "index", *TIME_UNITS),
        ),
    )


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
