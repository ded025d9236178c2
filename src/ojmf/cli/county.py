"""A county as one place in ``ojmf status``, ``gaps`` and ``areas``: ``--lan``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from ojmf.cli.faults import UsageError
from ojmf.cli.session import emit
from ojmf.errors import SelectionError

if TYPE_CHECKING:
    import polars as pl

    from ojmf.cli.comparing import Chosen
    from ojmf.cli.session import Destination
    from ojmf.present.views import Names


def show_county(
    chosen: Chosen,
    command: str,
    against: str,
    to: Destination,
    top: int | None = None,
    *,
    unused: Mapping[str, object],
    quiet: bool,
) -> None:
    """Show what a command does of the county that is chosen, as one place.

    ``unused`` are options that a county has no use of, with what was given for them. Raises
    ``UsageError`` where one was given.
    """
    from ojmf.compare.counties import county_areas
    from ojmf.compare.weighing import largest_gaps
    from ojmf.geography import COUNTRY_WORD, COUNTY_OF_OWN
    from ojmf.present import county_views

    for option, given in unused.items():
        if given:
            name = option.replace("_", "-")
            raise UsageError(f"--{name} gäller kommuner; utelämna den tillsammans med --lan.")
    rows = county_frame(chosen, against)
    county = chosen.names.place(str(rows["geo"][0]))
    if command != "status" and rows["own"].is_null().all():
        raise SelectionError(
            f"{county} har inga egna uppgifter: ingen är tryckt, och för få av kommunerna har "
            "någon att räkna fram en av. Skälen visas av ojmf status."
        )
    title = f"{county} som helhet"
    if command == "areas":
        areas = county_areas(rows, chosen.workspace.indicators)
        emit(areas, county_views.county_areas(chosen.names), to, quiet=quiet, title=title)
        return
    if command == "gaps":
        rows = largest_gaps(rows)
        if rows.is_empty():
            other = COUNTRY_WORD if against == COUNTY_OF_OWN else against
            raise SelectionError(
                f"Inget av det som {county} har uppgifter om kan ställas mot {other}. Skälen visas "
                "av ojmf status."
            )
        rows = rows.head(top) if top else rows
    emit(
        _told(rows, chosen.names),
        county_views.county_rows(chosen.names),
        to,
        quiet=quiet,
        title=title,
    )


def _told(rows: pl.DataFrame, names: Names) -> pl.DataFrame:
    """The rows with their reasons in words; what the county itself lacks is said of the county."""
    import polars as pl

    from ojmf.present.reasons import with_reasons

    lacking = pl.col("own").is_null()
    sides = {f"reference_{end}": f"own_{end}" for end in ("counted", "members")}
    of_lacking = rows.with_columns(
        pl.when(lacking).then(own).otherwise(reference).alias(reference)
        for reference, own in {"reference_geo": "geo", **sides}.items()
    )
    return rows.with_columns(with_reasons(of_lacking, names.places)["reason"])


def county_frame(chosen: Chosen, against: str) -> pl.DataFrame:
    """The rows of ``compare.counties.COUNTY`` of the county that is chosen.

    The country stands beside it where its own county is named, which is the default.
    """
    import polars as pl

    from ojmf.compare.against import BUDGET_WORD, SIMILAR_WORD, TARGET_WORD, means_earlier
    from ojmf.compare.counties import county_rows
    from ojmf.geography import COUNTRY_WORD, COUNTY_OF_OWN, county_of

    if against in (TARGET_WORD, BUDGET_WORD, SIMILAR_WORD):
        raise UsageError(
            f"Ett län har inget {against} att ställas mot. Välj riket, fjolaret, ett annat län "
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
