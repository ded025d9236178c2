"""The workspace: all that a folder declares, and the observations that it gives."""

from __future__ import annotations

from datetime import date

import polars as pl

from ojmf.declarations.loading import Declarations
from ojmf.schema import OBSERVATIONS


class Workspace(Declarations):
    """The declarations of a workspace and the observations of all its sources."""

    _observations: pl.DataFrame | None = None

    def collected(self) -> pl.DataFrame:
        """The observations that no report prints: fetched ones and reference values."""
        fetched = [source.observations() for source in self.fetched.values()]
        references = [file.observations for file in self.references.values()]
        return pl.concat([OBSERVATIONS.to_frame(), *fetched, *references])

    def newest(self) -> date:
        """The date of the newest document, or of the newest figure where there are no documents."""
        dates = [source.date for source in self.sources.values()]
        ends = self.observations()["period_end"].drop_nulls().to_list() if not dates else []
        return max([*dates, *ends], default=date.min)

    def observations(self) -> pl.DataFrame:
        """The observations of every source, in the schema ``OBSERVATIONS``.

        Raises the errors of ``ingest.ingest_source``.
        """
        if self._observations is None:
            from ojmf.ingest.source import ingest_source

            frames = [ingest_source(self, source_id).observations for source_id in self.sources]
            self._observations = pl.concat([OBSERVATIONS.to_frame(), *frames, self.collected()])
        return self._observations
