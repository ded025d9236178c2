"""Whose figures a comparison is of, and which: the choice that a call or a command makes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

    from ojmf.compare.frame import Selection
    from ojmf.present.views import Names
    from ojmf.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Chosen:
    """The workspace, the municipalities that are meant, and which figures of theirs.

    ``answers`` says that the answers to the questions alone are meant.
    """

    workspace: Workspace
    geos: list[str]
    selection: Selection
    answers: bool

    @property
    def several(self) -> bool:
        """Whether there are several municipalities."""
        return len(self.geos) > 1

    @property
    def names(self) -> Names:
        """The names of areas and places."""
        from ojmf.present.views import Names

        workspace = self.workspace
        return Names(workspace.indicators, workspace.places)

    def everywhere(self) -> Chosen:
        """The same without regard to the area."""
        return replace(self, selection=replace(self.selection, area=None))

    def compared(self, against: Sequence[str]) -> pl.DataFrame:
        """The rows against each reference, each with its reason in words."""
        from ojmf.present.reasons import with_reasons

        rows = self.workspace.compared(self.geos, against, self.selection)
        return with_reasons(rows, self.names.places)


def choose_in(
    workspace: Workspace,
    kommun: str,
    selection: Selection | None = None,
    *,
    all_methods: bool = False,
) -> Chosen:
    """What a municipality, county, group or ``alla`` means, of a selection without methods.

    The answers to the questions alone are meant where a municipality has some and ``all_methods``
    is not asked for, and else all that it has. Raises ``SelectionError`` for an unknown place or
    area.
    """
    from ojmf.compare.frame import Selection
    from ojmf.compare.questions import ANSWER_METHOD
    from ojmf.geography import resolve_municipalities

    selection = selection or Selection()
    geos = resolve_municipalities(kommun, workspace.geography, workspace.groups)
    answers = not all_methods and workspace.has_answers(geos, selection)
    if answers:
        selection = replace(selection, methods=(ANSWER_METHOD,))
    return Chosen(workspace, geos, selection, answers)


def named_reference(chosen: Chosen, rows: pl.DataFrame, several: str) -> str:
    """What rows of answers are held against, in a word; ``several`` for the county of each."""
    from ojmf.compare.against import OWN_KINDS
    from ojmf.model import ReferenceKind
    from ojmf.present.formats import earlier_in_words
    from ojmf.present.words import REFERENCE_WORDS

    references, kinds = rows["reference_geo"].unique(), rows["reference_kind"].unique()
    if len(kinds) == 1 and kinds[0] == ReferenceKind.EARLIER.value:
        return earlier_in_words(rows)
    own = {kind.value for kind in OWN_KINDS}
    if len(references) == 1 and not own.intersection(kinds):
        return chosen.names.place(references[0])
    if len(kinds) == 1 and kinds[0] != ReferenceKind.COUNTY.value:
        return REFERENCE_WORDS.get(str(kinds[0]), several)
    return several
