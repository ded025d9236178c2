"""A report says which municipalities are in the group that its figures are held against."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from ojmf.present.annex.rows import Asked, compare_rows
from ojmf.present.report.tracing import reservations
from ojmf.workspace import Workspace


def test_the_most_similar_municipalities_are_named(made_up_country: Path) -> None:
    workspace = Workspace.open(made_up_country)
    geo = str(min(filter(None, workspace.groups["of"])))
    members = workspace.groups.filter(of=geo)["member_id"].to_list()
    names = workspace.geography.filter(pl.col("code").is_in(members))["name"].sort().to_list()
    beside = compare_rows(workspace, geo, asked=Asked(against="liknande"))
    (told,) = (said for said in reservations(workspace, beside) if said.startswith("I gruppen"))
    assert told.endswith(f" ingår {', '.join(names[:-1])} och {names[-1]}.")
    alone = reservations(workspace, compare_rows(workspace, geo))
    assert not [said for said in alone if said.startswith("I gruppen")]
