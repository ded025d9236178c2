"""``ojmf validate`` over all that a workspace holds, and where hooks find what has changed."""

import hashlib
import json
import re
import shutil
from pathlib import Path

import polars as pl
import pytest
import yaml

from ojmf.declarations.fetched import STORED
from ojmf.validate import consistency
from ojmf.workspace import Workspace

HOOKS = Path(__file__).resolve().parents[2] / ".pre-commit-hooks.yaml"
FETCHED = """\
id = "hamtad"
title = "Hämtad"
document = "Tjänsten, hämtat 2025-03-01"
publisher = "Tjänsten"
date = 2025-03-01
sha256 = "{sha256}"
rows = 2
indicators = ["kostnader.rad-1"]

[request]
kpi = ["N00001"]

[[answer]]
url = "https://api.example.se/1"
date = 2025-03-01T10:00:00Z
clock = "server"
sha256 = "{sha256}"
"""


def told(result) -> list[dict]:
    rows: list[dict] = json.loads(result.stdout)
    return rows


def of_check(result, check: str) -> list[dict]:
    return [row for row in told(result) if row["check"] == check]


def fetched(root: Path, *raws: str, values: tuple[float, ...] = ()) -> None:
    """A fetched source of figures with a decimal point, of one place and several years."""
    (indicator,) = Workspace.open(root).indicators.filter(unit="MSEK").head(1).rows(named=True)
    rows = [
        dict.fromkeys(STORED)
        | {"table": "N00001", "heading": "", "row_label": indicator["name"], "raw": raw}
        | {"column_label": f"Solna {2020 + n}", "value": value, "decimals": 1, "unit": "MSEK"}
        | {"indicator_id": indicator["indicator_id"], "area_id": indicator["area_id"]}
        | {"geo": "0184", "scenario": "outcome", "period_kind": "year", "obs_status": "A"}
        | {"period_start": f"{2020 + n}-01-01", "period_end": f"{2020 + n}-12-31", "sex": "_T"}
        for n, (raw, value) in enumerate(zip(raws, values or map(float, raws), strict=True))
    ]
    folder = root / "data/sources/hamtad"
    folder.mkdir(exist_ok=True)
    pl.DataFrame(rows, schema={**STORED, "period_start": pl.String, "period_end": pl.String})[
        STORED.names()
    ].write_csv(folder / "observations.csv")
    digest = hashlib.sha256((folder / "observations.csv").read_bytes()).hexdigest()
    text = FETCHED.format(sha256=digest).replace("kostnader.rad-1", indicator["indicator_id"])
    (folder / "fetched.toml").write_text(text, encoding="utf-8", newline="\n")


def references(root: Path, rows: str) -> None:
    (indicator,) = Workspace.open(root).indicators.filter(unit="MSEK").head(1).rows(named=True)
    (root / "data/references").mkdir(exist_ok=True)
    (root / "data/references/alla.csv").write_text(rows, encoding="utf-8", newline="\n")
    (root / "data/references/alla.toml").write_text(
        f'indicator = "{indicator["indicator_id"]}"\nunit = "MSEK"\nperiod = "2024"\n'
        'source = "Statistik"\n',
        encoding="utf-8",
        newline="\n",
    )


def test_fetched_figures_and_references_are_validated(run, root):
    fetched(root, "81.8", "79.25", values=(81.8, 79.25))
    references(root, "code,value\n0180,12.5\n0184,\n")
    whole = run("validate", "-f", "json")
    assert "3 källor med 18 uppgifter granskade" in whole.stderr
    assert {row["source_id"] for row in told(whole)} == {"prov-2024"}
    for name, count in (("hamtad", 2), ("referens.alla", 2)):
        one = run("validate", name)
        assert one.exit_code == 0
        assert f"1 källa med {count} uppgifter granskad" in one.stderr
        assert "inga fynd" in one.stderr


def test_a_fetched_figure_that_is_another_than_its_text_is_told_on_its_line(run, root):
    fetched(root, "81.8", "79.25", values=(81.8, 7925.0))
    result = run("validate", "hamtad", "-f", "github")
    assert result.exit_code == 1
    assert "file=data/sources/hamtad/observations.csv,line=3,title=value-printed" in result.stdout


def test_findings_of_what_no_report_declares_are_acknowledged_too(run, root):
    fetched(root, "2.5", "3.5", values=(2.5, 4.5))
    (found,) = [
        row for row in told(run("validate", "-f", "json")) if row["check"] == "value-printed"
    ]
    assert found["severity"] == "critical"
    done = run("acknowledge", found["finding_id"], "--reason", "Tjänsten avrundar.")
    assert done.exit_code == 0
    assert "accepted.csv" in done.stderr
    again = run("validate", "-f", "json")
    assert again.exit_code == 0
    (known,) = of_check(again, "value-printed")
    assert known["severity"] == "info"
    assert known["message"].endswith("Tjänsten avrundar.")
    twice = run("acknowledge", found["finding_id"], "--reason", "Igen.")
    assert "redan kvitterat" in twice.stderr

    fetched(root, "2.5", "3.5", values=(2.5, 5.5))
    assert {row["check"] for row in told(run("validate", "hamtad", "-f", "json"))} >= {
        "value-printed"
    }
    fetched(root, "2.5", "3.5")
    for words in (["validate"], ["validate", "hamtad"]):
        result = run(*words, "-f", "json")
        assert result.exit_code == 1
        (unused,) = of_check(result, "acceptance")
        assert "ur data/accepted.csv" in unused["message"]


def test_a_finding_of_the_catalogue_is_acknowledged(run, root):
    area = root / "data/indicators/kostnader.toml"
    text = re.sub(r'polarity_reason = "[^"]*"', 'polarity_reason = "Bra."', area.read_text("utf-8"))
    area.write_text(text, encoding="utf-8", newline="\n")
    found = [
        row for row in told(run("validate", "-f", "json")) if row["check"] == "polarity-reason"
    ]
    assert found
    assert run("acknowledge", found[0]["finding_id"], "--reason", "Kort räcker.").exit_code == 0
    after = [
        row for row in told(run("validate", "-f", "json")) if row["check"] == "polarity-reason"
    ]
    assert [row["severity"] for row in after].count("info") == 1


def test_diff_compares_fetched_sources(run, root):
    fetched(root, "10.0", "12.0")
    before = Workspace.open(root).fetched["hamtad"].observations()
    before.write_csv(root / "forut.csv")
    fetched(root, "14.5", "12.0")
    result = run("diff", "forut.csv", "hamtad")
    assert "2 mot 2 observationer: 1 ändrade." in result.stderr


def test_what_a_person_has_reviewed_is_compared_with_what_is_read(run, root):
    folder = root / "data/sources/prov-2024"
    reviewed = run("ingest", "prov-2024", "-o", folder / "expected.csv")
    assert reviewed.exit_code == 0
    assert run("validate", "-q").exit_code == 0
    extract = folder / "extract.txt"
    text = extract.read_text("utf-8")
    extract.write_text(text.replace("JA\t40", "JA\t41"), encoding="utf-8", newline="\n")
    result = run("validate", "-f", "json")
    assert result.exit_code == 1
    (found,) = [row for row in told(result) if row["severity"] == "critical"]
    assert (found["check"], found["line"], found["raw"], found["expected"]) == (
        "reviewed",
        5,
        "41",
        "40",
    )


def test_a_run_judges_the_documents_that_have_changed_since_the_last(run, root, monkeypatch):
    judged: list[str] = []
    findings = consistency.findings

    def noted(ingested):
        judged.append(ingested.read.source.id)
        return findings(ingested)

    monkeypatch.setattr(consistency, "findings", noted)
    folder = root / "data/sources/prov-2024"
    run("ingest", "prov-2024", "-o", folder / "expected.csv")
    assert run("run", "--strict").exit_code == 0
    assert run("run", "--strict").exit_code == 0
    assert judged == ["prov-2024"]
    extract = folder / "extract.txt"
    text = extract.read_text("utf-8")
    extract.write_text(text.replace("JA\t40", "JA\t41"), encoding="utf-8", newline="\n")
    for _ in range(2):
        result = run("run", "--strict")
        assert (result.exit_code, "1 allvarligt fynd" in result.stdout) == (1, True)
    assert judged == ["prov-2024"] * 2


@pytest.mark.parametrize(
    ("file", "before", "after", "check", "place"),
    [
        (
            "data/geography.csv",
            "0180,Stockholm,municipality,01",
            "0380,Stockholm,municipality,01",
            "geo-county",
            "file=data/geography.csv,line=5",
        ),
        (
            "data/indicators/kostnader.toml",
            'unit = "MSEK"',
            'unit = "percent"',
            "amount-unit",
            "file=data/indicators/kostnader.toml",
        ),
    ],
)
def test_the_registers_are_validated(run, root, file, before, after, check, place):
    path = root / file
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8", newline="\n")
    result = run("validate", "-f", "github")
    assert result.exit_code == 1
    assert f"::error {place},title={check}::" in result.stdout.replace("%2F", "/")
    assert f"title={check}::" not in run("validate", "prov-2024", "-f", "github").stdout


def test_a_source_without_its_extract_does_not_keep_the_others_from_being_judged(run, root):
    fetched(root, "10.0")
    (root / "data/sources/prov-2024/extract.txt").unlink()
    result = run("validate", "-f", "json")
    assert result.exit_code == 1
    assert "2 källor med 1 uppgift granskade" in result.stderr
    assert [row["check"] for row in told(result)] == ["not-run"]


def hook(name: str) -> dict:
    (found,) = [one for one in yaml.safe_load(HOOKS.read_text("utf-8")) if one["id"] == name]
    return dict(found)


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("data/sources/prov-2024/source.toml", True),
        ("data/sources/prov-2024/extract.txt", True),
        ("data/sources/prov-2024/expected.csv", True),
        ("data/sources/hamtad/fetched.toml", True),
        ("data/sources/hamtad/observations.csv", True),
        ("data/sources/hamtad/observations.parquet", True),
        ("data/sources/hamtad/revisions.csv", True),
        ("data/references/alla.csv", True),
        ("data/references/alla.toml", True),
        ("data/indicators/kostnader.toml", True),
        ("data/concepts/kostnad.toml", True),
        ("data/language/sv.toml", True),
        ("data/geography.csv", True),
        ("data/targets.csv", True),
        ("data/publish.toml", True),
        ("expectations/observations.json", True),
        ("kommun/arbetsyta/data/targets.csv", True),
        ("kommun/data/sources/prov-2024/extract.txt", True),
        ("kommun/expectations/budget.json", True),
        ("data/sources/mall/source.toml.mall", False),
        ("data/references/README.md", False),
        ("mydata/targets.csv", False),
        ("docs/data.csv", False),
        ("data/report.txt", False),
        ("README.md", False),
    ],
)
def test_the_hook_is_triggered_by_every_file_that_can_change_a_result(path, meant):
    assert (re.search(hook("ojmf-validate")["files"], path) is not None) is meant


def test_the_hook_for_whole_workspaces_runs_whatever_was_changed():
    told = hook("ojmf-validate-all")
    assert (told["always_run"], told["pass_filenames"]) == (True, False)
    assert told["entry"] == "ojmf validate --quiet --recursive"


def test_files_are_judged_in_the_workspace_that_holds_them(run, root, monkeypatch):
    monkeypatch.chdir(root.parent)
    shutil.copytree(root, root.parent / "annan")
    extract = root / "data/sources/prov-2024/extract.txt"
    text = extract.read_text("utf-8")
    extract.write_text(text.replace("JA\t40", "JA\t140"), encoding="utf-8", newline="\n")
    files = ["annan/data/sources/prov-2024/extract.txt", "arbetsyta/data/geography.csv"]
    assert run("validate", files[0], "-q").exit_code == 0
    both = run("validate", *files, "-f", "github")
    assert both.exit_code == 1
    assert "2 källor med 28 uppgifter granskade" in both.stderr
    assert "file=arbetsyta/data/sources/prov-2024/extract.txt" in both.stdout
    gone = run("validate", "arbetsyta/data/sources/borta/extract.txt")
    assert "1 källa med 14 uppgifter granskad" in gone.stderr


def test_every_workspace_below_a_folder_is_judged(run, root, monkeypatch):
    shutil.copytree(root, root.parent / "djupt/nere/annan")
    shutil.copytree(root, root.parent / ".venv/lib/site-packages/ojmf/embedded")
    monkeypatch.chdir(root.parent)
    (root / "data/sources/prov-2024/extract.txt").unlink()
    result = run("validate", "--recursive", "-f", "json")
    assert result.exit_code == 1
    assert "2 källor med 14 uppgifter granskade" in result.stderr
    assert run("validate", "--recursive", "prov-2024").exit_code == 2
    (root.parent / "tom").mkdir()
    assert run("validate", "--recursive", "--root", "tom").exit_code == 6


@pytest.mark.parametrize("name", ["source.toml", "fetched.toml"])
def test_figures_whose_declaration_is_taken_away_are_missed(run, root, name):
    fetched(root, "81.8", "79.25", values=(81.8, 79.25))
    (declaration,) = (root / "data/sources").glob(f"*/{name}")
    declaration.unlink()
    for words in (["validate"], ["validate", "--recursive"], ["observations"]):
        result = run(*words)
        assert result.exit_code == 6
        assert f"{declaration.parent.name}/" in result.stderr
        assert "källans deklaration saknas" in result.stderr
    shutil.rmtree(declaration.parent)
    assert run("validate").exit_code == 0


def test_a_document_kept_among_the_sources_is_none_of_them(run, root):
    (root / "data/sources/senare").mkdir()
    (root / "data/sources/senare/rapport.pdf").write_bytes(b"%PDF")
    assert run("validate").exit_code == 0


def test_github_has_what_keeps_all_from_being_checked_on_its_line(run, root):
    (catalogue,) = (root / "data/indicators").glob("kostnader.toml")
    lines = catalogue.read_text(encoding="utf-8").splitlines(keepends=True)
    catalogue.write_text("".join([*lines, "x = [\n"]), encoding="utf-8", newline="\n")
    result = run("validate", "-f", "github")
    assert result.exit_code == 6
    place = f"file=data/indicators/kostnader.toml,line={len(lines) + 2}"
    assert result.stdout.startswith(f"::error {place},title=Kan inte prövas::")
    assert run("validate").stdout == ""
    (root / "data/sources/prov-2024/source.toml").unlink()
    catalogue.write_text("".join(lines), encoding="utf-8", newline="\n")
    result = run("validate", "-f", "github")
    assert result.stdout.count("::error file=data/sources/prov-2024/extract.txt,title=") == 1


CONCEPT = """\
id = "hyror"
name = "Hyror"
area = "kostnader"
unit = "MSEK"
grade = "comparable"
reason = "samma"

[[formula]]
geo = "0184"
terms = [{ indicator = "kostnader.post-1" }]
"""


def test_a_source_that_is_gone_is_missed_by_what_rests_on_it(run, root, tmp_path):
    fetched(root, "81.8", "79.25")
    concept = root / "data/concepts/hyror.toml"
    concept.parent.mkdir()
    (indicator,) = Workspace.open(root).indicators.filter(unit="MSEK").head(1).rows(named=True)
    concept.write_text(CONCEPT.replace("kostnader.post-1", indicator["indicator_id"]), "utf-8")
    cited = run("cite", "oj-prov.fraga-0", "--kommun", "Solna")
    assert cited.exit_code == 0, cited.output
    (root / "data/accepted.csv").write_text(
        "source_id,finding_id,date,reason\nhamtad,x-1,2025-03-01,Känt.\n", "utf-8"
    )
    shutil.copytree(root, tmp_path / "before")
    assert of_check(run("validate", "-f", "json"), "source-gone") == []
    same = run("validate", "--against", tmp_path / "before", "-f", "json")
    assert of_check(same, "source-gone") == []

    shutil.rmtree(root / "data/sources/hamtad")
    shutil.rmtree(root / "data/sources/prov-2024")
    alone = run("validate", "-f", "json")
    found = of_check(alone, "source-gone")
    assert alone.exit_code == 1
    assert [(row["raw"], row["severity"]) for row in found] == [
        ("prov-2024", "critical"),
        ("hamtad", "critical"),
        (indicator["indicator_id"], "warning"),
    ]
    assert "nämns i data/citations.csv" in found[0]["message"]

    (root / "data/citations.csv").unlink()
    (root / "data/accepted.csv").unlink()
    concept.unlink()
    assert run("validate").exit_code == 0
    for earlier in (tmp_path / "before", tmp_path / "before" / "data"):
        beside = run("validate", "--against", earlier, "-f", "json")
        assert beside.exit_code == 1
        gone = of_check(beside, "source-gone")
        assert [row["raw"] for row in gone] == ["hamtad", "prov-2024"]
        assert str(tmp_path / "before") in gone[0]["message"]
    said = ("--against", tmp_path / "before", "--reason", "Ersatt av en annan.")
    assert run("acknowledge", gone[0]["finding_id"], *said).exit_code == 0
    assert "hamtad," in (root / "data/accepted.csv").read_text("utf-8")
    left = of_check(run("validate", "--against", tmp_path / "before", "-f", "json"), "source-gone")
    assert [(row["raw"], row["severity"]) for row in left] == [
        ("prov-2024", "critical"),
        ("hamtad", "info"),
    ]
    assert run("acknowledge", gone[1]["finding_id"], *said).exit_code == 0
    assert run("validate", "--against", tmp_path / "before").exit_code == 0
    assert run("validate").exit_code == 0


def test_words_of_a_language_that_cannot_be_read_stop_the_validation(run, root):
    language = root / "data/language/sv.toml"
    language.parent.mkdir(exist_ok=True)
    language.write_text("x = ", encoding="utf-8")
    result = run("validate")
    assert result.exit_code == 6
    assert "sv.toml" in result.stderr
