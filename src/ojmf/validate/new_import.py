"""A proposed import beside what the workspace already has.

Three frames are made for the suites in ``expectations/``, where the bounds and their reasons
stand: ``import`` has a row per observation with what was there before it, ``import-groups`` a row
per area, place or table with how much of it has changed, and ``import-gone`` a row per thing that
is missing.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from ojmf.model import COUNTRY, IndicatorKind, PeriodKind, Scenario
from ojmf.printed import number
from ojmf.validate.changed_together import LEVELS, SERIES, groups
from ojmf.validate.context import ANSWERS
from ojmf.validate.diff import plain_label

if TYPE_CHECKING:
    from ojmf.workspace import Workspace

IMPORTS = (IMPORT, GROUPS, GONE) = ("import", "import-groups", "import-gone")
LEAST_KINSHIP = 0.3
"""The part of a document's series that a later one must have, to be the next of the same kind; of a
survey that has lost areas it is the part of its places."""

MOST_OWN = 0.8
"""The part of a survey's own series that an earlier document has, where it is the same survey."""

LEAST_STEP, FAR, LEAST_SHARES = 15, 5, 10
"""A share has moved unusually far by so many percentage points, where that is so many times what
the shares of its area and place move in the middle, of which there are at least so many."""

_QUESTION = ["area_id", "indicator_id", "geo"]
_ANSWERED = pl.col("indicator_kind") == str(IndicatorKind.ANSWER)

BEFORE = pl.Schema(
    {
        "period_before": pl.Date(),
        "document_before": pl.String(),
        "line_before": pl.Int32(),
        "value_before": pl.Float64(),
        "answer_before": pl.String(),
        "difference": pl.Float64(),
        "times": pl.Float64(),
        "turned": pl.Boolean(),
        "usual_step": pl.Float64(),
        "now_text": pl.String(),
        "before_text": pl.String(),
        "units_before": pl.String(),
        "lone_day": pl.Boolean(),
        "label_before": pl.String(),
        "unseen": pl.Boolean(),
        "alone": pl.Boolean(),
        "revised": pl.String(),
    }
)
"""What ``import`` adds to observations with their context.

``*_before`` is the latest earlier period of the same series, for the first period that the import
has of it; ``difference`` and ``times`` (largest to smallest) are without sign, ``turned`` says that
the sign is another. ``usual_step`` is how much the shares of the area and place have moved in the
middle, where one has moved far more. ``units_before`` and ``label_before`` are those of before
where the new one is another, ``lone_day`` marks a day where the measure has had periods. ``unseen``
marks the first row of a question that an area and place known before did not have, ``alone`` a
share of no question without a municipality's figure, ``revised`` the text that the same source has
had in that place.
"""


def root_of(path: Path) -> Path:
    """The workspace that a path names: the workspace itself or its data folder."""
    is_data = (path / "indicators").is_dir() and (path / "sources").is_dir()
    return path.resolve().parent if is_data else path


def subjects(
    workspace: Workspace, new: pl.DataFrame, known: pl.DataFrame
) -> dict[str, pl.DataFrame]:
    """The three frames that the suites judge.

    ``new`` is the import as ``context.with_context`` returns it, ``known`` the workspace's own
    ``OBSERVATIONS``.
    """
    names = workspace.indicators.select("area_id", "area_name").unique("area_id")
    places = workspace.places.unique("code", keep="first").select(geo="code", place="name")
    rows, together, gone = [], [], []
    for own in new.partition_by("source_id", maintain_order=True):
        same = pl.col("source_id").eq_missing(pl.lit(own["source_id"][0], pl.String))
        until = own.group_by("area_id").agg(until=pl.col("period_end").max())
        before = known.join(until, "area_id").filter(pl.col("period_end") < pl.col("until"))
        told = _rows(own, known, before, known.filter(same))
        rows.append(told)
        about = told.select("source_id", "document").head(1)
        together.append(
            about.join(groups(told, known.filter(~same), before, known.filter(same)), how="cross")
        )
        gone.append(about.join(_gone(own, known, workspace.catalogue.asked()), how="cross"))
    named = [
        pl.concat(frames, how="diagonal_relaxed")
        .join(names, "area_id", "left", maintain_order="left")
        .join(places, "geo", "left", maintain_order="left")
        .with_columns(
            row_label=pl.coalesce("row_label", "area_name", pl.lit("alla områden")),
            column_label=pl.col("place"),
        )
        .with_row_index("row")
        for frames in (together, gone)
    ]
    return {IMPORT: pl.concat(rows).sort("row"), GROUPS: named[0], GONE: named[1]}


def _rows(
    own: pl.DataFrame, known: pl.DataFrame, before: pl.DataFrame, same: pl.DataFrame
) -> pl.DataFrame:
    """The observations of one source with the columns of ``BEFORE``.

    ``before`` are those for periods that end before the latest of an area's own.
    """
    dated = own.drop_nulls("period_end").select("row", *SERIES, "period_end").sort("period_end")
    has_figure = pl.col("value").is_not_null() | pl.col("answer").is_not_null()
    earlier = before.filter(has_figure).sort("period_end")
    previous = dated.filter(
        pl.col("period_end") == pl.col("period_end").min().over(SERIES)
    ).join_asof(
        earlier.select(
            *SERIES,
            "period_end",
            period_before="period_end",
            document_before="document",
            line_before="line",
            value_before="value",
            answer_before="answer",
            decimals_before="decimals",
        ),
        on="period_end",
        by=SERIES,
        strategy="backward",
        allow_exact_matches=False,
        check_sortedness=False,
    )
    units = known.drop_nulls("unit").group_by("indicator_id", "scenario")
    labels = earlier.group_by("indicator_id", maintain_order=True).agg(
        label_before=pl.col("row_label").last()
    )
    places = before.select("area_id", "geo").unique().with_columns(place_known=pl.lit(value=True))
    questions = before.select(_QUESTION).unique().with_columns(question_known=pl.lit(value=True))
    asked = own.filter(geo_level="municipality").select("area_id", "indicator_id").unique()
    key = [*SERIES, "period_start", "period_end", "heading", "table", "column_label"]
    was = same.unique(key, keep="none").select(*key, revised="raw")
    value, old = pl.col("value"), pl.col("value_before")
    larger, smaller = (of(value.abs(), old.abs()) for of in (pl.max_horizontal, pl.min_horizontal))
    step = pl.when(pl.col("scenario") == str(Scenario.SHARE)).then((value - old).abs())
    usual = step.median().over("area_id", "geo")
    far = (step >= LEAST_STEP) & (step > FAR * pl.max_horizontal(usual, 1))
    plain = [plain_label(name) for name in ("row_label", "label_before")]
    return (
        own.join(previous.drop(*SERIES, "period_end"), "row", "left", maintain_order="left")
        .join(
            units.agg(
                known_units=pl.col("unit").drop_nulls().unique().sort(),
                periods=(pl.col("period_kind") != str(PeriodKind.POINT)).all(),
            ),
            ["indicator_id", "scenario"],
            "left",
            maintain_order="left",
        )
        .join(labels, "indicator_id", "left", maintain_order="left")
        .join(places, ["area_id", "geo"], "left", maintain_order="left")
        .join(questions, _QUESTION, "left", maintain_order="left")
        .join(
            asked.with_columns(asked=pl.lit(value=True)),
            ["area_id", "indicator_id"],
            "left",
            maintain_order="left",
        )
        .join(was, key, "left", nulls_equal=True, maintain_order="left")
        .with_columns(
            difference=(value - old).abs(),
            times=(larger / smaller).fill_nan(1.0),
            turned=value * old < 0,
            usual_step=pl.when(far & (step.count().over("area_id", "geo") >= LEAST_SHARES)).then(
                usual
            ),
            now_text=number(value, pl.col("decimals").fill_null(1)),
            before_text=number(old, pl.col("decimals_before").fill_null(1)),
            units_before=pl.when(~pl.col("known_units").list.contains(pl.col("unit"))).then(
                pl.col("known_units").list.join(" eller ")
            ),
            lone_day=(pl.col("period_kind") == str(PeriodKind.POINT)) & pl.col("periods"),
            label_before=pl.when(
                _ANSWERED & (plain[0] != plain[1]) & pl.struct(_QUESTION[:2]).is_first_distinct()
            ).then("label_before"),
            unseen=pl.col("place_known").is_not_null()
            & pl.col("question_known").is_null()
            & pl.struct(_QUESTION).is_first_distinct(),
            alone=(pl.col("scenario") == str(Scenario.SHARE))
            & pl.col("geo_level").is_in(LEVELS)
            & pl.col("asked").is_null()
            & (pl.col("kind") != ANSWERS).fill_null(value=True),
            revised=pl.when(pl.col("revised") != pl.col("raw")).then("revised"),
        )
        .select(*own.columns, *BEFORE.names())
        .with_columns(pl.col(name).cast(kind) for name, kind in BEFORE.items())
    )


def _told_of_question(lost: pl.DataFrame, own: pl.DataFrame) -> pl.Series:
    """Whether the check of answers or of their shares tells what a series of a question lacks."""
    shares = {
        level: (pl.col("value").is_not_null() & (pl.col("geo_level") == level)).any()
        for level in LEVELS
    }
    declared = {
        level: pl.col(f"of_{level}").fill_null(value=True).any() & ~share
        for level, share in shares.items()
    }
    asked = (
        own.filter(kind=ANSWERS)
        .group_by("area_id", "indicator_id")
        .agg(
            answered=pl.col("answer").is_not_null().any(),
            with_shares=pl.any_horizontal(shares.values()),
            **{f"without_{level}": lacking for level, lacking in declared.items()},
        )
    )
    country = pl.col("geo") == COUNTRY
    told = (
        pl.when(pl.col("scenario") != str(Scenario.SHARE))
        .then(pl.col("with_shares") & ~pl.col("answered"))
        .otherwise(
            pl.col("answered")
            & pl.when(country).then("without_country").otherwise("without_county")
        )
    )
    beside = lost.join(asked, ["area_id", "indicator_id"], "left", maintain_order="left")
    return beside.select(told.fill_null(value=False).alias("told"))["told"]


def _gone(own: pl.DataFrame, known: pl.DataFrame, asked: pl.DataFrame) -> pl.DataFrame:
    """What the document before of the same kind has and the import lacks.

    That is the earlier source that shares most series with the import, and enough of its own, or
    of the import's where it has answers: a survey comes whole, while a report may be shorter. What
    the catalogue says was asked to an earlier year is not missing. Where the source is there
    already, it is what that edition has. The largest thing is told: ``level`` is ``area``,
    ``place``, ``question`` or ``series``.
    """
    ends = own["period_end"].max()
    year = ends.year if isinstance(ends, date) else 0
    series = own.select(SERIES).unique()
    kin = (
        known.group_by("source_id", *SERIES)
        .agg(pl.col("period_end").max(), pl.col("document", "line", "row_label").first())
        .join(series.with_columns(shared=pl.lit(value=True)), SERIES, "left", nulls_equal=True)
    )
    best = (
        kin.group_by("source_id")
        .agg(
            shared=pl.col("shared").count(),
            kinship=pl.col("shared").count() / pl.len(),
            until=pl.col("period_end").max(),
            places=pl.col("geo").n_unique(),
        )
        .filter(
            (pl.col("kinship") >= LEAST_KINSHIP)
            | (
                pl.lit(own["answer"].count() > 0)
                & (pl.col("shared") >= MOST_OWN * series.height)
                & (own["geo"].n_unique() >= LEAST_KINSHIP * pl.col("places"))
            ),
            pl.col("until") < pl.lit(ends, pl.Date),
        )
        .sort("shared", "until", "source_id", descending=True)
        .head(1)
    )
    edition = known.filter(
        pl.col("source_id").eq_missing(pl.lit(own["source_id"][0], pl.String)),
        pl.any_horizontal(pl.col("value", "answer").is_not_null()),
    )
    if edition.is_empty():
        lost = kin.join(best.select("source_id"), "source_id", "semi").filter(
            pl.col("shared").is_null()
        )
    else:
        # Of a new edition every period is missed, of the next document only its series.
        lost = (
            edition.select(*SERIES, "period_end", "document", "line", "row_label")
            .unique([*SERIES, "period_end"], keep="first", maintain_order=True)
            .join(own, [*SERIES, "period_end"], "anti", nulls_equal=True, maintain_order="left")
        )
    lost = lost.join(asked, "indicator_id", "left").filter(
        (pl.col("asked_to") >= year).fill_null(value=True)
    )
    of_area, of_place, of_question = ["area_id"], ["area_id", "geo"], ["area_id", "indicator_id"]
    levels = pl.lit("series")
    for name, key in (("question", of_question), ("place", of_place), ("area", of_area)):
        held = own.select(key).unique().with_columns(pl.lit(value=True).alias(name))
        lost = lost.join(held, key, "left", nulls_equal=True)
        levels = pl.when(pl.col(name).is_null()).then(pl.lit(name)).otherwise(levels)
    lost = lost.with_columns(level=levels).filter(
        ~(pl.col("level").eq("series") & _told_of_question(lost, own))
    )
    key_of = pl.concat_str(
        "area_id",
        pl.when(pl.col("level").is_in(["place", "series"])).then("geo").otherwise(pl.lit("")),
        pl.when(pl.col("level").is_in(["question", "series"]))
        .then("indicator_id")
        .otherwise(pl.lit("")),
        separator="|",
        ignore_nulls=True,
    )
    return (
        lost.with_columns(key=key_of)
        .sort("area_id", "line", "geo")
        .group_by("level", "key", maintain_order=True)
        .agg(
            pl.col("area_id", "document", "line").first(),
            pl.col("geo").first(),
            pl.col("indicator_id", "row_label").first(),
            pl.col("scenario", "period_kind").unique().sort().str.join(", "),
            questions=pl.col("indicator_id").n_unique(),
        )
        .with_columns(
            document_before="document",
            line_before="line",
            geo=pl.when(pl.col("level").is_in(["place", "series"])).then("geo"),
            indicator_id=pl.when(pl.col("level").is_in(["question", "series"])).then(
                "indicator_id"
            ),
            row_label=pl.when(pl.col("level").is_in(["question", "series"])).then("row_label"),
        )
        .drop("document", "line", "key")
    )
