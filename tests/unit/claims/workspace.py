"""A report of its own, with tables of three kinds, for sentences to be judged by."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import polars as pl

from ojmf.claims import audit_lines
from ojmf.ingest.document import Document
from ojmf.workspace import Workspace

ROOT = Path(__file__).resolve().parents[3]
AREA = """
[area]
id = "{area}"
name = "{name}"

[defaults]
unit = "{unit}"
kind = "{kind}"
polarity = "neutral"
polarity_reason = "Provets egen."
method = "neutral"
"""
INDICATOR = '\n[[indicator]]\nid = "{area}.{number}"\nname = "{name}"\npolarity = "{polarity}"\n'
GOOD_WAYS = {
    "Nöjda kursdeltagare": "higher",
    "Deltagare som känner sig trygga": "higher",
    "Sjukfrånvaro": "lower",
    "Korttidssjukfrånvaro": "lower",
}
ANSWERS = {
    "Aktuell överenskommelse om samverkan med vårdcentralen": ("JA", 62, 48),
    "Aktuell överenskommelse om samverkan med sjukhuset": ("NEJ", 35, 41),
    "Aktuell överenskommelse om samverkan med tandläkaren": ("NEJ", 21, 19),
    "Erbjuder hemrehabilitering": ("JA", 88, 74),
    "Erbjuder fallförebyggande hembesök": ("JA", 65, 55),
    "Använder bedömningsmetoden BPSD": ("NEJ", 70, 66),
    "Aktuell rutin för trygg hemgång": ("JA", 54, 39),
    "Erbjuder stöd till anhöriga i grupp": ("JA", 81, 77),
    "Samlad plan för kompetensutveckling": ("JA", 49, 52),
    "Genomfört en brukarundersökning": ("DELVIS", 58, 60),
}
VOLUMES = {"Elever i dansskolan": (420, 365, 438), "Elever i målarskolan": (150, 182, 121)}
SHARES = {
    "Nöjda kursdeltagare": (91, 93, 90),
    "Deltagare som känner sig trygga": (82, 85, 90),
    "Sjukfrånvaro": ("6,8", "7,4", "6,0"),
    "Korttidssjukfrånvaro": ("3,1", "3,0", "2,5"),
}
PROJECTS = {"Ny ridhall": ("6,5", "5,2", "6,9", "-0,4"), "Ny isbana": ("3,0", "0,4", "1,1", "1,9")}
AREAS = {
    "belopp": (
        "Belopp",
        "MSEK",
        "amount",
        ["Avgifter", "Löner", "Hyror", "Nettokostnader", *PROJECTS],
    ),
    "matt": ("Mått", "count", "count", ["Antal boklån", "Antal sagostunder", "Antal lekplatser"]),
    "manad": ("Månader", "persons", "count", ["Antal badande", "Antal skridskoåkare"]),
    "volym": ("Volymer", "persons", "count", list(VOLUMES)),
    "andel": ("Andelar", "percent", "share", list(SHARES)),
    "svar": ("Stöd till äldre", "answer", "answer", list(ANSWERS)),
}
SOURCE = """
id = "prov"
title = "Provrapport per augusti 2025"
document = "Prov"
publisher = "Provkommunen"
date = 2025-09-01
geo = "9999"
reporting_period = "2025-01/2025-08"
sha256 = "{zeros}"

[[table]]
id = "resultat"
layout = "grid"
kind = "income-statement"
title = "Resultat"
area = "belopp"
header = ["Resultat (mkr)", "2025", "2024", "Avvikelse", "Budget", "Prognos", "Prognosavvikelse"]
columns = [
  {{ label = "Resultat (mkr)", content = "label" }},
  {{ label = "2025", scenario = "outcome", period = "2025-01/2025-08" }},
  {{ label = "2024", scenario = "outcome", period = "2024-01/2024-08" }},
  {{ label = "Avvikelse", scenario = "deviation", period = "2025-01/2025-08" }},
  {{ label = "Budget", scenario = "budget", period = "2025" }},
  {{ label = "Prognos", scenario = "forecast", period = "2025" }},
  {{ label = "Prognosavvikelse", scenario = "deviation", period = "2025" }},
]

[[table]]
id = "matt"
layout = "grid"
kind = "measures"
title = "Mått"
heading = "Biblioteket"
after = "Biblioteket"
area = "matt"
header = ["Mått", "Utfall 2025", "Utfall 2024"]
columns = [
  {{ label = "Mått", content = "label" }},
  {{ label = "Utfall 2025", scenario = "outcome", period = "2025-01/2025-08" }},
  {{ label = "Utfall 2024", scenario = "outcome", period = "2024" }},
]

[[table]]
id = "badande"
layout = "months"
kind = "monthly"
title = "Antal badande"
heading = "Simhallen"
area = "manad"
indicator = "manad.0"
header = ["", "jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
years = [2024, 2025]

[[table]]
id = "skridskoakare"
layout = "months"
kind = "monthly"
title = "Antal skridskoåkare"
heading = "Simhallen"
area = "manad"
indicator = "manad.1"
header = ["", "jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
years = [2024, 2025]

[[table]]
id = "volymer"
layout = "grid"
kind = "volumes"
title = "Volymer"
heading = "Kurser och mål"
after = "Kurser och mål"
area = "volym"
header = ["Volymer", "Budget 2025", "Prognos 2025", "Utfall 2024"]
columns = [
  {{ label = "Volymer", content = "label" }},
  {{ label = "Budget 2025", scenario = "budget", period = "2025" }},
  {{ label = "Prognos 2025", scenario = "forecast", period = "2025" }},
  {{ label = "Utfall 2024", scenario = "outcome", period = "2024" }},
]

[[table]]
id = "andelar"
layout = "grid"
kind = "measures"
title = "Andelar"
heading = "Kurser och mål"
after = "Andelar"
area = "andel"
header = ["Andelar (procent)", "Utfall 2025", "Utfall 2024", "Mål 2025"]
columns = [
  {{ label = "Andelar (procent)", content = "label" }},
  {{ label = "Utfall 2025", scenario = "outcome", period = "2025-01/2025-08" }},
  {{ label = "Utfall 2024", scenario = "outcome", period = "2024-01/2024-08" }},
  {{ label = "Mål 2025", scenario = "target", period = "2025" }},
]

[[table]]
id = "projekt"
layout = "grid"
kind = "investments"
title = "Investeringar"
heading = "Kurser och mål"
after = "Investeringar"
area = "belopp"
header = ["Projekt (mkr)", "Budget 2025", "Utfall 2025", "Prognos 2025", "Avvikelse"]
columns = [
  {{ label = "Projekt (mkr)", content = "label" }},
  {{ label = "Budget 2025", scenario = "budget", period = "2025" }},
  {{ label = "Utfall 2025", scenario = "outcome", period = "2025-01/2025-08" }},
  {{ label = "Prognos 2025", scenario = "forecast", period = "2025" }},
  {{ label = "Avvikelse", scenario = "deviation", period = "2025" }},
]

[[table]]
id = "svar"
layout = "grid"
kind = "oj-answers"
title = "Bilaga 1, Stöd till äldre"
after = "Stöd till äldre"
area = "svar"
header = ["Indikator", "Prov", "Länet", "Riket"]
columns = [
  {{ label = "Indikator", content = "label" }},
  {{ label = "Prov", content = "answer", scenario = "outcome", unit = "answer", period = "2025" }},
  {{ label = "Länet", geo = "99", scenario = "share", unit = "percent", period = "2025" }},
  {{ label = "Riket", geo = "00", scenario = "share", unit = "percent", period = "2025" }},
]

[[identity]]
id = "netto"
table = "resultat"
over = "rows"
terms = ["Avgifter", "Löner", "Hyror"]
equals = "Nettokostnader"
{more}
"""
MONTHS = "\tjan\tfeb\tmar\tapr\tmaj\tjun\tjul\taug\tsep\tokt\tnov\tdec"
REPORT = """\
Ekonomi

{ekonomi}

Resultat

Resultat (mkr)\t2025\t2024\tAvvikelse\tBudget\tPrognos\tPrognosavvikelse
Avgifter\t12,0\t10,0\t0,5\t17,0\t17,5\t0,5
Löner\t-50,4\t-45,0\t-1,2\t-73,0\t-75,0\t-2,0
Hyror\t-10,0\t-10,0\t0,0\t-15,0\t-15,0\t0,0
Nettokostnader\t-48,4\t-45,0\t-0,7\t-71,0\t-72,5\t-1,5

Biblioteket

{matt}

Mått\tUtfall 2025\tUtfall 2024
Antal boklån\t820\t1 200
Antal sagostunder\t42\t44
Antal lekplatser\t30\t25

Simhallen

Antal badande

{months}
2024\t30\t30\t30\t30\t30\t30\t30\t30\t31\t32\t33\t34
2025\t31\t29\t28\t27\t26\t25\t24\t20\t\t\t\t

Antal skridskoåkare

{months}
2024\t9\t8\t7\t6\t5\t5\t5\t5\t6\t7\t8\t9
2025\t9\t8\t7\t6\t6\t5\t5\t5\t\t\t\t

Analys

{manad}

Kurser och mål

{mal}

Volymer\tBudget 2025\tPrognos 2025\tUtfall 2024
{volymer}

Andelar

Andelar (procent)\tUtfall 2025\tUtfall 2024\tMål 2025
{andelar}

Investeringar

Projekt (mkr)\tBudget 2025\tUtfall 2025\tPrognos 2025\tAvvikelse
{projekt}

Stöd till äldre

{svar}

Indikator\tProv\tLänet\tRiket
{answers}
"""


def make(
    folder: Path, more: str = "", areas: dict[str, tuple[str, str, str, list[str]]] | None = None
) -> Workspace:
    """The workspace of the report, with the lexicon of the repository and ``more`` tables."""
    data = folder / "data"
    (data / "indicators").mkdir(parents=True)
    (data / "sources" / "prov").mkdir(parents=True)
    (data / "language").mkdir()
    shutil.copy(ROOT / "data" / "language" / "sv.toml", data / "language" / "sv.toml")
    for area, (name, unit, kind, indicators) in (AREAS | (areas or {})).items():
        text = AREA.format(area=area, name=name, unit=unit, kind=kind)
        text += "".join(
            INDICATOR.format(
                area=area,
                number=number,
                name=indicator,
                polarity=GOOD_WAYS.get(indicator, "neutral"),
            )
            for number, indicator in enumerate(indicators)
        )
        (data / "indicators" / f"{area}.toml").write_text(text, encoding="utf-8", newline="\n")
    source = SOURCE.format(zeros="0" * 64, more=more)
    (data / "sources" / "prov" / "source.toml").write_text(source, encoding="utf-8", newline="\n")
    (data / "geography.csv").write_text(
        "code,name,level,county_code\n9999,Prov,municipality,99\n99,Provlän,county,99\n"
        "00,Riket,country,\n",
        encoding="utf-8",
        newline="\n",
    )
    return Workspace.open(folder)


PLACES = ("ekonomi", "matt", "manad", "mal", "svar")


def report(**prose: str) -> list[str]:
    """The lines of the report, with prose in some of its places."""
    tables: dict[str, dict[str, tuple[Any, ...]]] = {
        "answers": dict(ANSWERS),
        "volymer": dict(VOLUMES),
        "andelar": dict(SHARES),
        "projekt": dict(PROJECTS),
    }
    rows = {
        name: "\n".join("\t".join(map(str, (label, *cells))) for label, cells in table.items())
        for name, table in tables.items()
    }
    places = dict.fromkeys(PLACES, "Inget att säga.") | prose
    return REPORT.format(months=MONTHS, **rows, **places).split("\n")


def judged(workspace: Workspace, **prose: str) -> pl.DataFrame:
    """The claims of the report with that prose."""
    document = Document("prov.txt", report(**prose), None)
    return audit_lines(workspace, workspace.source("prov"), document)


def only(frame: pl.DataFrame, **wanted: Any) -> dict[str, Any]:
    """The one claim with those values."""
    found = frame.filter(*(pl.col(name) == value for name, value in wanted.items()))
    return found.row(0, named=True) if found.height == 1 else {"rows": found.rows()}
