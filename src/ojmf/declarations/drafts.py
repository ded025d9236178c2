"""Drafts: declarations with open questions, which keep their source from being read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ojmf.declarations.toml import read_toml

TODO = "TODO: "
"""What a question in a draft begins with."""


def open_entries(raw: Any, where: str = "") -> Iterator[str]:
    """The entries of a declaration that are still questions, each with where it stands."""
    if isinstance(raw, str):
        if raw.startswith(TODO.rstrip(": ")):
            yield f"{where}: {raw.removeprefix(TODO) or 'inte besvarad'}"
    elif isinstance(raw, dict):
        for key, value in raw.items():
            yield from open_entries(value, f"{where}, {key}" if where else key)
    elif isinstance(raw, (list, tuple)):
        for number, value in enumerate(raw, start=1):
            name = (
                value.get("id", value.get("label", number)) if isinstance(value, dict) else number
            )
            yield from open_entries(value, f"{where} ”{name}”")


@dataclass(frozen=True, slots=True)
class Drafted:
    """A declaration with open questions: a fault for each, and the document's fingerprint."""

    faults: tuple[str, ...]
    sha256: str | None


def drafted(path: Path) -> Drafted | None:
    """The draft in a file; None where the file is no draft, or not even TOML."""
    raw, _ = read_toml(path)
    faults = tuple(f"{path}: fråga kvar att besvara: {entry}" for entry in open_entries(raw))
    return Drafted(faults, raw.get("sha256")) if faults else None
