"""What all documents say of themselves is not said by every name of a page."""

from __future__ import annotations

import pytest

from ojmf.present.said_once import shared_ending, without_what_documents_say
from ojmf.workspace import Workspace
from tests.unit.test_conventions import ROOT


@pytest.mark.parametrize(
    ("documents", "ending"),
    [
        (["Delårsrapport (prov)", "Nyckeltal (prov)"], " (prov)"),
        (["Delårsrapport (prov)", "Nyckeltal"], ""),
        (["Delårsrapport (prov)", "Nyckeltal (utkast)"], ""),
        (["Bilaga (1) till rapporten"], ""),
        ([], ""),
    ],
)
def test_the_ending_is_that_of_every_document(documents: list[str], ending: str) -> None:
    assert shared_ending(documents) == ending


def test_a_workspace_whose_documents_say_nothing_alike_keeps_its_names() -> None:
    workspace = Workspace.open(ROOT)
    assert without_what_documents_say(workspace, workspace.scan()) is workspace


def test_names_lose_what_every_document_says_and_are_found_by_it_still() -> None:
    workspace = Workspace.open(ROOT)
    area = next(iter(workspace.catalogue.areas))
    first = workspace.catalogue.areas[area].indicator[0]
    told = workspace.with_names(lambda name: f"{name} (prov)")
    again = told.with_names(lambda name: name.removesuffix(" (prov)"))
    assert again.indicators["name"].to_list() == workspace.indicators["name"].to_list()
    assert again.indicators["area_name"].to_list() == workspace.indicators["area_name"].to_list()
    assert again.catalogue.by_label(area, f"{first.name} (prov)") == first.id
    assert workspace.indicators["name"].str.ends_with("(prov)").sum() == 0
