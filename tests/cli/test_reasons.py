"""Where a number cannot be, a reason stands: in the table, in its title or instead of it."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner, Result

from ojmf.cli import app
from ojmf.present.formats import earlier_in_words, earlier_period
from tests.unit.disclosure.workspace import make, row


def run(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == code, result.output
    return result


def test_series_that_are_too_short_are_no_empty_table() -> None:
    refused = run("trends", "--kommun", "Enköping", code=9)
    assert "för korta för att bedömas; --short visar dem. Det behövs 12 perioder." in refused.stderr
    assert (
        run("trends", "--kommun", "Enköping", "--short", "--format", "csv").stdout.count("\n") > 9
    )


def test_the_country_is_hinted_at_where_the_county_has_nothing(tmp_path: Path) -> None:
    percent = {"unit": "percent"}
    rows = [row("utredda", geo, value, **percent) for geo, value in (("0184", 5.0), ("00", 7.0))]
    root = ("--root", str(make(tmp_path, rows, smallest=None)))
    assert "1 gap visas med --against riket" in run("status", "--kommun", "Solna", *root).stderr
    beside = run("status", "--kommun", "Solna", "--against", "riket", *root)
    assert "--against" not in beside.stderr


def test_every_row_without_a_rank_among_peers_says_why(made_up_country: Path) -> None:
    words = ("peers", "--kommun", "Drömvik", "--group", "K2", "--format", "csv")
    told = run(*words, "--root", str(made_up_country)).stdout
    unranked = [line for line in csv.DictReader(io.StringIO(told)) if not line["rank"]]
    assert "svar rangordnas inte" in {line["reason"] for line in unranked}
    assert all(line["reason"] for line in unranked)


def test_a_municipality_without_a_formula_goes_by_its_name() -> None:
    told = run("compare", "Solna", "Nacka", "--format", "csv").stdout
    assert "inget jämförelsemått är angivet för Nacka" in told


@pytest.mark.parametrize(
    ("earlier", "words", "cell"),
    [
        (2023, "fjolåret", "2023"),
        (2022, "tidigare period: 2022", "tidigare period: 2022"),
    ],
)
def test_what_is_no_year_before_is_said_to_be_an_earlier_period(
    earlier: int, words: str, cell: str
) -> None:
    rows = pl.DataFrame(
        {
            "period_start": [date(2024, 1, 1)],
            "period_end": [date(2024, 12, 31)],
            "period_kind": ["year"],
            "reference_period_start": [date(earlier, 1, 1)],
            "reference_period_end": [date(earlier, 12, 31)],
        }
    )
    assert earlier_in_words(rows) == words
    assert rows.select(earlier_period()).item() == cell
