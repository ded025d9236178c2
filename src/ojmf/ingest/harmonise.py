"""Cells to observations: what each printed cell means, in the terms that all sources share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import polars as pl

from ojmf.declarations import Source, Table
from ojmf.declarations.catalogue import Catalogue
from ojmf.declarations.notation import Printed
from ojmf.errors import TableError
from ojmf.ingest.document import Document
from ojmf.ingest.layouts.locate import REDACTED, Cell, Reading
from ojmf.model import Answer, ObsStatus, Sex
from ojmf.periods import Period, month_period, parse_period
from ojmf.printed import decimals, figure, folded, shifted, squeeze
from ojmf.suggestions import did_you_mean
from ojmf.typography import plain_mark, raised, unusual

CELLS = pl.Schema(
    {
        "cell": pl.UInt32,
        "table_id": pl.String,
        "line": pl.Int32,
        "table": pl.String,
        "heading": pl.String,
        "row_label": pl.String,
        "column_label": pl.String,
        "raw": pl.String,
        "meant": pl.String,
        "shift": pl.Int8,
        "content": pl.String,
        "column_decimals": pl.Int8,
        "indicator_id": pl.String,
        "area_id": pl.String,
        "unit": pl.String,
        "geo": pl.String,
        "scenario": pl.String,
        "period_start": pl.Date,
        "period_end": pl.Date,
        "period_kind": pl.String,
        "declared_status": pl.String,
        "missing_status": pl.String,
        "missing_note": pl.String,
        "refused": pl.String,
        "declared_note": pl.String,
        "place": pl.String,
        "sex": pl.String,
    }
)
"""One row per printed cell with its declared meaning, before the printed text is judged.

``meant`` is the text that the printed one stands for, where the declaration says so; ``refused``
says why the reader of the file found that the text can't be told for sure; ``place`` is where the
cell stands in the file's own terms.
"""

BLANK = "tom i källan"
FUTURE = "framtida månad"
DEFINITION = "definition av mått, utan siffra"
UNREADABLE = "oläslig"
NO_FIGURE = "inget tal"
_SHARES = ("percent", "percentage_points", "index", "answer")
"""Units whose figures may be printed with a percent sign."""

_FOOTNOTE_LINES = 60
"""So many lines behind a table a mark is looked for at the beginning of a line."""

_MERGED = (
    "indicator",
    "unit",
    "shift",
    "geo",
    "sex",
    "scenario",
    "period",
    "period_kind",
    "status",
    "note",
    "blank_status",
    "blank_note",
)


class _Meaning:
    """Resolves the attributes of a table's cells: column first, then overrides in order."""

    def __init__(
        self, source: Source, catalogue: Catalogue, reading: Reading, document: Document
    ) -> None:
        self.source = source
        self.catalogue = catalogue
        self.reading = reading
        self.table: Table = reading.table
        self.document = document
        self.name = document.name
        self.answers = {key.casefold(): str(value) for key, value in source.answers.items()}
        self.until = parse_period(source.reporting_period).end
        self.unused = set(range(len(self.table.override)))
        contents = [column.content for column in self.table.columns]
        self.label = contents.index("label") if "label" in contents else 0
        self.printed = lru_cache(maxsize=None)(source.notation(self.table).read)
        self.footnote = lru_cache(maxsize=None)(self._footnote)

    def merged(self, cell: Cell) -> dict[str, Any]:
        found: dict[str, Any] = {key: getattr(cell.column, key) for key in _MERGED}
        notes = [*cell.notes, *([cell.column.note] if cell.column.note else [])]
        if spelled := self.table.category_spelling.get(cell.raw):
            notes.append(f"läses ”{spelled}”")
        for index, override in enumerate(self.table.override):
            rows, columns = override.rows, override.columns
            if (rows and cell.row not in rows) or (columns and cell.column.label not in columns):
                continue
            self.unused.discard(index)
            if override.period is not None:
                found["period_kind"] = None
            found |= {k: v for k in _MERGED if (v := getattr(override, k)) is not None}
            if override.note:
                notes.append(override.note)
            if override.footnote:
                line = self.reading.footnotes.get(override.footnote)
                notes.append(f"fotnot på rad {line}")
        found["note"] = "; ".join(notes) or None
        return found

    def missing(self, cell: Cell, found: dict[str, Any]) -> tuple[str, str] | None:
        """The status and reason of a cell without a figure; None where the text is to be read."""
        symbols = self.source.symbols
        symbol = symbols.get(squeeze(cell.raw)) or symbols.get(
            squeeze(self.printed(cell.raw).text) if cell.raw else ""
        )
        if symbol is not None:
            return symbol.status or ObsStatus.MISSING, symbol.note or cell.raw
        if self.table.layout == "list":
            return ObsStatus.CANNOT_EXIST, DEFINITION
        if cell.raw:
            return None
        if cell.month is not None:
            period = month_period(*cell.month)
            if period.end > self.until:
                return ObsStatus.CANNOT_EXIST, FUTURE
            if self.table.starts and period.start < self.table.starts:
                return ObsStatus.NOT_COLLECTED, f"mätningen började {self.table.starts}"
        return found["blank_status"] or ObsStatus.MISSING, found["blank_note"] or BLANK

    def marked(self, printed: Printed, found: dict[str, Any]) -> list[str]:
        """Let the marks beside a figure say what they are declared to; returns their notes."""
        notes = [f"överstruket: {printed.struck.strip()}"] if printed.struck else []
        for mark, said in printed.marks:
            own = {key: value for key in _MERGED if (value := getattr(said, key)) is not None}
            if mark in self.source.approximations:
                own.setdefault("status", ObsStatus.UNRELIABLE)
                own.setdefault("note", "ungefärligt")
            elif not own:
                line = self.footnote(mark)
                own["note"] = f"märket {mark}" + (f", fotnot på rad {line}" if line else "")
            notes += [own.pop("note")] if "note" in own else []
            found |= own
        return notes

    def _footnote(self, mark: str) -> int | None:
        """The line behind the table that begins with a mark, which an extract then keeps."""
        kept = self.reading.kept
        last = max(kept, default=0)
        plain = plain_mark(mark).strip("() .")
        pattern = re.compile(
            rf"(?:{re.escape(mark)}|\(?{re.escape(plain)}\)|{re.escape(plain)}(?=[\s.:])"
            rf"|{re.escape(raised(plain))})(?!\d)"
        )
        for number in range(last + 1, last + 1 + _FOOTNOTE_LINES):
            text = self.document.line(number).strip()
            if "\t" not in text and (match := pattern.match(text)):
                kept[number] = f"{match[0]} {REDACTED}"
                self.reading.ignored += [
                    (n, self.document.line(n)) for n in range(last + 1, number + 1)
                ]
                return number
        return None

    def indicator(self, cell: Cell, found: dict[str, Any]) -> str | None:
        label = cell.row
        declared = found["indicator"] or self.table.indicators.get(label) or self.table.indicator
        known = declared or self.catalogue.by_label(self.table.area, label)
        if known is not None and cell.column.suffix:
            known += cell.column.suffix
            if known not in self.catalogue:
                self.reading.fault(
                    self.name, cell.line, f"indikatorn ”{known}” finns inte i katalogen."
                )
        if known is None:
            near = did_you_mean(label, self.catalogue.labels(self.table.area), briefly=True)
            hints = "".join(f" {hint}" for hint in (unusual(label), near) if hint)
            self.reading.fault(
                self.name,
                cell.line,
                f"okänd etikett ”{label[:100]}”.{hints} Lägg till den i "
                f"data/indicators/{self.table.area}.toml.",
            )
        return known

    def seen(self, cell: Cell) -> list[str]:
        """What the reader noted of the cell, its row's label and its column's header."""
        facts, lines = self.document.facts, (cell.line, *self.reading.header)
        at = [(cell.line, cell.index), (cell.line, self.label), *((n, cell.index) for n in lines)]
        found = [note for key in dict.fromkeys(at) if key in facts for note in facts[key].notes]
        return list(dict.fromkeys(found))

    def row(self, number: int, cell: Cell) -> dict[str, Any]:
        found = self.merged(cell)
        period: Period | None = None
        if cell.month is not None:
            period = month_period(*cell.month)
        elif found["period"]:
            period = parse_period(found["period"], found["period_kind"])
        fact = self.document.facts.get((cell.line, cell.index))
        refused = fact.refused if fact and cell.column.content in {"figure", "answer"} else None
        missing = (None if refused else self.missing(cell, found)) or (None, None)
        indicator = self.indicator(cell, found)
        printed = self.printed(cell.raw)
        meant = printed.text
        if cell.column.content == "answer":
            meant = self.answers.get(squeeze(meant).casefold(), meant)
        notes = self.marked(printed, found) if cell.raw else []
        notes += [found["note"]] if found["note"] else []
        notes += self.seen(cell) if self.document.facts else []
        return {
            "cell": number,
            "table_id": self.table.id,
            "line": cell.line,
            "table": self.table.title,
            "heading": self.table.heading,
            "row_label": cell.row,
            "column_label": cell.column.label,
            "raw": cell.raw,
            "meant": meant if meant != cell.raw else None,
            "shift": found["shift"] or 0,
            "content": cell.column.content,
            "column_decimals": cell.column.decimals,
            "indicator_id": indicator,
            "area_id": self.table.area,
            "unit": found["unit"] or self.catalogue.unit(indicator),
            "geo": cell.geo or found["geo"] or self.source.geo,
            "scenario": found["scenario"] or (None if self.table.layout == "list" else "outcome"),
            "period_start": period.start if period else None,
            "period_end": period.end if period else None,
            "period_kind": period.kind if period else None,
            "declared_status": found["status"],
            "missing_status": missing[0],
            "missing_note": missing[1],
            "refused": refused,
            "declared_note": "; ".join(notes) or None,
            "place": self.document.place(cell.line, cell.index),
            "sex": found["sex"] or self.table.sex or Sex.TOTAL,
        }


def cells_frame(
    source: Source, catalogue: Catalogue, readings: Sequence[Reading], document: Document
) -> pl.DataFrame:
    """Every cell of the readings with its meaning, in the schema ``CELLS``.

    Faults (unknown labels, overrides that match nothing) are added to the readings. Raises
    ``TableError`` with all faults of all readings.
    """
    rows: list[dict[str, Any]] = []
    name = document.name
    for reading in readings:
        meaning = _Meaning(source, catalogue, reading, document)
        rows.extend(
            meaning.row(number, cell) for number, cell in enumerate(reading.cells, start=len(rows))
        )
        if not reading.faults:
            check_rows(reading, name, catalogue)
            for index in sorted(meaning.unused):
                reading.faults.append(
                    f"{name}, tabell ”{reading.table.title}”: override {index + 1} i source.toml "
                    "gäller ingen rad och kolumn i tabellen."
                )
    faults = [fault for reading in readings for fault in dict.fromkeys(reading.faults)]
    if faults:
        raise TableError(faults)
    return pl.DataFrame(rows, schema=CELLS, orient="row")


def literal(cells: pl.DataFrame) -> pl.DataFrame:
    """Add ``value``, ``decimals``, ``answer`` and ``fault`` as the printed text itself gives them.

    ``fault`` says why a text that should be a figure or an answer is none; null where all is well.
    A figure whose decimals are not those that its column prints is a fault of form, zero excepted.
    ``value`` and ``decimals`` are those of the figure in its unit.
    """
    text = pl.coalesce("meant", "raw")
    present = pl.col("missing_status").is_null() & pl.col("refused").is_null()
    answers = [str(answer) for answer in Answer]
    said = text.str.strip_chars().str.to_uppercase()
    is_figure = present & (pl.col("content") == "figure")
    cells = cells.with_columns(
        value=pl.when(is_figure).then(figure(text)),
        decimals=pl.when(is_figure).then(decimals(text)),
        answer=pl.when(present & (pl.col("content") == "answer") & said.is_in(answers)).then(said),
    )
    return cells.with_columns(
        fault=pl.when(pl.col("refused").is_not_null())
        .then("refused")
        .when(is_figure & pl.col("value").is_null())
        .then(pl.lit(NO_FIGURE))
        .when(is_figure & text.str.contains("%", literal=True) & ~pl.col("unit").is_in(_SHARES))
        .then(pl.format("procent, men enheten är {}", pl.col("unit")))
        .when(
            is_figure & (pl.col("value") != 0) & (pl.col("decimals") != pl.col("column_decimals"))
        )
        .then(pl.format("formen: antalet decimaler ska vara {}", pl.col("column_decimals")))
        .when(present & (pl.col("content") == "answer") & pl.col("answer").is_null())
        .then(pl.lit("inget svar (JA, NEJ eller DELVIS)"))
        .when(present & (pl.col("content") == "category") & (pl.col("raw") == ""))
        .then(pl.lit("inget av tabellens utfall"))
    ).with_columns(
        value=shifted(pl.col("value"), pl.col("shift")),
        decimals=pl.col("decimals") - pl.col("shift"),
    )


def spellings(table: Table, catalogue: Catalogue) -> dict[str, str]:
    """The row labels that a table may have, as they are declared, by how they are compared.

    A label that is declared as it stands in the document keeps its spelling; ``labels`` of the
    table give another.
    """
    rows = (row for override in table.override for row in override.rows)
    known: Iterable[str] = [*rows, *catalogue.labels(table.area), *table.indicators]
    return (
        {folded(label): label for label in known}
        | {label: label for label in known}
        | {folded(label): right for label, right in table.labels.items()}
        | {squeeze(label): right for label, right in table.labels.items()}
    )


def check_rows(reading: Reading, name: str, catalogue: Catalogue) -> None:
    """Add the faults of a table's rows: one that comes twice, more or fewer than declared.

    A row that is missing is named where the table is all of its catalogue area.
    """
    places = reading.table.layout == "places"
    first: dict[tuple[str, str], int] = {}
    for cell in reading.cells:
        line = first.setdefault((cell.row, cell.column.label), cell.line)
        if line != cell.line:
            label = cell.column.label if places else cell.row
            reading.fault(name, cell.line, f"raden ”{label[:100]}” finns redan på rad {line}.")
    labels = {key[1] if places else key[0] for key in first}
    wanted = reading.table.rows
    if wanted is not None and len(labels) != wanted:
        line = max((cell.line for cell in reading.cells), default=min(reading.kept, default=1))
        missing = _missing(reading, labels, catalogue)
        named = f" Saknas: {', '.join(f'”{label[:100]}”' for label in missing)}." if missing else ""
        reading.fault(name, line, f"fann {len(labels)} rader, väntade {wanted}.{named}")


def _missing(reading: Reading, labels: set[str], catalogue: Catalogue) -> list[str]:
    area = catalogue.areas.get(reading.table.area)
    if area is None or len(area.indicator) != reading.table.rows:
        return []
    found = {catalogue.by_label(reading.table.area, label) for label in labels}
    return [indicator.name for indicator in area.indicator if indicator.id not in found]
