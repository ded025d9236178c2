"""A new workspace: folders, the geography, and starters with comments that say what goes where."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from ojmf.declarations.loading import embedded_root
from ojmf.declarations.toml import value
from ojmf.errors import OutputError

TEMPLATE = "source.toml.mall"
"""The skeleton of a declaration: it isn't named ``source.toml``, so it is not read."""

_README = """\
# {title}

En arbetsyta för ojmf: allt som jämförs står i den här mappen.

| mapp | innehåll |
| --- | --- |
| data/sources/ | en mapp per rapport (source.toml och extract.txt) eller hämtning från Kolada |
| data/indicators/ | indikatorerna, en fil per område |
| data/references/ | värden för alla kommuner (län och rike får stå med), för kvartilerna |
| data/publish.toml | vem som svarar för det som publiceras, och hur små antal som visas |
| data/*.csv | geografi med SCB:s koder, folkmängd och kommungrupper; beslutade mål i targets.csv |
| expectations/ | kontroller av tabellerna, en fil per slag av tabell |

Gör så här:

1. `ojmf import FIL --kommun {kommun} --id {example}` tar in en rapport, arbetsbok eller export: den
   läses, frågor ställs, siffrorna prövas, och du ser vad som ändras innan något skrivs.
2. `ojmf check` säger vad som saknas eller är fel i deklarationerna, allt på en gång.
   Mallen i `data/sources/mall/` visar hur en deklaration ser ut; den läses inte förrän den har
   fått namnet `source.toml` i en mapp med källans id.
3. `ojmf fetch kolada --kpi N00945 --kommun {kommun} --year 2020-2024` hämtar nyckeltal från Kolada.
4. `ojmf run` räknar ut allt; `ojmf table` och `ojmf report` skriver det som lämnas vidare.
"""
_AREA = """\
# Ett område: filens namn är områdets id. Byt ut indikatorn nedan mot era egna, eller ta bort filen.
# Områdena oj-*.toml är Öppna jämförelsers frågor; de används som de är.
[area]
id = "egna-matt"
name = "Egna mått"

# Gäller för varje indikator i filen som inte säger något annat.
[defaults]
unit = "percent"       # answer, percent, percentage_points, count, persons, households, days, SEK,
                       # MSEK, index, category, fte, cases, placements, permille,
                       # per_1000, per_10000, per_100000, SEK_per_inhabitant eller SEK_per_unit
kind = "share"         # answer, share, count, amount eller index
polarity = "neutral"   # higher: högre är bättre; lower: lägre är bättre; neutral: ingen riktning
polarity_reason = "Exempel: här står varför den riktningen är bra."
method = "neutral"     # answer, quartile, reference, target eller neutral

[[indicator]]
id = "egna-matt.exempel"
name = "Exempel: ett eget mått, andel (%)"
# synonyms = ["Så som måttet heter i en annan rapport"]
# kolada = "N00945"    # nyckeltalets id i Kolada, om det finns där
# tolerance = 2         # method = "reference": största skillnad som räknas som ingen, i dess enhet
# denominator = "population"   # eller id för indikatorn som räknar dem som talet är en del av
# numerator = "egna-matt.antal"   # indikatorn som andelen är räknad av, om den finns
# counts = "persons"    # other: ett antal av annat än personer, som visas hur litet det än är
"""
_SOURCE = """\
# MALL: läses inte. Så här används den:
#   1. kopiera mappen till data/sources/<källans id>/, till exempel {example}
#   2. byt filens namn till source.toml och fyll i det som är TODO
#   3. ojmf check säger vad som är fel; ojmf ingest FIL --source ID --audit läser rapporten
id = "TODO"                    # samma som mappens namn: små bokstäver, siffror och bindestreck
title = "TODO"                 # rapportens titel
document = "TODO"              # hur rapporten hänvisas till, gärna med diarienummer
publisher = {publisher}
geo = {geo}                    # kommunens kod hos SCB, fyra siffror inom citattecken
date = 2024-01-01              # TODO: dagen rapporten är daterad
reporting_period = "2024"      # TODO: 2024, 2024-01/2024-08 eller 2024-08
sha256 = "TODO"                # filens fingeravtryck: sha256sum FIL

# En tabell med tabbar mellan cellerna. Rubrikraden ska stå precis så som i rapporten.
[[table]]
id = "svar"
layout = "grid"
kind = "oj-answers"
title = "TODO"                 # raden som tabellen står efter
area = "oj-vald"               # ett område i data/indicators
header = ["Indikator", {place}, "Länet", "Riket"]
columns = [
  {{ label = "Indikator", content = "label" }},
  {{ label = {place}, content = "answer", scenario = "outcome", unit = "answer", period = "2024" }},
  {{ label = "Länet", geo = {county}, scenario = "share", unit = "percent", period = "2024" }},
  {{ label = "Riket", geo = "00", scenario = "share", unit = "percent", period = "2024" }},
]
"""
_REFERENCES = """\
# Värden för alla kommuner

En indikator per fil: `<namn>.csv` med kolumnerna `code` och `value` (och `period`, om filen har
flera), och bredvid den `<namn>.toml`:

```toml
indicator = "egna-matt.exempel"   # ur data/indicators
unit = "percent"                  # samma som indikatorns
period = "2024"                   # om filen inte har en kolumn för det
source = "SCB, tabell X, hämtad 2025-03-01"
# separator = ";"                 # mellan kolumnerna; komma om inget sägs
# decimal = ","                   # i talen; punkt om inget sägs
# pad_codes = true                # om koderna har tappat nollan: 999 i stället för 0999
# symbols = { ".." = "Q", "-" = "M" }   # tecken för saknade värden och deras status
```

Med `method = "quartile"` på indikatorn får kommunen färg och plats bland alla kommuner.
"""
_EXPECTATIONS = """\
# Kontroller

En fil per slag av tabell, `<kind>.json`, där `kind` är det som står i tabellens deklaration. Varje
fil är en svit för Great Expectations. De som ligger här från början följer med ojmf; ändra dem,
eller lägg till egna.
"""
_PUBLISH = """\
# Så här lämnas uppgifterna ut. Allt får utelämnas.
[publish]
{smallest}
# contact = "Socialförvaltningen"       # vem som svarar för det som publiceras
# email = "social@kommunen.se"
# publisher = "Kommunen"                # myndigheten, och adressen till mappen med öppna data
# url = "https://kommunen.se/oppna-data"
# homepage = "https://kommunen.se/oj"    # sidan som berättar om uppgifterna
# site = "https://kommunen.se/oj/sidor"  # adressen till webbplatsen som ojmf site gör
"""
_SMALLEST = """\
# Antal personer under det här visas som ”färre än …” i allt som ojmf visar och skriver, och med dem
# det som de kan räknas ut ur. Källor med public = true i source.toml är redan offentliga och visas
# som de är. ojmf validate säger vad som hålls tillbaka. Metoden står i docs/metoder.md."""
SMALLEST = 5
"""The least count of persons that a new workspace shows, where nothing else is asked for."""
_PLACEHOLDER = ("TODO", "0000", "00")


def publish_text(smallest: int = SMALLEST) -> str:
    """The file ``data/publish.toml``; under 2 every number is shown, and the limit left out."""
    setting = f"smallest = {smallest}" if smallest > 1 else f"# smallest = {SMALLEST}"
    return _PUBLISH.format(smallest=f"{_SMALLEST}\n{setting}")


def starter(
    kommun: str | None, geography: pl.DataFrame, smallest: int = SMALLEST
) -> dict[str, bytes]:
    """The files of a new workspace by their path in it.

    ``kommun`` is the code that the starters are filled in with; without one they say TODO.
    ``smallest`` is as in :func:`publish_text`.
    """
    name, code, county = _PLACEHOLDER
    if kommun is not None:
        name, code, county = (
            geography.filter(code=kommun).select("name", "code", "county_code").row(0)
        )
    fields = {
        "publisher": value(name if kommun is None else f"{name}, nämnden TODO"),
        "geo": value(code),
        "place": value(name),
        "county": value(county),
        "example": f"{_slug(name)}-delarsrapport-2024-08",
    }
    title = "Arbetsyta" if kommun is None else f"Arbetsyta för {name}"
    written = {
        "README.md": _README.format(title=title, kommun=code, example=fields["example"]),
        "data/publish.toml": publish_text(smallest),
        "data/indicators/egna-matt.toml": _AREA,
        f"data/sources/mall/{TEMPLATE}": _SOURCE.format(**fields),
        "data/references/README.md": _REFERENCES,
        "expectations/README.md": _EXPECTATIONS,
    }
    return {path: content.encode() for path, content in written.items()} | _copied()


def _copied() -> dict[str, bytes]:
    """What is the same for every municipality: places, groups, questions, language, checks."""
    root = embedded_root()
    found = [
        path
        for pattern in (
            "data/*.csv",
            "data/indicators/oj-*.toml",
            "data/language/*.toml",
            "expectations/*.json",
        )
        for path in sorted(root.glob(pattern))
    ]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def refuse_occupied(folder: Path) -> None:
    """Raise ``OutputError`` where there is a file, or a folder that holds more than its history."""
    if folder.is_dir():
        held = next((path for path in folder.iterdir() if path.name != ".git"), None)
        if held is None:
            return
        raise OutputError(
            f"{folder}: mappen är inte tom ({held.name} finns där). Ange en ny eller tom mapp; "
            "inget har skrivits."
        )
    if folder.exists() or folder.is_symlink():
        raise OutputError(f"{folder}: är ingen mapp. Ange en ny eller tom mapp.")


def _slug(name: str) -> str:
    plain = name.casefold().translate(str.maketrans("åäöé ", "aaoe-"))
    return "".join(letter for letter in plain if letter.isascii() and letter in f"{plain}-")
