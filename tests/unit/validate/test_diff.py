"""What an import changes, observation by observation."""

from datetime import date
from typing import Any

from ojmf.schema import OBSERVATIONS
from ojmf.validate.diff import DIFF, between_periods, compare, of_other_periods
from tests.unit.validate.observed import COUNTRY, QUESTION, SHARE, SOUND, frame


def changes(old: list[dict], new: list[dict], **options: bool) -> list[tuple]:
    found = compare(frame(*old), frame(*new), **options)
    assert found.schema == DIFF
    return found.select("change", "column_label", "field", "old", "new").rows()


def test_nothing_differs_from_itself():
    assert changes(SOUND, SOUND) == []
    assert changes([], []) == []


def test_what_comes_and_goes_is_told():
    assert changes([QUESTION, SHARE], [QUESTION, COUNTRY]) == [
        ("removed", "Länet", "raw", "40", None),
        ("added", "Riket", "raw", None, "40"),
    ]


def test_each_changed_field_is_a_row():
    new = QUESTION | {"raw": "NEJ", "answer": "NEJ", "obs_status": "U", "line": 6}
    assert changes([QUESTION], [new]) == [
        ("changed", "Kommunen", "raw", "JA", "NEJ"),
        ("changed", "Kommunen", "answer", "JA", "NEJ"),
        ("changed", "Kommunen", "obs_status", "A", "U"),
        ("changed", "Kommunen", "line", "5", "6"),
    ]


def test_a_value_that_goes_missing_is_a_change():
    gone = SHARE | {"value": None, "raw": "", "obs_status": "O"}
    assert ("changed", "Länet", "value", "40.0", None) in changes([SHARE], [gone])


def test_moved_lines_can_be_left_out():
    assert changes([QUESTION], [QUESTION | {"line": 9}], lines=False) == []


def test_another_spelling_of_a_label_is_no_other_observation():
    assert changes([QUESTION], [QUESTION | {"row_label": "Har  rutin"}]) == []


def test_an_edition_under_another_id_is_compared_with_the_first():
    new = [row | {"source_id": "prov-2024-rev"} for row in SOUND]
    assert changes(SOUND, new) == []


def test_sources_in_one_file_are_told_apart():
    other = [row | {"source_id": "annan"} for row in SOUND]
    assert changes([*SOUND, *other], SOUND) == [
        ("removed", row["column_label"], "raw", row["raw"], None) for row in other
    ]


def test_rows_with_one_key_are_paired_in_order():
    assert changes([SHARE, SHARE], [SHARE]) == [("removed", "Länet", "raw", "40", None)]


def test_the_order_is_that_of_the_sides():
    old = frame(*[SHARE | {"line": n, "indicator_id": f"oj-prov.{n}"} for n in range(50)])
    found = compare(old, OBSERVATIONS.to_frame())
    assert found["old_line"].to_list() == list(range(50))


def year(said: int, *rows: dict, **other: Any) -> list[dict]:
    """The rows as the document of another year has them."""
    dates = {"period_start": date(said, 1, 1), "period_end": date(said, 12, 31)}
    return [row | {"source_id": f"prov-{said}"} | dates | other for row in rows]


def of_years(old: list[dict], new: list[dict]) -> list[tuple]:
    assert of_other_periods(frame(*old), frame(*new))
    found = between_periods(frame(*old), frame(*new))
    assert found.schema == DIFF
    return found.select("change", "column_label", "field", "old", "new").rows()


def test_two_years_are_compared_question_by_question():
    old = year(2024, *SOUND, table="Svar 2024", line=9)
    assert of_years(old, year(2025, *SOUND)) == []
    new = [
        *year(2025, QUESTION, raw="NEJ", answer="NEJ", row_label="Har aktuell rutin"),
        *year(2025, SHARE, raw="55", value=55.0),
        *year(2025, QUESTION, indicator_id="oj-prov.ny", raw="JA"),
    ]
    assert of_years(old, new) == [
        ("changed", "Kommunen", "answer", "JA", "NEJ"),
        ("changed", "Kommunen", "row_label", "Har rutin", "Har aktuell rutin"),
        ("changed", "Länet", "value", "40.0", "55.0"),
        ("removed", "Riket", "raw", "40", None),
        ("added", "Kommunen", "raw", None, "JA"),
    ]


def test_a_figure_of_an_earlier_year_that_both_print_is_told_where_it_differs():
    old = [*year(2023, SHARE), *year(2024, SHARE)]
    new = [
        row | {"source_id": "prov-2025"}
        for row in (
            *year(2023, SHARE, raw="41", value=41.0),
            *year(2022, SHARE),
            *year(2025, SHARE),
        )
    ]
    assert of_years(old, new) == [("changed", "Länet", "value", "40.0", "41.0")]
    same = [row for row in new if row["period_end"] != date(2023, 12, 31)]
    assert of_years(old, same) == []


def test_an_edition_or_a_source_on_both_sides_is_of_no_other_period():
    assert not of_other_periods(frame(*SOUND), frame(*year(2025, *SOUND, source_id="prov-2024")))
    assert not of_other_periods(frame(*SOUND), frame(*year(2024, *SOUND, source_id="ny")))
    assert not of_other_periods(frame(*SOUND), frame())
