"""Profiles: sets of KPIs that are fetched together, with the direction of each and its reason."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from ojmf.declarations import Declaration, FileId, Slug
from ojmf.declarations.catalogue import METHODS
from ojmf.declarations.directions import Direction
from ojmf.declarations.toml import describe, read_toml
from ojmf.errors import DeclarationError, SelectionError
from ojmf.model import Polarity
from ojmf.suggestions import did_you_mean

KpiId = Annotated[str, Field(pattern=r"^[A-Z]\d{5}$")]
MethodName = Annotated[str, Field(pattern=f"^({'|'.join(METHODS)})$")]


class Theme(Declaration):
    """KPIs that one direction and one reason hold for, by id with their titles."""

    name: str
    polarity: Polarity
    polarity_reason: str = Field(min_length=1)
    method: MethodName
    kpi: dict[KpiId, str] = Field(min_length=1)


class _File(Declaration):
    """A whole profile.

    ``denominator`` has the KPIs by the indicator that counts those whom their figures are a part of
    or are divided by.
    """

    id: FileId
    name: str
    source: str
    years: str
    theme: tuple[Theme, ...] = Field(min_length=1)
    denominator: dict[Slug, tuple[KpiId, ...]] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile: its KPIs with the direction of each, and the years that are meant if none are.

    ``denominators`` has the denominator of those that it knows it of.
    """

    id: str
    years: str
    directions: dict[str, Direction]
    denominators: dict[str, str]


def load_profile(name: str, folders: tuple[Path, ...]) -> Profile:
    """The profile of a name, from the first of the folders that has it.

    Raises ``SelectionError`` for an unknown name and ``DeclarationError`` with all faults.
    """
    known = {path.stem: path for folder in reversed(folders) for path in folder.glob("*.toml")}
    if name not in known:
        raise SelectionError(f"Okänd profil: ”{name}”. {did_you_mean(name, known)}")
    path = known[name]
    raw, faults = read_toml(path, lists=("theme",))
    if faults:
        raise DeclarationError(faults)
    try:
        file = _File.model_validate(raw)
    except ValidationError as error:
        raise DeclarationError([f"{path}: {fault}" for fault in describe(error)]) from None
    directions: dict[str, Direction] = {}
    if file.id != name:
        faults.append(f"{path}: id är ”{file.id}”, väntade filens namn ”{name}”")
    for theme in file.theme:
        faults += [f"{path}: {kpi} finns två gånger" for kpi in theme.kpi if kpi in directions]
        directions |= dict.fromkeys(
            theme.kpi, Direction(theme.polarity.value, theme.polarity_reason, theme.method)
        )
    denominators: dict[str, str] = {}
    for denominator, kpis in file.denominator.items():
        for kpi in kpis:
            if kpi not in directions or kpi in denominators:
                place = "i två nämnare" if kpi in denominators else "i denominator men inget tema"
                faults.append(f"{path}: {kpi} står {place}")
            denominators[kpi] = denominator
    if faults:
        raise DeclarationError(faults)
    return Profile(file.id, file.years, directions, denominators)
