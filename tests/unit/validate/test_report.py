"""The formats of findings are those that their readers parse."""

import json
from xml.etree import ElementTree as Xml

import polars as pl
import pytest

from ojmf.model import Severity
from ojmf.present import findings as report
from ojmf.schema import FINDINGS
from ojmf.validate.parts import Part
from ojmf.validate.validation import PLACES, Validation

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
WHOLE = Part("hel.csv", "hel.csv")
PART = Part("prov-2024", "data/prov, 100%: å/extract.txt")


def validation(*changes: dict, acknowledged: tuple[bool, ...] = ()) -> Validation:
    known = acknowledged or (False,) * len(changes)
    found = pl.DataFrame([FINDING | change for change in changes], schema=FINDINGS)
    rows = [
        (PART.file, None if change.get("line", 1) is None else 9, acknowledged)
        for change, acknowledged in zip(changes, known, strict=True)
    ]
    places = pl.DataFrame(rows, schema=PLACES, orient="row")
    return Validation(found, places, (PART,) * len(changes), (PART, WHOLE), 10, 5)


def test_the_table_has_a_line_per_finding_under_source_and_severity():
    text = report.table(validation({}, {"severity": "warning", "message": "två\nrader"}), None)
    assert text == (
        "prov-2024: allvarligt\n"
        "  prov-2024 rad 385: Summa intäkter 1,2 men delarna ger 11,2 (tolerans 0,2)\n"
        "\n"
        "prov-2024: varning\n"
        "  prov-2024 rad 385: två rader\n"
    )


def test_json_and_ndjson_have_the_columns_of_findings():
    found = validation({}, {"severity": "info"})
    as_list = json.loads(report.to_json(found, None))
    lines = [json.loads(line) for line in report.to_ndjson(found, None).splitlines()]
    assert as_list == lines
    assert [list(row) for row in lines] == [list(FINDINGS)] * 2
    assert json.loads(report.to_json(validation(), None)) == []


@pytest.mark.parametrize(
    ("severity", "command"), [("critical", "error"), ("warning", "warning"), ("info", "notice")]
)
def test_github_commands_are_escaped(severity, command):
    change = {"severity": severity, "message": "50 %: ett,\r\ntvå", "check": "a:b,c"}
    assert report.github(validation(change), None) == (
        f"::{command} file=data/prov%2C 100%25%3A å/extract.txt,line=9,title=a%3Ab%2Cc"
        "::prov-2024 rad 385: 50 %25: ett,%0D%0Atvå\n"
    )


def test_github_leaves_out_a_line_that_is_not_known():
    text = report.github(validation({"line": None, "source_id": None}), None)
    assert "line=" not in text
    assert text.count("\n") == 1


def test_junit_counts_what_its_cases_say():
    found = validation(
        {"message": "tecknet \x00 och <&>"},
        {"check": "not-run"},
        {"severity": "warning"},
    )
    root = Xml.fromstring(report.junit(found, Severity.CRITICAL))
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
    found = validation({"severity": "warning"})
    for level, failures in ((Severity.CRITICAL, "0"), (Severity.WARNING, "1"), (None, "0")):
        assert Xml.fromstring(report.junit(found, level)).get("failures") == failures


def test_sarif_has_what_its_schema_demands():
    found = validation({}, {"line": None, "severity": "info", "check": "annan"}, {})
    log = json.loads(report.sarif(found, None))
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["tool"]["driver"]["name"] == "ojmf"
    assert [rule["id"] for rule in rules] == ["identity", "annan"]
    assert len(run["results"]) == 3
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
        assert result["message"]["text"]
        location = result["locations"][0]["physicalLocation"]
        assert location["artifactLocation"]["uri"].startswith("data/prov%2C%20100%25")
        assert location.get("region", {"startLine": 1})["startLine"] >= 1
    assert "region" not in run["results"][1]["locations"][0]["physicalLocation"]


def test_acknowledged_findings_neither_fail_nor_count():
    found = validation({}, {"severity": "warning"}, acknowledged=(True, False))
    assert found.at_least(Severity.CRITICAL) == 0
    assert found.at_least(Severity.WARNING) == 1
    assert found.acknowledged == 1
    assert "1 varningar; 1 kvitterade" in report.summary(found)
    assert report.table(found, None).startswith("prov-2024: kvitterat")


def test_junit_passes_what_is_acknowledged():
    found = validation({}, acknowledged=(True,))
    assert Xml.fromstring(report.junit(found, Severity.CRITICAL)).get("failures") == "0"


def test_github_leaves_out_and_sarif_suppresses_what_is_acknowledged():
    found = validation({}, {}, acknowledged=(True, False))
    assert report.github(found, None).count("\n") == 1
    results = json.loads(report.sarif(found, None))["runs"][0]["results"]
    assert ["suppressions" in result for result in results] == [True, False]
