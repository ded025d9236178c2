"""Numbers as a spreadsheet of any country prints them, to Swedish, and against their value."""

from __future__ import annotations

import re

_POINT = re.compile(r"(-?[\d,]*)\.(\d+)( ?%)?")
_COMMAS = re.compile(r"-?\d{1,3}(,\d{3})+( ?%)?")
_NOT_NUMBER = re.compile(r"[^\d,\-]")


def swedish(text: str) -> str:
    """A displayed number with decimal comma, where the file shows it with a decimal point."""
    if point := _POINT.fullmatch(text):
        return f"{point[1].replace(',', ' ')},{point[2]}{point[3] or ''}"
    return text.replace(",", " ") if _COMMAS.fullmatch(text) else text


def agrees(text: str, value: float) -> bool:
    """Whether a displayed number is the value, rounded to the decimals that it shows."""
    digits = _NOT_NUMBER.sub("", swedish(text).replace("−", "-").replace("–", "-"))
    try:
        number = float(digits.replace(",", "."))
    except ValueError:
        return False
    decimals = len(digits.partition(",")[2])
    return abs(number - value) <= 0.5000001 * 10.0**-decimals + abs(value) * 1e-14
