"""Which column of a table tells when its rows are from, where several say it."""

from __future__ import annotations

import re

from ojmf.authoring.blocks import Block, is_year
from ojmf.authoring.forms import slug
from ojmf.authoring.said_periods import ANY_YEAR, WEEK
from ojmf.declarations.drafts import Question
from ojmf.ingest.layouts.long import month_of
from ojmf.periods import cell_period

MEASURED = r"\w*period|mät(år|tid|tillfälle|datum)|avser( år| period)?|vecka|vecko(nr|nummer)|week"
"""Headers of columns whose cells always say when the row was measured."""
_WHEN_MEASURED = re.compile(MEASURED, re.I)
_NAMES_TIME = re.compile(r"\b(kvartal|kv|[KQT]\d)\b", re.I)
_DAY = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")
"""A day, also in an order that is not told: ``02-04-20``."""
_TWO = 2


def one_time(block: Block, roles: list[str]) -> None:
    """Let the finest column of periods tell when, and pass over those that say the same again.

    Exports prepared for charts have the year, the month's name and both together beside it.
    """
    rows = [[*cells, *[""] * len(roles)] for cells in block.rows.values() if any(cells)]
    told = [i for i, role in enumerate(roles) if role == "period"]
    if not told:
        return
    finest = max(told, key=lambda i: len({row[i] for row in rows}))
    for index, role in enumerate(roles):
        cells = {row[index] for row in rows if row[index]}
        pairs = {(row[finest], row[index]) for row in rows}
        follows = len(pairs) == len({row[finest] for row in rows}) > 1
        if index == finest or not follows or role not in {"period", "month", "text"}:
            continue
        whole = role == "month" and any(map(is_year, (row[finest] for row in rows)))
        if not whole and (role != "text" or all(map(_says_time, cells))):
            roles[index] = "again"


def _says_time(text: str) -> bool:
    return (
        cell_period(text) is not None
        or (month_of(text) is not None and not text.isdigit())
        or _NAMES_TIME.search(text) is not None
        or (ANY_YEAR.search(text) is not None and any(map(month_of, re.findall(r"[^\W\d]+", text))))
    )


def several_times(block: Block, roles: list[str]) -> Question | None:
    """The question which of several columns of periods tells when the figures are from."""
    told = [block.said[i] for i, role in enumerate(roles) if role == "period"]
    if len(told) < _TWO:
        return None
    return Question(
        key=f"table.{slug(block.title) or 'tabell'}-{block.first}",
        question=f"Vilken av kolumnerna ”{'”, ”'.join(told)[:80]}” säger vilken period talen "
        "gäller? Ta bort de andra ur filen.",
        kind="table",
    )


def unread_periods(block: Block, roles: list[str]) -> Question | None:
    """The question what a column means that says when rows were measured in other words."""
    weeks = [said for said in block.said if WEEK.search(said)]
    if weeks:
        return Question(
            key=f"table.{slug(block.title) or 'tabell'}-{block.first}",
            question=f"Kolumnen ”{weeks[0][:40]}” ser ut att gälla en vecka, som inte är någon "
            "period i ojmf. Räkna ihop veckorna till månader eller år i filen.",
            kind="table",
        )
    for index, role in enumerate(roles[: len(block.said)]):
        cells = [text for text in block.column(index) if text]
        odd = [text for text in cells if cell_period(text) is None]
        days = index == 0 and "period" not in roles and all(map(_DAY.fullmatch, cells))
        told = days or _WHEN_MEASURED.fullmatch(block.said[index])
        if told and role != "period" and odd and re.search(r"\d", " ".join(cells)):
            return Question(
                key=f"table.{slug(block.title) or 'tabell'}-{block.first}",
                question=f"Vilken period är ”{odd[0][:40]}” i kolumnen ”{block.said[index][:40]}”? "
                "Skriv den i filen som 2024, 2024-08 eller 2024-01/2024-08.",
                kind="table",
            )
    return None
