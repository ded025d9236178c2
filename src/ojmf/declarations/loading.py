"""Find a workspace folder; load all that it declares, checked as a whole."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import polars as pl
from pydantic import ValidationError

from ojmf.declarations.catalogue import Catalogue, load_catalogue
from ojmf.declarations.concepts import Concept, load_concepts
from ojmf.declarations.drafts import Drafted, drafted, without_questions
from ojmf.declarations.geography_file import load_geography
from ojmf.declarations.known_units import unit_faults
from ojmf.declarations.registers import (
    ACCEPTED,
    CHARTS,
    PEERS,
    POPULATION,
    load_accepted,
    load_charts,
    load_peers,
    load_population,
    load_targets,
)
from ojmf.declarations.roots import is_workspace, left_behind
from ojmf.declarations.smallest import Publishing, load_publishing
from ojmf.declarations.source import Source, duplicates, right_parts, with_defaults
from ojmf.declarations.toml import describe, read_toml
from ojmf.errors import DeclarationError, SelectionError
from ojmf.suggestions import did_you_mean

if TYPE_CHECKING:
    from ojmf.declarations.fetched import FetchedSource
    from ojmf.declarations.references import ReferenceFile

SOURCE_SHAPE: Mapping[str, tuple[str, ...]] = {
    "tables": ("defaults",),
    "lists": ("table", "question"),
}
"""The entries of a ``source.toml`` that must be tables, and lists of tables."""

ROOT_VARIABLE = "OJMF_ROOT"


def embedded_root() -> Path:
    """The data that comes with the package: inside the wheel, or the checkout it runs from."""
    package = Path(__file__).resolve().parents[1]
    shipped = package / "embedded"
    return shipped if (shipped / "data").is_dir() else package.parents[1]


def find_root(path: Path | None = None) -> tuple[Path, str]:
    """The workspace folder and how it was found.

    In order: ``path`` (``argument``), the variable ``OJMF_ROOT`` (``environment``), the current
    folder and those above it (``folder``), the data that comes with the package (``embedded``).
    Raises ``DeclarationError`` where a named folder is no workspace.
    """
    named = path or (Path(value) if (value := os.environ.get(ROOT_VARIABLE)) else None)
    here = Path.cwd()
    for folder in (here, *here.parents) if named is None else (named,):
        if is_workspace(folder):
            if named is None:
                return folder, "folder"
            return named.resolve(), "argument" if path else "environment"
    if named is None:
        return embedded_root(), "embedded"
    missing = (
        f"{named}: ingen arbetsyta; väntade mapparna data/indicators och data/sources. Ange "
        "arbetsytans mapp, eller gör en ny med ojmf init MAPP."
    )
    raise DeclarationError([missing])


def misplaced_files(root: Path) -> list[str]:
    """What a workspace's data and expectations hold that can't be read as its own files.

    One fault for each link that leads out of it or nowhere, and for each pipe, socket or device:
    opening one of those could wait for ever.
    """
    inside = root.resolve()
    tops = (root / "data", root / "expectations")
    below = (
        Path(folder) / name
        for top in tops
        for folder, folders, files in os.walk(top)
        for name in (*folders, *files)
    )
    faults: list[str] = []
    for paths in (tops, below):
        for path in paths:
            try:
                target = path.resolve()
                known = target.is_dir() or target.is_file() or not target.exists()
            except (OSError, RuntimeError):  # a link to itself
                text = "länken leder till sig själv; lägg filen i arbetsytan i stället"
                faults.append(f"{path}: {text}")
                continue
            if not target.is_relative_to(inside):
                text = f"länken leder ut ur arbetsytan, till {target}; lägg filen i arbetsytan"
                faults.append(f"{path}: {text} i stället")
            elif not known:
                faults.append(f"{path}: ingen vanlig fil eller mapp; ta bort den ur arbetsytan")
        if faults:  # a folder that leads out is not followed: what lies there is not ours
            break
    return faults


@dataclass(eq=False, repr=False)
class Declarations:
    """The declarations and the catalogue of a workspace, validated together: no observations yet.

    ``population``, ``groups`` (as ``PEERS``), ``charts`` and ``accepted`` are in the schemas of
    ``registers``, maybe without rows; ``targets`` is as ``registers.load_targets`` gives it, None
    without it.
    """

    root: Path
    origin: str
    catalogue: Catalogue
    geography: pl.DataFrame
    sources: Mapping[str, Source]
    fetched: Mapping[str, FetchedSource] = field(default_factory=dict)
    references: Mapping[str, ReferenceFile] = field(default_factory=dict)
    drafts: Mapping[str, Drafted] = field(default_factory=dict)
    concepts: tuple[Concept, ...] = ()
    population: pl.DataFrame = field(default_factory=POPULATION.to_frame)
    groups: pl.DataFrame = field(default_factory=PEERS.to_frame)
    targets: pl.DataFrame | None = None
    charts: pl.DataFrame = field(default_factory=CHARTS.to_frame)
    accepted: pl.DataFrame = field(default_factory=ACCEPTED.to_frame)
    publishing: Publishing = field(default_factory=Publishing)

    @classmethod
    def open(cls, path: str | PathLike[str] | None = None, *, fetched_too: bool = True) -> Self:
        """Find and load a workspace (see ``find_root``).

        Without ``fetched_too`` the fetched sources are not looked at: a fetch replaces one also
        where it is half-written or edited. Raises ``DeclarationError`` with every fault of every
        declaration, each naming its file.
        """
        root, origin = find_root(Path(path) if path is not None else None)
        data = root / "data"
        if origin != "embedded" and (misplaced := misplaced_files(root)):
            raise DeclarationError(misplaced)
        catalogue, faults = load_catalogue(data / "indicators")
        # What names an indicator or a place of a file that cannot be read is no fault of its own.
        geography, more = load_geography(data / "geography.csv")
        places = None if more else geography
        faults += more
        whole = not faults
        known = (catalogue, set(geography["code"])) if whole else None
        sources, drafts, more = _load_sources(data / "sources", known)
        faults += [*more, *left_behind(data / "sources")]
        if not whole:
            raise DeclarationError(faults)
        found = cls(root, origin, catalogue, geography, sources, drafts=drafts)
        # What a workspace need not have costs nothing where it is not there.
        if fetched_too and any((data / "sources").glob("[!.]*/*ed.toml")):
            from ojmf.declarations.fetched import load_fetched

            found.fetched, more = load_fetched(data / "sources", catalogue)
            faults += more
        if any(path.suffix in {".csv", ".toml"} for path in (data / "references").glob("*")):
            from ojmf.declarations.references import load_references

            found.references, more = load_references(data / "references", catalogue, geography)
            faults += more
        for name, file, load in (
            ("concepts", "concepts", partial(load_concepts, indicators=found.indicators)),
            ("population", "population.csv", load_population),
            ("groups", "peers.csv", partial(load_peers, geography=places)),
            ("targets", "targets.csv", partial(load_targets, indicators=found.indicators)),
            ("charts", "charts.csv", partial(load_charts, indicators=found.indicators)),
            ("accepted", "accepted.csv", load_accepted),
            ("publishing", "publish.toml", load_publishing),
        ):
            try:
                if (data / file).exists():
                    setattr(found, name, load(data / file))
            except DeclarationError as error:
                faults += error.faults
        if faults:
            raise DeclarationError(faults)
        return found

    def __repr__(self) -> str:
        sources = len(self.sources) + len(self.fetched) + len(self.references)
        return f"<{type(self).__name__} {self.root}: {sources} sources>"

    @cached_property
    def indicators(self) -> pl.DataFrame:
        """The catalogue in the schema ``catalogue.INDICATORS``."""
        return self.catalogue.frame()

    def source(self, source_id: str) -> Source:
        """The declaration of a source; ``SelectionError`` where there is none.

        Raises ``DeclarationError`` with the open questions of a draft that leave nothing to read.
        """
        if source_id in self.drafts and source_id not in self.sources:
            raise DeclarationError(self.drafts[source_id].faults)
        if source_id in self.fetched or source_id in self.references:
            raise SelectionError(
                f"Källan ”{source_id}” är inte en rapport. Dess värden visas av "
                f"ojmf observations --source {source_id}."
            )
        if source_id not in self.sources:
            known = [*self.sources, *self.fetched, *self.references]
            told = (
                f"Källan ”{source_id}” finns inte i {self.root / 'data' / 'sources'}.",
                did_you_mean(source_id, known),
                "Alla källor visas av ojmf sources.",
            )
            raise SelectionError(" ".join(filter(None, told)))
        return self.sources[source_id]

    def source_id(self, name: str) -> str:
        """The id of a source of any kind, as it stands in ``observations``.

        Raises ``SelectionError`` where there is none.
        """
        if name in self.fetched or name in self.references:
            return name
        return self.source(name).id

    @property
    def public_sources(self) -> set[str]:
        """The ids of the sources that are public as they are, so that nothing in them is secret."""
        fetched = {name: source.declaration for name, source in self.fetched.items()}
        files = {name: file.declaration for name, file in self.references.items()}
        declared = {**self.sources, **fetched, **files}
        return {name for name, source in declared.items() if source.public}

    def acknowledgements(self) -> pl.DataFrame:
        """What persons have acknowledged in reports and of all else, in the schema ``ACCEPTED``."""
        in_reports = [
            (source.id, entry.finding_id, entry.date, entry.reason)
            for source in self.sources.values()
            for entry in source.accepted
        ]
        reports = pl.DataFrame(in_reports, schema=ACCEPTED, orient="row")
        return pl.concat([reports, self.accepted])

    def source_folder(self, source_id: str) -> Path:
        """The folder of a source: its declaration, extract and expected result."""
        return self.root / "data" / "sources" / source_id


def _load_sources(
    folder: Path, known: tuple[Catalogue, set[str]] | None
) -> tuple[dict[str, Source], dict[str, Drafted], list[str]]:
    """The reports that can be read, those with open questions, and all faults.

    ``known`` are the indicators and places that they may name, where these could be read.
    """
    sources: dict[str, Source] = {}
    drafts: dict[str, Drafted] = {}
    faults: list[str] = []
    for file in sorted(folder.glob("[!.]*/source.toml")):
        raw, broken = read_source(file)
        source, draft, more = (None, None, []) if broken else declared(raw, file, known)
        faults += [*broken, *more]
        if draft is not None:
            drafts[file.parent.name] = draft
        if source is not None:
            sources[source.id] = source
    return sources, drafts, faults


def declared(
    raw: dict[str, Any], file: Path, known: tuple[Catalogue, set[str]] | None
) -> tuple[Source | None, Drafted | None, list[str]]:
    """What a ``source.toml`` declares: the source as far as it can be read, its open questions.

    A draft with faults is not read, and has none to tell before its questions are answered.
    """
    try:
        draft = drafted(raw, file)
    except ValidationError as error:
        return None, None, [f"{file}: question: {fault}" for fault in describe(error)]
    if draft is not None:
        left = without_questions(raw)
        if left is None:
            return None, draft, []
        raw = left
    source, faults = load_source(file, raw, known)
    if draft is not None:
        return (None if faults else source), draft, []
    return source, None, faults


def read_source(path: Path) -> tuple[dict[str, Any], list[str]]:
    """What a ``source.toml`` holds, its tables and lists where they must be, or the faults."""
    raw, faults = read_toml(path, **SOURCE_SHAPE)
    faults += [
        f"{path}: defaults.{name} är ingen tabell; väntade [defaults.{name}]"
        for name, base in raw.get("defaults", {}).items()
        if not isinstance(base, dict)
    ]
    return raw, faults


def load_source(
    path: Path,
    raw: dict[str, Any] | None = None,
    known: tuple[Catalogue, set[str]] | None = None,
) -> tuple[Source | None, list[str]]:
    """Read one ``source.toml``; returns the declaration, or all faults that keep it from being.

    ``raw`` is what the file holds, where it has been read already; ``known`` are the indicators and
    places that it may name. What is right in a file with faults is checked against the rest too.
    """
    if raw is None:
        raw, faults = read_source(path)
        if faults:
            return None, faults
    raw.pop("question", None)
    named = raw.get("defaults", {})
    faults = [
        f"{path}: tabellen ”{table.get('id', number)}”: like = ”{table['like']}”, men "
        f"[defaults.{table['like']}] saknas"
        for number, table in enumerate(raw.get("table", []), start=1)
        if table.get("like", next(iter(named), None)) not in [None, *named]
    ]
    resolved = with_defaults(raw)
    whole: Source | None = None
    try:
        source = whole = Source.model_validate(resolved)
    except ValidationError as error:
        faults += [f"{path}: {fault}" for fault in describe(error, resolved)]
        rest = right_parts(resolved, error)
        if rest is None:
            return None, faults
        source = rest
    if source.id != path.parent.name:
        faults.append(f"{path}: id är ”{source.id}”, väntade mappens namn ”{path.parent.name}”")
    for what, values in (
        ("table.id", [t.id for t in source.table]),
        ("tabell (rubrik och titel)", [f"{t.heading} / {t.title}" for t in source.table]),
        ("identity.id", [i.id for i in source.identity]),
        ("correction.id", [c.id for c in source.correction]),
    ):
        faults += [
            f"{path}: {what} ”{value}” finns två gånger" for value in duplicates(iter(values))
        ]
    if known is not None:
        given = {table.get("id") for table in resolved.get("table", ())}
        faults += _reference_faults(path, source, *known, given)
        faults += unit_faults(path, source, known[0].own_units)
    return whole, faults


def _reference_faults(
    path: Path, source: Source, catalogue: Catalogue, codes: set[str], tables: set[str | None]
) -> list[str]:
    """References from a declaration to indicators, areas, places and tables that do not exist."""
    faults: list[str] = []
    for table in source.table:
        where = f"{path}: tabellen {table.id}"
        if table.area not in catalogue.areas:
            faults.append(
                f"{where}: området ”{table.area}” finns inte i data/indicators. "
                f"{did_you_mean(table.area, catalogue.areas)} Rätta area."
            )
        overridden = [o.indicator for o in table.override]
        faults += [
            f"{where}: indikatorn ”{indicator}” finns inte i katalogen. Rätta id:t, eller "
            "lägg till den i data/indicators."
            for indicator in [
                table.indicator,
                *table.indicators.values(),
                *(column.indicator for column in table.columns),
                *overridden,
            ]
            if indicator is not None and indicator not in catalogue
        ]
        faults += [
            f"{where}: koden ”{geo}” finns varken i geography.csv eller under groups. Rätta geo."
            for geo in [c.geo for c in table.columns] + [o.geo for o in table.override]
            if geo is not None and geo not in {*codes, *source.groups.values()}
        ]
    if source.geo not in codes:
        faults.append(f"{path}: koden ”{source.geo}” finns inte i geography.csv. Rätta geo.")
    used = [i.table for i in source.identity if i.table]
    used += [ref.table for i in source.identity for ref in i.cells]
    used += [fix.table for fix in (*source.correction, *source.unreadable)]
    faults += [
        f"{path}: tabellen ”{name}” finns inte. Rätta namnet till en tabells id."
        for name in dict.fromkeys(used)
        if name not in tables
    ]
    return faults
