"""Where a figure on the site was printed: document, table, line, printed text, corrections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from ojmf.declarations import Identity, Source
from ojmf.present.marks import span
from ojmf.printed import MINUS

_SPELT_OUT = 4  # terms of a sum that are named


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell: its column, its text and, where it was corrected, what was done."""

    column: str
    raw: str
    correction: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """One printed line and the cells on it.

    ``kind`` is what ``place`` is: the number of a line (Rad), or a place in other terms (Plats).
    """

    source_id: str
    document: str
    table: str
    row: str
    kind: str
    place: str
    cells: tuple[Cell, ...]
    notes: tuple[str, ...]


class Provenance:
    """Every printed line of the observations, found by document and line."""

    def __init__(self, observations: pl.DataFrame, sources: Mapping[str, Source]) -> None:
        self._corrections = {
            (source.id, correction.id): correction_text(source, correction.id)
            for source in sources.values()
            for correction in source.correction
        }
        columns = ("indicator_id", "column_label", "raw", "correction_id", "note", "place")
        grouped = (
            observations.filter(pl.col("line").is_not_null())
            .group_by("document", "line", maintain_order=True)
            .agg(
                pl.col("source_id", "table").first(),
                pl.col("row_label").drop_nulls().first(),
                *columns,
            )
        )
        self._lines = {(row["document"], row["line"]): row for row in grouped.iter_rows(named=True)}

    def at(
        self, document: str | None, line: int | None, indicator: str | None = None
    ) -> Place | None:
        """The printed line, with only the cells of ``indicator`` where one is given."""
        row = self._lines.get((document, line))
        if row is None:
            return None
        names = ("indicator_id", "column_label", "raw", "correction_id", "note", "place")
        cells = [
            cell
            for cell in zip(*(row[name] for name in names), strict=True)
            if indicator is None or cell[0] == indicator
        ]
        places = [cell[-1] for cell in cells if cell[-1]] or [f"rad {line}"]
        where = span(places[0], places[-1]).removeprefix("rad ")
        return Place(
            row["source_id"],
            row["document"],
            row["table"] or "",
            row["row_label"] or "",
            "Rad" if where.isdecimal() else "Plats",
            where,
            tuple(
                Cell(
                    column or "",
                    raw or "",
                    self._corrections.get((row["source_id"], correction)) if correction else None,
                )
                for _, column, raw, correction, *_ in cells
            ),
            # What an empty cell means is said where the cell stands.
            tuple(dict.fromkeys(n for *_, raw, fixed, n, _ in cells if raw and n and not fixed)),
        )

    def table(self, document: str | None, line: int | None) -> str | None:
        """The title of the table that a line belongs to."""
        row = self._lines.get((document, line))
        return None if row is None else row["table"]


def correction_text(source: Source, correction_id: str) -> str:
    """What a declared correction changed, why, and the relations that prove it."""
    correction = next(c for c in source.correction if c.id == correction_id)
    identities = {identity.id: identity for identity in source.identity}
    proofs = [identity_text(identities[name]) for name in correction.proof if name in identities]
    proven = f" Kontroll: {'; '.join(proofs)}." if proofs else ""
    value = correction.value.replace("-", MINUS)
    return (
        f"{correction.column}: i dokumentet står ”{correction.expect}”, rätt är {value} "
        f"({correction.reason}).{proven}"
    )


def identity_text(identity: Identity) -> str:
    """An arithmetic relation of a report as a line of text."""
    if identity.form == "sum":
        where = "i kolumnen" if identity.over == "rows" else "på raden"
        if len(identity.terms) + len(identity.minus) > _SPELT_OUT:
            return f"delarna {where} ska bli {identity.equals}"
        left = " + ".join(identity.terms) + "".join(f" − {term}" for term in identity.minus)
        return f"{left} = {identity.equals} ({where})"
    if identity.form == "percent_change":
        now, before = identity.terms
        return f"{identity.equals} är förändringen i procent från {before} till {now}"
    if identity.form == "ratio":
        return f"{' / '.join(identity.terms)} enligt textens uppgifter"
    cells = [f"{cell.row} ({cell.column})" for cell in identity.cells]
    stated = [f"”{stated.raw}” på rad {stated.line}" for stated in identity.stated]
    return " stämmer med ".join(cells + stated)
