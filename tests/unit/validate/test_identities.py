"""Figures judged against each other: relations, care days, stated counts, and acknowledgements."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from ojmf.declarations import Accepted, Source
from ojmf.declarations.registers import ACCEPTED
from ojmf.findings import LOCATED
from ojmf.ingest.document import read_extract
from ojmf.ingest.harmonise import literal
from ojmf.ingest.reading import EXTRACT, ReadDocument, read
from ojmf.ingest.source import resolve
from ojmf.validate import consistency
from ojmf.validate.judgements import JUDGEMENTS
from ojmf.validate.validation import acknowledged, unused_acceptances
from ojmf.workspace import Workspace

ROOT = Path(__file__).resolve().parents[3]
REPORT, SCAN, ANSWERS = (
    "solna-delarsrapport-2025-08",
    "enkoping-delarsrapport-2024-08",
    "solna-oj-2024",
)


def account(whole: ReadDocument) -> pl.DataFrame:
    return consistency.account(resolve(whole))


def findings(whole: ReadDocument) -> pl.DataFrame:
    return consistency.findings(resolve(whole))


@cache
def document(source_id: str) -> ReadDocument:
    workspace = Workspace.open(ROOT)
    source = workspace.source(source_id)
    extract = workspace.source_folder(source_id) / EXTRACT
    return read(workspace, source, read_extract(extract, source.document))


def changed(source_id: str, line: int, column: str, text: str) -> ReadDocument:
    whole = document(source_id)
    there = (pl.col("line") == line) & (pl.col("column_label") == column)
    raw = pl.when(there).then(pl.lit(text)).otherwise("raw")
    return replace(whole, cells=literal(whole.cells.with_columns(raw=raw)))


def accepting(whole: ReadDocument, *entries: Accepted) -> ReadDocument:
    return replace(whole, source=whole.source.model_copy(update={"accepted": entries}))


def entries(source: Source) -> pl.DataFrame:
    known = [(source.id, one.finding_id, one.date, one.reason) for one in source.accepted]
    return pl.DataFrame(known, schema=ACCEPTED, orient="row")


def grave(whole: ReadDocument) -> list[dict]:
    told = acknowledged(entries(whole.source), findings(whole))
    return told.filter(pl.col("severity") != "info").to_dicts()


def test_every_instance_has_a_verdict_and_its_cells() -> None:
    judged = account(document(REPORT))
    assert judged.schema == JUDGEMENTS
    assert judged["instance"].n_unique() == judged.height
    one = judged.row(by_predicate=pl.col("instance") == "resultat-intakter | 2025", named=True)
    assert one["verdict"] == "exact"
    assert one["cells"][-1] == "Summa intäkter, 2025: 30,8 (rad 378)"
    assert len(one["cells"]) == 6


def test_the_real_reports_hold_nothing_that_is_not_acknowledged() -> None:
    for source_id in (REPORT, SCAN, ANSWERS):
        assert not grave(document(source_id))


def test_a_sum_that_fails_names_all_cells_the_rest_and_the_tolerance() -> None:
    rows = grave(changed(REPORT, 378, "2024", "25,1"))
    found = next(row for row in rows if "resultat-intakter" not in row["message"])
    assert found["severity"] == "critical"
    assert (found["line"], found["raw"], found["expected"]) == (378, "25,1", "26,0")
    assert found["message"].startswith(
        "Summa intäkter 25,1 men delarna ger 26,0 "
        "(det skiljer 0,9, och högst 0,3 kan vara avrundning): "
    )
    for line in range(373, 379):
        assert f"(rad {line})" in found["message"]


def test_a_row_that_fails_names_its_columns() -> None:
    found = grave(changed(REPORT, 380, "Prognos- avvikelse", "6,0"))
    row = next(f for f in found if f["column_label"] == "Prognos- avvikelse" and f["line"] == 380)
    assert (
        "Köp av verksamhet/tjänster, Prognos- avvikelse 6,0 men delarna ger 6,5" in row["message"]
    )


def test_a_change_in_percent_is_told_with_what_the_amounts_give() -> None:
    found = grave(changed(REPORT, 384, "% 25/24", "8,7 %"))
    assert [(f["line"], f["expected"]) for f in found] == [(384, "7,7")]


def test_the_same_figure_in_two_places() -> None:
    found = grave(changed(REPORT, 396, "2025", "-146,4"))
    (told,) = (f["message"] for f in found if f["line"] == 385 and "motsvarande" in f["message"])
    assert "motsvarande tal är −146,4" in told
    assert not re.search(r"(?<![\w”])-\d", told)


def test_what_cannot_be_tested_says_which_cell_lacks_a_figure() -> None:
    one = account(document(SCAN)).row(
        by_predicate=pl.col("instance") == "volym-drift-institution-bou", named=True
    )
    assert one["verdict"] == "not_testable"
    assert "utan säkert värde: Institutionsvård BoU SIS" in one["reason"]
    assert "(rad 489)" in one["reason"]
    assert one["residual"] is None


def test_a_corrected_figure_is_shown_with_what_is_printed() -> None:
    one = account(document(SCAN)).row(
        by_predicate=pl.col("instance") == "resultat-intakter | Utfall jan-aug 2024", named=True
    )
    said = "Summa intäkter, Utfall jan-aug 2024: 11,2 (i dokumentet ”1,2”) (rad 385)"
    assert one["cells"][-1] == said


def test_the_id_of_a_finding_does_not_follow_its_line() -> None:
    broken = changed(REPORT, 378, "2024", "25,1")
    moved = replace(broken, cells=broken.cells.with_columns(pl.col("line") + 7))
    assert findings(moved)["finding_id"].to_list() == findings(broken)["finding_id"].to_list()
    assert findings(moved)["line"].to_list() == [n + 7 for n in findings(broken)["line"]]


# --- care days ------------------------------------------------------------------------------------

CARE_DAYS = [
    ("837", None),
    ("838", "838 vårddygn 2025-07 (rad 606) men högst 837 ryms: 27 personer (rad 599) × 31 dygn"),
    ("0", "0 vårddygn 2025-07 (rad 606) men 27 personer (rad 599): antingen ska båda vara noll"),
    ("738", None),
    (
        "510",
        "510 vårddygn 2025-07 (rad 606) på 27 personer (rad 599) är 61 procent av dygnen, mot 99",
    ),
]


@pytest.mark.parametrize(("days", "message"), CARE_DAYS)
def test_care_days_fit_in_the_month_of_the_persons(days: str, message: str | None) -> None:
    whole = accepting(changed(REPORT, 606, "jul", days))
    found = [r for r in grave(whole) if r["check"] == "care-days" and r["line"] == 606]
    found = [r for r in found if "2025-07" in r["message"]]
    assert bool(found) == (message is not None)
    for row in found:
        assert row["message"].startswith(message)
        assert row["severity"] == ("critical" if days == "838" else "warning")


def test_care_days_of_several_series_fit_in_the_sum_of_their_persons() -> None:
    assert not grave(
        accepting(changed(REPORT, 738, "jan", "62"), *document(REPORT).source.accepted)
    )
    whole = accepting(changed(REPORT, 738, "jan", "63"))
    (found,) = [r for r in grave(whole) if r["line"] == 738]
    assert found["severity"] == "critical"
    assert found["message"].startswith(
        "63 vårddygn 2023-01 (rad 738) men högst 62 ryms: (2 personer (rad 724) + 0 personer "
        "(rad 731)) × 31 dygn"
    )


def test_days_without_persons_are_found() -> None:
    whole = accepting(changed(REPORT, 599, "jul", "0"))
    assert any("men 0 personer (rad 599)" in r["message"] for r in grave(whole))


# --- counts in the text ---------------------------------------------------------------------------


def test_counts_that_the_text_states_are_found_in_the_tables() -> None:
    judged = account(document(ANSWERS))
    assert judged["check"].unique().to_list() == ["stated-count"]
    assert judged["verdict"].unique().to_list() == ["exact"]
    assert judged.height == 11


def test_an_answer_that_changes_breaks_the_counts_of_its_table() -> None:
    cells = document(ANSWERS).cells
    no = cells.filter(pl.col("table_id") == "bilaga-3", pl.col("raw") == "NEJ").row(0, named=True)
    found = grave(changed(ANSWERS, no["line"], no["column_label"], "DELVIS"))
    assert {row["line"] for row in found} == {61}
    assert {row["message"] for row in found} == {
        "texten på rad 61 anger 6 röda (NEJ), men tabellen ”Bilaga 3, Ekonomiskt bistånd” har 5",
        "texten på rad 61 anger 3 gula (DELVIS), men tabellen ”Bilaga 3, Ekonomiskt bistånd” har 4",
    }


def test_a_count_is_not_judged_by_a_line_that_does_not_state_it() -> None:
    whole = document(ANSWERS)
    other = replace(whole, document=replace(whole.document, sha256="0" * 64))
    assert account(other)["verdict"].unique().to_list() == ["not_testable"]
    assert "rad 49 anger inte 25" in account(other)["reason"][0]


def commented(*changes: tuple[int, str]) -> list[tuple[int, str, str]]:
    whole = document(ANSWERS)
    for line, answer in changes:
        there = (pl.col("line") == line) & (pl.col("geo") == whole.source.geo)
        raw = pl.when(there).then(pl.lit(answer)).otherwise("raw")
        whole = replace(whole, cells=literal(whole.cells.with_columns(raw=raw)))
    told = [row for row in grave(whole) if row["check"] == "comment"]
    return [(row["line"], row["raw"], row["severity"]) for row in told]


def test_a_yes_with_a_comment_is_told_where_comments_explain_why_not() -> None:
    assert commented() == []
    # The answers of two rows have changed places, so that the counts hold.
    assert commented((153, "JA"), (170, "NEJ")) == [(153, "JA", "warning")]
    lines = (153, 154, 155)
    assert commented(*((line, "JA") for line in lines)) == []


# --- acknowledgements -----------------------------------------------------------------------------


def test_an_acknowledged_finding_becomes_information_with_its_reason() -> None:
    broken = changed(REPORT, 378, "2024", "25,1")
    known = _id(broken, "resultat-intakter | 2024")
    entry = Accepted(finding_id=known, reason="prov av skäl", date=date(2025, 10, 1))
    told = acknowledged(entries(accepting(broken, entry).source), findings(broken))
    row = told.row(by_predicate=pl.col("finding_id") == known, named=True)
    assert (row["severity"], row["acknowledged"]) == ("info", "prov av skäl")
    assert row["message"].endswith(". Kvitterat 2025-10-01: prov av skäl")


def _id(whole: ReadDocument, instance: str) -> str:
    row = account(whole).row(by_predicate=pl.col("instance") == instance, named=True)
    return str(row["finding_id"])


@pytest.mark.parametrize(
    ("line", "column", "texts", "instance"),
    [
        (378, "2024", ("25,1", "25,2"), "resultat-intakter | 2024"),
        (606, "jul", ("93", "930"), "verksamhetsmatt.barn-familjehem-dygn | 2025-07"),
        (599, "jul", ("1", "2"), "verksamhetsmatt.barn-familjehem-dygn | 2025-07"),
    ],
)
def test_an_acknowledgement_holds_for_what_was_printed(line, column, texts, instance) -> None:
    first, second = (_id(changed(REPORT, line, column, text), instance) for text in texts)
    assert first != second
    assert first == _id(changed(REPORT, line, column, texts[0]), instance)


def test_an_acknowledgement_of_nothing_is_a_critical_finding() -> None:
    entry = Accepted(finding_id="0123456789ab", reason="prov av skäl", date=date(2025, 10, 1))
    whole = accepting(document(REPORT), entry)
    unused = unused_acceptances(whole.source, findings(whole)["finding_id"].to_list())
    assert unused.schema == LOCATED
    assert unused["severity"].to_list() == ["critical"]
    assert "0123456789ab" in unused["message"][0]
    assert unused_acceptances(whole.source, ["0123456789ab"]).is_empty()
