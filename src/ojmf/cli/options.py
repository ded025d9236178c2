"""The options that several commands share, with their help and shell completion."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """The formats that go to stdout."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    NDJSON = "ndjson"
    MD = "md"


class Sexes(StrEnum):
    """Whose figures are shown."""

    BOTH = "both"
    WOMEN = "women"
    MEN = "men"
    EACH = "each"


class Kinds(StrEnum):
    """What the catalogue places indicators in besides areas."""

    DIMENSION = "dimension"
    TYPE = "type"


def examples(*lines: str) -> str:
    """An epilog with one example per line."""
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in lines)])


def _data(ctx: typer.Context) -> Path | None:
    """The data folder that the command line so far leads to, without loading it."""
    from ojmf.declarations.loading import find_root
    from ojmf.errors import DeclarationError

    try:
        root, _ = find_root(ctx.params.get("root"))
    except DeclarationError:
        return None
    return root / "data"


def complete_kommun(ctx: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """Names of municipalities, or codes when a digit has been typed."""
    data = _data(ctx)
    if data is None:
        return
    with (data / "geography.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            pair = (row["name"], row["code"])
            value, description = reversed(pair) if incomplete[:1].isdigit() else pair
            if value.startswith(incomplete):
                yield value, description


def complete_area(ctx: typer.Context, incomplete: str) -> list[str]:
    """Ids of the areas in the catalogue."""
    data = _data(ctx)
    found = (path.stem for path in data.glob("indicators/*.toml")) if data else ()
    return sorted(name for name in found if name.startswith(incomplete))


def complete_source(ctx: typer.Context, incomplete: str) -> list[str]:
    """Ids of the declared sources."""
    data = _data(ctx)
    found = (path.parent.name for path in data.glob("sources/[!.]*/source.toml")) if data else ()
    return sorted(name for name in found if name.startswith(incomplete))


def complete_reference(incomplete: str) -> list[str]:
    """The references that go by a word of their own."""
    words = ("lan", "riket", "fjolaret", "mal", "budget", "liknande")
    return [name for name in words if name.startswith(incomplete)]


Kommun = Annotated[
    str,
    typer.Option(
        metavar="NAME|CODE",
        help="Municipality by name or SCB code.",
        autocompletion=complete_kommun,
    ),
]
Kommuner = Annotated[
    str,
    typer.Option(
        "--kommun",
        metavar="NAME|CODE|COUNTY|GROUP|alla",
        help="Municipality by name or SCB code, all of a county or a group, or alla.",
        autocompletion=complete_kommun,
    ),
]
MunicipalitiesOrCounty = Annotated[
    str | None,
    typer.Option(
        "--kommun",
        metavar="NAME|CODE|COUNTY|GROUP|alla",
        help="Municipality by name or SCB code, or each one of a county or a group, or alla.",
        show_default=False,
        autocompletion=complete_kommun,
    ),
]
County = Annotated[
    str | None,
    typer.Option(
        "--lan",
        metavar="NAME|CODE",
        help="Instead of --kommun: a county as one place, its own figures beside those of the "
        "country (or --against another county, a group or fjolaret).",
        show_default=False,
    ),
]
Place = Annotated[
    str | None,
    typer.Option(
        "--kommun",
        metavar="NAME|CODE|GROUP|alla",
        help="Municipality, county or country by name or SCB code, a group, or alla.",
        autocompletion=complete_kommun,
    ),
]
Area = Annotated[
    str | None,
    typer.Option(
        metavar="ID|NAME",
        help="Only this indicator area.",
        autocompletion=complete_area,
    ),
]
Against = Annotated[
    str,
    typer.Option(
        metavar="lan|riket|fjolaret|mal|budget|NAME",
        help="Reference: the county (lan), the country (riket), the figure of the year before "
        "(fjolaret), the target (mal), the budget (budget), the most similar municipalities "
        "(liknande), or a municipality, county or group by name or code.",
        autocompletion=complete_reference,
    ),
]
AlsoAgainst = Annotated[
    str | None,
    typer.Option(
        "--against",
        metavar="fjolaret|mal|budget|NAME",
        help="A reference beside the county and the country: the year before (fjolaret), the "
        "target (mal), the budget, the most similar municipalities (liknande), or a municipality, "
        "county or group by name or code.",
        show_default=False,
        autocompletion=complete_reference,
    ),
]
Before = Annotated[
    str | None,
    typer.Option(
        "--since",
        metavar="PERIOD",
        help="With --against fjolaret: compare with this period instead of the one before.",
    ),
]
AllMethods = Annotated[
    bool,
    typer.Option(
        "--all-methods",
        help="Also indicators judged by another method than their answer: quartile, "
        "reference, target or neutral. Included automatically for municipalities "
        "without answers.",
    ),
]
SexOnly = Annotated[
    Sexes | None,
    typer.Option(
        "--sex",
        help="Only figures of these: both (sexes together), women, men or each (women and men).",
        case_sensitive=False,
        show_default=False,
    ),
]
PeriodWithin = Annotated[
    str | None,
    typer.Option(
        "--period",
        metavar="PERIOD",
        help="Only figures for periods within this one: 2024, 2025-08 or 2025-01/2025-08.",
    ),
]
ByKind = Annotated[
    Kinds | None,
    typer.Option(
        "--by",
        help="dimension: by the six areas of quality. type: structure, process and result. Both "
        "are our own reading of the indicators.",
        case_sensitive=False,
        show_default=False,
    ),
]
EveryPeriod = Annotated[
    bool,
    typer.Option(
        "--every-period",
        help="Every period that there are figures for, not only the latest of each series.",
    ),
]
Wide = Annotated[
    str | None,
    typer.Option(
        metavar="COLUMN",
        help="The municipalities side by side: a row per indicator and period, and a column per "
        "municipality with this column of the result (own, status, gap …) in its cells.",
        show_default=False,
    ),
]
Screening = Annotated[
    bool,
    typer.Option(
        "--screening/--no-screening",
        help="Leave ranges that are large beside the others out of the limits, or not.",
    ),
]
Explain = Annotated[
    bool,
    typer.Option(
        "--explain",
        help="Add method, formula and inputs with document and line, as the column explanation.",
    ),
]
Source = Annotated[
    str | None,
    typer.Option(
        metavar="ID",
        help="Only this source.",
        autocompletion=complete_source,
    ),
]
ReadAs = Annotated[
    str | None,
    typer.Option(
        "--source",
        metavar="ID",
        help="Read the file by this source's declaration, whatever its fingerprint.",
        autocompletion=complete_source,
    ),
]
Root = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        help="Workspace with data/. Default: $OJMF_ROOT, else the current folder or one above "
        "it, else the data that comes with ojmf.",
        show_default=False,
    ),
]
OutputFormat = Annotated[
    Format | None,
    typer.Option(
        "--format",
        "-f",
        help="Format on stdout. Default: table.",
        show_default=False,
        case_sensitive=False,
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to a file instead; its suffix says the format: .csv, .json, .md, .ndjson, "
        ".parquet, .tsv or .xlsx. CSV keeps texts as they are, also those that a spreadsheet takes "
        "for formulas; .xlsx stores them as texts.",
        show_default=False,
    ),
]
Force = Annotated[
    bool,
    typer.Option(
        "--force", help="Replace what is there also when ojmf did not make it, or it was edited."
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Only warnings and errors on stderr.")]
TextOutput = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to a file instead of stdout.",
        show_default=False,
    ),
]
