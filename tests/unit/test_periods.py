"""Reference periods: ISO 8601 in, dates and a kind out."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojmf.model import PeriodKind
from ojmf.periods import (
    as_asked,
    cell_period,
    check_reported,
    in_words,
    month_period,
    parse_period,
)


@pytest.mark.parametrize(
    ("text", "start", "end", "kind"),
    [
        ("2025", "2025-01-01", "2025-12-31", "year"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2025-08-31", "2025-08-31", "2025-08-31", "point"),
        ("2025-01/2025-08", "2025-01-01", "2025-08-31", "year_to_date"),
        ("2025-01/2025-12", "2025-01-01", "2025-12-31", "year"),
        ("2024-09/2025-08", "2024-09-01", "2025-08-31", "rolling_12_months"),
        ("2024-05/2024-08", "2024-05-01", "2024-08-31", "tertial"),
        ("2024-04/2024-06", "2024-04-01", "2024-06-30", "quarter"),
        ("2024-01/2024-04", "2024-01-01", "2024-04-30", "year_to_date"),
        ("2024-Q1", "2024-01-01", "2024-03-31", "quarter"),
        ("2024-T2", "2024-05-01", "2024-08-31", "tertial"),
        ("2024-H2", "2024-07-01", "2024-12-31", "half_year"),
        ("1999/00", "1999-07-01", "2000-06-30", "school_year"),
        ("2021/2024", "2021-01-01", "2024-12-31", "several_years"),
    ],
)
def test_form_tells_the_kind(text, start, end, kind):
    period = parse_period(text)
    assert (str(period.start), str(period.end), period.kind) == (start, end, kind)


def test_an_odd_interval_needs_its_kind():
    with pytest.raises(ValueError, match="ange period_kind"):
        parse_period("2024-04/2024-12")
    assert parse_period("2024-04/2024-12", PeriodKind.YEAR).kind == PeriodKind.YEAR


@pytest.mark.parametrize(
    "text",
    [
        "",
        "augusti",
        "2025-13",
        "2025-08/2025-01",
        "25",
        "2025/x",
        "2024-W05",
        "20240831",
        "2024-Q5",
        "2024-T4",
        "2024-H3",
        "2024/26",
        "٢٠٢٤",
    ],
)
def test_what_is_no_period_is_refused(text):
    with pytest.raises(ValueError, match="period"):
        parse_period(text)


def test_a_month_ends_on_its_last_day():
    assert str(month_period(2023, 2).end) == "2023-02-28"


def test_an_interval_is_of_a_kind_only_where_it_fits():
    assert parse_period("2024-04/2024-06", PeriodKind.QUARTER).kind == "quarter"
    for text in ("2024-02/2024-04", "2024-01/2024-04", "2024"):
        with pytest.raises(ValueError, match="är inte quarter"):
            parse_period(text, PeriodKind.QUARTER)


@given(st.text(alphabet="0123456789-/QTHW.", max_size=12))
def test_a_text_is_one_period_or_refused(text):
    period = None
    with suppress(ValueError):
        period = parse_period(text)
    if period is not None:
        assert period.start <= period.end
        assert text[:4] == f"{period.start.year:04d}"


@given(st.integers(1, 9998), st.sampled_from([("Q", 4), ("T", 3), ("H", 2)]))
def test_the_parts_of_a_year_make_the_whole_of_it(year, parts):
    letter, count = parts
    found = [parse_period(f"{year:04d}-{letter}{number}") for number in range(1, count + 1)]
    days = sum((period.end - period.start).days + 1 for period in found)
    whole = parse_period(f"{year:04d}")
    assert (found[0].start, found[-1].end) == (whole.start, whole.end)
    assert days == (whole.end - whole.start).days + 1


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("augusti 2024", "2024-08"),
        ("aug 2024", "2024-08"),
        ("Aug. 2024", "2024-08"),
        ("aug-24", "2024-08"),
        ("2024 augusti", "2024-08"),
        ("augusti", None),
        ("24 augusti", None),
        ("aug 24 st", None),
    ],
)
def test_a_cell_names_a_month_with_its_year(text, iso):
    assert cell_period(text) == (iso and (iso, None))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2024-01-01 – 2024-12-31", ("2024", None)),
        ("2024-01--2024-08", ("2024-01/2024-08", None)),
        ("2024-01/2024-06", ("2024-01/2024-06", None)),
        ("2024-04/2024-06", ("2024-04/2024-06", PeriodKind.QUARTER)),
        ("jan–jun 2024", ("2024-01/2024-06", None)),
        ("juli till december 2024", ("2024-07/2024-12", PeriodKind.HALF_YEAR)),
        ("sep 2023 – aug 2024", ("2023-09/2024-08", None)),
        ("2024 H1", ("2024-01/2024-06", PeriodKind.HALF_YEAR)),
        ("helår 2024", ("2024", None)),
        ("2024-01-15 – 2024-03-31", None),
        ("2024-02/2024-06", None),
        ("2024-06/2024-01", None),
        ("jan–jun", None),
    ],
)
def test_a_cell_names_the_months_from_one_to_another(text, found):
    assert cell_period(text) == found


def test_whole_years_on_end_are_one_period_which_no_document_reports_on():
    period = parse_period("2021/2024")
    assert (as_asked(period), in_words(period)) == ("2021/2024", "2021–2024")
    assert cell_period("2021-2024") == ("2021/2024", PeriodKind.SEVERAL_YEARS)
    assert cell_period("2022–2024 (treårsmedel)") == ("2022/2024", PeriodKind.SEVERAL_YEARS)
    assert cell_period("2022-2023") == ("2022-07/2023-06", None)
    with pytest.raises(ValueError, match="flera hela år"):
        parse_period("2021-03/2024", PeriodKind.SEVERAL_YEARS)
    with pytest.raises(ValueError, match="flera år; skriv det sista, 2024"):
        check_reported("2021/2024")
