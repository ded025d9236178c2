"""How a figure that is no plain print is marked, and where a figure is printed: one wording."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl
import polars.selectors as cs

from ojmf.compare.questions import ANSWER_METHOD
from ojmf.declarations.fetched import RECORD
from ojmf.model import ObsStatus, Origin, Reason, Statistic
from ojmf.present.words import counted

ORIGIN = ("reference_origin", "reference_counted", "reference_members")
STATISTIC_WORDS = {
    Statistic.MEDIAN.value: "median",
    Statistic.MEAN.value: "medelvärde",
    Statistic.WEIGHTED.value: "vägt medelvärde",
    Statistic.SUM.value: "summa",
}
HEADING = "Märkning"
"""The heading of the column of marks."""
CORRECTED = "rättad"
"""How the mark of a corrected figure begins."""

EXPLANATION = (
    "Rättad: dokumentet har ett tal som är fel, och det rätta följer av dokumentets egna summor. "
    "Obekräftad: uppgiften kan inte kontrolleras mot någon summa i dokumentet. "
    "Beräknad: talet står inte i något dokument utan är räknat ur arbetsytans uppgifter."
)
"""What the marks mean, for the foot of a table or a page."""
_DEFINITE = {
    Statistic.MEDIAN.value: "medianen",
    Statistic.MEAN.value: "medelvärdet",
    Statistic.WEIGHTED.value: "det vägda medelvärdet",
    Statistic.SUM.value: "summan",
}
OUT_OF = "beräknat ur arbetsytan"
"""What a sentence says of a figure that no document has."""
_VALUES = {"": ("own", "value"), "reference_": ("reference_value",), "deviation_": ("gap",)}
"""Which columns have the figure whose facts begin so."""
_SHARE_OF_YES = pl.col("method") == ANSWER_METHOD
_WORKED_OUT = pl.col("reference_origin") == Origin.COMPUTED.value


def mark(correction_id: pl.Expr, raw: pl.Expr, obs_status: pl.Expr) -> pl.Expr:
    """``rättad från ”1,2”``, ``obekräftad`` or both; null for a figure as it is printed."""
    corrected = pl.when(correction_id.is_not_null()).then(
        pl.concat_str(pl.lit(f"{CORRECTED} från ”"), raw.fill_null(""), pl.lit("”"))
    )
    unconfirmed = pl.when(obs_status == ObsStatus.UNVALIDATED.value).then(pl.lit("obekräftad"))
    return pl.concat_str(corrected, unconfirmed, separator=", ", ignore_nulls=True).replace(
        "", None
    )


def mark_of(figure: str = "") -> pl.Expr:
    """The mark of the figure whose facts are in ``<figure>raw`` and so on.

    It says what the figure has replaced where there is a column ``<figure>replaced``.
    """
    raw = pl.col(f"{figure}raw")
    # Where only the decimal mark was another, what is shown is what is printed.
    alike = _read_with_any_mark(raw) == _first_of(*_VALUES[figure])
    corrected = pl.when(~alike.fill_null(value=False)).then(f"{figure}correction_id")
    as_printed = mark(corrected, raw, pl.col(f"{figure}obs_status"))
    older = cs.by_name(f"{figure}replaced", require_all=False)
    newer = pl.lit("nyare uppgift, ersätter ") + older.as_expr()
    return pl.concat_str(as_printed, newer, separator=", ", ignore_nulls=True).replace("", None)


def _read_with_any_mark(raw: pl.Expr) -> pl.Expr:
    """A plain number with a comma or a point before its decimals; null of any other text."""
    return (
        raw.str.extract(r"^\s*([-−+]?\d+[.,]\d+)\s*%?\s*$")
        .str.replace_many(["−", ","], ["-", "."])
        .cast(pl.Float64)
    )


def _first_of(*names: str) -> pl.Expr:
    """The first column of those that a frame has; null where it has none."""
    known = cs.by_name(*names, require_all=False).as_expr()
    return pl.coalesce(known, pl.lit(None, pl.Float64))


def marks_in(column: str) -> pl.Expr:
    """The marked figures of a list of ``figures.PRINTED``: ``rad 385 rättad från ”1,2”; …``."""
    fields = (pl.element().struct.field(name) for name in ("correction_id", "raw", "obs_status"))
    place = pl.element().struct.field("place").fill_null("rad –")
    marked = pl.concat_str(place, pl.lit(" "), mark(*fields))
    return (
        pl.col(column)
        .list.eval(marked)
        .list.drop_nulls()
        .list.unique(maintain_order=True)
        .list.join("; ")
        .replace("", None)
    )


def with_marks(rows: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """The columns of a result, followed by the place and the mark of every figure in its rows.

    Where units are among them, the heading that a figure is printed under follows too: it may say
    what a plain number is.

    ``rows`` carry ``figures.PRINTED`` of the municipality's own figure and maybe of the reference
    and the printed deviation, or lists of the figures that theirs were worked out from.
    """
    known = set(rows.columns)
    heading = ["column_label"] if "unit" in columns else []
    traced = ("place", *heading, "reference_place", *ORIGIN)
    more = [pl.col(name) for name in traced if name in known]
    more += [
        mark_of(figure).alias(f"{figure}mark")
        for figure in ("", "reference_", "deviation_")
        if f"{figure}correction_id" in known
    ]
    more += [
        marks_in(f"{side}printed").alias(f"{side}marks")
        for side in ("", "own_", "reference_")
        if f"{side}printed" in known
    ]
    return rows.select(*columns, *more)


def all_marks(columns: Sequence[str], own: str = "", other: str = "referensen") -> pl.Expr:
    """The marks that :func:`with_marks` added, in one text; null where a row has none."""
    words = {
        "mark": own,
        "reference_mark": other,
        "deviation_mark": "avvikelsen",
        "marks": own,
        "own_marks": own,
        "reference_marks": other,
    }
    return named_marks({name: word for name, word in words.items() if name in columns})


def named_marks(words: Mapping[str, str]) -> pl.Expr:
    """The marks in columns in one text, each behind its word; null where a row has none."""
    said = (pl.concat_str(pl.lit(f"{word} " if word else ""), name) for name, word in words.items())
    return pl.concat_str(*said, separator="; ", ignore_nulls=True).replace("", None)


def place(document: str, figure: str = "") -> pl.Expr:
    """Where a figure is printed and how it is marked: `` (Rapport rad 385, rättad: …)``."""
    return pl.when(pl.col(document).is_not_null()).then(
        pl.concat_str(
            pl.lit(" ("),
            pl.concat_str(document, f"{figure}place", separator=" ", ignore_nulls=True),
            pl.concat_str(pl.lit(", "), mark_of(figure)).fill_null(""),
            pl.lit(")"),
        )
    )


def computed() -> pl.Expr:
    """How a computed reference was found, and of how many; null for one that is printed."""
    counted = pl.concat_str(
        "reference_counted", pl.concat_str(pl.lit(" av "), "reference_members").fill_null("")
    )
    return pl.when(_WORKED_OUT).then(
        pl.format("beräknad: {} av {} {}", _how(), counted, municipalities())
    )


def municipalities() -> pl.Expr:
    """``kommun`` or ``kommuner``, as a reference was computed of one or more."""
    of = pl.coalesce("reference_members", "reference_counted")
    return pl.when(of.cast(pl.Int64) == 1).then(pl.lit("kommun")).otherwise(pl.lit("kommuner"))


def computed_subject() -> pl.Expr:
    """What a computed reference is, as a sentence says it: ``medianen av 26 kommuner``.

    Where some have no figure it is ``medianen av 24 av 26 kommuner``, and of answers
    ``24 av 26 kommuner``; null for one that is printed.
    """
    counted, members = pl.col("reference_counted"), pl.col("reference_members")
    of = pl.when(counted < members).then(pl.format("{} av {}", counted, members))
    those = pl.format("{} {}", of.otherwise(counted.cast(pl.String)), municipalities())
    definite = pl.col("statistic").replace_strict(
        _DEFINITE, default=_DEFINITE[Statistic.MEDIAN.value]
    )
    said = pl.when(_SHARE_OF_YES).then(those).otherwise(pl.format("{} av {}", definite, those))
    return pl.when(_WORKED_OUT).then(said)


def computed_together(rows: pl.DataFrame) -> str:
    """How the references of several rows were found, in brackets after their name in a legend.

    Empty where all are printed, or where the rows tell no origin.
    """
    if "reference_counted" not in rows.columns:
        return ""
    worked_out = rows.filter(_WORKED_OUT)
    if worked_out.is_empty():
        return ""
    ways = worked_out.select(_how()).to_series().unique(maintain_order=True)
    counted = _from_to(worked_out["reference_counted"])
    of = _from_to(worked_out["reference_members"].drop_nulls())
    part = f"{worked_out.height} av {rows.height} " if worked_out.height < rows.height else ""
    among = f" av {of}" if of else ""
    those = "kommun" if (of or counted) == "1" else "kommuner"
    return f" ({part}beräknad: {' eller '.join(ways)} av {counted}{among} {those})"


def computed_by_place(rows: pl.DataFrame) -> dict[str, str]:
    """:func:`computed_together` of each place that rows are held against, by its code."""
    places = rows["reference_geo"].unique(maintain_order=True)
    return {code: computed_together(rows.filter(reference_geo=code)) for code in places}


def few_of_all(rows: pl.DataFrame) -> str:
    """Of how few of the country's municipalities quartiles are, for the legend of several rows.

    ``bara 49 av 290``; empty where no row of ``compare.frame.TRACED`` has such quartiles.
    """
    one = rows.filter(pl.col("interval") == "quartiles").unique(
        ["area_id", "indicator_id", "sex", "period_start", "period_end", "period_kind", "unit"]
    )
    few = one.filter(pl.col("reason_code") == Reason.FEW_OF_ALL.value)
    if few.is_empty():
        return ""
    part = f"för {few.height} av {one.height} mått " if few.height < one.height else ""
    return f"{part}bara {_from_to(few['compared'])} av {few['detail'][0]}"


def _from_to(counts: pl.Series) -> str:
    ends = [str(end) for end in (counts.min(), counts.max()) if end is not None]
    return "–".join(dict.fromkeys(ends))


def _how() -> pl.Expr:
    words = pl.col("statistic").replace_strict(STATISTIC_WORDS, default="median")
    return pl.when(_SHARE_OF_YES).then(pl.lit("andel JA")).otherwise(words)


def reference_mark() -> pl.Expr:
    """The mark of a reference of ``compare.frame.TRACED``, and how a computed figure was found.

    A share of JA is one of municipalities by its name; how it was found is said for all together.
    """
    how = pl.when(~_SHARE_OF_YES).then(computed())
    both = pl.concat_str(mark_of("reference_"), how, separator=", ", ignore_nulls=True)
    return both.replace("", None)


def computed_of(rows: pl.DataFrame) -> pl.Expr:
    """Within brackets after a reference that was computed; null for rows that tell no origin."""
    if "reference_counted" not in rows.columns:
        return pl.lit(None, pl.String)
    return pl.concat_str(pl.lit(" ("), computed(), pl.lit(")"))


def line_or_place() -> pl.Expr:
    """What stands under the heading Rad: the number of a line, or the place in other terms."""
    return pl.col("place").str.strip_prefix("rad ")


def place_columns(rows: pl.DataFrame) -> list[pl.Expr]:
    """The column Rad of a file for spreadsheets: numbers where every place is a line.

    Places of other kinds stand as they are, under Plats.
    """
    lines = rows["place"].str.contains(r"^rad \d+$").all()
    return [pl.col("line").alias("Rad") if lines else pl.col("place").alias("Plats")]


def in_text_version(place: str | None) -> str | None:
    """A place for a reader of the document itself, where lines are those of its text version."""
    return f"{place} i textversionen" if place and place.startswith("rad ") else place


def in_text_version_of(column: str) -> pl.Expr:
    """:func:`in_text_version` of a column."""
    place = pl.col(column)
    lines = place.str.starts_with("rad ")
    return pl.when(lines).then(pl.format("{} i textversionen", place)).otherwise(place)


def span(first: str | None, last: str | None) -> str:
    """From one place to another, with what they share said once: ``rad 5–12``."""
    if first is None or last is None:
        return first or last or "rad –"
    shared, _, start = first.rpartition(" ")
    end = last.removeprefix(f"{shared} ")
    return first if first == last else f"{shared} {start}–{end}"


def extent(first: str | None, last: str | None, count: int) -> str:
    """Where ``count`` rows stand together; of records only how many, for others' lie between."""
    if first != last and (first or "").startswith(RECORD):
        return counted(count, "post", "poster")
    return span(first, last)
