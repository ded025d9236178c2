"""Rows of all counties of an export: they are the country's, unless they sum up what is shown."""

from __future__ import annotations

from collections.abc import Sequence

from ojmf.authoring.blocks import Block
from ojmf.authoring.months_apart import numbers
from ojmf.geography import Gazetteer
from ojmf.ingest.layouts.row_keys import is_all
from ojmf.model import COUNTRY

_COUNTIES = 21
_SLACK = 0.5


def words_for_the_country(block: Block, roles: Sequence[str], gazetteer: Gazetteer) -> set[str]:
    """What stands for the country in the columns of places: ``Alla`` beside counties by name.

    In a column of counties alone only where figures are more than those of the counties that are
    shown; a sum of some counties is no country's.
    """
    places = [i for i, role in enumerate(roles) if role == "place"]
    rows = {n: [*cells, *[""] * len(roles)] for n, cells in block.rows.items() if any(cells)}
    column = next((i for i in places if _names_counties(block, i, gazetteer)), None)
    if column is None:
        return set()
    narrow = [i for i in places if i != column]
    whole = {n for n, row in rows.items() if all(is_all(row[i]) for i in narrow)}
    of_all = {n for n in whole if rows[n][column] and is_all(rows[n][column])}
    of_counties = {n for n in whole - of_all if rows[n][column]}
    values = [i for i, role in enumerate(roles) if role == "figure"]
    keys = [i for i in range(len(roles)) if i not in {*places, *values}]
    more = False
    for index in values:
        figures = numbers(block, index)
        for number in of_all & figures.keys():
            beside = [n for n in of_counties if all(rows[n][i] == rows[number][i] for i in keys)]
            shown = [figures[n] for n in beside if n in figures]
            if 0 < len(shown) < _COUNTIES and abs(figures[number] - sum(shown)) < _SLACK:
                return set()
            more |= len(shown) == len(beside) and figures[number] > sum(shown) > 0
    if not (narrow or more):
        return set()
    return {rows[n][i] for n in of_all for i in places if rows[n][i]}


def _names_counties(block: Block, index: int, gazetteer: Gazetteer) -> bool:
    """Whether a column tells the county of its rows, or that they are of all counties."""
    texts = [text for text in block.texts(index) if not is_all(text)]
    codes = {gazetteer.by_text(text) or "" for text in texts}
    return bool(codes) and all(len(code) == len(COUNTRY) and code != COUNTRY for code in codes)
