"""Measure the workbook of a made-up country beside a plain write of the same cells.

    python -m tests.benchmarks.workbook               50,000, 200,000 and 461,000 rows
    python -m tests.benchmarks.workbook --rows 50000

Each way runs in a process of its own: seconds of the processor, and peak memory. ``ojmf table``
compares the figures and writes them; the others read the finished cells a part at a time, and write
them as the libraries write long sheets.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

PER_INDICATOR = 290 * 3 * 10  # municipalities, sexes and years
USED = (
    "\nimport resource\nused = resource.getrusage(resource.RUSAGE_SELF)\n"
    "print(used.ru_utime + used.ru_stime, used.ru_maxrss // 1024, file=sys.stderr)"
)
MAKE = """
import sys
from pathlib import Path
from tests.benchmarks.small_numbers import make
root, indicators = sys.argv[1:]
print(make(Path(root), int(indicators), 0, 10, totals=False))
"""
CELLS = """
import logging, sys
import fastexcel
logging.disable()  # that a column has no cells is as it should be
source, target, height = sys.argv[1:]
cells = fastexcel.read_excel(source).load_sheet(0).to_polars()
assert cells.height == int(height)
cells.write_parquet(target, row_group_size=30_000)
"""
TABLE = """
import sys
from ojmf.cli import main
try: main()
except SystemExit as done: assert not done.code
"""
PARTS = """
import sys
import polars as pl
path, target = sys.argv[1:]
whole = pl.scan_parquet(path)
height = whole.select(pl.len()).collect().item()
parts = (whole.slice(start, 30_000).collect() for start in range(0, height, 30_000))
"""
OURS = f"""{PARTS}
from ojmf.present.sheets import to_workbook
open(target, "wb").write(to_workbook({{"Sheet1": parts}}))
"""
XLSXWRITER = f"""{PARTS}
import xlsxwriter
with xlsxwriter.Workbook(target, {{"constant_memory": True}}) as book:
    sheet, number = book.add_worksheet(), 0
    for part in parts:
        for row in part.iter_rows():
            sheet.write_row(number, 0, row)
            number += 1
"""
OPENPYXL = f"""{PARTS}
import openpyxl
book = openpyxl.Workbook(write_only=True)
sheet = book.create_sheet()
for part in parts:
    for row in part.iter_rows():
        sheet.append(row)
book.save(target)
"""
POLARS = """
import sys
import polars as pl
path, target = sys.argv[1:]
pl.read_parquet(path).write_excel(target)
"""
PLAIN = {
    "the cells alone, ojmf": OURS,
    "the cells alone, xlsxwriter": XLSXWRITER,
    "the cells alone, openpyxl": OPENPYXL,
    "the cells alone, Polars": POLARS,
}


def run(program: str, *words: str) -> str:
    """What a program prints, so that no large parent adds its memory to what is measured."""
    command = [sys.executable, "-c", program, *words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def measured(program: str, *words: str, cache: Path) -> tuple[float, int]:
    """Seconds of the processor and the peak memory (MB) of a program."""
    given = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    command = [sys.executable, "-c", f"{program}{USED}", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=given)
    seconds, memory = done.stderr.splitlines()[-1].split()
    return float(seconds), int(memory)


def main() -> None:
    """Print a row per number of rows and way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="*", default=[50_000, 200_000, 461_000])
    parser.add_argument("--ours", action="store_true", help="Leave out the libraries.")
    asked = parser.parse_args()
    print("| rows | way | CPU s | peak MB | file MB |\n| ---: | --- | ---: | ---: | ---: |")
    for rows in asked.rows:
        with tempfile.TemporaryDirectory() as folder:
            here = Path(folder)
            root, target, cells = here / "country", here / "table.xlsx", here / "cells.parquet"
            height = run(MAKE, str(root), str(rows // PER_INDICATOR)).strip()
            words = ["table", "--kommun", "alla", "--all-methods", "--every-period"]
            words += ["--root", str(root), "--output", str(target), "--quiet"]
            used = {"ojmf table": measured(TABLE, *words, cache=here / "cache")}
            size = {"ojmf table": target.stat().st_size}
            run(CELLS, str(target), str(cells), height)
            for way, program in PLAIN.items():
                if not asked.ours or program == OURS:
                    made = here / "plain.xlsx"
                    used[way] = measured(program, str(cells), str(made), cache=here / "cache")
                    size[way] = made.stat().st_size
        for way, (seconds, memory) in used.items():
            told = f"{seconds:.1f} | {memory:,} | {size[way] / 1e6:.0f}"
            print(f"| {int(height):,} | {way} | {told} |", flush=True)


if __name__ == "__main__":
    main()
