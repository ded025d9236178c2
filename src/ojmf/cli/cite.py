"""``ojmf cite`` and ``ojmf verify-citation``: a figure as a sentence with a stable id."""

from __future__ import annotations

from typing import Annotated

import typer

from ojmf.cli.options import Area, Kommun, Quiet, Root, complete_reference
from ojmf.cli.session import open_workspace, remember, say, write_stdout
from ojmf.errors import SelectionError


def cite(
    indicator: Annotated[
        str,
        typer.Argument(
            metavar="INDICATOR", help="Indicator by its id, its name or its printed label."
        ),
    ],
    *,
    kommun: Kommun,
    against: Annotated[
        str | None,
        typer.Option(
            metavar="lan|riket|fjolaret|mal|budget|NAME",
            help="Reference: the county (lan), the country (riket), the year before (fjolaret), "
            "the target (mal), the budget, or a place or group by name or code. Default: lan, or "
            "what else the figure is compared with.",
            show_default=False,
            autocompletion=complete_reference,
        ),
    ] = None,
    area: Area = None,
    period: Annotated[
        str | None,
        typer.Option(
            metavar="PERIOD",
            help="The latest figure within this period instead of the latest of all: 2023, "
            "2025-08 or 2025-01/2025-08. The id names it, and stands when a later year comes.",
            show_default=False,
        ),
    ] = None,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """Cite a figure: the answer, how many others gave it, and the source.

    The id within brackets is stable. It ends with a checksum of the figures, so that a change
    is noticed; see ojmf verify-citation. In a workspace of your own it is noted in
    data/citations.csv, so that a later revision of the figure names it. A reference that was asked
    for and has no figure is told of, with the exit code 9.
    """
    from ojmf.compare.frame import Selection
    from ojmf.geography import COUNTY_OF_OWN
    from ojmf.present.annex.citing import cite_indicator, is_against
    from ojmf.surface.orders import against_in_words, of_years

    workspace = open_workspace(root, quiet=quiet)
    wanted = against or COUNTY_OF_OWN
    cited = cite_indicator(workspace, indicator, kommun, against=wanted, area=area, period=period)
    write_stdout(f"{cited.sentence}\n")
    remember(workspace, [cited.citation], quiet=quiet)
    figures = cited.figures
    nothing = figures.reference is None and figures.deviation is None
    if nothing or not is_against(workspace, cited.citation, wanted):
        instead = f", så hänvisningen gäller {cited.beside or 'något annat'}" if not nothing else ""
        years = of_years(workspace, [cited.citation.geo], wanted, Selection())
        called = against_in_words(wanted) or wanted
        told = f"Det finns ingen uppgift för {called} att ställa bredvid{instead}. {years}".strip()
        if against is not None:
            raise SelectionError(told)
        say(told, quiet=quiet or nothing)  # that there is nothing is said in the sentence


def verify_citation(
    citation: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="An id from ojmf cite, also within brackets or its text."
        ),
    ],
    *,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """Derive a citation from the data again, and say whether it still holds.

    The exit code is 0 when it does and 1 when it does not, also where the words around the id
    contradict what is cited; then it says what has changed or what they contradict. It is 9 where
    no id is given, as when a whole text is.
    """
    from ojmf.present.annex.verifying import verify

    verdict = verify(open_workspace(root, quiet=quiet), citation)
    write_stdout(f"{verdict.message}\n")
    if not verdict.holds:
        raise typer.Exit(1)
