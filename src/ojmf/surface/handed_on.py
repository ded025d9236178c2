"""The table and the report that are handed on: what they hold, and the bytes of their files."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ojmf.errors import SelectionError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import polars as pl

    from ojmf.present.annex.rows import Asked, Comparison
    from ojmf.present.annex.shown_rows import Comments
    from ojmf.workspace import Workspace

OF_DATA = (".csv", ".json", ".md", ".ndjson", ".parquet", ".tsv", ".xlsx")
"""What a table of several municipalities, or of every period, can be written as."""
OF_A_REPORT = (".docx",)
_TOLD = ("method", "gap_beside", "beside_reason", "beside_name", "beside_kind", "beside_geo")
"""What is asked of the rows of a table of data that is written."""


@dataclass(frozen=True, slots=True)
class Table:
    """The table of ``kommun``, which may be a county, a group or ``alla``.

    ``wide`` names the column that municipalities are put side by side with, ``by`` what the
    catalogue places indicators in (``dimension`` or ``type``); ``comments`` and ``document`` are
    files with comments to the rows of one municipality.
    """

    workspace: Workspace
    kommun: str
    asked: Asked
    wide: str | None = None
    by: str | None = None
    comments: Path | None = None
    document: Path | None = None

    @property
    def geos(self) -> list[str]:
        """The codes of the municipalities; ``SelectionError`` for an unknown place."""
        from ojmf.geography import resolve_municipalities

        workspace = self.workspace
        return resolve_municipalities(self.kommun, workspace.geography, workspace.groups)

    @property
    def is_data(self) -> bool:
        """Whether it is one table of data, and not the annexes of one municipality."""
        one = self.wide is None and self.by is None and not self.asked.every
        return not one or len(self.geos) > 1

    @property
    def suffixes(self) -> Collection[str]:
        """What it can be written as."""
        from ojmf.present.annex import SUFFIXES

        return OF_DATA if self.is_data else SUFFIXES

    def made(self, suffix: str) -> tuple[pl.DataFrame, bytes]:
        """The rows, or ``_TOLD`` of those that are written as they are made, and the file.

        Raises ``UsageError`` for comments to a table of data, ``InputError`` for comments that
        can't be read, and as ``compared``.
        """
        import polars as pl

        from ojmf.present.annex import to_file
        from ojmf.present.annex.rows import compare_rows
        from ojmf.present.annex.together import table_rows
        from ojmf.present.said_once import without_what_documents_say

        workspace = self.workspace
        if not self.is_data:
            if suffix != ".csv":  # whose rows stand alone, without the documents
                workspace = without_what_documents_say(workspace, workspace.scan())
            given = comments_of(workspace, self.comments, self.document)
            comparison = compare_rows(workspace, self.geos[0], asked=self.asked, comments=given)
            _refuse_nothing_beside(workspace, comparison.rows, self.geos, self.asked.against)
            return comparison.rows, to_file(comparison, suffix, workspace.newest())
        if self.comments or self.document:
            raise UsageError(
                "Utelämna comments= och document=, eller every_period=, by= och wide=: de två "
                "första gäller bilagetabellen för en kommun."
            )
        parts = table_rows(self.workspace, self.geos, self.asked)
        if suffix == ".xlsx" and self.by is None and self.wide is None:
            rows, content = _streamed(parts)
        else:
            rows, content = pl.concat(parts), None
        _refuse_nothing_beside(workspace, rows, self.geos, self.asked.against)
        return rows, self._as_data(rows, suffix) if content is None else content

    def _as_data(self, rows: pl.DataFrame, suffix: str) -> bytes:
        from ojmf.present.annex.views import data_view
        from ojmf.present.spreadsheets import WRITERS, to_csv
        from ojmf.present.views import Names

        workspace, view = self.workspace, data_view()
        if self.by is not None:
            from ojmf.compare.areas_of_figures import in_kinds
            from ojmf.present.view_columns import of_kind

            rows = in_kinds(rows, workspace.indicators, self.by)
            view = (of_kind(self.by), *view)
        if self.wide is not None:
            from ojmf.present.wide import side_by_side

            names = Names(workspace.indicators, workspace.places)
            rows, view = side_by_side(rows.drop("municipality"), self.wide, names)
        return to_csv(rows) if suffix == ".csv" else WRITERS[suffix](rows, view)


def _streamed(parts: Iterator[pl.DataFrame]) -> tuple[pl.DataFrame, bytes]:
    """``_TOLD`` of the rows and the workbook with them, of which one part at a time is held."""
    import polars as pl

    from ojmf.present.sheets import SHEET, to_workbook

    told: list[pl.DataFrame] = []

    def passing() -> Iterator[pl.DataFrame]:
        for part in parts:
            told.append(part.select(_TOLD))
            yield part

    content = to_workbook({SHEET: passing()})
    return pl.concat(told), content


def comments_of(workspace: Workspace, comments: Path | None, document: Path | None) -> Comments:
    """The comments of the document and of the user's file, which comes first."""
    if comments is None and document is None:
        return {}
    from ojmf.present.annex.comments import document_comments, read_comments

    printed = document_comments(workspace, document) if document else {}
    own = read_comments(comments, workspace.indicators) if comments else {}
    return {**printed, **own}


def reported(
    workspace: Workspace,
    kommun: str,
    against: str | None,
    comments: Path | None,
    document: Path | None,
    before: pl.Expr | None = None,
) -> Comparison:
    """What a report says of a municipality; ``before`` is of the periods ``fjolaret`` means.

    Raises ``UsageError`` where ``against`` is the county or the country, which a report has
    anyway, ``SelectionError`` where nothing can stand beside it, and as ``compared``.
    """
    from ojmf.present.annex.rows import Asked, compare_rows

    given = comments_of(workspace, comments, document)
    asked = Asked(against=against, methods=())
    asked = asked if before is None else replace(asked, before=before)
    comparison = compare_rows(workspace, kommun, asked=asked, comments=given)
    if against is None:
        return comparison
    if _stands_anyway(against):
        raise UsageError("Utelämna against=: länet och riket står redan i rapporten.")
    _refuse_nothing_beside(workspace, comparison.rows, [comparison.geo], against)
    return comparison


def _refuse_nothing_beside(
    workspace: Workspace, rows: pl.DataFrame, geos: Sequence[str], against: str | None
) -> None:
    """Raise where nothing can stand beside what is asked for, with the reason that rows give."""
    from ojmf.compare.frame import Selection
    from ojmf.geography import listed_places
    from ojmf.surface.orders import against_in_words, of_years

    if against is None or _stands_anyway(against) or rows["gap_beside"].is_not_null().any():
        return
    reasons = rows["beside_reason"].drop_nulls().value_counts(sort=True)
    why = f" Skälet är oftast: {reasons[0, 0]}." if reasons.height else ""
    named = rows["beside_name"].drop_nulls().unique()
    other = named[0] if len(named) == 1 else against_in_words(against) or against
    raise SelectionError(
        f"Inget som {listed_places(geos, workspace.geography)} har uppgifter om kan ställas mot "
        f"{other}, så det skulle inte synas.{why} "
        f"{of_years(workspace, geos, against, Selection())}{_of_groups(workspace, rows)}Utelämna "
        "against=, eller ange något annat."
    )


def _of_groups(workspace: Workspace, rows: pl.DataFrame) -> str:
    """What there is instead of a group without figures: other groups, or whose figures it lacks."""
    import polars as pl

    from ojmf.geography import listed_places
    from ojmf.model import ReferenceKind

    asked = rows.filter(beside_kind=ReferenceKind.GROUP.value)["beside_geo"].unique()
    if asked.is_empty():
        return ""
    known = workspace.scan().select(pl.col("geo").unique()).collect().to_series()
    there = pl.col("group_id").is_in(known.implode()) & ~pl.col("group_id").is_in(asked.implode())
    titles = workspace.group_titles.filter(there)["group_title"].to_list()
    if titles:
        named = " och ".join(f"”{title}”" for title in titles)
        return f"Arbetsytan har uppgifter för {named}, som kan anges i stället. "
    groups = workspace.groups.filter(pl.col("group_id").is_in(asked.implode()))
    lacking = groups.filter(~pl.col("member_id").is_in(known.implode()))["member_id"].unique()
    if lacking.is_empty():
        return ""
    named = listed_places(lacking.sort().to_list(), workspace.geography)
    return f"Uppgifter saknas från {named}: ta in dem med ojmf import FIL. "


def _stands_anyway(against: str) -> bool:
    from ojmf.geography import COUNTRY_WORD, COUNTY_OF_OWN
    from ojmf.printed import folded

    return folded(against) in (COUNTY_OF_OWN, COUNTRY_WORD)
