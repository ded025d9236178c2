"""The suites of ``expectations/``: loaded without loss, run on the Polars engine.

A suite is a Great Expectations suite in JSON. Its ``meta`` says which frame it judges
(``subject``) and which rows of it (``applies_to``, columns to values); each rule has a
``severity``, in ``meta`` the id of its ``check``, the Swedish ``message`` with columns of the
failing row in braces and, where it helps, what was ``expected``, and in ``notes`` what it protects.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any

import great_expectations as gx
import polars as pl
from great_expectations.core.expectation_suite import ExpectationSuite
from great_expectations.core.expectation_validation_result import (
    ExpectationSuiteValidationResult,
    ExpectationValidationResult,
)

from ojmf.declarations import duplicates
from ojmf.declarations.toml import texts
from ojmf.errors import DeclarationError
from ojmf.typography import control
from ojmf.validate import expectations as checks
from ojmf.validate import gx_polars
from ojmf.validate.data_docs import make_offline
from ojmf.validate.new_import import IMPORTS
from ojmf.validate.outcomes import Check, Outcome

FOLDER = "expectations"
MAX_ROWS = 200
"""At most so many failing rows of a rule become findings; the rest are counted."""

INDEX_COLUMNS = ("source_id", "document", "line", "row")
SUBJECTS = ("observations", "coverage", "geography", *IMPORTS)
CUSTOM = tuple(name for name in vars(checks) if name.startswith("Expect"))
"""The expectation classes that suites may use beside those of Great Expectations."""


@dataclass(frozen=True, slots=True)
class Suite:
    """A loaded suite: which rows of which frame it judges, and its checks in order."""

    name: str
    subject: str
    applies_to: Mapping[str, str | list[str]]
    checks: tuple[Check, ...]
    rules: ExpectationSuite

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of table that the suite is about; none where it is about all."""
        kinds = self.applies_to.get("kind", [])
        return frozenset([kinds] if isinstance(kinds, str) else kinds)

    def must_run(self, kinds: frozenset[str]) -> bool:
        """Whether no rows are a fault where tables of these kinds must be there."""
        return self.subject == "observations" and (not self.kinds or bool(self.kinds & kinds))


def load(folder: Path) -> list[Suite]:
    """Every suite of a folder.

    Raises ``DeclarationError`` with all faults, each naming its file: no JSON, an unknown or
    unsupported rule, a severity that is none, a rule that Great Expectations would drop, a rule
    without check, message, severity or note, a folder without suites.
    """
    suites: list[Suite] = []
    faults: list[str] = []
    for path in sorted(folder.glob("*.json")):
        suite, broken = _load_one(path)
        faults += [f"{path}: {fault}" for fault in broken]
        if suite is not None and not broken:
            suites.append(suite)
    if not suites and not faults:
        faults.append(f"{folder}: inga sviter (*.json) finns här, så inget kan kontrolleras")
    if faults:
        raise DeclarationError(faults)
    return suites


def _load_one(path: Path) -> tuple[Suite | None, list[str]]:
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        return None, [f"rad {error.lineno}, tecken {error.colno}: inte giltig JSON ({error.msg})"]
    except (OSError, ValueError, RecursionError) as error:  # numbers too long, lists too deep
        return None, [f"kan inte läsas ({error})"]
    faults = _form_faults(raw, path.stem)
    if faults:
        return None, faults
    problems = gx_polars.check_suite(copy.deepcopy(raw))
    if problems:
        return None, [str(problem) for problem in problems]
    meta = raw["meta"]
    made = tuple(
        Check(
            raw["name"],
            meta["subject"],
            rule["meta"]["check"],
            rule["severity"],
            rule["meta"]["message"],
            rule["meta"].get("expected"),
            rule["type"],
        )
        for rule in raw["expectations"]
    )
    for rule in raw["expectations"]:
        rule["description"] = rule["notes"]
    rules = ExpectationSuite(**raw)
    return Suite(raw["name"], meta["subject"], meta["applies_to"], made, rules), []


def _form_faults(raw: Any, stem: str) -> list[str]:
    if not isinstance(raw, dict) or not isinstance(raw.get("expectations"), list):
        return ["väntade ett objekt med listan expectations"]
    faults = []
    if raw.get("name") != stem:
        faults.append(f"name är ”{raw.get('name')}”, väntade filens namn ”{stem}”")
    meta = raw.get("meta")
    if not isinstance(meta, dict) or meta.get("subject") not in SUBJECTS:
        faults.append(f"meta.subject ska vara någon av {', '.join(SUBJECTS)}")
    elif not isinstance(meta.get("applies_to"), dict):
        faults.append("meta.applies_to ska vara ett objekt från kolumn till värden")
    if not raw["expectations"]:
        faults.append("sviten har inga regler")
    for number, rule in enumerate(raw["expectations"], start=1):
        faults += [f"regel {number}: {fault}" for fault in _rule_faults(rule)]
    faults += [
        f"texten {text[:60]!r} har styrtecknet {found}; ta bort det"
        for text in texts(raw)
        if (found := control(text))
    ]
    if not faults:
        ids = (rule["meta"]["check"] for rule in raw["expectations"])
        faults += [f"check ”{name}” finns två gånger" for name in duplicates(ids)]
    return faults


def _rule_faults(rule: Any) -> list[str]:
    if not isinstance(rule, dict):
        return ["väntade ett objekt"]
    said = rule["meta"] if isinstance(rule.get("meta"), dict) else {}
    given = {key: rule.get(key) for key in ("type", "severity", "notes")}
    given |= {f"meta.{key}": said.get(key) for key in ("check", "message")}
    faults = [f"{key} saknas" for key, thing in given.items() if not thing]
    faults += [
        f"{key} ska vara en text"
        for key, thing in given.items()
        if thing and not isinstance(thing, str)
    ]
    if not isinstance(rule.get("kwargs", {}), dict):
        faults.append("kwargs ska vara ett objekt")
    try:
        columns = list(Formatter().parse(str(said.get("message"))))
    except ValueError as error:
        return [*faults, f"meta.message går inte att fylla i ({error})"]
    faults += [
        f"meta.message går inte att fylla i: ”{name}” ska vara namnet på en kolumn och inget mer"
        for _, name, form, how in columns
        if name is not None and (form or how or not name.isidentifier())
    ]
    return faults


def run(
    batches: Iterable[tuple[Suite, pl.DataFrame]],
    docs: Path | None = None,
    *,
    max_rows: int = MAX_ROWS,
) -> list[Outcome]:
    """Run each suite on its frame, as a validation definition through a checkpoint.

    ``docs`` is a folder for Data Docs of the run. At most ``max_rows`` failing rows of a rule are
    listed; the count is exact. A rule that could not be computed has the reason in ``error``; so
    have all rules of a suite whose run broke.
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
    source = gx_polars.add_polars(context, "ojmf", max_unexpected_rows=max_rows)
    outcomes: list[Outcome] = []
    for suite, frame in batches:
        asset = source.add_dataframe_asset(suite.name)
        definition = gx.ValidationDefinition(
            name=suite.name,
            data=asset.add_batch_definition(suite.name),
            suite=context.suites.add(copy.deepcopy(suite.rules)),
        )
        checkpoint = gx.Checkpoint(
            name=suite.name,
            validation_definitions=[context.validation_definitions.add(definition)],
            result_format={
                "result_format": "COMPLETE",
                "unexpected_index_column_names": [n for n in INDEX_COLUMNS if n in frame.columns],
            },
        )
        try:
            found = context.checkpoints.add(checkpoint).run(batch_parameters={"dataframe": frame})
        except Exception as error:  # whatever broke, the suite has not been checked
            outcomes += [Outcome(check, frame, error=str(error)) for check in suite.checks]
            continue
        for result in found.run_results.values():
            outcomes += _outcomes(suite, frame, result)
    if docs is not None:
        context.build_data_docs()
        make_offline(docs, outcomes)
    return outcomes


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
