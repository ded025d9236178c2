"""``ojmf validate`` on the sentences of whole documents, and in ``ojmf run``."""

import json
from pathlib import Path

import polars as pl
import pytest

from ojmf.findings import is_claim
from ojmf.schema import FINDINGS
from ojmf.validate import suites

SAID = "Texten under tabellerna.\nHyrorna uppgick till 19,3 mnkr under perioden.\n"


@pytest.fixture
def report(root: Path) -> Path:
    """The document with a sentence that its table contradicts."""
    path = root / "report.txt"
    text = path.read_text("utf-8")
    path.write_text(text.replace("Slut.", SAID), encoding="utf-8", newline="\n")
    return path


def told(result) -> list[dict]:
    rows: list[dict] = json.loads(result.stdout)
    return [row for row in rows if row["check"].startswith("claim-")]


def validate(run, *words: str):
    return run("validate", "report.txt", "--source", "prov-2024", "-f", "json", *words)


def accept(root: Path, identifier: str) -> None:
    path = root / "data/sources/prov-2024/source.toml"
    entry = f'finding_id = "{identifier}"\nreason = "Avrundat."\ndate = 2024-11-01\n'
    text = f"{path.read_text('utf-8')}\n[[accepted]]\n{entry}"
    path.write_text(text, encoding="utf-8", newline="\n")


def test_a_sentence_that_contradicts_a_table_is_a_warning(run, report):
    result = validate(run)
    (found,) = told(result)
    assert (found["severity"], found["check"]) == ("warning", "claim-contradicts")
    assert "19,3" in found["message"]
    assert is_claim(found["finding_id"])
    assert result.exit_code == 0
    assert validate(run, "--fail-on", "warning").exit_code == 1
    assert told(run("validate", "-f", "json")) == []


def test_an_audit_is_kept_by_content(run, report, monkeypatch):
    first = told(validate(run))
    monkeypatch.setattr("ojmf.claims.audit_lines", lambda *_: pytest.fail("läst en gång till"))
    assert told(validate(run)) == first
    report.write_text(report.read_text("utf-8") + "Mer.\n", encoding="utf-8", newline="\n")
    with pytest.raises(pytest.fail.Exception):
        validate(run)


def test_an_acknowledged_sentence_is_no_unused_acknowledgement(run, root, report):
    (found,) = told(validate(run))
    accept(root, found["finding_id"])
    (known,) = told(validate(run))
    assert known["severity"] == "info"
    assert "Avrundat." in known["message"]
    # The extract has no sentences, so nothing is known there of what is said in them.
    assert run("validate", "-f", "json").exit_code == 0


def test_a_sentence_is_acknowledged_by_its_id_and_document(run, root, report):
    (found,) = told(validate(run))
    words = ("acknowledge", found["finding_id"], "--reason", "Avrundat.")
    assert run(*words).exit_code == 9
    done = run(*words, "--document", "report.txt", "--source", "prov-2024")
    assert done.exit_code == 0
    (known,) = told(validate(run))
    assert known["severity"] == "info"


def test_an_acknowledgement_of_no_sentence_is_told_where_there_are_sentences(run, root, report):
    accept(root, "p-0123456789ab")
    rows = json.loads(validate(run).stdout)
    assert [row["severity"] for row in rows if row["check"] == "acceptance"] == ["critical"]
    assert run("validate", "-f", "json").exit_code == 0


def test_run_validates_and_says_so_in_a_line(run, root):
    result = run("run", "--strict")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-2].endswith("; ojmf validate visar dem.")
    assert " kontroller, 2 varningar;" in result.stdout
    written = pl.read_csv(root / "output/findings.csv")
    assert written.columns == list(FINDINGS)
    assert written["check"].to_list() == ["suite-missing", "answer-missing"]


def test_a_critical_finding_fails_a_strict_run_that_has_written_its_files(run, root):
    extract = root / "data/sources/prov-2024/extract.txt"
    text = extract.read_text("utf-8")
    extract.write_text(text.replace("JA\t40", "JA\t140"), encoding="utf-8", newline="\n")
    assert run("run").exit_code == 0
    assert run("run", "--strict").exit_code == 1
    assert "share-range" in (root / "output/findings.csv").read_text("utf-8")


def test_what_has_not_changed_is_not_judged_in_the_next_run(run, root, monkeypatch):
    run("run")
    monkeypatch.setattr(suites, "run", lambda *_: pytest.fail("prövad en gång till"))
    assert run("run").exit_code == 0
    assert run("validate").exit_code == 0
