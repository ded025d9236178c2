"""``ojmf site`` and ``ojmf chart`` as a person runs them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.site.conftest import ROOT

SERIES = "verksamhetsmatt.barn-familjehem-dygn"


def ojmf(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ojmf", *arguments],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, "OJMF_ROOT": str(ROOT), "PYTHONPATH": str(ROOT / "src")},
    )


def test_a_site_is_written_and_replaced(tmp_path: Path) -> None:
    command = ("site", "--kommun", "Uppsala", "--output", tmp_path / "sidor")
    for _ in range(2):
        result = ojmf(*command)
        assert result.returncode == 0, result.stderr
        assert result.stdout == ""
        assert "Skrev 5 sidor." in result.stderr  # the page for wrong addresses too
    assert (tmp_path / "sidor" / "uppsala-0380" / "index.html").is_file()


def test_a_smaller_site_says_what_is_gone_and_a_changed_page_is_named(tmp_path: Path) -> None:
    to = ("--output", tmp_path / "sidor")
    assert ojmf("site", "--kommun", "Uppsala", "--kommun", "Umeå", *to).returncode == 0
    smaller = ojmf("site", "--kommun", "Uppsala", *to)
    assert "som nu är borta" in smaller.stderr
    assert not (tmp_path / "sidor" / "umea-2480").exists()
    page = tmp_path / "sidor" / "uppsala-0380" / "index.html"
    page.write_text("egen", encoding="utf-8")
    refused = ojmf("site", "--kommun", "Uppsala", *to)
    assert refused.returncode == 8
    assert "uppsala-0380/index.html" in refused.stderr
    assert page.read_text(encoding="utf-8") == "egen"
    assert ojmf("site", "--kommun", "Uppsala", *to, "--force").returncode == 0


def test_a_folder_that_is_not_a_site_is_kept(tmp_path: Path) -> None:
    (tmp_path / "brev.txt").write_text("kvar", encoding="utf-8")
    result = ojmf("site", "--kommun", "Uppsala", "--output", tmp_path)
    assert result.returncode == 8
    assert "--force" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["brev.txt"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("gaps", "--area", "oj-vald", "--top", "3"), "3 frågor: 3 röda."),
        (("areas",), "Ekonomiskt bistånd: 60,9 % JA"),
        (("trend", "--indicator", SERIES), "Medelvärde 996,1, styrgränser 858,0 till 1 134,2."),
    ],
    ids=["gaps", "areas", "trend"],
)
@pytest.mark.parametrize("suffix", ["svg", "png", "html"])
def test_a_chart_is_written_and_told(
    tmp_path: Path, arguments: tuple[str, ...], told: str, suffix: str
) -> None:
    file = tmp_path / f"diagram.{suffix}"
    name, *rest = arguments
    result = ojmf("chart", name, "--kommun", "Solna", *rest, "--output", file)
    assert result.returncode == 0, result.stderr
    assert told in result.stdout.replace("\u00a0", " ")
    beginnings = {"svg": b"<svg", "png": b"\x89PNG", "html": b"<!DOCTYPE html>"}
    assert file.read_bytes().startswith(beginnings[suffix])


def test_a_picture_of_others_is_kept_unless_forced(tmp_path: Path) -> None:
    file = tmp_path / "diagram.svg"
    file.write_text("<svg/>", encoding="utf-8")
    command = ("chart", "areas", "--kommun", "Solna", "--output", file)
    assert ojmf(*command).returncode == 8
    assert file.read_text(encoding="utf-8") == "<svg/>"
    assert ojmf(*command, "--force").returncode == 0
    assert ojmf(*command).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("areas", "--kommun", "Solna", "--output", "x.pdf"), 2, ".svg, .png, .html"),
        (("areas", "--kommun", "Solnaa", "--output", "x.svg"), 9, "Solna"),
        (
            ("trend", "--kommun", "Solna", "--indicator", SERIES[:-1], "--output", "x.svg"),
            9,
            SERIES,
        ),
    ],
)
def test_what_cannot_be_drawn_is_told(arguments: tuple[str, ...], code: int, told: str) -> None:
    result = ojmf("chart", *arguments)
    assert result.returncode == code
    assert told in result.stderr
