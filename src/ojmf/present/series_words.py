"""What a monthly series shows, in sentences that promise no more than the method holds."""

from __future__ import annotations

from datetime import date

from ojmf.model import MONTHS, Variation
from ojmf.printed import swedish

_SIGNS = {
    Variation.IMPROVEMENT.value: "Tecken på förbättring",
    Variation.DETERIORATION.value: "Tecken på försämring",
    Variation.CHANGE.value: "Tecken på förändring",
}
_BETTER = {Variation.IMPROVEMENT.value: "bättre", Variation.DETERIORATION.value: "sämre"}
BEYOND = "större än månaderna brukar variera"


def variation_sentence(
    variation: str, side: int | None, latest: float, mean: float, unit: str
) -> str:
    """What the latest months show: which way, the latest value and the mean.

    ``side`` is 1 for up and -1 for down, as in ``compare.trends``.
    """
    if variation == Variation.TOO_SHORT.value:
        return "Det finns för få månader för att se om något har ändrats."
    if variation == Variation.COMMON_CAUSE.value:
        return "Ingen tydlig förändring de senaste månaderna."
    move = "ökning" if (side or 0) > 0 else "minskning"
    return (
        f"{_SIGNS[variation]}: en {move} som är {BEYOND}. Senaste värdet är "
        f"{_figure(latest, unit)}, medelvärdet {_figure(mean, unit)}."
    )


def since_last_year_sentence(
    verdict: str | None, means: tuple[float, float], last: date, unit: str
) -> str | None:
    """The year so far beside the same months of the year before, both named.

    ``means`` are those of this year and of the year before; ``last`` is the end of the latest
    month. None where nothing was judged.
    """
    if verdict is None or verdict == Variation.TOO_SHORT.value:
        return None
    now, before = (_months(last.month, last.year - back) for back in (0, 1))
    if verdict == Variation.COMMON_CAUSE.value:
        return f"Ingen tydlig skillnad mot {before}."
    way = _BETTER.get(verdict, "högre" if means[0] > means[1] else "lägre")
    this_year, last_year = (swedish(mean, 1) for mean in means)
    return (
        f"{now[0].upper()}{now[1:]} mot {before}: {way}, i snitt {this_year} mot {last_year} "
        f"{unit} per månad, och skillnaden är {BEYOND}."
    )


def _months(last: int, year: int) -> str:
    first = MONTHS[0] if last == 1 else f"{MONTHS[0]}–{MONTHS[last - 1]}"
    return f"{first} {year}"


def _figure(value: float, unit: str) -> str:
    return f"{swedish(value, most=1)} {unit}"
