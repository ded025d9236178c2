"""What the surface for Python writes: tables, reports and the web site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ojmf.errors import SelectionError, UsageError
from ojmf.frames.arguments import as_day, as_number_of_rows, as_path
from ojmf.geography import as_text
from ojmf.output import write_files
from ojmf.surface.others import Others

if TYPE_CHECKING:
    import altair as alt

    from ojmf.present.annex.rows import Comparison


class Outputs(Others):
    """The comparisons, and the files that are made of them."""

    def table(self, kommun: str, output: str | PathLike[str], *, area: str | None = None) -> Path:
        """Write the comparison table as ``.xlsx``, ``.html``, ``.md``, ``.csv`` or ``.docx``.

        A file that ojmf did not make is not replaced. Returns the path. Raises ``OutputError`` for
        that and for another suffix, and as :meth:`status`.

        >>> import ojmf
        >>> workspace = ojmf.Workspace.open()
        >>> kommun = workspace.status("alla")["geo"][0]
        >>> from tempfile import mkdtemp
        >>> workspace.table(kommun, f"{mkdtemp()}/tabell.xlsx").name
        'tabell.xlsx'
        """
        from ojmf.present.annex import SUFFIXES, to_file

        def content(comparison: Comparison, suffix: str) -> bytes:
            return to_file(comparison, suffix, self.newest())

        return self._written(kommun, output, SUFFIXES, content, area)

    def report(self, kommun: str, output: str | PathLike[str], *, day: date | None = None) -> Path:
        """Write the report to a committee as ``.docx``, dated ``day`` or as the newest document.

        Returns the path. Raises as :meth:`table`.

        >>> import ojmf
        >>> workspace = ojmf.Workspace.open()
        >>> kommun = workspace.status("alla")["geo"][0]
        >>> from tempfile import mkdtemp
        >>> workspace.report(kommun, f"{mkdtemp()}/rapport.docx").name
        'rapport.docx'
        """
        from ojmf.present.report import to_report
        from ojmf.present.report.values import Head

        head = Head(self.newest() if day is None else as_day(day), "", "")

        def content(comparison: Comparison, _: str) -> bytes:
            return to_report(self, comparison, head, None)

        return self._written(kommun, output, (".docx",), content, None)

    def chart(  # noqa: PLR0913 - each is an option of the command
        self,
        what: Literal["gaps", "areas", "trend"],
        kommun: str,
        *,
        indicator: str | None = None,
        against: str | None = None,
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

        if what not in ("gaps", "areas", "trend"):
            raise SelectionError(f"what är ”{what}”; väntade gaps, areas, trend.")
        if (what == "trend") != (indicator is not None):
            raise UsageError("indicator hör ihop med trend; ange båda eller ingen")
        if indicator is not None:
            wanted = as_text(indicator, "en indikator")
            drawn = trend_picture(self, kommun, wanted, screening=screening, width=width)
            return {what: drawn}
        if what == "areas":
            return {what: area_picture(self, kommun, width=width)}
        chosen = self._chosen(kommun, self._selection(area, period), all_methods=all_methods)
        return gap_pictures(chosen, against, as_number_of_rows(top), width=width)[0]

    def site(self, output: str | PathLike[str], *, kommuner: Sequence[str] = ()) -> Path:
        """Write the web site into a folder, which is replaced if ojmf made it; see ``ojmf site``.

        Returns the path. Raises ``SelectionError`` for an unknown municipality and ``OutputError``
        where the folder cannot be replaced.

        >>> import ojmf
        >>> workspace = ojmf.Workspace.open()
        >>> from tempfile import mkdtemp
        >>> (workspace.site(f"{mkdtemp()}/webb") / "index.html").is_file()
        True
        """
        from ojmf.present.site import build_site

        folder = as_path(output)
        build_site(self, folder, kommuner=kommuner)
        return folder

    def _written(
        self,
        kommun: str,
        output: str | PathLike[str],
        suffixes: Iterable[str],
        content: Callable[[Comparison, str], bytes],
        area: str | None,
    ) -> Path:
        from ojmf.errors import OutputError
        from ojmf.present.annex.rows import Asked, compare_rows
        from ojmf.present.files import refuse_foreign

        path = as_path(output)
        if path.suffix.lower() not in suffixes:
            raise OutputError(f"{path}: filen ska sluta på {', '.join(suffixes)}.")
        refuse_foreign([path], force=False)
        rows = compare_rows(self, kommun, asked=Asked(area))
        write_files({path: content(rows, path.suffix.lower())})
        return path
