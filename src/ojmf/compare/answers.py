"""Öppna jämförelser: the answers of one municipality against the shares of a reference area."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from ojmf.arguments import as_annotated, as_list, at_least_one
from ojmf.compare.against import resolve_against
from ojmf.compare.answered import answer_rows, reference_yes
from ojmf.compare.basis import Basis
from ojmf.compare.figures import PERIOD, Frame
from ojmf.compare.frame import (
    Request,
    Selection,
    with_lacking,
)
from ojmf.errors import FrameError, SelectionError
from ojmf.frames import entered
from ojmf.geography import COUNTRY_WORD, COUNTY_OF_OWN, county_of, listed_places
from ojmf.model import COUNTRY, Answer, Reason, Status
from ojmf.printed import folded
from ojmf.schema import AREAS, AREAS_BESIDE, COMPARISONS
from ojmf.schema.results import WITHOUT_GAP


def traced_status(
    observations: Frame,
    indicators: pl.DataFrame,
    geo: str | Sequence[str],
    *,
    against: Sequence[str] = (COUNTY_OF_OWN,),
    area: str | None = None,
    geography: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """:func:`status` against several references, one after the other, in ``TRACED``.

    ``geo`` may be several municipalities: those of them that have answers come in that order.
    Raises as :func:`status`.
    """
    given = as_list(geo)
    request = Request(
        observations,
        indicators,
        resolve_against(against, given, geography),
        Selection(area),
        Basis(),
    )
    rows = answer_rows(request)
    if rows.is_empty():
        raise SelectionError(_no_answers(request, area, geography))
    _refuse_contradictions(rows)
    _refuse_absent(rows, request.observations, against, geography)
    return rows


@as_annotated
def status(
    observations: Frame,
    indicators: pl.DataFrame,
    geo: str,
    *,
    against: str = "lan",
    area: str | None = None,
    geography: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Status colour of every question for a municipality, with the reference area's value.

    JA is green (100), DELVIS yellow (50), NEJ red (0), no answer grey (null). ``reference`` is
    the share (%) of the municipalities in the reference area that answered JA, printed or else
    computed from those in ``observations`` that answered, or the points of another municipality;
    ``gap = own - reference`` in percentage points, null when either is missing. Source:
    Socialstyrelsen, Öppna jämförelser, where the county and the country are printed beside the
    municipality.

    ``observations`` is schema.OBSERVATIONS, ``indicators`` the catalogue. ``against`` is
    ``"lan"`` (the municipality's own county), ``"riket"`` or a code; names work too when
    ``geography`` is given. Only the municipality's latest period of each area is used, and the
    reference of the same period. Returns schema.COMPARISONS, one row per (area_id,
    indicator_id), areas in printed order, then by line.

    Raises ``SelectionError`` for an unknown municipality or area, for one without answers, and for
    a reference that ``observations`` have nothing of; ``FrameError`` with every fault of unsound
    frames, and for answers of the same question and period that contradict each other.

    >>> import ojmf
    >>> workspace = ojmf.Workspace.open()
    >>> rows, asked = workspace.observations(), workspace.indicators
    >>> geo = rows.filter(unit="answer")["geo"][0]
    >>> coloured = ojmf.status(rows, asked, geo, against="riket")
    >>> coloured.group_by("status").len().sort("status").rows()
    [('green', 70), ('grey', 1), ('red', 32), ('yellow', 3)]
    """
    observations, indicators, geography = entered(observations, indicators, geography)
    rows = traced_status(
        observations, indicators, geo, against=[against], area=area, geography=geography
    )
    return rows.select(COMPARISONS.names())


@as_annotated
def gaps(
    observations: Frame,
    indicators: pl.DataFrame,
    geo: str,
    *,
    against: str = "lan",
    area: str | None = None,
    top: int | None = None,
    geography: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """The rows of :func:`status` that have a gap, the most negative first.

    Equal gaps keep the order of ``status`` (area, line). ``top`` keeps that many rows.

    Raises as :func:`status`, and ``SelectionError`` when ``top`` is not positive.

    >>> import ojmf
    >>> workspace = ojmf.Workspace.open()
    >>> rows, asked = workspace.observations(), workspace.indicators
    >>> geo = rows.filter(unit="answer")["geo"][0]
    >>> ojmf.gaps(rows, asked, geo, against="riket", top=2)["gap"].to_list()
    [-85.0, -66.0]
    """
    most = at_least_one(top)
    rows = status(observations, indicators, geo, against=against, area=area, geography=geography)
    ranked = rows.filter(pl.col("gap").is_not_null()).sort("gap", maintain_order=True)
    return ranked if most is None else ranked.head(most)


@as_annotated
def areas(
    observations: Frame,
    indicators: pl.DataFrame,
    geo: str,
    *,
    area: str | None = None,
    geography: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """One row per area: how many indicators of each colour, and the share of JA.

    ``share_yes`` is the share of JA among the answered indicators (%); ``county_mean`` and
    ``national_mean`` are the means of the reference's shares of JA over the answered indicators
    that have one (%); ``gap_county`` and ``gap_national`` are the municipality's share of JA over
    those same indicators minus that mean (percentage points). Where no share of the area is
    printed, the reference is the mean of its municipalities' own shares of JA, so that over a
    whole country the gaps cancel out. ``share_in_place`` is another measure, the mean of 100, 50
    and 0 over the answered indicators, and has no gap: the references count only JA. Grey counts
    the indicators without an answer, which stay in ``indicators``. Results are not
    rounded; a mean without values is null.

    Columns: area_id, area_name, indicators, green, yellow, red, grey, share_in_place,
    county_mean, national_mean, gap_county, gap_national, document, share_yes.

    Raises as :func:`status`.

    >>> import ojmf
    >>> workspace = ojmf.Workspace.open()
    >>> rows, asked = workspace.observations(), workspace.indicators
    >>> geo = rows.filter(unit="answer")["geo"][0]
    >>> ojmf.areas(rows, asked, geo).select("indicators", "green", "share_yes").row(0)
    (25, 16, 64.0)
    """
    observations, indicators, geography = entered(observations, indicators, geography)
    rows = traced_status(
        observations,
        indicators,
        geo,
        against=[COUNTY_OF_OWN, COUNTRY_WORD],
        area=area,
        geography=geography,
    )
    return areas_of(rows, indicators).drop(WITHOUT_GAP.names())


def _refuse_contradictions(rows: pl.DataFrame) -> None:
    """Raise for what no colour can be given to, as the result has no column for its reason."""
    torn = rows.filter(reason_code=Reason.CONFLICT.value)
    faults = [
        f"observationerna: {geo}, {indicator}: flera olika svar för samma period"
        for geo, indicator in torn.select("geo", "indicator_id").unique().sort(pl.all()).iter_rows()
    ]
    if faults:
        raise FrameError(faults)


def _refuse_absent(
    rows: pl.DataFrame,
    observations: Frame,
    against: Sequence[str],
    geography: pl.DataFrame | None,
) -> None:
    """Raise for a place that the observations have nothing of: no gap to it can ever be."""
    if all(folded(word) in (COUNTY_OF_OWN, COUNTRY_WORD) for word in against):
        return
    geos = observations.lazy().select(pl.col("geo").cast(pl.String).unique()).collect()
    places = geos["geo"].to_list()
    there = {COUNTRY, *places, *map(county_of, places)}
    absent = [code for code in rows["reference_geo"].unique().sort() if code not in there]
    if absent:
        raise SelectionError(
            f"Inga uppgifter finns för {listed_places(absent, geography)}, som against anger. "
            f"Uppgifter finns för {listed_places(sorted(places), geography)}."
        )


def areas_of(
    rows: pl.DataFrame,
    indicators: pl.DataFrame,
    *,
    several: bool = False,
    by_question: bool = False,
    by_period: bool = False,
) -> pl.DataFrame:
    """:func:`areas` of the rows of :func:`traced_status` against the county and the country.

    With ``several`` municipalities each row begins with ``geo``. ``by_question`` compares shares
    question by question also where they are computed. ``by_period`` keeps the periods of a
    municipality's area apart, and each row ends with its own.
    """
    geo_of = ["geo"] if several else []
    times = list(PERIOD) if by_period else []
    country = pl.col("reference_geo") == COUNTRY
    means = [
        column
        for there, name, gap in (
            (~country, "county_mean", "gap_county"),
            (country, "national_mean", "gap_national"),
        )
        for own, mean in [_like_with_like(there, by_question=by_question)]
        for column in (mean.alias(name), (own - mean).alias(gap))
    ]
    found = _by_area(rows, rows.filter(~country), indicators, means, times)
    account = ["geo", "area_id", "period_end", "reference_geo"]
    alone = rows.filter(pl.col("gap").is_null().all().over(account))
    return with_lacking(found, alone, _area(times)).select(*geo_of, *AREAS, *times)


def areas_beside(
    rows: pl.DataFrame,
    indicators: pl.DataFrame,
    *,
    by_question: bool = False,
    by_period: bool = False,
) -> pl.DataFrame:
    """The areas of rows of ``frame.TRACED`` against one reference, in ``AREAS_BESIDE``.

    The options are those of :func:`areas_of`. Another municipality's answers count as here: JA
    alone.
    """
    times = list(PERIOD) if by_period else []
    own, mean = _like_with_like(pl.lit(value=True), by_question=by_question)
    means = [
        pl.coalesce(own, _yes().mean()).alias("share_yes_beside"),
        mean.alias("reference_share_yes"),
        (own - mean).alias("gap"),
        pl.col("gap").count().cast(pl.Int64).alias("with_gap"),
        *(pl.col(name).first() for name in ("reference_geo", "reference_kind")),
    ]
    found = _by_area(rows, rows, indicators, means, times)
    told = found.with_columns(share_yes="share_yes_beside")
    told = with_lacking(told, rows, _area(times))
    return told.select(*(pl.col(name).cast(kind) for name, kind in AREAS_BESIDE.items()), *times)


def _by_area(
    rows: pl.DataFrame,
    once: pl.DataFrame,
    indicators: pl.DataFrame,
    means: Sequence[pl.Expr],
    times: Sequence[str],
) -> pl.DataFrame:
    """The areas with ``means`` of their rows, and of those with each question ``once`` the rest."""
    names = indicators.select("area_id", "area_name").unique(subset="area_id")
    by = _area(times)
    counted = once.group_by(by).agg(
        pl.len().cast(pl.Int64).alias("indicators"),
        *(
            (pl.col("status") == colour.value).sum().cast(pl.Int64).alias(colour.value)
            for colour in Status
        ),
        pl.col("own").mean().alias("share_in_place"),
        _yes().mean().alias("share_yes"),
    )
    return (
        rows.group_by(by, maintain_order=True)
        .agg(
            *means,
            pl.col("document").drop_nulls().unique().sort().str.join("; ").alias("document"),
            # A question that the municipality was not asked has no more than the end of its period.
            *(pl.col(name).drop_nulls().first() for name in times if name != "period_end"),
        )
        .join(counted, on=by, how="left", nulls_equal=True, maintain_order="left")
        .join(names, on="area_id", how="left", maintain_order="left")
    )


def _area(times: Sequence[str]) -> list[str]:
    """What the rows of one area of a municipality have in common, of one period where asked."""
    return ["geo", "area_id", *(["period_end"] if times else [])]


def _yes() -> pl.Expr:
    """100 for JA, 0 for another answer, null without one."""
    answer = pl.col("answer")
    return pl.when(answer.is_not_null()).then((answer == Answer.YES.value).cast(pl.Float64) * 100)


def _like_with_like(there: pl.Expr, *, by_question: bool) -> tuple[pl.Expr, pl.Expr]:
    """The municipality's and the reference's share of JA in an area, both found in one way.

    Where shares are printed, or with ``by_question``: question by question, over those that both
    have. Otherwise the municipalities' own shares of JA, of which the reference is the mean.
    """
    both = there & pl.col("answer").is_not_null() & pl.col("reference").is_not_null()
    known = ((pl.col("reference_origin") == "printed") & there).any() | by_question
    own = pl.when(known).then(_yes().filter(both).mean()).otherwise(_yes().filter(there).mean())
    of_questions = reference_yes().filter(both).mean()
    computed = pl.col("area_reference").filter(there).first()
    return own, pl.when(known).then(of_questions).otherwise(computed)


def _no_answers(request: Request, area: str | None, geography: pl.DataFrame | None) -> str:
    """Who has no answers where, what there is instead, and the next step."""
    geos = request.geos
    known = request.observations.lazy().select("geo", "area_id", "answer").collect()
    answered = known.filter(pl.col("answer").is_not_null())
    named = listed_places(geos, geography)
    own = answered.filter(pl.col("geo").is_in(geos))
    if area is not None and not own.is_empty():
        areas = ", ".join(own["area_id"].unique().sort())
        return f"{named} har inga svar i området {area}. Svar finns i: {areas}."
    begins = f"{named} har inga svar i Öppna jämförelser."
    if known.filter(pl.col("geo").is_in(geos)).height:
        return f"{begins} Kör ojmf status --kommun {geos[0]} för andra mått."
    if answered.is_empty():
        return (
            f"{begins} Inte heller någon annan kommun har svar bland uppgifterna. Läs in en "
            "rapport med ojmf source new FIL, eller välj en annan period."
        )
    there = listed_places(answered["geo"].unique().sort().to_list(), geography)
    return f"{begins} Svar finns för: {there}."
