"""How a result came about, in one Swedish sentence per row: method, formula, inputs, lines."""

from __future__ import annotations

import polars as pl

from ojmf.model import Answer, ReferenceKind
from ojmf.present.formats import with_unit
from ojmf.present.marks import computed_of, mark_of, marks_in, place
from ojmf.present.units import unit_word
from ojmf.printed import number

METHOD_RULES = {
    "answer": "JA = 100 grön, DELVIS = 50 gul, NEJ = 0 röd, inget svar grå",
    "quartile": "bästa fjärdedelen av kommunerna grön, sämsta röd, övriga gula",
    "reference": "bättre, ingen säker skillnad eller sämre än referensvärdet",
    "target": "utfall eller prognos mot budget eller beslutat mål; plus är bättre än budget",
    "neutral": "utan riktning: högre eller lägre, ingen färg",
}
CHART_RULES = {
    "xmr": "XmR-diagram: medelvärdet ± 2,66 gånger medelvärdet av skillnaderna mellan närliggande "
    "månader, sedan skillnader över 3,267 gånger det räknats bort",
    "c": "c-diagram: medelvärdet ± 3 gånger roten ur det",
}
_SAME = 1e-9
_ANSWER_OF = {100.0: Answer.YES, 50.0: Answer.PARTLY, 0.0: Answer.NO}


def _limits() -> pl.Expr:
    """The limits that a quartile or a confidence interval judges by."""
    lower, upper = number(pl.col("lower"), 1), number(pl.col("upper"), 1)
    return (
        pl.when(pl.col("method") == "quartile")
        .then(pl.format("gränser {} och {}, plats {} av {}", lower, upper, "rank", "compared"))
        .when(pl.col("lower").is_not_null())
        .then(pl.format("95 % konfidensintervall {}–{}", lower, upper))
    )


def of_comparisons(rows: pl.DataFrame) -> pl.DataFrame:
    """Add ``explanation`` to the rows of ``compare.frame.TRACED``.

    It names the method and its rule, the municipality's own figure and the reference with the
    document, place and mark of each, the limits that it was held against, and writes out the gap.
    Only a reference that is printed has a place; a decided target has none.
    """
    answers = pl.col("method") == "answer"
    points = answers
    if "unit" in rows.columns:
        points = answers | (pl.col("unit") == "percent")
    unit = unit_word() if {"unit", "label"} <= {*rows.columns} else pl.lit(None)
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
    points = pl.when(points).then(pl.lit("procentenheter"))
    amount = with_unit(number(pl.col("gap"), 1, signed=True), points.otherwise(unit))
    difference = pl.col("own") - pl.col("reference")
    aimed = pl.col("method") == "target"
    if "reference_kind" in rows.columns:
        aimed |= pl.col("reference_kind") == ReferenceKind.BUDGET.value
    printed = aimed & (difference.is_null() | ((pl.col("gap") - difference).abs() > _SAME))
    turned = (pl.col("gap") * difference < 0).fill_null(value=False)
    gap = (
        pl.when(printed)
        .then(
            pl.format(
                "skillnad = {}, avvikelsen mot budget som den står i dokumentet{}",
                amount,
                pl.when(turned)
                .then(pl.lit(", med omvänt tecken mot eget − referens"))
                .otherwise(pl.lit("")),
            )
        )
        .otherwise(
            pl.format(
                "skillnad = {} − {} = {}",
                number(pl.col("own"), 1),
                number(pl.col("reference"), 1),
                amount,
            )
        )
    )
    from_printed = pl.lit("")
    if "reference_value" in rows.columns:
        converted = (pl.col("reference") - pl.col("reference_value")).abs() > _SAME
        from_printed = pl.when(converted).then(
            pl.format(", omräknat med nämnarna från {}", number(pl.col("reference_value"), 1))
        )
    if "deviation_raw" in rows.columns:
        gap += pl.concat_str(pl.lit(", avvikelsen "), mark_of("deviation_")).fill_null("")
    return rows.with_columns(
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
                place("document").fill_null(""),
            ),
            pl.concat_str(
                pl.lit("referens "),
                number(pl.col("reference"), 1).fill_null("saknas"),
                from_printed.fill_null(""),
                computed_of(rows).fill_null(""),
                place("reference_document", "reference_").fill_null(""),
            ),
            gap,
            *([_limits()] if "lower" in rows.columns else []),
            separator="; ",
            ignore_nulls=True,
        ),
    )


def of_areas(rows: pl.DataFrame) -> pl.DataFrame:
    """Add ``explanation`` to the rows of ``compare.areas``: how its figures are found."""
    answered = pl.col("indicators") - pl.col("grey")
    share = pl.format(
        "andel JA = {} / {} = {} %", "green", answered, number(pl.col("share_yes"), 1)
    )
    mean = pl.format(
        "medelvärde av svaren = ({} · 100 + {} · 50 + {} · 0) / {} = {}",
        "green",
        "yellow",
        "red",
        answered,
        number(pl.col("share_in_place"), 1),
    )
    gaps = [
        pl.format(
            "{}: andel JA {} − {} = {} procentenheter",
            pl.lit(word),
            number(pl.col(column) + pl.col(gap), 1),
            number(pl.col(column), 1),
            number(pl.col(gap), 1, signed=True),
        )
        for word, column, gap in (
            ("länet", "county_mean", "gap_county"),
            ("riket", "national_mean", "gap_national"),
        )
    ]
    return rows.with_columns(
        explanation=pl.concat_str(share, *gaps, mean, separator="; ", ignore_nulls=True)
    )


def of_trends(rows: pl.DataFrame) -> pl.DataFrame:
    """Add ``explanation`` to the rows of ``traced_trends`` or ``traced_points``."""
    printed = place("document")
    if "inputs" in rows.columns:
        marks = pl.concat_str(pl.lit("; "), marks_in("printed")).fill_null("")
        printed = pl.format(" ({}{})", "inputs", marks)
    limits = pl.format(
        "medel {}, gränser {}–{}, {} punkter",
        number(pl.col("mean"), 1),
        number(pl.col("lower"), 1).fill_null("saknas"),
        number(pl.col("upper"), 1).fill_null("saknas"),
        "points",
    )
    since = pl.format(
        "det senaste året {} − året före {} = {}, {} punkter var; gräns: avståndet till den övre "
        "· √(2/{}) = {}",
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
            pl.concat_str(limits, printed.fill_null("")),
            *([since] if "change_limit" in rows.columns else []),
            separator="; ",
            ignore_nulls=True,
        )
    )


def of_peers(rows: pl.DataFrame) -> pl.DataFrame:
    """Add ``explanation`` to the rows of ``traced_peers``."""
    gap = pl.format(
        "skillnad = {} − medianen {} = {}",
        number(pl.col("own"), 1),
        number(pl.col("median"), 1),
        number(pl.col("gap"), 1, signed=True),
    )
    return rows.with_columns(
        explanation=pl.concat_str(
            pl.format("{} av {} kommuner i gruppen har uppgift", "compared", "members"),
            pl.concat_str(pl.lit("eget "), number(pl.col("own"), 1), place("document")),
            gap,
            separator="; ",
            ignore_nulls=True,
        )
    )
