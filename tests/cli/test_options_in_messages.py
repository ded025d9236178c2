"""What the functions say of their arguments, as the command line says it of its options."""

from __future__ import annotations

import pytest

from ojmf.cli.usage import as_options


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (
            "Utelämna every_period=: by=gap visar en period i taget.",
            "Utelämna --every-period: --by gap visar en period i taget.",
        ),
        (
            "Ange kommun= (var och en för sig) eller lan=.",
            "Ange --kommun (var och en för sig) eller --lan.",
        ),
        ("Det finns inget som heter ”by=gap”.", "Det finns inget som heter ”by=gap”."),
        ("Se https://example.se/?q=a.", "Se https://example.se/?q=a."),
        ('JA = 100, sha256 = "ab"', 'JA = 100, sha256 = "ab"'),
    ],
)
def test_arguments_are_named_as_options(said: str, shown: str) -> None:
    assert as_options(said) == shown
