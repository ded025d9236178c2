"""A county as one place: its own figures beside those of the country, another county or a year."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ojmf.errors import SelectionError, UsageError

if TYPE_CHECKING:
    import polars as pl

    from ojmf.present.tables import View
    from ojmf.present.views import Names
    from ojmf.surface.chosen import Chosen


def county_status(chosen: Chosen, against: str) -> tuple[pl.DataFrame, View]:
    """The figures of the county in ``schema.COUNTY`` with ``reason``, and what is seen.

    ``chosen`` are its municipalities. Raises ``UsageError`` for what a county has none of, and
    ``SelectionError`` for itself and where it has no figure.
    """
    return _told(_county_rows(chosen, against), chosen.names)


def county_gaps(chosen: Chosen, against: str, top: int | None = None) -> tuple[pl.DataFrame, View]:
    """The rows of :func:`county_status` that have a gap, the most negative first; raises as it."""
    from ojmf.compare.weighing import largest_gaps
    from ojmf.geography import COUNTRY_WORD, COUNTY_OF_OWN

    rows = _with_figures(chosen, against)
    ranked = largest_gaps(rows)
    if ranked.is_empty():
        county = chosen.names.place(str(rows["geo"][0]))
        other = COUNTRY_WORD if against == COUNTY_OF_OWN else against
        raise SelectionError(
            f"Inget av det som {county} har uppgifter om kan ställas mot {other}. Skälen visas av "
            f"ojmf status --lan {rows['geo'][0]}."
        )
    return _told(ranked if top is None else ranked.head(top), chosen.names)


def county_areas(chosen: Chosen, against: str) -> tuple[pl.DataFrame, View]:
    """The areas of the county, as ``compare.counties.county_areas``; raises as the above."""
    from ojmf.compare import counties
    from ojmf.present import county_views

    rows = _with_figures(chosen, against)
    found = counties.county_areas(rows, chosen.workspace.indicators)
    return found, county_views.county_areas(chosen.names)


def _with_figures(chosen: Chosen, against: str) -> pl.DataFrame:
    rows = _county_rows(chosen, against)
    if rows["own"].is_null().all():
        raise SelectionError(
            f"{chosen.names.place(str(rows['geo'][0]))} har inga egna uppgifter: ingen står i "
            "något dokument, och för få av kommunerna har någon att räkna fram en av. Skälen visas "
            f"av ojmf status --lan {rows['geo'][0]}."
        )
    return rows


def _county_rows(chosen: Chosen, against: str) -> pl.DataFrame:
    """The rows of ``schema.COUNTY`` of the county whose municipalities are chosen.

    The country stands beside it where its own county is named, which is the default.
    """
    import polars as pl

    from ojmf.compare.against import BUDGET_WORD, SIMILAR_WORD, TARGET_WORD, means_earlier
    from ojmf.compare.counties import county_rows
    from ojmf.geography import COUNTRY_WORD, COUNTY_OF_OWN, county_of

    lacking = {
        TARGET_WORD: "inget mål",
        BUDGET_WORD: "ingen budget",
        SIMILAR_WORD: "inga liknande län",
    }
    if against in lacking:
        raise UsageError(
            f"Ett län har {lacking[against]} att ställas mot. Välj riket, fjolaret, ett annat län "
            "eller en grupp."
        )
    county = county_of(chosen.geos[0])
    other = (
        [] if means_earlier(against) else [COUNTRY_WORD if against == COUNTY_OF_OWN else against]
    )
    everything = replace(chosen.selection, within=pl.lit(value=True), every=True)
    workspace = chosen.workspace
    rows = workspace.compared(chosen.geos, [COUNTY_OF_OWN, *other], everything)
    if other and rows["reference_geo"].eq(county).all():
        raise SelectionError(
            f"{chosen.names.place(county)} kan inte jämföras med sig självt. Välj riket eller ett "
            "annat län."
        )
    found = county_rows(rows, workspace.indicators, county, chosen.selection)
    if found.is_empty():
        raise SelectionError(
            f"{chosen.names.place(county)} har inga uppgifter för den perioden. Perioderna visas "
            "av ojmf observations."
        )
    return found


def _told(rows: pl.DataFrame, names: Names) -> tuple[pl.DataFrame, View]:
    """The rows with their reasons in words; what the county itself lacks is said of the county."""
    import polars as pl

    from ojmf.present import county_views
    from ojmf.present.reasons import with_reasons

    lacking = pl.col("own").is_null()
    sides = {f"reference_{end}": f"own_{end}" for end in ("counted", "members")}
    of_lacking = rows.with_columns(
        pl.when(lacking).then(own).otherwise(reference).alias(reference)
        for reference, own in {"reference_geo": "geo", **sides}.items()
    )
    told = rows.with_columns(with_reasons(of_lacking, names.places)["reason"])
    return told, county_views.county_rows(names)
