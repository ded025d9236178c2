"""The suites of ``expectations/`` as they are written: JSON of a known form.

A suite is a Great Expectations suite. Its ``meta`` says which frame it judges (``subject``) and
which rows of it (``applies_to``, columns to values); each rule has a ``severity``, in ``meta`` the
id of its ``check``, the Swedish ``message`` with columns of the failing row in braces and, where it
helps, what was ``expected``, and in ``notes`` what it protects. With ``once`` one finding stands
for all failing rows of a source.

Great Expectations is not loaded here: ``suites`` judges the rules themselves, and runs them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any

from ojmf.declarations import duplicates
from ojmf.declarations.toml import texts
from ojmf.errors import why, why_no_json
from ojmf.typography import control
from ojmf.validate.new_import import IMPORTS
from ojmf.validate.outcomes import Check

FOLDER = "expectations"
REGISTERS = {"geography": "geografin", "catalogue": "katalogen"}
"""The subjects that are no observations, and their names: what a workspace declares, by entry."""

FRAME = "frame"
"""The subject that is a frame of one's own, which has no document and no declared source."""

SUBJECTS = ("observations", "coverage", FRAME, *REGISTERS, *IMPORTS)


@dataclass(frozen=True, slots=True)
class Suite:
    """A suite: which rows of which frame it judges, its checks in order, and all that it says.

    ``digest`` is the SHA-256 of its file.
    """

    path: Path
    name: str
    subject: str
    applies_to: Mapping[str, str | list[str]]
    checks: tuple[Check, ...]
    raw: Mapping[str, Any]
    digest: str

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of table that the suite is about; none where it is about all."""
        kinds = self.applies_to.get("kind", [])
        return frozenset([kinds] if isinstance(kinds, str) else kinds)

    def must_run(self, kinds: frozenset[str]) -> bool:
        """Whether no rows are a fault where tables of these kinds must be there."""
        return self.subject == "observations" and (not self.kinds or bool(self.kinds & kinds))


def lacking(own: Iterable[Suite], shipped: Iterable[Suite]) -> dict[str, list[str]]:
    """The checks by suite that come with the package and a workspace's own suites do not have.

    Those of a suite that the workspace has under the same name, which was written with an earlier
    version, and those of suites about every table. Others are about tables that it may not have.
    """
    held = {suite.name: suite for suite in own}
    subjects = {suite.subject for suite in held.values()}
    found: dict[str, list[str]] = {}
    for suite in shipped:
        if suite.name not in held and (suite.kinds or suite.subject not in subjects):
            continue
        known = {check.name for check in held[suite.name].checks} if suite.name in held else set()
        if more := [check.name for check in suite.checks if check.name not in known]:
            found[suite.name] = more
    return found


def outdated(own: Iterable[Suite], shipped: Iterable[Suite]) -> dict[str, list[str]]:
    """The checks by suite that a workspace has with another kind of rule than the package.

    Bounds of one's own are no other kind: the type of the rule or the column it looks at is.
    """
    now = {suite.name: _kinds_of_rules(suite) for suite in shipped}
    found = {}
    for suite in own:
        ours, theirs = _kinds_of_rules(suite), now.get(suite.name, {})
        if other := [name for name, kind in ours.items() if theirs.get(name, kind) != kind]:
            found[suite.name] = other
    return found


def _kinds_of_rules(suite: Suite) -> dict[str, tuple[str, object]]:
    """The type of rule and the column that it looks at, by check."""
    return {
        rule["meta"]["check"]: (rule["type"], rule.get("kwargs", {}).get("column"))
        for rule in suite.raw["expectations"]
    }


def completed(folder: Path, own: Sequence[Suite], shipped: Sequence[Suite]) -> dict[Path, bytes]:
    """The files of a workspace's suites in ``folder`` with the checks that are ``lacking``.

    What the workspace has written itself stays as it is.
    """
    held = {suite.name: suite for suite in own}
    files: dict[Path, bytes] = {}
    for name, checks in lacking(own, shipped).items():
        source = next(suite for suite in shipped if suite.name == name)
        rules = [r for r in source.raw["expectations"] if r["meta"]["check"] in checks]
        before = held[name].raw if name in held else {**source.raw, "expectations": []}
        after = {**before, "expectations": [*before["expectations"], *rules]}
        text = json.dumps(after, ensure_ascii=False, indent=2)
        files[folder / f"{name}.json"] = f"{text}\n".encode()
    return files


def written(folder: Path) -> tuple[list[Suite], list[str]]:
    """The suites of a folder whose form is right, and the faults of the others, each with its file.

    A folder without suites is a fault.
    """
    suites: list[Suite] = []
    faults: list[str] = []
    for path in sorted(folder.glob("*.json")):
        suite, broken = _read(path)
        faults += [f"{path}: {fault}" for fault in broken]
        suites += [] if suite is None else [suite]
    if not suites and not faults:
        faults.append(f"{folder}: inga sviter (*.json) finns här, så inget kan kontrolleras")
    return suites, faults


def _read(path: Path) -> tuple[Suite | None, list[str]]:
    try:
        content = path.read_bytes()
        raw = json.loads(content.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        return None, [why_no_json(error)]
    except (OSError, ValueError, RecursionError) as error:  # numbers too long, lists too deep
        strange = "den är inte UTF-8, eller har för långa tal eller för djupa listor"
        return None, [f"kan inte läsas ({why(error) if isinstance(error, OSError) else strange})"]
    faults = _form_faults(raw, path.stem)
    if faults:
        return None, faults
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
            once=rule["meta"].get("once") is True,
        )
        for rule in raw["expectations"]
    )
    digest = hashlib.sha256(content).hexdigest()
    return Suite(path, raw["name"], meta["subject"], meta["applies_to"], made, raw, digest), []


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
