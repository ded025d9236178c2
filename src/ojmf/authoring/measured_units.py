"""Units of energy, weight, area, length and volume, alone or for each of something, in texts.

ojmf has none of them of its own: an area declares those that it uses, by their printed form here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from ojmf.printed import squeeze

_BASES = {
    "kWh": r"kwh|kilowattimmar",
    "MWh": r"mwh|megawattimmar",
    "GWh": r"gwh|gigawattimmar",
    "TWh": r"twh",
    "kW": r"kw",
    "MW": r"mw",
    "kg": r"kg|kilo(?:gram)?",
    "gram": r"gram|g",
    "ton": r"ton",
    "m²": r"m2|m²|kvm|kvadratmeter",
    "km²": r"km2|km²|kvadratkilometer",
    "ha": r"ha|hektar",
    "m³": r"m3|m³|kbm|kubikmeter",
    "km": r"km|kilometer",
    "mil": r"mil",
    "meter": r"meter",
    "cm": r"cm|centimeter",
    "mm": r"mm|millimeter",
    "liter": r"liter",
}
_EACHES = {
    "inv.": r"inv(?:ånare)?\.?|person|capita",
    "m²": r"m2|m²|kvm|kvadratmeter",
    "km²": r"km2|km²|kvadratkilometer",
    "hushåll": r"hushåll",
    "dygn": r"dygn",
    "portion": r"portion(?:er)?",
    "elev": r"elev",
    "barn": r"barn",
    "brukare": r"brukare",
    "år": r"år",
}
_GASES = r"co ?2(?:-?ekv?\w*\.?|e)?|co₂e?|koldioxid\w*|växthusgaser"
_PEOPLE = re.compile(r"(?:invånare|inv\.?) ?(?:/|per) ?(?:km2|km²|kvadratkilometer)(?!\w)", re.I)
_ONE = rf"(?!g ?(?:[)\]]|$))(?:{'|'.join(_BASES.values())})(?: (?:{_GASES}))?"
_UNIT = rf"{_ONE}(?: ?(?:/|per) ?(?:{'|'.join(_EACHES.values())}))?"
_SYMBOL = r"(?=[kmgt]wh|kg\b|ton co|k?m[2²]|kvm\b|m[3³])"
_STATED = re.compile(
    rf"^({_UNIT})$|[(\[]\s?(?:i )?({_UNIT})\s?[)\]]|[,;:]\s(?:i )?({_UNIT})$|"
    rf"\b(?:i|antal) ({_UNIT})$|(?<=[^\W\d])(?<!\bper) {_SYMBOL}({_UNIT})$",
    re.I,
)
"""Where a text says its unit: alone, in brackets, or last, words behind a comma, "i" or "antal"."""
_PARTS = re.compile(
    rf"(?P<base>{'|'.join(_BASES.values())})(?P<gas> (?:{_GASES}))?(?: ?(?:/|per) ?(?P<each>.+))?",
    re.I,
)


@lru_cache(maxsize=65536)
def measured_in(text: str) -> str | None:
    """The unit of that kind that a text says its figures are in, as it is printed.

    >>> measured_in("Elanvändning (MWh)"), measured_in("Avfall, kg per invånare")
    ('MWh', 'kg/inv.')
    >>> measured_in("Svinn, g/portion"), measured_in("Tillsyn (g)")
    ('gram/portion', None)
    """
    if _PEOPLE.search(text):
        return "inv./km²"
    stated = _STATED.search(squeeze(text))
    parts = _PARTS.fullmatch(next(filter(None, stated.groups()))) if stated else None
    if parts is None:
        return None
    base, each = _named(parts["base"], _BASES), _named(parts["each"], _EACHES)
    return base + (" CO2e" if parts["gas"] else "") + (f"/{each}" if each else "")


def _named(text: str | None, forms: Mapping[str, str]) -> str:
    """The name of the form that a text is written in."""
    found = (name for name, form in forms.items() if re.fullmatch(form, text or "", re.I))
    return next(found, "")
