"""Relations that drafts find in the tables themselves, and what is said where one does not hold."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from ojmf.authoring import draft_source, writing
from ojmf.authoring.answering import answered
from ojmf.declarations.catalogue import AreaFile, Catalogue
from ojmf.declarations.drafts import drafted as drafted_questions
from ojmf.declarations.drafts import without_questions
from ojmf.declarations.source import Source, with_defaults
from ojmf.ingest.readers import read_file
from ojmf.ingest.reading import read
from ojmf.ingest.source import resolve
from ojmf.validate.consistency import findings
from ojmf.workspace import Workspace
from tests.unit.authoring.reports import WORKSPACE

HEAD = "Kil, årsredovisning 2024\n\nDriftredovisning (tkr)\n"


def broken(content: str, folder: Path) -> list[tuple[str, str | None, str | None]]:
    path = folder / "drift.txt"
    path.write_text(content, encoding="utf-8")
    draft = draft_source(WORKSPACE, path, "prov", "1715")
    raw = tomllib.loads(answered(draft.text, draft.questions, {}, accept=1))
    left = with_defaults(raw) if drafted_questions(raw, path) is None else without_questions(raw)
    assert left is not None
    areas = dict(WORKSPACE.catalogue.areas)
    areas["prov"] = AreaFile.model_validate(tomllib.loads(draft.indicators))
    source = Source.model_validate(left)
    workspace = Workspace(
        WORKSPACE.root, "argument", Catalogue(areas.values()), WORKSPACE.geography, {"prov": source}
    )
    said = findings(resolve(read(workspace, source, read_file(path)))).filter(check="identity")
    assert set(said["severity"]) <= {"warning"}
    return said.select("row_label", "column_label", "expected").rows()


def drafted(content: str, folder: Path) -> list[dict[str, object]]:
    path = folder / "drift.txt"
    path.write_text(content, encoding="utf-8")
    text = draft_source(WORKSPACE, path, "prov", "1715").text
    return list(tomllib.loads(text).get("identity", []))


def test_a_wrong_sum_and_a_wrong_deviation_are_found_in_the_printed_scale(tmp_path: Path) -> None:
    content = HEAD + (
        "Nämnd\tBudget 2024\tUtfall 2024\tAvvikelse\nSkola\t1 000\t900\t100\n"
        "Kultur\t500\t600\t-100\nTeknik\t300\t310\t-12\n"
        "Miljö\t100\t110\t-10\nSumma\t1 900\t1 999\t-20\n"
    )
    found = broken(content, tmp_path)
    assert ("Teknik", "Avvikelse", "−10") in found
    assert ("Summa", "Utfall 2024", "1\u00a0920") in found


def test_incomes_and_costs_may_be_taken_from_each_other_in_opposite_ways(tmp_path: Path) -> None:
    content = HEAD + (
        "Post\tBudget 2024\tUtfall 2024\tAvvikelse\nIntäkter\t500\t520\t20\nBidrag\t90\t80\t-10\n"
        "Personal\t300\t310\t-10\nLokaler\t100\t90\t10\n"
    )
    assert {tuple(one["rows"]) for one in drafted(content, tmp_path)} == {  # type: ignore[arg-type]
        ("Intäkter", "Bidrag"),
        ("Personal", "Lokaler"),
    }
    assert broken(content, tmp_path) == []


def test_sums_of_sums_and_totals_of_both_sexes(tmp_path: Path) -> None:
    content = HEAD + (
        "Post\t2024\t2023\nSkola\t10\t11\nFritid\t20\t21\nSumma barn\t30\t32\nVård\t5\t6\n"
        "Omsorg\t7\t8\nSumma vuxna\t12\t14\nSumma\t42\t46\n"
    )
    terms = [one["terms"] for one in drafted(content, tmp_path)]
    assert ["Skola", "Fritid"] in terms
    assert ["Vård", "Omsorg"] in terms
    staff = (
        "Kil 2024\n\nAntal anställda\nDel\tKvinnor\tMän\tTotalt\nSkola\t9\t3\t12\nVård\t8\t2\t11\n"
    )
    staff += "Teknik\t1\t5\t6\n"
    assert broken(staff, tmp_path) == [("Vård", "Totalt", "10")]


@pytest.mark.parametrize(
    "rows",
    [
        "Nöjda, %\t50\t60\nTrygga, %\t70\t80\nTotalt\t61\t71\n",
        "Anställda, antal\t100\t110\nvarav deltid, antal\t40\t50\nTotalt\t100\t110\n",
        "Brukare hemtjänst\t10\t12\nBrukare boende\t8\t9\nTotalt antal brukare\t17\t20\n",
        "Intäkter\t100\t110\nKostnader\t80\t90\nSumma\t20\t20\n",
        "Skola\t1,2\t3,3\nFritid\t1,3\t4,4\nKultur\t2,4\t1,1\nSumma\t5,0\t8,8\n",
        "Skola\t10\t11\nSumma\t10\t11\n",
        "Hemtjänst, brukare\t10\t12\nBoende, brukare\t8\t9\nSumma brukare\t17\t20\n",
    ],
    ids=["shares", "parts", "persons counted once", "less costs", "rounded", "one row", "once"],
)
def test_no_alarm_where_the_rows_do_not_add_up(rows: str, tmp_path: Path) -> None:
    assert broken(HEAD + "Post\t2024\t2023\n" + rows, tmp_path) == []


@pytest.mark.parametrize("lost", ["Fritid\t20\t21\n", "Vård\t50\t60\n", "Teknik\t9\t8\n"])
def test_a_row_that_a_named_sum_lacks_is_found_without_an_earlier_document(
    lost: str, tmp_path: Path
) -> None:
    content = HEAD + (
        "Post\t2024\t2023\nSkola\t10\t11\nFritid\t20\t21\nKultur\t5\t6\nSumma barn\t35\t38\n"
        "Vård\t50\t60\nOmsorg\t7\t8\nTeknik\t9\t8\nSumma vuxna\t66\t76\n"
    )
    assert broken(content, tmp_path) == []
    named = "Summa barn" if "Fritid" in lost else "Summa vuxna"
    found = broken(content.replace(lost, ""), tmp_path)
    assert [(row, column) for row, column, _ in found] == [(named, "2024"), (named, "2023")]


def test_a_relation_to_a_withheld_column_is_left_out(tmp_path: Path) -> None:
    content = (
        "Kil, projekt 2024, tkr\n\n"
        "Projekt\tTotal budget\tBudget 2024\tUtfall 2024\tAvvikelse 2024\n"
        "Skola\t900\t100\t90\t10\nVäg\t800\t50\t60\t-10\nSumma\t1700\t150\t150\t0\n"
    )
    assert broken(content, tmp_path) == []


def test_a_relation_that_cannot_be_read_keeps_no_table_from_being_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    relation = {
        "id": "volymer-summa",
        "table": "volymer",
        "over": "rows",
        "terms": ["Skola", "Omsorg"],
        "equals": "Summa",
        "severity": "warning",
    }
    monkeypatch.setattr(writing, "relations", lambda found, *_: [relation] if found.related else [])
    path = tmp_path / "rapport.txt"
    path.write_text("Volymer\n\nMått\t2024\nAntal ärenden\t12\nAntal beslut\t8\n", encoding="utf-8")
    draft = draft_source(WORKSPACE, path, "prov", "1715")
    declared = tomllib.loads(draft.text)
    assert "identity" not in declared
    assert "withheld" not in declared["table"][0]
    assert not any(question.kind == "table" for question in draft.questions)
