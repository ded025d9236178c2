"""Twenty figures of the made-up country: for women and men, with missing and small ones."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import polars as pl

from ojmf.authoring.demo.asked import stored
from ojmf.authoring.demo.places import MADE_UP, YEARS
from ojmf.declarations.toml import entries
from ojmf.model import ObsStatus, Sex
from ojmf.printed import number

AREA = "pahittade-matt"
_MISSING = 0.02
_PER_INHABITANT = {"SEK": "population"}
_HEAD = {"id": AREA, "name": f"Individ- och familjeomsorg ({MADE_UP})"}


@dataclass(frozen=True, slots=True)
class _Figure:
    """An indicator and how its values come about.

    ``of`` is what a count is a part of, ``base`` the middle of its rate (for the others of its
    value) and ``spread`` how far the municipalities lie from it, as a part of it.
    """

    name: str
    label: str
    unit: str
    kind: str
    polarity: str
    why: str
    method: str
    base: float = 0.0
    spread: float = 0.0
    of: str | None = None
    count: str | None = None
    by_sex: bool = True
    decimals: int = 0
    tolerance: float | None = None


_VOLUME = "Antalet följer behovet och hur det upptäcks; en volym är varken bra eller dålig i sig."
_COST = "En kostnad följer både behov och ambition; den är inte bra eller dålig i sig."
_FIGURES = (
    _Figure("invanare", "Invånare 31 december", "persons", "count", "neutral", _VOLUME, "neutral"),
    _Figure("bistand", "Mottagare av ekonomiskt bistånd, antal", "persons", "count", "neutral",
            _VOLUME, "neutral", 0.035, 0.7, of="invanare"),
    _Figure("bistand-andel", "Mottagare av ekonomiskt bistånd, andel av invånarna", "percent",
            "share", "lower", "Målet är egen försörjning.", "quartile",
            of="invanare", count="bistand", decimals=1),
    _Figure("langvarigt", "Mottagare av långvarigt ekonomiskt bistånd, antal", "persons", "count",
            "neutral", _VOLUME, "neutral", 0.34, 0.5, of="bistand"),
    _Figure("langvarigt-andel", "Långvarigt bistånd, andel av mottagarna", "percent", "share",
            "lower", "Biståndet är tänkt att vara tillfälligt.", "quartile",
            of="bistand", count="langvarigt", decimals=1),
    _Figure("placerade", "Placerade barn och unga, antal", "persons", "count", "neutral", _VOLUME,
            "neutral", 0.003, 0.6, of="invanare"),
    _Figure("placerade-andel", "Placerade barn och unga, andel av invånarna", "percent", "share",
            "neutral", _VOLUME, "neutral", of="invanare", count="placerade", decimals=2),
    _Figure("utredda", "Barn i avslutade utredningar, antal", "persons", "count", "neutral",
            _VOLUME, "neutral", 0.011, 0.5, of="invanare"),
    _Figure("aterkomna", "Barn som kommit tillbaka inom ett år, antal", "persons", "count",
            "neutral", _VOLUME, "neutral", 0.22, 0.5, of="utredda"),
    _Figure("aterkomna-andel", "Barn som kommit tillbaka inom ett år, andel av utredda", "percent",
            "share", "lower", "Rätt insats från början minskar behovet av en ny utredning.",
            "reference", of="utredda", count="aterkomna", decimals=1),
    _Figure("svarande", "Brukare som besvarat enkäten, antal", "persons", "count", "neutral",
            _VOLUME, "neutral", 0.006, 0.6, of="invanare"),
    _Figure("nojda", "Brukare som är nöjda med stödet, antal", "persons", "count", "neutral",
            _VOLUME, "neutral", 0.8, 0.2, of="svarande"),
    _Figure("nojda-andel", "Brukare som är nöjda med stödet, andel av svarande", "percent", "share",
            "higher", "Nöjda brukare har fått ett stöd som de har nytta av.", "reference",
            of="svarande", count="nojda", decimals=1),
    _Figure("utredningstid", "Utredningstid för barn, dagar i snitt", "days", "index", "lower",
            "Ett barn ska inte vänta på stöd; lagen ger fyra månader.", "quartile", 100, 0.35,
            by_sex=False),
    _Figure("vantetid", "Väntetid till nybesök, dagar i snitt", "days", "index", "lower",
            "Kortare väntan ger stöd i tid.", "quartile", 14, 0.7, by_sex=False),
    _Figure("bistand-kostnad", "Ekonomiskt bistånd, kronor per invånare", "SEK", "amount",
            "neutral", _COST, "quartile", 950, 0.7, by_sex=False),
    _Figure("ifo-kostnad", "Individ- och familjeomsorg, kronor per invånare", "SEK", "amount",
            "neutral", _COST, "quartile", 4600, 0.35, by_sex=False),
    _Figure("handlaggare-sjukfranvaro", "Handläggarnas sjukfrånvaro, andel av tiden", "percent",
            "share", "lower", "Frånvaro kostar kontinuitet för dem som får stöd.", "reference",
            7.2, 0.4, by_sex=False, decimals=1, tolerance=0.5),
    _Figure("arenden", "Ärenden per handläggare", "cases", "index", "lower",
            "Med färre ärenden hinner handläggaren följa upp dem.", "target", 17, 0.3,
            by_sex=False, decimals=1),
    _Figure("personalindex", "Hållbart medarbetarengagemang, index", "index", "index", "higher",
            "Ett högre index betyder att fler är motiverade.", "target", 78, 0.12, by_sex=False),
)  # fmt: skip


def area_text() -> str:
    """The indicator file of the figures."""
    parts = ["[area]\n" + entries(_HEAD)]
    for figure in _FIGURES:
        fields = {
            "id": f"{AREA}.{figure.name}",
            "name": f"{figure.label} ({MADE_UP})",
            "unit": figure.unit,
            "kind": figure.kind,
            "polarity": figure.polarity,
            "polarity_reason": figure.why,
            "method": figure.method,
            "numerator": figure.count and f"{AREA}.{figure.count}",
            "denominator": _PER_INHABITANT.get(figure.unit)
            or (figure.of and f"{AREA}.{figure.of}"),
            "tolerance": figure.tolerance,
        }
        known = {key: thing for key, thing in fields.items() if thing is not None}
        parts.append("[[indicator]]\n" + entries(known))
    return "\n".join(parts)


_Key = tuple[str, str, int, str]
"""The figure, municipality, year and sex of a value."""


def observations(people: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """Every value of every municipality in the schema ``STORED``."""
    chance = Random("värden")
    codes = places.filter(level="municipality")["code"].to_list()
    inhabitants = {
        (geo, day.year): count
        for geo, day, count in people.select("geo", "date", "population").iter_rows()
    }
    values: dict[_Key, float] = {}
    status: dict[_Key, str] = {}
    for figure in _FIGURES:
        for code in codes:
            level = 1 + (chance.random() + chance.random() - 1) * figure.spread
            tilt = 0.5 + (chance.random() - 0.5) * 0.1
            for step, year in enumerate(YEARS):
                factor = level * (1 + (chance.random() - 0.5) * 0.12 - 0.01 * step)
                lost = chance.random() < _MISSING
                keys = {sex: (figure.name, code, year, sex.value) for sex in Sex}
                _set(figure, keys, values, inhabitants[code, year], factor, tilt)
                _lose(figure, keys, values, status, lost=lost)
    rows = [
        (f"{AREA}.{name}", geo, year, sex, values[name, geo, year, sex], state)
        for (name, geo, year, sex), state in status.items()
    ]
    schema = {
        "indicator_id": pl.String,
        "geo": pl.String,
        "year": pl.Int32,
        "sex": pl.String,
        "value": pl.Float64,
        "obs_status": pl.String,
    }
    return _described(pl.DataFrame(rows, schema=schema, orient="row"), places)


def _set(
    figure: _Figure,
    keys: dict[Sex, _Key],
    values: dict[_Key, float],
    inhabitants: int,
    factor: float,
    tilt: float,
) -> None:
    """The values of one figure, municipality and year: women and men add up to both."""
    female, male, both = keys[Sex.FEMALE], keys[Sex.MALE], keys[Sex.TOTAL]
    if figure.count is not None:
        for key in keys.values():
            whole = values[figure.of or "", *key[1:]]
            part = values[figure.count, *key[1:]]
            values[key] = round(100 * part / whole, figure.decimals) if whole else 0.0
    elif not figure.by_sex:
        values[both] = round(figure.base * factor, figure.decimals)
    elif figure.of is None:
        values[female] = round(inhabitants * (0.49 + (tilt - 0.5) * 0.2))
        values[male] = inhabitants - values[female]
        values[both] = inhabitants
    else:
        for key, part in ((female, tilt), (male, 1 - tilt)):
            whole = values[figure.of, *key[1:]]
            values[key] = min(whole, round(whole * figure.base * factor * 2 * part))
        values[both] = values[female] + values[male]


def _lose(
    figure: _Figure,
    keys: dict[Sex, _Key],
    values: dict[_Key, float],
    status: dict[_Key, str],
    *,
    lost: bool,
) -> None:
    """Give each value its status: missing or there; a share is missing with what it is made of.

    Small numbers are there: they are held back where the workspace shows figures.
    """
    for key in (key for key in keys.values() if key in values):
        if figure.count is not None:
            made_of = [status[name or "", *key[1:]] for name in (figure.count, figure.of)]
            status[key] = max(made_of)  # of A and O
        else:
            missing = lost and figure.name != "invanare"
            status[key] = (ObsStatus.MISSING if missing else ObsStatus.NORMAL).value


def _described(rows: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """The rows with what an observation says of itself; a missing one has no value."""
    known = pl.DataFrame(
        [(f"{AREA}.{f.name}", f.label, f.unit, f.decimals) for f in _FIGURES],
        schema=["indicator_id", "row_label", "unit", "decimals"],
        orient="row",
    )
    there = pl.col("obs_status") == ObsStatus.NORMAL.value
    printed = number(pl.col("value"), pl.col("decimals"))
    described = rows.join(known, on="indicator_id", how="left", maintain_order="left").with_columns(
        raw=pl.when(there).then(printed).otherwise(pl.lit("..")),
        value=pl.when(there).then("value"),
        decimals=pl.when(there).then("decimals"),
        note=pl.when(~there).then(pl.lit("uppgift saknas")),
        area_id=pl.lit(AREA),
        table=pl.format("Nyckeltal {}, {}", "year", pl.lit(MADE_UP)),
        heading=pl.lit(""),
        answer=pl.lit(None, pl.String),
    )
    return stored(described, places)
