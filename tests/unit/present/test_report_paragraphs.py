"""The sentences of a report: singular and plural, none and one, and which gaps are named."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from ojmf.present.area_rows import AreaFigures, gaps_of_fewer
from ojmf.present.report import paragraphs
from ojmf.present.report.annex_columns import FIGURE_SUMMARY, HIGH, fitted
from ojmf.present.report.figure_text import figure_opening
from ojmf.present.words import WITHOUT_FIGURE

UNKNOWN_WAY = ("above", "below", "unjudged")


def area(red: int, yellow: int = 0, grey: int = 0, green: int = 0, **more: Any) -> AreaFigures:
    total = red + yellow + grey + green
    figures = AreaFigures(
        "prov", "Prov", total, green, yellow, red, grey, None, None, None, None, None
    )
    return replace(figures, **more)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (area(9, green=16), "Området har 25 frågor: 16 är gröna och 9 är röda."),
        (area(1, green=16), "Området har 17 frågor: 16 är gröna och 1 är röd."),
        (area(0, green=2), "Området har 2 frågor: 2 är gröna."),
        (area(6, 3, green=14), "Området har 23 frågor: 14 är gröna, 3 är gula och 6 är röda."),
        (
            area(7, grey=1, green=16),
            "Området har 24 frågor: 16 är gröna, 7 är röda och 1 saknar svar.",
        ),
        (
            area(0, grey=3),
            "Kommunen har inte svarat på någon av områdets tre frågor. Området kan därför inte "
            "jämföras.",
        ),
        (area(1), "Området har en fråga, och den är röd."),
        (area(0, green=1), "Området har en fråga, och den är grön."),
        (
            area(0, grey=1),
            "Kommunen har inte svarat på frågan. Området kan därför inte jämföras.",
        ),
    ],
)
def test_the_opening_of_an_area(row: AreaFigures, expected: str) -> None:
    assert paragraphs.area_opening(row) == expected


@pytest.mark.parametrize(
    ("county", "country", "expected"),
    [
        (
            62.6,
            50.8,
            "B har svarat JA på 64,0 procent av de besvarade frågorna. I genomsnitt har 62,6 "
            "procent av kommunerna i A län och 50,8 procent av kommunerna i riket svarat JA på "
            "samma frågor.",
        ),
        (
            None,
            40.0,
            "B har svarat JA på 64,0 procent av de besvarade frågorna. I genomsnitt har 40,0 "
            "procent av kommunerna i riket svarat JA på samma frågor.",
        ),
        (None, None, "B har svarat JA på 64,0 procent av de besvarade frågorna."),
    ],
)
def test_the_means_of_an_area(county: float | None, country: float | None, expected: str) -> None:
    row = area(1, share_yes=64.0, county_mean=county, national_mean=country)
    assert paragraphs.area_means(row, "B", "A län") == expected


def test_a_gap_over_fewer_questions_says_the_share_that_it_is_counted_from() -> None:
    row = area(1, share_yes=50.0, county_mean=58.7, national_mean=42.1)
    counted = replace(row, gap_county=-6.3, gap_national=7.9)
    assert counted.fewer() == (
        "Skillnaden mot länet räknas bara på de besvarade frågor som har en andel för länet: av "
        "dem har kommunen svarat JA på 52,4 procent."
    )
    said = paragraphs.area_means(counted, "B", "A län")
    assert "svarat JA på de av frågorna som har en andel. Skillnaden mot länet" in said
    assert replace(row, gap_county=-8.7, gap_national=7.9).fewer() == ""


def test_the_areas_whose_gap_is_over_fewer_questions_are_named() -> None:
    row = area(1, share_yes=50.0, county_mean=58.7, national_mean=42.1)
    areas = pl.DataFrame([replace(row, gap_county=gap, gap_national=7.9) for gap in (-6.3, -8.7)])
    assert [said.partition(": ")[0] for said in gaps_of_fewer(areas)] == [row.area_name]
    assert gaps_of_fewer(areas.drop("gap_county")) == []


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


LESS_THAN_HALF = (
    "Där B har svarat NEJ har färre än hälften av länets kommuner svarat JA. Vanligast i länet är:"
)


@pytest.mark.parametrize(
    ("given", "sentence", "named"),
    [
        (
            rows(("x", "NEJ", 60), ("y", "NEJ", 80), ("z", "NEJ", 40), ("w", "JA", 90)),
            "Minst hälften av länets kommuner har svarat JA på två av de tre frågor där B har "
            "svarat NEJ:",
            ["y", "x"],
        ),
        (
            rows(("x", "DELVIS", 60)),
            "Minst hälften av länets kommuner har svarat JA på den fråga där B har svarat DELVIS:",
            ["x"],
        ),
        (
            rows(("x", "NEJ", 60), ("y", "DELVIS", 70)),
            "Minst hälften av länets kommuner har svarat JA på båda de frågor där B har svarat "
            "NEJ eller DELVIS:",
            ["x", "y"],
        ),
        (
            rows(("x", "NEJ", 50), ("y", "NEJ", 10)),
            "Minst hälften av länets kommuner har svarat JA på en av de två frågor där B har "
            "svarat NEJ:",
            ["x"],
        ),
        (rows(("x", "NEJ", 9), ("y", "NEJ", 49), ("z", "NEJ", 49)), LESS_THAN_HALF, ["y", "z"]),
        (
            rows(*((name, "NEJ", 49) for name in "abcdef")),
            LESS_THAN_HALF.replace("länet är:", "länet är, och fem till är lika vanliga:"),
            ["a"],
        ),
        (rows(("x", "JA", 50), ("y", "JA", 5)), "B har svarat JA på alla besvarade frågor.", []),
        (rows(("x", "", 50)), "", []),
        (rows(("x", "NEJ", None)), "", []),
    ],
)
def test_the_questions_that_matter(given: pl.DataFrame, sentence: str, named: list[str]) -> None:
    lacking = paragraphs.area_gaps(given, "B")
    assert lacking.sentence == sentence
    assert [row["label"] for row in lacking.rows] == named


def test_many_questions_are_named_in_part_and_numbers_are_written_alike() -> None:
    many = rows(*((f"fråga {n}", "NEJ", 90.0 - 3 * n) for n in range(15)))
    lacking = paragraphs.area_gaps(many, "B")
    assert "på 14 av de 15 frågor där B har svarat NEJ. De vanligaste är:" in lacking.sentence
    assert len(lacking.rows) == paragraphs.MOST_MENTIONED


def test_a_question_is_told_with_the_share_and_its_place() -> None:
    (row,) = rows(("x", "NEJ", 60)).to_dicts()
    assert paragraphs.question(row, lambda _: "nr 1.2") == "”x” (60 procent i länet; nr 1.2)"


@pytest.mark.parametrize(
    ("areas", "expected"),
    [
        (
            [area(9, green=16), area(1, 3, grey=1)],
            "Öppna jämförelser 2024 omfattar 30 frågor inom 2 områden. B har svarat på 29 av 30 "
            "frågor: 16 JA (gröna), 3 DELVIS (gula) och 10 NEJ (röda).",
        ),
        (
            [area(1)],
            "Öppna jämförelser 2024 omfattar en fråga inom ett område. B har svarat NEJ (rött).",
        ),
        (
            [area(0, grey=2)],
            "Öppna jämförelser 2024 omfattar två frågor inom ett område. B har inte svarat på "
            "någon av frågorna.",
        ),
    ],
)
def test_the_summary(areas: list[AreaFigures], expected: str) -> None:
    assert paragraphs.summary(areas, "B", "2024") == expected


@pytest.mark.parametrize(
    ("gaps", "expected"),
    [
        (
            (1.4, 26.3),
            (
                "Störst är försprånget till länet i området Två (26,3 procentenheter) och minst i "
                "Ett (1,4 procentenheter).",
                "",
            ),
        ),
        (
            (-5.0, 3.0),
            (
                "Längst före länet ligger B i området Två (3,0 procentenheter).",
                "Längst efter länet ligger B i området Ett (5,0 procentenheter).",
            ),
        ),
        (
            (-5.0, -3.0),
            (
                "",
                "B ligger efter länet i alla områden, mest i Ett (5,0 procentenheter) och minst i "
                "Två (3,0 procentenheter).",
            ),
        ),
        (
            (5.04, 4.96, 3.0),
            (
                "Störst är försprånget till länet i områdena Ett och Två (5,0 procentenheter) och "
                "minst i Tre (3,0 procentenheter).",
                "",
            ),
        ),
        (
            (-2.0, 3.0, -2.0),
            (
                "Längst före länet ligger B i området Två (3,0 procentenheter).",
                "Längst efter länet ligger B i områdena Ett och Tre (2,0 procentenheter).",
            ),
        ),
        (
            (-2.0, -2.0),
            ("", "B ligger lika långt efter länet i alla områden (2,0 procentenheter)."),
        ),
        ((0.0, 0.01), ("B ligger lika med länet i alla områden.", "")),
        ((18.5,), ("B ligger 18,5 procentenheter före länet i området Ett.", "")),
        ((-0.06,), ("", "B ligger 0,1 procentenheter efter länet i området Ett.")),
        ((0.04,), ("B ligger lika med länet i området Ett.", "")),
        ((), ("", "")),
    ],
)
def test_areas_are_before_or_behind(gaps: tuple[float, ...], expected: tuple[str, str]) -> None:
    areas = [
        area(1, gap_county=gap, area_name=name)
        for name, gap in zip(("Ett", "Två", "Tre"), gaps, strict=False)
    ]
    assert paragraphs.summary_areas(areas, "B") == expected


@pytest.mark.parametrize(
    ("amounts", "said"),
    [
        (
            {"above": 3, "below": 5},
            "Området har 17 uppgifter. 8 kan jämföras, varav 3 högre och 5 lägre.",
        ),
        (
            {"above": 4, "unjudged": 1, "better": 2, "worse": 1},
            "Området har 17 uppgifter. 8 kan jämföras, varav 2 bättre, 1 sämre, 4 högre och 1 utan "
            "bedömning.",
        ),
    ],
)
def test_figures_without_a_direction_are_counted_too(amounts: dict[str, int], said: str) -> None:
    none = ("green", "yellow", "red", "better", "similar", "equal", "worse", *UNKNOWN_WAY)
    row = dict.fromkeys((*none, *WITHOUT_FIGURE, "with_country"), 0)
    assert figure_opening({**row, "figures": 17, "with_gap": 8, **amounts}) == said


@pytest.mark.parametrize(
    ("amounts", "said"),
    [
        ({"figures": 0}, "Området har inga uppgifter."),
        ({"figures": 1}, "Området har en uppgift. Den kan inte jämföras."),
        ({"figures": 8}, "Området har åtta uppgifter. Ingen av dem kan jämföras."),
        (
            {"figures": 1, "with_gap": 1, "worse": 1},
            "Området har en uppgift. Den kan jämföras och är sämre.",
        ),
        (
            {"figures": 2, "with_gap": 2, "better": 1, "similar": 1},
            "Området har två uppgifter. Båda kan jämföras: 1 bättre och 1 utan säker skillnad.",
        ),
        (
            {"figures": 21, "missing": 3, "with_gap": 21, "better": 12, "worse": 9},
            "Området har 21 uppgifter. Tre uppgifter till saknas. Alla kan jämföras: "
            "12 bättre och 9 sämre.",
        ),
        (
            {"figures": 8, "unreadable": 1},
            "Området har åtta uppgifter. En uppgift till går inte att läsa säkert. Ingen av dem "
            "kan jämföras.",
        ),
        (
            {"figures": 8, "missing": 2, "unreadable": 1, "withheld": 4, "contradicted": 1},
            "Området har åtta uppgifter. Åtta uppgifter till har inget tal: två saknas, en går "
            "inte att läsa säkert, fyra visas inte och en har olika tal för samma period. Ingen av "
            "dem kan jämföras.",
        ),
        (
            {"figures": 30, "with_gap": 5, "with_country": 2, "green": 4, "red": 1},
            "Området har 30 uppgifter. 5 kan jämföras, varav 4 gröna och 1 röd. Två av dem jämförs "
            "med riket, eftersom länet saknar uppgift.",
        ),
    ],
)
def test_the_opening_of_an_area_of_figures(amounts: dict[str, int], said: str) -> None:
    none = ("green", "yellow", "red", "better", "similar", "equal", "worse", *UNKNOWN_WAY)
    row = dict.fromkeys((*none, *WITHOUT_FIGURE, "with_gap", "with_country"), 0)
    assert figure_opening({**row, **amounts}) == said


def test_the_name_of_an_area_has_room_beside_every_count() -> None:
    # What has a difference and no verdict is rare beside all the other kinds at once.
    name, *counts = fitted(FIGURE_SUMMARY, {"omrade.utan_bedomning": 0}, HIGH)
    assert len(counts) > 10
    assert name.width > 3
    assert sum(cell.width for cell in (name, *counts)) == pytest.approx(HIGH)


@pytest.mark.parametrize(("status", "said"), [("red", ""), ("yellow", "svaret är DELVIS; ")])
def test_a_question_says_that_it_is_answered_in_part(status: str, said: str) -> None:
    row = {"label": "Har rutin", "county": 69.0, "county_decimals": 0, "status": status}
    told = paragraphs.question(row, lambda _: "nr 5.4")
    assert told == f"”Har rutin” ({said}69 procent i länet; nr 5.4)"
