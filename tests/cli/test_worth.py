"""What gaps are worth: persons with their interval, kronor without, and nothing added up."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from math import sqrt
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner

from ojmf.cli import app
from ojmf.present.annex.rows import Asked, compare_rows
from ojmf.present.report import to_report
from ojmf.present.report.values import Head
from ojmf.workspace import Workspace

SHARE, COST = "pahittade-matt.bistand-andel", "pahittade-matt.ifo-kostnad"


def run(root: Path, *words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, ["worth", *words, "--root", str(root)])
    assert result.exit_code == code, result.output
    return result.stdout if code == 0 else result.stderr


def test_a_gap_stands_for_persons_or_kronor(made_up_country: Path) -> None:
    rows = json.loads(run(made_up_country, "--kommun", "Drömvik", "--format", "json"))
    found = {row["indicator_id"]: row for row in rows if row["sex"] == "_T"}
    share, cost = found[SHARE], found[COST]
    n, p = share["denominator"], share["own"] / 100
    assert share["worth"] == pytest.approx(share["gap"] / 100 * n)
    assert share["worth_unit"] == "persons"
    z = 1.959964
    middle, spread = 2 * n * p + z**2, z * sqrt(z**2 + 4 * n * p * (1 - p))
    for end, limit in (("low", middle - spread), ("high", middle + spread)):
        expected = (limit / (2 * (n + z**2)) - share["reference"] / 100) * n
        assert share[end] == pytest.approx(expected, rel=1e-5)
    assert share["low"] < share["worth"] < share["high"]
    assert cost["worth"] == pytest.approx(cost["gap"] * cost["denominator"])
    assert (cost["worth_unit"], cost["low"]) == ("SEK", None)


def test_the_table_has_the_formula_and_no_sum(made_up_country: Path) -> None:
    shown = run(made_up_country, "--kommun", "Drömvik", "--against", "riket", "--format", "md")
    assert "procentenheter av" in shown
    assert " kr · " in shown
    assert "summa" not in shown.casefold()


@pytest.mark.parametrize("against", ["mal", "budget"])
def test_what_is_worth_nothing_known_says_what_to_compare_with(made_up_country, against):
    words = run(made_up_country, "--kommun", "Sagoköping", "--against", against, code=9)
    assert "Ingen skillnad är i procent" in words
    assert "Jämför i stället med lan, riket eller fjolaret" in words


def test_a_report_of_figures_tells_what_gaps_stand_for_from_low_to_high(
    made_up_country: Path,
) -> None:
    workspace = Workspace.open(made_up_country)
    comparison = compare_rows(workspace, "Drömvik", asked=Asked(methods=("quartile", "reference")))
    report = docx.Document(BytesIO(to_report(workspace, comparison, Head(date(2026, 1, 1)))))
    texts = [paragraph.text for paragraph in report.paragraphs]
    begin, end = (
        texts.index(heading)
        for heading in ("Vad skillnaderna motsvarar", "Att tänka på när du läser siffrorna")
    )
    said = texts[begin + 2 : end]
    found = json.loads(run(made_up_country, "--kommun", "Drömvik", "--format", "json"))
    worths = {row["label"]: row for row in found if row["sex"] == "_T"}
    persons = [text for text in said if " person" in text]
    assert not any(f"{sign}1 personer" in text for text in said for sign in "+−")
    told = [worths[text.partition("”")[2].partition("”")[0]]["worth"] for text in persons]
    assert len(told) > 3
    assert told == sorted(told)
    assert all("Så räknat: " in text and "med slumpen inräknad" in text for text in persons)
    assert "läggs inte ihop" in texts[begin + 1]
