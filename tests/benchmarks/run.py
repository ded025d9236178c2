"""Time ``ojmf run`` beside the import of Great Expectations, in seconds of the processor.

    python -m tests.benchmarks.run              the least of 5, of the embedded reports
    python -m tests.benchmarks.run --times N

Seconds that the process itself computes are told, not those of the clock: on a machine that does
other things too they vary least. The first run judges everything, the later ones what has changed.
Compiled modules are kept, as an installed package has them.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

if sys.platform != "win32":
    import resource


def seconds(command: list[str], cache: Path) -> float:
    """What a process and its own children took of the processor."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    given = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    given.pop("PYTHONDONTWRITEBYTECODE", None)
    subprocess.run([sys.executable, *command], check=True, capture_output=True, env=given)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def main() -> None:
    """Print a row per way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=5)
    times = parser.parse_args().times
    with tempfile.TemporaryDirectory() as folder:
        run = ["-m", "ojmf", "run", "--quiet", "--force", "--output", str(Path(folder) / "output")]
        held = Path(folder) / "held"
        seconds(run, held)
        ways = {
            "import of Great Expectations": (["-c", "import great_expectations"], None),
            "first run": (run, None),
            "later run": (run, held),
        }
        least = dict.fromkeys(ways, float("inf"))
        for n in range(times):
            for name, (command, cache) in ways.items():
                took = seconds(command, cache or Path(folder) / f"{name}{n}")
                least[name] = min(least[name], took)
    whole = least["import of Great Expectations"]
    print("| way | seconds | of the import |\n| --- | ---: | ---: |")
    for name, took in least.items():
        print(f"| {name} | {took:.2f} | {took / whole:.2f} |")


if __name__ == "__main__":
    main()
