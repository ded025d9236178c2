"""What every declaration is built of: strict models, codes, and the meaning of a cell."""

from __future__ import annotations

import re
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from ojmf.model import ObsStatus, PeriodKind, Scenario, Sex
from ojmf.periods import check_reported, parse_period


def _geo(code: str) -> str:
    if not (code.isascii() and code.isdigit() and len(code) in {2, 4}):
        raise ValueError(
            f"är ”{code}”, väntade en SCB-kod: två eller fyra siffror inom citattecken"
        )
    return code


GeoCode = Annotated[str, AfterValidator(_geo)]


GROUP_ID = "G(?:[0-9]{4,9}|-[a-z0-9-]{3,})"
"""The id of a group, as Kolada has it or a source names it: always longer than a municipality's
code, which is known by its length."""


def _group(code: str) -> str:
    if re.fullmatch(GROUP_ID, code) is None:
        raise ValueError(
            f"är ”{code}”, väntade en grupps id: G och siffror som i Kolada, eller G- och minst "
            "tre tecken av små bokstäver a–z, siffror och bindestreck"
        )
    return code


GroupCode = Annotated[str, AfterValidator(_group)]


def _place(code: str) -> str:
    return _group(code) if code.startswith("G") else _geo(code)


PlaceCode = Annotated[str, AfterValidator(_place)]
"""A municipality, a county, the country, or a group that the source declares."""


def _iso(period: str) -> str:
    parse_period(period)
    return period


IsoPeriod = Annotated[str, AfterValidator(_iso)]


def _reported(period: str) -> str:
    check_reported(period)
    return period


ReportedPeriod = Annotated[str, AfterValidator(_reported)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")]
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
"""What Windows opens as a device, whatever the ending; it drops a dot at the end of a name too."""


_LONGEST_ID = 100
"""A path on Windows may have 260 characters, and an id stands in more than one part of it."""


def is_file_id(text: str) -> bool:
    """Whether an id can name a file or a folder on every system."""
    return (
        re.fullmatch(r"[a-z0-9][a-z0-9.-]*", text) is not None
        and len(text) <= _LONGEST_ID
        and _DEVICE.match(text) is None
        and not text.endswith(".")
    )


def _file_id(text: str) -> str:
    if not is_file_id(text):
        raise ValueError(
            f"är ”{text}”, väntade ett id som kan vara namn på en fil i alla system: små "
            f"bokstäver a–z, siffror, punkt och bindestreck, högst {_LONGEST_ID} tecken, ingen "
            "punkt sist och inget namn som Windows har för egen del (con, prn, aux, nul, com1, "
            "lpt1 …)"
        )
    return text


FileId = Annotated[str, AfterValidator(_file_id)]


class Declaration(BaseModel):
    """The base of all declarations: unknown keys are faults, values are not changed later."""

    # Deferred: a command builds the validators of the declarations that it reads, and no others.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Attributes(Declaration):
    """What a cell means; later attributes (column, then overrides) replace earlier ones.

    ``shift``: the printed figure times ten to this power is the figure in ``unit``, so thousands
    of kronor are ``unit = "MSEK"`` with ``shift = -3``.
    """

    indicator: str | None = None
    unit: str | None = None
    shift: Annotated[int, Field(ge=-9, le=9)] | None = None
    geo: PlaceCode | None = None
    sex: Sex | None = None
    scenario: Scenario | None = None
    period: str | None = None
    period_kind: PeriodKind | None = None
    status: ObsStatus | None = None
    note: str | None = None
    blank_status: ObsStatus | None = None
    blank_note: str | None = None

    @model_validator(mode="after")
    def _period_is_iso(self) -> Self:
        if self.period is not None:
            parse_period(self.period, self.period_kind)
        return self
