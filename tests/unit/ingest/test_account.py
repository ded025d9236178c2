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
