"""What a workspace keeps as CSV: population, groups of municipalities, decided targets."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from math import isfinite
from os import PathLike
from pathlib import Path

import polars as pl

from ojmf.arguments import as_annotated, as_folder, columns_of
from ojmf.errors import DeclarationError, why
from ojmf.geography import is_municipality_code
from ojmf.periods import parse_period
from ojmf.typography import control

TARGETS = pl.Schema(
    {
        "indicator_id": pl.String,
        "geo": pl.String,
        "period": pl.String,
        "target": pl.Float64,
        "source": pl.String,
    }
)
"""The file ``data/targets.csv``: one decided target a row, in the indicator's unit, with the ISO
period that it is for and where it was decided."""


def load_targets(path: Path, indicators: pl.DataFrame) -> pl.DataFrame:
    """The decided targets of a file in the schema ``TARGETS``, with the dates of their periods.

    Raises ``DeclarationError`` for a file that cannot be read, and with every row that names an
    indicator that no target judges, no municipality, a period that is none, or no target, and with
    those that set another target for the same.
    """
    columns = read_csv(path, TARGETS).with_row_index("line", offset=2)
    rows = columns.filter(pl.any_horizontal(pl.col(TARGETS.names()).is_not_null()))
    methods = dict(indicators.select("indicator_id", "method").iter_rows())
    faults: list[str] = []
    decided: dict[tuple[str, str, date, date], int] = {}
    for row in rows.iter_rows(named=True):
        name, geo, target = row["indicator_id"], row["geo"] or "", row["target"]
        where = f"{path} rad {row['line']}"
        if name not in methods:
            faults.append(f"{where}: indikatorn ”{name}” finns inte i katalogen")
        elif methods[name] != "target":
            faults.append(f"{where}: {name} har metoden {methods[name]}, väntade target")
        if not is_municipality_code(geo):
            faults.append(f"{where}: ”{geo}” är ingen kommun; ange fyra siffror")
        if target is None or not isfinite(target):
            faults.append(f"{where}: target saknas; ange målet som ett tal")
        try:
            period = parse_period(row["period"] or "")
        except ValueError as error:
            faults.append(f"{where}: {error}")
            continue
        key = (name, geo, period.start, period.end)
        if (first := decided.setdefault(key, row["line"])) != row["line"]:
            faults.append(
                f"{where}: målet för {name} i {geo} {row['period']} står redan på rad {first}"
            )
    if faults:
        raise DeclarationError(faults)
    dates = pl.DataFrame(
        [key[2:] for key in decided],
        schema={"period_start": pl.Date, "period_end": pl.Date},
        orient="row",
    )
    return pl.concat([rows.drop("line"), dates], how="horizontal")


POPULATION = pl.Schema(
    {"geo": pl.String, "date": pl.Date, "population": pl.Int64, "source": pl.String}
)


PEERS = pl.Schema(
    {"group_id": pl.String, "group_title": pl.String, "of": pl.String, "member_id": pl.String}
)
"""One row per member of a group; ``of`` is the municipality that the others are similar to."""


@as_annotated
def load_population(path: str | PathLike[str]) -> pl.DataFrame:
    """Read the population figures in the schema ``POPULATION``.

    Raises ``DeclarationError`` for a file that cannot be read, and with every row whose population
    is not positive or stands there already.

    >>> import ojmf
    >>> path = ojmf.Workspace.open().root / "data" / "population.csv"
    >>> ojmf.compare.load_population(path)["population"].min() > 0
    True
    """
    path = Path(path)
    frame = read_csv(path, POPULATION)
    checks = (
        (
            ~(pl.col("population") > 0).fill_null(False),
            "folkmängden för {geo} ska vara större än 0",
        ),
        (~pl.struct("geo", "date").is_first_distinct(), "folkmängden för {geo} {date} finns redan"),
    )
    _refuse(path, frame, checks)
    return frame


REBASE, BASELINE = "rebase", "baseline"
CHARTS = pl.Schema(
    {
        "indicator_id": pl.String,
        "geo": pl.String,
        "kind": pl.String,
        "date": pl.Date,
        "reason": pl.String,
    }
)
"""The file ``data/charts.csv``: where the control chart of an indicator in a place begins anew
(``rebase``, from ``date`` on) or which points its limits are of (``baseline``, to ``date``), and
why."""


def load_charts(path: Path, indicators: pl.DataFrame) -> pl.DataFrame:
    """Read the declared rebases and baselines in the schema ``CHARTS``.

    Raises ``DeclarationError`` for a file that cannot be read, and with every row that names an
    indicator that is not there, is of another kind, has no date or no reason, or stands twice.
    """
    frame = read_csv(path, CHARTS)
    known = indicators["indicator_id"].implode()
    checks = (
        (
            ~pl.col("indicator_id").is_in(known),
            "indikatorn ”{indicator_id}” finns inte i katalogen",
        ),
        (
            ~pl.col("geo").map_elements(is_municipality_code, return_dtype=pl.Boolean),
            "”{geo}” är ingen kommun; ange fyra siffror",
        ),
        (
            ~pl.col("kind").is_in([REBASE, BASELINE]),
            f"kind är ”{{kind}}”; väntade {REBASE} eller {BASELINE}",
        ),
        (pl.col("date").is_null(), "date saknas; ange dagen som 2025-01-01"),
        (pl.col("reason").str.strip_chars() == "", "reason saknas; ange varför"),
        (
            ~pl.struct("indicator_id", "geo", "kind", "date").is_first_distinct(),
            "{kind} för {indicator_id} i {geo} {date} finns redan",
        ),
    )
    _refuse(path, frame, checks)
    return frame


ACCEPTED = pl.Schema(
    {"source_id": pl.String, "finding_id": pl.String, "date": pl.Date, "reason": pl.String}
)
"""The file ``data/accepted.csv``: the findings that a person has acknowledged of what no report
declares, and why. ``source_id`` is null for those of the catalogue and the geography."""


def load_accepted(path: Path) -> pl.DataFrame:
    """Read acknowledgements in the schema ``ACCEPTED``.

    Raises ``DeclarationError`` for a file that cannot be read, and with every row that lacks the
    finding, the date or the reason, or stands twice.
    """
    frame = read_csv(path, ACCEPTED)
    checks = (
        (pl.col("finding_id").is_null(), "finding_id saknas; ojmf validate visar det inom [ ]"),
        (pl.col("date").is_null(), "date saknas; ange dagen som 2025-01-01"),
        (pl.col("reason").str.strip_chars() == "", "reason saknas; ange varför"),
        (
            ~pl.struct("source_id", "finding_id").is_first_distinct(),
            "kvitteringen {finding_id} finns redan",
        ),
    )
    _refuse(path, frame, checks)
    return frame


CITATIONS_FILE = "citations.csv"
CITATIONS = pl.Schema(
    {
        "citation": pl.String,
        "source_id": pl.String,
        "indicator_id": pl.String,
        "geo": pl.String,
        "reference_geo": pl.String,
        "used_in": pl.String,
        "date": pl.Date,
    }
)
"""The file ``data/citations.csv``, which ojmf adds to: one row per citation and report (its path)
or citing (empty) that it was made for."""


def load_citations(data: Path) -> pl.DataFrame:
    """The citations that were made in a workspace's folder ``data``; none where it has no file.

    Raises ``DeclarationError`` where somebody has broken the file.
    """
    path = data / CITATIONS_FILE
    return read_csv(path, CITATIONS) if path.is_file() else CITATIONS.to_frame()


def _refuse(path: Path, frame: pl.DataFrame, checks: Iterable[tuple[pl.Expr, str]]) -> None:
    """Raise ``DeclarationError`` with every row that is wrong, or of which that can't be told.

    The texts name columns in braces.
    """
    rows = frame.with_row_index("row", offset=2)
    faults = [
        f"{path} rad {row['row']}: {text.format(**{n: cell or '' for n, cell in row.items()})}"
        for wrong, text in checks
        for row in rows.filter(wrong.fill_null(value=True)).to_dicts()
    ]
    if faults:
        raise DeclarationError(faults)


@as_annotated
def known_population(data: str | PathLike[str]) -> pl.DataFrame:
    """The population that a workspace's folder ``data`` declares; none where it has no file.

    Raises as :func:`load_population`.

    >>> import ojmf
    >>> people = ojmf.compare.known_population(ojmf.Workspace.open().root / "data")
    >>> people.columns
    ['geo', 'date', 'population', 'source']
    """
    path = as_folder(data) / "population.csv"
    return load_population(path) if path.is_file() else pl.DataFrame(schema=POPULATION)


@as_annotated
def load_peers(path: str | PathLike[str], geography: pl.DataFrame | None = None) -> pl.DataFrame:
    """Read the municipality groups in the schema ``PEERS``, one row per group and member.

    Raises ``DeclarationError`` for a file that cannot be read, and with every row that has no
    group, whose codes are of no municipality (of ``geography``, where that is given) or whose
    member its group has already.

    >>> import ojmf
    >>> groups = ojmf.compare.load_peers(ojmf.Workspace.open().root / "data" / "peers.csv")
    >>> groups.columns
    ['group_id', 'group_title', 'of', 'member_id']
    """
    path = Path(path)
    frame = read_csv(path, PEERS)
    known = _municipalities(geography)
    checks = (
        (pl.col("group_id").is_null(), "group_id saknas; ange gruppens id"),
        *(
            (
                ~known(column).fill_null(column != "member_id"),
                f"{column} är ”{{{column}}}”, som inte är någon kommun i geography.csv; ange dess "
                "fyra siffror",
            )
            for column in ("member_id", "of")
        ),
        (
            ~pl.struct("group_id", "member_id").is_first_distinct(),
            "{member_id} är redan med i gruppen {group_id}",
        ),
    )
    _refuse(path, frame, checks)
    return frame


def _municipalities(geography: pl.DataFrame | None) -> Callable[[str], pl.Expr]:
    """Whether a column has the code of a municipality; null where it has none."""
    if geography is None:
        return lambda column: pl.col(column).str.contains(r"^\d{4}$")
    places = columns_of(geography, "code", "level")
    codes = places.filter(level="municipality")["code"].implode()
    return lambda column: pl.col(column).is_in(codes)


def read_csv(path: Path, schema: pl.Schema) -> pl.DataFrame:
    """Read a CSV file of the workspace.

    Raises ``DeclarationError`` where it can't be read or has not these columns, with every cell
    that is not of its column's kind, and for control characters.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        frame = pl.read_csv(text.encode(), infer_schema=False, raise_if_empty=False)
    except OSError as error:
        raise DeclarationError(
            [f"{path}: kan inte läsas ({why(error)}). Kontrollera filen."]
        ) from None
    except UnicodeDecodeError:
        raise DeclarationError([f"{path}: filen är inte UTF-8. Spara den på nytt."]) from None
    except pl.exceptions.PolarsError:
        raise DeclarationError(
            [
                f"{path}: en rad har fler fält än rubriken, eller ett citattecken som inte stängs. "
                "Spara filen på nytt, med kommatecken mellan kolumnerna."
            ]
        ) from None
    if found := control(text):
        raise DeclarationError([f"{path}: styrtecknet {found} står i en text; ta bort det"])
    if frame.columns != schema.names():
        raise DeclarationError(
            [
                f"{path}: kolumnerna är {', '.join(frame.columns) or 'inga'}, väntade "
                f"{', '.join(schema)}, med kommatecken emellan"
            ]
        )
    typed = frame.select(
        pl.col(name).str.to_date(strict=False)
        if kind == pl.Date
        else pl.col(name).cast(kind, strict=False)
        for name, kind in schema.items()
    )
    faults = [
        f"{path} rad {row + 2}: {name} är ”{frame[name][row][:60]}”, väntade {_KINDS[kind]}"
        for name, kind in schema.items()
        for row in (frame[name].is_not_null() & typed[name].is_null()).arg_true().head(_SHOWN)
    ]
    if faults:
        raise DeclarationError(faults)
    return typed


_SHOWN = 20
_KINDS = {
    pl.Date(): "ett datum som 2024-12-31",
    pl.Float64(): "ett tal med decimalpunkt",
    pl.Int64(): "ett heltal",
}
