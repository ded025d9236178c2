"""The rows of several municipalities' tables, some municipalities at a time: a country is long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import polars as pl

from ojmf.compare.frame import NothingThereError, Selection
from ojmf.present.annex.rows import Asked, asked_rows, selection_of
from ojmf.present.annex.shown_rows import ROWS, rows_of
from ojmf.present.views import Names

if TYPE_CHECKING:
    from ojmf.workspace import Workspace

_TOGETHER = 20  # municipalities compared at a time, which bounds the memory that it takes


def table_rows(workspace: Workspace, geos: Sequence[str], asked: Asked) -> Iterator[pl.DataFrame]:
    """The rows of the municipalities, one after the other, in frames of some of them each.

    The columns are geo, municipality (its name) and ``ROWS``. Raises as ``compared``.
    """
    names = dict(Names(workspace.indicators, workspace.places).places)
    selection = selection_of(workspace, geos, asked)
    given = False
    for some in in_parts(geos, _TOGETHER):
        try:
            table = _table(workspace, some, asked, selection)
        except NothingThereError:
            continue
        given = True
        yield table.select("geo", pl.col("geo").replace(names).alias("municipality"), *ROWS)
    if not given:
        asked_rows(workspace, geos, asked, selection)  # raises, and says it of all of them


def _table(
    workspace: Workspace, geos: Sequence[str], asked: Asked, selection: Selection
) -> pl.DataFrame:
    rows, extra = asked_rows(workspace, geos, asked, selection)
    return rows_of(workspace, rows, None, extra)


def in_parts(geos: Sequence[str], most: int) -> Iterator[Sequence[str]]:
    """Municipalities in parts of at most so many, of about the same size.

    None is alone that was not asked for alone.
    """
    count = -(-len(geos) // most)
    limits = [number * len(geos) // max(count, 1) for number in range(count + 1)]
    return (geos[start:end] for start, end in pairwise(limits))
