"""How many rows of a table are of a kind: by their category, or by the figure of one column.

In "Fyra av de åtta kontrollerna visar en lindrig avvikelse" the rows with that category are
counted, in "Tre av riskerna har riskindex 9" those with that figure, and in "Två av de fyra
verksamheterna prognostiserar ett överskott" those that deviate so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from ojmf.claims.amounts import compare, of_cell, told
from ojmf.claims.answer_tables import AnswerTables
from ojmf.claims.claim import GOOD, OPEN, Claim, Judgement, Kind, Verdict
from ojmf.claims.language import Language, compiled
from ojmf.claims.phrases import first_direction, regions, scenario, toward, when
from ojmf.claims.quantities import Quantity, quantities
from ojmf.claims.sentences import Sentence
from ojmf.claims.table_rows import MONEY, Cell, Concepts, is_sum, likeness, stem, tokens
from ojmf.model import COUNT_UNITS, PeriodKind, Scenario
from ojmf.printed import swedish

_COUNTED = frozenset({Kind.LEVEL, Kind.RATIO, Kind.UNKNOWN, Kind.STATUS, Kind.SHARE, Kind.TREND})
_TELLING = frozenset({"category", "index"})
_NO_LABEL = "(?!)"
_WAYS = {"higher": 1, "lower": -1}
_LEAST_ROWS, _ALIKE, _TWO = 3, 0.75, 2


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of a table that tells its rows apart: its name, the table's, and its cells."""

    label: str
    title: str
    cells: tuple[Cell, ...]

    @property
    def deviates(self) -> bool:
        return self.cells[0].scenario == Scenario.DEVIATION


@dataclass(frozen=True, slots=True)
class _Said:
    """What a sentence counts: so many of so many, how many are left, and other figures.

    ``behind`` are the words behind the two.
    """

    number: Quantity | None
    whole: Quantity | None
    left: Quantity | None
    others: tuple[Quantity, ...]
    behind: str


def judge_counted(
    claims: Sequence[Claim],
    judged: list[Judgement],
    concepts: Concepts,
    tables: AnswerTables,
    spelling: Mapping[str, str],
    now: int,
    language: Language,
) -> None:
    """Judge counts of rows of a kind that no figure of a row could judge.

    The figures that tell the kind ("riskindex 9") and the direction are right with the count.
    ``spelling`` gives the categories that a scan has damaged as they are declared.
    """
    columns = _columns(concepts, spelling, language)
    known: dict[Sentence, tuple[Judgement, Quantity] | None] = {}
    for place, (claim, judgement) in enumerate(zip(claims, judged, strict=True)):
        bare = bool(claim.values) and not claim.unit  # "två av de fyra enheterna överskrider ..."
        if judgement.verdict not in OPEN or not (bare or claim.kind in _COUNTED):
            continue
        if claim.sentence not in known:
            regional = _between(claim, concepts, tables.meant(claim), language)
            found = chain(
                _counts(claim.sentence, columns, language),
                _moved(claim, concepts, now, language),
                _summed(claim.sentence, concepts, language),
            )
            known[claim.sentence] = regional or (None if claim.region else next(found, None))
        if counted := known[claim.sentence]:
            verdict, number = counted
            if verdict.verdict in GOOD or claim.offset == number.start:
                judged[place] = verdict


def _columns(concepts: Concepts, spelling: Mapping[str, str], language: Language) -> list[_Column]:
    """The columns of categories, indices and deviations by which rows may be counted."""
    found: defaultdict[tuple[str, str, str], list[Cell]] = defaultdict(list)
    for row in concepts.all:
        for cell in row.cells if not row.monthly and not is_sum(row, language) else ():
            apart = cell.unit in MONEY and cell.scenario == Scenario.DEVIATION
            if apart or cell.unit in _TELLING:
                known = replace(cell, raw=spelling.get(cell.raw, cell.raw))
                found[row.table, row.heading, cell.column].append(known)
    return [
        _Column(label, f"{table} {heading}", tuple(cells))
        for (table, heading, label), cells in found.items()
        if len(cells) >= _LEAST_ROWS
    ]


def _counts(
    sentence: Sentence, columns: Sequence[_Column], language: Language
) -> Iterator[tuple[Judgement, Quantity]]:
    """The verdicts on the count that a sentence gives, by each column that it may be about."""
    for column in columns:
        said = _said(sentence.text, column.label, language)
        noun = next(iter(tokens(said.behind, language)), "")
        about = f"{column.title} {column.label}".casefold()
        named = bool(noun) and stem(noun) in about
        whole = said.whole is not None and said.whole.value == len(column.cells)
        if said.number is None or not (named or whole):
            continue
        rows = _of_kind(said, said.number, column, language)
        if rows is not None:
            yield _verdict(said, said.number, rows, column, language), said.number


def _said(text: str, label: str, language: Language) -> _Said:
    """What a sentence counts; the other figures stand behind ``label``, or are of the rest."""
    words = language.aggregate
    named = compiled(rf"\b{label}\w*\s(?:på\s|är\s|om\s)?$")
    whole = number = left = None
    others: list[Quantity] = []
    for one in quantities(text, language):
        before = text[: one.start]
        counts = one.unit == "" or (one.in_words and one.unit == "percent")
        if compiled(words.rest_count).search(before) and counts and not one.none:
            left = one
        elif compiled(words.rest).search(before) or named.search(before):
            others.append(one)
        elif compiled(words.of_all).search(before) or compiled(words.all).search(before):
            whole = whole or one
        elif number and not whole and compiled(words.out_of).match(text[number.end : one.start]):
            whole = one
        elif number and not whole and compiled(language.of_these).search(before):
            whole, number = number, one
        elif number is None and counts and not (one.none and whole):
            number = one
        else:
            others.append(one)
    behind = text[max((one.end for one in (number, whole) if one), default=0) :]
    behind = compiled(language.subject.clause).split(behind)[0]
    if number and whole and whole.end <= number.start:  # "av de fyra enheterna väntas två gå ..."
        behind = f"{text[whole.end : number.start]} {behind}"
    if number is None and whole and compiled(words.all).search(text[: whole.start]):
        number = whole
    return _Said(number, whole, left, tuple(others), behind)


def _of_kind(
    said: _Said, number: Quantity, column: _Column, language: Language
) -> list[Cell] | None:
    """The rows that are as the sentence says; null where its words do not tell."""
    if column.deviates:
        whole = said.whole is not None and said.whole.value == len(column.cells)
        return _deviating(said.behind, column, language) if whole else None
    if column.cells[0].unit == "category":
        kinds = _categories(said.behind, column, language)
        return [c for c in column.cells if c.raw in kinds] if kinds else None
    figures = [one for one in said.others if one.start > number.start]
    if not figures:
        return None
    first = figures[0]
    rows = [
        c
        for c in column.cells
        if compare(first, of_cell(c, c.unit)) in GOOD
        and not (first.strict and c.value == first.value)
    ]
    rest = [c for c in column.cells if c not in rows]
    as_rest = all(compare(one, of_cell(c, c.unit)) in GOOD for one in figures[1:] for c in rest)
    return rows if as_rest else None


def _moved(
    claim: Claim, concepts: Concepts, now: int, language: Language
) -> Iterator[tuple[Judgement, Quantity]]:
    """How many rows of a table are higher or lower than the year before, in one kind of figure.

    ("Tre av de fyra enheterna får en mindre budget än 2022") Of so many rows as the sentence says.
    """
    text = claim.sentence.text
    said, year = _said(text, _NO_LABEL, language), _compared_year(text, language, now)
    way = _WAYS.get(str(first_direction(text, language)[0]), 0)
    if not way or said.number is None or said.whole is None or year != now - 1:
        return
    name = scenario((text,), language)
    tables: defaultdict[tuple[str, str], list[tuple[Cell, Cell]]] = defaultdict(list)
    for row in concepts.all:
        cells = [c for c in row.cells if c.scenario == name and c.unit in MONEY]
        pair = [next((c for c in cells if c.year == y), None) for y in (now, now - 1)]
        if not row.monthly and not is_sum(row, language) and pair[0] and pair[1]:
            tables[row.table, row.heading].append((pair[0], pair[1]))
    for (table, _), pairs in tables.items():
        like = all(one.kind == other.kind for one, other in pairs)
        if not like or len(pairs) != said.whole.value:
            continue
        holds = [one for one, other in pairs if way * (abs(one.value) - abs(other.value)) > 0]
        yield _told(said.number, holds, len(pairs), f"rader i ”{table}”"), said.number


def _summed(
    sentence: Sentence, concepts: Concepts, language: Language
) -> Iterator[tuple[Judgement, Quantity]]:
    """What all the rows of a table have together in the column that the words name.

    ("De fyra vårdformerna hade tillsammans 70 externa utförare")
    """
    text, found = sentence.text, quantities(sentence.text, language)
    of_all = compiled(language.aggregate.each_of)
    wholes = [one.value for one in found if of_all.search(text[: one.start])]
    said = [one for one in found if one.exact and not of_all.search(text[: one.start])]
    if (
        not compiled(language.alternative["summed"]).search(text)
        or not len(wholes) == len(said) == 1
    ):
        return
    columns: defaultdict[tuple[str, str, str], list[Cell]] = defaultdict(list)
    for row in concepts.all:
        for cell in row.cells if not row.monthly and not is_sum(row, language) else ():
            if cell.unit in COUNT_UNITS and cell.value == cell.value:
                columns[row.table, row.heading, cell.column].append(cell)
    number = said[0]
    behind = compiled(language.scope.cut).split(text[number.end :])[0]
    words = tokens(behind, language)[:_TWO]
    for (table, _, label), cells in columns.items():
        named = tokens(label, language)
        like = (max((likeness(word, one) for one in named), default=0.0) for word in words)
        if len(cells) == wholes[0] and words and min(like) >= _ALIKE:
            total = sum(cell.value for cell in cells)
            listed = " + ".join(swedish(cell.value) for cell in cells)
            text = f"{label} i ”{table}”: {listed} = {swedish(total)}"
            judgement = told(total == number.value, swedish(total), text, cells)
            yield replace(judgement, text_value=number.value), number


def _compared_year(text: str, language: Language, now: int) -> int | None:
    """The year that figures are set against ("än 2022", "än året innan")."""
    than = compiled(language.against).search(text)
    return when(than["what"], language, now).year if than else None


def _between(
    claim: Claim, concepts: Concepts, title: str | None, language: Language
) -> tuple[Judgement, Quantity] | None:
    """On how many questions of a table one group of municipalities has a greater share.

    ("Länet ligger högre än riket på samtliga 14 indikatorer")
    """
    clauses = compiled(r"[,;]\s").split(claim.sentence.text)
    beside = (clause for clause in clauses if len(regions(clause, language)) == _TWO)
    text = next(beside, claim.sentence.text)
    places, (stated, _) = regions(text, language), first_direction(text, language)
    way = _WAYS.get(str(stated or toward(text, language)[0]), 0)
    said = _said(text, _NO_LABEL, language)
    rows = [
        {cell.region: cell for cell in row.cells if cell.region}
        for row in concepts.all
        if row.table == title and len(places) == _TWO
    ]
    pairs = [(row[places[0]], row[places[1]]) for row in rows if len(row) == _TWO]
    if not way or not pairs or not said.number:
        return None
    holds = [one for one, other in pairs if way * (one.value - other.value) > 0]
    first, second = pairs[0]
    judgement = _told(said.number, holds, len(pairs), f"rader, {first.column} mot {second.column}")
    in_all = said.whole is None or said.whole.value == len(pairs)
    start = claim.sentence.text.index(text) + said.number.start
    return (judgement, replace(said.number, start=start)) if in_all else None


def _told(number: Quantity, holds: Sequence[Cell], total: int, what: str) -> Judgement:
    """Whether so many rows are as a sentence says."""
    lines = ", ".join(str(cell.line) for cell in holds)
    expected = f"{len(holds)} av {total}"
    text = f"{expected} {what}" + (f" (rad {lines})" if lines else "")
    return replace(told(number.value == len(holds), expected, text, holds), text_value=number.value)


def _deviating(text: str, column: _Column, language: Language) -> list[Cell] | None:
    """The rows that deviate as words say; null where they speak of another deviation or of none."""
    forecast = compiled(language.scenario.forecast).search(text) is not None
    if forecast is not (column.cells[0].kind == PeriodKind.YEAR):
        return None
    _, good = toward(text, language)
    deviates = compiled(language.scenario.deviation).search(text) is not None
    same = not deviates and first_direction(text, language)[0] == "same"
    if not good and not deviates and not same:
        return None
    denied = compiled(rf"\b(?:{language.status.negative})\b").search(text) is not None
    return [
        cell
        for cell in column.cells
        if (cell.value * good > 0 if good else (cell.value != 0) is not same) is not denied
    ]


def _categories(text: str, column: _Column, language: Language) -> set[str]:
    """The categories that the words behind the noun name.

    One that denies something is named only where the words deny, too. All that deny nothing are
    meant where the words tell none of them apart; none where they name another.
    """
    negative = compiled(rf"\b(?:{language.status.negative})\b")
    words = {cell.raw: set(tokens(cell.raw, language)) for cell in column.cells}
    common = set.intersection(*words.values())
    said = tokens(text, language)[1:]
    denied = negative.search(text) is not None
    kinds = {raw for raw in words if (negative.search(raw) is not None) is denied}
    named = {
        raw
        for raw, own in words.items()
        if (raw in kinds or not denied)
        and any(likeness(one, word) >= _ALIKE for one in own - common for word in said)
    }
    if named or denied:
        return named or kinds
    shared = [n for n, w in enumerate(said) if any(likeness(c, w) >= _ALIKE for c in common)]
    before = said[shared[0] - 1] if shared and shared[0] else ""
    plain = not before or compiled(language.scope.verbs).fullmatch(before)
    return kinds if shared and plain else set()


def _verdict(
    said: _Said, number: Quantity, rows: Sequence[Cell], column: _Column, language: Language
) -> Judgement:
    total = len(column.cells)
    share = 100 * len(rows) / total
    right = number.value == len(rows)
    if number.unit:
        slack = language.fraction.slack * number.value
        right = -slack - number.below <= share - number.value <= slack + number.above
    out_of = said.whole is None or said.whole.value == total
    out_of = out_of and (said.left is None or said.left.value == total - len(rows))
    counted = _told(number, rows, total, f"rader är sådana i kolumnen ”{column.label}”")
    return replace(
        counted,
        verdict=Verdict.AGREES if right and out_of else Verdict.CONTRADICTS,
        computation=counted.computation + (f"; {swedish(share, 1)} %" if number.unit else ""),
    )
