"""What is known of a document, and what has been found of a table in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ojmf.authoring.blocks import Block
from ojmf.authoring.labels import Labels, Match
from ojmf.declarations.drafts import TODO
from ojmf.geography import Gazetteer


@dataclass(slots=True)
class Context:
    """What is known of the document before its tables are looked at."""

    geo: str
    county: str | None
    reporting: str | None
    gazetteer: Gazetteer
    labels: Labels


@dataclass(slots=True)
class Proposal:
    """A table of the draft: its keys as TOML values, and comments that say what they rest on."""

    block: Block
    layout: str
    kind: str
    area: str | None = None
    columns: list[dict[str, Any]] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)
    indicators: dict[str, str] = field(default_factory=dict)
    comments: list[str] = field(default_factory=list)
    answers: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Passed:
    """A block that is no table of figures (``what`` says so), or that has no known form (TODO)."""

    block: Block
    what: str


def meant(match: Match | None, area: str) -> str:
    """The indicator's id, or the question that is left."""
    if match is None:
        return f"{TODO}ingen indikator liknar; lägg till en i data/indicators/{area}.toml"
    if match.exact:
        return match.indicator
    if match.rivals:
        both = " och ".join([match.indicator, *match.rivals])
        return f"{TODO}lika nära {both} ({match.score:.0f} %); välj en"
    return f"{TODO}närmast är {match.indicator} ({match.score:.0f} %); skriv rätt id"
