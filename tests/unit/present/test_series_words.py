"""What is said of the latest signal of a series."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from ojmf.present.series_words import signal_words


@pytest.mark.parametrize(
    ("signals", "said"),
    [
        ("......", ""),
        ("..SSSSSSS", "över medelvärdet 5 sedan mars 2024"),
        ("ssssssss..", "under medelvärdet 5 januari–augusti 2024"),
        ("SSSSOSSSO", "över medelvärdet 5 sedan januari 2024"),
        ("....o", "ett ovanligt lågt värde i maj 2024"),
        ("..O.....", "ett ovanligt högt värde i mars 2024"),
        ("..oo", "ovanligt låga värden sedan mars 2024"),
        ("TTTTTTT", "stiger sedan januari 2024"),
        (".ttttttt.", "sjunker februari–augusti 2024"),
        ("SSSSSSS.ssssssss", "under medelvärdet 5 sedan september 2024"),
        ("......" * 2 + "SSSSSSS..", "över medelvärdet 5 januari–juli 2025"),
        (".........sssssss.", "under medelvärdet 5 oktober 2024–april 2025"),
    ],
)
def test_a_signal_is_told_by_direction_and_months(signals: str, said: str) -> None:
    """A letter is a month: outside, shift or trend, capital above and small below the mean."""
    kinds = {"o": "outside", "s": "shift", "t": "trend"}
    points = pl.DataFrame(
        [
            (
                kinds.get(sign.lower()),
                None if sign == "." else 1 if sign.isupper() else -1,
                date(2024 + month // 12, month % 12 + 1, 28),
            )
            for month, sign in enumerate(signals)
        ],
        schema={"signal": pl.String, "side": pl.Int32, "period_end": pl.Date},
        orient="row",
    )
    assert signal_words(points, "5") == said
