"""Commands that a message suggests can be pasted into a shell."""

from __future__ import annotations

import shlex

import pytest

from ojmf.suggestions import in_shell


@pytest.mark.parametrize(
    "text", ["riket", "2024-01", "Malmö", "Medel alla kommuner", 'a "b" c', "tal (1).csv", "a;b"]
)
def test_an_argument_is_one_word_to_a_shell(text: str) -> None:
    assert shlex.split(f"ojmf gaps --against {in_shell(text)}")[-1] == text


def test_a_word_has_no_quotation_marks() -> None:
    assert in_shell("Upplands-Bro") == "Upplands-Bro"
