"""Tables with figures of several units beside each other, and of several earlier years."""

from __future__ import annotations

import pytest

from ojmf.claims import audit_lines
from ojmf.claims.claim import GOOD
from ojmf.claims.findings import FAILING
from ojmf.ingest.document import Document
from ojmf.workspace import Workspace
from tests.unit.claims.workspace import make, report

GROUPS = """
[[table]]
id = "grupper"
layout = "grid"
kind = "volumes"
title = "Grupper"
area = "volym"
header = ["Grupper", "Av lokalytan 2025", "Antal 2025", "Antal 2024", "Antal 2023"]
columns = [
  { label = "Grupper", content = "label" },
  { label = "Av lokalytan 2025", unit = "percent", scenario = "outcome", period = "2025" },
  { label = "Antal 2025", scenario = "outcome", period = "2025-01/2025-08" },
  { label = "Antal 2024", scenario = "outcome", period = "2024" },
  { label = "Antal 2023", scenario = "outcome", period = "2023" },
]
"""
ROWS = ["Elever i dansskolan\t30\t155\t193\t205", "Elever i målarskolan\t60\t110\t121\t131"]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make(tmp_path_factory.mktemp("prov"), GROUPS)


def verdicts(workspace: Workspace, text: str) -> set[str]:
    lines = [*report(), "Grupper", "", text, ""]
    lines += ["Grupper\tAv lokalytan 2025\tAntal 2025\tAntal 2024\tAntal 2023", *ROWS]
    frame = audit_lines(workspace, workspace.source("prov"), Document("prov.txt", lines, None))
    return set(frame.filter(frame["quote"] == text)["verdict"])


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (
            "Eleverna i målarskolan tar 60 procent av lokalytan.",
            "Eleverna i målarskolan tar 30 procent av lokalytan.",
        ),
        ("Flest elever har dansskolan.", "Flest elever har målarskolan."),
        (
            "Dansskolan hade 155 elever, mot 193 under 2024.",
            "Dansskolan hade 155 elever, mot 193 under 2023.",
        ),
        (
            "Eleverna i dansskolan tar 30 procent av lokalytan, minst av de två grupperna.",
            "Eleverna i dansskolan tar 30 procent av lokalytan, mest av de två grupperna.",
        ),
    ],
)
def test_the_column_is_the_one_that_is_meant(workspace: Workspace, right: str, wrong: str) -> None:
    good, failing = ({one.value for one in group} for group in (GOOD, FAILING))
    assert verdicts(workspace, right) & {*good, "not_comparable"}
    assert not verdicts(workspace, right) & failing
    assert verdicts(workspace, wrong) & failing
