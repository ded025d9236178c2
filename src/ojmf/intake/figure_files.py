"""Files of figures: a row per figure, with the catalogue's own ids. Nothing of them is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from ojmf.declarations.fetched import STORED
from ojmf.errors import Fault, SelectionError, TableError
from ojmf.frames import fractions
from ojmf.geography import resolve_geo
from ojmf.ingest.document import Document
from ojmf.ingest.layouts.locate import cells_of
from ojmf.model import SEX_WORDS, Answer, IndicatorKind, ObsStatus, Scenario, Sex
from ojmf.periods import Period, parse_period
from ojmf.printed import decimals, figure, folded
from ojmf.suggestions import did_you_mean
from ojmf.unit_words import unit_in_cell
from ojmf.workspace import Workspace

REQUIRED = ("indicator_id", "geo", "period")
GIVEN = ("value", "answer")
OPTIONAL = ("scenario", "sex", "unit", "obs_status", "note")
COLUMNS = (*REQUIRED, *GIVEN, *OPTIONAL)
"""The columns of a file of figures: the required ones, at least one of ``GIVEN``, and others that
are filled in where they are left out."""

_SEXES = {"": Sex.TOTAL, "totalt": Sex.TOTAL} | {w: Sex(sex) for sex, w in SEX_WORDS.items()}
_SCENARIOS = {
    "": Scenario.OUTCOME,
    "utfall": Scenario.OUTCOME,
    "budget": Scenario.BUDGET,
    "prognos": Scenario.FORECAST,
    "mål": Scenario.TARGET,
    "andel": Scenario.SHARE,
}
_MARK = re.compile(r"^[-−–]?\d[\d\s]*([.,])(\d+)$")
_AMBIGUOUS = re.compile(r"^[-−–]?[1-9]\d{0,2}[.,]\d{3}$")
_SHARES = {"answer", "percent", "percentage_points"}
"""The units of which a figure may be written with a percent sign."""
_BLANK = "uppgift saknas i filen"
_SUM = re.compile(r"(?:summa|total(?:t|summa)?|delsumma|summa totalt)[: ]*", re.IGNORECASE)
_MOST_FAULTS = 40


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the file: its line, its cells by column, and the cell under no header, if any."""

    line: int
    cells: Mapping[str, str]
    outside: int | None


def header_of(document: Document) -> int | None:
    """The line of the header of a file of figures, or None where the document is none."""
    for number, line in enumerate(document.lines, start=1):
        if "\t" in line:
            names = {folded(cell) for cell in cells_of(line)}
            if set(REQUIRED) <= names and names & set(GIVEN):
                return number
            return None
    return None


def figures(workspace: Workspace, document: Document, header: int, title: str) -> pl.DataFrame:
    """The observations of a file of figures, in ``fetched.STORED``.

    Indicators are ids of the catalogue, places names or SCB codes, periods ISO 8601, figures with a
    decimal comma or point. What is left out is filled in: the unit and area of the catalogue, the
    outcome, both sexes. Raises ``TableError`` with every row that can't be read, by its place.
    """
    names = [folded(cell) for cell in cells_of(document.line(header))]
    faults: list[str] = [
        _fault(
            document,
            f"kolumnen ”{name}” är okänd. {did_you_mean(name, COLUMNS)} "
            "Rätta rubriken, eller ta bort kolumnen.",
            header,
            index,
        )
        for index, name in enumerate(names)
        if name not in COLUMNS
    ]
    faults += [
        _fault(document, f"kolumnen ”{name}” finns två gånger. Ta bort den ena.", header, index)
        for index, name in enumerate(names)
        if name in COLUMNS and name in names[:index]
    ]
    if faults:
        raise TableError(document.placed(faults))
    rows = list(_rows(document, header, names))
    reader = _Reader(workspace, document, names, [row.cells.get("value", "") for row in rows])
    rows = [row for row in rows if reader.whole(row)]
    found = [reader.read(row) for row in rows]
    if not rows and not reader.faults:
        reader.faults.append(
            Fault(document.name, "filen har inga rader under rubrikraden. Fyll i minst en.", header)
        )
    reader.refuse_others([(row, said["number"]) for row, said in zip(rows, found, strict=True)])
    reader.refuse_doubles(rows, found)
    if reader.faults:
        shown = reader.faults[:_MOST_FAULTS]
        more = len(reader.faults) - len(shown)
        rest = [f"{document.name}: ytterligare {more} fel visas inte."] if more else []
        raise TableError([*document.placed(shown), *rest])
    observed = _observations(workspace, pl.DataFrame(found, infer_schema_length=None), title)
    if (fault := fractions(observed)) is not None:
        raise TableError([f"{document.name}: kolumnen value: {fault}."])
    return observed


def _rows(document: Document, header: int, names: Sequence[str]) -> Iterator[_Row]:
    """The rows under the header, to the end of its sheet."""
    ends = [last for _, first, last in document.sheets() if first <= header <= last]
    for number in range(header + 1, (ends[0] if ends else len(document.lines)) + 1):
        cells = [cell.strip() for cell in document.line(number).split("\t")]
        if any(cells):
            outside = next((n for n in range(len(names), len(cells)) if cells[n]), None)
            yield _Row(number, dict(zip(names, cells, strict=False)), outside)


def _fault(document: Document, text: str, line: int, index: int) -> Fault:
    """A fault of one cell of a line, which names the cell where the file has addresses."""
    place = document.place(line, index) if line in document.places else None
    return Fault(document.name, text, line, place=place)


class _Reader:
    """Reads rows one by one and keeps the faults; what many rows share is looked up once."""

    def __init__(
        self,
        workspace: Workspace,
        document: Document,
        names: Sequence[str],
        values: Sequence[str],
    ) -> None:
        self.document = document
        self.names = names
        self.geography = workspace.geography
        self.known = {row["indicator_id"]: row for row in workspace.indicators.to_dicts()}
        self.places: dict[str, str] = {}
        self.periods: dict[str, Period] = {}
        self.faults: list[str] = []
        plain = (value for value in values if not _AMBIGUOUS.match(value))
        marks = {match[1] for value in plain if (match := _MARK.match(value))}
        self.mark = marks.pop() if len(marks) == 1 else None
        self.mixed = bool(marks)

    def fault(self, row: _Row, column: str, text: str) -> None:
        index = self.names.index(column) if column in self.names else 0
        self.faults.append(_fault(self.document, text, row.line, index))

    def whole(self, row: _Row) -> bool:
        """Whether a row has what it needs; one fault is added where it is no row of a figure."""
        cells = {name: row.cells.get(name, "") for name in REQUIRED}
        total = next((name for name, text in cells.items() if _SUM.fullmatch(text)), None)
        missing = [name for name, text in cells.items() if not text]
        if row.outside is not None:
            text = self.document.line(row.line).split("\t")[row.outside].strip()
            why = f"”{text}” står utanför kolumnerna. Ta bort det, eller skriv det i note."
            self.faults.append(_fault(self.document, why, row.line, row.outside))
        elif total is not None:
            self.fault(row, total, f"”{cells[total]}”: rader med summor läses inte. Ta bort raden.")
        elif missing:
            self.fault(row, missing[0], f"raden saknar {', '.join(missing)}. Fyll i det.")
        else:
            return True
        return False

    def read(self, row: _Row) -> dict[str, Any]:
        """What a row says, as far as it can be read."""
        cells = {name: row.cells.get(name, "") for name in COLUMNS}
        indicator = self.known.get(cells["indicator_id"])
        if indicator is None:
            near = did_you_mean(cells["indicator_id"], self.known)
            self.fault(
                row,
                "indicator_id",
                f"indikatorn ”{cells['indicator_id']}” finns inte i katalogen. {near} "
                "Rätta id:t, eller lägg till den i data/indicators.",
            )
        answer = cells["answer"].upper()
        if answer and answer not in [str(a) for a in Answer]:
            self.fault(
                row, "answer", f"svaret är ”{cells['answer']}”, väntade JA, NEJ eller DELVIS."
            )
        if not answer and cells["value"].upper() in [str(a) for a in Answer]:
            self.fault(row, "value", f"svaret ”{cells['value']}” står i value. Skriv det i answer.")
        if answer and cells["value"]:
            self.fault(row, "answer", "raden har både value och answer; ange det ena.")
        return {
            "line": row.line,
            "indicator_id": cells["indicator_id"],
            "geo": self._place(row, cells["geo"]),
            **self._period(row, cells["period"]),
            "answer": answer or None,
            "raw": cells["answer"] or cells["value"],
            "number": self._number(row, cells["value"], indicator),
            "scenario": self._scenario(row, cells, indicator),
            "sex": self._word(row, "sex", cells["sex"], _SEXES, Sex),
            "unit": self._unit(row, cells, indicator),
            "obs_status": self._status(row, cells),
            "note": cells["note"] or (None if cells["value"] or answer else _BLANK),
        }

    def _place(self, row: _Row, text: str) -> str:
        if text not in self.places:
            try:
                self.places[text] = resolve_geo(text, self.geography)
            except SelectionError as error:
                self.fault(row, "geo", str(error))
                return ""
        return self.places[text]

    def _period(self, row: _Row, text: str) -> dict[str, object]:
        if text not in self.periods:
            try:
                self.periods[text] = parse_period(text)
            except ValueError as error:
                self.fault(row, "period", f"period: {error}.")
                return {"period_start": None, "period_end": None, "period_kind": None}
        found = self.periods[text]
        return {
            "period_start": found.start,
            "period_end": found.end,
            "period_kind": found.kind.value,
        }

    def _number(self, row: _Row, text: str, indicator: Mapping[str, object] | None) -> str | None:
        """The figure with a decimal comma; the file's own mark tells 1.234 from 1 234."""
        if not text:
            return None
        fact = self.document.facts.get((row.line, list(row.cells).index("value")))
        if fact is not None and fact.refused:
            self.fault(
                row, "value", f"”{text}” läses inte, för {fact.refused}. Skriv om cellen utan det."
            )
        elif text.endswith("%") and indicator and indicator["unit"] not in _SHARES:
            self.fault(
                row,
                "value",
                f"”{text}” är i procent, men {indicator['indicator_id']} är ett mått i "
                f"{indicator['unit']}. Skriv talet i {indicator['unit']}.",
            )
        elif _AMBIGUOUS.match(text) and self.mark != text[-4]:
            whole, short = text[:-4] + text[-3:], text.replace(".", ",")
            self.fault(
                row,
                "value",
                f"”{text}” kan vara {whole} eller {short}. Skriv talet utan tecken mellan "
                "tusental, och med decimalkomma.",
            )
        elif self.mixed and _MARK.match(text):
            self.fault(
                row, "value", f"”{text}”: filen har både decimalkomma och decimalpunkt. Välj ett."
            )
        return text.replace(".", ",")

    def refuse_others(self, numbers: Sequence[tuple[_Row, str | None]]) -> None:
        """Add a fault for each text that is no figure."""
        texts = pl.Series([text for _, text in numbers], dtype=pl.String).alias("text").to_frame()
        strange = texts.select(pl.col("text").is_not_null() & figure(pl.col("text")).is_null())
        for row, _ in (numbers[n] for n in strange.to_series().arg_true()):
            if not any(isinstance(f, Fault) and f.line == row.line for f in self.faults):
                self.fault(
                    row,
                    "value",
                    f"”{row.cells['value']}” är inget tal. Saknas uppgiften: lämna cellen tom, och "
                    "skriv i obs_status varför (O saknas, Q sekretess).",
                )

    def _word(
        self,
        row: _Row,
        column: str,
        text: str,
        words: Mapping[str, Sex] | Mapping[str, Scenario],
        kind: type[Sex] | type[Scenario],
    ) -> str:
        said = words.get(text.casefold())
        if said is None and text not in [member.value for member in kind]:
            known = ", ".join(dict.fromkeys([*filter(None, words), *(m.value for m in kind)]))
            self.fault(row, column, f"{column} är ”{text}”, väntade {known}.")
        return said.value if said is not None else text

    def _scenario(
        self, row: _Row, cells: Mapping[str, str], indicator: Mapping[str, object] | None
    ) -> str:
        """The scenario; a figure for a yes/no question is the share that answered yes."""
        asked = indicator is not None and indicator["kind"] == IndicatorKind.ANSWER
        if not cells["scenario"] and asked and cells["value"]:
            return Scenario.SHARE.value
        return self._word(row, "scenario", cells["scenario"], _SCENARIOS, Scenario)

    def _unit(
        self, row: _Row, cells: Mapping[str, str], indicator: Mapping[str, object] | None
    ) -> str | None:
        """The catalogue's unit; another one is refused, for it would be another figure."""
        if indicator is None:
            return None
        wanted = str(indicator["unit"])
        if wanted == "answer" and cells["value"]:
            wanted = "percent"
        if wanted != "answer" and cells["answer"] and not cells["value"]:
            self.fault(
                row,
                "answer",
                f"{cells['indicator_id']} är ett mått i {wanted}; skriv talet i value.",
            )
        if (said := cells["unit"]) and said != wanted:
            named = unit_in_cell(said)
            what = (
                f"Menas {wanted}? Skriv det, eller lämna cellen tom."
                if named == (wanted, None)
                else f"Räkna om talet till {wanted}, och lämna cellen tom."
            )
            self.fault(
                row, "unit", f"enheten är ”{said}”, väntade {wanted} som i katalogen. {what}"
            )
        return wanted

    def _status(self, row: _Row, cells: Mapping[str, str]) -> str:
        given = bool(cells["value"] or cells["answer"])
        said = cells["obs_status"].upper()
        without = {ObsStatus.MISSING, ObsStatus.SUPPRESSED, ObsStatus.CANNOT_EXIST}
        without |= {ObsStatus.NOT_COLLECTED}
        if said not in {"", *(status.value for status in ObsStatus)}:
            self.fault(
                row, "obs_status", f"obs_status är ”{said}”, väntade {', '.join(ObsStatus)}."
            )
        elif said and given == (said in without):
            self.fault(
                row,
                "obs_status",
                f"obs_status {said} går inte ihop med att raden {_has(given)} "
                "uppgift. Rätta obs_status, eller lämna den tom.",
            )
        return said or (ObsStatus.NORMAL if given else ObsStatus.MISSING).value

    def refuse_doubles(self, rows: Sequence[_Row], found: Sequence[Mapping[str, object]]) -> None:
        """Add a fault for each row that says of the same thing what an earlier one says."""
        first: dict[tuple[object, ...], int] = {}
        for row, said in zip(rows, found, strict=True):
            names = ("indicator_id", "geo", "period_start", "period_end", "scenario", "sex")
            line = first.setdefault(tuple(said[name] for name in names), row.line)
            if line != row.line:
                self.fault(
                    row,
                    "indicator_id",
                    f"samma indikator, plats och period står på {self._at(line)}. Ta bort den ena.",
                )

    def _at(self, line: int) -> str:
        return self.document.place(line)


def _has(given: bool) -> str:
    return "har en" if given else "saknar"


def _observations(workspace: Workspace, rows: pl.DataFrame, title: str) -> pl.DataFrame:
    names = workspace.indicators.select("indicator_id", "area_id", row_label="name")
    places = workspace.geography.unique("code", keep="first").select(geo="code", place="name")
    number = pl.col("number").cast(pl.String)
    words = pl.col("sex").replace_strict(SEX_WORDS, default=None, return_dtype=pl.String)
    year = pl.col("period_end").dt.year()
    label = pl.format("{} {}", "place", year)
    return (
        rows.join(names, "indicator_id", "left", maintain_order="left")
        .join(places, "geo", "left", maintain_order="left")
        .with_columns(
            table=pl.lit(title),
            heading=pl.lit(""),
            column_label=pl.concat_str(label, words, separator=", ", ignore_nulls=True),
            value=figure(number),
            decimals=decimals(number),
            correction_id=pl.lit(None, pl.String),
        )
        .select(pl.col(name).cast(kind) for name, kind in STORED.items())
    )
