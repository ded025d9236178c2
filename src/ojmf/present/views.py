"""What people see of each frame: which columns, under which Swedish headings."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from ojmf.model import ReferenceKind, Status, Variation, Verdict
from ojmf.present.formats import period, populations
from ojmf.present.marks import all_marks, computed, line_or_place, mark_of
from ojmf.present.tables import Column, View
from ojmf.present.words import (
    GRADE_WORDS,
    METHOD_WORDS,
    NO_VERDICT,
    REFERENCE_WORDS,
    SCENARIO_WORDS,
    SIGNAL_WORDS,
    STATUS_LABELS,
    UNIT_WORDS,
    VARIATION_WORDS,
    VERDICT_WORDS,
)
from ojmf.printed import number

_SHARE_DECIMALS = 1


class Names:
    """The names of areas and places, for what stands as ids and codes in the frames."""

    def __init__(self, indicators: pl.DataFrame, geography: pl.DataFrame) -> None:
        areas = indicators.select("area_id", "area_name").unique(maintain_order=True)
        self.areas: Mapping[str, str] = dict(areas.iter_rows())
        self.places: Mapping[str, str] = dict(geography.select("code", "name").iter_rows())

    def place(self, code: str) -> str:
        """The name of a place, or its code where it has none."""
        return self.places.get(code, code)


def _word(column: str, words: Mapping[str, str]) -> pl.Expr:
    """The word for each value; a value without one stands as it is."""
    return pl.col(column).replace(words) if words else pl.col(column)


def _plain(heading: str, column: str) -> Column:
    return Column(heading, pl.col(column).cast(pl.String))


def _figure(heading: str, column: str, decimals: int = 0, *, signed: bool = False) -> Column:
    return Column(heading, number(pl.col(column), decimals, signed=signed), figures=True)


def _line() -> Column:
    return Column("Rad", line_or_place(), figures=True)


def _marks(*names: str) -> Column:
    return Column("Märkning", all_marks(names), optional=True)


def _variation(verdict: str, move: str) -> pl.Expr:
    """What a series shows; where no direction is the good one, which way it has moved."""
    moved = pl.when(pl.col(move) > 0).then(pl.lit("↑ ökning")).otherwise(pl.lit("↓ minskning"))
    change = pl.col(verdict) == Variation.CHANGE.value
    return pl.when(change).then(moved).otherwise(_word(verdict, VARIATION_WORDS))


def observations(names: Names) -> View:
    """The observations as printed, with what they mean."""
    figure = number(pl.col("value"), pl.col("decimals"))
    return (
        _plain("Källa", "source_id"),
        _line(),
        _plain("Etikett", "row_label"),
        _plain("Kolumn", "column_label"),
        Column("Värde", pl.coalesce("answer", figure), figures=True),
        Column("Enhet", _word("unit", UNIT_WORDS)),
        Column("Kommun eller område", _word("geo", names.places)),
        Column("Typ av uppgift", _word("scenario", SCENARIO_WORDS)),
        Column("Period", period()),
        _plain("Anmärkning", "note"),
        Column("Märkning", mark_of(), optional=True),
    )


def account() -> View:
    """What became of every printed figure, table by table."""
    first, last = pl.col("first_line").cast(pl.String), pl.col("last_line").cast(pl.String)
    return (
        _plain("Källa", "source_id"),
        _plain("Tabell", "table"),
        Column("Rader", pl.concat_str(first, pl.lit("–"), last), figures=True),
        _figure("Celler", "cells"),
        _figure("Lästa", "mapped"),
        _figure("varav rättade", "corrected"),
        _figure("Osäkra", "unreliable"),
        _figure("Tomma", "blank"),
        _plain("Skäl till tomma", "blank_reasons"),
        _figure("Tal i överhoppad text", "ignored"),
        _figure("Oförklarade", "unexplained"),
    )


def _explanation(*, shown: bool) -> tuple[Column, ...]:
    return (_plain("Så räknat", "explanation"),) if shown else ()


def _municipality(names: Names) -> Column:
    """The municipality of each row, where there are several."""
    several = pl.col("geo").n_unique() > 1
    return Column("Kommun", pl.when(several).then(_word("geo", names.places)), optional=True)


def compared_with(places: Mapping[str, str]) -> pl.Expr:
    """What a row's figure is compared with: a place by its name, an earlier figure by its period.

    Null where there is nothing.
    """
    kind = pl.col("reference_kind")
    earlier = period("reference_", kind=pl.col("period_kind"))
    return (
        pl.when(kind == ReferenceKind.EARLIER.value)
        .then(earlier)
        .when(kind.is_in([ReferenceKind.TARGET.value, ReferenceKind.BUDGET.value]))
        .then(pl.when(pl.col("gap").is_not_null()).then(kind.replace(REFERENCE_WORDS)))
        .otherwise(pl.col("reference_geo").replace(places))
    )


def status(names: Names, reference: str, *, explained: bool = False) -> View:
    """Every indicator of a municipality (or of several) beside the reference with that name."""
    return (
        _municipality(names),
        Column("Område", _word("area_id", names.areas)),
        _plain("Indikator", "label"),
        Column("Status", _word("status", STATUS_LABELS)),
        _figure(reference, "reference", _SHARE_DECIMALS),
        _figure("Gap", "gap", _SHARE_DECIMALS, signed=True),
        _plain("Dokument", "document"),
        _line(),
        Column("Underlag", computed(), optional=True),
        _marks("mark", "reference_mark"),
        # That there is no answer is seen without words.
        Column("Skäl", pl.when(pl.col("reason") != "inget svar").then("reason"), optional=True),
        *_explanation(shown=explained),
    )


def judged(names: Names, *, explained: bool = False) -> View:
    """Every indicator by its declared method: colour or verdict, and the reason where neither."""
    verdict = _word("verdict", VERDICT_WORDS)
    grey = pl.col("status") == "grey"
    coloured = (pl.col("method") == "answer") | ((pl.col("method") == "quartile") & ~grey)
    colour = pl.when(coloured).then(_word("status", STATUS_LABELS)).otherwise(pl.lit(NO_VERDICT))
    return (
        _municipality(names),
        Column("Område", _word("area_id", names.areas)),
        _plain("Indikator", "label"),
        Column("Period", period()),
        _figure("Eget", "own", _SHARE_DECIMALS),
        Column("Enhet", _word("unit", UNIT_WORDS)),
        Column("Bedömning", pl.coalesce(verdict, colour)),
        Column("Rang", pl.format("{} av {}", "rank", "compared"), figures=True),
        Column(
            "Gränser",
            pl.format(
                "{}–{}", *(number(pl.col(end), _SHARE_DECIMALS) for end in ("lower", "upper"))
            ),
        ),
        Column("Metod", _word("method", METHOD_WORDS)),
        Column("Jämfört med", compared_with(names.places)),
        _figure("Referens", "reference", _SHARE_DECIMALS),
        _figure("Gap", "gap", _SHARE_DECIMALS, signed=True),
        _figure("Gap (%)", "gap_relative", _SHARE_DECIMALS, signed=True),
        _figure("Till bästa fjärdedelen", "to_best_quarter", _SHARE_DECIMALS),
        _figure("Krävs för bästa fjärdedelen", "needed"),
        _plain("Skäl", "reason"),
        _line(),
        Column("Underlag", computed(), optional=True),
        _marks("mark", "reference_mark", "deviation_mark"),
        *_explanation(shown=explained),
    )


def compared(own: str, other: str, *, explained: bool = False) -> View:
    """Two municipalities by concept, how far the comparison holds and why."""
    periods = period("own_"), period("reference_")
    both = pl.when(periods[0] != periods[1]).then(pl.format("{} / {}", *periods))
    inputs = (
        _plain(f"{own}: underlag", "own_inputs"),
        _plain(f"{other}: underlag", "reference_inputs"),
    )
    return (
        _plain("Mått", "label"),
        Column("Jämförbarhet", _word("grade", GRADE_WORDS)),
        Column("Enhet", _word("unit", UNIT_WORDS)),
        _figure(own, "own", _SHARE_DECIMALS),
        _figure(other, "reference", _SHARE_DECIMALS),
        _figure("Skillnad", "gap", _SHARE_DECIMALS, signed=True),
        _figure(f"{own} per invånare", "own_per_inhabitant", _SHARE_DECIMALS),
        _figure(f"{other} per invånare", "reference_per_inhabitant", _SHARE_DECIMALS),
        Column("Enhet per invånare", pl.col("per_inhabitant_unit").str.replace_many(UNIT_WORDS)),
        Column("Folkmängd", populations(own, other)),
        Column("Period", pl.coalesce(both, periods[0])),
        _plain("Skäl och förbehåll", "reason"),
        Column(
            "Märkning",
            all_marks(("own_marks", "reference_marks"), own=own, other=other),
            optional=True,
        ),
        *(inputs if explained else ()),
    )


def peer_groups() -> View:
    """The groups of municipalities that one belongs to."""
    return (
        _plain("Grupp", "group_id"),
        _plain("Namn", "group_title"),
        _figure("Kommuner", "members"),
    )


def peers(names: Names, *, explained: bool = False) -> View:
    """Rank and quarter within a group."""
    return (
        Column("Område", _word("area_id", names.areas)),
        _plain("Indikator", "label"),
        _figure("Eget", "own", _SHARE_DECIMALS),
        _figure("Median", "median", _SHARE_DECIMALS),
        _figure("Gap", "gap", _SHARE_DECIMALS, signed=True),
        _figure("Rang", "rank"),
        _figure("Antal kommuner", "compared"),
        _figure("Fjärdedel", "quarter"),
        _plain("Skäl", "reason"),
        _line(),
        _marks("mark"),
        *_explanation(shown=explained),
    )


def similar(names: Names) -> View:
    """The nearest municipalities, each indicator that they are near by."""
    return (
        _figure("Plats", "place"),
        Column("Kommun", _word("geo", names.places)),
        _figure("Avstånd", "distance", 2),
        _plain("Indikator", "label"),
        _figure("Eget", "own", _SHARE_DECIMALS),
        _figure("Kommunens", "value", _SHARE_DECIMALS),
        _figure("Standardavvikelser", "steps", 2, signed=True),
        _figure("Vikt", "weight", 1),
    )


def trends(names: Names, *, explained: bool = False) -> View:
    """What each series shows: change or chance."""
    return (
        Column("Område", _word("area_id", names.areas)),
        _plain("Serie", "label"),
        _figure("Punkter", "points"),
        _figure("Senaste", "latest", _SHARE_DECIMALS),
        _figure("Medel", "mean", _SHARE_DECIMALS),
        _figure("Nedre gräns", "lower", _SHARE_DECIMALS),
        _figure("Övre gräns", "upper", _SHARE_DECIMALS),
        Column("Bedömning", _variation("variation", "side")),
        Column("Signal", _word("signal", SIGNAL_WORDS)),
        Column("Senaste signal", pl.col("last_signal").dt.to_string("%Y-%m")),
        _figure("Snitt, senaste året", "this_year", _SHARE_DECIMALS),
        _figure("Snitt, året före", "last_year", _SHARE_DECIMALS),
        Column("Mot året före", _variation("since_last_year", "change")),
        _plain("Förbehåll", "reason"),
        _marks("marks"),
        *_explanation(shown=explained),
    )


def chart_points(names: Names, *, explained: bool = False) -> View:
    """Every point of the control charts with its limits."""
    return (
        Column("Område", _word("area_id", names.areas)),
        _plain("Serie", "label"),
        Column("Period", period()),
        _figure("Värde", "value", _SHARE_DECIMALS),
        _figure("Medel", "mean", _SHARE_DECIMALS),
        _figure("Nedre gräns", "lower", _SHARE_DECIMALS),
        _figure("Övre gräns", "upper", _SHARE_DECIMALS),
        Column("Signal", _word("signal", SIGNAL_WORDS)),
        _line(),
        _marks("mark"),
        *_explanation(shown=explained),
    )


def contributions(names: Names, *, explained: bool = False) -> View:
    """The indicators that carry each area's gap, the most negative part first."""
    return (
        Column("Område", _word("area_id", names.areas)),
        _figure("Områdets gap", "area_gap", _SHARE_DECIMALS, signed=True),
        _plain("Indikator", "label"),
        Column("Status", _word("status", STATUS_LABELS)),
        _figure("Gap", "gap", _SHARE_DECIMALS, signed=True),
        _figure("Del av områdets skillnad", "contribution", _SHARE_DECIMALS, signed=True),
        _line(),
        _marks("mark", "reference_mark"),
        *_explanation(shown=explained),
    )


def areas(names: Names | None = None, *, explained: bool = False) -> View:
    """One row per area: the number of each colour and the share of JA.

    With ``names`` each row begins with its municipality.
    """
    municipality = Column("Kommun", _word("geo", names.places)) if names else None
    return (
        *([municipality] if municipality else []),
        _plain("Område", "area_name"),
        _figure("Indikatorer", "indicators"),
        *(_figure(label, colour) for colour, label in STATUS_LABELS.items()),
        _figure("Andel JA (%)", "share_yes", _SHARE_DECIMALS),
        _figure("Länet (%)", "county_mean", _SHARE_DECIMALS),
        _figure("Riket (%)", "national_mean", _SHARE_DECIMALS),
        _figure("Gap länet", "gap_county", _SHARE_DECIMALS, signed=True),
        _figure("Gap riket", "gap_national", _SHARE_DECIMALS, signed=True),
        _figure("Medelvärde av svaren", "share_in_place", _SHARE_DECIMALS),
        *_explanation(shown=explained),
    )


def figure_areas(names: Names) -> View:
    """One row per area of figures: how many stand better and worse, and the largest gap."""
    return (_municipality(names), *figure_areas_view())


def figure_areas_view() -> View:
    """The same of one municipality."""
    return (
        _plain("Område", "area_name"),
        _figure("Mått", "figures"),
        _figure("Med gap", "with_gap"),
        *(
            _figure(STATUS_LABELS[status.value], status.value)
            for status in (Status.GREEN, Status.YELLOW, Status.RED)
        ),
        *(
            _figure(VERDICT_WORDS[verdict.value], name)
            for name, verdict in (
                ("better", Verdict.BETTER),
                ("similar", Verdict.SIMILAR),
                ("worse", Verdict.WORSE),
            )
        ),
        _figure("↕ högre eller lägre", "undirected"),
        _plain("Störst gap", "largest_label"),
        _figure("Gap", "largest_gap", _SHARE_DECIMALS, signed=True),
        Column("Enhet", _word("unit", UNIT_WORDS)),
    )


def sources(names: Names) -> View:
    """The documents that the workspace declares."""
    return (
        _plain("Källa", "source_id"),
        _plain("Titel", "title"),
        Column("Kommun eller område", _word("geo", names.places)),
        _plain("Datum", "date"),
        _plain("Avser", "reporting_period"),
        _figure("Tabeller", "tables"),
        _figure("Rättelser", "corrections"),
        _plain("Dokument", "document"),
    )


def indicators() -> View:
    """The indicators of the catalogue."""
    direction = {"higher": "högre är bättre", "lower": "lägre är bättre", "neutral": "ingen"}
    return (
        _plain("Område", "area_name"),
        _plain("Indikator", "name"),
        _plain("Id", "indicator_id"),
        Column("Enhet", _word("unit", UNIT_WORDS)),
        Column("Riktning", _word("polarity", direction)),
    )


def questions() -> View:
    """The open questions about a source, one a row."""
    return (
        _plain("Nyckel", "key"),
        _plain("Fråga", "question"),
        _plain("Var", "where"),
        _plain("Förslag", "proposal"),
        _plain("Sannolikhet", "score"),
        Column("Val", pl.col("options").list.join(", ")),
    )
