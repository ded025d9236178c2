"""The tables of the method documentation, read and held against what the methods give."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
import pytest

from ojmf.present.reasons import with_reasons

Row = dict[str, str]


@dataclass(frozen=True)
class Runner:
    """How the rows of a table are run.

    ``run`` gets the cells before the column ``=`` and returns one row of results for each, in
    the same order; ``names`` maps the columns after ``=`` to the results' columns.
    """

    run: Callable[[list[Row]], pl.DataFrame]
    names: Mapping[str, str]


def tables(document: str) -> dict[str, list[str]]:
    """The lines of the table of every section of a Markdown document, by the section's title."""
    found: dict[str, list[str]] = {}
    for section in document.split("\n## ")[1:]:
        title, *lines = section.splitlines()
        found[title] = [line for line in lines if line.startswith("|")]
    return found


def check(lines: list[str], runner: Runner) -> None:
    """Assert that a runner gives what the lines of its table say.

    A printed number must hold to its last decimal, an empty cell is null, and any other cell is
    found as it is.
    """
    header, _, *rows = (split(line) for line in lines)
    border = header.index("=")
    given = [dict(zip(header[:border], row[:border], strict=True)) for row in rows]
    wanted = [dict(zip(header[border + 1 :], row[border + 1 :], strict=True)) for row in rows]
    assert set(header[border + 1 :]) == set(runner.names)
    found = runner.run(given)
    if "reason_code" in found.columns:
        found = with_reasons(found)
    assert found.height == len(wanted) > 0
    for number_of_row, (expected, row) in enumerate(
        zip(wanted, found.iter_rows(named=True), strict=True), start=1
    ):
        for column, cell in expected.items():
            result = row[runner.names[column]]
            assert agrees(cell, result), f"row {number_of_row}, {column}: {cell!r}, not {result!r}"


def split(line: str) -> list[str]:
    """The cells of a line of a Markdown table."""
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def agrees(cell: str, result: Any) -> bool:
    """Whether a result is what the table prints."""
    if result is None:
        return cell == ""
    if isinstance(result, float):
        if not cell:
            return False
        decimals = len(cell.partition(",")[2])
        return number(cell) == pytest.approx(result, abs=0.5 * 10**-decimals + 1e-9)
    return str(result) == cell


def number(cell: str) -> float | None:
    """A printed number with decimal comma; an empty cell is null."""
    return float(cell.replace(",", ".").replace("−", "-").replace(" ", "")) if cell else None
