"""The one frame of comparisons: every indicator, method, municipality and reference.

Answers and figures meet the same kinds of references in the same columns. ``TRACED`` has all that a
later stage needs; ``FRAME`` is the same under the names of the published frame.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import polars as pl

from ojmf.compare.against import Against
from ojmf.compare.basis import Basis
from ojmf.compare.figures import KEY, PRINTED, REFERENCE_PRINTED, Frame, subgroups
from ojmf.errors import SelectionError
from ojmf.model import FILE_OF_VALUES, Origin, Polarity, Reason, ReferenceKind, Sex, Verdict
from ojmf.periods import Period
from ojmf.schema import COMPARISONS, STATUS
from ojmf.schema.results import WITHOUT_GAP

NO_ANSWER = Reason.NO_ANSWER.value
PLACES = (
    ReferenceKind.COUNTY,
    ReferenceKind.COUNTRY,
    ReferenceKind.GROUP,
    ReferenceKind.MUNICIPALITY,
)
"""References that are other places, of the same period as the municipality's own figure."""

TRACED = pl.Schema(
    [
        *COMPARISONS.items(),
        ("unit", pl.String),
        ("sex", pl.String),
        ("period_start", pl.Date),
        ("period_end", pl.Date),
        ("period_kind", pl.String),
        ("answer", pl.String),
        ("verdict", pl.String),
        ("confidence", pl.Float64),
        ("lower", pl.Float64),
        ("upper", pl.Float64),
        ("interval", pl.String),
        ("tolerance", pl.Float64),
        ("rank", pl.Int32),
        ("compared", pl.Int32),
        ("reason_code", pl.String),
        ("detail", pl.String),
        *((name, kind) for name, kind in PRINTED.items() if name not in COMPARISONS),
        ("note", pl.String),
        ("reference_kind", pl.String),
        *REFERENCE_PRINTED.items(),
        ("reference_value", pl.Float64),
        ("reference_origin", pl.String),
        ("reference_counted", pl.Int64),
        ("reference_members", pl.Int64),
        ("statistic", pl.String),
        ("reference_answer", pl.String),
        ("reference_status", pl.String),
        ("reference_period_start", pl.Date),
        ("reference_period_end", pl.Date),
        ("area_reference", pl.Float64),
        ("deviation_raw", pl.String),
        ("deviation_obs_status", pl.String),
        ("deviation_correction_id", pl.String),
        ("gap_relative", pl.Float64),
        ("gap_better", pl.Float64),
        ("since", pl.Float64),
        ("trend", pl.String),
        ("replaced", pl.String),
        ("reference_replaced", pl.String),
    ]
)
"""COMPARISONS with all that an output cites.

``status`` is a colour for the methods answer and quartile and grey for the others, which say
``verdict`` (a ``Verdict``) instead. ``lower`` and ``upper`` are what ``interval`` says: the
``quartiles`` among the ``compared`` municipalities, or the 95 % ``confidence`` limits of the
municipality's figure; ``confidence`` is the strictest level at which the verdict holds, and
``tolerance`` what it rests on without an interval. ``reason_code`` (a ``Reason``) and ``detail``
say why there is no figure, reference, gap or colour, what was held against what, or that a colour
is of few municipalities (``detail`` is then how many there are in the country).

The names of ``figures.PRINTED`` tell where the own figure is printed, ``reference_*`` the same of
the reference, which is of a ``ReferenceKind`` and an ``Origin``: computed from so many
(``reference_counted``) of the municipalities (``reference_members``, null where not known).
``reference_value`` is the reference before it was converted to the municipality's denominator,
``area_reference`` the mean of the municipalities' shares of JA in the whole area (%). The columns
``deviation_*`` are of the printed deviation from the budget where that is the gap, and
``reference_status`` is the colour of the earlier figure. ``gap_relative`` is in percent of the
reference, ``gap_better`` turned so that positive is better, ``since`` the change since the previous
comparable period and ``trend`` (a ``Variation``) whether it is more than chance, null for answers
and where those who are counted are not known. ``replaced`` is
what an older vintage of the fetched figure said, with its document and place.
"""

_PUBLISHED = {
    "rank": "rank",
    "of": "compared",
    "own_answer": "answer",
    "own_status": "obs_status",
    "own_decimals": "decimals",
    "own_source": "source_id",
    "own_line": "line",
    "own_place": "place",
    "own_correction": "correction_id",
    "reference_source": "reference_source_id",
    "note": "detail",
}
FRAME = pl.Schema(
    [(name, kind) for name, kind in STATUS.items() if name not in ("verdict", "reason")]
)
"""``STATUS`` without what is said in Swedish."""


class NothingThereError(SelectionError):
    """Municipalities that have none of the figures that are asked for."""


@dataclass(frozen=True, slots=True)
class Known:
    """What else the comparisons rest on than observations and indicators.

    ``titles`` (group_id, group_title) are groups whose figures are known, maybe not their members.
    """

    geography: pl.DataFrame | None = None
    peers: pl.DataFrame | None = None
    basis: Basis = field(default_factory=Basis)
    titles: pl.DataFrame | None = None


def lying_in(period: Period) -> pl.Expr:
    """The condition on observations that a period makes: theirs lie within it."""
    return (pl.col("period_start") >= period.start) & (pl.col("period_end") <= period.end)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which of a municipality's figures are compared.

    ``methods`` are those of the indicators to take and ``sexes`` the SDMX codes of whom the figures
    are about, all where none is named. ``within`` is a
    condition on the periods of its own figures and ``before`` one on those that ``fjolaret`` means.
    ``every`` takes every period of its own instead of the latest of each series.
    """

    area: str | None = None
    methods: tuple[str, ...] = ()
    sexes: tuple[str, ...] = ()
    within: pl.Expr = field(default_factory=lambda: pl.lit(value=True))
    before: pl.Expr = field(default_factory=lambda: pl.lit(value=True))
    every: bool = False

    def takes(self, sex: Sex) -> bool:
        """Whether figures about these are meant."""
        return not self.sexes or sex.value in self.sexes


@dataclass(frozen=True, slots=True)
class Request:
    """One call: whose figures, of which indicators and methods, beside what.

    ``observations`` are all that is known.
    """

    observations: Frame
    indicators: pl.DataFrame
    against: Against
    selection: Selection
    basis: Basis

    def own(self) -> list[pl.Expr]:
        """The conditions on the municipalities' own figures."""
        whose = [pl.col("geo").is_in(self.geos), self.selection.within]
        if self.selection.sexes and "sex" in subgroups(self.observations):
            return [*whose, pl.col("sex").is_in(list(self.selection.sexes))]
        return whose

    @property
    def methods(self) -> list[str]:
        """The methods to take, those that an indicator has."""
        declared = self.indicators["method"].unique(maintain_order=True).to_list()
        wanted = self.selection.methods or declared
        return [name for name in declared if name in wanted]

    @property
    def geos(self) -> list[str]:
        """The municipalities, in the order that they were asked for."""
        return self.against.pairs["geo"].unique(maintain_order=True).to_list()


def published(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of ``TRACED`` as ``FRAME``."""
    return rows.select(pl.col(_PUBLISHED.get(name, name)).alias(name) for name in FRAME)


def with_distances(rows: pl.DataFrame, indicators: pl.DataFrame) -> pl.DataFrame:
    """Add ``gap_relative`` (%; null where the reference is 0) and ``gap_better``.

    An answer already has positive as better. Beside a budget or a target the verdict turns the gap,
    since a printed deviation may have either sign; a neutral polarity has neither.
    """
    polarity = pl.col("_polarity")
    signed = pl.col("method").is_in(["answer", "target"])
    aims = [ReferenceKind.TARGET.value, ReferenceKind.BUDGET.value]
    turns = {Verdict.BETTER.value: 1.0, Verdict.WORSE.value: -1.0}
    verdict = pl.col("verdict") if "verdict" in rows.columns else pl.lit(None, pl.String)
    towards = verdict.replace_strict(turns, default=None, return_dtype=pl.Float64)
    direction = (
        pl.when(pl.col("reference_kind").is_in(aims) & towards.is_not_null())
        .then(towards * pl.col("gap").sign())
        .when(polarity == Polarity.LOWER.value)
        .then(-1.0)
        .when((polarity == Polarity.HIGHER.value) | signed)
        .then(1.0)
    )
    known = indicators.select(*KEY, pl.col("polarity").alias("_polarity"))
    return (
        rows.join(known, on=KEY, how="left", maintain_order="left")
        .with_columns(
            pl.when(pl.col("reference") != 0)
            .then(pl.col("gap") / pl.col("reference").abs() * 100)
            .alias("gap_relative"),
            (pl.col("gap") * direction).alias("gap_better"),
        )
        .drop("_polarity")
    )


def with_lacking(areas: pl.DataFrame, rows: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """The areas with ``schema.WITHOUT_GAP`` of the rows of ``TRACED`` that they are made of.

    An area is what has the columns ``by``. The reason is that of most rows; it is null where the
    rows have no ``reason`` in words.
    """
    told = pl.col("reason") if "reason" in rows.columns else pl.lit(None, pl.String)
    of_reason = (
        rows.filter(pl.col("gap").is_null())
        .with_columns(told.alias("reason"))
        .group_by(*by, "reason", maintain_order=True)
        .len("lacking")
    )
    most = of_reason.group_by(by, maintain_order=True).agg(
        pl.col("lacking").sum().cast(pl.Int64),
        pl.col("reason").sort_by("lacking", descending=True, maintain_order=True).first(),
        pl.col("lacking").max().cast(pl.Int64).alias("of_reason"),
    )
    on = [name for name in by if name in areas.columns]
    return areas.join(
        most.select(*on, *WITHOUT_GAP), on=on, how="left", nulls_equal=True, maintain_order="left"
    ).with_columns(pl.col("lacking", "of_reason").fill_null(0))


def origin(there: pl.Expr, computed: pl.Expr) -> pl.Expr:
    """Where a reference comes from; ``there`` says that a source has it."""
    declared = pl.col("reference_source_id").str.starts_with(FILE_OF_VALUES)
    return (
        pl.when(there & declared.fill_null(value=False))
        .then(pl.lit(Origin.DECLARED.value))
        .when(there)
        .then(pl.lit(Origin.PRINTED.value))
        .when(computed)
        .then(pl.lit(Origin.COMPUTED.value))
        .alias("reference_origin")
    )


def as_traced(rows: pl.DataFrame, more: Collection[str] = ()) -> pl.DataFrame:
    """The rows in the schema ``TRACED``, null where they lack it, and the columns ``more``."""
    known = set(rows.columns)
    return rows.select(
        *(
            pl.col(name).cast(kind) if name in known else pl.lit(None, kind).alias(name)
            for name, kind in TRACED.items()
        ),
        *more,
    )
