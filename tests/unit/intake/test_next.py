"""A next year's document that can't be read as the earlier one is told of, table by table."""

import re

import pytest

import ojmf
from ojmf.intake.imports import next_source
from ojmf.schema import FINDINGS

WORKSPACE = ojmf.Workspace.open()


@pytest.mark.parametrize("source_id", WORKSPACE.sources)
def test_tables_that_stand_twice_next_year_are_withheld_or_found(source_id, tmp_path):
    extract = WORKSPACE.source_folder(source_id) / "extract.txt"
    numbered = (row.partition("\t") for row in extract.read_text(encoding="utf-8").splitlines())
    lines = {int(number): text for number, _, text in numbered}
    lines[1] = WORKSPACE.sources[source_id].document
    text = "\n".join(lines.get(number, "") for number in range(1, max(lines) + 1))
    later = re.sub(r"\b20\d\d\b", lambda year: str(int(year[0]) + 1), text)
    path = tmp_path / "nasta.txt"
    path.write_text(f"{later}\n{later}\n", encoding="utf-8", newline="\n")
    told = next_source(WORKSPACE, source_id, path)
    assert told.kind == "next"
    withheld = any("läses inte" in question.question for question in told.left)
    found = FINDINGS.to_frame() if told.validation is None else told.validation.found
    assert withheld or "critical" in found["severity"]
