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
from ojmf.present.annex.rows import Asked, Comparison, compare_rows
from ojmf.present.annex.views import periods_in_words
from ojmf.present.formats import EARLIER_YEAR, earlier_in_words, period_in_words, with_unit
from ojmf.present.units import unit_word
from ojmf.present.words import count_word, count_words, listed
from ojmf.printed import number
from ojmf.workspace import Workspace

NO_ANSWER = "inget svar"
_BETTER, _WORSE = "till det bättre", "till det sämre"
_UNKNOWN = "där det inte är bestämt vad som är bättre"
_MOST_PERIODS = 3


@dataclass(frozen=True, slots=True)
class Changes:
    """What has changed, the new and the dropped questions, and the text that sums it up.

    ``rows`` has area_name, label, before, before_period, before_source_id, before_place, after,
    after_period and way, those that are worse first. Of answers the periods are empty: all are of
    the two accounts. ``periods`` names the earlier ones.
    """

    rows: pl.DataFrame
    added: list[str]
    dropped: list[str]
    text: str
    periods: list[str]

    @property
    def before(self) -> str:
        """The earlier periods as they are read out."""
        return listed(list(dict.fromkeys(self.periods)))


def changes(workspace: Workspace, comparison: Comparison, before: pl.Expr | None) -> Changes | None:
    """What has changed since the period before; ``None`` without such a period.

    ``before`` is the condition on the periods to hold it against, the latest earlier one if None.
    """
    of_answers = _answer_changes(workspace, comparison, before)
    of_figures = _figure_changes(workspace, comparison, before)
    if of_answers is None or of_figures is None:
        return of_answers or of_figures
    return Changes(
        _worse_first(pl.concat([of_answers.rows, of_figures.rows])),
        of_answers.added,
        of_answers.dropped,
        f"{of_answers.text} {of_figures.text}",
        [*of_answers.periods, *of_figures.periods],
    )


def _answer_changes(
    workspace: Workspace, comparison: Comparison, before: pl.Expr | None
) -> Changes | None:
    """How the answers have changed; ``None`` where there are none, or no earlier ones.

    Only an area that is accounted for in both is compared: a question is new or dropped when
    the other account has the area but not the question.
    """
    asked = comparison.rows.filter(pl.col("method") == ANSWER_METHOD)
    earlier = _previous(workspace, comparison.geo, asked, before)
    if earlier is None:
        return None
    now = asked.filter(pl.col("area_id").is_in(earlier.rows["area_id"].unique().to_list()))
    both = now.join(
        earlier.rows.select(
            *KEY,
            pl.col("answer").alias("before"),
            pl.col("source_id", "place").name.prefix("before_"),
        ),
        on=KEY,
        maintain_order="left",
    )
    answers = both.filter(pl.col("answer").ne_missing(pl.col("before"))).select(
        "area_name",
        "label",
        pl.col("before").fill_null(NO_ANSWER),
        pl.lit("").alias("before_period"),
        "before_source_id",
        "before_place",
        pl.col("answer").fill_null(NO_ANSWER).alias("after"),
        pl.lit("").alias("after_period"),
        (_points("answer") - _points("before")).alias("step"),
    )
    added = now.join(earlier.rows, on=KEY, how="anti", maintain_order="left")["label"].to_list()
    dropped = earlier.rows.join(now, on=KEY, how="anti", maintain_order="left")["label"].to_list()
    by_date = sorted(earlier.sources, key=lambda source: source.date)
    periods = periods_in_words(earlier, by_date)
    text = f"Jämfört med redovisningen för {listed(periods)} {_tally(answers, added, dropped)}"
    rows = _worse_first(answers.drop("step").with_columns(_way(answers["step"])))
    return Changes(rows, added, dropped, text, periods)


def _figure_changes(
    workspace: Workspace, comparison: Comparison, before: pl.Expr | None
) -> Changes | None:
    """How the figures have changed since the year before, by more than chance where that is known.

    ``None`` where none has a year before.
    """
    if comparison.figure_areas.is_empty():
        return None
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
    moved = moved.with_columns(reference_period_kind=pl.col("period_kind"))
    table = moved.join(names, on=KEY, how="left", maintain_order="left").select(
        "area_name",
        "label",
        with_unit(number(pl.col("reference"), decimals), unit).alias("before"),
        period_in_words("reference_").alias("before_period"),
        pl.col("reference_source_id").alias("before_source_id"),
        pl.col("reference_place").alias("before_place"),
        with_unit(number(pl.col("own"), decimals), unit).alias("after"),
        period_in_words().alias("after_period"),
        _way(moved["gap_better"]),
    )
    better, worse = (int((moved["gap_better"] * sign > 0).sum()) for sign in (1, -1))
    ways = {_BETTER: better, _WORSE: worse, _UNKNOWN: moved.height - better - worse}
    amounts = count_words([moved.height, *ways.values()], "en")
    said = [
        f"{word} {side}"
        for word, (side, steps) in zip(amounts[1:], ways.items(), strict=True)
        if steps
    ]
    amount = "ingen" if moved.is_empty() else amounts[0]
    since = _periods(rows.drop_nulls("gap"))
    noun = "uppgift" if moved.height == 1 else "uppgifter"
    text = f"Jämfört med {listed(since)} har {amount} {noun} ändrats"
    if said and ways[_UNKNOWN] == moved.height:
        how = ". Det är inte bestämt vad som är bättre"
    else:
        how = f", {listed(said)}" if said else ""
    return Changes(_worse_first(table), [], [], f"{text}{how}.", since)


def _periods(rows: pl.DataFrame) -> list[str]:
    """The periods that rows of ``frame.TRACED`` are held against, while they are few."""
    named = ("period_start", "period_end", "period_kind")
    sides = [pl.col(f"reference_{name}").alias(name) for name in named[:2]]
    known = rows.select(*sides, named[2]).unique().sort("period_end", "period_start")
    periods = known.select(period_in_words().alias("p"))["p"].unique(maintain_order=True).to_list()
    said = earlier_in_words(rows)
    if said != EARLIER_YEAR:
        return [said]  # which tells that it is an earlier period
    return periods if len(periods) <= _MOST_PERIODS else ["året före"]


def _worse_first(rows: pl.DataFrame) -> pl.DataFrame:
    """What is worse, what is better and then the rest, each in the order of the tables."""
    order = pl.col("way").replace_strict({_WORSE: 0, _BETTER: 1}, default=2)
    return rows.sort(order, maintain_order=True)


def _way(steps: pl.Series) -> pl.Series:
    """Which way each has changed in the words of the summary; a dash where that is not known."""
    way = pl.when(pl.col("step") > 0).then(pl.lit(_BETTER)).when(pl.col("step") < 0)
    said = way.then(pl.lit(_WORSE)).otherwise(pl.lit("–")).alias("way")
    return pl.select(step=steps).select(said).to_series()


def _points(column: str) -> pl.Expr:
    return pl.col(column).replace_strict(POINTS, default=None, return_dtype=pl.Float64)


def _previous(
    workspace: Workspace, geo: str, asked: pl.DataFrame, before: pl.Expr | None
) -> Comparison | None:
    """The table of the latest earlier period of each area of answers (``ROWS``)."""
    latest = asked.group_by("area_id").agg(pl.col("period_end").max().alias("latest"))
    earlier = (
        workspace.observations()
        .join(latest, on="area_id")
        .filter(pl.col("period_end") < pl.col("latest"), *([] if before is None else [before]))
        .drop("latest")
    )
    answered = earlier.filter(
        pl.col("geo") == geo, pl.col("indicator_id").is_in(asked["indicator_id"].implode())
    )
    if answered.is_empty():
        return None
    only = Asked(methods=(ANSWER_METHOD,))
    return compare_rows(workspace, geo, asked=only, observations=earlier)


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
