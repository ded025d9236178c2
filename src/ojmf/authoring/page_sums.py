"""The ways to read lines of page text in which sums go together with what they sum up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

from ojmf.authoring.page_cells import Cells, decimals_of, number_of

_SUM = re.compile(r"(?:del)?summa\b.*|totalt?\b.*|netto(?!inv)\w*|resultat", re.I)
_RUNNING = re.compile(
    r"(?!.*(?:procent|andel|%))(?:.* )?(?:netto(?!inv)\w*|resultat|summa|totalt?)(?: .*)?", re.I
)
"""What an income statement calls the sums that each go on from the one above."""
_DIFFERENCE = re.compile(r"avv|diff|förändr|netto|resultat", re.I)
_MOST_WAYS, _FEWEST = 50_000, 3


def by_differences(
    rows: Sequence[Sequence[Cells]], heads: Sequence[str]
) -> Iterator[list[list[Cells]]]:
    """The ways that are left where a column is the difference or sum of two others in all rows."""
    width = len(heads)
    left: dict[tuple[tuple[Cells, ...], ...], None] = {}
    for whole in (k for k in range(width) if _DIFFERENCE.search(heads[k])):
        for a in range(width):
            for b in range(a + 1, width):
                if whole in {a, b}:
                    continue
                for sign in (1, -1):
                    ways = tuple(
                        tuple(way for way in row if _fits(way, whole, a, b, sign)) for row in rows
                    )
                    if all(ways):
                        left[ways] = None
    if len(left) == 1:
        yield [list(way) for way in next(iter(left))]


def _fits(way: Cells, whole: int, a: int, b: int, sign: int) -> bool:
    values = [number_of(way[i]) for i in (whole, a, b)]
    slack = 1.5 * 10.0 ** -max(decimals_of(way[i]) for i in (whole, a, b))
    return abs(abs(values[0]) - abs(values[1] + sign * values[2])) <= slack


def by_sums(labels: Sequence[str], ways: Sequence[Sequence[Cells]]) -> list[list[Cells]]:
    """The ways in which the last row that is called a sum sums up those above it.

    Or in which all rows called so are the sum of those since the last one, or of all so far.
    """
    many = 1
    for way in ways:
        many *= len(way)
    sums = [n for n, label in enumerate(labels) if _RUNNING.fullmatch(label)]
    # What stands below the last sum is no part of any, and has to be read in one way by itself.
    last = sums[-1] if sums else -1
    if many > _MOST_WAYS or last + 1 < _FEWEST or any(len(way) > 1 for way in ways[last + 1 :]):
        return []
    labels, below = labels[: last + 1], [way[0] for way in ways[last + 1 :]]
    ways = ways[: last + 1]
    parts = [n for n, label in enumerate(labels[:-1]) if not _SUM.fullmatch(label)]
    found = []
    if _SUM.fullmatch(labels[last]):
        found = [[*chosen, *below] for chosen in product(*ways) if _sums_up(chosen, parts, last)]
    if found:
        return found
    return [[*chosen, *below] for chosen in product(*ways) if all(_running(labels, chosen))]


def _running(labels: Sequence[str], chosen: Sequence[Cells]) -> Iterator[bool]:
    """Whether each row that is called a sum is one, of the rows since the last one or of all."""
    parts: list[int] = []
    since: list[int] = []
    for number, label in enumerate(labels):
        if not parts or not _RUNNING.fullmatch(label):
            parts.append(number)
            since.append(number)
            continue
        yield _sums_up(chosen, parts, number) or (bool(since) and _sums_up(chosen, since, number))
        since = []


def _sums_up(chosen: Sequence[Cells], parts: Sequence[int], whole: int) -> bool:
    return all(
        abs(sum(number_of(chosen[n][c]) for n in parts) - number_of(cell))
        <= (0.5 * len(parts) + 0.5) * 10.0 ** -decimals_of(cell)
        for c, cell in enumerate(chosen[whole])
    )
