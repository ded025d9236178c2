"""What a person may have meant: the known texts that are most like one that is not known."""

from __future__ import annotations

from collections.abc import Iterable

LIKE = 60.0
"""So many percent of a text and a known one must be alike for the known one to be named."""
_SHOWN = 8
_WORD = 4


def nearest(wanted: str, known: Iterable[str], most: int = 3) -> list[str]:
    """The known texts most like ``wanted`` without regard to case, the most like first."""
    from rapidfuzz import fuzz, process

    originals: dict[str, str] = {}
    for text in known:
        originals.setdefault(text.casefold(), text)
    found = process.extract(
        wanted.casefold(), list(originals), scorer=fuzz.ratio, limit=most, score_cutoff=LIKE
    )
    return [originals[text] for text, _, _ in found]


def _holding(wanted: str, known: Iterable[str]) -> list[str]:
    """The known texts that hold a word of some length, without regard to case."""
    word = wanted.casefold().strip()
    return [text for text in known if len(word) >= _WORD and word in text.casefold()]


def did_you_mean(wanted: str, known: Iterable[str], *, briefly: bool = False) -> str:
    """A Swedish sentence with the nearest known texts, or with what there is to choose from.

    ``briefly`` names only the one most like, and says nothing where none is. Empty where nothing
    is known.
    """
    names = list(dict.fromkeys(known))
    most = 1 if briefly else 3
    near = nearest(wanted, names, most) or _holding(wanted, names)[:most]
    if near or briefly or not names:
        return f"Menade du {' eller '.join(near)}?" if near else ""
    return f"Kända: {', '.join(names[:_SHOWN])}{' …' if len(names) > _SHOWN else ''}."
