"""``ojmf chart gaps`` of figures: a picture for each axis, or the reason why there is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from ojmf.cli import app


def run(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, ["chart", *words])
    assert result.exit_code == code, result.output
    return result.stdout if code == 0 else result.stderr


def pictures(tmp_path: Path, *words: str) -> list[str]:
    run("gaps", *words, "-o", str(tmp_path / "g.svg"))
    return sorted(path.name for path in tmp_path.iterdir())


def test_a_municipality_without_answers_has_its_figures_drawn(tmp_path):
    found = pictures(tmp_path, "--kommun", "Enköping", "--against", "fjolaret")
    assert len(found) > 1
    assert all(name.startswith("g-ekonomi-MSEK-") for name in found)
    assert "jämfört med fjolåret (mnkr)" in (tmp_path / found[0]).read_text(encoding="utf-8")


def test_a_difference_of_a_corrected_deviation_is_marked(tmp_path):
    words = ("--kommun", "Enköping", "--against", "budget", "--area", "ekonomi")
    drawn = [(tmp_path / name).read_text(encoding="utf-8") for name in pictures(tmp_path, *words)]
    assert "avvikelsen rättad från ”5,4”" in "".join(drawn)


def test_answers_and_figures_stand_apart(tmp_path):
    found = pictures(tmp_path, "--kommun", "Solna", "--all-methods")
    assert {"g-oj-vald.svg", "g-ekonomi-MSEK-1.svg"} <= set(found)


def test_a_few_gaps_are_one_picture(tmp_path):
    assert pictures(tmp_path, "--kommun", "Solna", "--top", "5") == ["g.svg"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("gaps", "--kommun", "Enköping", "--against", "mal"), "både Enköping och målet"),
        (("gaps", "--kommun", "Solna", "--sex", "women"), "har inga uppgifter"),
        (("areas", "--kommun", "Enköping"), "ojmf chart gaps"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_the_reason(tmp_path, words, message):
    target = tmp_path / "g.svg"
    assert message in run(*words, "-o", str(target), code=9)
    assert not target.exists()
