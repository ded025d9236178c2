"""Women's figures beside men's, and what gaps are worth: in a table and on the site."""

from datetime import date
from io import BytesIO
from math import sqrt
from pathlib import Path

import docx
import openpyxl
import polars as pl
import pytest
from typer.testing import CliRunner

from ojmf.authoring.demo.made_figures import AREA
from ojmf.cli import app
from ojmf.present.annex.rows import Asked, compare_rows
from ojmf.present.difference_views import women_and_men_sentences
from ojmf.present.report import to_report
from ojmf.present.report.values import Head
from ojmf.present.site import build_site
from ojmf.workspace import Workspace

PLACE = "Sagoköping"
Z = 1.959963984540054


@pytest.fixture(scope="module")
def own(made_up_country: Path) -> pl.DataFrame:
    """The municipality's own figures of the last year about each sex."""
    observed = Workspace.open(made_up_country).observations()
    last = pl.col("period_end") == pl.col("period_end").max()
    return observed.filter(geo="6101", source_id="pahittade-nyckeltal").filter(last)


def wilson(share: float, n: float) -> tuple[float, float]:
    middle = 2 * share * n + Z * Z
    spread = Z * sqrt(Z * Z + 4 * share * n * (1 - share))
    return (middle - spread) / (2 * (n + Z * Z)), (middle + spread) / (2 * (n + Z * Z))


def limits(own: pl.DataFrame, share: str, counted: str) -> tuple[float, ...]:
    """The gap and its limits, worked out from the formula of Newcombe's method 10."""

    def figure(name: str, sex: str) -> float:
        return float(own.filter(indicator_id=f"{AREA}.{name}", sex=sex)["value"].item())

    (p, n), (q, m) = ((figure(share, sex) / 100, figure(counted, sex)) for sex in ("F", "M"))
    (low_p, high_p), (low_q, high_q) = wilson(p, n), wilson(q, m)
    below = sqrt((p - low_p) ** 2 + (high_q - q) ** 2)
    above = sqrt((high_p - p) ** 2 + (q - low_q) ** 2)
    return tuple(100 * x for x in (p - q, p - q - below, p - q + above))


def swedish(value: float) -> str:
    return f"{value:+.1f}".replace(".", ",").replace("-", "−")


@pytest.mark.parametrize("suffix", [".md", ".html", ".xlsx"])
def test_a_table_has_the_gap_with_its_limits(
    made_up_country: Path, own: pl.DataFrame, tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"tabell{suffix}"
    words = ["table", "--kommun", PLACE, "--area", AREA, "--all-methods", "--output", str(path)]
    result = CliRunner().invoke(app, [*words, "--root", str(made_up_country)])
    assert result.exit_code == 0, result.stderr
    gap, low, high = limits(own, "nojda-andel", "svarande")
    said = f"{swedish(low)} till {swedish(high)}"
    if suffix == ".xlsx":
        sheet = openpyxl.load_workbook(path)["Kvinnor och män"]
        (row,) = [row for row in sheet.iter_rows(values_only=True) if said in row]
        assert row[5] == pytest.approx(gap)
        return
    text = path.read_text(encoding="utf-8")
    assert said in text
    assert swedish(gap) in text


def test_a_table_of_answers_alone_has_no_part_about_the_sexes(
    made_up_country: Path, tmp_path: Path
) -> None:
    path = tmp_path / "svar.xlsx"
    words = ["table", "--kommun", PLACE, "--output", str(path), "--root", str(made_up_country)]
    assert CliRunner().invoke(app, words).exit_code == 0
    assert "Kvinnor och män" not in openpyxl.load_workbook(path).sheetnames


def test_the_page_of_a_municipality_has_the_gap_with_its_limits(
    made_up_country: Path, own: pl.DataFrame, tmp_path: Path
) -> None:
    workspace = Workspace.open(made_up_country)
    figures = workspace.observations().filter(area_id=AREA)
    build_site(workspace, tmp_path / "sidor", observations=figures, kommuner=[PLACE])
    _, low, high = limits(own, "nojda-andel", "svarande")
    page = (tmp_path / "sidor/sagokoping-6101/index.html").read_text(encoding="utf-8")
    assert ">Kvinnor och män</h2>" in page
    assert f"{swedish(low)} till {swedish(high)}" in page
    folder = tmp_path / "sidor/sagokoping-6101"
    rows = pl.read_csv(folder / "kvinnor-och-man.csv", separator=";", decimal_comma=True)
    assert rows["Undre 95 %"].drop_nulls().round(6).to_list().count(round(low, 6)) == 1

    assert ">Vad skillnaderna motsvarar</h2>" in page
    worth = pl.read_csv(folder / "motsvarar.csv", separator=";", decimal_comma=True)
    kronor = worth.filter(pl.col("Enhet") == "kr").to_dicts()
    assert len(kronor) == 2
    for row in kronor:
        expected = (row["Eget"] - row["Referens"]) * row["Nämnare"]
        assert row["Skillnaden motsvarar"] == pytest.approx(expected)
    persons = worth.filter(pl.col("Enhet") == "personer")
    assert (persons["Lägst"] < persons["Skillnaden motsvarar"]).all()
    assert (persons["Skillnaden motsvarar"] < persons["Högst"]).all()


def test_a_report_tells_the_differences_that_are_more_than_chance() -> None:
    year = {"period_start": date(2024, 1, 1), "period_end": date(2024, 12, 31)}
    rows = [
        ("A", "percent", 32.1, 24.9, 7.2, 6.6, 7.8, True),
        ("B", "percent", 30.0, 29.0, 1.0, -2.0, 4.0, False),
        ("C", "persons", 60.0, 1.0, 59.0, None, None, True),
        ("D", "SEK", 400.0, 300.0, 100.0, None, None, None),
    ]
    names = ["label", "unit", "women", "men", "gap", "lower", "upper", "beyond_chance"]
    frame = pl.DataFrame(rows, schema=names, orient="row").with_columns(
        *(pl.lit(day).alias(name) for name, day in year.items()), period_kind=pl.lit("year")
    )
    assert women_and_men_sentences(frame) == [
        "”A” (2024): 32,1 procent för kvinnor och 24,9 procent för män. Skillnaden är +7,2 "
        "procentenheter (mellan +6,6 och +7,8).",
        "”C” (2024): 60 personer för kvinnor och 1 person för män. Skillnaden är +59 personer.",
        "Av tre mått som kan prövas skiljer sig två mer än slumpen.",
    ]
    assert women_and_men_sentences(frame.filter(label="B")) == [
        "Av ett mått som kan prövas skiljer sig inget mer än slumpen."
    ]
    assert women_and_men_sentences(frame.filter(label="D")) == []


def test_the_report_of_figures_has_women_beside_men(made_up_country: Path) -> None:
    workspace = Workspace.open(made_up_country)
    comparison = compare_rows(workspace, PLACE, asked=Asked(methods=("quartile", "reference")))
    report = docx.Document(BytesIO(to_report(workspace, comparison, Head(date(2026, 1, 1)))))
    texts = [paragraph.text for paragraph in report.paragraphs]
    place = texts.index("Kvinnor och män")
    assert texts[place + 1].startswith("Skillnaden är kvinnors värde minus mäns.")
    assert "som kan prövas skiljer sig" in texts[place + 2]
