"""The rows of a table as a whole: none twice, none too many, none missing."""

from __future__ import annotations

from ojmf.declarations.catalogue import Catalogue
from ojmf.ingest.layouts.cells import Reading


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
