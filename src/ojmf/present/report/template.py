"""The templates that come with ojmf: Word documents with placeholders, made by Python.

They have real headings, tables with marked heading rows, and Swedish as their language. A
municipality starts from one and changes it in Word (``docs/rapportmall.md``).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from ojmf.present.difference_views import SEXES_HEADING
from ojmf.present.files import MAKER
from ojmf.present.report.annex_columns import (
    ALONE_ANNEX,
    ANNEX,
    CHANGES,
    FIGURE_ANNEX,
    FIGURE_SUMMARY,
    HIGH,
    REGISTER,
    SUMMARY,
    WIDE,
    Cell,
    Lengths,
    fitted,
)
from ojmf.present.report.filling import LANGUAGE

_FONT = "Arial"
_TABLE_TEXT = "Tabelltext"
_SHORT, _LONG = Cm(21), Cm(29.7)
_MARGIN, _NARROW = Cm(2), Cm(1)
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - the same version gives the same template


def report_template(lengths: Lengths | None = None) -> bytes:
    """The starter template of a report to a committee, with every placeholder.

    The annexes have no columns for what has no ``lengths`` in any row.
    """
    lengths = lengths or Lengths()
    document = _blank()
    section = document.sections[0]
    section.header.paragraphs[0].text = "{{ kommun }}"
    document.add_paragraph("Tjänsteskrivelse till {{ namnd }}", "Subtitle")
    number = "{% if diarienummer %}\nDiarienummer {{ diarienummer }}{% endif %}"
    document.add_paragraph(f"{{{{ avsandare }}}}\n{{{{ datum }}}}{number}")
    document.add_paragraph("{{ rubrik }}", "Title")
    document.add_paragraph("Förslag till beslut", "Heading 1")
    document.add_paragraph("{{ forslag }}")
    document.add_paragraph("Sammanfattning", "Heading 1")
    _each(document, "stycke", "sammanfattning", "{{ stycke }}")
    for label, text in (
        ("Bra", "bra"),
        ("Mindre bra", "mindre_bra"),
        ("Förändrat", "forandring"),
    ):
        document.add_paragraph(f"{{%p if {text} %}}")
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(f"{{{{ {text} }}}}")
        document.add_paragraph("{%p endif %}")
    _summaries(document, lengths)
    _areas(document)
    _closing(document)
    _landscape(document.add_section(WD_SECTION.NEW_PAGE))
    _annexes(document, lengths)
    _last_annexes(document, lengths)
    return _bytes(document, "Rapportmall")


def _areas(document: Document) -> None:
    """What it is about, and what stands out in each area, with places for assessments."""
    document.add_paragraph("Ärendet", "Heading 1")
    document.add_paragraph("{{ arende }}")
    _if(document, "efter_vikt or ej_jamforda", "Resultat per område", "Heading 1")
    _if(document, "diagram", "{{ diagram }}")
    _each(document, "text", "[ordning]|select", "{{ text }}", kept=True)
    document.add_paragraph("{%p for omrade in efter_vikt %}")
    document.add_paragraph("{{ omrade.namn }}", "Heading 2")
    _each(document, "stycke", "omrade.text", "{{ stycke }}", kept=True)
    # The place for an assessment stands on the page of the last question.
    document.add_paragraph("{%p for fraga in omrade.fragor %}")
    for condition, kept in (("loop.last", True), ("not loop.last", False)):
        document.add_paragraph(f"{{%p if {condition} %}}")
        bullet = document.add_paragraph("{{ fraga }}", "List Bullet")
        bullet.paragraph_format.keep_with_next = kept
        document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")
    _if(document, "omrade.bedomning", "Förvaltningens bedömning av området: {{ omrade.bedomning }}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p if ej_jamforda %}")
    document.add_paragraph("Områden utan jämförelse", "Heading 2")
    document.add_paragraph("{{ ej_jamforda }}")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p if motsvarar %}")
    document.add_paragraph("Vad skillnaderna motsvarar", "Heading 1")
    document.add_paragraph(
        "Skillnaderna gäller delvis samma personer och pengar och läggs inte ihop. De står från "
        "den lägsta till den högsta."
    )
    _each(document, "punkt", "motsvarar", "{{ punkt }}", "List Bullet")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p if kvinnor_och_man %}")
    document.add_paragraph(SEXES_HEADING, "Heading 1")
    document.add_paragraph(
        "Skillnaden är kvinnors värde minus mäns. Bara de som är större än slumpen gör dem nämns."
    )
    _each(document, "punkt", "kvinnor_och_man", "{{ punkt }}", "List Bullet")
    document.add_paragraph("{%p endif %}")


def _closing(document: Document) -> None:
    """What to keep in mind, the sources, the signatures and the list of annexes."""
    document.add_paragraph("Att tänka på när du läser siffrorna", "Heading 1")
    document.add_paragraph("{{ lasanvisning }}")
    # From here to the end on one page, so that no signature stands on a page by itself.
    _each(document, "punkt", "ej_jamforbart", "{{ punkt }}", "List Bullet", kept=True)
    document.add_paragraph("Källor", "Heading 1")
    _each(document, "kalla", "kallor", "{{ kalla }}", "List Number", kept=True)
    document.add_paragraph("Underskrifter", "Heading 1")
    _each(document, "namn", "underskrifter", "{{ namn }}", kept=True)
    document.add_paragraph("Bilagor", "Heading 1")
    _each(document, "omrade", "omraden", "{{ omrade.rubrik }}", "List Bullet", kept=True)
    _if(document, "bilaga_forandring", "{{ bilaga_forandring }}", "List Bullet")
    document.add_paragraph("{{ bilaga_sparbarhet }}", "List Bullet")


def _last_annexes(document: Document, lengths: Lengths) -> None:
    """What has changed, and where every figure stands."""
    document.add_paragraph("{%p if bilaga_forandring %}")
    document.add_paragraph("{{ bilaga_forandring }}", "Heading 1")
    document.add_paragraph("{%p if forandringar %}")
    changes = fitted(CHANGES, lengths.changes, WIDE)
    document.add_paragraph("Det som har ändrats till det sämre står först, i områdenas ordning.")
    _table(document, changes, "rad", "forandringar", "Det som har ändrats")
    document.add_paragraph("{%p endif %}")
    _each(document, "fraga", "nya", "Ny fråga: {{ fraga }}", "List Bullet")
    _each(document, "fraga", "utgangna", "Frågan har utgått: {{ fraga }}", "List Bullet")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{{ bilaga_sparbarhet }}", "Heading 1")
    document.add_paragraph(
        "Här står var varje uppgift finns: numret på källan under rubriken Källor, och raden i "
        "dokumentets textversion eller cellen. Länet, riket och referensen har en egen plats där "
        "de står på en annan rad. Med hänvisnings-id kan uppgiften kontrolleras "
        "(ojmf verify-citation)."
    ).paragraph_format.keep_with_next = True
    register = fitted(REGISTER, lengths.register, WIDE)
    _table(document, register, "rad", "sparbarhet", "Var varje uppgift finns")


def table_template(lengths: Lengths | None = None) -> bytes:
    """The document of a comparison table: the summary, an annex per area, the sources."""
    lengths = lengths or Lengths()
    document = _blank()
    _landscape(document.sections[0])
    document.add_paragraph("{{ rubrik }}", "Title")
    document.add_paragraph("{{ lasanvisning }}")
    _summaries(document, lengths)
    document.add_paragraph("Källor", "Heading 1")
    _each(document, "kalla", "kallor", "{{ kalla }}", "List Number")
    _annexes(document, lengths, Cell("Rad", "{{ rad.rad }}", 1.1, figures=True))
    return _bytes(document, "Tabellmall")


def _summaries(document: Document, lengths: Lengths) -> None:
    """The areas of answers and those of figures, each in a table where there are any."""
    measures = fitted(FIGURE_SUMMARY, lengths.figures, HIGH)
    for items, before, cells, description in (
        ("svarsomraden", "", SUMMARY, "Antal frågor av varje färg per område"),
        ("mattomraden", "svarsomraden", measures, "Antal mått av varje bedömning per område"),
    ):
        document.add_paragraph(f"{{%p if {items} %}}")
        if before:  # two tables without a paragraph between them are one
            _if(document, before, "")
        _table(document, cells, "omrade", items, description)
        document.add_paragraph("{%p endif %}")


def _annexes(document: Document, lengths: Lengths, *more: Cell) -> None:
    """A table per area, one after the other; no heading stands without its table.

    An area of which no figure is compared with anything has no columns for it. ``more`` are columns
    that every table has too.
    """
    answers = fitted((*ANNEX, *more), lengths.answers, WIDE)
    compared = fitted((*FIGURE_ANNEX, *more), lengths.figures, WIDE)
    alone = fitted((*ALONE_ANNEX, *more), lengths.alone, WIDE)
    beside = "{% if omrade.jamfort_med %} Referens: {{ omrade.jamfort_med }}.{% endif %}"
    for items, tables in (
        ("svarsomraden", {"true": answers}),
        ("mattomraden", {"omrade.kan_jamforas": compared, "not omrade.kan_jamforas": alone}),
    ):
        document.add_paragraph(f"{{%p for omrade in {items} %}}")
        for condition, break_before in (("omrade.ny_sida", True), ("not omrade.ny_sida", False)):
            document.add_paragraph(f"{{%p if {condition} %}}")
            heading = document.add_paragraph("{{ omrade.rubrik }}", "Heading 1")
            heading.paragraph_format.page_break_before = break_before
            document.add_paragraph("{%p endif %}")
        for text in (f"{{{{ omrade.antal_text }}}}{beside}", "Källa: {{ omrade.kalla }}."):
            document.add_paragraph(text).paragraph_format.keep_with_next = True
        for condition, cells in tables.items():
            document.add_paragraph(f"{{%p if {condition} %}}")
            _table(document, cells, "rad", "omrade.rader", "{{ omrade.rubrik }}")
            document.add_paragraph("{%p endif %}")
        document.add_paragraph("{%p endfor %}")


def _if(document: Document, condition: str, text: str, style: str | None = None) -> None:
    document.add_paragraph(f"{{%p if {condition} %}}")
    document.add_paragraph(text, style)
    document.add_paragraph("{%p endif %}")


def _each(
    document: Document,
    item: str,
    items: str,
    text: str,
    style: str | None = None,
    *,
    kept: bool = False,
) -> None:
    """A paragraph for each item; one that is ``kept`` stands on the page of what follows it."""
    document.add_paragraph(f"{{%p for {item} in {items} %}}")
    document.add_paragraph(text, style).paragraph_format.keep_with_next = kept
    document.add_paragraph("{%p endfor %}")


def _blank() -> Document:
    """An empty A4 document with the styles of the templates, in Swedish."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = _SHORT, _LONG
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = _MARGIN
    _page_number(section.footer.paragraphs[0])
    sizes = {"Normal": 10, "Title": 17, "Subtitle": 12, "Heading 1": 14, "Heading 2": 12}
    for name, size in sizes.items():
        style = document.styles[name]
        style.font.size = Pt(size)
        style.font.italic = False
        style.font.color.rgb = RGBColor(0x1A, 0x1A, 0x1A)
        _set_font(style.element.get_or_add_rPr())
    borders = document.styles["Title"].element.find(f"{qn('w:pPr')}/{qn('w:pBdr')}")
    if borders is not None:
        borders.getparent().remove(borders)
    normal = document.styles["Normal"].paragraph_format
    normal.space_after = Pt(5)
    for name, space in (("Heading 1", 12), ("Heading 2", 8)):
        document.styles[name].paragraph_format.space_before = Pt(space)
    small = document.styles.add_style(_TABLE_TEXT, WD_STYLE_TYPE.PARAGRAPH)
    small.base_style = document.styles["Normal"]
    small.font.size = Pt(8)
    small.paragraph_format.space_after = Pt(0)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    return document


def _set_font(properties: Any) -> None:
    for fonts in properties.findall(qn("w:rFonts")):
        properties.remove(fonts)
    names = " ".join(f'w:{kind}="{_FONT}"' for kind in ("ascii", "hAnsi", "cs", "eastAsia"))
    properties.insert(0, parse_xml(f"<w:rFonts {nsdecls('w')} {names}/>"))


def _landscape(section: Any) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = _LONG, _SHORT
    section.left_margin = section.right_margin = _NARROW
    section.top_margin = section.bottom_margin = _NARROW


def _page_number(paragraph: Paragraph) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for text, field in (("Sida ", "PAGE"), (" av ", "NUMPAGES")):
        paragraph.add_run(text)
        simple = OxmlElement("w:fldSimple")
        simple.set(qn("w:instr"), field)
        paragraph._p.append(simple)


def _table(
    document: Document, cells: Sequence[Cell], item: str, items: str, description: str
) -> None:
    """Add a table with a marked heading row and one row per item, none split over pages."""
    table = document.add_table(rows=4, cols=len(cells), style="Table Grid")
    table.autofit = False
    head, loop, body, end = table.rows
    for row, texts in (
        (head, [cell.heading for cell in cells]),
        (body, [cell.text for cell in cells]),
    ):
        for place, (cell, text) in enumerate(zip(cells, texts, strict=True)):
            target = row.cells[place]
            target.width = Cm(cell.width)
            paragraph = target.paragraphs[0]
            paragraph.style = document.styles[_TABLE_TEXT]
            fill = f"{{% cellbg {cell.fill} %}}" if cell.fill and row is body else ""
            paragraph.add_run(f"{fill}{text}").bold = row is head
            if cell.figures:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if row is head:
                shading = f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="E9EDF1"/>'
                target._tc.get_or_add_tcPr().append(parse_xml(shading))
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    loop.cells[0].text = f"{{%tr for {item} in {items} %}}"
    end.cells[0].text = "{%tr endfor %}"
    for place, cell in enumerate(cells):
        table.columns[place].width = Cm(cell.width)
    properties = table._tbl.tblPr
    for name in ("w:tblCaption", "w:tblDescription"):
        element = OxmlElement(name)
        element.set(qn("w:val"), description)
        properties.append(element)


def _bytes(document: Document, title: str) -> bytes:
    properties = document.core_properties
    properties.title, properties.language = title, LANGUAGE
    properties.author = properties.last_modified_by = MAKER
    properties.comments = ""
    properties.created = properties.modified = _CREATED
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
