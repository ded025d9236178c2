"""What a file would become in a workspace, and what the person says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

import polars as pl

from ojmf.authoring.carried import CHANGES
from ojmf.declarations.drafts import Question
from ojmf.declarations.registers import CITATIONS
from ojmf.errors import UsageError
from ojmf.ingest.source import ACCOUNT
from ojmf.intake.revisions import REVISIONS
from ojmf.output import write_folder_last
from ojmf.schema import OBSERVATIONS
from ojmf.validate import diff

if TYPE_CHECKING:
    from ojmf.validate.validation import Validation

Kind = Literal["known", "edition", "next", "new", "figures"]


@dataclass(frozen=True, slots=True)
class Import:
    """What a file would become, and what that would change; nothing of it is written.

    ``kind``: a document that a source declares (``known``), a new ``edition`` of one, the successor
    of ``earlier_id`` (``next``), a document that nothing declares (``new``), or a file of
    ``figures``. ``files`` are
    to be written, by path. ``left`` are the questions that are still open: the tables that they
    keep shut are ``withheld``. ``carried`` (``authoring.carried.CHANGES``) is what a successor has
    otherwise than the earlier document; ``changes`` (``diff.DIFF``) what the import adds, takes
    away and changes in the workspace; ``since`` the same beside the earlier document, whatever the
    period. ``revised`` (``revisions.REVISIONS``) are figures that the source has given otherwise,
    which are kept, and ``cited`` (``CITATIONS``) what rests on them. ``unread`` says which
    other sources can't be read, and why; ``passed`` (``passed_over``) which rows are passed over,
    ``unread_columns`` which columns, ``undirected`` the names of the indicators drafted for it that
    nobody has given a direction yet, ``groups`` those of the groups that figures of it are of.
    """

    source_id: str
    kind: Kind
    files: Mapping[Path, bytes]
    left: tuple[Question, ...] = ()
    withheld: tuple[str, ...] = ()
    earlier_id: str | None = None
    why: str = "importerad igen"
    carried: pl.DataFrame = field(default_factory=CHANGES.to_frame)
    observations: pl.DataFrame = field(default_factory=OBSERVATIONS.to_frame)
    account: pl.DataFrame = field(default_factory=ACCOUNT.to_frame)
    changes: pl.DataFrame = field(default_factory=diff.DIFF.to_frame)
    since: pl.DataFrame = field(default_factory=diff.DIFF.to_frame)
    revised: pl.DataFrame = field(default_factory=REVISIONS.to_frame)
    cited: pl.DataFrame = field(default_factory=CITATIONS.to_frame)
    validation: Validation | None = None
    unread: tuple[str, ...] = ()
    passed: tuple[tuple[str, str, int], ...] = ()
    unread_columns: tuple[tuple[str, str, int], ...] = ()
    undirected: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()

    def write(self) -> None:
        """Write the files, those of the source all at once; raises ``OutputError``."""
        own = {path.parent for path in self.files if path.parent.name == self.source_id}
        write_folder_last(next(iter(own), Path()), self.files)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person says of a file beside the file itself; what is left out is found out.

    ``answers`` are by the key of the question; ``accept`` takes every proposal that is at least so
    likely (1: all). ``retire`` writes in the catalogue that questions which a successor has
    no longer are asked no more. ``revises`` names the source that the file is a new edition of;
    ``separate`` says that it is none of any, however like.
    """

    source_id: str | None = None
    geo: str | None = None
    period: str | None = None
    published: date | None = None
    answers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    accept: int | None = None
    retire: bool = False
    revises: str | None = None
    separate: bool = False

    def refuse_others(self, source_id: str, geo: str) -> None:
        """Raise ``UsageError`` where a document is declared otherwise than the person says."""
        if self.geo not in {None, geo}:
            said, declared = f"--kommun {self.geo}", f"för {geo}"
            do = f"ta bort --kommun, eller rätta geo i data/sources/{source_id}/source.toml"
        elif self.source_id not in {None, source_id}:
            said, declared = f"--id {self.source_id}", f"som källan {source_id}"
            do = (
                f"ta bort --id. Ska källan heta något annat: ta bort data/sources/{source_id} först"
            )
        elif self.revises not in {None, source_id}:
            said, declared = f"--source {self.revises}", f"som källan {source_id}"
            do = "ta bort --source"
        elif self.separate:
            said, declared = "--separate", f"som källan {source_id}"
            do = "ta bort --separate"
        else:
            return
        raise UsageError(f"{said}: dokumentet är redan deklarerat {declared}. Så gör du: {do}.")
