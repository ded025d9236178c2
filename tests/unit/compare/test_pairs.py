"""Two municipalities side by side, divided by the inhabitants of some ages."""

from datetime import date

import polars as pl
import pytest

from ojmf import compare
from ojmf.declarations.concepts import Concept, Formula, Term, load_concepts
from ojmf.errors import DeclarationError
from ojmf.model import Grade, Sex
from tests.unit.compare import frames

AGES = "befolkning.0-20"
NOBODY = pl.DataFrame(schema={"geo": pl.String, "date": pl.Date, "population": pl.Int64})


def cell(indicator, geo, value, sex="_T", year=2024, source="a"):
    return {
        "area_id": indicator.partition(".")[0],
        "indicator_id": indicator,
        "geo": geo,
        "sex": sex,
        "value": float(value),
        "unit": "persons",
        "row_label": "Folkmängd 0–20 år" if indicator == AGES else "Placerade",
        "document": source,
        "period_start": date(year, 1, 1),
        "period_end": date(year, 12, 31),
        "period_kind": "year",
    }


def concept(**given):
    term = Term(indicator="b.placerade")
    return Concept(
        id="placerade",
        name="Placerade",
        area="b",
        unit="persons",
        grade=Grade.COMPARABLE,
        reason="samma",
        formula=tuple(Formula(geo=geo, terms=(term,)) for geo in ("0184", "0381")),
        **given,
    )


ROWS = [
    cell("b.placerade", "0184", 30),
    cell("b.placerade", "0381", 40),
    cell(AGES, "0184", 20_000),
    cell(AGES, "0184", 9_000, "F"),
    cell(AGES, "0184", 19_000, year=2022),
    cell(AGES, "0381", 10_000),
    cell(AGES, "0381", 5_000, "F"),
]


def compared(rows, **given):
    frame = compare.compare(frames.observations(rows), [concept(**given)], NOBODY, "0184", "0381")
    return frame.row(0, named=True)


def test_a_figure_is_divided_by_the_ages_that_it_is_about():
    row = compared(ROWS, denominator=AGES)
    assert (row["own_per_inhabitant"], row["reference_per_inhabitant"]) == (1.5, 4.0)
    assert (row["own_population"], row["own_population_date"]) == (20_000, date(2024, 12, 31))
    assert row["per_inhabitant_unit"] == "persons per 1 000 invånare (Folkmängd 0–20 år)"


def test_it_may_be_those_of_one_sex():
    row = compared(ROWS, denominator=AGES, denominator_sex=Sex.FEMALE)
    assert row["own_per_inhabitant"] == pytest.approx(30 / 9)
    assert row["reference_per_inhabitant"] == 8.0
    assert row["per_inhabitant_unit"].endswith("(Folkmängd 0–20 år, kvinnor)")


def test_ages_that_are_not_counted_or_counted_twice_are_told():
    row = compared(ROWS[:-2], denominator=AGES)
    assert (row["own_per_inhabitant"], row["reference_per_inhabitant"]) == (1.5, None)
    assert "Folkmängd 0–20 år för 0381 saknas" in row["reason"]
    twice = [*ROWS, cell(AGES, "0381", 12_000, source="b")]
    assert compared(twice, denominator=AGES)["reference_per_inhabitant"] is None


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('denominator = "befolkning.0-20"', None),
        ('denominator = "befolkning.0-21"', "befolkning.0-21"),
        ('denominator = "b.kronor"', "inte är någon indikator i personer"),
        ('denominator = "population"\ndenominator_sex = "F"', "denominator_sex hör ihop med"),
    ],
)
def test_a_denominator_that_counts_nobody_is_refused(tmp_path, line, said):
    text = 'id = "x"\nname = "X"\narea = "b"\nunit = "persons"\ngrade = "comparable"\n'
    (tmp_path / "x.toml").write_text(f'{text}reason = "samma"\n{line}\n', encoding="utf-8")
    known = pl.DataFrame(
        {"indicator_id": [AGES, "b.kronor"], "unit": ["persons", "SEK"]},
    )
    if said is None:
        assert load_concepts(tmp_path, known)[0].denominator == AGES
        return
    with pytest.raises(DeclarationError, match=said):
        load_concepts(tmp_path, known)
