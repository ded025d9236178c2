"""Units of energy, weight, area, length and volume in headers and labels."""

import pytest

from ojmf.authoring.measured_units import measured_in


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Elanvändning (MWh)", "MWh"),
        ("Elanvändning MWh", "MWh"),
        ("Antal kWh", "kWh"),
        ("Avfall, kg per invånare", "kg/inv."),
        ("Restavfall (kg/inv)", "kg/inv."),
        ("Energi kWh/m2", "kWh/m²"),
        ("Lokaler, kvm", "m²"),
        ("Yta (ha)", "ha"),
        ("Vatten (m3)", "m³"),
        ("Cykelväg, km", "km"),
        ("Utsläpp, ton CO2-ekv/inv", "ton CO2e/inv."),
        ("Invånare per km²", "inv./km²"),
    ],
)
def test_the_unit_of_a_text_is_what_it_says_last_or_in_brackets(text, unit):
    assert measured_in(text) == unit


@pytest.mark.parametrize(
    "text",
    [
        *("Hyra, kr/kvm", "Hyra per m2", "Kostnad per ton", "Boende inom 5 km", "Bor (5 km)"),
        *("Andel som uppger sig ha", "Pris i kronor per kilo", "Ton i debatten"),
    ],
)
def test_a_unit_that_divides_or_limits_is_not_the_figures(text):
    assert measured_in(text) is None
