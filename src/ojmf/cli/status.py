"""``ojmf status`` and ``ojmf gaps``: municipalities against a reference, indicator by indicator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ojmf.cli import options
from ojmf.cli.comparing import (
    choose,
    show,
    shown,
    tell_of_years,
    view_of,
    with_needs,
)
from ojmf.cli.county import show_county
from ojmf.cli.session import destination, say
from ojmf.errors import UsageError
from ojmf.surface.chosen import named_reference
from ojmf.surface.orders import KINDS, By, between_sexes, ordered

if TYPE_CHECKING:
    import polars as pl

    from ojmf.cli.session import Destination
    from ojmf.surface.chosen import Chosen


_MOST_REASONS = 3  # of what is left out


def status(
    *,
    kommun: options.MunicipalitiesOrCounty = None,
    lan: options.County = None,
    against: options.Against = "lan",
    area: options.Area = None,
    all_methods: options.AllMethods = False,
    sex: options.SexOnly = None,
    by: options.ByKind = None,
    period: options.PeriodWithin = None,
    before: options.Before = None,
    every_period: options.EveryPeriod = False,
    wide: options.Wide = None,
    explain: options.Explain = False,
    format: options.OutputFormat = None,  # noqa: A002 - the name of the option
    output: options.Output = None,
    force: options.Force = False,
    root: options.Root = None,
    quiet: options.Quiet = False,
) -> None:
    """Show the colour or the verdict of every indicator.

    Answers are JA (100, green), DELVIS (50, yellow), NEJ (0, red) or none (grey), beside the
    figure of a reference. The gap is the municipality's own figure minus the reference, for
    answers in percentage points. A municipality without answers has its figures compared. --kommun
    COUNTY means each of its municipalities, --lan COUNTY the county as one place: its share of JA
    and its figures, which its municipalities are compared with.
    """
    to = destination(format, output, force=force)
    chosen = choose(
        *(root, kommun, area, period, before),
        lan=lan,
        against=against,
        all_methods=all_methods,
        sex=sex,
        every=every_period,
        quiet=quiet,
    )
    if lan is not None:
        unused = {"by": by is not None, "wide": wide, "explain": explain}
        show_county(chosen, "status", against, to, quiet=quiet, unused=unused)
        return
    rows = with_needs(chosen, chosen.compared([against]))
    if against == "lan" and rows["gap"].is_null().all():
        _hint_of_country(chosen, quiet=quiet)
    tell_of_years(chosen, against, rows["gap"].count(), quiet=quiet)
    more = [] if by is None else [by.value]
    if by is not None:
        from ojmf.compare.areas_of_figures import in_kinds

        rows = in_kinds(rows, chosen.workspace.indicators, by.value)
    frame = shown(chosen, rows, more, explain=explain)
    view = view_of(chosen, frame, explain=explain)
    if by is not None:
        from ojmf.present.view_columns import of_kind

        view = (of_kind(by.value), *view)
    show(frame, view, to, chosen.names, wide, quiet=quiet, title=_title(chosen, rows))


def _hint_of_country(chosen: Chosen, *, quiet: bool) -> None:
    """Say that there are gaps to the country where there is none to the county."""
    from ojmf.geography import COUNTRY_WORD
    from ojmf.present.words import counted

    known = chosen.compared([COUNTRY_WORD])["gap"].count()
    if known:
        say(
            "Länet har inget att jämföra med, men riket: "
            f"{counted(known, 'skillnad', 'skillnader')} visas med --against {COUNTRY_WORD}.",
            quiet=quiet,
        )


def gaps(
    *,
    kommun: options.MunicipalitiesOrCounty = None,
    lan: options.County = None,
    against: options.Against = "lan",
    area: options.Area = None,
    all_methods: options.AllMethods = False,
    sex: options.SexOnly = None,
    top: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Only the N most negative gaps.")
    ] = None,
    by: Annotated[
        By,
        typer.Option(
            help="gap: the most negative first. priority: what is red, the most common among the "
            "county's municipalities first. label: questions asked in several areas, side by side. "
            "dimension, type: by the six areas of quality, or structure, process and result, our "
            "own reading. sex: women's figures beside men's.",
            case_sensitive=False,
        ),
    ] = By.GAP,
    period: options.PeriodWithin = None,
    before: options.Before = None,
    every_period: options.EveryPeriod = False,
    wide: options.Wide = None,
    explain: options.Explain = False,
    format: options.OutputFormat = None,  # noqa: A002 - the name of the option
    output: options.Output = None,
    force: options.Force = False,
    root: options.Root = None,
    quiet: options.Quiet = False,
) -> None:
    """Show the gaps, the most negative first.

    A gap is the municipality's own figure minus that of the reference; rows where either is
    missing have none. Against the year before it is told what turned green and red, and which
    questions are new and which are asked no longer. Figures in unlike units are ordered by their
    gap in percent of the reference, the worst first and those without a good direction last.
    """
    to = destination(format, output, force=force)
    chosen = choose(
        *(root, kommun, area, period, before),
        lan=lan,
        against=against,
        all_methods=all_methods,
        sex=sex,
        every=every_period,
        quiet=quiet,
    )
    if lan is not None:
        unused = {"by": by is not By.GAP, "wide": wide, "explain": explain}
        show_county(chosen, "gaps", against, to, top, quiet=quiet, unused=unused)
        return
    if by is By.SEX:
        if sex is not None or against != "lan":
            raise UsageError("--by sex ställer kvinnor mot män; ta bort --sex och --against")
        _between_sexes(chosen, top, to, wide, quiet=quiet)
        return
    found = ordered(chosen, by, against)
    rows, changed = found.rows.head(top) if top else found.rows, "change" in found.more
    frame = shown(chosen, with_needs(chosen, rows), found.more, explain=explain)
    if changed:
        from ojmf.present import difference_views

        view = difference_views.changes(chosen.names, explained=explain)
    else:
        view = view_of(chosen, frame, explain=explain)
    if by in KINDS:
        from ojmf.present.view_columns import of_kind

        view = (of_kind(by.value), *view)
    show(frame, view, to, chosen.names, wide, quiet=quiet, title=_title(chosen, rows))
    _tell_without(found.without, found.rows.height, against, quiet=quiet)


def _tell_without(without: pl.DataFrame, shown: int, against: str, *, quiet: bool) -> None:
    """Say how many rows have no gap and are left out, and the commonest reasons."""
    if without.is_empty():
        return
    import polars as pl

    from ojmf.present.words import listed
    from ojmf.suggestions import in_shell

    reasons = (
        without.group_by("reason", maintain_order=True)
        .len("rows")
        .drop_nulls()
        .sort("rows", descending=True, maintain_order=True)
        .head(_MOST_REASONS)
        .select(pl.format("{} ({})", "reason", "rows"))
    )
    say(
        f"{without.height} av {without.height + shown} rader har ingen skillnad och är inte med: "
        f"{listed(reasons.to_series().to_list())}. Skälen rad för rad visas av ojmf "
        f"status --kommun {without['geo'][0]} --against {in_shell(against)}.",
        quiet=quiet,
    )


def _between_sexes(
    chosen: Chosen, top: int | None, to: Destination, wide: str | None, *, quiet: bool
) -> None:
    """The gap between women and men, the widest first."""
    from ojmf.present import difference_views

    found = between_sexes(chosen)
    frame = found.head(top) if top else found
    show(frame, difference_views.women_and_men(chosen.names), to, chosen.names, wide, quiet=quiet)


def _title(chosen: Chosen, rows: pl.DataFrame) -> str:
    """What stands above a table of answers; figures name their reference row by row."""
    if not chosen.answers:
        return ""
    own = "Kommunerna" if chosen.several else chosen.names.place(chosen.geos[0])
    return f"{own} mot {named_reference(chosen, rows, 'sitt län')}, skillnad i procentenheter"
