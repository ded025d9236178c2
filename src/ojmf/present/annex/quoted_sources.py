"""What the words around a citation's id say of when and where its figure is from.

Where the sentence with the id says one year, page, document or place, that is what it says of the
figure, however far from it that stands. What something is only compared with (``sedan 2019``, ``än
i riket``) says nothing of it, and so does a page of a document whose pages aren't known.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from ojmf.model import MONTHS
from ojmf.present.words import listed
from ojmf.printed import folded

SOURCE = re.compile(r"\(Källa:.*?\.\)", re.DOTALL)
"""The source as ``ojmf cite`` gives it."""
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
QUOTED = re.compile(r"[”\"“»]([^”\"“»«]{4,})[”\"“«]")
_ID = re.compile(r"\[?\boj:[^\s\]]+\]?")
_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])")
COUNTY = re.compile(r"\b[A-ZÅÄÖ][\wåäö]+(?: [\wåäö]+)? län\b")
_BESIDE = re.compile(
    r"\b(?:sedan|än|från|mot|(?<!och )med|inför|till|efter|före|innan|liksom|som|"
    r"(?:budget|mål)\w*(?: för)?)(?: (?:i|år|under|hela|den|" + "|".join(MONTHS) + r"))*\W*$",
    re.IGNORECASE,
)
"""Before a year or a place that something is only compared with, or that is of something else."""
_DONE = re.compile(r"\b(?:beslut|antog|inför|start|öppna[dr]|började)\w*", re.IGNORECASE)
"""What happened some year, which is not when a figure is from."""
_WHOLE_YEAR = re.compile(r"\bjanuari ?[–-] ?december\b", re.IGNORECASE)
_COUNTRY = re.compile(r"\briket\b", re.IGNORECASE)
_ANY_COUNTY = re.compile(rf"{COUNTY.pattern}|\b[Ll]änet\b")
_SIDES = {"länet": _ANY_COUNTY, "riket": _COUNTRY}
_SHARE = re.compile(r"(\d+(?:,\d+)?)[ \u00a0\u202f]?(?:procent\b|%)")
_CLAUSE = re.compile(r"[,;:]")
_MONTH_OF = re.compile(
    rf"\b(?:per|till och med|t\.o\.m\.|[–-]) ?({'|'.join(MONTHS)})\b|"
    rf"\b({'|'.join(MONTHS)}) (?:19|20)\d\d\b",
    re.IGNORECASE,
)
_KINDS = (
    r"delårsrapport|tertialrapport|månadsrapport|årsredovisning|verksamhetsplan|bokslut|"
    r"verksamhetsberättelse|kvalitetsrapport|öppna jämförelser"
)
_NAMED_KIND = re.compile(rf"\b(?:enligt|källa:|ur|hämtad\w* från)\s[^,.;]*?\b({_KINDS})", re.I)
_PLACES = {
    "rad": re.compile(r"\brad(?:en)? (\d+)\b(?![–-]\d)", re.IGNORECASE),
    "sidan": re.compile(r"\b(?:sid(?:an?)?\.?|s\.) ?(\d+)\b(?![–-]\d)", re.IGNORECASE),
    "bilaga": re.compile(r"\bbilaga (\d+)\b", re.IGNORECASE),
    "cell": re.compile(r"\bcell(?:en)? ([A-Z]{1,3}\d+)\b"),
    "dnr": re.compile(r"\b([A-ZÅÄÖ]{1,6}[ /]?\d{4}[:/-]\d+)\b"),
}
"""Where in a document, and which document by its diary number."""


def other_sources(
    said: str, cited: str, *, places: Collection[str], documents: Mapping[str, Collection[str]]
) -> list[str]:
    """What the words contradict of when and where the cited figure is from.

    ``places`` are the names of municipalities, and ``documents`` the tables of each document by
    its title.
    """
    sentence = with_the_id(said)
    whole = QUOTED.sub(" ", cited)
    found = [
        *_other_places(sentence, whole),
        _other_document(sentence, cited, documents),
        _other_county(sentence, whole),
        _other_municipality(sentence, whole, places),
        _other_time(sentence, whole),
    ]
    return list(dict.fromkeys(told for told in found if told))


def with_the_id(said: str) -> str:
    """The sentence that has the id, without it and what is quoted; all before an id that has none.

    The sentences of ``ojmf cite`` have the id after them.
    """
    at = _ID.search(said)
    if at is None:
        return QUOTED.sub(" ", said)
    before, behind = QUOTED.sub(" ", said[: at.start()]), QUOTED.sub(" ", said[at.end() :])
    if before.rstrip()[-2:] and before.rstrip()[-1] in ".)!?" and not behind.strip(" ."):
        return before
    return f"{_END.split(before)[-1]} {_END.split(behind)[0]}"


def _other_places(sentence: str, cited: str) -> list[str]:
    told = []
    for name, form in _PLACES.items():
        there, stated = set(form.findall(cited)), set(form.findall(sentence))
        known = {_alone(one) for one in there}
        if there and len(stated) == 1 and not known & {_alone(one) for one in stated}:
            told.append(f"det står {_at(name, there)} och inte {_at(name, stated)}")
    return told


def _alone(place: str) -> str:
    """A place or a number without what people write it with: SN/2024:81 is SN 2024-81."""
    return re.sub(r"\W", "", place)


def _at(name: str, values: Collection[str]) -> str:
    before = {"dnr": "i dnr", "cell": "i cell", "bilaga": "i bilaga"}.get(name, f"på {name}")
    return f"{before} {listed(sorted(values))}"


def _other_document(
    sentence: str, cited: str, documents: Mapping[str, Collection[str]]
) -> str | None:
    """Another document than the cited one, or in brackets another table of it."""
    text, source = folded(sentence), folded(" ".join(SOURCE.findall(cited)))
    named = [title for title in documents if _telling(title) and _whole(title, text)]
    there = [title for title in documents if _whole(title, source)]
    if len(named) == 1 and there and named[0] not in there:
        return f"det står i {listed(there)} och inte i {named[0]}"
    kinds = {kind.lower() for kind in _NAMED_KIND.findall(sentence)}
    of_it = set(re.findall(_KINDS, source))
    if len(kinds) == 1 and of_it and not kinds & of_it:
        return f"det står i {listed(there) or listed(sorted(of_it))}"
    in_brackets = folded(" ".join(SOURCE.findall(sentence)))
    tables = {table for title in there for table in documents[title]}
    stated = {table for table in tables if _whole(table, in_brackets)}
    known = {table for table in tables if _whole(table, source)}
    if stated and known and not stated & known:
        return f"det står i {listed(sorted(known))} och inte i {listed(sorted(stated))}"
    return None


def _telling(title: str) -> bool:
    """Whether a title can be nothing else, as a word alone could."""
    return any(map(str.isdigit, title)) or len(title.split()) > 2


def _whole(name: str, text: str) -> bool:
    """Whether a name stands in a folded text as words of its own."""
    return bool(name) and re.search(rf"(?<!\w){re.escape(folded(name))}(?!\w)", text) is not None


def _other_county(sentence: str, cited: str) -> str | None:
    there = set(COUNTY.findall(cited))
    stated = {match[0] for match in COUNTY.finditer(sentence) if not _compared(sentence, match)}
    if there and len(stated) == 1 and not stated & there:
        return f"det gäller {listed(sorted(there))} och inte {listed(sorted(stated))}"
    if not set(_SHARE.findall(sentence)) & set(_SHARE.findall(cited)):
        return None
    # The cited share, of the one kind of place that the sentence names.
    of = [
        {name for name, form in _SIDES.items() if form.search(text)} for text in (sentence, cited)
    ]
    if len(of[0]) == len(of[1]) == 1 and of[0] != of[1]:
        return f"det gäller {of[1].pop()} och inte {of[0].pop()}"
    return None


def _other_municipality(sentence: str, cited: str, places: Collection[str]) -> str | None:
    """The one municipality that a sentence names, where the citation names others."""

    def named(text: str) -> set[str]:
        return {name for name in places if re.search(rf"\b{re.escape(name)}s?\b", text)}

    there, stated = named(COUNTY.sub(" ", cited)), named(COUNTY.sub(" ", sentence))
    if not there or len(stated) != 1 or stated & there:
        return None
    (name,) = stated
    of = re.search(rf"\b(?:i|för|hos) {re.escape(name)}\b|\b{re.escape(name)}s\b", sentence)
    if of is None or _compared(sentence, of):
        return None
    return f"det gäller {listed(sorted(there))} och inte {name}"


def _other_time(sentence: str, cited: str) -> str | None:
    """The one year, or the one month that a period ends with, where the citation has others."""
    years = set(YEAR.findall(cited))
    in_source = set(YEAR.findall(" ".join(SOURCE.findall(sentence))))
    if years and in_source - years:
        return f"källan är från {listed(sorted(years))}"
    stated = {match[0] for match in YEAR.finditer(sentence) if not _compared(sentence, match)}
    if years and len(stated) == 1 and not stated & years:
        return f"det gäller {listed(sorted(years))}"
    months = _months(cited)
    named = _months(sentence)
    if months and len(named) == 1 and not named & months:
        return f"det gäller {listed(sorted(months, key=MONTHS.index))}"
    return None


def _months(text: str) -> set[str]:
    text = _WHOLE_YEAR.sub(" ", text)
    found = (match for match in _MONTH_OF.finditer(text) if not _compared(text, match))
    return {(match[1] or match[2]).lower() for match in found}


def _compared(text: str, match: re.Match[str]) -> bool:
    """Whether something is beside what a sentence is about, or when something else happened."""
    before = text[: match.start()]
    clause = _CLAUSE.split(before)[-1] + _CLAUSE.split(text[match.end() :])[0]
    return _BESIDE.search(before) is not None or _DONE.search(clause) is not None
