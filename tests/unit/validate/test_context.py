"""What is declared about an observation, beside what it says."""

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
