"""What a proposed import would bring, beside what the workspace has."""

from datetime import date
from pathlib import Path

import pytest

from ojmf.declarations.catalogue import AreaFile, Catalogue
from ojmf.findings import Finding
from ojmf.validate import context, new_import, suites
from ojmf.validate.outcomes import rows
from tests.unit.validate.observed import COUNTRY, QUESTION, SHARE, SOUND, frame, workspace

EXPECTATIONS = Path(__file__).resolve().parents[3] / "expectations"
SUITES = [s for s in suites.load(EXPECTATIONS) if s.subject in new_import.IMPORTS]
NAMES = ("rutin", *(f"q{n}" for n in range(12)))
PLAN = [row | {"indicator_id": "oj-prov.plan", "row_label": "Har plan"} for row in SOUND]


def later(row: dict, **change: object) -> dict:
    year = {"period_start": date(2025, 1, 1), "period_end": date(2025, 12, 31)}
    return row | year | {"source_id": "prov-2025", "document": "Prov 2025"} | change


def told(new: list[dict], known: list[dict], **asked: object) -> list[Finding]:
    space = workspace("rutin", "plan", *NAMES[1:])
    if asked:
        area = space.catalogue.areas["oj-prov"].model_dump()
        for indicator in area["indicator"]:
            indicator.update(asked if indicator["id"] == "oj-prov.plan" else {})
        space.catalogue = Catalogue([AreaFile.model_validate(area)])
    framed = context.with_context(space, frame(*new))
    subjects = new_import.subjects(space, framed, frame(*known))
    batches = [(s, subjects[s.subject]) for s in SUITES if not subjects[s.subject].is_empty()]
    return list(rows(suites.run(batches)))


def found(new: list[dict], known: list[dict], **asked: object) -> list[tuple]:
    return [(one.check, one.severity, one.row) for one in told(new, known, **asked)]


def checks(new: list[dict], known: list[dict]) -> set[str]:
    return {one.check for one in told(new, known)}


NEW = [later(row) for row in SOUND]


def test_the_same_questions_and_figures_are_no_findings():
    assert found(NEW, SOUND) == []


def test_a_source_beside_itself_is_no_finding_but_has_nothing_earlier():
    assert found(SOUND, SOUND) == [("nothing-earlier", "info", None)]


# --- new, gone, reworded --------------------------------------------------------------------------


def test_a_question_that_has_come_is_told_for_each_place():
    new = [*NEW, *map(later, PLAN)]
    assert found(new, SOUND) == [("indicator-new", "info", row) for row in (3, 4, 5)]


def test_a_question_that_has_gone_is_told_once():
    (gone,) = told(NEW, [*SOUND, *PLAN])
    assert (gone.check, gone.severity, gone.source_id) == (
        "indicator-gone",
        "critical",
        "prov-2025",
    )
    assert "”Har plan” (oj-prov.plan) finns i Prov 2024 rad 5 men saknas" in gone.message


@pytest.mark.parametrize(("year", "missed"), [(2024, False), (2025, True), (None, True)])
def test_a_question_that_the_catalogue_has_retired_is_not_missing(year, missed):
    assert bool(found(NEW, [*SOUND, *PLAN], asked_to=year)) is missed


def test_a_place_that_has_gone_is_told_once():
    new = [row for row in [*NEW, *map(later, PLAN)] if row["geo"] != "00"]
    (gone,) = told(new, [*SOUND, *PLAN])
    assert (gone.check, gone.severity) == ("place-gone", "critical")
    assert gone.message.startswith("Riket saknas i området Prov; Prov 2024 har 2 frågor")


def test_an_area_that_has_gone_is_told_once():
    other = [row | {"area_id": "oj-annan"} for row in PLAN]
    (gone,) = told(NEW, [*SOUND, *other])
    assert (gone.check, gone.severity) == ("area-gone", "critical")
    assert "oj-annan" in gone.message


def test_a_survey_that_has_lost_most_of_its_areas_is_told():
    known = [row | {"area_id": f"oj-{n}"} for row in SOUND for n in range(9)]
    gone = [one.check for one in told([later(row) for row in known[::9]], known)]
    assert gone == ["area-gone"] * 8
    figures = [row | {"answer": None, "unit": "persons", "value": 1.0} for row in known]
    assert "area-gone" not in checks([later(row) for row in figures[::9]], figures)


def test_what_an_edition_lacks_is_told_with_its_periods():
    """The same source again, and not the next document after it."""
    year = {"period_start": date(2023, 1, 1), "period_end": date(2023, 12, 31)}
    other = [row | {"area_id": "oj-annan"} for row in PLAN]
    lost = told(SOUND, [*SOUND, *(row | year for row in SOUND), *other])
    gone = {(one.check, one.severity) for one in lost if one.check.endswith("-gone")}
    assert gone == {("area-gone", "critical"), ("period-gone", "warning")}


def test_a_column_that_has_gone_is_told_for_its_series():
    budget = QUESTION | {"scenario": "budget"}
    assert found(NEW, [*SOUND, budget]) == [("period-gone", "warning", None)]


def test_nothing_is_gone_from_a_document_of_another_kind():
    other = [row | {"geo": "9902", "source_id": "annan-2024"} for row in [*SOUND, *PLAN]]
    assert "place-gone" not in checks([NEW[0]], other)


def test_one_municipalitys_answers_are_not_the_next_survey_of_all():
    survey = [
        QUESTION | {"indicator_id": f"oj-prov.{name}", "geo": geo}
        for name in ("rutin", "plan")
        for geo in (f"99{n:02}" for n in range(1, 9))
    ]
    own = [later(row) for row in survey if row["geo"] == "9901"]
    assert found(own, survey) == []
    few = [
        later(row)
        for row in survey
        if str(row["geo"]) < "9904" and row["indicator_id"] != "oj-prov.plan"
    ]
    assert "place-gone" in checks(few, survey)


@pytest.mark.parametrize(("before", "told_of"), [("year", True), ("point", False)])
def test_a_day_where_the_series_has_had_periods_is_told(before, told_of):
    known = [SHARE | {"period_kind": before}]
    new = [later(SHARE, period_end=date(2025, 1, 1), period_kind="point")]
    assert ("day-for-period" in checks(new, known)) is told_of


def test_a_question_in_other_words_is_told_once():
    new = [later(row, row_label="Har en rutin mot våld") for row in SOUND]
    assert found(new, SOUND) == [("question-reworded", "warning", 0)]
    same = [later(row, row_label="HAR  RUTIN*") for row in SOUND]
    assert found(same, SOUND) == []


def county(*values: float) -> list[dict]:
    return [
        SHARE | {"indicator_id": f"oj-prov.{n}", "value": float(value), "raw": str(value)}
        for n, value in enumerate(values)
    ]


# --- there already --------------------------------------------------------------------------------


def again(row: dict, **change: object) -> dict:
    return row | {"source_id": "prov-igen", "document": "Prov igen"} | change


def test_the_same_data_again_is_told():
    new = [again(row) for row in SOUND]
    (doubled,) = [one for one in told(new, SOUND) if one.check == "already-there"]
    assert doubled.severity == "critical"
    assert (
        "3 av 3 uppgifter till och med 2024-12-31 finns redan i prov-2024, 0 av" in doubled.message
    )
    new[0] |= {"raw": "NEJ", "answer": "NEJ"}
    assert any("1 av dem med ett annat värde" in one.message for one in told(new, SOUND))


def test_the_figures_of_the_year_before_under_another_year_are_told():
    many = county(*(n + 1 for n in range(20)))
    moved = [later(row) for row in county(*(n + 2 for n in range(20)))]
    (same,) = [one for one in told([*map(later, many)], many) if one.check == "figures-unmoved"]
    assert same.severity == "critical"
    assert same.message.startswith("20 av 20 tal är desamma som i Prov 2024, till och med 2024-12")
    assert "figures-unmoved" not in checks([*moved[:3], *map(later, many[3:])], many)
    assert "figures-unmoved" not in checks([later(row) for row in many[:19]], many[:19])
    for shared in ({"value": 0.0}, {"value": 100.0}):
        alike = [row | shared for row in many]
        assert "figures-unmoved" not in checks([later(row) for row in alike], alike)


def test_figures_of_years_before_that_a_report_repeats_are_not_doubled():
    repeated = [again(row, source_id="prov-2025") for row in SOUND]
    assert found([*repeated, *NEW], SOUND) == []


def test_a_figure_that_the_same_source_revises_is_told():
    revised = [SHARE | {"raw": "45", "value": 45.0}, *SOUND[:1], COUNTRY]
    assert ("figure-revised", "warning", 0) in found(revised, SOUND)


# --- implausible ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "others", "told_of"),
    [(27, 2, True), (16, 2, True), (14, 2, False), (27, 6, False), (41, 2, False)],
)
def test_a_share_that_has_moved_far_more_than_those_beside_it_is_told(step, others, told_of):
    before = county(*range(20, 31))
    after = county(20 + step, *(n + others for n in range(21, 31)))
    found = [one for one in told([*map(later, after)], before) if one.check == "unusual-jump"]
    assert [one.row for one in found] == [0] * told_of
    assert "unusual-jump" not in checks([*map(later, after[:9])], before)


def answers(*given: str, geo: str = "9901") -> list[dict]:
    return [
        QUESTION
        | {"indicator_id": f"oj-prov.q{n}", "row_label": f"Har q{n}", "geo": geo}
        | {"raw": answer, "answer": answer}
        for n, answer in enumerate(given)
    ]


def graver(before: str, after: str) -> set[str]:
    words = {"J": "JA", "N": "NEJ", "D": "DELVIS"}
    old = answers(*(words[letter] for letter in before))
    new = [later(row) for row in answers(*(words[letter] for letter in after))]
    return {one.check for one in told(new, old) if one.severity in {"critical", "warning"}}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("JJJJJJNNNNNN", "JJJJJJNNNNNJ", set()),
        ("JJJJJJNNNNNN", "JJJJNNJJNNNN", {"answers-changed"}),
        ("JJJJJJNNNNNN", "NNNNJJJJNNNN", set() | {"answers-changed"}),
        ("JJJJJJNNNNNN", "NNNNJJJJJNNN", {"answers-changed-most"}),
        (
            "JJJJNNNNNNNN",
            "JJJJJJJJJJJJ",
            {"answers-changed-most", "answers-one-way", "answers-alike"},
        ),
        ("JJJJJJJJJDDN", "JJJJJJJJJJJJ", {"answers-alike"}),
        ("JJJJJJJJJJJN", "JJJJJJJJJJJJ", set()),
        ("JJJNN", "NNNJJ", set()),
    ],
)
def test_an_unusual_number_of_changed_answers_is_told(before, after, expected):
    assert graver(before, after) == expected


@pytest.mark.parametrize(
    ("before", "after", "told_of"),
    [
        ("JJJJJJNNNNNN", "JJJJJJNNNNJJ", []),
        ("JJJJJJNNNNNN", "JJJJJJNNNJJJ", ["critical"]),
        ("NNNNNNNNNNNN", "JJJJJJJJJJJJ", ["critical"]),
        ("JJJJJJNNN", "JJJNNNNNN", []),
    ],
)
def test_an_unusual_number_of_answers_that_an_edition_changes_is_told(before, after, told_of):
    words = {"J": "JA", "N": "NEJ"}
    old, new = (answers(*(words[letter] for letter in text)) for text in (before, after))
    found = [one for one in told(new, old) if one.check == "answers-revised"]
    assert sorted({one.severity for one in found}) == told_of
    of_2024 = [row | {"source_id": "prov-annan"} for row in old]
    assert "answers-revised" not in checks(new, of_2024)


def shares(*pairs: tuple[float, float]) -> list[dict]:
    return [
        row | {"indicator_id": f"oj-prov.q{n}", "row_label": f"Har q{n}", "value": value}
        for n, pair in enumerate(pairs)
        for row, value in zip((SHARE, COUNTRY), pair, strict=True)
    ]


BEFORE = [(60.0, 40.0), (70.0, 50.0), (30.0, 20.0), (80.0, 65.0), (55.0, 35.0)]


@pytest.mark.parametrize(
    ("after", "swapped"),
    [
        (BEFORE, False),
        ([(a + 5, b + 3) for a, b in BEFORE], False),
        ([(b, a) for a, b in BEFORE], True),
        ([(b + 4, a - 3) for a, b in BEFORE], True),
        ([(b, a) for a, b in BEFORE[:4]], False),
        ([(50.0, 48.0)] * 5, False),
    ],
)
def test_shares_that_fit_the_other_column_better_are_told(after, swapped):
    known = shares(*BEFORE[: len(after)])
    assert ("shares-swapped" in checks([later(row) for row in shares(*after)], known)) is swapped


DOWN = [(29, 21), (37, 26), (43, 25), (57, 52), (29, 39), (43, 50), (50, 55), (82, 55), (68, 48)]
DOWN += [(79, 48), (62, 56)]
DRIFT = [(county + 2, country - 1) for county, country in DOWN]


@pytest.mark.parametrize(
    ("after", "shifted"),
    [
        (DRIFT, 0),
        (DRIFT[1:] + DRIFT[:1], 2),
        (DRIFT[-1:] + DRIFT[:-1], 2),
        ([(a, d) for (a, _), (_, d) in zip(DRIFT, DRIFT[1:] + DRIFT[:1], strict=True)], 1),
        (DRIFT[1:2] + DRIFT[:1] + DRIFT[2:], 0),  # two rows
        ([(100 - a, 100 - b) for a, b in DRIFT], 0),  # all others, in no row's order
        (DOWN, 0),
    ],
)
def test_shares_that_have_moved_a_row_are_told(after, shifted):
    found = told([later(row) for row in shares(*after)], shares(*DOWN))
    assert [one.check for one in found].count("rows-shifted") == shifted


def of_places(values: list[float]) -> list[dict]:
    known = SHARE | {"unit": "persons", "scenario": "outcome"}
    return [
        known | {"geo": f"99{n:02}", "line": n, "value": value}
        for n, value in enumerate(values, start=1)
    ]


@pytest.mark.parametrize("by", [0, 1])
def test_a_column_of_places_that_has_moved_a_row_is_told(by):
    values = [12.0, 340.0, 55.0, 7.0, 81.0, 230.0, 19.0, 64.0, 150.0, 33.0, 98.0]
    moved = values[by:] + values[:by]
    after = [later(row) for row in of_places([value + 1 for value in moved])]
    assert ("rows-shifted" in checks(after, of_places(values))) is bool(by)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([40.0 + 4 * n for n in range(12)], [44.0 + 4 * n for n in range(12)]),  # ranked, all rise
        ([40 + 4.1 * n for n in range(12)], [44.1 + 4.2 * n for n in range(12)]),
        ([0.0, 0, 1, 0, 0, 0, 0, 0, 0, 2, 0, 0], [0.0, 1, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0]),
        ([0.0] * 12, [1.0] * 12),
        ([12.0, 340, 55, 7, 81, 230], [340.0, 55, 7, 81, 230, 12]),  # few
    ],
)
def test_a_column_that_only_looks_as_if_it_had_moved_is_not_told(before, after):
    new = [later(row) for row in of_places(after)]
    assert "rows-shifted" not in checks(new, of_places(before))


def amounts(*values: float, unit: str = "MSEK") -> list[dict]:
    return [
        SHARE
        | {"unit": unit, "scenario": "outcome", "geo": "9901", "value": value}
        | {"indicator_id": f"oj-prov.q{n}", "row_label": f"Post {n}"}
        for n, value in enumerate(values)
    ]


@pytest.mark.parametrize(
    ("after", "check"),
    [
        ((-14.0, -3.2, -8.8), None),
        ((14.0, 3.2, 8.8), "signs-turned"),
        ((-14000.0, -3200.0, -8800.0), "scale-changed"),
        ((-0.014, -0.0032, -0.0088), "scale-changed"),
    ],
)
def test_signs_and_sizes_that_change_throughout_a_table_are_told(after, check):
    new = [later(row) for row in amounts(*after)]
    grave = {
        one.check for one in told(new, amounts(-15.0, -3.0, -9.0)) if one.severity == "critical"
    }
    assert grave == ({check} if check else set())


def test_a_changed_unit_is_critical():
    new = [NEW[0], later(SHARE, unit="persons"), NEW[2]]
    assert ("unit-changed", "critical", 1) in found(new, SOUND)


@pytest.mark.parametrize(
    ("value", "leaps"), [(41.0, False), (80.0, False), (80.5, True), (0.0, False), (100.0, True)]
)
def test_a_share_that_leaps_is_told(value, leaps):
    new = [NEW[0], later(SHARE, value=value), NEW[2]]
    assert (("implausible-jump", "warning", 1) in found(new, SOUND)) is leaps


@pytest.mark.parametrize(
    ("before", "after", "leaps"),
    [(10.0, 31.0, True), (10.0, 29.0, False), (1.0, 9.0, False), (100.0, 33.0, True)],
)
def test_a_figure_that_grows_or_shrinks_many_times_is_told(before, after, leaps):
    count = SHARE | {"unit": "persons", "scenario": "outcome", "geo": "9901", "value": before}
    assert bool(found([later(count, value=after)], [count])) is leaps


def test_a_figure_is_set_beside_the_latest_period_before_its_own():
    count = SHARE | {"unit": "persons", "scenario": "outcome", "geo": "9901", "value": 100.0}
    old = count | {"period_start": date(2023, 1, 1), "period_end": date(2023, 12, 31), "value": 1.0}
    assert found([later(count, value=101.0)], [old, count]) == []
    assert found([later(count, value=1.0)], [old, count]) == [("implausible-jump", "warning", 0)]


def test_a_sign_that_turns_is_told():
    cost = SHARE | {"unit": "MSEK", "scenario": "outcome", "geo": "9901", "value": -14.8}
    assert found([later(cost, value=14.8)], [cost]) == [("implausible-jump", "warning", 0)]


def test_a_share_without_a_municipality_is_told():
    of_measure = [row | {"indicator_id": "matt.andel"} for row in (SHARE, COUNTRY)]
    told_of = found([later(row) for row in of_measure], of_measure)
    assert told_of == [("reference-alone", "warning", 0), ("reference-alone", "warning", 1)]


def test_what_the_rules_of_questions_tell_is_not_told_again():
    """An answer, or all shares of the county, that the year before had (``oj-answers``)."""
    for lacking in SOUND:
        new = [later(row) for row in SOUND if row != lacking] + [later(row) for row in PLAN]
        assert found(new, [*SOUND, *PLAN]) == []
    other = QUESTION | {"geo": "9902"}
    known = [*SOUND, other, *PLAN, *(row | {"geo": "9902"} for row in PLAN[:1])]
    new = [later(row) for row in known if row is not other]
    assert found(new, known) == [("period-gone", "warning", None)]
    assert not found([later(SHARE, value=140.0)], [SHARE])


def test_only_periods_before_are_compared():
    assert found(NEW, [*SOUND, later(SHARE, source_id="senare", value=99.0, geo="9902")]) == []


def test_an_import_without_periods_is_judged_without_an_error():
    bare = {"period_start": None, "period_end": None}
    assert isinstance(
        found([row | bare | {"source_id": "prov-2025"} for row in SOUND], SOUND), list
    )
