"""The layout of national tables: a municipality, county or country per row."""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from ojmf.declarations import Column, Level, Source
from ojmf.geography import Gazetteer
from ojmf.ingest.document import Document
from ojmf.ingest.layouts.locate import REDACTED, Cell, Reading, Window
from ojmf.ingest.layouts.tabbed import Scan
from ojmf.printed import folded, plain, squeeze
from ojmf.suggestions import did_you_mean
from ojmf.typography import unusual


class _Places(Scan):
    """Rows about places; what does not stand for one must be declared under ``ignore``.

    The cells are turned to the form of other tables: the question is the row's label, the place the
    column's.
    """

    def __init__(
        self, document: Document, window: Window, source: Source, gazetteer: Gazetteer
    ) -> None:
        super().__init__(document, window, source)
        self.gazetteer = gazetteer
        self.ignored = {folded(label) for label in window.table.ignore}
        self.columns = window.table.columns
        contents = [column.content for column in self.columns]
        self.code = contents.index("code") if "code" in contents else None
        self.name = contents.index("label") if "label" in contents else None
        self.answers = "answer" in contents
        self.at_level = lru_cache(maxsize=None)(self._at_level)

    def row(self, number: int, text: str) -> bool:
        cells = [plain(cell) for cell in text.split("\t")]
        width = len(self.columns)
        named = [
            squeeze(cells[i]) for i in (self.code, self.name) if i is not None and i < len(cells)
        ]
        label = named[-1] if named else ""
        if any(folded(name) in self.ignored for name in [*named, text]):
            self.reading.kept[number] = text
            self.reading.ignored.append((number, " ".join(cells)))
            return True
        if "\t" not in text and self.gazetteer.by_name(text) is None:
            return False
        if len(cells) > width and any(cells[width:]):
            self.fault(number, f"raden har {len(cells)} celler, väntade {width}: ”{label[:80]}”.")
            return True
        cells = [*cells, *[""] * (width - len(cells))][:width]
        geo = self._place(number, cells)
        if geo is not None:
            self._read(number, geo, self.gazetteer.names[geo], cells)
        return True

    def _place(self, number: int, cells: list[str]) -> str | None:
        """The code of the row's place; a fault where code and name say nothing or differ."""
        code = squeeze(cells[self.code]) if self.code is not None else ""
        name = cells[self.name] if self.name is not None else ""
        by_code, by_name = self.gazetteer.by_code(code), self.gazetteer.by_name(name)
        if by_code and by_name and by_code != by_name:
            text = (
                f"koden {code} är {self.gazetteer.names[by_code]} men raden heter ”{name}”. "
                "Rätta filen."
            )
        elif by_code and name and not by_name:
            text = (
                f"koden {code} är {self.gazetteer.names[by_code]}, men raden heter "
                f"”{squeeze(name)[:80]}”, som inte är känt som ett namn på den platsen."
                f"{f' {unusual(name)}' if unusual(name) else ''} Rätta filen, eller skriv raden "
                "under ignore i tabellens [[table]] i source.toml."
            )
        elif (code and not by_code) or not (by_code or by_name):
            near = did_you_mean(name, self.gazetteer.names.values(), briefly=True)
            text = f"okänd plats ”{squeeze(f'{code} {name}')[:80]}”." + (f" {near}" if near else "")
            text += (
                " Rätta filen, eller skriv raden under ignore i tabellens [[table]] i source.toml."
            )
        else:
            return by_code or by_name
        self.fault(number, text)
        return None

    def _read(self, number: int, geo: str, name: str, cells: list[str]) -> None:
        kept = list(cells)
        for index, raw in enumerate(cells):
            column = self.at_level(index, self.gazetteer.levels[geo])
            if column.content in {"figure", "answer"}:
                self.reading.cells.append(
                    Cell(number, column.label, column, raw, index=index, geo=geo, place=name)
                )
            elif column.content in {"comment", "text"} and raw:
                kept[index] = raw if column.withheld else REDACTED
                self.reading.pass_over(number, column, raw)
        self.reading.kept[number] = "\t".join(kept)

    def _at_level(self, index: int, level: str) -> Column:
        column = self.columns[index]
        found: Level | None = next(
            (said for name, said in self.window.table.levels.items() if name == level), None
        )
        meant = "answer" if self.answers else "figure"
        if found is None or column.content != meant:
            return column
        said = found.model_dump(exclude_none=True)
        return column.model_copy(update=said)


def read_places(
    document: Document, window: Window, source: Source, geography: pl.DataFrame
) -> Reading:
    """Read a table with one place per row; ``geography`` as ``catalogue.GEOGRAPHY``."""
    places = _Places(document, window, source, Gazetteer.of(geography, source.groups))
    return places.run(places.row)
