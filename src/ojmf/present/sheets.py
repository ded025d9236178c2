"""Frames as the sheets of a workbook in the open format of spreadsheets (ECMA-376).

Libraries write a sheet cell by cell, which takes minutes where there are millions of them. Here the
text of the rows is put together by Polars, and goes into the file as soon as it is made.
"""

from __future__ import annotations

import io
import zipfile
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import IO
from xml.sax.saxutils import escape, quoteattr

import polars as pl

from ojmf.errors import OutputError
from ojmf.ingest.addresses import column_letters

MOST_ROWS = 1_048_576
"""So many rows a sheet has room for, the one with the headings counted."""
SHEET = "Sheet1"
"""What the sheet of a frame that is alone in a workbook is called."""
_LIST_SEPARATOR = "; "
_LONGEST_TEXT = 32_767  # characters that a cell has room for
_WIDEST_COLUMN = 60  # characters
_ROOM = 3  # characters beside a text, for the arrow of the filter
_ROWS_MEASURED = 1000
_ROWS_AT_A_TIME = 4000
_MADE = (2000, 1, 1, 0, 0, 0)  # the same frame gives the same bytes
_DAYS_BEFORE_1970 = 25_569  # of the calendar of spreadsheets
_DAY = 86_400_000_000  # microseconds

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_HEADING_STYLE, _DAY_STYLE = 1, 2
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_SPREADSHEET}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
    '<border><left/><right/><top/><bottom style="thin"><color auto="1"/></bottom><diagonal/>'
    "</border></borders>"
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="1" xfId="0" applyFont="1" applyBorder="1" '
    'applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    "</cellXfs>"
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)
_CONTROLS = {chr(n): f"_x{n:04X}_" for n in (*range(9), 11, 12, *range(13, 32), 0xFFFE, 0xFFFF)}
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", **_CONTROLS}


def flat(frame: pl.DataFrame) -> pl.DataFrame:
    """Lists of texts as one text, for formats without lists."""
    lists = [name for name, kind in frame.schema.items() if kind == pl.List(pl.String)]
    return frame.with_columns(pl.col(lists).list.join(_LIST_SEPARATOR))


def to_workbook(sheets: Mapping[str, Iterable[pl.DataFrame]]) -> bytes:
    """The rows of frames as the sheets of a workbook, by name; the same give the same bytes.

    The frames of a sheet have the same columns. They are taken one after the other, so that the
    memory it takes does not grow with the rows. Missing and infinite figures are empty cells, as
    are empty texts, and a text beyond what a cell has room for is cut. Raises ``OutputError`` for
    more rows than a sheet has room for.
    """
    buffer = io.BytesIO()
    names = list(sheets)
    areas = []
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, frames in enumerate(sheets.values(), start=1):
            with archive.open(_part(f"xl/worksheets/sheet{number}.xml"), "w") as part:
                areas.append(_write_sheet(part, map(flat, frames), first=number == 1))
        for name, content in _others(names, areas).items():
            archive.writestr(_part(name), content)
    return buffer.getvalue()


def _part(name: str) -> zipfile.ZipInfo:
    part = zipfile.ZipInfo(name, _MADE)
    part.compress_type = zipfile.ZIP_DEFLATED
    return part


def _write_sheet(part: IO[bytes], frames: Iterable[pl.DataFrame], *, first: bool) -> str | None:
    """Write frames with their names above them; the cells that they take (``A1:C9``)."""
    frames = iter(frames)
    begun: deque[pl.DataFrame] = deque()
    measured = pl.DataFrame()
    for frame in frames:
        begun.append(frame)
        measured = pl.concat([measured, frame.head(_ROWS_MEASURED - measured.height)])
        if measured.height >= _ROWS_MEASURED:
            break
    letters = [column_letters(column) for column in range(measured.width)]
    part.write(_opening(measured, letters, first=first).encode())
    written = 0
    for frame in chain(_emptied(begun), frames):
        if written + frame.height >= MOST_ROWS:
            raise OutputError(
                "Tabellen har fler rader än de 1\u00a0048\u00a0575 som ett blad i Excel rymmer "
                "under rubrikerna. Välj .csv eller .parquet, eller färre kommuner eller perioder."
            )
        for some in frame.iter_slices(_ROWS_AT_A_TIME):
            part.write(_rows(some, letters, written + 2).encode())
            written += some.height
    area = f"A1:{letters[-1]}{max(written, 1) + 1}" if letters else None
    filtered = f'<autoFilter ref="{area}"/>' if area else ""
    part.write(f"</sheetData>{filtered}</worksheet>".encode())
    return area


def _emptied(frames: deque[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """Frames in order, each let go of."""
    while frames:
        yield frames.popleft()


def _opening(measured: pl.DataFrame, letters: list[str], *, first: bool) -> str:
    """A sheet as far as its headings: the first row stands still, columns are as wide as theirs."""
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, width in enumerate(_widths(measured), start=1)
    )
    headings = "".join(
        f'<c r="{letter}1" s="{_HEADING_STYLE}" t="inlineStr"><is><t>{text}</t></is></c>'
        for letter, text in zip(letters, _escaped(measured.columns), strict=True)
    )
    selected = ' tabSelected="1"' if first else ""
    wide = f"<cols>{columns}</cols>" if columns else ""
    row = f'<row r="1">{headings}</row>' if headings else ""
    return (
        f'{_HEAD}<worksheet xmlns="{_SPREADSHEET}"><sheetViews><sheetView{selected} '
        'workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" '
        'state="frozen"/></sheetView></sheetViews>'
        f"{wide}<sheetData>{row}"
    )


def _widths(frame: pl.DataFrame) -> Iterator[float]:
    """The width of each column in characters, from its name and its rows."""
    texts = frame.select(pl.all().cast(pl.String).str.len_chars().max())
    for name, longest in zip(frame.columns, texts.row(0) if frame.width else (), strict=True):
        yield min(max(longest or 0, len(name)) + _ROOM, _WIDEST_COLUMN)


def _rows(frame: pl.DataFrame, letters: list[str], first: int) -> str:
    """The rows of a frame, of which the first is the sheet's ``first``."""
    number = pl.int_range(first, first + pl.len()).cast(pl.String)
    cells = (
        _cell(name, kind, letter, number)
        for (name, kind), letter in zip(frame.schema.items(), letters, strict=True)
    )
    row = pl.concat_str(pl.lit('<row r="'), number, pl.lit('">'), *cells, pl.lit("</row>"))
    return str(frame.select(row.str.join()).item())


def _cell(name: str, kind: pl.DataType, letter: str, number: pl.Expr) -> pl.Expr:
    """The cells of a column; no text where there is nothing in them."""
    value = pl.col(name)
    form, before, after = "", "<v>", "</v>"
    space: pl.Expr = pl.lit("")
    text: pl.Expr
    if kind.is_float():
        text = pl.when(value.is_finite()).then(value.cast(pl.String))
    elif kind.is_numeric():
        text = value.cast(pl.String)
    elif kind == pl.Boolean:
        form, text = ' t="b"', value.cast(pl.Int8).cast(pl.String)
    elif kind in (pl.Date, pl.Datetime):
        form = f' s="{_DAY_STYLE}"'
        days = value.cast(pl.Datetime("us")).to_physical() / _DAY + _DAYS_BEFORE_1970
        text = days.cast(pl.String)
    else:
        form, before, after = ' t="inlineStr"', "<is><t", "</t></is>"
        plain = value.cast(pl.String)
        text = pl.when(plain != "").then(_escape(plain))
        around = plain.str.contains(r"^\s|\s$")
        space = pl.when(around).then(pl.lit(' xml:space="preserve">')).otherwise(pl.lit(">"))
    return pl.concat_str(
        pl.lit(f'<c r="{letter}'),
        number,
        pl.lit(f'"{form}>{before}'),
        space,
        text,
        pl.lit(f"{after}</c>"),
    ).fill_null("")


def _escape(text: pl.Expr) -> pl.Expr:
    """A text as the format has it: what looks as an escaped character does is escaped itself."""
    fits = pl.when(text.str.len_chars() > _LONGEST_TEXT).then(
        pl.concat_str(text.str.head(_LONGEST_TEXT - 1), pl.lit("…"))
    )
    return (
        fits.otherwise(text)
        .str.replace_all(r"(_x[0-9A-Fa-f]{4}_)", "_x005F${1}")
        .str.replace_many(_ESCAPES)
    )


def _escaped(texts: list[str]) -> list[str]:
    frame = pl.DataFrame({"text": texts}, schema={"text": pl.String})
    return frame.select(_escape(pl.col("text"))).to_series().to_list()


def _others(names: list[str], areas: list[str | None]) -> dict[str, str]:
    """The parts of a workbook beside its sheets, by file name."""
    numbers = range(1, len(names) + 1)
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"/>'
        for n, name in zip(numbers, names, strict=True)
    )
    filters = "".join(
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="{n - 1}" hidden="1">'
        f"{escape(_absolute(name, area))}</definedName>"
        for n, name, area in zip(numbers, names, areas, strict=True)
        if area
    )
    defined = f"<definedNames>{filters}</definedNames>" if filters else ""
    relations = f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}worksheet+xml"/>'
        for n in numbers
    )
    return {
        "xl/styles.xml": _STYLES,
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_SPREADSHEET}" xmlns:r="{_OFFICE}">'
        f"<sheets>{sheets}</sheets>{defined}</workbook>",
        "xl/_rels/workbook.xml.rels": f"{relations}{related}"
        f'<Relationship Id="rId{len(names) + 1}" Type="{_OFFICE}/styles" Target="styles.xml"/>'
        "</Relationships>",
        "_rels/.rels": f'{relations}<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}styles+xml"/>{kinds}</Types>',
    }


def _absolute(name: str, area: str) -> str:
    """``'Sheet1'!$A$1:$C$9`` of the cells ``A1:C9`` of a sheet."""
    corners = (
        f"${corner.rstrip('0123456789')}${corner.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}"
        for corner in area.split(":")
    )
    quoted = name.replace("'", "''")
    return f"'{quoted}'!{':'.join(corners)}"
