"""Which of two figures, the table's or the text's, closes the other identities of the report."""

from __future__ import annotations

import polars as pl

from ojmf.ingest.source import IngestedDocument
from ojmf.printed import swedish

_HELD = ("exact", "within_rounding")


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
        one, other = table_holds.height, text_holds.height
        places = int(found["decimals"][0] or 0)
        if one > other:
            ids = ", ".join(table_holds["identity_id"].unique(maintain_order=True))
            return (
                f"tabellens {swedish(value, places)} stämmer med {ids}; "
                f"textens {swedish(said, places)} gör det inte"
            )
        if other > one:
            ids = ", ".join(text_holds["identity_id"].unique(maintain_order=True))
            return f"textens {swedish(said, places)} stämmer med {ids}; tabellens gör det inte"
        return ""
