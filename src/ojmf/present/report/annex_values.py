"""What a template can show of the tables: their areas, rows and sources, all texts in Swedish."""

from __future__ import annotations

from dataclasses import asdict, replace

import polars as pl

from ojmf.compare.questions import ANSWER_METHOD
from ojmf.present.annex.documents import dated_name
from ojmf.present.annex.named_sources import area_source, named_beside, source_places
from ojmf.present.annex.rows import Comparison
from ojmf.present.annex.views import (
    FILLS,
    Part,
    comment,
    counts,
    difference_beside,
    explanation,
    gap,
    marks,
    own_text,
    parts,
    period_text,
    reason_text,
    share,
    stated_difference,
    status_label,
    title,
    unit_text,
)
from ojmf.present.area_rows import AreaFigures, area_figures
from ojmf.present.marks import in_text_version_of, line_or_place
from ojmf.present.report.annex_columns import (
    ALONE_ANNEX,
    ANNEX,
    FIGURE_ANNEX,
    WIDE,
    fitted,
    lengths_of,
)
from ojmf.present.report.breaking import begin_pages
from ojmf.present.report.notes import clean
from ojmf.present.report.values import (
    WRITE,
    Paragraphs,
    ShownArea,
    ShownRow,
    TableValues,
)
from ojmf.printed import swedish

_NOTHING = "–"
_JUDGED = ("green", "yellow", "red", "better", "similar", "equal", "worse")
"""What a figure is counted as that there is something to assess of."""


def table_values(comparison: Comparison, *, pointed: bool = True) -> TableValues:
    """The placeholders of a comparison table.

    Where a comment is not at hand, its line stands in its place if ``pointed``.
    """
    areas = _areas(comparison, pointed=pointed)
    asked = comparison.areas.height
    return TableValues(
        rubrik=title(comparison),
        kommun=comparison.place,
        kommunkod=comparison.geo,
        lan=comparison.county,
        lasanvisning=" ".join(explanation(comparison)),
        omraden=areas,
        svarsomraden=areas[:asked],
        mattomraden=areas[asked:],
        kallor=_sources(comparison),
    )


def _areas(comparison: Comparison, *, pointed: bool) -> tuple[ShownArea, ...]:
    """The areas with answers, then those of figures, in the order of ``views.parts``."""
    answers = area_figures(comparison.areas)
    annexes = parts(comparison)
    shown = [
        _area(comparison, area, annexes[number - 1], number, pointed=pointed)
        for number, area in enumerate(answers, 1)
    ]
    figures = comparison.figure_areas.to_dicts()
    for number, (row, part) in enumerate(
        zip(figures, annexes[len(shown) :], strict=True), len(shown) + 1
    ):
        name = clean(part.name)
        reason = None if row["with_gap"] else _one_reason(part.rows)
        shown.append(
            ShownArea(
                nummer=number,
                namn=name,
                rubrik=f"Bilaga {number}. {name}",
                antal=row["figures"],
                grona=row["green"],
                gula=row["yellow"],
                roda=row["red"],
                ej_svar=0,
                antal_text=f"{part.counts}.{f' Kan inte jämföras: {reason}.' if reason else ''}",
                andel=_NOTHING,
                lan=_NOTHING,
                riket=_NOTHING,
                gap_lan=_NOTHING,
                gap_riket=_NOTHING,
                kan_jamforas=row["with_gap"],
                battre=row["better"],
                likvardiga=row["similar"],
                lika=row["equal"],
                samre=row["worse"],
                hogre=row["above"],
                lagre=row["below"],
                utan_bedomning=row["unjudged"],
                kalla=clean(area_source(comparison, part.rows)),
                jamfort_med=_compared_with(comparison, part),
                rader=_rows(comparison, part.rows, number, reason, pointed=pointed),
                text=Paragraphs(),
                fragor=Paragraphs(),
                bedomning=WRITE if any(row[name] for name in _JUDGED) else "",
                ny_sida=True,
            )
        )
    asked, measured = shown[: len(answers)], shown[len(answers) :]
    compared = [area for area in measured if area.kan_jamforas]
    alone = [area for area in measured if not area.kan_jamforas]
    columns = {
        area.nummer: fitted(cells, lengths_of(areas), WIDE)
        for cells, areas in ((ANNEX, asked), (FIGURE_ANNEX, compared), (ALONE_ANNEX, alone))
        for area in areas
    }
    begins = begin_pages([(columns[area.nummer], area.rader) for area in shown])
    return tuple(replace(area, ny_sida=new) for area, new in zip(shown, begins, strict=True))


def _area(
    comparison: Comparison, area: AreaFigures, part: Part, number: int, *, pointed: bool
) -> ShownArea:
    def mean(value: float | None, *, signed: bool = False) -> str:
        return _NOTHING if value is None else swedish(value, 1, signed=signed)

    name = clean(area.area_name)
    return ShownArea(
        nummer=number,
        namn=name,
        rubrik=f"Bilaga {number}. {name}",
        antal=area.indicators,
        grona=area.green,
        gula=area.yellow,
        roda=area.red,
        ej_svar=area.grey,
        antal_text=f"{counts(asdict(area))}.",
        andel=mean(area.share_yes),
        lan=mean(area.county_mean),
        riket=mean(area.national_mean),
        gap_lan=mean(area.gap_county, signed=True),
        gap_riket=mean(area.gap_national, signed=True),
        kan_jamforas=area.indicators - area.grey,
        battre=0,
        likvardiga=0,
        lika=0,
        samre=0,
        hogre=0,
        lagre=0,
        utan_bedomning=0,
        kalla=clean(area_source(comparison, part.rows)),
        jamfort_med=_compared_with(comparison, part),
        rader=_rows(comparison, part.rows, number, None, pointed=pointed),
        text=Paragraphs(),
        fragor=Paragraphs(),
        bedomning=WRITE if area.grey < area.indicators else "",
        ny_sida=True,
    )


def _rows(
    comparison: Comparison, rows: pl.DataFrame, annex: int, reason: str | None, *, pointed: bool
) -> tuple[ShownRow, ...]:
    """The rows of an annex; ``reason`` is said above them, and not in each."""
    places = in_text_version_of("place")
    documents = pl.concat_str("table", places, separator=", ", ignore_nulls=True)
    said = comment() if pointed else pl.col("comment")
    shown = rows.with_row_index("at", offset=1).select(
        pl.format("{}.{}", pl.lit(annex), "at").alias("nummer"),
        documents.fill_null("").alias("stalle"),
        pl.col("label").alias("indikator"),
        # A unit alone says nothing: what has only a printed deviation has no figure of its own.
        pl.coalesce(pl.concat_str(own_text(), unit_text(), separator=" "), own_text())
        .fill_null(_NOTHING)
        .alias("svar"),
        share("county").fill_null(_NOTHING).alias("lan"),
        share("country").fill_null(_NOTHING).alias("riket"),
        # In a column that every template has, so that no template can leave a mark out.
        pl.concat_str(
            marks(),
            reason_text(comparison).replace({reason: None}) if reason else reason_text(comparison),
            stated_difference(),
            said,
            separator="; ",
            ignore_nulls=True,
        ).alias("kommentar"),
        status_label().alias("status"),
        pl.col("status").replace(FILLS).alias("farg"),
        gap("county").fill_null(_NOTHING).alias("gap_lan"),
        gap("country").fill_null(_NOTHING).alias("gap_riket"),
        period_text("period_words").fill_null("").alias("period"),
        pl.col("beside_name").fill_null("").alias("jamfort_med"),
        pl.coalesce("beside_answer", share("beside")).fill_null(_NOTHING).alias("referens"),
        difference_beside().fill_null(_NOTHING).alias("skillnad"),
        line_or_place().fill_null("").alias("rad"),
        pl.concat_str(
            stands(comparison), *_elsewhere(comparison), separator="; ", ignore_nulls=True
        ).alias("kalla"),
        pl.col("citation").fill_null("").alias("hanvisning"),
    )
    return tuple(ShownRow(*map(clean, texts)) for texts in shown.iter_rows())


def _compared_with(comparison: Comparison, part: Part) -> str:
    """What all answers or figures are also compared with, where it is the same; else empty."""
    of_answers = pl.col("method") == ANSWER_METHOD
    same = of_answers == (part.rows["method"] == ANSWER_METHOD).all()
    names = comparison.rows.filter(same)["beside_name"].drop_nulls().unique().to_list()
    beside = part.rows["gap_beside"].is_not_null().any()
    return clean(names[0]) if len(names) == 1 and beside else ""


def _one_reason(rows: pl.DataFrame) -> str | None:
    """Why none of an area's figures can be compared, where it is the same for all of them."""
    reasons = rows.filter(pl.col("own").is_not_null())["reason"].unique().to_list()
    return reasons[0] if len(reasons) == 1 else None


def stands(comparison: Comparison, of: str = "") -> pl.Expr:
    """Where the figure is printed that ``<of>source_id`` and ``<of>place`` are of.

    It is the number of its source in the list of sources, and the line or the cell.
    """
    sources = (*comparison.sources, *comparison.beside)
    numbers = {source.id: str(number) for number, source in enumerate(sources, 1)}
    number = pl.col(f"{of}source_id").replace_strict(numbers, default=None, return_dtype=pl.String)
    said = (pl.format("källa {}", number), pl.col(f"{of}place"))
    return pl.concat_str(*said, separator=", ", ignore_nulls=True)


def _elsewhere(comparison: Comparison) -> list[pl.Expr]:
    """Where the references stand that are on another row than the municipality's own figure."""
    told: list[pl.Expr] = []
    for name, word in (("county", "länet"), ("country", "riket"), ("beside", "referensen")):
        source, place = pl.col(f"{name}_source_id"), pl.col(f"{name}_place")
        # The sheet or the table that both stand in is said once.
        same = pl.col("place").str.extract(r"^(.*, )").fill_null("")
        here = pl.when(source == pl.col("source_id")).then(place.str.strip_prefix(same))
        where = here.otherwise(stands(comparison, f"{name}_"))
        told.append(pl.when(source.is_not_null()).then(pl.format("{} {}", pl.lit(word), where)))
    return told


def _sources(comparison: Comparison) -> Paragraphs:
    places = source_places(comparison)
    own = [
        f"{dated_name(source)}. {places[source.id]} ({source.called})."
        for source in comparison.sources
    ]
    return Paragraphs(map(clean, [*own, *(f"{name}." for name in named_beside(comparison))]))
