"""The sentences of a report: singular and plural, none and one, and which gaps are named."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from ojmf.present.report import paragraphs
from ojmf.present.report.paragraphs import AreaFigures


def area(red: int, yellow: int = 0, grey: int = 0, green: int = 0, **more: Any) -> AreaFigures:
    total = red + yellow + grey + green
    figures = AreaFigures(
        "prov", "Prov", total, green, yellow, red, grey, None, None, None, None, None
    )
    return replace(figures, **more)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (area(9, green=16), "Området består av totalt 25 indikatorer, varav 9 är röda."),
        (area(1, green=16), "Området består av totalt 17 indikatorer, varav en är röd."),
        (area(0, green=2), "Området består av totalt 2 indikatorer, varav ingen är röd."),
        (
            area(6, 3, green=14),
            "Området består av totalt 23 indikatorer, varav 6 är röda och 3 är gula.",
        ),
        (
            area(0, 1, green=1),
            "Området består av totalt 2 indikatorer, varav ingen är röd och en är gul.",
        ),
        (
            area(7, grey=1, green=16),
            "Området består av totalt 24 indikatorer, varav 7 är röda. Svar saknas på en av dem.",
        ),
        (
            area(1, grey=3, green=1),
            "Området består av totalt 5 indikatorer, varav en är röd. Svar saknas på 3 av dem.",
        ),
        (
            area(0, grey=3),
            "Området består av totalt 3 indikatorer. Ingen av dem är besvarad, så området kan inte "
            "jämföras med länet eller riket.",
        ),
        (area(1), "Området består av en enda indikator, som är röd."),
        (area(0, green=1), "Området består av en enda indikator, som är grön."),
        (area(0, grey=1), "Området består av en enda indikator, som saknar svar."),
        (
            area(1200, green=34),
            "Området består av totalt 1\u00a0234 indikatorer, varav 1\u00a0200 är röda.",
        ),
    ],
)
def test_the_opening_of_an_area(row: AreaFigures, expected: str) -> None:
    assert paragraphs.area_opening(row) == expected


@pytest.mark.parametrize(
    ("own", "county", "country", "expected"),
    [
        (
            64.0,
            62.6,
            50.8,
            "vilket är 1,4 procentenheter mer än snittet i A län (62,6 procent) och 13,2 "
            "procentenheter mer än snittet i riket (50,8 procent).",
        ),
        (
            50.0,
            51.0,
            50.0,
            "vilket är 1,0 procentenheter mindre än snittet i A län (51,0 procent) och",
        ),
        (50.0, 60.0, 50.04, "och lika mycket som snittet i riket (50,0 procent)."),
        (50.0, None, 40.0, "frågorna, vilket är 10,0 procentenheter mer än snittet i riket"),
        (50.0, None, None, "B har svarat JA på 50,0 procent av de besvarade frågorna."),
    ],
)
def test_the_means_of_an_area(
    own: float, county: float | None, country: float | None, expected: str
) -> None:
    row = area(
        1,
        share_yes=own,
        county_mean=county,
        national_mean=country,
        gap_county=None if county is None else own - county,
        gap_national=None if country is None else own - country,
    )
    assert expected in paragraphs.area_means(row, "B", "A län")


def test_an_area_without_answers_has_no_means() -> None:
    assert paragraphs.area_means(area(0, grey=2), "B", "A län") == ""


def rows(*given: tuple[str, str, float | None]) -> pl.DataFrame:
    colours = {"JA": ("green", 100.0), "DELVIS": ("yellow", 50.0), "NEJ": ("red", 0.0)}
    return pl.DataFrame(
        [
            {
                "label": label,
                "answer": answer or None,
                "status": colours[answer][0] if answer else "grey",
                "county": county,
                "county_decimals": 0,
                "gap_county": colours[answer][1] - county
                if answer and county is not None
                else None,
                "area_name": "Prov",
            }
            for label, answer, county in given
        ],
        schema_overrides={"county": pl.Float64, "gap_county": pl.Float64, "answer": pl.String},
    )


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            rows(("x", "NEJ", 60), ("y", "NEJ", 80), ("z", "NEJ", 40), ("w", "JA", 90)),
            "Fler än hälften av länets kommuner har svarat JA på 2 av de 3 frågor där B har svarat "
            "NEJ: ”y” (80 procent i länet, gap −80 procentenheter) och ”x” (60 procent i länet, "
            "gap −60 procentenheter).",
        ),
        (
            rows(("x", "DELVIS", 60)),
            "Fler än hälften av länets kommuner har svarat JA på den fråga där B har svarat "
            "DELVIS: ”x” (60 procent i länet, gap −10 procentenheter).",
        ),
        (
            rows(("x", "NEJ", 60), ("y", "DELVIS", 70)),
            "Fler än hälften av länets kommuner har svarat JA på båda de frågor där B har svarat "
            "NEJ eller DELVIS: ”x” (60 procent i länet, gap −60 procentenheter) och ”y” (70 "
            "procent i länet, gap −20 procentenheter).",
        ),
        (
            rows(("x", "NEJ", 50), ("y", "NEJ", 10)),
            "Ingen av de frågor där B har svarat NEJ har besvarats med JA av fler än hälften av "
            "länets kommuner. Störst är gapet i ”x” (50 procent i länet, gap −50 procentenheter).",
        ),
        (
            rows(("x", "NEJ", 50)),
            "Den fråga där B har svarat NEJ har inte besvarats med JA av fler än hälften av länets "
            "kommuner. Störst är gapet i ”x” (50 procent i länet, gap −50 procentenheter).",
        ),
        (rows(("x", "JA", 50), ("y", "JA", 5)), "B har svarat JA på alla besvarade frågor."),
        (rows(("x", "", 50)), ""),
        (rows(("x", "NEJ", None)), ""),
    ],
)
def test_the_gaps_that_matter(given: pl.DataFrame, expected: str) -> None:
    assert paragraphs.area_gaps(given, "B", lambda _: "") == expected


def test_many_gaps_are_named_in_part() -> None:
    many = rows(*((f"fråga {n}", "NEJ", 90.0 - n) for n in range(7)))
    text = paragraphs.area_gaps(many, "B", lambda _: "")
    assert "på alla 7 frågor" in text
    assert "bland annat ”fråga 0”" in text
    assert text.count("procentenheter") == paragraphs.MOST_MENTIONED


@pytest.mark.parametrize(
    ("areas", "expected"),
    [
        (
            [area(9, green=16), area(1, 3, grey=1)],
            "Jämförelsen av B med A län och riket omfattar 30 indikatorer inom två områden. Av dem "
            "är 16 gröna, 3 gula och 10 röda. Svar saknas på en av dem.",
        ),
        (
            [area(1)],
            "Jämförelsen av B med A län och riket omfattar en indikator inom ett område. Den är "
            "röd.",
        ),
        (
            [area(0, grey=2)],
            "Jämförelsen av B med A län och riket omfattar 2 indikatorer inom ett område. Ingen av "
            "frågorna är besvarad.",
        ),
    ],
)
def test_the_summary(areas: list[AreaFigures], expected: str) -> None:
    assert paragraphs.summary(areas, "B", "A län") == expected
