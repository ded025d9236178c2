"""Sentences beside tables: what is said, what is found, and the verdict."""

import pytest

from tests.unit.claims.workspace import judged, make, only, report

GOOD, ROUND = "agrees", "agrees_within_rounding"
BAD, TEXT = "contradicts", "text_against_text"
UNLIKE, OPEN = "not_comparable", ("not_testable", "not_linked")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    return make(tmp_path_factory.mktemp("prov"))


MONEY = [
    ("Nettokostnaderna uppgår till 48,4 mkr.", [(48.4, GOOD)]),
    ("Nettokostnaderna uppgår till 48,9 mkr.", [(48.9, BAD)]),
    ("Nettokostnaderna uppgår till 48 400 tkr.", [(48.4, GOOD)]),
    (
        "Nettokostnaderna är en ökning med 3,4 mkr (7,6 %) jämfört med föregående år.",
        [(3.4, GOOD), (7.6, ROUND)],
    ),
    (
        "Nettokostnaderna är en minskning med 3,4 mkr jämfört med föregående år.",
        [(3.4, BAD)],
    ),
    ("Avgifterna har ökat med 2,0 mkr (25,0 %) mot föregående år.", [(2.0, GOOD), (25.0, BAD)]),
    ("Löner är 1,2 mkr högre än budget.", [(1.2, GOOD)]),
    ("Löner är 1,2 mkr lägre än budget.", [(1.2, BAD)]),
    ("Löner är 2,1 mkr högre än budget.", [(2.1, BAD)]),
    (
        "Löner är 5,4 mkr högre jämfört med föregående år och 1,2 mkr högre jämfört med budget.",
        [(5.4, GOOD), (1.2, GOOD)],
    ),
    (
        "Löner är 5,4 mkr högre jämfört med föregående år och 1,8 mkr högre jämfört med budget.",
        [(5.4, GOOD), (1.8, BAD)],
    ),
    ("Nämndens helårsprognos är ett underskott om 1,5 mkr mot budget.", [(1.5, GOOD)]),
    ("Nämndens helårsprognos är ett underskott om 2,5 mkr mot budget.", [(2.5, BAD)]),
    ("Underskottet förklaras av 0,9 mkr i högre kostnad för städning.", [(0.9, OPEN)]),
]


@pytest.mark.parametrize(("prose", "expected"), MONEY)
def test_amounts(workspace, prose, expected):
    assert_verdicts(judged(workspace, ekonomi=prose), expected)


MEASURES = [
    ("Antalet sagostunder är under perioden 42.", [(42, GOOD)]),
    ("Antalet sagostunder är under perioden 47.", [(47, BAD)]),
    ("Antalet sagostunder var för helåret 2024 44.", [(44, GOOD)]),
    (
        "Antalet boklån har ökat i jämförelse med samma period föregående år, från 790 till 820.",
        [(790, UNLIKE), (820, OPEN)],
    ),
    (
        "Antalet lekplatser har ökat, från 25 för helåret 2024 till 31 i år.",
        [(25, GOOD), (31, BAD)],
    ),
    ("Under perioden har trettio lekplatser öppnats.", [(30, GOOD)]),
    ("Boklånen har under perioden januari till augusti varit 820.", [(820, GOOD)]),
    ("Boklånen har under perioden oktober till augusti varit 820.", [(820, BAD)]),
    ("Boklånen har under perioden januari till januari varit 820.", [(820, BAD)]),
    (
        "Antalet lekplatser har vuxit från 25 under 2024 till 30 under 2024.",
        [(25, GOOD), (30, BAD)],
    ),
    ("Den 3 maj 2025 fattades beslut enligt 4 kap. 1 § lagen (2001:453).", []),
    ("Sju av tio tillfrågade är nöjda.", [(70, OPEN)]),
    ("Inga åtgärder krävs.", []),
]


@pytest.mark.parametrize(("prose", "expected"), MEASURES)
def test_counts(workspace, prose, expected):
    assert_verdicts(judged(workspace, matt=prose), expected)


MONTHS = [
    ("Antalet badande var i augusti 20.", [(20, GOOD)]),
    ("Antalet badande var i augusti 21.", [(21, BAD)]),
    ("Antalet badande har minskat, 210 gentemot 240.", [(210, GOOD), (240, GOOD)]),
    ("Antalet badande har minskat, 210 gentemot 250.", [(210, GOOD), (250, BAD)]),
    (
        "Antalet badande har sammantaget för januari-mars minskat, 88 gentemot 90.",
        [(88, GOOD), (90, GOOD)],
    ),
    (
        "Antalet badande har sammantaget för januari-april minskat, 88 gentemot 90.",
        [(88, BAD), (90, BAD)],
    ),
    ("Antalet badande var i november 33.", [(33, GOOD)]),
    ("Antalet badande var i november 20.", [(20, BAD)]),
    ("Antalet badande väntas i november bli 20.", [(20, OPEN)]),
    ("I augusti var det 10 färre badande än föregående år.", [(10, GOOD)]),
    ("I augusti var det 8 färre badande än föregående år.", [(8, BAD)]),
]


@pytest.mark.parametrize(("prose", "expected"), MONTHS)
def test_sums_and_differences_over_months(workspace, prose, expected):
    assert_verdicts(judged(workspace, manad=prose), expected)


DIRECTIONS = [
    ("manad", "Antalet badande har minskat jämfört med föregående år.", GOOD),
    ("manad", "Antalet badande har ökat jämfört med föregående år.", BAD),
    ("manad", "Antalet badande ligger sedan februari på lägre nivåer än föregående år.", GOOD),
    ("manad", "Antalet badande är konsekvent på en lägre nivå än föregående år.", BAD),
    ("manad", "Antalet badande låg i januari på en högre nivå än föregående år.", GOOD),
    ("manad", "Antalet badande har minskat månadsvis.", GOOD),
    ("manad", "Antalet badande ökade i slutet av förra året.", GOOD),
    ("manad", "Antalet skridskoåkare ligger på liknande nivåer som föregående år.", GOOD),
    (
        "manad",
        "Antalet skridskoåkare ligger på samma nivå som föregående år under hela perioden.",
        BAD,
    ),
    # The report reaches August: a later month without a year is last year's.
    ("manad", "Antalet badande har ökat sedan november.", BAD),
    ("manad", "Antalet badande har minskat sedan november.", GOOD),
    ("manad", "Antalet badande har minskat sedan april.", GOOD),
    ("manad", "Antalet badande ligger sedan juli på liknande nivåer som föregående år.", BAD),
    ("ekonomi", "Hyror är i nivå med föregående år.", GOOD),
    ("ekonomi", "Löner är i nivå med föregående år.", BAD),
    ("ekonomi", "Hyror och löner är i nivå med föregående år.", BAD),
    ("matt", "Antalet sagostunder har minskat jämfört med föregående år.", UNLIKE),
    ("matt", "Antalet sagostunder har minskat, från 42 till 44.", TEXT),
]


@pytest.mark.parametrize(("place", "prose", "expected"), DIRECTIONS)
def test_directions(workspace, place, prose, expected):
    frame = judged(workspace, **{place: prose})
    trends = frame.filter(frame["kind"] == "trend")
    assert trends["verdict"].to_list() == [expected]


def test_texts_that_contradict_each_other(workspace):
    prose = (
        "Ramen räknas i beslutet från november upp med 2 procent för 2025.\n\n"
        "Ramen räknas i beslutet från november upp med 1,2 procent för 2025."
    )
    assert_verdicts(judged(workspace, matt=prose), [(2, TEXT), (1.2, TEXT)])


def test_figures_of_a_text_that_must_fit_each_other(workspace):
    prose = (
        "Av totalt 200 prover var 4,0 % (8) otjänliga.\n\n"
        "Bidraget är 300 kr per barn. Av dem fick 12 barn bidrag och den totala kostnaden var "
        "3 700 kr.\n\n"
        "Vagnparken minskade med tre bilar, från sju till fyra."
    )
    expected = [
        (200, OPEN),
        (4.0, GOOD),
        (8, OPEN),
        (300, OPEN),
        (12, OPEN),
        (3700, TEXT),
        (3, GOOD),
        (7, OPEN),
        (4, OPEN),
    ]
    assert_verdicts(judged(workspace, matt=prose), expected)


def test_line_quote_and_lines_of_the_table(workspace):
    prose = "Ett stycke går\n\nvidare efter en sidbrytning, och löner är 2,1 mkr högre\nän budget."
    row = judged(workspace, ekonomi=prose).row(0, named=True)
    lines = report(ekonomi=prose)
    assert "2,1" in lines[row["line"] - 1]
    assert [lines[n - 1].split("\t")[0] for n in row["table_lines"]] == ["Löner"]
    assert row["expected"] == "−1,2"
    assert row["indicator_id"] == "belopp.1"
    assert row["runner_up"] is None or row["runner_up_score"] <= row["score"]


def test_the_side_that_closes_the_identities_is_told(workspace):
    row = judged(workspace, ekonomi="Löner uppgår till 52,4 mkr.").row(0, named=True)
    assert row["verdict"] == BAD
    assert row["note"] == (
        "tabellens −50,4 stämmer med summan på raden ”Nettokostnader” "
        "(12,0 − 50,4 − 10,0 = −48,4 mot −48,4); textens −52,4 gör det inte"
    )


def test_january_is_not_set_against_itself(workspace):
    frame = judged(workspace, manad="Fyra fler badade i januari än i januari 2024.")
    assert only(frame, verdict="contradicts")["note"] is None


def test_an_acknowledged_finding_is_marked_and_no_longer_fails(workspace, tmp_path):
    from ojmf.claims.findings import failing, findings

    prose = "Löner är 2,1 mkr högre än budget."
    first = judged(workspace, ekonomi=prose)
    assert failing(first).height == findings(first, "prov").height == 1
    accepted = (
        f'[[accepted]]\nfinding_id = "{first["finding_id"][0]}"\n'
        'reason = "Beloppet är känt."\ndate = 2025-09-02\n'
    )
    again = judged(make(tmp_path, accepted), ekonomi=prose)
    assert again["accepted"].to_list() == ["Beloppet är känt."]
    assert failing(again).is_empty()
    assert findings(again, "prov").is_empty()


def assert_verdicts(frame, expected):
    claims = frame.filter(frame["kind"] != "trend")
    got = [(row["values"][0], row["verdict"]) for row in claims.iter_rows(named=True)]
    assert [value for value, _ in got] == [pytest.approx(value) for value, _ in expected]
    for (_, verdict), (_, wanted) in zip(got, expected, strict=True):
        assert verdict in (wanted if isinstance(wanted, tuple) else (wanted,))
