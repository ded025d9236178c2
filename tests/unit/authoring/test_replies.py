"""Replies to questions about a draft, and the labels that are asked about."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from ojmf.authoring import draft_source
from ojmf.authoring.answering import answered
from ojmf.authoring.drafted_units import with_declared_units
from ojmf.authoring.labels import Labels
from ojmf.declarations.catalogue import AreaFile, Catalogue
from ojmf.errors import SelectionError
from tests.unit.authoring.reports import WORKSPACE
from tests.unit.authoring.test_forms import read_with_proposals


def test_a_column_whose_unit_is_asked_can_be_one_of_answers(tmp_path: Path) -> None:
    path = tmp_path / "svar.csv"
    path.write_text("Kommun;Andel nöjda (%);Finns avtal\nKil;71;0\nAle;73;1\n", encoding="utf-8")
    draft = draft_source(WORKSPACE, path, "prov", None, period="2024")
    text = answered(draft.text, draft.questions, {"unit.finns-avtal": "svar"}, accept=1)
    indicators = with_declared_units(draft.indicators, tomllib.loads(text))
    found, still = read_with_proposals(
        path, replace(draft, text=text, questions=(), indicators=indicators)
    )
    assert found is not None
    assert not still
    answers = found.filter(unit="answer").select("geo", "answer").rows()
    assert sorted(answers) == [("1440", "JA"), ("1715", "NEJ")]


def test_rows_whose_unit_is_asked_are_no_answers(tmp_path: Path) -> None:
    path = tmp_path / "rader.txt"
    path.write_text("Läget 2024\n\nPost\t2024\nVatten\t12,5\nLuft\t7,5\n", encoding="utf-8")
    draft = draft_source(WORKSPACE, path, "prov", "1715")
    with pytest.raises(SelectionError, match="svar anges för kolumner"):
        answered(draft.text, draft.questions, {"unit.vatten": "svar"})


def _area(name: str, *questions: str) -> AreaFile:
    entries = (
        f'[[indicator]]\nid = "{name}.{number}"\nname = "{question}"\nunit = "answer"\n'
        'kind = "answer"\npolarity = "higher"\npolarity_reason = "önskvärt"\nmethod = "answer"\n'
        for number, question in enumerate(questions)
    )
    head = f'[area]\nid = "{name}"\nname = "{name}"\n'
    return AreaFile.model_validate(tomllib.loads(head + "".join(entries)))


SHARED = "Aktuell rutin för samverkan med skolan"
ASKED = "Erbjuder öppna insatser för barn som har bevittnat våld"
REWORDED = "Erbjuder stöd och öppna insatser för barn som bevittnat våld"
SALARIES = "Kostnader för personal i hela verksamheten"
LABELS = Labels(Catalogue([_area("ett", SHARED, SALARIES), _area("tva", SHARED, ASKED)]))


def test_a_reworded_question_is_asked_about_where_two_areas_tie() -> None:
    rows = [SHARED, REWORDED]
    assert LABELS.area(rows, "") is None
    assert LABELS.tied_areas(rows) == ["ett", "tva"]
    likely = LABELS.likely(LABELS.tied_areas(rows), REWORDED, rows)
    assert likely is not None
    assert likely[0] == "tva.1"
    assert 85 <= likely[1] < 90


def test_a_row_never_means_what_its_table_has_a_row_of_or_words_of_money_tell_apart() -> None:
    assert LABELS.likely(["tva"], REWORDED, [ASKED, REWORDED]) is None
    assert LABELS.likely(["ett"], f"{SALARIES}na", []) is not None
    assert LABELS.likely(["ett"], SALARIES.replace("Kost", "Nettokost"), []) is None
