"""A text that names the most or the least names all that stand there, or how many more."""

from __future__ import annotations

import polars as pl
import pytest

from ojmf.present.annex.shown_rows import ROWS
from ojmf.present.annex.views import gap
from ojmf.present.area_views import largest
from ojmf.present.report.figure_text import figure_gaps, without_verdict
from ojmf.present.report.figure_text import largest as largest_figure
from ojmf.present.site import conclusions
from ojmf.present.superlatives import ends, first_with_equals, named
from ojmf.printed import swedish


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["a"], "a"),
        (["a", "b", "c"], "a, b och c"),
        (["a", "b", "c", "d"], "a, b och två till"),
        ([str(n) for n in range(20)], "0, 1 och 18 till"),
    ],
)
def test_many_are_named_in_part(names: list[str], said: str) -> None:
    assert named(names) == said


def test_ends_are_alike_where_they_are_shown_alike() -> None:
    found = ends([(1.04, "a"), (0.96, "b"), (2.0, "c")], lambda share: swedish(share, 1))
    assert (found.low, list(found.lowest), list(found.highest)) == ("1,0", ["a", "b"], ["c"])
    assert not found.one
    assert ends([(1.04, "a"), (0.96, "b")], lambda share: swedish(share, 1)).one


@pytest.mark.parametrize(
    ("sizes", "most", "shown", "more"),
    [
        ([], 3, 0, 0),
        ([5, 4, 4], 1, 1, 0),
        ([4, 4, 3], 1, 2, 0),
        ([5, 4, 4, 4, 4, 3], 2, 5, 0),
        ([5, 4, 4, 4, 4, 4, 3], 2, 2, 4),
    ],
)
def test_what_equals_the_last_is_shown_or_counted(
    sizes: list[int], most: int, shown: int, more: int
) -> None:
    found, others = first_with_equals(sizes, most, lambda size: size)
    assert (len(found), others) == (shown, more)


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (
            [(33.2, "A"), (60.0, "B"), (32.9, "C"), (60.1, "D")],
            "Lägst är A och C (33) och högst B och D (60).",
        ),
        ([(33.2, "A"), (32.9, "C")], "Alla kommuner har svarat JA på 33 procent av frågorna."),
    ],
)
def test_the_start_page_names_every_lowest_and_highest(
    known: list[tuple[float, str]], said: str
) -> None:
    assert conclusions.start(50.0, known).endswith(said)


def figures(*gaps: float) -> pl.DataFrame:
    """Rows of a table, worse than the county by as much; all of one unit."""
    rows = [
        {
            "area_id": "a",
            "indicator_id": f"x{n}",
            "label": f"mått {n}",
            "method": "reference",
            "status": "grey",
            "verdict": "worse",
            "own": 10.0 + gap,
            "decimals": 0,
            "county": 10.0,
            "county_decimals": 0,
            "gap_county": gap,
            "judged_by": 10.0,
            "judged_gap": gap,
            "unit": "days",
            "sex": "total",
            "period": "2024",
            "period_words": "2024",
        }
        for n, gap in enumerate(gaps)
    ]
    return pl.DataFrame(rows, schema=ROWS)


def test_a_report_names_figures_with_as_large_a_difference() -> None:
    told = largest_figure(figures(3.0, 1.0, 3.0), lambda _: "nr 1", better=False)
    assert told.startswith(
        "Bland måtten är skillnaden till det sämre störst, och lika stor, i ”mått 0”"
    )
    assert "och ”mått 2”" in told
    many = largest_figure(figures(*[3.0] * 6), lambda _: "nr 1", better=False)
    assert many.endswith("Lika stor är den för fem till.")
    assert len(figure_gaps(figures(5.0, 4.0, 3.0, 3.0, 1.0)).rows) == 4
    assert figure_gaps(figures(*[3.0] * 8)).sentence == (
        "Störst är skillnaderna till det sämre i, och fem till är lika stora som den sista:"
    )


def test_a_table_says_how_many_others_have_as_large_a_difference() -> None:
    rows = pl.DataFrame({"largest_label": ["a", "b", None], "largest_others": [0, 2, 0]})
    assert rows.select(largest()).to_series().to_list() == ["a", "b (och 2 till)", None]


def test_a_difference_is_as_fine_as_the_finer_figure() -> None:
    rows = figures(-2.5).with_columns(decimals=pl.lit(1, pl.Int8))
    assert rows.select(gap("county")).item() == "−2,5"
    # What the document itself says it is has the decimals of what it is compared with.
    assert rows.with_columns(gap_county=pl.lit(-3.0)).select(gap("county")).item() == "−3"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, ""),
        (
            {"verdict": "higher", "method": "neutral"},
            "Ingen skillnad bedöms som bättre eller sämre. Skälet är: det är inte bestämt vad som "
            "är bättre.",
        ),
        (
            {"verdict": None, "reason": "nämnare saknas"},
            "Ingen skillnad bedöms som bättre eller sämre. Skälet är: nämnare saknas.",
        ),
        (
            {"verdict": None, "judged_gap": None, "reason": "ingen uppgift för länet"},
            "Skälet är: ingen uppgift för länet.",
        ),
        ({"verdict": "equal"}, ""),
    ],
)
def test_a_summary_says_why_nothing_is_judged(changed: dict[str, str | None], said: str) -> None:
    rows = figures(1.0, 2.0).with_columns(
        pl.lit(value, ROWS[name]).alias(name) for name, value in changed.items()
    )
    assert without_verdict(rows) == said
