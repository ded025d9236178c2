"""Which indicators a text names."""

from __future__ import annotations

import polars as pl
import pytest

from ojmf.declarations.called import indicators_called

INDICATORS = pl.DataFrame(
    {
        "indicator_id": ["a.placerade", "a.boende-barn", "a.boende-vuxna", "a.boende"],
        "name": ["Placerade (prov)", "Boende (barn)", "Boende (vuxna)", "Boende, alla"],
        "synonyms": [[], [], [], ["Samtliga boende"]],
    },
    schema_overrides={"synonyms": pl.List(pl.String)},
)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("a.placerade", ["a.placerade"]),
        ("PLACERADE (prov)", ["a.placerade"]),
        ("Placerade", ["a.placerade"]),
        ("samtliga boende", ["a.boende"]),
        ("Boende (barn)", ["a.boende-barn"]),
        ("Boende", ["a.boende-barn", "a.boende-vuxna"]),
        ("som det stod", ["a.boende"]),
        ("prov", []),
    ],
)
def test_an_indicator_is_named_by_id_name_synonym_or_label(text: str, meant: list[str]) -> None:
    assert indicators_called(text, INDICATORS, [("a.boende", "Som det stod.")]) == meant
