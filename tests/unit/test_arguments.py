"""Arguments of another type than a function reads: refused in Swedish, with faults and a code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

import ojmf
from tests.unit.test_misuses import COUNTRY, DIRECTIONS, FIGURES, QUESTIONS, ROWS, Call, column

OJMF: Any = ojmf
"""Without its types, which a type checker would hold the calls against."""
DATA: Any = ojmf.Data(ROWS, QUESTIONS)
ARGUMENTS: Mapping[str, tuple[Call, str]] = {
    "half a row": (lambda: DATA.gaps("0184", top=2.5), "ett heltal, inte float"),
    "rows as text": (lambda: OJMF.gaps(ROWS, QUESTIONS, "0184", top="3"), "ett heltal"),
    "a sex of none": (lambda: DATA.status("0184", sex=1), "väntade kvinnor"),
    "a switch for a column": (lambda: DATA.status("alla", wide=True), "en kolumn anges som text"),
    "several municipalities in a list": (lambda: DATA.status(["0184"]), "en plats anges som text"),
    "a set of references": (lambda: DATA.status("0184", against={"lan"}), "anges som text"),
    "a path as a number": (lambda: DATA.table("0184", 3), "en sökväg anges som text"),
    "a folder as a number": (lambda: OJMF.Workspace.open(3), "en sökväg anges som text"),
    "a day as text": (lambda: DATA.report("0184", "x.docx", day="2024-01-01"), "datetime.date"),
    "an indicator as a number": (lambda: DATA.cite(3, "0184"), "en indikator anges som text"),
    "a group as a number": (lambda: DATA.peers("0184", 3), "en grupp anges som text"),
    "a frame of another library": (lambda: OJMF.Workspace.open().validate([1]), "inte som list"),
    "no columns": (lambda: OJMF.compare.quartiles(FIGURES, None), "en kolumn anges som text"),
    "no concepts": (lambda: OJMF.Data(ROWS, QUESTIONS, concepts=None), "väntade begrepp"),
    "half a month": (lambda: OJMF.compare.year_to_date(ROWS, "0184", 8.0), "från 1 till 12"),
    "no indicator": (
        lambda: OJMF.national_gaps(
            column("indicator_id", None)(COUNTRY), DIRECTIONS, by="indicator_id"
        ),
        "saknar indikator",
    ),
}


@pytest.mark.parametrize("name", ARGUMENTS)
def test_an_argument_of_another_type_is_refused_with_faults_and_a_code(name: str) -> None:
    call, message = ARGUMENTS[name]
    with pytest.raises(ojmf.OjmfError, match=message) as refused:
        call()
    assert refused.value.faults
    assert refused.value.code in ("type", "selection")


def test_a_frame_of_another_library_is_both_a_type_error_and_one_of_ours() -> None:
    for wrong in (TypeError, ojmf.ArgumentError, ojmf.UsageError, ojmf.OjmfError):
        with pytest.raises(wrong, match="väntade en DataFrame"):
            OJMF.Data(ROWS.to_dicts(), QUESTIONS)
