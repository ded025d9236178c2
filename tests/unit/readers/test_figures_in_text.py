"""Text, CSV, TSV and Markdown: a figure in any declared style reads back, or is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojmf.errors import TableError
from ojmf.ingest.readers import read_file
from ojmf.ingest.reading import read
from ojmf.ingest.source import resolve
from tests.unit.ingest.builder import source, workspace

AMOUNTS = """
sign_styles = ["(5)", "5-", "- 5", "+5"]
marks = { "*" = {}, "1)" = { note = "preliminär", status = "V" }, "mkr" = { unit = "MSEK" } }
approximations = { "ca" = {} }
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
DECLARED = source(AMOUNTS)
WORKSPACE = workspace(DECLARED)
STYLES = ["{}", "-{}", "−{}", "–{}", "({})", "{}-", "- {}", "– {}", "+{}", "ca {}"]
MARKS = ["", "*", " *", " 1)", " mkr", "¹", " ²⁾", " mkr¹"]
HIDDEN = "\u200b\u200e\u2060\ufeff\u00ad"
ENCODINGS = {"txt": "utf-16", "md": "utf-8-sig", "csv": "utf-8", "tsv": "utf-8"}


def observed(path, cell):
    """Value and note of the one figure of a table, None where it is refused."""
    lines = ["Belopp", "", "Post\t2024", f"Belopp\t{cell}", "", "1) Preliminär", "¹ Fotnot", ""]
    text = "\n".join(lines)
    if path.suffix == ".csv":
        text = text.replace("\t", ";")
    if path.suffix == ".md":
        text = "\n".join(f"| {x.replace(chr(9), ' | ')} |" if "\t" in x else x for x in lines)
    path.write_bytes(text.encode(ENCODINGS[path.suffix[1:]]))
    try:
        found = resolve(read(WORKSPACE, DECLARED, read_file(path))).observations
    except TableError:
        return None
    return found.select("value", "obs_status", "note").row(0)


@given(
    suffix=st.sampled_from(sorted(ENCODINGS)),
    number=st.decimals(0, 99_999, places=1),
    space=st.sampled_from([" ", "\u00a0", "\u202f", "\u2009", "\u2007", ""]),
    style=st.sampled_from(STYLES),
    mark=st.sampled_from(MARKS),
    hidden=st.tuples(st.integers(0, 14), st.sampled_from(["", *HIDDEN])),
)
def test_a_figure_reads_back_or_is_refused(
    tmp_path_factory, suffix, number, space, style, mark, hidden
):
    digits = f"{number:,.1f}".replace(",", space).replace(".", ",")
    cell = style.format(digits) + mark
    cell = cell[: hidden[0]] + hidden[1] + cell[hidden[0] :]
    found = observed(tmp_path_factory.mktemp("text") / f"fil.{suffix}", cell)
    positive = style in {"{}", "+{}", "ca {}"}
    if found is None:
        assert hidden[1]
        return
    assert found[0] == float(number) * (1 if positive else -1)


@pytest.mark.parametrize(
    ("cell", "status", "note"),
    [
        ("5,0", "A", None),
        ("5,0*", "A", "märket *"),
        ("5,0 1)", "V", "preliminär"),
        ("5,0¹", "A", "märket ¹, fotnot på rad 6"),
        ("ca 5,0", "U", "ungefärligt"),
        ("5,0 mkr", "A", None),
        ("ca 5,0 mkr*", "U", "ungefärligt; märket *"),
    ],
)
def test_a_mark_says_what_it_means(tmp_path, cell, status, note):
    found = observed(tmp_path / "fil.txt", cell)
    assert found[:2] == (5.0, status)
    assert found[2] in {note, None if note is None else f"{note}; rad 4"}


@pytest.mark.parametrize(
    "cell", ["５", "٥", "5\u00ad", "\u202e15", "5<sup>1</sup>", "5<br>123", "5\f123", "5 %", "10̶7"]
)
def test_what_is_no_figure_on_the_page_is_refused(tmp_path, cell):
    assert observed(tmp_path / "fil.txt", cell) is None
