"""What a person may have meant: the known texts that are most like one that is not known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

WHERE_ALL_ARE = "Alla frågor och mått visas av ojmf indicators."
"""What is said where an indicator is meant and none is like it: there are too many to list."""
LIKE = 60.0
"""So many percent of a text and a known one must be alike for the known one to be named."""
_SHOWN = 8
_BARE = re.compile(r"[\w.,:/+@=-]+")
"""What a shell takes for one word as it is."""
_WORD = 4


def in_shell(text: str) -> str:
    """A text as an argument of a command that is suggested: within quotation marks if it needs."""
    if _BARE.fullmatch(text):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def one_of(texts: Sequence[str]) -> str:
    """Texts to choose from as one reads them out: ``a, b eller c``."""
    if any("," in text for text in texts):
        return " eller ".join(texts)
    return " eller ".join(filter(None, [", ".join(texts[:-1]), *texts[-1:]]))


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
    """The known texts that hold a word of some length, or begin what it is a form of."""
    word = wanted.casefold().strip()

    def holds(text: str) -> bool:
        first = text.partition(" ")[0]
        return word in text or (len(first) >= _WORD and word.startswith(first))

    return [text for text in known if len(word) >= _WORD and holds(text.casefold())]


def did_you_mean(
    wanted: str,
    known: Iterable[str],
    *,
    briefly: bool = False,
    names_of: Mapping[str, str] | None = None,
    otherwise: str = "",
) -> str:
    """A Swedish sentence with the nearest known texts, or with what there is to choose from.

    ``briefly`` names only the one most like, and says nothing where none is. ``names_of`` has the
    names of codes, of which both are said where one is known. ``otherwise`` is said in place of
    what there is to choose from, where that is too much to list. Empty where nothing is known.
    """
    called = (names_of or {}).items()
    told = {text: f"{name} ({code})" for code, name in called for text in (code, name)}
    names = list(dict.fromkeys(known))
    most = 1 if briefly else 3
    near = nearest(wanted, names, most) or _holding(wanted, names)[:most]
    if near or briefly or not names:
        said = dict.fromkeys(told.get(text, text) for text in near)
        return f"Menade du {one_of(list(said))}?" if near else ""
    if otherwise:
        return otherwise
    choices = list(dict.fromkeys(told.get(text, text) for text in names))
    apart = "; " if any("," in text for text in choices[:_SHOWN]) else ", "
    return f"Kända: {apart.join(choices[:_SHOWN])}{' …' if len(choices) > _SHOWN else ''}."
