"""The comparisons of the surface for Python with a reference: status, gaps and areas.

Results are Polars frames, which a notebook shows as Swedish tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import polars as pl

from ojmf.arguments import as_annotated, as_list, at_least_one
from ojmf.compare.against import EARLIER_WORD, means_earlier
from ojmf.errors import SelectionError, UsageError
from ojmf.model import PeriodKind, Sex
from ojmf.periods import parse_period
from ojmf.present.notebooks import Result, framed
from ojmf.surface.chosen import Chosen, choose_in
from ojmf.surface.of_areas import Together, areas_against, carried
from ojmf.surface.orders import By, between_sexes, ordered
from ojmf.workspace import Workspace as Declared

if TYPE_CHECKING:
    from ojmf.compare.frame import Selection
    from ojmf.present.tables import View
    from ojmf.present.views import Names

Sexes = Literal["kvinnor", "män", "totalt"]
Orders = Literal["gap", "priority", "label", "dimension", "type", "sex"]
_SEXES = {"kvinnor": Sex.FEMALE.value, "män": Sex.MALE.value, "totalt": Sex.TOTAL.value}


class Comparisons(Declared):
    """The comparisons of observations and what is declared about them, with a reference.

    A municipality (``kommun``) is given by name or SCB code; a county, a group or ``alla`` means
    each of its municipalities, and ``lan=`` in its place a county as one place. ``against`` is as
    on the command line: ``lan``, ``riket``, ``fjolaret``, ``mal``, ``budget``, ``liknande``, or a
    place or group by name or code. ``period`` is an ISO 8601 period that the figures lie within,
    and ``since`` the one that ``fjolaret`` means. ``every_period`` takes every period instead of
    the latest of each series. ``wide`` names a column of the result (``own``, ``status``, ``gap``
    …) to put the municipalities side by side with, a column each.
    """

    @as_annotated
    def status(  # noqa: PLR0913 - each is an option of the command
        self,
        kommun: str | None = None,
        *,
        lan: str | None = None,
        against: str | Sequence[str] = "lan",
        area: str | None = None,
        period: str | None = None,
        since: str | None = None,
        sex: Sexes | Sequence[Sexes] | None = None,
        by: Literal["dimension", "type"] | None = None,
        all_methods: bool = False,
        every_period: bool = False,
        wide: str | None = None,
    ) -> Result:
        """The colour or the verdict of every indicator, beside the reference.

        Answers alone are meant where the municipality has some, unless ``all_methods`` or ``sex``
        is given. Returns ``schema.STATUS``; gaps are in percentage points for answers and in
        ``unit`` otherwise. ``by`` puts the rows by area of quality or by type, our own reading,
        with a column of that name. With ``lan`` the county's own figures beside the country's:
        ``schema.COUNTY``. Source of the methods: docs/metoder.md.

        Raises ``SelectionError`` for an unknown place, area or period, and where there is nothing,
        and ``UsageError`` for arguments that do not go together.

        >>> import ojmf
        >>> rows = ojmf.Workspace.open().status("alla")
        >>> rows.group_by("status").len().sort("status").rows()
        [('green', 70), ('grey', 1), ('red', 32), ('yellow', 3)]
        """
        selection = self._selection(area, period, sex, since, against, every=every_period)
        all_methods = all_methods or sex is not None
        if lan is not None:
            from ojmf.surface.whole_county import county_status

            chosen = self._county(kommun, lan, selection, all_methods=all_methods, by=by, wide=wide)
            return Result(*county_status(chosen, _one(against)))
        rows = self._chosen(kommun, selection, all_methods=all_methods).compared(as_list(against))
        if by is None:
            return self._shown(rows, wide=wide)
        from ojmf.compare.areas_of_figures import in_kinds

        return self._shown(in_kinds(rows, self.indicators, by), [by], wide=wide)

    @as_annotated
    def gaps(  # noqa: PLR0913 - each is an option of the command
        self,
        kommun: str | None = None,
        *,
        lan: str | None = None,
        against: str | Sequence[str] = "lan",
        by: Orders = "gap",
        top: int | None = None,
        area: str | None = None,
        period: str | None = None,
        since: str | None = None,
        sex: Sexes | Sequence[Sexes] | None = None,
        all_methods: bool = False,
        every_period: bool = False,
        wide: str | None = None,
    ) -> Result:
        """The rows of :meth:`status` that have a gap, the most negative first.

        Figures in unlike units are ordered by their gap in percent of the reference, the worst
        first. ``top`` keeps that many rows. Returns ``schema.STATUS``. Beside an earlier period
        ``change`` says what has become of each, also of questions that are new or asked no longer.

        ``by`` chooses another order, with columns of its own behind those: ``priority`` is what is
        red, the most common among the county's municipalities first (``national``, ``priority``,
        ``basis``); ``label`` the questions that several areas ask (``areas``, ``same_status``);
        ``dimension`` and ``type`` by the six areas of quality, or structure, process and result,
        our own reading. ``sex`` puts women's figures beside men's: ``schema.WOMEN_AND_MEN``. With
        ``lan`` it is ``schema.COUNTY``.

        Raises as :meth:`status`, also where there is no gap.

        >>> import ojmf
        >>> workspace = ojmf.Workspace.open()
        >>> kommun = workspace.status("alla")["geo"][0]
        >>> workspace.gaps(kommun, against="riket", top=2)["gap"].to_list()
        [-85.0, -66.0]
        >>> workspace.gaps(kommun, by="priority", top=2)["priority"].to_list()
        [89.0, 86.0]
        """
        most = at_least_one(top)
        order = By(by)
        selection = self._selection(area, period, sex, since, against, every=every_period)
        all_methods = all_methods or sex is not None
        if lan is not None:
            from ojmf.surface.whole_county import county_gaps

            other = order is not By.GAP
            chosen = self._county(
                kommun, lan, selection, all_methods=all_methods, by=other, wide=wide
            )
            return Result(*county_gaps(chosen, _one(against), most))
        chosen = self._chosen(kommun, selection, all_methods=all_methods)
        if order is By.SEX:
            from ojmf.present import difference_views

            if sex is not None or against != "lan":
                raise UsageError("Utelämna sex= och against=: by=sex ställer kvinnor mot män.")
            pairs = between_sexes(chosen)
            view = difference_views.women_and_men(self._names)
            return self._result(pairs if most is None else pairs.head(most), view, wide)
        found = ordered(chosen, order, _one(against))
        rows = found.rows if most is None else found.rows.head(most)
        return self._shown(rows, found.more, wide=wide)

    @as_annotated
    def areas(  # noqa: PLR0913 - each is an option of the command
        self,
        kommun: str | None = None,
        *,
        lan: str | None = None,
        against: str = "lan",
        by: Literal["area", "dimension", "type"] = "area",
        carriers: bool = False,
        area: str | None = None,
        period: str | None = None,
        since: str | None = None,
        all_methods: bool = False,
        every_period: bool = False,
        wide: str | None = None,
    ) -> Result:
        """Each area: the colours and the share of JA, or how many figures are better and worse.

        Answers are held against the county and the country both (see ``compare.areas``):
        ``schema.AREAS``, in percent and percentage points; against another reference than the
        county they are ``schema.AREAS_BESIDE``, against ``fjolaret`` ``schema.AREA_CHANGES``.
        Figures are held against ``against``, and the country where the county has none:
        ``schema.FIGURE_AREAS``. ``by`` puts the questions together by area of
        quality instead, which is our own reading of them. With ``lan`` it is
        ``schema.COUNTY_AREAS``. With ``carriers`` it is the rows of :meth:`status` that carry each
        area's gap, with ``area_gap`` and ``contribution`` (see ``compare.contributions``).

        Raises as :meth:`status`.

        >>> import ojmf
        >>> workspace = ojmf.Workspace.open()
        >>> kommun = workspace.status("alla")["geo"][0]
        >>> workspace.areas(kommun).select("indicators", "green", "share_yes").row(0)
        (25, 16, 64.0)
        """
        together = Together(by)
        selection = self._selection(area, period, None, since, against, every=every_period)
        other = together is not Together.AREA
        if lan is not None:
            from ojmf.surface.whole_county import county_areas

            more = {"by": other, "carriers": carriers, "wide": wide}
            chosen = self._county(kommun, lan, selection, all_methods=all_methods, **more)
            return Result(*county_areas(chosen, _one(against)))
        chosen = self._chosen(kommun, selection, all_methods=all_methods)
        if carriers:
            if other or every_period or wide:
                raise UsageError("Utelämna by=, every_period= och wide=: carriers= visar områden.")
            return self._shown(
                carried(chosen, _one(against)), ["area_gap", "contribution", "counted_as"]
            )
        rows, view = areas_against(chosen, _one(against), together, with_geo=wide is not None)
        return self._result(rows, view, wide)

    @property
    def _names(self) -> Names:
        from ojmf.present.views import Names

        return Names(self.indicators, self.places)

    def _selection(
        self,
        area: str | None = None,
        period: str | None = None,
        sex: Sexes | Sequence[Sexes] | None = None,
        since: str | None = None,
        against: str | Sequence[str] = "lan",
        *,
        every: bool = False,
    ) -> Selection:
        from ojmf.compare.frame import Selection

        if since is not None and not any(map(means_earlier, as_list(against))):
            raise UsageError(f"Ange against={EARLIER_WORD} tillsammans med since=.")
        sexes = tuple(_SEXES[name] for name in ([] if sex is None else as_list(sex)))
        within, before = _within("period", period), _within("since", since)
        return Selection(area, (), sexes, within, before, every)

    def _before(self, since: str | None, against: str | None) -> pl.Expr:
        """The condition on the periods that ``fjolaret`` means."""
        return self._selection(None, None, None, since, against or "lan").before

    def _chosen(
        self, kommun: str | None, selection: Selection, *, all_methods: bool = False
    ) -> Chosen:
        if kommun is None:
            raise UsageError(
                "Ange kommun= (en kommun, ett län, en grupp eller alla, var och en för sig) eller "
                "lan= (ett län som en enda plats)."
            )
        return choose_in(self, kommun, selection, all_methods=all_methods)

    def _county(
        self,
        kommun: str | None,
        lan: str,
        selection: Selection,
        *,
        all_methods: bool,
        **unused: object,
    ) -> Chosen:
        """The municipalities of a county that is meant as one place, without what is ``unused``."""
        from ojmf.geography import resolve_county

        if kommun is not None:
            raise UsageError(
                "Ange kommun= (var och en för sig) eller lan= (ett län som en enda plats), inte "
                "båda."
            )
        for name, given in unused.items():
            if given:
                raise UsageError(f"Utelämna {name}= tillsammans med lan=: det gäller kommuner.")
        county = resolve_county(lan, self.geography)
        return choose_in(self, county, selection, all_methods=all_methods)

    def _shown(
        self, rows: pl.DataFrame, more: Sequence[str] = (), *, wide: str | None = None
    ) -> Result:
        """Rows of ``compare.frame.TRACED`` with reasons in ``schema.STATUS``, and ``more``."""
        from ojmf.compare.frame import published

        told = ("verdict", "reason", *more)
        frame = published(rows).with_columns(rows.select(told).get_columns())
        return self._result(frame, framed(self._names, more), wide)

    def _result(
        self,
        frame: pl.DataFrame,
        view: View,
        wide: str | None,
        seen: pl.DataFrame | None = None,
    ) -> Result:
        if wide is None:
            return Result(frame, view, seen)
        from ojmf.present.wide import side_by_side

        return Result(*side_by_side(frame, wide, self._names))


def _one(against: str | Sequence[str]) -> str:
    """The one reference that is meant; ``UsageError`` for several."""
    given = as_list(against)
    if len(given) != 1:
        raise UsageError(f"Ange en jämförelse i against=, inte {len(given)}: {', '.join(given)}.")
    return given[0]


def _within(name: str, period: str | None) -> pl.Expr:
    return pl.lit(value=True) if period is None else in_period(name, period)


def in_period(name: str, period: str) -> pl.Expr:
    """The condition that an ISO 8601 period makes on observations; raises ``SelectionError``."""
    try:
        within = parse_period(period, PeriodKind.POINT)
    except ValueError as error:
        raise SelectionError(f"Ange {name}= som en period: {error}") from error
    return (pl.col("period_start") >= within.start) & (pl.col("period_end") <= within.end)
