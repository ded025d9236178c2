"""What stands out of its series is told, and what series look like by nature is not, as tables."""

from collections.abc import Mapping, Sequence
from datetime import date
from random import Random

import polars as pl

from ojmf.validate import context as frames
from ojmf.validate import suites
from ojmf.validate.levels import year_sizes
from ojmf.validate.outcomes import rows
from tests.unit.validate.observed import frame, workspace
from tests.unit.validate.test_checks import SUITES, month

SMALL = [93, 95, 103, 84, 92, 80, 87, 88, 90, 90, 109, 114]
LARGE = [9077, 8708, 10190, 8624, 10307, 8994, 9752, 9666, 10154, 11478, 10513, 10643]


def months(*years: tuple[int, Sequence[float]], line: int = 10) -> list[dict]:
    """A table of months, a row per year."""
    return [
        month(number, float(value))
        | {
            "row_label": str(year),
            "line": line + nth,
            "period_start": date(year, number, 1),
            "period_end": pl.select(pl.date(year, number, 1).dt.month_end()).item(),
        }
        for nth, (year, values) in enumerate(years)
        for number, value in enumerate(values, start=1)
    ]


def told(cases: Mapping[str, list[dict]], **context: object) -> list[tuple[str, str, str]]:
    """Case, check and printed figure of all that fails, of tables that are judged at once."""
    table = [row | {"table": name} for name, rows_of in cases.items() for row in rows_of]
    framed = frames.with_context(workspace("rutin"), frame(*table))
    framed = framed.with_columns(
        **year_sizes(), typed=pl.lit(value=True), sign=pl.lit(None, pl.String)
    )
    framed = framed.with_columns(pl.lit(value).alias(name) for name, value in context.items())
    names = ("implausible-", "sign", "years-", "percent-")
    found = rows(suites.run([(SUITES[name], framed) for name in ("monthly", "observations")]))
    return [
        (one.table or "", one.check, one.raw or "") for one in found if one.check.startswith(names)
    ]


def judged(cases: Sequence[tuple[list[dict], list[str]]], check: str) -> None:
    """Each case has exactly the figures told by the check that stand beside it."""
    found = told({str(n): table for n, (table, _) in enumerate(cases)})
    by_case = [
        [raw for name, of, raw in found if (name, of) == (str(n), check)] for n in range(len(cases))
    ]
    assert by_case == [expected for _, expected in cases]


def test_a_year_of_another_size():
    judged(
        [
            (months((2023, SMALL), (2024, SMALL)), []),
            (months((2023, SMALL), (2024, SMALL), (2025, LARGE[:8])), ["9077"]),
            (months((2023, SMALL), (2024, LARGE)), ["9077"]),
            (months((2023, LARGE), (2024, SMALL), (2025, LARGE)), ["93"]),
            # A year of nothing, one that has grown, few figures and small ones are as may be.
            (months((2023, SMALL), (2024, [0] * 12)), []),
            (months((2023, SMALL), (2024, [3 * n for n in SMALL])), []),
            (months((2023, SMALL), (2024, LARGE[:2])), []),
            (months((2023, [1, 2, 1] * 4), (2024, [8, 9, 12] * 4)), []),
        ],
        "implausible-level",
    )


SIGNS = [
    ([*LARGE[:5], -8994, *LARGE[6:]], ["-8994"]),
    ([-n for n in LARGE[:5]] + [8994] + [-n for n in LARGE[6:]], ["8994"]),
    ([*LARGE[:5], -8994, -9752, *LARGE[7:]], []),
    ([*LARGE[:5], -50, *LARGE[6:]], []),  # small, as it may well be
    ([*LARGE[:5], -90000, *LARGE[6:]], []),  # no figure of the series with a minus
    ([5, 8, 1, 3, 0, 2, 9, 4, -3, 7, 6, 5], []),  # a series that comes near nought
    ([*LARGE[:6], -9752], []),  # too few to say
    ([0] * 11 + [-4], []),
]


def test_a_figure_that_alone_has_its_sign_in_a_series():
    judged([(months((2024, values)), raw) for values, raw in SIGNS], "sign-of-series")


def test_a_figure_that_alone_has_its_sign_in_a_column_of_places():
    cases = []
    for values, raw in SIGNS:
        table = months((2024, values))
        same = {name: table[0][name] for name in ("period_start", "period_end", "column_label")}
        cases.append(([row | same | {"geo": f"99{n:02}"} for n, row in enumerate(table)], raw))
    judged(cases, "sign-of-places")


def percents(*printed: str) -> list[dict]:
    """A measure in percent, a row per place."""
    return [
        month(1, float(raw.replace(",", ".")))
        | {"geo": f"99{n:02}", "raw": raw, "decimals": len(raw.partition(",")[2])}
        | {"unit": "percent", "line": n + 1}
        for n, raw in enumerate(printed)
    ]


def test_a_fraction_among_figures_in_percent_is_told():
    judged(
        [
            (percents("41,5", "38,2", "0,415", "52,0"), ["0,415"]),
            (percents("7,2", "0,072", "7,5"), ["0,072"]),
            (percents("41", "0,42", "38", "0,39"), ["0,42", "0,39"]),
            # Small shares are as they may be, and so is what is all printed so.
            (percents("41,5", "38,2", "0,4", "52,0"), []),
            (percents("41,50", "38,25", "0,41", "52,00"), []),
            (percents("1,2", "0,95", "1,5", "1,4"), []),
            (percents("41,5", "38,2", "0,015", "52,0"), []),
            (percents("0,415", "0,382", "0,52"), []),
            (percents("41,5", "0,415"), []),
            (percents("41,5", "38,2", "0,0", "52,0"), []),
        ],
        "percent-fraction",
    )


def test_a_table_that_declares_its_signs_is_judged_by_those():
    turned = months((2024, [*LARGE[:5], -8994, *LARGE[6:]]))
    found = {check for _, check, _ in told({"": turned}, sign="positive")}
    assert found == {"sign"}


def test_the_years_of_a_table_stand_in_order():
    orders = [(2023, 2024, 2025), (2025, 2024, 2023), (2024, 2023, 2025), (2023, 2025, 2024)]
    cases = {str(order): months(*((year, SMALL) for year in order)) for order in orders}
    found = {case for case, check, _ in told(cases) if check == "years-in-order"}
    assert found == {"(2024, 2023, 2025)", "(2023, 2025, 2024)"}


def made_up(kind: str, number: int) -> list[float]:
    """Three years of months as they come: small counts, many noughts, both signs, a closing."""
    dice = Random(f"{kind} {number}")
    size = dice.uniform(1, 300)
    at = dice.randrange(6, 30)
    match kind:
        case "small":
            return [float(dice.randrange(4)) for _ in range(36)]
        case "noughts":
            return [round(dice.gauss(size, size / 5)) * (dice.random() < 0.5) for _ in range(36)]
        case "signs":
            return [round(dice.gauss(size / 9, size), 1) for _ in range(36)]
        case "closing":
            return [round(dice.gauss(size, size / 9)) * (n < at) for n in range(36)]
        case "opening":
            return [round(dice.gauss(size, size / 9)) * (n >= at) for n in range(36)]
        case _:
            return [round(size * (1 + n / 20) + dice.gauss(0, size / 9)) for n in range(36)]


def test_sound_series_are_not_told():
    cases = {}
    for kind in ("small", "noughts", "signs", "closing", "opening", "growing"):
        for number in range(50):
            values = made_up(kind, number)
            years = ((2023 + n, values[12 * n : 12 * n + 12]) for n in range(3))
            cases[f"{kind} {number}"] = months(*years)
    assert told(cases) == []
