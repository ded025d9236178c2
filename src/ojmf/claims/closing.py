"""Which of two figures, the table's or the text's, closes the other identities of the report."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from ojmf.ingest.source import IngestedDocument
from ojmf.printed import MINUS, swedish

_HELD = ("exact", "within_rounding")
_MOST_TERMS = 6


class Closing:
    """The identities between a document's cells, for asking which figure fits them.

    What the declaration takes from the text is left out: it is the text that is on trial.
    """

    def __init__(self, ingested: IngestedDocument) -> None:
        self.cells, terms = ingested.cells, ingested.read.terms
        stated = terms.filter(pl.col("stated_raw").is_not_null()).select("instance")
        self.terms = terms.join(stated, on="instance", how="anti")
        self.judged = ingested.verdicts

    def side(self, line: int, table: str, row: str, column: str, said: float) -> str:
        """In Swedish, which side closes the identities of a cell; empty where none tells."""
        found = self.cells.filter(
            (pl.col("line") == line)
            & (pl.col("row_label") == row)
            & (pl.col("column_label") == column)
            & (pl.col("table") == table)
        )
        if found.is_empty() or found["value"][0] is None:
            return ""
        value = float(found["value"][0])
        joined = (
            self.terms.filter((pl.col("cell") == found["cell"][0]) & (pl.col("role") == "term"))
            .join(self.judged, on=["identity_id", "instance"])
            .filter(pl.col("verdict") != "not_testable")
            .with_columns(instead=(pl.col("residual") + pl.col("factor") * (said - value)).abs())
        )
        if joined.is_empty():
            return ""
        table_holds = joined.filter(pl.col("verdict").is_in(_HELD))
        text_holds = joined.filter(pl.col("instead") < pl.col("tolerance").clip(1e-9))
        cell, places = int(found["cell"][0]), int(found["decimals"][0] or 0)
        one, other = swedish(value, places), swedish(said, places)
        if table_holds.height > text_holds.height:
            sums = self._sums(table_holds, cell, value)
            return f"tabellens {one} stämmer med {sums}; textens {other} gör det inte"
        if text_holds.height > table_holds.height:
            sums = self._sums(text_holds, cell, said)
            return f"textens {other} stämmer med {sums}; tabellens {one} gör det inte"
        return ""

    def _sums(self, held: pl.DataFrame, cell: int, value: float) -> str:
        """The identities that a cell's figure closes, in words, and the sum of a short one."""
        known = self.cells.select("cell", "table", "row_label", "column_label", "value", "decimals")
        own = known.row(by_predicate=pl.col("cell") == cell, named=True)
        named = []
        for instance, form, tolerance in (
            held.unique("identity_id", maintain_order=True)
            .select("instance", "form", "tolerance")
            .iter_rows()
        ):
            terms = self.terms.filter(pl.col("instance") == instance).join(
                known, on="cell", how="left", maintain_order="left"
            )
            if form == "sum":
                named.append(_sum(terms, own, value, tolerance))
                continue
            others = terms.filter(pl.col("cell").is_null() | (pl.col("cell") != cell))
            named += [
                f"”{row}” ({column}) i tabellen ”{table}”"
                for table, row, column in others.drop_nulls("cell")
                .select("table", "row_label", "column_label")
                .iter_rows()
            ]
        return ", ".join(dict.fromkeys(named))


def _sum(terms: pl.DataFrame, own: Mapping[str, object], value: float, tolerance: float) -> str:
    """A sum that a cell is a part of, named by where it stands, and its arithmetic if short."""
    *parts, whole = terms.with_columns(
        value=pl.when(pl.col("cell") == own["cell"]).then(value).otherwise("value")
    ).iter_rows(named=True)
    if whole["cell"] == own["cell"]:
        name = "summan av delarna"
    elif whole["row_label"] == own["row_label"]:
        name = f"summan i kolumnen ”{whole['column_label']}”"
    else:
        name = f"summan på raden ”{whole['row_label']}”"
    if len(parts) > _MOST_TERMS or any(term["value"] is None for term in (*parts, whole)):
        return name
    places = int(max(term["decimals"] or 0 for term in (*parts, whole)))
    figures = [swedish(term["factor"] * term["value"], places) for term in parts]
    added = figures[0] + "".join(
        f" − {figure[1:]}" if figure.startswith(MINUS) else f" + {figure}" for figure in figures[1:]
    )
    summed = swedish(sum(term["factor"] * term["value"] for term in parts), places)
    printed = swedish(whole["value"], places)
    within = "" if summed == printed else f", inom {swedish(tolerance, 2)}"
    return f"{name} ({added} = {summed} mot {printed}{within})"
