"""What a text near figures could say of them: their place, time, scenario, and kind of figure.

The words stand in ``data/language/tables.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

from ojmf.authoring.counted_days import day_in, day_without_year
from ojmf.authoring.said_periods import ANY_YEAR, ONE_MONTH, TIME_FORMS
from ojmf.declarations.loading import embedded_root
from ojmf.geography import Gazetteer
from ojmf.printed import squeeze, whole_number

_BY = re.compile(r"(?<=[^\s/-])\s?/\s?\w+")
_PARTED = re.compile(r"\s*[,:;()]\s*|\s+[-–—]\s+|:\s")
_LONGEST_NAME = 3
_MARKS = r"\*{1,4}|[¹²³⁴⁵⁶⁷⁸⁹]+|[†‡§]|\d\)|(?<!\S)[a-z]\)|\^\([^()]*\)"
_MARK = re.compile(rf"(?<=\S)\s?({_MARKS})\s*$")
_NOTE_MARK = re.compile(rf"\s*({_MARKS})[\s:=]*(\S.*)")


@cache
def _words() -> dict[str, Any]:
    path = embedded_root() / "data" / "language" / "tables.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=64)
def _form(section: str, key: str, frame: str = "{}") -> re.Pattern[str]:
    words = _words()[section] if not key else _words()[section][key]
    return re.compile(frame.replace("{}", f"(?:{words})"), re.I)


def without_bases(text: str) -> str:
    """A text without the years that its figures are only compared with, or that date a source."""
    kept, at = "", 0
    for year in ANY_YEAR.finditer(text):
        before, behind = text[: year.start()], text[year.end() :]
        if _form("base", "").search(before) or _form("of_base", "").search(behind):
            kept += text[at : year.start()]
            at = year.end()
    return squeeze(kept + text[at:])


@lru_cache(maxsize=65536)
def names_time(text: str) -> bool:
    """Whether a text names a time that figures may be of.

    >>> names_time("Samtal januari–juni"), names_time("Index 2015=100"), names_time("Ett län 2023")
    (True, False, True)
    """
    said = without_bases(text)
    forms = (*TIME_FORMS, ONE_MONTH, _form("time", ""))
    return day_without_year(said) is not None or any(form.search(said) for form in forms)


def years_in(text: str) -> tuple[str, ...]:
    """The years that figures may be of by a text."""
    return tuple(dict.fromkeys(ANY_YEAR.findall(without_bases(text))))


def is_mean_of_years(text: str) -> bool:
    """Whether a text names a mean or sum over the years that it names."""
    return len(years_in(text)) > 1 and _form("mean_of_years", "").search(text) is not None


def names_part_of_year(text: str) -> bool:
    """Whether the time that a text names is a part of a year, or a day."""
    bare = squeeze(ANY_YEAR.sub(" ", without_bases(text)))
    return names_time(bare) or day_in(text) is not None


@lru_cache(maxsize=65536)
def scenario_alone(text: str) -> str | None:
    """The scenario that stands for itself in a label, as in ``Sjukfrånvaro, mål``.

    A word that is joined with another, or measured by itself, is what the label measures.
    """
    for part in [squeeze(ANY_YEAR.sub(" ", p)) for p in _PARTED.split(text)]:
        for name in _words()["scenario"]:
            if _form("scenario", name).fullmatch(part):
                return str(name)
    return None


def scenario_of_title(text: str) -> str | None:
    """The plan, or the difference, that a title says that all its figures are."""
    said = {
        name
        for name in ("target", "budget", "forecast", "deviation", "change")
        if _form("scenario", name, r"^\W*{}(?!\w)").search(text)
        or (
            name in {"target", "budget", "forecast"}
            and _form("scenario", name, r"[–—:,(-]\s+{}(?!\w)").search(text)
        )
        or (
            name in {"deviation", "change"}
            and _form("scenario", name, r"[–—:,(-]\s+{}[\W\d]*$").search(text)
        )
    }
    apart = [
        name for name in _words()["scenario"] if _form("scenario", name, r"\({}(?!\w)").search(text)
    ]
    if len(apart) == 1 and apart != ["outcome"]:
        return str(apart[0])
    if _form("scenario", "outcome", r"(?<!\w){}(?!\w)").search(text):
        return None
    return said.pop() if len(said) == 1 else None


def is_rank(text: str, cells: Collection[str] = ()) -> bool:
    """Whether a header or label only tells a place in an order: ``Rank i riket``.

    ``Plats i länet`` does where the ``cells`` below it are whole numbers.
    """
    bare = squeeze(re.sub(r"[(),:]", " ", ANY_YEAR.sub(" ", text)))
    words, among = _words()["rank"]["words"], _words()["rank"]["among"]
    if cells and all(whole_number(cell) is not None for cell in cells):
        words = f"{words}|{_words()['rank']['of_numbers']}"
    return re.fullmatch(rf"(?:{words})(?: (?:{among}))?", bare, re.I) is not None


def is_order(label: str) -> bool:
    """Whether a label is, or says behind what it measures, that it is a place in an order."""
    words, among = _words()["rank"]["words"], _words()["rank"]["among"]
    last = rf"(?:[,:(–-]\s?|\s)(?:rank\w*|(?:{words}) (?:{among}))\W*$"
    return is_rank(label) or re.search(last, label, re.I) is not None


def names_others(text: str) -> bool:
    """Whether a text names a group of municipalities, or a measure of several."""
    return _form("others", "words", r"(?<!\w){}(?!\w)").search(text) is not None


def county_called(text: str) -> str | None:
    """The county of a region that calls itself otherwise."""
    called = (code for code in _words()["counties"] if _form("counties", code).fullmatch(text))
    return next(called, None)


def is_of_figures(note: str) -> bool:
    """Whether a note is about figures, and not about when they were decided or fetched."""
    return _form("not_of_figures", "").search(note) is None


def says_when(note: str) -> bool:
    """Whether a note says what time figures are of."""
    if _form("of_missing", "").search(note):  # since when, or of which years, there are figures
        return is_of_figures(note) and _form("of_time_itself", "").search(note) is not None
    return is_of_figures(note) and _form("of_time", "").search(note) is not None


def of_some(header: str) -> bool:
    """Whether a header begins with a mean, or the highest or lowest, of what it does not name."""
    return _form("others", "of_some", r"^\W*{}(?!\w)").search(ANY_YEAR.sub(" ", header)) is not None


def without_sizes(label: str) -> str:
    """A label without how much of something it is about, which is no unit of its figures.

    >>> without_sizes("Löneökning 1 procent")
    'Löneökning'
    """
    return squeeze(_form("sizes", "").sub(" ", label))


@lru_cache(maxsize=65536)
def is_counted(text: str) -> bool:
    """Whether a text says that figures count something.

    What stands behind a stroke is what something is counted or measured by.

    >>> is_counted("Besök/dygn"), is_counted("Vatten, l/pers/dygn")
    (True, False)
    """
    return _form("counted", "words").search(_BY.sub(" ", text)) is not None


def is_likely_counted(name: str) -> bool:
    """Whether a name is of things or events that are usually counted, but have amounts as well."""
    return _form("counted", "likely").search(name) is not None


def left_unsaid(measure: str) -> str:
    """What of the rest of a header makes its figures something else than those beside it."""
    return squeeze(
        re.sub(r"[\W\d_]+", " ", _form("neutral", "words", r"(?<!\w){}(?!\w)").sub(" ", measure))
    )


@lru_cache(maxsize=16384)
def places_in(text: str, gazetteer: Gazetteer) -> frozenset[str]:
    """The places that a title or label names on their own, or with the word for what they are.

    A name within a sentence may be a word by chance (``Mark och exploatering``): it has to stand
    alone between marks, but for years, or follow ``i`` or ``för``.
    """
    found = set()
    for part in _PARTED.split(text):
        bare = squeeze(ANY_YEAR.sub(" ", part))
        whole = gazetteer.by_text(bare) if bare else None
        if whole is not None:
            found.add(whole)
            continue
        words = bare.split()
        for start in range(len(words)):
            found |= set(_place_at(words, start, gazetteer))
    return frozenset(found)


def _place_at(words: Sequence[str], start: int, gazetteer: Gazetteer) -> Iterator[str]:
    """The place whose name begins at a word of a text and is told to be one."""
    led = start > 0 and words[start - 1].casefold() in {"i", "för", "hos"}
    for count in range(_LONGEST_NAME, 0, -1):
        name = words[start : start + count]
        if len(name) < count or not name[0][:1].isupper():
            continue
        kind = name[-1].casefold() in {"kommun", "kommuns", "stad", "stads", "län", "läns"}
        code = gazetteer.by_text(" ".join(name))
        if code is not None and (led or (kind and count > 1)):
            yield code
            return


def mark_of(label: str) -> str | None:
    """The footnote's mark that a label ends with."""
    found = _MARK.search(label)
    return found[1] if found else None


def marked_notes(lines: Sequence[str]) -> dict[str, str]:
    """The notes that begin with a mark, by their mark."""
    found: dict[str, str] = {}
    for line in lines:
        if note := _NOTE_MARK.fullmatch(line.strip()):
            found.setdefault(note[1], squeeze(note[2]))
    return found
