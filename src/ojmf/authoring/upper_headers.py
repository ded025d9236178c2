"""Headers of several lines: what stands over several columns, and what a blank line sets apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise, zip_longest

from ojmf.ingest.layouts.locate import cells_of

_FEWEST_TEXTS = 2
_DIGIT = re.compile(r"\d")


def completes(
    upper: Sequence[Sequence[str]], lower: Sequence[Sequence[str]], data: Sequence[Sequence[str]]
) -> bool:
    """Whether the lines above name each column of figures that the lines below leave unnamed.

    Each is rows of cells. Lines that name none of them are of another table.
    """
    above, below = _named(upper), _named(lower)
    figures = {i for cells in data for i, cell in enumerate(cells) if i and _DIGIT.search(cell)}
    unnamed = figures - below
    return bool(unnamed) and unnamed <= above and len(above) >= _FEWEST_TEXTS


def _named(rows: Iterable[Sequence[str]]) -> set[int]:
    """The columns in which any of the rows has a text."""
    return {i for i, cells in enumerate(zip_longest(*rows, fillvalue="")) if any(cells)}


def spread(texts: list[str]) -> list[str]:
    """The rows of a header with what stands over several columns repeated over each of them."""
    rows = [cells_of(text) for text in texts]
    width = max(map(len, rows), default=0)
    rows = [[*row, *[""] * (width - len(row))] for row in rows]
    for number, (upper, lower) in enumerate(pairwise(rows)):
        if sum(map(bool, upper)) < _FEWEST_TEXTS:
            continue
        for index in range(2, width):
            between = any(row[index] for row in rows[number + 1 : -1])
            if not upper[index] and (lower[index] or (rows[-1][index] and not between)):
                upper[index] = upper[index - 1]
    return ["\t".join(cells) for cells in rows]
