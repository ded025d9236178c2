"""No output tells a small number: two workspaces that differ in nothing else give the same files.

What would be different between a workspace with two persons and one with three is what a reader
could tell them apart by. Fingerprints of the source's file are the one thing that differs.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from typer.testing import CliRunner

from ojmf.cli import app
from tests.unit.disclosure.workspace import Row, make, row

BYTES = re.compile(rb'"bytes": \d+')
"""What a package tells of its compressed files, which hold fingerprints."""
FINGERPRINT = re.compile(rb"[0-9a-f]{64}")
COMMANDS = [
    "status --kommun Solna --all-methods --format json",
    "status --kommun Solna --all-methods --sex women --explain",
    "gaps --kommun Solna --all-methods --format csv",
    "areas --kommun Solna",
    "observations --format csv",
    "peers --kommun Solna",
    "trends --kommun Solna --points --short",
    "gaps --kommun Solna --against Stockholm --all-methods --explain",
    "cite prov.placerade --kommun Solna",
    "cite prov.andel --kommun Solna --against riket",
]
FILES = [
    "run --kommun Solna --output {}/run",
    "site --output {}/site",
    "export --output {}/paket",
    "export --format json-stat2 --output {}/kuber",
    "report --kommun Solna --output {}/rapport.docx",
    *(f"table --kommun Solna --all-methods --output {{}}/bilaga.{end}" for end in
      ("xlsx", "html", "md", "csv", "docx")),
    "chart trend --kommun Solna --indicator prov.placerade --output {}/serie.svg",
]  # fmt: skip


def figures(few: int) -> list[Row]:
    """Women and men, shares and days, three years and municipalities.

    In Solna ``few`` women are placed, and as few are not investigated.
    """
    rows = []
    for year in (2022, 2023, 2024):
        for geo, women, men in (("0184", few, 48 - few), ("0180", 80, 90), ("0183", 31, 22)):
            for sex, value in (("F", women), ("M", men), ("_T", women + men)):
                about = {"sex": sex, "year": year}
                of = 2000 if sex == "_T" else 1000
                left = few if geo == "0184" else 300
                others = {"F": left, "M": 400 - left}.get(sex, 400)
                rows.append(row("placerade", geo, value, **about))
                rows.append(row("invanare", geo, of, **about))
                rows.append(row("andel", geo, value / of * 100, unit="percent", **about))
                asked = (of - others) / of * 100
                rows.append(row("utredda", geo, asked, unit="percent", **about))
                rows.append(row("dygn", geo, value * 300, unit="days", **about))
    return rows


@pytest.fixture(scope="module")
def roots(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    top = tmp_path_factory.mktemp("small")
    return [make(top / str(few) / "yta", figures(few)) for few in (2, 3)]


def run(words: str, root: Path) -> str:
    result = CliRunner().invoke(app, [*words.split(), "--root", str(root)])
    assert result.exit_code == 0, (words, result.output, result.exception)
    return result.stdout


def contents(path: Path) -> dict[str, bytes]:
    """The files of a folder, and those inside Office files, by their name."""
    found: dict[str, bytes] = {}
    for file in (file for file in sorted(path.rglob("*")) if file.is_file()):
        name = file.relative_to(path).as_posix()
        if file.suffix in {".xlsx", ".docx"}:
            with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as archive:
                found |= {f"{name}/{inner}": archive.read(inner) for inner in archive.namelist()}
        elif file.suffix == ".parquet":
            frame = pl.read_parquet(file)
            nested = [column for column, kind in frame.schema.items() if kind.is_nested()]
            found[name] = frame.drop(nested).write_csv().encode()
        else:
            found[name] = file.read_bytes()
    found = {name: BYTES.sub(b"", content) for name, content in found.items()}
    return {name: FINGERPRINT.sub(b"#", content) for name, content in found.items()}


@pytest.mark.parametrize("words", COMMANDS)
def test_what_is_said_does_not_depend_on_a_small_number(words: str, roots: list[Path]) -> None:
    two, three = (run(words, root) for root in roots)
    assert two == three


def test_what_is_written_does_not_depend_on_a_small_number(
    roots: list[Path], tmp_path: Path
) -> None:
    written = []
    for number, root in enumerate(roots):
        out = tmp_path / str(number)
        out.mkdir()
        for words in FILES:
            run(words.format(out), root)
        written.append(contents(out))
    assert written[0].keys() == written[1].keys()
    assert {name for name in written[0] if written[0][name] != written[1][name]} == set()


def test_the_words_stand_where_the_figure_would(roots: list[Path], tmp_path: Path) -> None:
    said = run("status --kommun Solna --all-methods --format md", roots[0])
    women = next(line for line in said.splitlines() if "| Placerade barn, kvinnor |" in line)
    assert "| färre än 5 |" in women
    run(f"table --kommun Solna --all-methods --output {tmp_path}/b.xlsx --quiet", roots[0])
    book = openpyxl.load_workbook(tmp_path / "b.xlsx")
    cells = {cell.value for sheet in book for line in sheet.iter_rows() for cell in line}
    assert {"färre än 5", "visas inte"} <= cells


def test_the_words_stand_for_earlier_periods_too(roots: list[Path], tmp_path: Path) -> None:
    run(f"site --kommun Solna --output {tmp_path}/site --quiet", roots[0])
    pages = [page.read_text(encoding="utf-8") for page in (tmp_path / "site").rglob("prov.html")]
    rows = [row for page in pages for row in page.split("<tr ") if "Placerade barn, kvinnor" in row]
    assert [row.count("färre än 5") for row in rows] == [3]


def test_a_checker_is_told_what_is_held_back(roots: list[Path]) -> None:
    said = run("validate skickat-0", roots[0])
    assert "”Placerade”: 6 uppgifter visas inte i allt som lämnas ut (3 för att antalet är" in said
    assert "Solna, kvinnor, 2022 (rad 2)" in said


def test_the_recorded_figure_is_there_for_checking(roots: list[Path]) -> None:
    assert "färre än 5" in run("observations --format csv", roots[1])
    assert "0184" in (roots[1] / "data/sources/skickat-0/observations.csv").read_text()
