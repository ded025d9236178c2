"""A unit that a workbook writes behind its figures is held against the declared one."""

import pytest

from ojmf.ingest.document import CellFact, Document
from ojmf.ingest.reading import read
from tests.unit.ingest.builder import source, workspace

TABLE = """
[[table]]
id = "tal"
layout = "grid"
kind = "measures"
title = "Tal"
area = "a"
header = ["Post", "Utfall", "Antal"]
columns = [
  {{ label = "Post", content = "label" }},
  {{ label = "Utfall", scenario = "outcome", period = "2024", {declared} }},
  {{ label = "Antal", scenario = "outcome", period = "2024", unit = "persons" }},
]
indicators = {{ "Hyror" = "a.belopp", "El" = "a.belopp" }}
"""
TEXT = ["Tal", "Post\tUtfall\tAntal", "Hyror\t312\t5", "El\t17\t6", ""]


def told(declared: str, unit: str, at: int = 1) -> list[str]:
    own = source(TABLE.format(declared=declared))
    facts = {(line, at): CellFact(unit=unit) for line in (3, 4)}
    places = {line: f"blad Tal, cell A{line}" for line in (2, 3, 4)}
    document = Document("fil.xlsx", TEXT, None, places, facts=facts)
    found = read(workspace(own), own, document).findings.filter(check="unit-shown")
    assert set(found["severity"]) <= {"critical"}
    return found["message"].to_list()


@pytest.mark.parametrize(
    ("declared", "unit"),
    [
        ('unit = "MSEK"', "mnkr"),
        ('unit = "MSEK"', "mkr"),
        ('unit = "MSEK", shift = -3', "tkr"),
        ('unit = "MSEK", shift = -6', "kr"),
        ('unit = "SEK"', "kr"),
        ('unit = "SEK", shift = 3', "tkr"),
    ],
)
def test_the_declared_unit_in_any_words_is_no_finding(declared, unit):
    assert told(declared, unit) == []


@pytest.mark.parametrize(
    ("declared", "unit", "said"),
    [
        ('unit = "MSEK"', "tkr", "deklarerad i mnkr"),
        ('unit = "MSEK"', "kr", "deklarerad i mnkr"),
        ('unit = "SEK"', "tkr", "deklarerad i kronor"),
        ('unit = "MSEK", shift = -3', "mnkr", "deklarerad i tkr"),
        ('unit = "MSEK"', "personer", "deklarerad i mnkr"),
    ],
)
def test_another_unit_is_told_once_for_the_column(declared, unit, said):
    (message,) = told(declared, unit)
    assert f"fil.xlsx blad Tal, cell B3: rad ”Hyror”, kolumn ”Utfall” visas med ”{unit}”" in message
    assert "som 1 cell till i kolumnen" in message
    assert said in message


def test_a_word_of_counts_says_nothing_against_another_count():
    assert told('unit = "MSEK"', "st", at=2) == []
    (message,) = told('unit = "MSEK"', "kr", at=2)
    assert "är deklarerad i persons" in message
