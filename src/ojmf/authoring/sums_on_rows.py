"""Columns of sums in tables that have a row per place, time and what else the sum is of."""

from __future__ import annotations

import re

from ojmf.authoring.blocks import Block
from ojmf.authoring.forms import Proposal
from ojmf.periods import PARTS_OF_YEAR

_SUM = re.compile(r"\b(tot(al\w*)?|summa|samtliga|hela)\b", re.I)


def pass_over_sums(block: Block, found: Proposal, roles: list[str]) -> None:
    """Pass over a column of sums: the same on all rows of a place and period that others differ in.

    Read as the others it would be each row's own figure.
    """
    told = {"place", "code", "period", *PARTS_OF_YEAR, "sex"}
    keys = [i for i, role in enumerate(roles) if role in told]
    values = [i for i, column in enumerate(found.columns) if column.is_value]
    groups: dict[tuple[str, ...], list[list[str]]] = {}
    for cells in block.rows.values():
        row = [*cells, *[""] * len(roles)]
        groups.setdefault(tuple(row[i] for i in keys), []).append(row)
    several = [rows for rows in groups.values() if len(rows) > 1]
    differ = {i for i in values if any(len({row[i] for row in rows}) > 1 for rows in several)}
    for index in values:
        if several and differ and index not in differ and _SUM.search(block.said[index]):
            found.columns[index].content, found.columns[index].unit = "text", None
            found.columns[index].indicator = None
            found.columns[index].ignore = "summa som står på var och en av sina rader"
