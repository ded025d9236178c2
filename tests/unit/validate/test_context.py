"""What is declared about an observation, beside what it says."""

import polars as pl
import pytest

from ojmf.validate.context import with_context
from tests.unit.ingest.builder import ingest, source, workspace

AMOUNTS = """
sign_styles = ["(5)", "5-"]
marks = { "*" = {}, "tkr" = { unit = "MSEK", shift = -3 } }
[[table]]
id = "belopp"
layout = "grid"
kind = "income-statement"
title = "Belopp"
area = "a"
header = ["Post", "2024"]
columns = [
  { label = "Post", content = "label" },
  { label = "2024", period = "2024" },
]
"""


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("(5,0)", -5),
        ("5,0-", -5),
        ("5,0*", 5),
        ("5,0¹", 5),
        ("(20 500,0) tkr", -20.5),
        ("-5,0", -5),
    ],
)
def test_the_printed_figure_is_read_as_its_table_prints_figures(raw, value):
    found = ingest(AMOUNTS, f"Belopp\n\nPost\t2024\nBelopp\t{raw}\n").observations
    framed = with_context(workspace(source(AMOUNTS)), found)
    assert framed.select("value", "printed").row(0) == (value, value)


def test_another_table_reads_its_own_marks_only():
    found = ingest(AMOUNTS, "Belopp\n\nPost\t2024\nBelopp\t5,0*\n").observations
    unknown = source(AMOUNTS.replace('"*" = {}, ', ""))
    assert with_context(workspace(unknown), found)["printed"].to_list() == [None]


def test_a_figure_in_another_scale_than_its_unit_is_as_printed():
    declared = AMOUNTS.replace(
        '{ label = "2024", period = "2024" }',
        '{ label = "2024", period = "2024", unit = "MSEK", shift = -3 }',
    )
    found = ingest(declared, "Belopp\n\nPost\t2024\nBelopp\t5 575\n").observations
    framed = with_context(workspace(source(declared)), found)
    assert framed.select("value", "printed", "decimals").row(0) == (5.575, 5.575, 3)
    thousandfold = found.with_columns(value=pl.lit(5575.0))
    assert with_context(workspace(source(declared)), thousandfold)["printed"][0] == 5.575
    undeclared = with_context(workspace(source(AMOUNTS)), found)
    assert undeclared["printed"][0] == 5575


def test_a_code_is_the_answer_that_it_is_declared_to_stand_for():
    declared = 'answers = { "1" = "JA" }\n' + AMOUNTS
    found = ingest(AMOUNTS, "Belopp\n\nPost\t2024\nBelopp\t1\n").observations
    framed = with_context(workspace(source(declared)), found)
    assert framed["printed_answer"].to_list() == ["JA"]


def test_how_a_table_prints_a_unit_is_told_beside_its_figures():
    declared = AMOUNTS.replace(
        'area = "a"', 'area = "a"\nfigures = { MSEK = { decimals = 1, least = 0 } }'
    )
    found = ingest(declared, "Belopp\n\nPost\t2024\nBelopp\t5,0 tkr\n").observations
    framed = with_context(workspace(source(declared)), found)
    assert framed.select("printed_decimals", "least", "most").row(0) == (1, 0, None)
