"""The colours of an Excel workbook and the look that a font gives its text."""

from __future__ import annotations

import re
from typing import Any

from openpyxl.styles.colors import COLOR_INDEX

from ojmf.ingest.readers.colours import alike
from ojmf.ingest.readers.runs import SMALLEST, Look

_THEME_COLOUR = re.compile(
    rb"<a:(dk1|lt1|dk2|lt2|accent[1-6]|hlink|folHlink)>\s*"
    rb'<a:(?:srgbClr val|sysClr[^>]*lastClr)="(\w+)"'
)
_THEME_ORDER = (
    "lt1",
    "dk1",
    "lt2",
    "dk2",
    *(f"accent{n}" for n in range(1, 7)),
    "hlink",
    "folHlink",
)
_WHITE = "FFFFFF"
_SYSTEM = {64: "000000", 65: _WHITE}


class Palette:
    """Gives colours of a workbook as hex, those of its theme (the part's bytes) included."""

    def __init__(self, theme: bytes | None) -> None:
        found = {
            name.decode(): value.decode() for name, value in _THEME_COLOUR.findall(theme or b"")
        }
        usual = {"lt1": _WHITE, "dk1": "000000"}
        self.theme = [(usual | found).get(name) for name in _THEME_ORDER]

    def colour(self, colour: Any) -> str | None:
        """A colour of openpyxl as hex; None where it follows the system or is not known."""
        if colour is None or colour.type == "auto":
            return None
        found: str | None
        if colour.type == "theme":
            found = self.theme[colour.theme] if colour.theme < len(self.theme) else None
        elif colour.type == "indexed":
            number = colour.indexed
            found = _SYSTEM.get(number) or (
                COLOR_INDEX[number] if number < len(COLOR_INDEX) else None
            )
        else:
            found = colour.rgb
        if not isinstance(found, str) or not colour.tint:
            return found if isinstance(found, str) else None
        toward = 255 if colour.tint > 0 else 0
        channels = [int(found[-6:][i : i + 2], 16) for i in (0, 2, 4)]
        return "".join(f"{round(c + (toward - c) * abs(colour.tint)):02X}" for c in channels)

    def look(self, font: Any, ground: Any) -> Look:
        """How text of a font looks on a ground, which is a colour, hex, or None for white."""
        behind = ground if isinstance(ground, str) else self.colour(ground)
        colour = self.colour(font.color)
        if (colour and alike(colour, behind or _WHITE)) or (font.sz or SMALLEST) < SMALLEST:
            return Look.UNSEEN
        if font.strike:
            return Look.STRUCK
        raised = {"superscript": Look.RAISED, "subscript": Look.LOWERED}
        return raised.get(font.vertAlign or "", Look.SHOWN)
