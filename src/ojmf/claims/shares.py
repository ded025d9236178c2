"""Shares of a whole, as a percentage or a fraction: found in a sentence and judged by two rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ojmf.claims import phrases
from ojmf.claims.amounts import (
    Figure,
    cells_of,
    compare,
    deviations,
    judgement,
    months_of,
    of_cell,
    quotient,
)
from ojmf.claims.claim import GOOD, Claim, Judgement, Kind, Link, Verdict
from ojmf.claims.language import Language, compiled
from ojmf.claims.levels import Setting
from ojmf.claims.linking import Linker
from ojmf.claims.quantities import Quantity
from ojmf.claims.table_rows import MONEY, Cell, Concept, likeness, tokens
from ojmf.printed import swedish

_FEW = 10
_NAMED = 0.75
_LEVELS = frozenset({"outcome", "budget", "forecast"})


def shared(claims: Sequence[Claim], flat: str, language: Language) -> list[Claim]:
    """The claims of a sentence, where those that say how large a part is know part and whole.

    ``flat`` is the sentence with ``#`` for its figures.
    """
    said: Mapping[int, tuple[str, str]] = {
        match.start("n"): (match["part"], match.groupdict().get("whole") or "")
        for pattern in reversed(language.share)
        for match in compiled(pattern).finditer(flat)
        if not compiled(rf"\b(?:{language.negation})\b").search(match[0])
    }
    found: list[Claim] = []
    for place, claim in enumerate(claims):
        share = in_percent(claim, language)
        if found and found[-1].kind is Kind.RATIO and claim.offset == found[-1].values[-1].start:
            continue  # the number that a fraction is of
        if share and claim.kind in {Kind.LEVEL, Kind.RATIO} and claim.offset in said:
            part, whole = said[claim.offset]
            counted = claim.values[-1].text.partition(" ")[2]
            after = claims[place + 1] if claims[place + 1 :] else claim
            between = claim.sentence.text[share.end : after.offset]
            if compiled(r"\sav\s(?:de\s)?").fullmatch(between):  # "tre fjärdedelar av de 243"
                counted = after.values[0].text.partition(" ")[2]
            whole = f"{counted} {whole}".strip() if claim.kind is Kind.RATIO else whole or counted
            told = replace(claim, kind=Kind.SHARE, values=(share,), near=(part,), whole=whole)
            found.append(replace(told, context=(), part=False))
        elif not place and (ratio := _out_of(claim, claims[1:2])):
            found.append(ratio)
        elif claim.kind is Kind.LEVEL and claim.unit in MONEY and claim.offset in said:
            part, whole = said[claim.offset]
            found.append(replace(claim, near=(part,), whole=whole))
        else:
            found.append(claim)
    return found


def _out_of(claim: Claim, after: Sequence[Claim]) -> Claim | None:
    """A fraction in words of a number ("en tredjedel av de 30") as so many of it."""
    one, whole = claim.values[0] if claim.values else None, after[0].values[0] if after else None
    if not one or not whole or claim.kind is not Kind.LEVEL or after[0].kind is not Kind.LEVEL:
        return None
    of = compiled(r"\sav\sde\s").fullmatch(claim.sentence.text[one.end : whole.start])
    if not of or not one.in_words or one.unit != "percent" or not whole.exact:
        return None
    each = whole.value / 100
    below, above = one.below * each, one.above * each
    part = replace(one, value=one.value * each, half=0.0, unit="", below=below, above=above)
    return replace(claim, kind=Kind.RATIO, values=(part, whole), part=True)


def in_percent(claim: Claim, language: Language) -> Quantity | None:
    """The figure in percent; of few in words ("tre av fyra") as coarse as fractions are."""
    one, whole = claim.values[0], claim.values[-1]
    if len(claim.values) == 1 and one.unit == "percent":
        return one
    few = one.in_words and whole.in_words and one.value < whole.value <= _FEW
    if len(claim.values) != 2 or not few:
        return None
    value = 100 * one.value / whole.value
    open_ = language.fraction.slack * value
    text = f"{one.text} av {whole.text}"
    return replace(
        one, value=value, unit="percent", text=text, end=whole.end, below=open_, above=open_
    )


def judge_share(claim: Claim, linker: Linker, setting: Setting, *, damaged: bool) -> Judgement:
    """The verdict on a share: the part's row divided by the whole's, of one table.

    A part may take a word of its name from the whole ("av de anställda är män"). Only where the
    words name both rows in full may it be called wrong.
    """
    parts = linker.named(claim.near[0], claim)
    both = linker.named(f"{claim.near[0]} {claim.whole}", claim)
    rows = [
        (part_named + whole_named, full_part and full_whole, part, whole)
        for part, part_named, full_part in (*parts, *(row for row in both if row[2]))
        for whole, whole_named, full_whole in linker.named(claim.whole, claim)
        if part is not whole and _together(part, whole)
    ]
    rows.sort(key=lambda row: (-row[0], -row[1], row[2].number, row[3].number))
    for _, full, part, whole in rows[:1]:
        link = Link(part.number, 1.0)
        if apart := _apart(part, whole, claim, setting):
            return replace(judgement(compare(claim.values[0], apart), apart, claim), link=link)
        over, under = _cell(part, claim, setting), _cell(whole, claim, setting)
        if over is None or under is None or over.unit != under.unit or over.kind != under.kind:
            break
        one, two = of_cell(over, over.unit), of_cell(under, under.unit)
        if over.unit == "percent" and (own := compare(claim.values[0], one)) in GOOD:
            return replace(judgement(own, one, claim), link=link)
        size = replace(one, value=one.size)
        text = f"{swedish(one.size, one.places)} / {swedish(two.size, two.places)}"
        figure = quotient(size, two, text)
        if figure is None:
            break
        verdict = compare(claim.values[0], figure)
        if verdict not in GOOD and (damaged or not full or claim.region):
            break
        return replace(judgement(verdict, figure, claim), link=link)
    printed = [(_printed(part, claim, setting), part, full) for part, _, full in parts]
    found = [(c, part, full) for c, part, full in printed if c is not None and claim.whole]
    clear = [one for one in found if one[2] or not rows]
    for cell, part, full in (*clear, *found):
        figure = of_cell(cell, cell.unit).named(cell.column)
        verdict = compare(claim.values[0], figure)
        right = verdict in GOOD and (full or not rows or claim.values[0].telling)
        if right or (full and not damaged and len(clear) == 1):
            return replace(judgement(verdict, figure, claim), link=Link(part.number, 1.0))
    return Judgement(Verdict.NOT_TESTABLE if rows or not claim.whole else Verdict.NOT_LINKED)


def _apart(part: Concept, whole: Concept, claim: Claim, setting: Setting) -> Figure | None:
    """How large a part of a deviation the deviation of one row is; null of what is none."""
    name = phrases.scenario((claim.whole,), setting.language)
    if name in _LEVELS:
        return None
    year, unit = claim.when.year or setting.now, whole.cells[0].unit
    one, two = (next(iter(deviations(row, name, unit, year)), None) for row in (part, whole))
    return quotient(one, two, f"{one.shown} / {two.shown}") if one and two else None


def _printed(row: Concept, claim: Claim, setting: Setting) -> Cell | None:
    """The share that a column of the row prints of the whole that a sentence names."""
    months, year = setting.language.months.names, claim.when.year or setting.now
    words = [word for word in tokens(claim.whole, setting.language) if word not in months]
    words = [word for word in words if not word.endswith("s")] or words  # "nämndens kostnad"
    if not words or row.monthly or claim.scenario not in _LEVELS:
        return None
    cells = [
        (min(max((likeness(t, w) for t in named), default=0.0) for w in words), cell)
        for cell in cells_of(row, claim.scenario, "percent", year, region=claim.region)
        if cell.unit == "percent"
        for named in [tokens(cell.column, setting.language)]
    ]
    best = max((like for like, _ in cells), default=0.0)
    meant = [cell for like, cell in cells if like == best]
    return meant[0] if best >= _NAMED and len(meant) == 1 else None


def _together(one: Concept, other: Concept) -> bool:
    """Whether two rows are of one table, or are tables of months beside each other."""
    same = one.table == other.table or one.monthly is other.monthly is True
    return same and one.heading == other.heading


def _cell(row: Concept, claim: Claim, setting: Setting) -> Cell | None:
    """The figure of a row that a share is made of; none where months would have to be chosen."""
    if row.monthly:
        months = months_of(row, "", claim.when, setting.now) if claim.when.months else []
        return months[0] if len(months) == 1 else None
    if claim.scenario not in _LEVELS:
        return None
    year = claim.when.year or setting.now
    units = [c.unit for c in row.cells if c.unit]
    return next(iter(cells_of(row, claim.scenario, units[0], year)), None) if units else None
