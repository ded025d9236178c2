"""Words around the id of a citation: what contradicts it is a fault, other words are not."""

from __future__ import annotations

from pathlib import Path

import pytest

import ojmf

WORKSPACE = ojmf.Workspace.open()
ANSWER = WORKSPACE.cite("oj-barn-unga.samverkan-tandvard", "Solna")
FIGURE = WORKSPACE.cite("ekonomi.personalkostnader", "Enköping", against="budget")
ANSWER_ID = ANSWER[ANSWER.rindex("[") :]
FIGURE_ID = FIGURE[FIGURE.rindex("[") :]
COUNTRY = WORKSPACE.cite("oj-barn-unga.samverkan-tandvard", "Solna", against="riket")
COUNTRY_ID = COUNTRY[COUNTRY.rindex("[") :]


def changed(sentence: str, old: str, new: str) -> str:
    assert old in sentence
    return sentence.replace(old, new)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (changed(ANSWER, "svarade NEJ", "svarade JA"), "svaret är NEJ"),
        (changed(ANSWER, "29 procent", "45 procent"), "hänvisningen har inte 45 procent"),
        (changed(ANSWER, "29 procent", "92 %"), "hänvisningen har inte 92 procent"),
        (changed(ANSWER, "med tandvård”", "med primärvård”"), "det gäller ”Aktuell"),
        (
            changed(ANSWER, "Solna svarade", "Enköping svarade"),
            "det gäller Solna och inte Enköping",
        ),
        (changed(ANSWER, "ungdomsvård, 2024)", "ungdomsvård, 2023)"), "det gäller 2024"),
        (f"Solna har svarat ja. {ANSWER_ID}", "svaret är NEJ"),
        (changed(FIGURE, "har −128,3", "har −138,3"), "hänvisningen har inte −138,3 mnkr"),
        (changed(FIGURE, "är −126,8", "är −106,8"), "hänvisningen har inte −106,8 mnkr"),
        (f"Personalen kostade 99 mnkr. {FIGURE_ID}", "hänvisningen har inte 99 mnkr"),
        (
            f"Personalen väntas kosta 128,3 mnkr, mot budgeten på 106,8 mnkr {FIGURE_ID}.",
            "hänvisningen har inte 106,8 mnkr",
        ),
        (
            f"Solna svarade nej, men i länet svarade 45 procent ja {ANSWER_ID}.",
            "hänvisningen har inte 45 procent",
        ),
        (f"Solna saknar det. 45 % i länet har det {ANSWER_ID}.", "hänvisningen har inte 45"),
        (
            "Personalen kostar 128,3 mnkr, att ställa mot den av nämnden beslutade budgeten som "
            f"för året är 106,8 mnkr {FIGURE_ID}.",
            "hänvisningen har inte 106,8 mnkr",
        ),
        (f"Kostnaden, som följs varje månad, blir för 2023 128,3 mnkr {FIGURE_ID}.", "det gäller"),
        (f"Svaren lämnades 2022 och Solna svarade nej {ANSWER_ID}.", "det gäller 2024"),
        (f"Till och med april 2024 väntas 128,3 mnkr {FIGURE_ID}.", "det gäller augusti"),
        (f"Enligt årsredovisningen är den 128,3 mnkr {FIGURE_ID}.", "det står i Delårsrapport"),
        (
            f"Den är 128,3 mnkr i Delårsrapport per augusti 2025 {FIGURE_ID}.",
            "det står i Delårsrapport per augusti 2024 och inte i",
        ),
        (f"Kostnaden på rad 390 är 128,3 mnkr {FIGURE_ID}.", "det står på rad 386 och inte på"),
        (changed(ANSWER, "rad 90", "rad 91"), "det står på rad 90 och inte på rad 91"),
        (changed(ANSWER, "SN/2024:81", "SN/2023:81"), "det står i dnr SN/2024:81 och inte i"),
        (changed(ANSWER, "jämförelser 2024, dnr", "jämförelser 2023, dnr"), "källan är från 2024"),
        (changed(ANSWER, "Bilaga 1", "Bilaga 3"), "det står i bilaga 1 och inte i bilaga 3"),
        (
            changed(FIGURE, "Resultaträkning", "Driftsredovisning"),
            "det står i Resultaträkning och inte i Driftsredovisning",
        ),
        (
            f"I Uppsala län har, enligt nämndens redovisning, 29 procent en sådan {ANSWER_ID}.",
            "det gäller Stockholms län och inte Uppsala län",
        ),
        (f"I riket svarade 29 procent ja {ANSWER_ID}.", "det gäller länet och inte riket"),
        (f"I länet svarade 39 procent ja {COUNTRY_ID}.", "det gäller riket och inte länet"),
        (f"Nämnden i Enköping saknar en sådan {ANSWER_ID}.", "det gäller Solna och inte Enköping"),
    ],
)
def test_words_that_contradict_what_is_cited_are_a_fault(text: str, said: str) -> None:
    verdict = WORKSPACE.verify_citation(text)
    assert (verdict.holds, verdict.code) == (False, "misquoted")
    assert f"säger något annat än hänvisningen: {said}" in verdict.message


@pytest.mark.parametrize(
    "text",
    [
        f"Det var så {ANSWER_ID}.",
        f"I Solna svarade nämnden nej; 29 procent i Stockholms län svarade ja {ANSWER_ID}.",
        f"Solna saknar överenskommelse med tandvården. Det är en av 32 frågor {ANSWER_ID}.",
        f"71 procent av länets kommuner saknar det, liksom Solna {ANSWER_ID}.",
        f"Enköping är större, men Solna svarade NEJ på ”samverkan med tandvård” {ANSWER_ID}.",
        f"Personalen väntas kosta 128 mnkr, 1,6 mnkr mer än budgeten på 126,8 {FIGURE_ID}.",
        f"Personalkostnaderna, 128,3 mnkr, är en del av 291,1 mnkr {FIGURE_ID}.",
        f"Sedan 2019 har kostnaden ökat {FIGURE_ID}.",
        f"Kostnaden är 128,3 mnkr och budgeten för 2023 var 120,0 mnkr {FIGURE_ID}.",
        f"Kostnaden är 128,3 mnkr, 1,6 mnkr över budgeten på 126,8 mnkr {FIGURE_ID}.",
        f"Solna svarade nej, som 71 procent i länet {ANSWER_ID}.",
        f"Kostnaden blir 2024 128,3 mnkr {FIGURE_ID}.",
        f"Kostnaden blir högre än 2023, 128,3 mnkr {FIGURE_ID}.",
        f"Nämnden beslutade 2023 att minska kostnaden, som nu är 128,3 mnkr {FIGURE_ID}.",
        f"Personalen väntas kosta 128,3 mnkr (s. 12) {FIGURE_ID}.",
        f"Personalen väntas för januari–december 2024 kosta 128,3 mnkr {FIGURE_ID}.",
        f"Enligt delårsrapporten per augusti kostar personalen 128,3 mnkr {FIGURE_ID}.",
        f"I verksamhetsplanen ska kostnaden minska, men den är 128,3 mnkr {FIGURE_ID}.",
        f"Mot budgeten är det ett överskridande, och hyran är 11,9 mnkr av 128,3 {FIGURE_ID}.",
        f"Nämnden svarade nej (SN 2024-81, rad 90) {ANSWER_ID}.",
        f"Solna svarade nej, liksom Enköping {ANSWER_ID}.",
        f"Svaret är sämre än i Uppsala län {ANSWER_ID}.",
    ],
)
def test_words_that_say_it_otherwise_are_no_fault(text: str) -> None:
    verdict = WORKSPACE.verify_citation(text)
    assert verdict.holds
    assert "orden runt det är andra" in verdict.message


@pytest.mark.parametrize("text", [ANSWER, FIGURE, ANSWER_ID, FIGURE_ID, ANSWER_ID.strip("[]")])
def test_the_citation_itself_needs_no_remark(text: str) -> None:
    verdict = WORKSPACE.verify_citation(text)
    assert verdict.holds
    assert "orden runt det" not in verdict.message


def test_the_checksum_of_another_question_is_no_revision() -> None:
    other = WORKSPACE.cite("oj-missbruk.bostad-forst", "Solna").rpartition(":")[2].strip("]")
    mixed = f"{ANSWER_ID.strip('[]').rpartition(':')[0]}:{other}"
    verdict = WORKSPACE.verify_citation(mixed)
    assert verdict.code == "unmatched"
    assert "kontrollsumman är den som oj:0184:" in verdict.message
    assert f":{other} har. Id:t är felskrivet, eller uppgifterna har ändrats" in verdict.message


def test_the_checksum_of_another_municipality_is_no_revision(
    made_up_country: Path,
) -> None:
    workspace = ojmf.Workspace.open(str(made_up_country))
    rows = workspace.status("alla", area="oj-vald").filter(own_source="pahittade-svar")
    own = "6104"
    mine = workspace.cite(rows["indicator_id"][0], own).rpartition("[")[2].strip("]")
    known = {
        workspace.cite(indicator, own).rpartition(":")[2]
        for indicator in rows.filter(geo=own)["indicator_id"].unique()
    }
    theirs = next(
        found
        for indicator in rows.filter(geo="6201")["indicator_id"]
        if (found := workspace.cite(indicator, "6201").rpartition(":")[2]) not in known
    ).strip("]")
    verdict = workspace.verify_citation(f"{mine.rpartition(':')[0]}:{theirs}")
    assert verdict.code == "unmatched"
    assert "kontrollsumman är den som oj:" in verdict.message
