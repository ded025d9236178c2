"""Numbers of a workbook as its number formats print them, in Swedish."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: "#,##0",
    6: "#,##0",
    7: "#,##0.00",
    8: "#,##0.00",
    9: "0%",
    10: "0.00%",
    14: "yyyy-mm-dd",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    22: "yyyy-mm-dd hh:mm",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
}
"""The formats of Office Open XML (ECMA-376, 18.8.30) that have a number and no text of their own;
others are as good as General."""
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_DATE = re.compile(r"[dmyhs]", re.IGNORECASE)
_DIGITS = re.compile(r"[0#?][0#?,]*(?:\.([0#?]*))?|\.([0#?]+)")
_SIGNIFICANT = 15


@dataclass(frozen=True, slots=True)
class Form:
    """How a format prints a number.

    ``decimals`` are fixed (None: as many as there are), ``digits`` the fewest before the comma,
    ``grouped`` sets off thousands, and the number is divided by a thousand ``scale`` times.
    """

    decimals: int | None = None
    digits: int = 1
    grouped: bool = False
    percent: bool = False
    scale: int = 0
    date: bool = False


GENERAL = Form()


@lru_cache(maxsize=4096)
def form(code: str) -> Form:
    """Read the first section of a number format; what it can't tell is printed as General."""
    section = _QUOTED.sub("", code.split(";", maxsplit=1)[0])
    if "general" in section.lower() or "@" in section:
        return GENERAL
    if _DATE.search(section):
        return Form(date=True)
    match = _DIGITS.search(section)
    if match is None or "/" in section or "E" in section.upper():
        return GENERAL
    whole = section[match.start() : match.end()].partition(".")[0]
    rest = section[match.end() :]
    body = whole.rstrip(",")
    trailing = len(whole) - len(body) + len(rest) - len(rest.lstrip(","))
    decimals = match[1] or match[2] or ""
    return Form(
        decimals=len(decimals.replace(",", "")),
        digits=max(1, body.count("0")),
        grouped="," in body,
        percent="%" in section,
        scale=trailing,
    )


def printed(number: float, how: Form) -> str:
    """The number as the format prints it: decimal comma, thousands set off by spaces.

    General prints up to fifteen significant digits.
    """
    value = Decimal(f"{number:.{_SIGNIFICANT}g}") / Decimal(1000) ** how.scale
    if how.percent:
        value *= 100
    if how.decimals is not None:
        value = value.quantize(Decimal(1).scaleb(-how.decimals), rounding=ROUND_HALF_UP)
    text = f"{abs(value):f}"
    whole, _, decimals = text.partition(".")
    if how.decimals is None:
        decimals = decimals.rstrip("0")
    whole = whole.zfill(how.digits)
    if how.grouped and how.digits == 1:
        whole = f"{int(whole):,}".replace(",", " ")
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}{',' + decimals if decimals else ''}{' %' if how.percent else ''}"
