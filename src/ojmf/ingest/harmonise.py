"""Cells to observations: what each printed cell means, in the terms that all sources share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl

from ojmf.declarations import Source, Table
from ojmf.declarations.catalogue import Catalogue
from ojmf.errors import TableError
from ojmf.ingest.document import Document
from ojmf.ingest.layouts.locate import Reading
from ojmf.ingest.meaning import cells_as_read
from ojmf.model import Answer, ObsStatus, PeriodKind, Scenario, Sex
from ojmf.periods import parse_period
from ojmf.printed import decimals, figure, folded, shifted, squeeze
from ojmf.suggestions import did_you_mean
from ojmf.typography import unusual

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
        "comment_line": pl.Int32,
    }
)
"""One row per printed cell with its declared meaning, before the printed text is judged.

``meant`` is the text that the printed one stands for, where the declaration says so; ``refused``
says why the reader of the file found that the text can't be told for sure; ``place`` is where the
cell stands in the file's own terms, ``comment_line`` where the document has a comment on it.
"""

BLANK = "tom i källan"
FUTURE = "framtida månad"
DEFINITION = "definition av mått, utan siffra"
UNREADABLE = "oläslig"
NO_FIGURE = "inget tal"
_SHARES = ("percent", "percentage_points", "index", "answer")
"""Units whose figures may be printed with a percent sign."""


def cells_frame(
    source: Source, catalogue: Catalogue, readings: Sequence[Reading], document: Document
) -> pl.DataFrame:
    """Every cell of the readings with its meaning, in the schema ``CELLS``.

    Faults (unknown labels, overrides that match nothing) are added to the readings. Raises
    ``TableError`` with all faults of all readings.
    """
    cells, used = cells_as_read(source, catalogue, readings, document)
    cells = cells.with_columns(indicator_id=pl.coalesce("indicator", "named") + pl.col("suffix"))
    # A row that is declared to be an indicator of another area belongs there with it.
    homes = pl.col("indicator_id").replace_strict(
        catalogue.homes, default=None, return_dtype=pl.String
    )
    cells = cells.with_columns(area_id=pl.coalesce(homes, "area_id"))
    _check_indicators(cells, readings, document.name, catalogue)
    for reading, fitting in zip(readings, used, strict=True):
        if not reading.faults:
            check_rows(reading, document.name, catalogue)
            reading.faults += [
                f"{document.name}, tabell ”{reading.table.title}”: override {order + 1} i "
                "source.toml gäller ingen rad och kolumn i tabellen."
                for order in range(len(reading.table.override))
                if order not in fitting
            ]
    faults = [fault for reading in readings for fault in dict.fromkeys(reading.faults)]
    if faults:
        raise TableError(faults)
    return _meant(cells, source, catalogue)


def _check_indicators(
    cells: pl.DataFrame, readings: Sequence[Reading], name: str, catalogue: Catalogue
) -> None:
    """Add a fault for each row whose indicator nobody knows."""
    indicator = pl.col("indicator_id")
    for at, line, label, known in (
        cells.filter(indicator.is_null() | (pl.col("suffix") != ""))
        .select("at", "line", "row_label", "indicator_id")
        .unique(maintain_order=True)
        .iter_rows()
    ):
        area = readings[at].table.area
        if known is None:
            near = did_you_mean(label, catalogue.labels(area), briefly=True)
            hints = "".join(f" {hint}" for hint in (unusual(label), near) if hint)
            readings[at].fault(
                name,
                line,
                f"okänd etikett ”{label[:100]}”.{hints} Lägg till den i data/indicators/{area}"
                ".toml.",
            )
        elif known not in catalogue:
            readings[at].fault(
                name,
                line,
                f"indikatorn ”{known}” finns inte i katalogen. "
                "Rätta id:t i source.toml, eller lägg till den i data/indicators.",
            )


def _meant(cells: pl.DataFrame, source: Source, catalogue: Catalogue) -> pl.DataFrame:
    """The cells with what table, column, override and marks say together, in ``CELLS``."""
    content, raw = pl.col("content"), pl.col("raw")
    read = content.is_in(["figure", "answer"])
    meant = pl.when(content == "answer").then(pl.coalesce("said", "printed")).otherwise("printed")
    late = pl.col("period_end") > parse_period(source.reporting_period).end
    early = pl.col("period_start") < pl.col("starts")
    listed = pl.col("layout") == "list"
    unanswered = (content == "answer") & pl.col("said").is_in([str(one) for one in ObsStatus])
    blank = raw == ""
    blank_month = blank & pl.col("month").is_not_null()
    missing, cannot_exist, not_collected = (
        pl.lit(str(status))
        for status in (ObsStatus.MISSING, ObsStatus.CANNOT_EXIST, ObsStatus.NOT_COLLECTED)
    )
    missing_status = pl.coalesce(
        "symbol_status",
        pl.when(unanswered).then("said"),
        pl.when(listed).then(cannot_exist),
        pl.when(blank_month & late).then(cannot_exist),
        pl.when(blank_month & early).then(not_collected),
        pl.when(blank).then(pl.coalesce("blank_status", missing)),
    )
    missing_note = pl.coalesce(
        "symbol_note",
        pl.when(unanswered).then(pl.format("koden {}", "raw")),
        pl.when(listed).then(pl.lit(DEFINITION)),
        pl.when(blank_month & late).then(pl.lit(FUTURE)),
        pl.when(blank_month & early).then(pl.format("mätningen började {}", "starts")),
        pl.when(blank).then(pl.coalesce("blank_note", pl.lit(BLANK))),
    )
    units = pl.col("indicator_id").replace_strict(
        catalogue.units, default=None, return_dtype=pl.String
    )
    return (
        cells.with_columns(
            refused=pl.when(read).then("fact_refused"),
            period_start=pl.coalesce("month", "period_start"),
            period_end=pl.coalesce(pl.col("month").dt.month_end(), "period_end"),
            period_kind=pl.when(pl.col("month").is_not_null())
            .then(pl.lit(str(PeriodKind.MONTH)))
            .otherwise("period_kind"),
        )
        .with_columns(
            meant=pl.when(meant != raw).then(meant),
            shift=pl.coalesce("mark_shift", "shift", 0),
            unit=pl.coalesce("mark_unit", "unit", units),
            geo=pl.coalesce("row_geo", "mark_geo", "geo", pl.lit(source.geo)),
            scenario=pl.coalesce(
                "mark_scenario", "scenario", pl.when(~listed).then(pl.lit(str(Scenario.OUTCOME)))
            ),
            sex=pl.coalesce("mark_sex", "sex", pl.lit(str(Sex.TOTAL))),
            declared_status=pl.coalesce("mark_status", "status"),
            missing_status=pl.when(pl.col("refused").is_null()).then(missing_status),
            missing_note=pl.when(pl.col("refused").is_null()).then(missing_note),
            declared_note=pl.concat_str(
                "mark_note",
                pl.format("kommentar på rad {}", "comment_line"),
                "note",
                pl.format("läses ”{}”", "spelled"),
                "override_note",
                "seen",
                separator="; ",
                ignore_nulls=True,
            ).replace("", None),
        )
        .select(CELLS.names())
        .cast(CELLS)
    )


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
        line = first.setdefault((cell.row, cell.label), cell.line)
        if line != cell.line:
            label = cell.label if places else cell.row
            reading.fault(
                name,
                cell.line,
                f"raden ”{label[:100]}” finns redan på rad {line}. "
                "Skilj dem åt med sections eller parts, eller skriv den ena under ignore.",
            )
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
