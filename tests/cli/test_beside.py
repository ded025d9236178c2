"""A table or a citation beside something else than the county and the country."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
from pathlib import Path

import docx
import openpyxl
import polars as pl
import pytest
from polars.testing import assert_frame_equal, assert_series_equal
from typer.testing import CliRunner, Result

from ojmf.cli import app
from ojmf.compare.areas_of_figures import figure_areas
from ojmf.present.annex.rows import Asked, compare_rows
from ojmf.present.area_views import figure_areas_view
from ojmf.present.words import CHANGE_WORDS
from ojmf.workspace import Workspace

PLACE = "Drömköping"


@pytest.fixture(scope="module")
def workspace(made_up_country: Path) -> Workspace:
    return Workspace.open(made_up_country)


@pytest.fixture(scope="module")
def country(made_up_country: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy, in which what is cited is noted."""
    return shutil.copytree(made_up_country, tmp_path_factory.mktemp("kopia") / "arbetsyta")


@pytest.fixture
def run(country: Path):
    def invoke(*arguments: str | Path) -> Result:
        given = [str(argument) for argument in arguments]
        result = CliRunner().invoke(app, [*given, "--root", str(country)])
        assert result.exit_code == 0, result.output
        return result

    return invoke


@pytest.mark.parametrize("against", ["fjolaret", "mal", "Sagoköping"])
@pytest.mark.parametrize("area", ["oj-vald", "pahittade-matt"])
def test_another_reference_is_only_a_column(workspace: Workspace, against: str, area: str) -> None:
    alone = compare_rows(workspace, PLACE, asked=Asked(area, methods=()))
    beside = compare_rows(workspace, PLACE, asked=Asked(area, against, ()))
    assert_frame_equal(beside.areas, alone.areas)
    kinds = ["geo", "area_id", "figures", "missing", "with_country"]
    assert_frame_equal(beside.figure_areas.select(kinds), alone.figure_areas.select(kinds))
    gaps = pl.any_horizontal(pl.col("gap_county", "gap_country", "gap_beside").is_not_null())
    if area == "pahittade-matt":
        assert beside.figure_areas["with_gap"].sum() == beside.rows.select(gaps.sum()).item()
    same = ["indicator_id", "sex", "period", "status", "gap_county", "citation"]
    assert_frame_equal(beside.rows.select(same), alone.rows.select(same))
    # What neither the county nor the country has is judged by the reference that was asked for.
    near = pl.any_horizontal(pl.col("gap_county", "gap_country").is_not_null())
    judged = [frame.rows.filter(near)["verdict"] for frame in (beside, alone)]
    assert_series_equal(*judged)
    told = beside.rows.filter(pl.col("verdict").is_not_null())
    assert told.filter(gaps).height == told.height


def test_a_table_says_how_many_rows_it_has(run, tmp_path: Path) -> None:
    output = tmp_path / "t.csv"
    said = run("table", "--kommun", PLACE, "--against", "fjolaret", "--output", output).stderr
    rows = output.read_text(encoding="utf-8-sig").count("oj:6201:oj-")
    assert f"({rows} frågor)" in said


def test_the_answer_of_one_is_cited_as_an_answer(run, workspace: Workspace) -> None:
    rows = compare_rows(workspace, PLACE, asked=Asked(against="fjolaret")).rows
    indicator = rows.filter(answer="JA", beside_answer="NEJ")["indicator_id"][0]
    cite = ["cite", indicator, "--kommun", PLACE, "--root", str(workspace.root), "--against"]
    said = {
        against: CliRunner().invoke(app, [*cite, against]).stdout
        for against in ("fjolaret", "Sagoköping", "lan", "mal")
    }
    assert "Tidigare (2024) svarade kommunen NEJ." in said["fjolaret"]
    other = rows.filter(indicator_id=indicator)
    assert not other.is_empty()
    assert re.search(r"\. Sagoköping svarade (JA|NEJ|DELVIS)\.", said["Sagoköping"])
    assert "Något mål för frågan finns inte." in said["mal"]
    assert "procent" not in said["fjolaret"] + said["Sagoköping"]
    ids = {against: re.search(r"\[(.*)\]", text) for against, text in said.items()}
    checksums = {found[1].rpartition(":")[2] for found in ids.values() if found}
    assert len(checksums) == len(said)
    for found in ids.values():
        assert found is not None
        assert run("verify-citation", found[1]).stdout.startswith("Hänvisningen gäller: ")


@pytest.fixture
def without_county(made_up_country: Path, tmp_path: Path) -> Path:
    """A workspace with the figures of one municipality and of the country, and of no county."""
    root = tmp_path / "arbetsyta"
    shutil.copytree(made_up_country, root)
    for source in (root / "data" / "sources").iterdir():
        if source.name != "pahittade-nyckeltal":
            shutil.rmtree(source)
    file = root / "data" / "sources" / "pahittade-nyckeltal" / "observations.parquet"
    own = pl.read_parquet(file).filter(geo="6201")
    country = own.with_columns(geo=pl.lit("00"), value=pl.col("value") * 2)
    pl.concat([own, country]).write_parquet(file)
    declared = file.with_name("fetched.toml")
    text = declared.read_text(encoding="utf-8")
    text = re.sub(r"(?m)^rows = .*$", f"rows = {own.height * 2}", text)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    text = re.sub(r'sha256 = ".*"', f'sha256 = "{digest}"', text)
    declared.write_text(text, encoding="utf-8", newline="\n")
    return root


def test_a_citation_gives_the_reason_of_its_own_reference(without_county: Path) -> None:
    figure = ("cite", "pahittade-matt.placerade-andel", "--kommun", PLACE, "--root", without_county)
    said = {
        against: CliRunner().invoke(app, [*map(str, figure), "--against", against]).stdout
        for against in ("riket", "lan")
    }
    assert "Riket har" in said["riket"]
    assert "ingen uppgift" not in said["riket"]
    assert "Drömköpings län" in said["lan"]


def test_a_computed_figure_is_not_cited_as_the_countrys_own(
    run, without_county: Path, workspace: Workspace
) -> None:
    figure = ("cite", "pahittade-matt.placerade-andel", "--kommun", PLACE, "--against", "riket")
    said = run(*figure).stdout
    median = r"Medianen av \d+(?: av \d+)? kommuner i riket är [\d,]+ procent, "
    assert re.search(f"{median}beräknat ur arbetsytan", said)
    assert "Riket har" not in said
    printed = CliRunner().invoke(app, [*figure, "--root", str(without_county)]).stdout
    assert "Riket har" in printed
    assert "beräknat" not in printed
    rows = compare_rows(workspace, PLACE, asked=Asked("pahittade-matt", methods=())).rows
    row = rows.filter(indicator_id="pahittade-matt.placerade-andel").row(0, named=True)
    assert row["country_mark"].startswith("beräknad: median av ")


@pytest.mark.parametrize("kommun", ["Sagoköping", PLACE])
def test_a_report_says_the_periods_of_fetched_sources(run, tmp_path: Path, kommun: str) -> None:
    output = tmp_path / "r.docx"
    run("report", "--kommun", kommun, "--output", output)
    texts = "\n".join(paragraph.text for paragraph in docx.Document(str(output)).paragraphs)
    assert "Öppna jämförelser 2025 omfattar" in texts
    assert "redovisningen för 2024" in texts


def test_the_country_stands_in_for_a_county_without_figures(
    without_county: Path, tmp_path: Path
) -> None:
    root = ("--root", str(without_county))
    said = CliRunner().invoke(app, ["areas", "--kommun", PLACE, "--format", "csv", *root]).stdout
    (area,) = csv.DictReader(said.splitlines())
    assert area["with_gap"] == area["figures"]
    assert int(area["with_country"]) == int(area["figures"]) - 2  # the two that have targets
    output = tmp_path / "r.docx"
    CliRunner().invoke(app, ["report", "--kommun", PLACE, "--output", str(output), *root])
    texts = "\n".join(paragraph.text for paragraph in docx.Document(str(output)).paragraphs)
    assert "Inget av dem" not in texts
    assert f"{area['with_country']} av dem jämförs med riket" in texts
    # Differences of several units can only be ranked as shares of what they are differences from.
    assert "Störst i procent av jämförelsen är skillnaderna till det sämre i:" in texts


def test_the_largest_gap_is_the_worst_in_percent_and_in_percentage_points(
    without_county: Path,
) -> None:
    workspace = Workspace.open(without_county)
    rows = workspace.compared("6201", ["riket"])
    undirected = rows.filter(pl.col("gap_better").is_null()).with_row_index("_place")
    moved = undirected.with_columns(
        pl.col("gap_relative") * (1 + pl.col("_place")), pl.col("gap") * (1 + pl.col("_place"))
    ).drop("_place")
    (label,) = figure_areas(moved, workspace.indicators)["largest_label"]
    assert label == moved.sort(pl.col("gap_relative").abs())["label"][-1]
    frame = figure_areas(rows, workspace.indicators)
    assert frame["unit"].item() == "percent"
    unit = next(column for column in figure_areas_view() if column.heading == "Enhet")
    assert frame.select(unit.text).item() == "procentenheter"


def test_two_without_a_common_concept_show_what_both_have(
    made_up_country: Path, without_county: Path
) -> None:
    nothing = CliRunner().invoke(app, ["compare", "6201", "6103", "--root", str(without_county)])
    assert nothing.exit_code == 0  # the concepts say why they cannot be compared
    shutil.rmtree(without_county / "data" / "concepts")
    nothing = CliRunner().invoke(app, ["compare", "6201", "6103", "--root", str(without_county)])
    assert nothing.exit_code == 9
    assert "varken ett gemensamt jämförelsemått eller en fråga" in nothing.stderr
    asked = ["compare", "Vitsvik", "6103", "--root", str(made_up_country)]
    result = CliRunner().invoke(app, [*asked, "--format", "json"])
    assert result.exit_code == 0, result.stderr
    assert "Inget jämförelsemått är angivet för både" in result.stderr
    both = json.loads(result.stdout)
    everything = Workspace.open(made_up_country).observations()
    known = everything.filter(pl.col("scenario").is_in(["outcome", "share"]))
    key = ["indicator_id", "sex", "unit", "period_start", "period_end"]
    sides = [known.filter(geo=geo).drop_nulls("value") for geo in ("6203", "6103")]
    shared = sides[0].join(sides[1], on=key, suffix="_other")
    figures = {(row["indicator_id"], row["sex"]): row for row in both if row["unit"] != "answer"}
    assert set(figures) == set(shared.select("indicator_id", "sex").iter_rows())
    for row in shared.sort("period_end").iter_rows(named=True):
        shown = figures[row["indicator_id"], row["sex"]]
        if shown["period_end"] == row["period_end"].isoformat():
            assert (shown["own"], shown["reference"]) == (row["value"], row["value_other"])
            assert shown["gap"] == pytest.approx(row["value"] - row["value_other"])


@pytest.mark.parametrize(
    ("against", "sentence", "beside"),
    [
        ("Drömköping", "Jämfört med Drömköping ligger Sagoköping", ["Drömköping", "NEJ"]),
        ("fjolaret", "Jämfört med 2024 ligger Sagoköping", ["2024", "NEJ"]),
    ],
)
def test_a_report_says_how_the_municipality_stands_beside_what_is_asked_for(
    country: Path, tmp_path: Path, against: str, sentence: str, beside: list[str]
) -> None:
    file = tmp_path / "rapport.docx"
    asked = ["--kommun", "Sagoköping", "--against", against, "--output", str(file)]
    result = CliRunner().invoke(app, ["report", *asked, "--root", str(country)])
    assert result.exit_code == 0, result.stderr
    document = docx.Document(str(file))
    said = [p.text for p in document.paragraphs if p.text.startswith(sentence)]
    status = ["status", "--kommun", "Sagoköping", "--against", against, "--format", "json"]
    shown = CliRunner().invoke(app, [*status, "--root", str(country)]).stdout
    gaps = [row["gap"] for row in json.loads(shown) if row["gap"] is not None]
    before, after = (sum(gap * sign > 0 for gap in gaps) for sign in (1, -1))
    assert f"före i {before}" in said[0]
    assert f"lika i {gaps.count(0)} av {len(gaps)} frågor" in said[0]
    assert (f"efter i {after}" in said[0]) == (after > 0)
    rows = [[cell.text for cell in row.cells] for row in document.tables[2].rows]
    name, answer = beside
    assert any(p.text.endswith(f" Referens: {name}.") for p in document.paragraphs)
    place = rows[0].index("Referens")
    assert rows[0][place:] == ["Referens", "Skillnad"]
    assert answer in {
        row.cells[place].text for table in document.tables[2:7] for row in table.rows[1:]
    }


@pytest.mark.parametrize(
    ("against", "code", "message"),
    [
        ("mal", 9, "Skälet är oftast: inget mål för samma period"),
        ("riket", 2, "står redan i rapporten"),
        ("Sagoköping", 9, "sig självt"),
    ],
)
def test_a_report_refuses_what_nothing_can_stand_beside(
    country: Path, tmp_path: Path, against: str, code: int, message: str
) -> None:
    file = tmp_path / "rapport.docx"
    without = shutil.copytree(country, tmp_path / "yta")
    (without / "data/targets.csv").unlink()
    asked = ["--kommun", "Sagoköping", "--against", against, "--output", str(file)]
    result = CliRunner().invoke(app, ["report", *asked, "--root", str(without)])
    assert (result.exit_code, file.exists()) == (code, False)
    assert message in result.stderr


@pytest.mark.parametrize(
    ("against", "said"),
    [
        ("fjolaret", "en tidigare period att ställa bredvid, så hänvisningen gäller budgeten."),
        ("lan", "länet att ställa bredvid, så hänvisningen gäller budgeten."),
        ("mal", "målet att ställa bredvid."),
        (None, "länet att ställa bredvid, så hänvisningen gäller budgeten."),
    ],
)
def test_what_stands_in_for_the_reference_asked_for_is_said(against: str | None, said: str) -> None:
    figure = ("cite", "ekonomi.netto-utredning-barn", "--kommun", "Enköping")
    asked = () if against is None else ("--against", against)
    told = CliRunner().invoke(app, [*figure, *asked])
    assert told.exit_code == (0 if against is None else 9), told.output
    assert f"Det finns ingen uppgift för {said}" in told.stderr
    assert "[oj:0381:" in told.stdout


@pytest.mark.parametrize("since", [None, "2023"])
def test_a_table_says_what_has_changed_as_gaps_do(
    made_up_country: Path, tmp_path: Path, since: str | None
) -> None:
    asked = ["--kommun", "Sagoköping", "--against", "fjolaret", "--root", str(made_up_country)]
    asked += ["--since", since] if since else []
    told = CliRunner().invoke(app, ["gaps", *asked, "--format", "json"]).stdout
    wanted = [
        (row["label"], row["change"])
        for row in json.loads(told)
        if row["change"] not in ("changed", "similar", "unchanged")
    ]
    assert {change for _, change in wanted} >= {"turned_green", "retired"}
    for suffix in ("md", "html", "xlsx"):
        file = tmp_path / f"tabell.{suffix}"
        result = CliRunner().invoke(app, ["table", *asked, "--output", str(file)])
        assert result.exit_code == 0, result.stderr
        if suffix == "xlsx":
            rows = openpyxl.load_workbook(file)["Det som har ändrats"].iter_rows(values_only=True)
            found = [(row[1], row[2]) for row in rows if row[2]]
            assert found[1:] == [(label, CHANGE_WORDS[change]) for label, change in wanted]
            continue
        text = file.read_text(encoding="utf-8")
        assert text.count("har blivit grön") == [c for _, c in wanted].count("turned_green")
        assert text.count("ställs inte längre</") + text.count("ställs inte längre |") == 5
    assert "| NEJ |  |" in (tmp_path / "tabell.md").read_text(encoding="utf-8")  # the reference


def test_a_workbook_says_once_what_all_documents_say_of_themselves(run, tmp_path: Path) -> None:
    output = tmp_path / "t.xlsx"
    run("table", "--kommun", PLACE, "--all-methods", "--output", output)
    book = openpyxl.load_workbook(output)
    named = [
        text for row in book["Alla rader"].iter_rows(max_col=2, values_only=True) for text in row
    ]
    assert not [text for text in named if text and "(påhittade uppgifter)" in str(text)]
    sources = [str(text) for row in book["Källor"].iter_rows(values_only=True) for text in row]
    assert any("(påhittade uppgifter)" in text for text in sources)


def test_a_web_page_says_periods_in_words(run, tmp_path: Path) -> None:
    output = tmp_path / "t.html"
    run("table", "--kommun", "Sagoköping", "--all-methods", "--output", output)
    said = re.findall(r'data-label="Period" class="text">([^<]*)', output.read_text("utf-8"))
    assert {"2025", "augusti 2025", "januari–augusti 2025"} == {*said}
