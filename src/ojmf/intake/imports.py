"""A file into a workspace: what it is, what it would become, whether it holds, what it changes."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from ojmf.authoring.answering import answered
from ojmf.authoring.asked import Asked, inherited, taken
from ojmf.authoring.draft import draft_source
from ojmf.authoring.forms import slug
from ojmf.authoring.next_year import NextYear, likeness, next_year, period_of, retired
from ojmf.authoring.questioning import (
    ALL,
    answer,
    new_source,
    own_id,
    still_open,
    with_new_indicators,
    with_units,
)
from ojmf.authoring.years import moved_years
from ojmf.declarations import Source
from ojmf.declarations.drafts import Question
from ojmf.declarations.fetched import FIGURES, IMPORTED, STORED, FetchedSource, Imported, observed
from ojmf.declarations.registers import load_citations
from ojmf.declarations.toml import entries
from ojmf.errors import OjmfError, SelectionError, TableError
from ojmf.geography import Gazetteer
from ojmf.ingest.document import Document, file_sha256
from ojmf.ingest.other_document import another_place
from ojmf.ingest.readers import read_file
from ojmf.ingest.reading import EXTRACT, extract_text
from ojmf.ingest.source import ingest_source
from ojmf.intake.drafted_figures import undirected
from ojmf.intake.editions import edition_files, edition_of, edition_text, refuse_grown
from ojmf.intake.figure_files import figures, header_of
from ojmf.intake.passed_over import columns_passed_over, passed_over
from ojmf.intake.proposed import Import, Wishes
from ojmf.intake.revisions import kept, resting_on, revised, today, with_broken_sums
from ojmf.periods import parse_period
from ojmf.schema import OBSERVATIONS
from ojmf.validate import diff
from ojmf.validate.observation_files import read_file as read_observations
from ojmf.validate.parts import Part, of_lines, shown

if TYPE_CHECKING:
    from ojmf.workspace import Workspace

LEAST_ALIKE = 0.5
"""The part of an earlier source's tables that a document must have in the same form to be its
successor; below it the document is drafted as a new one."""


def import_file(workspace: Workspace, path: Path, wishes: Wishes | None = None) -> Import:
    """What a file would become in a workspace: read, validated by every suite, and compared.

    A document that a source declares is read by it, a new edition of one is a revision of its
    source; one of the form of an earlier source gets that one's declaration for its own period; a
    file of figures is taken as it is; any other document is drafted. Raises as ``read_file``,
    ``figures``, ``next_year`` and ``draft_source`` do, ``SelectionError`` where the id is another
    document's, ``DeclarationError`` where what it would become is faulty.
    """
    wishes = wishes or Wishes()
    digest = file_sha256(path)
    known = next((s.id for s in workspace.sources.values() if s.sha256 == digest), None)
    known = known or next((n for n, d in workspace.drafts.items() if d.sha256 == digest), None)
    if known is not None:
        return _known(workspace, read_file(path), known, wishes)
    if path.suffix.lower() == ".parquet":
        return _figures(workspace, path, _stored(path), wishes)
    document = read_file(path)
    header = header_of(document)
    if header is not None or _has_observations(document):
        title = _title(path)
        stored = figures(workspace, document, header, title) if header else _stored(path)
        return _figures(workspace, path, stored, wishes)
    edition = _edition(workspace, document, wishes)
    if edition is not None:
        return _edition_of(workspace, document, edition, wishes)
    earlier = _predecessor(workspace, document, wishes)
    if earlier is not None:
        return _next(workspace, document, earlier, wishes)
    name = _free_id(workspace, wishes.source_id or own_id(workspace, path))
    draft = draft_source(
        workspace, document, name, wishes.geo, period=wishes.period, published=wishes.published
    )
    files = new_source(workspace, draft, name)
    found = _with_answers(workspace, document, name, files, draft.questions, wishes)
    found = _reported(workspace, document, found)
    if not wishes.separate:
        geo = tomllib.loads(draft.text)["geo"]
        refuse_grown(workspace, document, geo, found.observations)
    return found


def next_source(
    workspace: Workspace, earlier_id: str, path: Path, wishes: Wishes | None = None
) -> Import:
    """What a file becomes as the successor of a source; raises as ``next_year`` does."""
    return _next(workspace, read_file(path), earlier_id, wishes or Wishes())


def _known(workspace: Workspace, document: Document, source_id: str, wishes: Wishes) -> Import:
    """A document that a source declares: its questions answered, its extract made anew.

    Raises ``UsageError`` where the person says otherwise than the declaration.
    """
    files: dict[Path, bytes] = {}
    left: tuple[Question, ...] = ()
    draft = workspace.drafts.get(source_id)
    if draft is not None:
        files, left = answer(workspace, source_id, wishes.answers, accept=wishes.accept)
    home = workspace.source_folder(source_id) / "source.toml"
    wishes.refuse_others(source_id, tomllib.loads(home.read_text("utf-8"))["geo"])
    files = {p: c for p, c in files.items() if not p.is_file() or p.read_bytes() != c}
    found = Import(source_id, "known", {**files, home: files.get(home, home.read_bytes())}, left)
    told = _reported(workspace, document, found)
    kept = {p: c for p, c in told.files.items() if not p.is_file() or p.read_bytes() != c}
    return replace(told, files=kept)


def _edition(workspace: Workspace, document: Document, wishes: Wishes) -> str | None:
    """The source that a document is a new edition of; None where it is a document of its own.

    Raises ``SelectionError`` where that has to be said: it has the name of a source whose form but
    not figures it has, or is given another id than the source that it is an edition of.
    """
    if wishes.revises or wishes.separate:
        return wishes.revises
    found = edition_of(workspace, document, wishes.geo, wishes.period)
    if found is None:
        return None
    name = wishes.source_id or slug(Path(document.name).stem)
    if found.sure and wishes.source_id not in {None, found.source_id}:
        raise SelectionError(edition_text(document, found))
    if not found.sure and name == found.source_id:
        raise SelectionError(
            f"{document.name}: dokumentet har samma tabeller som {name}, men bara "
            f"{round(100 * found.same)} procent av uppgifterna är desamma. Är det en ny utgåva: "
            f"ange --source {name}. Är det ett annat dokument: ange --id med ett nytt namn."
        )
    return found.source_id if found.sure else None


def _edition_of(workspace: Workspace, document: Document, source_id: str, wishes: Wishes) -> Import:
    """A new edition of a source's document: a revision of the source, not a source of its own."""
    made = edition_files(workspace, source_id, document, wishes.period, wishes.published)
    wishes = _with_inherited(workspace, source_id, made, wishes)
    found = _with_answers(workspace, document, source_id, made.files, made.questions, wishes)
    found = replace(found, kind="edition", carried=made.changes, why="ny utgåva")
    return _reported(workspace, document, found)


def _next(workspace: Workspace, document: Document, earlier_id: str, wishes: Wishes) -> Import:
    period = wishes.period or period_of(document, workspace.source(earlier_id).reporting_period)
    name = wishes.source_id
    if name is None and period is not None:
        first = parse_period(workspace.sources[earlier_id].reporting_period).start.year
        moved = moved_years(earlier_id.replace("-", " "), parse_period(period).start.year - first)
        name = moved.replace(" ", "-")
    name = _free_id(
        workspace, name if name not in {None, earlier_id} else slug(Path(document.name).stem)
    )
    made: NextYear = next_year(
        workspace, earlier_id, document, name, period=wishes.period, published=wishes.published
    )
    wishes = _with_inherited(workspace, earlier_id, made, wishes)
    found = _with_answers(workspace, document, name, made.files, made.questions, wishes)
    if wishes.retire:
        last = parse_period(workspace.sources[earlier_id].reporting_period).end.year
        gone = made.changes.filter(change="gone")["indicator_id"].drop_nulls().to_list()
        found = replace(found, files=retired(workspace, found.files, gone, last))
    found = replace(found, kind="next", earlier_id=earlier_id, carried=made.changes)
    return _reported(workspace, document, found)


def _with_inherited(
    workspace: Workspace, earlier_id: str, made: NextYear, wishes: Wishes
) -> Wishes:
    """What the person says, with what was answered of the earlier document where it still holds."""
    known = inherited(workspace.source_folder(earlier_id), made.questions)
    return replace(wishes, answers={**known, **wishes.answers})


def _with_answers(
    workspace: Workspace,
    document: Document,
    source_id: str,
    files: Mapping[Path, bytes],
    questions: tuple[Question, ...],
    wishes: Wishes,
) -> Import:
    """A drafted source with the answers that are known already."""
    home = workspace.root / "data" / "sources" / source_id / "source.toml"
    text = files[home].decode()
    given, more = with_new_indicators(
        workspace, tomllib.loads(text), questions, wishes.answers, files
    )
    given = taken(questions, given, wishes.accept)
    asked = Asked(text, given, Path(document.name).name).file(home.parent) if questions else {}
    text = answered(text, questions, given, workspace.geography)
    left = still_open(questions, wishes.answers, wishes.accept)
    written = with_units(workspace, source_id, text, {**files, **more, **asked})
    return Import(source_id, "new", {**written, home: text.encode()}, left)


def _reported(workspace: Workspace, document: Document, found: Import) -> Import:
    """An import with what it gives: read, validated and compared with what there is.

    Where questions are open, that is what it gives when their proposals are right.
    """
    draft = workspace.with_files(found.files).drafts.get(found.source_id)
    withheld = draft.withheld or () if draft else ()
    home = workspace.source_folder(found.source_id) / "source.toml"
    likely = answered(found.files[home].decode(), found.left, {}, workspace.geography, accept=ALL)
    files = {**found.files, home: likely.encode()}
    proposed = workspace.with_files(with_units(workspace, found.source_id, likely, files))
    if found.source_id not in proposed.sources:
        return replace(found, withheld=withheld)
    source = proposed.sources[found.source_id]
    part = Part(source.id, shown(Path(document.name)))
    part = of_lines(proposed, source, document, part)
    if found.kind == "edition":
        part = _beside_edition(workspace, part)
    if part.ingested is None:
        return _judged(workspace, proposed, part, replace(found, withheld=withheld))
    extract = {home.with_name(EXTRACT): extract_text(part.ingested.read).encode()}
    found = replace(found, files={**found.files, **extract}, withheld=withheld)
    return replace(
        _judged(workspace, proposed, part, found),
        account=part.ingested.account,
        passed=passed_over(part.ingested.read),
        unread_columns=columns_passed_over(part.ingested.read),
        undirected=undirected(proposed, found.source_id),
        groups=_groups(source, part),
    )


def _groups(source: Source, part: Part) -> tuple[str, ...]:
    """The names of the groups of municipalities that figures of a document are of."""
    places = set() if part.observations is None else {*part.observations["geo"].to_list()}
    named = {code: name for name, code in source.groups.items() if code in places}
    return tuple(named.values())


def _beside_edition(workspace: Workspace, part: Part) -> Part:
    """A new edition with what is broken in it alone; as it is where the one before is not read."""
    try:
        return with_broken_sums(part, ingest_source(workspace, part.name))
    except OjmfError:
        return part


def _judged(workspace: Workspace, proposed: Workspace, part: Part, found: Import) -> Import:
    """An import with its findings, and the changes to the workspace that it makes."""
    from ojmf.intake.prose import with_prose
    from ojmf.validate.kept import Kept
    from ojmf.validate.validation import validate

    own, others, unread = _observations(workspace, found.source_id)
    observations = part.observations if part.observations is not None else OBSERVATIONS.to_frame()
    # A document that is read once more is judged as what it is, not as an import.
    again = found.kind == "known" and not own.is_empty()
    known = None if again else pl.concat([others, own])
    held = Kept.of(workspace.root)
    validation = validate(proposed, [with_prose(proposed, part, held)], known=known, kept=held)
    folder = workspace.source_folder(found.source_id)
    changed = revised(own, observations, today(), found.why)
    cited = resting_on(load_citations(workspace.root / "data"), found.source_id, changed)
    since = diff.DIFF.to_frame()
    if found.earlier_id is not None:
        earlier = others.filter(source_id=found.earlier_id)
        since = diff.between_periods(earlier, observations)
    return replace(
        found,
        observations=observations,
        changes=diff.compare(own, observations, lines=False),
        since=since,
        files={**found.files, **kept(folder, changed)},
        revised=changed,
        cited=cited,
        validation=validation,
        unread=unread,
    )


def _observations(
    workspace: Workspace, source_id: str
) -> tuple[pl.DataFrame, pl.DataFrame, tuple[str, ...]]:
    """The observations of a source and of all others, and why some could not be read."""
    frames: dict[bool, list[pl.DataFrame]] = {True: [], False: []}
    unread: list[str] = []
    for name in workspace.sources:
        try:
            frames[name == source_id].append(ingest_source(workspace, name).observations)
        except OjmfError as error:
            if name != source_id:
                unread.append(f"{name}: {error}")
    collected = workspace.collected()
    empty = OBSERVATIONS.to_frame()
    own = pl.concat([empty, *frames[True], collected.filter(source_id=source_id)])
    others = pl.concat([empty, *frames[False], collected.filter(source_id=source_id).clear()])
    return own, pl.concat([others, collected.remove(source_id=source_id)]), tuple(unread)


def _has_observations(document: Document) -> bool:
    """Whether a document is a file of observations, with all their columns."""
    first = next((line for line in document.lines if "\t" in line), "")
    old = {"place", "sex"}  # files from before these columns lack them
    return set(OBSERVATIONS) - old <= set(first.split("\t"))


def _title(path: Path) -> str:
    return f"Värden ur {path.name}"


def _figures(workspace: Workspace, path: Path, stored: pl.DataFrame, wishes: Wishes) -> Import:
    """A file of figures as a source of its own."""
    name = wishes.source_id or slug(path.stem)
    if name in {*workspace.sources, *workspace.drafts}:
        raise SelectionError(f"”{name}” är redan en källa som är en rapport; välj ett annat --id.")
    content = stored.write_csv().encode()
    saved = datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
    declaration = Imported(
        id=name,
        title=_title(path),
        document=path.name,
        publisher=_publisher(workspace, stored),
        date=wishes.published or saved,
        sha256=hashlib.sha256(content).hexdigest(),
        rows=stored.height,
        indicators=tuple(stored["indicator_id"].unique().sort()),
        file=path.name,
        file_sha256=file_sha256(path),
    )
    folder = workspace.source_folder(name)
    text = "# Skriven av ojmf import. Ändra inte: ändra filen och importera den igen.\n"
    files = {
        folder / IMPORTED: (text + entries(declaration.model_dump())).encode(),
        folder / FIGURES: content,
    }
    observations = observed(stored, name, path.name)
    source = FetchedSource(declaration, folder)
    proposed = replace(workspace, fetched={**workspace.fetched, name: source})
    return _judged(
        workspace, proposed, Part(name, str(path), observations), Import(name, "figures", files)
    )


def _stored(path: Path) -> pl.DataFrame:
    """A file of observations, all of whose cells can be read, as it is kept."""
    file = read_observations(path)
    faults = [one.message for one in file.findings if one.severity == "critical"]
    if file.frame is None or faults:
        raise TableError([f"{path}: {fault}" for fault in faults])
    return file.frame.select(STORED.names())


def _publisher(workspace: Workspace, stored: pl.DataFrame) -> str:
    """Who the figures are about: the places, by name, where they are few."""
    names = Gazetteer.of(workspace.geography).names
    places = stored["geo"].unique(maintain_order=True).to_list()
    return ", ".join(names.get(code, code) for code in places[:3]) + (" …" if places[3:] else "")


def _predecessor(workspace: Workspace, document: Document, wishes: Wishes) -> str | None:
    """The newest source of the same place whose form the document has, or None."""
    lines = [*document.lines, Path(document.name).stem.replace("_", " ")]
    places = Gazetteer.of(workspace.geography)
    found: list[tuple[float, date, str]] = []
    for source in workspace.sources.values():
        same = wishes.geo == source.geo
        if wishes.geo is None and not another_place(source, document, places):
            same = source.geo in places.names and places.mentions(source.geo, lines) > 0
        if not same or source.id in workspace.drafts:
            continue
        alike = likeness(workspace, source.id, document, wishes.period)
        if alike >= LEAST_ALIKE:
            found.append((alike, parse_period(source.reporting_period).end, source.id))
    return max(found, default=(0.0, date.min, None))[2]


def _free_id(workspace: Workspace, source_id: str | None) -> str:
    name = source_id or "ny-kalla"
    if name in {*workspace.sources, *workspace.drafts, *workspace.fetched}:
        raise SelectionError(f"”{name}” är redan en annan källa; välj ett annat --id.")
    return name
