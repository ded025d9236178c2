"""What the words of headers and labels say of a unit."""

import pytest

from ojmf.authoring.units import as_known
from ojmf.unit_words import each, kind_of, unit_of


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Frånvaro (promille)", ("permille", None)),
        ("Sjukfrånvaro, ‰", ("permille", None)),
        ("Orosanmälningar per 1 000 barn", ("per_1000", None)),
        ("Folkmängd per 1 januari", ("persons", None)),
        ("Antal barn per 31/12", ("count", None)),
        ("Antal elever per 2024-10-15", ("count", None)),
        ("Anmälda brott/1000 inv", ("per_1000", None)),
        ("Elever per tusen invånare", ("per_1000", None)),
        ("Vårdtillfällen per 10\u00a0000 inv", ("per_10000", None)),
        ("Anmälda brott, antal/100 000 inv", ("per_100000", None)),
        ("Anmälda brott per 1 000 000", ("index", None)),
        ("Nettokostnad, kr/inv", ("SEK_per_inhabitant", None)),
        ("Nettokostnad, kronor per invånare", ("SEK_per_inhabitant", None)),
        ("Nettokostnad, tkr/inv.", ("SEK_per_inhabitant", 3)),
        ("Kostnad per plats, tkr", ("SEK_per_unit", 3)),
        ("Kostnad, kr/elev", ("SEK_per_unit", None)),
        ("Kostnad, mkr", ("MSEK", None)),
        ("Personal, tkr", ("MSEK", -3)),
        ("Kronor per månad", ("SEK", None)),
        ("Belopp i tusentals kronor", ("MSEK", -3)),
        ("Belopp i 1000-tal kronor", ("MSEK", -3)),
        ("Avgifter (1 000 kr)", ("MSEK", -3)),
        ("Budget, t kr", ("MSEK", -3)),
        ("Costs, SEK '000", ("MSEK", -3)),
        ("Belopp i miljontals kronor", ("MSEK", None)),
        ("Netto, milj. kr", ("MSEK", None)),
        ("Netto, mn kr", ("MSEK", None)),
        ("Belopp i 1 000 000 kr", ("MSEK", None)),
        ("Skulder, mdr kr", ("MSEK", 3)),
        ("Arvoden i hundratals kronor", None),
        ("Arvoden, 10-tals kr", None),
        ("Skulder över 10 000 kr", None),
        ("Böter, 1 000 kr eller mer", None),
        ("Svarstid (sek)", None),
        ("Folkmängd, tusental", ("persons", 3)),
        ("Antal lån (i tusen)", ("count", 3)),
        ("Antal besök, 1 000-tal", ("count", 3)),
        ("Antal resor i miljoner", ("count", 6)),
        ("Utförda timmar, tusental", None),
        ("Anmälda brott per tusen invånare", ("per_1000", None)),
        ("Skattesats 2025", ("percent", None)),
        ("Kommunal skattesats, kr per hundralapp", ("percent", None)),
        ("Elevernas ålder i medeltal (år)", ("years", None)),
        ("Handläggningstid, månader", ("months", None)),
        ("Handläggningstid, veckor i snitt", ("weeks", None)),
        ("HME totalt", ("index", None)),
        ("Utförda timmar", ("hours", None)),
        ("Antal hemtjänsttimmar", ("hours", None)),
        ("Responstid (min)", ("minutes", None)),
        ("Restid i minuter", ("minutes", None)),
        ("Sammanfattande omdöme", ("index", None)),
        ("Nöjdhet med bemötandet (1–6)", ("index", None)),
    ],
)
def test_a_ratio_is_told_from_what_it_divides(text, meant):
    assert unit_of(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Antal ärenden äldre än tre månader", ("count", None)),
        ("Antal svar inom 24 timmar", ("count", None)),
        ("Ärenden, rullande 12 månader", None),
        ("Antal klara inom sex veckor", ("count", None)),
        ("Klara inom tre veckor", None),
        ("Barn 1–5 år", None),
        ("Budget, år", None),
        ("Andel som svarar inom tre minuter", ("percent", None)),
        ("Antal barn (1–5)", ("count", None)),
    ],
)
def test_a_time_that_limits_what_is_counted_is_no_unit(text, meant):
    assert unit_of(text) == meant


def test_amounts_of_a_table_are_per_place_where_the_row_says_so():
    assert each("MSEK", -3, "Kostnad per plats") == ("SEK_per_unit", 3)
    assert each("MSEK", -3, "Kostnader för platser") == ("MSEK", -3)
    assert each("percent", None, "Andel per elev") == ("percent", None)


def test_a_known_indicator_keeps_the_coarser_unit_of_the_catalogue():
    assert as_known("SEK_per_inhabitant", "SEK") == "SEK"
    assert as_known("per_1000", "index") == "index"
    assert as_known("permille", "count") == "permille"
    assert as_known("SEK_per_inhabitant", None) == "SEK_per_inhabitant"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Andel behöriga", "share"),
        ("Nöjda brukare", "share"),
        ("Andel elever med godkänt resultat", "share"),
        ("Andel barn med utvecklingsplan", "share"),
        ("Andel hushåll med skulder", "share"),
        ("Sjukfrånvaro", "share"),
        ("Kostnadsutveckling", "index"),
        ("Förändring av andel nöjda", "index"),
        ("Nettokostnad, förändring", "index"),
        ("Nyttjandegrad", "index"),
        ("Beläggning på särskilt boende", "index"),
        ("Budgetutnyttjande", "index"),
        ("Förbrukad andel av budget", "index"),
        ("Soliditet", "index"),
        ("Självfinansieringsgrad", "index"),
        ("Nöjdindex", "index"),
    ],
)
def test_what_may_be_more_than_the_whole_is_no_share(name, kind):
    assert kind_of("percent", name) == kind
