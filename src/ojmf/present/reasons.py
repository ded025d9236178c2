"""Why a comparison lacks a figure, a reference or a colour, and what it rests on, in Swedish."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from ojmf.compare.quarters import FEWEST_FOR_COLOUR
from ojmf.model import Origin, Reason, ReferenceKind, Verdict
from ojmf.present.marks import municipalities
from ojmf.printed import number

SENTENCES = {
    Reason.MISSING: "uppgift saknas",
    Reason.NOT_COLLECTED: "uppgiften har inte samlats in",
    Reason.SUPPRESSED: "uppgiften är skyddad av sekretess",
    Reason.SMALL_LEFT_OUT: (
        "små antal visas inte för alla kommuner, och av de övriga blir värdet för högt"
    ),
    Reason.UNRELIABLE: "uppgiften går inte att läsa säkert",
    Reason.NO_ANSWER: "inget svar",
    Reason.NO_DIRECTION: "indikatorn har ingen riktning som är bra",
    Reason.DENOMINATOR_NOT_POSITIVE: "nämnaren är noll eller negativ",
    Reason.OUTSIDE_DENOMINATOR: "värdet ligger utanför vad nämnaren tillåter",
    Reason.NO_DENOMINATOR: "nämnare saknas och ingen tolerans är angiven",
    Reason.OUTCOME_BUDGET: "utfall mot budget",
    Reason.FORECAST_BUDGET: "prognos mot budget",
    Reason.PRINTED_DEVIATION: "avvikelsen mot budget står i dokumentet",
    Reason.NO_BUDGET: "ingen budget för samma period",
    Reason.NO_EARLIER: "ingen uppgift för en tidigare period av samma slag",
    Reason.UNLIKE_ORIGINS: "bara den ena uppgiften är framräknad av kommunernas, så de är av olika "
    "slag",
    Reason.WHOLE_AMOUNTS: "en mängd som är större i ett större område, så skillnaden säger inget",
    Reason.QUESTION_ADDED: "frågan är ny",
    Reason.QUESTION_RETIRED: "frågan ställs inte längre",
}
"""What is said of a reason that needs no more than itself."""


def reason(names: Mapping[str, str] | None = None) -> pl.Expr:
    """The sentence of each row of ``compare.frame.TRACED``; null where nothing needs saying.

    ``names`` are those of places by code; a place without one stands with its code.
    """
    code = pl.col("reason_code")
    place = pl.col("reference_geo").replace(names or {})
    of_members = pl.concat_str(
        pl.col("reference_counted").fill_null(0),
        pl.concat_str(pl.lit(" av "), "reference_members").fill_null(""),
    )
    declared = pl.col("reference_origin") == Origin.DECLARED.value
    target = pl.when(declared).then(pl.lit("beslutat mål")).otherwise(pl.lit("mål"))
    decided = pl.concat_str(target, pl.format(" ({})", "detail"), ignore_nulls=True)
    wanting = {
        ReferenceKind.TARGET.value: "inget mål för samma period",
        ReferenceKind.BUDGET.value: "ingen budget och inget mål för samma period",
    }
    earlier = pl.col("reference_kind") == ReferenceKind.EARLIER.value
    unanswered = pl.when(earlier).then(pl.lit("frågan hade inget svar då"))
    conflict = pl.format("olika uppgifter för samma period: {}", "detail")
    more = {
        Reason.CONFLICT: conflict,
        Reason.REFERENCE_CONFLICT: conflict,
        Reason.NO_REFERENCE_ANSWER: unanswered.otherwise(
            pl.lit("den andra kommunen har inget svar på frågan")
        ),
        Reason.NO_REFERENCE: pl.format(
            "ingen uppgift för {} för samma period, enhet, kön och ålder", place
        ),
        Reason.REBASED: pl.format("ombaserad {}; jämförs inte med tidigare", "detail"),
        Reason.TOO_FEW: pl.format(
            "dokumentet har ingen uppgift för {}, och bara {} {} har en för samma period, enhet, "
            "kön och ålder",
            place,
            of_members,
            municipalities(),
        ),
        Reason.TOO_FEW_ANSWERS: pl.format(
            "dokumentet har ingen andel, och {} har svarat",
            pl.when(pl.col("reference_counted").fill_null(0) == 0)
            .then(
                pl.concat_str(
                    pl.lit("ingen "),
                    pl.format("av {} {}", "reference_members", municipalities()).fill_null(
                        "kommun"
                    ),
                )
            )
            .otherwise(pl.format("bara {} {}", of_members, municipalities())),
        ),
        Reason.TOO_FEW_FOR_COLOUR: pl.format(
            f"för få kommuner för en färg: {{}}, minst {FEWEST_FOR_COLOUR} behövs", "compared"
        ),
        Reason.FEW_OF_ALL: pl.format(
            "fjärdedelarna är bara av {} av {} kommuner", "compared", "detail"
        ),
        Reason.TOLERANCE: pl.format(
            "jämförd med toleransen ±{}, nämnare saknas",
            number(pl.col("tolerance"), 6).str.replace(",?0+$", ""),
        ),
        Reason.OUTCOME_TARGET: pl.format("utfall mot {}", decided),
        Reason.FORECAST_TARGET: pl.format("prognos mot {}", decided),
        Reason.NO_TARGET: pl.col("reference_kind").replace_strict(
            wanting, default="inget mål för samma period", return_dtype=pl.String
        ),
    }
    sentence = code.replace_strict(
        {key.value: text for key, text in SENTENCES.items()},
        default=None,
        return_dtype=pl.String,
    )
    # Beside a budget or a target a verdict without direction rests on the figures alone.
    unsigned = pl.col("verdict").is_in([Verdict.HIGHER.value, Verdict.LOWER.value])
    aims = [Reason.OUTCOME_BUDGET, Reason.FORECAST_BUDGET]
    aims += [Reason.OUTCOME_TARGET, Reason.FORECAST_TARGET]
    caveat = pl.when(unsigned & code.is_in([aim.value for aim in aims])).then(
        pl.lit(", men måttet har ingen riktning, så det går inte att säga om det är bra")
    )
    special = (pl.when(code == key.value).then(text) for key, text in more.items())
    return pl.coalesce(*special, sentence) + caveat.fill_null("")


def withheld(detail: str = "detail") -> pl.Expr:
    """What is said in the place of a suppressed figure (”färre än 5”); null for others.

    ``detail`` is the name of that column, ``note`` in the frame ``FRAME``.
    """
    return pl.when(pl.col("reason_code") == Reason.SUPPRESSED.value).then(detail)


def with_reasons(rows: pl.DataFrame, names: Mapping[str, str] | None = None) -> pl.DataFrame:
    """The rows with the sentence of each in ``reason``, also where they lack what it names."""
    named = ("verdict", "reference_geo", "reference_kind", "reference_origin", "detail", "compared")
    counted = ("reference_counted", "reference_members", "tolerance")
    lacking = [name for name in (*named, *counted) if name not in rows.columns]
    whole = rows.with_columns(pl.lit(None, pl.String).alias(name) for name in lacking)
    whole = whole.with_columns(pl.col(name).cast(pl.Float64) for name in {"tolerance"} & {*lacking})
    return whole.with_columns(reason(names).alias("reason")).drop(lacking)
