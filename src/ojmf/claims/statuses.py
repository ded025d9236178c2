"""Judging counts of indicators and of their colours against the answers of an area."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from ojmf.claims.claim import Claim, Judgement, Verdict
from ojmf.claims.language import Language, compiled
from ojmf.claims.table_rows import likeness, tokens

_LEAST = 0.75
_COLOURS = {"green": "gröna", "yellow": "gula", "red": "röda"}


class Answers:
    """The answered questions of a document by table."""

    def __init__(self, observations: pl.DataFrame, language: Language) -> None:
        rows = observations.with_row_index("row").filter(pl.col("unit") == "answer")
        self.tables: Mapping[str, pl.DataFrame] = {
            str(key[0]): group for key, group in rows.group_by("table", maintain_order=True)
        }
        self.language = language

    def table(self, claim: Claim) -> str | None:
        """The table that a heading speaks of."""
        said = tokens(claim.sentence.heading, self.language)
        best, score = None, 0.0
        for title in self.tables:
            named = tokens(title, self.language)
            if not named:
                continue
            fit = sum(max((likeness(n, s) for s in said), default=0.0) for n in named) / len(named)
            if fit > score:
                best, score = title, fit
        return best if score >= _LEAST else None

    def judge(self, claim: Claim) -> Judgement | None:
        """The verdict on a count; null where no table is meant."""
        title = self.table(claim)
        if title is None:
            return None
        rows = self.tables[title]
        colour = self._colour(claim)
        answer = self.language.status.answers.get(colour or "")
        counted = rows if answer is None else rows.filter(pl.col("answer") == answer)
        found, said = counted.height, claim.values[0].value
        what = f"rader med svaret {answer}" if answer else "indikatorer"
        listed = (
            ", ".join(str(line) for line in counted["line"])
            if answer
            else (f"{min(rows['line'].to_list())}–{max(rows['line'].to_list())}")
        )
        return Judgement(
            Verdict.AGREES if found == said else Verdict.CONTRADICTS,
            expected=str(found),
            computation=f"{found} {what} i tabellen (rad {listed})",
            cells=tuple(counted["row"].to_list()[:40]),
            text_value=said,
        )

    def _colour(self, claim: Claim) -> str | None:
        status = self.language.status
        behind = claim.sentence.text[claim.values[0].end :]
        near = compiled(r"^[^\d.]{0,40}").search(behind)
        text = near[0] if near else ""
        for name in _COLOURS:
            words = "|".join(getattr(status, name))
            if compiled(rf"\b(?:{words})\b").search(text):
                return name
        return None
