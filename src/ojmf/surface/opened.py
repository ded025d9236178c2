"""The surface for Python over a folder: what it declares, and files on their way into it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import polars as pl

from ojmf.arguments import as_annotated
from ojmf.errors import SelectionError
from ojmf.frames import Frame, checked_observations
from ojmf.geography import resolve_municipality
from ojmf.surface.comparisons import in_period
from ojmf.surface.outputs import Outputs

if TYPE_CHECKING:
    from ojmf.intake.proposed import Import


class Workspace(Outputs):
    """A workspace: what a folder declares, the observations in it, and their comparisons.

    Open one with :meth:`open`; without a folder it is the data that comes with ojmf. A
    municipality is given by name or SCB code, ``against`` as on the command line: ``lan``,
    ``riket``, ``fjolaret``, ``mal``, ``budget``, ``liknande``, or a place or group by name or code.

    >>> import ojmf
    >>> workspace = ojmf.Workspace.open()
    >>> workspace.observations().height > 2000
    True
    """

    @as_annotated
    def ingest(self, source_id: str) -> pl.DataFrame:
        """The observations of one source, in ``schema.OBSERVATIONS``.

        Figures are in ``unit``. Raises ``TableError`` where the document does not look as it is
        declared, and ``SelectionError`` for an unknown source.

        >>> import ojmf
        >>> workspace = ojmf.Workspace.open()
        >>> source_id = next(iter(workspace.sources))
        >>> workspace.ingest(source_id)["source_id"].unique().to_list() == [source_id]
        True
        """
        from ojmf.ingest.source import ingest_source

        return ingest_source(self, source_id).observations

    @as_annotated
    def import_file(  # noqa: PLR0913 - each is an option of the command
        self,
        path: str | PathLike[str],
        *,
        source_id: str | None = None,
        kommun: str | None = None,
        period: str | None = None,
        published: date | None = None,
        answers: Mapping[str, str] | None = None,
        accept: int | None = None,
        retire: bool = False,
        revises: str | None = None,
        separate: bool = False,
    ) -> Import:
        """What a file would become: read, validated by every suite, and compared; not written.

        ``answers`` are by the key of the question, ``accept`` takes the proposals with at least
        that score (1: all), ``retire`` says of questions that a next year's document lacks that
        they are asked no more. ``revises`` names the source that the file is a new edition of,
        ``separate`` says that it is none of any. The result has the open questions (``left``), the
        findings (``validation``), what it adds, takes away and changes (``changes``), and
        ``write``, which writes it. Raises as :func:`ojmf.intake.imports.import_file`.
        """
        from ojmf.intake.imports import import_file
        from ojmf.intake.proposed import Wishes

        if accept is not None and accept < 1:
            raise SelectionError(f"Ange accept= som 1 eller mer, inte {accept}.")
        if period is not None:
            in_period("period", period)
        geo = None if kommun is None else resolve_municipality(kommun, self.geography)
        wishes = Wishes(
            source_id, geo, period, published, answers or {}, accept, retire, revises, separate
        )
        return import_file(self, Path(path), wishes)

    @as_annotated
    def export(
        self,
        output: str | PathLike[str],
        *,
        licence: Literal["CC0-1.0", "CC-BY-4.0"] = "CC0-1.0",
    ) -> Path:
        """Write all that the workspace holds as open data, a folder with a Frictionless package.

        Observations, indicators, geography, sources, status and areas, each as ``.csv`` and
        ``.parquet``. Returns the path. Raises ``OutputError`` where something that ojmf did not
        make is there.

        >>> import ojmf
        >>> from tempfile import mkdtemp
        >>> folder = ojmf.Workspace.open().export(f"{mkdtemp()}/paket")
        >>> (folder / "datapackage.json").is_file()
        True
        """
        from ojmf.present.package_folder import write_package

        folder = Path(output)
        write_package(self, folder, licence)
        return folder

    @as_annotated
    def validate(self, given: Frame | str | PathLike[str] | None = None) -> pl.DataFrame:
        """Judge every source, or one source, document, file or frame, by the suites.

        Returns ``schema.VALIDATED``, gravest first; empty where nothing is found. A frame is
        judged by the suites about frames (``row`` says which of its rows), and rows of it that are
        of a declared source as that source, too.
        Raises ``FrameError`` for a frame that is no observations, and ``SelectionError`` or
        ``InputError`` for a source or file that is not there.

        >>> import ojmf
        >>> workspace = ojmf.Workspace.open()
        >>> workspace.validate(next(iter(workspace.sources))).filter(severity="critical").height
        0
        """
        from ojmf.schema import OBSERVATIONS
        from ojmf.validate.given_frames import validate_frame
        from ojmf.validate.parts import Part, part_of
        from ojmf.validate.validation import validate

        if given is None or isinstance(given, str | PathLike):
            names = list(self.sources) if given is None else [str(given)]
            told = validate(self, [part_of(self, name) for name in names]).findings
            return told.with_columns(row=pl.lit(None, pl.UInt32))
        rows = checked_observations(given)
        told = validate_frame(self, rows)
        declared = rows.filter(pl.col("source_id").is_in(list(self.sources)))
        if declared.is_empty():
            return told
        part = Part("frame", "frame", declared.select(OBSERVATIONS.names()))
        as_sources = validate(self, [part]).findings.with_columns(row=pl.lit(None, pl.UInt32))
        return pl.concat([told, as_sources])
