"""The page of findings: what its style needs is there, and nothing is said twice."""

from __future__ import annotations

import re
from importlib.resources import files

import polars as pl

from ojmf.findings import FOUND
from ojmf.present.findings import Report
from ojmf.present.findings_page import findings_page

ROW = {
    "severity": "warning",
    "check": "identity",
    "message": "Summan är 4 men delarna ger 5.",
    "source_id": "prov-2024",
    "line": 7,
    "finding_id": "abc",
    "count": 1,
    "part": 0,
}


def page(*rows: dict[str, object], parts: tuple[str, ...] = ("prov-2024", "katalogen")) -> str:
    found = pl.DataFrame([{**dict.fromkeys(FOUND.names()), **row} for row in rows], schema=FOUND)
    return findings_page(Report("validate", found, parts))


def test_every_class_and_colour_of_the_page_is_in_its_style() -> None:
    style = (files("ojmf.present") / "site" / "static" / "site.css").read_text("utf-8")
    text = page(ROW)
    body = text[text.index("<main") :]
    own = {"v-critical", "v-warning", "v-info"}
    used = {name for value in re.findall(r'class="([^"]+)"', body) for name in value.split()} - own
    assert [name for name in used if f".{name}" not in style] == []
    assert set(re.findall(r"var\((--\w+)\)", text)) <= set(re.findall(r"(--\w+):", style))


def test_what_is_accepted_says_its_reason_once() -> None:
    reason = "dokumentet säger så"
    anew = {**ROW, "severity": "info", "acknowledged": reason}
    text = page({**anew, "message": f"{ROW['message']} Kvitterat 2024-01-01: {reason}"})
    assert text.count(reason) == 1
    text = page(anew)
    assert text.count(reason) == 1
    assert ">Skäl<" in text


def test_the_page_begins_with_what_waits() -> None:
    text = page(ROW)
    assert "<h1>Kontroll av arbetsytan</h1>" in text
    assert "1 av 2 kontrollerade delar är utan fynd att ta ställning till." in text
    assert '<td role="cell" data-label="Var">rad 7</td>' in text
    assert "<h1>Kontroll av prov-2024</h1>" in page(parts=("prov-2024",))
