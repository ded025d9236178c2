"""Phrases around a figure: period, basis of comparison, scenario, direction and region."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ojmf.claims.claim import Aggregate, When
from ojmf.claims.language import Language, compiled
from ojmf.claims.table_rows import Region
from ojmf.claims.vocabulary import BasisName, DirectionName, MultipleWords

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def months_named(text: str, language: Language) -> tuple[tuple[int, ...], str]:
    """The months that a text names as a period, and the phrase; none where it names none."""
    names = {name.casefold(): n for n, name in enumerate(language.months.names, start=1)}
    if match := language.month_pattern(language.months.all_but).search(text):
        left_out = {n for name, n in names.items() if name in match[0].casefold()}
        return tuple(month for month in range(1, 13) if month not in left_out), match[0]
    if match := language.month_pattern(language.months.between).search(text):
        first, last = names[match["first"].casefold()], names[match["last"].casefold()]
        before = text[: match.start()].rstrip().casefold()
        if match["joined"] and not before.endswith(language.months.from_to):
            listed = language.month_pattern(r"(?:MONTH,\s)+$").search(text, 0, match.start())
            earlier = (
                [names[one.casefold()] for one in listed[0].split(", ")[:-1]] if listed else []
            )
            return (*earlier, first, last), f"{listed[0] if listed else ''}{match[0]}"
        turn = () if last > first else (*range(first, 13), *range(1, last + 1))
        return turn or tuple(range(first, last + 1)), match[0]
    if match := language.month_pattern(language.months.since).search(text):
        return tuple(range(names[match["month"].casefold()], 13)), match[0]
    if (opened := _opened(text, language))[0]:
        return opened
    match = language.month_pattern(language.months.within).search(text)
    return ((names[match["month"].casefold()],), match[0]) if match else _season(text, language)


def _opened(text: str, language: Language) -> tuple[tuple[int, ...], str]:
    """The months from the beginning of the year that a text names, and the phrase."""
    names = [name.casefold() for name in language.months.names]
    last, said = 0, ""
    if match := language.month_pattern(language.months.until).search(text):
        last, said = names.index(match["month"].casefold()) + 1, match[0]
    elif match := compiled(language.months.opening).search(text):
        number = match["number"].casefold()
        last = int(number) if number.isdigit() else language.number_words.get(number, 0)
        said = match[0]
    return tuple(range(1, min(last, 12) + 1)), said


def _season(text: str, language: Language) -> tuple[tuple[int, ...], str]:
    """The months of a part of the year that a text names, and the phrase."""
    autumn: tuple[int, ...] = (10, 11, 12)
    named = [(autumn, language.months.end_of_last_year)]
    named += [(words.months, words.pattern) for words in language.period if words.months]
    for months, pattern in named:
        if match := compiled(pattern).search(text):
            return months, match[0]
    return (), ""


def unsaid(text: str, language: Language) -> str:
    """The first word of a text that changes what it says and that no reading counts in.

    The month that is excepted from all of them ("alla månader utom januari") is counted in.
    """
    every, all_but = compiled(language.trend.every), language.month_pattern(language.months.all_but)
    told = all_but.sub("", text) if every.search(text) else text
    match = compiled(language.alternative["unsaid"]).search(told)
    return match[0] if match else ""


def when(text: str, language: Language, now: int) -> When:
    """The period that a piece of a sentence gives; ``now`` is the year reported on."""
    months, phrase = months_named(text, language)
    year, span, said = None, "", phrase
    for words in language.period:
        if match := compiled(words.pattern).search(text):
            if words.span and not span:
                span = words.span
                said = said or match[0]
            if words.year is not None and year is None:
                year = now + words.year
                said = said or match[0]
    if compiled(language.months.end_of_last_year).search(text):
        year = now - 1
    match = compiled(language.years_between).search(text)
    if match := YEAR.search(text, match.start("last") if match else 0):
        year = int(match[0])
        said = said if match[0] in said else f"{said} {match[0]}".strip()
    if span == "period" and months and year is not None and year != now:
        months = ()
    since = language.month_pattern(language.months.since).search(text) is not None
    return When(year, months, span, said, since and months[-1:] == (12,))


def looks_back(text: str, language: Language, now: int) -> bool:
    """Whether a text tells how the year before was beside the present ("var lägre i fjol").

    What it sets the year before against is then not said.
    """
    said = compiled(language.looking_back).search(text)
    against = compiled(language.against).search(text) or without_comparison(text, language) != text
    return said is not None and not against and when(text, language, now).year == now - 1


def turned(direction: DirectionName | None, good: int) -> tuple[DirectionName | None, int]:
    """A direction the other way round."""
    ways: dict[DirectionName, DirectionName] = {"higher": "lower", "lower": "higher"}
    return (ways.get(direction, direction) if direction else None), -good


def multiple(
    words: MultipleWords, match: re.Match[str], language: Language
) -> tuple[float, float] | None:
    """The change in percent that a multiple says, and how much it leaves open.

    Null for no known number of times.
    """
    said = match.groupdict().get("number", "två").casefold()
    times = int(said) if said.isdigit() else language.number_words.get(said, 0)
    return (words.percent * (times - 1), words.slack * (times - 1)) if times > 1 else None


def years_back(text: str, language: Language) -> int:
    """Over how many years a text says that something has changed; one where it does not say."""
    match = compiled(language.years_back).search(text)
    said = match["number"].casefold() if match else ""
    return int(said) if said.isdigit() else language.number_words.get(said, 1)


def first_basis(text: str, language: Language) -> tuple[BasisName | None, int]:
    """The first basis of comparison in a text and where it stands (−1 for none)."""
    best: tuple[BasisName | None, int] = (None, -1)
    for words in language.basis:
        match = compiled(words.pattern).search(text)
        if match and (best[1] < 0 or match.start() < best[1]):
            best = (words.basis, match.start())
    return best


def is_time(text: str, language: Language, now: int) -> bool:
    """Whether what something is compared with is a year, a month or a budget."""
    basis, _ = first_basis(f"än {text}", language)
    period = when(text, language, now)
    return basis is not None or bool(period.text or period.year)


def first_direction(text: str, language: Language) -> tuple[DirectionName | None, int]:
    """The first word of direction in a text and where it stands (−1 for none)."""
    best: tuple[DirectionName | None, int] = (None, -1)
    for words in language.direction:
        match = compiled(rf"\b(?:{words.pattern})").search(text)
        if match and (best[1] < 0 or match.start() < best[1]):
            best = (words.direction, match.start())
    return best


def last_direction(text: str, language: Language) -> tuple[DirectionName | None, int]:
    """The last word of direction in a text and where it stands (−1 for none)."""
    direction, at = first_direction(text, language)
    while at >= 0:
        behind = at + len(text[at:].split(maxsplit=1)[0])
        nearer, step = first_direction(text[behind:], language)
        if nearer is None:
            break
        direction, at = nearer, behind + step
    return direction, at


def toward(word: str, language: Language) -> tuple[DirectionName | None, int]:
    """Which way a word of a difference points: higher or lower, and +1 for good or −1 for bad."""
    words = language.toward
    higher, lower, good, bad = (
        compiled(rf"\b(?:{pattern})").search(word) is not None
        for pattern in (words.higher, words.lower, words.good, words.bad)
    )
    return ("higher" if higher else "lower" if lower else None), int(good) - int(bad)


def last_toward(text: str, language: Language) -> str:
    """The last word of a text that points up or down, to the good or the bad."""
    words = language.toward
    pattern = rf"\b(?:{words.higher}|{words.lower}|{words.good}|{words.bad})"
    found = [match[0] for match in compiled(pattern).finditer(text)]
    return found[-1] if found else ""


def scenario(texts: Iterable[str], language: Language) -> str:
    """What a figure is, by the first of the texts that says; an outcome where none does."""
    for whole in texts:
        text = compiled(language.scenario.compared).sub(" ", whole)
        forecast = compiled(language.scenario.forecast).search(text)
        if compiled(language.scenario.deviation).search(text):
            return "forecast_deviation" if forecast else "deviation"
        if forecast:
            return "forecast"
        if compiled(rf"(?<!\w)(?:{language.scenario.budget})").search(text):
            return "budget"
    return "outcome"


def regions(text: str, language: Language) -> list[Region]:
    """The other municipalities that a text names, in order."""
    found = [
        (match.start(), name)
        for name, pattern in language.region.items()
        if (match := compiled(pattern).search(text))
    ]
    return [name for _, name in sorted(found)]


def region(texts: Iterable[str], language: Language) -> Region | None:
    """Which other municipalities a share is of, by the first of the texts that says."""
    return next((found[0] for text in texts if (found := regions(text, language))), None)


def beside(against: str, text: str, language: Language) -> Region | None:
    """The other municipalities of a text that it sets beside those of the piece ``against``."""
    other, named = regions(against, language), regions(text, language)
    return next((one for one in named if len(named) == 2 and one not in other[:1]), None)


def counts_answers(text: str, start: int, end: int, unit: str, language: Language) -> bool:
    """Whether the figure between two offsets counts questions, or answers of a colour."""
    status = language.status
    if unit not in {"", "count", "percent"} or region((text,), language):
        return False
    near = text[end:][:60]
    colours = "|".join(status.answers.values())
    named = compiled(rf"^\s*(?:av\s+(?:\S+\s+){{0,3}}?)?(?:{status.indicators})")
    coloured = compiled(rf"^\s*(?:[^\s,.;]+\s+){{0,4}}?(?:är|visar|lyser|blev)?\s*(?:{colours})")
    before = compiled(rf"(?:{colours})\s+(?:\w+\s+){{0,3}}$")
    return bool(named.search(near) or coloured.search(near) or before.search(text[:start]))


def own_clause(text: str, start: int, language: Language) -> str:
    """The text before an offset, from where something else is set against it."""
    cuts = [m.end() for m in compiled(language.status.contrast).finditer(text)]
    return text[max((cut for cut in cuts if cut <= start), default=0) : start]


def aggregate(texts: Iterable[str], language: Language) -> Aggregate | None:
    """How months are taken together, by the first of the texts that says."""
    words = language.aggregate
    named: tuple[tuple[Aggregate, str], ...] = (
        ("most", words.most),
        ("mean", words.mean),
        ("highest", words.highest),
        ("lowest", words.lowest),
        ("total", words.total),
        ("latest", words.latest),
    )
    for text in texts:
        for name, pattern in named:
            if compiled(rf"\b(?:{pattern})").search(text):
                return name
    return None


def without_comparison(text: str, language: Language) -> str:
    """The text without what a figure is compared with, so that its own period is left."""
    return compiled(language.subject.compared).sub(" ", text)
