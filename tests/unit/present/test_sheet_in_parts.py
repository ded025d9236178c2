"""A sheet whose rows are given in parts, as other programs read it."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import subprocess
import tempfile
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from openpyxl.utils.escape import unescape
from polars.testing import assert_frame_equal

from ojmf.errors import OutputError
from ojmf.present import sheets
from ojmf.present.sheets import to_workbook

OFFICE = shutil.which("soffice")
TEXTS = [
    "=1+1",
    "två\nrader",
    " kanter ",
    "_x0041_",
    "bräm & <b>",
    "tecken\x01",
    "😀 ”å”",
    "x" * 40_000,
]
READ = [*TEXTS[:-1], "x" * 32_766 + "…"]


def books(*frames: pl.DataFrame, name: str = "Blad") -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(to_workbook({name: frames})))


def test_frames_one_after_the_other_are_one_sheet() -> None:
    frame = pl.DataFrame({"a": [f"text {n}" for n in range(9)], "b": [float(n) for n in range(9)]})
    parts = [frame.head(1), frame.slice(1, 0), frame.slice(1, 5), frame.slice(6)]
    assert to_workbook({"A": parts}) == to_workbook({"A": [frame]})


def test_a_small_workbook_takes_no_file_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError

    frame = pl.DataFrame({"a": [f"text {n}" for n in range(50)]})
    large = to_workbook({"A": iter([frame])})
    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    monkeypatch.setattr(tempfile, "mkdtemp", refuse)
    small = to_workbook({"A": [frame]})
    one, other = (pl.read_excel(content, engine="calamine") for content in (small, large))
    assert_frame_equal(one, other)
    assert_frame_equal(one, frame)


def test_more_rows_than_a_sheet_has_room_for_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 4)
    assert to_workbook({"A": [pl.DataFrame({"a": [1, 2, 3]})]})
    with pytest.raises(OutputError, match="rymmer under rubrikerna"):
        to_workbook({"A": [pl.DataFrame({"a": [1, 2]}), pl.DataFrame({"a": [3, 4]})]})


def test_no_more_than_two_parts_are_held() -> None:
    given: list[weakref.ref[pl.DataFrame]] = []

    def parts() -> Iterator[pl.DataFrame]:
        for number in range(6):
            assert sum(part() is not None for part in given) <= 2
            part = pl.DataFrame({"a": range(number * 2000, number * 2000 + 2000)})
            given.append(weakref.ref(part))
            yield part

    sheet = openpyxl.load_workbook(io.BytesIO(to_workbook({"A": parts()}))).active
    assert [cell.value for (cell,) in sheet.iter_rows(min_row=2)] == list(range(12_000))


@pytest.mark.parametrize("rows", [list, iter])
def test_texts_are_texts_whatever_they_look_like(rows: Callable[[list[pl.DataFrame]], Any]) -> None:
    content = to_workbook({"Blad": rows([pl.DataFrame({"a & <b>": TEXTS})])})
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    heading, *cells = (row[0] for row in sheet.iter_rows())
    assert heading.value == "a & <b>"
    # openpyxl leaves texts escaped, but for one form of those that are not in their cells.
    left = [cell.value.replace("_x0041_", "_x005F_x0041_") for cell in cells]
    texts = left if rows is list else [cell.value for cell in cells]
    assert [unescape(text) for text in texts] == READ
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}


@pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice")
def test_an_office_program_reads_the_texts(tmp_path: Path) -> None:
    path = tmp_path / "texter.xlsx"
    path.write_bytes(to_workbook({"Blad": [pl.DataFrame({"a": TEXTS[:5], "b": [1.5] * 5})]}))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    form = "csv:Text - txt - csv (StarCalc):59,34,76"
    words = [str(OFFICE), "--headless", profile, "--convert-to", form, "--outdir", str(tmp_path)]
    subprocess.run([*words, str(path)], check=True, capture_output=True, timeout=180)
    read = pl.read_csv(tmp_path / "texter.csv", separator=";")
    assert read["a"].to_list() == READ[:5]
    assert read["b"].cast(pl.String).str.replace(",", ".").cast(pl.Float64).to_list() == [1.5] * 5


def test_figures_days_and_what_is_missing() -> None:
    day, moment = dt.date(2024, 2, 29), dt.datetime(2024, 2, 29, 12)  # noqa: DTZ001 - has no zone
    frame = pl.DataFrame(
        {
            "whole": [1, -2, None],
            "figure": [0.1, float("nan"), float("-inf")],
            "day": [day, None, dt.date(1900, 3, 1)],
            "moment": [moment, None, None],
            "true": [True, False, None],
            "texts": [["a", "b"], [], None],
            "empty": ["", None, "x"],
        }
    )
    rows = list(books(frame).active.iter_rows(min_row=2, values_only=True))
    midnight = dt.datetime(2024, 2, 29)  # noqa: DTZ001 - has no zone
    assert rows == [
        (1, 0.1, midnight, moment, True, "a; b", None),
        (-2, None, None, None, False, None, None),
        (None, None, dt.datetime(1900, 3, 1), None, None, None, "x"),  # noqa: DTZ001
    ]


def test_a_sheet_stands_still_at_its_headings_and_can_be_filtered() -> None:
    frame = pl.DataFrame({f"k{n}": [n] for n in range(30)})
    sheet = books(frame, frame, name="Bo's & Åsas").active
    assert (sheet.title, sheet.freeze_panes) == ("Bo's & Åsas", "A2")
    assert sheet.auto_filter.ref == sheet.dimensions == "A1:AD3"
    assert sheet["A1"].font.b
    assert sheet.column_dimensions["A"].width == pytest.approx(len("k0") + 3, abs=1)


@pytest.mark.parametrize("frame", [pl.DataFrame(), pl.DataFrame(schema={"a": pl.String})])
def test_what_has_no_rows_is_a_sheet_all_the_same(frame: pl.DataFrame) -> None:
    sheet = books(frame).active
    assert [cell.value for row in sheet.iter_rows() for cell in row] == frame.columns or [None]
