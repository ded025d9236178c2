"""The page of two municipalities: how far each concept can be compared, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import polars as pl

from ojmf.compare.pairs import SIDES
from ojmf.declarations.concepts import Concept
from ojmf.model import Grade
from ojmf.present.formats import period, period_in_words, populations
from ojmf.present.marks import marks_in
from ojmf.present.site import pages
from ojmf.present.site.provenance import Cited, Provenance
from ojmf.present.words import GRADE_LABELS, GRADE_TERMS, UNIT_WORDS, counted, listed
from ojmf.printed import number

_WHOLE = ("SEK",)
_APART = (Grade.NOT_COMPARABLE.value,)


@dataclass(frozen=True, slots=True)
class PairRow:
    """One concept for two municipalities, as texts, with numbers for sorting."""

    anchor: str
    label: str
    area_name: str
    grade: str
    grade_label: str
    unit: str
    own: str
    own_marks: str
    reference: str
    reference_marks: str
    gap: str
    per_inhabitant: str
    own_per_inhabitant: str
    reference_per_inhabitant: str
    populations: str
    period: str
    reason: str
    sort_own: float | None
    sort_reference: float | None
    sort_gap: float | None
    own_cited: tuple[Cited, ...]
    reference_cited: tuple[Cited, ...]

    @property
    def both(self) -> bool:
        """Whether there are figures of both."""
        return self.sort_own is not None is not self.sort_reference

    @property
    def marked(self) -> bool:
        """Whether a figure that the row rests on is corrected or unconfirmed."""
        return bool(self.own_marks or self.reference_marks)


def couples(concepts: Sequence[Concept], chosen: Sequence[str]) -> list[tuple[str, str]]:
    """The pairs that have a formula each for some concept, one of them chosen; chosen first."""
    found: dict[tuple[str, str], None] = {}
    for concept in concepts:
        geos = sorted(formula.geo for formula in concept.formula)
        for one, other in combinations(geos, 2):
            if one in chosen or other in chosen:
                found[(one, other) if one in chosen else (other, one)] = None
    return list(found)


def couple_page(
    stem: str,
    names: tuple[str, str],
    folders: tuple[str | None, str | None],
    crumbs: pages.Crumbs,
    rows: Sequence[PairRow],
    documents: Sequence[str],
) -> bytes:
    """The page named ``stem``, which stands under ``crumbs``, one folder below the start page.

    ``folders`` are those of the two municipalities, where they are on the site.
    """
    title = " och ".join(names)
    sections = [
        (heading, found)
        for heading, found in (
            ("Går att jämföra", [r for r in rows if r.both and r.grade not in _APART]),
            ("Går inte att jämföra", [r for r in rows if r.both and r.grade in _APART]),
            ("Uppgift saknas för minst en av kommunerna", [r for r in rows if not r.both]),
        )
        if found
    ]
    return pages.page(
        "pair",
        title,
        [*crumbs, (title, None)],
        "../",
        lead=_lead(rows, names),
        names=names,
        folders=folders,
        about=f"Källa: {listed(documents)}." if documents else "",
        sections=sections,
        rows=rows,
        stem=stem,
    )


def _lead(rows: Sequence[PairRow], names: tuple[str, str]) -> str:
    """How many measures have figures of both, and how far these can be compared."""
    both = Counter(row.grade for row in rows if row.sort_own is not None is not row.sort_reference)
    words = {
        Grade.COMPARABLE: ("jämförbart", "jämförbara"),
        Grade.AFTER_CONVERSION: ("jämförbart efter omräkning", "jämförbara efter omräkning"),
        Grade.PARTLY: ("delvis jämförbart", "delvis jämförbara"),
        Grade.NOT_COMPARABLE: ("inte jämförbart", "inte jämförbara"),
    }
    parts = [counted(both[grade], *words[grade]) for grade in words if both[grade]]
    lead = (
        f"{both.total()} av {counted(len(rows), 'mått', 'mått')} har uppgifter för både "
        f"{names[0]} och {names[1]}"
    )
    return f"{lead}: {listed(parts)}. Förbehållen står vid varje mått." if parts else f"{lead}."


def _periods(names: tuple[str, str]) -> pl.Expr:
    """The period of both, or that of each where they differ."""
    own, other = period_in_words("own_"), period_in_words("reference_")
    each = pl.format("{} {}, {} {}", pl.lit(names[0]), own, pl.lit(names[1]), other)
    return pl.when(own != other).then(each).otherwise(own)


def couple_rows(
    compared: pl.DataFrame,
    names: tuple[str, str],
    indicators: pl.DataFrame,
    provenance: Provenance,
) -> list[PairRow]:
    """The rows of ``compare.pairs.TRACED`` for the municipalities with these names."""
    areas = dict(indicators.select("area_id", "area_name").unique().iter_rows())
    texts = compared.select(
        pl.col("indicator_id").alias("anchor"),
        "label",
        pl.col("area_id").replace(areas).alias("area_name"),
        "grade",
        pl.col("grade").replace(GRADE_LABELS).alias("grade_label"),
        pl.col("unit").replace(UNIT_WORDS).alias("unit"),
        *(
            number(pl.col(name), _decimals("unit"), signed=name == "gap").fill_null("–").alias(name)
            for name in ("own", "reference", "gap")
        ),
        _swedish(pl.col("per_inhabitant_unit")).fill_null("").alias("per_inhabitant"),
        *(
            number(pl.col(name), _decimals("per_inhabitant_unit", fine=2))
            .fill_null("–")
            .alias(name)
            for name in ("own_per_inhabitant", "reference_per_inhabitant")
        ),
        *(marks_in(f"{side}_printed").fill_null("").alias(f"{side}_marks") for side in SIDES),
        populations(*names).fill_null("").alias("populations"),
        _periods(names).fill_null("").alias("period"),
        pl.col("reason").fill_null(""),
        *(pl.col(name).alias(f"sort_{name}") for name in ("own", "reference", "gap")),
    )
    printed = compared.select(f"{side}_printed" for side in SIDES).iter_rows()
    rows = [
        PairRow(**row, own_cited=_cited(own, provenance), reference_cited=_cited(other, provenance))
        for row, (own, other) in zip(texts.to_dicts(), printed, strict=True)
    ]
    order = list(GRADE_LABELS)
    return sorted(rows, key=lambda row: (not row.both, order.index(row.grade)))


def _cited(inputs: Sequence[Mapping[str, Any]] | None, provenance: Provenance) -> tuple[Cited, ...]:
    """The link to every line that a figure was worked out from, each once."""
    found = (
        provenance.cited(one["source_id"], one["document"], one["line"]) for one in inputs or ()
    )
    return tuple(dict.fromkeys(found))


def couple_download(compared: pl.DataFrame, names: tuple[str, str]) -> pl.DataFrame:
    """The same rows with numbers, under the headings of the page."""
    words = {grade: word.capitalize() for grade, (_, word) in GRADE_TERMS.items()}
    own, other = names
    marked_sides = [marks_in(f"{side}_printed") for side in SIDES]
    return compared.select(
        pl.col("label").alias("Mått"),
        pl.col("grade").replace(words).alias("Jämförbarhet"),
        pl.col("unit").replace(UNIT_WORDS).alias("Enhet"),
        pl.col("own").alias(own),
        pl.col("reference").alias(other),
        pl.col("gap").alias("Skillnad"),
        _swedish(pl.col("per_inhabitant_unit")).alias("Per invånare, enhet"),
        pl.col("own_per_inhabitant").alias(f"{own} per invånare"),
        pl.col("reference_per_inhabitant").alias(f"{other} per invånare"),
        *(
            pl.col(f"{side}_{column}").alias(f"{label}, {name}")
            for side, name in (("own", own), ("reference", other))
            for column, label in (
                ("population", "Folkmängd"),
                ("population_date", "Folkmängdens datum"),
            )
        ),
        period("own_").alias(f"Period, {own}"),
        period("reference_").alias(f"Period, {other}"),
        pl.col("reason").alias("Skäl"),
        pl.col("document").alias(f"Dokument, {own}"),
        pl.col("line").alias(f"Rad, {own}"),
        pl.col("reference_document").alias(f"Dokument, {other}"),
        pl.col("reference_line").alias(f"Rad, {other}"),
        *(
            marked.alias(f"Märkning, {name}")
            for marked, name in zip(marked_sides, names, strict=True)
            if compared.select(marked.is_not_null().any()).item()
        ),
    )


def _decimals(unit: str, fine: int = 1) -> pl.Expr:
    whole = pl.col(unit).str.split(" ").list.first().is_in(_WHOLE)
    return pl.when(whole).then(0).otherwise(fine)


def _swedish(unit: pl.Expr) -> pl.Expr:
    """A unit per inhabitant with its first word in Swedish."""
    first = unit.str.split(" ").list.first()
    return pl.concat_str(first.replace(UNIT_WORDS), unit.str.strip_prefix(first))
