"""Judging how many answers there are of each colour, in a table, in all, and beside others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from ojmf.claims.answer_tables import WHOLLY, AnswerTables
from ojmf.claims.claim import GOOD, OPEN, Claim, Judgement, Kind, Verdict
from ojmf.claims.language import compiled
from ojmf.claims.quantities import Quantity, quantities
from ojmf.claims.scope import Scope, own_subject
from ojmf.claims.table_rows import likeness, tokens
from ojmf.printed import swedish

_ALIKE, _PAIR = 0.6, 2


@dataclass(frozen=True, slots=True)
class _Two:
    """Two counts of answers, in words too, and the observations that are counted."""

    one: int
    other: int
    shown: str
    cells: tuple[int, ...]


class AnswerCounts:
    """Counts the answers of the tables that a sentence means."""

    def __init__(self, tables: AnswerTables) -> None:
        self.meant, self.language = tables, tables.language
        self.tables, self.places = tables.tables, tables.places

    def count(self, claim: Claim) -> Judgement | None:
        """The verdict on a count or a share of answers; null where no table is meant."""
        rows, words = self._counted_in(claim), self.language.status
        if rows is None:
            return None
        if compiled(words.apart_by).search(claim.sentence.text[claim.values[-1].end :]):
            return Judgement(Verdict.NOT_TESTABLE)
        if self._narrowed(claim, rows):
            return self._labelled(claim, rows) or Judgement(Verdict.NOT_TESTABLE)
        answer = self._answer(claim)
        if self._blank(claim) or (answer and self._among(claim, answer)):
            return Judgement(Verdict.NOT_TESTABLE)
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
            cells=tuple(counted["row"].to_list()),
            text_value=said.value,
        )

    def _counted_in(self, claim: Claim) -> pl.DataFrame | None:
        """The answers of the table that is meant, or all where the sentence is on all together."""
        words, text, said = self.language.status, claim.sentence.text, claim.values[0]
        in_all = self._in_all(text)
        title = None if in_all else self.meant.meant(claim)
        if title is not None:
            return self.tables[title]
        rows = pl.concat(self.tables.values()) if self.tables else pl.DataFrame()
        counted = rf"^\s*(?:är\s)?(?:{words.indicators}|{'|'.join(words.answers.values())})"
        total = compiled(rf"\b(?:{self.language.aggregate.total})").search(text)
        summed = total and compiled(counted).search(text[said.end :])
        out_of = [value.value for value in claim.values[1:]] == [rows.height]
        return rows if len(self.tables) > 1 and (out_of or summed or in_all) else None

    def _blank(self, claim: Claim) -> bool:
        """Whether the words behind a figure say that answers are lacking."""
        behind = re.split(r"[,;.]|\soch\s", claim.sentence.text[claim.values[-1].end :])[0]
        return compiled(self.language.status.blank).search(behind) is not None

    def _among(self, claim: Claim, answer: str) -> bool:
        """Whether some of the answers of a colour are counted ("två av de röda gäller ...")."""
        words, text = self.language.status.answers[answer], claim.sentence.text
        of = compiled(rf"^\s+av\s(?P<which>[^,.;]*?)\b(?:{words})")
        found = of.match(text[claim.values[0].end :])
        verb = rf"(?<!\w)(?:{self.language.scope.verbs})(?!\w)"
        said = compiled(rf"{verb}\s$").search(text[: claim.values[0].start])
        return bool(found and not said and not compiled(verb).search(found["which"]))

    def _topic(self, claim: Claim) -> list[str]:
        """The words that say which questions are counted, besides the name of their table."""
        text, title = claim.sentence.text, self.meant.meant(claim) or ""
        topic = compiled(self.language.status.topic).search(text, claim.offset)
        return self.meant.beyond(topic["topic"], title) if topic else []

    def _narrowed(self, claim: Claim, rows: pl.DataFrame) -> bool:
        """Whether only some questions of a table are counted ("tre frågor om uppföljning")."""
        return bool(self._topic(claim)) and claim.values[-1].value != rows.height

    def _labelled(
        self, claim: Claim, rows: pl.DataFrame, words: Sequence[str] = ()
    ) -> Judgement | None:
        """The verdict on answers to the questions whose text has the words that are counted.

        Null where they are not as many as the sentence says.
        """
        said = words or self._topic(claim)
        answer = self._answer(claim) or self._said_to_be(claim)

        def named(label: str) -> bool:
            words = tokens(label, self.language)
            return all(any(likeness(part, one) >= _ALIKE for part in words) for one in said)

        meant = rows.filter(pl.Series([named(label) for label in rows["row_label"]]))
        before = claim.sentence.text[: claim.values[0].start]
        every = compiled(self.language.aggregate.all).search(before) is not None
        stated = claim.values[-1].value if every or len(claim.values) == _PAIR else 0
        if not said or answer is None or meant.height != stated:
            return None
        found = meant.filter(pl.col("answer") == answer)
        listed = ", ".join(str(line) for line in found["line"])
        text = f"{found.height} rader med svaret {answer} (rad {listed}) av {meant.height}"
        return Judgement(
            Verdict.AGREES if found.height == claim.values[0].value else Verdict.CONTRADICTS,
            expected=f"{found.height} av {meant.height}",
            computation=text,
            cells=tuple((found if found.height else meant)["row"].to_list()),
            text_value=claim.values[0].value,
        )

    def kind(self, claim: Claim) -> Judgement | None:
        """The verdict on how many questions of a kind are answered so; null where unclear.

        ("åtta av de tio överenskommelserna inom missbruksvården är på plats")
        """
        title, text = self.meant.meant(claim), claim.sentence.text
        if title is None or len(claim.values) < _PAIR:
            return None
        words = self.meant.beyond(text[claim.values[-1].end :], title)
        return self._labelled(claim, self.tables[title], words)

    def _said_to_be(self, claim: Claim) -> str | None:
        """The answer that the words behind a count mean: that something is there, or is not."""
        words, behind = self.language.status, claim.sentence.text[claim.values[-1].end :]
        if compiled(rf"\b(?:{words.open}|{words.partly})").search(behind):
            return None
        if compiled(rf"\b(?:{words.negative})\b").search(behind):
            return "NEJ"
        return "JA" if compiled(rf"\b(?:{words.positive})").search(behind) else None

    def _in_all(self, text: str) -> bool:
        """Whether a sentence says how many tables there are, and so is on all of them."""
        return any(self._tables_said(text, q) for q in quantities(text, self.language))

    def _tables_said(self, text: str, said: Quantity) -> bool:
        """Whether the words beside a figure make it how many tables there are."""
        named = compiled(self.language.status.tables).match(text[said.end :])
        of_all = compiled(self.language.aggregate.all).search(text[: said.start])
        return bool(named and (named["these"] or of_all))

    def beside(self, claim: Claim, before: Sequence[tuple[Claim, Judgement]]) -> Judgement | None:
        """The verdict on a figure that stands with a count of answers that is right.

        It is how many more or fewer they are than others ("fyra fler än de med nej"), or how many
        tables they stand in ("i de fem områdena"); null where it is neither.
        """
        text, said, language = claim.sentence.text, claim.values[0], self.language
        behind = text[said.end :]
        if self._tables_said(text, said):
            number = len(self.tables)
            listed = f"{number} tabeller: {'; '.join(self.tables)}"
            return self._compared(number == said.value, number, listed, said)
        than = compiled(language.status.apart_by).match(behind)
        right = [c for c, j in before if c.kind is Kind.STATUS and j.verdict in GOOD]
        if than is None:
            return None
        answer = self._answer(right[-1]) if right else self._named(text[: said.start])
        answer = answer or self._answer(claim)
        title = self.meant.named_in((text[: said.start], WHOLLY)) or self.meant.meant(claim)
        found = self._two(answer, title, than["than"])
        if found is None:
            return None
        up = compiled(rf"(?:{language.words['more']})").fullmatch(than["w"]) is not None
        apart = found.one - found.other
        holds = apart == (said.value if up else -said.value)
        return replace(self._compared(holds, abs(apart), found.shown, said), cells=found.cells)

    def against(self, claim: Claim) -> Judgement | None:
        """The verdict on which of two counts of answers is greater; null where unclear."""
        text, words = claim.sentence.text, self.language.status
        than = compiled(words.more_than).search(text)
        if claim.values or than is None or not self.tables:
            return None
        answer = self._named(than["what"])
        title = self.meant.named_in((text[: than.start()], WHOLLY)) or self.meant.meant(claim)
        found = self._two(answer, title, than["than"])
        if found is None:
            return None
        holds = {"higher": found.one > found.other, "lower": found.one < found.other}
        right = holds.get(str(claim.direction), found.one == found.other) is not claim.negated
        verdict = Verdict.AGREES if right else Verdict.CONTRADICTS
        return Judgement(verdict, str(found.one), found.shown, found.cells)

    def _two(self, answer: str | None, title: str | None, than: str) -> _Two | None:
        """The answers of a table, and those of another colour or of another table."""
        other, table = self._named(than), self.meant.named_by(than) or title
        if answer is None or title is None or table is None:
            return None
        if (answer, title) == (other or answer, table):
            return None
        one, rest = (
            self.tables[name].filter(pl.col("answer") == colour)
            for name, colour in ((title, answer), (table, other or answer))
        )
        shown = (
            f"{one.height} med {answer} i {title}, {rest.height} med {other or answer} i {table}"
        )
        cells = (*one["row"].to_list(), *rest["row"].to_list())
        return _Two(one.height, rest.height, shown, cells)

    def _named(self, text: str) -> str | None:
        """The one answer that a text names."""
        words = self.language.status.answers.items()
        named = [answer for answer, one in words if compiled(rf"\b(?:{one})").search(text)]
        return named[0] if len(named) == 1 else None

    def _compared(self, holds: bool, expected: int, computation: str, said: Quantity) -> Judgement:
        verdict = Verdict.AGREES if holds else Verdict.CONTRADICTS
        return Judgement(verdict, str(expected), computation, text_value=said.value)

    def most(self, claim: Claim) -> Judgement | None:
        """The verdict on which table has most or fewest answers of a colour, or of all.

        Null where it is unclear.
        """
        text, many = claim.sentence.text, self.language.aggregate.many
        apart = compiled(self.language.against).search(text)
        own = text[: apart.start()] if apart else text
        title = self.meant.named_in((own, WHOLLY)) or self.meant.meant(claim)
        said = self._named(text)
        asked = compiled(self.language.status.indicators).search(text)
        if not (said or asked) or title is None or not compiled(many).search(text):
            return None
        counts = {
            table: rows.filter(pl.col("answer") == said) if said else rows
            for table, rows in self.tables.items()
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
            computation=f"rader med svaret {said}: {shown}" if said else f"rader: {shown}",
            cells=tuple(counts[extreme]["row"].to_list()[:40]),
            text_value=float(sizes[extreme]),
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
        for answer, words in self.language.status.answers.items():  # "nej på tre"
            on = rf"(?<!\w)(?:{words})\s+(?:{self.language.scope.prepositions})\s+$"
            if compiled(on).search(text[: quantity.start]):
                return answer
        before, _, behind = claim.near[0].partition(quantity.text)
        if self._in_all(text):
            behind = text[quantity.end :]
        between = ""
        if len(claim.values) > 1:
            between = text[quantity.end : claim.values[-1].start]
            behind = text[claim.values[-1].end :]
        behind = re.split(r"[.;]|,\s|\svarav\s", behind)[0]
        before = re.split(r"[.;,]\s|\soch\s", before)[-1]
        for piece in (between, behind, before):
            named = [
                (match.start(), answer)
                for answer, words in self.language.status.answers.items()
                if (match := compiled(rf"(?<!\w)(?:{words})").search(piece))
            ]
            if named:
                return min(named)[1]
        return None


def judge_beside(claims: Sequence[Claim], judged: list[Judgement], counts: AnswerCounts) -> None:
    """Judge the figures that stand with a count of answers, and count something else."""
    for place, (claim, judgement) in enumerate(zip(claims, judged, strict=True)):
        if not claim.values or claim.region or judgement.verdict in GOOD or not counts.tables:
            continue
        sentence = [
            (one, told)
            for one, told in zip(claims, judged, strict=True)
            if one.sentence is claim.sentence and one is not claim
        ]
        most = _ranked(sentence)
        behind = claim.sentence.text[claim.values[0].end :]
        apart = compiled(counts.language.status.apart_by).match(behind)
        counted = any(one.kind is Kind.STATUS for one in (claim, *(one for one, _ in sentence)))
        if counted or (most and apart):
            judged[place] = counts.beside(claim, sentence) or judgement
        elif most and claim.kind is Kind.LEVEL:
            right = most.text_value == claim.values[0].value
            verdict = Verdict.AGREES if right else Verdict.CONTRADICTS
            judged[place] = replace(most, verdict=verdict, text_value=claim.values[0].value)
        elif claim.kind in {Kind.RATIO, Kind.SHARE} and judgement.verdict in OPEN:
            judged[place] = counts.kind(claim) or judgement


def _ranked(sentence: Sequence[tuple[Claim, Judgement]]) -> Judgement | None:
    """The right verdict of a sentence on which table has most, with how many it has."""
    ranks = (told for one, told in sentence if one.kind is Kind.RANK and told.verdict in GOOD)
    return next((told for told in ranks if told.text_value is not None), None)
