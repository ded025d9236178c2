"""A cube in json-stat2 as a frame of codes, as the service gives it."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

import polars as pl

from ojmf.errors import FetchError, why_no_json


def read_cube(raw: object, dimensions: Sequence[str], where: str) -> pl.DataFrame:
    """The figures of a cube: a column of codes for each dimension, and ``value`` (Float64).

    Raises ``FetchError`` for what is no json-stat2, lacks one of the dimensions or has one more
    that takes several values, and for another number of figures than its dimensions make.
    """
    try:
        names, sizes, codes = _axes(raw)
        values = _values(raw, prod(sizes))
    except (KeyError, TypeError, AttributeError, ValueError, IndexError) as error:
        raise FetchError(
            f"{where}: är inte json-stat2 ({why_no_json(error)}). Välj formatet json-stat2."
        ) from error
    if missing := [name for name in dimensions if name not in names]:
        raise FetchError(
            f"{where}: saknar {', '.join(missing)}; har {', '.join(names)}. Är det rätt tabell?"
        )
    for name, size in zip(names, sizes, strict=True):
        if name not in dimensions and size != 1:
            raise FetchError(f"{where}: är uppdelad på {name} också; välj en sammanlagd tabell.")
    if len(values) != prod(sizes) or any(
        len(own) != size for own, size in zip(codes, sizes, strict=True)
    ):
        raise FetchError(
            f"{where}: har {len(values)} tal, väntade {prod(sizes)}. Hämta svaret igen."
        )
    repeats, columns = prod(sizes), {}
    for name, own, size in zip(names, codes, sizes, strict=True):
        repeats //= size
        block = [code for code in own for _ in range(repeats)]
        columns[name] = block * (prod(sizes) // max(len(block), 1))
    frame = pl.DataFrame(columns, schema=dict.fromkeys(names, pl.String))
    return frame.select(*dimensions, pl.Series("value", values, dtype=pl.Float64))


def _axes(raw: object) -> tuple[list[str], list[int], list[list[str]]]:
    """The names of the dimensions, how many values each takes, and their codes in order."""
    cube: dict[str, object] = raw if isinstance(raw, dict) else {}
    names = [str(name) for name in cube["id"]]  # type: ignore[attr-defined]
    sizes = [int(size) for size in cube["size"]]  # type: ignore[attr-defined]
    codes = []
    for name in names:
        category = cube["dimension"][name]["category"]  # type: ignore[index]
        index = category.get("index") or category["label"]
        ordered = sorted(index, key=index.__getitem__) if isinstance(index, dict) else index
        codes.append([str(code) for code in ordered])
    if len(sizes) != len(names):
        raise ValueError("size")
    return names, sizes, codes


def _values(raw: object, cells: int) -> list[float | None]:
    values = raw["value"]  # type: ignore[index]
    if isinstance(values, dict):
        return [values.get(str(at)) for at in range(cells)]
    return [None if value is None else float(value) for value in values]
