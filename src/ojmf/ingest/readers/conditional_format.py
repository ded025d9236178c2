"""Conditional formatting of a sheet where it hides, strikes or masks what its cells hold."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from openpyxl.formatting.formatting import ConditionalFormatting
from openpyxl.worksheet.cell_range import MultiCellRange

from ojmf.ingest.readers.cell_style import Style
from ojmf.ingest.readers.excel_colours import Palette
from ojmf.ingest.readers.number_format import form
from ojmf.ingest.readers.runs import Look

_COMPARED: dict[str, Callable[[float, float], bool]] = {
    "lessThan": operator.lt,
    "lessThanOrEqual": operator.le,
    "equal": operator.eq,
    "notEqual": operator.ne,
    "greaterThan": operator.gt,
    "greaterThanOrEqual": operator.ge,
}
_UNTOLD = "villkorsstyrd formatering kan dölja eller byta det som visas"


@dataclass(frozen=True, slots=True)
class _Mask:
    """A rule that changes what is shown in a range."""

    cells: Any
    rule: Any


class Rules:
    """The rules of a sheet that decide what is seen; the others only colour it.

    ``tables`` are the ranges of its tables, ``extended`` those of rules that are not known.
    """

    def __init__(
        self,
        formats: Sequence[ConditionalFormatting],
        palette: Palette,
        *,
        tables: Sequence[str] = (),
        extended: Sequence[MultiCellRange] = (),
    ) -> None:
        self.palette = palette
        self.extended = extended
        self.ranges = [part.cells for part in formats]
        self.ranges += [MultiCellRange(table) for table in tables]
        self.masks = [
            _Mask(part.cells, rule)
            for part in formats
            for rule in sorted(part.rules, key=lambda rule: rule.priority)
            if _masks(rule)
        ]

    def at(self, place: str, value: Any, style: Style) -> tuple[Style, str | None]:
        """The style of a cell under the rules, and why what it shows can't be told."""
        if not (self.ranges or self.extended):
            return style, None
        if any(place in cells for cells in self.extended):
            return style, _UNTOLD
        if style.look is Look.UNSEEN and any(place in cells for cells in self.ranges):
            return replace(style, look=Look.SHOWN), "texten har sin bakgrunds färg"
        for rule in (mask.rule for mask in self.masks if place in mask.cells):
            if rule.dxf is None:
                return style, "talet visas bara som ikon eller stapel"
            changed = self._masked(rule.dxf, style)
            holds = False if changed == style else _holds(rule, value)
            if holds is not False:
                return (changed, None) if holds else (style, _UNTOLD)
        return style, None

    def _masked(self, dxf: Any, style: Style) -> Style:
        """The style of a cell where a rule holds for it."""
        if dxf.numFmt is not None:
            style = replace(style, form=form(dxf.numFmt.formatCode))
        fill = None if dxf.fill is None else self.palette.colour(dxf.fill.bgColor)
        if dxf.font is not None:
            look = self.palette.look(dxf.font, fill or style.ground)
            style = replace(style, look=look if look is not Look.SHOWN else style.look)
        return style


def _masks(rule: Any) -> bool:
    """Whether a rule may change what is read: icons alone, another format, colour or a stroke."""
    if (alone := rule.iconSet or rule.dataBar) is not None:
        return alone.showValue is not None and not alone.showValue
    return rule.dxf is not None and (rule.dxf.numFmt is not None or rule.dxf.font is not None)


def _holds(rule: Any, value: Any) -> bool | None:
    """Whether a rule holds for a value; None where it depends on more than numbers given."""
    if rule.type != "cellIs" or isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        limits = [float(formula) for formula in rule.formula]
    except ValueError:
        return None
    if rule.operator in {"between", "notBetween"} and len(limits) == 2:
        inside = min(limits) <= value <= max(limits)
        return inside if rule.operator == "between" else not inside
    compared = _COMPARED.get(rule.operator)
    return compared(value, limits[0]) if compared and limits else None
