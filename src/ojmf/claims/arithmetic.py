"""Figures of a text that must fit each other: parts and totals, quotients, products."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ojmf.claims.claim import Claim, Judgement, Kind, Verdict
from ojmf.claims.language import Language, compiled
from ojmf.claims.quantities import Quantity
from ojmf.claims.table_rows import likeness
from ojmf.printed import swedish

_LISTED = re.compile(
    r"(?P<label>[A-ZÅÄÖ][^:.\d]{2,50}?(?:\d+ \w+)?):\s*(?P<value>\d+)(?!\s*,?\d*\s*%)"
)
_WORD = re.compile(r"[^\W\d_]+")
_SHORT, _NAMED = 3, 0.6


@dataclass(frozen=True, slots=True)
class Own:
    """A judgement that a text's own figures allow, for the claim of that number."""

    claim: int
    judgement: Judgement


def judge_own(claims: Sequence[Claim], language: Language) -> list[Own]:
    """Judge claims by other figures of the same paragraph or cell."""
    found: list[Own] = []
    groups: dict[int, list[int]] = defaultdict(list)
    for index, claim in enumerate(claims):
        if claim.values:
            groups[claim.sentence.paragraph].append(index)
    for indexes in groups.values():
        here = [(i, claims[i]) for i in indexes]
        found += _listed(here)
        found += _shares(here)
        found += _parts(here, language)
        found += _products(here, language)
        found += _differences(here)
    return found


def _verdict(said: Quantity, value: float, slack: float = 0.0) -> Verdict:
    gap = value - said.value
    if abs(gap) < 1e-9:
        return Verdict.AGREES
    around = said.half + slack + 1e-9
    within = -around - said.below < gap < around + said.above
    return Verdict.ROUNDING if within else Verdict.TEXT_AGAINST_TEXT


def _listed(here: list[tuple[int, Claim]]) -> list[Own]:
    """A list of ``label: figure`` in a cell: totals stated before it are sums over a label."""
    text = " ".join(dict.fromkeys(c.sentence.text for _, c in here))
    lists: dict[str, list[int]] = defaultdict(list)
    for match in _LISTED.finditer(text):
        lists[match["label"].strip().casefold()].append(int(match["value"]))
    sums = {label: values for label, values in lists.items() if len(values) > 1}
    if not sums:
        return []
    found = []
    first = min(text.casefold().find(f"{label}:") for label in sums)
    for index, claim in here:
        quantity = claim.values[0]
        place = text.find(claim.sentence.text) + quantity.start
        if place >= first or quantity.unit == "percent" or not quantity.exact:
            continue
        for label, values in sums.items():
            named = sum(values) == quantity.value or _names(label, claim)
            if named:
                terms = " + ".join(str(v) for v in values)
                computation = f"”{label}”: {terms} = {sum(values)}"
                verdict = _verdict(quantity, sum(values))
                found.append(Own(index, Judgement(verdict, str(sum(values)), computation)))
                break
    return found


def _names(label: str, claim: Claim) -> bool:
    """Whether the words around a figure are those of a label."""
    said = _WORD.findall(claim.near[0].casefold())
    words = [word for word in _WORD.findall(label) if len(word) > _SHORT]
    alike = sum(max((likeness(w, s) for s in said), default=0.0) for w in words)
    return bool(words) and alike / len(words) > _NAMED


def _shares(here: list[tuple[int, Claim]]) -> list[Own]:
    """A percentage and a count in brackets are a quotient; so are listed counts behind one."""
    found: list[Own] = []
    listed: list[Own] = []
    totals = [c.values[0] for _, c in here if c.values and c.values[0].exact]
    for place, (index, claim) in enumerate(here):
        if len(claim.values) != 1 or claim.values[0].unit != "percent":
            continue
        share = claim.values[0]
        following = [c.values[0] for _, c in here[place + 1 : place + 4] if c.values]
        text = claim.sentence.text
        bracket = re.match(r"\s*\(\d+\)", text[share.end :])
        if bracket and following:
            part = following[0].value
            found += _quotient(index, share, [part], [t.value for t in totals if t.value > part])
        elif re.match(r"\s*[A-ZÅÄÖ][^.:]{2,40}:\s*\d", text[share.end :]) and len(following) >= 2:
            base, parts = following[0].value, [q.value for q in following[1:]]
            listed += _quotient(index, share, parts, [base])
    right = [own for own in listed if own.judgement.verdict is not Verdict.TEXT_AGAINST_TEXT]
    return found + (listed if len(right) * 2 > len(listed) else right)


def _parts(here: list[tuple[int, Claim]], language: Language) -> list[Own]:
    """A part of a number of people or things ("varav") is no more than the number before it."""
    found: list[Own] = []
    whole: Quantity | None = None
    for index, claim in here:
        said = claim.values[0]
        if compiled(language.of_these).search(claim.sentence.text[: said.start]):
            if whole and said.exact and said.value > whole.value:
                computation = f"{said.text} är fler än {whole.text}, som det är en del av"
                told = Judgement(Verdict.TEXT_AGAINST_TEXT, whole.text, computation)
                found.append(Own(index, told))
            continue
        whole = said if claim.kind is Kind.LEVEL and said.exact and not said.none else None
    return found


def _quotient(index: int, share: Quantity, parts: list[float], bases: list[float]) -> list[Own]:
    tried = [(p, b, 100 * p / b) for b in bases for p in parts if b]
    for part, base, value in tried:
        verdict = _verdict(share, value)
        if verdict is not Verdict.TEXT_AGAINST_TEXT:
            return [Own(index, _share(verdict, part, base, value))]
    if tried and len(bases) == 1:
        return [Own(index, _share(Verdict.TEXT_AGAINST_TEXT, *tried[-1]))]
    return []


def _share(verdict: Verdict, part: float, base: float, value: float) -> Judgement:
    text = f"{swedish(part)} / {swedish(base)} = {swedish(value, 2)} %"
    return Judgement(verdict, f"{swedish(value, 1)} %", text)


def _products(here: list[tuple[int, Claim]], language: Language) -> list[Own]:
    """An amount per head, a number of heads and an amount in all."""
    per = compiled(language.subject.per)
    each = [
        (claim.values[0], match["noun"].casefold())
        for _, claim in here
        if claim.unit == "SEK" and (match := per.search(claim.sentence.text[claim.values[0].end :]))
    ]
    found = []
    for index, claim in here:
        whole = claim.values[0] if len(claim.values) == 1 else None
        if whole is None or whole.unit != "SEK" or per.search(claim.sentence.text[whole.end :]):
            continue
        if (
            compiled(rf"\b(?:{language.aggregate.total})\b").search(
                claim.sentence.text[: whole.start]
            )
            is None
        ):
            continue
        heads = [
            c.values[0]
            for _, c in here
            for price, noun in each
            if c.values[0].exact and c.values[0].text.casefold().endswith(noun)
        ]
        for head in heads:
            for price, _ in each:
                value = head.value * price.value
                text = f"{swedish(head.value)} × {swedish(price.value)} = {swedish(value)}"
                judgement = Judgement(_verdict(whole, value), swedish(value), text)
                found.append(Own(index, judgement))
                break
            break
    return found


def _differences(here: list[tuple[int, Claim]]) -> list[Own]:
    """A change beside the two figures that it leads from and to."""
    sides: Mapping[str, list[Claim]] = defaultdict(list)
    for _, claim in here:
        if claim.kind is Kind.COMPARISON:
            sides[claim.sentence.text].append(claim)
    found = []
    for index, claim in here:
        pair = sides.get(claim.sentence.text, [])
        if claim.kind is not Kind.CHANGE or len(pair) != 2 or len(claim.values) != 1:
            continue
        if claim.when.months and claim.when.months not in [c.when.months for c in pair]:
            continue
        later = next((c.values[0] for c in pair if c.side == "later"), None)
        earlier = next((c.values[0] for c in pair if c.side == "earlier"), None)
        said = claim.values[0]
        units = {"", "percent", *(side.unit for side in (later, earlier) if side)}
        if later is None or earlier is None or said.unit not in units or not earlier.value:
            continue
        value, slack = abs(later.value - earlier.value), earlier.half + later.half
        text = f"{earlier.text} och {later.text}: skillnad {swedish(value)}"
        if said.unit == "percent" != later.unit:
            value, slack = (100 * part / abs(earlier.value) for part in (value, 2 * slack))
            text += f", {swedish(value, 1)} % av {earlier.text}"
        verdict = _verdict(said, value, slack)
        found.append(Own(index, Judgement(verdict, swedish(value), text)))
    return found
