"""The pairs of true and false sentences, and what the audit makes of a sentence."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from ojmf.claims.claim import GOOD
from ojmf.claims.findings import FAILING
from ojmf.workspace import Workspace
from tests.unit.claims.workspace import judged

AGREES, CONTRADICTS, NOT_COMPARABLE, OPEN = "agrees", "contradicts", "not comparable", "open"
OUTCOMES = (AGREES, CONTRADICTS, NOT_COMPARABLE, OPEN)


@dataclass(frozen=True)
class Pair:
    """A true and a false sentence, and the place in the report where they stand."""

    place: str
    right: str
    wrong: str


def _pairs() -> list[Pair]:
    with Path(__file__).with_name("pairs.csv").open(encoding="utf-8", newline="") as file:
        return [Pair(**row) for row in csv.DictReader(file, delimiter=";")]


PAIRS = _pairs()


def outcome(workspace: Workspace, place: str, sentence: str) -> str:
    """What a reader hears of a sentence: its gravest verdict, agreement only where none is bad."""
    verdicts = set(judged(workspace, **{place: sentence})["verdict"])
    if verdicts & {verdict.value for verdict in FAILING}:
        return CONTRADICTS
    if "not_comparable" in verdicts:
        return NOT_COMPARABLE
    return AGREES if verdicts & {verdict.value for verdict in GOOD} else OPEN
