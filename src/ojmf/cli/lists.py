"""``ojmf sources``, ``ojmf indicators`` and ``ojmf check``: what the workspace declares."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from ojmf.cli.options import Area, Force, Output, OutputFormat, Quiet, Root
from ojmf.cli.session import destination, emit, open_workspace, say, write_stdout
from ojmf.errors import DeclarationError, OjmfError

if TYPE_CHECKING:
    from collections.abc import Callable

    from ojmf.workspace import Workspace

_SHOWN_CODES = 10


def sources(
    *,
    format: OutputFormat = None,  # noqa: A002 - the name of the option
    output: Output = None,
    force: Force = False,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """List the declared documents."""
    from ojmf.declarations import listing
    from ojmf.present import views

    to = destination(format, output, force=force)
    workspace = open_workspace(root, quiet=quiet)
    frame = listing.sources(workspace).drop("licence")
    names = views.Names(workspace.indicators, workspace.places)
    emit(frame, views.sources(names), to, quiet=quiet)


def indicators(
    *,
    area: Area = None,
    format: OutputFormat = None,  # noqa: A002 - the name of the option
    output: Output = None,
    force: Force = False,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """List the indicators of the catalogue, whatever is wrong elsewhere in the workspace."""
    from ojmf.declarations.catalogue import load_catalogue
    from ojmf.declarations.loading import find_root
    from ojmf.geography import resolve_area
    from ojmf.present import views

    to = destination(format, output, force=force)
    folder, origin = find_root(root)
    if origin == "embedded":
        say(f"Använder de inbyggda uppgifterna ({folder}).", quiet=quiet)
    catalogue, faults = load_catalogue(folder / "data" / "indicators")
    if faults:
        raise DeclarationError(faults)
    frame = catalogue.frame()
    if area is not None:
        frame = frame.filter(frame["area_id"] == resolve_area(area, frame))
    emit(frame, views.indicators(), to, quiet=quiet)


def check(
    *,
    add_checks: Annotated[
        bool,
        typer.Option(
            "--add-checks",
            help="Add the checks that come with ojmf to suites that an earlier version wrote.",
        ),
    ] = False,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """Check all that a workspace holds: declarations, extracts, registers, language and suites.

    All errors are listed, one per line on stderr, including the unanswered questions of drafts; the
    exit code is then 6.
    """
    from ojmf.declarations.loading import find_root
    from ojmf.ingest.reading import EXTRACT
    from ojmf.present.words import counted
    from ojmf.validate import suites
    from ojmf.validate.suite_files import FOLDER

    folder, _ = find_root(root)
    faults: list[str] = []
    try:
        workspace = open_workspace(root, quiet=quiet)
        faults += _unusable(workspace)
    except DeclarationError as error:
        faults += error.faults
    # Suites say nothing of the catalogue, so their faults are told beside those of data/.
    if (folder / FOLDER).is_dir():
        faults += _faults(partial(suites.load, folder / FOLDER))
    if faults:
        raise DeclarationError(faults)
    if add_checks:
        _add_checks(workspace, quiet=quiet)
    catalogue = workspace.indicators
    for source in workspace.sources.values():
        if not (path := workspace.source_folder(source.id) / EXTRACT).exists():
            say(
                f"upplysning: {path} saknas; källans tal läses först när utdraget är gjort med "
                "ojmf extract FIL",
                quiet=quiet,
            )
    for name, without in (
        ("population.csv", "uppgifter per invånare visas inte"),
        ("peers.csv", "ojmf peers har inga kommungrupper"),
    ):
        if not (workspace.root / "data" / name).is_file():
            say(f"upplysning: data/{name} saknas, så {without}", quiet=quiet)
    for file in workspace.references.values():
        for period, codes in file.missing.items():
            shown = ", ".join(codes[:_SHOWN_CODES]) + (" …" if len(codes) > _SHOWN_CODES else "")
            say(
                f"upplysning: {file.path}: {counted(len(codes), 'kommun', 'kommuner')} saknas för "
                f"{period} ({shown})",
                quiet=quiet,
            )
    sources = len(workspace.sources) + len(workspace.fetched) + len(workspace.references)
    write_stdout(
        f"Inga fel i {counted(sources, 'källa', 'källor')}, "
        f"{counted(catalogue['area_id'].n_unique(), 'område', 'områden')} och "
        f"{counted(catalogue.height, 'indikator', 'indikatorer')}.\n"
    )


def _add_checks(workspace: Workspace, *, quiet: bool) -> None:
    """Write the suites of a workspace with the checks that they lack."""
    from ojmf.declarations.loading import embedded_root
    from ojmf.output import write_files
    from ojmf.validate.suite_files import FOLDER, completed, written

    folder = workspace.root / FOLDER
    own, shipped = written(folder)[0], written(embedded_root() / FOLDER)[0]
    files = completed(folder, own, shipped) if own else {}
    write_files(files)
    said = ", ".join(str(path) for path in files)
    say(f"Lade till kontroller i {said}." if files else "Inga kontroller saknas.", quiet=quiet)


def _unusable(workspace: Workspace) -> list[str]:
    """The faults of what a workspace holds beside its declarations, and of its drafts."""
    from ojmf.claims.audit import require_own_language
    from ojmf.ingest.reading import EXTRACT
    from ojmf.ingest.source import ingest_source

    faults = [fault for draft in workspace.drafts.values() for fault in draft.faults]
    for source in workspace.sources.values():
        path = workspace.source_folder(source.id) / EXTRACT
        if path.exists():
            told = _faults(partial(ingest_source, workspace, source.id))
            faults += [f if str(path) in f else f"{path}: {f}" for f in told]
    return [*faults, *_faults(partial(require_own_language, workspace.root))]


def _faults(read: Callable[[], object]) -> list[str]:
    try:
        read()
    except OjmfError as error:
        return list(getattr(error, "faults", (str(error),)))
    return []
