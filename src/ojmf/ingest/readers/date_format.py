"""Days and times of a workbook as their number formats show them, in Swedish."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from ojmf.model import MONTHS

_DAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
_LEAP_BUG = 60
"""Excel counts a 29 February 1900 that never was; the days before it stand one higher."""


def shown_date(number: float, tokens: Sequence[tuple[str, str]], epoch: datetime) -> str | None:
    """A serial number as a format's tokens show it; None where it is no day that can be shown."""
    days = number if epoch.year == 1904 else number - (2 if number >= _LEAP_BUG else 1)
    try:
        moment = epoch + timedelta(milliseconds=round(days * 86_400_000))
    except OverflowError:
        return None
    if number < 0:
        return None
    twelve = any(kind == "ampm" for kind, _ in tokens)
    kinds = [(kind, text.lower()) for kind, text in tokens if kind in {"date", "elapsed", "ampm"}]
    parts, seen = [], 0
    for kind, text in tokens:
        if kind in {"date", "elapsed", "ampm"}:
            near = (
                kinds[seen - 1][1] if seen else "",
                kinds[seen + 1][1] if seen + 1 < len(kinds) else "",
            )
            is_minute = text.lower().startswith("m") and (near[0][:1] == "h" or near[1][:1] == "s")
            parts.append(_part(kind, text.lower(), moment, number, minute=is_minute, twelve=twelve))
            seen += 1
        else:
            parts.append(text)
    return "".join(parts).strip()


def _part(
    kind: str, text: str, moment: datetime, number: float, *, minute: bool, twelve: bool
) -> str:
    if kind == "elapsed":
        seconds = {"h": 3600, "m": 60, "s": 1}[text[0]]
        return str(int(round(number * 86_400, 3) // seconds)).zfill(len(text))
    if kind == "ampm":
        return "fm" if moment.hour < 12 else "em"
    letter, size = text[0], len(text)
    if letter == "y":
        return str(moment.year) if size > 2 else f"{moment.year % 100:02d}"
    if letter == "m" and not minute and size > 2:
        name = MONTHS[moment.month - 1]
        return name[:3] if size == 3 else name[0].upper() if size == 5 else name
    if letter == "d" and size > 2:
        name = _DAYS[moment.weekday()]
        return name[:3] if size == 3 else name
    value = {
        "m": moment.minute if minute else moment.month,
        "d": moment.day,
        "h": (moment.hour % 12 or 12) if twelve else moment.hour,
        "s": moment.second,
    }[letter]
    return str(value).zfill(min(size, 2))
