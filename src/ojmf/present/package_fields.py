"""The columns of the data package, described as fields of a Table Schema."""

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
    Sex,
    Status,
)

TITLES: Mapping[str, tuple[str, str]] = {
    "source_id": ("Källa", "Id för dokumentet i sources."),
    "document": ("Dokument", "Dokumentet som uppgiften står i."),
    "line": ("Rad", "Radnummer i dokumentets textversion, från 1."),
    "table": ("Tabell", "Tabellens rubrik i dokumentet."),
    "heading": ("Avsnitt", "Rubriken som tabellen står under."),
    "row_label": ("Radetikett", "Radens etikett i dokumentet."),
    "column_label": ("Kolumnetikett", "Kolumnens etikett i dokumentet."),
    "raw": ("Text i dokumentet", "Cellens text som den står i dokumentet."),
    "value": (
        "Värde",
        "Talet i den enhet som kolumnen unit anger. Minus där tabellen redovisar en kostnad.",
    ),
    "decimals": ("Decimaler", "Antal decimaler, som i dokumentet."),
    "answer": ("Svar", "Svaret på en fråga: JA, DELVIS eller NEJ."),
    "unit": ("Enhet", "Enheten för värdet."),
    "indicator_id": ("Indikator", "Id för indikatorn i indicators."),
    "area_id": ("Område", "Id för området som indikatorn hör till."),
    "geo": ("Plats", "SCB:s kod för kommunen, länet eller riket (00)."),
    "scenario": ("Slag", "Utfall, budget, prognos, avvikelse, förändring eller andel."),
    "period_start": ("Period från", "Periodens första dag."),
    "period_end": ("Period till", "Periodens sista dag."),
    "period_kind": (
        "Periodslag",
        "Månad, kvartal, tertial, halvår, läsår, år, flera år, ackumulerat, rullande, datum.",
    ),
    "obs_status": ("Observationsstatus", "Kod ur SDMX CL_OBS_STATUS."),
    "correction_id": ("Rättelse", "Id för den deklarerade rättelsen, om siffran är rättad."),
    "note": ("Anmärkning", "Varför siffran saknas eller är osäker, eller var en kommentar står."),
    "place": ("Ställe", "Var siffran står i filen: rad, blad och cell, eller sida och tabell."),
    "reference_origin": (
        "Jämförelsens ursprung",
        "printed: står i ett dokument; computed: beräknad av kommunernas svar.",
    ),
    "reference_counted": (
        "Svarande kommuner",
        "Antal kommuner som den beräknade andelen bygger på.",
    ),
    "reference_members": ("Kommuner", "Antal kommuner i länet eller riket, för en beräknad andel."),
    "reference_place": ("Jämförelsens ställe", "Var jämförelsens siffra står i filen."),
    "mark": ("Märkning", "Om uppgiften är rättad eller obekräftad, och vad som står i dokumentet."),
    "reference_mark": ("Jämförelsens märkning", "Det samma för jämförelsens siffra."),
    "deviation_mark": (
        "Avvikelsens märkning",
        "Det samma för avvikelsen som den står i dokumentet.",
    ),
    "sex": ("Kön", "Kod ur SDMX CL_SEX: _T båda könen, F kvinnor, M män."),
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
    "statistic": (
        "Statistik",
        "Hur länets och rikets värde räknas fram: median, medelvärde, vägt eller summa.",
    ),
    "dimension": ("Kvalitetsområde", "Det av ÖJ:s sex kvalitetsområden; vår egen läsning."),
    "type": ("Indikatortyp", "structure, process eller result; vår egen läsning."),
    "fewest": ("Minst antal", "Så många kommuner som ett framräknat värde kräver."),
    "days_of": ("Vårddygn för", "Serien av personer som en serie vårddygn hör till."),
    "code": ("Kod", "SCB:s kod, med inledande nolla."),
    "level": ("Nivå", "Rike, län eller kommun."),
    "county_code": ("Län", "Koden för länet."),
    "label": ("Etikett", "Indikatorns etikett i dokumentet."),
    "own": ("Kommunens värde", "Talet i enheten unit; 100, 50 eller 0 för JA, DELVIS eller NEJ."),
    "own_answer": ("Kommunens svar", "Svaret på en fråga: JA, DELVIS eller NEJ."),
    "own_status": ("Värdets status", "Kod ur SDMX CL_OBS_STATUS för kommunens värde."),
    "own_decimals": ("Värdets decimaler", "Antal decimaler i kommunens värde, som i dokumentet."),
    "own_source": ("Värdets källa", "Id för dokumentet i sources."),
    "own_line": ("Värdets rad", "Radnummer i dokumentets textversion, från 1."),
    "own_place": ("Värdets ställe", "Var kommunens värde står i filen."),
    "own_correction": ("Värdets rättelse", "Id för rättelsen, om värdet är rättat."),
    "status": ("Status", "Grön, gul, röd eller grå (inget svar, eller ingen färg)."),
    "reference_geo": (
        "Jämförelse",
        "Koden för länet eller riket, eller den egna för mål och budget.",
    ),
    "reference": ("Jämförelsens värde", "I enheten unit; för svar andelen kommuner med JA, i %."),
    "reference_answer": ("Jämförelsens svar", "Svaret i den andra kommunen eller tidigare."),
    "reference_status": ("Jämförelsens färg", "Färgen på den tidigare uppgiften."),
    "reference_kind": ("Slag av jämförelse", "county, country, target eller budget."),
    "reference_period_start": ("Jämförelsens period från", "Första dagen."),
    "reference_period_end": ("Jämförelsens period till", "Sista dagen."),
    "reference_source": ("Jämförelsens källa", "Id för dokumentet i sources."),
    "reference_line": ("Jämförelsens rad", "Radnummer i dokumentets textversion, från 1."),
    "gap": ("Skillnad", "Kommunens värde minus jämförelsens, i enheten eller procentenheter."),
    "gap_relative": ("Skillnad i procent", "Skillnaden i procent av jämförelsens värde."),
    "gap_better": ("Skillnad åt det bättre", "Skillnaden vänd så att plus är bättre."),
    "rank": ("Plats", "Plats bland kommunerna, 1 är bäst."),
    "of": ("Antal jämförda", "Antal kommuner med värde som platsen är bland."),
    "lower": ("Undre gräns", "Första kvartilen, eller undre gränsen för 95 % konfidens."),
    "upper": ("Övre gräns", "Tredje kvartilen, eller övre gränsen för 95 % konfidens."),
    "interval": ("Slag av gränser", "quartiles eller confidence."),
    "since": ("Förändring", "Skillnaden mot närmast föregående jämförbara period."),
    "trend": ("Mer än slump", "Om förändringen är mer än slumpen."),
    "reason_code": ("Skäl", "Varför ett värde, en jämförelse eller en färg saknas."),
    "indicators": ("Indikatorer", "Antal indikatorer i området."),
    "green": ("Gröna", "Antal gröna indikatorer."),
    "yellow": ("Gula", "Antal gula indikatorer."),
    "red": ("Röda", "Antal röda indikatorer."),
    "grey": ("Ej svar", "Antal indikatorer utan svar."),
    "share_in_place": (
        "Medelvärde av svaren",
        "JA = 100, DELVIS = 50 och NEJ = 0 över de besvarade frågorna; jämförs inte med andelarna.",
    ),
    "county_mean": (
        "Länets medel",
        "Medelvärdet av länets andelar JA för de besvarade frågor som har en andel, i %.",
    ),
    "national_mean": (
        "Rikets medel",
        "Medelvärdet av rikets andelar JA för de besvarade frågor som har en andel, i %.",
    ),
    "gap_county": (
        "Skillnad mot länet",
        "Kommunens andel JA minus länets medelvärde, för de frågor som har en andel för länet: de "
        "kan vara färre än dem som andelen JA räknas på.",
    ),
    "gap_national": (
        "Skillnad mot riket",
        "Kommunens andel JA minus rikets medelvärde, för de frågor som har en andel för riket: de "
        "kan vara färre än dem som andelen JA räknas på.",
    ),
    "share_yes": ("Andel JA", "Andelen JA av kommunens besvarade frågor, i procent."),
    "content": ("Innehåll", "answers: områdets frågor; figures: dess mått."),
    "figures": ("Mått", "Antal mått med uppgift i området."),
    "missing": ("Uppgift saknas", "Antal mått där den senaste periodens uppgift saknas."),
    "unreadable": (
        "Går inte att läsa säkert",
        "Antal mått vars uppgift inte går att läsa.",
    ),
    "withheld": ("Visas inte", "Antal mått där uppgiften inte visas, för att antalet är litet."),
    "contradicted": ("Olika tal", "Antal mått där källorna har olika tal för samma period."),
    "with_gap": ("Kan jämföras", "Antal mått som kan jämföras."),
    "with_country": ("Mot riket", "Antal av dem som jämförs med riket, då länet inte har uppgift."),
    "better": ("Bättre", "Antal mått som är bättre än jämförelsen."),
    "similar": ("Ingen säker skillnad", "Antal mått utan säker skillnad."),
    "equal": ("Lika", "Antal mått där båda värdena är lika."),
    "worse": ("Sämre", "Antal mått som är sämre än jämförelsen."),
    "above": ("Högre", "Antal mått som är högre utan att kunna bedömas."),
    "below": ("Lägre", "Antal mått som är lägre utan att kunna bedömas."),
    "unjudged": ("Ingen bedömning", "Antal mått som har en skillnad men ingen bedömning."),
    "largest_label": ("Störst skillnad", "Måttet med störst skillnad."),
    "largest_better": ("Dess riktning", "Skillnaden vänd så att minus är sämre."),
    "largest_others": ("Lika stora", "Antal mått till med lika stor skillnad."),
    "largest_gap": ("Den största skillnaden", "I enheten unit, eller procentenheter för andelar."),
    "largest_reference": ("Dess jämförelse", "Jämförelsens värde för det måttet."),
    "largest_reference_origin": ("Jämförelsens ursprung", "Som reference_origin, av det måttet."),
    "largest_own_decimals": ("Dess decimaler", "Antal decimaler i kommunens värde."),
    "lacking": ("Kan inte jämföras", "Antal rader som inte kan jämföras."),
    "reason": ("Vanligaste skälet", "Varför de flesta av dem inte kan jämföras."),
    "of_reason": ("Har det skälet", "Antal rader som har det vanligaste skälet."),
    "title": ("Titel", "Dokumentets titel."),
    "publisher": ("Utgivare", "Vem som har gett ut dokumentet."),
    "date": ("Datum", "Dokumentets datum."),
    "reporting_period": ("Avser", "Perioden som dokumentet redovisar."),
    "diary_number": ("Diarienummer", "Dokumentets diarienummer."),
    "sha256": ("SHA-256", "Kontrollsumma för dokumentets textversion."),
    "licence": ("Licens", "Licensen för dokumentet, om någon är angiven."),
}
"""Title and description by column name."""


VOCABULARIES: Mapping[str, tuple[str, ...]] = {
    name: tuple(word.value for word in words)
    for name, words in {
        "answer": Answer,
        "scenario": Scenario,
        "sex": Sex,
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
