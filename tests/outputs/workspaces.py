"""A small workspace made of hand-written rows, and the figures of a real one counted anew."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GEOGRAPHY = """\
code,name,level,county_code
00,Riket,country,
01,Stockholms län,county,01
0184,Solna,municipality,01
0180,Stockholm,municipality,01
"""
AREA = """\
[area]
id = "{id}"
name = "{name}"

[defaults]
unit = "answer"
kind = "answer"
polarity = "higher"
polarity_reason = "Provets egen."
method = "answer"
"""
SOURCE = """\
id = "{id}"
title = "Öppna jämförelser {year}"
document = "Prov {year}"
publisher = "Provkommunen, provnämnden"
diary_number = "PN/{year}:1"
date = {year}-10-11
geo = "0184"
reporting_period = "{year}"
sha256 = "{sha256}"
"""
TABLE = """
[[table]]
id = "{area}"
layout = "grid"
kind = "oj-answers"
title = "Bilaga {area}"
area = "{area}"
header = ["Fråga", "Solna", "Länet", "Riket", "Kommentar"]
rows = {rows}
columns = [
  {{ label = "Fråga", content = "label" }},
  {{ label = "Solna", content = "answer", geo = "0184", scenario = "outcome", unit = "answer", period = "{year}", blank_note = "ej svar" }},
  {{ label = "Länet", geo = "01", scenario = "share", unit = "percent", period = "{year}" }},
  {{ label = "Riket", geo = "00", scenario = "share", unit = "percent", period = "{year}" }},
  {{ label = "Kommentar", content = "comment" }},
]
"""  # noqa: E501 - as it stands in a declaration

Row = tuple[str, str, str, str, str]
"""Question, own answer, county, country and comment, as printed."""


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def make(root: Path, years: dict[int, dict[str, Sequence[Row]]]) -> Path:
    """A workspace with one source per year, each with rows by area; returns its folder.

    The whole documents are ``<year>.txt`` in it.
    """
    write(root / "data/geography.csv", GEOGRAPHY)
    labels: dict[str, list[str]] = {}
    for year, areas in years.items():
        document = f"Prov {year}\n"
        tables = ""
        for area, rows in areas.items():
            document += f"\nBilaga {area}\nFråga\tSolna\tLänet\tRiket\tKommentar\n"
            document += "".join("\t".join(row) + "\n" for row in rows)
            tables += TABLE.format(area=area, rows=len(rows), year=year)
            known = labels.setdefault(area, [])
            known += [row[0] for row in rows if row[0] not in known]
        write(root / f"{year}.txt", document)
        digest = hashlib.sha256(document.encode()).hexdigest()
        folder = root / "data/sources" / f"prov-{year}"
        write(
            folder / "source.toml",
            SOURCE.format(id=f"prov-{year}", year=year, sha256=digest) + tables,
        )
        lines = document.split("\n")
        extract = "".join(f"{n}\t{line}\n" for n, line in enumerate(lines, 1) if line)
        write(folder / "extract.txt", extract)
    for area, questions in labels.items():
        text = AREA.format(id=area, name=area.title())
        for number, label in enumerate(questions):
            name = quoted(" ".join(label.split()))
            text += f'\n[[indicator]]\nid = "{area}.fraga-{number}"\nname = {name}\n'
        write(root / f"data/indicators/{area}.toml", text)
    return root


@dataclass(frozen=True)
class Printed:
    """A row of an annex as it stands in the extract, read without ojmf."""

    line: int
    label: str
    answer: str
    county: int | None
    country: int | None
    commented: bool

    @property
    def own(self) -> int | None:
        return {"JA": 100, "DELVIS": 50, "NEJ": 0}.get(self.answer)

    def gap(self, share: int | None) -> int | None:
        return None if self.own is None or share is None else self.own - share


_ANNEX = re.compile(r"Bilaga (\d)[.,]")


def printed_annexes(extract: Path) -> list[list[Printed]]:
    """The rows of every annex of the extract of Öppna jämförelser, by plain text reading."""
    annexes: dict[int, list[Printed]] = {1: []}
    current = 1
    for numbered in extract.read_text(encoding="utf-8").splitlines():
        number, _, text = numbered.partition("\t")
        cells = text.split("\t")
        if match := _ANNEX.match(text):
            current = int(match[1])
            annexes.setdefault(current, [])
        elif len(cells) == 5 and cells[0] != "Indikator":
            label, answer, county, country, comment = cells
            label = label.replace("arbets-m", "arbetsm")  # declared: a line broke there
            annexes[current].append(
                Printed(
                    int(number),
                    label,
                    answer,
                    int(county) if county else None,
                    int(country) if country else None,
                    bool(comment),
                )
            )
    return [annexes[number] for number in sorted(annexes)]
