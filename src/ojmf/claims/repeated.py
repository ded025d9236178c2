"""The same thing stated twice in a text, with different figures."""

from __future__ import annotations

from collections.abc import Sequence

from ojmf.claims.arithmetic import Own
from ojmf.claims.claim import Claim, Judgement, Kind, Verdict
from ojmf.claims.language import Language
from ojmf.claims.phrases import when
from ojmf.claims.table_rows import likeness, tokens

_LEAST_WORDS = 4
_ALIKE = 0.8
_KINDS = {Kind.LEVEL, Kind.CHANGE, Kind.DEVIATION, Kind.UNKNOWN}


def judge_repeated(
    claims: Sequence[Claim], candidates: Sequence[int], language: Language
) -> list[Own]:
    """Contradictions between sentences that say the same around their figure, of one period.

    Only the claims numbered in ``candidates`` are set against each other: those that no table
    could judge.
    """
    said = {
        i: tokens(claims[i].sentence.text[: claims[i].values[0].start], language)
        for i in candidates
        if claims[i].kind in _KINDS and not claims[i].part and claims[i].unit
    }
    found = []
    for one, words in said.items():
        for other, others in said.items():
            first, second = claims[one], claims[other]
            if (
                first.sentence.text != second.sentence.text
                and first.unit == second.unit
                and _year(first, language) == _year(second, language) is not None
                and min(len(words), len(others)) >= _LEAST_WORDS
                and min(_covered(words, others), _covered(others, words)) >= _ALIKE
                and _differ(first, second)
            ):
                text = second.values[0].text
                judgement = Judgement(
                    Verdict.TEXT_AGAINST_TEXT,
                    expected=text,
                    computation=f"rad {second.line} säger {text}",
                )
                found.append(Own(one, judgement))
                break
    return found


def _year(claim: Claim, language: Language) -> int | None:
    """The year that a figure is said to be of, just behind it or before it."""
    text = claim.sentence.text
    behind = when(text[claim.values[0].end :][:25], language, 0).year
    return behind or when(text[: claim.values[0].start], language, 0).year


def _covered(one: list[str], other: list[str]) -> float:
    return sum(max(likeness(w, o) for o in other) for w in one) / len(one)


def _differ(one: Claim, other: Claim) -> bool:
    a, b = one.values[0], other.values[0]
    return abs(a.value - b.value) > 1e-9 and abs(a.value - b.value) >= max(a.half, b.half)
