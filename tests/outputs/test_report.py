"""The report in Word: headings, notes, changes, own templates, and its pages as PDF."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import docx
import polars as pl
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table
from typer.testing import CliRunner

from ojmf import Workspace
from ojmf.cli import app
from ojmf.errors import InputError
from ojmf.present.annex import to_file
from ojmf.present.annex.documents import dated_name
from ojmf.present.annex.named_sources import area_source
from ojmf.present.annex.rows import Asked, Comparison, compare_rows
from ojmf.present.marks import span
from ojmf.present.report import to_report
from ojmf.present.report.notes import Notes
from ojmf.present.report.placeholders import report_values
from ojmf.present.report.template import report_template
from ojmf.present.report.values import Head, ShownChange
from tests.outputs import workspaces

DAY = date(2025, 10, 6)
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    return Workspace.open(workspaces.ROOT)


@pytest.fixture(scope="module")
def comparison(workspace: Workspace) -> Comparison:
    return compare_rows(workspace, "Solna")


@pytest.fixture(scope="module")
def content(workspace: Workspace, comparison: Comparison) -> bytes:
    return to_report(workspace, comparison, Head(DAY, "SN/2025:7"))


@pytest.fixture(scope="module")
def report(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def test_it_has_real_headings_language_title_and_maker(report: Document) -> None:
    headings = [p.text for p in report.paragraphs if p.style and p.style.name == "Heading 1"]
    assert headings[:2] == ["Förslag till beslut", "Sammanfattning"]
    assert headings[2:-6] == [
        "Ärendet",
        "Resultat per område",
        "Att tänka på när du läser siffrorna",
        "Källor",
        "Underskrifter",
        "Bilagor",
    ]
    assert headings[-6:] == [
        "Bilaga 1. Social barn- och ungdomsvård",
        "Bilaga 2. Våld i nära relation",
        "Bilaga 3. Ekonomiskt bistånd",
        "Bilaga 4. Stöd till personer med psykisk funktionsnedsättning",
        "Bilaga 5. Missbruks- och beroendevård",
        "Bilaga 6. Spårbarhet",
    ]
    assert report.core_properties.language == "sv-SE"
    assert (
        report.core_properties.title
        == "Öppna jämförelser 2024: Solna jämfört med Stockholms län och riket"
    )
    assert report.core_properties.last_modified_by == "ojmf"
    languages = {e.get(qn("w:val")) for e in report.styles.element.iter(qn("w:lang"))}
    assert languages == {"sv-SE"}
    assert "SN/2025:7" in report.paragraphs[1].text


def test_every_table_has_a_marked_heading_row_and_a_description(report: Document) -> None:
    assert len(report.tables) == 7
    for table in report.tables:
        assert table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))


def test_the_status_is_a_colour_a_symbol_and_a_word(report: Document) -> None:
    fills = {
        (cell.text, cell._tc.xpath("string(w:tcPr/w:shd/@w:fill)"))
        for table in report.tables[1:6]
        for cell in table.column_cells(5)[1:]
    }
    assert fills == {
        ("●\u00a0Grön", "DDEFD6"),
        ("◐\u00a0Gul", "FFF0C2"),
        ("■\u00a0Röd", "EE9A8C"),
        ("○\u00a0Inget svar", "FFFFFF"),
    }


def test_pictures_have_a_text_alternative(report: Document) -> None:
    pictures = list(report.element.body.iter(qn("wp:docPr")))
    assert len(pictures) == 1
    assert "Våld i nära relation" in pictures[0].get("descr")


def test_a_source_has_one_real_footnote_and_every_question_its_place_in_the_annexes(
    content: bytes, report: Document, comparison: Comparison
) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        from lxml import etree

        notes = etree.fromstring(parts.read("word/footnotes.xml"))
        assert b"footnotes+xml" in parts.read("[Content_Types].xml")
        body = parts.read("word/document.xml").decode()
    texts = {
        note.get(qn("w:id")): "".join(note.itertext())
        for note in notes
        if not note.get(qn("w:type"))
    }
    used = [e.get(qn("w:id")) for e in report.element.body.iter(qn("w:footnoteReference"))]
    assert used == sorted(texts, key=int)
    assert len(used) == len(comparison.sources) == 1
    assert "dnr SN/2024:81" in next(iter(texts.values()))
    assert "\ue000" not in body
    assert "oj:0184:" not in " ".join(p.text for p in report.paragraphs)
    register = [[cell.text for cell in row.cells] for row in report.tables[-1].rows[1:]]
    assert [row[3] for row in register] == comparison.rows["citation"].to_list()
    assert [row[1] for row in register] == comparison.rows["label"].to_list()
    places = {row[0]: row[2] for row in register}
    labels = {
        cells[0].text: cells[1].text
        for table in report.tables[1:6]
        for cells in (row.cells for row in table.rows[1:])
    }
    named = re.findall(r"”([^”]+)” \([\d,]+ procent i länet; nr (\d\.\d+)\)", text_of(report))
    assert len(named) > 9
    for name, number in named:
        # Quoted as the document has it, so that it is recognised in the annex.
        assert labels[number] == name
        assert re.fullmatch(r"källa 1, rad \d+", places[number])


def text_of(report: Document) -> str:
    return "\n".join(paragraph.text for paragraph in report.paragraphs)


def test_it_is_about_the_municipality_alone_and_leaves_a_place_for_what_is_to_be_written(
    report: Document,
) -> None:
    text = text_of(report)
    assert "Enköping" not in text
    assert text.count("Förvaltningens bedömning av området: [skrivs av förvaltningen]") == 5
    assert text.count("[Förvaltningens bedömning]") == len(re.findall(r"; nr \d\.\d+\)\. \[", text))
    assert "[Avsändare" in text
    assert "[Namn, förvaltningschef]" in text
    assert "Socialnämnden tar del av redovisningen av Öppna jämförelser 2024." in text


def test_a_report_of_measures_has_no_empty_chart_and_no_unit_without_a_figure(
    workspace: Workspace,
) -> None:
    measures = compare_rows(workspace, "Enköping")
    document = docx.Document(io.BytesIO(to_report(workspace, measures, Head(DAY))))
    assert not list(document.element.body.iter(qn("wp:docPr")))
    headings = [cell.text for cell in document.tables[1].rows[0].cells]
    assert headings[3:] == [
        "Enköping",
        "Referens",
        "Skillnad",
        "Bedömning",
        "Anmärkning",
    ]
    # What all rows are compared with is said once, above them.
    assert [p.text for p in document.paragraphs if p.text.endswith(" Referens: budgeten.")]
    notes = [cell.text for cell in document.tables[1].column_cells(7)]
    assert any("skillnaden står så i dokumentet, avrundade belopp ger −1,5" in t for t in notes)
    # Its document lost the minus sign: the difference doesn't stand so there.
    corrected = next(text for text in notes if "avrundade belopp ger −5,3" in text)
    assert "avvikelsen rättad från ”5,4”" in corrected
    assert "skillnaden är dokumentets rättade avvikelse" in corrected
    shown = [cell.text for table in document.tables[1:3] for cell in table.column_cells(3)]
    assert "1,6 mnkr" in [text.replace("\u00a0", " ") for text in shown]
    assert "–" in shown
    assert "mnkr" not in shown
    periods = {text for table in document.tables[1:4] for text in period_cells(table)}
    assert periods == {"2024", "januari–augusti 2024", "31 augusti 2024"}
    register = document.tables[-1]
    number, label, period, *_ = ([c.text for c in column.cells[1:]] for column in register.columns)
    assert len({*zip(label, period, strict=True)}) == len(number) > len({*label})


def period_cells(table: Table) -> list[str]:
    return [cell.text for cell in table.column_cells(2)[1:]]


def test_the_signatures_are_kept_on_the_page_of_what_stands_before_them(report: Document) -> None:
    """All from the last points to read to the list of annexes is one page's, headings too."""
    texts = [paragraph.text for paragraph in report.paragraphs]
    last = texts.index("Bilaga 6. Spårbarhet")
    closing = report.paragraphs[texts.index("Att tänka på när du läser siffrorna") + 2 : last]
    assert {"Källor", "[Namn, handläggare]", "Bilagor"} <= {one.text for one in closing}
    headings = [one for one in closing if one.style and one.style.name == "Heading 1"]
    others = [one for one in closing if one not in headings]
    assert all(one.style and one.style.paragraph_format.keep_with_next for one in headings)
    assert all(one.paragraph_format.keep_with_next for one in others)


def test_a_publisher_is_named_once_and_many_tables_by_their_first_and_last_place(
    comparison: Comparison,
) -> None:
    (cited,) = comparison.sources
    source = replace(cited, publisher="Källa: Kolada", title="Kolada: sju tal", diary_number=None)
    rows = comparison.rows.filter(area_id="oj-vald").with_columns(
        pl.format("N{}", pl.int_range(pl.len())).alias("table")
    )
    many = replace(comparison, rows=rows, sources=(source,))
    places = span(rows["place"][0], rows["place"][-1])
    assert area_source(many, many.rows) == f"Kolada: sju tal, {places}"
    named = replace(source, title="Kolada, sju tal, 2024-10-01", date=date(2024, 10, 1))
    assert dated_name(named) == "Kolada: sju tal, 2024-10-01"
    assert dated_name(replace(named, title="Koladas tal")) == "Kolada: Koladas tal, 1 oktober 2024"
    twice = replace(source, publisher="Ale", title="Ale: tal", document="Ale, Ale: tal")
    assert [one.called for one in (twice, source)] == ["Ale: tal", source.document]
    few = replace(many, rows=rows.head(2))
    assert area_source(few, few.rows).startswith("Kolada: sju tal, N0, rad ")
    assert area_source(few, few.rows).count("Kolada") == 1
    records = rows.with_columns(place=pl.format("post {}", "line"))
    assert (
        area_source(replace(many, rows=records), records)
        == f"Kolada: sju tal, {rows.height} poster"
    )


def test_what_is_said_to_be_largest_is_the_largest_of_the_table(workspace: Workspace) -> None:
    measures = compare_rows(workspace, "Enköping")
    values = report_values(workspace, measures, Head(DAY), Notes())
    ordered = measures.rows.with_columns(pl.col("gap_beside").round(6)).sort("gap_beside")
    best = ordered.filter(verdict="better")["label"][-1]
    assert f"Bland måtten är skillnaden till det bättre störst i ”{best}”" in values.bra
    for area in ("Ekonomi", "Volymer"):
        worse = ordered.filter(area_name=area, verdict="worse")["label"].head(3)
        (named,) = (shown.fragor for shown in values.omraden if shown.namn == area)
        assert [text.partition("”")[2].partition("”")[0] for text in named] == worse.to_list()


def test_the_counts_of_a_summary_add_up_and_each_change_says_its_way(workspace: Workspace) -> None:
    beside = compare_rows(workspace, "Enköping", asked=Asked(against="Solna"))
    values = report_values(workspace, beside, Head(DAY), Notes())
    told = values.sammanfattning[0]
    total, standing = re.search(r"(\d+) kan jämföras, varav (.*?)\.", told).groups()  # type: ignore[union-attr]
    assert sum(map(int, re.findall(r"\d+", standing))) == int(total), told
    assert " högre" in standing
    ways = Counter(change.riktning for change in values.forandringar)
    assert f"{ways['till det bättre']} till det bättre" in values.forandring
    assert f"{ways['till det sämre']} till det sämre" in values.forandring


def test_a_comment_takes_the_place_of_the_slot(workspace: Workspace) -> None:
    first = compare_rows(workspace, "Solna").rows.filter(
        indicator_id="oj-vald.stodsamtal-kvinnor-med-beslut"
    )
    said = {(first["area_id"][0], first["indicator_id"][0]): "Ingen har sökt stödet."}
    commented = compare_rows(workspace, "Solna", comments=said)
    head = Head(DAY, sender="Socialförvaltningen", signatures=("A B, direktör",))
    document = docx.Document(io.BytesIO(to_report(workspace, commented, head)))
    text = text_of(document)
    assert "nr 2.14). Ingen har sökt stödet." in text
    assert "Socialförvaltningen" in text
    assert "A B, direktör" in text
    assert [cell.text for cell in document.tables[2].rows[0].cells][-1] == "Kommentar"


def test_without_an_earlier_account_there_is_no_section_on_changes(report: Document) -> None:
    assert "ändrats" not in text_of(report)
    headings = [
        p.style is not None and p.style.name.startswith("Heading") for p in report.paragraphs
    ]
    # A heading is followed by a text or a table, never by another heading of its own level.
    for place, heading in enumerate(headings[:-1]):
        if heading and headings[place + 1]:
            assert report.paragraphs[place].text == "Resultat per område"


def test_the_same_input_gives_the_same_bytes(
    workspace: Workspace, comparison: Comparison, content: bytes
) -> None:
    assert to_report(workspace, comparison, Head(DAY, "SN/2025:7")) == content


def test_changes_since_a_chosen_account(tmp_path: Path) -> None:
    accounts: dict[int, dict[str, Sequence[workspaces.Row]]] = {
        year: {"oj-a": [("Har rutin", answer, "40", "30", "")]}
        for year, answer in {2022: "NEJ", 2023: "DELVIS", 2024: "JA"}.items()
    }
    root = workspaces.make(tmp_path / "yta", accounts)
    asked = ["report", "--kommun", "Solna", "--root", str(root), "--against", "fjolaret"]
    said = {}
    for year in ("2022", "2023"):
        output = tmp_path / f"{year}.docx"
        result = CliRunner().invoke(app, [*asked, "--since", year, "--output", str(output)])
        assert result.exit_code == 0, result.output
        table = docx.Document(str(output)).tables[2]
        said[year] = [cell.text for cell in table.rows[1].cells][2:5:2]
    assert said == {"2022": ["NEJ", "JA"], "2023": ["DELVIS", "JA"]}


def test_changes_since_the_previous_account(tmp_path: Path) -> None:
    before = [
        ("Har rutin", "NEJ", "40", "30", ""),
        ("Har plan", "JA", "40", "30", ""),
        ("Har stöd", "JA", "40", "30", ""),
        ("Utgår", "JA", "40", "30", ""),
    ]
    now = [
        ("Har rutin", "JA", "50", "30", ""),
        ("Har plan", "DELVIS", "40", "30", ""),
        ("Har stöd", "JA", "45", "30", ""),
        ("Är ny", "NEJ", "40", "30", ""),
    ]
    root = workspaces.make(tmp_path, {2023: {"oj-a": before}, 2024: {"oj-a": now}})
    workspace = Workspace.open(root)
    filled = to_report(workspace, compare_rows(workspace, "Solna"), Head(DAY))
    document = docx.Document(io.BytesIO(filled))
    assert (
        "Förändrat: Jämfört med redovisningen för 2023 har två svar ändrats, ett till det bättre "
        "och ett till det sämre. En fråga är ny. En fråga har utgått."
    ) in [p.text for p in document.paragraphs]
    rows = [[cell.text for cell in row.cells] for row in document.tables[2].rows]
    assert rows == [
        ["Område", "Fråga eller mått", "2023", "Stod på", "2024", "Ändring"],
        ["Oj-A", "Har plan", "JA", "källa 2, rad 6", "DELVIS", "till det sämre"],
        ["Oj-A", "Har rutin", "NEJ", "källa 2, rad 5", "JA", "till det bättre"],
    ]
    sources = [p.text for p in document.paragraphs if p.style and p.style.name == "List Number"]
    assert [("dnr PN/2023:1" in text, "(det som jämförs med)" in text) for text in sources] == [
        (False, False),
        (True, True),
    ]


def _template(*paragraphs: str, footer: str = "") -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.sections[0].footer.paragraphs[0].text = footer
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_a_template_of_ones_own_is_filled_in_body_and_footer(
    workspace: Workspace, comparison: Comparison, tmp_path: Path
) -> None:
    path = tmp_path / "egen.docx"
    path.write_bytes(
        _template(
            "{{ rubrik }}",
            "{{ sammanfattning }} {{ mindre_bra }}",
            footer="{{ kommun }} {{ datum }}",
        )
    )
    document = docx.Document(io.BytesIO(to_report(workspace, comparison, Head(DAY), path)))
    assert (
        document.paragraphs[0].text
        == "Öppna jämförelser 2024: Solna jämfört med Stockholms län och riket"
    )
    assert document.paragraphs[1].text.startswith("Öppna jämförelser 2024 omfattar 106 frågor")
    assert document.sections[0].footer.paragraphs[0].text == "Solna 2025-10-06"
    assert len(list(document.element.body.iter(qn("w:footnoteReference")))) == 1


def test_notes_join_those_that_a_template_has(
    workspace: Workspace, comparison: Comparison, content: bytes, tmp_path: Path
) -> None:
    document = docx.Document(io.BytesIO(content))
    document.add_paragraph("{{ mindre_bra }}")
    path = tmp_path / "med-noter.docx"
    document.save(str(path))
    again = docx.Document(io.BytesIO(to_report(workspace, comparison, Head(DAY), path)))
    used = [e.get(qn("w:id")) for e in again.element.body.iter(qn("w:footnoteReference"))]
    assert len(used) == len(set(used)) == 1 + 1


def _broken_xml() -> bytes:
    source, target = io.BytesIO(_template("{{ kommun }}")), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for item in old.infolist():
            data = old.read(item)
            if item.filename == "word/document.xml":
                data = data.replace(b"</w:body>", b"")
            new.writestr(item.filename, data)
    return target.getvalue()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: _template("{{ kommum }}"), "okänd platshållare ”kommum”. Menade du kommun?"),
        (lambda: _template("x", footer="{{ sidfot }}"), "okänd platshållare ”sidfot”"),
        (
            lambda: _template("{%p for a in omraden %}", "{{ a.ingenting }}", "{%p endfor %}"),
            "okänd platshållare ”ingenting” i {{ a.ingenting }}",
        ),
        (lambda: _template("Namn: {{ kommun "), "en platshållare är felskriven"),
        (lambda: _template("{%p for a in omraden %}", "{{ a.namn }}"), "felskriven"),
        (
            lambda: _template("{%p for a in omraden %}", "text {% endfor %} mer"),
            "mallen går inte att fylla i",
        ),
        (lambda: _template("{{ kommun|okant }}"), "okant"),
        (lambda: _template("{{ kommun.__class__.mro() }}"), "i {{ kommun.__class__.mro() }}"),
        (lambda: b"inte ett dokument", "mallen är inget Word-dokument"),
        (_broken_xml, "går inte att fylla i"),
    ],
)
def test_a_fault_of_a_template_is_named(
    workspace: Workspace,
    comparison: Comparison,
    tmp_path: Path,
    make: Callable[[], bytes],
    message: str,
) -> None:
    path = tmp_path / "fel.docx"
    path.write_bytes(make())
    with pytest.raises(InputError) as caught:
        to_report(workspace, comparison, Head(DAY), path)
    assert str(caught.value).startswith(str(path))
    assert message in str(caught.value)


def test_every_documented_placeholder_is_one(workspace: Workspace, comparison: Comparison) -> None:
    from ojmf.present.report.notes import Notes
    from ojmf.present.report.placeholders import report_values

    guide = (workspaces.ROOT / "docs/rapportmall.md").read_text(encoding="utf-8")
    documented = {line.split("`")[1] for line in guide.splitlines() if line.startswith("| `")}
    values = report_values(workspace, comparison, Head(DAY), Notes())
    area = values.omraden[0]
    known = {
        *(field.name for field in fields(values)),
        *(f"omrade.{field.name}" for field in fields(area)),
        *(f"rad.{field.name}" for field in fields(area.rader[0])),
    }
    changed = {f"rad.{field.name}" for field in fields(ShownChange)}
    assert documented - (changed - known) == known
    assert changed <= documented


def _pages(content: bytes, name: str, folder: Path) -> list[str]:
    from pypdf import PdfReader

    path = folder / name
    path.write_bytes(content)
    assert SOFFICE is not None
    subprocess.run(
        [
            SOFFICE,
            "--headless",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return [page.extract_text() for page in PdfReader(path.with_suffix(".pdf")).pages]


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_each_page_of_the_pdf_has_its_text(content: bytes, tmp_path: Path) -> None:
    pages = _pages(content, "rapport.docx", tmp_path)
    assert all(len(page.split()) > 20 for page in pages)
    for number, page in enumerate(pages, start=1):
        assert f"Sida {number} av {len(pages)}" in " ".join(page.split())
    first = next(
        number for number, page in enumerate(pages) if "Bilaga 1. Social" in page and "Nr" in page
    )
    assert first <= 5
    assert all(len(page.split()) > 60 for page in pages)
    assert len(pages) <= 12
    annexes = [page for page in pages if "Skillnad" in page and "Nr" in page]
    assert len(annexes) >= 5
    assert all("Fråga" in page for page in annexes)
    text = " ".join(" ".join(pages).split())
    for label in ("■ Röd", "● Grön", "◐ Gul", "○ Inget svar"):
        assert label in text.replace("\u00a0", " ")
    assert "Error" not in text


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_the_workbook_opens_and_prints_a_heading_on_each_page(
    comparison: Comparison, tmp_path: Path
) -> None:
    pages = _pages(to_file(comparison, ".xlsx", DAY), "tabell.xlsx", tmp_path)
    assert all("Sida" in page for page in pages)
    annexes = [page for page in pages if "Kommentar" in page]
    assert len(annexes) >= 5
    assert "Err:" not in " ".join(pages)


def test_the_starter_template_says_who_made_it() -> None:
    document = docx.Document(io.BytesIO(report_template()))
    assert document.core_properties.last_modified_by == "ojmf"
    assert document.core_properties.language == "sv-SE"


@pytest.mark.parametrize("change", ["omraden.append(1)", "omraden[0].update(1)", "kallor.pop()"])
def test_a_template_cannot_change_what_it_is_filled_with(
    workspace: Workspace, comparison: Comparison, tmp_path: Path, change: str
) -> None:
    document = docx.Document()
    document.add_paragraph(f"{{{{ {change} }}}}")
    path = tmp_path / "mall.docx"
    document.save(str(path))
    with pytest.raises(InputError, match="platshållare"):
        to_report(workspace, comparison, Head(DAY), path)


@pytest.mark.parametrize(
    ("placeholder", "message"),
    [
        (
            "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
            "fyllts",
        ),
        ("{{ 'x' * 10**10 }}", "kräver över"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "platshållare"),
        ("{{ kommun.__class__.__mro__ }}", "platshållare"),
        ("{{ rubrik[omraden] }}", "platshållare"),
    ],
)
def test_a_template_that_asks_for_too_much_is_ended(
    workspace: Workspace,
    comparison: Comparison,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    placeholder: str,
    message: str,
) -> None:
    monkeypatch.setenv("OJMF_READ_SECONDS", "5" if message == "fyllts" else "120")
    monkeypatch.setenv("OJMF_READ_MEGABYTES", "900")
    document = docx.Document()
    document.add_paragraph(placeholder)
    path = tmp_path / "mall.docx"
    document.save(str(path))
    with pytest.raises(InputError, match=message) as caught:
        to_report(workspace, comparison, Head(DAY), path)
    assert str(caught.value).startswith(str(path))
