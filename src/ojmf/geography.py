"""Places: their codes, their names as people and tables write them, county and country."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache

import polars as pl

from ojmf.arguments import as_annotated, columns_of
from ojmf.errors import SelectionError
from ojmf.model import COUNTRY
from ojmf.printed import folded, squeeze
from ojmf.suggestions import did_you_mean
from ojmf.typography import unusual

COUNTY_OF_OWN = "lan"
COUNTRY_WORD = "riket"
GROUP = "group"
"""The level of a group of municipalities, which is a place but stands in no geography."""
COUNTY_CODE_LENGTH = 2
MUNICIPALITY_CODE_LENGTH = 4


@as_annotated
def resolve_geo(name_or_code: str, geography: pl.DataFrame) -> str:
    """The SCB code of a municipality, a county or the country.

    ``geography`` has the columns code, name, level and county_code. A name is matched without
    regard to case and to the words kommun and stad, a county with its word län, the country as
    "riket".

    Raises ``SelectionError`` with the nearest names when nothing matches.

    >>> import ojmf
    >>> places = ojmf.Workspace.open().geography
    >>> ojmf.compare.resolve_geo("Riket", places)
    '00'
    """
    wanted = squeeze(name_or_code)
    gazetteer = Gazetteer.of(geography)
    if wanted in gazetteer.levels:
        return wanted
    if (code := gazetteer.by_name(wanted)) is not None:
        return code
    known = [*gazetteer.spellings, *gazetteer.levels]
    padded = wanted.zfill(2 if len(wanted) == 1 else MUNICIPALITY_CODE_LENGTH)
    near = did_you_mean(
        padded if padded in known else name_or_code,
        known,
        briefly=padded in known,  # one that lacks a zero is no other than the one with it
        names_of=gazetteer.names if wanted[:1].isdigit() else None,
        otherwise="Skriv namnet, eller koden hos SCB: två siffror för ett län, fyra för en kommun.",
    )
    strange = f"{unusual(name_or_code)} ".lstrip()
    raise SelectionError(
        f"Det finns ingen kommun, inget län och ingen kod som heter ”{name_or_code}”. "
        f"{strange}{near}"
    )


@as_annotated
def resolve_area(name_or_id: str, indicators: pl.DataFrame) -> str:
    """The ``area_id`` of an area given by its id or by its name, without regard to case.

    Raises ``SelectionError`` with the nearest names when the catalogue has no such area.

    >>> import ojmf
    >>> asked = ojmf.Workspace.open().indicators
    >>> ojmf.compare.resolve_area("våld i nära relation", asked)
    'oj-vald'
    """
    wanted = folded(name_or_id)
    areas = columns_of(indicators, "area_id", "area_name").unique(maintain_order=True)
    for area_id, area_name in areas.iter_rows():
        if wanted in (area_id.casefold(), folded(area_name or "")):
            return str(area_id)
    known = [*areas["area_id"], *areas["area_name"].drop_nulls()]
    named = dict(areas.drop_nulls("area_name").iter_rows())
    near = did_you_mean(name_or_id, known, names_of=named)
    raise SelectionError(f"Okänt område: ”{name_or_id}”. {near}")


def resolve_reference(against: str, geo: str, geography: pl.DataFrame | None = None) -> str:
    """The code of the reference area: ``"lan"`` is the county that the municipality lies in.

    Raises ``SelectionError`` for an unknown area and for a municipality against itself.
    """
    against = squeeze(against)
    if folded(against) in (COUNTY_OF_OWN, "län", "länet"):
        return county_of(geo)
    if folded(against) == COUNTRY_WORD:
        return COUNTRY
    code = _code(against) if geography is None else resolve_geo(against, geography)
    if code == geo:
        raise SelectionError(
            f"{called(geo, geography)} kan inte jämföras med sig självt. "
            "Välj ”lan”, ”riket” eller en annan kommun som jämförelse."
        )
    return code


def resolve_municipality(geo: str, geography: pl.DataFrame | None = None) -> str:
    """The code of a municipality; a name needs ``geography``.

    Raises ``SelectionError`` for an unknown name and for a county or the country.
    """
    code = _code(geo) if geography is None else resolve_geo(geo, geography)
    if len(code) == MUNICIPALITY_CODE_LENGTH:
        return code
    raise SelectionError(
        f"”{geo}” är ingen kommun utan ett jämförelseområde. Ange en kommun (kod med fyra siffror)."
    )


def _code(text: str) -> str:
    """A place given without a geography: its code, since there is nothing to look a name up in."""
    code = squeeze(text)
    if re.fullmatch("[0-9]{2}", code, re.ASCII) or is_municipality_code(code):
        return code
    raise SelectionError(
        f"”{text}” är ingen kod (två siffror för ett län, fyra för en kommun). Ange koden, eller "
        "ge en geografi att slå upp namnet i (geography=workspace.geography). En jämförelse kan "
        'också vara "lan" eller "riket".'
    )


EVERYONE = "alla"


def resolve_municipalities(
    name: str, geography: pl.DataFrame, groups: pl.DataFrame | None = None
) -> list[str]:
    """The codes that ``--kommun`` names: a municipality, all of a county or group, or ``alla``.

    ``groups`` is ``registers.PEERS``; a group goes by its id or title. Raises ``SelectionError`` as
    :func:`resolve_geo`.
    """
    everyone = geography.filter(pl.col("level") == "municipality")
    if name.strip().casefold() == EVERYONE:
        return everyone["code"].to_list()
    if groups is not None:
        called = pl.col("group_id", "group_title").str.to_lowercase() == name.strip().lower()
        members = groups.filter(pl.any_horizontal(called))["member_id"].unique().sort().to_list()
        if members:
            return members
    code = resolve_geo(name, geography)
    if len(code) != COUNTY_CODE_LENGTH or code == COUNTRY:
        return [resolve_municipality(code)]
    return everyone.filter(pl.col("county_code") == code)["code"].to_list()


def resolve_county(name: str, geography: pl.DataFrame) -> str:
    """The code of a county; raises ``SelectionError`` for what is none."""
    code = resolve_geo(name, geography)
    if len(code) == COUNTY_CODE_LENGTH and code != COUNTRY:
        return code
    raise SelectionError(f"”{name}” är inget län. Ange ett län med namn eller kod (två siffror).")


def called(code: str, geography: pl.DataFrame | None) -> str:
    """The name of a place for a message, or its code where no geography names it."""
    if geography is None:
        return code
    return str(next(iter(geography.filter(pl.col("code") == code)["name"]), code))


def listed_places(codes: Sequence[str], geography: pl.DataFrame | None, most: int = 10) -> str:
    """The names of places for a message, at most so many of them."""
    names = [called(code, geography) for code in codes[:most]]
    if len(codes) > most:
        return f"{', '.join(names)} …"
    return " och ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def is_municipality_code(code: str) -> bool:
    """Whether a text has the form of a municipality's code: a county's two digits and two more.

    Registers that number the country and its regions ``0000`` and ``0001`` do not name any.
    """
    four_digits = len(code) == MUNICIPALITY_CODE_LENGTH and code.isascii() and code.isdigit()
    return four_digits and county_of(code) != COUNTRY


def county_of(geo: str) -> str:
    """The county code of a municipality: the first two digits of its code."""
    return geo[:2]


GEOGRAPHY = pl.Schema(
    {"code": pl.String, "name": pl.String, "level": pl.String, "county_code": pl.String}
)
"""One row per country, county and municipality by SCB code; ``level`` is one of these words."""


_Row = tuple[str, str, str, str | None]
"""A row of ``GEOGRAPHY``."""
_COUNTRY_NAMES = ("riket", "sverige", "hela riket", "hela landet", "hela sverige", "sweden")
_COUNTY_ALIASES = {"04": ("Sörmland",)}
"""What the regions of counties call themselves where it is not the county's name."""
_FEWEST_LETTERS = 5
"""A shorter name that has lost its dots and rings may be a common word."""
_LOST = "\N{REPLACEMENT CHARACTER}"
_CODE_BEHIND = re.compile(r"(\D+?),? \(?(\d{4}|\d\d)\)?")
_MARKS = re.compile(r"(?:[*†‡]+|[⁰¹²³⁴⁵⁶⁷⁸⁹⁾ᵃ-ᶻ]+|(?:\s[a-z]|\s?\d)\)|\^\([^()]*\))+$")
"""Footnote marks behind a name."""


class Gazetteer:
    """Places by code and by name, as people and national tables write them.

    A name may be in any case and lack its hyphen, be a genitive, or have ``kommun`` or ``stad``
    behind it. Of two joined names the first is enough, a name in the definite form may lack its n
    and a county's its ``län``, and a municipality that is all of its county is also a region. A
    form that two municipalities share is neither's, and a county never takes a municipality's.
    Longer names may lack the dots and rings of their letters, as exports write them.
    """

    def __init__(self, rows: Sequence[_Row]) -> None:
        self.by_name = lru_cache(maxsize=65_536)(self._by_name)  # columns repeat their texts
        self.by_text = lru_cache(maxsize=65_536)(self._by_text)
        self.levels: dict[str, str] = {code: level for code, _, level, _ in rows}
        self.names: dict[str, str] = {code: name for code, name, _, _ in rows}
        self.spellings: list[str] = []
        counties = Counter(county for *_, level, county in rows if level == "municipality")
        own: dict[str, str] = {}
        other: dict[str, str | None] = {}
        county_forms: dict[str, str | None] = {}
        for code, name, level, county in rows:
            bases = _bases(name)
            self.spellings += dict.fromkeys((name, *bases))
            own |= {_key(text): code for text in (name, *bases)}
            if level == "county":
                forms = [*_county_names(name), *_COUNTY_ALIASES.get(code, ())]
                for form in map(_key, forms):
                    said = (form, f"{form} county", f"{form}s län")
                    county_forms |= dict.fromkeys(said, code)
            if level != "municipality":
                continue
            for base in bases:
                forms = [base, *_short_names(base)]
                forms += [f"region {base}"] if counties[county] == 1 else []
                for form in [_key(text) for text in forms]:
                    for text in (form, f"{form}s"):
                        for suffix in ("", " kommun", " stad"):
                            taken = other.setdefault(text + suffix, code)
                            if taken != code:
                                other[text + suffix] = None
        self._codes: dict[str, str | None] = {**county_forms, **other, **own}
        if COUNTRY in self.levels:
            self._codes |= dict.fromkeys(_COUNTRY_NAMES, COUNTRY)
        self._plain: dict[str, str | None] = {}
        for form, place in self._codes.items():
            if (
                len(form) >= _FEWEST_LETTERS
                and self._plain.setdefault(_plain(form), place) != place
            ):
                self._plain[_plain(form)] = None

    @staticmethod
    def of(geography: pl.DataFrame, groups: Mapping[str, str] | None = None) -> Gazetteer:
        """The gazetteer of a geography, made once for each.

        ``groups`` are ids of groups of municipalities by their names: places of the level
        ``group``. A name that a place of the geography has is that place's.
        """
        named = tuple((groups or {}).items())
        return _gazetteer(tuple(columns_of(geography, *GEOGRAPHY).rows()), named)

    def by_code(self, text: str) -> str | None:
        """The place with a code, also where it has lost its leading zeros as a number has.

        Four digits are a municipality only: some registers number regions ``0001``.
        """
        if self.levels.get(text) == GROUP:
            return text
        if not (text.isascii() and text.isdigit()):
            return None
        if int(text[:5]) == 0:
            return COUNTRY if COUNTRY in self.levels else None
        padded = text.zfill(2) if len(text) <= 2 else text.zfill(4)
        return padded if padded in self.levels else None

    def _by_name(self, text: str) -> str | None:
        """The place with a name, with or without ``kommun`` or ``stad``, footnote marks aside."""
        key, unmarked = _key(text), _key(_MARKS.sub("", squeeze(text)))
        found = self._codes.get(key) or self._codes.get(unmarked)
        return found if key in self._codes else found or self._plain.get(unmarked)

    def mentions(self, code: str, lines: Sequence[str]) -> int:
        """How often the name of a place stands in lines, in any case, its word aside."""
        *_, short = _bases(self.names[code])
        form = re.compile(rf"(?<!\w){re.escape(short)}s?(?!\w)", re.IGNORECASE)
        return sum(len(form.findall(line)) for line in lines)

    @cached_property
    def titled(self) -> re.Pattern[str]:
        """The name of a municipality, its first group, with its word behind it."""
        short = {
            base for code, name in self.names.items() if len(code) == 4 for base in _bases(name)
        }
        names = "|".join(sorted(map(re.escape, short), key=len, reverse=True))
        return re.compile(rf"(?<!\w)({names})s? (?:kommun|stad)(?:s|en|ens)?(?!\w)", re.IGNORECASE)

    def _by_text(self, text: str) -> str | None:
        """The place that a text names, alone, or with its code before or behind it.

        None also where code and name disagree.
        """
        if (whole := self._codes.get(_key(text))) is not None:
            return whole  # the names of groups have years and numbers in them
        if behind := _CODE_BEHIND.fullmatch(squeeze(text)):
            found = self.by_name(behind[1])
            return found if found == behind[2] else None
        code, _, name = squeeze(text).partition(" ")
        if code.isascii() and code.isdigit() and name and len(code) in {2, 4}:
            found = self.by_name(name)
            return code if found == code or self._is_broken(name, code) else None
        return self.by_name(text)

    def _is_broken(self, name: str, code: str) -> bool:
        """Whether a name is that of a code but for letters that a wrong encoding has lost."""
        if _LOST not in name or code not in self.names:
            return False
        form = ".{1,2}".join(map(re.escape, re.split(f"{_LOST}+", _key(name))))
        return any(re.fullmatch(form, _key(base)) for base in _bases(self.names[code]))


@lru_cache(maxsize=8)
def _gazetteer(rows: tuple[_Row, ...], groups: tuple[tuple[str, str], ...]) -> Gazetteer:
    # The last of several names is the one shown, and the first declared shall be.
    return Gazetteer([*((code, name, GROUP, None) for name, code in reversed(groups)), *rows])


def _key(name: str) -> str:
    return squeeze(re.sub("[-_]", " ", name)).casefold()


def _plain(form: str) -> str:
    """A form of a name without the dots and rings of its letters."""
    letters = unicodedata.normalize("NFD", form)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _bases(name: str) -> list[str]:
    """The name of a municipality without kommun or stad, and without the genitive s before it."""
    for suffix in (" kommun", " stad"):
        if name.endswith(suffix):
            short = name.removesuffix(suffix)
            return list(dict.fromkeys((short, short.removesuffix("s"))))
    return [name]


def _short_names(name: str) -> list[str]:
    """The first of two joined names, and a name in the definite form without its n."""
    first, hyphen, _ = name.partition("-")
    short = [first] if hyphen and not first.endswith("s") else []
    return short + ([name[:-1]] if re.search("[aou]n$", name) else [])


def _county_names(name: str) -> list[str]:
    """The name of a county without län, and without the genitive s before it."""
    if not name.endswith(" län"):
        return []
    short = name.removesuffix(" län")
    return [short, short.removesuffix("s")]
