"""``ojmf run``: the whole line, from the declared documents to the files of the result."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ojmf.cli.comparing import (
    shown,
    view_of,
    with_needs,
)
from ojmf.cli.ingest import ingest_each, together
from ojmf.cli.options import Force, Quiet, Root, complete_kommun
from ojmf.cli.session import EXIT_FINDINGS, open_workspace, table, write_stdout
from ojmf.errors import NOTHING_YET, SelectionError
from ojmf.model import COUNTRY
from ojmf.output import write_folder
from ojmf.surface.chosen import Chosen, choose_in
from ojmf.surface.of_areas import areas_of, views_of_areas

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from ojmf.ingest.source import Ingested, IngestedDocument
    from ojmf.validate.validation import Validation
    from ojmf.workspace import Workspace

_SHOWN_GAPS = 10
_REFERENCES = ("lan", "riket")
_FOR_READING = {"findings", "account"}


def run(
    *,
    kommun: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|CODE",
            help="Municipality by name or SCB code. Default: that of the first source with "
            "answers in Öppna jämförelser, or with figures where none has answers.",
            show_default=False,
            autocompletion=complete_kommun,
        ),
    ] = None,
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="DIR", help="Output folder; created if missing."),
    ] = Path("output"),
    force: Force = False,
    strict: Annotated[
        bool,
        typer.Option("--strict", help="Let a critical finding make the exit code 1."),
    ] = False,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """Compute everything and write the results.

    Ingests every source, validates all that the workspace holds, compares, and shows the areas and
    the largest gaps. Writes observations, status, gaps and areas as .csv and .parquet, and findings
    and account as .csv. Status and gaps are against the county and the country both (see
    reference_geo). The files replace those of an earlier run together, or not at all. What has not
    changed since an earlier run is not validated again.
    """
    import polars as pl

    from ojmf.geography import county_of
    from ojmf.model import Severity
    from ojmf.present.files import refuse_foreign, remember_made
    from ojmf.present.findings import Report
    from ojmf.present.spreadsheets import WRITERS
    from ojmf.present.words import counted
    from ojmf.validate.small_numbers import without_held

    workspace = open_workspace(root, quiet=quiet)
    documents = ingest_each(workspace, list(workspace.sources), quiet=quiet)
    everything = pl.concat([together(documents).observations, workspace.collected()])
    workspace.hold(everything)
    validation = _validated(workspace, documents)
    ingested = replace(
        together(documents),
        observations=workspace.observations(),
        findings=without_held(validation.findings, workspace.held_back()),
    )
    chosen = choose_in(workspace, kommun or _first(everything))
    frames = _results(chosen, ingested)
    contents = {
        f"{name}{suffix}": WRITERS[suffix](frame, ())
        for name, frame in frames.items()
        for suffix in ((".csv",) if name in _FOR_READING else (".csv", ".parquet"))
    }
    refuse_foreign([output / name for name in contents], force=force)
    remember_made(contents.values())
    write_folder(output, contents)
    own = chosen.geos[0]
    county = county_of(own)
    names = chosen.names
    gaps = frames["gaps"].filter(frames["gaps"]["reference_geo"] != COUNTRY).head(_SHOWN_GAPS)
    of_areas = views_of_areas(chosen)
    unit = ". Skillnader i procentenheter." if chosen.answers else ""
    write_stdout(
        f"{names.place(own)} jämfört med {names.place(county)} och riket{unit}\n\n"
        f"{table(frames['areas'], of_areas)}\n"
        f"{_heading(chosen, county)}\n\n"
        f"{table(gaps, view_of(chosen, gaps, explain=False))}\n"
        f"{_said(validation)}\n"
        f"Skrev {counted(len(contents), 'fil', 'filer')} i {output}: {', '.join(contents)}\n"
    )
    if strict and Report("run", validation.found, (), Severity.CRITICAL).fails().any():
        raise typer.Exit(EXIT_FINDINGS)


def _validated(workspace: Workspace, documents: Sequence[IngestedDocument]) -> Validation:
    """All that the workspace holds, validated; its reports are those that have been ingested."""
    from ojmf.validate.kept import Kept
    from ojmf.validate.parts import everything, of_ingested, part_of
    from ojmf.validate.validation import validate

    kept = Kept.of(workspace.root)
    parts = [of_ingested(workspace, one, kept) for one in documents]
    others = [name for name in everything(workspace) if name not in workspace.sources]
    parts += [part_of(workspace, name) for name in others]
    return validate(workspace, parts, kept=kept)


def _said(validation: Validation) -> str:
    """How many checks were made and what came of them, in a line."""
    from ojmf.present.findings import told_counts
    from ojmf.present.words import counted

    waiting = validation.found["acknowledged"].null_count()
    where = "; ojmf validate visar dem" if waiting else ""
    checks = counted(validation.checks, "kontroll", "kontroller")
    return f"{checks}, {told_counts(validation.found)}{where}."


def _heading(chosen: Chosen, county: str) -> str:
    if chosen.answers:
        return f"Störst eftersläpning mot {chosen.names.place(county)}"
    return "Störst eftersläpning"


def _first(observations: pl.DataFrame) -> str:
    """The municipality whose answers come first in the workspace, or else whose figures do."""
    import polars as pl

    from ojmf.geography import MUNICIPALITY_CODE_LENGTH

    known = observations.filter(pl.col("geo").str.len_chars() == MUNICIPALITY_CODE_LENGTH)
    answered = known.filter(pl.col("answer").is_not_null())
    found = (answered if not answered.is_empty() else known)["geo"]
    if found.is_empty():
        raise SelectionError(NOTHING_YET)
    return str(found[0])


def _results(chosen: Chosen, ingested: Ingested) -> dict[str, pl.DataFrame]:
    """The frames of the result by file name; status and gaps first against the county."""
    import polars as pl

    from ojmf.compare.weighing import largest_gaps

    rows = chosen.compared(_REFERENCES)
    country = pl.col("reference_geo") == COUNTRY
    areas = areas_of(chosen, rows)
    gaps = pl.concat([largest_gaps(rows.filter(~country)), largest_gaps(rows.filter(country))])
    return {
        "observations": ingested.observations,
        "status": shown(chosen, with_needs(chosen, rows)),
        "gaps": shown(chosen, with_needs(chosen, gaps)),
        "areas": areas,
        "findings": ingested.findings,
        "account": ingested.account,
    }
