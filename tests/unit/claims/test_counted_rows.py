"""How many rows of a table are of a kind, by their category or by the figure of a column."""

from __future__ import annotations

import pytest

from ojmf.claims import audit_lines
from ojmf.claims.claim import GOOD
from ojmf.claims.findings import FAILING
from ojmf.ingest.document import Document
from ojmf.workspace import Workspace
from tests.unit.claims.workspace import make, report

MORE = """
[[table]]
id = "kontroller"
layout = "grid"
kind = "internal-control"
title = "Uppföljda kontroller"
area = "kontroll"
header = ["Moment", "Resultat"]
categories = ["Ingen eller försumbar brist", "Lindrig brist", "Allvarlig brist"]
columns = [
  { label = "Moment", content = "label" },
  { label = "Resultat", content = "category", scenario = "outcome", period = "2025" },
]

[[table]]
id = "risker"
layout = "grid"
kind = "internal-control"
title = "Riskplan"
area = "risk"
header = ["Process", "Riskvärde"]
columns = [
  { label = "Process", content = "label" },
  { label = "Riskvärde", scenario = "outcome", period = "2025" },
]

[[table]]
id = "lokaler"
layout = "grid"
kind = "measures"
title = "Lokaler"
area = "lokal"
header = ["Lokal", "Utlämnade nycklar"]
columns = [
  { label = "Lokal", content = "label" },
  { label = "Utlämnade nycklar", scenario = "outcome", period = "2025" },
]
"""
CONTROLS = {
    "Avtal": "Lindrig brist",
    "Utlåning": "Ingen eller försumbar brist",
    "Nycklar": "Lindrig brist",
    "Kassa": "Ingen eller försumbar brist",
    "Arkiv": "Lindrig brist",
}
ROOMS = {"Ateljén": 12, "Snickeriet": 7, "Scenen": 4}
RISKS = {"Inköp": 9, "Bokning": 12, "Vaktronder": 12, "Lån": 9, "Gallring": 12, "Fakturor": 12}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    areas = {
        "kontroll": ("Kontroller", "category", "index", list(CONTROLS)),
        "risk": ("Risker", "index", "index", list(RISKS)),
        "lokal": ("Lokaler", "count", "count", list(ROOMS)),
    }
    return make(tmp_path_factory.mktemp("prov"), MORE, areas)


def verdicts(workspace: Workspace, text: str) -> set[str]:
    controls = ["Moment\tResultat", *("\t".join(row) for row in CONTROLS.items())]
    risks = ["Process\tRiskvärde", *(f"{name}\t{risk}" for name, risk in RISKS.items())]
    rooms = ["Lokal\tUtlämnade nycklar", *(f"{name}\t{keys}" for name, keys in ROOMS.items())]
    tables = ["Uppföljda kontroller", "", *controls, "", "Riskplan", "", *risks]
    tables += ["", "Lokaler", "", *rooms]
    lines = [*report(), "Intern kontroll", "", text, "", *tables]
    frame = audit_lines(workspace, workspace.source("prov"), Document("prov.txt", lines, None))
    return set(frame.filter(frame["quote"] == text)["verdict"])


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (
            "Tre av de fem kontrollerna visar en lindrig brist.",
            "Fyra av de fem kontrollerna visar en lindrig brist.",
        ),
        (
            "Två av fem kontroller är genomförda utan brist.",
            "Samtliga fem kontroller är genomförda utan brist.",
        ),
        (
            "Två av kontrollerna visade ingen brist.",
            "Ingen av kontrollerna visade en lindrig brist.",
        ),
        (
            "Drygt hälften av de fem kontrollerna slutade i en lindrig brist.",
            "En fjärdedel av de fem kontrollerna slutade i en lindrig brist.",
        ),
        (
            "Två av riskerna har riskvärde 9, övriga har 12.",
            "Tre av riskerna har riskvärde 9, övriga har 12.",
        ),
        (
            "Planen har sex risker, varav två har riskvärde 9.",
            "Planen har sex risker, varav tre har riskvärde 9.",
        ),
        ("Fyra av riskerna har ett riskvärde över 9.", "Två av riskerna har ett riskvärde över 9."),
        (
            "Ingen av riskerna har ett riskvärde över 12.",
            "Ingen av riskerna har ett riskvärde under 12.",
        ),
        (
            "Ingen av de sex riskerna har ett högre riskvärde än 12.",
            "Ingen av de sex riskerna har ett högre riskvärde än 9.",
        ),
        (
            "De tre lokalerna har tillsammans 23 utlämnade nycklar.",
            "De tre lokalerna har tillsammans 32 utlämnade nycklar.",
        ),
        ("Fyra av de sex riskerna har riskvärde 12.", "Fyra av de sju riskerna har riskvärde 12."),
    ],
)
def test_rows_of_a_kind_are_counted(workspace: Workspace, right: str, wrong: str) -> None:
    good, failing = ({one.value for one in group} for group in (GOOD, FAILING))
    assert verdicts(workspace, right) <= good
    assert verdicts(workspace, wrong) & failing


@pytest.mark.parametrize(
    "text",
    [
        "Tre av de fem kontrollerna visar en kännbar brist.",
        "Tre av skyddsronderna visar en lindrig brist.",
        "Fyra av riskerna har fått en ansvarig.",
        "De två lokalerna har tillsammans 32 utlämnade nycklar.",
        "De tre lokalerna har tillsammans 32 utlämnade larmkoder.",
    ],
)
def test_what_no_column_tells_is_not_counted(workspace: Workspace, text: str) -> None:
    failing = {one.value for one in FAILING}
    assert not verdicts(workspace, text) & failing
