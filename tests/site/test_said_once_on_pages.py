"""What is true of every row stands at the head of a page, and not again in each of its rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from ojmf.present.site.questions import answered
from tests.site.reading import cells, read, table_rows

SAID = "påhittade uppgifter"


def test_what_every_document_says_stands_with_the_documents_alone(made_up: Path) -> None:
    for page in made_up.rglob("*.html"):
        if page.name in {"kallor.html", "tillganglighet.html", "404.html"}:
            continue
        main = read(page).all("main")[0]
        about = [p.text for p in main.all("p") if p.attributes.get("class") == "about"]
        assert SAID in about[0], page
        names = [*main.all("h1"), *main.all("h2"), *main.all("th"), *main.all("option")]
        assert not [name.text for name in names if SAID in name.text], page


def test_a_measure_says_what_it_is_compared_with_where_most_are_not(made_up: Path) -> None:
    page = min(made_up.glob("*-6101/pahittade-matt.html"))
    heading = "Jämfört med Sagoköpings län"
    assert heading in [th.text for th in read(page).all("th")]
    rows = [cells(row) for row in table_rows(page)]
    others = [row["Jämfört med"] for row in rows if heading not in row]
    assert others
    assert all(text.endswith("målet") for text in others)
    assert len(others) < len(rows) / 2


@pytest.mark.parametrize(
    ("count", "yes", "said"),
    [
        (1, 1, "En kommun har svarat: JA."),
        (1, 0, "En kommun har svarat, men inte JA."),
        (8, 8, "Alla åtta kommuner som har svarat har svarat JA."),
        (8, 2, "Av de åtta kommuner som har svarat har två svarat JA."),
        (8, 0, "Av de åtta kommuner som har svarat har ingen svarat JA."),
        (290, 2, "Av de 290 kommuner som har svarat har 2 svarat JA."),
    ],
)
def test_a_question_says_how_many_have_answered_it(count: int, yes: int, said: str) -> None:
    assert answered(count, yes) == said
