"""What was asked about a source and what was answered, so that one answer can be given anew.

``asked.toml`` stands beside a declaration: the declaration as it was with its questions open, and
the answers.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import polars as pl

from ojmf.authoring.answering import answered
from ojmf.declarations import toml
from ojmf.declarations.drafts import Question, drafted
from ojmf.errors import DeclarationError, SelectionError

ASKED_FILE = "asked.toml"
_HEAD = (
    "# Skriven av ojmf: deklarationen som frågorna ställdes i, och svaren. Ändra inte här: ändra "
    "ett svar\n# med ojmf source answer.\n"
)
_ANSWERS = "\n[answers]\n"
_DRAFTED = "\n[drafted]\n"


@dataclass(frozen=True, slots=True)
class Asked:
    """The text of a declaration with its questions open, and the answers by key.

    ``document`` is the name of the file that it was drafted from, where that is known.
    """

    text: str
    answers: Mapping[str, str] = field(default_factory=dict)
    document: str = ""

    @classmethod
    def read(cls, folder: Path) -> Self | None:
        """What the file in a source's folder says; None without one.

        Raises ``DeclarationError`` where someone has broken it.
        """
        path = folder / ASKED_FILE
        if not path.is_file():
            return None
        whole = path.read_text(encoding="utf-8").removeprefix(_HEAD)
        try:
            raw = tomllib.loads(whole)
        except tomllib.TOMLDecodeError:
            raise DeclarationError(
                [f"{path}: filen är trasig. Ta bort den; frågorna kan då inte besvaras om."]
            ) from None
        text = whole.partition(_ANSWERS)[0].partition(_DRAFTED)[0]
        return cls(text, raw.get("answers", {}), raw.get("drafted", {}).get("document", ""))

    def questions(self) -> tuple[Question, ...]:
        """The questions that are open in the text."""
        draft = drafted(tomllib.loads(self.text), Path(ASKED_FILE))
        return draft.questions if draft else ()

    def file(self, folder: Path) -> dict[Path, bytes]:
        """The file that keeps this, by its path."""
        said = _DRAFTED + toml.entry("document", self.document) if self.document else ""
        said += _ANSWERS + toml.entries(dict(self.answers)) if self.answers else ""
        return {folder / ASKED_FILE: (_HEAD + self.text + said).encode()}

    def anew(self, text: str, changed: Mapping[str, str], geography: pl.DataFrame) -> str:
        """A declaration's text with other answers to questions that have been answered.

        Only the lines that the answers stand on are written, so that all else stays as it is.
        Raises ``SelectionError`` for what is no answer, and where someone has edited such a line.
        """
        questions = self.questions()
        before = answered(self.text, questions, self.answers, geography)
        after = answered(self.text, questions, {**self.answers, **changed}, geography)
        found, old = text.split("\n"), before.split("\n")
        lines = list(found)
        for place, (was, becomes) in enumerate(zip(old, after.split("\n"), strict=True)):
            if was == becomes:
                continue
            at = [number for number, line in enumerate(found) if line == was]
            if len(at) != old.count(was):
                raise SelectionError(
                    f"{', '.join(changed)}: svaret är ändrat för hand. Ändra det i source.toml, på "
                    f"raden som i utkastet blev ”{was.strip()[:80]}”."
                )
            lines[at[old[:place].count(was)]] = becomes
        return "\n".join(lines)


_INHERITED = {"answer", "place", "scenario", "sign", "symbol", "unit"}
"""The kinds of questions about how a document writes, which its next edition does likewise."""


def inherited(folder: Path, questions: Iterable[Question]) -> dict[str, str]:
    """The answers that were given in a source's folder to the very same questions.

    What is of one document only, as its day and its period, is asked each time.
    """
    asked = Asked.read(folder)
    if asked is None:
        return {}
    same = {(q.key, q.question) for q in asked.questions() if q.kind in _INHERITED}
    keys = [q.key for q in questions if (q.key, q.question) in same]
    return {key: asked.answers[key] for key in keys if key in asked.answers}


def taken(
    questions: Iterable[Question], answers: Mapping[str, str], accept: int | None
) -> dict[str, str]:
    """The answers, and the proposals with at least that score where there is none."""
    proposed = {
        q.key: q.proposal
        for q in questions
        if accept is not None and q.proposal is not None and q.score >= accept
    }
    return {**proposed, **answers}
