"""What is a number in a workbook can be counted with, and looks as it does elsewhere."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from ojmf.present.annex import to_file
from ojmf.present.annex.cell_numbers import as_numbers
from ojmf.present.annex.rows import Asked, compare_rows
from ojmf.workspace import Workspace


@pytest.mark.parametrize(
    ("text", "value", "form"),
    [
        ("123", 123.0, '#,##0;"−"#,##0'),
        ("14\u00a0297", 14297.0, '#,##0;"−"#,##0'),
        ("3,50", 3.5, '#,##0.00;"−"#,##0.00'),
        ("+0,5", 0.5, '+#,##0.0;"−"#,##0.0;#,##0.0'),
        ("−30", -30.0, '+#,##0;"−"#,##0;#,##0'),
        ("JA", "JA", "General"),
        ("−30,7 till +6,6", "−30,7 till +6,6", "General"),
        ("post 7", "post 7", "General"),
        (None, None, "General"),
    ],
)
def test_a_text_that_is_a_figure_is_a_number(
    text: str | None, value: float | str | None, form: str
) -> None:
    numbers, others, forms = as_numbers(pl.Series([text], dtype=pl.String))
    assert (numbers[0] if others[0] is None else others[0], forms) == (value, [form])


def test_lines_and_figures_of_what_has_changed_are_numbers(made_up_country: Path) -> None:
    workspace = Workspace.open(made_up_country)
    table = compare_rows(workspace, "6101", asked=Asked(methods=(), against="fjolaret"))
    book = openpyxl.load_workbook(io.BytesIO(to_file(table, ".xlsx", workspace.newest())))
    rows = list(book["Det som har ändrats"].iter_rows())
    head = next(row for row in rows if any(cell.value == "Rad" for cell in row))
    at = {cell.value: place for place, cell in enumerate(head)}
    body = rows[rows.index(head) + 1 :]
    lines = [row[at["Rad"]].value for row in body]
    assert [line for line in lines if isinstance(line, int | float)]
    assert all(not isinstance(line, str) or line.startswith("post ") for line in lines)
    for name in ("Förut", "Nu", "Skillnad"):
        values = {row[at[name]].value for row in body}
        assert all(not isinstance(one, str) or one in ("JA", "NEJ", "DELVIS") for one in values)


def test_the_points_of_answers_have_no_unit_and_sources_count_in_numbers(
    made_up_country: Path,
) -> None:
    workspace = Workspace.open(made_up_country)
    table = compare_rows(workspace, "6101", asked=Asked(methods=(), against="fjolaret"))
    book = openpyxl.load_workbook(io.BytesIO(to_file(table, ".xlsx", workspace.newest())))
    rows = list(book["Det som har ändrats"].iter_rows(values_only=True))
    head = next(row for row in rows if "Enhet" in row)
    units = {row[head.index("Enhet")] for row in rows[rows.index(head) + 1 :]}
    assert "svar" not in units
    sources = list(book["Källor"].iter_rows(values_only=True))
    at = next(row for row in sources if "Indikatorer" in row).index("Indikatorer")
    assert {type(row[at]) for row in sources if str(row[0]).startswith("pahittade")} == {
        int,
        type(None),
    }
