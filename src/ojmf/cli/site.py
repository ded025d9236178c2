"""``ojmf site``: the results as a static web site."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ojmf.cli.options import Force, Quiet, Root, complete_kommun
from ojmf.cli.session import open_workspace, say, tracked


def site(
    *,
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="DIR", help="Folder of the site."),
    ],
    kommun: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME|CODE",
            help="Municipality by name or SCB code; may be repeated. Default: all with figures.",
            show_default=False,
            autocompletion=complete_kommun,
        ),
    ] = None,
    document: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="A whole document, whose claims in prose get a page; may be repeated.",
            show_default=False,
        ),
    ] = None,
    force: Force = False,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """Write a web site with a page per municipality and area.

    It needs no server and nothing from the network: open index.html in a browser. Every figure
    leads to its document, table and line in the text version. An older site in the folder is
    replaced when the new one is whole, unless somebody has changed it; files of others stay.
    """
    from ojmf.present.site import build_site
    from ojmf.present.words import counted

    workspace = open_workspace(root, quiet=quiet)
    written = build_site(
        workspace,
        output,
        kommuner=kommun or (),
        documents=document or (),
        force=force,
        track=lambda names: tracked(names, quiet=quiet),
    )
    gone = (
        f"Den förra webbplatsen hade {counted(written.gone, 'sida', 'sidor')} till, "
        "som nu är borta. "
        if written.gone
        else ""
    )
    say(
        f"Skrev {written.pages} sidor. {gone}Öppna {output / 'index.html'} i en webbläsare.",
        quiet=quiet,
    )
