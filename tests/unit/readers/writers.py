"""Writers of every format, so that what a reader gives back can be compared with what was written.

A document is a list of parts: a string is a paragraph, a list of lists is a table.
"""

from __future__ import annotations

import csv
import io
import xml.sax.saxutils as sax
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import openpyxl
import xlwt
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

Part = str | list[list[str]]


def write_xlsx(path: Path, parts: Sequence[Part]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Sida 1"
    for part in parts:
        for row in [[part]] if isinstance(part, str) else part:
            sheet.append([_number(cell) for cell in row])
        sheet.append([])
    book.save(path)


def write_xls(path: Path, parts: Sequence[Part]) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sida 1")
    number = 0
    for part in parts:
        for row in [[part]] if isinstance(part, str) else part:
            for column, cell in enumerate(row):
                if cell:
                    sheet.write(number, column, _number(cell))
            number += 1
        number += 1
    book.save(str(path))


def _number(cell: str) -> str | int | None:
    """A whole number as a number, as people type it; a blank as nothing."""
    return int(cell) if cell.isdigit() and len(cell) < 4 else cell or None


def write_ods(path: Path, parts: Sequence[Part]) -> None:
    rows = []
    for part in parts:
        written = [[part]] if isinstance(part, str) else part
        rows += [
            f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in written
        ]
        rows.append("<table:table-row><table:table-cell/></table:table-row>")
    write_ods_tables(path, f'<table:table table:name="Sida 1">{"".join(rows)}</table:table>')


def _ods_cell(text: str) -> str:
    if not text:
        return "<table:table-cell/>"
    inner = f"<text:p>{sax.escape(text)}</text:p>"
    if text.isdigit():
        kind = f'office:value-type="float" office:value="{text}"'
    else:
        kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}>{inner}</table:table-cell>"


def write_ods_tables(path: Path, tables: str, styles: str = "") -> None:
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{kind}:1.0"'
        for name, kind in {
            **{name: name for name in ("office", "table", "text", "style")},
            "fo": "xsl-fo-compatible",
            "number": "datastyle",
        }.items()
    )
    content = (
        f"<office:document-content {names}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)


def write_docx(path: Path, parts: Sequence[Part]) -> None:
    document = docx.Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(len(part), len(part[0]))
        for written, row in zip(table.rows, part, strict=True):
            for cell, text in zip(written.cells, row, strict=True):
                cell.text = text
    document.save(str(path))


def write_pdf(
    path: Path,
    parts: Sequence[Part],
    *,
    ruled: bool = True,
    first: int = 300,
    running: str = "Askeby kommun",
) -> None:
    """Tables run over pages and repeat their header; every page has a header and a footer."""
    style = getSampleStyleSheet()["BodyText"]
    flow: list = []
    for part in parts:
        if isinstance(part, str):
            flow += [Paragraph(sax.escape(part), style), Spacer(1, 12)]
            continue
        widths = [first, *[(700 - first) / (len(part[0]) - 1)] * (len(part[0]) - 1)]
        cells = [[Paragraph(sax.escape(row[0]), style), *row[1:]] for row in part]
        grid = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)] if ruled else []
        flow += [Table(cells, colWidths=widths, repeatRows=1, style=grid), Spacer(1, 30)]

    def furniture(canvas, page) -> None:
        canvas.drawString(72, 570, running)
        canvas.drawString(72, 20, f"Sida {page.page}")

    SimpleDocTemplate(str(path), pagesize=landscape(A4)).build(flow, furniture, furniture)


def delimited(parts: Sequence[Part], delimiter: str) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    for part in parts:
        writer.writerows([[part]] if isinstance(part, str) else part)
        writer.writerow([])
    return text.getvalue()


def write_csv(path: Path, parts: Sequence[Part]) -> None:
    path.write_bytes(delimited(parts, ";").encode("utf-8-sig"))


def write_tsv(path: Path, parts: Sequence[Part]) -> None:
    path.write_bytes(delimited(parts, "\t").encode("cp1252"))


def write_md(path: Path, parts: Sequence[Part]) -> None:
    lines: list[str] = []
    for part in parts:
        if isinstance(part, str):
            lines += [part, ""]
            continue
        rows = ["| " + " | ".join(row) + " |" for row in part]
        lines += [rows[0], "|" + "---|" * len(part[0]), *rows[1:], ""]
    path.write_text("\n".join(lines), encoding="utf-8", newline="\n")


def write_txt(path: Path, parts: Sequence[Part]) -> None:
    lines: list[str] = []
    for part in parts:
        lines += [part] if isinstance(part, str) else ["\t".join(row) for row in part]
        lines.append("")
    path.write_text("\n".join(lines), encoding="utf-8", newline="\n")


WRITERS: dict[str, Callable[[Path, Sequence[Part]], None]] = {
    "csv": write_csv,
    "docx": write_docx,
    "md": write_md,
    "ods": write_ods,
    "pdf": write_pdf,
    "tsv": write_tsv,
    "txt": write_txt,
    "xls": write_xls,
    "xlsx": write_xlsx,
}
