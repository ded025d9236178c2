"""What the words of headers and titles say of time, and whether figures are outcomes or plans."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ojmf.authoring.counted_days import (
    ISO_DAY,
    MONTH,
    MONTH_STATED,
    MONTHS,
    PERIOD_STATED,
    WEEK,
    WRITTEN_DAY,
    day_in,
    ends_a_month,
    is_counted_on_a_day,
)
from ojmf.authoring.written_years import (
    SCHOOL_YEAR,
    STROKED,
    school_year,
    split_year,
    whole_years,
    with_whole_days,
)
from ojmf.geography import Gazetteer
from ojmf.model import DIFFERENCES, PeriodKind
from ojmf.periods import in_digits, of_months, part_of_year

_TO = r"(?:[-–—]|till(?: och med)?|t\.?o\.?m\.?)"
_SPAN = re.compile(rf"\b{MONTH}\.?\s*{_TO}\s*{MONTH}\b\.?", re.I)
_COMPARED = re.compile(r"\b(?:än|jämfört med|mot|sedan)(?: i)?\s*$", re.I)
_YEARS_SPAN = re.compile(
    rf"\b{MONTH}\.?\s+((?:19|20)\d\d)\s*{_TO}\s*{MONTH}\.?\s+((?:19|20)\d\d)\b", re.I
)
_UNTIL = re.compile(rf"(?:t\.?o\.?m\.?|till och med|ack\w*)\s+{MONTH}\b\.?", re.I)
ONE_MONTH = re.compile(rf"\b{MONTH}\b\.?", re.I)
_YEAR = re.compile(r"(?<![\d/–-])\b((?:19|20)\d\d)\b(?![/–-]\d)")
ANY_YEAR = re.compile(r"\b((?:19|20)\d\d)\b(?!\s*=)")
_ISO_SPAN = re.compile(
    r"\b(20\d\d)-?(0[1-9]|1[0-2])\s*(?:--|[–/]|\s-\s)\s*(20\d\d)-?(0[1-9]|1[0-2])\b"
)
_ISO_MONTH = re.compile(r"\b((?:19|20)\d\d)-(0[1-9]|1[0-2])\b(?!-)")
_TERTIAL = re.compile(r"\b(?:tertial(?:rapport|bokslut)?|T)\s?([123])\b", re.I)
_QUARTER = re.compile(r"\b(?:kvartal(?:srapport)?|Q|kv\.?|K)\s?([1-4])\b", re.I)
_PARTS_SPAN = re.compile(
    r"\b(?:(?:kvartal|Q|kv\.?|K)|(tertial|T))\s?([1-4])\s*(?:[-–—]|till|och|\+)\s*"
    r"(?:kvartal|Q|kv\.?|K|tertial|T)?\s?([2-4])\b(?![.,]?\d)",
    re.I,
)
_HALF = re.compile(r"\b(?:halvår|H)\s?([12])\b", re.I)
_HALF_REPORT = re.compile(r"\bhalvårs(?=rapport|bokslut|uppfölj)", re.I)
_CODED_PART = re.compile(r"((?:19|20)\d\d)\s?([MKQTH])\s?(0?[1-9]|1[0-2])", re.I)
_TERM = re.compile(r"\b(?:(vt|vårtermin\w*)|(?:ht|hösttermin\w*))(?= ?(?:19|20)\d\d\b)", re.I)
_MONTHS_EACH = {"M": 1, "K": 3, "Q": 3, "T": 4, "H": 6}
OF_THE_YEAR = (
    r"års(?:budget|prognos|utfall|bokslut|redovisning|resultat|mål|plan|ram|värde|avvikelse|total|"
    r"(?:över|under)skott)\w*"
)
"""Words of what is of the whole year; årsarbetare and årskurs are none."""
_WHOLE_YEAR = re.compile(
    rf"\b(bokslut|helår\w*|{OF_THE_YEAR}|årets|hela året|per år\b|total\w* budget|kf[- ]budget)",
    re.I,
)
_PART = re.compile(r"\b(delår\w*|period\w*|ack\w*|hittills|t\.?o\.?m\.?|ytd)\b", re.I)
SO_FAR = re.compile(r"\back(?:\.|umulera\w*)?(?!\w)|\bhittills\b|\bytd\b", re.I)
"""What is counted from January."""
_BEFORE = re.compile(r"\b(föregående år|fg\.? ?år|förra året|f\.? ?år)\b", re.I)
_PARTIAL = re.compile(
    r"\b(delår|(?<!per )tertial|månadsrapport|(?<!per )kvartal|uppföljning per|"
    rf"\w*(?:uppföljning|prognos|rapport) (?:efter )?(?={MONTH}\b)|"
    r"per (?:den )?(?=20\d\d|(?:\d\d?\.? ?)?(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)))",
    re.I,
)
YEARLY = re.compile(
    r"(verksamhetsplan|årsredovisning|verksamhetsberättelse|öppna jämförelser|bokslut|helår"
    r"|budget|mål|nyckeltal)",
    re.I,
)
_PLANNED = r"\b(?:prognos|budget|utfall|mål)"
_SCENARIOS = (
    (
        "change",
        rf"(?<![a-zåäö])förändr|förändr(?!.*{_PLANNED})|\butveckling\b|\bökning\b|\bminskning\b|\bdiff\w*.*\d\d.*(?<!\d)\d\d",
    ),
    ("change", r"\b(?:diff|skillnad)\w* (mot|från|sedan) (?:år )?(\d{4}|föreg|förra|fg)"),
    (
        "deviation",
        r"(?<!nettokostnads)(?<!\bantal )avvik|\bavv\b|"
        r"differens|\bdiff\b|\bskillnad|återstå|\bkvar(?:står|stående)?\b|disponibel",
    ),
    ("forecast", r"progn(?!ossäkerh)"),
    (
        "target",
        r"\b(?:del|etapp)?mål(?!uppfyll|grupp|et med|-? och (?:budget|resurs|verksamhetsp))"
        r"(värde\w*|nivå\w*|tal(?:et)?|et|en)?\b|riktvärde",
    ),
    ("budget", r"(?<!\bav )(?<!\bav års)(?<!om)budget(?!följs)|\bplan(?:erat)?\b|\bram\b"),
    ("outcome", r"utfall|bokslut|redovis|\bresultat\b|fakti|verkli|\back\w*\b|hittills|förbrukat"),
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a text says of a period.

    ``period`` is its ISO text where it is sure. Else ``options`` are the ways to read it, and
    ``likely`` the one that the context speaks for, if any. ``title`` is the title that says it of
    all columns alike.
    """

    period: str | None = None
    kind: PeriodKind | None = None
    options: tuple[str, ...] = ()
    likely: str | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What is known of a document: whose it is (empty: unknown), and the period it reports on."""

    geo: str
    county: str | None
    gazetteer: Gazetteer
    period: str | None
    ways: tuple[str, ...] = ()  # what it may report on, where that is asked: parts of a year
    groups: tuple[tuple[str, str], ...] = ()  # of municipalities, by name with their ids
    likely_geo: str = ""  # where it is unknown: the municipality of the workspace's other documents

    @property
    def year(self) -> str | None:
        """The year of the reporting period's end."""
        return self.period.rpartition("/")[2][:4] if self.period else None

    @property
    def partial(self) -> bool:
        """Whether it reports on a part of a year."""
        return self.period is not None and "-" in self.period

    def in_year(self, year: str) -> str:
        """The same part of another year."""
        return self.period.replace(self.year, year) if self.period and self.year else year


def part_named(text: str) -> str | None:
    """The quarter or tertial that a header names."""
    found = _QUARTER.search(text) or _TERTIAL.search(text) or _HALF.search(text)
    return found[0].casefold() if found else None


def month_number(text: str) -> int | None:
    """The number of a month by its name or its first three letters; None for other texts."""
    match = re.fullmatch(MONTH + r"\.?", text.strip(), re.I)
    return MONTHS.index(match[1][:3].lower()) + 1 if match else None


_SCENARIO_FORMS = tuple((name, re.compile(words, re.I)) for name, words in _SCENARIOS)


@lru_cache(maxsize=65536)
def scenario_of(text: str) -> str | None:
    """The scenario that a header's words say; None where they say nothing."""
    return next((name for name, words in _SCENARIO_FORMS if words.search(text)), None)


def reporting_period(texts: Sequence[str]) -> Said:  # noqa: PLR0911 - one answer for each form
    """What the document reports on, by its title and first lines; the first that says is taken."""
    for text in map(_numbered, texts):
        if school := school_year(text):
            return Said(school)
        if STROKED.search(text) and (split := split_year(text)):
            return Said(options=(split,))
        years = list(dict.fromkeys(ANY_YEAR.findall(text)))
        if len(years) != 1:
            continue
        year = years[0]
        if months := _accumulated(text):
            return Said(iso(year, *months))
        if on_line := PERIOD_STATED.fullmatch(text):
            last = int(on_line[1] or 0) or month_number(on_line[2]) or 1
            return Said(options=(iso(year, 1, last), f"{year}-{last:02d}"))
        if _PARTIAL.search(text):
            one = ONE_MONTH.search(text)
            month = month_number(one[1]) if one else None
            if day := ISO_DAY.search(text) or _ISO_MONTH.search(text):
                month = int(day[2])
            if month:
                return Said(iso(year, 1, month))
            return Said(options=(f"{year}-01/{year}-08", f"{year}-01/{year}-04", year))
        if YEARLY.search(text):
            return Said(year)
    years = sorted({y for text in texts for y in ANY_YEAR.findall(text)})
    days = sorted({said for text in texts if (said := day_in(text)) and ends_a_month(said)})
    # What is counted at the end of another month than the last is hardly of the whole year.
    named = [said for text in texts for said in _months_alone(text)]
    counted = [said for text in texts if is_counted_on_a_day(text) for said in _months_alone(text)]
    partly = any(map(names_a_part, texts))
    stated = [said for text in texts if MONTH_STATED.match(text) for said in _months_alone(text)]
    if len({*stated}) == 1 == len({*named}) and not any(map(_OF_MONEY.search, texts)):
        counted = stated  # what has amounts may be counted from January
    likely = years[-1] if len(years) == 1 and not days and not named and not partly else None
    if len({*counted}) == 1 == len({*named}) and not days:
        likely = counted[0]
    return Said(options=(*years[-3:], *days, *dict.fromkeys(named)), likely=likely)


_OF_MONEY = re.compile(r"\b(?:tkr|m?n?kr|kronor|budget\w*|utfall\w*|ekonomi\w*)\b", re.I)


def _months_alone(text: str) -> list[str]:
    """The months that a text names beside their year, and no day of them: ``nov 2017``.

    None that it only compares with: ``högre än i april 2024``.
    """
    form = rf"(?<!\d )(?<!\d)\b{MONTH} ((?:19|20)\d\d)\b"
    found = [s for s in re.finditer(form, text, re.I) if not _COMPARED.search(text[: s.start()])]
    return [f"{said[2]}-{month_number(said[1]):02d}" for said in found]


def names_a_part(text: str) -> bool:
    """Whether a title says that a document reports on a part of a year, or up to a day.

    >>> names_a_part("Delårsrapport"), names_a_part("Årsredovisning 2024")
    (True, False)
    """
    return _SPAN.search(text) is not None or _PARTIAL.search(text) is not None


def iso(year: str, first: int, last: int) -> str:
    """Months of a year as ISO text."""
    if (first, last) == (1, 12):
        return year
    start = f"{year}-{first:02d}"
    return start if first == last != 1 else f"{start}/{year}-{last:02d}"


def _from_to(first: tuple[str, int], last: tuple[str, int]) -> Said:
    """The months from one to another; a question where no kind of period has them."""
    found = of_months((int(first[0]), first[1]), (int(last[0]), last[1]))
    return Said(*found) if found else Said(options=(last[0],))


def _accumulated(text: str) -> tuple[int, int] | None:
    """First and last month that a text names, tertials and quarters from January."""
    if span := _SPAN.search(text):
        first, last = month_number(span[1]), month_number(span[2])
        return (first, last) if first and last and first < last else None
    if until := _UNTIL.search(text):
        return 1, month_number(until[1]) or 12
    if tertial := _TERTIAL.search(text):
        return 1, 4 * int(tertial[1])
    if quarter := _QUARTER.search(text):
        return 1, 3 * int(quarter[1])
    if half := _HALF.search(text):
        return 6 * int(half[1]) - 5, 6 * int(half[1])
    return None


def _numbered(text: str) -> str:
    """A text with its parts of a year, also terms, as numbers, and its days as ISO writes them."""
    text = _TERM.sub(lambda said: f"halvår {1 if said[1] else 2} ", with_whole_days(text))
    return _HALF_REPORT.sub("halvår 1 ", in_digits(text))


def _twelve_months(span: re.Match[str]) -> str | None:
    """The twelve months that a header names from a month of one year to one of the next."""
    first, last = month_number(span[1]) or 1, month_number(span[3]) or 12
    whole = 12 * (int(span[4]) - int(span[2])) + last - first + 1 == 12
    return f"{span[2]}-{first:02d}/{span[4]}-{last:02d}" if whole and first > 1 else None


def column_period(  # noqa: PLR0911, PLR0912 - one answer for each way to write a period
    text: str, what: str | None, report: Report, near: str = ""
) -> Said:
    """The period of a column by its header, its scenario and what is known of the document.

    ``near`` is what else is printed about it: the table's title. A year alone is ambiguous in a
    report on a part of the year, unless the column is a budget, a forecast or a target.
    """
    if WEEK.search(text):
        return Said(options=tuple(ANY_YEAR.findall(text)))
    text = _numbered(text)
    if whole := whole_years(text, near, together=what in {None, "outcome"}):
        return Said(*whole)
    if span := _ISO_SPAN.search(text):
        return _from_to((span[1], int(span[2])), (span[3], int(span[4])))
    if (span := _YEARS_SPAN.search(text)) and (months := _twelve_months(span)):
        return Said(months)
    if day := day_in(text):
        if is_counted_on_a_day(text) or is_counted_on_a_day(f"{near} {text}"):
            return Said(day)
        until = iso(day[:4], 1, int(day[5:7]))
        if scenario_of(text) is None:
            within = not ends_a_month(day) and day[5:] != "12-31"  # no time ends on such a day
            return Said(options=(until, day), likely=day if within else None)
        if report.partial and day[5:7] == (report.period or "")[-2:] and what in _FLOWS:
            return Said(options=(until, day), likely=until)
        if day[5:] == "12-31" and what in _FLOWS:
            return Said(options=(day[:4], day), likely=day[:4])
        return Said(day)
    if month := _ISO_MONTH.search(text):
        school = f"{month[1]}/{int(month[1]) % 100 + 1:02d}"
        either = (int(month[1]) + 1) % 100 == int(month[2])  # 2010-11 may be a school year
        if either:
            return Said(options=(month[0], school))
        return _of_month(month[1], int(month[2]), text, report)
    if part := _CODED_PART.fullmatch(text.strip()):
        return Said(*part_of_year(part[1], _MONTHS_EACH[part[2].upper()], int(part[3])))
    years = list(dict.fromkeys(_YEAR.findall(text)))
    if SCHOOL_YEAR.search(text) or len(years) > 1:
        if what in DIFFERENCES:
            return _of_year(text, max(ANY_YEAR.findall(text), default=""), what, report)
        return Said(options=tuple(ANY_YEAR.findall(text)))
    if what == "change" and _BASE_YEAR.search(text):  # it is the change up to the reporting year
        later = report.year if (report.year or "") > max(years, default="") else None
        return _of_year(text, later, what, report) if later else Said()
    year = years[0] if years else report.year
    if year and not years and _BEFORE.search(text):
        year = str(int(year) - 1)
    return Said() if year is None else _of_year(text, year, what, report)


_BASE_YEAR = re.compile(r"\b(?:från|sedan|jämfört med|mot|än)\s+(?:år\s+)?(?:19|20)\d\d\b", re.I)
"""A year that a change is counted from, not the one that it is of."""


def _of_month(year: str, month: int, text: str, report: Report) -> Said:
    """The month that a header names by its number; an amount may be counted from January."""
    alone = f"{year}-{month:02d}"
    if scenario_of(text) not in _FLOWS:
        return Said(alone)
    until = iso(year, 1, month)
    if scenario_of(text) == "forecast" and until != year:  # made in that month, for the year
        return Said(options=(year, until, alone), likely=year)
    likely = until == year or report.in_year(year) == until
    return Said(options=(until, alone), likely=until if likely else None)


_FLOWS = {"outcome", "budget", "deviation", "forecast"}


def _of_year(  # noqa: PLR0911, PLR0912 - one answer for each way to write a part of a year
    text: str, year: str, what: str | None, report: Report
) -> Said:
    """The period of a header that names months, a part of the year or nothing, in a year."""
    if (span := _SPAN.search(text)) or _UNTIL.search(text):
        months = _accumulated(text)
        if span and months is None:
            first, last = month_number(span[1]), month_number(span[2])
            return Said(options=(f"{int(year) - 1}-{first:02d}/{year}-{last:02d}",))
        return _from_to((year, months[0]), (year, months[1])) if months else Said()
    if span := _PARTS_SPAN.search(text):
        each, first, last = 4 if span[1] else 3, int(span[2]), int(span[3])
        return _from_to((year, each * (first - 1) + 1), (year, min(each * last, 12)))
    for form, months_each in ((_QUARTER, 3), (_TERTIAL, 4), (_HALF, 6)):
        if part := form.search(text):
            own = part_of_year(year, months_each, int(part[1]))
            until = iso(year, 1, months_each * int(part[1]))
            if re.search(r"\back", text, re.I) or _WHOLE_YEAR.search(text):
                return Said(until)
            if what == "forecast" and until != year:  # made then, for the year
                return Said(options=(year, own[0]), likely=year)
            return Said(*own)
    if one := ONE_MONTH.search(text):
        month = month_number(one[1]) or 1
        single, until = f"{year}-{month:02d}", iso(year, 1, month)
        if what == "forecast":  # made in that month, for the year
            return Said(options=tuple(dict.fromkeys((year, until, single))), likely=year)
        if re.fullmatch(rf"\W*{MONTH}\W*(\d{{4}})?\W*", text, re.I):
            return Said(single)
        return Said(options=(until, single), likely=until if report.period == until else None)
    of_forecast = what == "deviation" and re.search("progn", text, re.I) is not None
    if _PART.search(text) and report.partial:
        return Said(report.in_year(year))
    of_a_part = SO_FAR.search(text) or re.search(r"\bdelår", text, re.I)
    if of_a_part or (_PART.search(text) and report.period is None):
        return Said(options=(year,))
    if _WHOLE_YEAR.search(text) or what in {"budget", "forecast", "target"} or of_forecast:
        return Said(year)
    if what == "outcome" and report.ways:
        ways = [way.replace(report.ways[0][:4], year) for way in report.ways]
        return Said(options=tuple(dict.fromkeys([*ways, year])))
    if not report.partial:
        return Said(year if report.year == year or _YEAR.search(text) else report.in_year(year))
    same = report.in_year(year)
    if what == "outcome" and year == report.year:
        return Said(same)
    return Said(options=(same, year), likely=None)


TIME_FORMS = (
    *(_ISO_SPAN, ISO_DAY, WRITTEN_DAY, _SPAN, _UNTIL, _ISO_MONTH, SCHOOL_YEAR),
    *(_PARTS_SPAN, _QUARTER, _TERTIAL, _HALF, ANY_YEAR),
)
"""What names a time in a header, but for a month alone."""
