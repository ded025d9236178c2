"""Drafts as people write them: Word files, lists, footnotes, sentences broken over pages."""

import time

import docx
import pytest

from ojmf.claims import audit_document, audit_lines
from ojmf.errors import InputError
from ojmf.ingest.document import Document
from tests.unit.claims.workspace import judged, make, report
from tests.unit.readers.writers import Part, write_pdf

FALSE = "Löner är 2,1 mkr högre än budget."


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    return make(tmp_path_factory.mktemp("prov"))


BROKEN = [
    "Löner är 2,1 mkr högre\n\n12\n\nän budget.",
    "Löner är 2,1 mkr hög-\nre än budget.",
    "Löner är 2,1 mkr högre\n\nSida 3 (12)\n\f\nän budget.",
    "Så blev utfallet:\n\n- Löner är 2,1 mkr högre än budget\n- Hyror är oförändrade på 10,0 mkr",
    "1. Löner är 2,1 mkr högre än budget.\n\n2. Hyror är oförändrade på 10,0 mkr.",
    "• Löner är 2,1 mkr högre än budget\n\n• Hyror är oförändrade på 10,0 mkr",
    "*Löner är 2,1 mkr högre än budget, se not.",
]


@pytest.mark.parametrize("prose", BROKEN)
def test_a_sentence_is_read_whole_wherever_it_is_broken(workspace, prose):
    frame = judged(workspace, ekonomi=prose)
    wrong = frame.filter(frame["verdict"] == "contradicts")
    assert wrong["values"].to_list() == [[2.1]]
    assert not frame["values"].explode().is_in([12.0, 3.0, 1.0, 2.0]).any()


def test_a_word_draft_with_headings_lists_and_tables_is_audited(workspace, tmp_path):
    document = docx.Document()
    table: list[list[str]] = []

    def finish() -> None:
        if table:
            made = document.add_table(len(table), len(table[0]))
            for row, cells in zip(made.rows, table, strict=True):
                for cell, text in zip(row.cells, cells, strict=True):
                    cell.text = text
            table.clear()

    for line in report(ekonomi=FALSE, manad="• Antalet badande var 25 i augusti."):
        if "\t" in line:
            table.append(line.split("\t"))
            continue
        finish()
        if line.startswith("• "):
            document.add_paragraph(line.removeprefix("• "), style="List Bullet")
        elif line in {"Ekonomi", "Biblioteket", "Simhallen", "Analys"}:
            document.add_heading(line)
        else:
            document.add_paragraph(line)
    finish()
    document.save(tmp_path / "utkast.docx")
    claims, _ = audit_document(workspace, tmp_path / "utkast.docx", "prov")
    wrong = claims.filter(claims["verdict"] == "contradicts")
    assert wrong["values"].to_list() == [[2.1], [25.0]]


def test_a_pdf_draft_is_audited(workspace, tmp_path):
    parts: list[Part] = []
    for line in report(ekonomi=FALSE, manad="Antalet badande var 25 i augusti."):
        if "\t" not in line:
            parts += [line] if line else []
        elif parts and isinstance(parts[-1], list):
            parts[-1].append(line.split("\t"))
        else:
            parts.append([line.split("\t")])
    write_pdf(tmp_path / "utkast.pdf", parts, first=150)
    claims, _ = audit_document(workspace, tmp_path / "utkast.pdf", "prov")
    wrong = claims.filter(claims["verdict"] == "contradicts")
    assert wrong["values"].to_list() == [[2.1], [25.0]]


def test_a_sentence_goes_on_over_the_foot_and_head_of_a_page(workspace):
    """A page ends with a footnote and its number; a running head begins each page."""
    prose = (
        "Taxan höjdes i maj.1 Löner är 1,2 mkr högre än\n\n1Hyror är 12,0 mkr enligt avtal2.\n\n"
        "Sida 1 (2)\n\nProvkommunen\n\nbudget."
    )
    lines = report(ekonomi=prose, manad="Ett slut.\n\nProvkommunen\n\nEn början.")
    heads = [0, *(n for n, line in enumerate(lines) if line == "Provkommunen")]
    places = {
        n: f"sida {sum(head < n for head in heads)}"
        for n, line in enumerate(lines, start=1)
        if "\t" not in line
    }
    document = Document("utkast.pdf", lines, None, places=places)
    frame = audit_lines(workspace, workspace.source("prov"), document)
    found = frame.select("kind", "verdict").rows()
    assert found == [("deviation", "agrees"), ("level", "contradicts")]
    assert frame["quote"].to_list()[0] == "Löner är 1,2 mkr högre än budget."


@pytest.mark.parametrize(
    "piece", ["12 ", "lönerna ökade med 3,0 mkr från 2,0 till ", "12 av de ", "("]
)
def test_what_is_no_sentence_is_passed_over(workspace, piece):
    prose = f"{piece * (8_000 // len(piece))}.\n\n{FALSE}"
    frame = judged(workspace, ekonomi=prose)
    assert frame["values"].to_list() == [[2.1]]


def test_judging_has_a_limit_in_time(workspace, monkeypatch):
    ticks = iter(range(0, 10_000, 40))
    monkeypatch.setattr(time, "monotonic", lambda: next(ticks))
    with pytest.raises(InputError, match=r"prov\.txt: meningarna har inte prövats efter 60 sek"):
        judged(workspace, ekonomi=FALSE, matt=FALSE, manad=FALSE)
