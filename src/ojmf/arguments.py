"""Arguments that are given from Python, held against what the function says that it reads.

A type checker does the same before anything runs; a notebook has none. The columns and rows of a
frame are looked at by an entrance of their own (``frames``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cache, wraps
from inspect import Parameter, signature
from os import PathLike, fspath
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, ParamSpec, TypeVar, Union, get_args, get_origin

import polars as pl

from ojmf.errors import ArgumentError, FrameError, InputError, SelectionError

P = ParamSpec("P")
R = TypeVar("R")
Rows = TypeVar("Rows", bound=int | None)

_WORDS: Mapping[Any, str] = {
    str: "text (inom citattecken)",
    bool: "True eller False",
    int: "ett heltal",
    float: "ett tal",
    date: "en dag (datetime.date)",
    PathLike: "en sökväg (Path)",
    Mapping: "en dict",
    pl.Expr: "ett uttryck ur Polars (pl.Expr)",
    pl.DataFrame: "en DataFrame eller LazyFrame ur Polars",
    pl.LazyFrame: "en DataFrame eller LazyFrame ur Polars",
}
_MANY: Mapping[Any, str] = {str: "texter", float: "tal"}
_ALSO: Mapping[Any, Any] = {
    float: int | float,
    pl.DataFrame: pl.DataFrame | pl.LazyFrame,
    pl.LazyFrame: pl.DataFrame | pl.LazyFrame,
}
_NOT: Mapping[Any, type] = {int: bool, float: bool, date: datetime}
"""What Python takes for one of these and is none: a switch for a number, a moment for a day."""

_LONGEST = 255
"""The bytes that a file's name may have."""


def as_annotated(function: Callable[P, R]) -> Callable[P, R]:
    """Refuse arguments of other types, and other words, than the function is annotated with.

    A call raises ``ArgumentError`` for a type and for unknown or lacking arguments, and
    ``SelectionError`` for a word that is none of a ``Literal``. What is only imported for type
    checkers is left to the function.
    """
    called = signature(function)

    @cache
    def wanted() -> Mapping[str, tuple[Any, ...]]:
        read = {name: _read(one, function) for name, one in called.parameters.items()}
        return {name: kinds for name, kinds in read.items() if kinds}

    @wraps(function)
    def checked(*args: P.args, **given: P.kwargs) -> R:
        try:
            bound = called.bind(*args, **given).arguments
        except TypeError as error:  # in Python's own words, with the name that is wrong
            known = ", ".join(name for name in called.parameters if name not in ("self", "cls"))
            text = f"{function.__name__}: argumenten passar inte ({error}); den läser {known}"
            raise ArgumentError(text) from None
        for name, value in bound.items():
            if name in wanted():
                _refuse_other(name, value, wanted()[name])
                _refuse_no_name(name, value, wanted()[name])
        return function(*args, **given)

    return checked


def at_least_one(top: Rows) -> Rows:
    """How many rows are kept, None for all; ``SelectionError`` below 1."""
    if top is not None and top < 1:
        raise SelectionError(f"Antalet rader måste vara minst 1, inte {top}.")
    return top


def as_folder(given: str | PathLike[str]) -> Path:
    """A folder that is there; raises ``InputError`` where it is not."""
    folder = Path(given)
    if not folder.is_dir():
        raise InputError(f"{folder}: det finns ingen sådan mapp")
    return folder


def columns_of(frame: pl.DataFrame | pl.LazyFrame, *names: str) -> pl.DataFrame:
    """Some columns of a frame; raises ``FrameError`` with every one that is missing."""
    known = frame.lazy().collect_schema().names()
    if lacking := [f"kolumnen {name} saknas" for name in names if name not in known]:
        raise FrameError(lacking)
    return frame.lazy().select(names).collect()


def as_list(given: str | Sequence[str]) -> list[str]:
    """What may be given as one text or as several."""
    return [given] if isinstance(given, str) else list(given)


def _read(parameter: Parameter, function: Callable[..., object]) -> tuple[Any, ...]:
    """The kinds that a parameter may be of; none where they can't be known here."""
    try:
        written = eval(parameter.annotation, function.__globals__)
    except (NameError, TypeError):  # imported for type checkers alone; no annotation
        return ()
    kinds = get_args(written) if get_origin(written) in (Union, UnionType) else (written,)
    known = all(isinstance(kind, type) or get_origin(kind) is not None for kind in kinds)
    return kinds if known else ()


def _refuse_other(name: str, given: object, kinds: Sequence[Any]) -> None:
    if any(_fits(given, kind) for kind in kinds):
        return
    several = isinstance(given, Sequence) and not isinstance(given, str | bytes)
    words = dict.fromkeys(word for kind in kinds for word in _words_of(kind, several=several))
    for one in given if several and isinstance(given, Sequence) else [given]:
        if words and isinstance(one, str) and one not in words:
            raise SelectionError(f"{name} är ”{one}”; väntade {', '.join(words)}.")
    told = list(dict.fromkeys(_told(kind) for kind in kinds if kind is not NoneType))
    what = f"{', '.join(told[:-1])} eller {told[-1]}" if told[1:] else told[0]
    if pl.DataFrame in kinds and hasattr(given, "__len__"):
        what += " (gör om med pl.DataFrame(…))"
    shown = f": {given!r}" if isinstance(given, str | int | float | date) else ""
    raise ArgumentError(f"{name} anges som {what}, inte som {type(given).__name__}{shown}")


def _refuse_no_name(name: str, given: object, kinds: Sequence[Any]) -> None:
    """Refuse what no system takes as the name of a file; a NUL is no text either."""
    text = str(fspath(given)) if isinstance(given, str | PathLike) else ""
    is_path = any(get_origin(kind) is PathLike for kind in kinds)
    if "\0" in text or (is_path and any(len(n.encode()) > _LONGEST for n in Path(text).parts)):
        raise ArgumentError(f"{name} är för lång eller har ett tecken som ingen fil kan heta")


def _fits(given: object, kind: Any) -> bool:
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Literal:
        return isinstance(given, str) and given in parts
    if origin is Sequence:
        listed = isinstance(given, Sequence) and not isinstance(given, str | bytes)
        return listed and all(_fits(one, parts[0]) for one in given)  # type: ignore[attr-defined]
    if origin is Mapping:
        return isinstance(given, Mapping) and all(
            _fits(key, parts[0]) and _fits(value, parts[1]) for key, value in given.items()
        )
    if isinstance(given, _NOT.get(kind, ())):
        return False
    return isinstance(given, _ALSO.get(kind, origin or kind))


def _words_of(kind: Any, *, several: bool) -> tuple[str, ...]:
    if several and get_origin(kind) is Sequence:
        return _words_of(get_args(kind)[0], several=False)
    return get_args(kind) if get_origin(kind) is Literal else ()


def _told(kind: Any) -> str:
    origin = get_origin(kind)
    if origin is Literal:
        return f"ett av orden {', '.join(get_args(kind))}"
    if origin is Sequence:
        one = get_args(kind)[0]
        words = "sådana ord" if get_origin(one) is Literal else one.__name__
        return f"en lista av {_MANY.get(one, words)}"
    return _WORDS.get(origin or kind, (origin or kind).__name__)
