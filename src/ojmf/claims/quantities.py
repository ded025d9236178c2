"""Figures in prose: value, precision and unit, without dates, laws and numbering."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ojmf.claims.language import Language, compiled

_SPACE = "[ \u00a0\u202f\u2009]"
_NUMBER = re.compile(
    rf"(?<![\w,.:/])(?P<sign>[-−–]\s?)?(?P<digits>\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)|\d+)"
    rf"(?P<fraction>[,.]\d+)?(?![\w/:])"
)
_MASK = "\x00"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure in a sentence: where it is, what it is worth in ``unit``, and its half unit.

    ``unit`` is a unit of the observations, or empty for a bare number; ``half`` is half a unit of
    the last printed decimal (0 for whole counts), in ``unit``; ``text`` is as printed; ``none``
    marks a word for none at all.
    """

    start: int
    end: int
    value: float
    half: float
    unit: str
    text: str
    in_words: bool = False
    signed: bool = False
    none: bool = False

    @property
    def exact(self) -> bool:
        """Whether the figure is a count, which nothing rounds."""
        return self.half == 0


COUNT_UNITS = frozenset(
    {"count", "persons", "households", "days", "cases", "placements", "fte", ""}
)


@lru_cache(maxsize=8)
def _words(language: Language) -> tuple[re.Pattern[str], re.Pattern[str]]:
    numbers = "|".join(sorted(language.number_words, key=len, reverse=True))
    units = sorted((w for unit in language.unit for w in unit.words), key=len, reverse=True)
    tail = "|".join(re.escape(word) for word in units)
    return (
        re.compile(rf"(?<![\w-])(?:{numbers})(?![\w-])", re.IGNORECASE),
        re.compile(rf"\s*(?P<unit>{tail})(?!\w)", re.IGNORECASE),
    )


def mask(text: str, language: Language) -> str:
    """The text with all that looks like a figure and is none blotted out, length unchanged."""
    for pattern in (language.exclude.leading, *language.exclude.patterns):
        text = compiled(pattern).sub(lambda m: _MASK * len(m[0]), text)
    return text


def quantities(text: str, language: Language) -> list[Quantity]:
    """The figures of a sentence, in order."""
    masked = compiled(language.exclude.years).sub(lambda m: _MASK * len(m[0]), mask(text, language))
    words, units = _words(language)
    found = [_digits(match, text, units, language) for match in _NUMBER.finditer(masked)]
    for match in words.finditer(masked):
        value = float(language.number_words[match[0].casefold()])
        unit = units.match(text, match.end())
        found.append(_quantity(match.span(), value, 0, text, unit, language, in_words=True))
    found += [
        Quantity(*match.span(), 0.0, 0.0, "", match[0], True, none=True)
        for match in compiled(rf"\b(?:{language.pair.none})\b").finditer(masked)
    ]
    return sorted(found, key=lambda q: q.start)


def _digits(
    match: re.Match[str], text: str, units: re.Pattern[str], language: Language
) -> Quantity:
    fraction = (match["fraction"] or "")[1:]
    value = float(re.sub(_SPACE, "", match["digits"]) + (f".{fraction}" if fraction else ""))
    sign = match["sign"] is not None
    start = match.start() if sign else match.start("digits")
    unit = units.match(text, match.end())
    return _quantity(
        (start, match.end()),
        -value if sign else value,
        len(fraction),
        text,
        unit,
        language,
        signed=sign,
    )


def _quantity(
    span: tuple[int, int],
    value: float,
    decimals: int,
    text: str,
    unit: re.Match[str] | None,
    language: Language,
    *,
    in_words: bool = False,
    signed: bool = False,
) -> Quantity:
    name, factor, end = "", 1.0, span[1]
    if unit is not None:
        word = unit["unit"].casefold()
        means = next(u for u in language.unit if word in {w.casefold() for w in u.words})
        name, factor, end = means.unit, means.factor, unit.end()
    whole = decimals == 0 and name in COUNT_UNITS
    half = 0.0 if whole else 0.5 * 10.0**-decimals * factor
    return Quantity(span[0], end, value * factor, half, name, text[span[0] : end], in_words, signed)
