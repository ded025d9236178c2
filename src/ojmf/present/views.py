"""What people see of each frame: which columns, under which Swedish headings."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from ojmf.model import ObsStatus, Variation
from ojmf.present.formats import period, populations
from ojmf.present.marks import HEADING, all_marks, computed, mark_of
from ojmf.present.reasons import withheld
from ojmf.present.tables import Column, View
from ojmf.present.units import unit_word
from ojmf.present.view_columns import (
    compared_with,
    decimals_of_share,
    explanation,
    figure,
    gap_unit,
    last_signal,
    line,
    marked,
    measured,
    municipality,
    partly,
    plain,
    shown_decimals,
    signal,
    unless_whole,
    when_signalled,
    word,
)
from ojmf.present.words import (
    GRADE_WORDS,
    METHOD_WORDS,
    NO_VERDICT,
    SCENARIO_WORDS,
    STATUS_LABELS,
    UNIT_WORDS,
    VARIATION_WORDS,
    VERDICT_WORDS,
)
from ojmf.printed import number

_SHARE_DECIMALS = 1


class Names:
    """The names of areas, places and groups, for what stands as ids and codes in the frames.

    ``places`` as ``geography.GEOGRAPHY``; those of a workspace have its groups after them.
    """

    def __init__(self, indicators: pl.DataFrame, places: pl.DataFrame) -> None:
        areas = indicators.select("area_id", "area_name").unique(maintain_order=True)
        self.areas: Mapping[str, str] = dict(areas.iter_rows())
        self.places: Mapping[str, str] = dict(places.select("code", "name").iter_rows())

    def place(self, code: str) -> str:
        """The name of a place, or its code where it has none."""
        return self.places.get(code, code)


def _variation(verdict: str, move: str) -> pl.Expr:
    """What a series shows; where no direction is the good one, which way it has moved."""
    moved = pl.when(pl.col(move) > 0).then(pl.lit("↑ ökning")).otherwise(pl.lit("↓ minskning"))
    change = pl.col(verdict) == Variation.CHANGE.value
    return pl.when(change).then(moved).otherwise(word(verdict, VARIATION_WORDS))


def observations(names: Names) -> View:
    """The observations as printed, with what they mean."""
    suppressed = pl.col("obs_status") == ObsStatus.SUPPRESSED.value
    value = pl.coalesce(
        number(pl.col("value"), pl.col("decimals")), pl.when(suppressed).then("raw")
    )
    return (
        plain("Källa", "source_id"),
        line(),
        plain("Etikett", "row_label"),
        plain("Kolumn", "column_label"),
        Column("Värde", pl.coalesce("answer", value), figures=True),
        Column("Enhet", unit_word(name="row_label")),
        Column("Kommun eller område", word("geo", names.places)),
        Column("Typ av uppgift", word("scenario", SCENARIO_WORDS)),
        Column("Period", period()),
        plain("Anmärkning", "note"),
        Column(HEADING, mark_of(), optional=True),
    )


def account() -> View:
    """What became of every printed figure, table by table."""
    first, last = pl.col("first_line").cast(pl.String), pl.col("last_line").cast(pl.String)
    return (
        plain("Källa", "source_id"),
        plain("Tabell", "table"),
        Column("Rader", pl.concat_str(first, pl.lit("–"), last), figures=True),
        figure("Celler", "cells"),
        figure("Lästa", "mapped"),
        figure("varav rättade", "corrected"),
        figure("Osäkra", "unreliable"),
        figure("Tomma", "blank"),
        plain("Skäl till tomma", "blank_reasons"),
        figure("Tal i överhoppad text", "ignored"),
        figure("Oförklarade", "unexplained"),
    )


def status(names: Names, reference: str, *, timed: bool = False, explained: bool = False) -> View:
    """Every indicator of a municipality (or of several) beside the reference with that name.

    ``timed`` rows have a period.
    """
    return (
        municipality(names.places),
        Column("Område", word("area_id", names.areas)),
        plain("Indikator", "label"),
        *((Column("Period", period()),) if timed else ()),
        Column("Status", word("status", STATUS_LABELS)),
        figure(reference, "reference", decimals_of_share()),
        figure("Skillnad", "gap", decimals_of_share(), signed=True),
        plain("Dokument", "document"),
        line(),
        Column("Underlag", computed(), optional=True),
        marked("mark", "reference_mark"),
        # That there is no answer is seen without words.
        Column("Skäl", pl.when(pl.col("reason") != "inget svar").then("reason"), optional=True),
        *explanation(shown=explained),
    )


def judged(names: Names, *, explained: bool = False) -> View:
    """Every indicator by its declared method: colour or verdict, and the reason where neither."""
    verdict = word("verdict", VERDICT_WORDS)
    grey = pl.col("status") == "grey"
    coloured = (pl.col("method") == "answer") | ((pl.col("method") == "quartile") & ~grey)
    colour = pl.when(coloured).then(word("status", STATUS_LABELS)).otherwise(pl.lit(NO_VERDICT))
    return (
        municipality(names.places),
        Column("Område", word("area_id", names.areas)),
        plain("Indikator", "label"),
        Column("Period", period()),
        Column(
            "Eget",
            pl.coalesce(
                "own_answer",
                number(pl.col("own"), unless_whole("own", shown_decimals(_SHARE_DECIMALS))),
                withheld("note"),
            ),
            figures=True,
        ),
        Column("Enhet", unit_word()),
        Column("Bedömning", pl.coalesce(verdict, colour)),
        Column("Rang", pl.format("{} av {}", "rank", "compared"), figures=True),
        Column(
            "Gränser",
            pl.format(
                "{}–{}", *(number(pl.col(end), _SHARE_DECIMALS) for end in ("lower", "upper"))
            ),
        ),
        Column("Metod", word("method", METHOD_WORDS)),
        Column("Jämfört med", compared_with(names.places)),
        measured("Referens", "reference", shown_decimals(_SHARE_DECIMALS)),
        measured("Skillnad", "gap", shown_decimals(_SHARE_DECIMALS), signed=True),
        gap_unit(answers=True),
        figure("Skillnad (%)", "gap_relative", _SHARE_DECIMALS, signed=True),
        figure("Till bästa fjärdedelen", "to_best_quarter", _SHARE_DECIMALS),
        figure("Krävs för bästa fjärdedelen", "needed"),
        plain("Skäl", "reason"),
        line(),
        Column("Underlag", computed(), optional=True),
        marked("mark", "reference_mark", "deviation_mark"),
        *explanation(shown=explained),
    )


def compared(own: str, other: str, *, explained: bool = False) -> View:
    """Two municipalities by concept, how far the comparison holds and why."""
    periods = period("own_"), period("reference_")
    both = pl.when(periods[0] != periods[1]).then(pl.format("{} / {}", *periods))
    inputs = (
        plain(f"{own}: underlag", "own_inputs"),
        plain(f"{other}: underlag", "reference_inputs"),
    )
    return (
        plain("Mått", "label"),
        Column("Jämförbarhet", word("grade", GRADE_WORDS)),
        Column("Enhet", unit_word()),
        figure(own, "own", _SHARE_DECIMALS),
        figure(other, "reference", _SHARE_DECIMALS),
        figure("Skillnad", "gap", _SHARE_DECIMALS, signed=True),
        gap_unit(),
        figure(f"{own} per invånare", "own_per_inhabitant", _SHARE_DECIMALS),
        figure(f"{other} per invånare", "reference_per_inhabitant", _SHARE_DECIMALS),
        Column("Enhet per invånare", pl.col("per_inhabitant_unit").str.replace_many(UNIT_WORDS)),
        Column("Folkmängd", populations(own, other)),
        Column("Period", pl.coalesce(both, periods[0])),
        plain("Skäl och förbehåll", "reason"),
        Column(
            HEADING,
            all_marks(("own_marks", "reference_marks"), own=own, other=other),
            optional=True,
        ),
        *(inputs if explained else ()),
    )


def peer_groups() -> View:
    """The groups of municipalities that one belongs to."""
    return (
        plain("Grupp", "group_id"),
        plain("Namn", "group_title"),
        figure("Kommuner", "members"),
    )


def peers(names: Names, *, explained: bool = False) -> View:
    """Rank and quarter within a group."""
    return (
        Column("Område", word("area_id", names.areas)),
        plain("Indikator", "label"),
        measured("Eget", "own"),
        measured("Median", "median"),
        measured("Skillnad", "gap", signed=True),
        figure("Rang", "rank"),
        figure("Antal kommuner", "compared"),
        figure("Fjärdedel", "quarter"),
        plain("Skäl", "reason"),
        line(),
        marked("mark"),
        *explanation(shown=explained),
    )


def similar(names: Names) -> View:
    """The nearest municipalities, each indicator that they are near by."""
    return (
        figure("Plats", "place"),
        Column("Kommun", word("geo", names.places)),
        figure("Avstånd", "distance", 2),
        plain("Indikator", "label"),
        measured("Eget", "own"),
        measured("Kommunens", "value"),
        figure("Standardavvikelser", "steps", 2, signed=True),
        figure("Vikt", "weight", 1),
    )


def trends(names: Names, *, explained: bool = False) -> View:
    """What each series shows: change or chance."""
    return (
        municipality(names.places),
        Column("Område", word("area_id", names.areas)),
        plain("Serie", "label"),
        figure("Punkter", "points"),
        measured("Senaste", "latest"),
        figure("Medel", "mean", _SHARE_DECIMALS),
        figure("Nedre gräns", "lower", _SHARE_DECIMALS),
        figure("Övre gräns", "upper", _SHARE_DECIMALS),
        Column("Bedömning", when_signalled(_variation("variation", "side"))),
        Column("Signal", signal()),
        Column("Senaste signal", last_signal()),
        figure("Snitt, senaste året", "this_year", _SHARE_DECIMALS),
        figure("Snitt, året före", "last_year", _SHARE_DECIMALS),
        Column("Mot året före", _variation("since_last_year", "change")),
        plain("Förbehåll", "reason"),
        marked("marks"),
        *explanation(shown=explained),
    )


def chart_points(names: Names, *, explained: bool = False) -> View:
    """Every point of the control charts with its limits."""
    return (
        municipality(names.places),
        Column("Område", word("area_id", names.areas)),
        plain("Serie", "label"),
        Column("Period", period()),
        measured("Värde", "value"),
        figure("Medel", "mean", _SHARE_DECIMALS),
        figure("Nedre gräns", "lower", _SHARE_DECIMALS),
        figure("Övre gräns", "upper", _SHARE_DECIMALS),
        Column("Signal", signal()),
        line(),
        marked("mark"),
        *explanation(shown=explained),
    )


def contributions(names: Names, *, explained: bool = False) -> View:
    """Each indicator's contribution to its area's gap, the most negative first."""
    return (
        Column("Område", word("area_id", names.areas)),
        figure("Områdets skillnad", "area_gap", _SHARE_DECIMALS, signed=True),
        plain("Indikator", "label"),
        Column("Status", word("status", STATUS_LABELS)),
        figure("Skillnad", "gap", decimals_of_share(), signed=True),
        figure("Del av områdets skillnad", "contribution", _SHARE_DECIMALS, signed=True),
        partly(),
        line(),
        marked("mark", "reference_mark"),
        *explanation(shown=explained),
    )


def sources(names: Names) -> View:
    """The documents that the workspace declares."""
    return (
        plain("Källa", "source_id"),
        plain("Titel", "title"),
        Column("Kommun eller område", word("geo", names.places)),
        plain("Datum", "date"),
        plain("Avser", "reporting_period"),
        figure("Tabeller", "tables"),
        figure("Rättelser", "corrections"),
        plain("Dokument", "document"),
    )


def indicators() -> View:
    """The indicators of the catalogue."""
    direction = {"higher": "högre är bättre", "lower": "lägre är bättre", "neutral": "ingen"}
    return (
        plain("Område", "area_name"),
        plain("Indikator", "name"),
        plain("Id", "indicator_id"),
        Column("Enhet", unit_word(name="name")),
        Column("Riktning", word("polarity", direction)),
    )


def questions(*, answered: bool = False) -> View:
    """The questions about a source, one a row; ``answered``: with their answers."""
    return (
        plain("Nyckel", "key"),
        plain("Fråga", "question"),
        plain("Var", "where"),
        plain("Förslag", "proposal"),
        plain("Sannolikhet", "score"),
        Column("Val", pl.col("options").list.join(", ")),
        *((plain("Svar", "answer"),) if answered else ()),
    )
