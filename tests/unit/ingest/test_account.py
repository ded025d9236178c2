"""The account: each figure of a declared table is read, passed over on purpose, or unexplained."""

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.ingest.builder import MONTHS, QUESTIONS, ingest

HEADER = "Indikator\tKommunen\tLänet\tKommentar"
MONTH_NAMES = "jan feb mar apr maj jun jul aug sep okt nov dec"
YEARS = ["\t" + MONTH_NAMES.replace(" ", "\t")]
YEARS += [f"{year}" + "".join(f"\t{n}" for n in range(1, 13)) for year in (2023, 2024)]


def answers(*comments: str) -> list[str]:
    labels = ("Första frågan", "Andra frågan")
    rows = [f"{label}\tJA\t47\t{text}" for label, text in zip(labels, comments, strict=True)]
    return ["Frågor", "", HEADER, *rows]


@given(
    st.lists(st.integers(1, 999), max_size=4).map(lambda figures: [str(n) for n in figures]),
    st.lists(st.sampled_from(["JA", "NEJ", "DELVIS", "125", "−3"]), max_size=4),
)
def test_every_figure_and_answer_of_a_comment_is_counted_as_ignored(first, second):
    got = ingest(QUESTIONS, "\n".join(answers(" och ".join(first), " och ".join(second))))
    assert got.account.select("cells", "mapped", "ignored", "unexplained").rows() == [
        (4, 4, len(first) + len(second), 0)
    ]


def test_each_table_has_a_count_of_its_own():
    text = [*answers("2 av 3", "utan siffror"), "", "", "Antal per månad", "", *YEARS]
    got = ingest(QUESTIONS + MONTHS, "\n".join(text))
    assert got.account.select("table", "mapped", "ignored", "unexplained").rows() == [
        ("Frågor", 4, 2, 0),
        ("Antal per månad", 24, 0, 0),
    ]


def texts(why: str) -> str:
    return f"""
    [[table]]
    id = "nummer"
    layout = "grid"
    kind = "measures"
    title = "Nummer"
    area = "a"
    header = ["Nr", "Indikator", "Kommunen"]
    columns = [
      {{ label = "Nr", content = "text"{why} }},
      {{ label = "Indikator", content = "label" }},
      {{ label = "Kommunen", content = "answer", unit = "answer", period = "2024" }},
    ]
    """


def test_figures_in_a_column_of_text_are_explained_by_a_reason_alone():
    lines = "Nummer\n\nNr\tIndikator\tKommunen\n1250\tFörsta frågan\tJA\n17\tAndra frågan\tNEJ\n"
    counted = ["mapped", "ignored", "unexplained"]
    bare = ingest(texts(""), lines).account.select(counted)
    reasoned = ingest(texts(', ignore = "löpnummer"'), lines).account.select(counted)
    assert (bare.row(0), reasoned.row(0)) == ((2, 0, 2), (2, 2, 0))


def test_figures_in_a_header_are_unexplained_but_for_years_and_numbers_in_a_row():
    def unexplained(first: str, second: str) -> int:
        declared = texts(', ignore = "löpnummer"').replace("Indikator", first, 1)
        declared = declared.replace('"Kommunen"', f'"{second}"')
        declared = declared.replace('label = "Indikator"', f'label = "{first}"')
        lines = f"Nummer\n\nNr\t{first}\t{second}\n1\tFörsta frågan\tJA\n2\tAndra frågan\tNEJ\n"
        return int(ingest(declared, lines).account["unexplained"][0])

    assert unexplained("Indikator", "2024") == 0
    assert unexplained("1", "2") == 0
    assert unexplained("Indikator", "1250") == 1
    assert unexplained("Indikator", "12,5 %") == 1
