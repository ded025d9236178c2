"""How a result came about, in one Swedish sentence per row: method, formula, inputs, lines."""

from __future__ import annotations

import polars as pl

from ojmf.model import Answer
from ojmf.present.formats import number
from ojmf.present.words import UNIT_WORDS

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
_ANSWER_OF = {100.0: Answer.YES, 50.0: Answer.PARTLY, 0.0: Answer.NO}


def _place(document: str, line: str) -> pl.Expr:
    return pl.when(pl.col(document).is_not_null()).then(
        pl.format(" ({} rad {})", document, pl.col(line).fill_null(0))
    )


def _references(observations: pl.DataFrame) -> pl.DataFrame:
    """Where the latest reference value of each indicator and place is printed."""
    return (
        observations.filter(pl.col("value").is_not_null())
        .sort("period_end")
        .group_by("indicator_id", pl.col("geo").alias("reference_geo"))
        .agg(
            pl.col("document").last().alias("reference_document"),
            pl.col("line").last().alias("reference_line"),
        )
    )


def of_comparisons(rows: pl.DataFrame, observations: pl.DataFrame) -> pl.DataFrame:
    """Add ``explanation`` to rows of ``COMPARISONS`` (or what follows from it).

    It names the method and its rule, the municipality's own figure and the reference with the
    document and line of each, and writes out the gap.
    """
    answers = pl.col("method") == "answer"
    unit = (
        pl.col("unit").replace(UNIT_WORDS) if "unit" in rows.columns else pl.lit("procentenheter")
    )
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
    gap = pl.format(
        "gap = {} − {} = {} {}",
        number(pl.col("own"), 1),
        number(pl.col("reference"), 1),
        number(pl.col("gap"), 1, signed=True),
        pl.when(answers).then(pl.lit("procentenheter")).otherwise(unit),
    )
    known = _references(observations)
    placed = rows.join(
        known, on=["indicator_id", "reference_geo"], how="left", maintain_order="left"
    )
    return placed.with_columns(
        explanation=pl.concat_str(
            pl.format(
                "metod {}: {}",
                "method",
                pl.col("method").replace_strict(METHOD_RULES, default="se docs/metoder.md"),
            ),
            pl.concat_str(
                pl.lit("eget "),
                own.fill_null("inget svar"),
                _place("document", "line").fill_null(""),
            ),
            pl.concat_str(
                pl.lit("referens "),
                number(pl.col("reference"), 1).fill_null("saknas"),
                _place("reference_document", "reference_line").fill_null(""),
            ),
            gap,
            separator="; ",
            ignore_nulls=True,
        )
    ).drop("reference_document", "reference_line")


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
            pl.concat_str(limits, _place("document", "line").fill_null("")),
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
