"""Print what share of the true and of the false sentences gets each verdict.

Run ``python -m tests.benchmarks.claims`` for the pairs of the tests, or with a file of your own
(``--pairs FILE``: place;right;wrong) over the same made-up report.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.unit.claims.pairs import OUTCOMES, PAIRS, Pair, outcome
from tests.unit.claims.workspace import make


def main() -> None:
    """Judge every pair and print the shares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=Path)
    given = parser.parse_args().pairs
    pairs = PAIRS
    if given:
        with given.open(encoding="utf-8", newline="") as file:
            pairs = [Pair(**row) for row in csv.DictReader(file, delimiter=";")]
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        workspace = make(Path(folder) / "prov")
        found = {
            "true": Counter(outcome(workspace, pair.place, pair.right) for pair in pairs),
            "false": Counter(outcome(workspace, pair.place, pair.wrong) for pair in pairs),
        }
    seconds = time.perf_counter() - began
    print("| sentences |", " | ".join(OUTCOMES), "|")
    print("| --- |", " | ".join("---:" for _ in OUTCOMES), "|")
    for name, counts in found.items():
        shares = (f"{counts[one]} ({100 * counts[one] / len(pairs):.0f} %)" for one in OUTCOMES)
        print(f"| {name} |", " | ".join(shares), "|")
    print(f"\n{len(pairs)} pairs in {seconds:.1f} s")


if __name__ == "__main__":
    main()
