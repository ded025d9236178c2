"""What the surface for Python writes: tables, reports and the web site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ojmf.model import Sex
from ojmf.output import write_files
from ojmf.surface.comparisons import Comparisons

if TYPE_CHECKING:
    from ojmf.present.annex.rows import Comparison

Sexes = Literal["kvinnor", "män"]
_SEXES = {"kvinnor": Sex.FEMALE.value, "män": Sex.MALE.value}


class Outputs(Comparisons):
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
        """Write the report to a board as ``.docx``, dated as the newest document unless by ``day``.

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

        head = Head(day or self.newest(), "", "")

        def content(comparison: Comparison, _: str) -> bytes:
            return to_report(self, comparison, head, None)

        return self._written(kommun, output, (".docx",), content, None)

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

        build_site(self, Path(output), kommuner=kommuner)
        return Path(output)

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

        path = Path(output)
        if path.suffix.lower() not in suffixes:
            raise OutputError(f"{path}: filen ska sluta på {', '.join(suffixes)}.")
        refuse_foreign([path], force=False)
        rows = compare_rows(self, kommun, asked=Asked(area))
        write_files({path: content(rows, path.suffix.lower())})
        return path
