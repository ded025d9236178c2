"""Sources whose figures came as they are: observations in a file, with where they are from.

Such a source is a folder of ``data/sources`` with its figures and, in the place of a report's
declaration and extract, ``fetched.toml`` (from a service) or ``imported.toml`` (a file of figures
that somebody sent). What is fetched is kept as ``observations.parquet``; sources from before that,
and imported ones, have ``observations.csv``.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal

import polars as pl
from pydantic import Field, ValidationError

from ojmf.declarations import Declaration, FileId, Slug
from ojmf.declarations.catalogue import Catalogue
from ojmf.declarations.toml import describe, entries, read_toml
from ojmf.errors import why
from ojmf.schema import OBSERVATIONS, complete

DECLARATION = "fetched.toml"
IMPORTED = "imported.toml"
FIGURES = "observations.csv"
PARQUET = "observations.parquet"
RECORD = "post"
"""What the place of a figure in a file without lines begins with."""
STORED = pl.Schema(
    {
        name: kind
        for name, kind in OBSERVATIONS.items()
        if name not in {"source_id", "document", "line", "place"}
    }
)
"""What the file holds of an observation; source and document follow from the declaration, ``line``
and ``place`` are those in the file. Files from before ``sex`` lack it."""

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Given(Declaration):
    """One answer: its URL, when it was given and by whose clock, and the hash of its bytes."""

    url: str
    date: datetime
    clock: Literal["server", "local"]
    sha256: Sha256


class ReadyFigures(Declaration):
    """What is declared of figures that came as they are; ``sha256`` is that of their file.

    ``public`` says that they are published as they are, as those of a service are.
    """

    id: FileId
    title: str
    document: str
    publisher: str
    date: date
    sha256: Sha256
    rows: int
    indicators: tuple[Slug, ...]
    public: bool = False


class Fetched(ReadyFigures):
    """The declaration of a fetched source."""

    public: bool = True
    request: dict[str, tuple[str, ...]]
    answer: tuple[Given, ...] = Field(min_length=1)


class Imported(ReadyFigures):
    """The declaration of figures that someone sent in a file of their own.

    ``file`` is its name and ``file_sha256`` its fingerprint; ``sha256`` is that of
    ``observations.csv``, which was made of it.
    """

    file: str
    file_sha256: Sha256


_MODELS: dict[str, type[Fetched | Imported]] = {DECLARATION: Fetched, IMPORTED: Imported}


@dataclass(frozen=True, slots=True)
class FetchedSource:
    """A source whose figures came as they are, in its folder."""

    declaration: Fetched | Imported
    folder: Path

    @property
    def figures(self) -> Path:
        """The file with the figures: Parquet where there is one, otherwise CSV."""
        binary = self.folder / PARQUET
        return binary if binary.exists() else self.folder / FIGURES

    def observations(self) -> pl.DataFrame:
        """The figures in the schema ``OBSERVATIONS``."""
        return self.scan().collect()

    def scan(self) -> pl.LazyFrame:
        """The figures in the schema ``OBSERVATIONS``, of which only what is asked for is read.

        ``line`` is the line of a CSV file, whose first has the names; in a Parquet file, which has
        no lines, it is the number of the record and ``place`` says so.
        """
        declared = self.declaration
        if self.figures.name == PARQUET:
            frame = pl.scan_parquet(self.figures, row_index_name="line", row_index_offset=1)
            frame = frame.with_columns(place=pl.format(f"{RECORD} {{}}", "line"))
        else:
            frame = pl.read_csv(self.figures, schema_overrides=STORED).lazy()
            frame = frame.with_row_index("line", offset=2)
        return _of_source(frame, declared.id, declared.document)


def as_parquet(stored: pl.DataFrame) -> bytes:
    """Figures in ``STORED`` as they are kept; the same figures give the same bytes."""
    buffer = io.BytesIO()
    stored.write_parquet(buffer)
    return buffer.getvalue()


def observed(stored: pl.DataFrame, source_id: str, document: str) -> pl.DataFrame:
    """Figures in ``STORED`` as the ``OBSERVATIONS`` that they are once they stand in a CSV file."""
    rows = stored.lazy().with_row_index("line", offset=2)
    return _of_source(rows, source_id, document).collect()


def _of_source(frame: pl.LazyFrame, source_id: str, document: str) -> pl.LazyFrame:
    whole = complete(frame).with_columns(source_id=pl.lit(source_id), document=pl.lit(document))
    given = whole.collect_schema()
    # What has its type already is not cast, for no filter is pushed down past a cast.
    return whole.select(
        pl.col(name) if given.get(name) == kind else pl.col(name).cast(kind)
        for name, kind in OBSERVATIONS.items()
    )


def in_folder(folder: Path) -> FetchedSource | None:
    """The source of a folder as far as it can be read: half-written or edited ones too."""
    for name, model in _MODELS.items():
        raw, faults = read_toml(folder / name)
        if not faults:
            try:
                return FetchedSource(model.model_validate(raw), folder)
            except ValidationError:
                return None
    return None


def load_fetched(sources: Path, catalogue: Catalogue) -> tuple[dict[str, FetchedSource], list[str]]:
    """The fetched sources of a folder by id, and all faults found."""
    found: dict[str, FetchedSource] = {}
    faults: list[str] = []
    for path in sorted(sources.glob("[!.]*/*ed.toml")):
        if path.name not in _MODELS:
            continue
        raw, broken = read_toml(path)
        if broken:
            faults += broken
            continue
        try:
            declaration = _MODELS[path.name].model_validate(raw)
        except ValidationError as error:
            faults += [f"{path}: {fault}" for fault in describe(error, raw)]
            continue
        source = FetchedSource(declaration, path.parent)
        faults += [f"{path}: {fault}" for fault in _faults(path, source, catalogue)]
        found[declaration.id] = source
    return found, faults


def _faults(path: Path, source: FetchedSource, catalogue: Catalogue) -> Iterable[str]:
    declaration, figures = source.declaration, source.figures
    again = "importera filen" if isinstance(declaration, Imported) else "hämta"
    if declaration.id != path.parent.name:
        yield f"id är ”{declaration.id}”, väntade mappens namn ”{path.parent.name}”"
    others = [n for n in ("source.toml", DECLARATION, IMPORTED) if (path.parent / n).exists()]
    if len(others) > 1:
        yield (
            f"mappen har {' och '.join(others)}; en källa är antingen en rapport, hämtad eller "
            "importerad"
        )
    for name in declaration.indicators:
        if name not in catalogue:
            yield (
                f"indikatorn ”{name}” finns inte i data/indicators; {again} igen, eller ta bort "
                "mappen"
            )
    try:
        digest = hashlib.sha256(figures.read_bytes()).hexdigest()
    except OSError as error:
        # Where there is neither, it is the one that is written today.
        name = FIGURES if isinstance(declaration, Imported) or figures.exists() else PARQUET
        yield f"{name} kan inte läsas ({why(error)}); {again} igen, eller ta bort mappen"
    else:
        if digest != declaration.sha256:
            yield (
                f"{figures.name} har ändrats utanför ojmf (fingeravtrycket skiljer); {again} igen. "
                "Egna värden tas in med ojmf import FIL."
            )


def declare(
    head: Mapping[str, object],
    figures: bytes,
    observations: pl.DataFrame,
    request: Mapping[str, Iterable[str]],
    answers: Iterable[Given],
) -> bytes:
    """The text of ``fetched.toml``.

    ``head`` has the source's id, title, document and publisher; ``figures`` are the bytes of the
    file that holds ``observations``.
    """
    given = tuple(answers)
    entered = {
        **head,
        "date": max(answer.date for answer in given).date(),
        "sha256": hashlib.sha256(figures).hexdigest(),
        "rows": observations.height,
        "indicators": observations["indicator_id"].unique().sort().to_list(),
    }
    asked = {name: list(values) for name, values in request.items()}
    text = "# Skriven av ojmf fetch. Ändra inte: hämta igen.\n" + entries(entered)
    text += "\n[request]\n" + entries(asked)
    text += "".join("\n[[answer]]\n" + entries(answer.model_dump()) for answer in given)
    return text.encode()
