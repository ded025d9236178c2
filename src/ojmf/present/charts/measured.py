"""The dumbbell chart of figures: what shares an axis, what each stands beside, and its band."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import polars as pl

from ojmf.compare.against import OWN_KINDS
from ojmf.compare.weighing import largest_gaps
from ojmf.geography import county_of
from ojmf.model import COUNTRY, ReferenceKind, Status, Verdict
from ojmf.present.charts import style
from ojmf.present.charts.areas import colours_counted
from ojmf.present.charts.row_chart import MARKS, row_chart
from ojmf.present.formats import (
    EARLIER_YEAR,
    earlier_in_words,
    earlier_period,
    period,
    period_in_words,
)
from ojmf.present.marks import (
    computed_together,
    few_of_all,
    mark_of,
    named_marks,
    reference_mark,
)
from ojmf.present.superlatives import named
from ojmf.present.units import figure_with, unit_word, unit_word_of
from ojmf.present.view_columns import shown_decimals
from ojmf.present.words import (
    REFERENCE_WORDS,
    STATUS_WORDS,
    UNIT_WORDS,
    VERDICT_TERMS,
    capital,
    listed,
)
from ojmf.printed import number

_SPAN = 10.0
"""How many times larger a row may be than another on the same axis."""
_ROW = ["area_id", "indicator_id", "sex", "period_start", "period_end", "period_kind", "unit"]
_SHARES = ("percent", "percentage_points")
_HALF = 50.0
"""Shares under this have a scale of their own, where 0 to 100 % would hide how they differ."""
_STATUS = {status.value: word for status, word in STATUS_WORDS.items()}
_VERDICTS = {
    verdict: symbol if verdict == Verdict.SIMILAR.value else word
    for verdict, (symbol, word) in VERDICT_TERMS.items()
}
"""No sure difference has its symbol alone, for a row of text to hold two of them."""
_BANDS = {
    "quartiles": "mellersta hälften av kommunerna",
    "confidence": "95 % konfidensintervall",
}


def drawable(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of ``compare.frame.TRACED`` that have a figure and something to stand beside."""
    beside = pl.col("reference").is_not_null() | (pl.col("interval") == "quartiles")
    return rows.filter(pl.col("own").is_not_null() & beside.fill_null(value=False))


def sharing_an_axis(rows: pl.DataFrame, *, by_area: bool = True) -> dict[str, pl.DataFrame]:
    """Rows of :func:`drawable` by what one axis can hold, under names for files.

    An axis holds one unit (of one area), and none whose figures are so much larger than the others'
    that these would be dots at the edge.
    """
    parts = dict[str, pl.DataFrame]()
    of = ["area_id", "unit"] if by_area else ["unit"]
    for names, same in rows.partition_by(of, as_dict=True, maintain_order=True).items():
        largest = pl.max_horizontal(pl.col("own", "reference").abs()).max().over(_ROW)
        sized = same.with_columns(_size=largest)
        sizes = sized["_size"].unique().sort(descending=True).to_list()
        tops = list[float]()
        for size in sizes:
            if not tops or size * _SPAN < tops[-1]:
                tops.append(size)
        for n, top in enumerate(tops, start=1):
            floor = tops[n] if n < len(tops) else -1.0
            on_axis = sized.filter(pl.col("_size") <= top, pl.col("_size") > floor)
            part = [*names, *([str(n)] if len(tops) > 1 else [])]
            parts["-".join(map(str, part))] = on_axis.drop("_size")
    return parts


@style.unchecked
def figure_chart(
    rows: pl.DataFrame, *, title: str, own_name: str, names: Mapping[str, str], width: int = 760
) -> alt.LayerChart:
    """A dumbbell per figure: the municipality's own and what it stands beside, on one scale.

    ``rows`` are those of :func:`drawable` of one municipality and one unit, which stands in the
    title. The band behind a row is the middle half of the municipalities where quartiles colour it,
    or else the confidence interval of the own figure. ``names`` are those of places by code.

    Raises ``SelectionError`` for rows of several municipalities or units.
    """
    style.refuse_mixed(rows, ["geo", "unit"], "Flera kommuner eller enheter")
    unit = _unit_of(rows)
    coded = rows.with_columns(
        code=pl.when(pl.col("reference_kind").is_in([kind.value for kind in OWN_KINDS]))
        .then("reference_kind")
        .otherwise("reference_geo"),
        mark=mark_of(),
        reference_mark=mark_of("reference_"),
        found=reference_mark(),
        deviation_mark=mark_of("deviation_"),
        own_decimals="decimals",
    ).with_columns(shown=shown_decimals(0))
    beside = coded.filter(pl.col("reference").is_not_null())
    called = {
        code: _called(code, beside, names) for code in beside["code"].unique(maintain_order=True)
    }
    computed = {code: computed_together(beside.filter(code=code)) for code in called}
    table = _side_by_side(coded, list(called))
    shapes = {code: MARKS[place % len(MARKS)] for place, code in enumerate(called)}
    uncoloured = (table["status"] == Status.GREY.value).any()
    few = few_of_all(rows)
    bands = [
        f"{word}{f' ({few})' if few and interval == 'quartiles' else ''}"
        for interval, word in _BANDS.items()
        if interval in table["interval"]
    ]
    keys = [
        *(
            style.Key(shape, style.STATUS_COLOURS[status], f"{own_name}: {_STATUS[status]}")
            for status, shape in style.STATUS_SHAPES.items()
            if status in table["status"]
        ),
        *([style.Key(style.UNCOLOURED, style.OWN, own_name)] if uncoloured else []),
        *(
            style.Key(shapes[code][0], style.INK, f"{capital(name)}{computed[code]}", filled=False)
            for code, name in called.items()
        ),
        *([style.Key("square", style.GRID, " eller ".join(bands))] if bands else []),
    ]
    figures = ["own", "lower", "upper", *(f"reference_{code}" for code in called)]
    largest = table.select(pl.max_horizontal(figures).max())[0, 0]
    chart = row_chart(
        table.with_columns(note=_note(called)),
        figures,
        shapes,
        keys,
        width,
        shares=rows["unit"][0] in _SHARES and bool(largest > _HALF),
    )
    beside_what = f", jämfört med {listed(list(called.values()))}" if called else ""
    titled = f"{title}{beside_what}{f' ({unit})' if unit else ''}"
    return style.finished(
        chart,
        titled,
        _told(table, beside, titled, called, few),
        _cells(table, own_name, called),
        width,
    )


def _called(code: str, beside: pl.DataFrame, names: Mapping[str, str]) -> str:
    """What a reference is called inside a sentence."""
    if code == ReferenceKind.EARLIER.value:
        return earlier_in_words(beside.filter(code=code))
    nearest = {COUNTRY: ReferenceKind.COUNTRY, county_of(beside["geo"][0]): ReferenceKind.COUNTY}
    word = nearest[code].value if code in nearest else code
    return REFERENCE_WORDS[word] if word in REFERENCE_WORDS else names.get(code, code)


def _side_by_side(coded: pl.DataFrame, codes: list[str]) -> pl.DataFrame:
    """One row per figure, with its reference_<code>, gap_, verdict_, when_ and marks of each."""
    several = coded.select(pl.struct("period_start", "period_end").n_unique() > 1).item()
    label = pl.format("{}, {}", "label", period()) if several else pl.col("label")
    of_row = ["own", "status", "interval", "lower", "upper", "mark", "shown"]
    table = (
        coded.with_columns(label=label)
        .group_by(_ROW, maintain_order=True)
        .agg(pl.col("label", *of_row).first())
    )
    for code in codes:
        theirs = coded.filter(code=code).select(
            *_ROW,
            pl.col("reference").alias(f"reference_{code}"),
            pl.col("gap").alias(f"gap_{code}"),
            pl.col("verdict").replace(_VERDICTS).alias(f"verdict_{code}"),
            earlier_period().alias(f"when_{code}"),
            pl.col("reference_mark").alias(f"mark_{code}"),
            pl.col("found").alias(f"found_{code}"),
            pl.col("deviation_mark").alias(f"deviation_{code}"),
        )
        table = table.join(theirs, on=_ROW, how="left", nulls_equal=True, maintain_order="left")
    return table


def _note(called: Mapping[str, str]) -> pl.Expr:
    """The own figure, its colour, and the gap to each reference, with the verdict."""
    decimals = pl.col("shown")
    colour = pl.when(pl.col("status") != Status.GREY.value).then(
        pl.col("status").replace(_STATUS).str.to_lowercase()
    )
    gaps = [
        pl.concat_str(
            # A row has one earlier period, also where the rows have several between them.
            *([f"when_{code}", pl.lit(" ")] if _is_earlier(code, name) else [pl.lit(f"{name} ")]),
            number(pl.col(f"gap_{code}"), decimals, signed=True),
            pl.format(" ({})", pl.col(f"verdict_{code}")).fill_null(""),
        )
        for code, name in called.items()
    ]
    marks = _marks("mark", called)
    own = number(pl.col("own"), decimals)
    return pl.concat_str(own, colour, *gaps, marks, separator="  ·  ", ignore_nulls=True)


def _marks(of_reference: str, called: Mapping[str, str]) -> pl.Expr:
    """The marks of the own figure, of each reference and of the deviation that a document has."""
    references = {f"{of_reference}_{code}": name for code, name in called.items()}
    deviations = {f"deviation_{code}": "avvikelsen" for code in called}
    return named_marks({"mark": "", **references, **deviations})


def _is_earlier(code: str, name: str) -> bool:
    """Whether a reference is of earlier periods that are not the year before throughout."""
    return code == ReferenceKind.EARLIER.value and name != EARLIER_YEAR


def _told(
    table: pl.DataFrame, beside: pl.DataFrame, title: str, called: Mapping[str, str], few: str
) -> str:
    """The text alternative: how many figures, their colours, what is of few, the worst gaps."""
    colours = table.select(
        (pl.col("status") == status.value).sum().alias(status.value)
        if status is not Status.GREY
        else pl.lit(0).alias(status.value)
        for status in Status
    ).select(colours_counted())[0, 0]
    sentences = [f"{title}.", f"{table.height} mått{': ' if colours else ''}{colours}."]
    if few:
        sentences.append(f"{capital(_BANDS['quartiles'])}: {few}.")
    for code, name in called.items():
        if found := computed_together(beside.filter(code=code)):
            sentences.append(f"{capital(name)}{found}.")
        shown = number(pl.col("gap"), pl.col("shown"), signed=True).alias("_gap")
        first = largest_gaps(beside.filter(code=code)).with_columns(shown)
        if first.is_empty():
            continue
        unit = unit_word_of(first["unit"][0], first["label"][0], gap=True)
        gap = figure_with(first["_gap"][0], unit)
        alike = pl.struct("_gap", "unit", "gap_relative", "period_end")
        first = first.filter(alike.eq_missing(alike.first()))
        directed = first["gap_better"][0]
        lead = "Sämst mot" if directed is not None and directed < 0 else "Skillnad mot"
        label, when = named(first["label"].to_list()), first.select(period_in_words())[0, 0]
        sentences.append(f"{lead} {name}: {label} ({when}), {gap}.")
    return " ".join(sentences)


def _unit_of(rows: pl.DataFrame) -> str:
    """The word of the unit of rows that have one; what is per different things has its own."""
    unit = rows["unit"][0]
    words = rows.select(unit_word().unique()).to_series()
    return str(words[0]) if len(words) == 1 else UNIT_WORDS.get(unit, unit)


def _cells(table: pl.DataFrame, own_name: str, called: Mapping[str, str]) -> pl.DataFrame:
    decimals = pl.col("shown")
    marks = _marks("found", called)
    return table.select(
        pl.col("label").alias("Mått"),
        pl.col("status").replace(_STATUS).alias("Status"),
        number(pl.col("own"), decimals).alias(own_name),
        *(
            number(pl.col(f"reference_{code}"), decimals).alias(capital(name))
            for code, name in called.items()
        ),
        *(
            number(pl.col(f"gap_{code}"), decimals, signed=True).alias(f"Skillnad mot {name}")
            for code, name in called.items()
        ),
        number(pl.col("lower"), decimals).alias("Nedre gräns"),
        number(pl.col("upper"), decimals).alias("Övre gräns"),
        marks.alias("Märkning"),
    ).pipe(lambda cells: cells.select(c for c in cells if c.null_count() < cells.height))
