"""Figures in prose: value, precision and unit, without dates, laws and numbering."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from ojmf.claims.language import Language, compiled

_SPACE = "[ \u00a0\u202f\u2009]"
_NUMBER = re.compile(
    rf"(?<![\w,.:/])(?P<sign>[-−]\s?|[–+](?=\d))?"
    rf"(?P<digits>\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)|\d+)(?P<fraction>[,.]\d+)?(?![\w/:])"
)
_MASK = "\x00"
_TELLING = 100
_MEASURED = frozenset({"MSEK", "percentage_points"})
COUNT_UNITS = frozenset(
    {"count", "persons", "households", "days", "cases", "placements", "fte", ""}
)
"""The units of whole things; an empty one is that of a bare number."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure in a sentence: where it is, what it is worth in ``unit``, and its half unit.

    ``unit`` is a unit of the observations, or empty for a bare number; ``half`` is half a unit of
    the last printed decimal (0 for whole counts), in ``unit``; ``text`` is as printed; ``none``
    marks a word for none at all, ``article`` a word that may be no figure. ``below`` and ``above``
    are how much more a word such as "knappt" or "drygt" leaves open; ``strict`` bounds ("över")
    do not hold of the figure itself.
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
    article: bool = False
    below: float = 0.0
    above: float = 0.0
    strict: bool = False

    @property
    def exact(self) -> bool:
        """Whether the figure is a count, which nothing rounds."""
        return self.half == 0 and not self.below and not self.above

    @property
    def telling(self) -> bool:
        """Whether it hardly fits another cell by chance: decimals, or a hundred and more."""
        decimals = self.half > 0 and self.value % 1 > 0
        return not self.in_words and (decimals or abs(self.value) >= _TELLING)


@dataclass(frozen=True, slots=True)
class _Patterns:
    numbers: dict[str, int]
    word: re.Pattern[str]
    halves: re.Pattern[str]
    fraction: re.Pattern[str]
    unit: re.Pattern[str]
    units: dict[str, tuple[str, float]]


@lru_cache(maxsize=8)
def _patterns(language: Language) -> _Patterns:
    numbers = dict(language.number_words)
    tens = {word: value for word, value in numbers.items() if 20 <= value < 100}
    ones = {word: value for word, value in numbers.items() if 0 < value < 10} | {"en": 1, "ett": 1}
    numbers |= {t + o: tens[t] + ones[o] for t in tens for o in ones}
    words = {w.casefold(): (u.unit, u.factor) for u in language.unit for w in u.words}
    tail = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    listed = "|".join(sorted(numbers, key=len, reverse=True))
    parts = language.fraction
    large = [w for u in language.unit for w in u.words if u.unit in _MEASURED and len(w) > 3]
    single = "|".join(re.escape(word) for word in sorted(large, key=len, reverse=True))
    about = "|".join(f"(?:{words.pattern})" for words in language.about)
    fraction = (
        rf"(?<!\w)(?:(?P<about>{about})\s+)?(?:(?P<most>{parts.most})|(?P<all>{parts.whole})|(?P<half>{parts.half})"
        rf"|(?:(?P<number>\d|en|{listed})\s+)?(?P<denominator>{'|'.join(parts.denominators)})(?:en|ar|arna)?"
        rf"|(?(about)(?P<tenths>{listed})\s+av\s+tio|(?!))"
        rf"|var(?:je|t)?\s?(?P<every>{'|'.join(parts.every)}))(?!\w|{parts.not_a_part})"
    )
    return _Patterns(
        numbers,
        re.compile(rf"(?<![\w-])(?:{listed})(?![\w-])", re.IGNORECASE),
        re.compile(
            rf"(?<![\w-])(?:(?P<whole>\d|en|ett|{listed})\s+och\s+)?(?:en\s+|ett\s+)?"
            rf"(?P<half>halv|halvt)(?=\s*(?:{tail})(?!\w))"
            rf"|(?<![\w-])(?P<single>en|ett)(?=\s+(?:{single})(?!\w))",
            re.IGNORECASE,
        ),
        re.compile(fraction, re.IGNORECASE),
        re.compile(rf"\s*(?P<unit>{tail})(?!\w)", re.IGNORECASE),
        words,
    )


def mask(text: str, language: Language) -> str:
    """The text with all that looks like a figure and is none blotted out, length unchanged."""
    for pattern in (language.exclude.leading, *language.exclude.patterns):
        text = compiled(pattern).sub(lambda m: _MASK * len(m[0]), text)
    return text


def quantities(text: str, language: Language) -> list[Quantity]:
    """The figures of a sentence, in order."""
    masked = compiled(language.exclude.years).sub(lambda m: _MASK * len(m[0]), mask(text, language))
    found = []
    for match in _patterns(language).fraction.finditer(masked):
        found.append(_fraction(match, language))
        masked = masked[: match.start()] + _MASK * len(match[0]) + masked[match.end() :]
    for match in _patterns(language).halves.finditer(masked):
        found.append(_halved(match, text, language))
        masked = masked[: match.start()] + _MASK * len(match[0]) + masked[match.end() :]
    for match in compiled(language.thousand).finditer(masked):
        found.append(_quantity(match.span(), 1000.0, 0, text, language, in_words=True))
        masked = masked[: match.start()] + _MASK * len(match[0]) + masked[match.end() :]
    for match in _NUMBER.finditer(masked):
        decimals = (match["fraction"] or "")[1:]
        value = float(re.sub(_SPACE, "", match["digits"]) + (f".{decimals}" if decimals else ""))
        sign = (match["sign"] or "").strip()
        start = match.start() if sign else match.start("digits")
        value = -value if sign and sign != "+" else value
        found.append(_quantity((start, match.end()), value, len(decimals), text, language, sign))
    for match in _patterns(language).word.finditer(masked):
        value = float(_patterns(language).numbers[match[0].casefold()])
        found.append(_quantity(match.span(), value, 0, text, language, in_words=True))
    found += [
        Quantity(*match.span(), 0.0, 0.0, "", match[0], True, none=True)
        for match in compiled(rf"\b(?:{language.none})\b").finditer(masked)
    ]
    found += [
        Quantity(*match.span(), 1.0, 0.0, "", match[0], True, article=True)
        for match in compiled(rf"\b(?:{language.one})").finditer(masked)
    ]
    return sorted(found, key=lambda q: q.start)


def _fraction(match: re.Match[str], language: Language) -> Quantity:
    """A fraction in words as a share in percent, as coarse as its words are."""
    parts, below, above = language.fraction, 0.0, 0.0
    if match["most"]:
        value, below, above = 50.0, 0.0, math.inf
    elif match["all"]:
        value = 100.0
    elif match["tenths"]:
        value = 10.0 * _patterns(language).numbers[match["tenths"].casefold()]
    elif match["denominator"]:
        number = (match["number"] or "en").casefold()
        part = int(number) if number.isdigit() else _patterns(language).numbers.get(number, 1)
        value = 100 * part / parts.denominators[match["denominator"].casefold()]
    else:
        value = 50.0 if match["half"] else 100 / parts.every[match["every"].casefold()]
    step = 100.0
    if match["denominator"]:
        step /= parts.denominators[match["denominator"].casefold()]
    if not match["most"] and not match["all"]:
        below = above = min(parts.slack, parts.most_slack / value)
    for words in language.about if match["about"] else ():
        if compiled(words.pattern).fullmatch(match["about"]):
            below = min(2 * words.below, step / value)
            above = min(2 * words.above, step / value)
    span, half = match.span(), 0.5
    return Quantity(
        *span, value, half, "percent", match[0], True, below=below * value, above=above * value
    )


def _halved(match: re.Match[str], text: str, language: Language) -> Quantity:
    """A half or one of something measured ("två och en halv miljon"), a half to one decimal."""
    if match["single"]:
        return _quantity(match.span(), 1.0, 0, text, language, in_words=True)
    said = (match["whole"] or "noll").casefold()
    numbers = {**_patterns(language).numbers, "en": 1, "ett": 1}
    whole = int(said) if said.isdigit() else numbers[said]
    return _quantity(match.span(), whole + 0.5, 1, text, language, in_words=True)


def _quantity(
    span: tuple[int, int],
    value: float,
    decimals: int,
    text: str,
    language: Language,
    sign: str = "",
    *,
    in_words: bool = False,
) -> Quantity:
    patterns = _patterns(language)
    name, factor, end = "", 1.0, span[1]
    if unit := patterns.unit.match(text, span[1]):
        (name, factor), end = patterns.units[unit["unit"].casefold()], unit.end()
    whole = decimals == 0 and name in COUNT_UNITS
    half = 0.0 if whole else 0.5 * 10.0**-decimals * factor
    below, above, strict = 0.0, 0.0, False
    for words in language.about:
        if bound := compiled(rf"\b(?:{words.pattern})\s+$").search(text[: span[0]]):
            size = abs(value * factor)
            below, above = words.below * size, words.above * size
            limit = max(below, above) >= size > 0
            strict = limit and not compiled(language.aggregate.inclusive).match(bound[0])
            if compiled(language.never).search(text[: bound.start()]):
                strict = False
                below, above = (size if above > size else 0.0), (math.inf if below == size else 0.0)
    start, said = span[0], text[span[0] : end]
    signed = bool(sign)
    return Quantity(
        start,
        end,
        value * factor,
        half,
        name,
        said,
        in_words,
        signed,
        below=below,
        above=above,
        strict=strict,
    )
