"""What stands on the pages: counts and figures against the printed lines, links, and bad input."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections import Counter
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

import fastexcel
import polars as pl
import pytest

from ojmf.declarations.publishing import Publishing
from ojmf.present.site import build_site
from ojmf.present.site.pages import POLICY
from ojmf.schema import OBSERVATIONS
from ojmf.workspace import Workspace
from tests.site.conftest import HOSTILE, ROOT, SOURCE, UNANSWERED
from tests.site.reading import cells, read, table_rows

AREAS = [
    "oj-barn-unga",
    "oj-vald",
    "oj-ekonomiskt-bistand",
    "oj-psykisk-funktionsnedsattning",
    "oj-missbruk",
]
COLOURS = {"JA": "green", "DELVIS": "yellow", "NEJ": "red", "": "grey"}


def printed() -> dict[str, list[tuple[int, str, str, str, str]]]:
    """Line, label, answer, county and country as printed, area by area, read without ojmf."""
    found: dict[str, list[tuple[int, str, str, str, str]]] = {area: [] for area in AREAS}
    annex = 1
    extract = ROOT / "data" / "sources" / SOURCE / "extract.txt"
    for text in extract.read_text(encoding="utf-8").splitlines():
        line, *fields = text.split("\t")
        if heading := re.match(r"Bilaga (\d)", fields[0]):
            annex = int(heading[1])
        elif len(fields) > 3 and fields[0] != "Indikator":
            label, answer, county, country = (part.strip() for part in fields[:4])
            found[AREAS[annex - 1]].append((int(line), label, answer, county, country))
    return found


PRINTED = printed()


def test_the_printed_lines_are_all_found() -> None:
    assert {area: len(lines) for area, lines in PRINTED.items()} == dict(
        zip(AREAS, [25, 24, 23, 20, 14], strict=True)
    )


@pytest.mark.parametrize("area", AREAS)
def test_an_area_page_shows_what_is_printed(site: Path, area: str) -> None:
    rows = table_rows(site / "solna-0184" / f"{area}.html")
    shown = [
        (
            row.attributes["data-status"],
            *(cells(row)[k] for k in ("Solna", "Länet (%)", "Riket (%)")),
        )
        for row in rows
    ]
    assert shown == [
        (COLOURS[answer], answer or "–", county or "–", country or "–")
        for _, _, answer, county, country in PRINTED[area]
    ]


@pytest.mark.parametrize("area", AREAS)
def test_every_gap_is_the_difference_of_the_printed_figures(site: Path, area: str) -> None:
    points = {"JA": 100, "DELVIS": 50, "NEJ": 0}
    rows = table_rows(site / "solna-0184" / f"{area}.html")
    for row, (_, _, answer, county, country) in zip(rows, PRINTED[area], strict=True):
        for heading, share in (("Skillnad mot länet", county), ("Skillnad mot riket", country)):
            wanted = "–"
            if answer and share:
                gap = points[answer] - int(share)
                wanted = f"{gap:+d}".replace("-", "−") if gap else "0"
            assert cells(row)[heading] == wanted


@pytest.mark.parametrize("area", AREAS)
def test_every_row_leads_to_its_printed_line(site: Path, area: str) -> None:
    rows = table_rows(site / "solna-0184" / f"{area}.html")
    for row, (line, _, answer, county, _) in zip(rows, PRINTED[area], strict=True):
        source = row.all("details")[0]
        facts = {part.all("dt")[0].text: part.all("dd")[0] for part in source.all("div")}
        assert facts["Rad"].text.startswith(f"{line} ")
        assert facts["Dokument"].all("a")[0].attributes["href"] == f"../kallor.html#{SOURCE}"
        told = [item.text for item in facts["I dokumentet"].all("li")]
        assert f"Solna: ”{answer}”" in told or (not answer and "Solna: ingen uppgift" in told)
        assert not county or f"Länet: ”{county}”" in told


def test_the_overview_counts_as_the_printed_answers(site: Path) -> None:
    everything = Counter(COLOURS[line[2]] for lines in PRINTED.values() for line in lines)
    rows = table_rows(site / "solna-0184" / "index.html")
    assert Counter(row.attributes["data-status"] for row in rows) == everything
    start = next(
        row for row in table_rows(site / "index.html") if row.attributes["id"] == "solna-0184"
    )
    shown = cells(start)
    assert int(shown["Frågor"]) == sum(everything.values())
    for label, colour in (
        ("Grön", "green"),
        ("Gul", "yellow"),
        ("Röd", "red"),
        ("Inget svar", "grey"),
    ):
        told = next(
            text
            for name, text in shown.items()
            if name.endswith(label.replace(" ", "\u00a0")) or name.endswith(label)
        )
        assert int(told) == everything[colour]
    answered = sum(everything.values()) - everything["grey"]
    mean = (100 * everything["green"] + 50 * everything["yellow"]) / answered
    assert f"{mean:.1f}".replace(".", ",") in shown.values()


def test_a_correction_is_shown_with_what_was_printed_and_its_proof(site: Path) -> None:
    rows = table_rows(site / "enkoping-0381" / "ekonomi.html")
    row = next(row for row in rows if row.text.startswith("Taxor och avgifter"))
    assert "Prognos helår 2024: ”1,6”" in row.text
    assert (
        "Budget 2024: i dokumentet står ”13”, rätt är 1,3 (decimalkomma förlorat). Kontroll: "
        in row.text
    )
    assert "Prognos helår 2024 − Budget 2024 = Avvikelse prognos helår 2024 mot budget" in row.text


def test_a_comparison_says_how_far_it_goes_and_why(site: Path) -> None:
    rows = table_rows(site / "jamfor" / "solna-0184-enkoping-0381.html")
    row = next(row for row in rows if row.text.startswith("Orosanmälningar"))
    assert row.attributes["data-grade"] == "not_comparable"
    assert "Inte jämförbart" in row.text
    assert "unika barn" in row.text


def test_a_monthly_series_has_its_chart_limits_and_printed_figures(site: Path) -> None:
    page = read(site / "solna-0184" / "verksamhetsmatt.html")
    sections = page.all("section")
    assert len(sections) == 35
    for section in sections:
        (image,) = section.all("img")
        assert "Medelvärde" in image.attributes["alt"]
        assert section.all("table")[0].all("tr")[1:]
        assert "Rad" in section.text


def test_links_files_and_anchors_exist(site: Path) -> None:
    pages = {page: read(page) for page in site.rglob("*.html")}
    anchors = {
        page: {e.attributes["id"] for e in _every(tree) if "id" in e.attributes}
        for page, tree in pages.items()
    }
    for page, tree in pages.items():
        for element in _every(tree):
            if element.attributes.get("rel") == "icon":
                continue
            for name in ("href", "src", "srcset"):
                address = element.attributes.get(name)
                if address is None:
                    continue
                parts = urlsplit(address)
                assert not parts.scheme, address
                assert not parts.netloc, address
                target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
                assert target.is_file(), f"{page.name}: {address}"
                if parts.fragment:
                    assert unquote(parts.fragment) in anchors[target], f"{page.name}: {address}"


def test_ids_are_unique_on_every_page(site: Path) -> None:
    for page in site.rglob("*.html"):
        ids = [e.attributes["id"] for e in _every(read(page)) if "id" in e.attributes]
        assert len(ids) == len(set(ids)), page


def test_no_page_holds_inline_style_or_script(site: Path) -> None:
    for page in site.rglob("*.html"):
        for element in _every(read(page)):
            assert element.tag != "style"
            assert "style" not in element.attributes
            assert not any(name.startswith("on") for name in element.attributes)
            assert element.tag != "script" or not element.children
        policies = [
            meta.attributes["content"]
            for meta in read(page).all("meta")
            if meta.attributes.get("http-equiv") == "Content-Security-Policy"
        ]
        assert policies == [POLICY]
        assert read(page).all("html")[0].attributes["lang"] == "sv"


def test_the_downloads_hold_the_same_table(site: Path) -> None:
    for area in AREAS:
        text = (site / "solna-0184" / f"{area}.csv").read_text(encoding="utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
        assert [(int(row["Rad"]), row["Solna"]) for row in rows] == [
            (line, answer) for line, _, answer, *_ in PRINTED[area]
        ]
        workbook = fastexcel.read_excel(site / "solna-0184" / f"{area}.xlsx")
        frame = workbook.load_sheet(0).to_polars()
        assert frame["Rad"].to_list() == [line for line, *_ in PRINTED[area]]
        assert frame["Fråga"].to_list() == [row["Fråga"] for row in rows]


def test_a_municipality_without_data_has_a_page_that_says_so(site: Path) -> None:
    page = read(site / "uppsala-0380" / "index.html")
    assert "Det finns inga uppgifter för Uppsala ännu." in page.text
    assert not page.all("table")


def test_an_area_without_answers_is_told_of_and_not_measured(hostile: Path) -> None:
    page = read(hostile / "solna-0184" / f"{UNANSWERED}.html")
    assert "14 frågor, alla utan svar." in page.text
    assert {
        row.attributes["data-status"]
        for row in table_rows(hostile / "solna-0184" / f"{UNANSWERED}.html")
    } == {"grey"}


def test_hostile_texts_stay_texts(hostile: Path) -> None:
    for page in hostile.rglob("*.html"):
        assert len(read(page).all("script")) == 1
        assert "49" not in read(page).all("title")[0].text
    folder = hostile / "solna-0184"
    label = table_rows(folder / "oj-vald.html")[0].all("th")[0].text
    assert label.startswith(
        '=HYPERLINK("x";"y") <script>alert(\'ojmf\')</script> & "citat" | {{ 7 * 7 }}'
    )
    for chart in folder.glob("*.svg"):
        assert "<script" not in chart.read_text(encoding="utf-8")


def test_a_formula_in_a_label_is_not_live_in_the_downloads(hostile: Path) -> None:
    folder = hostile / "solna-0184"
    text = (folder / "oj-vald.csv").read_text(encoding="utf-8-sig")
    first = next(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert first["Fråga"] == f"'{HOSTILE}"
    frame = fastexcel.read_excel(folder / "oj-vald.xlsx").load_sheet(0).to_polars()
    assert frame["Fråga"][0] == HOSTILE


def _every(element):
    for child in element.children:
        if not isinstance(child, str):
            yield child
            yield from _every(child)


def test_a_document_has_a_page_of_its_claims(audited: Path) -> None:
    page = audited / "pastaenden" / f"{SOURCE}.html"
    levels = Counter(re.findall(r'data-level="(\w+)"', page.read_text(encoding="utf-8")))
    assert levels["right"] > 5
    assert f'href="pastaenden/{SOURCE}.html"' in (audited / "kallor.html").read_text("utf-8")


def test_corrected_and_unconfirmed_figures_are_marked_where_they_stand(site: Path) -> None:
    declared = tomllib.loads(
        (ROOT / "data/sources/enkoping-delarsrapport-2024-08/source.toml").read_text("utf-8")
    )
    printed_wrong = {f"rättad: tryckt ”{fixed['expect']}”" for fixed in declared["correction"]}
    page = (site / "enkoping-0381/ekonomi.html").read_text(encoding="utf-8")
    marks = set(re.findall(r'<small class="mark">\((.*?)\)</small>', page))
    assert "obekräftad" in marks
    assert len(marks) > 3
    assert marks - {"obekräftad"} <= printed_wrong
    assert page.count("Rättad: dokumentet har ett tal som är fel") == 1
    with (site / "enkoping-0381/ekonomi.csv").open(encoding="utf-8-sig", newline="") as file:
        told = {row["Märkning"] for row in csv.DictReader(file, delimiter=";")} - {""}
    assert {part.removeprefix("referensen ") for text in told for part in text.split("; ")} == marks
    pair = (site / "jamfor/solna-0184-enkoping-0381.html").read_text(encoding="utf-8")
    assert '<small class="mark">(rad 492 rättad: tryckt ”n”)</small>' in pair
    assert 'class="mark"' not in (site / "solna-0184/index.html").read_text(encoding="utf-8")


def test_every_title_names_the_site_and_every_page_leads_to_contact_and_statement(
    site: Path,
) -> None:
    titles = [read(page).all("title")[0].text for page in sorted(site.rglob("*.html"))]
    assert all(title.endswith("Öppna jämförelser mellan kommuner") for title in titles)
    assert len(set(titles)) == len(titles)
    for page in site.rglob("*.html"):
        linked = [a.attributes["href"] for a in read(page).all("footer")[0].all("a")]
        assert [Path(link).name for link in linked] == [
            "kallor.html",
            "tillganglighet.html",
            "tillganglighet.html#kontakt",
        ]


def test_the_contact_of_the_workspace_stands_on_the_statement(
    workspace: Workspace, tmp_path: Path
) -> None:
    shared = replace(
        workspace, publishing=Publishing(contact="Kvalitetsenheten", email="kvalitet@example.se")
    )
    none = pl.DataFrame(schema=OBSERVATIONS)
    build_site(shared, tmp_path / "sidor", observations=none)
    page = read(tmp_path / "sidor" / "tillganglighet.html")
    assert "Kvalitetsenheten svarar för webbplatsen." in page.text
    (mail,) = [a.attributes["href"] for a in page.all("main")[0].all("a")]
    assert mail == "mailto:kvalitet@example.se"


def test_a_comparison_counts_only_what_both_have_figures_for(site: Path) -> None:
    page = read(site / "jamfor" / "solna-0184-enkoping-0381.html")
    rows = table_rows(site / "jamfor" / "solna-0184-enkoping-0381.html")
    both = [row for row in rows if "–" not in (cells(row)["Solna"], cells(row)["Enköping"])]
    assert f"{len(both)} av {len(rows)} mått har uppgifter för både Solna och Enköping" in page.text
    different = next(row for row in rows if row.text.startswith("Barn och unga i familjehem"))
    assert "Solna januari–augusti 2024, Enköping 2024" in different.text


def test_colours_of_answers_differ_in_grey() -> None:
    """The bars have no words of their own, so that their greys must differ by 3:1."""
    style = (ROOT / "src/ojmf/present/site/static/site.css").read_text(encoding="utf-8")
    for place in (0, 1):
        shades = [
            luminance(re.findall(rf"--bar-{name}: (#[0-9a-f]+);", style)[place])
            for name in ("green", "red")
        ]
        assert (max(shades) + 0.05) / (min(shades) + 0.05) >= 3


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
