"""The surface for Python over frames of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

import polars as pl

from ojmf.arguments import as_annotated
from ojmf.declarations.catalogue import Catalogue
from ojmf.declarations.concepts import Concept
from ojmf.declarations.loading import embedded_root
from ojmf.errors import UsageError
from ojmf.frames import (
    PEOPLE,
    Frame,
    checked,
    checked_observations,
    entered,
    of_catalogue,
    of_places,
)
from ojmf.frames.kinds import CHARTED, MEMBERS, TARGETED
from ojmf.surface.outputs import Outputs


class Data(Outputs):
    """Frames of one's own with the comparisons of a :class:`~ojmf.Workspace`, without a folder.

    ``observations`` is ``schema.OBSERVATIONS`` and ``indicators`` the catalogue in
    ``declarations.catalogue.INDICATORS``, or a ``Catalogue``; columns that may be empty may be
    missing. ``geography``
    are Sweden's places unless given. May be left out: ``population`` (geo, date, population),
    ``groups`` (group_id, group_title, of, member_id), ``targets`` (indicator_id, geo,
    period_start, period_end, target), ``charts`` (indicator_id, geo, kind, date, reason) and
    ``concepts``. Rows about places that the geography has not are passed over. With ``cast`` codes
    as numbers, figures as text and dates with a time zone are converted.

    Raises ``FrameError`` with every fault of the first frame that has some, by column and row.

    >>> from datetime import date
    >>> import ojmf
    >>> import polars as pl
    >>> places = ojmf.Workspace.open().geography.filter(level="municipality")["code"]
    >>> cost = {"indicator_id": "a.cost", "area_id": "a", "unit": "SEK_per_inhabitant"}
    >>> year = {"period_start": date(2024, 1, 1), "period_end": date(2024, 12, 31)}
    >>> figures = {"geo": places, "value": range(len(places)), "scenario": "outcome"}
    >>> observations = pl.DataFrame({**cost, **figures, **year, "period_kind": "year"})
    >>> judged = {"kind": "amount", "method": "quartile", "polarity": "lower"}
    >>> data = ojmf.Data(observations, pl.DataFrame([{**cost, **judged}]))
    >>> data.status(places[0], against="riket").select("own", "reference", "gap", "status").row(0)
    (0.0, 144.5, -144.5, 'green')
    """

    @as_annotated
    def __init__(  # noqa: PLR0913 - one parameter per frame
        self,
        observations: Frame,
        indicators: Frame | Catalogue,
        *,
        geography: Frame | None = None,
        population: Frame | None = None,
        groups: Frame | None = None,
        targets: Frame | None = None,
        charts: Frame | None = None,
        concepts: Sequence[Concept] = (),
        cast: bool = False,
    ) -> None:
        from ojmf.declarations.geography_file import load_geography

        root = embedded_root()
        if geography is None:
            geography, _ = load_geography(root / "data" / "geography.csv")
        if isinstance(indicators, Catalogue):
            indicators = indicators.frame()
        cells, asked, places = entered(observations, indicators, geography, cast=cast)
        catalogue = Catalogue.from_frame(asked)
        super().__init__(root, "frames", catalogue, places, {}, concepts=tuple(concepts))
        if population is not None:
            self.population = of_places(population, PEOPLE, places, cast=cast)
        if groups is not None:
            self.groups = checked(groups, MEMBERS, cast=cast)
        if targets is not None:
            self.targets = of_catalogue(targets, TARGETED, asked, method="target", cast=cast)
        if charts is not None:
            self.charts = of_catalogue(charts, CHARTED, asked, cast=cast)
        self._given = observations, cast
        self.hold(cells)

    @classmethod
    def open(cls, *_: object, **__: object) -> NoReturn:
        """A folder is opened as a :class:`~ojmf.Workspace`; raises ``UsageError``."""
        raise UsageError(
            "Data görs av egna tabeller, ojmf.Data(observations, indicators); en mapp öppnas med "
            "ojmf.Workspace.open(mapp)."
        )

    @as_annotated
    def validate(self, given: Frame | None = None) -> pl.DataFrame:
        """Judge the observations, or others of the same catalogue, by the suites about frames.

        Finds rows that contradict each other, figures outside what their unit allows, places,
        units and indicators that are unknown, and more; ``row`` says which row, from 0. Returns
        ``schema.VALIDATED``, gravest first; empty where nothing is found. Raises ``FrameError``
        for a frame that is no observations.

        >>> import ojmf
        >>> import polars as pl
        >>> workspace = ojmf.Workspace.open()
        >>> data = ojmf.Data(workspace.observations(), workspace.indicators)
        >>> shares = data.observations().filter(unit="percent", scenario="share").head(1)
        >>> data.validate(shares.with_columns(value=pl.lit(1000.0)))["check"].to_list()
        ['share-range']
        """
        from ojmf.validate.given_frames import validate_frame

        # What is held for comparisons lacks the rows about places that are unknown.
        rows, cast = self._given if given is None else (given, False)
        return validate_frame(self, checked_observations(rows, cast=cast))

    def __repr__(self) -> str:
        observed = self.observations()
        return f"<Data {observed.height} observations, {observed['geo'].n_unique()} places>"
