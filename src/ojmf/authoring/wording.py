"""What the words of headers, titles and labels say of place and sex, and what they measure."""

from __future__ import annotations

import re
from functools import lru_cache

from ojmf.authoring.counted_days import MONTH
from ojmf.authoring.evidence import county_called
from ojmf.authoring.said_periods import ANY_YEAR, OF_THE_YEAR, ONE_MONTH, TIME_FORMS, Report
from ojmf.geography import Gazetteer
from ojmf.model import COUNTRY, Sex
from ojmf.printed import squeeze

_SEXES = (
    (
        Sex.FEMALE,
        re.compile(
            r"\b(kvinnor(?:na)?s?|kvinna|kvinnliga?|flick(?:or(?:na)?s?|a)|tjejer(?:na)?s?|damer)\b",
            re.I,
        ),
    ),
    (
        Sex.MALE,
        re.compile(
            r"\b(mäns?|männens?|manliga?|pojk(?:ar(?:na)?s?|e)|killar(?:na)?s?|herrar)\b", re.I
        ),
    ),
)
SEX_HEADER = re.compile("kön|sex|gender", re.I)
"""Headers of columns that say whose sex the rows are about."""
_BOTH = re.compile(
    r"\b(kvinnor och män|flickor och pojkar|tjejer och killar|damer och herrar|båda könen)\b", re.I
)
_PART_OF = re.compile(r"\b(?:var|där)av\b", re.I)
_ALL = re.compile(r"\b(totalt|samtliga)\b", re.I)
OWN = re.compile(
    r"^((vår |egen )?kommun(en)?|svar|resultat|vårt svar|kommunens svar|ja/nej)$", re.I
)
"""Headers that stand for the municipality that the report is about."""
MEASURES = re.compile(r"(?:indikator|nyckeltal|mått|fråga)(?:er|or)?", re.I)
"""Headers of the column of labels that tells what is measured, where several could."""
_COUNTRY = re.compile(r"\b(riket|rikets|sverige|landet|riks(snitt|genomsnitt|medel\w*))\b", re.I)
_COUNTY = re.compile(r"\blän(et|s)?\b", re.I)
_MEAN = r"(?:o?vägt |oviktat )?(?:genomsnitt|snitt|medel)(?:et|värdet?|talet?)?"
_NETWORK = r"(?:KKiK\b|(?:grupp )?[A-C][1-9]\b|(?:deltagande|medverkande|alla) kommuner\b)"
"""Groups that a mean is of: a network, one of SKR's groups by its code, or those that took part."""
_GROUP = re.compile(
    r"\bov(?:äg|ikta)[td]|kommungrupp|liknande kommun|jämförbara? kommun|alla kommuner|"
    rf"\b{_MEAN},? (?:(?:för|av|i) )?länet\b|\blän(?:et,? \(?|s){_MEAN}(?!\w)|"
    r"läns kommuner|länets kommuner|samtliga kommuner \(|kommunerna i (?:länet|riket)|"
    r"^\W*(?:(?:snitt|medel|kommuner|grupp)\w* )?R(?:9|12)\b(?!\W+(?:" + MONTH + r"|20\d\d-\d\d))|"
    r"(?:jämförelse|grann|(?:låg)?pendlings|landsbygds|förorts|storstads|industri|glesbygds)kommun|"
    r"kommuntyp|\b(?:storstäder(?:na)?|(?:större|mindre|mellanstora) st(?:ad|äder))\b|"
    r"\w{3,}regionen\b|kommunalförbund|"
    rf"\b{_MEAN},? (?:(?:för|av|i) )?{_NETWORK}|\b{_NETWORK}[ -]{_MEAN}",
    re.I,
)
_GROUP_FIRST = re.compile(
    r"(?:(?:o?vägt|oviktat)? ?(?:genomsnitt|snitt|medel|median)\w*,? ?(?:för|av|i|bland)? ?)?"
    r"(?:[A-D]\d\.? )?(?:riket|sverige|länet|samtliga|kommungrupp\w*|\w+(?: \w+)? län)?\W*"
    rf"(?:{_GROUP.pattern}|{_NETWORK}|(?:[A-ZÅÄÖ]\w+ ){{1,2}}läns kommuner)",
    re.I,
)
"""A group, or the mean of one, that a text begins with."""
_OTHERWISE_DATED = re.compile(r", (?:19|20)\d\d\b|\d{4}\W+\w+\W+\d{4}")
"""Years that belong to the name of a group, as Kolada has them: no time of figures."""
_MEASURED = re.compile(
    r"%|\b(?:andel|antal|kostnad\w*|m?n?kr|tkr|per|procent|jämfört|jämförelse med|mot|avvik\w*|"
    r"diff\w*|skillnad|rank\w*|placering|plats|mål|budget|prognos)\b",
    re.I,
)
MEAN = re.compile(
    r"(?:o?vägt )?(?:genom)?snitt(?:et)?|(?:o?vägt )?medel(?:värde|tal)?|median|"
    r"(?:högsta|lägsta|bästa|sämsta|max(?:imum)?|min(?:imum)?)(?: värde(?:t)?| kommun(?:en)?)?"
    rf"(?:,? (?:(?:för|av|i) )?{_NETWORK})?",
    re.I,
)
MEAN_OF_SOME = "ett medel av kommuner, inte länets eller rikets värde"
"""Why a mean of municipalities is passed over."""
_WORD = re.compile(r"\w+")
_AROUND = re.compile(
    r"\b(snitt(et)?|medel(värde)?|genomsnitt|andel(en)?|värde|kommun(en)?|stad|i|för)\b|[()%:,]",
    re.I,
)


@lru_cache(maxsize=65536)
def place_of(text: str, report: Report) -> str | None:
    """The place that a header names, alone or beside a year or what is measured of it."""
    bare = squeeze(ANY_YEAR.sub(" ", text)).strip(" ,:()")
    if OWN.match(bare):
        return report.geo or None
    if is_group(bare):
        known = report.gazetteer
        return known.by_text(squeeze(text)) or known.by_text(group_in(text) or squeeze(text))
    around = squeeze(_AROUND.sub(" ", bare))
    known = report.gazetteer
    named = known.by_text(bare) or known.by_text(squeeze(text)) or known.by_name(around)
    if named or (named := county_called(bare) or _county_of_region(bare, known)):
        return named
    if _COUNTRY.search(bare):
        return COUNTRY
    counties = [c for c in named_places(bare, report.gazetteer) if len(c) == 2 and c != COUNTRY]
    if counties:
        return counties[0] if len(counties) == 1 else None
    return report.county if _COUNTY.search(bare) else None


def _county_of_region(text: str, gazetteer: Gazetteer) -> str | None:
    """The county of a region that is named for it: ``Region Värmland``."""
    region = re.fullmatch(r"region (\w[\w ]+)", text, re.I)
    return county_of(region[1], gazetteer) if region else None


@lru_cache(maxsize=65536)
def county_of(text: str, gazetteer: Gazetteer) -> str | None:
    """The county that a text names without the word län."""
    found = gazetteer.by_name(f"{text} län") or gazetteer.by_name(f"{text}s län")
    return found if found and len(found) == len(COUNTRY) else None


@lru_cache(maxsize=65536)
def is_group(text: str) -> bool:
    """Whether a text names a group of municipalities, which is no county and no country."""
    return _GROUP.search(text) is not None and county_called(text) is None


@lru_cache(maxsize=65536)
def group_in(header: str) -> str:
    """The group that a header names and nothing else but time and sex; empty where it names none.

    >>> group_in("Liknande kommuner 2024"), group_in("Kostnad, liknande kommuner")
    ('Liknande kommuner', '')
    """
    if not is_group(header) or _OTHERWISE_DATED.search(header) or _MEASURED.search(header):
        return ""
    bare = squeeze(re.sub(r"\(\s*\)", " ", without_sex(ANY_YEAR.sub(" ", header))))
    bare = re.sub(r"\s(?:kvi?|[kmtf])\.?$", "", bare, flags=re.I)  # a sex by its letter
    bare = bare.strip(" ,:;–-")
    return bare if _GROUP_FIRST.match(bare) else ""


def why_ignored(name: str) -> str:
    """Why a row that names no place is passed over."""
    if re.search(r"\bov(?:äg|ikta)[td]", name, re.I):
        return "ett ovägt medel av kommuner, inte länets eller rikets värde"
    if is_group(name):
        return "en grupp av kommuner, ingen plats"
    return "ingen känd plats" if name else "rad utan plats"


@lru_cache(maxsize=4096)
def named_places(text: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """The places that a title names: counties, the country, and municipalities called so."""
    names, form, begins = _name_forms(gazetteer)
    found = []
    if not begins.isdisjoint(_WORD.findall(text.casefold())):
        found = [names[match.casefold()] for match in form.findall(text)]
    if re.search(r"\b(riket|hela landet)\b", text, re.I):
        found.append(COUNTRY)
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=8)
def _name_forms(gazetteer: Gazetteer) -> tuple[dict[str, str], re.Pattern[str], set[str]]:
    """The names as titles write them with their codes, and a pattern that finds any.

    And the words that they begin with: most texts have none of these, which is seen sooner.
    """
    names: dict[str, str] = {}
    for code, name in gazetteer.names.items():
        said = name.casefold()
        if len(code) == 4:
            words = ("kommun", "stad", "kommuns", "stads")
            forms = [f"{said}{s} {w}" for s in ("", "s") for w in words]
            names |= dict.fromkeys(forms, code)
        elif gazetteer.levels[code] == "county":
            names[said] = code
    longest = sorted(map(re.escape, names), key=len, reverse=True)
    form = re.compile(rf"(?<!\w)(?:{'|'.join(longest)})(?!\w)", re.I)
    return names, form, {word[0] for name in names if (word := _WORD.search(name))}


def sex_of(text: str) -> Sex | None:
    """The sex that a text is about; None where it is about both or says nothing."""
    if _BOTH.search(text):
        return None
    found = [sex for sex, words in _SEXES if words.search(text)]
    return found[0] if len(found) == 1 else None


def without_sex(text: str) -> str:
    """A text without its words for one sex.

    >>> without_sex("Andel kvinnor, 16 år"), without_sex("Killar")
    ('Andel, 16 år', '')
    >>> without_sex("Elever (pojkar) i åk 9, flickor (%)")
    'Elever i åk 9 (%)'
    """
    for _, words in _SEXES:
        text = words.sub(" ", text)
    text = re.sub(r"\([\s,]*\)", " ", text)
    return squeeze(re.sub(r"(?:\s*,)+(?=\s*[,(]|\s*$)", "", text)).replace(" ,", ",").strip(" ,")


def measure_of(text: str, report: Report) -> str:
    """What is left of a header when place, period, scenario, sex and unit are taken away."""
    left = text
    for form in (*TIME_FORMS, _BOTH, _ALL, *(words for _, words in _SEXES)):
        left = form.sub(" ", left)
    if place_of(text, report):
        left = _COUNTY.sub(" ", _COUNTRY.sub(" ", left))
        if report.gazetteer.by_text(squeeze(left)):
            left = ""
    left = re.sub(
        rf"\b({OF_THE_YEAR}|utfall\w*|bokslut|budget\w*|prognos\w*|helår\w*|ack\w*|period\w*|"
        r"avvik\w+|mål|"
        r"målvärde|förändring|läsåret|värde|varde|belopp|resultat|redovisat|hittills|(mnkr|mkr|tkr|kr)|"
        r"t\.?o\.?m\.?|mot|från|total|summa|svar|kommunen|procent|antal|andel|medel(?:värde\w*|tal\w*)?|snitt|för|av)\b"
        r"|%",
        " ",
        left,
        flags=re.I,
    )
    left = ONE_MONTH.sub(" ", left)
    left = _PART_OF.sub(" ", left) if sex_of(text) else left
    return squeeze(re.sub(r"[()\[\]:,;/–—-]+", " ", left))
