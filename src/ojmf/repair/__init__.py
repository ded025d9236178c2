"""Proposals for repairing what scanning has damaged: proved, never applied.

A figure is damaged where it has not its column's form, or where an identity that it is part of
does not hold. Of all readings of a component's figures that make its identities hold at once,
those with the fewest faults of scanning are kept (``repair_search``). A figure is proved where all
of them agree on it and the identities would fail with its sign turned, which is how identities
confirm a figure that is read; where they would hold all the same, arithmetic leaves all that lies
between, and the figure is only likely. So it is where the text has lost its decimals and arithmetic
leaves more than one value of the printed precision. The sign that a row's figures have (declared
for the table, or seen in it) and their size count as evidence beside the identities, and the proof
says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import polars as pl

from ojmf.ingest.reading import ReadDocument
from ojmf.printed import swedish
from ojmf.repair.candidates import CEILING, LOST_DECIMALS, SCALE, Form, bare, candidates, printed
from ojmf.repair.groups import Leaf, SearchLimitError
from ojmf.repair.relations import Linear, Relation
from ojmf.repair.search import Solution, solve
from ojmf.repair.unknowns import Figure, Patterns, System, system

PROVABLE = "provable"
LIKELY = "likely"
AMBIGUOUS = "ambiguous"
NOT_REPAIRABLE = "not_repairable"

PROPOSALS = pl.Schema(
    {
        "source_id": pl.String(),
        "table_id": pl.String(),
        "table": pl.String(),
        "line": pl.Int32(),
        "row_label": pl.String(),
        "column_label": pl.String(),
        "raw": pl.String(),
        "value": pl.Float64(),
        "verdict": pl.String(),
        "candidates": pl.List(pl.String()),
        "faults": pl.List(pl.String()),
        "identities": pl.List(pl.String()),
        "proof": pl.String(),
    }
)
"""One row per damaged figure, in document order. ``value`` is the proved figure, else null;
``candidates`` are the readings as the column would print them, a single one where it is likely;
``faults`` (of a proved figure) what
scanning has done, ``identities`` those that hold with it, ``proof`` why, in Swedish."""

_MOST_CANDIDATES = 20


@dataclass(frozen=True, slots=True)
class _Proposal:
    """What is proposed for one figure: the columns of ``PROPOSALS`` that no cell gives."""

    cell: int
    verdict: str
    proof: str
    value: float | None = None
    candidates: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    identities: tuple[str, ...] = ()


def propose(read: ReadDocument, *, ignore_corrections: bool = False) -> pl.DataFrame:
    """Propose a repair for every damaged figure of a document, in the schema ``PROPOSALS``.

    Declared corrections, unreadable cells and accepted contradictions are taken as given, or with
    ``ignore_corrections`` not known of. The same document gives the same proposals. Raises
    ``CorrectionError`` for a correction that matches nothing in the declared edition.
    """
    whole = system(read, ignore_corrections=ignore_corrections)
    patterns = Patterns(whole)
    rows = [_without_relation(f, patterns.form(f)) for f in whole.alone()]
    for figures, relations in whole.troubled():
        forms = {f.cell: patterns.form(f) for f in figures}
        try:
            solution = solve([Leaf(f.cell, f.text, forms[f.cell]) for f in figures], relations)
        except SearchLimitError:
            rows += _unsolved(figures, relations)
            continue
        found = _Findings(whole, relations, solution, forms)
        rows += found.proposals(figures)
        patterns.learn(found.sure)
    places = read.cells.select(
        "cell", "table_id", "table", "line", "row_label", "column_label", "raw"
    )
    return (
        pl.DataFrame(
            [asdict(row) for row in rows],
            schema={"cell": pl.UInt32()}
            | {name: PROPOSALS[name] for name in PROPOSALS.names() if name not in places.columns}
            | {"source_id": pl.String()},
        )
        .with_columns(source_id=pl.lit(read.source.id))
        .join(places, on="cell")
        .sort("cell")
        .select(PROPOSALS.names())
        .cast(PROPOSALS)
    )


def _without_relation(figure: Figure, form: Form) -> _Proposal:
    readings = candidates(figure.text, form, CEILING)
    cheapest = [c for c in readings if c.cost == readings[0].cost] if readings else []
    texts = [printed(c.value, form, figure.text) for c in cheapest]
    return _Proposal(
        figure.cell,
        NOT_REPAIRABLE,
        f"{figure.fault}; inget räknesamband omfattar cellen",
        candidates=tuple(texts) if len(texts) <= _MOST_CANDIDATES else (),
    )


def _unsolved(figures: list[Figure], relations: list[Relation]) -> list[_Proposal]:
    values = {f.cell: f.value for f in figures if f.value is not None}
    broken = [r for r in relations if set(r.cells) <= values.keys() and not r.holds(values)]
    inside = {cell for relation in broken for cell in relation.cells}
    names = ", ".join(relation.name for relation in broken)
    return [
        _Proposal(
            f.cell,
            NOT_REPAIRABLE,
            f"{f.fault or f'samband som inte håller: {names}'}; sökningen fann ingen läsning där "
            "alla räknesamband håller inom ett rimligt antal skanningsfel",
        )
        for f in figures
        if f.value is None or f.cell in inside
    ]


class _Findings:
    """What the solution of one component says of its figures."""

    def __init__(
        self,
        whole: System,
        relations: list[Relation],
        solution: Solution,
        forms: Mapping[int, Form],
    ) -> None:
        self.whole, self.relations, self.forms = whole, relations, forms
        self.best, self.costs = solution.best, solution.costs
        self.sure = {cell: next(iter(v)) for cell, v in self.costs.items() if len(v) == 1}
        self.left = [r for r in relations if not r.holds(self.best)]

    def proposals(self, figures: list[Figure]) -> list[_Proposal]:
        rows = []
        contradicted = {cell for relation in self.left for cell in relation.cells}
        for f in figures:
            if f.value is None or set(self.costs[f.cell]) != {f.value}:
                rows.append(self._proposal(f))
            elif f.cell in contradicted:
                names = ", ".join(r.name for r in self.left if f.cell in r.cells)
                reason = (
                    f"{names} håller inte, men inget skanningsfel förklarar det: dokumentet "
                    "motsäger sig självt, eller så är talet feltryckt"
                )
                rows.append(_Proposal(f.cell, NOT_REPAIRABLE, reason))
        return rows

    def _proposal(self, figure: Figure) -> _Proposal:
        cell, form = figure.cell, self.forms[figure.cell]
        costs = self.costs[cell]
        reading = {c.value: c for c in candidates(figure.text, form, CEILING) if c.value in costs}
        values = sorted(costs, key=lambda v: (costs[v], reading[v].cost, abs(v), v))
        texts = [printed(value, form, figure.text) for value in values[:_MOST_CANDIDATES]]
        chosen = reading[values[0]]
        own = [r for r in self.relations if cell in r.cells and r not in self.left]
        names = ", ".join(r.name for r in own)
        if len(values) > 1 or figure.unreadable:
            reason = (
                f"{len(values)} läsningar gör att alla samband håller med lika få skanningsfel"
                if len(values) > 1
                else "cellen är deklarerad som oläslig"
            )
            return _Proposal(figure.cell, AMBIGUOUS, f"{reason} ({names})", candidates=tuple(texts))
        if (other := self._also(values[0], figure, chosen.faults, own)) is not None:
            between = " och allt däremellan" if other == -values[0] else ""
            reason = (
                f"Minst skanningsfel ({', '.join(chosen.faults)}), men sambanden håller också med "
                f"{printed(other, form, figure.text)}{between}"
            )
            return _Proposal(figure.cell, LIKELY, f"{reason} ({names})", candidates=tuple(texts))
        return _Proposal(
            figure.cell,
            PROVABLE,
            self._proof(figure, chosen.faults, own),
            value=values[0] / SCALE,
            candidates=tuple(texts),
            faults=chosen.faults,
            identities=tuple(dict.fromkeys(r.name.split(" | ")[0] for r in own)),
        )

    def _also(
        self, value: int, figure: Figure, faults: tuple[str, ...], own: list[Relation]
    ) -> int | None:
        """Another value that arithmetic leaves open: with the sign turned, or with other decimals.

        Decimals that the text has lost are given by arithmetic alone, so that it must leave only
        one value of the printed precision.
        """
        step = SCALE // 10 ** self.forms[figure.cell].decimals
        near = (value - step, value + step) if LOST_DECIMALS in faults else ()
        tried = (other for other in (-value, *near) if other != value)
        holding = (o for o in tried if all(r.holds({**self.best, figure.cell: o}) for r in own))
        return next(holding, None)

    def _proof(self, figure: Figure, faults: tuple[str, ...], own: list[Relation]) -> str:
        form = self.forms[figure.cell]
        said = figure.value
        if said is None and form.decimals and bare(figure.text).lstrip("-").isdigit():
            said = int(bare(figure.text)) * SCALE
        sentences = [
            f"Enda läsningen med så få skanningsfel som möjligt: {', '.join(faults)}",
            *(self._holds(r, figure, said) for r in own),
        ]
        if form.sign < 0 and "minustecken förlorat" in faults:
            sentences.append("Raden har negativa tal")
        if any(own_form.size for own_form in self.forms.values()):
            sentences.append(
                "Ett tal av annan storleksordning än radens övriga räknas som ett fel till"
            )
        return ". ".join(sentences) + "."

    def _holds(self, relation: Relation, figure: Figure, said: int | None) -> str:
        if not isinstance(relation, Linear):
            return f"{relation.name} håller"
        rest = (relation.part(self.best) + relation.constant) / SCALE
        text = (
            f"{relation.name}: rest {swedish(rest, most=3)}, "
            f"tolerans {swedish(relation.width / SCALE, most=3)}"
        )
        if said is None:
            return text
        other = relation.part({**self.best, figure.cell: said}) + relation.constant
        return f"{text} (med texten i dokumentet är resten {swedish(other / SCALE, most=3)})"
