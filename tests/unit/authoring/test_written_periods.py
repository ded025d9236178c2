"""One way to write a period is read alike wherever it stands: in a header, a cell or a title."""

from __future__ import annotations

import pytest

from ojmf.authoring.said_periods import Report, column_period, reporting_period
from ojmf.authoring.written_years import with_whole_years
from ojmf.geography import Gazetteer
from ojmf.periods import cell_period, in_digits

REPORT = Report("0184", "01", Gazetteer([]), None)
HALF, TERTIAL, QUARTER = "2024-01/2024-06", "2024-05/2024-08", "2024-07/2024-09"
WAYS = {
    HALF: (
        *("H1 2024", "2024 H1", "H1-24", "1:a halvåret 2024", "första halvåret 2024"),
        *("halvår 1 2024", "Halvår 1, 2024", "halvåret 1 2024", "2024 halvår 1", "VT 2024"),
    ),
    TERTIAL: (
        *("T2 2024", "2024T2", "2024-T2", "T2-24", "tertial 2 2024", "Tertial 2, 2024"),
        *("2:a tertialet 2024", "andra tertialet 2024", "2024 tertial 2", "maj–aug 24"),
    ),
    QUARTER: (
        *("Q3-24", "Q3/24", "Q3 2024", "2024Q3", "2024-Q3", "kv 3 2024", "kv. 3 2024", "K3 2024"),
        *("tredje kvartalet 2024", "3:e kvartalet 2024", "3 kvartalet 2024", "kvartal III 2024"),
        *("kvartal 3, 2024", "2024 kvartal 3", "juli–september 2024"),
    ),
    "2024-01/2024-04": ("jan–apr 24", "jan-apr 2024", "januari – april 2024"),
}
WRITTEN = [(text, period) for period, texts in WAYS.items() for text in texts]


@pytest.mark.parametrize(("text", "period"), WRITTEN)
def test_in_a_cell_of_periods(text: str, period: str) -> None:
    found = cell_period(text)
    assert found is not None
    assert found[0] == period


@pytest.mark.parametrize(("text", "period"), WRITTEN)
def test_in_a_header(text: str, period: str) -> None:
    (header,) = with_whole_years([text])
    assert column_period(header, None, REPORT).period == period
    assert column_period(f"Antal {header}", None, REPORT).period == period


@pytest.mark.parametrize(("text", "period"), WRITTEN)
def test_in_a_title_it_is_never_the_whole_year(text: str, period: str) -> None:
    said = reporting_period([f"Uppföljning av besök {text}"])
    # A report on the second tertial may count it from January.
    assert said.period in {None, period, f"2024-01/{period.rpartition('/')[2]}"}
    assert said.likely != "2024"


@pytest.mark.parametrize(
    "text",
    ["2 kvartal", "Antal halvår", "3 tertial 2024", "Grupp T2-24b", "24-12", "A-Q3-24", "Q3-4"],
)
def test_what_is_no_part_of_a_year_stays(text: str) -> None:
    assert in_digits(text) == text


@pytest.mark.parametrize(
    ("text", "day"),
    [("31 dec 2024", "2024-12-31"), ("1 maj 2024", "2024-05-01"), ("2024-12-31", "2024-12-31")],
)
def test_a_day_in_a_cell(text: str, day: str) -> None:
    assert cell_period(text) == (day, None)
