"""How every municipality on the site stands: its shares of JA by area and year, and what changed.

Nothing is judged here: shares, references and gaps are those of ``compare``, asked for once for
all municipalities and looked up by the pages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from ojmf.compare.against import EARLIER_WORD
from ojmf.compare.answers import areas_of
from ojmf.compare.figures import KEY
from ojmf.compare.frame import TRACED
from ojmf.compare.questions import ANSWER_METHOD, POINTS
from ojmf.geography import COUNTRY_WORD, COUNTY_OF_OWN
from ojmf.present.annex.together import in_parts
from ojmf.present.area_rows import AreaFigures, area_figures
from ojmf.workspace import Workspace

ALL_AREAS = ""
"""The area id of a row that is about all areas together."""
FEWEST = 5
"""So many municipalities make a distribution worth drawing."""
_TOGETHER = 100  # municipalities compared at a time, which bounds the memory that it takes
_KEPT = ("geo", *KEY, "label", "answer", "period_end")


@dataclass(frozen=True, slots=True)
class Spread:
    """How the shares of JA of all municipalities are spread in an area."""

    values: Sequence[float]
    low: float
    median: float
    high: float

    @property
    def band(self) -> tuple[float, float]:
        """The limits between which half of the municipalities lie."""
        return self.low, self.high


@dataclass(frozen=True)
class Standing:
    """``compared`` is ``TRACED`` of every municipality against county and country.

    ``areas`` is what ``compare.areas_of`` gives with ``geo`` first and ``year`` last, also of
    earlier years, and with :data:`ALL_AREAS` for all areas together. ``changes`` has one row per
    answer that is another than the year before: geo, area_id, indicator_id, label, before, answer,
    step (in points, null where one of them is missing) and before_year. ``earlier`` is ``TRACED``
    of every municipality's figures against an earlier period.
    """

    compared: pl.DataFrame
    areas: pl.DataFrame
    changes: pl.DataFrame
    earlier: pl.DataFrame

    @cached_property
    def latest(self) -> pl.DataFrame:
        """The areas of the latest year of each municipality and area."""
        return self.areas.sort("year").unique(["geo", "area_id"], keep="last", maintain_order=True)

    @cached_property
    def _by_place(self) -> Mapping[tuple[str, str], AreaFigures]:
        rows = zip(self.latest["geo"], area_figures(self.latest), strict=True)
        return {(geo, row.area_id): row for geo, row in rows}

    def at(self, geo: str, area_id: str) -> AreaFigures | None:
        """How a municipality's answers in an area stand in the latest year."""
        return self._by_place.get((geo, area_id))

    def share(self, geo: str, area_id: str = ALL_AREAS) -> float | None:
        """A municipality's share of JA in an area (%)."""
        found = self.at(geo, area_id)
        return None if found is None else found.share_yes

    def of(self, geo: str) -> pl.DataFrame:
        """The rows of one municipality in ``compared``."""
        return self.compared.filter(pl.col("geo") == geo)

    def earlier_of(self, geo: str) -> pl.DataFrame:
        """The figures of one municipality against an earlier period."""
        return self.earlier.filter(pl.col("geo") == geo)

    def changes_of(self, geo: str) -> pl.DataFrame:
        """The changed answers of one municipality."""
        return self.changes.filter(pl.col("geo") == geo)

    @cached_property
    def measures(self) -> Mapping[str, Sequence[str]]:
        """The indicators of the measures beside the questions that a municipality has."""
        rows = self.compared.filter(pl.col("method") != ANSWER_METHOD)
        once = rows.unique(["geo", *KEY, "sex", "unit"], maintain_order=True)
        grouped = once.group_by("geo", maintain_order=True).agg("indicator_id")
        return dict(grouped.iter_rows())

    @cached_property
    def year_before(self) -> Mapping[str, int]:
        """The year that the answers of a municipality are held against, where it has one."""
        years = self.areas.filter(pl.col("area_id") == ALL_AREAS).sort("year")
        grouped = years.group_by("geo", maintain_order=True).agg("year")
        return {geo: known[-2] for geo, known in grouped.iter_rows() if len(known) > 1}

    @cached_property
    def history(self) -> Mapping[tuple[str, str], list[tuple[int, float]]]:
        """Years and shares of JA by municipality and area, the earliest first.

        Only years with as many questions as the latest one, for others are another measure.
        """
        asked = pl.col("indicators").last().over("geo", "area_id")
        rows = self.areas.drop_nulls("share_yes").sort("year").filter(pl.col("indicators") == asked)
        grouped = rows.group_by("geo", "area_id", maintain_order=True).agg("year", "share_yes")
        return {
            (geo, area): list(zip(years, shares, strict=True))
            for geo, area, years, shares in grouped.iter_rows()
        }

    @cached_property
    def spread(self) -> Mapping[str, Spread]:
        """The spread of each area where enough municipalities have a share."""
        grouped = (
            self.latest.drop_nulls("share_yes")
            .group_by("area_id", maintain_order=True)
            .agg(
                pl.col("share_yes"),
                *(
                    pl.col("share_yes").quantile(at, "linear").alias(name)
                    for name, at in (("low", 0.25), ("median", 0.5), ("high", 0.75))
                ),
            )
            .filter(pl.col("share_yes").list.len() >= FEWEST)
        )
        return {area: Spread(*rest) for area, *rest in grouped.iter_rows()}


def standing(workspace: Workspace, cells: pl.DataFrame, geos: Sequence[str]) -> Standing:
    """All that the pages say of these municipalities, in one pass per year of answers.

    Raises as ``compare.compared``.
    """
    questions = workspace.indicators.filter(pl.col("method") == ANSWER_METHOD).select(KEY)
    known: list[pl.DataFrame] = []
    said: list[pl.DataFrame] = []
    latest: list[pl.DataFrame] = []
    asked = cells.lazy().join(questions.lazy(), on=KEY, how="semi")
    days = asked.filter(pl.col("geo").is_in(list(geos))).select("period_end").collect()
    # One day's cells at a time, for all of them once more would be the most that is ever held.
    for day in days["period_end"].drop_nulls().unique().sort(descending=True):
        on_day = cells.filter(pl.col("period_end") == day)
        answers = _compared(
            workspace, on_day.join(questions, on=KEY, how="semi", maintain_order="left"), geos
        )
        known.append(_areas(answers, workspace))
        said.append(answers.select(_KEPT))
        # An area that was accounted for later has its latest rows already.
        for later in latest:
            accounted = later.select("geo", "area_id").unique()
            answers = answers.join(
                accounted, on=["geo", "area_id"], how="anti", maintain_order="left"
            )
        latest.append(answers)
    figures = cells.join(questions, on=KEY, how="anti", maintain_order="left")
    compared = pl.concat([*latest, _compared(workspace, figures, geos)])
    earlier = _compared(workspace, figures, geos, [EARLIER_WORD])
    areas = pl.concat(known) if known else _areas(TRACED.to_frame(), workspace)
    changes = _changes(pl.concat(said or [TRACED.to_frame().select(_KEPT)]))
    return Standing(compared, areas, changes, earlier)


def _compared(
    workspace: Workspace,
    cells: pl.DataFrame,
    geos: Sequence[str],
    against: Sequence[str] = (COUNTY_OF_OWN, COUNTRY_WORD),
) -> pl.DataFrame:
    """Those of the municipalities that have any of the cells, against county and country."""
    present = set(cells["geo"].unique())
    parts = [
        workspace.compared(batch, against, observations=cells)
        for batch in in_parts([geo for geo in geos if geo in present], _TOGETHER)
    ]
    return pl.concat([TRACED.to_frame(), *parts])


def _areas(answers: pl.DataFrame, workspace: Workspace) -> pl.DataFrame:
    """The areas of answers of one year, and all of them together."""
    years = answers.group_by("geo", "area_id").agg(
        pl.col("period_end").max().dt.year().alias("year")
    )
    together = answers.with_columns(pl.lit(ALL_AREAS).alias("area_id"))
    parts = [
        areas_of(answers, workspace.indicators, several=True).join(
            years, on=["geo", "area_id"], how="left", maintain_order="left"
        ),
        areas_of(together, workspace.indicators, several=True, by_question=True).join(
            years.group_by("geo").agg(pl.col("year").max()),
            on="geo",
            how="left",
            maintain_order="left",
        ),
    ]
    return pl.concat(parts)


def _changes(answers: pl.DataFrame) -> pl.DataFrame:
    """The latest answers that are others than those of the same area's account before."""
    unique = answers.unique(["geo", *KEY, "period_end"], keep="first", maintain_order=True)
    accounts = unique.select("geo", "area_id", "period_end").unique()
    latest = accounts.group_by("geo", "area_id").agg(pl.col("period_end").max())
    previous = (
        accounts.join(latest, on=["geo", "area_id", "period_end"], how="anti")
        .group_by("geo", "area_id")
        .agg(pl.col("period_end").max())
    )
    now, before = (
        unique.join(those, on=["geo", "area_id", "period_end"], how="semi", maintain_order="left")
        for those in (latest, previous)
    )
    after_points, before_points = (
        pl.col(name).replace_strict(POINTS, default=None, return_dtype=pl.Float64)
        for name in ("answer", "before")
    )
    return (
        now.join(
            before.select(
                "geo",
                *KEY,
                pl.col("answer").alias("before"),
                pl.col("period_end").dt.year().alias("before_year"),
            ),
            on=["geo", *KEY],
            maintain_order="left",
        )
        .filter(pl.col("answer").ne_missing(pl.col("before")))
        .with_columns((after_points - before_points).alias("step"))
    )
