"""The layout of exports: a row per place, indicator, period and sex, in any order of columns."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain, takewhile

import polars as pl

from ojmf.declarations import Column, Source
from ojmf.geography import GROUP, Gazetteer
from ojmf.ingest.document import Document
from ojmf.ingest.layouts.locate import REDACTED, Cell, Reading, Window
from ojmf.ingest.layouts.row_keys import (
    SEXES,
    is_all,
    is_sum_of_months,
    is_sum_of_parts,
    is_whole_year,
    part_of,
)
from ojmf.ingest.layouts.tabbed import Scan
from ojmf.model import SEX_WORDS, PeriodKind, Sex
from ojmf.periods import PARTS_OF_YEAR, Part, cell_period, parse_period, part_of_year
from ojmf.printed import plain, squeeze
from ojmf.suggestions import did_you_mean

When = tuple[str, PeriodKind | None]
"""A period as ISO text, and its kind where the text does not say it."""
About = tuple[str | None, When | None, Sex | None, Part | None]
"""What a row says of its figures: place, period, sex and part of the year."""
_CALLED = {
    "month": "ingen månad",
    "quarter": "inget kvartal",
    "tertial": "inget tertial",
    "half_year": "inget halvår",
}


class _Long(Scan):
    """Rows that say themselves whose and when their figures are."""

    def __init__(
        self, document: Document, window: Window, source: Source, gazetteer: Gazetteer
    ) -> None:
        super().__init__(document, window, source)
        self.gazetteer = gazetteer
        self.columns = window.table.columns
        self.at = {
            content: [i for i, c in enumerate(self.columns) if c.content == content]
            for content in ("label", "place", "code", "period", "sex", "dimension")
        }
        self.parts = [(i, c.content) for i, c in enumerate(self.columns) if c.content in _CALLED]
        self.places = (*self.at["code"], *self.at["place"])
        self.known: dict[tuple[str, ...], str | None] = {}
        self.seen: dict[int, set[Part]] = {}
        self.carried = {i: "" for i, c in enumerate(self.columns) if c.carried}
        self.about = lru_cache(maxsize=None)(self._about)

    def row(self, number: int, text: str) -> bool:
        width = len(self.columns)
        if "\t" not in text:
            return False
        cells = [squeeze(cell) for cell in text.split("\t")]
        if any(cells[width:]):
            self.fault(
                number, f"raden har {len(cells)} celler, väntade {width}: ”{squeeze(text)[:80]}”."
            )
            return True
        printed = [*cells, *[""] * (width - len(cells))][:width]
        self.carried = {i: printed[i] or above for i, above in self.carried.items()}
        cells = [self.carried.get(i, cell) for i, cell in enumerate(printed)]
        named = [cells[i] for i in (*self.at["place"], *self.at["label"])]
        ignored = self.window.table.ignore
        if any(self.is_of_some(number, cells[i], i, content) for i, content in self.parts) or (
            ignored and any(name in ignored for name in (*named, squeeze(text)))
        ):
            self.reading.kept[number] = text
            self.reading.ignored.append((number, " ".join(cells)))
            return True
        geo, sex = self.place(number, tuple(cells[i] for i in self.places)), None
        part = next((self.part(number, cells[i], content) for i, content in self.parts), None)
        period = self.period(number, cells, part)
        for index in self.at["sex"]:
            sex = SEXES.get(cells[index].casefold())
            if sex is None:
                self.fault(number, f"okänt kön ”{cells[index][:40]}”.")
        self.read(number, cells, (geo, period, sex, part))
        kept = self.reading.kept[number].split("\t")
        for index in self.carried:
            kept[index] = printed[index]
        self.reading.kept[number] = "\t".join(kept)
        return True

    def place(self, number: int, said: tuple[str, ...]) -> str | None:
        """The code of the narrowest place that the row names; None where no column is a place."""
        if said in self.known:
            return self.known[said]
        found: list[str] = []
        before = len(self.reading.faults)
        for index, text in zip(self.places, said, strict=True):
            geo = self.window.table.names.get(text) or (
                self.gazetteer.by_code(text)
                if self.columns[index].content == "code"
                else self.gazetteer.by_text(text)
            )
            if geo is None and is_all(text):
                continue
            if geo is None:
                near = did_you_mean(text, self.gazetteer.names.values(), briefly=True)
                hint = f" {near}" if near else ""
                self.fault(
                    number,
                    f"okänd plats ”{text[:80]}”.{hint} Rätta filen, eller skriv raden under ignore "
                    "eller names i tabellens [[table]] i source.toml.",
                )
                return None
            found.append(geo)
        found.sort(key=len)
        narrowest = max(found, key=lambda geo: (len(geo), geo != "00"), default=None)
        of_group = self.gazetteer.levels.get(narrowest or "") == GROUP
        if (
            narrowest
            and not of_group
            and any(not narrowest.startswith(g) and g != "00" for g in found)
        ):
            self.fault(
                number,
                f"raden nämner platser som inte hör ihop: {', '.join(found)}. "
                "Rätta kolumnernas content i source.toml.",
            )
        if narrowest is None and self.places:
            self.fault(
                number,
                "raden nämner ingen plats. Skriv den i tabellens [[table]] under ignore, eller "
                "under names med en kod.",
            )
        if len(self.reading.faults) == before:  # what is wrong is told of each row
            self.known[said] = narrowest
        return narrowest

    def is_of_some(self, number: int, text: str, index: int, content: str) -> bool:
        """Whether a row sums up the parts of the year around it, which are not all of the year."""
        if is_sum_of_months(text):
            return True
        if not is_sum_of_parts(text):
            return False
        if index not in self.seen:
            self.seen[index] = self._parts_around(number, index, content)
        return 0 < len(self.seen[index]) < 12 // PARTS_OF_YEAR[content]

    def _parts_around(self, number: int, index: int, content: str) -> set[Part]:
        around = chain(
            takewhile(self._has_cells, range(number, self.window.anchor, -1)),
            takewhile(self._has_cells, range(number + 1, self.window.stop + 1)),
        )
        rows = (self.document.line(line).split("\t") for line in around)
        said = (part_of(squeeze(cells[index]), content) for cells in rows if len(cells) > index)
        return {part for part in said if part}

    def _has_cells(self, line: int) -> bool:
        return "\t" in self.document.line(line)

    def part(self, number: int, text: str, content: str) -> Part | None:
        """The part of the year that the row says; None where it is about the year."""
        part = part_of(text, content)
        if part is None and not is_whole_year(text):
            most = 12 // PARTS_OF_YEAR[content]
            whole = f" (väntade 1–{most})" if content != "month" else ""
            self.fault(
                number,
                f"”{text[:40]}” är {_CALLED[content]}{whole}. Skriv content = ”period” för "
                "kolumnen om dess celler har årtal också; annars rätta raden eller skriv den under "
                "ignore.",
            )
        return part

    def period(self, number: int, cells: list[str], part: Part | None) -> When | None:
        """The period that the row says; None where no column does."""
        for index in self.at["period"]:
            found = cell_period(cells[index], part)
            if found is None:
                self.fault(
                    number,
                    f"”{cells[index][:40]}” är ingen period; väntade ett "
                    "år, en månad eller ett kvartal.",
                )
            elif part and not _is_within(found, part):
                self.fault(
                    number,
                    f"”{cells[index][:40]}” är inget år som raden säger en del av. Rätta filen, "
                    "eller skriv content = ”text” för den ena av kolumnerna.",
                )
            return found
        return None

    def read(self, number: int, cells: list[str], about: About) -> None:
        """Note the row's figures, and what of it an extract keeps."""
        table, kept = self.window.table, list(cells)
        what = squeeze(" ".join(cells[i] for i in self.at["label"]))
        within = [cells[i] for i in self.at["dimension"] if not is_all(cells[i])]
        label = ", ".join([table.labels.get(what, what), *within])
        for index, column in enumerate(self.columns):
            if column.content in {"figure", "answer"}:
                row = label if what else ", ".join([column.label, *within])
                self.reading.add(
                    Cell(
                        number,
                        row,
                        self.about(index, about),
                        plain(cells[index]),
                        index=index,
                        geo=about[0],
                    )
                )
            elif column.content in {"comment", "text"} and cells[index]:
                kept[index] = cells[index] if column.withheld else REDACTED
                self.reading.pass_over(number, column, cells[index])
        self.reading.kept[number] = "\t".join(kept)

    def _about(self, index: int, about: About) -> Column:
        """A column of figures with what its row says of them, labelled so that it is unique."""
        column, (geo, period, sex, part) = self.columns[index], about
        said: dict[str, object] = {"sex": sex} if sex else {}
        own = bool(period and column.period and not column.month)
        if period and column.month:
            period = cell_period(period[0], (1, column.month))
        elif own:
            period = column.period or "", column.period_kind
        elif not period and part and column.period:
            period = cell_period(column.period, part)
        said |= {"period": period[0], "period_kind": period[1]} if period else {}
        names = [
            self.gazetteer.names[geo] if geo else "",
            period[0] if period and not own else "",
            SEX_WORDS.get(sex, "båda könen") if sex else "",
            column.label if self.at["label"] else "",
        ]
        return column.model_copy(update={**said, "label": " ".join(filter(None, names))})


def _is_within(period: When, part: Part) -> bool:
    """Whether a row's period is of the part of its year that it says: the part, or less of it."""
    whole = parse_period(*part_of_year(period[0][:4], *part))
    own = parse_period(*period)
    return whole.start <= own.start and own.end <= whole.end


def read_long(
    document: Document, window: Window, source: Source, geography: pl.DataFrame
) -> Reading:
    """Read an export; ``geography`` as ``geography.GEOGRAPHY``, beside the source's groups."""
    long = _Long(document, window, source, Gazetteer.of(geography, source.groups))
    return long.run(long.row)
