"""The frames that suites judge: observations with what is declared about them, and registers.

Every frame has ``row``, its position from 0, so that a failing row is found again.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from ojmf.declarations import Table
from ojmf.declarations.fetched import Imported
from ojmf.declarations.notation import Notation
from ojmf.model import COUNTRY, UNITS, IndicatorKind
from ojmf.periods import parse_period
from ojmf.printed import decimals, figure, shifted
from ojmf.schema import OBSERVATIONS
from ojmf.validate.elsewhere import elsewhere
from ojmf.validate.levels import year_sizes
from ojmf.validate.odd_decimals import usual_decimals
from ojmf.validate.of_members import ruled_out
from ojmf.workspace import Workspace

ANSWERS = "oj-answers"

CONTEXT = pl.Schema(
    {
        "row": pl.UInt32,
        "kind": pl.String,
        "typed": pl.Boolean,
        "label": pl.String,
        "indicator_area": pl.String,
        "indicator_unit": pl.String,
        "indicator_kind": pl.String,
        "geo_level": pl.String,
        "reported_until": pl.Date,
        "declared": pl.Boolean,
        "sign": pl.String,
        "correction": pl.String,
        "printed": pl.Float64,
        "printed_answer": pl.String,
        "printed_decimals": pl.Int8,
        "least": pl.Float64,
        "most": pl.Float64,
        "of_county": pl.Boolean,
        "of_country": pl.Boolean,
        "not_finite": pl.String,
        "unknown_unit": pl.String,
        "elsewhere": pl.String,
        "disputed": pl.String,
        "newer": pl.String,
        "of_members": pl.String,
        "usual_decimals": pl.Int8,
        "year_least": pl.Float64,
        "year_most": pl.Float64,
    }
)
"""What ``with_context`` adds to ``OBSERVATIONS``; null where nothing is declared.

``kind`` is the kind of table; ``typed`` says that a person has set the figure, in a report or in a
file that was imported; ``label`` and ``indicator_*`` come from the catalogue; ``geo_level``
from the geography, ``group`` for a group that is declared; ``reported_until`` is the last day that
a report reports on; ``declared`` says whether the workspace has the source; ``sign`` is
``negative`` or ``positive`` where the table prints the figure so; ``correction`` says whether the
correction id is ``declared`` or ``unknown``; ``printed`` is the figure that ``raw`` stands for in
the observation's unit and ``printed_answer`` the answer; ``printed_decimals``, ``least`` and
``most`` are how the table is declared to print figures of the unit; ``of_county`` and
``of_country`` say whether it has columns about them; ``not_finite`` names a value that is no
number (``NaN``, ``inf``, ``-inf``); ``unknown_unit`` is a unit that neither ojmf nor an area of the
catalogue has; ``elsewhere`` is another figure that another source gives for the same, with its
place, ``disputed`` one that only a few sources give, and ``newer`` one that a later fetch gives;
``of_members`` is what the municipalities of a county or the country give together where its figure
cannot be theirs; ``usual_decimals`` are those of the figures beside it in its column, where a
figure of a report has others; ``year_least`` and ``year_most`` are the sizes between which
the figures of a year lie in a table, beside the first of them.
"""

_SIGNED = ("outcome", "budget", "forecast")


def with_context(
    workspace: Workspace, observations: pl.DataFrame, others: pl.DataFrame | None = None
) -> pl.DataFrame:
    """Observations in the schema ``OBSERVATIONS`` with the columns of ``CONTEXT``.

    A table that no source declares has no kind; questions are known by the catalogue as answers.
    Figures that came as they are belong to no table, and may be any part of an area. ``others`` are
    ``OBSERVATIONS`` that may say the same figures otherwise.
    """
    names = set(observations["source_id"].unique())
    sources = [source for source in workspace.sources.values() if source.id in names]
    fetched = workspace.fetched.values()
    collected = {s.declaration.id: s.declaration.date for s in fetched if s.declaration.id in names}
    tables = [(source, table) for source in sources for table in source.table]
    of_table = ["source_id", "heading", "table"]
    kinds = pl.DataFrame(
        [(s.id, t.heading, t.title, t.kind, t.signs.get("*"), *_references(t)) for s, t in tables],
        schema=dict.fromkeys([*of_table, "kind", "other_sign"], pl.String)
        | dict.fromkeys(["of_county", "of_country"], pl.Boolean),
        orient="row",
    )
    signs = pl.DataFrame(
        [(s.id, t.heading, t.title, row, sign) for s, t in tables for row, sign in t.signs.items()],
        schema=dict.fromkeys([*of_table, "row_label", "sign"], pl.String),
        orient="row",
    )
    printing = pl.DataFrame(
        [
            (s.id, t.heading, t.title, unit, said.decimals, said.least, said.most)
            for s, t in tables
            for unit, said in t.figures.items()
        ],
        schema=dict.fromkeys([*of_table, "unit"], pl.String)
        | {"printed_decimals": pl.Int8, "least": pl.Float64, "most": pl.Float64},
        orient="row",
    )
    codes = pl.DataFrame(
        [
            (s.id, code.casefold(), str(answer))
            for s in sources
            for code, answer in s.answers.items()
        ],
        schema=dict.fromkeys(["source_id", "code", "coded"], pl.String),
        orient="row",
    )
    reports = pl.DataFrame(
        [(s.id, parse_period(s.reporting_period).end) for s in sources]
        # What is about a whole year may be known before it ends.
        + [(name, day.replace(month=12, day=31)) for name, day in collected.items()],
        schema={"source_id": pl.String, "reported_until": pl.Date},
        orient="row",
    )
    corrections = pl.DataFrame(
        [(s.id, fix.id, "declared") for s in sources for fix in s.correction],
        schema=dict.fromkeys(["source_id", "correction_id", "correction"], pl.String),
        orient="row",
    )
    catalogue = workspace.indicators.select(
        "indicator_id",
        label="name",
        indicator_area="area_id",
        indicator_unit="unit",
        indicator_kind="kind",
    )
    places = workspace.places.unique("code", keep="first").select(geo="code", geo_level="level")
    framed = observations.with_row_index("row").with_columns(code=pl.col("raw").str.to_lowercase())
    for declared, key in (
        (_meant(workspace, observations), [*of_table, "raw", "decimals"]),
        (kinds, of_table),
        (catalogue, ["indicator_id"]),
        (places, ["geo"]),
        (reports, ["source_id"]),
        (signs, [*of_table, "row_label"]),
        (corrections, ["source_id", "correction_id"]),
        (printing, [*of_table, "unit"]),
        (codes, ["source_id", "code"]),
    ):
        framed = framed.join(declared, key, "left", maintain_order="left")
    asked = pl.col("indicator_kind") == str(IndicatorKind.ANSWER)
    asked &= ~pl.col("source_id").is_in(list(collected))
    value, raw = pl.col("value"), pl.col("raw")
    # What is no report is no print: its figures may have a decimal point.
    point = pl.coalesce(
        figure(raw.str.replace(".", ",", literal=True)), raw.cast(pl.Float64, strict=False)
    )
    printed_here = pl.col("source_id").is_in([source.id for source in sources])
    imported = [s.declaration.id for s in fetched if isinstance(s.declaration, Imported)]
    known = [*workspace.sources, *workspace.fetched, *workspace.references]
    beside = OBSERVATIONS.to_frame() if others is None else others
    return (
        framed.with_columns(
            kind=pl.coalesce("kind", pl.when(asked).then(pl.lit(ANSWERS))),
            typed=pl.col("kind").is_not_null() | pl.col("source_id").is_in(imported),
            sign=pl.when(pl.col("scenario").is_in(_SIGNED)).then(
                pl.coalesce("sign", "other_sign").replace("either", None)
            ),
            correction=pl.when(pl.col("correction_id").is_not_null()).then(
                pl.col("correction").fill_null("unknown")
            ),
            declared=pl.col("source_id").is_in(known).fill_null(value=False),
            printed=pl.coalesce("meant", figure(raw), pl.when(~printed_here).then(point)),
            printed_answer=pl.coalesce("coded", raw.str.to_uppercase()),
            of_members=ruled_out(observations, beside, workspace.indicators, workspace.geography),
            usual_decimals=pl.when(printed_here).then(usual_decimals()),
            **{n: pl.when(printed_here).then(size) for n, size in year_sizes().items()},
            unknown_unit=_unknown(workspace),
            not_finite=pl.when(value.is_nan())
            .then(pl.lit("NaN"))
            .when(value.is_infinite())
            .then(pl.when(value > 0).then(pl.lit("inf")).otherwise(pl.lit("-inf"))),
        )
        .with_columns(elsewhere(observations, beside, fetched))
        .select(*observations.columns, *CONTEXT.names())
        .with_columns(pl.col(name).cast(kind) for name, kind in CONTEXT.items())
    )


def _unknown(workspace: Workspace) -> pl.Expr:
    known = [*UNITS, *workspace.catalogue.own_units]
    return pl.when(~pl.col("unit").is_in(known)).then("unit")


def _meant(workspace: Workspace, observations: pl.DataFrame) -> pl.DataFrame:
    """The figure of a printed text in its table's notation and unit, where it is no plain one.

    A figure that is printed in another scale than its unit's, such as thousands of kronor, has more
    or fewer decimals than it prints; the scale must be one that its table declares.
    """
    key = ["source_id", "heading", "table", "raw", "decimals"]
    plain = decimals(pl.col("raw"))
    odd = observations.filter(
        ~pl.col("source_id").is_in([*workspace.fetched, *workspace.references]),
        pl.col("value").is_not_null() & (plain.is_null() | (plain != pl.col("decimals"))),
    )
    sources = workspace.sources.values()
    tables = {
        (s.id, t.heading, t.title): (s.notation(t, goals=True), _scales(t))
        for s in sources
        for t in s.table
    }
    rows = []
    for *table, raw, places in odd.select(key).drop_nulls().unique(maintain_order=True).iter_rows():
        notation, scales = tables.get(tuple(table), (Notation(), set[int]()))
        printed = notation.read(raw)
        scales = scales | {said.shift for _, said in printed.marks if said.shift}
        rows.append((*table, raw, places, printed.text, sorted(scales | {0})))
    schema = pl.Schema(
        {
            **dict.fromkeys(key[:-1], pl.String()),
            "decimals": pl.Int8(),
            "text": pl.String(),
            "scales": pl.List(pl.Int8()),
        }
    )
    text = pl.col("text")
    scale = (decimals(text) - pl.col("decimals")).cast(pl.Int8)
    return (
        pl.DataFrame(rows, schema=schema, orient="row")
        .with_columns(scale=pl.when(scale.is_in(pl.col("scales"))).then(scale).otherwise(0))
        .select(*key, meant=shifted(figure(text), pl.col("scale")))
    )


def _references(table: Table) -> tuple[bool, bool]:
    """Whether a table has columns about a county, and about the country."""
    places = {column.geo for column in table.columns if column.geo}
    return any(len(geo) == len(COUNTRY) and geo != COUNTRY for geo in places), COUNTRY in places


def _scales(table: Table) -> set[int]:
    """The shifts that a table declares for some of its figures."""
    return {said.shift for said in (*table.columns, *table.override) if said.shift}


def registers(workspace: Workspace) -> dict[str, pl.DataFrame]:
    """What a workspace declares, by subject; ``document`` is the file of each row.

    ``geography`` has the code of the county that each municipality's own code names, ``catalogue``
    in ``days_of_unknown`` what ``days_of`` names that is no indicator, and ``unknown_unit``.
    """
    catalogue = workspace.indicators
    named = pl.col("days_of").str.split(", ")
    unknown = named.list.set_difference(catalogue["indicator_id"].to_list()).list.join(", ")
    return {
        "geography": workspace.geography.with_columns(
            document=pl.lit("data/geography.csv"),
            row_label="name",
            code_county=pl.when(pl.col("level") == "municipality").then(pl.col("code").str.head(2)),
        )
        .with_row_index("row")
        .with_columns(line=pl.col("row") + 2),
        "catalogue": catalogue.drop("synonyms")
        .with_columns(
            document=pl.format("data/indicators/{}.toml", "area_id"),
            row_label="name",
            days_of_unknown=pl.when(unknown != "").then(unknown),
            unknown_unit=_unknown(workspace),
        )
        .with_row_index("row"),
    }


def subject(frame: pl.DataFrame, applies_to: Mapping[str, str | list[str]]) -> pl.DataFrame:
    """The rows that a suite is about: ``applies_to`` maps columns to the values that they have."""
    for column, values in applies_to.items():
        wanted = [values] if isinstance(values, str) else values
        frame = frame.filter(pl.col(column).is_in(wanted))
    return frame
