"""What sentences and figures take over from those before them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ojmf.claims.claim import Claim, Kind
from ojmf.claims.language import BasisName, Language, compiled
from ojmf.claims.quantities import Quantity
from ojmf.claims.sentences import Sentence


@dataclass(slots=True)
class Discourse:
    """What earlier sentences of a section leave understood."""

    paragraph: int = 0
    heading: str = ""
    subject: str = ""
    basis: BasisName | None = None

    def enter(self, sentence: Sentence) -> None:
        """Go on to a sentence; a new heading forgets all, a new paragraph the subject."""
        if sentence.heading != self.heading:
            self.basis = None
        if sentence.paragraph != self.paragraph:
            self.subject = ""
        self.heading, self.paragraph = sentence.heading, sentence.paragraph


def _same(before: Claim, share: Quantity, text: str, language: Language) -> bool:
    """Whether a percentage says the same as the amount before it."""
    between, behind = text[before.values[0].end : share.start], text[share.end :]
    if compiled(language.companion).search(between):
        return True
    beside, then = (compiled(pattern) for pattern in language.companion_of_change)
    return bool(
        before.kind in {Kind.CHANGE, Kind.DEVIATION}
        and beside.search(between)
        and then.search(behind)
    )


def companions(claims: list[Claim], text: str, language: Language) -> Iterator[Claim]:
    """Percentages behind an amount that say the same take over what is said of the amount."""
    for index, claim in enumerate(claims):
        before = claims[index - 1] if index else None
        quantity = claim.values[0]
        if (
            before is not None
            and before.kind in {Kind.CHANGE, Kind.DEVIATION, Kind.LEVEL, Kind.COMPARISON}
            and claim.kind in {Kind.LEVEL, Kind.UNKNOWN}
            and quantity.unit == "percent"
            and before.unit in {"MSEK", "SEK"}
            and _same(before, quantity, text, language)
        ):
            yield replace(
                before,
                offset=quantity.start,
                values=(quantity,),
                percent_of=before.offset,
                kind=Kind.DEVIATION if before.kind is Kind.DEVIATION else Kind.CHANGE,
                when=replace(before.when, year=None),
                side=None,
            )
        else:
            yield claim
