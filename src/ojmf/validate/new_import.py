"""A proposed import beside what the workspace already has: what is new, gone or implausible."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from ojmf.findings import Finding, located
from ojmf.model import Severity
from ojmf.printed import number
from ojmf.validate.outcomes import plain
from ojmf.validate.parts import Part

if TYPE_CHECKING:
    from ojmf.workspace import Workspace

SHARE_JUMP = 40.0
"""Percentage points that the share of a county or of the country hardly moves between two years."""

FACTOR_JUMP = 3.0
"""Times that other figures hardly grow or shrink from one period to the next of its kind."""

LEAST_JUMP = 10.0
"""Smaller differences are never implausible, whatever their factor; for MSEK a tenth of it."""

_SERIES = ["area_id", "indicator_id", "geo", "scenario", "period_kind"]
_PLACE = ("source_id", "document", "line", "table", "row_label", "column_label", "raw")


def root_of(path: Path) -> Path:
    """The workspace that a path names: the workspace itself or its data folder."""
    is_data = (path / "indicators").is_dir() and (path / "sources").is_dir()
    return path.resolve().parent if is_data else path


def compared(workspace: Workspace, parts: Sequence[Part]) -> list[Part]:
    """The parts, each with what its import would bring that a person should look at.

    Each is compared with the workspace's observations of the same areas for periods that end
    before its own. Raises the errors of ``Workspace.observations``.
    """
    known = workspace.observations()
    places = workspace.geography.select(geo="code", geo_level="level")
    return [
        part
        if part.observations is None
        else part.told(
            located(
                _compare(
                    part.name,
                    part.observations.with_row_index("row").join(
                        places, "geo", "left", maintain_order="left"
                    ),
                    known,
                )
            )
        )
        for part in parts
    ]


def _compare(name: str, new: pl.DataFrame, known: pl.DataFrame) -> Iterator[Finding]:
    until = new.group_by("area_id").agg(until=pl.col("period_end").max())
    earlier = known.join(until, "area_id").filter(pl.col("period_end") < pl.col("until"))
    areas = new["area_id"].drop_nulls().unique(maintain_order=True)
    for area in areas.filter(~areas.is_in(earlier["area_id"].implode())):
        yield plain(
            Severity.INFO,
            "nothing-earlier",
            f"{name}: området {area} har inga tidigare perioder att jämföra med",
            raw=area,
        )
    yield from _appeared(new, earlier)
    yield from _vanished(name, new, earlier)
    yield from _units(new, known)
    yield from _jumps(new, earlier)
    yield from _lonely_references(new)


def _about(
    severity: Severity, check: str, row: Mapping[str, Any], message: str, expected: str
) -> Finding:
    place = {key: row[key] for key in (*_PLACE, "row")}
    return plain(severity, check, message, **place, expected=expected)


def _appeared(new: pl.DataFrame, earlier: pl.DataFrame) -> Iterator[Finding]:
    """Indicators that a place had no observation of in an area that it was observed in."""
    key = ["area_id", "geo", "indicator_id"]
    unseen = (
        new.join(earlier.select("area_id", "geo").unique(), ["area_id", "geo"], "semi")
        .join(earlier.select(key).unique(), key, "anti")
        .unique(key, keep="first", maintain_order=True)
        .sort("row")
    )
    for row in unseen.iter_rows(named=True):
        yield _about(
            Severity.INFO,
            "indicator-new",
            row,
            f"”{row['row_label']}” ({row['indicator_id']}) är ny för {row['geo']}: den fanns inte "
            "i tidigare perioder",
            "en fråga som har tillkommit",
        )


def _vanished(name: str, new: pl.DataFrame, earlier: pl.DataFrame) -> Iterator[Finding]:
    """Indicators of the latest earlier period of an area and place that are not there any more."""
    place = ["area_id", "geo"]
    latest = earlier.join(new.select(place).unique(), place, "semi").filter(
        pl.col("period_end") == pl.col("period_end").max().over(place)
    )
    gone = (
        latest.join(new, ["area_id", "geo", "indicator_id"], "anti")
        .unique(["area_id", "geo", "indicator_id"], keep="first", maintain_order=True)
        .sort("area_id", "geo", "line")
    )
    for row in gone.iter_rows(named=True):
        yield plain(
            Severity.WARNING,
            "indicator-gone",
            f"{name}: ”{row['row_label']}” ({row['indicator_id']}) för {row['geo']} fanns i "
            f"{row['document']} rad {row['line']} men saknas här; frågan har utgått eller fallit "
            "bort",
            row_label=row["row_label"],
            column_label=row["geo"],
            raw=row["indicator_id"],
            expected="en rad för frågan",
        )


def _units(new: pl.DataFrame, known: pl.DataFrame) -> Iterator[Finding]:
    """Figures in a unit that the indicator has not had for that scenario."""
    key = ["indicator_id", "scenario"]
    before = known.group_by(key).agg(units=pl.col("unit").unique().sort())
    changed = new.join(before, key, maintain_order="left").filter(
        ~pl.col("unit").is_in("units"), pl.col("unit").is_not_null()
    )
    for row in changed.iter_rows(named=True):
        units = " eller ".join(row["units"])
        yield _about(
            Severity.CRITICAL,
            "unit-changed",
            row,
            f"{row['row_label']}, {row['column_label']}: enheten är {row['unit']}, tidigare "
            f"{units}",
            units,
        )


def _jumps(new: pl.DataFrame, earlier: pl.DataFrame) -> Iterator[Finding]:
    """Figures far from that of the latest earlier period of the same kind."""
    before = (
        earlier.drop_nulls("value")
        .sort("period_end")
        .group_by(_SERIES, maintain_order=True)
        .agg(pl.col("value", "period_end", "document", "line").last().name.suffix("_before"))
    )
    first = pl.col("period_end") == pl.col("period_end").min().over(_SERIES)
    both = (
        new.drop_nulls("value")
        .filter(first)
        .join(before, _SERIES, maintain_order="left")
        .with_columns(
            difference=(pl.col("value") - pl.col("value_before")).abs(),
            large=pl.max_horizontal(pl.col("value").abs(), pl.col("value_before").abs()),
            small=pl.min_horizontal(pl.col("value").abs(), pl.col("value_before").abs()),
        )
    )
    share = pl.col("scenario") == "share"
    least = pl.when(pl.col("unit") == "MSEK").then(LEAST_JUMP / 10).otherwise(LEAST_JUMP)
    turned = pl.col("value") * pl.col("value_before") < 0
    grown = (pl.col("large") > FACTOR_JUMP * pl.col("small")) | turned
    derived = pl.col("scenario").is_in(["deviation", "change"])
    jumped = (
        pl.when(share)
        .then(pl.col("difference") > SHARE_JUMP)
        .otherwise(grown & (pl.col("difference") > least) & ~derived)
    )
    shown = both.filter(jumped).with_columns(
        before=number(pl.col("value_before"), 1), now=number(pl.col("value"), 1)
    )
    for row in shown.iter_rows(named=True):
        yield _about(
            Severity.WARNING,
            "implausible-jump",
            row,
            f"{row['row_label']}, {row['column_label']}: {row['now']}, men {row['before']} till "
            f"och med {row['period_end_before']} ({row['document_before']} rad "
            f"{row['line_before']})",
            "en rimlig förändring mot föregående period",
        )


def _lonely_references(new: pl.DataFrame) -> Iterator[Finding]:
    """Shares of a county or the country for a question that no municipality of the import has."""
    asked = new.filter(geo_level="municipality").select("area_id", "indicator_id").unique()
    lonely = new.filter(
        pl.col("scenario") == "share", pl.col("geo_level").is_in(["county", "country"])
    ).join(asked, ["area_id", "indicator_id"], "anti", maintain_order="left")
    for row in lonely.iter_rows(named=True):
        yield _about(
            Severity.WARNING,
            "reference-alone",
            row,
            f"{row['row_label']}, {row['column_label']}: ett referensvärde utan någon kommuns svar "
            f"på frågan ({row['indicator_id']})",
            "ett svar från en kommun på samma fråga",
        )
