"""``ojmf validate`` and ``ojmf diff``: what they print, where, and how they end."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as Xml

import polars as pl
import pytest

from ojmf.schema import FINDINGS
from ojmf.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]


def edit(path: Path, before: str, after: str) -> Path:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8", newline="\n")
    return path


@pytest.fixture
def extract(root: Path) -> Path:
    return root / "data/sources/prov-2024/extract.txt"


@pytest.fixture
def observed(root: Path) -> Path:
    path = root / "ny.csv"
    Workspace.open(root).observations().write_csv(path)
    return path


def findings(result) -> list[dict]:
    rows: list[dict] = json.loads(result.stdout)
    return rows


def told(result, check: str) -> list[dict]:
    return [row for row in findings(result) if row["check"] == check]


def test_an_import_is_judged_where_it_is_declared(run, root: Path, tmp_path: Path):
    """The next year's declaration is in this workspace, and what it is held against in another."""
    old = tmp_path / "forra"
    shutil.copytree(root, old)
    folder = root / "data/sources/prov-2025"
    (root / "data/sources/prov-2024").rename(folder)
    text = (root / "report.txt").read_text(encoding="utf-8").replace("JA\t40\t30", "JA\t41\t90")
    nytt = tmp_path / "nytt.txt"
    nytt.write_text(text, encoding="utf-8", newline="\n")
    declared = (folder / "source.toml").read_text(encoding="utf-8").replace("2024", "2025")
    digests = [
        hashlib.sha256(path.read_bytes()).hexdigest() for path in (root / "report.txt", nytt)
    ]
    (folder / "source.toml").write_text(
        declared.replace(digests[0], digests[1]), encoding="utf-8", newline="\n"
    )
    said = run("validate", str(nytt), "--against", str(old), "-f", "json")
    (leap,) = told(said, "implausible-jump")
    assert leap["source_id"] == "prov-2025"
    assert "90, men 30 till och med 2024-12-31 (Prov 2024 rad 5)" in leap["message"]
    by_id = run("validate", "prov-2025", "--against", str(old), "-f", "json", "--root", str(root))
    assert told(by_id, "figures-unmoved") == told(by_id, "implausible-jump") == []
    elsewhere = run("validate", str(root / "report.txt"), "--against", str(old), "-f", "json")
    assert told(elsewhere, "nothing-earlier")


def test_only_critical_findings_fail_unless_asked(run):
    result = run("validate", "--format", "json")
    assert {row["severity"] for row in findings(result)} == {"warning"}
    assert result.exit_code == 0
    assert run("validate", "--fail-on", "warning", "-q").exit_code == 1
    assert run("validate", "--fail-on", "info", "-q").exit_code == 1
    assert run("validate", "--fail-on", "never", "-q").exit_code == 0


def test_findings_have_the_columns_of_the_schema(run):
    result = run("validate", "-f", "json")
    assert [list(row) for row in findings(result)] == [list(FINDINGS)] * len(findings(result))


def test_a_summary_goes_to_stderr_and_findings_to_stdout(run):
    result = run("validate")
    assert "1 källa med 14 uppgifter granskad i " in result.stderr
    assert "granskad" not in result.stdout
    assert run("validate", "-q").stderr == ""


def test_a_kind_of_table_without_a_suite_is_told(run):
    assert [row["raw"] for row in told(run("validate", "-f", "json"), "suite-missing")] == [
        "economy"
    ]


def test_a_faulty_cell_leads_to_its_line_in_the_extract(run, extract):
    edit(extract, "JA\t40\t30", "JA\t140\t30")
    result = run("validate", "-f", "json")
    (found,) = told(result, "share-range")
    assert result.exit_code == 1
    assert (found["source_id"], found["line"], found["raw"]) == ("prov-2024", 5, "140")
    text = extract.read_text(encoding="utf-8").split("\n")
    number = next(n for n, line in enumerate(text, start=1) if line.startswith("5\t"))
    shown = run("validate", "-f", "github")
    place = f"file=data/sources/prov-2024/extract.txt,line={number},title=share-range"
    assert f"::error {place}::prov-2024 rad 5:" in shown.stdout
    assert "prov-2024 rad 5: Har rutin, Länet: andelen 140 %" in run("validate").stdout


def test_a_fault_of_the_form_is_a_finding_and_the_rest_is_told_as_not_run(run, extract):
    edit(extract, "Har plan\tDELVIS", "Har palm\tDELVIS")
    result = run("validate", "-f", "json")
    assert result.exit_code == 1
    assert [row["line"] for row in told(result, "table")] == [6]
    assert [row["severity"] for row in told(result, "not-run")] == ["critical"]


def test_a_whole_document_is_known_by_its_fingerprint(run, root):
    assert run("validate", "report.txt", "-f", "json").exit_code == 0
    edit(root / "report.txt", "JA\t40", "JA\t41")
    assert run("validate", "report.txt").exit_code == 4
    result = run("validate", "report.txt", "--source", "prov-2024", "-f", "json")
    assert result.exit_code == 0
    assert len(told(result, "document-hash")) == 1


def test_what_another_edition_gives_anew_is_told_figure_by_figure(run, root):
    edit(root / "report.txt", "JA\t40\t30", "JA\t14\t30")
    result = run("validate", "report.txt", "--source", "prov-2024", "-f", "json")
    (found,) = told(result, "edition")
    assert (found["severity"], found["line"], found["raw"], found["expected"]) == (
        "warning",
        5,
        "14",
        "40",
    )
    assert found["message"].startswith(
        "Har rutin, Länet: text i dokumentet ”14”, i den utgåva som är inläst ”40”; är det"
    )
    (root / "data/sources/prov-2024/extract.txt").unlink()
    without = run("validate", "report.txt", "--source", "prov-2024", "-f", "json")
    assert told(without, "edition") == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["finns-inte"], 9),
        (["saknas.csv"], 3),
        (["saknas.txt"], 3),
        (["prov-2024", "--source", "prov-2024"], 2),
        (["--identities", "--format", "sarif"], 2),
        (["--format", "yaml"], 2),
        (["--fail-on", "allt"], 2),
    ],
)
def test_what_cannot_be_validated_ends_with_the_code_of_the_error(run, arguments, code):
    assert run("validate", *arguments).exit_code == code


def test_a_faulty_suite_ends_with_the_code_of_declarations(run, root):
    (root / "expectations").mkdir()
    (root / "expectations/svit.json").write_text("{", encoding="utf-8")
    result = run("validate")
    assert result.exit_code == 6
    assert "svit.json: rad 1" in result.stderr


def test_a_file_of_observations_leads_to_its_own_lines(run, observed):
    edit(observed, ",JA,,,JA,", ",JA,,,NEJ,")
    result = run("validate", "ny.csv", "-f", "github")
    assert result.exit_code == 1
    assert "::error file=ny.csv,line=2,title=answer-printed::prov-2024 rad 5:" in result.stdout


def test_a_file_without_a_column_is_not_passed_over(run, observed):
    pl.read_csv(observed).drop("answer").write_csv(observed)
    result = run("validate", "ny.csv", "-f", "json")
    assert result.exit_code == 1
    assert {row["check"] for row in findings(result)} == {"column-missing", "not-run"}


def test_a_file_without_rows_is_a_finding(run, observed):
    header = observed.read_text(encoding="utf-8").splitlines()[0]
    observed.write_text(f"{header}\n", encoding="utf-8", newline="\n")
    result = run("validate", "ny.csv", "-f", "json")
    assert result.exit_code == 1
    assert [row["check"] for row in findings(result) if row["severity"] == "critical"] == ["rows"]


def test_an_import_is_compared_with_what_is_there(run, observed):
    text = observed.read_text(encoding="utf-8").replace("2024-", "2025-")
    observed.write_text(text.replace(",40,40.0,", ",97,97.0,"), encoding="utf-8", newline="\n")
    result = run("validate", "ny.csv", "--against", "data", "-f", "json")
    (jump,) = told(result, "implausible-jump")
    assert jump["severity"] == "warning"
    assert "97, men 40 till och med 2024-12-31" in jump["message"]
    assert told(run("validate", "ny.csv", "-f", "json"), "implausible-jump") == []


def test_an_import_of_what_is_there_or_without_an_area_is_stopped(run, root, observed):
    text = observed.read_text(encoding="utf-8").replace("prov-2024", "prov-igen")
    observed.write_text(text, encoding="utf-8", newline="\n")
    again = run("validate", "ny.csv", "--against", ".", "-f", "json")
    assert again.exit_code == 1
    assert told(again, "already-there")
    lines = text.replace("2024-", "2025-").splitlines(keepends=True)
    area = pl.read_csv(observed)["area_id"][-1]
    left = [line for line in lines if f",{area}," not in line]
    observed.write_text("".join(left), encoding="utf-8", newline="\n")
    lost = run("validate", "ny.csv", "--against", ".", "-f", "json")
    assert lost.exit_code == 1
    assert [row["severity"] for row in told(lost, "area-gone")] == ["critical"]


def test_the_checks_of_imports_come_with_the_package(run, root, observed):
    (root / "expectations").mkdir()
    for name in ("observations", "coverage"):
        own = ROOT / f"expectations/{name}.json"
        (root / f"expectations/{name}.json").write_text(own.read_text("utf-8"), "utf-8")
    text = observed.read_text(encoding="utf-8").replace("prov-2024", "prov-igen")
    observed.write_text(text, encoding="utf-8", newline="\n")
    assert told(run("validate", "ny.csv", "--against", ".", "-f", "json"), "already-there")


def test_a_finding_is_acknowledged_by_its_id_for_what_is_printed(run, root, extract):
    edit(extract, "JA\t40\t30", "JA\t140\t30")
    (found,) = told(run("validate", "-f", "json"), "share-range")
    assert f"[{found['finding_id']}]" in run("validate").stdout
    declaration = root / "data/sources/prov-2024/source.toml"
    before = declaration.read_text("utf-8")
    assert run("acknowledge", "0123456789ab", "--reason", "Känt.").exit_code == 9
    assert run("acknowledge", found["finding_id"], "--reason", " ").exit_code == 2
    assert declaration.read_text("utf-8") == before
    done = run("acknowledge", found["finding_id"], "--reason", 'Rättas i "bokslutet".')
    assert done.exit_code == 0
    assert "andelen 140 %" in done.stderr
    result = run("validate", "-f", "json")
    assert result.exit_code == 0
    (known,) = told(result, "share-range")
    assert known["severity"] == "info"
    assert 'Rättas i "bokslutet".' in known["message"]
    again = run("acknowledge", found["finding_id"], "--reason", "Känt.")
    assert again.exit_code == 9
    assert "redan kvitterat" in again.stderr
    edit(extract, "JA\t140\t30", "JA\t150\t30")
    other = run("validate", "-f", "json")
    assert other.exit_code == 1
    assert [row["severity"] for row in told(other, "share-range")] == ["critical"]
    assert [row["severity"] for row in told(other, "acceptance")] == ["critical"]


def test_several_findings_are_acknowledged_for_one_reason(run, root, extract):
    edit(extract, "JA\t40\t30", "JA\t140\t130")
    ids = [row["finding_id"] for row in told(run("validate", "-f", "json"), "share-range")]
    declaration = root / "data/sources/prov-2024/source.toml"
    before = declaration.read_text("utf-8")
    assert run("acknowledge", ids[0], "0123456789ab", "--reason", "Känt.").exit_code == 9
    assert declaration.read_text("utf-8") == before
    done = run("acknowledge", *ids, ids[0], "--reason", "Så står det.")
    assert done.exit_code == 0, done.stderr
    assert done.stderr.count("Kvitterade i") == len(ids) == 2
    known = told(run("validate", "-f", "json"), "share-range")
    assert [row["severity"] for row in known] == ["info", "info"]


def test_the_same_source_twice_is_judged_twice(run, observed):
    result = run("validate", "prov-2024", "ny.csv", "-f", "json")
    assert told(result, "key-unique") == []
    assert "2 källor med 28 uppgifter granskade i " in result.stderr


def test_the_files_of_a_source_stand_for_it(run, extract):
    files = [extract.relative_to(Path.cwd()), extract.parent / "source.toml"]
    result = run("validate", *files)
    assert "1 källa med 14 uppgifter granskad i " in result.stderr
    assert result.exit_code == 0


@pytest.mark.parametrize("name", ["junit", "sarif", "ndjson", "github", "table"])
def test_every_format_goes_to_a_file(run, root, name):
    result = run("validate", "-f", name, "-o", "out/fynd")
    assert result.stdout == ""
    text = (root / "out/fynd").read_text(encoding="utf-8")
    assert text
    if name == "junit":
        assert Xml.fromstring(text).tag == "testsuites"
    if name == "sarif":
        assert json.loads(text)["version"] == "2.1.0"


def test_data_docs_are_written(run, root):
    assert run("validate", "--docs", "sidor").exit_code == 0
    assert (root / "sidor/index.html").is_file()


def test_every_relation_can_be_shown():
    from typer.testing import CliRunner

    from ojmf.cli import app

    arguments = ["validate", "--identities", "-f", "ndjson", "--root", str(ROOT)]
    result = CliRunner().invoke(app, arguments, catch_exceptions=False)
    verdicts = {json.loads(line)["verdict"] for line in result.stdout.splitlines()}
    assert verdicts == {"exact", "within_rounding", "violated", "not_testable"}


def test_diff_ends_as_diff_does(run, observed):
    same = run("diff", "prov-2024", "ny.csv")
    assert same.exit_code == 0
    assert "ingen skillnad" in same.stderr
    edit(observed, ",JA,,,JA,", ",NEJ,,,NEJ,")
    result = run("diff", "prov-2024", "ny.csv", "-f", "json")
    assert result.exit_code == 1
    assert [(row["field"], row["old"], row["new"]) for row in findings(result)] == [
        ("raw", "JA", "NEJ"),
        ("answer", "JA", "NEJ"),
    ]


def test_diff_counts_a_figure_with_several_changes_once(run, observed):
    edit(observed, ",40,40.0,", ",41,41.5,")
    result = run("diff", "prov-2024", "ny.csv", "-f", "json")
    assert [row["field"] for row in findings(result)] == ["raw", "value"]
    assert "observationer: 1 ändrade." in result.stderr
    (read,) = [
        row for row in run("diff", "prov-2024", "ny.csv").stdout.splitlines() if "värde" in row
    ]
    assert read.split()[-4:] == ["40", "41,5", "5", "5"]


def test_diff_refuses_what_it_cannot_read(run, observed):
    pl.read_csv(observed).drop("answer").write_csv(observed)
    assert run("diff", "prov-2024", "ny.csv").exit_code == 5


def test_only_validation_loads_great_expectations():
    first = next(iter(Workspace.open(ROOT).sources))
    program = "import sys; from ojmf.cli import app; app(sys.argv[1:], standalone_mode=False)"
    code = f"{program}; print('great_expectations' in sys.modules, file=sys.stderr)"
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "OJMF_ROOT": str(ROOT)}
    loaded = [
        subprocess.run(
            [sys.executable, "-c", code, *arguments],
            capture_output=True,
            env=env,
            check=True,
            encoding="utf-8",
        ).stderr.splitlines()[-1]
        for arguments in (["sources"], ["diff", first, first])
    ]
    assert loaded == ["False", "False"]
