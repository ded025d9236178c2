"""Suites are loaded without loss and run without silence."""

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from ojmf.errors import DeclarationError
from ojmf.findings import NOT_RUN, Finding
from ojmf.validate import suites
from ojmf.validate.new_import import IMPORTS
from ojmf.validate.outcomes import rows

EXPECTATIONS = Path(__file__).resolve().parents[3] / "expectations"
RULE: dict[str, Any] = {
    "type": "expect_column_values_to_be_in_set",
    "kwargs": {"column": "raw", "value_set": ["JA"]},
    "severity": "critical",
    "meta": {"check": "domain", "message": "fann ”{raw}”"},
    "notes": "Skyddar provet.",
}


def suite(*rules: dict, name: str = "prov") -> dict:
    meta = {"subject": "observations", "applies_to": {}}
    return {"name": name, "meta": meta, "expectations": list(rules)}


def write(folder: Path, raw: dict | str, name: str = "prov") -> Path:
    text = raw if isinstance(raw, str) else json.dumps(raw)
    (folder / f"{name}.json").write_text(text, encoding="utf-8", newline="\n")
    return folder


def frame(*raws: str | None) -> pl.DataFrame:
    found = pl.DataFrame({"raw": list(raws)}, schema={"raw": pl.String}).with_row_index("row")
    return found.with_columns(line=pl.col("row") + 10, source_id=pl.lit("prov-2024"))


def run(folder: Path, *rules: dict, on: pl.DataFrame) -> list[Finding]:
    loaded = suites.load(write(folder, suite(*rules)))
    return list(rows(suites.run([(loaded[0], on)])))


FAULTY = [
    ("an unknown rule", RULE | {"type": "expect_nothing_at_all"}, "expect_nothing_at_all"),
    (
        "a rule that the engine does not honour",
        RULE | {"type": "expect_column_kl_divergence_to_be_less_than"},
        "does not honour",
    ),
    ("a bad severity", RULE | {"severity": "fatal"}, "fatal"),
    ("no severity", {k: v for k, v in RULE.items() if k != "severity"}, "severity saknas"),
    ("no note", RULE | {"notes": ""}, "notes saknas"),
    ("no message", RULE | {"meta": {"check": "domain"}}, "meta.message saknas"),
    ("no check", RULE | {"meta": {"message": "x"}}, "meta.check saknas"),
    (
        "a message that can't be filled in",
        RULE | {"meta": {"check": "domain", "message": "fann {raw"}},
        "meta.message",
    ),
    ("an unknown argument", RULE | {"kwargs": {"column": "raw", "valu_set": ["JA"]}}, "regel|rule"),
    (
        "a row condition of pandas",
        RULE | {"kwargs": RULE["kwargs"] | {"row_condition": "raw == 'JA'"}},
        "row condition",
    ),
]


@pytest.mark.parametrize(("rule", "said"), [f[1:] for f in FAULTY], ids=[f[0] for f in FAULTY])
def test_a_faulty_rule_stops_the_run_and_names_its_file(tmp_path, rule, said):
    with pytest.raises(DeclarationError, match=said) as caught:
        suites.load(write(tmp_path, suite(RULE | {"meta": {**RULE["meta"], "check": "a"}}, rule)))
    assert "prov.json" in str(caught.value)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ('{"name": "prov",\n "expectations": [}', "prov.json: rad 2"),
        ("[]", "väntade ett objekt"),
        (suite(), "inga regler"),
        (suite(RULE, name="annat"), "väntade filens namn"),
        (suite(RULE, RULE), "finns två gånger"),
        (suite(RULE) | {"meta": {"subject": "allt", "applies_to": {}}}, "meta.subject"),
        (suite(RULE) | {"meta": {"subject": "coverage"}}, "meta.applies_to"),
    ],
)
def test_a_faulty_suite_is_told_where(tmp_path, raw, said):
    with pytest.raises(DeclarationError, match=said):
        suites.load(write(tmp_path, raw))


def test_all_faults_of_all_suites_are_told_at_once(tmp_path):
    write(tmp_path, "{", "ett")
    write(tmp_path, suite(RULE | {"severity": "fatal"}, name="tva"), "tva")
    with pytest.raises(DeclarationError) as caught:
        suites.load(tmp_path)
    assert len(caught.value.faults) == 2


def test_a_folder_without_suites_is_a_fault(tmp_path):
    with pytest.raises(DeclarationError, match="inga sviter"):
        suites.load(tmp_path)


def test_a_failure_leads_to_its_row_with_the_message_filled_in(tmp_path):
    found = run(tmp_path, RULE, on=frame("JA", "KANSKE"))
    assert [(row.line, row.raw, row.message, row.check) for row in found] == [
        (11, "KANSKE", "fann ”KANSKE”", "domain")
    ]


def test_an_empty_frame_passes_column_rules_but_not_the_row_count(tmp_path):
    count = RULE | {
        "type": "expect_table_row_count_to_be_between",
        "kwargs": {"min_value": 1},
        "meta": {"check": "rows", "message": "inga rader"},
    }
    found = run(tmp_path, RULE, count, on=frame())
    assert [(row.check, row.message) for row in found] == [("rows", "inga rader")]


@pytest.mark.parametrize("path", sorted(EXPECTATIONS.glob("*.json")), ids=lambda p: p.stem)
def test_every_suite_demands_rows(path):
    rules = json.loads(path.read_text(encoding="utf-8"))
    counted = any("row_count" in rule["type"] for rule in rules["expectations"])
    # An import that has nothing to be told of has no rows, and coverage has none without questions.
    assert counted or rules["meta"]["subject"] in {"coverage", *IMPORTS}


def test_no_suite_compares_sums_of_floats():
    texts = [path.read_text(encoding="utf-8") for path in EXPECTATIONS.glob("*.json")]
    assert texts
    assert not any("multicolumn_sum" in text or "column_sum" in text for text in texts)


def test_an_exception_in_an_info_rule_is_a_critical_finding(tmp_path):
    rule = RULE | {"severity": "info", "kwargs": {"column": "saknas", "value_set": ["JA"]}}
    (found,) = run(tmp_path, rule, on=frame("JA"))
    assert (found.check, found.severity) == (NOT_RUN, "critical")
    assert "saknas" in found.message


def test_a_rule_that_fails_in_one_column_does_not_silence_the_others(tmp_path):
    broken = RULE | {
        "kwargs": {"column": "saknas", "value_set": ["JA"]},
        "meta": {"check": "broken", "message": "x"},
    }
    found = run(tmp_path, broken, RULE, on=frame("NEJ"))
    assert [row.check for row in found] == [NOT_RUN, "domain"]


def test_a_finding_is_another_where_another_figure_stands_in_its_cell(tmp_path):
    cell = {"table": "Svar", "row_label": "Har rutin", "column_label": "Provby"}
    texts = ["NEJ", "NEJ", "DELVIS"]
    named = [
        frame(text).with_columns(pl.lit(value).alias(name) for name, value in cell.items())
        for text in texts
    ]
    first, again, other = (run(tmp_path, RULE, on=one)[0].finding_id for one in named)
    assert first == again != other


@pytest.mark.parametrize(
    ("column", "said"),
    [("Provby", "Har rutin, Provby: tom"), ("", "Har rutin: tom"), (None, "Har rutin: tom")],
)
def test_a_column_without_a_label_leaves_no_comma(tmp_path, column, said):
    rule = RULE | {"meta": {"check": "domain", "message": "{row_label}, {column_label}: tom"}}
    cell = frame("NEJ").with_columns(
        row_label=pl.lit("Har rutin"), column_label=pl.lit(column, pl.String)
    )
    assert [found.message for found in run(tmp_path, rule, on=cell)] == [said]


def test_a_failing_info_rule_stays_information(tmp_path):
    (found,) = run(tmp_path, RULE | {"severity": "info"}, on=frame("NEJ"))
    assert found.severity == "info"


def test_many_failures_are_told_one_by_one_up_to_a_bound_in_each_source(tmp_path):
    on = pl.concat([frame(*["NEJ"] * 9), frame("NEJ").with_columns(source_id=pl.lit("annan"))])
    on = on.with_columns(row=pl.int_range(pl.len(), dtype=pl.UInt32))
    loaded = suites.load(write(tmp_path, suite(RULE)))
    found = list(rows(suites.run([(loaded[0], on)]), most=2))
    assert [(one.source_id, one.count, one.row) for one in found] == [
        ("prov-2024", 1, 0),
        ("prov-2024", 1, 1),
        ("prov-2024", 7, None),
        ("annan", 1, 9),
    ]
    assert "ytterligare 7 fel" in found[2].message


def test_what_is_accepted_is_told_beside_what_the_bound_leaves_out(tmp_path):
    on = frame(*["NEJ"] * 5).with_columns(table=pl.format("Tabell {}", "row"))
    outcomes = suites.run([(suites.load(write(tmp_path, suite(RULE)))[0], on)])
    last = [*rows(outcomes)][-1]
    found = list(rows(outcomes, {"prov-2024": {last.finding_id}}, most=2))
    assert [one.row for one in found] == [0, 1, 4, None]
    assert found[-1].count == 2


def test_a_run_that_breaks_reports_every_check_as_not_run(tmp_path, monkeypatch):
    loaded = suites.load(write(tmp_path, suite(RULE)))

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("trasig")

    monkeypatch.setattr("great_expectations.datasource.fluent.interfaces.Batch.validate", broken)
    (found,) = rows(suites.run([(loaded[0], frame("JA"))]))
    assert (found.check, found.severity) == (NOT_RUN, "critical")
    assert "trasig" in found.message


def test_every_message_can_be_filled_in_from_its_frame():
    from string import Formatter

    from ojmf.geography import GEOGRAPHY
    from ojmf.schema import OBSERVATIONS
    from ojmf.validate.context import CONTEXT
    from ojmf.validate.new_import import BEFORE

    columns = {
        "observations": {*OBSERVATIONS, *CONTEXT},
        "coverage": {"row_label", "indicator_id", "area_id", "area_name", "source_id", "some_of"},
        "geography": set(GEOGRAPHY),
        "import": {*OBSERVATIONS, *CONTEXT, *BEFORE},
        "frame": {*OBSERVATIONS, *CONTEXT, "fraction"},
    }
    for loaded in suites.load(EXPECTATIONS):
        if loaded.subject not in columns:  # their frames are filled in by test_imports
            continue
        for check in loaded.checks:
            fields = {name for _, name, _, _ in Formatter().parse(check.message) if name}
            assert fields <= columns[loaded.subject], (check.suite, check.name)


def test_a_note_says_in_full_what_a_rule_protects():
    for path in EXPECTATIONS.glob("*.json"):
        for rule in json.loads(path.read_text(encoding="utf-8"))["expectations"]:
            assert len(rule["notes"]) > 15, (path.name, rule["meta"]["check"])


def test_data_docs_fetch_nothing_from_elsewhere(tmp_path):
    loaded = suites.load(write(tmp_path, suite(RULE)))
    suites.run([(loaded[0], frame("JA", "NEJ"))], tmp_path / "docs")
    pages = list((tmp_path / "docs").rglob("*.html"))
    assert len(pages) == 3
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert "http://" not in text
        assert "https://" not in text
        assert "<script" not in text
    told = "".join(page.read_text(encoding="utf-8") for page in pages)
    assert "Skyddar provet." in told
    index = (tmp_path / "docs" / "index.html").read_text(encoding="utf-8")
    assert "<td>2</td><td>1</td><td>1</td><td>0</td>" in index
