"""What people see of each frame: which columns, under which Swedish headings."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from ojmf.present.formats import number, period
from ojmf.present.tables import Column, View
from ojmf.present.words import SCENARIO_WORDS, STATUS_LABELS, UNIT_WORDS

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


def _line(column: str = "line") -> Column:
    return Column("Rad", pl.col(column).cast(pl.String), figures=True)


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
        Column("Plats", _word("geo", names.places)),
        Column("Slag", _word("scenario", SCENARIO_WORDS)),
        Column("Period", period(*map(pl.col, ("period_start", "period_end", "period_kind")))),
        _plain("Anmärkning", "note"),
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
        _plain("Varför tomma", "blank_reasons"),
        _figure("Tal i förbigången text", "ignored"),
        _figure("Oförklarade", "unexplained"),
    )


def status(names: Names, reference: str) -> View:
    """Every indicator of a municipality beside the reference area with that code."""
    return (
        Column("Område", _word("area_id", names.areas)),
        _plain("Indikator", "label"),
        Column("Status", _word("status", STATUS_LABELS)),
        _figure(names.place(reference), "reference", _SHARE_DECIMALS),
        _figure("Gap", "gap", _SHARE_DECIMALS, signed=True),
        _plain("Dokument", "document"),
        _line(),
    )


def areas() -> View:
    """One row per area: the number of each colour and the share in place."""
    return (
        _plain("Område", "area_name"),
        _figure("Indikatorer", "indicators"),
        *(_figure(label, colour) for colour, label in STATUS_LABELS.items()),
        _figure("Andel på plats (%)", "share_in_place", _SHARE_DECIMALS),
        _figure("Länet (%)", "county_mean", _SHARE_DECIMALS),
        _figure("Riket (%)", "national_mean", _SHARE_DECIMALS),
        _figure("Gap länet", "gap_county", _SHARE_DECIMALS, signed=True),
        _figure("Gap riket", "gap_national", _SHARE_DECIMALS, signed=True),
    )


def sources(names: Names) -> View:
    """The documents that the workspace declares."""
    return (
        _plain("Källa", "source_id"),
        _plain("Titel", "title"),
        Column("Plats", _word("geo", names.places)),
        _plain("Datum", "date"),
        _plain("Avser", "reporting_period"),
        _figure("Tabeller", "tables"),
        _figure("Rättelser", "corrections"),
        _plain("Dokument", "document"),
    )


def indicators() -> View:
    """The indicators of the catalogue."""
    direction = {"higher": "högt är bra", "lower": "lågt är bra", "neutral": "varken eller"}
    return (
        _plain("Område", "area_name"),
        _plain("Indikator", "name"),
        _plain("Id", "indicator_id"),
        Column("Enhet", _word("unit", UNIT_WORDS)),
        Column("Riktning", _word("polarity", direction)),
    )
