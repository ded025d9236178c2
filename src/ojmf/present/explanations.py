"""How a result came about, in one Swedish sentence per row: method, formula, inputs, lines."""

from __future__ import annotations

import polars as pl

from ojmf.compare.figures import FACTS
from ojmf.compare.target import DECIDED
from ojmf.model import Answer, Scenario
from ojmf.present.words import UNIT_WORDS
from ojmf.printed import number

METHOD_RULES = {
    "answer": "JA = 100 grön, DELVIS = 50 gul, NEJ = 0 röd, inget svar grå",
    "quartile": "bästa fjärdedelen av kommunerna grön, sämsta röd, övriga gula",
    "reference": "bättre, lika eller sämre än referensvärdet inom felmarginalen; ingen ÖJ-färg",
    "target": "mot budget, prognos eller beslutat mål, enligt tabellens teckenregel",
    "neutral": "utan riktning: högre eller lägre, ingen färg",
}
CHART_RULES = {
    "xmr": "XmR-diagram: medel ± 2,66 · medelspridningen mellan grannar, sedan spridningar över "
    "3,267 gånger den räknats bort",
    "c": "c-diagram: medel ± 3 · roten ur medel",
}
_SAME = 1e-9
_ANSWER_OF = {100.0: Answer.YES, 50.0: Answer.PARTLY, 0.0: Answer.NO}


def _place(document: str, line: str, corrected: pl.Expr | None = None) -> pl.Expr:
    """Where a figure is printed, and whether another figure stands there."""
    more = pl.lit("")
    if corrected is not None:
        more = pl.when(corrected).then(pl.lit(", rättat")).otherwise(more)
    return pl.when(pl.col(document).is_not_null()).then(
        pl.format(" ({} rad {}{})", document, pl.col(line).fill_null(0), more)
    )


def _cited(rows: pl.DataFrame, observations: pl.DataFrame) -> pl.DataFrame:
    """Add where the reference of each row is printed: the cell of the row's own period.

    The reference of a target is a budget, that of other methods an outcome or an answer. A
    reference that is no printed figure (a decided target) has no place. Also adds ``_value`` (the
    figure printed there) and ``_own_corrected`` and ``_corrected`` (whether the figures are
    declared corrections).
    """
    place = ["indicator_id", "geo", "document", "line"]
    period = ["period_start", "period_end"]
    printed = observations.select(
        *place, *(pl.col(name).alias(f"_{name}") for name in period)
    ).unique(place, maintain_order=True)
    rows = rows.join(printed, on=place, how="left", maintain_order="left").with_columns(
        pl.coalesce(name, f"_{name}").alias(name)
        if name in rows.columns
        else pl.col(f"_{name}").alias(name)
        for name in period
    )
    corrections = (
        observations.filter(pl.col("correction_id").is_not_null())
        .select(*place, pl.col("value").alias("own"), pl.lit(value=True).alias("_own_corrected"))
        .unique()
    )
    rows = rows.join(corrections, on=[*place, "own"], how="left", maintain_order="left")
    budget = pl.col("scenario") == Scenario.BUDGET.value
    known = (
        observations.filter(
            pl.any_horizontal(pl.col("value", "answer").is_not_null()),
            budget | pl.col("scenario").is_in(FACTS),
        )
        .sort("document", "line", nulls_last=True)
        .group_by(
            "indicator_id",
            *period,
            pl.col("geo").alias("reference_geo"),
            budget.alias("_budget"),
            maintain_order=True,
        )
        .agg(
            pl.col("document").first().alias("reference_document"),
            pl.col("line").first().alias("reference_line"),
            pl.col("value").first().alias("_value"),
            pl.col("correction_id").first().is_not_null().alias("_corrected"),
        )
    )
    key = ["indicator_id", "reference_geo", *period, "_budget"]
    budgeted = pl.col("method") == "target"
    elsewhere = pl.col("reference").is_null() | (
        budgeted & pl.col("reference").ne_missing(pl.col("_value"))
    )
    if "reason" in rows.columns:
        decided = pl.col("reason").str.contains(DECIDED, literal=True).fill_null(value=False)
        elsewhere |= budgeted & decided
    return (
        rows.with_columns(budgeted.alias("_budget"))
        .join(known, on=key, how="left", maintain_order="left", nulls_equal=True)
        .with_columns(
            pl.when(~elsewhere).then(pl.col(name)).alias(name)
            for name in ("reference_document", "reference_line")
        )
    )


def _limits() -> pl.Expr:
    """The limits that a quartile or a confidence interval judges by."""
    lower, upper = number(pl.col("lower"), 1), number(pl.col("upper"), 1)
    return (
        pl.when(pl.col("method") == "quartile")
        .then(pl.format("gränser {} och {}, plats {} av {}", lower, upper, "rank", "compared"))
        .when(pl.col("lower").is_not_null())
        .then(pl.format("95 % konfidensintervall {}–{}", lower, upper))
    )


def of_comparisons(rows: pl.DataFrame, observations: pl.DataFrame) -> pl.DataFrame:
    """Add ``explanation`` to rows of ``COMPARISONS`` (or what follows from it).

    It names the method and its rule, the municipality's own figure and the reference with the
    document and line of each, the limits that it was held against, and writes out the gap.
    """
    answers = pl.col("method") == "answer"
    points = answers
    if "unit" in rows.columns:
        points = answers | (pl.col("unit") == "percent")
    unit = pl.col("unit").replace(UNIT_WORDS) if "unit" in rows.columns else pl.lit(None)
    own = (
        pl.when(answers)
        .then(
            pl.format(
                "{} = {}",
                pl.col("own").replace_strict(_ANSWER_OF, default=None, return_dtype=pl.String),
                number(pl.col("own")),
            )
        )
        .otherwise(number(pl.col("own"), 1))
    )
    amount = pl.concat_str(
        number(pl.col("gap"), 1, signed=True),
        pl.lit(" "),
        pl.when(points).then(pl.lit("procentenheter")).otherwise(unit),
    )
    difference = pl.col("own") - pl.col("reference")
    printed = (pl.col("method") == "target") & (
        difference.is_null() | ((pl.col("gap") - difference).abs() > _SAME)
    )
    gap = (
        pl.when(printed)
        .then(pl.format("gap = {}, den utskrivna avvikelsen mot budget", amount))
        .otherwise(
            pl.format(
                "gap = {} − {} = {}",
                number(pl.col("own"), 1),
                number(pl.col("reference"), 1),
                amount,
            )
        )
    )
    converted = (pl.col("method") == "reference") & (
        (pl.col("reference") - pl.col("_value")).abs() > _SAME
    )
    from_printed = pl.when(converted).then(
        pl.format(", omräknat med nämnarna från {}", number(pl.col("_value"), 1))
    )
    return _cited(rows, observations).select(
        *rows.columns,
        explanation=pl.concat_str(
            pl.format(
                "metod {}: {}",
                "method",
                pl.col("method").replace_strict(METHOD_RULES, default="se docs/metoder.md"),
            ),
            pl.concat_str(
                pl.lit("eget "),
                own.fill_null(
                    pl.when(answers).then(pl.lit("inget svar")).otherwise(pl.lit("saknas"))
                ),
                _place("document", "line", pl.col("_own_corrected")).fill_null(""),
            ),
            pl.concat_str(
                pl.lit("referens "),
                number(pl.col("reference"), 1).fill_null("saknas"),
                from_printed.fill_null(""),
                _place("reference_document", "reference_line", pl.col("_corrected")).fill_null(""),
            ),
            gap,
            *([_limits()] if "lower" in rows.columns else []),
            separator="; ",
            ignore_nulls=True,
        ),
    )


def of_areas(rows: pl.DataFrame) -> pl.DataFrame:
    """Add ``explanation`` to the rows of ``compare.areas``: how the share and gaps are found."""
    answered = pl.col("indicators") - pl.col("grey")
    share = pl.format(
        "andel på plats = ({} · 100 + {} · 50 + {} · 0) / {} = {} %",
        "green",
        "yellow",
        "red",
        answered,
        number(pl.col("share_in_place"), 1),
    )
    gaps = [
        pl.format(
            "{}: {} − medelvärdet av andelarna {} = {} procentenheter",
            pl.lit(word),
            number(pl.col("share_in_place"), 1),
            number(pl.col(mean), 1),
            number(pl.col(gap), 1, signed=True),
        )
        for word, mean, gap in (
            ("länet", "county_mean", "gap_county"),
            ("riket", "national_mean", "gap_national"),
        )
    ]
    return rows.with_columns(
        explanation=pl.concat_str(share, *gaps, separator="; ", ignore_nulls=True)
    )


def of_trends(rows: pl.DataFrame) -> pl.DataFrame:
    """Add ``explanation`` to the rows of ``compare.trends`` or ``compare.control_charts``."""
    place = _place("document", "line")
    if "inputs" in rows.columns:
        place = pl.format(" ({})", "inputs")
    limits = pl.format(
        "medel {}, gränser {}–{}, {} punkter",
        number(pl.col("mean"), 1),
        number(pl.col("lower"), 1).fill_null("saknas"),
        number(pl.col("upper"), 1).fill_null("saknas"),
        "points",
    )
    since = pl.format(
        "i år {} − i fjol {} = {}, {} punkter var; gräns: avståndet till den övre · √(2/{}) = {}",
        number(pl.col("this_year"), 1),
        number(pl.col("last_year"), 1),
        number(pl.col("change"), 1, signed=True),
        "compared_points",
        "compared_points",
        number(pl.col("change_limit"), 1),
    )
    return rows.with_columns(
        explanation=pl.concat_str(
            pl.col("chart").replace_strict(CHART_RULES, default="").replace("", None),
            pl.concat_str(limits, place.fill_null("")),
            *([since] if "change_limit" in rows.columns else []),
            separator="; ",
            ignore_nulls=True,
        )
    )


def of_peers(rows: pl.DataFrame) -> pl.DataFrame:
    """Add ``explanation`` to the rows of ``compare.peer_places``."""
    gap = pl.format(
        "gap = {} − medianen {} = {}",
        number(pl.col("own"), 1),
        number(pl.col("median"), 1),
        number(pl.col("gap"), 1, signed=True),
    )
    return rows.with_columns(
        explanation=pl.concat_str(
            pl.format("{} av {} kommuner i gruppen har uppgift", "compared", "members"),
            pl.concat_str(pl.lit("eget "), number(pl.col("own"), 1), _place("document", "line")),
            gap,
            separator="; ",
            ignore_nulls=True,
        )
    )
