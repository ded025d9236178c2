"""What the checked entrance is called from Python: ``Observations`` and ``Catalogue``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Self

import polars as pl

from ojmf.arguments import as_annotated
from ojmf.declarations import catalogue
from ojmf.errors import ArgumentError
from ojmf.frames.entrance import Frame, checked, checked_observations
from ojmf.frames.kinds import CATALOGUE
from ojmf.schema import OBSERVATIONS


class Observations:
    """Frames of observations: one row per figure or answer, in ``schema.OBSERVATIONS``.

    Required are ``unit``, ``area_id``, ``indicator_id``, ``geo``, ``scenario``, ``period_start``,
    ``period_end`` and ``period_kind``, and for a figure ``value`` or for an answer ``answer``.
    """

    schema = OBSERVATIONS
    """The columns and their types."""

    @staticmethod
    @as_annotated
    def validate(frame: Frame, *, cast: bool = False) -> pl.DataFrame:
        """The frame in the columns of ``schema.OBSERVATIONS``, those of its own behind them.

        Columns beside the required ones may be missing and are then null. Text may be Enum or
        Categorical, and figures of any type of number. With ``cast`` codes as numbers get their
        zeros back, figures as text are read with decimal point, and dates with a time zone become
        Swedish dates.

        Raises ``FrameError`` with every fault, by column and row, also for shares between 0 and 1
        (a share is in percent), and ``ArgumentError`` for what is no Polars frame. What rows say of
        each other is judged by :meth:`Data.validate <ojmf.Data.validate>`.

        >>> import ojmf
        >>> rows = ojmf.Workspace.open().observations()
        >>> ojmf.Observations.validate(rows).equals(rows)
        True
        >>> ojmf.Observations.validate(rows.drop("geo"))  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        ojmf.errors.FrameError: observationer: kolumnen geo saknas. ...
        """
        return checked_observations(frame, cast=cast)

    @staticmethod
    def empty() -> pl.DataFrame:
        """A frame without rows in ``schema.OBSERVATIONS``.

        >>> import ojmf
        >>> ojmf.Observations.empty().shape
        (0, 24)
        """
        return OBSERVATIONS.to_frame()


class Catalogue(catalogue.Catalogue):
    """All indicators, found by area and printed label; made of a frame by :meth:`from_frame`."""

    @as_annotated
    def __init__(self, areas: Iterable[catalogue.AreaFile]) -> None:
        """Take areas as they are declared; raises ``ArgumentError`` for anything else."""
        declared = areas if isinstance(areas, Sequence) else ()
        if not declared or not all(isinstance(area, catalogue.AreaFile) for area in declared):
            raise ArgumentError(
                "En katalog görs av en tabell med ojmf.Catalogue.from_frame(tabell); den som en "
                "arbetsyta deklarerar är ojmf.Workspace.open().catalogue."
            )
        super().__init__(declared)

    @classmethod
    @as_annotated
    def from_frame(cls, indicators: Frame, *, cast: bool = False) -> Self:
        """The catalogue of a frame: a row per indicator, in ``declarations.catalogue.INDICATORS``.

        Required are ``indicator_id``, ``area_id``, ``unit``, ``kind``, ``method`` and ``polarity``;
        columns beside them may be missing. An indicator and an area without a name are called by
        their ids. Raises as :meth:`Observations.validate`.

        >>> import ojmf
        >>> frame = ojmf.Workspace.open().indicators
        >>> ojmf.Catalogue.from_frame(frame).frame().equals(frame)
        True
        """
        return super().from_frame(checked(indicators, CATALOGUE, cast=cast))
