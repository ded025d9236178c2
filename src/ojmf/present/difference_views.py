"""What people see of differences within a municipality: over time, and between women and men."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from ojmf.present.formats import period, period_in_words, with_unit
from ojmf.present.tables import Column, View
from ojmf.present.units import unit_word
from ojmf.present.view_columns import (
    compared_with,
    explanation,
    figure,
    gap_unit,
    line,
    marked,
    municipality,
    plain,
    shown_decimals,
    word,
)
from ojmf.present.views import Names
from ojmf.present.words import CHANGE_WORDS, count_words
from ojmf.printed import needed_decimals, number

SEXES_HEADING = "Kvinnor och män"
CHANGES_HEADING = "Det som har ändrats"
CHANGES_CAPTION = (
    "Det som har blivit bättre eller sämre än den tidigare perioden, det som har blivit rött eller "
    "sämre först, efter skillnadens storlek: av mått med olika enheter i procent av det tidigare "
    "värdet. Sist står frågor som är nya eller inte ställs längre. Det som bara kan vara slump är "
    "inte med. Skillnaden "
    "mellan två svar räknas med JA = 100, DELVIS = 50 och NEJ = 0."
)
SEXES_CAPTION = (
    "Kvinnors värden minus mäns. Andelar och tal per invånare har "
    "95-procentiga gränser där nämnaren är känd."
)
_SHARE_DECIMALS, _MOST_DECIMALS = 1, 2


def changes(names: Names, *, explained: bool = False) -> View:
    """What has become of each indicator since an earlier period."""
    return (
        municipality(names.places),
        Column("Område", word("area_id", names.areas)),
        *_became(names.places),
        *explanation(shown=explained),
    )


def changes_view() -> View:
    """The same of one municipality, with the names of areas in ``area_name``."""
    return (plain("Område", "area_name"), *_became({}))


def _became(places: Mapping[str, str]) -> View:
    decimals = shown_decimals(0)
    earlier, now = (number(pl.col(name), decimals) for name in ("reference", "own"))
    return (
        plain("Indikator", "label"),
        Column("Ändring", word("change", CHANGE_WORDS)),
        # The points of answers are no number of answers.
        Column("Enhet", pl.when(pl.col("unit") != "answer").then(unit_word())),
        Column("Förut", pl.coalesce("reference_answer", earlier), figures=True),
        Column("Nu", pl.coalesce("own_answer", now), figures=True),
        figure("Skillnad", "gap", decimals, signed=True),
        gap_unit(),
        Column("Period förut", compared_with(places)),
        Column("Period nu", period()),
        line(),
        marked("mark", "reference_mark"),
    )


def in_common(names: Names, own: str, other: str) -> View:
    """The answers and figures that two municipalities have of the same indicators and periods."""
    decimals = shown_decimals(0)
    sides = [number(pl.col(name), decimals) for name in ("own", "reference")]
    return (
        Column("Område", word("area_id", names.areas)),
        plain("Fråga eller mått", "label"),
        Column("Period", period()),
        Column("Enhet", unit_word()),
        Column(own, pl.coalesce("own_answer", sides[0]), figures=True),
        Column(other, pl.coalesce("reference_answer", sides[1]), figures=True),
        figure("Skillnad", "gap", decimals, signed=True),
        gap_unit(),
    )


def women_and_men(names: Names) -> View:
    """Women's figures beside men's, and whether the difference is more than chance."""
    return (
        municipality(names.places),
        Column("Område", word("area_id", names.areas)),
        *women_and_men_view(),
    )


def tried_sentence(sexes: pl.DataFrame) -> str:
    """How many of the differences that can be tried are more than chance; empty where none can."""
    tried = sexes["beyond_chance"].drop_nulls()
    if tried.is_empty():
        return ""
    amount, found = count_words([len(tried), int(tried.sum())])
    found = found if tried.any() else "inget"
    return f"Av {amount} mått som kan prövas skiljer sig {found} mer än slumpen."


def women_and_men_sentences(sexes: pl.DataFrame) -> list[str]:
    """The differences that are more than chance, in sentences, and how many were tried."""
    beyond = sexes.filter(pl.col("beyond_chance").fill_null(value=False))
    unit = unit_word().replace("%", "procent")
    women, men = (with_unit(number(pl.col(s), _as_printed()), unit) for s in ("women", "men"))
    gap = number(pl.col("gap"), _as_printed(), signed=True)
    told = pl.format(
        "”{}” ({}): {} för kvinnor och {} för män. Skillnaden är {}{}.",
        "label",
        period_in_words(),
        women,
        men,
        with_unit(gap, unit_word(gap=True)),
        pl.format(" (mellan {} och {})", *_limits()).fill_null(""),
    )
    said = beyond.select(told).to_series().to_list()
    return [*said, *filter(None, [tried_sentence(sexes)])]


def _limits() -> list[pl.Expr]:
    return [number(pl.col(end), _SHARE_DECIMALS, signed=True) for end in ("lower", "upper")]


def _as_printed() -> pl.Expr:
    """The decimals that both figures of a row are shown with."""
    return pl.max_horizontal(
        needed_decimals(pl.col(side), _MOST_DECIMALS) for side in ("women", "men")
    )


def women_and_men_view() -> View:
    """The same of one municipality, without areas."""
    decimals = _as_printed()
    told = pl.when("beyond_chance").then(pl.lit("ja")).otherwise(pl.lit("nej"))
    return (
        plain("Indikator", "label"),
        Column("Period", period()),
        Column("Enhet", unit_word()),
        figure("Kvinnor", "women", decimals),
        figure("Män", "men", decimals),
        figure("Skillnad", "gap", decimals, signed=True),
        gap_unit(),
        Column("Gränser (95 %)", pl.format("{} till {}", *_limits()), figures=True),
        Column(
            "Mer än slump",
            pl.when(pl.col("beyond_chance").is_null()).then(pl.lit("okänt")).otherwise(told),
        ),
        plain("Dokument", "document"),
    )
