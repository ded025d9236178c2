"""Web pages, and those that are called .xls."""

from __future__ import annotations

from pathlib import Path

import pytest

from ojmf.errors import InputError
from ojmf.ingest.document import Document
from ojmf.ingest.readers import read_file

PAGE = """<!DOCTYPE html><html><head><title>Sida</title><style>td {color: red}</style></head><body>
<nav hidden>Meny</nav><h1>Antal &auml;renden</h1><p>Kommun 2024,<br>nämnd</p>
<table><caption>Tabell 1</caption>
<thead><tr><th rowspan="2">Mått</th><th colspan="2">Utfall</th></tr>
<tr><th>2023</th><th>2024<sup>1</sup></th></tr></thead>
<tr><td>Antal <b>beslut</b></td><td>1&nbsp;250</td><td><s>1 300</s> 1 310</td></tr>
<tr style="display: none"><td>Dold</td><td>1</td><td>2</td></tr>
<tr><td>Antal klagomål</td><td colspan="2">12</td></tr>
</table><p>1) preliminärt</p></body></html>"""


def read(tmp_path: Path, text: str, name: str = "sida.html", encoding: str = "utf-8") -> Document:
    path = tmp_path / name
    path.write_text(text, encoding=encoding)
    return read_file(path)


def lines(document: Document) -> list[str]:
    return [line for line in document.lines if line]


def test_the_text_and_tables_of_a_page_are_lines_in_their_order(tmp_path: Path) -> None:
    assert lines(read(tmp_path, PAGE)) == [
        *("Antal ärenden", "Kommun 2024,", "nämnd", "Tabell 1"),
        "Mått\tUtfall\tUtfall",
        "Mått\t2023\t2024",
        "Antal beslut\t1\u00a0250\t1 310",
        "Antal klagomål\t12\t",
        "1) preliminärt",
    ]


def test_a_cell_is_placed_by_its_table_and_row(tmp_path: Path) -> None:
    document = read(tmp_path, PAGE)
    number = 1 + document.lines.index("Antal klagomål\t12\t")
    assert document.place(number, 1).startswith("tabell 1, rad 4")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_page_that_is_called_xls_is_read_as_what_it_is(tmp_path: Path, encoding: str) -> None:
    found = read(tmp_path, "<table><tr><td>Mått</td><td>å</td></tr></table>", "x.xls", encoding)
    assert lines(found) == ["Mått\tå"]


def test_a_table_in_a_cell_stands_below(tmp_path: Path) -> None:
    inner = "<table><tr><td>c</td><td>d</td></tr></table>"
    page = f"<table><tr><td>a</td><td>b{inner}</td></tr></table>"
    assert lines(read(tmp_path, page)) == ["a\tb", "c\td"]


def test_text_that_is_called_xls_and_no_page_is_still_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="innehåller text"):
        read(tmp_path, "a\tb\n", "x.xls")
    with pytest.raises(InputError, match="inget innehåll"):
        read(tmp_path, "<html><body></body></html>")
