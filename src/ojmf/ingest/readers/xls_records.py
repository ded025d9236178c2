"""Records of an .xls file that xlrd passes over: conditional formats, formulas, text boxes."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import xlrd
from openpyxl.formatting.formatting import ConditionalFormatting
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.worksheet.cell_range import MultiCellRange

from ojmf.ingest.addresses import address

_BOUNDSHEET, _RECALCID, _FORMULA, _OBJECT, _WINDOW = 0x85, 0x1C1, 0x06, 0x5D, 0x23E
_FORMATS, _RULE, _NEWER_FORMATS, _NEWER_RULE = 0x1B0, 0x1B1, 0x879, 0x87A
_COLOUR_SCALE = 3
_WITH_TEXT = {2, 3, 6, 30}
"""Kinds of drawn objects that may hold text: rectangles, ovals, text boxes, Office shapes."""
_HAS_NUMBER_FORMAT, _HAS_FONT = 1 << 25, 1 << 26
_STRUCK = 0x80
_OPERATORS = (
    "between",
    "notBetween",
    "equal",
    "notEqual",
    "greaterThan",
    "lessThan",
    "greaterThanOrEqual",
    "lessThanOrEqual",
)
_NO_TEXT = b"\x03", b"\xff\xff"
"""Begin and end of the stored result of a formula that gives an empty text, or was not computed."""


@dataclass(slots=True)
class Passed:
    """What a sheet has that xlrd does not tell of.

    ``unknown`` are ranges of rules of Excel 2007; ``uncomputed`` the formulas without a value;
    ``formulas`` all of them, where the sheet shows formulas in place of their values.
    """

    formats: list[ConditionalFormatting] = field(default_factory=list)
    unknown: list[MultiCellRange] = field(default_factory=list)
    uncomputed: list[str] = field(default_factory=list)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    shows_formulas: bool = False
    text_boxes: bool = False


def passed_over(content: bytes, colour: Callable[[int], str | None]) -> list[Passed]:
    """What each worksheet of a file holds, in order; ``colour`` gives that of an index as hex."""
    records = list(_records(content))
    starts = [
        struct.unpack_from("<I", data)[0]
        for kind, _, data in records
        if kind == _BOUNDSHEET and data[5] == 0
    ]
    # Programs that compute say by which version they did.
    computed = any(kind == _RECALCID for kind, _, _ in records)
    sheets = [Passed() for _ in starts]
    cells = MultiCellRange()
    for kind, at, data in records:
        sheet = max((n for n, start in enumerate(starts) if start <= at), default=None)
        if sheet is None:
            continue
        found = sheets[sheet]
        if kind in {_FORMATS, _NEWER_FORMATS}:
            cells = _ranges(data[12:] if kind == _NEWER_FORMATS else data)
        elif kind == _RULE:
            found.formats.append(ConditionalFormatting(cells, cfRule=[_rule(data, colour)]))
        elif kind == _NEWER_RULE and data[12] != _COLOUR_SCALE:
            found.unknown.append(cells)
        elif kind == _FORMULA:
            row, column = struct.unpack_from("<HH", data)
            found.formulas.add((row, column))
            if not computed and (data[6:7], data[12:14]) == _NO_TEXT:
                found.uncomputed.append(address(row + 1, column))
        elif kind == _WINDOW:
            found.shows_formulas = bool(data[0] & 1)
        elif kind == _OBJECT and struct.unpack_from("<H", data, 4)[0] in _WITH_TEXT:
            found.text_boxes = True
    return sheets


def _records(content: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Kind, place and data of each record of the workbook's stream."""
    container = xlrd.compdoc.CompDoc(content, logfile=_Nowhere())
    streams = map(container.locate_named_stream, ("Workbook", "Book"))  # Excel 95 has the latter
    memory, start, length = next((found for found in streams if found[0]), (None, 0, 0))
    at = start
    while memory is not None and at + 4 <= start + length:
        kind, size = struct.unpack_from("<HH", memory, at)
        yield kind, at - start, bytes(memory[at + 4 : at + 4 + size])
        at += 4 + size


class _Nowhere:
    def write(self, _: str) -> None:
        """Drop what xlrd would print."""


def _ranges(data: bytes) -> MultiCellRange:
    """The cells of a conditional format."""
    found = []
    for number in range(struct.unpack_from("<H", data, 12)[0]):
        top, bottom, left, right = struct.unpack_from("<4H", data, 14 + 8 * number)
        found.append(f"{address(top + 1, left)}:{address(bottom + 1, right)}")
    return MultiCellRange(" ".join(found))


def _rule(data: bytes, colour: Callable[[int], str | None]) -> Rule:
    """A rule as Excel's newer files have it; what it compares with is told where it is a number."""
    kind, how, first, second, flags = struct.unpack_from("<BBHHI", data)
    number_format, font, at = None, None, 12
    if flags & _HAS_NUMBER_FORMAT:
        own = struct.unpack_from("<H", data, 10)[0] & 1
        # Its code is not needed: that it is another one is enough.
        number_format = NumberFormat(numFmtId=164, formatCode=";;;")
        at += struct.unpack_from("<H", data, at)[0] if own else 2
    if flags & _HAS_FONT:
        style, index, unset = (struct.unpack_from("<I", data, at + n)[0] for n in (68, 80, 88))
        said = colour(index) if index < 64 else None
        font = Font(strike=bool(style & ~unset & _STRUCK), color=said and f"FF{said}", sz=None)
    end = len(data)
    formulas = data[end - first - second : end - second], data[end - second : end]
    limits = [_number(formula) for formula in formulas if formula]
    told = kind == 1 and number_format is None and None not in limits
    return Rule(
        type="cellIs" if told and 1 <= how <= len(_OPERATORS) else "expression",
        operator=_OPERATORS[how - 1] if told and 1 <= how <= len(_OPERATORS) else None,
        formula=[str(limit) for limit in limits],
        dxf=DifferentialStyle(font=font, numFmt=number_format),
        priority=1,
    )


def _number(formula: bytes) -> float | None:
    """The number that a formula consists of; None for any other."""
    if formula[0] == 0x1E and len(formula) == 3:
        return float(struct.unpack_from("<H", formula, 1)[0])
    if formula[0] == 0x1F and len(formula) == 9:
        return float(struct.unpack_from("<d", formula, 1)[0])
    return None
