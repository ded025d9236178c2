"""Where a number cannot be, a reason stands: in the table, in its title or instead of it."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner, Result

from ojmf.cli import app
from ojmf.present.annex.rows import Asked, compare_rows
from ojmf.present.annex.views import title
from ojmf.present.formats import earlier_in_words, earlier_period
from ojmf.workspace import Workspace
from tests.unit.disclosure.workspace import make, row


def run(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == code, result.output
    return result


def test_series_that_are_too_short_are_no_empty_table() -> None:
    refused = run("trends", "--kommun", "Enköping", code=9)
    assert "för korta för att bedömas; --short visar dem. Det behövs 12 perioder." in refused.stderr
    assert (
        run("trends", "--kommun", "Enköping", "--short", "--format", "csv").stdout.count("\n") > 9
    )


def test_the_country_is_hinted_at_where_the_county_has_nothing(tmp_path: Path) -> None:
    percent = {"unit": "percent"}
    rows = [row("utredda", geo, value, **percent) for geo, value in (("0184", 5.0), ("00", 7.0))]
    root = ("--root", str(make(tmp_path, rows, smallest=None)))
    told = run("status", "--kommun", "Solna", *root).stderr
    assert "1 skillnad visas med --against riket" in told
    beside = run("status", "--kommun", "Solna", "--against", "riket", *root)
    assert "--against" not in beside.stderr


def test_every_row_without_a_rank_among_peers_says_why(made_up_country: Path) -> None:
    words = ("peers", "--kommun", "Drömvik", "--group", "K2", "--format", "csv")
    told = run(*words, "--root", str(made_up_country)).stdout
    unranked = [line for line in csv.DictReader(io.StringIO(told)) if not line["rank"]]
    assert "svar rangordnas inte" in {line["reason"] for line in unranked}
    assert all(line["reason"] for line in unranked)


def test_a_municipality_without_a_formula_goes_by_its_name() -> None:
    told = run("compare", "Solna", "Nacka", "--format", "csv").stdout
    assert "inget jämförelsemått är angivet för Nacka" in told


@pytest.mark.parametrize(
    ("earlier", "words", "cell"),
    [
        (2023, "fjolåret", "2023"),
        (2022, "tidigare period: 2022", "tidigare period: 2022"),
    ],
)
def test_what_is_no_year_before_is_said_to_be_an_earlier_period(
    earlier: int, words: str, cell: str
) -> None:
    rows = pl.DataFrame(
        {
            "period_start": [date(2024, 1, 1)],
            "period_end": [date(2024, 12, 31)],
            "period_kind": ["year"],
            "reference_period_start": [date(earlier, 1, 1)],
            "reference_period_end": [date(earlier, 12, 31)],
        }
    )
    assert earlier_in_words(rows) == words
    assert rows.select(earlier_period()).item() == cell


def test_several_earlier_periods_are_named_without_more_words() -> None:
    now = (date(2024, 1, 1), date(2024, 12, 31), "year")
    before = [(date(year, 1, 1), date(year, 12, 31)) for year in (2023, 2021, 2022)]
    names = ["period_start", "period_end", "period_kind"]
    names += [f"reference_{name}" for name in names[:2]]
    rows = pl.DataFrame([(*now, *ends) for ends in before], schema=names, orient="row")
    assert earlier_in_words(rows) == "2021, 2022 och 2023"


def test_a_table_against_earlier_says_what_that_lacks_and_not_what_the_county_does(
    tmp_path: Path,
) -> None:
    percent = {"unit": "percent"}
    rows = [
        row("utredda", "0184", 5.0, **percent),
        row("utredda", "0184", 6.0, year=2023, **percent),
        row("andel", "0184", 7.0, **percent),
        row("andel", "0184", 9.0, year=2022, **percent),
        row("nya", "0184", 40.0),
        row("lokaler", "0184", None, unit="count"),
    ]
    workspace = Workspace.open(make(tmp_path, rows, smallest=None))
    comparison = compare_rows(workspace, "Solna", asked=Asked(against="fjolaret"))
    said = dict(comparison.rows.select("label", "reason").iter_rows())
    assert said == {
        "Utredda barn, andel": "för få kommuner för en färg: 1, minst 20 behövs",
        "Placerade barn, andel": "för få kommuner för en färg: 1, minst 20 behövs",
        "Nya ärenden": "ingen uppgift för en tidigare period av samma slag",
        "Lokaler": "uppgift saknas",
    }
    assert title(comparison) == "Solna 2024: mått jämförda med 2022 och 2023"
    lacking = comparison.figure_areas.select(
        "figures", "missing", "with_gap", "reason", "of_reason"
    )
    assert lacking.row(0)[:3] == (3, 1, 2)
    assert "Stockholms län" not in lacking["reason"][0]
    shown = dict(comparison.rows.select("label", "beside_name").iter_rows())
    assert shown["Placerade barn, andel"] == "tidigare period: 2022"


QUESTIONS = """\
[area]
id = "fragor"
name = "Frågor"

[[indicator]]
id = "fragor.rutin"
name = "Aktuell rutin"
unit = "answer"
kind = "answer"
polarity = "higher"
polarity_reason = "Provets egen."
method = "answer"
"""


def answered(geo: str, answer: str) -> dict[str, object]:
    place = {"area_id": "fragor", "indicator_id": "fragor.rutin", "row_label": "Aktuell rutin"}
    said = {"unit": "answer", "answer": answer, "raw": answer, "obs_status": "A"}
    return row("rutin", geo, None, **place, **said)


def test_a_citation_says_in_a_sentence_of_its_own_why_nothing_stands_beside(
    tmp_path: Path,
) -> None:
    share = [row("utredda", "0184", 5.0, unit="percent"), row("placerade", "0184", 7.0)]
    first = [*share, answered("0184", "JA"), answered("0180", "NEJ")]
    second = [row("placerade", "0184", 9.0), answered("0180", "JA")]
    root = make(tmp_path, first, second, smallest=None)
    (root / "data/indicators/fragor.toml").write_text(QUESTIONS, encoding="utf-8")

    def cite(indicator: str, place: str, *more: str, code: int = 0) -> str:
        words = ("cite", indicator, "--kommun", place, *more, "--root", str(root))
        return run(*words, code=code).stdout

    told = cite("prov.utredda", "Solna")
    assert "(Prov, 2024). Jämförelse saknas: ingen uppgift för Stockholms län för samma" in told
    told = cite("prov.utredda", "Solna", "--against", "mal", code=9)
    assert "(Prov, 2024). Jämförelse saknas: inget mål för samma period. (Källa: " in told
    told = cite("prov.placerade", "Solna")
    assert "(Prov, 2024). Olika uppgifter för samma period: 7 i " in told
    told = cite("fragor.rutin", "Solna")
    assert "Jämförelse saknas: dokumentet har ingen andel, och bara 1 av 3 kommuner har" in told
    told = cite("fragor.rutin", "Stockholm")
    assert told.startswith("Vad Stockholm svarade på frågan ”Aktuell rutin” (Frågor, 2024) är okl")
    assert "JA i " in told
    assert "NEJ i " in told


@pytest.mark.parametrize(
    ("indicator", "said", "code"),
    [
        ("oj-vald.rutin-missbruk", "Någon uppgift för en tidigare period finns inte.", 9),
        ("personal.arsarbetare", "Tidigare (2024-01–2024-08) var det 219,4 årsarbetare.", 0),
    ],
)
def test_a_citation_says_plainly_what_was_earlier(indicator: str, said: str, code: int) -> None:
    words = ("cite", indicator, "--kommun", "Solna", "--against", "fjolaret")
    assert said in run(*words, code=code).stdout


def test_a_question_that_is_asked_no_longer_says_when_it_last_had_an_answer(
    tmp_path: Path,
) -> None:
    def of(question: str, year: int) -> dict[str, object]:
        told = answered("0184", "JA")
        other = row(question, "0184", None, year=year)
        times = {key: other[key] for key in other if key.startswith("period")}
        return told | times | {"indicator_id": f"fragor.{question}", "row_label": question}

    root = make(tmp_path, [of("rutin", 2023), of("plan", 2023), of("plan", 2024)], smallest=None)
    plan = QUESTIONS.partition("\n\n")[2].replace("rutin", "plan")
    (root / "data/indicators/fragor.toml").write_text(f"{QUESTIONS}\n{plan}", encoding="utf-8")
    where = ("--kommun", "Solna", "--root", str(root))
    refused = run("cite", "fragor.rutin", *where, code=9)
    assert "Solna för den senaste perioden. Uppgifter finns för 2023: ojmf cite" in refused.stderr
    told = refused.stderr.partition("ojmf ")[2].strip().removesuffix(".").split()
    assert "JA" in run(*told, "--root", str(root)).stdout


def test_no_change_is_told_across_a_declared_rebase(tmp_path: Path) -> None:
    years = ((2023, 9.0), (2024, 5.0))
    rows = [row(name, "0184", at, year=y) for name in ("utredda", "nya") for y, at in years]
    root = make(tmp_path, rows, smallest=None)
    told = "indicator_id,geo,kind,date,reason\nprov.nya,0184,rebase,2024-01-01,ny redovisning\n"
    (root / "data/charts.csv").write_text(told, encoding="utf-8")
    words = ("--kommun", "Solna", "--against", "fjolaret", "--root", str(root))
    gaps = run("gaps", *words, "--format", "csv")
    assert "prov.nya" not in gaps.stdout
    assert "ombaserad 2024-01-01: ny redovisning; jämförs inte med tidigare (1)" in gaps.stderr
    assert "prov.utredda" in gaps.stdout
    assert "ombaserad" in run("cite", "prov.nya", *words, code=9).stdout
    since = run("gaps", *words, "--since", "2023", "--format", "csv").stdout
    assert "prov.nya" not in since


def test_a_citation_says_after_the_gap_of_how_few_the_comparison_is(tmp_path: Path) -> None:
    codes = [f"24{n}" for n in range(10, 60)]
    have = [row("utredda", geo, float(geo[2:]), unit="percent") for geo in codes[:24]]
    own = [row("utredda", geo, at, unit="percent") for geo, at in (("0184", 5.0), ("01", 4.0))]
    root = make(tmp_path, [*own, *have], smallest=None)
    with (root / "data/geography.csv").open("a", encoding="utf-8") as places:
        places.writelines(f"{code},K{code},municipality,24\n" for code in codes)
        places.write("24,Norra län,county,24\n")
    words = ("cite", "prov.utredda", "--kommun", "Solna", "--root", str(root))
    told = run(*words).stdout
    assert "”Utredda barn, andel” (Prov, 2024). Stockholms län har 4 procent." in told
    assert "är +1 procentenhet. Fjärdedelarna är bara av 25 av 53 kommuner. (Källa: " in told


def test_one_municipality_is_no_municipalities(tmp_path: Path) -> None:
    root = make(tmp_path, [row("utredda", "0184", 5.0, unit="percent")], smallest=None)
    places = (root / "data/geography.csv").read_text(encoding="utf-8").splitlines()
    (root / "data/geography.csv").write_text("\n".join(places[:4]) + "\n", encoding="utf-8")
    shown = run("status", "--kommun", "Solna", "--format", "md", "--root", str(root)).stdout
    assert "median av 1 av 1 kommun" in shown
    assert "1 kommuner" not in shown
    cited = run("cite", "prov.utredda", "--kommun", "Solna", "--root", str(root)).stdout
    assert "Medianen av 1 kommun i Stockholms län är" in cited
