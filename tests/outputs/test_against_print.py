"""Counts and gaps in every format against the annexes read anew as plain text."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from html.parser import HTMLParser

import docx
import polars as pl
import pytest

from ojmf import Workspace
from ojmf.present.annex import to_file
from ojmf.present.annex.rows import Comparison, compare_rows
from ojmf.present.package import package_files
from ojmf.present.report.notes import Notes
from ojmf.present.report.placeholders import report_values
from ojmf.present.report.values import Head
from tests.outputs.workspaces import ROOT, Printed, printed_annexes

ANNEXES = printed_annexes(ROOT / "data/sources/solna-oj-2024/extract.txt")
WORDS = {"JA": "Grön", "DELVIS": "Gul", "NEJ": "Röd", "": "Inget svar"}
DAY = date(2025, 10, 6)
Cells = list[list[str]]
"""A table as texts, the headings first."""


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    return Workspace.open(ROOT)


@pytest.fixture(scope="module")
def comparison(workspace: Workspace) -> Comparison:
    return compare_rows(workspace, "Solna")


def test_the_reading_anew_found_every_row() -> None:
    assert [len(annex) for annex in ANNEXES] == [25, 24, 23, 20, 14]


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tables: list[Cells] = []
        self.open = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in {"td", "th"}:
            self.tables[-1][-1].append("")
            self.open = True

    def handle_endtag(self, tag: str) -> None:
        self.open = self.open and tag not in {"td", "th"}

    def handle_data(self, data: str) -> None:
        if self.open:
            self.tables[-1][-1][-1] += data


def _html(content: bytes) -> list[Cells]:
    parser = _Tables()
    parser.feed(content.decode())
    return parser.tables


def _markdown(content: bytes) -> list[Cells]:
    blocks = re.findall(r"(?:^\|.*\n)+", content.decode(), re.MULTILINE)
    tables = [
        [[cell.strip() for cell in line.strip("|").split(" | ")] for line in block.splitlines()]
        for block in blocks
    ]
    return [[table[0], *table[2:]] for table in tables]


def _docx(content: bytes) -> list[Cells]:
    document = docx.Document(io.BytesIO(content))
    return [[[cell.text for cell in row.cells] for row in t.rows] for t in document.tables]


def _xlsx(content: bytes) -> list[Cells]:
    """The sheets of the summary and the areas, between that of all rows and that of the sources."""
    sheets = pl.read_excel(io.BytesIO(content), sheet_id=0, has_header=False, engine="calamine")
    assert next(iter(sheets)) == "Alla rader"
    tables = []
    for frame in list(sheets.values())[1:]:
        rows = [["" if cell is None else str(cell) for cell in row] for row in frame.rows()]
        header = next(i for i, row in enumerate(rows) if all(row[:2]))
        tables.append(rows[header:])
    return tables[:-1]


READERS: dict[str, Callable[[bytes], list[Cells]]] = {
    ".html": _html,
    ".md": _markdown,
    ".docx": _docx,
    ".xlsx": _xlsx,
}


def _number(text: str) -> float | None:
    text = text.replace("−", "-").replace("\u00a0", "").replace(",", ".").replace("–", "")
    return float(text) if text else None


@pytest.mark.parametrize("suffix", READERS)
def test_every_row_of_every_annex_is_as_printed(comparison: Comparison, suffix: str) -> None:
    summary, *annexes = READERS[suffix](to_file(comparison, suffix, DAY))
    assert len(annexes) == len(ANNEXES)
    for (heading, *rows), printed in zip(annexes, ANNEXES, strict=True):
        named = [dict(zip(heading, row, strict=True)) for row in rows]
        assert [_as_printed(row) for row in named] == [_expected(row) for row in printed]
    names = summary[0]
    for row, printed in zip(summary[1:], ANNEXES, strict=True):
        total = dict(zip(names, row, strict=True))
        colours = Counter(WORDS[row.answer] for row in printed)
        assert {
            word: int(float(next(total[name] for name in names if word in name)))
            for word in WORDS.values()
        } == {word: colours[word] for word in WORDS.values()}
        gaps = [gap for row in printed if (gap := row.gap(row.county)) is not None]
        own = [100 * (row.answer == "JA") for row in printed if row.own is not None]
        county = [row.county for row in printed if row.county is not None]
        expected = sum(own) / len(own) - sum(county) / len(county)
        assert len(gaps) == len(own) == len(county)
        shown = _number(total["Skillnad mot länet"])
        assert shown == pytest.approx(expected, abs=0.0501)


def _as_printed(row: dict[str, str]) -> tuple[object, ...]:
    return (
        row["Fråga"],
        row["Solna"].replace("–", ""),
        _number(row["Länet"]),
        _number(row["Riket"]),
        row["Kommentar"],
        row["Status"].partition("\u00a0")[2],
        _number(row["Skillnad mot länet"]),
        _number(row["Skillnad mot riket"]),
        int(float(row["Rad"])),
    )


def _expected(row: Printed) -> tuple[object, ...]:
    return (
        row.label,
        row.answer,
        row.county,
        row.country,
        f"se rad {row.line}" if row.commented else "",
        WORDS[row.answer],
        row.gap(row.county),
        row.gap(row.country),
        row.line,
    )


def test_csv_has_every_row_with_its_gaps(comparison: Comparison) -> None:
    text = to_file(comparison, ".csv", DAY).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    printed = [row for annex in ANNEXES for row in annex]
    assert [
        (
            row["Fråga"],
            row["Solna"],
            row["Skillnad mot länet"],
            row["Skillnad mot riket"],
            row["Rad"],
        )
        for row in rows
    ] == [
        (
            row.label,
            row.answer,
            "" if row.gap(row.county) is None else str(row.gap(row.county)),
            "" if row.gap(row.country) is None else str(row.gap(row.country)),
            str(row.line),
        )
        for row in printed
    ]


def test_the_report_counts_and_names_the_gaps_of_the_print(
    workspace: Workspace, comparison: Comparison
) -> None:
    values = report_values(workspace, comparison, Head(DAY), Notes())
    for area, printed in zip(values.omraden, ANNEXES, strict=True):
        colours = Counter(WORDS[row.answer] for row in printed)
        assert area.text[0].startswith(f"Området har {len(printed)} frågor: ")
        assert f"{colours['Grön']} är gröna" in area.text[0]
        assert f"{colours['Röd']} är röda" in area.text[0]
        assert (f"{colours['Gul']} är gula" in area.text[0]) == (colours["Gul"] > 0)
        assert ("saknar svar" in area.text[0]) == (colours["Inget svar"] > 0)
        missed = [row for row in printed if row.own in {0, 50} and (row.county or 0) > 50]
        named = dict(_shares(str(area.fragor)))
        if missed:
            assert named == {row.label: row.county for row in missed}
        else:
            lacking = [row for row in printed if row.own in {0, 50}]
            worst = min(lacking, key=lambda row: row.gap(row.county) or 0)
            assert named == {worst.label: worst.county}
    total = Counter(WORDS[row.answer] for annex in ANNEXES for row in annex)
    assert (
        f"{total['Grön']} JA (gröna), {total['Gul']} DELVIS (gula) och {total['Röd']} NEJ (röda)."
        in values.sammanfattning[0]
    )


def _shares(text: str) -> Iterator[tuple[str, float | None]]:
    found = re.findall(r"”([^”]+)” \(([\d,]+) procent i länet; nr [\d.]+", text)
    return ((label, _number(share)) for label, share in found)


def test_the_open_data_has_every_answer_and_gap(workspace: Workspace) -> None:
    frame = pl.read_csv(
        package_files(workspace)["data/status.csv"],
        schema_overrides={"geo": pl.String, "reference_geo": pl.String},
    )
    for code, side in (("01", "county"), ("00", "country")):
        rows = frame.filter(pl.col("reference_geo") == code, pl.col("method") == "answer")
        assert rows.select("label", "own", "gap", "line").rows() == [
            (row.label, row.own, row.gap(getattr(row, side)), row.line)
            for annex in ANNEXES
            for row in annex
        ]
