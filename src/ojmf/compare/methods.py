"""The status methods: each indicator is judged by the one that it declares."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import polars as pl

from ojmf.arguments import as_annotated, as_list
from ojmf.compare.against import resolve_against
from ojmf.compare.answered import answer_rows
from ojmf.compare.basis import Basis, sound
from ojmf.compare.beside import (
    beside_earlier,
    beside_places,
    earlier_figures,
    own_figures,
    placed_figures,
)
from ojmf.compare.figures import (
    KEY,
    LACKING,
    NUMERIC_METHODS,
    PERIOD,
    Frame,
    figures,
    latest,
    subgroups,
    withheld,
)
from ojmf.compare.frame import (
    TRACED,
    Known,
    NothingThereError,
    Request,
    Selection,
    as_traced,
    with_distances,
)
from ojmf.compare.questions import ANSWER_METHOD
from ojmf.compare.reference import judge_by_reference
from ojmf.compare.since import with_trend
from ojmf.compare.target import RESULTS, SCENARIOS, judge_by_target
from ojmf.compare.verdicts import side, with_sides
from ojmf.compare.years import years_of
from ojmf.errors import NOTHING_YET
from ojmf.frames import entered
from ojmf.geography import COUNTY_OF_OWN, MUNICIPALITY_CODE_LENGTH, listed_places, resolve_area
from ojmf.model import SEX_WORDS, Reason, ReferenceKind, Sex, Status, Verdict
from ojmf.schema import COMPARISONS

JUDGED = pl.Schema(
    [
        *COMPARISONS.items(),
        ("unit", pl.String),
        ("period_start", pl.Date),
        ("period_end", pl.Date),
        ("period_kind", pl.String),
        ("verdict", pl.String),
        ("confidence", pl.Float64),
        ("lower", pl.Float64),
        ("upper", pl.Float64),
        ("rank", pl.Int32),
        ("compared", pl.Int32),
        ("reason_code", pl.String),
        ("detail", pl.String),
        ("sex", pl.String),
        ("reference_kind", pl.String),
        ("reference_origin", pl.String),
        ("reference_counted", pl.Int64),
        ("reference_members", pl.Int64),
        ("tolerance", pl.Float64),
    ]
)
"""COMPARISONS and what the method adds.

``status`` is a colour for the methods answer and quartile and grey for the others, which say
``verdict`` (a ``Verdict``) instead. ``lower`` and ``upper`` are the quartile limits, or the 95 %
confidence limits of the municipality's figure; ``confidence`` is the strictest level at which the
verdict holds; ``reason_code`` (a ``Reason``) says why a colour or a verdict is missing or how it
was found, and ``detail`` which figures contradict each other or where a target was decided.
``reference_*`` and ``tolerance`` are those of ``frame.TRACED``.
"""


@as_annotated
def by_method(
    observations: Frame,
    indicators: pl.DataFrame,
    geo: str | Sequence[str],
    *,
    against: str = "lan",
    area: str | None = None,
    geography: pl.DataFrame | None = None,
    basis: Basis | None = None,
) -> pl.DataFrame:
    """Judge every indicator of a municipality by the method that the catalogue declares for it.

    One row per (area, indicator, sub-group, kind of period), the latest period of each; the
    reference is of exactly the same period, kind of period, unit, sex and age. What no document
    prints is computed from the municipalities that ``observations`` have. Returns ``JUDGED``
    (followed by age where the observations carry it), areas in printed order, then by line. The
    methods are described in docs/metoder.md.

    Raises ``FrameError`` for unsound frames, and ``SelectionError`` for an unknown place or area, a
    municipality against itself and one without any figure.

    >>> import ojmf
    >>> workspace = ojmf.Workspace.open()
    >>> rows, asked = workspace.observations(), workspace.indicators
    >>> geo = rows.filter(unit="answer")["geo"][0]
    >>> judged = ojmf.compare.by_method(rows, asked, geo, basis=workspace.basis)
    >>> judged["method"].value_counts(sort=True).rows()
    [('answer', 106), ('neutral', 58), ('reference', 42), ('target', 36)]
    """
    observations, indicators, geography = entered(observations, indicators, geography)
    rows = compared(
        observations,
        indicators,
        geo,
        [against],
        selection=Selection(area),
        known=Known(geography, basis=Basis() if basis is None else sound(basis)),
    )
    return rows.select(*JUDGED, *_more(observations))


def compared(
    observations: Frame,
    indicators: pl.DataFrame,
    geo: str | Sequence[str],
    against: Sequence[str] = (COUNTY_OF_OWN,),
    *,
    selection: Selection | None = None,
    known: Known | None = None,
) -> pl.DataFrame:
    """Every indicator of one or several municipalities beside every reference, in ``TRACED``.

    ``against`` as in :func:`~ojmf.compare.against.resolve_against`. Beside a county or the country
    a figure that is judged by its target stands beside that too. Municipality by municipality,
    each against one reference after the other, areas in printed order, then by line.

    Raises as :func:`by_method`.
    """
    selection, known = selection or Selection(), known or Known()
    geos = as_list(geo)
    years = partial(years_of, observations, indicators, geos, selection)
    asked = resolve_against(against, geos, known.geography, known.peers, years, known.titles)
    if selection.area is not None:
        resolve_area(selection.area, indicators)
    request = Request(observations, indicators, asked, selection, known.basis)
    more = _more(observations)
    parts = [as_traced(figure_rows(request), more)]
    if ANSWER_METHOD in request.methods and selection.takes(Sex.TOTAL):
        parts.append(answer_rows(request))
    judged = pl.concat(parts, how="diagonal")
    if judged.is_empty():
        raise NothingThereError(_nothing(request, known.geography))
    order = ["own_order", "reference_order", "document", "line", "indicator_id", "period_kind"]
    # Of what is printed on one line the total comes first, and the older figure before the newer.
    of_total = pl.col("sex") != Sex.TOTAL.value
    on_a_line = ["sex", *more, "period_end", "unit"]
    of_area = ["own_order", "reference_order", "area_id"]
    # The periods of a series stand together where there are several.
    of_series = [*of_area, "indicator_id", "sex", *more, "unit", "period_kind"]
    together = [pl.col("_place").min().over(of_series), pl.col("period_end")]
    judged = _few_of_all(judged, known.geography)
    return (
        judged.join(
            asked.pairs.select("geo", "own_order").unique(), on="geo", maintain_order="left"
        )
        .join(asked.pairs.drop("own_order"), on=REFERENCE, how="left", maintain_order="left")
        .with_columns(pl.col("reference_order").fill_null(0))
        .sort(*order, of_total, *on_a_line, nulls_last=True)
        .with_row_index("_place")
        .sort(
            *of_area[:2],
            pl.col("_place").min().over(of_area),
            *(together if selection.every else []),
            "_place",
        )
        .select(*TRACED, *more)
    )


REFERENCE = ["geo", "reference_geo", "reference_kind"]


def _few_of_all(rows: pl.DataFrame, geography: pl.DataFrame | None) -> pl.DataFrame:
    """Say of colours by quartile that less than half of the country's municipalities gave them."""
    if geography is None:
        return rows
    everyone = geography.filter(pl.col("level") == "municipality").height
    few = (
        (pl.col("interval") == "quartiles")
        & pl.col("reason_code").is_null()
        & (pl.col("compared") < everyone / 2)
    )
    return rows.with_columns(
        pl.when(few)
        .then(pl.lit(Reason.FEW_OF_ALL.value))
        .otherwise("reason_code")
        .alias("reason_code"),
        pl.when(few).then(pl.lit(str(everyone))).otherwise("detail").alias("detail"),
    )


def _more(observations: Frame) -> list[str]:
    """The sub-groups that the frame has beside sex."""
    return [name for name in subgroups(observations) if name not in TRACED]


def _nothing(request: Request, geography: pl.DataFrame | None) -> str:
    """That there is nothing to compare, and for which years or for whom there is something."""
    selection, names = request.selection, listed_places(request.geos, geography)
    where = "" if selection.area is None else f" i området {selection.area}"
    cells = request.observations.lazy().filter(
        pl.col("geo").str.len_chars() == MUNICIPALITY_CODE_LENGTH
    )
    if selection.area is not None:
        area = resolve_area(selection.area, request.indicators)
        cells = cells.filter(pl.col("area_id") == area)
    who = ""
    if selection.sexes and "sex" in subgroups(request.observations):
        cells = cells.filter(pl.col("sex").is_in(selection.sexes))
        who = " om " + " och ".join(SEX_WORDS.get(sex, "båda könen") for sex in selection.sexes)
    judged = request.indicators.filter(pl.col("method").is_in(list(request.methods)))
    cells = cells.join(judged.select(*KEY).lazy(), on=KEY, how="semi")
    year = pl.col("period_end").dt.year()
    known = cells.select("geo", year, there=selection.within).unique().collect()
    own = known.filter(pl.col("geo").is_in(list(request.geos)))
    if not own.is_empty() and not own["there"].any():
        *years, last = map(str, own["period_end"].drop_nulls().unique().sort())
        nothing = f"{names} har inga uppgifter{who}{where} för den perioden, bara för"
        return (
            f"{nothing} {', '.join(years)} och {last}. Välj ett av åren."
            if years
            else (f"{nothing} {last}.")
        )
    others = known.filter("there", ~pl.col("geo").is_in(list(request.geos)))["geo"]
    found = others.unique().sort().to_list()
    if not found and request.observations.lazy().limit(1).collect().is_empty():
        return NOTHING_YET
    there = f" Uppgifter finns för {listed_places(found, geography)}." if found else ""
    return f"{names} har inga uppgifter{who}{where} att bedöma.{there}"


def figure_rows(request: Request) -> pl.DataFrame:
    """Every figure of the municipalities beside each reference, judged by its method.

    The latest figure of each series counts, or all of them. Empty where none of the municipalities
    has a figure.
    """
    methods = [name for name in request.methods if name in NUMERIC_METHODS]
    if not methods:
        return pl.DataFrame(schema={"area_id": pl.String})
    own = own_figures(request, methods)
    earlier = earlier_figures(request, methods, own)
    placed = placed_figures(request, methods, own)
    beside = [beside_places(request, placed), beside_earlier(request, methods, placed.own, earlier)]
    rows = pl.concat(beside, how="diagonal_relaxed")
    targets = [
        _by_target(request, ["target"], None)
        if _by_own_method(request) and "target" in methods
        else None,
        *(
            _by_target(request, methods, kind)
            for kind in (ReferenceKind.TARGET, ReferenceKind.BUDGET)
            if not request.against.kinds(kind).is_empty()
        ),
    ]
    judged = [METHODS[name](request, rows.filter(pl.col("method") == name)) for name in methods]
    change = earlier.select(
        *_series(own),
        pl.col("reference").alias("_before"),
        pl.col("reference_period_start").alias("_before_period_start"),
        pl.col("reference_period_end").alias("_before_period_end"),
    )
    against_targets = [part for part in targets if part is not None]
    return (
        pl.concat([*judged, *against_targets], how="diagonal_relaxed")
        .join(change, on=_series(own), how="left", nulls_equal=True, maintain_order="left")
        .with_columns(
            pl.when(pl.col("reference_kind") != ReferenceKind.EARLIER.value)
            .then(pl.col("own") - pl.col("_before"))
            .otherwise("gap")
            .alias("since")
        )
        .pipe(with_trend, request.indicators, request.basis.denominators)
        .pipe(with_distances, request.indicators)
        .pipe(with_sides)
    )


def _series(cells: pl.DataFrame) -> list[str]:
    """What a figure and the one before it have in common, and the later one's period."""
    return [*KEY, *subgroups(cells), *PERIOD, "unit", "geo"]


def _by_quartile(_: Request, rows: pl.DataFrame) -> pl.DataFrame:
    """The colours, which the figures got among all municipalities."""
    return rows


def _by_reference(request: Request, rows: pl.DataFrame) -> pl.DataFrame:
    return judge_by_reference(
        rows.with_columns(pl.col("reference").alias("reference_value")),
        request.basis.denominators,
        request.basis.tolerances,
    )


def _by_own_method(request: Request) -> bool:
    """Whether what is judged by its target stands beside that too: not where others are named."""
    return not request.against.kinds(ReferenceKind.COUNTY, ReferenceKind.COUNTRY).is_empty()


def _beside_target(request: Request, rows: pl.DataFrame) -> pl.DataFrame:
    """What is judged by its target has no verdict beside a place.

    Where it stands beside its target too, a place without a figure is left out.
    """
    return rows.filter(pl.col("reference").is_not_null()) if _by_own_method(request) else rows


def _by_direction(_: Request, rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(
        side(pl.col("gap"), pl.lit(0.0), pl.lit("neutral"), same=Verdict.EQUAL).alias("verdict")
    )


def _by_target(
    request: Request, methods: Sequence[str], only: ReferenceKind | None
) -> pl.DataFrame:
    """The figures against the target, those without one with the reason why."""
    cells = figures(
        request.observations,
        request.indicators,
        methods,
        area=request.selection.area,
        scenarios=SCENARIOS,
    )
    every = request.selection.every
    rows = judge_by_target(
        cells.filter(*request.own()).collect(), request.basis.targets, only=only, every=every
    )
    series = [*KEY, *subgroups(rows), *(PERIOD if every else ["period_kind"]), "unit", "geo"]
    own = own_figures(request, methods, RESULTS)
    if not every:
        newer = own.filter(pl.col("own").is_null()).select(
            *series, pl.col("period_end").alias("_end")
        )
        rows = rows.join(newer, on=series, how="left", nulls_equal=True, maintain_order="left")
        # An older figure without a target does not stand in the place of a missing one.
        stands = pl.col("_end").is_null() | (pl.col("period_end") >= pl.col("_end"))
        rows = rows.filter(stands | pl.col("gap").is_not_null()).drop("_end")
    lacking = own.join(rows, on=series, how="anti", nulls_equal=True)
    lacking = lacking if every else latest(lacking)
    kind = ReferenceKind.BUDGET if only is None else only
    wanting = Reason.NO_BUDGET if only is ReferenceKind.BUDGET else Reason.NO_TARGET
    judged = pl.concat(
        [
            rows,
            lacking.unique(series, maintain_order=True).with_columns(
                pl.col("geo").alias("reference_geo"),
                pl.lit(kind.value).alias("reference_kind"),
                pl.lit(Status.GREY.value).alias("status"),
                pl.when(pl.col("conflict").is_not_null())
                .then(pl.lit(Reason.CONFLICT.value))
                .when(pl.col("own").is_null())
                .then(pl.col("obs_status").replace_strict(LACKING, default=Reason.MISSING.value))
                .otherwise(pl.lit(Reason.NO_TARGET.value))
                .alias("reason_code"),
                pl.coalesce("conflict", pl.when(pl.col("own").is_null()).then(withheld())).alias(
                    "detail"
                ),
            ),
        ],
        how="diagonal_relaxed",
    )
    return judged.with_columns(pl.col("reason_code").replace(Reason.NO_TARGET.value, wanting.value))


METHODS: Mapping[str, Callable[[Request, pl.DataFrame], pl.DataFrame]] = {
    "quartile": _by_quartile,
    "reference": _by_reference,
    "target": _beside_target,
    "neutral": _by_direction,
}
"""How a figure beside its reference is judged, by the name that the catalogue declares."""
