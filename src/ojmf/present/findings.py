"""Findings in the formats that people and programs read: one writer per format.

``junit`` is the XML that CI servers show, ``sarif`` is SARIF 2.1.0 (OASIS), ``github`` are
workflow commands of GitHub Actions.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from xml.etree import ElementTree as Xml

import polars as pl

import ojmf
from ojmf.findings import NOT_RUN
from ojmf.model import Severity
from ojmf.present.words import counted, listed
from ojmf.schema import FINDINGS
from ojmf.typography import without_controls

if TYPE_CHECKING:
    from ojmf.validate.validation import Validation

SEVERITY_WORDS = {
    str(Severity.CRITICAL): "allvarligt",
    str(Severity.WARNING): "varning",
    str(Severity.INFO): "upplysning",
}
_COUNTED = {
    str(Severity.CRITICAL): ("allvarligt fynd", "allvarliga fynd"),
    str(Severity.WARNING): ("varning", "varningar"),
    str(Severity.INFO): ("upplysning", "upplysningar"),
}
_GITHUB = {"critical": "error", "warning": "warning", "info": "notice"}
_SARIF = {"critical": "error", "warning": "warning", "info": "note"}
_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_CELL = ("source_id", "document", "line", "table", "row_label", "column_label", "expected")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

MOST_SHOWN = 20
"""At most so many findings of a check are shown in the table of a source."""

REMEDY = 'ojmf acknowledge ID --reason "…", med fyndets id inom [ ]'

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Report:
    """What a command has found: ``found`` in the schema ``FOUND``.

    ``parts`` are the names of what was checked, by the numbers in ``found``; ``fail_on`` is the
    least grave severity that fails; ``titles`` are Swedish words for checks, where there are any.
    """

    command: str
    found: pl.DataFrame
    parts: Sequence[str]
    fail_on: Severity | None = None
    titles: Mapping[str, str] = field(default_factory=dict)

    def fails(self) -> pl.Series:
        """Whether each finding is as grave as ``fail_on``, and nobody has acknowledged it."""
        order = [str(severity) for severity in Severity]
        grave = [] if self.fail_on is None else order[: order.index(str(self.fail_on)) + 1]
        return self.found["severity"].is_in(grave) & self.found["acknowledged"].is_null()


def place_of(row: Row) -> str:
    """Where a finding is, for people: source and place in its document, or file and line."""
    if row["source_id"] is not None and row["place"] is not None:
        return f"{row['source_id']} {row['place']}"
    if row["source_id"] is not None and row["line"] is not None:
        return f"{row['source_id']} rad {row['line']}"
    if row["file_line"] is not None:
        return f"{row['file']} rad {row['file_line']}"
    return str(row["source_id"] or row["file"])


def table(report: Report) -> str:
    """A heading per source and severity, and a line per finding with its id.

    Of a check at most ``MOST_SHOWN`` are shown under a heading, and how many more there are. Where
    a finding waits for a person, the last line says how one that is true is acknowledged.
    """
    lines: list[str] = []
    for name, word, rows in _headed(report.found):
        lines += ["", f"{name}: {word}"]
        told: Counter[str] = Counter()
        more: Counter[str] = Counter()
        for row in rows:
            if row["count"] > 1 or told[row["check"]] == MOST_SHOWN:
                more[row["check"]] += row["count"]
                continue
            told[row["check"]] += 1
            text = " ".join(row["message"].split())
            lines.append(f"  {place_of(row)}: {text} [{row['finding_id']}]")
        lines += [
            f"  … och {count} till av typen {check}; --format json visar dem"
            for check, count in more.items()
        ]
    waiting = report.found.filter(pl.col("acknowledged").is_null(), pl.col("severity") != "info")
    if report.command == "validate" and waiting["source_id"].count():
        lines += ["", f"Är ett fynd riktigt men känt: {REMEDY}"]
    return without_controls("".join(f"{line}\n" for line in lines[1:]))


def _headed(found: pl.DataFrame) -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
    """The findings that follow each other under one source and severity."""
    headed = found.select(
        pl.coalesce("source_id", "file").alias("name"),
        pl.when(pl.col("acknowledged").is_not_null())
        .then(pl.lit("kvitterat"))
        .otherwise(pl.col("severity").replace(SEVERITY_WORDS))
        .alias("word"),
        run=pl.struct(
            pl.coalesce("source_id", "file"), "severity", pl.col("acknowledged").is_null()
        ).rle_id(),
    )
    together = found.with_columns(headed)
    for own in together.partition_by("run", maintain_order=True):
        yield own["name"][0], own["word"][0], own.rows(named=True)


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


def page(report: Report) -> str:
    """The findings as a web page for people."""
    from ojmf.present.findings_page import findings_page

    return findings_page(report)


FORMATS: Mapping[str, Callable[[Report], str]] = {
    "table": table,
    "json": lambda report: f"{report.found.select(FINDINGS.names()).write_json()}\n",
    "ndjson": lambda report: report.found.select(FINDINGS.names()).write_ndjson(),
    "junit": junit,
    "sarif": sarif,
    "github": github,
    "html": page,
}
"""The writers by the name of their format; JSON has the columns of ``FINDINGS``."""


def summary(validation: Validation) -> str:
    """One line on what was judged and what came of it."""
    count = sum(part.subject == "observations" for part in validation.parts)
    sources = counted(count, "källa", "källor")
    figures = counted(validation.observations, "uppgift", "uppgifter")
    judged = "granskad" if count == 1 else "granskade"
    return f"{sources} med {figures} {judged} i {outcome(validation)}."


def outcome(validation: Validation) -> str:
    """How many checks were made, and how many findings there are of each severity."""
    checks = counted(validation.checks, "kontroll", "kontroller")
    return f"{checks}: {told_counts(validation.found)}"


def told_counts(found: pl.DataFrame) -> str:
    """How many findings of each severity wait for a person, and how many are accepted."""
    waiting = pl.col("acknowledged").is_null()
    counts = [
        (int(found.filter(waiting, severity=severity)["count"].sum()), words)
        for severity, words in _COUNTED.items()
    ]
    told = listed([counted(count, *words) for count, words in counts if count]) or "inga fynd"
    known = int(found.filter(~waiting)["count"].sum())
    accepted = f". {known} fynd är {'kvitterat' if known == 1 else 'kvitterade'} sedan tidigare"
    return f"{told}{accepted if known else ''}"
