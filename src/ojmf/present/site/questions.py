"""A page per question: who has answered what, county by county."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl
from markupsafe import Markup

from ojmf.compare.figures import KEY
from ojmf.compare.questions import ANSWER_METHOD
from ojmf.geography import county_of
from ojmf.model import Answer, ReferenceKind
from ojmf.present.formats import shares_in_a_column
from ojmf.present.said_once import shared_ending
from ojmf.present.site import drawing, pages
from ojmf.present.site.answers import NO_ANSWER
from ojmf.present.site.municipality import MOST_DOCUMENTS, Given
from ojmf.present.superlatives import ends, named
from ojmf.present.words import count_words, listed
from ojmf.printed import swedish

QUESTIONS = "fraga"
FEWEST = 2
"""So many municipalities with an answer make a question worth a page."""
_ANSWERS = (Answer.NO.value, Answer.PARTLY.value, None, Answer.YES.value)


@dataclass(frozen=True, slots=True)
class Said:
    """The municipalities of a county that have given one answer: names and folders."""

    word: str
    kind: str
    shape: Markup
    places: Sequence[pages.Link]


@dataclass(frozen=True, slots=True)
class CountyAnswers:
    """A county's share of JA, and who has answered what in it."""

    code: str
    name: str
    share: str
    bar: Markup
    said: Sequence[Said]


def question_ids(compared: pl.DataFrame) -> frozenset[str]:
    """The questions that enough municipalities have answered for a page."""
    answered = compared.filter(pl.col("method") == ANSWER_METHOD, pl.col("answer").is_not_null())
    counts = answered.group_by("indicator_id").agg(pl.col("geo").n_unique())
    return frozenset(counts.filter(pl.col("geo") >= FEWEST)["indicator_id"])


def question_pages(given: Given) -> Iterator[tuple[str, bytes]]:
    """The pages of the questions, one after the other, with their file names."""
    asked = given.standing.compared.lazy().filter(
        pl.col("method") == ANSWER_METHOD,
        pl.col("indicator_id").is_in(list(given.question_pages)),
    )
    answers = asked.select(
        *KEY,
        "label",
        "geo",
        "answer",
        "period_end",
        "reference_kind",
        "reference_geo",
        "reference",
        "reference_decimals",
        "document",
    ).collect()
    for (area_id, indicator_id), rows in answers.group_by(*KEY, maintain_order=True):
        yield f"{indicator_id}.html", _page(given, str(area_id), rows)


def _page(given: Given, area_id: str, rows: pl.DataFrame) -> bytes:
    names = given.names
    once = rows.unique("geo", keep="first", maintain_order=True)
    label = once["label"].mode().sort()[0]
    kinds = rows.filter(pl.col("reference").is_not_null())
    of_counties = kinds.filter(pl.col("reference_kind") == ReferenceKind.COUNTY.value).unique(
        "reference_geo", maintain_order=True
    )
    by_county = dict(of_counties.select("reference_geo", "reference").iter_rows())
    # No share has a decimal that another is printed without: 9 of 24 may stand as 38.
    texts = shares_in_a_column("reference", "reference_decimals").alias("shown")
    shown = dict(of_counties.select("reference", texts).iter_rows())
    country = kinds.filter(pl.col("reference_kind") == ReferenceKind.COUNTRY.value)["reference"]
    told: dict[str, dict[str | None, list[str]]] = {}
    for geo, answer in once.select("geo", "answer").iter_rows():
        told.setdefault(county_of(geo), {}).setdefault(answer, []).append(geo)
    counts = {answer: int((once["answer"] == answer).sum()) for answer in (a.value for a in Answer)}
    lead = answered(sum(counts.values()), counts[Answer.YES.value])
    if len(country):
        lead += f" I riket är andelen {swedish(country[0], most=1)} procent."
    ordered = sorted(told, key=lambda code: (by_county.get(code) is None, by_county.get(code) or 0))
    if len(by_county) > 1:
        known = [code for code in ordered if code in by_county]
        shares = [(by_county[code], names.place(code)) for code in known]
        found = ends(shares, shown.__getitem__)
        lead += (
            f" Den är {found.low} procent i alla län."
            if found.one
            else f" Lägst är den i {named(found.lowest)} ({found.low}) och högst i "
            f"{named(found.highest)} ({found.high})."
        )
    years = sorted(set(once["period_end"].dt.year()))
    documents = rows["document"].drop_nulls().unique(maintain_order=True).to_list()
    when = listed([str(year) for year in years])
    few = len(documents) <= MOST_DOCUMENTS
    source = listed(documents) if few else f"{len(documents)} dokument{shared_ending(documents)}"
    return pages.page(
        "question",
        label,
        [("Start", "../index.html"), (label, None)],
        "../",
        lead=lead,
        about=f"{names.areas[area_id]}. Öppna jämförelser {when}. Källa: {source}.",
        counties=[
            CountyAnswers(
                code,
                names.place(code),
                "–" if by_county.get(code) is None else shown[by_county[code]],
                drawing.bar(by_county.get(code)),
                [
                    Said(
                        answer or NO_ANSWER,
                        drawing.answer_class(answer),
                        drawing.answer_shape(answer),
                        sorted((names.place(geo), given.slugs[geo]) for geo in told[code][answer]),
                    )
                    for answer in _ANSWERS
                    if answer in told[code]
                ],
            )
            for code in ordered
        ],
        area_id=area_id,
    )


def answered(count: int, yes: int) -> str:
    """How many have answered, and how many of them JA."""
    if count == 1:
        return f"En kommun har svarat{': JA' if yes else ', men inte JA'}."
    among, answered = count_words([count, yes], "en")
    if yes == count:
        return f"Alla {among} kommuner som har svarat har svarat JA."
    return f"Av de {among} kommuner som har svarat har {answered if yes else 'ingen'} svarat JA."
