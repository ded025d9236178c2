"""Concepts: the declarations, their faults, and the figures of the reports that they lead to."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from ojmf import compare
from ojmf.errors import DeclarationError, SelectionError
from ojmf.model import Grade
from ojmf.schema import COMPARED
from ojmf.workspace import Workspace

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT / "data"


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    return Workspace.open(ROOT)


@pytest.fixture(scope="module")
def compared(workspace: Workspace) -> pl.DataFrame:
    return compare.compare(
        workspace.observations(),
        compare.load_concepts(DATA / "concepts", workspace.indicators),
        compare.load_population(DATA / "population.csv"),
        "Solna",
        "Enköping",
        geography=workspace.geography,
    )


# Worked out by hand from the printed tables.
@pytest.mark.parametrize(
    ("concept", "own", "reference"),
    [
        ("nettokostnad", -138.2, -179.5),
        ("ovriga-kostnader", -14.4, -41.9 - 17.9),
        ("hushall-ekonomiskt-bistand", (104 + 102 + 105 + 104 + 113 + 100 + 111 + 106) / 8, 423),
        ("bidrag-per-hushall", 10_229.25, 38_400_000 / (423 * 8)),
        ("kostnad-ekonomiskt-bistand", -8.64372, -38.4),
        ("familjehem-barn-unga", 14_576 / 244, 74 + 18),
        ("institution-barn-unga", 2_104 / 244, 11),
        ("institution-vuxna", 932 / 244, 8),
        ("prognosavvikelse", 5.0 / 232.1 * 100, 5.0 / 279.7 * 100),
        ("investeringar", 0.0, -0.2),
        ("periodavvikelse", 8.5, None),
        ("arsbudget", None, None),
    ],
)
def test_a_concept_gives_the_figures_of_the_reports(
    compared: pl.DataFrame, concept: str, own: float | None, reference: float | None
) -> None:
    row = compared.row(by_predicate=pl.col("indicator_id") == concept, named=True)
    for side, expected in (("own", own), ("reference", reference)):
        assert row[side] == (None if expected is None else pytest.approx(expected, abs=0.005))


def test_a_figure_stands_beside_its_grade_reason_place_and_population(
    compared: pl.DataFrame,
) -> None:
    assert compared.schema == COMPARED
    row = compared.row(by_predicate=pl.col("indicator_id") == "nettokostnad", named=True)
    assert (row["line"], row["reference_line"], row["grade"]) == (385, 393, "partly")
    assert row["own_per_inhabitant"] == pytest.approx(-138_200_000 / 85_789)
    assert row["own_population_days"] == 122
    assert row["reference_population_days"] == -336
    assert (compared["reason"].str.len_chars() > 0).all()
    refused = compared.filter(pl.col("grade") == Grade.NOT_COMPARABLE.value)
    assert refused["own"].null_count() == refused.height > 0


def test_a_municipality_is_not_compared_with_itself_nor_without_a_formula(
    workspace: Workspace,
) -> None:
    concepts = compare.load_concepts(DATA / "concepts")
    population = compare.load_population(DATA / "population.csv")
    table = workspace.observations()
    with pytest.raises(SelectionError, match="sig självt"):
        compare.compare(table, concepts, population, "0184", "0184")
    rows = compare.compare(table, concepts, population, "0184", "0114")
    assert rows["own"].null_count() == rows.height
    row = rows.row(by_predicate=pl.col("indicator_id") == "nettokostnad", named=True)
    assert "inget jämförelsemått är angivet för 0114" in row["reason"]


SOUND = """
id = "x"
name = "X"
area = "ekonomi"
unit = "MSEK"
grade = "partly"
reason = "skäl"
[[formula]]
geo = "0184"
terms = [{ indicator = "ekonomi.nettokostnad" }]
"""


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('grade = "partly"', 'grade = "nog"'), "grade är ”nog”"),
        (('id = "x"', 'id = "y"'), "väntade filens namn ”x”"),
        (('reason = "skäl"', ""), "reason saknas"),
        (("ekonomi.nettokostnad", "ekonomi.finns-inte"), "finns inte i katalogen"),
        (('geo = "0184"', 'geo = "184"'), "formula 1, geo"),
        (('geo = "0184"', 'geo = "0184"\nperiod = "i fjol"'), "ingen period"),
        (('" }]', '", times = "ekonomi.x" }]'), "times kräver månader"),
        (("[[formula]]", "[[formel]]"), "formel är en okänd nyckel"),
        (('unit = "MSEK"', 'unit = "SEK"'), "har enheten MSEK, men begreppet SEK"),
        (('unit = "MSEK"', 'unit = "MSKE"'), "enheten ”MSKE” är okänd. Menade du MSEK"),
        (('id = "x"', 'id = "x'), "inte giltig TOML"),
    ],
)
def test_every_fault_of_a_concept_names_its_file(
    tmp_path: Path, workspace: Workspace, change: tuple[str, str], message: str
) -> None:
    file = tmp_path / "x.toml"
    file.write_text(SOUND, encoding="utf-8")
    assert len(compare.load_concepts(tmp_path, workspace.indicators)) == 1
    file.write_text(SOUND.replace(*change), encoding="utf-8")
    with pytest.raises(DeclarationError, match=message) as caught:
        compare.load_concepts(tmp_path, workspace.indicators)
    assert "x.toml" in str(caught.value)


def test_a_population_that_cannot_be_is_refused_with_its_row(tmp_path: Path) -> None:
    file = tmp_path / "population.csv"
    file.write_text("geo,date,population,source\n0184,2024-12-31,0,x\n", encoding="utf-8")
    with pytest.raises(DeclarationError, match="rad 2: folkmängden för 0184"):
        compare.load_population(file)
    with pytest.raises(DeclarationError, match="kan inte läsas"):
        compare.load_population(tmp_path / "saknas.csv")
    row = "0184,2024-12-31,85789,x\n"
    file.write_text("geo,date,population,source\n" + row + row, encoding="utf-8")
    with pytest.raises(
        DeclarationError, match="rad 3: folkmängden för 0184 2024-12-31 finns redan"
    ):
        compare.load_population(file)


def test_a_factor_converts_a_unit(tmp_path: Path, workspace: Workspace) -> None:
    converted = SOUND.replace('unit = "MSEK"', 'unit = "SEK"').replace('" }]', '", factor = 1e6 }]')
    (tmp_path / "x.toml").write_text(converted, encoding="utf-8")
    assert len(compare.load_concepts(tmp_path, workspace.indicators)) == 1


def test_a_workspace_needs_no_population(tmp_path: Path) -> None:
    assert compare.known_population(tmp_path).is_empty()


def test_strangers_are_not_told_about_others(workspace: Workspace) -> None:
    concepts = compare.load_concepts(DATA / "concepts")
    rows = compare.compare(
        workspace.observations(), concepts, compare.known_population(DATA), "2584", "1280"
    )
    assert set(rows["grade"]) == {"not_comparable"}
    assert set(rows["reason"]) == {"inget jämförelsemått är angivet för 2584 och 1280"}


def test_the_peers_of_every_municipality_are_known(workspace: Workspace) -> None:
    peers = compare.load_peers(DATA / "peers.csv")
    codes = set(workspace.geography.filter(pl.col("level") == "municipality")["code"])
    assert set(peers["member_id"]) <= codes
    groups = compare.peer_groups(peers, "0184")
    assert groups["group_title"].str.contains("Pendlingskommun nära storstad").any()
    assert compare.peer_groups(peers, "9999").is_empty()
    with pytest.raises(SelectionError, match="Menade du G36641"):
        compare.peer_places(
            workspace.observations(), workspace.indicators, peers, "0184", "G36641x"
        )
