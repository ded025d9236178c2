"""Findings in the formats that people and programs read.

``junit`` is the XML that CI servers show, ``sarif`` is SARIF 2.1.0 (OASIS), ``github`` are
workflow commands of GitHub Actions.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as Xml

import ojmf
from ojmf.model import Severity
from ojmf.validate.outcomes import NOT_RUN
from ojmf.validate.validation import Validation

SEVERITY_WORDS = {
    str(Severity.CRITICAL): "allvarligt",
    str(Severity.WARNING): "varning",
    str(Severity.INFO): "upplysning",
}
_GITHUB = {"critical": "error", "warning": "warning", "info": "notice"}
_SARIF = {"critical": "error", "warning": "warning", "info": "note"}
_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Row = Mapping[str, Any]


def _rows(validation: Validation) -> Iterator[Row]:
    """Every finding with the file and line that it leads to."""
    found = validation.findings.iter_rows(named=True)
    places = validation.places.iter_rows(named=True)
    for row, place in zip(found, places, strict=True):
        yield row | place


def _place(row: Row) -> str:
    """Where a finding is, for people: source and line of its document, or file and line."""
    if row["source_id"] is not None and row["line"] is not None:
        return f"{row['source_id']} rad {row['line']}"
    if row["file_line"] is not None:
        return f"{row['file']} rad {row['file_line']}"
    return str(row["source_id"] or row["file"])


def _one_line(text: str) -> str:
    return " ".join(text.split())


def table(validation: Validation, _: Severity | None) -> str:
    """A heading per source and severity, and a line per finding."""
    lines: list[str] = []
    heading = None
    for row in _rows(validation):
        name = row["source_id"] or row["file"]
        word = "kvitterat" if row["acknowledged"] else SEVERITY_WORDS[row["severity"]]
        if (name, word) != heading:
            heading = (name, word)
            lines += ["", f"{name}: {word}"]
        lines.append(f"  {_place(row)}: {_one_line(row['message'])}")
    return "".join(f"{line}\n" for line in lines[1:])


def to_json(validation: Validation, _: Severity | None) -> str:
    """A list of objects with the columns of ``FINDINGS``."""
    return f"{validation.findings.write_json()}\n"


def to_ndjson(validation: Validation, _: Severity | None) -> str:
    """An object per line with the columns of ``FINDINGS``."""
    return validation.findings.write_ndjson()


def github(validation: Validation, _: Severity | None) -> str:
    """A workflow command per finding that nobody has acknowledged, for the line of its file."""
    lines = []
    for row in _rows(validation):
        if row["acknowledged"]:
            continue
        properties = {"file": row["file"], "line": row["file_line"], "title": row["check"]}
        told = ",".join(
            f"{name}={_property(str(value))}"
            for name, value in properties.items()
            if value is not None
        )
        text = _data(f"{_place(row)}: {row['message']}")
        lines.append(f"::{_GITHUB[row['severity']]} {told}::{text}\n")
    return "".join(lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def junit(validation: Validation, fail_on: Severity | None) -> str:
    """A test suite per thing validated, a test case per finding.

    Findings below ``fail_on`` and acknowledged ones are cases that pass; a check that could not be
    run is an error. What has no findings has one case that passes.
    """
    root = Xml.Element("testsuites", name="ojmf validate")
    grave = _at_least(fail_on)
    for part in validation.parts:
        rows = [
            row
            for row, owner in zip(_rows(validation), validation.owners, strict=True)
            if owner is part
        ]
        suite = Xml.SubElement(root, "testsuite", name=_xml(part.name))
        counts = {"tests": max(1, len(rows)), "failures": 0, "errors": 0, "skipped": 0}
        for row in rows:
            case = Xml.SubElement(
                suite,
                "testcase",
                classname=_xml(f"{part.name}.{row['check']}"),
                name=_xml(f"{_place(row)} [{row['finding_id']}]"),
            )
            text = f"{row['file']}:{row['file_line'] or 1}: {row['message']}"
            if row["acknowledged"] or row["severity"] not in grave:
                Xml.SubElement(case, "system-out").text = _xml(f"{row['severity']}: {text}")
                continue
            kind = "error" if row["check"] == NOT_RUN else "failure"
            counts[f"{kind}s"] += 1
            told = Xml.SubElement(
                case, kind, message=_xml(_one_line(row["message"])), type=row["severity"]
            )
            told.text = _xml(text)
        if not rows:
            Xml.SubElement(suite, "testcase", classname=_xml(part.name), name="alla kontroller")
        for name, count in counts.items():
            suite.set(name, str(count))
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    Xml.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{Xml.tostring(root, encoding="unicode")}\n'


def _at_least(level: Severity | None) -> set[str]:
    order = [str(severity) for severity in Severity]
    return set() if level is None else set(order[: order.index(str(level)) + 1])


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def sarif(validation: Validation, _: Severity | None) -> str:
    """A SARIF log with one run: a rule per check, a result per finding."""
    rules: dict[str, dict[str, Any]] = {}
    results = []
    for row in _rows(validation):
        name, level = row["check"], _SARIF[row["severity"]]
        rules.setdefault(
            name,
            {
                "id": name,
                "shortDescription": {"text": name},
                "defaultConfiguration": {"level": level},
            },
        )
        location: dict[str, Any] = {"artifactLocation": {"uri": quote(row["file"])}}
        if row["file_line"] is not None:
            location["region"] = {"startLine": row["file_line"]}
        cell = ("source_id", "document", "line", "table", "row_label", "column_label", "expected")
        result: dict[str, Any] = {
            "ruleId": name,
            "ruleIndex": list(rules).index(name),
            "level": level,
            "message": {"text": f"{_place(row)}: {row['message']}"},
            "locations": [{"physicalLocation": location}],
            "partialFingerprints": {"findingId/v1": row["finding_id"]},
            "properties": {key: row[key] for key in cell if row[key] is not None},
        }
        if row["acknowledged"]:
            result["suppressions"] = [{"kind": "external", "status": "accepted"}]
        results.append(result)
    driver = {"name": "ojmf", "version": ojmf.__version__, "rules": list(rules.values())}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    log = {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


FORMATS: Mapping[str, Callable[[Validation, Severity | None], str]] = {
    "table": table,
    "json": to_json,
    "ndjson": to_ndjson,
    "junit": junit,
    "sarif": sarif,
    "github": github,
}
"""By name: the text of a validation; the severity is the gravest that does not fail, for junit."""


def summary(validation: Validation) -> str:
    """One line on what was judged and what came of it."""
    own = validation.findings.filter(~validation.places["acknowledged"])
    counts = {severity: own.filter(severity=severity).height for severity in SEVERITY_WORDS}
    words = {"critical": "allvarliga", "warning": "varningar", "info": "upplysningar"}
    told = ", ".join(f"{count} {words[name]}" for name, count in counts.items() if count)
    known = f"; {validation.acknowledged} kvitterade" if validation.acknowledged else ""
    return (
        f"{len(validation.parts)} granskade, {validation.observations} observationer, "
        f"{validation.checks} kontroller: {told or 'inga fynd'}{known}."
    )
