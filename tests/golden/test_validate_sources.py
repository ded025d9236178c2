"""The real reports hold no contradiction that nobody knows of, and damage to them is seen."""

import os
from functools import cache
from pathlib import Path

import pytest

from ojmf.ingest.document import file_sha256
from ojmf.validate.parts import of_document, of_source
from ojmf.validate.validation import Validation, validate
from ojmf.workspace import Workspace
from tests.golden import sensitivity
from tests.golden.mutations import STRUCTURAL

ROOT = Path(__file__).resolve().parents[2]
SEEDS = Path(os.environ.get("OJMF_SEEDS", ROOT.parent / "shared" / "seeds"))
WORKSPACE = Workspace.open(ROOT)
SOURCES = sorted(WORKSPACE.sources)
CASES = 130


def whole(source_id: str) -> Path:
    """The whole document of a source, found by its hash; skips where it is not at hand."""
    for path in sorted(SEEDS.glob("*.txt")) if SEEDS.is_dir() else ():
        if file_sha256(path) == WORKSPACE.source(source_id).sha256:
            return path
    pytest.skip(f"det hela dokumentet för {source_id} finns inte i {SEEDS.name}")


@cache
def embedded() -> Validation:
    return validate(WORKSPACE, [of_source(WORKSPACE, name) for name in SOURCES])


def test_the_sources_have_no_findings_but_the_acknowledged():
    found = embedded()
    assert found.found["acknowledged"].null_count() == 0
    assert found.found.height > 0
    assert set(found.findings["severity"]) == {"info"}
    assert found.observations == WORKSPACE.observations().height


def test_every_acknowledgement_says_why_in_its_finding():
    reasons = [entry.reason for source in WORKSPACE.sources.values() for entry in source.accepted]
    messages = embedded().findings["message"].to_list()
    assert len(reasons) == len(messages)
    assert all(any(reason in message for message in messages) for reason in reasons)


@pytest.mark.parametrize("source_id", SOURCES)
def test_the_whole_document_has_the_findings_of_its_extract(source_id):
    found = validate(WORKSPACE, [of_document(WORKSPACE, whole(source_id))])
    assert found.found["acknowledged"].null_count() == 0
    expected = embedded().findings.filter(source_id=source_id)
    assert found.findings["finding_id"].to_list() == expected["finding_id"].to_list()


def test_a_finding_leads_to_its_line_in_the_extract():
    for row in embedded().found.iter_rows(named=True):
        lines = (ROOT / row["file"]).read_text(encoding="utf-8").split("\n")
        assert lines[row["file_line"] - 1].startswith(f"{row['line']}\t")


@pytest.fixture(scope="module")
def damaged() -> list[sensitivity.Case]:
    return sensitivity.cases(WORKSPACE, CASES, seed=20)


def told(cases: list[sensitivity.Case]) -> list[str]:
    return [f"{c.source_id} {c.mutation} {sorted(c.checks)}" for c in cases]


def test_a_change_that_leaves_the_rounding_of_an_identity_is_told_in_its_place(damaged):
    must = [case for case in damaged if case.must]
    assert len(must) > CASES / 20
    assert told([case for case in must if not case.in_place]) == []


@pytest.mark.parametrize("kind", [k for k in STRUCTURAL if k != "row-dropped"])
def test_damage_to_the_form_of_a_table_is_told_in_its_place(damaged, kind):
    cases = [case for case in damaged if case.mutation.kind == kind]
    assert len(cases) == CASES / 13
    pinned = [case for case in cases if not WORKSPACE.source(case.source_id).scanned]
    assert told([case for case in pinned if not case.in_place]) == []
    assert told([case for case in cases if not case.seen]) == []


def test_a_row_that_is_gone_is_told_of_its_table(damaged):
    cases = [case for case in damaged if case.mutation.kind == "row-dropped"]
    assert told([case for case in cases if not case.in_table]) == []


@pytest.mark.parametrize("kind", ["minus", "comma", "blank"])
def test_a_lost_sign_comma_or_figure_is_told_in_its_place(damaged, kind):
    cases = [case for case in damaged if case.mutation.kind == kind]
    assert told([case for case in cases if not case.in_place]) == []


def test_what_nothing_in_the_report_contradicts_is_not_told(damaged):
    """Two months that change places agree with every rule; a check that sees them would guess."""
    moved = [case for case in damaged if case.mutation.kind == "month-moved"]
    assert any(not case.seen for case in moved)


def test_most_damage_is_seen(damaged):
    assert sum(case.seen for case in damaged) > 0.75 * len(damaged)
