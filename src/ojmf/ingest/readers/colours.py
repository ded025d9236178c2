"""Colours of text and of what it stands on: near enough to each other, nothing is seen."""

from __future__ import annotations

_NEAR = 40
_NAMED = {"white": "FFFFFF", "black": "000000", "yellow": "FFFF00", "none": "FFFFFF"}


def alike(text: str, ground: str) -> bool:
    """Whether two colours (hex, with or without # and alpha, or a name) can't be told apart."""
    one, two = _channels(text), _channels(ground)
    return (
        one is not None
        and two is not None
        and sum(abs(a - b) for a, b in zip(one, two, strict=True)) < _NEAR
    )


def _channels(colour: str) -> tuple[int, int, int] | None:
    """Red, green and blue; None for what is no colour."""
    digits = _NAMED.get(colour, colour).removeprefix("#")[-6:]
    try:
        number = int(digits, 16) if len(digits) == len("RRGGBB") else None
    except ValueError:
        return None
    return None if number is None else (number >> 16, number >> 8 & 0xFF, number & 0xFF)
