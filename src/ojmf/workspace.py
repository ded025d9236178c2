"""The workspace: all that a folder declares, and the observations that it gives.

Small numbers are held back here, where observations leave, so that nothing that is made of them can
tell them; ``recorded`` gives them whole, to those who check them. Where a shared store is named, it
stands in the place of the folder's own documents.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import date
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Self

import polars as pl

from ojmf.arguments import as_annotated
from ojmf.declarations.catalogue import AREA_SHAPE, Catalogue, area_of
from ojmf.declarations.loading import SOURCE_SHAPE, Declarations, declared, find_root
from ojmf.declarations.toml import parse_toml
from ojmf.declarations.vintages import newest, replaced
from ojmf.errors import DeclarationError, SelectionError, UsageError
from ojmf.geography import GROUP
from ojmf.ingest.remembered import HELD, HELD_OF_STORE, Remembered
from ojmf.schema import OBSERVATIONS
from ojmf.suggestions import did_you_mean

if TYPE_CHECKING:
    from ojmf.compare.basis import Basis
    from ojmf.compare.figures import Frame
    from ojmf.compare.frame import Selection
    from ojmf.declarations.source import Source
    from ojmf.disclosure.holding import Guarded
    from ojmf.store.commits import Import
    from ojmf.store.table import Store

_READ = pl.Schema([*OBSERVATIONS.items(), ("comment_line", pl.Int32)])
"""What reports give: observations, and the line of the comment that a figure's row has."""


class Workspace(Declarations):
    """The declarations of a workspace and the observations of all its sources."""

    stored: Store | None = None
    """The store that the observations are taken from, instead of documents; None without one."""
    _remembered: Remembered | None = None
    _remembered_held: Remembered | None = None
    _read: pl.DataFrame | None = None
    _recorded: pl.DataFrame | None = None
    _guarded: Guarded | None = None
    _scanned: pl.LazyFrame | None = None

    @classmethod
    @as_annotated
    def open(
        cls,
        path: str | PathLike[str] | None = None,
        *,
        fetched_too: bool = True,
        store: str | None = None,
        as_of: str | None = None,
    ) -> Self:
        """Find and load a workspace, as ``Declarations.open``.

        With ``store``, the address of one, the observations are those of the store and the folder
        gives the catalogue, the geography and the registers; ``as_of`` is the version, or the day,
        that the store is read as of. Raises as ``store.table.Store.open`` too.
        """
        root, _ = find_root(Path(path) if path is not None else None)
        if store is not None:
            from ojmf.store.table import Store

            held = Remembered.of(root, HELD_OF_STORE)
            found = super().open(path, fetched_too=False)
            found.sources, found.fetched, found.references, found.drafts = {}, {}, {}, {}
            found.stored = Store.open(store, as_of)
            found._remembered_held = replace(held, store=found.stored.identity)
            return found
        if as_of is not None:
            raise UsageError("as_of gäller ett lager; ange det i store")
        remembered, held = Remembered.of(root), Remembered.of(root, HELD)
        found = super().open(path, fetched_too=fetched_too)
        found._remembered = remembered
        found._remembered_held = held if fetched_too else None
        return found

    def with_files(self, files: Mapping[Path, bytes]) -> Self:
        """The workspace as it would be with these files: indicators and declarations of reports.

        Raises ``DeclarationError`` with the faults of the files.
        """
        data = self.root / "data"
        areas, faults = dict(self.catalogue.areas), list[str]()
        for path, content in files.items():
            if path.parent == data / "indicators":
                raw, broken = parse_toml(content, path, **AREA_SHAPE)
                area, more = (None, []) if broken else area_of(raw, path)
                faults += [*broken, *more]
                areas |= {area.area.id: area} if area is not None else {}
        catalogue = Catalogue(areas.values())
        known = (catalogue, set(self.geography["code"]))
        sources, drafts = dict(self.sources), dict(self.drafts)
        for path, content in files.items():
            if path.name != "source.toml":
                continue
            raw, broken = parse_toml(content, path, **SOURCE_SHAPE)
            source, draft, more = (None, None, []) if broken else declared(raw, path, known)
            faults += [*broken, *more]
            name = path.parent.name
            sources = {k: v for k, v in sources.items() if k != name}
            drafts = {k: v for k, v in drafts.items() if k != name}
            sources |= {name: source} if source is not None else {}
            drafts |= {name: draft} if draft is not None else {}
        if faults:
            raise DeclarationError(faults)
        return replace(self, catalogue=catalogue, sources=sources, drafts=drafts)

    def with_names(self, called: Callable[[str], str]) -> Self:
        """The workspace with other names of areas, indicators and groups.

        An indicator is found by its old name too.
        """
        areas = [
            area.model_copy(
                update={
                    "area": area.area.model_copy(update={"name": called(area.area.name)}),
                    "indicator": tuple(
                        one.model_copy(
                            update={"name": called(one.name), "synonyms": (*one.synonyms, one.name)}
                        )
                        for one in area.indicator
                    ),
                }
            )
            for area in self.catalogue.areas.values()
        ]
        named = copy(self)
        named.catalogue = Catalogue(areas)
        titles = {
            title: called(title) for title in self.groups["group_title"].drop_nulls().unique()
        }
        named.groups = self.groups.with_columns(pl.col("group_title").replace(titles))
        for kept in ("indicators", "basis"):
            vars(named).pop(kept, None)
        return named

    @property
    def group_titles(self) -> pl.DataFrame:
        """The groups that are declared or that reports have figures of: group_id, group_title."""
        declared = self.groups.select("group_id", "group_title")
        named = [(code, name) for s in self.sources.values() for name, code in s.groups.items()]
        printed = pl.DataFrame(named, schema=declared.schema, orient="row")
        return pl.concat([declared, printed]).unique("group_id", keep="first", maintain_order=True)

    @property
    def places(self) -> pl.DataFrame:
        """The geography, and after it the groups of :attr:`group_titles`."""
        groups = self.group_titles.select(
            code="group_id",
            name="group_title",
            level=pl.lit(GROUP),
            county_code=pl.lit(None, pl.String),
        )
        return pl.concat([self.geography, groups])

    def collected(self) -> pl.DataFrame:
        """The observations that no report prints: fetched ones and reference values.

        Of a figure that was fetched more than once the newest is there.
        """
        fetched = [rows.collect() for rows in newest(self.fetched.values())]
        references = [file.observations for file in self.references.values()]
        return pl.concat([OBSERVATIONS.to_frame(), *fetched, *references])

    def scan(self) -> pl.LazyFrame:
        """:meth:`observations`, of which only what is asked for is read.

        A workspace may hold millions of fetched figures. Raises as that method.
        """
        limit = self.publishing.smallest
        if limit is None:
            return self.scan_recorded()
        if self._guarded is not None or self._recorded is not None:
            return self.observations().lazy()
        if self._scanned is None:
            from ojmf.disclosure.holding import without

            rows, held = self.scan_recorded(), self._held(limit)
            self._scanned = rows if held.is_empty() else without(rows, held, limit)
        return self._scanned

    def _held(self, limit: int) -> pl.DataFrame:
        """The figures to hold back: decided once, until a figure or a declaration changes."""
        from ojmf.disclosure.holding import FIGURES

        path = self._remembered_held.path() if self._remembered_held else None
        held = Remembered.get(path, FIGURES) if path else None
        if held is None:
            held = self._decide(self.scan_recorded(), limit)
            if path:
                Remembered.put(path, held)
        return held

    def _decide(self, rows: pl.LazyFrame, limit: int) -> pl.DataFrame:
        """The figures to hold back of recorded rows, of which only the concerned are read."""
        from ojmf.disclosure.concerned import concerned
        from ojmf.disclosure.holding import READ, held_figures

        # The tables of reports have sums of their own, over indicators that nothing else ties.
        reported = {*self._reports()["indicator_id"].drop_nulls()}
        composition = self.catalogue.composition()
        named = concerned(rows, composition, limit, reported, self.public_sources)
        held = pl.col("indicator_id").is_null() | pl.col("indicator_id").is_in(named)
        return held_figures(self, rows.filter(held).select(READ).collect(), limit)

    def scan_recorded(self) -> pl.LazyFrame:
        """:meth:`recorded`, of which only what is asked for is read."""
        if self._recorded is not None:
            return self._recorded.lazy()
        if self.stored is not None:
            return self.stored.scan()
        reports = self._reports().select(OBSERVATIONS.names())
        fetched = newest(self.fetched.values())
        references = [file.observations.lazy() for file in self.references.values()]
        return pl.concat([reports.lazy(), *fetched, *references])

    @property
    def documents(self) -> Mapping[str, Source | Import]:
        """The reports of the folder, or all that has been published in the store, by id."""
        return self.sources if self.stored is None else self.stored.imports

    def newest(self) -> date:
        """The date of the newest document, or of the newest figure where there are no documents."""
        dates = [document.date for document in self.documents.values()]
        ends = self.recorded()["period_end"].drop_nulls().to_list() if not dates else []
        return max([*dates, *ends], default=date.min)

    def observations(self) -> pl.DataFrame:
        """The observations of every source as they may be shown, in the schema ``OBSERVATIONS``.

        Where ``[publish] smallest`` is declared, small numbers and what they could be told from
        are held back. Raises the errors of ``ingest.ingest_source``.
        """
        return self.recorded() if self._guard is None else self._guard.observations

    def recorded(self) -> pl.DataFrame:
        """The observations of every source as they are, for checking what is in the workspace.

        Nothing that is shown or handed on is made of these. Raises as :meth:`observations`.
        """
        if self._recorded is None and self.stored is not None:
            self._recorded = self.stored.read()
        if self._recorded is None:
            reports = self._reports().select(OBSERVATIONS.names())
            self._recorded = pl.concat([reports, self.collected()])
        return self._recorded

    def source_id(self, name: str) -> str:
        """The id of a source of any kind, of the folder or of the store.

        Raises ``SelectionError`` where there is none.
        """
        if self.stored is None:
            return super().source_id(name)
        if name not in self.stored.imports:
            raise SelectionError(
                f"Källan ”{name}” finns inte i lagret {self.stored.uri}, version "
                f"{self.stored.version}. {did_you_mean(name, list(self.stored.imports))} "
                f"Allt i lagret visas av ojmf store show --store {self.stored.uri}."
            )
        return name

    @property
    def public_sources(self) -> set[str]:
        """The ids of the sources that are public as they are, in the folder or in the store."""
        if self.stored is None:
            return super().public_sources
        return {name for name, one in self.stored.imports.items() if one.public}

    def held_back(self) -> pl.DataFrame | None:
        """The observations that are held back, as ``disclosure.holding.HELD``.

        None where no limit is declared. Raises as :meth:`observations`.
        """
        return None if self._guard is None else self._guard.held

    @property
    def _guard(self) -> Guarded | None:
        """What may be shown and what is held back, None where nothing is."""
        if self._guarded is None and self.publishing.smallest is not None:
            from ojmf.disclosure.holding import guarded

            limit, recorded = self.publishing.smallest, self.recorded()
            self._guarded = guarded(recorded, self._held(limit), limit)
        return self._guarded

    def comments(self) -> pl.DataFrame:
        """The rows with a comment: ``source_id``, ``line`` and the ``comment_line``."""
        return (
            self._reports()
            .drop_nulls("comment_line")
            .select("source_id", "line", "comment_line")
            .unique(maintain_order=True)
        )

    def _reports(self) -> pl.DataFrame:
        """What the reports give, read once or remembered."""
        if self._read is None:
            path = self._remembered.path() if self._remembered else None
            self._read = Remembered.get(path, _READ) if path else None
        if self._read is None:
            from ojmf.ingest.source import ingest_source

            self._read = _READ.to_frame()
            for source_id in self.sources:
                one = ingest_source(self, source_id)
                commented = one.observations.with_columns(one.cells["comment_line"])
                self._read = self._read.vstack(commented)
            if path:
                Remembered.put(path, self._read)
        return self._read

    def hold(self, observations: pl.DataFrame) -> None:
        """Take the observations of every source as given, where they have been ingested already."""
        self._recorded, self._guarded, self._scanned = observations, None, None

    @cached_property
    def basis(self) -> Basis:
        """What the methods need beyond the figures."""
        return self._basis_of(self.scan())

    def _basis_of(self, cells: Frame) -> Basis:
        from ojmf.compare.basis import make_basis

        return make_basis(cells, self.indicators, self.population, self.targets, self.charts)

    def has_answers(
        self,
        geos: Sequence[str],
        selection: Selection,
        observations: Frame | None = None,
    ) -> bool:
        """Whether a municipality was asked any question that is judged by its answer.

        Raises ``SelectionError`` for an unknown area.
        """
        from ojmf.geography import resolve_area

        cells = self.scan() if observations is None else observations.lazy()
        asked = cells.filter(
            pl.col("geo").is_in(list(geos)), pl.col("unit") == "answer", selection.within
        )
        if selection.area is not None:
            area_id = resolve_area(selection.area, self.indicators)
            asked = asked.filter(pl.col("area_id") == area_id)
        return not asked.select("geo").head(1).collect().is_empty()

    def compared(
        self,
        kommuner: str | Sequence[str],
        against: Sequence[str],
        selection: Selection | None = None,
        observations: Frame | None = None,
    ) -> pl.DataFrame:
        """The municipalities beside each reference, as :func:`~ojmf.compare.methods.compared`.

        ``observations`` are those of the workspace unless given. Raises as that function.
        """
        from ojmf.compare.frame import Known
        from ojmf.compare.methods import compared

        cells: Frame = self.scan() if observations is None else observations
        basis = self.basis if observations is None else self._basis_of(cells)
        rows = compared(
            cells,
            self.indicators,
            kommuner,
            against,
            selection=selection,
            known=Known(self.geography, self.groups, basis, self.group_titles),
        )
        return self._with_replaced(rows)

    def _with_replaced(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The rows with what their figures and references have replaced of older vintages."""
        older = replaced(self.fetched.values())
        if self.publishing.smallest is not None:  # what was small must not be told either
            older = older.filter(pl.col("source_id").is_in(list(self.public_sources)))
        if older.is_empty():
            return rows
        told = rows.drop("replaced", "reference_replaced")
        for side in ("", "reference_"):
            of_side = older.select(pl.all().name.prefix(side))
            key = [f"{side}source_id", f"{side}line"]
            told = told.join(of_side, on=key, how="left", maintain_order="left")
        return told.select(rows.columns)
