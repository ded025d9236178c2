"""The formats of findings are those that their readers parse."""

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as Xml

import lxml.etree
import polars as pl
import pytest
from jsonschema.validators import validator_for

from ojmf.findings import FOUND
from ojmf.model import Severity
from ojmf.present import finding_formats
from ojmf.present import findings as present
from ojmf.present.finding_formats import FORMATS
from ojmf.present.findings import Report
from ojmf.schema import FINDINGS
from ojmf.validate.validation import Validation

SCHEMAS = Path(__file__).parents[1] / "present"
FINDING = {
    **dict.fromkeys(FINDINGS),
    "severity": "critical",
    "check": "identity",
    "message": "Summa intäkter 1,2 men delarna ger 11,2 (tolerans 0,2)",
    "source_id": "prov-2024",
    "document": "Prov 2024",
    "line": 385,
    "finding_id": "abc123",
}
FILE = "data/prov, 100%: å/extract.txt"


def schemas(name: str, published: str) -> Iterator[Path]:
    """Our own schema, and the published one where a folder with those is at hand."""
    yield SCHEMAS / name
    if folder := os.environ.get("PUBLISHED_SCHEMAS"):
        yield Path(folder) / published


def report(
    *changes: dict,
    acknowledged: tuple[str | None, ...] = (),
    fail_on: Severity | None = None,
    **named: dict,
) -> Report:
    rows = [
        FINDING
        | {
            "count": 1,
            "part": 0,
            "file": FILE,
            "file_line": None if change.get("line", 1) is None else 9,
        }
        | {"acknowledged": reason}
        | change
        for change, reason in zip(changes, acknowledged or (None,) * len(changes), strict=True)
    ]
    found = pl.DataFrame(rows, schema=FOUND)
    return Report("validate", found, ["prov-2024", "hel.csv"], fail_on, **named)


def sarif(told: Report) -> dict:
    log: dict = json.loads(FORMATS["sarif"](told))
    for path in schemas("sarif.schema.json", "sarif-schema-2.1.0.json"):
        schema = json.loads(path.read_text("utf-8"))
        validator_for(schema)(schema).validate(log)
    return log


def junit(told: Report) -> Xml.Element:
    text = FORMATS["junit"](told)
    for path in schemas("junit.xsd", "junit-10.xsd"):
        lxml.etree.XMLSchema(file=path).assertValid(lxml.etree.fromstring(text.encode()))
    return Xml.fromstring(text)


def test_the_table_has_a_line_per_finding_under_source_and_severity():
    text = present.table(report({}, {"severity": "warning", "message": "två\nrader"}))
    assert text == (
        "prov-2024: allvarligt\n"
        "  prov-2024 rad 385: Summa intäkter 1,2 men delarna ger 11,2 (tolerans 0,2) [abc123]\n"
        "\n"
        "prov-2024: varning\n"
        "  prov-2024 rad 385: två rader [abc123]\n"
        "\n"
        'Är ett fynd riktigt men känt: ojmf acknowledge ID --reason "…", med fyndets id inom [ ]\n'
    )


def test_the_table_begins_with_what_fails():
    changes = [{"source_id": "a"}, {"source_id": "b"}, {"source_id": "c", "severity": "warning"}]
    found = report(*changes, acknowledged=("känt", None, None), fail_on=Severity.CRITICAL)
    headings = [line for line in FORMATS["table"](found).splitlines() if line and line[0] in "abc"]
    assert headings == ["b: allvarligt", "a: kvitterat", "c: varning"]


def test_the_table_has_no_remedy_for_what_needs_none():
    known = present.table(report({}, {"severity": "info"}, acknowledged=("Känt.", None)))
    assert "acknowledge" not in known


def test_the_table_shows_a_check_so_often_and_counts_the_rest():
    many = [{"finding_id": f"{n:03d}"} for n in range(present.MOST_SHOWN + 3)]
    found = report(*many, {"count": 900}, {"check": "other", "finding_id": "fff"})
    text = present.table(found)
    assert "… och 903 till som ”Summa intäkter 1,2 men delarna ger 11,2 (tolerans 0,2)”" in text
    assert text.count("men delarna ger") == present.MOST_SHOWN + 2
    assert "924 allvarliga" in present.summary(Validation(found.found, (), 10, 5))


def test_json_and_ndjson_have_the_columns_of_findings():
    found = report({}, {"severity": "info"})
    as_list = json.loads(FORMATS["json"](found))
    lines = [json.loads(line) for line in FORMATS["ndjson"](found).splitlines()]
    assert as_list == lines
    assert [list(row) for row in lines] == [list(FINDINGS)] * 2
    assert json.loads(FORMATS["json"](report())) == []


@pytest.mark.parametrize(
    ("severity", "command"), [("critical", "error"), ("warning", "warning"), ("info", "notice")]
)
def test_github_commands_are_escaped(severity, command):
    change = {"severity": severity, "message": "50 %: ett,\r\ntvå", "check": "a:b,c"}
    assert finding_formats.github(report(change)) == (
        f"::{command} file=data/prov%2C 100%25%3A å/extract.txt,line=9,title=a%3Ab%2Cc"
        "::prov-2024 rad 385: 50 %25: ett,%0D%0Atvå\n"
    )


def test_github_leaves_out_a_line_that_is_not_known():
    text = finding_formats.github(report({"line": None, "source_id": None}))
    assert "line=" not in text
    assert text.count("\n") == 1


def test_junit_counts_what_its_cases_say():
    found = report(
        {"message": "tecknet \x00 och <&>"},
        {"check": "not-run"},
        {"severity": "warning"},
        fail_on=Severity.CRITICAL,
    )
    root = junit(found)
    assert root.tag == "testsuites"
    assert [suite.get("name") for suite in root] == ["prov-2024", "hel.csv"]
    for suite in root:
        cases = suite.findall("testcase")
        assert int(suite.get("tests", "")) == len(cases) > 0
        assert int(suite.get("failures", "")) == len(suite.findall("testcase/failure"))
        assert int(suite.get("errors", "")) == len(suite.findall("testcase/error"))
        assert all(case.get("name") and case.get("classname") for case in cases)
    assert [root.get(name) for name in ("tests", "failures", "errors")] == ["4", "1", "1"]
    told = root.findtext("testsuite/testcase/failure", "")
    assert told.endswith("tecknet \ufffd och <&>")
    assert len(root.findall("testsuite/testcase/system-out")) == 1


def test_junit_fails_as_gravely_as_the_exit_code():
    for level, failures in ((Severity.CRITICAL, 0), (Severity.WARNING, 1), (None, 0)):
        found = report({"severity": "warning"}, fail_on=level)
        assert junit(found).get("failures") == str(failures)
        assert found.fails().sum() == failures


def test_sarif_has_what_its_schema_demands():
    log = sarif(report({}, {"line": None, "severity": "info", "check": "annan"}, {}))
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["tool"]["driver"]["name"] == "ojmf"
    assert [rule["id"] for rule in rules] == ["identity", "annan"]
    assert len(run["results"]) == 3
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        location = result["locations"][0]["physicalLocation"]
        assert location["artifactLocation"]["uri"].startswith("data/prov%2C%20100%25")
        assert location.get("region", {"startLine": 1})["startLine"] >= 1
    assert "region" not in run["results"][1]["locations"][0]["physicalLocation"]


@pytest.mark.parametrize(
    ("severity", "level"), [("critical", "error"), ("warning", "warning"), ("info", "note")]
)
def test_sarif_has_a_level_for_each_severity(severity, level):
    (run,) = sarif(report({"severity": severity}))["runs"]
    assert [result["level"] for result in run["results"]] == [level]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["defaultConfiguration"]["level"] for rule in rules] == [level]


def test_acknowledged_findings_neither_fail_nor_count():
    found = report({}, {"severity": "warning"}, acknowledged=("Känt.", None))
    told = {level: replace(found, fail_on=level).fails().sum() for level in Severity}
    assert told == {Severity.CRITICAL: 0, Severity.WARNING: 1, Severity.INFO: 1}
    assert "1 varning. 1 fynd är kvitterat sedan tidigare." in present.summary(
        Validation(found.found, (), 10, 5)
    )
    assert present.table(found).startswith("prov-2024: kvitterat")


def test_junit_passes_what_is_acknowledged():
    found = report({}, acknowledged=("Känt.",), fail_on=Severity.CRITICAL)
    assert junit(found).get("failures") == "0"


def test_github_leaves_out_and_sarif_suppresses_what_is_acknowledged():
    found = report({}, {}, acknowledged=("Känt fel.", None))
    assert finding_formats.github(found).count("\n") == 1
    results = sarif(found)["runs"][0]["results"]
    done = {"kind": "external", "status": "accepted", "justification": "Känt fel."}
    assert [result.get("suppressions") for result in results] == [[done], None]


def test_a_check_is_told_by_its_title_where_it_has_one():
    found = report({}, titles={"identity": "går inte ihop"})
    assert "title=går inte ihop::" in finding_formats.github(found)
    (rule,) = sarif(found)["runs"][0]["tool"]["driver"]["rules"]
    assert (rule["id"], rule["shortDescription"]["text"]) == ("identity", "går inte ihop")
