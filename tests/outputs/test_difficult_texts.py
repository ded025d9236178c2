"""Labels and comments that would be markup, formulas or too long somewhere, in every format."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import docx
import polars as pl
import pytest

from ojmf import Workspace
from ojmf.present.annex import SUFFIXES, to_file
from ojmf.present.annex.rows import Asked, Comparison, compare_rows
from ojmf.present.report import to_report
from ojmf.present.report.values import Head
from tests.outputs import workspaces

DAY = date(2025, 10, 6)
FORMULA = '=HYPERLINK("https://exempel.se";"klicka")'
LABELS = [
    "<script>alert(1)</script> & <b>fetstil</b>",
    "Ja | nej | kanske *stjärna* _under_ `kod` [länk](x)",
    FORMULA,
    "-2+3",
    "@kommando",
    "{{ 7 * 7 }} {% for x in y %}",
    "Lång " + "fråga " * 49 + "slut",
]
COMMENT = "+1 & <i>rad\u000bett</i>\nrad två = |slut|"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    rows = [(f"Fråga {number}", "NEJ", "60", "55,5", "") for number in range(len(LABELS))]
    grey = [("Obesvarad ett", "", "", "", ""), ("Obesvarad två", "", "10", "", "")]
    root = workspaces.make(
        tmp_path_factory.mktemp("svara"), {2024: {"oj-svara": rows, "oj-tomma": grey}}
    )
    workspace = Workspace.open(root)
    labels = {f"Fråga {number}": label for number, label in enumerate(LABELS)}
    printed = workspace.observations().with_columns(pl.col("row_label").replace(labels))
    workspace.hold(printed)
    return workspace


@pytest.fixture(scope="module")
def comparison(workspace: Workspace) -> Comparison:
    comments = {("oj-svara", f"oj-svara.fraga-{n}"): COMMENT for n in range(2)}
    comments["oj-svara", "oj-svara.fraga-2"] = FORMULA
    return compare_rows(workspace, "Solna", comments=comments)


def test_the_long_label_is_long() -> None:
    assert len(LABELS[-1]) > 300


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_same_table_gives_the_same_bytes(comparison: Comparison, suffix: str) -> None:
    assert to_file(comparison, suffix, DAY) == to_file(comparison, suffix, DAY)


def test_nothing_in_a_workbook_is_a_formula_or_a_link(comparison: Comparison) -> None:
    content = to_file(comparison, ".xlsx", DAY)
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        for name in sheets:
            sheet = book.read(name).decode()
            assert "<f>" not in sheet
            assert "<hyperlink" not in sheet
    cells = pl.read_excel(io.BytesIO(content), sheet_id=1, has_header=False, engine="calamine")
    texts = [text for row in cells.rows() for text in row if isinstance(text, str)]
    assert all(label in texts for label in LABELS)
    assert FORMULA in texts


def test_no_text_cell_of_a_csv_begins_a_formula(comparison: Comparison) -> None:
    text = to_file(comparison, ".csv", DAY).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    columns = ("Område", "Fråga", "Solna", "Kommentar", "Status", "Hänvisning (ojmf)")
    assert not [row[c] for row in rows for c in columns if row[c].startswith(tuple("=+-@"))]
    assert rows[2]["Fråga"] == f"'{FORMULA}"
    assert rows[0]["Skillnad mot länet"] == "-60"
    assert rows[0]["Skillnad mot riket"] == "-55,5"


def test_a_web_page_shows_markup_as_text(comparison: Comparison) -> None:
    page = to_file(comparison, ".html", DAY).decode()
    tags: set[str] = set()
    texts: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            # Links to the page's own parts are all that it has.
            if tag != "a" or not str(dict(attrs).get("href")).startswith("#"):
                tags.add(tag)

        def handle_data(self, data: str) -> None:
            texts.append(data)

    Reader().feed(page)
    assert not tags & {"script", "b", "i", "a", "link", "img"}
    assert LABELS[0] in texts
    assert 'lang="sv"' in page
    assert page.count("<caption>") == page.count("<table role=") == 3


def test_markdown_keeps_its_columns_and_shows_markup_as_text(comparison: Comparison) -> None:
    page = to_file(comparison, ".md", DAY).decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    rows = [line for line in page.splitlines() if line.startswith("| Ja ")]
    assert len(rows) == 1
    assert rows[0].replace("\\|", "").count("|") == 11


def test_word_documents_hold_the_texts_as_they_are(
    workspace: Workspace, comparison: Comparison
) -> None:
    for content in (
        to_file(comparison, ".docx", DAY),
        to_report(workspace, comparison, Head(DAY)),
    ):
        document = docx.Document(io.BytesIO(content))
        texts = [cell.text for table in document.tables for cell in table.column_cells(1)]
        assert all(label in texts for label in LABELS)


def test_an_area_without_any_answer_says_so(workspace: Workspace, comparison: Comparison) -> None:
    content = to_report(workspace, comparison, Head(DAY))
    texts = [p.text for p in docx.Document(io.BytesIO(content)).paragraphs]
    said = "Kommunen har inte svarat på någon av områdets två frågor. Området kan därför inte "
    assert f"{said}jämföras." in texts


def test_only_one_area_can_be_asked_for(workspace: Workspace) -> None:
    chosen = compare_rows(workspace, "Solna", asked=Asked("oj-tomma"))
    assert chosen.areas["area_id"].to_list() == ["oj-tomma"]
    assert chosen.rows["status"].unique().to_list() == ["grey"]


def test_a_comment_can_come_from_the_document_or_say_its_line(tmp_path: Path) -> None:
    from ojmf.present.annex.comments import document_comments

    root = workspaces.make(tmp_path, {2024: {"oj-a": [("Fråga", "JA", "1", "2", "Så är det")]}})
    workspace = Workspace.open(root)
    kept = compare_rows(workspace, "Solna")
    assert kept.rows["comment"].to_list() == ["Så är det"]
    extract = root / "data/sources/prov-2024/extract.txt"
    text = extract.read_text(encoding="utf-8").replace("Så är det", "[…]")
    extract.write_text(text, encoding="utf-8", newline="\n")
    workspace = Workspace.open(root)
    plain = compare_rows(workspace, "Solna")
    assert plain.rows.select("comment", "comment_place").rows() == [(None, "rad 5")]
    assert "| se rad 5 |" in to_file(plain, ".md", DAY).decode()
    printed = document_comments(workspace, root / "2024.txt")
    assert compare_rows(workspace, "Solna", comments=printed).rows["comment"].to_list() == [
        "Så är det"
    ]
