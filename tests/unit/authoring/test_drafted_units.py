"""The unit that a question is answered with is that of the drafted indicator, too."""

import tomllib

import pytest

from ojmf.authoring.drafted_units import with_declared_units
from ojmf.authoring.labels import DRAFTED
from ojmf.declarations.catalogue import AreaFile

INDICATORS = f"""\
[area]
id = "prov"
name = "Prov"

[[indicator]]
# närmast är annat.matt (81 %)
id = "prov.hyran"
name = "Hyran"
unit = "count"
kind = "count"
polarity = "neutral"
polarity_reason = "{DRAFTED}"
method = "neutral"

[[indicator]]
id = "prov.elen"
name = "Elen"
unit = "count"
kind = "count"
polarity = "lower"
polarity_reason = "Lägre är bättre."
method = "neutral"
"""
TABLE = """\
[[table]]
columns = [
  { label = "Post", content = "label" },
  { label = "2023", scenario = "outcome"%s },
  { label = "Skillnad", scenario = "change", unit = "percent" },
]
override = [%s]
indicators = { "Hyran" = "prov.hyran", "Elen" = "prov.elen" }
"""


def units(column: str, override: str) -> list[tuple[str, str]]:
    declared = tomllib.loads(TABLE % (column, override))
    found = tomllib.loads(with_declared_units(INDICATORS, declared))["indicator"]
    return [(indicator["unit"], indicator["kind"]) for indicator in found]


@pytest.mark.parametrize(
    ("column", "override", "hyran"),
    [
        (', unit = "MSEK", shift = -3', "", ("MSEK", "amount")),
        ("", '{ rows = ["Hyran"], unit = "SEK" }', ("SEK", "amount")),
        ("", '{ unit = "percent" }', ("percent", "share")),
        ("", '{ rows = ["Elen"], unit = "SEK" }', ("count", "count")),
        ("", '{ columns = ["Skillnad"], unit = "SEK" }', ("count", "count")),
        (', unit = "TODO: unit.hyran"', "", ("count", "count")),
    ],
)
def test_a_drafted_indicator_has_the_unit_of_its_figures(column, override, hyran):
    assert units(column, override)[0] == hyran


def test_a_reviewed_indicator_keeps_its_unit():
    assert units(', unit = "SEK"', "")[1] == ("count", "count")


def test_an_indicator_with_figures_in_two_units_keeps_its_own():
    declared = tomllib.loads((TABLE % (', unit = "SEK"', "")) + (TABLE % (', unit = "days"', "")))
    assert with_declared_units(INDICATORS, declared) == INDICATORS


def test_a_unit_that_ojmf_lacks_becomes_the_areas_own():
    declared = tomllib.loads(TABLE % (', unit = "kg/inv."', ""))
    text = with_declared_units(INDICATORS, declared)
    found = tomllib.loads(text)
    assert found["area"]["units"] == ["kg/inv."]
    assert (found["indicator"][0]["unit"], found["indicator"][0]["kind"]) == ("kg/inv.", "index")
    assert AreaFile.model_validate(found).area.units == ("kg/inv.",)
    again = tomllib.loads(TABLE % (', unit = "MWh"', ""))
    assert tomllib.loads(with_declared_units(text, again))["area"]["units"] == ["MWh"]
    assert with_declared_units(text, tomllib.loads(TABLE % (', unit = "count"', ""))) == INDICATORS


def test_a_column_of_a_long_table_says_the_unit_of_its_own_indicator():
    columns = (
        '{ label = "ar", content = "period" }, '
        '{ label = "El", indicator = "prov.hyran", scenario = "outcome", unit = "MSEK" }'
    )
    declared = tomllib.loads(f'[[table]]\nlayout = "long"\ncolumns = [{columns}]\n')
    assert (
        tomllib.loads(with_declared_units(INDICATORS, declared))["indicator"][0]["unit"] == "MSEK"
    )
