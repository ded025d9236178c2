"""Which of two figures, the table's or the text's, closes the other identities of the report."""

from __future__ import annotations

import polars as pl

from ojmf.ingest.source import IngestedDocument
from ojmf.printed import swedish

_HELD = ("exact", "within_rounding")
_MOST_TERMS = 6


class Closing:
    """The identities of a document, for asking which figure fits them."""

    def __init__(self, ingested: IngestedDocument) -> None:
        self.cells, self.judged = ingested.cells, ingested.verdicts
        self.terms = ingested.read.terms

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
        """The identities that a cell's figure closes, each once, and the sum of a short one."""
        named = []
        for name, instance, tolerance in (
            held.unique("identity_id", maintain_order=True)
            .select("identity_id", "instance", "tolerance")
            .iter_rows()
        ):
            terms = (
                self.terms.filter((pl.col("instance") == instance) & (pl.col("form") == "sum"))
                .join(self.cells.select("cell", "value", "decimals"), on="cell")
                .with_columns(value=pl.when(pl.col("cell") == cell).then(value).otherwise("value"))
            )
            parts = terms.filter(pl.col("factor") > 0)
            wholes = terms.filter(pl.col("factor") < 0)
            if 1 < parts.height <= _MOST_TERMS and wholes.height == 1:
                places = int(terms["decimals"].max() or 0)  # type: ignore[arg-type]
                added = " + ".join(swedish(v, places) for v in parts["value"])
                summed = swedish(float(parts["value"].sum()), places)
                whole = swedish(float(wholes["value"][0]), places)
                within = "" if summed == whole else f", inom {swedish(tolerance, 2)}"
                name += f" ({added} = {summed} mot {whole}{within})"  # noqa: PLW2901
            named.append(name)
        return ", ".join(named)
