"""What the value of a workbook's cell looks like in the cell's style, in every workbook format."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ojmf.ingest.readers import symbols
from ojmf.ingest.readers.lines import CellText
from ojmf.ingest.readers.number_format import GENERAL, Form, printed, printed_text
from ojmf.ingest.readers.runs import Look, Run, cell_text

FILLED = "texten upprepas över hela cellen"
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell shows what it holds.

    ``look`` is that of its letters, ``ground`` the colour behind them where it is not white, and
    ``fills`` whether the text is repeated over the whole cell. ``size`` is that of
    a digit beside the digits that columns are measured in, 0 where any text fits.
    """

    form: Form
    look: Look
    font: str | None = None
    ground: str | None = None
    fills: bool = False
    size: float = 0.0


def shown(
    value: str | float | Sequence[Run],
    style: Style,
    refused: str | None = None,
    *,
    from_1904: bool = False,
) -> str:
    """The text that a cell shows of a text, a number or runs of text; see ``cell_text``.

    ``refused`` is a reason why the reader can't tell.
    """
    notes: Sequence[str] = ()
    unit: str | None = None
    if isinstance(value, str):
        text = printed_text(value, style.form)
    elif isinstance(value, int | float):
        text = printed(value, style.form, from_1904=from_1904)
    else:
        return cell_text(value, refused=refused or _unlike(value, style))
    if isinstance(text, CellText):
        notes, refused, unit = text.notes, refused or text.refused, text.unit
        if not text:
            return text
    plain = style.look is Look.SHOWN and not style.fills and not symbols.is_symbol_font(style.font)
    if plain and not notes and not refused:
        return cell_text([Run(text)]) if isinstance(value, str) else text
    said, unknown = symbols.shown(text, style.font)
    if unknown:
        refused = refused or f"tecknet {unknown} går inte att läsa som text"
    if style.fills and _DIGIT.search(said):
        refused = refused or FILLED
    return cell_text([Run(said, style.look)], notes=notes, refused=refused, unit=unit)


def fitted(text: str, style: Style, width: float) -> str:
    """The text of a number, with a note where its column has no room for it.

    It is shown as ``####`` until somebody widens the column; the number is in no doubt. General
    rounds the decimals that there is room for. ``width`` is that of the column in digits.
    """
    rounded = style.form is GENERAL and "," in text
    if rounded and len(text) * style.size > width:
        whole, _, decimals = text.partition(",")
        room = min(int(width / style.size) - len(whole) - 1, len(decimals))
        if room > 0:
            number = Decimal(f"{whole}.{decimals}")
            number = number.quantize(Decimal(1).scaleb(-room), ROUND_HALF_UP)
            return str(number).rstrip("0").rstrip(".").replace(".", ",")
    needed = len(text) - (0 if rounded else 0.5 * sum(map(text.count, " ,.:")))
    if needed * style.size <= width + (0 if rounded else 0.4):
        return text
    return CellText(text, notes=["kolumnen är för smal för att visa hela talet"])


def _unlike(runs: Sequence[Run], style: Style) -> str | None:
    """Why runs of text can't be told: the format of their cell hides or changes text."""
    text = "".join(run.text for run in runs)
    return None if printed_text(text, style.form) == text else "talformatet ändrar texten"
