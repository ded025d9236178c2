"""The templates that come with ojmf: Word documents with placeholders, made by Python.

They have real headings, tables with marked heading rows, and Swedish as their language. A
municipality starts from one and changes it in Word (``docs/rapportmall.md``).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
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

from ojmf.present.files import MAKER
from ojmf.present.report.filling import LANGUAGE

_FONT = "Calibri"
_TABLE_TEXT = "Tabelltext"
_SHORT, _LONG = Cm(21), Cm(29.7)
_MARGIN, _NARROW = Cm(2), Cm(1.3)
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - the same version gives the same template


@dataclass(frozen=True, slots=True)
class _Cell:
    """A column of a table: its heading, its text with placeholders, its width in cm."""

    heading: str
    text: str
    width: float
    figures: bool = False
    fill: str = ""


_SUMMARY = (
    _Cell("Område", "{{ omrade.namn }}", 4.4),
    _Cell("Antal", "{{ omrade.antal }}", 1.4, figures=True),
    _Cell("● Grön", "{{ omrade.grona }}", 1.4, figures=True),
    _Cell("◐ Gul", "{{ omrade.gula }}", 1.2, figures=True),
    _Cell("■ Röd", "{{ omrade.roda }}", 1.2, figures=True),
    _Cell("○ Inget svar", "{{ omrade.ej_svar }}", 1.6, figures=True),
    _Cell("JA, %", "{{ omrade.andel }}", 1.5, figures=True),
    _Cell("Skillnad mot länet", "{{ omrade.gap_lan }}", 1.9, figures=True),
    _Cell("Skillnad mot riket", "{{ omrade.gap_riket }}", 1.9, figures=True),
)
_ANNEX = (
    _Cell("Nr", "{{ rad.nummer }}", 1.2),
    _Cell("Fråga", "{{ rad.indikator }}", 8.2),
    _Cell("{{ kommun }}", "{{ rad.svar }}", 1.8),
    _Cell("Länet", "{{ rad.lan }}", 1.4, figures=True),
    _Cell("Riket", "{{ rad.riket }}", 1.4, figures=True),
    _Cell("Status", "{{ rad.status }}", 2.1, fill="rad.farg"),
    _Cell("Skillnad mot länet", "{{ rad.gap_lan }}", 1.9, figures=True),
    _Cell("Skillnad mot riket", "{{ rad.gap_riket }}", 1.9, figures=True),
    _Cell("Kommentar", "{{ rad.kommentar }}", 5.2),
)
_WIDE_QUESTION = 14.6
"""Width in cm of the question in an annex without comments."""
_REGISTER = (
    _Cell("Nr", "{{ rad.nummer }}", 1.2),
    _Cell("Står i dokumentet", "{{ rad.stalle }}", 11.5),
    _Cell("Hänvisnings-id (för ojmf verify-citation)", "{{ rad.hanvisning }}", 13.6),
)
_CHANGES = (
    _Cell("Område", "{{ rad.omrade }}", 5),
    _Cell("Fråga", "{{ rad.indikator }}", 8),
    _Cell("Förra redovisningen", "{{ rad.forut }}", 2),
    _Cell("{{ period }}", "{{ rad.nu }}", 2),
)


def report_template(*, comments: bool = True) -> bytes:
    """The starter template of a report to a board, with every placeholder.

    Without ``comments`` the annexes have no column for them.
    """
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
    _table(document, _SUMMARY, "omrade", "omraden", "Antal frågor av varje färg per område")
    document.add_paragraph("Ärendet", "Heading 1")
    document.add_paragraph("{{ arende }}")
    document.add_paragraph("Resultat per område", "Heading 1")
    document.add_paragraph("{%p if diagram %}")
    document.add_paragraph("{{ diagram }}")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p for omrade in omraden %}")
    document.add_paragraph("{{ omrade.namn }}", "Heading 2")
    _each(document, "stycke", "omrade.text", "{{ stycke }}")
    _each(document, "fraga", "omrade.fragor", "{{ fraga }}", "List Bullet")
    document.add_paragraph("Förvaltningens bedömning: {{ omrade.bedomning }}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p if forandringar %}")
    document.add_paragraph("Svar som har ändrats sedan föregående redovisning", "Heading 1")
    _table(document, _CHANGES, "rad", "forandringar", "Svar som har ändrats")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("Att tänka på när du läser siffrorna", "Heading 1")
    document.add_paragraph("{{ lasanvisning }}")
    _each(document, "punkt", "ej_jamforbart", "{{ punkt }}", "List Bullet")
    document.add_paragraph("Källor", "Heading 1")
    _each(document, "kalla", "kallor", "{{ kalla }}", "List Number")
    document.add_paragraph("Underskrifter", "Heading 1")
    _each(document, "namn", "underskrifter", "{{ namn }}")
    document.add_paragraph("Bilagor", "Heading 1")
    _each(document, "omrade", "omraden", "{{ omrade.rubrik }}", "List Bullet")
    document.add_paragraph("Bilaga {{ omraden|length + 1 }}. Spårbarhet", "List Bullet")
    _landscape(document.add_section(WD_SECTION.NEW_PAGE))
    wide = {1: _WIDE_QUESTION}
    without = [replace(cell, width=wide.get(at, cell.width)) for at, cell in enumerate(_ANNEX[:-1])]
    _annexes(document, _ANNEX if comments else without)
    document.add_paragraph("Bilaga {{ omraden|length + 1 }}. Spårbarhet", "Heading 1")
    document.add_paragraph(
        "Här står var i dokumentet varje fråga finns, och ett id som kan kontrolleras mot "
        "uppgifterna."
    )
    _table(document, _REGISTER, "rad", "sparbarhet", "Var i dokumentet varje fråga finns")
    return _bytes(document, "Rapportmall")


def table_template() -> bytes:
    """The document of a comparison table: the summary, an annex per area, the sources."""
    document = _blank()
    _landscape(document.sections[0])
    document.add_paragraph("{{ rubrik }}", "Title")
    document.add_paragraph("{{ lasanvisning }}")
    _table(document, _SUMMARY, "omrade", "omraden", "Antal frågor av varje färg per område")
    document.add_paragraph("Källor", "Heading 1")
    _each(document, "kalla", "kallor", "{{ kalla }}", "List Number")
    _annexes(document, (*_ANNEX, _Cell("Rad", "{{ rad.rad }}", 1.1, figures=True)))
    return _bytes(document, "Tabellmall")


def _annexes(document: Document, cells: Sequence[_Cell]) -> None:
    """A table per area, one after the other; no heading stands without its table."""
    document.add_paragraph("{%p for omrade in omraden %}")
    heading = document.add_paragraph("{{ omrade.rubrik }}", "Heading 1")
    heading.paragraph_format.page_break_before = True
    for text in ("{{ omrade.antal_text }}", "Källa: {{ omrade.kalla }}."):
        document.add_paragraph(text).paragraph_format.keep_with_next = True
    _table(document, cells, "rad", "omrade.rader", "{{ omrade.rubrik }}")
    document.add_paragraph("{%p endfor %}")


def _each(document: Document, item: str, items: str, text: str, style: str | None = None) -> None:
    document.add_paragraph(f"{{%p for {item} in {items} %}}")
    document.add_paragraph(text, style)
    document.add_paragraph("{%p endfor %}")


def _blank() -> Document:
    """An empty A4 document with the styles of the templates, in Swedish."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = _SHORT, _LONG
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = _MARGIN
    _page_number(section.footer.paragraphs[0])
    sizes = {"Normal": 11, "Title": 20, "Subtitle": 12, "Heading 1": 15, "Heading 2": 12.5}
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
    normal.space_after = Pt(6)
    small = document.styles.add_style(_TABLE_TEXT, WD_STYLE_TYPE.PARAGRAPH)
    small.base_style = document.styles["Normal"]
    small.font.size = Pt(8.5)
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
    document: Document, cells: Sequence[_Cell], item: str, items: str, description: str
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
