"""Units that a workbook's number formats write behind figures, beside the declared ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl

from ojmf.declarations import Source
from ojmf.findings import finding, findings_frame
from ojmf.ingest.document import Document
from ojmf.model import Severity
from ojmf.unit_words import unit_in_cell

if TYPE_CHECKING:
    from ojmf.ingest.layouts.locate import Reading

SHOWN = "unit-shown"
_KRONOR = {"SEK": 0, "MSEK": 6, "SEK_per_inhabitant": 0, "SEK_per_unit": 0}
"""The power of ten of kronor that a unit stands for."""

_MONEY = {0: "kronor", 3: "tkr", 6: "mnkr", 9: "miljarder kronor"}


def shown_otherwise(
    source: Source, document: Document, readings: Sequence[Reading], cells: pl.DataFrame
) -> pl.DataFrame:
    """A critical finding for each column whose cells show another unit, as ``FINDINGS``.

    Units of money are held against each other by their size, and against what is no money; among
    counts the word says little (``st`` of persons). ``cells`` is ``harmonise.CELLS``.
    """
    own = [cell for reading in readings for cell in reading.cells]
    words = [
        (number, fact.unit)
        for number, cell in enumerate(own)
        if (fact := document.facts.get((cell.line, cell.index))) is not None and fact.unit
    ]
    shown = cells.filter(content="figure").join(
        pl.DataFrame(words, schema={"cell": pl.UInt32, "word": pl.String}, orient="row"),
        on="cell",
        maintain_order="left",
    )
    column = ["table", "column_label", "unit", "shift", "word"]
    told = []
    for (table, label, unit, shift, word), same in shown.group_by(column, maintain_order=True):
        declared, seen = _kronor(str(unit), shift), _kronor(*(unit_in_cell(str(word)) or ("", 0)))
        if unit is None or declared == seen or unit_in_cell(str(word)) is None:
            continue
        line, place, row, raw = same.select("line", "place", "row_label", "raw").row(0)
        others = same.height - 1
        amount = "1 cell" if others == 1 else f"{others} celler"
        more = f", som {amount} till i kolumnen," if others else ""
        what = unit if declared is None else _MONEY.get(declared, f"10^{declared} kronor")
        told.append(
            finding(
                Severity.CRITICAL,
                SHOWN,
                f"{document.name} {place}: rad ”{row}”, kolumn ”{label}” visas med ”{word}”"
                f"{more or ','} men är deklarerad i {what}. Rätta unit och shift för kolumnen i "
                "source.toml, eller cellernas talformat.",
                source,
                key=f"{table}|{label}|{word}",
                line=line,
                table=table,
                row_label=row,
                column_label=label,
                raw=raw,
            )
        )
    return findings_frame(told)


def _kronor(unit: str, shift: object) -> int | None:
    """The power of ten of kronor that figures are printed in; None where they are no money."""
    power = _KRONOR.get(unit)
    return None if power is None else power + (shift if isinstance(shift, int) else 0)
