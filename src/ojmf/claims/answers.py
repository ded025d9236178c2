"""Judging sentences on answered questions: what is there, and what is not."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

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
        partly = compiled(status.partly).search(text) is not None
        meant = self._meant(claim, title)
        if not meant or any(q.answer not in {"JA", "NEJ"} for q in meant if not partly):
            return None
        said_to_be = "DELVIS" if partly else "NEJ" if claim.negated else "JA"
        wrong = [q for q in meant if q.answer != said_to_be]
        labels = (title, *(q.label for q in meant))
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

    def _meant(self, claim: Claim, title: str) -> list[_Question]:
        """The questions of a table that a clause names, if it names nothing much beside them."""
        text, status = claim.near[0], self.language.status
        optional = compiled(rf"{status.optional}|(?:{status.positive}|{status.negative})$")
        said = [w for w in tokens(text, self.language) if not optional.match(w)]
        questions = self._questions(title)
        least, about = status.explained, tokens(title, self.language)
        apart = [w for w in said if all(likeness(word, w) < _ALIKE for word in about)]
        scored = [(self._named(q, said, text), q) for q in questions]
        weak = max(score for score, _ in scored) < status.least
        if weak and (one := _alone(questions, apart)):
            scored, least = [(1.0, one)], 1.0
        if claim.context and all(score < status.least for score, _ in scored):
            scored, least = self._elliptic(questions, said, claim), 1.0
        scored.sort(key=lambda item: (-item[0], item[1].row))
        best = scored[0][0]
        meant = [q for score, q in scored if score >= max(status.least, best - status.margin)]
        meant = _told_apart(meant, apart)
        labels = (title, *(q.label for q in meant))
        known = [word for label in labels for word in tokens(label, self.language)]
        explained = [w for w in said if any(likeness(word, w) for word in known)]
        return meant if len(explained) >= least * len(said) else []

    def _member(self, claim: Claim, name: str, table: str) -> list[_Question]:
        """The questions that a few words name, or the only one that has them all."""
        meant = self._meant(replace(claim, near=(name,), context=()), table)
        said = tokens(name, self.language)
        one = _alone(self._questions(table), said, least=1) if not meant and said else None
        return [one] if one else meant

    def among(self, claim: Claim, counted: Judgement, concepts: Concepts) -> Judgement:
        """What is ``counted``, if the questions that the sentence names are some of it.

        ("sju är röda, däribland ...") Open where it is not known which question is named.
        """
        told = compiled(self.language.status.members).search(
            claim.sentence.text, claim.values[-1].end
        )
        title = self.meant.meant(claim)
        if told is None or counted.verdict not in GOOD:
            return counted
        listed = re.split(r",\s|\s(?:och|samt)\s", told["which"])
        for names in ([told["which"]], listed):
            named = [
                [
                    question
                    for table in ([title] if title else self.tables)
                    for question in self._member(claim, name, table)
                ]
                for name in names
            ]
            if all(named):
                break
        else:
            return Judgement(Verdict.NOT_TESTABLE)
        rows = {concepts.holding(cell).number for cell in counted.cells}
        asked = [(q, concepts.holding(q.row).number) for some in named for q in some]
        strangers = [q for q, number in asked if number not in rows]
        if not strangers:
            return counted
        if any(len(some) > 1 for some in named):
            return Judgement(Verdict.NOT_TESTABLE)
        other = strangers[0]
        shown = f"”{other.label}”: {other.answer} (rad {other.line})"
        answer = str(other.answer)
        return Judgement(Verdict.CONTRADICTS, answer, shown, counted.cells)

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


def _told_apart(questions: list[_Question], said: Sequence[str]) -> list[_Question]:
    """The questions but for those of which the words, beside the table's, name less than of one."""
    named = [
        {w for w in q.words if any(likeness(w, one) >= _ALIKE for one in said)} for q in questions
    ]
    most = max(named, key=len, default=set())
    return [q for q, own in zip(questions, named, strict=True) if not own < most]


def _alone(
    questions: Sequence[_Question], said: Sequence[str], least: int = _SEVERAL
) -> _Question | None:
    """The only question that has all the words of a clause, of which there are so many at least."""
    named = [
        question
        for question in questions
        if all(max((likeness(p, w) for p in question.words), default=0.0) >= _LEAST for w in said)
    ]
    return named[0] if len(named) == 1 and len(said) >= least else None


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


def judge_members(
    claims: Sequence[Claim], judged: list[Judgement], answers: Answers, concepts: Concepts
) -> None:
    """Judge counts of questions by those that a sentence names as some of them, too."""
    for place, (claim, judgement) in enumerate(zip(claims, judged, strict=True)):
        if claim.values and answers.tables and len(judgement.cells) > 1:
            judged[place] = answers.among(claim, judgement, concepts)
