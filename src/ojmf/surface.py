"""The surface for Python: every comparison of the command line as one call.

``Workspace`` reads a folder, ``Data`` takes frames of one's own; both have the same methods.
Results are Polars frames, which a notebook shows as Swedish tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import polars as pl

from ojmf.declarations.catalogue import Catalogue
from ojmf.declarations.loading import embedded_root
from ojmf.errors import SelectionError
from ojmf.frames import PEOPLE, Frame, checked, checked_observations, entered
from ojmf.frames.kinds import CHARTED, MEMBERS, TARGETED
from ojmf.geography import as_text, resolve_municipalities, resolve_municipality
from ojmf.model import PeriodKind, Sex
from ojmf.output import write_files
from ojmf.periods import parse_period
from ojmf.present.notebooks import Result, framed
from ojmf.workspace import Workspace as Declared

if TYPE_CHECKING:
    from ojmf.compare.frame import Selection
    from ojmf.declarations.concepts import Concept
    from ojmf.intake.proposed import Import
    from ojmf.present.annex.rows import Comparison
    from ojmf.present.views import Names

Sexes = Literal["kvinnor", "män"]
_SEXES = {"kvinnor": Sex.FEMALE.value, "män": Sex.MALE.value}


class Workspace(Declared):
    """A workspace: what a folder declares, the observations in it, and their comparisons.

    Open one with :meth:`open`; without a folder it is the data that comes with ojmf. A
    municipality is given by name or SCB code, ``against`` as on the command line: ``lan``,
    ``riket``, ``fjolaret``, ``mal``, ``budget``, ``liknande``, or a place or group by name or code.

    >>> import ojmf
    >>> rows = ojmf.Workspace.open().status("alla")
    >>> rows.group_by("status").len().sort("status").rows()
    [('green', 70), ('grey', 1), ('red', 32), ('yellow', 3)]
    """

    def ingest(self, source_id: str) -> pl.DataFrame:
        """The observations of one source, in ``schema.OBSERVATIONS``.

        Raises ``TableError`` where the document does not look as it is declared, and
        ``SelectionError`` for an unknown source.
        """
        from ojmf.ingest.source import ingest_source

        return ingest_source(self, source_id).observations

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

        geo = None if kommun is None else resolve_municipality(kommun, self.geography)
        wishes = Wishes(
            source_id, geo, period, published, answers or {}, accept, retire, revises, separate
        )
        return import_file(self, Path(path), wishes)

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
        the figures lie within. Returns ``compare.frame.FRAME`` with verdict and reason (Swedish),
        one row per indicator, sex, period, municipality and reference; gaps are in percentage
        points for answers and in ``unit`` otherwise. Source of the methods: docs/metoder.md.

        Raises ``SelectionError`` for an unknown place, area or period, and where there is nothing.
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
        first. ``top`` keeps that many rows. Raises as :meth:`status`.
        """
        from ojmf.compare.weighing import largest_gaps

        if top is not None and top < 1:
            raise SelectionError(f"Antalet rader måste vara minst 1, inte {top}.")
        rows = self._rows(kommun, against, area, period, sex, all_methods=all_methods)
        ranked = largest_gaps(rows)
        return self._shown(ranked if top is None else ranked.head(top))

    def areas(self, kommun: str, *, against: str = "lan", period: str | None = None) -> Result:
        """Each area: the colours and the share of JA, or how many figures are better and worse.

        Answers are held against the county and the country both (see ``compare.areas``), figures
        against ``against``, and the country where the county has none
        (``compare.areas_of_figures.FIGURE_AREAS``). Raises as :meth:`status`.
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
        """Two municipalities side by side, concept by concept: ``compare.pairs.COMPARED``.

        Only like periods meet; ``grade`` and ``reason`` say how far a comparison holds. Raises
        ``SelectionError`` for an unknown municipality and one against itself.
        """
        from ojmf.compare.pairs import COMPARED, traced_pairs
        from ojmf.present import views
        from ojmf.present.marks import with_marks

        geos = [resolve_municipality(name, self.geography) for name in (kommun, other)]
        rows = traced_pairs(
            self.observations(), self.concepts, self.population, *geos, geography=self.geography
        )
        frame = with_marks(rows, COMPARED.names())
        return Result(frame, views.compared(*map(self._names.place, geos)))

    def peers(self, kommun: str, group: str | None = None) -> Result:
        """The groups of a municipality, or rank, quarter and median within one of them.

        Returns what ``compare.peer_groups`` and ``compare.peer_places`` do. Raises
        ``SelectionError`` for an unknown municipality or group and where there is no figure.
        """
        from ojmf.compare.peers import peer_groups, peer_places
        from ojmf.present import views

        geo = resolve_municipality(kommun, self.geography)
        if group is None:
            return Result(peer_groups(self.groups, geo), views.peer_groups())
        rows = peer_places(self.observations(), self.indicators, self.groups, geo, group)
        return Result(rows, views.peers(self._names))

    def trends(self, kommun: str, *, area: str | None = None, points: bool = False) -> Result:
        """What each monthly or yearly series shows, or with ``points`` each point and its limits.

        Returns what ``compare.trends`` and ``compare.control_charts`` do. Raises
        ``SelectionError`` where the municipality has no series.
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

    def validate(self, given: Frame | str | PathLike[str] | None = None) -> pl.DataFrame:
        """Judge every source, or one source, document, file or frame, by the suites.

        Returns the findings in ``schema.FINDINGS``, gravest first; empty where nothing is found.
        Raises ``FrameError`` for a frame that is no observations, and ``SelectionError`` or
        ``InputError`` for a source or file that is not there.
        """
        from ojmf.validate.parts import Part, part_of
        from ojmf.validate.validation import validate

        if isinstance(given, pl.DataFrame | pl.LazyFrame):
            parts = [Part("frame", "frame", checked_observations(given))]
        else:
            names = list(self.sources) if given is None else [str(given)]
            parts = [part_of(self, name) for name in names]
        return validate(self, parts).findings

    def cite(self, indicator: str, kommun: str, *, against: str = "lan") -> str:
        """A figure as one Swedish sentence with its source and an id that tells when it changes.

        Raises ``SelectionError`` for an unknown indicator, municipality or reference.
        """
        from ojmf.present.annex.citing import cite_indicator

        return cite_indicator(self, indicator, kommun, against=against).sentence

    def table(self, kommun: str, output: str | PathLike[str], *, area: str | None = None) -> Path:
        """Write the comparison table as ``.xlsx``, ``.html``, ``.md``, ``.csv`` or ``.docx``.

        A file that ojmf did not make is not replaced. Raises ``OutputError`` for that and for
        another suffix, and as :meth:`status`.
        """
        from ojmf.present.annex import SUFFIXES, to_file

        def content(comparison: Comparison, suffix: str) -> bytes:
            return to_file(comparison, suffix, self.newest())

        return self._written(kommun, output, SUFFIXES, content, area)

    def report(self, kommun: str, output: str | PathLike[str], *, day: date | None = None) -> Path:
        """Write the report to a board as ``.docx``, dated as the newest document unless by ``day``.

        Raises as :meth:`table`.
        """
        from ojmf.present.report import to_report
        from ojmf.present.report.placeholders import Head

        head = Head(day or self.newest(), "", "")

        def content(comparison: Comparison, _: str) -> bytes:
            return to_report(self, comparison, head, None)

        return self._written(kommun, output, (".docx",), content, None)

    def site(self, output: str | PathLike[str], *, kommuner: Sequence[str] = ()) -> Path:
        """Write the web site into a folder, which is replaced if ojmf made it; see ``ojmf site``.

        Raises ``SelectionError`` for an unknown municipality and ``OutputError`` where the folder
        cannot be replaced.
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


class Data(Workspace):
    """Frames of one's own with the methods of a :class:`Workspace`, without a folder.

    ``observations`` is ``schema.OBSERVATIONS`` and ``indicators`` the catalogue in
    ``declarations.catalogue.INDICATORS``; columns that may be empty may be missing. ``geography``
    are Sweden's places unless given. May be left out: ``population`` (geo, date, population),
    ``groups`` (group_id, group_title, of, member_id), ``targets`` (indicator_id, geo,
    period_start, period_end, target), ``charts`` (indicator_id, geo, kind, date, reason) and
    ``concepts``. With ``cast`` codes as numbers, figures as text and dates with a time zone are
    converted.

    Raises ``FrameError`` with every fault of the first frame that has some, by column and row.
    """

    def __init__(  # noqa: PLR0913 - one parameter per frame
        self,
        observations: Frame,
        indicators: Frame,
        *,
        geography: Frame | None = None,
        population: Frame | None = None,
        groups: Frame | None = None,
        targets: Frame | None = None,
        charts: Frame | None = None,
        concepts: Sequence[Concept] = (),
        cast: bool = False,
    ) -> None:
        from ojmf.compare.pairs import require_concepts
        from ojmf.geography import load_geography

        root = embedded_root()
        if geography is None:
            geography, _ = load_geography(root / "data" / "geography.csv")
        cells, asked, places = entered(observations, indicators, geography, cast=cast)
        require_concepts(concepts)
        catalogue = Catalogue.from_frame(asked)
        super().__init__(root, "frames", catalogue, places, {}, concepts=tuple(concepts))
        if population is not None:
            self.population = checked(population, PEOPLE, cast=cast)
        if groups is not None:
            self.groups = checked(groups, MEMBERS, cast=cast)
        if targets is not None:
            self.targets = checked(targets, TARGETED, cast=cast)
        if charts is not None:
            self.charts = checked(charts, CHARTED, cast=cast)
        self.hold(cells)

    def __repr__(self) -> str:
        observed = self.observations()
        return f"<Data {observed.height} observations, {observed['geo'].n_unique()} places>"
