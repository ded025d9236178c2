"""Pairs of a true and a false sentence beside a made-up report: the audit tells them apart."""

import pytest

from tests.unit.claims.pairs import AGREES, CONTRADICTS, PAIRS, outcome
from tests.unit.claims.workspace import make


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    return make(tmp_path_factory.mktemp("prov"))


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.right)
def test_the_true_sentence_agrees_and_the_false_one_contradicts(workspace, pair):
    assert outcome(workspace, pair.place, pair.right) == AGREES
    assert outcome(workspace, pair.place, pair.wrong) == CONTRADICTS


def test_there_are_pairs_enough_for_every_place():
    places = [pair.place for pair in PAIRS]
    assert len(PAIRS) >= 200
    assert min(places.count(place) for place in set(places)) >= 20


# Sentences that no figure of the tables answers, though one of them has the size: they name another
# row, another month or something else to compare with.
UNANSWERED = [
    ("ekonomi", "Övriga intäkter var 10,0 mkr."),
    ("ekonomi", "Störst kostnad har lönerna, följt av städningen."),
    ("mal", "Sjukfrånvaron är fortsatt lägre än kvinnornas."),
    ("ekonomi", "Nettokostnaderna är 3,4 mkr högre än i år."),
    ("ekonomi", "Lönerna blir 2,0 mkr bättre än prognos."),
    ("matt", "Kvinnorna stod för 42 av sagostunderna."),
    ("manad", "Antalet badande i HVB var 20 i augusti."),
    ("manad", "Antalet badande ungdomar var 20 i augusti."),
]


@pytest.mark.parametrize(("place", "sentence"), UNANSWERED)
def test_a_figure_of_another_row_or_period_is_no_agreement(workspace, place, sentence):
    assert outcome(workspace, place, sentence) != AGREES


# Sentences of which only a part fits the tables: what nothing could test may make the whole false.
PARTLY = [
    ("mal", "Antalet nöjda kursdeltagare är mindre än hälften av det väntade."),
    ("ekonomi", "Enligt prognosen kommer hyresbudgeten på 15,0 mkr att överskridas."),
    (
        "ekonomi",
        "Det är lönerna som förklarar att nettokostnaderna steg från 45,0 till 50,4.",
    ),
    ("matt", "Antalet boklån är 820, tre gånger så många som lekplatserna."),
    ("matt", "Antalet boklån är hittills 820, lika många som 2024."),
    ("matt", "Antalet sagostunder är 42, varav 47 procent på kvällstid."),
    ("matt", "Antalet sagostunder är 42, sju fler än i grannkommunen."),
    ("matt", "Antalet sagostunder är 42 och besökarna 900."),
    ("matt", "Antalet boklån är 820, jämfört med 790 föregående år."),
    ("ekonomi", "Avgifterna är 12,0 mkr, medan 3,7 mkr gäller taxan."),
    ("ekonomi", "Budgeten för löner, 73,0 mkr, är helt använd."),
    ("svar", "Kommunen erbjuder hemrehabilitering men har inte personal på kvällar."),
    ("svar", "Kommunen har en rutin för trygg hemgång, men i länet saknas den."),
    ("svar", "Kommunen erbjuder stöd till anhöriga i grupp men inte stöd till anhöriga hemma."),
    ("ekonomi", "Prognosen för löner är 75,0 mkr, vilket är lägre än föregående år."),
    ("ekonomi", "Lönerna uppgick till 50,4 mkr, vilket är mer än hälften av budgeten."),
    ("ekonomi", "Avgifterna har ett överskott på 0,5 mkr, motsvarande 3 procent av budgeten."),
    ("mal", "Andelen nöjda kursdeltagare är 91 procent, vilket är högre än i länet."),
    ("matt", "Antalet lekplatser är 30, vilket är en minskning jämfört med grannkommunen."),
    ("manad", "Antalet badande var högst i januari båda åren."),
    ("manad", "Båda åren var antalet badande 31 i januari."),
    ("mal", "Målet om 90 procent trygga deltagare är uppnått, utfallet är 82 procent."),
    ("manad", "I augusti var 20 personer badande, en fjärdedel så många som i augusti 2024."),
    ("svar", "Fyra av tio kommuner i riket har en rutin för trygg hemgång, vilket skiljer oss."),
    ("svar", "Mödra- och barnvården har inte hemrehabilitering, vilket gäller 88 procent i länet."),
    ("mal", "Sjukfrånvaron är 6,8 procent, lägre än i fjol och under målet på 6,0."),
    ("manad", "Under första kvartalet var det 88 badande, nästan en tredjedel av hela årets."),
]


@pytest.mark.parametrize(("place", "sentence"), PARTLY)
def test_a_sentence_agrees_only_where_all_of_it_was_tested(workspace, place, sentence):
    assert outcome(workspace, place, sentence) not in {AGREES, CONTRADICTS}


# True sentences whose figures look like those of another kind: they may stay untested, but the
# audit must not call them false.
TRAPS = [
    ("manad", "Antalet badande har rört sig i spannet 20 till 31."),
    ("ekonomi", "Hyrorna ligger på 9-11 mkr."),
    ("ekonomi", "Helårsprognosen för lönerna skrivs upp från 74,5 till 75,0 mkr."),
    ("ekonomi", "Lönernas prognos, tidigare 74,0 mkr, är nu 75,0."),
    ("ekonomi", "Av årets hyror återstår 5,0 mkr."),
    ("ekonomi", "Nettokostnaderna uppgick till 48,4 mkr, att jämföra med budgeterade 47,7."),
    ("ekonomi", "Prognosen för lönerna har höjts från 74,0 till 75,0 mkr."),
    ("ekonomi", "Avgifterna täcker 12,0 av kostnaderna på 60,4 mkr."),
    ("manad", "Inte en enda månad sedan januari har antalet badande nått 30."),
    ("mal", "Målarskolan slår budget med 32 elever."),
    ("mal", "De två skolorna budgeterade för 570 elever."),
    ("mal", "91 procent är nöjda, två procentenheter lägre än i fjol men över målet."),
    (
        "svar",
        "Överenskommelsen med sjukhuset saknas, vilket den gör i 65 procent av länets kommuner.",
    ),
    ("ekonomi", "Lönerna har legat mellan 45 och 55 mkr."),
    ("ekonomi", "Hyrorna pendlar mellan 9 och 11 mkr."),
    ("ekonomi", "Hyrorna är en dryg femtedel av nettokostnaderna och lönerna mer än så."),
    ("ekonomi", "Lönerna växer dubbelt så mycket som avgifterna, 5,4 mkr mot 2,0 mkr."),
    (
        "ekonomi",
        "Lönerna beräknas till 75,0 mkr, två över budget, och kostnaden för hyror till 15,0.",
    ),
    ("svar", "Bedömningsmetoden BPSD finns inte i alla länets kommuner, utan i 70 procent."),
    ("svar", "Kommunen saknar bedömningsmetoden BPSD, vilket även 30 procent i länet gör."),
    ("mal", "I snitt väntas 365 elever gå i dansskolan per månad."),
    ("matt", "Det enda av de tre måtten som ökat är antalet lekplatser."),
    ("ekonomi", "Den enda kostnadspost i summan som ökat är löner."),
    ("svar", "Skillnaden mellan länet och riket är 15 procentenheter i fråga om trygg hemgång."),
    (
        "ekonomi",
        "Lönerna ökade, trots att hyrorna inte gjorde det, med drygt fem miljoner.",
    ),
    ("ekonomi", "Exklusive lönerna hade utfallet blivit ett överskott på 0,5 mkr."),
    ("ekonomi", "Nämnden har förbrukat 48,4 mkr av årsbudgeten på 71,0 mkr."),
    ("ekonomi", "Lönerna är 40,4 mkr högre än hyrorna."),
    ("ekonomi", "Lönerna har hittills kostat 6,3 mkr i månaden."),
    ("ekonomi", "Lönerna är 40,4 mkr mer än hyrorna."),
    ("ekonomi", "Lönernas 50,4 mkr överskrider budget med god marginal."),
    ("mal", "Sjukfrånvaron på 6,8 procent ligger över målets tak på 6,0."),
    ("matt", "Antalet sagostunder beräknas sluta på 60."),
    (
        "manad",
        "Sedan juni har skridskoåkarna varit färre än badande i fjol, med undantag för juli.",
    ),
    ("ekonomi", "Hyrorna var 10,0 mkr 2024 och nu 15,0 mkr i prognosen."),
    ("manad", "Sedan mars har antalet badande aldrig varit över 30."),
    ("svar", "Rutin för trygg hemgång finns, men saknas i 61 procent av rikets kommuner."),
    ("ekonomi", "Av kostnaderna är 50,4 mkr löner och 10,0 mkr hyror."),
    ("ekonomi", "Lönerna ökar med 5,4 mkr och avgifterna med 2,0 mkr."),
    ("ekonomi", "Avgifternas överskott är 0,5 mkr, varav 0,3 mkr gäller hösten."),
    ("ekonomi", "Avgifterna täcker 20 procent av nettokostnaderna och lönerna."),
    ("ekonomi", "Prognosen för löner är 0,4 mkr högre än prognosen i april."),
    ("ekonomi", "Lönerna skulle ha varit 3,0 mkr lägre utan vikarier."),
    ("ekonomi", "Hyrorna hör till de 3 största kostnaderna."),
    ("ekonomi", "Löneutfallet passerar budget med 1,2 mkr."),
    ("ekonomi", "Lönerna drog iväg 5,4 mkr."),
    ("ekonomi", "Lönerna (50,4 mkr) överstiger fjolårets (45,0 mkr)."),
    ("ekonomi", "Antalet anställda har vuxit från 20 till 30, motsvarande 10 personer."),
    ("ekonomi", "Kostnaderna uppgick till 60,4 mkr, varav löner 50,4 mkr och hyror 10,0 mkr."),
    ("matt", "Lekplatserna har under 12-månadersperioden ökat från 25 till 30."),
    ("manad", "Antalet badande var 20 i augusti, en minskning jämfört med 31 i januari."),
    ("manad", "Antalet badande var högst i januari (31) och lägst i augusti (20)."),
    ("ekonomi", "Hyresintäkterna är 3,0 mkr."),
    ("ekonomi", "Nettokostnaderna är högre än i fjol på grund av högre löner inom skolan."),
    ("ekonomi", "Nettokostnaderna är högre än i fjol på grund av lägre avgifter i badet."),
    ("ekonomi", "Nettokostnaderna är högre än i fjol på grund av lägre hyror."),
    ("ekonomi", "Skolan går över budget på grund av lägre avgifter."),
    ("ekonomi", "Nettokostnaderna är högre på grund av lägre avgifter."),
    ("ekonomi", "Lönerna är högre än budget på grund av lägre avgifter."),
    ("ekonomi", "Lönerna inom hemtjänsten står för 40 procent av nettokostnaderna."),
    ("ekonomi", "Hyrorna står för 40 procent av skolans nettokostnader."),
    ("ekonomi", "Lönerna, hyrorna och tillsynen kostade tillsammans 63,0 mkr."),
    ("ekonomi", "Lönerna kostade tillsammans med tillsynen 53,0 mkr."),
    ("ekonomi", "Hyror har ökat mest sedan april."),
    ("ekonomi", "Hyror har ökat mest sedan 2020."),
    ("ekonomi", "Hyror är inte den kostnad som ökat mest."),
    ("manad", "Antalet badande minskade från augusti 2024 till januari 2025."),
    ("matt", "15 av 20 är nöjda och 40 procent kommer tillbaka."),
    ("matt", "15 av 20 är nöjda (40 procent i fjol)."),
    ("matt", "15 av 20 är nöjda, vilket är en ökning med 12 procent."),
    ("matt", "Målet för 2026 är 42 sagostunder."),
    ("matt", "Nämnden har beslutat att det ska vara 30 lekplatser 2026."),
    ("matt", "Av de 42 sagostunderna hölls 12 utomhus."),
    ("matt", "Lekplatserna är 12 färre än sagostunderna."),
    ("matt", "Nio av tio besökare är nöjda med sagostunderna."),
    ("matt", "Antalet boklån av ljudböcker har fördubblats."),
    ("matt", "Målet är att fördubbla antalet boklån."),
    ("manad", "Antalet badande under fem år har halverats."),
    ("manad", "Badet fick 12 ansökningar, dubbelt så många som det fanns plats för."),
    ("ekonomi", "Avgifterna får 3,0 mkr mer 2026."),
    ("manad", "Antalet badande varierade mellan 20 och 31."),
    ("manad", "Skillnaden mellan högsta och lägsta månad är 11 badande."),
    ("manad", "Antalet badande har minskat med elva sedan januari."),
    ("manad", "Antalet badande minskade med elva mellan januari och augusti."),
    ("manad", "Tre av de badande i augusti hade årskort."),
    ("manad", "Antalet badande har legat under 30 sedan februari."),
    ("mal", "Mer än en tredjedel av sjukfrånvaron är korttidssjukfrånvaro."),
    ("mal", "Andelen deltagare som känner sig trygga har försämrats från 85 till 82 procent."),
    ("mal", "Målet om 90 procent trygga deltagare nås inte, utfallet är 82 procent."),
    ("mal", "Antalet elever i dansskolan väntas öka till 600 inom tre år."),
    ("ekonomi", "Lönernas underskott väntas bli 2,0 mkr, mer än periodens underskott på 1,2 mkr."),
    ("ekonomi", "Avgifter och löner i simhallen uppgick till 2,0 respektive 5,4 mkr."),
    (
        "ekonomi",
        "Hyror för lokaler respektive löner uppgick till 7,0 respektive 50,4 mkr.",
    ),
    ("ekonomi", "Löner uppgick i år respektive i fjol till 50,4 respektive 45,0 mkr."),
    ("ekonomi", "Löner samt hyror har hittills kostat 60,4 mkr."),
    ("manad", "Antalet skridskoåkare var högst i januari och hade i augusti gått ner till 5."),
    ("svar", "Till skillnad från drygt fyra av tio kommuner saknar vi avtal med sjukhuset."),
    # Figures of a part of a row, which the row itself does not give.
    ("ekonomi", "Lönerna för vikarier är 4,1 mkr."),
    ("ekonomi", "Lönerna inom hemtjänsten uppgick till 12,3 mkr."),
    ("ekonomi", "Avgifterna från simhallen blev 2,1 mkr."),
    ("ekonomi", "Idrottshallens hyror kostar 2,2 mkr."),
    ("ekonomi", "Städningen inom hyror kostade 1,2 mkr."),
    ("ekonomi", "Den nya taxan har gett avgifter på 3,9 mkr."),
    ("ekonomi", "Utan taxan hade avgifterna varit 9,0 mkr."),
    ("ekonomi", "Nämndens mål är avgifter på 14,0 mkr."),
    ("ekonomi", "Inom hyrorna har städningen minskat med 0,6 mkr."),
    ("matt", "Boklånen av barnböcker är 310."),
    ("matt", "Tolv av lekplatserna är rustade."),
    ("matt", "Av lekplatserna är 12 rustade."),
    ("matt", "I stadsdelen Norr finns 11 lekplatser."),
    ("matt", "Sju lekplatser rivs i höst."),
    ("matt", "Fem nya lekplatser har kommit till."),
    ("manad", "Av de badande i augusti var 12 barn."),
    ("manad", "Badhuset hade 250 badande skolelever under våren."),
    ("manad", "Antalet badande per dag är 3 i augusti."),
    ("manad", "Tre badande fick hjälp av badvakten i augusti."),
    ("ekonomi", "Lönerna per anställd är 0,6 mkr."),
    ("ekonomi", "Hyrorna sänks med 1,0 mkr nästa år."),
    ("ekonomi", "Avgifterna har 0,9 mkr i ofördelade medel."),
    ("matt", "Sagostunderna samlade 310 barn."),
    ("manad", "Fyra skridskoåkare skadade sig i januari."),
    ("manad", "I augusti nekades inga badande inträde."),
    ("manad", "I augusti fick inga badande hjälp av badvakten."),
    ("manad", "I augusti var inga badande under ett år."),
    ("manad", "I augusti var inga badande äldre än 80 år."),
    ("manad", "Inga skridskoåkare skadade sig i januari."),
    ("matt", "Inga lekplatser har rivits."),
    ("matt", "Inga boklån har gått förlorade."),
    ("svar", "Sex frågor har samma svar som i fjol."),
    ("svar", "Grannkommunen svarar nej på fyra frågor."),
    ("svar", "I fjol var fem indikatorer röda."),
    ("svar", "Två indikatorer har blivit gröna sedan förra året."),
    ("svar", "Det finns ingen rutin för trygg hemgång på helgerna."),
    ("svar", "Kommunen har samverkan med sjukhuset utan någon skriven överenskommelse."),
    ("svar", "Kommunen ser över om en överenskommelse med sjukhuset ska tecknas."),
    ("svar", "Kommunen har en överenskommelse med vårdcentralen men inte med sjukhuset."),
]


@pytest.mark.parametrize(("place", "sentence"), TRAPS)
def test_a_true_sentence_of_another_kind_is_not_called_false(workspace, place, sentence):
    assert outcome(workspace, place, sentence) != CONTRADICTS


# Sentences with the report's own figures, said of months or a movement that no figure is of.
UNTESTED = [
    ("ekonomi", "Avgifternas helårsprognos i maj visar ett överskott på 0,5 mkr."),
    ("ekonomi", "Avgifternas avvikelse i april är 0,5 mkr."),
    ("manad", "Antalet skridskoåkare har sedan juli ökat."),
]


@pytest.mark.parametrize(("place", "sentence"), UNTESTED)
def test_figures_of_other_months_are_no_agreement(workspace, place, sentence):
    assert outcome(workspace, place, sentence) != AGREES
