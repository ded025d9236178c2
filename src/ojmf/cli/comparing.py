"""What the commands share that show comparisons: whose, of which indicators, in which columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ojmf.cli.options import Sexes
from ojmf.cli.session import emit, open_workspace, period_within, say
from ojmf.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl

    from ojmf.cli.session import Destination
    from ojmf.present.tables import View
    from ojmf.present.views import Names
    from ojmf.surface.chosen import Chosen
    from ojmf.workspace import Workspace


SEXES = {
    Sexes.BOTH: ("_T",),
    Sexes.WOMEN: ("F",),
    Sexes.MEN: ("M",),
    Sexes.EACH: ("F", "M"),
}
"""The codes of SDMX CL_SEX that each choice means."""


def choose(
    root: Path | None,
    kommun: str | None,
    area: str | None = None,
    period: str | None = None,
    before: str | None = None,
    *,
    lan: str | None = None,
    against: str | None = None,
    all_methods: bool = False,
    sex: Sexes | None = None,
    every: bool = False,
    quiet: bool = False,
) -> Chosen:
    """Open the workspace and find what the options mean.

    Of a county as one place (``lan``) its municipalities are chosen. Raises ``UsageError`` where
    both or neither of ``kommun`` and ``lan`` are given, and for ``before`` where ``against`` is
    nothing earlier.

    The answers to the questions alone are meant where a municipality has some and ``all_methods``
    or a sex is not asked for, and else all that it has.
    """
    from ojmf.compare.frame import Selection
    from ojmf.geography import resolve_county
    from ojmf.surface.chosen import choose_in

    if (kommun is None) == (lan is None):
        given = "--kommun saknas" if kommun is None else "--kommun och --lan går inte ihop"
        raise UsageError(
            f"{given}. Ange --kommun NAMN|KOD|LÄN|GRUPP|alla (var och en för sig) eller --lan LÄN "
            "(ett län som en enda plats)."
        )
    within, earlier = period_within(period), earlier_period(before, against)
    workspace = open_workspace(root, quiet=quiet)
    sexes = SEXES[sex] if sex else ()
    selection = Selection(area, (), sexes, within, earlier, every)
    one = kommun if lan is None else resolve_county(lan, workspace.geography)
    chosen = choose_in(workspace, str(one), selection, all_methods=all_methods or sex is not None)
    if chosen.several and kommun is not None:
        _tell_of_county(chosen, kommun, quiet=quiet)
    return chosen


def earlier_period(since: str | None, against: str | None) -> pl.Expr:
    """The condition on the periods that ``fjolaret`` means.

    Raises ``UsageError`` where ``since`` is given and ``against`` is nothing earlier.
    """
    from ojmf.compare.against import EARLIER_WORD, means_earlier

    if since is not None and not (against and means_earlier(against)):
        said = f", inte {against}" if against else "; lägg till det"
        raise UsageError(f"--since gäller tillsammans med --against {EARLIER_WORD}{said}")
    return period_within(since, "--since")


def _tell_of_county(chosen: Chosen, kommun: str, *, quiet: bool) -> None:
    """Say that a county's name means each of its municipalities."""
    from ojmf.geography import Gazetteer

    gazetteer = Gazetteer.of(chosen.workspace.geography)
    county = gazetteer.by_code(kommun) or gazetteer.by_name(kommun)
    if county is not None and gazetteer.levels[county] == "county":
        say(
            f"Visar kommunerna i {gazetteer.names[county]} var för sig; länet som helhet visas med "
            f"--lan {county}.",
            quiet=quiet,
        )


def tell_of_years(chosen: Chosen, against: str, gaps: int, *, quiet: bool) -> None:
    """Say how an earlier year is compared with, where no gap comes of one meant as a place."""
    from ojmf.surface.orders import of_years

    if not gaps:
        years = of_years(chosen.workspace, chosen.geos, against, chosen.selection)
        if years:
            say(years.strip(), quiet=quiet)


def tell_of_left_out(
    workspace: Workspace, geos: Sequence[str], rows: pl.DataFrame, how: str, *, quiet: bool
) -> None:
    """Say how many measures with figures of the municipalities a comparison of answers leaves out.

    ``how`` is where they are shown. ``rows`` that have some leave none out.
    """
    import polars as pl

    from ojmf.compare.questions import ANSWER_METHOD
    from ojmf.present.words import counted

    if (rows["method"] != ANSWER_METHOD).any():
        return
    own = pl.col("geo").is_in(list(geos))
    figures = workspace.scan().filter(
        own, pl.col("value").is_not_null(), pl.col("answer").is_null()
    )
    if left := figures.select("indicator_id").unique().collect().height:
        say(f"{counted(left, 'mått', 'mått')} med uppgifter är inte med. {how}", quiet=quiet)


def shown(
    chosen: Chosen, rows: pl.DataFrame, more: Sequence[str] = (), *, explain: bool = False
) -> pl.DataFrame:
    """The columns of a result, how each row came about, its marks, and then the whole frame."""
    import polars as pl

    from ojmf.compare.frame import published
    from ojmf.present import explanations
    from ojmf.present.marks import ORIGIN, with_marks

    told = explanations.of_comparisons(rows) if explain else rows
    columns = [*_columns(chosen, more), *(["explanation"] if explain else [])]
    frame = with_marks(told if chosen.answers else told.drop(ORIGIN), columns)
    return pl.concat([frame, published(rows).select(pl.exclude(frame.columns))], how="horizontal")


def _columns(chosen: Chosen, more: Sequence[str]) -> list[str]:
    """The first columns of a result of answers, or of figures with what they need."""
    from ojmf.compare.methods import JUDGED
    from ojmf.schema import COMPARISONS

    if chosen.answers:
        # What carries a gap has one, and no reason.
        return [*COMPARISONS, *more, *([] if "contribution" in more else ["reason"])]
    names = JUDGED.names()
    distances = ("gap_relative", "gap_adjusted", "to_best_quarter", "needed")
    return [*names[: names.index("reason_code")], *more, "reason", "sex", *distances]


def with_needs(chosen: Chosen, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of figures with what it takes to reach the best quarter or the reference."""
    from ojmf.compare import distances

    if chosen.answers:
        return rows
    workspace = chosen.workspace
    return distances(rows, workspace.indicators, workspace.basis.denominators)


def show(
    frame: pl.DataFrame,
    view: View,
    to: Destination,
    names: Names,
    wide: str | None = None,
    *,
    title: str = "",
    quiet: bool = False,
) -> None:
    """Write a result with ``geo`` to its destination, ``wide`` with a column per municipality."""
    if wide is not None:
        from ojmf.present.wide import side_by_side

        frame, view = side_by_side(frame, wide, names)
    emit(frame, view, to, quiet=quiet, title=title)


def view_of(chosen: Chosen, rows: pl.DataFrame, *, explain: bool) -> View:
    """The columns that people see of such a result."""
    from ojmf.present import views
    from ojmf.surface.chosen import named_reference

    names = chosen.names
    if chosen.answers:
        reference = named_reference(chosen, rows, "länet")
        heading = f"{reference[:1].upper()}{reference[1:]}"
        timed = chosen.selection.every
        return views.status(names, heading, timed=timed, explained=explain)
    return views.judged(names, explained=explain)
