"""A county as one place in ``ojmf status``, ``gaps`` and ``areas``: ``--lan``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ojmf.cli.session import emit
from ojmf.errors import UsageError

if TYPE_CHECKING:
    from ojmf.cli.session import Destination
    from ojmf.surface.chosen import Chosen


def show_county(
    chosen: Chosen,
    command: str,
    against: str,
    to: Destination,
    top: int | None = None,
    *,
    unused: Mapping[str, object],
    quiet: bool,
) -> None:
    """Show what a command does of the county whose municipalities are chosen, as one place.

    ``unused`` are options that a county has no use of, with what was given for them. Raises
    ``UsageError`` where one was given.
    """
    from ojmf.geography import county_of
    from ojmf.surface.whole_county import county_areas, county_gaps, county_status

    for option, given in unused.items():
        if given:
            name = option.replace("_", "-")
            raise UsageError(f"--{name} gäller kommuner; utelämna den tillsammans med --lan.")
    if command == "areas":
        frame, view = county_areas(chosen, against)
    elif command == "gaps":
        frame, view = county_gaps(chosen, against, top)
    else:
        frame, view = county_status(chosen, against)
    title = f"{chosen.names.place(county_of(chosen.geos[0]))} som helhet"
    emit(frame, view, to, quiet=quiet, title=title)
