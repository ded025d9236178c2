"""Measure ``ojmf status`` and ``gaps`` of one municipality in a country with small numbers.

    python -m tests.benchmarks.small_numbers             20 of 400 indicators count persons
    python -m tests.benchmarks.small_numbers --persons N

290 municipalities × 400 indicators × 10 years × 3 sexes lie as Parquet in a workspace, where counts
under five persons are held back. Seconds of the processor and the peak memory are told, of the
first command, which decides what is held back, and of later ones. With ``--totals`` there are the
country's counts too, which the municipalities' add up to.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from ojmf.declarations.fetched import STORED
from ojmf.declarations.geography_file import load_geography
from ojmf.declarations.loading import embedded_root
from ojmf.declarations.toml import entries

SEED = 20251231
AREA = """\
[area]
id = "prov"
name = "Prov"

[defaults]
polarity = "lower"
polarity_reason = "Provets egen."
method = "quartile"
"""


def make(root: Path, indicators: int, persons: int, years: int, *, totals: bool) -> int:
    """Write the workspace, of which ``persons`` indicators are counts; the number of figures."""
    random = np.random.default_rng(SEED)
    geography = embedded_root() / "data" / "geography.csv"
    places, _ = load_geography(geography)
    geos = places.filter(level="municipality")["code"].to_list()
    size = np.exp(random.normal(0, 1, len(geos)))
    names = [f"prov.m{n:03d}" for n in range(indicators)]
    unit = {name: "persons" if n < persons else "percent" for n, name in enumerate(names)}
    (root / "data/indicators").mkdir(parents=True)
    (root / "data/geography.csv").write_bytes(geography.read_bytes())
    (root / "data/publish.toml").write_text("[publish]\nsmallest = 5\n", encoding="utf-8")
    declared = [
        f'\n[[indicator]]\nid = "{name}"\nname = "Mått {name}"\nunit = "{unit[name]}"\n'
        f'kind = "{"count" if unit[name] == "persons" else "share"}"\n'
        + ('statistic = "sum"\n' if unit[name] == "persons" else "")
        for name in names
    ]
    (root / "data/indicators/prov.toml").write_text(AREA + "".join(declared), encoding="utf-8")
    parts = []
    for n, name in enumerate(names):
        for year in range(2025 - years, 2025):
            if n < persons:
                women = random.poisson(10.0 ** random.uniform(0, 2) * size).astype(float)
                men = random.poisson(10.0 ** random.uniform(0, 2) * size).astype(float)
                values = {"_T": women + men, "F": women, "M": men}
            else:
                values = {
                    sex: np.round(random.normal(50, 15, len(geos)), 1) for sex in ("_T", "F", "M")
                }
            for sex, value in values.items():
                there = pl.DataFrame({"geo": geos, "value": value})
                if totals and n < persons:
                    there = pl.concat(
                        [there, pl.DataFrame({"geo": ["00"], "value": [value.sum()]})]
                    )
                parts.append(
                    there.with_columns(
                        indicator_id=pl.lit(name),
                        row_label=pl.lit(f"Mått {name}"),
                        column_label=pl.lit(f"{year}"),
                        unit=pl.lit(unit[name]),
                        sex=pl.lit(sex),
                        period_start=pl.lit(date(year, 1, 1)),
                        period_end=pl.lit(date(year, 12, 31)),
                    )
                )
    rows = pl.concat(parts).with_columns(
        raw=pl.col("value").cast(pl.String).str.replace(".", ",", literal=True),
        decimals=pl.lit(1),
        table=pl.lit("Prov"),
        heading=pl.lit(""),
        area_id=pl.lit("prov"),
        scenario=pl.lit("outcome"),
        period_kind=pl.lit("year"),
        obs_status=pl.lit("A"),
    )
    folder = root / "data/sources/prov"
    folder.mkdir(parents=True)
    path = folder / "observations.parquet"
    missing = [pl.lit(None, kind).alias(name) for name, kind in STORED.items() if name not in rows]
    rows.with_columns(missing).select(
        pl.col(name).cast(kind) for name, kind in STORED.items()
    ).write_parquet(path)
    told = {
        "id": "prov",
        "title": "Prov",
        "document": "Prov",
        "publisher": "Provet",
        "public": False,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "rows": rows.height,
        "indicators": names,
    }
    (folder / "fetched.toml").write_text(
        f'date = 2025-12-31\n{entries(told)}\n[request]\nyear = ["2024"]\n\n[[answer]]\n'
        'url = "prov"\ndate = 2025-12-31T00:00:00+00:00\nclock = "local"\n'
        f'sha256 = "{told["sha256"]}"\n',
        encoding="utf-8",
    )
    return rows.height


def measured(root: Path, cache: Path, *words: str) -> tuple[float, int]:
    """Seconds of the processor and the peak memory (MB) of a command."""
    program = (
        "import resource, sys; from ojmf.cli import main\n"
        "try: main()\n"
        "except SystemExit as done: assert not done.code\n"
        "used = resource.getrusage(resource.RUSAGE_SELF)\n"
        "print(used.ru_utime + used.ru_stime, used.ru_maxrss // 1024, file=sys.stderr)"
    )
    command = [sys.executable, "-c", program, *words, "--root", str(root), "--format", "csv"]
    given = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=given)
    seconds, memory = done.stderr.splitlines()[-1].split()
    return float(seconds), int(memory)


def main() -> None:
    """Print a row per command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=20)
    parser.add_argument("--indicators", type=int, default=400)
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--totals", action="store_true")
    parser.add_argument("--root", type=Path, help="A workspace that was made before.")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = asked.root or Path(folder) / "country"
        if not (root / "data").exists():
            rows = make(root, asked.indicators, asked.persons, asked.years, totals=asked.totals)
            print(f"{rows:,} figures, {asked.persons} indicators count persons")
        kommun = ("--kommun", "0114")
        cache = Path(folder) / "cache"
        print("| command | seconds | peak MB |\n| --- | ---: | ---: |")
        for name, command in (("first", "status"), ("later", "status"), ("later", "gaps")):
            seconds, memory = measured(root, cache, command, *kommun)
            print(f"| {command}, {name} | {seconds:.2f} | {memory} |")


if __name__ == "__main__":
    main()
