"""The indicators that count inhabitants by age, as ``ojmf fetch scb`` brings them."""

from __future__ import annotations

import re

AREA = "befolkning"
EVERYONE = "alla"
_ID = re.compile(rf"{AREA}\.({EVERYONE}|\d{{1,3}}-(\d{{1,3}}|och-aldre))")


def indicator_id(group: str) -> str:
    """The indicator of a group of ages such as ``0-20`` or ``65-``, or of ``EVERYONE``."""
    return f"{AREA}.{f'{group}och-aldre' if group.endswith('-') else group}"


def counts_inhabitants(name: str) -> bool:
    """Whether a name is that of such an indicator, fetched already or not."""
    return _ID.fullmatch(name) is not None
