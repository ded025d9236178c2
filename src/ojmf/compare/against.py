"""What is compared with what: municipalities, and the references that a person asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from ojmf.compare.years import earlier_instead, is_year
from ojmf.errors import SelectionError
from ojmf.geography import (
    COUNTY_CODE_LENGTH,
    MUNICIPALITY_CODE_LENGTH,
    resolve_municipality,
    resolve_reference,
)
from ojmf.model import COUNTRY, ReferenceKind
from ojmf.printed import folded
from ojmf.suggestions import did_you_mean, nearest

EARLIER_WORD = "fjolaret"
TARGET_WORD = "mal"
BUDGET_WORD = "budget"
SIMILAR_WORD = "liknande"
OWN_KINDS = (ReferenceKind.EARLIER, ReferenceKind.TARGET, ReferenceKind.BUDGET)
"""References that are the municipality's own."""
_CHOICES = (
    f"Att jämföra med finns lan, riket, {EARLIER_WORD}, {TARGET_WORD}, {BUDGET_WORD} och "
    f"{SIMILAR_WORD}, och kommuner, län och grupper med namn eller kod."
)
_OWN_WORDS = {
    EARLIER_WORD: ReferenceKind.EARLIER,
    "fjolåret": ReferenceKind.EARLIER,
    "i fjol": ReferenceKind.EARLIER,
    TARGET_WORD: ReferenceKind.TARGET,
    "mål": ReferenceKind.TARGET,
    "målet": ReferenceKind.TARGET,
    BUDGET_WORD: ReferenceKind.BUDGET,
    "budgeten": ReferenceKind.BUDGET,
}

PAIRS = pl.Schema(
    {
        "geo": pl.String,
        "reference_geo": pl.String,
        "reference_kind": pl.String,
        "own_order": pl.UInt32,
        "reference_order": pl.UInt32,
    }
)
"""One row per municipality and reference, in the order that they were asked for."""


class _UnknownError(SelectionError):
    """A reference that is no place, group or word."""


@dataclass(frozen=True, slots=True)
class Against:
    """``pairs`` is ``PAIRS``; ``groups`` has reference_geo and geo, the members of each group.

    ``sizes`` has reference_geo and members: how many municipalities each county, the country and
    each group has, as far as that is known.
    """

    pairs: pl.DataFrame
    groups: pl.DataFrame
    sizes: pl.DataFrame

    def kinds(self, *kinds: ReferenceKind) -> pl.DataFrame:
        """The pairs of these kinds."""
        return self.pairs.filter(pl.col("reference_kind").is_in([kind.value for kind in kinds]))


def means_earlier(word: str) -> bool:
    """Whether a word for ``against`` means the municipality's own earlier figures."""
    return _OWN_WORDS.get(folded(word)) is ReferenceKind.EARLIER


def resolve_against(
    against: Sequence[str],
    geos: Sequence[str],
    geography: pl.DataFrame | None = None,
    peers: pl.DataFrame | None = None,
    years: Callable[[], Sequence[int]] = list,
    titles: pl.DataFrame | None = None,
) -> Against:
    """What each municipality is compared with, one after the other.

    ``against`` are ``lan``, ``riket``, ``fjolaret``, ``mal``, ``budget``, ``liknande`` (the group
    of those similar to it), and places or groups by code or name. Of several municipalities one
    that is the reference itself is left out. ``years`` gives those that there are figures for,
    ``titles`` the groups (group_id, group_title) where some have no members in ``peers``.

    Raises ``SelectionError`` for what is no such reference and for a municipality against itself.
    """
    if not against:
        raise SelectionError("Ange minst en jämförelse, till exempel lan eller riket.")
    owns = list(dict.fromkeys(resolve_municipality(geo, geography) for geo in geos))
    rows = []
    called = groups_called(peers if titles is None else titles)
    for order, word in enumerate(against):
        for own_order, own in enumerate(owns):
            try:
                kind, code = _reference(word, own, geography, peers, called, alone=len(owns) == 1)
            except _UnknownError as error:
                said = _unknown(word, called, geography, years)
                raise SelectionError(said or f"{error} {_CHOICES}") from None
            if code is not None:
                rows.append((own, code, kind.value, own_order, order))
    pairs = pl.DataFrame(rows, schema=PAIRS, orient="row").unique(
        ["geo", "reference_geo", "reference_kind"], keep="first", maintain_order=True
    )
    named = pairs.filter(reference_kind=ReferenceKind.GROUP.value)["reference_geo"].unique()
    groups = _members(peers).filter(pl.col("reference_geo").is_in(named.implode()))
    sizes = pl.concat([_places(geography), groups]).group_by("reference_geo").len("members")
    return Against(pairs, groups, sizes.cast({"members": pl.Int64}))


def _reference(
    word: str,
    own: str,
    geography: pl.DataFrame | None,
    peers: pl.DataFrame | None,
    titles: Mapping[str, str],
    *,
    alone: bool,
) -> tuple[ReferenceKind, str | None]:
    """The kind and the code of a reference; no code for one of several against itself."""
    wanted = folded(word)
    if wanted in _OWN_WORDS:
        return _OWN_WORDS[wanted], own
    if wanted == SIMILAR_WORD and peers is not None:
        return ReferenceKind.GROUP, _similar(own, peers)
    if wanted in titles:
        return ReferenceKind.GROUP, titles[wanted]
    try:
        code = resolve_reference(word, own, geography)
    except SelectionError as error:
        if not _is_own(word, own, geography):
            raise _UnknownError(str(error)) from None
        if not alone:
            return ReferenceKind.MUNICIPALITY, None
        raise
    if len(code) == COUNTY_CODE_LENGTH:
        return (ReferenceKind.COUNTRY if code == COUNTRY else ReferenceKind.COUNTY), code
    return ReferenceKind.MUNICIPALITY, code


def _is_own(word: str, own: str, geography: pl.DataFrame | None) -> bool:
    """Whether a word means the municipality itself."""
    try:
        return resolve_municipality(word, geography) == own
    except SelectionError:
        return False


def _unknown(
    word: str,
    titles: Mapping[str, str],
    geography: pl.DataFrame | None,
    years: Callable[[], Sequence[int]],
) -> str | None:
    """What is said of a year, and of a word that is most like one for what is no place."""
    if is_year(word):
        return f"”{word}” är ett år och ingen plats. {earlier_instead(word, years())}"
    places = [] if geography is None else [*geography["name"], *geography["code"]]
    words = [*_OWN_WORDS, SIMILAR_WORD, *titles]
    near = nearest(word, [*places, *words], 1)
    if near and near[0] in words and near[0] != folded(word):
        return f"Det finns ingen jämförelse som heter ”{word}”. Menade du {near[0]}?"
    return None


def _similar(own: str, peers: pl.DataFrame) -> str:
    """The group of those similar to the municipality."""
    similar = peers.filter(pl.col("of") == own)["group_id"]
    if similar.is_empty():
        known = peers["group_id"].unique().sort().to_list()
        raise SelectionError(
            f"Ingen grupp av kommuner som liknar {own} finns i data/peers.csv. Ange en grupp "
            f"med sitt id. {did_you_mean(own, known)}"
        )
    return str(similar[0])


def groups_called(peers: pl.DataFrame | None) -> dict[str, str]:
    """The ids of the groups by id and title, both folded."""
    if peers is None:
        return {}
    groups = peers.select("group_id", "group_title").unique(maintain_order=True).rows()
    titles = {folded(title): group_id for group_id, title in groups if title}
    return titles | {group_id.casefold(): group_id for group_id, _ in groups}


def _members(peers: pl.DataFrame | None) -> pl.DataFrame:
    if peers is None:
        return pl.DataFrame(schema={"reference_geo": pl.String, "geo": pl.String})
    return peers.select(
        pl.col("group_id").alias("reference_geo"), pl.col("member_id").alias("geo")
    ).unique(maintain_order=True)


def _places(geography: pl.DataFrame | None) -> pl.DataFrame:
    """The municipalities of each county and of the country."""
    if geography is None:
        return _members(None)
    codes = geography.filter(pl.col("level") == "municipality").select(pl.col("code").alias("geo"))
    return of_places(codes).select("reference_geo", "geo")


def of_places(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of municipalities twice: as part of their county and of the country."""
    county = pl.col("geo").str.head(COUNTY_CODE_LENGTH)
    return pl.concat(
        rows.with_columns(place.alias("reference_geo")) for place in (county, pl.lit(COUNTRY))
    )


def municipal() -> pl.Expr:
    """Whether a row is about a municipality."""
    return pl.col("geo").str.len_chars() == MUNICIPALITY_CODE_LENGTH
