"""Reports of municipalities that nothing declares, made for the purpose."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from ojmf.authoring import Draft, draft_source
from ojmf.workspace import Workspace
from tests.unit.readers.writers import Part, write_txt

ROOT = Path(__file__).resolve().parents[3]
WORKSPACE = Workspace.open(ROOT)
QUESTIONS = [
    "Aktuell överenskommelse om samverkan med vuxenpsykiatri",
    "Aktuell överenskommelse om samverkan med akutmottagningar",
    "Aktuell överenskommelse om samverkan med ungdomsmottagningar",
    "Aktuell överenskommelse om samverkan med kvinnojourer",
]
MONTHS = ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]


def draft(tmp_path: Path, parts: list[Part], kommun: str = "2482", **options: Any) -> Draft:
    path = tmp_path / "rapport.txt"
    write_txt(path, parts)
    return draft_source(WORKSPACE, path, "prov", kommun, **options)


def declared(made: Draft) -> dict[str, Any]:
    return tomllib.loads(made.text)


def only_table(made: Draft) -> dict[str, Any]:
    (table,) = declared(made)["table"]
    return dict(table)


def by_label(table: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {column["label"]: column for column in table["columns"]}
