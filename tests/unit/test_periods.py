"""Reference periods: ISO 8601 in, dates and a kind out."""

import pytest

from ojmf.model import PeriodKind
from ojmf.periods import month_period, parse_period


@pytest.mark.parametrize(
    ("text", "start", "end", "kind"),
    [
        ("2025", "2025-01-01", "2025-12-31", "year"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2025-08-31", "2025-08-31", "2025-08-31", "point"),
        ("2025-01/2025-08", "2025-01-01", "2025-08-31", "year_to_date"),
        ("2025-01/2025-12", "2025-01-01", "2025-12-31", "year"),
        ("2024-09/2025-08", "2024-09-01", "2025-08-31", "rolling_12_months"),
    ],
)
def test_form_tells_the_kind(text, start, end, kind):
    period = parse_period(text)
    assert (str(period.start), str(period.end), period.kind) == (start, end, kind)


def test_an_odd_interval_needs_its_kind():
    with pytest.raises(ValueError, match="ange period_kind"):
        parse_period("2024-04/2024-12")
    assert parse_period("2024-04/2024-12", PeriodKind.YEAR).kind == PeriodKind.YEAR


@pytest.mark.parametrize("text", ["", "augusti", "2025-13", "2025-08/2025-01", "25", "2025/x"])
def test_what_is_no_period_is_refused(text):
    with pytest.raises(ValueError, match="period"):
        parse_period(text)


def test_a_month_ends_on_its_last_day():
    assert str(month_period(2023, 2).end) == "2023-02-28"
