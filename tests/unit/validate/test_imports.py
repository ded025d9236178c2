"""What a proposed import would bring, beside the year before."""

from datetime import date

import pytest

from ojmf.validate import new_import as imports
from ojmf.validate.parts import Part
from tests.unit.validate.observed import COUNTRY, SHARE, SOUND, frame, workspace

PLAN = [row | {"indicator_id": "oj-prov.plan", "row_label": "Har plan"} for row in SOUND]


def later(row: dict, **change: object) -> dict:
    year = {"period_start": date(2025, 1, 1), "period_end": date(2025, 12, 31)}
    return row | year | {"source_id": "prov-2025", "document": "Prov 2025"} | change


def found(new: list[dict], known: list[dict]) -> list[tuple]:
    space = workspace("rutin", "plan")
    space.__dict__["_observations"] = frame(*known)
    part = Part("ny.csv", "ny.csv", frame(*new))
    (told,) = imports.compared(space, [part])
    return told.findings.select("check", "severity", "row").rows()


NEW = [later(row) for row in SOUND]


def test_the_same_questions_and_figures_are_no_findings():
    assert found(NEW, SOUND) == []


def test_a_question_that_has_come_is_told_for_each_place():
    new = [*NEW, *map(later, PLAN)]
    assert found(new, SOUND) == [("indicator-new", "info", row) for row in (3, 4, 5)]


def test_a_question_that_has_gone_is_told_for_each_place():
    assert found(NEW, [*SOUND, *PLAN]) == [("indicator-gone", "warning", None)] * 3


def test_an_area_without_a_year_before_is_told():
    assert found(SOUND, SOUND) == [("nothing-earlier", "info", None)]


def test_a_changed_unit_is_critical():
    new = [NEW[0], later(SHARE, unit="persons"), NEW[2]]
    assert ("unit-changed", "critical", 1) in found(new, SOUND)


@pytest.mark.parametrize(
    ("value", "told"), [(41.0, False), (80.0, False), (80.5, True), (0.0, False), (100.0, True)]
)
def test_a_share_that_leaps_is_told(value, told):
    new = [NEW[0], later(SHARE, value=value), NEW[2]]
    assert (("implausible-jump", "warning", 1) in found(new, SOUND)) is told


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [(10.0, 31.0, True), (10.0, 29.0, False), (1.0, 9.0, False), (100.0, 33.0, True)],
)
def test_a_figure_that_grows_or_shrinks_many_times_is_told(before, after, told):
    count = SHARE | {"unit": "persons", "scenario": "outcome", "geo": "9901", "value": before}
    assert bool(found([later(count, value=after)], [count])) is told


def test_a_sign_that_turns_is_told():
    cost = SHARE | {"unit": "MSEK", "scenario": "outcome", "geo": "9901", "value": -14.8}
    checks = found([later(cost, value=14.8)], [cost])
    assert checks == [("implausible-jump", "warning", 0)]


def test_a_share_without_a_municipality_is_told():
    new = [later(SHARE), later(COUNTRY)]
    checks = found(new, [SHARE, COUNTRY])
    assert checks == [("reference-alone", "warning", 0), ("reference-alone", "warning", 1)]


def test_only_periods_before_are_compared():
    assert found(NEW, [*SOUND, later(SHARE, value=99.0)]) == []
