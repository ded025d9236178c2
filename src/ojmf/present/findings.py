"""Findings in the formats that people and programs read: one writer per format.

``junit`` is the XML that CI servers show, ``sarif`` is SARIF 2.1.0 (OASIS), ``github`` are
workflow commands of GitHub Actions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from ojmf.model import Severity
from ojmf.present.words import counted, listed
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
    """A heading per source and severity, and a line per finding with its id, what fails first.

    Of a check at most ``MOST_SHOWN`` are shown under a heading, and how many more there are. Where
    a finding waits for a person, the last line says how one that is true is acknowledged.
    """
    lines: list[str] = []
    first = report.found.with_columns(fails=report.fails())
    for name, word, rows in _headed(first.sort("fails", descending=True, maintain_order=True)):
        lines += ["", f"{name}: {word}"]
        told: Counter[str] = Counter()
        more: Counter[str] = Counter()
        like: dict[str, str] = {}
        for row in rows:
            if row["count"] > 1 or told[row["check"]] == MOST_SHOWN:
                more[row["check"]] += row["count"]
                continue
            told[row["check"]] += 1
            text = " ".join(row["message"].split())
            like[row["check"]] = text.rpartition(": ")[2]
            lines.append(f"  {place_of(row)}: {text} [{row['finding_id']}]")
        lines += [
            f"  … och {count} till som ”{like[check]}”; --format json visar dem"
            if check in like
            else f"  … och {count} till av samma slag; --format json visar dem"
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
