"""What the surface for Python writes: tables, reports and the web site."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ojmf.arguments import as_annotated, as_list, at_least_one
from ojmf.errors import SelectionError, UsageError
from ojmf.surface.others import Others

if TYPE_CHECKING:
    import altair as alt


_NARROWEST = 100


class Outputs(Others):
    """The comparisons, and the files that are made of them."""

    @as_annotated
    def table(  # noqa: PLR0913 - each is an option of the command
        self,
        kommun: str,
        output: str | PathLike[str],
        *,
        against: str | None = None,
        since: str | None = None,
        area: str | None = None,
        by: Literal["dimension", "type"] | None = None,
        all_methods: bool = False,
        every_period: bool = False,
        wide: str | None = None,
        comments: str | PathLike[str] | None = None,
        document: str | PathLike[str] | None = None,
        force: bool = False,
    ) -> Path:
        """Write the annexes of a municipality, or a table of data of several; returns the path.

        The annexes are ``.xlsx``, ``.html``, ``.md``, ``.csv`` or ``.docx``; several
        municipalities, ``by``, ``every_period`` and ``wide`` give a table of data (``.xlsx``,
        ``.csv``, ``.parquet``, ``.json``, ``.ndjson``, ``.tsv`` or ``.md``). ``since`` is the
        period that ``against="fjolaret"`` means, in place of the one before. ``comments`` and
        ``document`` are files with comments to the rows of one municipality. A file that ojmf did
        not make, or that somebody has edited, is replaced with ``force`` only.

        Raises ``OutputError`` for that and for another suffix, ``InputError`` for comments that
        can't be read, and as :meth:`status`.

        >>> import ojmf
        >>> workspace = ojmf.Workspace.open()
        >>> kommun = workspace.status("alla")["geo"][0]
        >>> from tempfile import mkdtemp
        >>> workspace.table(kommun, f"{mkdtemp()}/tabell.xlsx").name
        'tabell.xlsx'
        """
        from ojmf.present.annex.rows import Asked
        from ojmf.present.files import write_made
        from ojmf.surface.handed_on import Table

        before = self._before(since, against)
        asked = Asked(area, against, () if all_methods else None, every_period, before)
        files = map(_given, (comments, document))
        made = Table(self, kommun, asked, wide, by, *files)
        path = _to_write(output, made.suffixes, force=force)
        content = made.made(path.suffix.lower())[1]
        write_made({path: content})
        return path

    @as_annotated
    def report(  # noqa: PLR0913 - each is an option of the command
        self,
        kommun: str,
        output: str | PathLike[str],
        *,
        against: str | None = None,
        since: str | None = None,
        day: date | None = None,
        diary_number: str = "",
        board: str = "",
        sender: str = "",
        signatures: str | Sequence[str] = (),
        template: str | PathLike[str] | None = None,
        comments: str | PathLike[str] | None = None,
        document: str | PathLike[str] | None = None,
        force: bool = False,
    ) -> Path:
        """Write the report to the committee, a ``.docx``, and return the path.

        ``day`` is the report's, without it that of the newest source; ``against`` is a reference
        beside the county and the country (``since`` as in :meth:`table`), and ``template`` one's
        own Word template. Unlike the command, it leaves nothing in the workspace's register of
        citations.

        Raises ``UsageError`` for an ``against`` that is there anyway, and as :meth:`table`.

        >>> import ojmf
        >>> workspace = ojmf.Workspace.open()
        >>> kommun = workspace.status("alla")["geo"][0]
        >>> from tempfile import mkdtemp
        >>> workspace.report(kommun, f"{mkdtemp()}/rapport.docx").name
        'rapport.docx'
        """
        from ojmf.present.files import write_made
        from ojmf.present.report import to_report
        from ojmf.present.report.values import Head
        from ojmf.present.said_once import without_what_documents_say
        from ojmf.surface.handed_on import OF_A_REPORT, reported

        path = _to_write(output, OF_A_REPORT, force=force)
        own, notes, whole = map(_given, (template, comments, document))
        workspace = without_what_documents_say(self, self.scan())
        before = self._before(since, against)
        comparison = reported(workspace, kommun, against, notes, whole, before)
        written = self.newest() if day is None else day
        head = Head(written, diary_number, board, sender, tuple(as_list(signatures)))
        write_made({path: to_report(workspace, comparison, head, own, before)})
        return path

    @as_annotated
    def chart(  # noqa: PLR0913 - each is an option of the command
        self,
        what: Literal["gaps", "areas", "trend"],
        kommun: str,
        *,
        indicator: str | None = None,
        against: str | None = None,
        since: str | None = None,
        area: str | None = None,
        period: str | None = None,
        top: int | None = None,
        all_methods: bool = False,
        screening: bool = True,
        width: int = 760,
    ) -> dict[str, alt.LayerChart]:
        """Altair charts by a name for each: ``gaps``, ``areas`` or the ``trend`` of an indicator.

        Gaps are a chart for each area of answers and for each unit and size of figures, against the
        county and the country both unless ``against`` is given. ``width`` is in pixels. Raises
        ``UsageError`` for a trend without an indicator and one of anything else, and otherwise as
        :meth:`gaps`.

        >>> import ojmf
        >>> workspace = ojmf.Workspace.open()
        >>> kommun = workspace.status("alla")["geo"][0]
        >>> list(workspace.chart("areas", kommun))
        ['areas']
        """
        from ojmf.surface.pictures import area_picture, gap_pictures, trend_picture

        if width < _NARROWEST:
            raise SelectionError(f"Ange width= som minst {_NARROWEST} bildpunkter, inte {width}.")
        if (what == "trend") != (indicator is not None):
            raise UsageError("Ange indicator= för diagrammet trend, och bara då.")
        if indicator is not None:
            drawn = trend_picture(self, kommun, indicator, screening=screening, width=width)
            return {what: drawn}
        if what == "areas":
            return {what: area_picture(self, kommun, width=width)}
        selection = self._selection(area, period, None, since, against or "lan")
        chosen = self._chosen(kommun, selection, all_methods=all_methods)
        return gap_pictures(chosen, against, at_least_one(top), width=width)[0]

    @as_annotated
    def site(self, output: str | PathLike[str], *, kommuner: str | Sequence[str] = ()) -> Path:
        """Write the web site into a folder, in place of an older one; see ``ojmf site``.

        Returns the path. Raises ``SelectionError`` for an unknown municipality and ``OutputError``
        where the folder cannot be replaced.

        >>> import ojmf
        >>> workspace = ojmf.Workspace.open()
        >>> from tempfile import mkdtemp
        >>> (workspace.site(f"{mkdtemp()}/webb") / "index.html").is_file()
        True
        """
        from ojmf.present.site import build_site

        folder = Path(output)
        build_site(self, folder, kommuner=as_list(kommuner))
        return folder


def _given(name: str | PathLike[str] | None) -> Path | None:
    return None if name is None else Path(name)


def _to_write(output: str | PathLike[str], suffixes: Iterable[str], *, force: bool) -> Path:
    """The path, where it may be written; ``OutputError`` for another suffix or others' file."""
    from ojmf.errors import OutputError
    from ojmf.present.files import refuse_foreign

    path = Path(output)
    if path.suffix.lower() not in suffixes:
        raise OutputError(f"{path}: filen ska sluta på {', '.join(suffixes)}.")
    refuse_foreign([path], force=force)
    return path
