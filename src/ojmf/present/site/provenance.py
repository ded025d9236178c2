"""Where a figure on the site was printed: document, table, line, printed text, corrections."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import groupby

import polars as pl

from ojmf.declarations import Identity, Source
from ojmf.present.marks import span
from ojmf.printed import MINUS
from ojmf.typography import unbroken

PrintedTable = tuple[str, str, str, list[tuple[str, "Place"]]]
"""The source, the document and the name of a table, and its lines with their anchors."""
CORRECTED = "Talet är rättat. Skälet står hos den som har publicerat det i lagret."
"""What is known of a correction that is declared in another workspace."""
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


@dataclass(frozen=True, slots=True)
class Cited:
    """A link from a figure to its source: its text, and what it leads to.

    ``anchor`` is on the municipality's own page of printed lines, and None where the figure comes
    from no document with lines: then the link leads to ``source_id`` on the page of sources.
    """

    text: str
    source_id: str | None
    anchor: str | None


class Provenance:
    """Every line of the reports that a figure is printed on, found by document and line."""

    def __init__(
        self, observations: pl.DataFrame, sources: Mapping[str, Source], printed: Collection[str]
    ) -> None:
        self._corrections = {
            (source.id, correction.id): correction_text(source, correction.id)
            for source in sources.values()
            for correction in source.correction
        }
        columns = ("geo", "indicator_id", "column_label", "raw", "correction_id", "note", "place")
        grouped = (
            # What a service gave, or a file of figures, is cited as a whole: its lines say nothing.
            observations.filter(
                pl.col("line").is_not_null(), pl.col("source_id").is_in(list(printed))
            )
            .group_by("document", "line", maintain_order=True)
            .agg(
                pl.col("source_id", "table").first(),
                pl.col("row_label").drop_nulls().first(),
                *columns,
            )
        )
        self._lines = {(row["document"], row["line"]): row for row in grouped.iter_rows(named=True)}
        self._ids = dict(
            observations.select("document", "source_id").unique(maintain_order=True).iter_rows()
        )

    def cited(
        self,
        source_id: str | None,
        document: str | None,
        line: int | None,
        indicator: str | None = None,
    ) -> Cited:
        """The link to the line that a figure is printed on, or else to its source."""
        place = self.at(document, line, indicator)
        if place is None:
            return Cited("källa", source_id or self._ids.get(document), None)
        return Cited(f"{place.kind.lower()} {place.place}", place.source_id, anchor_of(place, line))

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
                    unbroken(column or ""),
                    raw or "",
                    self._corrections.get((row["source_id"], correction), CORRECTED)
                    if correction
                    else None,
                )
                for _, column, raw, correction, *_ in cells
            ),
            # What an empty cell means is said where the cell stands.
            tuple(dict.fromkeys(n for *_, raw, fixed, n, _ in cells if raw and n and not fixed)),
        )

    def tables(self, geo: str) -> list[PrintedTable]:
        """Every line with a figure of a municipality by its table, in the documents' order."""
        lines = [
            (anchor_of(place, line), place)
            for (document, line), row in self._lines.items()
            if geo in row["geo"] and (place := self.at(document, line)) is not None
        ]
        by_table = groupby(lines, lambda one: (one[1].source_id, one[1].document, one[1].table))
        return [(*table, list(found)) for table, found in by_table]


def anchor_of(place: Place, line: int | None) -> str:
    """The id of a printed line on a page of them."""
    return f"{place.source_id}-{line}"


def correction_text(source: Source, correction_id: str) -> str:
    """What a declared correction changed, why, and the relations that prove it."""
    correction = next(c for c in source.correction if c.id == correction_id)
    identities = {identity.id: identity for identity in source.identity}
    proofs = [identity_text(identities[name]) for name in correction.proof if name in identities]
    proven = f" Kontroll: {'; '.join(proofs)}." if proofs else ""
    value = correction.value.replace("-", MINUS)
    return (
        f"{unbroken(correction.column)}: i dokumentet står ”{correction.expect}”, rätt är {value} "
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
    cells = [f"{cell.row} ({unbroken(cell.column)})" for cell in identity.cells]
    stated = [f"”{stated.raw}” på rad {stated.line}" for stated in identity.stated]
    return " stämmer med ".join(cells + stated)
