"""Charts of figures: no axis holds two units, and every mark is something that is known."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from ojmf.compare.frame import Known
from ojmf.compare.methods import compared
from ojmf.errors import SelectionError
from ojmf.present import charts
from tests.unit.compare import frames
from tests.unit.present.test_charts import drawn_texts

OWN, NONE = "0184", pl.lit(None, pl.Float64)
PLACES = {"01": "Stockholms län", "00": "Riket", OWN: "Solna"}
UNITS = {"a.share": "percent", "a.days": "days", "a.persons": "persons", "a.many": "persons"}
SIZES = {"a.share": 8.0, "a.days": 12.0, "a.persons": 30.0, "a.many": 4000.0}
ASKED = frames.indicators(
    {
        "area_id": "a",
        "indicator_id": name,
        "name": f"Mått {name}",
        "unit": unit,
        "kind": "share" if unit == "percent" else "count",
        "method": "quartile" if name == "a.share" else "neutral",
        "polarity": "lower",
    }
    for name, unit in UNITS.items()
)


def rows(
    *without: str,
    against: tuple[str, ...] = ("01", "00"),
    geography: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Figures of one municipality and of the country, and those of 25 others behind quartiles."""
    cells = list[dict[str, Any]]()
    for name, unit in UNITS.items():
        place = {"area_id": "a", "indicator_id": name, "unit": unit, "row_label": name}
        there = {OWN: SIZES[name]} | ({} if name in without else {"00": SIZES[name] * 1.5})
        if name == "a.share":
            there |= {f"22{n:02}": float(n) for n in range(25)}
        cells += [{**place, "geo": geo, "value": value} for geo, value in there.items()]
    known = Known(geography)
    return compared(frames.observations(cells), ASKED, OWN, against, known=known)


def chart(part: pl.DataFrame) -> Any:
    return charts.figure_chart(part, title="Solna", own_name="Solna", names=PLACES)


def test_no_axis_holds_two_units_or_figures_of_unlike_size():
    parts = charts.sharing_an_axis(charts.drawable(rows()))
    assert {name: part["indicator_id"].unique().to_list() for name, part in parts.items()} == {
        "a-percent": ["a.share"],
        "a-days": ["a.days"],
        "a-persons-1": ["a.many"],
        "a-persons-2": ["a.persons"],
    }
    everything = pl.concat(list(parts.values()))
    assert everything.height == charts.drawable(rows()).height
    with pytest.raises(SelectionError, match="unit är"):
        chart(everything)


def test_a_chart_tells_unit_gap_and_quartiles():
    part = charts.sharing_an_axis(charts.drawable(rows()))["a-percent"]
    drawn = chart(part)
    drawn.to_dict(validate=True)
    cells = [dict(zip(charts.table(drawn)[0], row, strict=True)) for row in charts.table(drawn)[1:]]
    assert cells == [
        {
            "Mått": "Mått a.share",
            "Status": "Gul",
            "Solna": "8",
            "Riket": "12",
            "Skillnad mot riket": "−4",
            "Nedre gräns": "6",
            "Övre gräns": "18",
        }
    ]
    texts = drawn_texts(charts.render(drawn, "svg"))
    assert "mellersta hälften av kommunerna" in texts
    assert any("riket −4" in text for text in texts)
    # The county has no figure, and a scale to 100 % would hide what differs.
    assert not any("länet" in text.casefold() or text == "100 %" for text in texts)
    assert charts.title_of(drawn) == "Solna, jämfört med riket (%)"


def test_a_band_of_few_municipalities_says_of_how_many():
    codes = [OWN, *(f"22{n:02}" for n in range(25)), *(f"23{n:02}" for n in range(30))]
    places = [(code, f"K{code}", "municipality", code[:2]) for code in codes]
    places += [(code, name, "county", code) for code, name in (("01", "L1"), ("00", "Riket"))]
    geography = pl.DataFrame(places, ["code", "name", "level", "county_code"], orient="row")
    part = charts.sharing_an_axis(charts.drawable(rows(geography=geography)))["a-percent"]
    drawn = chart(part)
    assert "Mellersta hälften av kommunerna: bara 26 av 56." in charts.alt_text(drawn)
    texts = drawn_texts(charts.render(drawn, "svg"))
    assert "mellersta hälften av kommunerna (bara 26 av 56)" in texts
    other = part.with_columns(indicator_id=pl.lit("b.share"), reason_code=pl.lit(None, pl.String))
    both = charts.alt_text(chart(pl.concat([part, other])))
    assert "Mellersta hälften av kommunerna: för 1 av 2 mått bara 26 av 56." in both
    assert "bara" not in charts.alt_text(chart(other))


def test_what_has_nothing_beside_it_is_not_drawn():
    there = charts.drawable(rows("a.days", "a.share"))
    # The middle half of the municipalities is something to stand beside.
    assert set(there["indicator_id"]) == {"a.share", "a.persons", "a.many"}
    assert charts.drawable(rows(*UNITS, against=("01",))).height == 1


def test_figures_that_are_all_none_have_an_axis():
    nothing = rows().with_columns(own=0.0, reference=0.0, gap=0.0, lower=NONE, upper=NONE)
    part = charts.sharing_an_axis(charts.drawable(nothing))["a-persons"]
    chart(part).to_dict(validate=True)
