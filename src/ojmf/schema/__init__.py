"""The Polars schemas that every stage reads and writes, and those of every result.

One frame per stage: ``OBSERVATIONS`` leave ingest, ``FINDINGS`` leave any stage that has something
to say, ``COMPARISONS`` leave compare. What the surface for Python gives has one schema each:

===================  ========================================================
result of            schema
===================  ========================================================
status, gaps         ``STATUS``; ``COUNTY`` of a county as one place
gaps by sex          ``WOMEN_AND_MEN``
areas                ``AREAS``, ``AREAS_BESIDE``, ``AREA_CHANGES``; ``FIGURE_AREAS``;
                     ``COUNTY_AREAS``
compare              ``SIDE_BY_SIDE``
peers, similar       ``PEER_GROUPS``, ``PEER_PLACES``; ``SIMILAR``
trends               ``TRENDS``, ``POINTS``
worth                ``WORTH``
validate             ``VALIDATED``
===================  ========================================================

Codes are strings everywhere (SCB geography codes keep their leading zero).
"""

from ojmf.schema.further import (
    COMPARED,
    PEER_GROUPS,
    PEER_PLACES,
    POINTS,
    SIDE_BY_SIDE,
    SIMILAR,
    TRENDS,
    VALIDATED,
)
from ojmf.schema.results import (
    AREA_CHANGES,
    AREAS,
    AREAS_BESIDE,
    COUNTY,
    COUNTY_AREAS,
    FIGURE_AREAS,
    STATUS,
    WOMEN_AND_MEN,
    WORTH,
)
from ojmf.schema.stages import COMPARISONS, FINDINGS, OBSERVATIONS, Rows, complete

__all__ = [
    "AREAS",
    "AREAS_BESIDE",
    "AREA_CHANGES",
    "COMPARED",
    "COMPARISONS",
    "COUNTY",
    "COUNTY_AREAS",
    "FIGURE_AREAS",
    "FINDINGS",
    "OBSERVATIONS",
    "PEER_GROUPS",
    "PEER_PLACES",
    "POINTS",
    "SIDE_BY_SIDE",
    "SIMILAR",
    "STATUS",
    "TRENDS",
    "VALIDATED",
    "WOMEN_AND_MEN",
    "WORTH",
    "Rows",
    "complete",
]
