"""Judging sentences on answered questions: what is there, and what is not."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ojmf.claims.answer_tables import AnswerTables
from ojmf.claims.claim import GOOD, Claim, Judgement, Kind, Verdict
from ojmf.claims.language import compiled
from ojmf.claims.scope import Scope, governed
from ojmf.claims.sentences import Sentence
from ojmf.claims.table_rows import Concept, Concepts, likeness, tokens

_LEAST, _ALIKE, _SEVERAL = 0.75, 0.6, 2
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
    """Judges what a sentence says of single questions by their answers."""

    def __init__(self, tables: AnswerTables) -> None:
        self.meant, self.language = tables, tables.language
        self.tables, self.places = tables.tables, tables.places

    def judge(self, claim: Claim) -> Judgement | None:
        """The verdict on what a sentence says is there or not; null where no question is meant.

        Where the sentence names no table, the question must be one of a single table.
        """
        if title := self.meant.meant(claim):
            return self._asked(claim, title)
        found = [one for name in self.tables if (one := self._asked(claim, name))]
        return found[0] if len(found) == 1 else None

    def _asked(self, claim: Claim, title: str) -> Judgement | None:
        text, status = claim.near[0], self.language.status
        if compiled(rf"\b(?:{status.open})").search(text):
            return None
        optional = compiled(rf"{status.optional}|(?:{status.positive}|{status.negative})$")
        said = [w for w in tokens(text, self.language) if not optional.match(w)]
        questions = self._questions(title)
        scored = [(self._named(q, said, text), q) for q in questions]
        least = status.explained
        about = tokens(title, self.language)
        apart = [w for w in said if all(likeness(word, w) < _ALIKE for word in about)]
        weak = max(score for score, _ in scored) < status.least
        if weak and (one := _alone(questions, apart)):
            scored, least = [(1.0, one)], 1.0
        if claim.context and all(score < status.least for score, _ in scored):
            scored, least = self._elliptic(questions, said, claim), 1.0
        scored.sort(key=lambda item: (-item[0], item[1].row))
        best = scored[0][0]
        meant = [q for score, q in scored if score >= max(status.least, best - status.margin)]
        partly = compiled(status.partly).search(text) is not None
        if not meant or any(q.answer not in {"JA", "NEJ"} for q in meant if not partly):
            return None
        labels = (title, *(q.label for q in meant))
        known = [word for label in labels for word in tokens(label, self.language)]
        explained = [w for w in said if any(likeness(word, w) for word in known)]
        if len(explained) < least * len(said):
            return None
        said_to_be = "DELVIS" if partly else "NEJ" if claim.negated else "JA"
        wrong = [q for q in meant if q.answer != said_to_be]
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
        without = compiled(self.language.status.without).findall
        apart = without(claim.near[0]) != without(claim.context[0])
        return [
            (self._named(q, [*before, *said], text), q)
            if self._named(q, before, claim.context[0]) < self.language.status.least
            and (apart or any(likeness(word, w) for word in q.words for w in own))
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


def _alone(questions: Sequence[_Question], said: Sequence[str]) -> _Question | None:
    """The only question that has all the words of a clause, of which there are several."""
    named = [
        question
        for question in questions
        if all(max((likeness(p, w) for p in question.words), default=0.0) >= _LEAST for w in said)
    ]
    return named[0] if len(named) == 1 and len(said) >= _SEVERAL else None


def judge_own_answers(
    claims: Sequence[Claim], judged: list[Judgement], answers: Answers, concepts: Concepts
) -> None:
    """Judge what sentences on other municipalities say of the own answer to the same question."""
    rows: defaultdict[Sentence, set[int]] = defaultdict(set)
    for claim, judgement in zip(claims, judged, strict=True):
        told = bool(claim.values) or claim.kind is Kind.TREND
        if claim.region and told and judgement.verdict in GOOD and judgement.link:
            rows[claim.sentence].add(judgement.link.concept)
    for place, claim in enumerate(claims):
        asked = rows[claim.sentence] if claim.kind is Kind.ANSWER and claim.region else ()
        for number in asked if len(asked) == 1 else ():
            judged[place] = answers.own(claim, concepts.all[number]) or judged[place]
