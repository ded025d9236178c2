"""Signs of fonts whose letters are pictures: what stands on the page in place of the character."""

from __future__ import annotations

_SYMBOL = {
    "-": "−",
    "~": "∼",
    "\xa3": "≤",
    "\xb3": "≥",
    "\xb1": "±",
    "\xb0": "°",
    "\xb4": "×",
    "\xd7": "⋅",
    "\xb9": "≠",
    "\xbb": "≈",
    "\xa2": "′",
    "\xb2": "″",
    "\xbc": "…",
    "\xae": "→",
    "\xde": "⇒",
    "\xd6": "√",
    "\xe5": "∑",
    "\xa5": "∞",
    "\xb7": "•",
}
"""Adobe's Symbol encoding where it differs from what a figure or a comparison is written with."""
_SAME = set("0123456789 ,.+<>=()[]%/:;!&")
_PRIVATE = 0xF000
_PICTURES = ("wingdings", "webdings", "marlett", "zapfdingbats", "zapf dingbats")


def complete_widths(widths: dict[str, int]) -> None:
    """Add to the widths of Symbol's signs those of the characters that they are stored as.

    Without them the minus has none, and every letter behind it is looked for too far to the left.
    """
    for stored, sign in _SYMBOL.items():
        if sign in widths:
            widths.setdefault(stored, widths[sign])


def is_symbol_font(name: str | None) -> bool:
    """Whether a font shows something else than the characters of its text."""
    return name is not None and (
        name.casefold() == "symbol" or name.casefold().startswith(_PICTURES)
    )


def shown(text: str, font: str | None) -> tuple[str, str | None]:
    """The text that a font shows, and the first character that it is not known for.

    A character of the Private Use Area is what Word stores for a sign of such a font.
    """
    found, unknown = [], None
    for character in text:
        code = ord(character)
        own = chr(code - _PRIVATE) if _PRIVATE <= code < _PRIVATE + 256 else character
        if own == character and not is_symbol_font(font):
            found.append(character)
        elif (font or "symbol").casefold() == "symbol" and (own in _SYMBOL or own in _SAME):
            found.append(_SYMBOL.get(own, own))
        elif own.isspace():
            found.append(" ")
        else:
            found.append("□")
            unknown = unknown or f"{font or 'okänt typsnitt'} U+{code:04X}"
    return "".join(found), unknown
