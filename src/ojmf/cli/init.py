"""``ojmf init``: a new workspace."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from ojmf.cli.options import Quiet, complete_kommun
from ojmf.cli.session import write_stdout
from ojmf.errors import UsageError
from ojmf.output import write_folder

_LARGEST = 100


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that is new or empty.")],
    *,
    kommun: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|CODE",
            help="Municipality that the starters are filled in with.",
            show_default=False,
            autocompletion=complete_kommun,
        ),
    ] = None,
    demo: Annotated[
        bool,
        typer.Option(
            "--demo",
            help="Make a whole made-up country to try the commands on.",
        ),
    ] = False,
    example: Annotated[
        bool,
        typer.Option("--example", help="Write the made-up files that the user guide works on."),
    ] = False,
    smallest: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=0,
            max=100,
            help="The least count of persons that is shown; fewer are held back in all that leaves "
            "the workspace. 0 shows all, 1 too. Asked for on a terminal, otherwise 5.",
            show_default=False,
        ),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Make a workspace for a municipality, or of a made-up country.

    Writes data/ and expectations/ with commented starters, the geography, the questions of Öppna
    jämförelser, and a skeleton of a report's declaration, which is not read until it is filled in.
    data/publish.toml says how small counts of persons are shown. With --demo it is a country that
    doesn't exist, with the answers and figures of all its municipalities; with --example only the
    files that the user guide reads. Nothing is written to a folder that holds anything.
    """
    from ojmf.authoring.starter import refuse_occupied, starter
    from ojmf.compare import resolve_geo
    from ojmf.declarations.loading import embedded_root
    from ojmf.geography import resolve_municipality
    from ojmf.present.words import counted
    from ojmf.workspace import Workspace

    if demo and kommun is not None:
        raise UsageError("--demo gör ett helt påhittat land; utelämna --kommun")
    if example and (demo or kommun is not None or smallest is not None):
        raise UsageError("--example skriver bara guidens filer; ange bara mappen")
    refuse_occupied(folder)
    if example:
        files = {
            path.name: path.read_bytes() for path in (embedded_root() / "data/guide").iterdir()
        }
        write_folder(folder, files)
        if not quiet:
            write_stdout(f"Skrev användarguidens filer i {folder}. Uppgifterna är påhittade.\n")
        return
    if demo:
        from ojmf.authoring.demo import demo as made_up

        files = made_up() if smallest is None else made_up(smallest)
        write_folder(folder, files)
        if not quiet:
            write_stdout(
                f"Skapade ett påhittat land i {folder} ({counted(len(files), 'fil', 'filer')}). "
                f"Läs {folder / 'README.md'} för vad som kan provas.\n"
            )
        return
    geography = Workspace.open(embedded_root()).geography
    code = None if kommun is None else resolve_municipality(resolve_geo(kommun, geography))
    contents = starter(code, geography, _asked() if smallest is None else smallest)
    write_folder(folder, {str(path): content for path, content in contents.items()})
    if not quiet:
        write_stdout(
            f"Skapade arbetsytan {folder} ({counted(len(contents), 'fil', 'filer')}). "
            f"Läs {folder / 'README.md'}, och ta in en fil där med ojmf import FIL.\n"
        )


def _asked() -> int:
    """The least count of persons that is shown: what is said on a terminal, or the default."""
    from ojmf.authoring.starter import SMALLEST

    if not sys.stdin.isatty():
        return SMALLEST
    return int(
        typer.prompt(
            "Hur många personer måste ett antal minst gälla för att visas? 0 visar alla antal",
            default=str(SMALLEST),
            value_proc=_least,
            err=True,
        )
    )


def _least(text: str) -> int:
    """The count that was typed; asked anew for anything but a whole number up to the largest."""
    if not (text.strip().isdecimal() and int(text) <= _LARGEST):
        raise typer.BadParameter(f"Skriv ett heltal från 0 till {_LARGEST}.")
    return int(text)
