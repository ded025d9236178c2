"""The suites of ``expectations/``, judged by Great Expectations and run on the Polars engine."""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

import great_expectations as gx
import polars as pl
from great_expectations.core.batch_definition import BatchDefinition
from great_expectations.core.expectation_suite import ExpectationSuite
from great_expectations.core.expectation_validation_result import (
    ExpectationSuiteValidationResult,
    ExpectationValidationResult,
)
from great_expectations.data_context.data_context.ephemeral_data_context import (
    EphemeralDataContext,
)
from great_expectations.datasource.fluent.interfaces import Batch

from ojmf.errors import DeclarationError
from ojmf.validate import (
    expectations,  # noqa: F401 - suites know its classes by their names
    gx_polars,
    plausible,  # noqa: F401 - the same
)
from ojmf.validate.data_docs import make_offline
from ojmf.validate.outcomes import Outcome
from ojmf.validate.suite_files import Suite, written

INDEX_COLUMNS = ("source_id", "document", "line", "row")
"""What Data Docs show of a failing row beside its values."""


def load(folder: Path) -> list[Suite]:
    """Every suite of a folder.

    Raises ``DeclarationError`` with all faults, each naming its file: no JSON, an unknown or
    unsupported rule, a severity that is none, a rule that Great Expectations would drop, a rule
    without check, message, severity or note, a folder without suites.
    """
    suites, faults = written(folder)
    faults += _problems(suites)
    if faults:
        raise DeclarationError(faults)
    return suites


def verify(suites: Iterable[Suite]) -> None:
    """Raise ``DeclarationError`` with every rule that would not be checked as it is written."""
    if faults := _problems(suites):
        raise DeclarationError(faults)


def _problems(suites: Iterable[Suite]) -> list[str]:
    return [
        f"{suite.path}: {problem}"
        for suite in suites
        for problem in gx_polars.check_suite(copy.deepcopy(dict(suite.raw)))
    ]


def _described(suite: Suite) -> ExpectationSuite:
    """The suite as Data Docs show it, its rules described by their notes."""
    raw = copy.deepcopy(dict(suite.raw))
    for rule in raw["expectations"]:
        rule["description"] = rule["notes"]
    return ExpectationSuite(**raw)


def _rules(suite: Suite, only: Collection[str] | None = None) -> ExpectationSuite:
    """The rules of a suite, known by their checks; of those that ``only`` names, where it is given.

    What is said of a failure is left out: Great Expectations copies a rule with all its texts
    dozens of times.
    """
    raw = copy.deepcopy({key: said for key, said in suite.raw.items() if key != "meta"})
    raw["expectations"] = [
        {key: said for key, said in rule.items() if key != "notes"} | {"meta": {"check": name}}
        for rule in raw["expectations"]
        for name in [rule["meta"]["check"]]
        if only is None or name in only
    ]
    return ExpectationSuite(**raw)


def run(batches: Iterable[tuple[Suite, pl.DataFrame]], docs: Path | None = None) -> list[Outcome]:
    """Run each suite on its frame.

    ``docs`` is a folder for Data Docs of the run. A rule that could not be computed has the reason
    in ``error``; so have all rules of a suite whose run broke.
    """
    context = gx_polars.context()
    if docs is not None:
        context.add_data_docs_site(
            "ojmf",
            {
                "class_name": "SiteBuilder",
                "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
                "store_backend": {
                    "class_name": "TupleFilesystemStoreBackend",
                    "base_directory": str(docs.resolve()),
                },
            },
        )
    source = gx_polars.add_polars(context, "ojmf", max_unexpected_rows=None)
    asset = source.add_dataframe_asset("ojmf")
    outcomes: list[Outcome] = []
    for suite, frame in batches:
        try:
            if docs is None:
                batch = asset.get_batch(asset.build_batch_request({"dataframe": frame}))
                outcomes += _judged(batch, suite, frame)
            else:
                stored = _stored(context, asset.add_batch_definition(suite.name), suite, frame)
                outcomes += _outcomes(suite, frame, stored)
        except Exception as error:  # whatever broke, the suite has not been checked
            outcomes += [Outcome(check, frame, error=str(error)) for check in suite.checks]
    if docs is not None:
        context.build_data_docs()
        make_offline(docs, outcomes)
    return outcomes


def _judged(batch: Batch, suite: Suite, frame: pl.DataFrame) -> list[Outcome]:
    """The outcomes of a suite: first whether each rule holds, then the rows of those that do not.

    Most rules hold, and to ask for rows takes Great Expectations as long again.
    """
    quick = batch.validate(_rules(suite), result_format={"result_format": "BOOLEAN_ONLY"})
    told = {one.check.name: one for one in _outcomes(suite, frame, quick)}
    failed = {name for name, one in told.items() if one.failures}
    if failed:
        level = {"result_format": "COMPLETE", "unexpected_index_column_names": ["row"]}
        whole = batch.validate(_rules(suite, failed), result_format=level)
        again = _outcomes(suite, frame, whole)
        told |= {one.check.name: one for one in again if one.check.name in failed}
    return list(told.values())


def _stored(
    context: EphemeralDataContext,
    batch: BatchDefinition[Any],
    suite: Suite,
    frame: pl.DataFrame,
) -> ExpectationSuiteValidationResult:
    """The result of a validation definition that is run through a checkpoint.

    It is put in the stores that Data Docs are built from, which takes as long as the rules.
    """
    definition = gx.ValidationDefinition(
        name=suite.name, data=batch, suite=context.suites.add(_described(suite))
    )
    checkpoint = gx.Checkpoint(
        name=suite.name,
        validation_definitions=[context.validation_definitions.add(definition)],
        result_format={
            "result_format": "COMPLETE",
            "unexpected_index_column_names": [n for n in INDEX_COLUMNS if n in frame.columns],
        },
    )
    found = context.checkpoints.add(checkpoint).run(batch_parameters={"dataframe": frame})
    (result,) = found.run_results.values()
    return result


def _outcomes(
    suite: Suite, frame: pl.DataFrame, result: ExpectationSuiteValidationResult
) -> Iterator[Outcome]:
    """One outcome per check of the suite, in its order; a check without a result has not run."""
    by_check: dict[str, ExpectationValidationResult] = {}
    for found in result.results:
        config = found.expectation_config
        if config is not None and config.meta:
            by_check[config.meta["check"]] = found
    for check in suite.checks:
        if check.name not in by_check:
            yield Outcome(check, frame, error="regeln gav inget resultat")
            continue
        found = by_check[check.name]
        # An exception is that of the rule as a whole or of one of its metrics.
        info: Any = found.exception_info or {}
        parts = [info] if "raised_exception" in info else info.values()
        raised = [part for part in parts if isinstance(part, dict) and part["raised_exception"]]
        if raised:
            yield Outcome(check, frame, error=str(raised[0].get("exception_message")))
        elif found.success:
            yield Outcome(check, frame)
        else:
            listed = [entry["row"] for entry in found.result.get("unexpected_index_list") or ()]
            yield Outcome(
                check,
                frame,
                failures=max(1, found.result.get("unexpected_count") or 0),
                # A group is known by its first row.
                rows=tuple(min(row) if isinstance(row, list) else int(row) for row in listed),
            )
