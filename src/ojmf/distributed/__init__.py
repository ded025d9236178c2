"""The comparison of the whole country on the engine that the figures lie in.

:func:`national_gaps` is the same definition as :func:`ojmf.national_gaps`, said in the frames of
Spark: it runs where Spark runs (Databricks, Fabric, EMR) and on what speaks Spark Connect (Sail).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl

from ojmf.arguments import as_annotated
from ojmf.compare.national.terms import GROUP, any_weighted, keys_of, rules_of, sizes_of
from ojmf.errors import ArgumentError, FrameError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

__all__ = ["national_gaps"]


@as_annotated
def national_gaps(
    values: DataFrame,
    indicators: pl.DataFrame,
    *,
    by: str | Sequence[str] = GROUP,
    partition: str | None = None,
    geography: pl.DataFrame | None = None,
) -> DataFrame:
    """Compare every figure of a Spark frame with that of its county and of the country.

    Parameters, columns and the definition are those of :func:`ojmf.national_gaps`, and so is every
    row of the answer, which here has no order; ``status`` is text. Nothing is computed or fetched
    before the answer is asked for: only the catalogue and the geography, frames of Polars, are
    sent. All of it is Spark's own functions; no Python runs on the workers.

    ``values`` is read twice, the second time its ``geo`` (and ``partition``) alone, to know how
    many municipalities there are.

    Raises ``ArgumentError`` for values in anything but Spark, else ``FrameError`` and
    ``SelectionError`` as :func:`ojmf.national_gaps`. Two figures of the same municipality and
    group, and a ``geo`` that is no municipality, stop the query that asks for the answer: Spark's
    own error, with the Swedish text in it.
    """
    module = type(values).__module__
    if module.partition(".")[0] != "pyspark":
        raise ArgumentError(
            f"värdena: väntade en DataFrame ur Spark, inte {module}.{type(values).__name__}"
        )
    from ojmf.distributed.spark_frames import added, numeric

    rules = rules_of(indicators)
    weighted = any_weighted(rules)
    keys = keys_of(by, partition, values.columns, weighted=weighted)
    if not numeric(values, "value"):
        found = dict(values.dtypes)["value"]
        raise FrameError(f"värdena, kolumnen value: väntade tal, inte {found}")
    sizes = {} if geography is None else sizes_of(geography)
    return added(values, rules, keys, partition, sizes, weighted=weighted)
