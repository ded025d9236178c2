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
from ojmf.present.tables import where_filled
from ojmf.present.units import unit_word
from ojmf.present.view_columns import gap_unit
from ojmf.present.words import (
    GRADE_LABELS,
    GRADE_TERMS,
    POINTS_OF_SHARES,
    UNIT_WORDS,
    counted,
    listed,
)
from ojmf.printed import NO_BREAK_SPACE, number

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
    rounded: bool
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
        lacking=[row for row in rows if not row.both],
        notes=_notes(rows),
        populations_once=bool(_populations(rows)),
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
    grades = [grade for grade in words if both[grade]]
    those = f"{both.total()} av {counted(len(rows), 'mått', 'mått')}"
    if both.total() == len(rows):
        those = "Alla mått" if len(rows) > 1 else "Måttet"
    lead = f"{those} har uppgifter för både {names[0]} och {names[1]}"
    if not grades:
        return f"{lead}."
    if len(grades) == 1:
        what = f"de är {words[grades[0]][1]}" if both.total() > 1 else words[grades[0]][0]
        return f"{lead}, och {what}. Förbehållen står vid varje mått."
    parts = listed([counted(both[grade], *words[grade]) for grade in grades])
    return f"{lead}: {parts}. Förbehållen står vid varje mått."


def _notes(rows: Sequence[PairRow]) -> str:
    """What is said once of all rows."""
    said = [_populations(rows)]
    if any(row.unit == UNIT_WORDS["percent"] and row.both for row in rows):
        said.append(POINTS_OF_SHARES)
    if any(row.rounded for row in rows):
        said.append("Skillnaderna är räknade på tal som inte är avrundade.")
    return " ".join(filter(None, said))


def _populations(rows: Sequence[PairRow]) -> str:
    """The populations that the figures per inhabitant rest on, where they are the same in all."""
    known = {row.populations for row in rows if row.populations}
    return f"Folkmängd: {known.pop()}." if len(known) == 1 else ""


def _rounded(compared: pl.DataFrame) -> pl.Series:
    """Whether the figures that a row shows do not give the difference that it shows."""
    scale = pl.lit(10.0).pow(_decimals("unit"))
    own, reference, gap = ((pl.col(n) * scale).round(0) for n in ("own", "reference", "gap"))
    return compared.select(((own - reference - gap).abs() > 0.5).fill_null(value=False)).to_series()


def _periods(names: tuple[str, str]) -> pl.Expr:
    """The period of both, or that of each where they differ."""
    own, other = period_in_words("own_"), period_in_words("reference_")
    each = pl.format("{} {}, {} {}", pl.lit(names[0]), own, pl.lit(names[1]), other)
    lone = (
        pl.when(pl.col("own").is_null()).then(other).when(pl.col("reference").is_null()).then(own)
    )
    return pl.coalesce(lone, pl.when(own != other).then(each).otherwise(own))


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
        unit_word(),
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
        _rounded(compared).alias("rounded"),
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
        unit_word().alias("Enhet"),
        pl.col("own").alias(own),
        pl.col("reference").alias(other),
        pl.col("gap").alias("Skillnad"),
        *where_filled(compared, gap_unit()),
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
    rest = unit.str.strip_prefix(first).str.replace_all(
        r"(\d) (\d)", f"${{1}}{NO_BREAK_SPACE}${{2}}"
    )
    return pl.concat_str(first.replace(UNIT_WORDS), rest)
