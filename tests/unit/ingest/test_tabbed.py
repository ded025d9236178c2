"""Tab-delimited tables: every oddity that the reports have, on small tables of our own."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from ojmf.errors import TableError
from ojmf.ingest.document import Document
from ojmf.ingest.layouts.locate import furniture
from ojmf.ingest.reading import read
from ojmf.ingest.source import resolve
from tests.unit.ingest.builder import MONTHS, QUESTIONS, ingest, rows, source, workspace

HEADER = "Indikator\tKommunen\tLänet\tKommentar"
MONTH_HEADER = "\t" + "jan feb mar apr maj jun jul aug sep okt nov dec".replace(" ", "\t")
YEAR_2023 = "2023" + "".join(f"\t{n}" for n in range(1, 13))
YEAR_2024 = "2024" + "".join(f"\t{n}" for n in range(1, 9)) + "\t" * 4


def questions(*lines: str) -> str:
    return "\n".join(["Frågor", "", HEADER, *lines])


def months(*lines: str) -> str:
    return "\n".join(["Antal per månad", "", MONTH_HEADER, *lines])


def test_each_cell_is_a_row_with_its_line():
    got = ingest(QUESTIONS, questions("Första frågan\tJA\t47\t", "Andra frågan\tDELVIS\t3\tText"))
    assert rows(got, "line", "row_label", "column_label", "raw", "value", "answer", "geo") == [
        (4, "Första frågan", "Kommunen", "JA", None, "JA", "9999"),
        (4, "Första frågan", "Länet", "47", 47.0, None, "99"),
        (5, "Andra frågan", "Kommunen", "DELVIS", None, "DELVIS", "9999"),
        (5, "Andra frågan", "Länet", "3", 3.0, None, "99"),
    ]


def test_a_comment_is_kept_as_its_line_only():
    got = ingest(QUESTIONS, questions("Första frågan\tJA\t47\tHemlig text 12"))
    assert rows(got, "column_label", "note") == [
        ("Kommunen", "kommentar på rad 4"),
        ("Länet", None),
    ]
    assert got.account["ignored"].to_list() == [1]
    assert "Hemlig" not in got.observations.write_csv()


def test_page_headers_numbers_and_repeated_header_inside_a_table():
    text = questions(
        "Första frågan\tJA\t47\t", "", "Sida 2 av 3", "", "1", "", HEADER, "Andra frågan\tNEJ\t0\t"
    )
    assert len(rows(ingest(QUESTIONS, text), "raw")) == 4


def test_a_blank_row_counts():
    got = ingest(QUESTIONS, questions("Första frågan\t\t\t", "Andra frågan\tJA\t1\t"))
    assert rows(got, "raw", "obs_status", "note")[:2] == [
        ("", "O", "tom i källan"),
        ("", "O", "tom i källan"),
    ]


@pytest.mark.parametrize("row", ["Första frågan", "Första frågan\tJA\t47", "Fråga ett\tJA\t47\t\t"])
def test_trailing_blank_cells_may_be_missing_or_many(row):
    assert len(rows(ingest(QUESTIONS, questions(row)), "raw")) == 2


def test_markup_is_no_part_of_the_printed_text():
    got = ingest(QUESTIONS, questions("<b>Första frågan</b>\t<b>JA</b>\t<i>47</i>\t"))
    assert rows(got, "row_label", "raw") == [("Första frågan", "JA"), ("Första frågan", "47")]


def test_prose_behind_the_table_ends_it():
    text = questions("Första frågan\tJA\t47\t", "", "Därefter följer text om 25 frågor.")
    assert len(rows(ingest(QUESTIONS, text), "raw")) == 2


def test_a_document_without_a_final_newline_keeps_its_last_row():
    text = questions("Första frågan\tJA\t47\t")
    assert rows(ingest(QUESTIONS, text), "raw") == rows(ingest(QUESTIONS, text + "\n"), "raw")


@pytest.mark.parametrize(
    ("lines", "line", "words"),
    [
        (["Okänd fråga\tJA\t47\t"], 4, "okänd etikett ”Okänd fråga”"),
        (["Första frågn\tJA\t47\t"], 4, "Menade du Första frågan?"),
        (["Första frågan\tJA\t47\tx\ty"], 4, "raden har 5 celler, väntade 4"),
        (["Första frågan\tJA"], 4, "raden har 2 celler, väntade 4"),
        (["Första frågan\tKANSKE\t47\t"], 4, "inget svar"),
        (["Första frågan\tJA\t4 7\t"], 4, "inget tal"),
        (["Första frågan\tJA\t4\t", "Fråga ett\tJA\t4\t", "Första frågan\tJA\t4\t"], 6, "redan på"),
        (["Första frågan\tJA\t4\t", "Text.", HEADER, "Andra frågan\tJA\t4\t"], 6, "en gång till"),
        (["Första frågan\tJA\t4\t", "Text.", "Annat\t12"], 6, "inte till någon deklarerad tabell"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_line(lines, line, words):
    with pytest.raises(TableError) as refused:
        ingest(QUESTIONS, questions(*lines))
    assert any(f"prov.txt rad {line}" in f and words in f for f in refused.value.faults)


def test_a_changed_header_is_refused_where_it_stands():
    text = questions("Första frågan\tJA\t47\t").replace("Länet", "Länen")
    with pytest.raises(TableError, match=r"rad 3.*har ändrats.*Länen.*väntade.*Länet"):
        ingest(QUESTIONS, text)


def test_a_missing_table_names_what_was_sought():
    with pytest.raises(TableError, match=r"tabell ”Frågor”.*saknas"):
        ingest(QUESTIONS, "Något annat\n\n" + HEADER)


def test_all_faults_come_at_once():
    with pytest.raises(TableError) as refused:
        ingest(QUESTIONS, questions("Okänd\tJA\t47\t", "Andra frågan\tJA\t4\tx\ty"))
    assert len(refused.value.faults) == 2


def test_a_missing_row_is_refused_where_rows_are_declared():
    with pytest.raises(TableError, match="fann 1 rader, väntade 2"):
        ingest(QUESTIONS + "rows = 2\n", questions("Första frågan\tJA\t47\t"))


def test_an_override_for_a_row_that_is_not_there_is_refused():
    declared = QUESTIONS + '[[table.override]]\nrows = ["Tredje"]\nnote = "x"\n'
    with pytest.raises(TableError, match="override 1"):
        ingest(declared, questions("Första frågan\tJA\t47\t"))


def test_a_passage_declared_as_not_read_ends_the_table_and_is_told():
    declared = '[[not_read]]\nstarts = "Aktivitet"\nwhat = "aktiviteter"\n' + QUESTIONS
    text = questions("Första frågan\tJA\t47\t", "", "Aktivitet\tText", "Annat\t12")
    assert len(rows(ingest(declared, text), "raw")) == 2


LEADING = """
[[table]]
id = "risker"
layout = "grid"
kind = "internal-control"
title = "Risker"
area = "a"
optional_leading = true
header = ["Kategori", "Process", "Index"]
columns = [
  { label = "Kategori", content = "text" },
  { label = "Process", content = "label" },
  { label = "Index", scenario = "outcome", unit = "index", period = "2024" },
]
"""


@pytest.mark.parametrize("row", ["Kat\tAntal\t9", "\tAntal\t9", "Antal\t9"])
def test_a_row_without_its_leading_cell(row):
    text = f"Risker\nKategori\tProcess\tIndex\n{row}"
    assert rows(ingest(LEADING, text), "row_label", "raw") == [("Antal", "9")]


SCALE = """
[[table]]
id = "kontroll"
layout = "grid"
kind = "internal-control"
title = "Kontroll"
area = "a"
header = ["Risk", "Resultat"]
categories = ["Avvikelse", "Ingen avvikelse"]
columns = [
  { label = "Risk", content = "label" },
  { label = "Resultat", content = "category", unit = "category", period = "2024" },
]
"""


def test_a_category_is_read_without_the_text_behind_it():
    text = "Kontroll\nRisk\tResultat\nAntal\t<p>● Ingen avvikelse</p> <p>Alla (7) var rätt.</p>"
    got = ingest(SCALE, text)
    assert rows(got, "raw", "obs_status") == [("Ingen avvikelse", "A")]
    assert got.account["ignored"].to_list() == [1]


def test_a_row_split_by_a_page_break_is_joined():
    text = "Kontroll\nRisk\tResultat\nFörsta\tAvvikelse\n\nRisk\tResultat\nfrågan\tMer text 5."
    assert rows(ingest(SCALE, text), "line", "row_label", "raw") == [
        (3, "Första frågan", "Avvikelse")
    ]


def test_a_list_defines_measures_without_figures():
    declared = (
        '[[table]]\nid = "matt"\nlayout = "list"\nkind = "definitions"\ntitle = "Mått"\n'
        'area = "a"\nheader = ["Mått"]\nafter = "Mål"\n'
        'ignore = { "Mått saknas" = "säger att mått saknas" }\n'
    )
    got = ingest(declared, "Mål\n\nMått\nAntal\nMått saknas\n\nText.")
    assert rows(got, "line", "raw", "value", "indicator_id", "scenario", "obs_status") == [
        (4, "Antal", None, "a.antal", None, "M")
    ]
    with pytest.raises(TableError, match=r"rad 5.*redan på rad 4"):
        ingest(declared, "Mål\n\nMått\nAntal\nAntal\n\nText.")


def test_months_carry_their_period():
    got = ingest(MONTHS, months(YEAR_2023, YEAR_2024)).observations
    first = got.row(0, named=True)
    assert (str(first["period_start"]), str(first["period_end"]), first["period_kind"]) == (
        "2023-01-01",
        "2023-01-31",
        "month",
    )
    assert got.height == 24


def test_future_months_a_dash_and_a_month_left_blank_are_different_things():
    year = "2024\t-\t2\t\t4\t5\t6\t7\t8" + "\t" * 4
    got = ingest(MONTHS, months(YEAR_2023, year)).observations.filter(row_label="2024")
    assert got["obs_status"].to_list() == ["M", "A", "O", *"AAAAA", *"MMMM"]
    assert got["note"].to_list() == [
        "streck",
        None,
        "tom i källan",
        *[None] * 5,
        *["framtida månad"] * 4,
    ]


def test_months_before_a_measure_began_were_not_collected():
    year = "2024\t\t\t\t4\t5\t6\t7\t8" + "\t" * 4
    declared = MONTHS.replace("[2023, 2024]", "[2024]") + "starts = 2024-04-01\n"
    got = ingest(declared, months(year)).observations
    assert got["obs_status"].to_list()[:4] == ["L", "L", "L", "A"]


def test_a_month_row_that_lost_its_tabs_and_stands_apart():
    got = ingest(MONTHS, months(YEAR_2023, "", "2024 1 2 3 4 5 6 7 18")).observations
    assert got.filter(row_label="2024")["raw"].to_list() == [*"1234567", "18", *[""] * 4]
    assert got.filter(row_label="2024")["line"].unique().to_list() == [6]


@pytest.mark.parametrize(
    ("rows_", "words"),
    [
        ([YEAR_2023, "2024 1 2 3 4 5 6 7"], "kan läsas på flera sätt"),
        ([YEAR_2023, "2024 1 093 3 4 5 6 7 8"], "kan läsas på flera sätt"),
        ([YEAR_2023], "raden för 2024 saknas"),
        ([YEAR_2023 + "\t13", YEAR_2024], "13 månader, väntade 12"),
        (["2023\t1\t2", YEAR_2024], "2 månader, väntade 12"),
        ([YEAR_2023, YEAR_2023, YEAR_2024], "fann raden ”2023”"),
        ([YEAR_2023, YEAR_2024, "2025\t1"], "inte till någon deklarerad tabell"),
    ],
)
def test_a_year_that_cannot_be_read_one_way_is_refused(rows_, words):
    with pytest.raises(TableError, match=words):
        ingest(MONTHS, months(*rows_))


def test_titles_that_repeat_are_told_apart_by_their_order():
    second = MONTHS.replace('"manader"', '"manader-2"') + 'heading = "Ungdom"\n'
    second = second.replace('title = "Antal per månad"', 'title = "Antal per månad"\n') + (
        'after = "Ungdom**Antal per månad**"\n'
    )
    text = (
        months(YEAR_2023, YEAR_2024)
        + "\n\n"
        + months(YEAR_2023, YEAR_2024).replace("Antal per månad", "Ungdom**Antal per månad**")
    )
    got = ingest(MONTHS + second, text).observations
    assert got.group_by("heading", maintain_order=True).len().rows() == [("", 24), ("Ungdom", 24)]


def test_a_pattern_of_page_furniture_can_not_run_for_ever():
    declared = source(QUESTIONS).model_copy(update={"furniture": (r"(a+)+b", r"Sida\ \d+")})
    text = questions("Första frågan\tJA\t47\t", "a" * 60 + "c", "Andra frågan\tNEJ\t0\t")
    assert furniture(text.splitlines(), declared.furniture) == frozenset()
    assert furniture(["  Sida 12 ", "aaab", "Sida"], declared.furniture) == {"Sida 12", "aaab"}
    assert furniture(["Sida 12"], ()) == frozenset()


@pytest.mark.parametrize("pattern", ["(", r"(a)\1", "(?=a)a", "(?<!a)b", "a{2,1}"])
def test_a_pattern_that_can_not_be_used_is_a_fault_of_the_declaration(pattern):
    with pytest.raises(ValidationError, match="kan inte användas"):
        source(f"{QUESTIONS}\n").model_validate(
            source(QUESTIONS).model_dump() | {"furniture": [pattern]}
        )


BY_SEX = """
[[table]]
id = "antal"
layout = "grid"
kind = "measures"
title = "Frågor"
area = "a"
header = ["Mått", "Alla", "Kvinnor"]
optional_leading = true
columns = [
  { label = "Mått", content = "label" },
  { label = "Alla", period = "2024" },
  { label = "Kvinnor", period = "2024", sex = "F" },
]
override = [{ rows = ["- varav barn"], columns = ["Alla"], sex = "M" }]
"""


def test_the_sex_of_a_figure_is_said_by_table_column_and_override():
    text = "Frågor\n\nMått\tAlla\tKvinnor\nAntal\t7\t3\n- varav barn\t2\t1"
    got = ingest(BY_SEX, text)
    assert rows(got, "raw", "sex") == [("7", "_T"), ("3", "F"), ("2", "M"), ("1", "F")]
    about_men = ingest(BY_SEX.replace("[[table]]", '[[table]]\nsex = "M"'), text)
    assert rows(about_men, "raw", "sex") == [("7", "M"), ("3", "F"), ("2", "M"), ("1", "F")]


def test_a_figure_stands_in_its_own_cell_also_where_the_row_lacks_its_first():
    places = {3: "blad Ett, cell B3", 4: "blad Ett, cell B4", 5: "blad Ett, cell C5"}
    risks = """
    [[table]]
    id = "risker"
    layout = "grid"
    kind = "measures"
    title = "Frågor"
    area = "a"
    header = ["Nr", "Mått", "Antal"]
    optional_leading = true
    columns = [
      { label = "Nr", content = "text" },
      { label = "Mått", content = "label" },
      { label = "Antal", period = "2024" },
    ]
    """
    lines = ["Frågor", "", "Nr\tMått\tAntal", "1\tAntal\t7", "- varav barn\t2"]
    declared = source(risks)
    document = Document("prov.xlsx", lines, None, places)
    got = resolve(read(workspace(declared), declared, document))
    assert rows(got, "raw", "place") == [
        ("7", "blad Ett, cell D4"),
        ("2", "blad Ett, cell D5"),
    ]


@given(
    st.sampled_from(["NFC", "NFD"]),
    st.sampled_from([str, str.upper]),
    st.sampled_from(["", "\u00ad", "\u200b", "\ufeff"]),
    st.integers(0, 12),
    st.sampled_from([" ", "\u00a0", "\u2007", "\u202f"]),
)
def test_labels_titles_and_headers_are_known_in_any_dress(form, case, mark, at, space):
    def dressed(text):
        text = unicodedata.normalize(form, case(text)).replace(" ", space)
        return text[:at] + mark + text[at:]

    header = "\t".join(dressed(cell) for cell in HEADER.split("\t"))
    lines = [dressed("Frågor"), "", header, f"{dressed('Första frågan')}\tJA\t47\t"]
    got = ingest(QUESTIONS, "\n".join(lines))
    assert rows(got, "row_label", "answer") == [
        ("Första frågan", "JA"),
        ("Första frågan", None),
    ]


def test_a_label_that_only_looks_right_is_told_by_its_code_points():
    with pytest.raises(TableError, match=r"U\+0430 \(CYRILLIC SMALL LETTER A\)"):
        ingest(QUESTIONS, questions("Första frågаn\tJA\t47\t"))
