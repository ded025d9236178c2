"""Judging sentences on answered questions: what is there, and how many answers of each colour."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from ojmf.claims.claim import GOOD, Claim, Judgement, Kind, Verdict
from ojmf.claims.language import Language, compiled
from ojmf.claims.scope import Scope, governed, own_subject
from ojmf.claims.sentences import Sentence
from ojmf.claims.table_rows import Concept, Concepts, likeness, tokens
from ojmf.printed import swedish

_LEAST = 0.75
_ACRONYM = re.compile(r"[A-ZÅÄÖ]{2,}[A-ZÅÄÖ/]*")


@dataclass(frozen=True, slots=True)
class _Question:
    """A question with its answer: its words, and short names in capitals that mean it alone."""

    row: int
    line: int
    label: str
    answer: str | None
    words: tuple[str, ...]
    acronyms: frozenset[str]


class Answers:
    """The answered questions of a document by table."""

    def __init__(self, observations: pl.DataFrame, language: Language) -> None:
        rows = observations.with_row_index("row").filter(pl.col("unit") == "answer")
        self.tables: Mapping[str, pl.DataFrame] = {
            str(key[0]): group for key, group in rows.group_by("table", maintain_order=True)
        }
        self.places = rows["column_label"].unique().to_list()
        self.language = language

    def _table(self, claim: Claim) -> str | None:
        """The table that a sentence names wholly, or else that its heading speaks of."""
        for text, least in ((claim.sentence.text, 1.0), (claim.sentence.heading, _LEAST)):
            said = tokens(text, self.language)
            fits = {}
            for title in self.tables:
                named = tokens(title, self.language)
                alike = [max((likeness(n, s) for s in said), default=0.0) for n in named]
                fits[title] = sum(alike) / len(named) if named else 0.0
            best = max(fits, key=lambda title: fits[title], default=None)
            if best is not None and fits[best] >= least:
                return best
        return None

    def count(self, claim: Claim) -> Judgement | None:
        """The verdict on a count or a share of answers; null where no table is meant."""
        rows = self._counted_in(claim)
        if rows is None:
            return None
        answer = self._answer(claim)
        counted = rows if answer is None else rows.filter(pl.col("answer") == answer)
        found, said = counted.height, claim.values[0]
        what = f"rader med svaret {answer}" if answer else "indikatorer"
        listed = (
            ", ".join(str(line) for line in counted["line"])
            if answer
            else f"{rows['line'][0]}–{rows['line'][-1]}"
        )
        computation = f"{found} {what} i tabellen (rad {listed})"
        expected = str(found)
        right = found == said.value
        if said.unit == "percent":
            share = 100 * found / rows.height
            right = -said.half - said.below <= share - said.value <= said.half + said.above
            expected = f"{swedish(share, 1)} %"
            computation += f"; {found} / {rows.height} = {expected}"
        elif len(claim.values) > 1 and claim.values[1].value != rows.height:
            right = found * claim.values[1].value == said.value * rows.height
            expected = f"{found} av {rows.height}"
            computation += f"; {rows.height} indikatorer i allt"
        return Judgement(
            Verdict.AGREES if right else Verdict.CONTRADICTS,
            expected=expected,
            computation=computation,
            cells=tuple(counted["row"].to_list()[:40]),
            text_value=said.value,
        )

    def _counted_in(self, claim: Claim) -> pl.DataFrame | None:
        """The answers of the table that is meant, or all where the sentence is on all together."""
        title = self._table(claim)
        if title is not None:
            return self.tables[title]
        rows = pl.concat(self.tables.values()) if self.tables else pl.DataFrame()
        words, text, said = self.language.status, claim.sentence.text, claim.values[0]
        counted = rf"^\s*(?:är\s)?(?:{words.indicators}|{'|'.join(words.answers.values())})"
        total = compiled(rf"\b(?:{self.language.aggregate.total})").search(text)
        summed = total and compiled(counted).search(text[said.end :])
        out_of = [value.value for value in claim.values[1:]] == [rows.height]
        return rows if len(self.tables) > 1 and (out_of or summed) else None

    def most(self, claim: Claim) -> Judgement | None:
        """The verdict on which table has most or fewest answers of a colour; null where unclear."""
        text = claim.sentence.text
        words = self.language.status.answers.items()
        said = [answer for answer, one in words if compiled(rf"\b(?:{one})").search(text)]
        title, many = self._table(claim), compiled(self.language.aggregate.many).search(text)
        if len(said) != 1 or title is None or many is None:
            return None
        counts = {
            table: rows.filter(pl.col("answer") == said[0]) for table, rows in self.tables.items()
        }
        sizes = {table: rows.height for table, rows in counts.items()}
        pick = max if claim.direction == "higher" else min
        extreme = pick(sizes, key=lambda table: sizes[table])
        if list(sizes.values()).count(sizes[extreme]) > 1:
            return None
        shown = "; ".join(f"{table}: {size}" for table, size in sizes.items())
        return Judgement(
            Verdict.AGREES if extreme == title else Verdict.CONTRADICTS,
            expected=f"{extreme}: {sizes[extreme]}",
            computation=f"rader med svaret {said[0]}: {shown}",
            cells=tuple(counts[extreme]["row"].to_list()[:40]),
        )

    def elsewhere(self, claim: Claim) -> bool:
        """Whether a sentence is on another place, or on questions that are not counted here."""
        words = self.language.status
        if self._answer(claim) is None and not compiled(words.whole).search(claim.sentence.text):
            return True
        text = claim.sentence.text[: claim.offset]
        told = compiled(rf"{words.indicators}|{'|'.join(words.answers.values())}").sub(" ", text)
        scope = Scope((*self.places, *self.tables, claim.sentence.heading), self.language)
        return own_subject(scope.kinds(told))

    def _answer(self, claim: Claim) -> str | None:
        """The answer that is counted: named behind the figure, else just before it."""
        text, quantity = claim.sentence.text, claim.values[0]
        if compiled(self.language.status.total).search(text[: quantity.start]):
            return None
        before, _, behind = claim.near[0].partition(quantity.text)
        between = ""
        if len(claim.values) > 1:
            between = text[quantity.end : claim.values[-1].start]
            behind = text[claim.values[-1].end :]
        behind = re.split(r"[.;]|,\s|\svarav\s", behind)[0]
        before = re.split(r"[.;,]\s", before)[-1]
        for piece in (between, behind, before):
            named = [
                (match.start(), answer)
                for answer, words in self.language.status.answers.items()
                if (match := compiled(rf"(?<!\w)(?:{words})").search(piece))
            ]
            if named:
                return min(named)[1]
        return None

    def judge(self, claim: Claim) -> Judgement | None:
        """The verdict on what a sentence says is there or not; null where no question is meant."""
        title = self._table(claim)
        text = claim.near[0]
        status = self.language.status
        if title is None or compiled(rf"\b(?:{status.open})").search(text):
            return None
        optional = compiled(rf"{status.optional}|(?:{status.positive}|{status.negative})$")
        said = [w for w in tokens(text, self.language) if not optional.match(w)]
        questions = self._questions(title)
        scored = [(self._named(q, said, text), q) for q in questions]
        least = status.explained
        if claim.context and all(score < status.least for score, _ in scored):
            scored, least = self._elliptic(questions, said, claim), 1.0
        scored.sort(key=lambda item: (-item[0], item[1].row))
        best = scored[0][0]
        meant = [q for score, q in scored if score >= max(status.least, best - status.margin)]
        if not meant or any(q.answer not in {"JA", "NEJ"} for q in meant):
            return None
        labels = (title, *(q.label for q in meant))
        known = [word for label in labels for word in tokens(label, self.language)]
        explained = [w for w in said if any(likeness(word, w) for word in known)]
        if len(explained) < least * len(said):
            return None
        wrong = [q for q in meant if (q.answer == "NEJ") is not claim.negated]
        scope = Scope((*self.places, *labels), self.language)
        if wrong and (claim.part or len(wrong) < len(meant) or governed(scope.kinds(text))):
            return None
        shown = "; ".join(f"”{q.label}”: {q.answer} (rad {q.line})" for q in meant)
        return Judgement(
            Verdict.CONTRADICTS if wrong else Verdict.AGREES,
            expected=str(meant[0].answer),
            computation=shown,
            cells=tuple(q.row for q in meant),
        )

    def own(self, claim: Claim, row: Concept) -> Judgement | None:
        """The verdict on what a clause beside the shares of others says of the own answer.

        Null where it is not of this place, and where it names none and does not agree.
        """
        cell = next((c for c in row.cells if c.answer in {"JA", "NEJ"}), None)
        own = compiled(self.language.status.us).fullmatch(claim.whole) or claim.whole in self.places
        if cell is None:
            return None
        holds = (cell.answer == "NEJ") is claim.negated
        if not holds and not own:
            return None
        return Judgement(
            Verdict.AGREES if holds else Verdict.CONTRADICTS,
            expected=str(cell.answer),
            computation=f"”{row.label}”: {cell.answer} (rad {cell.line})",
            cells=(cell.row,),
        )

    def _elliptic(
        self, questions: list[_Question], said: list[str], claim: Claim
    ) -> list[tuple[float, _Question]]:
        """How far a clause and the one before it name each question that neither names alone.

        A word of it must be the clause's own ("med vårdcentralen men inte med sjukhuset").
        """
        before = tokens(claim.context[0], self.language)
        text = f"{claim.context[0]} {claim.near[0]}"
        own = [w for w in said if not any(likeness(b, w) for b in before)]
        return [
            (self._named(q, [*before, *said], text), q)
            if self._named(q, before, claim.context[0]) < self.language.status.least
            and any(likeness(word, w) for word in q.words for w in own)
            else (0.0, q)
            for q in questions
        ]

    def _questions(self, title: str) -> list[_Question]:
        optional = compiled(self.language.status.optional)
        labels = self.tables[title].select("row", "line", "row_label", "answer").rows()
        found = []
        for row, line, label, answer in labels:
            words = [w for w in tokens(label, self.language) if not optional.match(w)]
            acronyms = frozenset(_ACRONYM.findall(label))
            found.append(_Question(row, line, label, answer, tuple(words), acronyms))
        counts: dict[str, int] = {}
        for question in found:
            for name in question.acronyms:
                counts[name] = counts.get(name, 0) + 1
        return [
            _Question(
                q.row,
                q.line,
                q.label,
                q.answer,
                q.words,
                frozenset(name for name in q.acronyms if counts[name] == 1),
            )
            for q in found
        ]

    def _named(self, question: _Question, said: list[str], text: str) -> float:
        """How much of a question the words of a sentence name; a short name of its own is all."""
        if question.acronyms & set(_ACRONYM.findall(text)):
            return 1.0
        without = [
            set(compiled(self.language.status.without).findall(t)) for t in (text, question.label)
        ]
        if not question.words or without[0] != without[1]:
            return 0.0
        return sum(
            max((likeness(word, s) for s in said), default=0.0) for word in question.words
        ) / len(question.words)


def judge_own_answers(
    claims: Sequence[Claim], judged: list[Judgement], answers: Answers, concepts: Concepts
) -> None:
    """Judge what sentences on other municipalities say of the own answer to the same question."""
    rows: defaultdict[Sentence, set[int]] = defaultdict(set)
    for claim, judgement in zip(claims, judged, strict=True):
        if claim.region and claim.values and judgement.verdict in GOOD and judgement.link:
            rows[claim.sentence].add(judgement.link.concept)
    for place, claim in enumerate(claims):
        asked = rows[claim.sentence] if claim.kind is Kind.ANSWER and claim.region else ()
        for number in asked if len(asked) == 1 else ():
            judged[place] = answers.own(claim, concepts.all[number]) or judged[place]
