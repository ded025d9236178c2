"""A unit that a declaration gives is one that is known, wherever it stands."""

import tomllib
from pathlib import Path

import pytest

from ojmf.declarations import Source
from ojmf.declarations.catalogue import load_catalogue
from ojmf.declarations.known_units import own_unit_faults, unit_faults
from tests.unit.ingest.builder import CATALOGUE

PATH = Path("source.toml")
DECLARED = """
id = "prov"
title = "Prov"
document = "Prov"
publisher = "Prov"
geo = "0184"
date = 2025-01-31
reporting_period = "2024"
sha256 = "{sha}"
marks = {{ kr = {{ unit = "{mark}" }} }}

[[table]]
id = "t"
layout = "grid"
kind = "measures"
title = "T"
area = "a"
header = ["Post", "Utfall"]
columns = [
  {{ label = "Post", content = "label" }},
  {{ label = "Utfall", scenario = "outcome", unit = "{column}" }},
]
figures = {{ {printed} = {{ decimals = 1 }} }}

[[table.override]]
rows = ["Antal"]
unit = "{override}"
"""
KNOWN = {"mark": "SEK", "column": "MSEK", "printed": "MSEK", "override": "persons"}


def faults(*own: str, **given: str) -> list[str]:
    written = DECLARED.format(sha="0" * 64, **(KNOWN | given))
    source = Source.model_validate(tomllib.loads(written))
    return unit_faults(PATH, source, own)


def test_known_units_are_no_faults() -> None:
    assert faults() == []


def test_an_areas_own_unit_is_no_fault() -> None:
    assert faults("MWh", column="MWh") == []
    (fault,) = faults(column="MWh")
    assert "En egen enhet skrivs som den trycks, i units under [area]" in fault


@pytest.mark.parametrize(("own", "meant"), [("kr", "SEK"), ("procent", "percent"), ("SEK", "SEK")])
def test_a_unit_that_ojmf_has_is_no_areas_own(own: str, meant: str) -> None:
    assert own_unit_faults(["MWh", "kg/inv.", "ton CO2e"]) == []
    (fault,) = own_unit_faults([own])
    assert fault.startswith(f"units: ”{own}” är ojmf:s enhet {meant}.")


@pytest.mark.parametrize("where", [*KNOWN])
def test_an_unknown_unit_is_told_with_what_it_may_mean(where: str) -> None:
    (fault,) = faults(**{where: "percnt"})
    assert "enheten ”percnt” är okänd. Menade du percent? Rätta unit; kända enheter är" in fault


def test_a_printed_word_is_told_with_its_unit_and_shift() -> None:
    assert "Menade du MSEK med shift = -3? Rätta" in faults(column="tkr")[0]


def test_an_indicator_has_a_unit_that_is_known(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(CATALOGUE.replace('unit = "persons"', 'unit = "person"'), encoding="utf-8")
    _, (fault,) = load_catalogue(tmp_path)
    assert "indikatorn a.antal: enheten ”person” är okänd. Menade du persons? Rätta" in fault
