"""Directions without figures: more, less or the same, over which months."""

from __future__ import annotations

from collections.abc import Iterator

from ojmf.claims import phrases
from ojmf.claims.claim import Claim, Kind, When
from ojmf.claims.language import BasisName, Language, compiled
from ojmf.claims.quantities import Quantity, quantities
from ojmf.claims.sentences import Sentence


def trends(
    sentence: Sentence,
    language: Language,
    now: int,
    *,
    has_figures: bool,
    context: tuple[str, ...],
    basis: BasisName | None,
) -> Iterator[Claim]:
    """The directions that a sentence states, clause by clause."""
    text = sentence.text
    begin = 0
    subject = ""
    flat = compiled(r"\([^)]*\)").sub(lambda m: "_" * len(m[0]), text)
    cuts = [*(m.start() for m in compiled(language.trend.clause).finditer(flat)), len(text)]
    for end in cuts:
        clause = text[begin:end]
        claim = _trend(sentence, clause, begin, subject, language, now, has_figures, context, basis)
        if not subject:
            subject = clause
        if claim is not None:
            yield claim
        begin = end


def _trend(  # noqa: PLR0913, PLR0917 - a clause and all that stands around it
    sentence: Sentence,
    clause: str,
    begin: int,
    subject: str,
    language: Language,
    now: int,
    has_figures: bool,
    context: tuple[str, ...],
    basis: BasisName | None,
) -> Claim | None:
    told = compiled(r"\([^)]*\)").sub(lambda m: " " * len(m[0]), clause)
    if match := compiled(language.subject.explains).search(told):
        told = told[: match.start()]
    direction, place = phrases.first_direction(told, language)
    words = language.trend
    if (
        direction is None
        or not compiled(rf"\b{words.statement}").search(told)
        or compiled(rf"\b(?:{words.not_a_fact})").search(told)
    ):
        return None
    figures = [q for q in quantities(told, language) if not q.none] if has_figures else []
    pair: tuple[Quantity, ...] = ()
    if figures:
        from_to = compiled(rf"\b{language.pair.from_to}\s+\S").search(told)
        if len(figures) != 2 or from_to is None:
            changes = compiled(rf"^\s*\)?\s*{language.pair.change_after}\b")
            before = compiled(rf"{language.pair.change_before}\s*$")
            if any(
                changes.search(told[f.end :]) or before.search(told[: f.start]) for f in figures
            ):
                return None
        else:
            pair = (figures[1], figures[0])
    own, _ = phrases.first_basis(clause, language)
    period = phrases.when(told, language, now)
    if not period.months and not period.span:
        whole = phrases.when(sentence.text[begin:], language, now)
        period = When(None, whole.months, whole.span, period.text or whole.text)
    last = compiled(language.months.end_of_last_year).search(told)
    period = When(now - 1 if last else None, period.months, period.span, period.text)
    head = told[:place]
    lead = f"{subject} {head}" if subject else head
    tail = f"{told} " if len(head.split()) < 3 else ""
    early = compiled(language.months.start_of_year).search(told) is not None
    every = bool(compiled(words.every).search(sentence.text[begin:]))
    return Claim(
        sentence=sentence,
        offset=begin + place,
        quote=clause.strip(" ,;"),
        kind=Kind.TREND,
        values=pair,
        when=period,
        earlier=When(year=now - 1),
        scenario=phrases.scenario(clause, "", language),
        basis=own or basis or "previous_year",
        direction=direction,
        near=(f"{lead} {tail}", f"{subject} {told}"),
        context=context,
        every=every or (len(period.months) > 1 and not early),
        words=sentence.text[begin:],
    )
