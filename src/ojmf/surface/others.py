"""What the surface for Python compares otherwise: pairs, peers, likeness, worth and time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ojmf.arguments import as_annotated
from ojmf.errors import UsageError
from ojmf.geography import resolve_municipalities, resolve_municipality
from ojmf.present.notebooks import Result
from ojmf.present.reasons import with_reasons
from ojmf.surface.comparisons import Comparisons

if TYPE_CHECKING:
    from ojmf.present.annex.verifying import CitationVerdict


class Others(Comparisons):
    """The comparisons with a reference, and those with other municipalities and over time."""

    @as_annotated
    def compare(
        self, kommun: str, other: str, *, area: str | None = None, period: str | None = None
    ) -> Result:
        """Two municipalities side by side, concept by concept: ``schema.SIDE_BY_SIDE``.

        Only equal periods are compared; ``grade`` and ``reason`` say how comparable. Figures
        are in ``unit``, and ``*_per_inhabitant`` in ``per_inhabitant_unit``. Where no concept is
        declared for both, the questions and figures that both have of the same period stand side
        by side: ``schema.STATUS``. Raises ``SelectionError`` for an unknown municipality or area,
        one against itself, and where they have nothing in common.

        >>> import ojmf
        >>> workspace = ojmf.Workspace.open()
        >>> own, other = (formula.geo for formula in workspace.concepts[0].formula)
        >>> workspace.compare(own, other)["grade"].n_unique()
        4
        """
        from ojmf.present import difference_views, views
        from ojmf.present.marks import with_marks
        from ojmf.schema import COMPARED
        from ojmf.surface.pairing import paired

        geos = [resolve_municipality(name, self.geography) for name in (kommun, other)]
        places = [self._names.place(geo) for geo in geos]
        selection = self._selection(area, period, every=True)
        found = paired(self, geos, selection)
        if found.by_concept:
            return Result(with_marks(found.rows, COMPARED.names()), views.compared(*places))
        told = with_reasons(found.rows, self._names.places)
        return Result(self._shown(told), difference_views.in_common(self._names, *places))

    @as_annotated
    def peers(
        self,
        kommun: str,
        group: str | None = None,
        *,
        area: str | None = None,
        period: str | None = None,
    ) -> Result:
        """The groups of a municipality, or rank, quarter and median within one of them.

        Without ``group``, its id, ``schema.PEER_GROUPS``, else ``schema.PEER_PLACES``: the
        median and the gap are in ``unit``, and of answers the share of JA (%). Raises
        ``SelectionError`` for an unknown municipality, group or area and where there is no figure,
        and ``UsageError`` for an area or period without a group. Source of the groups: Kolada.

        >>> import ojmf
        >>> workspace = ojmf.Workspace.open()
        >>> kommun = workspace.status("alla")["geo"][0]
        >>> groups = workspace.peers(kommun)
        >>> workspace.peers(kommun, groups["group_id"][0])["members"].unique().to_list()
        [8]
        """
        from ojmf.compare.figures import subgroups
        from ojmf.compare.peers import peer_groups, traced_peers
        from ojmf.present import views
        from ojmf.present.marks import with_marks
        from ojmf.schema import PEER_PLACES

        geo = resolve_municipality(kommun, self.geography)
        if group is None:
            if area is not None or period is not None:
                raise UsageError("Ange group= tillsammans med area= och period=.")
            return Result(peer_groups(self.groups, geo), views.peer_groups())
        rows = self.observations().filter(self._selection(period=period).within)
        found = traced_peers(rows, self.indicators, self.groups, geo, group, area=area)
        names = [*PEER_PLACES, *subgroups(found)]
        return Result(found.select(names), views.peers(self._names), with_marks(found, names))

    @as_annotated
    def similar(
        self,
        kommun: str,
        by: str | Sequence[str],
        *,
        weights: Sequence[float] = (),
        top: int = 7,
        period: str | None = None,
    ) -> Result:
        """The ``top`` municipalities nearest by the indicators ``by``, each indicator a row.

        Indicators are divided by their standard deviation and count alike, or as ``weights``.
        Returns ``schema.SIMILAR``: figures in ``unit``, distances in standard deviations.
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
            self.observations().filter(self._selection(period=period).within),
            self.indicators,
            kommun,
            by,
            weights=weights,
            nearest=top,
            geography=self.geography,
        )
        return Result(rows, views.similar(self._names))

    @as_annotated
    def worth(
        self,
        kommun: str,
        *,
        against: str = "lan",
        area: str | None = None,
        period: str | None = None,
    ) -> Result:
        """What gaps stand for in persons, cases or kronor, the lowest first.

        Returns ``schema.WORTH``. ``low`` and ``high`` are 95 % limits where those asked
        are counted. Worths overlap and are never added up. Raises ``SelectionError`` as
        :meth:`status`, and with the reason where no gap has a denominator:

        >>> import ojmf
        >>> workspace = ojmf.Workspace.open()
        >>> kommun = workspace.status("alla")["geo"][0]
        >>> workspace.worth(kommun)  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        ojmf.errors.SelectionError: Ingen skillnad är i procent, per antal invånare eller ...
        """
        from ojmf.compare.valuing import valued
        from ojmf.present import gap_worth

        chosen = self._chosen(kommun, self._selection(area, period), all_methods=True)
        rows = chosen.compared([against])
        found = valued(rows, self.indicators, self.basis.denominators)
        return Result(found, gap_worth.worth(self._names))

    @as_annotated
    def trends(
        self,
        kommun: str,
        *,
        area: str | None = None,
        period: str | None = None,
        points: bool = False,
        screening: bool = True,
        wide: str | None = None,
    ) -> Result:
        """What each monthly or yearly series shows, or with ``points`` each point and its limits.

        Returns ``schema.TRENDS``, or ``schema.POINTS``, in the ``unit`` of each series, also of
        those that are too short to be judged (``variation``). ``screening`` leaves ranges that are
        large beside the others out of the limits. ``wide`` is as in :meth:`status`. Source of the
        methods: ``compare.control_charts``. Raises ``SelectionError`` for an unknown place or
        area, and where there is no series.

        >>> import ojmf
        >>> workspace = ojmf.Workspace.open()
        >>> kommun = workspace.status("alla")["geo"][0]
        >>> workspace.trends(kommun)["variation"].value_counts(sort=True).row(0)
        ('too_short', 29)
        """
        from ojmf.compare.figures import subgroups
        from ojmf.compare.over_time import traced_points, traced_trends
        from ojmf.present import views
        from ojmf.present.marks import with_marks
        from ojmf.schema import POINTS, TRENDS

        judge, view, columns = (
            (traced_points, views.chart_points, POINTS)
            if points
            else (traced_trends, views.trends, TRENDS)
        )
        rows = judge(
            self.observations().filter(self._selection(period=period).within),
            self.indicators,
            resolve_municipalities(kommun, self.geography, self.groups),
            area=area,
            geography=self.geography,
            charts=self.charts,
            screened=screening,
        )
        names = [*columns, *(name for name in subgroups(rows) if name not in columns)]
        seen = with_marks(rows, names)
        return self._result(rows.select(names), view(self._names), wide, seen)

    @as_annotated
    def cite(
        self, indicator: str, kommun: str, *, against: str = "lan", period: str | None = None
    ) -> str:
        """A figure as one Swedish sentence with its source and an id that tells when it changes.

        It is the latest figure, or the latest within ``period`` (``2023``, ``2025-08`` or
        ``2025-01/2025-08``), which the id then names. Raises ``SelectionError`` for an unknown
        indicator, municipality or reference, and for what is no period.

        >>> import ojmf
        >>> workspace = ojmf.Workspace.open()
        >>> kommun = workspace.status("alla")["geo"][0]
        >>> indicator = workspace.status(kommun)["indicator_id"][0]
        >>> "[oj:" in workspace.cite(indicator, kommun)
        True
        >>> year = str(workspace.status(kommun)["period_end"][0].year)
        >>> f"@{year}:" in workspace.cite(indicator, kommun, period=year)
        True
        """
        from ojmf.present.annex.citing import cite_indicator

        return cite_indicator(self, indicator, kommun, against=against, period=period).sentence

    @as_annotated
    def verify_citation(self, citation: str) -> CitationVerdict:
        """Derive a citation again, an id from :meth:`cite` or the sentence that ends with it.

        The verdict's ``code`` is ``holds``, ``revised`` (the figures are others now), ``gone``
        (the source or the figure is not there), ``unmatched`` (the checksum is not that of the
        figure) or ``misquoted`` (the words around the id contradict what is cited), and its
        ``message`` says in Swedish what has changed. Raises ``SelectionError``
        where there is no id, or more than one.

        >>> import ojmf
        >>> workspace = ojmf.Workspace.open()
        >>> kommun = workspace.status("alla")["geo"][0]
        >>> indicator = workspace.status(kommun)["indicator_id"][0]
        >>> workspace.verify_citation(workspace.cite(indicator, kommun)).code
        'holds'
        """
        from ojmf.present.annex.verifying import verify

        return verify(self, citation)
