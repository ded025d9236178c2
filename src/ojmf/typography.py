"""What plain text shows beside its line: raised, lowered and struck characters, invisible marks.

A raised 1 is ``¹``, a lowered 2 ``₂``, a struck 7 stands under U+0336. Raised text without
characters of its own is ``^(text)``, lowered ``_(text)``. So a figure with a footnote's mark is
never read as a longer figure.
"""

from __future__ import annotations

import re
import unicodedata

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
_RAISED = dict(zip("0123456789+-=()abcdefghijklmnoprstuvwxyz", _SUPERSCRIPTS, strict=True))
_SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ"
_LOWERED = dict(zip("0123456789+-=()aehijklmnoprstuvx", _SUBSCRIPTS, strict=True))
_PLAIN = str.maketrans(
    {own: plain for pairs in (_RAISED, _LOWERED) for plain, own in pairs.items()}
    | dict.fromkeys("^_", "")
)
STROKE = "\u0336"
"""Follows every struck character."""
_OFF_LINE = re.compile(rf"(?:[{_SUPERSCRIPTS}{_SUBSCRIPTS}ªº]+|[\^_]\([^()]*\))")
_STRUCK = re.compile(rf"(?:[^{STROKE}]{STROKE})+")
# What takes no room and says nothing; the marks that turn the direction of text are not among them.
_INVISIBLE = re.compile("[\u00ad\u034f\u180e\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]")
_NARROW = re.compile("[\u2000-\u200a\u202f\u205f\u3000]")


def raised(text: str) -> str:
    """Raised text as plain characters; surrounding space stays outside."""
    inner = text.strip()
    if not inner:
        return text
    if set(inner) <= _RAISED.keys() | set(_SUPERSCRIPTS) | {" "}:
        said = "".join(_RAISED.get(letter, letter) for letter in inner)
    else:
        said = f"^({inner.replace('(', '').replace(')', '')})"
    return text.replace(inner, said)


def without_struck(text: str) -> tuple[str, str]:
    """A text without what is struck in it, and what that was."""
    return _STRUCK.sub("", text), "".join(_STRUCK.findall(text)).replace(STROKE, "")


def off_line(text: str) -> str | None:
    """The raised or lowered mark at the end of a text, else at its beginning; None without one.

    A raised or lowered sign is none: it may be the figure's own.
    """
    ends = [m[0] for m in _OFF_LINE.finditer(text) if m.end() == len(text) or m.start() == 0]
    return next((mark for mark in reversed(ends) if not set("⁺⁻₊₋") & set(mark)), None)


def plain_mark(mark: str) -> str:
    """A raised or lowered mark as it is on the line: ``1)`` of ``¹⁾``, ``*`` of ``^(*)``."""
    text = mark[2:-1] if mark[:2] in {"^(", "_("} else mark
    return text.translate(_PLAIN)


def visible(text: str) -> str:
    """The text without characters that print nothing; unusual spaces become no-break spaces.

    Marks that turn the direction of text stay, because what they surround is shown in another order
    than it is stored.
    """
    return _NARROW.sub("\u00a0", _INVISIBLE.sub("", text))


# A soft hyphen beside a digit may stand for a minus sign, which is not for this place to decide.
_UNSEEN = re.compile(r"[\u034f\u180e\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]|\u00ad(?![0-9])")


def canonical(text: str) -> str:
    """The text as it is compared: composed (NFC), without what is not seen, plain spaces."""
    if text.isascii():
        return text
    # What is not seen goes first, since it would keep a letter from its accent.
    return _NARROW.sub(" ", unicodedata.normalize("NFC", _UNSEEN.sub("", text)))


def unusual(text: str) -> str:
    """In Swedish, the characters of a text that look like others or like nothing; maybe empty."""
    found = [
        f"U+{ord(letter):04X} ({unicodedata.name(letter, 'utan namn')})"
        for letter in dict.fromkeys(text)
        if not letter.isascii()
        and (
            unicodedata.category(letter) in {"Cf", "Cc", "Co", "Cn", "Mn", "Me", "Zl", "Zp"}
            or (letter.isalpha() and not unicodedata.name(letter, "").startswith("LATIN"))
        )
    ]
    return f"Texten har {', '.join(found)}." if found else ""


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What a terminal or a browser obeys instead of showing: controls, and turns of direction."""


def control(text: str) -> str | None:
    """The first control character of a text as ``U+001B``; None where it has none."""
    found = _CONTROL.search(text)
    return f"U+{ord(found[0]):04X}" if found else None


def without_controls(text: str) -> str:
    """A text whose control characters are shown as they are written in a string."""
    return _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


_BROKEN = re.compile(r"([^\W\d_]+)- (?!och$|eller$|samt$)([^\W\d_]+)")


def unbroken(label: str) -> str:
    """A label that is a word broken between two lines of its cell as that word.

    "Budget- avvikelse" is Budgetavvikelse; a name keeps its capital and its hyphen.
    """
    found = _BROKEN.fullmatch(label)
    return f"{found[1]}{found[2]}" if found and found[2].islower() else label
