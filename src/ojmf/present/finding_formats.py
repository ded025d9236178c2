"""The findings in every format that they are handed on in."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as Xml

import polars as pl

import ojmf
from ojmf.findings import NOT_RUN
from ojmf.present.findings import Report, place_of, table
from ojmf.present.findings_page import findings_page
from ojmf.schema import FINDINGS
from ojmf.typography import without_controls

_PLACE = re.compile(r"(?P<file>.+?)(?: rad (?P<line>\d+)[^:]*)?: ")
"""How a fault begins that names its file."""
_GITHUB = {"critical": "error", "warning": "warning", "info": "notice"}
_SARIF = {"critical": "error", "warning": "warning", "info": "note"}
_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_CELL = ("source_id", "document", "line", "table", "row_label", "column_label", "expected")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def github(report: Report) -> str:
    """A workflow command per finding that nobody has acknowledged, for the line of its file."""
    lines = []
    for row in report.found.filter(pl.col("acknowledged").is_null()).iter_rows(named=True):
        title = report.titles.get(row["check"], row["check"])
        properties = {"file": row["file"], "line": row["file_line"], "title": title}
        told = ",".join(
            f"{name}={_escaped(str(value)).replace(':', '%3A').replace(',', '%2C')}"
            for name, value in properties.items()
            if value is not None
        )
        text = _escaped(f"{place_of(row)}: {row['message']}")
        lines.append(f"::{_GITHUB[row['severity']]} {told}::{text}\n")
    return "".join(lines)


def github_faults(faults: Sequence[str]) -> str:
    """A workflow command per fault that kept all else from being checked, for its file."""
    from ojmf.validate.parts import shown

    lines = []
    for fault in faults:
        found = _PLACE.match(fault)
        there = found is not None and Path(found["file"]).is_file()
        place = f"file={_escaped(shown(Path(found['file'])))}," if found and there else ""
        line = f"line={found['line']}," if found and there and found["line"] else ""
        lines.append(f"::error {place}{line}title=Kan inte prövas::{_escaped(fault)}\n")
    return "".join(lines)


def _escaped(text: str) -> str:
    return without_controls(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def junit(report: Report) -> str:
    """A test suite per thing checked, a test case per finding.

    Findings below ``fail_on`` and acknowledged ones are cases that pass; a check that could not be
    run is an error. What has no findings has one case that passes.
    """
    root = Xml.Element("testsuites", name=f"ojmf {report.command}")
    found = report.found.with_columns(fails=report.fails())
    for number, name in enumerate(report.parts):
        rows = found.filter(part=number).rows(named=True)
        suite = Xml.SubElement(root, "testsuite", name=_xml(name))
        counts = {"tests": max(1, len(rows)), "failures": 0, "errors": 0, "skipped": 0}
        for row in rows:
            case = Xml.SubElement(
                suite,
                "testcase",
                classname=_xml(f"{name}.{row['check']}"),
                name=_xml(f"{place_of(row)} [{row['finding_id']}]"),
            )
            text = f"{row['file']}:{row['file_line'] or 1}: {row['message']}"
            if not row["fails"]:
                Xml.SubElement(case, "system-out").text = _xml(f"{row['severity']}: {text}")
                continue
            kind = "error" if row["check"] == NOT_RUN else "failure"
            counts[f"{kind}s"] += 1
            message = " ".join(row["message"].split())
            told = Xml.SubElement(case, kind, message=_xml(message), type=row["severity"])
            told.text = _xml(text)
        if not rows:
            Xml.SubElement(suite, "testcase", classname=_xml(name), name="alla kontroller")
        for kind, count in counts.items():
            suite.set(kind, str(count))
    for kind in ("tests", "failures", "errors"):
        root.set(kind, str(sum(int(suite.get(kind, "0")) for suite in root)))
    Xml.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{Xml.tostring(root, encoding="unicode")}\n'


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def sarif(report: Report) -> str:
    """A SARIF log with one run: a rule per check, a result per finding.

    What a person has acknowledged is suppressed, with the reason.
    """
    rules: dict[str, dict[str, Any]] = {}
    results = []
    for row in report.found.iter_rows(named=True):
        name, level = row["check"], _SARIF[row["severity"]]
        rules.setdefault(
            name,
            {
                "id": name,
                "shortDescription": {"text": report.titles.get(name, name)},
                "defaultConfiguration": {"level": level},
            },
        )
        location: dict[str, Any] = {"artifactLocation": {"uri": quote(row["file"])}}
        if row["file_line"] is not None:
            location["region"] = {"startLine": row["file_line"]}
        result: dict[str, Any] = {
            "ruleId": name,
            "ruleIndex": list(rules).index(name),
            "level": level,
            "message": {"text": f"{place_of(row)}: {row['message']}"},
            "locations": [{"physicalLocation": location}],
            "partialFingerprints": {"findingId/v1": row["finding_id"]},
            "properties": {key: row[key] for key in _CELL if row[key] is not None},
        }
        if row["acknowledged"]:
            done = {"kind": "external", "status": "accepted", "justification": row["acknowledged"]}
            result["suppressions"] = [done]
        results.append(result)
    driver = {"name": "ojmf", "version": ojmf.__version__, "rules": list(rules.values())}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    log = {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


FORMATS: Mapping[str, Callable[[Report], str]] = {
    "table": table,
    "json": lambda report: f"{report.found.select(FINDINGS.names()).write_json()}\n",
    "ndjson": lambda report: report.found.select(FINDINGS.names()).write_ndjson(),
    "junit": junit,
    "sarif": sarif,
    "github": github,
    "html": findings_page,
}
"""The writers by the name of their format; JSON has the columns of ``FINDINGS``."""
