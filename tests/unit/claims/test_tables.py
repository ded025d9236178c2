"""The same fact in two tables of a document: told where the figures cannot be one figure."""

import pytest

from ojmf.claims import audit_lines
from ojmf.claims.findings import findings
from ojmf.ingest.document import Document
from tests.unit.claims.workspace import make, report

SECOND = """
[[table]]
id = "sammandrag"
layout = "grid"
kind = "income-statement"
title = "Sammandrag"
area = "belopp"
header = ["Sammandrag (mkr)", "2025", "2024", "Avvikelse"]
columns = [
  { label = "Sammandrag (mkr)", content = "label" },
  { label = "2025", scenario = "outcome", period = "2025-01/2025-08" },
  { label = "2024", scenario = "outcome", period = "2024-01/2024-08" },
  { label = "Avvikelse", scenario = "deviation", period = "2025-01/2025-08" },
]
"""
KRONOR = SECOND.replace(
    '  { label = "2025", scenario', '  { label = "2025", unit = "SEK", scenario'
)
HEADER = "Sammandrag (mkr)\t2025\t2024\tAvvikelse"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    return make(tmp_path_factory.mktemp("prov"), SECOND)


def told(workspace, row):
    lines = [*report(), "Sammandrag", "", HEADER, row]
    source = workspace.source("prov")
    return findings(
        audit_lines(workspace, source, Document("prov.txt", lines, None)), "prov"
    ), lines


@pytest.mark.parametrize(
    "row",
    [
        "Nettokostnader\t-48,4\t-45,0\t-0,7",
        "Nettokostnader\t48,4\t45,0\t-0,7",  # costs without their minus
        "Nettokostnader\t-48\t-45\t-1",  # in whole millions
        "Nettokostnader\t-48,5\t-45,1\t-0,8",  # 48,45 is both
    ],
)
def test_figures_that_can_be_one_figure_are_no_contradiction(workspace, row):
    assert told(workspace, row)[0].is_empty()


@pytest.mark.parametrize(
    ("row", "column", "figure", "other"),
    [
        ("Nettokostnader\t-84,4\t-45,0\t-0,7", "2025", "-84,4", "-48,4"),
        ("Nettokostnader\t-48,4\t-45,4\t-0,7", "2024", "-45,4", "-45,0"),
        ("Nettokostnader\t-48,4\t-45,0\t0,7", "Avvikelse", "0,7", "-0,7"),
        ("Nettokostnader\t-49\t-45\t-1", "2025", "-49", "-48,4"),
    ],
)
def test_two_tables_with_other_figures_are_told_with_both_places(
    workspace, row, column, figure, other
):
    frame, lines = told(workspace, row)
    (found,) = frame.iter_rows(named=True)
    first = next(n for n, line in enumerate(lines, 1) if line.startswith("Nettokostnader\t-48,4"))
    assert (found["line"], found["severity"]) == (len(lines), "critical")
    assert found["message"] == (
        f"samma uppgift, Nettokostnader, {column}, står i två tabeller: ”Sammandrag” "
        f"(rad {len(lines)}) har {figure}, ”Resultat” (rad {first}) har {other}. "
        "Rätta det ena stället. Är skillnaden avsiktlig, kvittera fyndet med dess id."
    )


@pytest.mark.parametrize(("figure", "told_of"), [("-48 412 000", 0), ("-84 412 000", 1)])
def test_kronor_are_set_against_millions(tmp_path, figure, told_of):
    workspace = make(tmp_path / "kronor", KRONOR)
    found, _ = told(workspace, f"Nettokostnader\t{figure}\t-45,0\t-0,7")
    assert found.height == told_of
