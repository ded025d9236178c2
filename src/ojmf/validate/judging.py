"""Judge frames by suites: what is kept of an earlier run is not judged again.

Great Expectations is loaded when something is to be judged, not when this module is imported.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl

from ojmf.lazy import postponed
from ojmf.validate.context import subject
from ojmf.validate.kept import Kept
from ojmf.validate.outcomes import Outcome
from ojmf.validate.suite_files import Suite

Batch = tuple[Suite, pl.DataFrame]
Frames = Mapping[str, pl.DataFrame]

Failed = dict[str, dict[str, Any]]
"""By check: how many ``failures``, and the ``rows`` by their number in the source."""

WHOLE = ""
"""In the place of a source: the frames as a whole."""

_OF_DISTRIBUTIONS = ("altair", "scipy.stats")
"""What Great Expectations loads for rules on distributions alone: a third of its import."""

_MOST_ROWS = 100_000  # failing rows of a source; with more it is judged anew
_OF_A_FRAME = (
    "expect_table_",
    "expect_column_distinct_",
    "expect_column_max_",
    "expect_column_mean_",
    "expect_column_median_",
    "expect_column_min_",
    "expect_column_proportion_",
    "expect_column_stdev_",
    "expect_column_sum_",
    "expect_column_to_",
    "expect_column_unique_",
)
_OF_ROWS_TOGETHER = (
    "expect_column_values_to_be_unique",
    "expect_compound_columns_to_be_unique",
)


def judge(
    suites: Sequence[Suite],
    frames: Frames,
    due: frozenset[str],
    *,
    kept: Kept | None = None,
    docs: Path | None = None,
) -> list[Outcome]:
    """What comes of every check of the suites on the frames of their subjects.

    ``due`` are the kinds of table that must be there. What ``kept`` has of a source with the same
    content is taken from there, and what is judged anew is put there. ``docs`` is a folder for Data
    Docs, for which all is judged. Raises ``DeclarationError`` where a rule can't be checked as it
    is written.
    """
    batches = [
        (suite, rows)
        for suite in suites
        if suite.subject in frames
        for rows in [subject(frames[suite.subject], suite.applies_to)]
        if not rows.is_empty() or suite.must_run(due)
    ]
    if kept is None or docs is not None:
        return _run(suites, batches, docs)
    digests = _digests(frames, suites)
    known = {name: kept.entries[of] for name, of in digests.items() if of in kept.entries}
    left = [
        (suite, rows)
        for suite, whole in batches
        if (rows := _unknown(suite, whole, known)) is not None
    ]
    judged = _run(suites, left) if left else []
    apart = {suite.name for suite, rows in batches if _by_source(suite, rows)}
    if not any(one.error or (one.check.suite in apart and _without_rows(one)) for one in judged):
        for name in digests.keys() - known.keys():
            failed = _failed(judged, frames, name, apart)
            if sum(len(one["rows"]) for one in failed.values()) <= _MOST_ROWS:
                kept.keep(digests[name], failed)
    return _together(batches, judged, known, frames)


def _run(
    suites: Sequence[Suite], batches: Iterable[Batch], docs: Path | None = None
) -> list[Outcome]:
    with postponed(*_OF_DISTRIBUTIONS):
        from ojmf.validate import suites as engine
    engine.verify(suites)
    return engine.run(batches, docs)


def _by_source(suite: Suite, rows: pl.DataFrame) -> bool:
    """Whether what a suite says of each source in a frame depends on that source alone.

    That there are rows at all is demanded of a frame, and one that holds a source has some.
    """
    return (
        "source_id" in rows.columns
        and not rows.is_empty()
        and rows["source_id"].null_count() == 0
        and all(
            _of_source(rule["type"], rule.get("kwargs", {})) for rule in suite.raw["expectations"]
        )
    )


def _of_source(rule: str, kwargs: Mapping[str, Any]) -> bool:
    if rule in _OF_ROWS_TOGETHER:
        return "source_id" in kwargs.get("column_list", ())
    if rule == "expect_table_row_count_to_be_between":
        return kwargs == {"min_value": 1}
    return not rule.startswith(_OF_A_FRAME) and kwargs.get("mostly", 1) == 1


def _digests(frames: Frames, suites: Iterable[Suite]) -> dict[str, str]:
    """The SHA-256 of all that a result depends on, for each source and for the whole."""
    rules = "".join(suite.digest for suite in suites).encode()
    told: dict[str, Any] = {}
    for name, frame in frames.items():
        parts = {("",): frame}
        if "source_id" in frame.columns:
            parts = frame.partition_by("source_id", as_dict=True, maintain_order=True)
        for (source_id,), own in parts.items():
            content = BytesIO()
            own.drop("row").rechunk().write_ipc(content, compat_level=pl.CompatLevel.oldest())
            of_source = told.setdefault(source_id or WHOLE, hashlib.sha256(rules))
            of_source.update(name.encode())
            of_source.update(content.getbuffer())
    digests = {source_id: one.hexdigest() for source_id, one in told.items()}
    everything = json.dumps(digests, sort_keys=True).encode()
    return {**digests, WHOLE: hashlib.sha256(everything).hexdigest()}


def _unknown(suite: Suite, rows: pl.DataFrame, known: Mapping[str, Failed]) -> pl.DataFrame | None:
    """The rows that nothing is known of; None where all is known."""
    if not _by_source(suite, rows):
        return None if WHOLE in known else rows
    left = rows.filter(~pl.col("source_id").is_in(list(known)))
    return None if left.is_empty() else left


def _without_rows(outcome: Outcome) -> bool:
    return outcome.failures > 0 and not outcome.rows


def _failed(judged: Iterable[Outcome], frames: Frames, name: str, apart: set[str]) -> Failed:
    """What failed in a source, or in the frames as a whole, as it is kept."""
    failed: Failed = {}
    for one in judged:
        if not one.failures or (one.check.suite in apart) == (name == WHOLE):
            continue
        numbers = {row: n for n, row in enumerate(_places(frames[one.check.subject], name))}
        rows = [numbers[row] for row in one.rows if row in numbers]
        count = one.failures if name == WHOLE else len(rows)
        if count:
            failed[f"{one.check.suite}/{one.check.name}"] = {"failures": count, "rows": rows}
    return failed


def _places(frame: pl.DataFrame, name: str) -> list[int]:
    """The rows of a source in a frame, or all rows, in order."""
    own = frame if name == WHOLE else frame.filter(source_id=name)
    rows: list[int] = own["row"].to_list()
    return rows


def _together(
    batches: Iterable[Batch],
    judged: Iterable[Outcome],
    known: Mapping[str, Failed],
    frames: Frames,
) -> list[Outcome]:
    """The outcome of every check, from what was judged now and what was known."""
    now = {(one.check.suite, one.check.name): one for one in judged}
    outcomes: list[Outcome] = []
    for suite, whole in batches:
        names = [WHOLE] if not _by_source(suite, whole) else whole["source_id"].unique().to_list()
        for check in suite.checks:
            fresh = now.get((suite.name, check.name), Outcome(check, whole))
            failures, rows = fresh.failures, list(fresh.rows)
            for name in names:
                held = known.get(name, {}).get(f"{suite.name}/{check.name}")
                if held is not None:
                    places = _places(frames[suite.subject], name)
                    failures += held["failures"]
                    rows += [places[n] for n in held["rows"]]
            if fresh.error is not None:
                outcomes.append(Outcome(check, whole, error=fresh.error))
            if fresh.error is None or failures:
                outcomes.append(Outcome(check, whole, failures, tuple(sorted(rows))))
    return outcomes
