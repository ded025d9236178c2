"""Tables of unseen reports: what the draft is sure of, and what it asks."""

import tomllib

import pytest

from ojmf.authoring import draft_source
from ojmf.authoring.answering import answered
from ojmf.authoring.labels import Labels
from ojmf.declarations import Source, with_defaults
from ojmf.declarations.catalogue import AreaFile, Catalogue
from ojmf.declarations.drafts import open_entries
from ojmf.errors import InputError
from ojmf.ingest.document import read_extract
from ojmf.ingest.readers import read_file
from ojmf.ingest.reading import extract_text, read
from ojmf.ingest.source import resolve
from ojmf.workspace import Workspace
from tests.unit.authoring.reports import (
    MONTHS,
    QUESTIONS,
    ROOT,
    WORKSPACE,
    by_label,
    declared,
    draft,
    only_table,
)
from tests.unit.readers.writers import Part

TITLE = "Öppna jämförelser 2023, våld i nära relation"


def answers(*header: str, rows: list[list[str]] | None = None) -> list[Part]:
    return [TITLE, [list(header), *(rows or [])]]


def test_an_answer_table_in_another_order_of_another_municipality_and_year(tmp_path):
    rows = [["20", "Ja", question, "49", ""] for question in QUESTIONS]
    made = draft(
        tmp_path, answers("Riket", "Skellefteå", "Fråga", "Västerbottens län", "Not", rows=rows)
    )
    table = only_table(made)
    assert (table["layout"], table["area"], table["rows"]) == ("grid", "oj-vald", 4)
    columns = by_label(table)
    assert columns["Fråga"] == {"label": "Fråga", "content": "label"}
    assert columns["Skellefteå"]["geo"] == "2482"
    assert columns["Skellefteå"]["content"] == "answer"
    assert (columns["Riket"]["geo"], columns["Västerbottens län"]["geo"]) == ("00", "24")
    assert {c["period"] for c in table["columns"] if "period" in c} == {"2023"}
    assert declared(made)["geo"] == "2482"
    assert list(open_entries(declared(made))) == [("date", "när dokumentet beslutades")]


@pytest.mark.parametrize(
    ("header", "geo"),
    [("Länet", "24"), ("Andel i länet (%)", "24"), ("Sverige", "00"), ("Umeå", "2480")],
)
def test_reference_columns_by_their_header(tmp_path, header, geo):
    rows = [[question, "NEJ", "49"] for question in QUESTIONS]
    table = only_table(draft(tmp_path, answers("Fråga", "Kommunen", header, rows=rows)))
    assert by_label(table)[header]["geo"] == geo
    assert by_label(table)["Kommunen"]["geo"] == "2482"


def test_a_header_that_names_no_place_is_asked(tmp_path):
    rows = [[question, "NEJ", "49"] for question in QUESTIONS]
    table = only_table(draft(tmp_path, answers("Fråga", "Enheten", "Andra", rows=rows)))
    assert by_label(table)["Enheten"]["geo"].startswith("TODO: ")
    assert by_label(table)["Andra"]["geo"].startswith("TODO: ")


@pytest.mark.parametrize(
    ("legend", "expected"),
    [("Ja=1, Nej=2", {"1": "JA", "2": "NEJ"}), ("1 = Ja och 2 = Nej", {"1": "JA", "2": "NEJ"})],
)
def test_coded_answers_are_read_by_the_legend(tmp_path, legend, expected):
    rows = [[q, code, "49"] for q, code in zip(QUESTIONS, ["1", "2", "1", "2"], strict=True)]
    parts = [*answers("Fråga", "Kommunen", "Länet", rows=rows), legend]
    assert declared(draft(tmp_path, parts))["answers"] == expected


def test_coded_answers_without_a_legend_are_asked(tmp_path):
    rows = [[q, code, "49"] for q, code in zip(QUESTIONS, ["1", "0", "1", "0"], strict=True)]
    found = declared(draft(tmp_path, answers("Fråga", "Kommunen", "Länet", rows=rows)))["answers"]
    assert set(found) == {"0", "1"}
    assert all(value.startswith("TODO: ") for value in found.values())


def test_shares_that_are_fractions_are_asked(tmp_path):
    rows = [[question, "NEJ", "0,49"] for question in QUESTIONS]
    made = draft(tmp_path, answers("Fråga", "Kommunen", "Länet", rows=rows))
    (question,) = (q for q in made.questions if q.kind == "unit")
    assert by_label(only_table(made))["Länet"]["unit"] == f"TODO: {question.key}"
    assert (question.proposal, question.options) == ("andel", ("andel", "percent"))


def drafted_indicators(made):
    return {i["name"]: i for i in tomllib.loads(made.indicators)["indicator"]}


def test_a_label_that_is_spelled_otherwise_is_asked_with_its_likeness(tmp_path):
    label = "Aktuella överenskommelser om samverkan, kvinnojourer"
    rows = [[question, "JA", "49"] for question in QUESTIONS[:3]]
    made = draft(tmp_path, answers("Fråga", "Kommunen", "Länet", rows=[*rows, [label, "JA", "49"]]))
    (question,) = (q for q in made.questions if q.kind == "indicator")
    assert only_table(made)["indicators"] == {label: f"TODO: {question.key}"}
    assert question.proposal == "oj-vald.samverkan-kvinnojourer"
    assert 90 <= question.score < 100


@pytest.mark.parametrize(
    "label",
    [
        "Inte aktuell överenskommelse om samverkan med kvinnojourer",
        "Aktuell överenskommelse om samverkan med kvinnojourer 18",
    ],
)
def test_a_negation_or_a_figure_makes_another_indicator(tmp_path, label):
    rows = [[question, "JA", "49"] for question in QUESTIONS[:3]]
    made = draft(tmp_path, answers("Fråga", "Kommunen", "Länet", rows=[*rows, [label, "JA", "49"]]))
    new = drafted_indicators(made)[label]
    assert only_table(made)["indicators"] == {label: new["id"]}
    assert (new["unit"], new["kind"], new["polarity"]) == ("answer", "answer", "neutral")
    assert "# närmast är oj-vald.samverkan-kvinnojourer (" in made.indicators


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Öppna jämförelser 2023", "Öppna jämförelser"),
        ("Öppna jämförelser (2023)", "Öppna jämförelser"),
        ("Öppna jämförelser år 2023", "Öppna jämförelser"),
        (TITLE, "Öppna jämförelser, våld i nära relation"),
        ("Uppföljning av Agenda 2030, 2023", "Uppföljning av Agenda 2030"),
        ("Öppna jämförelser", "Öppna jämförelser"),
    ],
)
def test_a_drafted_area_lives_on_without_the_year_of_its_document(tmp_path, title, name):
    rows = [[question, "JA", "49"] for question in QUESTIONS[:3]]
    table = [["Fråga", "Kommunen", "Länet"], *rows, ["Har en egen rutin om hot", "JA", "49"]]
    made = draft(tmp_path, [title, table], period="2023")
    assert tomllib.loads(made.indicators)["area"] == {"id": "prov", "name": name}
    assert declared(made)["title"] == title


def test_few_rows_are_asked_about(tmp_path):
    rows = [[f"{question} nu", "JA", "49"] for question in QUESTIONS]
    rows += [[question, "JA", "49"] for question in QUESTIONS[:1]]
    made = draft(tmp_path, answers("Fråga", "Kommunen", "Länet", rows=rows))
    assert sum(q.kind == "indicator" for q in made.questions) == 3
    assert len(drafted_indicators(made)) == 1


def test_differences_of_hyphens_and_case_make_no_new_indicator(tmp_path):
    rows = [[QUESTIONS[0].upper(), "JA", "49"], [f"{QUESTIONS[1]}.", "JA", "49"]]
    made = draft(tmp_path, answers("Fråga", "Kommunen", "Länet", rows=rows))
    assert made.indicators == ""
    # The label in capitals is the catalogue's own as it is compared, and needs no entry.
    assert list(only_table(made)["indicators"].values()) == ["oj-vald.samverkan-akutmottagningar"]


def test_a_label_that_is_like_nothing_is_drafted(tmp_path):
    rows = [*([q, "JA", "49"] for q in QUESTIONS), ["Antal cyklar", "JA", "49"]]
    made = draft(tmp_path, answers("Fråga", "Kommunen", "Länet", rows=rows))
    assert only_table(made)["indicators"] == {"Antal cyklar": "prov.antal-cyklar"}
    assert "närmast" not in made.indicators


def test_a_label_of_two_indicators_is_neither(tmp_path):
    # The catalogue has the same sentence for placed persons and for care days.
    labels = Labels(WORKSPACE.catalogue)
    labels._by_key["samverkan med a"] = {"x": "x.a", "y": "y.b"}
    assert labels.match("oj-vald", "Samverkan med A") is None
    assert labels.match("y", "Samverkan med A") == "y.b"


def test_the_same_labels_in_two_areas_are_told_apart_by_the_title(tmp_path):
    rows = [["Använder AUDIT/DUDIT att upptäcka riskfyllt missbruk", "JA", "49"]]
    with_title = draft(tmp_path, answers("Fråga", "Kommunen", "Länet", rows=rows))
    parts = answers("Fråga", "Kommunen", "Länet", rows=rows)
    parts[0] = "Öppna jämförelser 2023"
    assert only_table(with_title)["area"] == "oj-vald"
    without = draft(tmp_path, parts)
    assert only_table(without)["area"] == "prov"
    assert ", oj-vald." in without.indicators


def test_a_month_grid(tmp_path):
    grid = [["", *MONTHS], ["2021", *map(str, range(1, 13))], ["2022", "5", *[""] * 11]]
    parts: list[Part] = ["Delårsrapport januari–april 2022", "Antal hushåll", grid]
    found = declared(draft(tmp_path, parts))
    assert found["reporting_period"] == "2022-01/2022-04"
    (table,) = found["table"]
    assert (table["layout"], table["years"], table["title"]) == (
        "months",
        [2021, 2022],
        "Antal hushåll",
    )
    assert table["header"] == ["", *MONTHS]


def test_months_without_years_are_those_of_the_report(tmp_path):
    grid = [["Mått", *MONTHS], ["Antal ärenden", *map(str, range(1, 13))]]
    table = only_table(draft(tmp_path, ["Rapport 2022", "Ärenden", grid]))
    assert [c["period"] for c in table["columns"][1:]] == [f"2022-{n:02d}" for n in range(1, 13)]


STATEMENT = [
    ["tkr", "Utfall jan-aug 2022", "Bokslut 2021", "Budget 2022", "Prognos", "Avvikelse"],
    ["Personalkostnader", "-97 600", "-140 100", "-150 000", "-151 000", "-1 000"],
    ["Lokalkostnader", "-7 600", "-10 100", "-10 000", "-10 000", "0"],
]


def test_an_income_statement_in_thousands(tmp_path):
    parts: list[Part] = ["Delårsrapport per augusti 2022", "Resultaträkning", STATEMENT]
    table = only_table(draft(tmp_path, parts))
    assert (table["kind"], table["area"]) == ("income-statement", "ekonomi")
    columns = by_label(table)
    assert [(c["unit"], c["shift"]) for c in table["columns"][1:]] == [("MSEK", -3)] * 5
    assert {label: (c["scenario"], c["period"]) for label, c in list(columns.items())[1:5]} == {
        "Utfall jan-aug 2022": ("outcome", "2022-01/2022-08"),
        "Bokslut 2021": ("outcome", "2021"),
        "Budget 2022": ("budget", "2022"),
        "Prognos": ("forecast", "2022"),
    }
    # It is the budget without the forecast.
    assert columns["Avvikelse"]["period"] == "2022"


def test_symbols_are_asked_and_what_speaks_for_itself_is_not(tmp_path):
    rows = [[q, s] for q, s in zip(QUESTIONS, ["-", "<5", "~100", "12.5"], strict=True)]
    found = declared(draft(tmp_path, ["Rapport 2022", "Mått", [["Mått", "2022"], *rows]]))
    assert found["symbols"]["-"]["status"].startswith("TODO: ")
    assert found["symbols"]["<5"]["status"] == "Q"
    assert found["approximations"] == {"~": {"status": "U", "note": "ungefärligt"}}
    assert found["decimal"] == "."


def test_text_in_columns_is_not_read_and_a_list_of_contents_neither(tmp_path):
    contents: list[list[str]] = [["Inledning", "3"], ["Ekonomi", "5"], ["Personal", "8"]]
    plans = [["Aktivitet", "Beskrivning"], ["Utreda", "Pågår enligt plan"]]
    measures = [["Fråga", "Kommunen", "Länet"], *([q, "JA", "40"] for q in QUESTIONS)]
    parts: list[Part] = [
        "Öppna jämförelser 2022",
        "Innehåll",
        contents,
        "Planer",
        plans,
        "Våld i nära relation",
        measures,
    ]
    found = declared(draft(tmp_path, parts))
    assert [passage["what"] for passage in found["not_read"]] == [
        "innehållsförteckning",
        "text i tabellform, utan siffror",
    ]
    assert len(found["table"]) == 1


def test_a_row_without_figures_and_meaning_is_ignored_and_one_with_a_meaning_is_not(tmp_path):
    rows = [["Rutiner", "", ""], *([q, "JA", "40"] for q in QUESTIONS[:3]), [QUESTIONS[3], "", ""]]
    rows += [["Fotnot: svaren gäller 2023", "", ""]]
    table = only_table(draft(tmp_path, answers("Fråga", "Kommunen", "Länet", rows=rows)))
    assert set(table["ignore"]) == {"Rutiner", "Fotnot: svaren gäller 2023"}
    assert table["rows"] == 4


def test_a_table_of_all_municipalities(tmp_path):
    names = ["Solna", "Enköping", "Umeå", "Skellefteå", "Malmö", "Kiruna"]
    rows = [["", name, "ja", "nej"] for name in names]
    rows += [["", "Stockholms län", "43", "12"], ["", "Medel", "40", "10"]]
    header = ["Kod", "Kommun", *QUESTIONS[:2]]
    table = only_table(draft(tmp_path, [TITLE, [header, *rows]]))
    assert (table["layout"], table["area"], table["rows"]) == ("places", "oj-vald", 7)
    assert table["levels"]["county"]["scenario"] == "share"
    assert table["ignore"] == {"Medel": "ingen känd plats"}


YEARS_BELOW = [["", "Antal barn", "Antal vuxna"], ["Kommun", "2023", "2024"]]
PLACES = [["Solna", "4100", "131"], ["Enköping", "5100", "231"], ["Riket", "5000", "211"]]


def test_years_below_a_full_header_are_its_second_row(tmp_path):
    table = only_table(draft(tmp_path, ["Barn 2024", [*YEARS_BELOW, *PLACES]]))
    assert table["header_rows"] == 2
    assert [column.get("period") for column in table["columns"]] == [None, "2023", "2024"]


def test_a_row_of_years_without_a_known_place_is_asked(tmp_path):
    header, (_, *years) = YEARS_BELOW
    rows = [header, ["Sverigesnittet", *years], *PLACES]
    with pytest.raises(InputError, match="raden ”Sverigesnittet” kan vara rubriker med år"):
        draft(tmp_path, ["Barn 2024", rows])


def test_codes_that_disagree_with_their_names_are_no_text_to_pass_over(tmp_path):
    rows = [["0184", "Solna", "5"], ["0182", "Nacka", "6"], ["0181", "Huddinge", "7"]]
    made = draft(tmp_path, ["Barn 2024", [["Kod", "Kommun", "Antal barn"], *rows]])
    table = only_table(made)
    assert [column["content"] for column in table["columns"][:2]] == ["code", "label"]
    assert "withheld" in table
    assert "koden 0181 är Södertälje men raden heter ”Huddinge”" in made.text


def test_a_document_without_tables_is_refused(tmp_path):
    with pytest.raises(InputError, match="inga tabeller hittades"):
        draft(tmp_path, ["Bara text"])


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("Verksamhetsplan och budget 2023", "2023"),
        ("Årsredovisning 2022", "2022"),
        ("Delårsrapport tertial 2 2024", "2024-01/2024-08"),
        ("Delårsrapport per augusti 2025", "2025-01/2025-08"),
        ("Månadsrapport januari – oktober 2024", "2024-01/2024-10"),
        ("Rapport 2024", "2024"),
        ("Delårsrapport 2024", "TODO: reporting-period"),
        ("Rapport", "TODO: reporting-period"),
    ],
)
def test_the_reporting_period_is_read_from_the_title_or_asked(tmp_path, title, period):
    table = [["Fråga", "Svar"], [QUESTIONS[0], "JA"]]
    assert declared(draft(tmp_path, [title, table]))["reporting_period"] == period


def read_as_proposed(made, document):
    """A document read by its draft with all proposals taken."""
    text = answered(made.text, made.questions, {}, accept=1)
    source = Source.model_validate(with_defaults(tomllib.loads(text)))
    areas = dict(WORKSPACE.catalogue.areas)
    if made.indicators:
        areas["prov"] = AreaFile.model_validate(tomllib.loads(made.indicators))
    catalogue = Catalogue(areas.values())
    return read(Workspace(ROOT, "argument", catalogue, WORKSPACE.geography, {}), source, document)


HEADER = ["Mkr", "Utfall jan-aug 2024", "Årsbudget 2024"]


def statement(tmp_path, *rows, title="Resultaträkning"):
    parts = ["Delårsrapport januari–augusti 2024", *([title] if title else [])]
    return draft(tmp_path, [*parts, [HEADER, *map(list, rows)]])


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("Intäkter", "10,5", "- 11,0"), ("Kostnader", "-20,5", "- 21,0")], ["- 5"]),
        ([("Intäkter", "10,5¹", "11,0"), ("Kostnader", "– 20,5", "- 21,0")], ["- 5"]),
        ([("Kostnader", "20,5-", "21,0-"), ("Intäkter", "10,5", "11,0")], ["5-"]),
        ([("Kostnader", "-20,5", "(21,0)"), ("Netto", "-10,0", "(10,0)")], ["(5)"]),
        ([("Intäkter", "+10,5", "+11,0"), ("Kostnader", "−20,5", "−21,0")], ["+5"]),
        ([("Intäkter", "10,5", "11,0"), ("Kostnader", "-20,5", "-21,0")], None),
    ],
)
def test_the_sign_style_of_a_column_is_proposed(tmp_path, rows, said):
    made = statement(tmp_path, *rows)
    assert declared(made).get("sign_styles") == said
    table = only_table(made)
    assert table["header"] == HEADER
    assert table["rows"] == len(rows)
    assert [column["scenario"] for column in table["columns"][1:]] == ["outcome", "budget"]


def test_parentheses_without_a_minus_beside_them_are_asked(tmp_path):
    made = statement(tmp_path, ("Kostnader", "(20,5)", "(21,0)"), ("Intäkter", "10,5", "11,0"))
    assert declared(made)["sign_styles"] == "TODO: sign"
    (question,) = (q for q in made.questions if q.kind == "sign")
    assert question.proposal == "(5)"


@pytest.mark.parametrize(
    ("cell", "marks"),
    [
        ("20,5*", {"*": {}}),
        ("20,5 1)", {"1)": {}}),
        ("20,5 r", {"r": {}}),
        ("20,5 mkr", {"mkr": {"unit": "MSEK", "shift": 0}}),
        ("20 500 tkr", {"tkr": {"unit": "MSEK", "shift": -3}}),
        ("20 kr", {"kr": {"unit": "SEK", "shift": 0}}),
        ("20,5²", None),
    ],
)
def test_marks_beside_figures_are_proposed_and_the_row_is_kept(tmp_path, cell, marks):
    made = statement(tmp_path, ("Kostnader", cell, "21,0"), ("Intäkter", "10,5", "11,0"))
    assert declared(made).get("marks") == marks
    assert only_table(made)["rows"] == 2


def test_a_header_never_swallows_a_row_that_looks_like_figures(tmp_path):
    made = statement(tmp_path, ("Kostnader", "20,5 ?%!", "21,0 ?%!"), ("Intäkter", "10,5", "11,0"))
    table = only_table(made)
    assert table["header"] == HEADER
    # What cannot be read as figures withholds the table.
    assert table["withheld"].startswith("TODO: table.")


def test_a_header_of_marked_years_is_a_header(tmp_path):
    rows = [["Mkr", "2024 1)", "(2023)"], ["Intäkter", "10,5", "11,0"], ["Kostnader", "-9", "-8"]]
    table = only_table(draft(tmp_path, ["Årsredovisning 2024", "Resultaträkning", rows]))
    assert table["header"] == ["Mkr", "2024 1)", "(2023)"]
    assert table["rows"] == 2


def test_a_column_that_looks_like_figures_is_never_text_without_a_question(tmp_path):
    made = statement(tmp_path, ("Kostnader", "-20,5", "21,0 ?%!"), ("Intäkter", "10,5", "11,0 ?%!"))
    (question,) = (q for q in made.questions if q.kind == "table")
    assert "Är kolumnen ”Årsbudget 2024” tal? ”21,0 ?%!” liknar ett" in question.question
    assert only_table(made)["withheld"] == f"TODO: {question.key}"


def test_what_a_draft_proposes_reads_the_report(tmp_path):
    made = statement(
        tmp_path,
        ("Intäkter", "10,5*", "+11,0"),
        ("Kostnader", "-20,5", "- 21,0 1)"),
    )
    document = read_file(tmp_path / "rapport.txt")
    found = resolve(read_as_proposed(made, document)).observations
    assert found.select("value", "note").rows() == [
        (10.5, "märket *"),
        (11.0, None),
        (-20.5, None),
        (-21.0, "märket 1)"),
    ]


@pytest.mark.parametrize("suffix", ["txt", "csv"])
def test_a_table_that_begins_on_the_first_line_is_drafted_and_read(tmp_path, suffix):
    path = tmp_path / f"rapport.{suffix}"
    rows = [HEADER, ["Intäkter", "10,5", "11,0"], ["Kostnader", "-20,5", "-21,0"]]
    path.write_text("\n".join("\t".join(row) for row in rows), encoding="utf-8")
    made = draft_source(WORKSPACE, path, "prov", "2482", period="2024-01/2024-08")
    assert only_table(made)["after"] == ""
    whole = read_as_proposed(made, read_file(path))
    values = resolve(whole).observations["value"].to_list()
    assert values == [10.5, 11.0, -20.5, -21.0]
    extract = tmp_path / "extract.txt"
    extract.write_text(extract_text(whole), encoding="utf-8")
    again = resolve(read_as_proposed(made, read_extract(extract, "x")))
    assert again.observations["value"].to_list() == values


def test_shares_with_a_unicode_minus_are_drafted(tmp_path):
    rows = [["Fråga", "Svar", "Länet"], *[[q, "JA", "−5"] for q in QUESTIONS]]
    assert draft(tmp_path, ["Öppna jämförelser 2024", rows]).tables == 1


def test_a_question_of_several_areas_is_the_one_of_its_tables_area(tmp_path):
    """The title names the area; the question about the police is asked in two others too."""
    asked = [
        "Aktuell överenskommelse om samverkan med polisen",
        "Aktuell överenskommelse om samverkan med kvinnojourer",
    ]
    rows = [[code, name, "Ja", "Nej"] for code, name in (("2480", "Umeå"), ("2482", "Skellefteå"))]
    table = only_table(draft(tmp_path, answers("Kommunkod", "Kommun", *asked, rows=rows)))
    assert [c["indicator"] for c in table["columns"] if "indicator" in c] == [
        "oj-vald.samverkan-polisen",
        "oj-vald.samverkan-kvinnojourer",
    ]


def test_a_column_of_units_says_the_unit_of_each_row(tmp_path):
    """Whole numbers look like counts; the file itself says that they are days and percent."""
    rows = [
        ["Handläggningstid", "dagar", "14", "15"],
        ["Ej återaktualiserade unga", "procent", "78", "80"],
        ["Inkomna ärenden", "antal", "12", "13"],
        ["Annat mått", "fot", "1", "2"],
    ]
    made = draft(tmp_path, ["Egna mått 2024", [["Mått", "Enhet", "2023", "2024"], *rows]])
    table = only_table(made)
    asked = {label: o["unit"] for o in table["override"] for label in o["rows"]}
    assert asked["Annat mått"].startswith("TODO")
    units = {i["name"]: i["unit"] for i in tomllib.loads(made.indicators)["indicator"]}
    assert units == {
        "Handläggningstid": "days",
        "Ej återaktualiserade unga": "percent",
        "Inkomna ärenden": "count",
        "Annat mått": "count",
    }
    assert "unit" not in by_label(table)["2023"]


def test_a_change_from_a_year_is_no_figure_of_that_year(tmp_path):
    rows = [["Rad A", "5,0", "6,0", "1,0"], ["Rad B", "7,0", "6,5", "-0,5"]]
    header = ["Mått", "2023", "2024", "Förändring från 2023 (p.e.)"]
    known = by_label(only_table(draft(tmp_path, ["Årsrapport 2024", [header, *rows]])))
    assert known["Förändring från 2023 (p.e.)"]["period"] == "2024"
    assert known["2023"]["period"] == "2023"
    asked = by_label(only_table(draft(tmp_path, ["Egna mått", [header, *rows]])))
    assert asked["Förändring från 2023 (p.e.)"]["period"] != "2023"


def test_indicators_of_several_columns_stand_in_the_columns_order(tmp_path):
    """The same file gives the same bytes: nothing follows the order of a set."""
    units = ["Antal ärenden", "Kostnad tkr", "Antal vårddygn", "Andel %", "Antal hushåll"]
    rows = [[name, "120", "4 100", "35", "12 %", "7"] for name in ("Mottagning", "Utredning")]
    path = tmp_path / "enheter.txt"
    path.write_text(
        "Enheter\n\n" + "\n".join("\t".join(row) for row in (["Enhet", *units], *rows)),
        encoding="utf-8",
    )
    made = draft_source(WORKSPACE, path, "prov", "2482", period="2024")
    ids = [one["id"] for one in tomllib.loads(made.indicators)["indicator"]]
    endings = ("", "-arenden", "-kostnad", "-varddygn", "-percent", "-hushall")
    assert ids == [f"prov.{row}{end}" for row in ("mottagning", "utredning") for end in endings]


@pytest.mark.parametrize(
    "rows",
    [
        [
            ["Nämnd Utfall 2024", "Budget 2024"],
            ["Skola –2 310", "–2 250"],
            ["Vård –1 410 och", "–1 350"],
        ],
        [
            ["Nämnd", "Bokslut 2023", "Budget 2024 Prognos 2024"],
            ["Skola", "–30,1", "–33,1  –32,5"],
            ["Vård", "–140,0", "–142,8  –147,9"],
        ],
    ],
    ids=["a label and its figure", "two figures"],
)
def test_columns_that_run_together_are_asked_about(tmp_path, rows):
    made = draft(tmp_path, ["Årsredovisning 2024", "Drift, mkr", rows])
    assert only_table(made)["withheld"].startswith("TODO: table.")
