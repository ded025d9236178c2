"""Where a municipality stands among its peers: Kolada's groups of municipalities."""

from __future__ import annotations

import polars as pl

from ojmf.arguments import as_annotated
from ojmf.compare.against import groups_called
from ojmf.compare.figures import (
    KEY,
    NUMERIC_METHODS,
    PERIOD,
    PRINTED,
    Frame,
    figures,
    latest,
    left_out,
    one_per_key,
    subgroups,
)
from ojmf.compare.quarters import placed
from ojmf.compare.questions import POINTS, QUESTION, question_cells
from ojmf.errors import SelectionError
from ojmf.frames import checked, entered
from ojmf.frames.kinds import MEMBERS
from ojmf.geography import called, resolve_municipality
from ojmf.model import Answer, Sex
from ojmf.printed import folded
from ojmf.schema import PEER_PLACES
from ojmf.suggestions import did_you_mean, nearest


@as_annotated
def peer_groups(peers: pl.DataFrame, geo: str) -> pl.DataFrame:
    """The groups of a municipality: group_id, group_title and members.

    First the group of those similar to it (which leaves it out itself), then the groups that it is
    a member of. ``peers`` is ``registers.PEERS``. Empty where there is none.

    Raises ``SelectionError`` for a geo that is no municipality's code, and ``FrameError`` for an
    unsound frame.

    >>> import ojmf
    >>> groups = ojmf.Workspace.open().groups
    >>> ojmf.compare.peer_groups(groups, groups["of"].drop_nulls()[0])["members"][0]
    7
    """
    geo = resolve_municipality(geo)
    own = pl.col("of").eq_missing(geo).any()
    return (
        checked(peers, MEMBERS)
        .group_by("group_id", "group_title")
        .agg(
            pl.len().alias("members"),
            own.alias("_own"),
            (own | (pl.col("member_id") == geo).any()).alias("_any"),
        )
        .filter("_any")
        .sort(pl.col("_own").not_(), "group_id")
        .drop("_own", "_any")
    )


@as_annotated
def peer_places(
    observations: Frame,
    indicators: pl.DataFrame,
    peers: pl.DataFrame,
    geo: str,
    group_id: str,
    *,
    area: str | None = None,
    geography: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Rank, quarter and median of a municipality's latest figures within a group of peers.

    Only figures of the same period, kind of period, unit, sex and age meet. The municipality is
    counted in even where the group leaves it out, as in Kolada's groups of municipalities
    similar to it. Returns ``PEER_PLACES``, sorted by area and line.

    Raises ``SelectionError`` for an unknown group and a municipality without any figure.

    >>> import ojmf
    >>> workspace = ojmf.Workspace.open()
    >>> rows, asked = workspace.observations(), workspace.indicators
    >>> geo = rows.filter(unit="answer")["geo"][0]
    >>> group = ojmf.compare.peer_groups(workspace.groups, geo)["group_id"][0]
    >>> places = ojmf.compare.peer_places(rows, asked, workspace.groups, geo, group)
    >>> places.select("members", "compared", "reason").row(0)
    (8, 1, 'ingen av de andra i gruppen har uppgift för samma period')
    """
    observations, indicators, geography = entered(observations, indicators, geography)
    peers = checked(peers, MEMBERS)
    rows = traced_peers(
        observations, indicators, peers, geo, group_id, area=area, geography=geography
    )
    return rows.select(*PEER_PLACES, *subgroups(observations))


def traced_peers(
    observations: Frame,
    indicators: pl.DataFrame,
    peers: pl.DataFrame,
    geo: str,
    group_id: str,
    *,
    area: str | None = None,
    geography: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """:func:`peer_places`, the sub-groups and ``PRINTED`` of the municipality's own figure."""
    own_geo = resolve_municipality(geo, geography)
    called_so = groups_called(peers)
    group = peers.filter(pl.col("group_id") == called_so.get(folded(group_id), group_id))
    if group.is_empty():
        named = peers.select("group_id", "group_title").unique().sort("group_id").rows()
        codes = [code for code, _ in named]
        known = codes if nearest(group_id, codes) else [title or code for code, title in named]
        raise SelectionError(
            f"Det finns ingen kommungrupp som heter ”{group_id}”. " + did_you_mean(group_id, known)
        )
    group_id = group["group_id"][0]
    members = {own_geo, *group["member_id"]}
    cells = (
        figures(observations, indicators, NUMERIC_METHODS, area=area, missing=True)
        .with_columns(left_out())
        .filter(
            pl.col("geo").is_in(sorted(members)),
            pl.col("value").is_not_null() | pl.col("left_out"),
        )
        .collect()
    )
    own = latest(cells.filter(pl.col("geo") == own_geo, pl.col("value").is_not_null()))
    answers = _answers(observations, indicators, members, own_geo, area)
    if own.is_empty() and answers.is_empty():
        raise SelectionError(f"{called(own_geo, geography)} har inga uppgifter att jämföra.")
    key = [*KEY, *subgroups(cells), *PERIOD, "unit"]
    alike = cells.join(own.select(key).unique(), on=key, how="semi", nulls_equal=True)
    shown = pl.col("value").is_not_null()
    alike = alike.filter(shown | ~shown.any().over([*key, "geo"]))
    each = one_per_key(alike, [*key, "geo"])
    ranked = placed(each, key).collect()
    others = (
        ranked.filter(pl.col("geo") != own_geo)
        .group_by(key)
        .agg(
            pl.when(~pl.col("left_out").any()).then(pl.col("value").median()).alias("_median"),
            pl.col("left_out").any().alias("_left_out"),
        )
    )
    numeric = (
        ranked.filter(pl.col("geo") == own_geo)
        .join(others, on=key, how="left", nulls_equal=True)
        .with_columns(
            pl.coalesce("name", "label").alias("label"),
            pl.col("value").alias("own"),
        )
    )
    return (
        pl.concat([numeric, answers], how="diagonal_relaxed")
        .with_columns(
            pl.lit(group_id).alias("group_id"),
            pl.lit(group["group_title"][0]).alias("group_title"),
            pl.lit(len(members), dtype=pl.Int32).alias("members"),
            pl.col("_median").alias("median"),
            (pl.col("own") - pl.col("_median")).alias("gap"),
            pl.coalesce(
                "conflict",
                pl.when("_left_out").then(
                    pl.lit("små antal visas inte för alla i gruppen, och av de övriga blir det fel")
                ),
                pl.when(pl.col("_median").is_null()).then(
                    pl.lit("ingen av de andra i gruppen har uppgift för samma period")
                ),
                pl.when(pl.col("unit") == "answer").then(pl.lit("svar rangordnas inte")),
                pl.when(pl.col("rank").is_null()).then(
                    pl.lit("ingen rang: indikatorn har ingen riktning som är bra")
                ),
            ).alias("reason"),
        )
        .select(
            *PEER_PLACES,
            *subgroups(cells),
            *(name for name in PRINTED if name not in PEER_PLACES),
        )
        .cast(PEER_PLACES)
        .sort("area_id", "document", "line", "indicator_id", nulls_last=True)
    )


def _answers(
    observations: Frame, indicators: pl.DataFrame, members: set[str], own: str, area: str | None
) -> pl.DataFrame:
    """The municipality's latest answers beside the share of JA among the others that answered."""
    cells = question_cells(observations, indicators, area).filter(
        pl.col("geo").is_in(sorted(members))
    )
    mine = cells.filter(pl.col("geo") == own, pl.col("points").is_not_null())
    newest = mine.filter(pl.col("period_end") == pl.col("period_end").max().over("area_id"))
    yes = pl.col("points") == POINTS[Answer.YES.value]
    others = (
        cells.filter(pl.col("geo") != own, pl.col("points").is_not_null())
        .group_by(QUESTION)
        .agg((yes.mean() * 100).alias("_median"), pl.len().alias("_others"))
    )
    names = indicators.select(*KEY, "name")
    sex = [pl.lit(Sex.TOTAL.value).alias("sex")] if "sex" in subgroups(observations) else []
    return (
        newest.join(others, on=QUESTION, how="left")
        .join(names, on=KEY, how="left")
        .with_columns(
            pl.coalesce("row_label", "name").alias("label"),
            pl.col("points").alias("own"),
            (pl.col("_others").fill_null(0) + 1).cast(pl.Int32).alias("compared"),
            pl.lit("answer").alias("unit"),
            pl.lit(None, pl.Int32).alias("rank"),
            pl.lit(None, pl.Int32).alias("quarter"),
            *sex,
        )
        .drop("_others", "name")
    )
