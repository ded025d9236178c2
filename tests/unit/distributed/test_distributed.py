"""The comparison on Spark's frames gives every row that the one on Polars' gives."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import numpy as np
import polars as pl
import pytest

import ojmf.distributed
from ojmf.compare.national import national_gaps
from ojmf.compare.national.terms import ADDED
from ojmf.errors import OjmfError
from tests.unit.distributed.made_up import Country, country, written

ROOT = Path(__file__).resolve().parents[3]
SAIL = ROOT / ".venv-sail" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
SEEDS = range(12)

needs_sail = pytest.mark.skipif(
    not SAIL.exists(), reason="Sail has no environment: python3 dev.py sail makes it"
)


def _changed(**columns: pl.Expr | pl.Series) -> Country:
    """A country of which columns are changed."""
    given = country(0)
    return Country(given.values.with_columns(**columns), given.indicators, None, given.asked)


def _with(row: pl.DataFrame) -> Country:
    """A country with one row more."""
    given = country(0)
    return Country(pl.concat([given.values, row]), given.indicators, None, given.asked)


def _first(**changed: pl.Expr) -> pl.DataFrame:
    return country(0).values.head(1).with_columns(**changed)


OTHER_TYPES = {
    "whole numbers": _changed(value=pl.col("row").cast(pl.Int32) % 17),
    "decimals": _changed(value=(pl.col("row") % 17).cast(pl.Decimal(12, 1))),
    "nothing but nulls": _changed(value=pl.lit(None, pl.Float64)),
    "a float of half the size": _changed(value=(pl.col("row") % 17).cast(pl.Float32)),
    "no rows": Country(country(0).values.clear(), country(0).indicators, None, country(0).asked),
    "no catalogue": Country(
        country(0).values.drop("weight"), country(0).indicators.clear(), None, country(0).asked
    ),
}
FAULTS = {
    "twice": _with(_first()),
    "twice without a figure": _with(_first(value=pl.lit(None, pl.Float64))),
    "no municipality": _with(_first(geo=pl.lit("0001"))),
    "a county": _with(_first(geo=pl.lit("01"))),
    "nowhere": _with(_first(geo=pl.lit(None, pl.String))),
    "text": _changed(value=pl.lit("1,5")),
    "no weight": Country(country(0).values.drop("weight"), country(0).indicators),
    "no indicator": Country(country(0).values, country(0).indicators, None, {"by": "sex"}),
}


def differences(given: Country, found: pl.DataFrame) -> list[str]:
    """How the rows that an engine found differ from those of Polars."""
    expected = national_gaps(
        given.values, given.indicators, geography=given.geography, **given.asked
    )
    row = "row" if "row" in given.values.columns else "members"
    found = found.sort(row)
    expected = expected.sort(row)
    if found.columns != expected.columns or found.height != expected.height:
        return [f"{found.columns} × {found.height}"]
    told = []
    for name in expected.columns:
        one, other = found[name], expected[name].cast(found[name].dtype)
        if name not in ADDED or name == "status":
            same = one.equals(other, check_names=False, null_equal=True)
        else:
            missing = one.is_null().equals(other.is_null())
            left, right = one.drop_nulls().to_numpy(), other.drop_nulls().to_numpy()
            same = missing and np.allclose(left, right, rtol=1e-9, atol=1e-9)
            same = same and not (np.signbit(left) & (left == 0)).any()
        if not same:
            told.append(name)
    return told


@needs_sail
def test_every_row_is_that_of_polars(tmp_path: Path, subtests: pytest.Subtests) -> None:
    given = {f"seed {seed}": country(seed) for seed in SEEDS} | OTHER_TYPES | FAULTS
    for name, one in given.items():
        written(one, tmp_path / name)
    # The environment of this process names folders that are not Sail's.
    ran = subprocess.run(
        [SAIL, Path(__file__).with_name("compare_on_spark.py"), tmp_path],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert ran.returncode == 0, ran.stderr
    for name in given.keys() - FAULTS.keys():
        with subtests.test(name):
            fault = tmp_path / name / "fault.json"
            assert not fault.exists(), json.loads(fault.read_text(encoding="utf-8"))
            assert (
                differences(given[name], pl.read_parquet(tmp_path / name / "found.parquet")) == []
            )
    for name, one in FAULTS.items():
        with subtests.test(name):
            with pytest.raises(OjmfError) as expected:
                national_gaps(one.values, one.indicators, geography=one.geography, **one.asked)
            told = json.loads((tmp_path / name / "fault.json").read_text(encoding="utf-8"))
            said = str(expected.value).replace("String", "string")
            assert said in told["text"]


def test_a_country_has_what_may_differ() -> None:
    """Of what the engines are tried with, every colour and every lack occurs."""
    done = [
        national_gaps(one.values, one.indicators, geography=one.geography, **one.asked)
        for one in map(country, SEEDS)
    ]
    rows = pl.concat([part.select("value", *ADDED) for part in done])
    assert set(rows["status"]) == {"green", "yellow", "red", "grey"}
    assert rows["value"].is_nan().any()
    assert rows["value"].is_infinite().any()
    lacking = rows.filter(pl.col("value").is_finite())["county_reference"].is_null()
    assert lacking.any()
    assert not lacking.all()


@pytest.mark.parametrize("values", [[1.0], pl.DataFrame({"value": [1.0]})])
def test_values_of_another_library_are_refused(values: object) -> None:
    with pytest.raises(ojmf.ArgumentError, match="väntade en DataFrame ur Spark, inte"):
        ojmf.distributed.national_gaps(values, country(0).indicators)
