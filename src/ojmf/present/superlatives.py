"""What stands first and last, with all that stands as high or as low.

A text that names the most or the least names every one of them, or says how many more there are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ojmf.present.words import count_word, listed

_MOST_NAMED = 3
Ranked = TypeVar("Ranked")


@dataclass(frozen=True, slots=True)
class Ends:
    """The names of what is lowest and highest as it is shown; ``one`` says that all are alike."""

    low: str
    lowest: Sequence[str]
    high: str
    highest: Sequence[str]

    @property
    def one(self) -> bool:
        """Whether all are alike."""
        return self.low == self.high


def ends(known: Sequence[tuple[float, str]], shown: Callable[[float], str]) -> Ends:
    """The lowest and the highest of figures with names, which are alike where they are so shown."""
    low, high = (shown(end([figure for figure, _ in known])) for end in (min, max))
    lowest, highest = (
        [name for figure, name in known if shown(figure) == side] for side in (low, high)
    )
    return Ends(low, lowest, high, highest)


def named(names: Sequence[str]) -> str:
    """A few names as they are read out; of many the first two and how many more there are."""
    if len(names) <= _MOST_NAMED:
        return listed(names)
    first = names[: _MOST_NAMED - 1]
    return listed([*first, f"{count_word(len(names) - len(first))} till"])


def first_with_equals(
    ranked: Sequence[Ranked], most: int, size: Callable[[Ranked], object]
) -> tuple[Sequence[Ranked], int]:
    """The first of what is ranked, with those that equal the last of them.

    Where these are too many to name, the second is how many more there are.
    """
    shown = ranked[:most]
    equals = [one for one in ranked[most:] if shown and size(one) == size(shown[-1])]
    if len(equals) <= _MOST_NAMED:
        return [*shown, *equals], 0
    return shown, len(equals)
