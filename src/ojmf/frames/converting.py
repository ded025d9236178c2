"""Columns of a frame that is given from Python, brought to the types that are read."""

from __future__ import annotations

import polars as pl

SHOWN = 5
"""At most so many rows of a fault are named."""
_ZONE = "CET"
"""Swedish time, summer time included."""


class UnfitError(Exception):
    """A column that can't become the type that is wanted; the text says what to do."""


def converted(column: pl.Series, wanted: pl.DataType, *, cast: bool) -> pl.Series:
    """A column in the wanted type without loss, or with ``cast`` by the rules of the entrance."""
    given = column.dtype
    if given in (wanted, pl.Null):
        return column.cast(wanted)
    if wanted == pl.String:
        return _text(column, cast=cast)
    if wanted == pl.Date:
        return _dates(column, cast=cast)
    if given.is_numeric() and wanted.is_numeric():
        found = column.cast(wanted, strict=False)
        if wanted.is_integer() and not given.is_integer():
            found = found.set(found.cast(given) != column, None)
        return _whole(column, found, "talen ryms inte")
    if given == pl.String and cast:
        found = column.str.strip_chars().cast(wanted, strict=False)
        return _whole(column, found, "texten är inget tal")
    raise UnfitError(f"väntade {wanted}, inte {given}; gör om med .cast(pl.{wanted})")


def _text(column: pl.Series, *, cast: bool) -> pl.Series:
    if column.dtype in (pl.Categorical, pl.Enum):
        return column.cast(pl.String)
    if column.dtype.is_integer() and column.name in {"geo", "code", "county_code"}:
        if not cast:
            raise UnfitError("koderna är tal och saknar sina inledande nollor; läs dem som text")
        # Two digits are a county and four a municipality, so three have lost one zero.
        digits = column.cast(pl.String).str.zfill(2)
        return digits.str.replace("^([0-9]{3})$", "0$1")
    raise UnfitError(f"väntade text, inte {column.dtype}; gör om med .cast(pl.String)")


def _dates(column: pl.Series, *, cast: bool) -> pl.Series:
    given = column.dtype
    if isinstance(given, pl.Datetime):
        if given.time_zone is not None:
            if not cast:
                raise UnfitError(
                    f"har klockslag och tidszon ({given.time_zone}), så att dagen kan bli en "
                    f"annan; gör om med .dt.convert_time_zone({_ZONE!r}).dt.date()"
                )
            column = column.dt.convert_time_zone(_ZONE)
        if (column != column.dt.truncate("1d")).any():
            raise UnfitError("har klockslag; en period börjar och slutar med en dag")
        return column.dt.date()
    if given == pl.String and cast:
        found = column.str.to_date("%Y-%m-%d", strict=False)
        return _whole(column, found, "texten är inget datum (väntade 2024-12-31)")
    raise UnfitError(f"väntade datum, inte {given}")


def _whole(column: pl.Series, loose: pl.Series, wrong: str) -> pl.Series:
    """The converted column; raises where a value was lost."""
    lost = (loose.is_null() & column.is_not_null()).arg_true()
    if len(lost):
        shown = ", ".join(f"rad {row}: ”{column[row]}”" for row in lost.head(SHOWN))
        raise UnfitError(f"{wrong} ({shown}{more(len(lost))})")
    return loose


def more(count: int) -> str:
    """How many more rows there are than those that are named."""
    return f" och {count - SHOWN} till" if count > SHOWN else ""
