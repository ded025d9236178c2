"""Measure the web site of many municipalities, each with the questions of a declared one.

Run ``python tests/benchmarks/site.py --municipalities 300``. The answers are drawn at random, the
same ones every time.
"""

from __future__ import annotations

import argparse
import importlib
import random
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

from ojmf.model import Answer
from ojmf.present.site import build_site
from ojmf.workspace import Workspace

SEED = 20240831
CODE_LENGTH = 4


def synthesise(workspace: Workspace, municipalities: int) -> pl.DataFrame:
    """The cells of the first municipality's answers again for every other, with random answers.

    Municipalities beyond those that exist are added to the workspace's geography.
    """
    places = workspace.geography
    known = places.filter(pl.col("level") == "municipality")["code"].to_list()
    extra = [f"99{number:02d}" for number in range(max(0, municipalities - len(known)))]
    added = pl.DataFrame(
        {"code": extra, "level": "municipality", "county_code": "01"}
    ).with_columns(name=pl.format("Kommun {}", "code"))
    workspace.geography = pl.concat([places, added.select(places.columns)])
    cells = workspace.observations()
    answers = cells.filter(pl.col("answer").is_not_null())
    printed = cells.filter(
        pl.col("area_id").is_in(answers["area_id"].unique().to_list()),
        pl.col("source_id") == answers["source_id"][0],
    )
    draw = random.Random(SEED)
    own = pl.col("geo").str.len_chars() == CODE_LENGTH
    return pl.concat(
        printed.with_columns(
            source_id=pl.lit(f"syntetisk-{geo}"),
            document=pl.lit(f"Syntetiskt dokument {geo}"),
            geo=pl.when(own)
            .then(pl.lit(geo))
            .when(pl.col("geo") == "00")
            .then("geo")
            .otherwise(pl.lit(geo[:2])),
            answer=pl.when(own).then(
                pl.Series([draw.choice(list(Answer)).value for _ in range(printed.height)])
            ),
        )
        for geo in (known + extra)[:municipalities]
    )


def peak_megabytes() -> float:
    """The most memory that this process has had; 0 where the system does not tell."""
    try:
        resource = importlib.import_module("resource")
    except ImportError:
        return 0.0
    peak = float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--municipalities", type=int, default=300)
    chosen = parser.parse_args()
    workspace = Workspace.open()
    observations = synthesise(workspace, chosen.municipalities)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "site"
        started = time.perf_counter()
        pages = build_site(workspace, target, observations=observations).pages
        seconds = time.perf_counter() - started
        files = [path for path in target.rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files) / 1e6
    print(
        f"{chosen.municipalities} municipalities, {observations.height} cells: {pages} pages, "
        f"{len(files)} files, {size:.0f} MB in {seconds:.0f} s, peak {peak_megabytes():.0f} MB"
    )


if __name__ == "__main__":
    main()
