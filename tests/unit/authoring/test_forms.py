"""Files of many forms: with all proposals taken no figure is wrong, and nearly all are read."""

from __future__ import annotations

import statistics
import tomllib
from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from ojmf.authoring import Draft, draft_source
from ojmf.authoring.answering import answered
from ojmf.declarations.catalogue import AreaFile, Catalogue
from ojmf.declarations.drafts import Question, drafted, without_questions
from ojmf.declarations.source import Source, with_defaults
from ojmf.ingest.readers import read_file
from ojmf.ingest.reading import read
from ojmf.ingest.source import resolve
from ojmf.workspace import Workspace
from tests.unit.authoring.beside_forms import BESIDE_FORMS
from tests.unit.authoring.dated_forms import DATED_FORMS
from tests.unit.authoring.expected_forms import EXPECTED_FORMS
from tests.unit.authoring.exported_forms import EXPORTED_FORMS
from tests.unit.authoring.forms import FORMS, Figure, Form
from tests.unit.authoring.further_forms import FURTHER_FORMS
from tests.unit.authoring.goal_forms import GOAL_FORMS
from tests.unit.authoring.governed_forms import GOVERNED_FORMS
from tests.unit.authoring.grouped_forms import GROUPED_FORMS
from tests.unit.authoring.likely_forms import LIKELY_FORMS
from tests.unit.authoring.mistaken_forms import MISTAKEN_FORMS
from tests.unit.authoring.page_forms import PAGE_FORMS
from tests.unit.authoring.partly_named_forms import PARTLY_NAMED_FORMS
from tests.unit.authoring.reports import WORKSPACE
from tests.unit.authoring.settled_forms import SETTLED_FORMS
from tests.unit.authoring.several_years_forms import SEVERAL_YEARS_FORMS
from tests.unit.authoring.sexed_forms import SEXED_FORMS
from tests.unit.authoring.short_forms import SHORT_FORMS
from tests.unit.authoring.shown_forms import SHOWN_FORMS
from tests.unit.authoring.told_forms import TOLD_FORMS
from tests.unit.authoring.worded_forms import WORDED_FORMS

ALL = (
    *FORMS,
    *FURTHER_FORMS,
    *MISTAKEN_FORMS,
    *SETTLED_FORMS,
    *DATED_FORMS,
    *GOVERNED_FORMS,
    *EXPORTED_FORMS,
    *LIKELY_FORMS,
    *SHOWN_FORMS,
    *PAGE_FORMS,
    *PARTLY_NAMED_FORMS,
    *WORDED_FORMS,
    *SHORT_FORMS,
    *EXPECTED_FORMS,
    *BESIDE_FORMS,
    *GROUPED_FORMS,
    *SEXED_FORMS,
    *SEVERAL_YEARS_FORMS,
    *GOAL_FORMS,
    *TOLD_FORMS,
)


def drafted_form(form: Form, folder: Path) -> tuple[Path, Draft]:
    path = folder / form.name
    form.write(path)
    return path, draft_source(WORKSPACE, path, "prov", form.kommun)


def read_with_proposals(
    path: Path, draft: Draft
) -> tuple[pl.DataFrame | None, tuple[Question, ...]]:
    raw = tomllib.loads(answered(draft.text, draft.questions, {}, accept=1))
    still = drafted(raw, path)
    left = with_defaults(raw) if still is None else without_questions(raw)
    if left is None:
        assert still is not None
        return None, still.questions
    areas = dict(WORKSPACE.catalogue.areas)
    if draft.indicators:
        areas["prov"] = AreaFile.model_validate(tomllib.loads(draft.indicators))
    source = Source.model_validate(left)
    workspace = Workspace(
        WORKSPACE.root, "argument", Catalogue(areas.values()), WORKSPACE.geography, {"prov": source}
    )
    found = resolve(read(workspace, source, read_file(path))).observations
    return found, still.questions if still else ()


def figures(observations: pl.DataFrame) -> list[Figure]:
    def period(row: dict[str, object]) -> str:
        first, last = str(row["period_start"]), str(row["period_end"])
        if first == last:
            return first
        if (first[5:], last[5:]) == ("01-01", "12-31"):
            return first[:4] if first[:4] == last[:4] else f"{first[:4]}/{last[:4]}"
        return first[:7] if first[:7] == last[:7] else f"{first[:7]}/{last[:7]}"

    return [
        Figure(
            row["geo"],
            period(row),
            row["unit"],
            row["answer"] or ("" if row["value"] is None else row["value"]),
            row["scenario"],
            row["sex"],
        )
        for row in observations.to_dicts()
    ]


@pytest.mark.parametrize("form", ALL, ids=lambda form: form.name)
def test_every_figure_has_its_place_period_unit_and_scenario(form: Form, tmp_path: Path) -> None:
    path, draft = drafted_form(form, tmp_path)
    found, still = read_with_proposals(path, draft)
    read_figures = [] if found is None else figures(found)
    assert Counter(read_figures) == Counter(form.figures)
    assert {question.key for question in still} == set(form.open)
    assert len(draft.questions) == form.questions


def test_few_questions_are_asked() -> None:
    assert statistics.median(form.questions for form in ALL) <= 2


@pytest.mark.parametrize("form", ALL, ids=lambda form: form.name)
def test_a_draft_never_contradicts_the_reader(form: Form, tmp_path: Path) -> None:
    _, draft = drafted_form(form, tmp_path)
    raw = tomllib.loads(draft.text)
    assert {q.key for q in draft.questions} == {q["key"] for q in raw.get("question", ())}
    if draft.indicators:
        AreaFile.model_validate(tomllib.loads(draft.indicators))
