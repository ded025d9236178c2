"""Figures that a document prints in two tables, which a total over areas counts once.

That two cells are one figure is declared: an identity of the source says that they are equal.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

import polars as pl

from ojmf.model import Scenario

if TYPE_CHECKING:
    from ojmf.declarations import Source
    from ojmf.workspace import Workspace

_Cell = tuple[str, str, str]
_CELL = ("source_id", "table", "row_label", "column_label")
_PAIR = 2
_ONE = ("geo", "period_start", "period_end", "scenario")


def printed_again(workspace: Workspace, geo: str) -> dict[str, str]:
    """The indicators of a municipality that are nothing but deviations of others, and those others.

    The others' table has the same deviation, and stands first.
    """
    pairs = [
        (name, *cell, *other)
        for name, source in workspace.sources.items()
        for cell, other in _equal(source)
    ]
    if not pairs:
        return {}
    names = [*_CELL, *(f"{name}_again" for name in _CELL[1:])]
    schema = dict.fromkeys(names, pl.String)
    cells = workspace.scan().filter(pl.col("geo") == geo)
    deviation = pl.col("scenario") == Scenario.DEVIATION.value
    alone = cells.group_by("indicator_id").agg(deviation.all()).filter("scenario")
    found = (
        pl.LazyFrame(pairs, schema=schema, orient="row")
        .join(cells, on=list(_CELL))
        .join(
            cells.filter(deviation),
            left_on=["source_id", *names[len(_CELL) :], *_ONE],
            right_on=[*_CELL, *_ONE],
            suffix="_other",
        )
        .filter(pl.col("indicator_id") != pl.col("indicator_id_other"))
    )
    other = pl.col("line") > pl.col("line_other")
    named = found.select(
        again=pl.when(other).then("indicator_id").otherwise("indicator_id_other"),
        first=pl.when(other).then("indicator_id_other").otherwise("indicator_id"),
    )
    return dict(
        named.join(alone, left_on="again", right_on="indicator_id", how="semi")
        .collect()
        .iter_rows()
    )


def counted_twice(workspace: Workspace, geo: str, indicators: Collection[str]) -> int:
    """How many of the indicators of a municipality stand in two areas, and are to count once."""
    known = {*indicators}
    return sum({*pair} <= known for pair in printed_again(workspace, geo).items())


def counted_again(workspace: Workspace, geo: str, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of a municipality (with ``gap_beside``) that a total has already counted."""
    compared = rows.filter(pl.col("gap_beside").is_not_null())
    pairs = printed_again(workspace, geo)
    again = compared.filter(pl.col("indicator_id").is_in([*pairs])).with_columns(
        pl.col("indicator_id").replace(pairs).alias("_first")
    )
    first = compared.select(pl.col("indicator_id").alias("_first"), "period_end")
    return again.join(first, on=["_first", "period_end"], how="semi", maintain_order="left")


def _equal(source: Source) -> Iterator[tuple[_Cell, _Cell]]:
    """The pairs of cells that are declared equal: the table's title, the row and the column."""
    titles = {table.id: table.title for table in source.table}
    for identity in source.identity:
        if identity.form == "equal" and not identity.stated and len(identity.cells) == _PAIR:
            one, other = identity.cells
            if one.factor == -other.factor:
                yield (
                    (titles[one.table], one.row, one.column),
                    (titles[other.table], other.row, other.column),
                )
