"""The tables of answered questions of a document, and which of them a text means."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from ojmf.claims.claim import Claim
from ojmf.claims.language import Language, compiled
from ojmf.claims.table_rows import likeness, tokens

WHOLLY = 0.93
"""How far a text names a table that it names by all its words, inflected."""
_LEAST, _ALIKE = 0.75, 0.6


class AnswerTables:
    """The answered questions of a document by table."""

    def __init__(self, observations: pl.DataFrame, language: Language) -> None:
        rows = observations.with_row_index("row").filter(pl.col("unit") == "answer")
        self.tables: Mapping[str, pl.DataFrame] = {
            str(key[0]): group for key, group in rows.group_by("table", maintain_order=True)
        }
        self.places = rows["column_label"].unique().to_list()
        self.language = language

    def meant(self, claim: Claim) -> str | None:
        """The table that a sentence names wholly, or else that its heading speaks of."""
        return self.named_in((claim.sentence.text, WHOLLY), (claim.sentence.heading, _LEAST))

    def named_in(self, *texts: tuple[str, float]) -> str | None:
        """The table that the first of the texts names, at least so far."""
        for text, least in texts:
            said = tokens(text, self.language)
            fits = {}
            for title in self.tables:
                named = tokens(title, self.language)
                alike = [max((likeness(n, s) for s in said), default=0.0) for n in named]
                fits[title] = sum(alike) / len(named) if named else 0.0
            best = max(fits, key=lambda title: fits[title], default=None)
            if best is not None and fits[best] >= least:
                return best
        return None

    def named_by(self, text: str) -> str | None:
        """The one table that all the words of a text name."""
        said = tokens(text, self.language)
        fits = [
            title
            for title in self.tables
            for named in [tokens(title, self.language)]
            if all(max((likeness(n, s) for n in named), default=0.0) >= _ALIKE for s in said)
        ]
        return fits[0] if said and len(fits) == 1 else None

    def beyond(self, text: str, title: str) -> list[str]:
        """The words of a text, up to its verb, that are not of the name of a table."""
        named = tokens(title, self.language)
        subject = compiled(rf"\s(?:{self.language.scope.verbs})\b").split(text)[0]
        said = tokens(subject, self.language)
        return [word for word in said if all(likeness(n, word) < _ALIKE for n in named)]
