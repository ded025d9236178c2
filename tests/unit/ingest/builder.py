"""A small municipality of its own, so that the readers are tested without the real reports."""

import tomllib
from pathlib import Path

import polars as pl

from ojmf.declarations import Source, with_defaults
from ojmf.declarations.catalogue import AreaFile, Catalogue
from ojmf.geography import GEOGRAPHY
from ojmf.ingest.document import Document
from ojmf.ingest.reading import read
from ojmf.ingest.source import IngestedDocument, resolve
from ojmf.workspace import Workspace

CATALOGUE = """
[area]
id = "a"
name = "Området"

[[indicator]]
id = "a.ett"
name = "Första frågan"
unit = "answer"
kind = "answer"
polarity = "higher"
polarity_reason = "Ja är bra."
method = "answer"
synonyms = ["Fråga ett"]

[[indicator]]
id = "a.tva"
name = "Andra frågan"
unit = "answer"
kind = "answer"
polarity = "higher"
polarity_reason = "Ja är bra."
method = "answer"

[[indicator]]
id = "a.antal"
name = "Antal"
unit = "persons"
kind = "count"
polarity = "neutral"
polarity_reason = "En volym."
method = "neutral"
synonyms = ["- varav barn"]

[[indicator]]
id = "a.belopp"
name = "Belopp"
unit = "MSEK"
kind = "amount"
polarity = "neutral"
polarity_reason = "Ett belopp."
method = "neutral"

[[indicator]]
id = "a.summa"
name = "Summa"
unit = "MSEK"
kind = "amount"
polarity = "neutral"
polarity_reason = "Ett belopp."
method = "neutral"
"""

HEAD = """
id = "prov"
title = "Provrapport"
document = "Prov"
publisher = "Provkommun"
geo = "9999"
date = 2024-09-01
reporting_period = "2024-01/2024-08"
sha256 = "{zeros}"
furniture = ['\\d{{1,2}}', 'Sida .*']
symbols = {{ "-" = {{ status = "M", note = "streck" }} }}
"""

QUESTIONS = """
[[table]]
id = "fragor"
layout = "grid"
kind = "oj-answers"
title = "Frågor"
area = "a"
header = ["Indikator", "Kommunen", "Länet", "Kommentar"]
columns = [
  { label = "Indikator", content = "label" },
  { label = "Kommunen", content = "answer", unit = "answer", period = "2024" },
  { label = "Länet", geo = "99", scenario = "share", unit = "percent", period = "2024" },
  { label = "Kommentar", content = "comment" },
]
"""

MONTHS = """
[[table]]
id = "manader"
layout = "months"
kind = "monthly"
title = "Antal per månad"
area = "a"
indicator = "a.antal"
header = ["", "jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
years = [2023, 2024]
"""


def source(declaration: str) -> Source:
    """A source with the usual head and the given tables."""
    raw = tomllib.loads(HEAD.format(zeros="0" * 64) + declaration)
    return Source.model_validate(with_defaults(raw))


def workspace(declared: Source) -> Workspace:
    """A workspace with the small catalogue and one source."""
    area = AreaFile.model_validate(tomllib.loads(CATALOGUE))
    geography = pl.DataFrame(schema=GEOGRAPHY)
    return Workspace(Path(), "argument", Catalogue([area]), geography, {declared.id: declared})


def ingest(declaration: str, text: str, sha256: str | None = None) -> IngestedDocument:
    """What a document with this text gives under a source with these tables.

    With a fingerprint it is a whole document, and another edition than the declared one.
    """
    declared = source(declaration)
    document = Document("prov.txt", text.split("\n"), sha256)
    return resolve(read(workspace(declared), declared, document))


def rows(ingested: IngestedDocument, *columns: str) -> list[tuple]:
    """The observations as tuples of the given columns."""
    return ingested.observations.select(columns).rows()
