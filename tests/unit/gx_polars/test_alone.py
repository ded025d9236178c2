"""The engine's folder is whole: copied out and renamed, it runs where ojmf is not to be found."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import ojmf

FOLDER = Path(ojmf.__file__).parent / "validate" / "gx_polars"
BLOCKED = "import sys\nsys.modules['ojmf'] = None\n"


def test_the_first_example_of_the_readme_runs_from_a_copy(tmp_path: Path) -> None:
    copy = tmp_path / "gx_polars"
    copy.mkdir()
    for path in FOLDER.glob("*.py"):
        text = path.read_text(encoding="utf-8").replace("ojmf.validate.gx_polars", "gx_polars")
        assert "ojmf" not in text, path.name
        (copy / path.name).write_text(text, encoding="utf-8")
    example = re.findall(r"```python\n(.*?)```", (FOLDER / "README.md").read_text("utf-8"), re.S)[0]
    program = BLOCKED + example.replace("from ojmf.validate import gx_polars", "import gx_polars")
    assert "import gx_polars" in program
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
