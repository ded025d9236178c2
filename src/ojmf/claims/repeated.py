"""The same thing stated twice in a text, with different figures."""

from __future__ import annotations

from collections.abc import Sequence

from ojmf.claims.arithmetic import Own
from ojmf.claims.claim import Claim, Judgement, Kind, Verdict
from ojmf.claims.language import Language
from ojmf.claims.phrases import YEAR
from ojmf.claims.table_rows import likeness, tokens

_LEAST_WORDS = 4
_ALIKE = 0.8


def judge_repeated(
    claims: Sequence[Claim], candidates: Sequence[int], language: Language
) -> list[Own]:
    """Contradictions between sentences that say the same before their figure, of one period.

    Only the claims numbered in ``candidates`` are set against each other: those that no table
    could judge.
    """
    leads = {
        i: tokens(claims[i].sentence.text[: claims[i].values[0].start], language)
        for i in candidates
        if claims[i].kind in {Kind.LEVEL, Kind.CHANGE} and not claims[i].part
    }
    found = []
    for one, words in leads.items():
        for other, others in leads.items():
            if one == other or claims[one].sentence.text == claims[other].sentence.text:
                continue
            if (
                _rivals(claims[one], claims[other])
                and _alike(words, others)
                and (_differ(claims[one], claims[other]))
            ):
                said = claims[other]
                found.append(
                    Own(
                        one,
                        Judgement(
                            Verdict.TEXT_AGAINST_TEXT,
                            expected=said.values[0].text,
                            computation=f"rad {said.line}: {said.values[0].text}",
                        ),
                    )
                )
                break
    return found


def _rivals(one: Claim, other: Claim) -> bool:
    """Whether two claims are of the same unit and the same stated year."""
    year = _year(one)
    return one.unit == other.unit and one.unit != "" and year is not None and year == _year(other)


def _year(claim: Claim) -> str | None:
    behind = claim.sentence.text[claim.values[0].end :][:25]
    match = YEAR.search(behind)
    return match[0] if match else None


def _alike(one: list[str], other: list[str]) -> bool:
    if min(len(one), len(other)) < _LEAST_WORDS:
        return False
    return min(_covered(one, other), _covered(other, one)) >= _ALIKE


def _covered(one: list[str], other: list[str]) -> float:
    return sum(max(likeness(w, o) for o in other) for w in one) / len(one)


def _differ(one: Claim, other: Claim) -> bool:
    a, b = one.values[0], other.values[0]
    return abs(a.value - b.value) > 1e-9 and abs(a.value - b.value) >= max(a.half, b.half)
