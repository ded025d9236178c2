"""What has changed since a municipality's previous account of the same questions."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from ojmf.compare import changes as become
from ojmf.compare.against import EARLIER_WORD
from ojmf.compare.figures import KEY, NUMERIC_METHODS
from ojmf.compare.frame import Selection
from ojmf.compare.questions import ANSWER_METHOD, POINTS
from ojmf.model import Change
from ojmf.present.annex.rows import Comparison, compare_rows
from ojmf.present.annex.views import periods_in_words
from ojmf.present.formats import EARLIER_YEAR, earlier_in_words, period_in_words, with_unit
from ojmf.present.units import unit_word
from ojmf.present.words import count_word, count_words, listed
from ojmf.printed import number
from ojmf.workspace import Workspace

NO_ANSWER = "inget svar"
_BETTER, _WORSE = "till det bättre", "till det sämre"
_MOST_PERIODS = 3


@dataclass(frozen=True, slots=True)
class Changes:
    """``answers``: area_name, label, before, after, way; then the new and the dropped questions."""

    answers: pl.DataFrame
    added: list[str]
    dropped: list[str]
    text: str
    before: str


def changes(workspace: Workspace, comparison: Comparison, before: pl.Expr | None) -> Changes | None:
    """The changes since the period before, area by area; ``None`` without such a period.

    ``before`` is the condition on the periods to hold it against, the latest earlier one if None.
    Only an area that is accounted for in both is compared: a question is new or dropped when
    the other account has the area but not the question.
    """
    if comparison.areas.is_empty():
        return _figure_changes(workspace, comparison, before)
    earlier = _previous(workspace, comparison, before)
    if earlier is None:
        return None
    now = comparison.rows.filter(pl.col("method") == ANSWER_METHOD).filter(
        pl.col("area_id").is_in(earlier.rows["area_id"].unique().to_list())
    )
    both = now.join(
        earlier.rows.select(*KEY, pl.col("answer").alias("before")),
        on=KEY,
        maintain_order="left",
    )
    answers = both.filter(pl.col("answer").ne_missing(pl.col("before"))).select(
        "area_name",
        "label",
        pl.col("before").fill_null(NO_ANSWER),
        pl.col("answer").fill_null(NO_ANSWER).alias("after"),
        (_points("answer") - _points("before")).alias("step"),
    )
    added = now.join(earlier.rows, on=KEY, how="anti", maintain_order="left")["label"].to_list()
    dropped = earlier.rows.join(now, on=KEY, how="anti", maintain_order="left")["label"].to_list()
    by_date = sorted(earlier.sources, key=lambda source: source.date)
    periods = listed(periods_in_words(earlier, by_date))
    text = f"Jämfört med redovisningen för {periods} {_tally(answers, added, dropped)}"
    return Changes(
        answers.drop("step").with_columns(_way(answers["step"])), added, dropped, text, periods
    )


def _figure_changes(
    workspace: Workspace, comparison: Comparison, before: pl.Expr | None
) -> Changes | None:
    """How the figures have changed since the year before, by more than chance where that is known.

    ``None`` where none has a year before.
    """
    selection = Selection(methods=NUMERIC_METHODS)
    selection = selection if before is None else replace(selection, before=before)
    rows = workspace.compared(comparison.geo, [EARLIER_WORD], selection)
    moved = (
        become.changes(rows.with_row_index("_place"))
        .filter(pl.col("gap") != 0, pl.col("change") != Change.SIMILAR.value)
        .sort("_place")
    )
    if rows["gap"].is_null().all():
        return None
    names = workspace.indicators.select(*KEY, "area_name")
    unit = unit_word()
    decimals = pl.max_horizontal("decimals", "reference_decimals")
    table = moved.join(names, on=KEY, how="left", maintain_order="left").select(
        "area_name",
        "label",
        with_unit(number(pl.col("reference"), decimals), unit).alias("before"),
        with_unit(number(pl.col("own"), decimals), unit).alias("after"),
        _way(moved["gap_better"]),
    )
    better, worse = (int((moved["gap_better"] * sign > 0).sum()) for sign in (1, -1))
    amounts = count_words([moved.height, better, worse])
    said = [
        f"{word} {side}"
        for steps, word, side in zip((better, worse), amounts[1:], (_BETTER, _WORSE), strict=True)
        if steps
    ]
    amount = "ingen" if moved.is_empty() else amounts[0]
    since = _periods(rows.drop_nulls("gap"))
    noun = "uppgift" if moved.height == 1 else "uppgifter"
    text = f"Jämfört med {since} har {amount} {noun} ändrats{', ' if said else ''}"
    return Changes(table, [], [], f"{text}{listed(said)}.", since)


def _periods(rows: pl.DataFrame) -> str:
    """The periods that rows of ``frame.TRACED`` are held against, while they are few."""
    named = ("period_start", "period_end", "period_kind")
    sides = [pl.col(f"reference_{name}").alias(name) for name in named[:2]]
    known = rows.select(*sides, named[2]).unique().sort("period_end", "period_start")
    periods = known.select(period_in_words().alias("p"))["p"].unique(maintain_order=True).to_list()
    said = earlier_in_words(rows)
    # What is no year before is told to be an earlier period.
    return listed(periods) if said == EARLIER_YEAR and len(periods) <= _MOST_PERIODS else said


def _way(steps: pl.Series) -> pl.Series:
    """Which way each has changed in the words of the summary; a dash where that is not known."""
    way = pl.when(pl.col("step") > 0).then(pl.lit(_BETTER)).when(pl.col("step") < 0)
    said = way.then(pl.lit(_WORSE)).otherwise(pl.lit("–")).alias("way")
    return pl.select(step=steps).select(said).to_series()


def _points(column: str) -> pl.Expr:
    return pl.col(column).replace_strict(POINTS, default=None, return_dtype=pl.Float64)


def _previous(
    workspace: Workspace, comparison: Comparison, before: pl.Expr | None
) -> Comparison | None:
    """The table of the latest earlier period of each area that is in the comparison."""
    latest = comparison.rows.group_by("area_id").agg(pl.col("period_end").max().alias("latest"))
    earlier = (
        workspace.observations()
        .join(latest, on="area_id")
        .filter(pl.col("period_end") < pl.col("latest"), *([] if before is None else [before]))
        .drop("latest")
    )
    answered = earlier.filter(
        (pl.col("geo") == comparison.geo)
        & pl.col("indicator_id").is_in(comparison.rows["indicator_id"].implode())
    )
    if answered.is_empty():
        return None
    return compare_rows(workspace, comparison.geo, observations=earlier)


def _tally(answers: pl.DataFrame, added: list[str], dropped: list[str]) -> str:
    if answers.is_empty():
        first = "har inget svar ändrats."
    else:
        lost, gained = (int((answers[name] == NO_ANSWER).sum()) for name in ("after", "before"))
        kinds = {
            _BETTER: int((answers["step"] > 0).sum()),
            _WORSE: int((answers["step"] < 0).sum()),
            "från svar till inget svar": lost,
            "från inget svar till svar": gained,
        }
        amount, *words = count_words([answers.height, *kinds.values()])
        how = [
            f"{word} {kind}"
            for word, (kind, number) in zip(words, kinds.items(), strict=True)
            if number
        ]
        first = f"har {amount} svar ändrats{', ' if how else ''}{listed(how)}."
    noun = ("fråga", "frågor")
    rest = [
        f"{count_word(len(labels), 'en').capitalize()} {noun[len(labels) > 1]} {what}."
        for labels, what in (
            (added, "är ny" if len(added) == 1 else "är nya"),
            (dropped, "har utgått"),
        )
        if labels
    ]
    return " ".join([first, *rest])
