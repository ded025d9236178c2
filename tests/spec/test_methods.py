"""The methods give what the tables of docs/metoder.md say."""

from __future__ import annotations

from pathlib import Path

import pytest

from ojmf.compare.figures import NUMERIC_METHODS
from ojmf.compare.questions import ANSWER_METHOD
from ojmf.declarations.catalogue import METHODS
from tests.spec.methods import RUNNERS
from tests.spec.tables import agrees, check, tables

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "metoder.md"
TABLES = tables(DOCUMENT.read_text(encoding="utf-8"))


def test_every_section_has_a_table_that_is_run() -> None:
    assert list(TABLES) == list(RUNNERS)


@pytest.mark.parametrize("title", RUNNERS)
def test_a_method_gives_what_its_table_says(title: str) -> None:
    check(TABLES[title], RUNNERS[title])


def test_every_method_of_the_catalogue_can_be_run_and_is_described() -> None:
    assert {ANSWER_METHOD, *NUMERIC_METHODS} == set(METHODS)
    titles = " ".join(TABLES)
    assert all(f"`{method}`" in titles for method in METHODS)


@pytest.mark.parametrize(
    ("cell", "result", "expected"),
    [
        ("1,5", 1.54, True),
        ("1,5", 1.56, False),
        ("", None, True),
        ("", 0.0, False),
        ("0", None, False),
        ("red", "red", True),
        ("red", "green", False),
    ],
)
def test_a_table_cell_is_held_to_what_it_prints(cell: str, result: object, expected: bool) -> None:
    assert agrees(cell, result) is expected
