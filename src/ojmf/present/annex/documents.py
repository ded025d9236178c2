"""The documents that figures of a table come from, as they are cited."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ojmf.model import FILE_OF_VALUES
from ojmf.present.formats import iso_in_words

if TYPE_CHECKING:
    from ojmf.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Document:
    """A document that figures come from, as it is cited."""

    id: str
    publisher: str
    title: str
    document: str
    date: date
    reporting_period: str
    sha256: str
    diary_number: str | None = None

    @property
    def called(self) -> str:
        """What the document is called, with its publisher once."""
        return named_once(self.publisher, self.title, self.document)


def named_once(publisher: str, title: str, document: str) -> str:
    """What a document is called; older drafts have its publisher again before a title with it."""
    twice = title.startswith(publisher) and document == f"{publisher}, {title}"
    return title if twice else document


def document_of(workspace: Workspace, source_id: str) -> Document | None:
    """The document of a source of any kind; None for one that the workspace does not have."""
    if workspace.stored is not None:
        one = workspace.stored.imports.get(source_id)
        return Document(*one.cited) if one is not None else None
    if source_id in workspace.sources:
        source = workspace.sources[source_id]
        cited = (source.title, source.document, source.date, source.reporting_period)
        return Document(source.id, source.publisher, *cited, source.sha256, source.diary_number)
    if source_id in workspace.fetched:
        given = workspace.fetched[source_id].declaration
        return Document(
            given.id, given.publisher, given.title, given.document, given.date, "", given.sha256
        )
    if source_id in workspace.references:
        file = workspace.references[source_id]
        from_whom, period_of = file.declaration.source, file.declaration.period or ""
        digest = hashlib.sha256(file.path.read_bytes()).hexdigest()
        return Document(
            source_id,
            from_whom,
            file.path.name,
            file.path.name,
            workspace.newest(),
            period_of,
            digest,
        )
    return None


def document_name(source: Document) -> str:
    """The title of a document with who published it and its diary number, as it is cited.

    A publisher is named once, also where the title begins with it.
    """
    number_of = f", dnr {source.diary_number}" if source.diary_number else ""
    publisher = source.publisher.removeprefix("Källa: ")
    if source.id.startswith(FILE_OF_VALUES):  # whose title is the name of the file
        return publisher
    if source.title == publisher:  # where nobody is known, a document is its own publisher
        return f"{publisher}{number_of}"
    named = source.title.removeprefix(publisher)
    title = named[2:] if named.startswith((": ", ", ")) else source.title
    return f"{publisher}: {title}{number_of}"


def dated_name(source: Document) -> str:
    """:func:`document_name` with the date of the document, which a title may have already.

    A file of values has the period that it is of, for its date is not known.
    """
    name = document_name(source)
    if source.id.startswith(FILE_OF_VALUES):
        period = iso_in_words(source.reporting_period)
        return f"{name}, {period}" if source.reporting_period else name
    day = source.date.isoformat()
    return name if day in source.title else f"{name}, {iso_in_words(day)}"
