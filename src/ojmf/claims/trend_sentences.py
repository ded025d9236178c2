"""What sentences state without a figure: directions, multiples and targets."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ojmf.claims import phrases
from ojmf.claims.claim import Claim, Kind, When
from ojmf.claims.language import Language, compiled
from ojmf.claims.quantities import Quantity
from ojmf.claims.sentences import Sentence
from ojmf.claims.vocabulary import BasisName


def trends(
    sentence: Sentence,
    language: Language,
    now: int,
    *,
    found: Sequence[Quantity],
    stated: Sequence[Quantity],
    context: tuple[str, ...],
    basis: BasisName | None,
) -> Iterator[Claim]:
    """The directions that a sentence states, clause by clause.

    ``stated`` are those of the figures that go with a direction already. A bound of a figure ("mer
    än hälften") is no direction.
    """
    text = bare = sentence.text
    spans = [(figure.start, figure.end) for figure in found if not figure.none]
    denied = compiled(rf"\b(?:{language.negation})\s+(?:\w+\s+)?$")
    for words in language.multiple:  # "mer än fördubblats", "inte fördubblats"
        spans += [
            (m.start(), m.end() if denied.search(text[: m.start()]) else m.start())
            for m in compiled(words.pattern).finditer(text)
        ]
    for start, end in spans:
        bound = compiled(r"\w+\s+än\s+$").search(text[:start])
        begin = bound.start() if bound else start
        bare = bare[:begin] + "_" * (end - begin) + bare[end:]
    begin = 0
    subject = ""
    carried = When()
    passed = compiled(rf"\([^)]*\)|{language.trend.aside}")
    flat = passed.sub(lambda m: "_" * len(m[0]), text)
    cuts = [*(m.start() for m in compiled(language.trend.clause).finditer(flat)), len(text)]
    for end in cuts:
        clause = text[begin:end]
        if compiled(language.trend.apart).match(clause.lstrip()):
            subject = ""
        claim = _trend(sentence, clause, bare[begin:end], begin, subject, language, now)
        joined = clause.lstrip().casefold().startswith(language.trend.joined)
        if claim is not None and joined and not claim.when.months:
            claim = replace(claim, when=carried)
        carried = claim.when if claim is not None else carried
        led = phrases.months_named(text[:begin], language)[0]
        moved = claim is not None and compiled(language.trend.change).search(claim.quote)
        if claim and moved and not claim.basis and len(led) == len(claim.when.months) == 1:
            claim = replace(claim, basis="months", earlier=When(year=now, months=led))
        if not subject:
            subject = clause
        judged = any(begin <= figure.start < end for figure in stated)
        better = claim is not None and claim.direction is None and claim.basis != "budget"
        counted = [q for q in found if begin <= q.start < end and of_months(q, text, language)]
        if claim is not None and counted:
            when = replace(
                claim.when, months=() if len(claim.when.months) == 1 else claim.when.months
            )
            claim = replace(claim, values=(counted[0],), when=when, every=False)
        if claim is not None and (better or not judged):
            yield replace(claim, context=context, basis=claim.basis or basis or "previous_year")
        begin = end


def of_months(number: Quantity, text: str, language: Language) -> bool:
    """Whether a figure is of how many months something is said ("i sex av åtta månader")."""
    return compiled(language.trend.of_months).match(text[number.end :]) is not None


def _trend(
    sentence: Sentence,
    clause: str,
    bare: str,
    begin: int,
    subject: str,
    language: Language,
    now: int,
) -> Claim | None:
    told, bare = (
        compiled(r"\([^)]*\)").sub(lambda m: " " * len(m[0]), text) for text in (clause, bare)
    )
    relative = compiled(language.trend.relative).match(clause.strip(" ,"))
    regional = len(phrases.regions(clause, language)) == 2
    if relative and not regional and not _plain_level(clause, subject, language):
        return None
    match = compiled(language.subject.explains).search(told)
    if match and not relative:
        told = told[: match.start()]
    direction, place = phrases.first_direction(bare[: len(told)], language)
    words = language.trend
    negated = compiled(rf"\b(?:{language.negation})\b").search(told) is not None
    own, _ = phrases.first_basis(clause, language)
    good = phrases.toward(told, language)[1] if direction is None and own == "budget" else 0
    rest = compiled(language.trend.adverb).sub("", told[: max(place, 0)])
    verbless = own is not None and not rest.strip(" ,")
    against = compiled(language.against).search(told)
    if direction is None and compiled(words.better).search(told):
        good = phrases.toward(told, language)[1]
    places = phrases.regions(told, language)
    if (
        (direction is None and not good)
        or not (verbless or compiled(rf"\b{words.statement}").search(told))
        or (not places[1:] and _not_a_fact(told, own, language))
        or compiled(language.aggregate.none_beyond).search(told)
        or (against and compiled(words.another).match(against["what"]))
        or (negated and compiled(words.instead).search(sentence.text[begin + len(clause) :]))
    ):
        return None
    back = phrases.looks_back(told, language, now)
    if back:
        direction, good = phrases.turned(direction, good)
    if negated and direction == "same" and compiled(words.kept).search(told, max(place, 0)):
        direction, good, negated = None, -1, False  # a budget that is not kept is exceeded
    own_time = phrases.without_comparison(told, language)
    timed = own_time if phrases.months_named(own_time, language)[0] else told
    period = phrases.when(timed, language, now)
    if not period.months and not period.span:
        whole = phrases.when(sentence.text[0 if relative else begin :], language, now)
        text = period.text or whole.text
        period = When(None, whole.months, whole.span, text, whole.since)
    last = compiled(language.months.end_of_last_year).search(told)
    years = [int(y) for y in phrases.YEAR.findall(phrases.without_comparison(told, language))]
    other = [y for y in years[:1] if y != now and not back] + [y for y in years if y > now]
    between = compiled(language.years_between).search(told)
    other = [y for y in (int(between["last"]),) if y != now] if between else other
    period = replace(period, year=now - 1 if last else other[-1] if other else None)
    early = compiled(words.early).search(told) is not None
    since = compiled(language.earlier_year).search(told)
    head = told[:place]
    lead = f"{subject} {head}" if subject else head
    tail = f"{told} " if len(head.split()) < 3 else ""
    every = bool(compiled(words.every).search(sentence.text[begin:]))
    return Claim(
        sentence=sentence,
        offset=begin + place,
        quote=clause.strip(" ,;"),
        kind=Kind.TREND,
        when=period,
        earlier=When(
            year=int(since["year"]) if since else now - 1, months=_compared(told, language)
        ),
        scenario=phrases.scenario((subject if relative else clause,), language),
        basis=own,
        direction=direction,
        good=good,
        near=(f"{lead} {tail}", f"{subject} {told}"),
        every=every or (period.since and not early),
        region=places[0] if len(places) == 2 else None,
        negated=negated and direction != "same",
    )


def _not_a_fact(told: str, basis: BasisName | None, language: Language) -> bool:
    """Whether a clause only plans or hopes; a forecast against the budget is a fact."""
    found = [m[0] for m in compiled(rf"\b(?:{language.trend.not_a_fact})").finditer(told)]
    forecast = compiled(language.scenario.forecast)
    return any(basis != "budget" or not forecast.match(f"{word} ") for word in found)


def _compared(clause: str, language: Language) -> tuple[int, ...]:
    """The months that a clause compares others with ("färre i februari än i mars")."""
    against = compiled(language.against).search(clause)
    return phrases.months_named(against["what"], language)[0] if against else ()


def _plain_level(clause: str, subject: str, language: Language) -> bool:
    """Whether a clause compares the level before it with that of the year before or the budget."""
    basis, _ = phrases.first_basis(clause, language)
    said = {"previous_year": ("outcome",), "budget": ("outcome", "forecast")}
    level = phrases.scenario((subject,), language) in said.get(str(basis), ())
    apart = compiled(rf"\b(?:{language.unclear})").search(subject)
    return level and apart is None


def pair_directions(
    sentence: Sentence,
    language: Language,
    found: Sequence[Quantity],
    pairs: Sequence[tuple[Quantity, Quantity]],
    beside: Sequence[tuple[Quantity, Quantity]],
) -> Iterator[Claim]:
    """The directions that a sentence gives before two figures of its own, or between them."""
    for later, earlier in (*pairs, *beside):
        first, last = sorted((later, earlier), key=lambda q: q.start)
        ends = [0, *(q.end for q in found if q.end < first.start)]
        before = ends[-1]
        if compiled(language.trend.leads_from).search(sentence.text[before : first.start]):
            before = ends[-2] if len(ends) > 1 else before
        told = sentence.text[before : first.start] if (later, earlier) in pairs else ""
        direction, at = phrases.last_direction(told, language)
        if direction is None:
            before, told = first.end, sentence.text[first.end : last.start]
            direction, at = phrases.first_direction(told, language)
        told = compiled(language.trend.instead).split(told)[-1]
        if direction and not compiled(rf"\b(?:{language.negation})\b").search(told):
            yield Claim(
                sentence=sentence,
                offset=before + at,
                quote=sentence.text,
                kind=Kind.TREND,
                values=(later, earlier),
                direction=direction,
            )


def multiples(
    sentence: Sentence,
    language: Language,
    now: int,
    context: tuple[str, ...],
    pairs: Sequence[object],
) -> Iterator[Claim]:
    """Changes by a multiple ("fördubblats", "hälften så många"), as coarse as such words are."""
    text = sentence.text
    for words in language.multiple:
        match = compiled(rf"\b(?:{words.pattern})").search(text)
        if match is None or pairs or compiled(language.hypothetical).search(text):
            continue
        cuts = [0, *(m.end() for m in compiled(language.subject.clause).finditer(text)), len(text)]
        begin = max(cut for cut in cuts if cut <= match.start())
        clause = text[begin : min(cut for cut in cuts if cut >= match.end())]
        if compiled(rf"\b(?:{language.negation})\b").search(clause):
            continue
        size = phrases.multiple(words, match, language)
        if size is None:
            continue
        percent, below = abs(size[0]), size[1]
        above = below
        for about in language.about:
            if compiled(rf"\b(?:{about.pattern})\s+$").search(text[: match.start()]):
                below = percent if about.below >= 1 else 0.0 if about.above > 1 else below
                above = math.inf if about.above > 1 else 0.0 if about.below >= 1 else above
        own = phrases.without_comparison(text, language)
        basis, at = phrases.first_basis(text, language)
        if since := language.month_pattern(language.months.since).search(text, match.end()):
            basis, at = "months", since.start()
        months = phrases.months_named(text[at:], language)[0] if basis == "months" else ()
        claim = Claim(
            sentence=sentence,
            offset=match.start(),
            quote=text,
            kind=Kind.CHANGE,
            values=(
                Quantity(
                    *match.span(),
                    percent,
                    0.5,
                    "percent",
                    match[0],
                    in_words=True,
                    below=below,
                    above=above,
                ),
            ),
            when=phrases.when(own, language, now),
            earlier=When(year=now if months else now - 1, months=months[:1]),
            direction="higher" if words.percent > 0 else "lower",
            basis=basis or "previous_year",
            near=(text[: match.start()], text),
            context=context,
        )
        yield _beside(claim, size[0], text[match.end() :], language, now)
        return


def _beside(claim: Claim, percent: float, behind: str, language: Language, now: int) -> Claim:
    """A multiple of another row or of other municipalities ("tre gånger så stora som hyrorna")."""
    than = compiled(language.trend.so_as).match(behind)
    if than is None:
        return claim
    if region := phrases.beside(than["whole"], claim.sentence.text, language):
        return replace(claim, basis="region", region=region)
    if year := phrases.YEAR.search(than["whole"]):
        named = phrases.when(claim.near[0], language, now).year
        when = replace(claim.when, year=named if named != int(year[0]) else None)
        return replace(claim, earlier=When(year=int(year[0])), when=when)
    if (months := phrases.months_named(than["whole"], language)[0]) and claim.when.months:
        before = phrases.first_basis(than["whole"], language)[0] == "previous_year"
        earlier = When(year=now, months=months[:1])
        return claim if before else replace(claim, basis="months", earlier=earlier)
    timed = phrases.first_basis(than["whole"], language)[0] or phrases.regions(behind, language)
    if timed or any(c.isdigit() for c in than["whole"]):
        return claim
    said = replace(claim.values[0], value=100 + percent)
    part = compiled(language.subject.clause).split(claim.near[0])[-1]
    return replace(claim, kind=Kind.SHARE, values=(said,), near=(part,), whole=than["whole"])


def target_claims(
    sentence: Sentence, language: Language, now: int, context: tuple[str, ...]
) -> Iterator[Claim]:
    """That a target is reached, or is not, and which side of it a figure is."""
    words, text = language.target, sentence.text
    if compiled(words.hoped).search(text):
        return
    for match in (compiled(words.reached).search(text), compiled(words.side).search(text)):
        if match is None:
            continue
        around = compiled(language.trend.clause).split(text[match.start() :])[0]
        negated = compiled(rf"\b(?:{language.negation})\b").search(around) is not None
        direction, _ = phrases.first_direction(match[0], language)
        yield Claim(
            sentence=sentence,
            offset=match.start(),
            quote=text,
            kind=Kind.TREND,
            when=phrases.when(text, language, now),
            basis="target",
            direction=direction,
            good=0 if direction else -1 if negated else 1,
            near=(text,),
            context=context,
            negated=negated and direction is not None,
        )
