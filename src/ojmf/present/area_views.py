"""What people see of areas: of answers beside places or an earlier period, and of figures."""

from __future__ import annotations

import polars as pl

from ojmf.model import Status, Verdict
from ojmf.present.formats import earlier_period, period
from ojmf.present.tables import Column, View
from ojmf.present.units import unit_word
from ojmf.present.view_columns import (
    explanation,
    figure,
    lacking,
    municipality,
    plain,
    shown_decimals,
)
from ojmf.present.views import Names
from ojmf.present.words import NO_VERDICT, STATUS_LABELS, VERDICT_WORDS, WITHOUT_FIGURE, capital
from ojmf.printed import number

WORST_HEADING = "Störst skillnad åt det sämre"
LARGEST_HEADING = "Störst skillnad"
_SHARE_DECIMALS = 1


def areas(names: Names | None = None, *, timed: bool = False, explained: bool = False) -> View:
    """One row per area: the number of each colour and the share of JA.

    With ``names`` each row begins with its municipality; ``timed`` rows have a period.
    """
    return (
        *((municipality(names.places),) if names else ()),
        plain("Område", "area_name"),
        *((Column("Period", period()),) if timed else ()),
        figure("Indikatorer", "indicators"),
        *(figure(label, colour) for colour, label in STATUS_LABELS.items()),
        figure("Andel JA (%)", "share_yes", _SHARE_DECIMALS),
        figure("Länet (%)", "county_mean", _SHARE_DECIMALS),
        figure("Riket (%)", "national_mean", _SHARE_DECIMALS),
        figure("Skillnad mot länet", "gap_county", _SHARE_DECIMALS, signed=True),
        figure("Skillnad mot riket", "gap_national", _SHARE_DECIMALS, signed=True),
        figure("Medelvärde av svaren", "share_in_place", _SHARE_DECIMALS),
        lacking(),
        *explanation(shown=explained),
    )


def areas_beside(names: Names, reference: str, *, timed: bool = False) -> View:
    """One row per area of answers beside the one reference with that name."""
    return (
        municipality(names.places),
        plain("Område", "area_name"),
        *((Column("Period", period()),) if timed else ()),
        figure("Indikatorer", "indicators"),
        *(figure(label, colour) for colour, label in STATUS_LABELS.items()),
        figure("Jämförda", "with_gap"),
        figure("Andel JA (%)", "share_yes", _SHARE_DECIMALS),
        figure(f"{capital(reference)} (%)", "reference_share_yes", _SHARE_DECIMALS),
        figure("Skillnad", "gap", _SHARE_DECIMALS, signed=True),
        lacking(),
    )


def figure_areas(names: Names, *, timed: bool = False) -> View:
    """One row per area of figures: how many stand better and worse, and the largest gap."""
    times = (Column("Period", period()),) if timed else ()
    return (municipality(names.places), *times, *figure_areas_view())


def figure_areas_view() -> View:
    """The same of one municipality."""
    worse = (pl.col("largest_better") < 0).fill_null(value=False)
    return (
        plain("Område", "area_name"),
        figure("Mått", "figures"),
        *(_if_any(capital(heading), name) for name, (heading, _) in WITHOUT_FIGURE.items()),
        figure("Kan jämföras", "with_gap"),
        _if_any("varav mot riket", "with_country"),
        *(
            _if_any(STATUS_LABELS[status.value], status.value)
            for status in (Status.GREEN, Status.YELLOW, Status.RED)
        ),
        *(
            show(VERDICT_WORDS[verdict.value], name)
            for name, verdict, show in (
                ("better", Verdict.BETTER, figure),
                ("similar", Verdict.SIMILAR, _if_any),
                ("equal", Verdict.EQUAL, _if_any),
                ("worse", Verdict.WORSE, figure),
                ("above", Verdict.HIGHER, _if_any),
                ("below", Verdict.LOWER, _if_any),
            )
        ),
        _if_any(NO_VERDICT, "unjudged"),
        *(
            Column(heading, pl.when(where).then(largest()), optional=True)
            for heading, where in ((WORST_HEADING, worse), (LARGEST_HEADING, ~worse))
        ),
        figure("Skillnad", "largest_gap", shown_decimals(0, "largest_"), signed=True),
        Column("Enhet", unit_word(name="largest_label", gap=True)),
        lacking(),
    )


def largest() -> pl.Expr:
    """The measure with the largest gap, and how many others have one as large."""
    others = pl.col("largest_others")
    also = pl.when(others > 0).then(pl.format(" (och {} till)", others))
    return pl.concat_str("largest_label", also.fill_null(""))


def area_changes(names: Names) -> View:
    """The share of JA of each area beside that of an earlier period."""
    return (
        municipality(names.places),
        plain("Område", "area_name"),
        Column("Period", period()),
        Column("Mot period", earlier_period()),
        figure("Besvarade båda gångerna", "both"),
        figure("Andel JA (%)", "share_yes", _SHARE_DECIMALS),
        figure("Förut (%)", "share_yes_before", _SHARE_DECIMALS),
        figure("Skillnad", "gap", _SHARE_DECIMALS, signed=True),
        figure("Bättre svar", "improved"),
        figure("Sämre svar", "worsened"),
        figure("Nya frågor", "added"),
        figure("Ställs inte längre", "retired"),
        lacking(),
    )


def _if_any(heading: str, column: str) -> Column:
    """A count that is shown only where there is something to count."""
    some = pl.when(pl.col(column) > 0).then(number(pl.col(column)))
    return Column(heading, some, figures=True, optional=True, number=column)
