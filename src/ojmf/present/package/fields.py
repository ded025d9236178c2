"""What the columns of the open data are called and mean, in Swedish."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from ojmf.model import (
    Answer,
    IndicatorKind,
    ObsStatus,
    PeriodKind,
    Polarity,
    Scenario,
    Status,
)

TITLES: Mapping[str, tuple[str, str]] = {
    "source_id": ("Källa", "Id för dokumentet i sources."),
    "document": ("Dokument", "Dokumentet som siffran är tryckt i."),
    "line": ("Rad", "Rad i dokumentet som text, från 1."),
    "table": ("Tabell", "Tabellens tryckta rubrik."),
    "heading": ("Avsnitt", "Rubriken som tabellen står under."),
    "row_label": ("Radetikett", "Radens tryckta etikett."),
    "column_label": ("Kolumnetikett", "Kolumnens tryckta etikett."),
    "raw": ("Tryckt text", "Cellens text som den är tryckt."),
    "value": ("Värde", "Siffran i enheten unit, med det tecken som tabellen menar."),
    "decimals": ("Decimaler", "Antal tryckta decimaler."),
    "answer": ("Svar", "Svaret på en fråga: JA, DELVIS eller NEJ."),
    "unit": ("Enhet", "Enheten för värdet."),
    "indicator_id": ("Indikator", "Id för indikatorn i indicators."),
    "area_id": ("Område", "Id för området som indikatorn hör till."),
    "geo": ("Plats", "SCB:s kod för kommunen, länet eller riket (00)."),
    "scenario": ("Slag", "Utfall, budget, prognos, avvikelse, förändring eller andel."),
    "period_start": ("Period från", "Periodens första dag."),
    "period_end": ("Period till", "Periodens sista dag."),
    "period_kind": ("Periodslag", "Månad, år, ackumulerat, rullande tolv månader eller datum."),
    "obs_status": ("Observationsstatus", "Kod ur SDMX CL_OBS_STATUS."),
    "correction_id": ("Rättelse", "Id för den deklarerade rättelsen, om siffran är rättad."),
    "note": ("Anmärkning", "Varför siffran saknas eller är osäker, eller var en kommentar står."),
    "area_name": ("Områdets namn", "Områdets namn i Öppna jämförelser eller i rapporten."),
    "name": ("Namn", "Namnet på indikatorn eller platsen."),
    "polarity": ("Riktning", "Om högt, lågt eller ingetdera är bra."),
    "polarity_reason": ("Skäl till riktningen", "Varför den riktningen är bra."),
    "kind": ("Slag av mått", "Svar, andel, antal, belopp eller index."),
    "synonyms": ("Andra skrivsätt", "Andra etiketter för samma indikator, åtskilda av semikolon."),
    "kolada_id": ("Kolada-id", "Motsvarande nyckeltal i Kolada."),
    "method": ("Metod", "Hur statusen är bestämd."),
    "tolerance": ("Tolerans", "Skillnaden som ännu räknas som likvärdig, i indikatorns enhet."),
    "denominator": ("Nämnare", "population, eller indikatorn som räknar dem talet är en del av."),
    "days_of": ("Vårddygn för", "Serien av personer som en serie vårddygn hör till."),
    "code": ("Kod", "SCB:s kod, med inledande nolla."),
    "level": ("Nivå", "Rike, län eller kommun."),
    "county_code": ("Län", "Koden för länet."),
    "label": ("Etikett", "Indikatorns tryckta etikett."),
    "own": ("Kommunens värde", "100, 50 eller 0 för JA, DELVIS eller NEJ."),
    "status": ("Status", "Grön (JA), gul (DELVIS), röd (NEJ) eller grå (ej svar)."),
    "reference_geo": ("Jämförelse", "Koden för länet eller riket."),
    "reference": ("Jämförelsens värde", "Andel av kommunerna som har svarat JA, i procent."),
    "gap": ("Gap", "Kommunens värde minus jämförelsens, i procentenheter."),
    "indicators": ("Indikatorer", "Antal indikatorer i området."),
    "green": ("Gröna", "Antal gröna indikatorer."),
    "yellow": ("Gula", "Antal gula indikatorer."),
    "red": ("Röda", "Antal röda indikatorer."),
    "grey": ("Ej svar", "Antal indikatorer utan svar."),
    "share_in_place": ("Andel på plats", "Medelvärdet av kommunens svar, i procent."),
    "county_mean": ("Länets medel", "Medelvärdet av länets andelar, i procent."),
    "national_mean": ("Rikets medel", "Medelvärdet av rikets andelar, i procent."),
    "gap_county": ("Gap länet", "Andel på plats minus länets medel, i procentenheter."),
    "gap_national": ("Gap riket", "Andel på plats minus rikets medel, i procentenheter."),
    "title": ("Titel", "Dokumentets titel."),
    "publisher": ("Utgivare", "Vem som har gett ut dokumentet."),
    "date": ("Datum", "Dokumentets datum."),
    "reporting_period": ("Avser", "Perioden som dokumentet redovisar."),
    "diary_number": ("Diarienummer", "Dokumentets diarienummer."),
    "sha256": ("SHA-256", "Fingeravtryck av dokumentet som text."),
    "licence": ("Licens", "Licensen för dokumentet, om någon är angiven."),
}
"""Title and description by column name."""

VOCABULARIES: Mapping[str, tuple[str, ...]] = {
    name: tuple(word.value for word in words)
    for name, words in {
        "answer": Answer,
        "scenario": Scenario,
        "period_kind": PeriodKind,
        "obs_status": ObsStatus,
        "polarity": Polarity,
        "kind": IndicatorKind,
        "status": Status,
    }.items()
} | {"level": ("country", "county", "municipality")}
"""The only words that a column may hold."""

_TYPES = {
    pl.String: "string",
    pl.Float64: "number",
    pl.Int8: "integer",
    pl.Int32: "integer",
    pl.Int64: "integer",
    pl.Date: "date",
}


def fields(schema: pl.Schema, required: tuple[str, ...]) -> list[dict[str, object]]:
    """The fields of a Table Schema; ``required`` columns may not be empty."""
    made: list[dict[str, object]] = []
    for name, kind in schema.items():
        title, description = TITLES[name]
        constraints: dict[str, object] = {"required": True} if name in required else {}
        if name in VOCABULARIES:
            constraints["enum"] = list(VOCABULARIES[name])
        field: dict[str, object] = {
            "name": name,
            "type": _TYPES[kind.base_type()],
            "title": title,
            "description": description,
        }
        made.append(field | ({"constraints": constraints} if constraints else {}))
    return made
