"""Drafts as people write them: Word files, lists, footnotes, sentences broken over pages."""

import re
import time

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from ojmf.claims import audit_document, audit_lines
from ojmf.errors import InputError
from ojmf.ingest.document import Document
from ojmf.ingest.readers import read_file
from tests.unit.claims.workspace import judged, make, report
from tests.unit.readers.writers import Part as PdfPart
from tests.unit.readers.writers import write_pdf

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


def _word(lines: list[str]) -> docx.document.Document:
    """A Word document with headings, lists and tables."""
    document = docx.Document()
    table: list[list[str]] = []

    def finish() -> None:
        if table:
            made = document.add_table(len(table), len(table[0]))
            for row, cells in zip(made.rows, table, strict=True):
                for cell, text in zip(row.cells, cells, strict=True):
                    cell.text = text
            table.clear()

    for line in lines:
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
    return document


def test_a_word_draft_with_headings_lists_and_tables_is_audited(workspace, tmp_path):
    document = _word(report(ekonomi=FALSE, manad="• Antalet badande var 25 i augusti."))
    document.save(tmp_path / "utkast.docx")
    claims, _ = audit_document(workspace, tmp_path / "utkast.docx", "prov")
    wrong = claims.filter(claims["verdict"] == "contradicts")
    assert wrong["values"].to_list() == [[2.1], [25.0]]


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_notes_of_a_word_draft_are_audited_where_they_belong(workspace, tmp_path, kind):
    document = _word(report(matt="Lekplatserna är 30.", manad="Badet är öppet."))
    schema = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    notes = {2: "Antalet lekplatser var 26 i fjol.", 3: "Antalet badande var 25 i augusti."}
    told = "".join(
        f'<w:{kind} w:id="{n}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:{kind}>'
        for n, text in notes.items()
    )
    part = Part(
        PackURI(f"/word/{kind}s.xml"),
        f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml",
        f"<w:{kind}s {schema}>{told}</w:{kind}s>".encode(),
        document.part.package,
    )
    document.part.relate_to(
        part, f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}s"
    )
    for number, said in ((2, "Lekplatserna är 30."), (3, "Badet är öppet.")):
        (place,) = (p for p in document.paragraphs if p.text == said)
        place._p.append(parse_xml(f'<w:r {schema}><w:{kind}Reference w:id="{number}"/></w:r>'))
    document.save(tmp_path / "utkast.docx")
    claims, _ = audit_document(workspace, tmp_path / "utkast.docx", "prov")
    wrong = claims.filter(claims["verdict"] == "contradicts")
    assert wrong["values"].to_list() == [[26.0], [25.0]]
    read = read_file(tmp_path / "utkast.docx")
    first, second = (read.place(line) for line in wrong["line"])
    assert re.fullmatch(r"fotnot 1 till stycke \d+", first)
    assert second.startswith("fotnot 2 till stycke ")


def test_a_pdf_draft_is_audited(workspace, tmp_path):
    parts: list[PdfPart] = []
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
