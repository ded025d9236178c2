"""``ojmf run``: the whole line, from the declared documents to the files of the result."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ojmf.cli.ingest import ingest_all, tell
from ojmf.cli.options import Quiet, Root, complete_kommun
from ojmf.cli.session import open_workspace, table, write_stdout
from ojmf.errors import SelectionError
from ojmf.output import write_folder

if TYPE_CHECKING:
    import polars as pl

    from ojmf.ingest.source import Ingested
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
            "answers in Öppna jämförelser.",
            show_default=False,
            autocompletion=complete_kommun,
        ),
    ] = None,
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="DIR", help="Folder for the files; made if needed."),
    ] = Path("output"),
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """Compute everything and write the results.

    Ingests every source, compares, and shows the areas and the largest gaps. Writes observations,
    status, gaps and areas as .csv and .parquet, and findings and account as .csv. Status and gaps
    are against the county and the country both (see reference_geo). The files replace those of an
    earlier run together, or not at all.
    """
    import polars as pl

    from ojmf.present import views
    from ojmf.present.spreadsheets import WRITERS

    workspace = open_workspace(root, quiet=quiet)
    ingested = ingest_all(workspace, list(workspace.sources), quiet=quiet)
    tell(ingested.findings, quiet=quiet)
    everything = pl.concat([ingested.observations, workspace.collected()])
    ingested = replace(ingested, observations=everything)
    own = kommun or _first_answered(everything)
    frames = _results(workspace, ingested, own)
    contents = {
        f"{name}{suffix}": WRITERS[suffix](frame, ())
        for name, frame in frames.items()
        for suffix in ((".csv",) if name in _FOR_READING else (".csv", ".parquet"))
    }
    write_folder(output, contents)
    names = views.Names(workspace.indicators, workspace.geography)
    county = frames["status"]["reference_geo"][0]
    largest = frames["gaps"].filter(frames["gaps"]["reference_geo"] == county).head(_SHOWN_GAPS)
    write_stdout(
        f"{names.place(frames['status']['geo'][0])}, länet är {names.place(county)}, gap i "
        f"procentenheter\n\n{table(frames['areas'], views.areas())}\n"
        f"Störst gap mot {names.place(county)}, mest efter först\n\n"
        f"{table(largest, views.status(names, names.place(county)))}\n"
        f"Skrev {len(contents)} filer i {output}: {', '.join(contents)}\n"
    )


def _first_answered(observations: pl.DataFrame) -> str:
    """The municipality whose answers come first in the workspace."""
    answered = observations["geo"].filter(observations["answer"].is_not_null())
    if answered.is_empty():
        raise SelectionError(
            "arbetsytan har inga svar i Öppna jämförelser att jämföra; lägg till en källa med svar"
        )
    return str(answered[0])


def _results(workspace: Workspace, ingested: Ingested, own: str) -> dict[str, pl.DataFrame]:
    """The frames of the result by file name; status and gaps first against the county."""
    import polars as pl

    from ojmf.compare import answers
    from ojmf.present.marks import with_marks
    from ojmf.schema import COMPARISONS

    rows = answers.traced_status(
        ingested.observations,
        workspace.indicators,
        own,
        against=_REFERENCES,
        geography=workspace.geography,
    )
    gaps = [
        answers.largest_gaps(against)
        for against in rows.partition_by("reference_geo", maintain_order=True)
    ]
    columns = [*COMPARISONS, "reason"]
    return {
        "observations": ingested.observations,
        "status": with_marks(rows, columns),
        "gaps": with_marks(pl.concat(gaps), columns),
        "areas": answers.areas_of(rows, workspace.indicators),
        "findings": ingested.findings,
        "account": ingested.account,
    }
