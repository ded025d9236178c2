"""The profile of the areas: the share of JA as a bar, beside the county and the country."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import polars as pl

from ojmf.model import COUNTRY, Status
from ojmf.present.area_rows import gaps_of_fewer
from ojmf.present.charts import style
from ojmf.present.charts.row_chart import ABOVE, BELOW, row_chart
from ojmf.present.words import STATUS_WORDS, capital
from ojmf.printed import number

_COUNTY = "county"
_COUNTED = {
    Status.GREEN: ("grön", "gröna"),
    Status.YELLOW: ("gul", "gula"),
    Status.RED: ("röd", "röda"),
    Status.GREY: ("utan svar", "utan svar"),
}


@style.unchecked
def area_chart(
    areas: pl.DataFrame,
    *,
    title: str = "Andel JA per område",
    own_name: str = "Kommunen",
    county_name: str = "Länet",
    computed: Mapping[str, str] | None = None,
    width: int = 760,
) -> alt.LayerChart:
    """The profile of the areas: the share of JA as a bar, the county and the country beside it.

    ``areas`` is what ``compare.areas`` returns; shares in percent. An area without answers keeps
    its row and says so. ``computed`` says by code how the shares of places were found that no
    document has.
    """
    shapes = {_COUNTY: ABOVE, COUNTRY: BELOW}
    called = {_COUNTY: county_name, COUNTRY: "Riket"}
    of_country = (computed or {}).get(COUNTRY, "")
    of_county = next((text for code, text in (computed or {}).items() if code != COUNTRY), "")
    how = {_COUNTY: of_county, COUNTRY: of_country}
    table = areas.select(
        pl.col("area_name").alias("label"),
        pl.lit(None, pl.String).alias("status"),
        pl.col("share_yes").alias("own"),
        pl.col("county_mean").alias(f"reference_{_COUNTY}"),
        pl.col("national_mean").alias(f"reference_{COUNTRY}"),
        *(status.value for status in Status),
    )
    share = pl.format("{} % JA", number(pl.col("own"), 1))
    note = pl.concat_str(share.fill_null("inga svar"), colours_counted(), separator="  ·  ")
    keys = [
        style.Key("square", style.OWN, f"{own_name}, andel JA (%)"),
        *(
            style.Key(shapes[code][0], style.INK, f"{called[code]}, medel{how[code]}", filled=False)
            for code in called
        ),
    ]
    figures = ["own", *(f"reference_{code}" for code in called)]
    chart = row_chart(
        table.with_columns(note.alias("note")), figures, shapes, keys, width, bars=True
    )
    sentences = table.select(
        pl.format(
            f"{{}}: {{}}, {plain(inside(county_name))} {{}}, riket {{}}, {{}}.",
            "label",
            share.fill_null("inga svar"),
            *(
                or_dash(pl.format("{} %", number(pl.col(f"reference_{code}"), 1)))
                for code in called
            ),
            colours_counted(),
        )
    ).to_series()
    cells = table.select(
        pl.col("label").alias("Område"),
        *(
            number(pl.col(figure), 1).alias(heading)
            for figure, heading in zip(
                figures,
                [f"{own_name} (%)", *(f"{called[code]} (%)" for code in called)],
                strict=True,
            )
        ),
        *(pl.col(s.value).cast(pl.String).alias(STATUS_WORDS[s]) for s in Status),
    )
    told = [f"{capital(called[code])}{text}." for code, text in how.items() if text]
    told += gaps_of_fewer(areas)
    return style.finished(chart, title, " ".join([f"{title}.", *sentences, *told]), cells, width)


def colours_counted() -> pl.Expr:
    """The number of each status in words, those that occur: 16 gröna, 1 röd."""
    return pl.concat_str(
        *(
            pl.when(pl.col(status.value) > 0).then(
                pl.format(
                    "{} {}",
                    status.value,
                    pl.when(pl.col(status.value) == 1).then(pl.lit(one)).otherwise(pl.lit(many)),
                )
            )
            for status, (one, many) in _COUNTED.items()
        ),
        separator=", ",
        ignore_nulls=True,
    )


def or_dash(text: pl.Expr) -> pl.Expr:
    """The text, or a dash where there is none."""
    return text.fill_null(style.DASH)


def plain(text: str) -> str:
    """A text that can stand in a format string."""
    return text.replace("{", "(").replace("}", ")")


def inside(name: str) -> str:
    """A name as it stands inside a sentence."""
    return name.lower() if name in {"Länet", "Riket"} else name
