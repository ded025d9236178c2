"""What a document reports on is said by its title, also where that is broken over lines."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from ojmf.authoring import draft_source
from tests.unit.authoring.reports import WORKSPACE


@pytest.mark.parametrize(
    ("title", "meant", "asked"),
    [
        ("Delårsrapport januari–augusti\n\n2024\n", "2024-01/2024-08", False),
        ("Delårsrapport per den 31\naugusti 2024\n", "2024-01/2024-08", False),
        ("Tertialrapport 2\n2024\n", "2024-01/2024-08", False),
        ("Årsredovisning\n2024\n", "2024", False),
        ("Nämnden januari–juni\nVård och omsorg\nFastställd 2024\n", None, True),
    ],
)
def test_a_title_and_the_year_that_broke_off_it_say_the_period(
    title: str, meant: str | None, asked: bool, tmp_path: Path
) -> None:
    path = tmp_path / "rapport.txt"
    path.write_text(f"{title}\nDrift, mkr\tUtfall\tBudget 2024\nSkola\t1,5\t2,5\n", "utf-8")
    draft = draft_source(WORKSPACE, path, "prov", "1715")
    period = tomllib.loads(draft.text)["reporting_period"]
    assert [q.proposal for q in draft.questions if q.key == "reporting-period"] == [None] * asked
    assert asked or period == meant
