"""The colour behind the cells of a Word table, its style's conditions included."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import ns

qn = lru_cache(maxsize=None)(ns.qn)
"""The qualified name of a tag; python-docx's own splits and joins it every time."""
_LOOK = {"firstRow": 0x0020, "lastRow": 0x0040, "firstColumn": 0x0080, "lastColumn": 0x0100}
_LOOK |= {"noHBand": 0x0200}


def shading(properties: Any) -> str | None:
    """The fill that properties of a run, paragraph, cell or table set, as hex; None where none."""
    found = None if properties is None else properties.find(qn("w:shd"))
    if found is None:
        return None
    name = "w:color" if found.get(qn("w:val")) == "solid" else "w:fill"
    fill = found.get(qn(name))
    return None if fill == "auto" else fill


def table_shading(
    document: WordDocument, cell: Any, table: Any, row: int, rows: int, column: int
) -> str | None:
    """The fill of a cell: its own, or that of the table's style at its row and column."""
    if (own := shading(cell.find(qn("w:tcPr")))) is not None:
        return own
    properties = table.find(qn("w:tblPr"))
    named = None if properties is None else properties.find(qn("w:tblStyle"))
    if named is None:
        return shading(properties)
    look = properties.find(qn("w:tblLook"))
    on = _look(look)
    kinds = [
        *(["firstRow"] if on["firstRow"] and row == 0 else []),
        *(["lastRow"] if on["lastRow"] and row == rows - 1 else []),
        *(["firstCol"] if on["firstColumn"] and column == 0 else []),
    ]
    if not on["noHBand"]:
        band = row - on["firstRow"]
        kinds.append("band1Horz" if band % 2 == 0 else "band2Horz")
    style = document.styles.get_by_id(named.get(qn("w:val")), WD_STYLE_TYPE.TABLE)
    while style is not None:
        for kind in kinds:
            for part in style.element.xpath(f"w:tblStylePr[@w:type='{kind}']/w:tcPr"):
                if (fill := shading(part)) is not None:
                    return fill
        for part in style.element.xpath("w:tcPr"):
            if (fill := shading(part)) is not None:
                return fill
        style = style.base_style
    return shading(properties)


def _look(look: Any) -> dict[str, bool]:
    """Which conditions of its style a table uses, from the attributes or the older bit field."""
    bits = 0 if look is None else int(look.get(qn("w:val"), "0"), 16)
    return {
        name: bool(bits & bit)
        if look is None or look.get(qn(f"w:{name}")) is None
        else look.get(qn(f"w:{name}")) in {"1", "true", "on"}
        for name, bit in _LOOK.items()
    }
