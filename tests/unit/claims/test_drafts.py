"""Drafts as people write them: Word files, lists, footnotes, sentences broken over pages."""

import docx
import pytest

from ojmf.claims import audit_document
from tests.unit.claims.workspace import judged, make, report

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
