"""The comparisons of the surface for Python: the command line's, each as one call.

Results are Polars frames, which a notebook shows as Swedish tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import polars as pl

from ojmf.errors import SelectionError
from ojmf.geography import as_text, resolve_municipalities, resolve_municipality
from ojmf.model import PeriodKind, Sex
from ojmf.periods import parse_period
from ojmf.present.notebooks import Result, framed
from ojmf.workspace import Workspace as Declared

if TYPE_CHECKING:
    from ojmf.compare.frame import Selection
    from ojmf.present.views import Names

Sexes = Literal["kvinnor", "män"]
_SEXES = {"kvinnor": Sex.FEMALE.value, "män": Sex.MALE.value}


class Comparisons(Declared):
    """The comparisons of observations and what is declared about them.

    A municipality is given by name or SCB code, ``against`` as on the command line: ``lan``,
    ``riket``, ``fjolaret``, ``mal``, ``budget``, ``liknande``, or a place or group by name or code.
    """

    def status(
        self,
        kommun: str,
        *,
        against: str | Sequence[str] = "lan",
        area: str | None = None,
        period: str | None = None,
        sex: Sexes | None = None,
        all_methods: bool = False,
    ) -> Result:
        """The colour or the verdict of every indicator, beside the reference.

        ``kommun`` may also be a county or ``alla``. Answers alone are meant where the municipality
        has some, unless ``all_methods`` or ``sex`` is given. ``period`` is an ISO 8601 period that
        the figures lie within. Returns ``schema.STATUS``; gaps are in percentage points for answers
        and in ``unit`` otherwise. Source of the methods: docs/metoder.md.

        Raises ``SelectionError`` for an unknown place, area or period, and where there is nothing.

        >>> import ojmf
        >>> rows = ojmf.Workspace.open().status("alla")
        >>> rows.group_by("status").len().sort("status").rows()
        [('green', 70), ('grey', 1), ('red', 32), ('yellow', 3)]
        """
        return self._shown(self._rows(kommun, against, area, period, sex, all_methods=all_methods))

    def gaps(
        self,
        kommun: str,
        *,
        against: str | Sequence[str] = "lan",
        area: str | None = None,
        period: str | None = None,
        sex: Sexes | None = None,
        all_methods: bool = False,
        top: int | None = None,
    ) -> Result:
        """The rows of :meth:`status` that have a gap, the most negative first.

        Figures in unlike units are ordered by their gap in percent of the reference, the worst
        first. ``top`` keeps that many rows. Returns ``schema.STATUS``. Raises as :meth:`status`.

        >>> import ojmf
        >>> workspace = ojmf.Workspace.open()
        >>> kommun = workspace.status("alla")["geo"][0]
        >>> workspace.gaps(kommun, against="riket", top=2)["gap"].to_list()
        [-85.0, -66.0]
        """
        from ojmf.compare.weighing import largest_gaps

        if top is not None and top < 1:
            raise SelectionError(f"Antalet rader måste vara minst 1, inte {top}.")
        rows = self._rows(kommun, against, area, period, sex, all_methods=all_methods)
        ranked = largest_gaps(rows)
        return self._shown(ranked if top is None else ranked.head(top))

    def areas(self, kommun: str, *, against: str = "lan", period: str | None = None) -> Result:
        """Each area: the colours and the share of JA, or how many figures are better and worse.

        Answers are held against the county and the country both (see ``compare.areas``):
        ``schema.AREAS``, in percent and percentage points. Figures are held against ``against``,
        and the country where the county has none: ``schema.FIGURE_AREAS``. Raises as
        :meth:`status`.

        >>> import ojmf
        >>> workspace = ojmf.Workspace.open()
        >>> kommun = workspace.status("alla")["geo"][0]
        >>> workspace.areas(kommun).select("indicators", "green", "share_yes").row(0)
        (25, 16, 64.0)
        """
        from ojmf.compare.answers import areas_of
        from ojmf.compare.areas_of_figures import figure_areas
        from ojmf.present import views

        geos = resolve_municipalities(kommun, self.geography, self.groups)
        if self.has_answers(geos, self._selection(None, period, None)):
            rows = self._rows(kommun, ["lan", "riket"], None, period, None)
            several = rows["geo"].n_unique() > 1
            named = self._names if several else None
            return Result(areas_of(rows, self.indicators, several=several), views.areas(named))
        beside = [against, "riket"] if against == "lan" else against
        rows = self._rows(kommun, beside, None, period, None)
        return Result(figure_areas(rows, self.indicators), views.figure_areas(self._names))

    def compare(self, kommun: str, other: str) -> Result:
        """Two municipalities side by side, concept by concept: ``schema.SIDE_BY_SIDE``.

        Only like periods meet; ``grade`` and ``reason`` say how far a comparison holds. Figures
        are in ``unit``, and ``*_per_inhabitant`` in ``per_inhabitant_unit``. Raises
        ``SelectionError`` for an unknown municipality and one against itself.

        >>> import ojmf
        >>> workspace = ojmf.Workspace.open()
        >>> own, other = (formula.geo for formula in workspace.concepts[0].formula)
        >>> workspace.compare(own, other)["grade"].n_unique()
        4
        """
        from ojmf.compare.pairs import traced_pairs
        from ojmf.present import views
        from ojmf.present.marks import with_marks
        from ojmf.schema import COMPARED

        geos = [resolve_municipality(name, self.geography) for name in (kommun, other)]
        rows = traced_pairs(
            self.observations(), self.concepts, self.population, *geos, geography=self.geography
        )
        frame = with_marks(rows, COMPARED.names())
        return Result(frame, views.compared(*map(self._names.place, geos)))

    def peers(self, kommun: str, group: str | None = None) -> Result:
        """The groups of a municipality, or rank, quarter and median within one of them.

        Without ``group``, its id, ``schema.PEER_GROUPS``, else ``schema.PEER_PLACES``: the median
        and the gap are in ``unit``, and of answers the share of JA (%). Raises ``SelectionError``
        for an unknown municipality or group and where there is no figure. Source of the groups:
        Kolada.

        >>> import ojmf
        >>> workspace = ojmf.Workspace.open()
        >>> kommun = workspace.status("alla")["geo"][0]
        >>> groups = workspace.peers(kommun)
        >>> workspace.peers(kommun, groups["group_id"][0])["members"].unique().to_list()
        [8]
        """
        from ojmf.compare.peers import peer_groups, peer_places
        from ojmf.present import views

        geo = resolve_municipality(kommun, self.geography)
        if group is None:
            return Result(peer_groups(self.groups, geo), views.peer_groups())
        rows = peer_places(self.observations(), self.indicators, self.groups, geo, group)
        return Result(rows, views.peers(self._names))

    def similar(
        self, kommun: str, by: Sequence[str], *, weights: Sequence[float] = (), top: int = 7
    ) -> Result:
        """The ``top`` municipalities nearest by the indicators ``by``, each indicator a row.

        Indicators are divided by their standard deviation and count alike, or as ``weights``.
        Returns ``compare.nearness.SIMILAR``: figures in ``unit``, distances in standard deviations.
        Raises and is computed as :func:`ojmf.compare.similar`.

        >>> import ojmf
        >>> import polars as pl
        >>> workspace = ojmf.Workspace.open()
        >>> own, other = (formula.geo for formula in workspace.concepts[0].formula)
        >>> answers = workspace.observations().filter(geo=own, unit="answer")
        >>> yes = answers.filter(answer="JA")
        >>> opposite = yes.with_columns(geo=pl.lit(other), answer=pl.lit("NEJ"))
        >>> data = ojmf.Data(pl.concat([yes, opposite]), workspace.indicators)
        >>> data.similar(own, [yes["indicator_id"][0]])["steps"].to_list()
        [-2.0]
        """
        from ojmf.compare.nearness import similar
        from ojmf.present import views

        rows = similar(
            self.observations(),
            self.indicators,
            kommun,
            by,
            weights=weights,
            nearest=top,
            geography=self.geography,
        )
        return Result(rows, views.similar(self._names))

    def worth(
        self,
        kommun: str,
        *,
        against: str = "lan",
        area: str | None = None,
        period: str | None = None,
    ) -> Result:
        """What gaps stand for in persons, cases or kronor, the lowest first.

        Returns ``compare.valuing.WORTH``. ``low`` and ``high`` are 95 % limits where those asked
        are counted. Worths overlap and are never added up. Raises ``SelectionError`` as
        :meth:`status`, and with the reason where no gap has a denominator:

        >>> import ojmf
        >>> workspace = ojmf.Workspace.open()
        >>> kommun = workspace.status("alla")["geo"][0]
        >>> workspace.worth(kommun)  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        ojmf.errors.SelectionError: Inget gap är i procent, per antal invånare eller i kronor ...
        """
        from ojmf.compare.valuing import valued
        from ojmf.present import gap_worth

        rows = self._rows(kommun, against, area, period, None, all_methods=True)
        found = valued(rows, self.indicators, self.basis.denominators)
        return Result(found, gap_worth.worth(self._names))

    def trends(self, kommun: str, *, area: str | None = None, points: bool = False) -> Result:
        """What each monthly or yearly series shows, or with ``points`` each point and its limits.

        Returns ``schema.TRENDS``, or ``schema.POINTS``, in the ``unit`` of each series. Source of
        the methods: ``compare.control_charts``. Raises ``SelectionError`` for an unknown
        municipality or area, and where there is no series.

        >>> import ojmf
        >>> workspace = ojmf.Workspace.open()
        >>> kommun = workspace.status("alla")["geo"][0]
        >>> workspace.trends(kommun)["variation"].value_counts(sort=True).row(0)
        ('too_short', 29)
        """
        from ojmf.compare.over_time import control_charts, trends
        from ojmf.present import views

        judge, view = (control_charts, views.chart_points) if points else (trends, views.trends)
        rows = judge(
            self.observations(),
            self.indicators,
            kommun,
            area=area,
            geography=self.geography,
            charts=self.charts,
        )
        return Result(rows, view(self._names))

    def cite(self, indicator: str, kommun: str, *, against: str = "lan") -> str:
        """A figure as one Swedish sentence with its source and an id that tells when it changes.

        Raises ``SelectionError`` for an unknown indicator, municipality or reference.

        >>> import ojmf
        >>> workspace = ojmf.Workspace.open()
        >>> kommun = workspace.status("alla")["geo"][0]
        >>> indicator = workspace.status(kommun)["indicator_id"][0]
        >>> "[oj:" in workspace.cite(indicator, kommun)
        True
        """
        from ojmf.present.annex.citing import cite_indicator

        return cite_indicator(self, indicator, kommun, against=against).sentence

    @property
    def _names(self) -> Names:
        from ojmf.present.views import Names

        return Names(self.indicators, self.geography)

    def _selection(self, area: str | None, period: str | None, sex: Sexes | None) -> Selection:
        from ojmf.compare.frame import Selection

        if sex is not None and sex not in _SEXES:
            raise SelectionError(f"sex är ”{sex}”; väntade {' eller '.join(_SEXES)}.")
        sexes = () if sex is None else (_SEXES[sex],)
        if period is None:
            return Selection(area, (), sexes)
        try:
            within = parse_period(as_text(period, "en period"), PeriodKind.POINT)
        except ValueError as error:
            raise SelectionError(f"period: {error}") from error
        inside = (pl.col("period_start") >= within.start) & (pl.col("period_end") <= within.end)
        return Selection(area, (), sexes, inside)

    def _rows(
        self,
        kommun: str,
        against: str | Sequence[str],
        area: str | None,
        period: str | None,
        sex: Sexes | None,
        *,
        all_methods: bool = False,
    ) -> pl.DataFrame:
        """The rows of ``compare.frame.TRACED`` that a call is about."""
        from dataclasses import replace

        from ojmf.compare.against import listed
        from ojmf.compare.questions import ANSWER_METHOD

        selection = self._selection(area, period, sex)
        geos = resolve_municipalities(kommun, self.geography, self.groups)
        if sex is None and not all_methods and self.has_answers(geos, selection):
            selection = replace(selection, methods=(ANSWER_METHOD,))
        return self.compared(geos, listed(against), selection)

    def _shown(self, rows: pl.DataFrame) -> Result:
        from ojmf.compare.frame import published
        from ojmf.present.reasons import with_reasons

        told = with_reasons(rows, self._names.places)
        frame = published(rows).with_columns(told.select("verdict", "reason").get_columns())
        return Result(frame, framed(self._names))
