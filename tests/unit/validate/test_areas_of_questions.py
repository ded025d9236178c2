"""Which questions of an area a report is expected to answer."""

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from ojmf.declarations import Source, with_defaults
from ojmf.errors import InputError
from ojmf.validate import context, suites
from ojmf.validate.areas_of_questions import coverage
from ojmf.validate.outcomes import rows
from ojmf.workspace import Workspace
from tests.unit.validate.observed import QUESTION, frame, workspace

SUITE = suites.load(Path(__file__).resolve().parents[3] / "expectations")
SUITE = [suite for suite in SUITE if suite.name == "coverage"]
FIVE = ("ett", "tva", "tre", "fyra", "fem")
DECLARED = """
id = "prov-{year}"
title = "Prov"
document = "Prov {year}"
publisher = "Provby"
geo = "{geo}"
date = {year}-12-31
reporting_period = "{year}"
sha256 = "{zeros}"
[[table]]
id = "svar"
layout = "grid"
kind = "oj-answers"
title = "Svar"
area = "oj-prov"
header = ["Fråga", "Kommunen"]
columns = [
  {{ label = "Fråga", content = "label" }},
  {{ label = "Kommunen", content = "answer", unit = "answer" }},
]
"""


class Recorded(Workspace):
    """A workspace whose sources have given what ``frames`` has; None cannot be read."""

    earlier: pl.DataFrame | None = None

    def scan_recorded(self) -> pl.LazyFrame:
        if self.earlier is None:
            raise InputError("går inte att läsa")
        return self.earlier.lazy()


def source(year: int, geo: str = "9901") -> Source:
    text = DECLARED.format(year=year, geo=geo, zeros="0" * 64)
    return Source.model_validate(with_defaults(tomllib.loads(text)))


def answers(year: int, *names: str) -> pl.DataFrame:
    period = {"period_start": date(year, 1, 1), "period_end": date(year, 12, 31)}
    own = {"source_id": f"prov-{year}", "document": f"Prov {year}", **period}
    return frame(*(QUESTION | own | {"indicator_id": f"oj-prov.{name}"} for name in names))


def found(
    names: tuple[str, ...], earlier: pl.DataFrame | None, *sources: Source
) -> dict[str, list[str]]:
    """What is said of a report of 2024 that has these questions, by how severe it is."""
    known = replace(workspace(*FIVE), sources={s.id: s for s in (source(2024), *sources)})
    holding = Recorded(*(getattr(known, name) for name in known.__dataclass_fields__))
    holding.earlier = earlier
    observed = context.with_context(holding, answers(2024, *names))
    told: dict[str, list[str]] = {}
    for row in rows(suites.run([(suite, coverage(holding, observed)) for suite in SUITE])):
        said = row.row_label if row.severity == "critical" else row.message
        told.setdefault(row.severity, []).append(said or "")
    return told


def missing(*names: str) -> dict[str, list[str]]:
    return {"critical": [f"Har {name}" for name in names]} if names else {}


SOME = {"info": ["källan har 2 av 5 frågor i området ”Prov”"]}
LAST = answers(2023, *FIVE)


@pytest.mark.parametrize(
    ("names", "earlier", "sources", "expected"),
    [
        (FIVE, None, (), {}),
        (FIVE[:3], None, (), missing("fyra", "fem")),
        (FIVE[:2], LAST.clear(), (), SOME),
        (FIVE[:2], LAST, (source(2023),), missing("tre", "fyra", "fem") | SOME),
        (FIVE[:2], answers(2023, *FIVE[:3]), (source(2023),), missing("tre") | SOME),
        (FIVE[:2], answers(2023, *FIVE[:2]), (source(2023),), SOME),
        (FIVE[:2], LAST, (source(2023, "9902"),), SOME),
        (FIVE[:2], LAST, (source(2025),), SOME),
        (FIVE[:2], None, (source(2023),), missing("tre", "fyra", "fem") | SOME),
    ],
    ids=[
        "all",
        "most",
        "some, of a first report",
        "some of what was there last year",
        "one of last year's few is gone",
        "as few as last year",
        "another municipality's report",
        "a later report",
        "last year's cannot be read",
    ],
)
def test_a_question_is_missed_where_the_report_should_have_it(names, earlier, sources, expected):
    assert found(names, earlier, *sources) == expected


def test_an_area_whose_table_gave_nothing_is_missed_as_a_whole():
    known = replace(workspace(*FIVE), sources={"prov-2024": source(2024)})
    other = frame(QUESTION | {"indicator_id": None, "area_id": None})
    told = coverage(known, context.with_context(known, other))
    assert told["printed_rows"].to_list() == [0] * len(FIVE)
    assert told["some_of"].null_count() == len(FIVE)
