"""Sources that are gone: what something here still rests on, and what an earlier workspace had.

A source that was taken away whole leaves no file that could say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import polars as pl

from ojmf.declarations.registers import CITATIONS_FILE, load_citations
from ojmf.errors import OjmfError
from ojmf.findings import Finding, finding_id, located
from ojmf.model import Severity
from ojmf.validate.outcomes import plain

if TYPE_CHECKING:
    from ojmf.workspace import Workspace

CHECK = "source-gone"
_EARLIER = "earlier"


def rested_on(workspace: Workspace) -> pl.DataFrame:
    """``LOCATED``: sources that citations and acknowledgements name, and figures of concepts."""
    return located([*_named(workspace), *_without_figures(workspace)])


def lost(workspace: Workspace, earlier: Workspace) -> pl.DataFrame:
    """``LOCATED``: a critical finding for each source of an earlier workspace that is not here.

    It is a finding of the source that is gone, whose acknowledgement stands in accepted.csv.
    """
    return located(
        plain(
            Severity.CRITICAL,
            CHECK,
            f"källan {name} fanns i {earlier.root}, men finns inte här. Lägg tillbaka den, eller "
            "kvittera med samma --against om den ska vara borta",
            key=(_EARLIER,),
            source_id=name,
            raw=name,
        )
        for name in sorted(_ids(earlier) - _ids(workspace))
    )


def _of_findings(workspace: Workspace) -> pl.DataFrame:
    """The acknowledgements in accepted.csv but those that a source is gone, which name it too."""
    accepted = workspace.accepted
    known = [finding_id(CHECK, name, _EARLIER) for name in accepted["source_id"]]
    return accepted.filter(pl.col("finding_id") != pl.Series(known, dtype=pl.String))


def _named(workspace: Workspace) -> Iterator[Finding]:
    """A critical finding for each source that is named and not there."""
    data = workspace.root / "data"
    naming = {CITATIONS_FILE: load_citations(data), "accepted.csv": _of_findings(workspace)}
    there = _ids(workspace)
    for file, rows in naming.items():
        for name in rows["source_id"].drop_nulls().unique().sort():
            if name not in there:
                yield plain(
                    Severity.CRITICAL,
                    CHECK,
                    f"källan {name} finns inte i arbetsytan, men nämns i data/{file}. Lägg "
                    "tillbaka den, eller ta bort raderna",
                    key=(file, name),
                    raw=name,
                )


def _without_figures(workspace: Workspace) -> Iterator[Finding]:
    """A warning for each formula of a concept that no source gives the figures of."""
    if not workspace.concepts:
        return
    try:
        figures = workspace.scan_recorded().drop_nulls("indicator_id")
        there = set(figures.select("indicator_id", "geo").unique().collect().iter_rows())
    except OjmfError:  # what can't be read is told where it is validated
        return
    for concept in workspace.concepts:
        for formula in concept.formula:
            terms = (*formula.terms, *formula.divided_by)
            names = {term.indicator for term in terms} | {term.times for term in terms}
            lacking = sorted(name for name in names if name and (name, formula.geo) not in there)
            if lacking:
                yield plain(
                    Severity.WARNING,
                    CHECK,
                    f"jämförelsen {concept.id} räknar för {formula.geo} med {', '.join(lacking)}, "
                    "som ingen källa har. Lägg tillbaka källan, eller ta bort formeln ur "
                    f"data/concepts/{concept.id}.toml",
                    key=(concept.id, formula.geo),
                    raw=", ".join(lacking),
                )


def _ids(workspace: Workspace) -> set[str]:
    """The ids of every source, also of drafts, as observations and registers have them."""
    return {*workspace.sources, *workspace.drafts, *workspace.fetched, *workspace.references}
