"""The dumbbell chart of gaps: own figure and references on one scale, a row per indicator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import polars as pl

from ojmf.model import Status
from ojmf.present.charts import style
from ojmf.present.charts.areas import colours_counted, inside, or_dash, plain
from ojmf.present.charts.row_chart import MARKS, row_chart
from ojmf.present.marks import computed_by_place, mark_of, named_marks
from ojmf.present.superlatives import named
from ojmf.present.words import STATUS_WORDS, capital, counted
from ojmf.printed import number

_KEY = ["area_id", "indicator_id", "sex", "period_start", "period_end", "period_kind"]
"""What a row of the chart is, of these what the frame has."""
_UNCOLOURED = pl.col("status") == Status.GREY.value
_WORDS = {status.value: word for status, word in STATUS_WORDS.items()}


@style.unchecked
def gap_chart(
    comparisons: pl.DataFrame,
    *,
    title: str = "Skillnad mot jämförelseområden",
    own_name: str = "Kommunen",
    names: Mapping[str, str] | None = None,
    width: int = 760,
) -> alt.LayerChart:
    """A dumbbell per indicator: the municipality's own figure and the references on one scale.

    ``comparisons`` is ``schema.COMPARISONS`` of one municipality, against one reference area or
    several stacked (the county and the country); rows stand in the order of the first one. With
    the columns of ``answers.ANSWERED`` corrected and unconfirmed figures are marked in words. An
    indicator without an answer keeps its row. The scale is 0 to 100 % where every figure is
    inside that. The status is shown by shape, colour and word, the references by shape and place.

    Raises ``SelectionError`` for rows of several municipalities or units.
    """
    style.refuse_mixed(comparisons, ["geo", "unit"], "Flera kommuner eller enheter")
    comparisons = _marked(comparisons)
    references = comparisons["reference_geo"].unique(maintain_order=True).to_list()
    computed = computed_by_place(comparisons)
    table = _side_by_side(comparisons, references)
    called = {code: style.reference_name(code, names) for code in references}
    shapes = {code: MARKS[place % len(MARKS)] for place, code in enumerate(references)}
    keys = [
        *(
            style.Key(
                shape, style.STATUS_COLOURS[status], f"{own_name}: {STATUS_WORDS[Status(status)]}"
            )
            for status, shape in style.STATUS_SHAPES.items()
            if status in table["status"]
        ),
        *(
            [style.Key(style.UNCOLOURED, style.OWN, own_name)]
            if table.select((_UNCOLOURED & pl.col("own").is_not_null()).any())[0, 0]
            else []
        ),
        *(
            style.Key(shapes[code][0], style.INK, f"{capital(called[code])}{how}", filled=False)
            for code, how in computed.items()
        ),
    ]
    figures = ["own", *(f"reference_{code}" for code in references)]
    parts = (table[f"gap_{code}"].drop_nulls() for code in references)
    decimals = 1 if any((part != part.round()).any() for part in parts) else 0
    notes = [
        pl.format(
            f"{plain(called[code])} {{}}",
            or_dash(number(pl.col(f"gap_{code}"), decimals, signed=True)),
        )
        for code in references
    ]
    figure = pl.format(f"{plain(own_name)} {{}}", number(pl.col("own"), decimals))
    word = pl.when(_UNCOLOURED & figure.is_not_null()).then(figure).otherwise(_word())
    marks = named_marks(
        {"mark": "", **{f"mark_{code}": inside(name) for code, name in called.items()}}
    )
    note = pl.concat_str(word, *notes, separator="  ·  ")
    if marked := table.select(marks.is_not_null().any()).item():
        note = pl.concat_str(note, marks, separator="  ·  ", ignore_nulls=True)
    chart = row_chart(table.with_columns(note.alias("note")), figures, shapes, keys, width)
    return style.finished(
        chart,
        title,
        _gap_text(table, title, called, computed, decimals),
        _gap_cells(table, own_name, called, decimals).with_columns(
            *([table.select(marks.alias("Märkning")).to_series()] if marked else [])
        ),
        width,
    )


def _word() -> pl.Expr:
    """The word of a status, but for a figure that has no colour."""
    without = _UNCOLOURED & pl.col("own").is_not_null()
    return pl.when(~without).then(pl.col("status").replace(_WORDS))


def _marked(comparisons: pl.DataFrame) -> pl.DataFrame:
    """The rows with mark and reference_mark, null where nothing tells how a figure was printed."""
    if "mark" in comparisons.columns:
        return comparisons
    known = "correction_id" in comparisons.columns
    nothing = pl.lit(None, pl.String)
    return comparisons.with_columns(
        (mark_of(figure) if known else nothing).alias(f"{figure}mark")
        for figure in ("", "reference_")
    )


def _side_by_side(comparisons: pl.DataFrame, references: Sequence[str]) -> pl.DataFrame:
    """One row per indicator, with reference_<code>, gap_<code> and mark_<code>."""
    key = [name for name in _KEY if name in comparisons.columns]
    table = comparisons.select(*key, "label", "own", "status", "mark").unique(
        subset=key, keep="first", maintain_order=True
    )
    for code in references:
        table = table.join(
            comparisons.filter(pl.col("reference_geo") == code).select(
                *key,
                pl.col("reference").alias(f"reference_{code}"),
                pl.col("gap").alias(f"gap_{code}"),
                pl.col("reference_mark").alias(f"mark_{code}"),
            ),
            on=key,
            how="left",
            nulls_equal=True,
            maintain_order="left",
        )
    return table


def _gap_text(
    table: pl.DataFrame,
    title: str,
    called: Mapping[str, str],
    computed: Mapping[str, str],
    decimals: int,
) -> str:
    counts = table.select(
        (pl.col("status") == status.value).sum().alias(status.value) for status in Status
    ).select(colours_counted())[0, 0]
    if table.is_empty():
        return f"{title}. Inga uppgifter att visa."
    unanswered = table.filter(pl.col("own").is_null()).height
    if table["status"].eq(Status.GREY.value).all() and unanswered < table.height:
        counts = f"{unanswered} utan uppgift" if unanswered else "alla med uppgift"
    answers = table["status"].ne(Status.GREY.value).any()
    one, many = ("fråga", "frågor") if answers else ("uppgift", "uppgifter")
    # A lower figure is behind only where it is known which direction is good.
    behind, furthest = ("efter", "Längst efter") if answers else ("under", "Mest under")
    sentences = [f"{title}.", f"{counted(table.height, one, many)}: {counts}."]
    for code, name in called.items():
        if computed[code]:
            sentences.append(f"{capital(name)}{computed[code]}.")
        gap = f"gap_{code}"
        shown = number(pl.col(gap).abs(), decimals).alias("_shown")
        largest = table.filter(pl.col(gap) < 0).sort(gap, maintain_order=True).with_columns(shown)
        if largest.is_empty():
            sentences.append(f"Ingen {one} ligger {behind} {inside(name)}.")
        else:
            figure = largest["_shown"][0]
            labels = named(largest.filter(_shown=figure)["label"].to_list())
            unit = " procentenheter" if answers else ""
            sentences.append(f"{furthest} {inside(name)}: {labels}, {figure}{unit}.")
    return " ".join(sentences)


def _gap_cells(
    table: pl.DataFrame, own_name: str, called: Mapping[str, str], decimals: int
) -> pl.DataFrame:
    return table.select(
        pl.col("label").alias("Indikator"),
        _word().alias("Status"),
        number(pl.col("own"), decimals).alias(own_name),
        *(
            number(pl.col(f"reference_{code}"), decimals).alias(name)
            for code, name in called.items()
        ),
        *(
            number(pl.col(f"gap_{code}"), decimals, signed=True).alias(
                f"Skillnad mot {inside(name)}"
            )
            for code, name in called.items()
        ),
    )
