"""What has been judged is not judged again, and says the same."""

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from ojmf.validate import judging, suites
from ojmf.validate.kept import Kept
from ojmf.validate.outcomes import Outcome
from ojmf.validate.suite_files import Suite, written

RULE: dict[str, Any] = {
    "type": "expect_column_values_to_be_in_set",
    "kwargs": {"column": "raw", "value_set": ["JA"]},
    "severity": "critical",
    "meta": {"check": "domain", "message": "fann ”{raw}”"},
    "notes": "Skyddar provet.",
}
ROWS = RULE | {
    "type": "expect_table_row_count_to_be_between",
    "kwargs": {"min_value": 1},
    "meta": {"check": "rows", "message": "inga rader"},
}
DISTINCT = RULE | {
    "type": "expect_column_unique_value_count_to_be_between",
    "kwargs": {"column": "raw", "max_value": 1},
    "meta": {"check": "distinct", "message": "för många"},
}


def made(folder: Path, *rules: dict) -> list[Suite]:
    meta = {"subject": "observations", "applies_to": {}}
    text = json.dumps({"name": "prov", "meta": meta, "expectations": list(rules)})
    (folder / "prov.json").write_text(text, encoding="utf-8", newline="\n")
    found, faults = written(folder)
    assert not faults
    return found


def frames(**raws: list[str]) -> dict[str, pl.DataFrame]:
    rows = [(name, raw) for name, own in raws.items() for raw in own]
    frame = pl.DataFrame(rows, schema=["source_id", "raw"], orient="row").with_row_index("row")
    return {"observations": frame}


@pytest.fixture
def judged(monkeypatch) -> list[list[str]]:
    """The sources that each run of Great Expectations is about."""
    runs: list[list[str]] = []
    run = suites.run

    def noted(batches, docs=None):
        given = list(batches)
        runs.append(sorted({name for _, rows in given for name in rows["source_id"]}))
        return run(given, docs)

    monkeypatch.setattr(suites, "run", noted)
    return runs


def told(outcomes: list[Outcome]) -> list[tuple]:
    return [(one.check.name, one.failures, one.rows, one.error) for one in outcomes]


def test_what_has_not_changed_is_not_judged_again(tmp_path, judged):
    loaded, kept = made(tmp_path, ROWS, RULE), Kept(tmp_path / "kept.json")
    on = frames(a=["JA", "NEJ"], b=["NEJ"])
    first = judging.judge(loaded, on, frozenset(), kept=kept)
    again = judging.judge(loaded, on, frozenset(), kept=kept)
    alone = judging.judge(loaded, on, frozenset())
    assert told(first) == told(again) == told(alone)
    assert told(first) == [("rows", 0, (), None), ("domain", 2, (1, 2), None)]
    assert judged == [["a", "b"], ["a", "b"]]


def test_only_the_source_that_has_changed_is_judged_again(tmp_path, judged):
    loaded, kept = made(tmp_path, ROWS, RULE), Kept(tmp_path / "kept.json")
    judging.judge(loaded, frames(a=["JA", "NEJ"], b=["NEJ"]), frozenset(), kept=kept)
    on = frames(c=["NEJ"], a=["JA", "NEJ"], b=["JA", "KANSKE"])
    found = judging.judge(loaded, on, frozenset(), kept=kept)
    assert judged[1:] == [["b", "c"]]
    assert told(found) == told(judging.judge(loaded, on, frozenset()))
    assert told(found)[1] == ("domain", 3, (0, 2, 4), None)


def test_a_rule_on_a_frame_as_a_whole_is_judged_on_all_of_it(tmp_path, judged):
    loaded, kept = made(tmp_path, DISTINCT), Kept(tmp_path / "kept.json")
    judging.judge(loaded, frames(a=["JA"]), frozenset(), kept=kept)
    found = judging.judge(loaded, frames(a=["JA"], b=["NEJ"]), frozenset(), kept=kept)
    assert told(found) == [("distinct", 1, (), None)]
    again = judging.judge(loaded, frames(a=["JA"], b=["NEJ"]), frozenset(), kept=kept)
    assert told(again) == told(found)
    assert judged == [["a"], ["a", "b"]]


def test_another_suite_judges_all_anew(tmp_path, judged):
    kept, on = Kept(tmp_path / "kept.json"), frames(a=["NEJ"])
    judging.judge(made(tmp_path, RULE), on, frozenset(), kept=kept)
    other = RULE | {"kwargs": {"column": "raw", "value_set": ["NEJ"]}}
    assert told(judging.judge(made(tmp_path, other), on, frozenset(), kept=kept)) == [
        ("domain", 0, (), None)
    ]
    assert len(judged) == 2


def test_a_rule_that_cannot_be_computed_is_tried_again(tmp_path, judged):
    broken = RULE | {"kwargs": {"column": "saknas", "value_set": ["JA"]}}
    loaded, kept = made(tmp_path, broken), Kept(tmp_path / "kept.json")
    for _ in range(2):
        (found,) = judging.judge(loaded, frames(a=["JA"]), frozenset(), kept=kept)
        assert "saknas" in str(found.error)
    assert len(judged) == 2


@pytest.mark.parametrize("damage", [b"", b"{", b"0\n{}", b"\xff\xfe", None])
def test_results_are_read_again_and_damaged_ones_count_as_none(tmp_path, cache, damage):
    kept = Kept.of(tmp_path)
    kept.keep("innehåll", {"prov/domain": {"failures": 1, "rows": [0]}})
    kept.save()
    assert Kept.of(tmp_path).entries == kept.entries
    assert kept.path.is_relative_to(cache)
    kept.path.write_bytes(kept.path.read_bytes()[:-1] if damage is None else damage)
    assert Kept.of(tmp_path).entries == {}


def test_results_of_other_code_count_as_none(tmp_path, monkeypatch):
    kept = Kept.of(tmp_path)
    kept.keep("innehåll", {})
    kept.save()
    monkeypatch.setattr("ojmf.validate.kept._code", lambda: "annan")
    assert Kept.of(tmp_path).entries == {}


def test_a_cache_that_cannot_be_written_is_no_fault(tmp_path, monkeypatch):
    (tmp_path / "fil").write_text("", encoding="utf-8")
    kept = Kept(tmp_path / "fil" / "kept.json")
    kept.keep("innehåll", {})
    kept.save()
    assert Kept.of(tmp_path).entries == {}
