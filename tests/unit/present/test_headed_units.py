"""A plain number has the word that the heading of its column gives it."""

from __future__ import annotations

import polars as pl
import pytest

from ojmf.compare.frame import Selection
from ojmf.present.site.measure_rows import measure_tables
from ojmf.present.site.measures import judged
from ojmf.present.site.provenance import Provenance
from ojmf.present.units import unit_word
from ojmf.present.views import Names
from ojmf.workspace import Workspace


@pytest.mark.parametrize(
    ("heading", "word"),
    [("Riskindex", "riskindex"), ("Utfall 2024", None), ("Meritpoängen 2024", "meritpoäng")],
)
def test_a_heading_may_say_what_a_number_is(heading: str, word: str | None) -> None:
    row = {"unit": ["index"], "label": ["Kontinuitet"], "column_label": [heading]}
    assert pl.DataFrame(row).select(unit_word()).item() == (word or "")


def test_risks_are_not_bare_numbers_on_a_site() -> None:
    workspace = Workspace.open()
    names = Names(workspace.indicators, workspace.geography)
    observations = workspace.observations()
    rows = workspace.compared("0184", ["lan"], Selection("internkontroll"))
    own = observations.filter(geo="0184")
    nothing = Provenance(observations.clear(), {}, [])
    (table,) = measure_tables(judged(workspace, names, rows), own, nothing)
    assert {row.unit for row in table.rows} == {"riskindex"}
