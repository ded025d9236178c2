"""Figures of the twelve months up to one, as sick leave is often told: ``R12 aug 2025``."""

from __future__ import annotations

import re

from ojmf.authoring.blocks import Block, is_year
from ojmf.authoring.forms import slug
from ojmf.authoring.said_periods import Said
from ojmf.declarations.drafts import Question
from ojmf.periods import PARTS_OF_YEAR, cell_period, of_months

ROLLING = re.compile(
    r"\b(?:rullande|senaste) (?:12|tolv)\b|\bR ?12\b|"
    r"\b(?:12|tolv)[ -]månaders ?(?:medel|värde|snitt|genomsnitt|tal)",
    re.I,
)
_MONTH = re.compile(r"(\d{4})-(\d\d)(?:-\d\d)?")


def twelve_months(here: Said, near: str, text: str) -> Said:
    """What a header or what is ``near`` it says where that is of the twelve months up to one."""
    ways = [way.rpartition("/")[2] for way in (here.period, *here.options) if way]
    ends = {(int(m[1]), int(m[2])) for way in ways if (m := _MONTH.fullmatch(way))}
    if len(ends) != 1 or not ROLLING.search(f"{near} {text}"):
        return here
    year, month = ends.pop()
    whole = of_months((year - (month < 12), month % 12 + 1), (year, month))
    return Said(*whole) if whole else here


def rolling_rows(block: Block, roles: list[str]) -> Question | None:
    """The question what rows of months are of in a table of rolling twelve months."""
    told = [t for i, role in enumerate(roles) if role == "period" for t in block.column(i) if t]
    parts = [text for text in told if cell_period(text) and not is_year(text)]
    parts += [
        t for i, role in enumerate(roles) if role in PARTS_OF_YEAR for t in block.column(i) if t
    ]
    title = f"{block.over} {block.title} {block.heading} {' '.join(block.said)}"
    if not parts or not ROLLING.search(title):
        return None
    return Question(
        key=f"table.{slug(block.title) or 'tabell'}-{block.first}",
        question=f"Gäller raden ”{parts[0]}” tolv månader? Skriv då dess period i filen, till "
        "exempel 2024-09/2025-08.",
        kind="table",
    )
