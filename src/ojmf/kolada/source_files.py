"""The files that a fetch leaves in a workspace: a source, and indicators for new KPIs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ojmf.declarations.catalogue import Catalogue
from ojmf.declarations.fetched import DECLARATION, FIGURES, Given, declare
from ojmf.declarations.toml import text
from ojmf.kolada.answers import GENDERS
from ojmf.kolada.fetch import Harvest
from ojmf.kolada.kpis import Kpi
from ojmf.kolada.mapping import AREA, indicator_id

_HEAD = f"""\
# Nyckeltal som har hämtats från Kolada. ojmf fetch kolada lägger till nya sist i filen och ändrar
# aldrig det som står här. Kolada säger inte vilken riktning som är bra: ange polarity (higher eller
# lower) och varför, och en method (quartile, reference, target; answer för JA och NEJ), för att få
# färger.
[area]
id = "{AREA}"
name = "Kolada"
"""
_REASON = "Kolada anger ingen riktning, och ingen har angetts här."


def files(harvest: Harvest, root: Path, catalogue: Catalogue, source_id: str) -> dict[Path, bytes]:
    """The contents by path: the source's figures and declaration, and the new indicators."""
    folder = root / "data" / "sources" / source_id
    figures = harvest.observations.write_csv().encode()
    asked = harvest.selection
    answers = [
        Given(url=page.url, date=page.date, clock=page.clock, sha256=page.sha256)  # type: ignore[arg-type]
        for page in harvest.pages
    ]
    request = {
        "kpi": asked.kpis,
        "place": asked.places,
        "group": asked.groups,
        "year": tuple(map(str, asked.years)),
    }
    contents = {
        folder / FIGURES: figures,
        folder / DECLARATION: declare(
            source_id, _title(harvest), figures, harvest.observations, request, answers
        ),
    }
    added = _new_indicators(harvest, catalogue)
    if added:
        path = root / "data" / "indicators" / f"{AREA}.toml"
        before = path.read_text(encoding="utf-8").rstrip("\n") + "\n" if path.exists() else _HEAD
        contents[path] = f"{before}{added}".encode()
    return contents


def _title(harvest: Harvest) -> str:
    years = harvest.observations["period_start"].dt.year().unique().sort().to_list()
    span = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
    kpis, geos = (harvest.observations[name].n_unique() for name in ("table", "geo"))
    return f"Kolada: {kpis} nyckeltal, {geos} platser, {span}"


def _new_indicators(harvest: Harvest, catalogue: Catalogue) -> str:
    """The entries of the indicators that the catalogue lacks."""
    used = set(harvest.observations["indicator_id"])
    taken = set(catalogue.labels(AREA))
    entries = []
    for kpi in harvest.kpis.values():
        for gender in GENDERS:
            name = indicator_id(kpi.id, gender)
            if name in catalogue or name not in used:
                continue
            label = kpi.title + (f", {GENDERS[gender]}" if GENDERS[gender] else "")
            if label in taken:
                label = f"{label} ({kpi.id})"
            taken.add(label)
            entries.append(_entry(kpi, name, label, gender))
    return "".join(entries)


def _entry(kpi: Kpi, name: str, label: str, gender: str) -> str:
    fields: Mapping[str, str] = {
        "id": name,
        "name": label,
        "unit": kpi.unit,
        "kind": kpi.kind.value,
        "polarity": "neutral",
        "polarity_reason": _REASON,
        "method": "neutral",
        **({"kolada": kpi.id} if gender == "T" else {}),
    }
    lines = [f"{key} = {text(value)}" for key, value in fields.items()]
    return "\n[[indicator]]\n" + "\n".join(lines) + "\n"
