"""Whether another edition of a document is of the place and period that its source declares."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from ojmf.declarations import Source
from ojmf.errors import Fault
from ojmf.findings import finding, findings_frame
from ojmf.geography import Gazetteer, is_municipality_code
from ojmf.ingest.document import Document
from ojmf.model import MONTHS, Severity
from ojmf.periods import parse_period

if TYPE_CHECKING:
    import polars as pl

STRANGE_TIME = "strange-time"
_YEAR = re.compile(r"(?<!\d)20\d\d(?![\d:])")  # not the number of a law, 2001:453
_DAY = re.compile(r"20\d\d-\d\d-\d\d")
_MONTH = re.compile(rf"(?:{'|'.join(MONTHS)})")
_TWICE = 2
_MARKS = "#* \t"


def another_period(source: Source, document: Document, last: int) -> Fault | None:
    """What is wrong where another edition opens with the years of another period.

    ``last`` is the last line that the opening may have. The years of the declared period, of the
    document's date and of its title are its own. Others are another period's where the declared
    year is not named at all, or where a later one is named more often, and more than once.
    """
    if document.sha256 in {None, source.sha256}:
        return None
    declared, own = _years(source)
    named = [
        (year, number)
        for number, line in enumerate(document.lines[:last], start=1)
        for year in _YEAR.findall(line)
    ]
    counts = Counter(year for year, _ in named)
    strange = {year: n for year, n in counts.items() if year not in own}
    later = {y: n for y, n in strange.items() if y > max(own) and n > 1}
    known = sum(counts[year] for year in declared)
    if not strange or (known and max(later.values(), default=0) <= known):
        return None
    year = max(later or strange, key=lambda name: (strange[name], name))
    line = next(number for name, number in named if name == year)
    return Fault(
        document.name,
        f"dokumentet gäller {year} (”{document.line(line).strip()[:60]}”), men {source.id} "
        f"deklarerar perioden {source.reporting_period}. Det läses inte under fel period: gör en "
        f"egen deklaration för {year}, eller rätta reporting_period om den är fel.",
        line,
    )


def another_place(source: Source, document: Document, gazetteer: Gazetteer) -> Fault | None:
    """What is wrong where another edition is the document of another municipality.

    That is the one that it names with its word, kommun or stad, where it does so at least twice
    and more often than it has the name of the source's own at all.
    """
    own = gazetteer.names.get(source.geo)
    known = document.sha256 in {None, source.sha256}
    if known or own is None or not is_municipality_code(source.geo):
        return None
    named = [
        (gazetteer.by_name(found[1]), number, found[0])
        for number, line in enumerate(document.lines, start=1)
        for found in gazetteer.titled.finditer(line)
    ]
    counts = Counter(code for code, _, _ in named if code != source.geo)
    code, count = next(iter(counts.most_common(1)), (None, 0))
    if code is None or count < _TWICE or count <= gazetteer.mentions(source.geo, document.lines):
        return None
    line, text = next((number, text) for other, number, text in named if other == code)
    return Fault(
        document.name,
        f"dokumentet gäller {gazetteer.names[code]} (”{text}”), men {source.id} är en källa för "
        f"{own}. Det läses inte som {own}: ta in det med ojmf import FIL --kommun "
        f"{code}, eller rätta geo om den är fel.",
        line,
    )


def strange_times(source: Source, document: Document, last: int) -> pl.DataFrame:
    """A warning, in ``FINDINGS``, where another edition's title or day has a time of its own.

    The title is the source's but for its years, months and numbers, and each of its years is to be
    one of the declared period or the title; the day is a line of the opening that is nothing else.
    ``last`` is the last line of the opening. What the document has more of says which period it is
    read under, so that this alone does not keep it from being read.
    """
    if document.sha256 in {None, source.sha256}:
        return findings_frame([])
    declared, own = _years(source)
    named = source.title.casefold()
    title = re.compile(re.sub(r"\d", r"\\d", _MONTH.sub(_MONTH.pattern, re.escape(named))))
    without = _YEAR.sub("", named)
    known = declared | {*_YEAR.findall(named)}
    odd = [
        (number, text)
        for number, line in enumerate(document.lines[:last], start=1)
        for text in [line.strip(_MARKS)]
        for years in [{*_YEAR.findall(text)}]
        if (_DAY.fullmatch(text) and not years <= own)
        or (
            title.fullmatch(text.casefold())
            and (not years <= known or _YEAR.sub("", text.casefold()) != without)
        )
    ]
    return findings_frame(
        finding(
            Severity.WARNING,
            STRANGE_TIME,
            f"”{text}” har en annan tid än {source.id}, som gäller {source.reporting_period} och "
            f"är daterad {source.date}. Är det nästa dokument: ta in det med ojmf import FIL",
            source,
            key=text,
            line=number,
            raw=text,
        )
        for number, text in odd
    )


def _years(source: Source) -> tuple[set[str], set[str]]:
    """The years that a source reports on, and with those its own of day and title."""
    period = parse_period(source.reporting_period)
    declared = {str(year) for year in range(period.start.year, period.end.year + 1)}
    titled = _YEAR.findall(f"{source.document} {source.title}")
    return declared, declared | {str(source.date.year), *titled}
