"""Charts: what they show without colour, in Swedish, in every format, and on hostile labels."""

from __future__ import annotations

import struct
import xml.etree.ElementTree as ET
import zlib
from collections.abc import Sequence
from datetime import date

import polars as pl
import pytest

from ojmf.errors import SelectionError
from ojmf.present import charts
from ojmf.schema import COMPARISONS

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>alert(1)</script> & \"citat\" 'x' {0} " + "mycket lång etikett " * 14


def comparisons(
    *rows: tuple[str, str, float | None, float | None, float | None],
) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "area_id": "omrade",
                "indicator_id": indicator,
                "label": label,
                "geo": "9999",
                "own": own,
                "status": {100.0: "green", 50.0: "yellow", 0.0: "red", None: "grey"}[own],
                "method": "answer",
                "reference_geo": code,
                "reference": share,
                "gap": None if own is None or share is None else own - share,
            }
            for indicator, label, own, *shares in rows
            for code, share in (("99", shares[0]), ("00", shares[1]))
        ],
        schema=COMPARISONS,
    ).sort("reference_geo", descending=True, maintain_order=True)


ANSWERS = comparisons(
    ("a", "Samverkan med tandvård", 100.0, 29.0, 39.0),
    ("b", "Samverkan med skola", 50.0, 77.0, None),
    ("c", "Uppföljning", 0.0, 89.0, 85.0),
    ("d", "Rutin", None, None, None),
)


def months(values: Sequence[float | None], unit: str = "cases") -> pl.DataFrame:
    """A series of months; None is a month that is missing."""
    known = [(place, value) for place, value in enumerate(values) if value is not None]
    long = len(known) >= 12
    return pl.DataFrame(
        {
            "area_id": "omrade",
            "indicator_id": "omrade.serie",
            "label": "Ärenden",
            "unit": unit,
            "period_start": [date(2024 + m // 12, m % 12 + 1, 1) for m, _ in known],
            "period_end": [date(2024 + m // 12, m % 12 + 1, 28) for m, _ in known],
            "period_kind": "month",
            "value": [float(v) for _, v in known],
            "mean": sum(v for _, v in known) / len(known),
            "lower": 2.0 if long else None,
            "upper": 15.5 if long else None,
            "signal": ["outside" if v > 15 else None for _, v in known],
        },
        schema_overrides={"signal": pl.String, "lower": pl.Float64, "upper": pl.Float64},
    )


def areas(share: float | None = 64.0) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "area_name": ["Ekonomiskt bistånd"],
            "indicators": [25],
            "green": [16 if share is not None else 0],
            "yellow": [0],
            "red": [1 if share is not None else 0],
            "grey": [8 if share is not None else 25],
            "share_yes": [share],
            "county_mean": [1062.64 / 17],
            "national_mean": [None],
        },
        schema_overrides={"share_yes": pl.Float64, "national_mean": pl.Float64},
    )


EVERY = {
    "gaps": lambda width: charts.gap_chart(ANSWERS, own_name="Askeby", width=width),
    "areas": lambda width: charts.area_chart(areas(), own_name="Askeby", width=width),
    "trend": lambda width: charts.trend_chart(
        months([5, 6, 7, 8, 16, 5, 6, 7, 4, 5, 6, 7, 8]), width=width
    ),
}


def drawn_texts(svg: bytes) -> list[str]:
    root = ET.fromstring(svg)
    return ["".join(element.itertext()) for element in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("width", [328, 760])
@pytest.mark.parametrize("name", EVERY)
def test_a_chart_is_what_vega_lite_allows(name: str, width: int) -> None:
    EVERY[name](width).to_dict(validate=True)


@pytest.mark.parametrize("name", EVERY)
def test_a_chart_is_the_same_bytes_every_time(name: str) -> None:
    for kind in charts.FORMATS:
        assert charts.render(EVERY[name](500), kind) == charts.render(EVERY[name](500), kind)


@pytest.mark.parametrize("name", EVERY)
def test_an_svg_is_one_image_with_title_and_description(name: str) -> None:
    chart = EVERY[name](760)
    root = ET.fromstring(charts.render(chart, "svg"))
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "t d"
    assert title is not None
    assert description is not None
    assert (title.get("id"), description.get("id")) == ("t", "d")
    assert description.text == charts.alt_text(chart)


def test_gaps_are_told_in_words_and_shapes_beside_the_colours() -> None:
    svg = charts.render(EVERY["gaps"](760), "svg")
    texts = drawn_texts(svg)
    assert "Grön  ·  Länet +71  ·  Riket +61" in [text.replace("\u00a0", " ") for text in texts]
    assert any(
        text.startswith("Gul") and "Länet −27" in text and "Riket –" in text for text in texts
    )
    assert any(text.startswith("Inget svar") for text in texts)
    assert {"Askeby: Grön", "Askeby: Gul", "Askeby: Röd", "Länet", "Riket"} <= set(texts)
    shapes = {
        element.get("fill"): element.get("d")
        for element in ET.fromstring(svg).iter(f"{SVG}path")
        if (element.get("fill") or "").startswith("#")
    }
    assert len(set(shapes.values())) == len(shapes)


def test_the_text_alternative_of_gaps_names_all_that_are_furthest_behind() -> None:
    behind = ANSWERS.filter(pl.col("gap") < 0).sort("gap").head(1)
    again = behind.with_columns(label=pl.lit("en till"), indicator_id=pl.lit("en-till"))
    text = charts.alt_text(charts.gap_chart(pl.concat([ANSWERS, again]), title="Askeby"))
    assert f"{behind['label'][0]} och en till, " in text


def test_the_text_alternative_of_gaps_counts_and_names_the_largest() -> None:
    text = charts.alt_text(charts.gap_chart(ANSWERS, title="Askeby"))
    assert text == (
        "Askeby. 4 frågor: 1 grön, 1 gul, 1 röd, 1 utan svar. "
        "Längst efter länet: Uppföljning, 89 procentenheter. "
        "Längst efter riket: Uppföljning, 85 procentenheter."
    )


def test_figures_without_a_colour_have_a_mark_and_their_figure() -> None:
    frame = comparisons(("a", "Nettokostnad", 0.0, -29.5, None)).with_columns(
        status=pl.lit("grey"), own=pl.lit(-1610.9)
    )
    chart = charts.gap_chart(frame, own_name="Askeby")
    texts = drawn_texts(charts.render(chart, "svg"))
    assert "Askeby" in texts
    assert any(text.startswith("Askeby −1 610,9".replace(" 6", "\u00a06")) for text in texts)
    assert "1 uppgift: alla med uppgift." in charts.alt_text(chart)


def test_figures_have_decimal_comma_and_minus() -> None:
    frame = comparisons(("a", "Fråga", 0.0, 29.5, 39.0))
    assert any(
        "Länet −29,5" in text for text in drawn_texts(charts.render(charts.gap_chart(frame), "svg"))
    )
    text = charts.alt_text(charts.area_chart(areas()))
    assert "64,0 % JA, länet 62,5 %, riket –, 16 gröna, 1 röd, 8 utan svar" in text


def test_an_area_without_answers_says_so() -> None:
    assert "inga svar" in charts.alt_text(charts.area_chart(areas(None)))


def test_a_chart_of_nothing_says_so() -> None:
    chart = charts.gap_chart(ANSWERS.clear(), title="Tomt")
    assert charts.alt_text(chart) == "Tomt. Inga uppgifter att visa."
    assert "Inga uppgifter att visa." in drawn_texts(charts.render(chart, "svg"))


def test_a_control_chart_names_its_limits_and_signals() -> None:
    chart = EVERY["trend"](760)
    texts = drawn_texts(charts.render(chart, "svg"))
    assert {"övre gräns 15,5", "nedre gräns 2,0", "utanför styrgränserna", "utan signal"} <= set(
        texts
    )
    assert "1 punkt med signal (utanför styrgränserna)." in charts.alt_text(chart)
    assert ["2024-05", "16", "utanför styrgränserna"] in charts.table(chart)
    assert any(text.startswith("jan 2024") for text in texts)


def test_a_short_series_has_a_mean_but_no_limits() -> None:
    chart = charts.trend_chart(months([5, 6, 7]))
    texts = drawn_texts(charts.render(chart, "svg"))
    assert "medelvärde 6,0" in texts
    assert not any("gräns" in text for text in texts)
    assert "inga styrgränser" in charts.alt_text(chart)


@pytest.mark.parametrize("missing", [False, True])
def test_a_missing_month_breaks_the_line(missing: bool) -> None:
    values = [5, 6, None if missing else 6, 8, 9]
    root = ET.fromstring(charts.render(charts.trend_chart(months(values)), "svg"))
    lines = [p.get("d") or "" for p in root.iter(f"{SVG}path") if p.get("stroke") == "#0b5cad"]
    assert [line.count("M") for line in lines if "L" in line] == [2 if missing else 1]


def test_a_series_of_only_zeros_can_be_drawn() -> None:
    assert "medelvärde 0,0".encode() in charts.render(charts.trend_chart(months([0] * 13)), "svg")


@pytest.mark.parametrize("width", [280, 328, 760])
def test_a_hostile_label_of_300_characters_wraps_and_stays_text(width: int) -> None:
    frame = comparisons(("a", HOSTILE, 0.0, 29.0, 39.0))
    chart = charts.gap_chart(frame, width=width, title=HOSTILE, own_name="<b>&")
    root = ET.fromstring(charts.render(chart, "svg"))
    assert not list(root.iter(f"{SVG}script"))
    lines = [t.text or "" for t in root.iter(f"{SVG}tspan")]
    label = [line for line in lines if "lång" in line]
    assert len(label) > 3
    assert max(map(len, label)) * 12 * 0.56 <= width
    page = charts.render(chart, "html").decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_html_needs_nothing_from_elsewhere_and_holds_the_figures() -> None:
    chart = EVERY["gaps"](760)
    page = charts.render(chart, "html").decode()
    assert '<html lang="sv">' in page
    assert "<link" not in page
    assert "<script" not in page
    assert "src=" not in page
    assert charts.alt_text(chart) in page
    for row in charts.table(chart):
        assert all(f">{cell}<" in page for cell in row)


def test_png_is_sound_and_says_what_it_shows() -> None:
    chart = EVERY["areas"](760)
    png = charts.render(chart, "png")
    place, kinds, texts = 8, [], b""
    while place < len(png):
        length, kind = struct.unpack_from(">I4s", png, place)
        body = png[place + 8 : place + 8 + length]
        assert struct.unpack_from(">I", png, place + 8 + length)[0] == zlib.crc32(kind + body)
        kinds.append(kind)
        texts += body if kind == b"iTXt" else b""
        place += length + 12
    assert (kinds[0], kinds[-1]) == (b"IHDR", b"IEND")
    assert charts.alt_text(chart).encode() in texts


def test_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="pdf"):
        charts.render(EVERY["gaps"](760), "pdf")


def test_a_chart_for_the_site_has_colours_for_dark_screens() -> None:
    svg = charts.svg(EVERY["gaps"](760), adaptive=True)
    assert "prefers-color-scheme:dark" in svg
    assert '<rect width="776"' not in svg
    ET.fromstring(svg)


def with_prints(frame: pl.DataFrame, *names: str, corrected: int) -> pl.DataFrame:
    """A frame whose row ``corrected`` is a declared correction of 1,2; the others as printed."""
    here = pl.int_range(pl.len()) == corrected
    return frame.with_columns(
        expression.alias(f"{name}{column}")
        for name in names
        for column, expression in (
            ("correction_id", pl.when(here).then(pl.lit("r-01"))),
            ("raw", pl.lit("1,2")),
            ("obs_status", pl.lit("A")),
        )
    )


def test_a_corrected_point_is_hollow_and_told_of_in_words() -> None:
    series = [10.0 + place % 3 for place in range(14)]
    plain = charts.trend_chart(months(series))
    marked = charts.trend_chart(with_prints(months(series), "", corrected=3))
    assert charts.table(plain)[0] == ["Period", "Värde (ärenden)", "Signal"]
    assert charts.table(marked)[0][-1] == "Märkning"
    assert [row[-1] for row in charts.table(marked)[1:]].count("rättad från ”1,2”") == 1
    assert "rättad eller obekräftad" in charts.svg(marked)
    assert "rättad" not in charts.svg(plain)
    assert "1 av 14 värden är rättade eller obekräftade" in charts.alt_text(marked)


def test_a_gap_of_a_corrected_figure_says_so_beside_it() -> None:
    frame = with_prints(ANSWERS, "", "reference_", corrected=0)
    chart = charts.gap_chart(frame)
    assert charts.table(chart)[0][-1] == "Märkning"
    first = charts.table(chart)[1][-1]
    assert first == "rättad från ”1,2”; länet rättad från ”1,2”"
    assert charts.svg(chart).count("rättad") >= 2
    assert charts.table(charts.gap_chart(ANSWERS))[0][-1] != "Märkning"


def test_a_series_of_one_point_is_refused_with_what_it_has_and_what_to_do() -> None:
    with pytest.raises(
        SelectionError, match=r"bara en uppgift \(januari 2\d{3}\).* ojmf chart gaps"
    ):
        charts.trend_chart(months([5.0]))


def test_series_that_differ_never_share_an_axis() -> None:
    both = pl.concat([months([5, 6, 7]), months([5, 6, 7]).with_columns(unit=pl.lit("percent"))])
    with pytest.raises(SelectionError, match=", percent"):
        charts.trend_chart(both)
    with pytest.raises(SelectionError, match="inga punkter"):
        charts.trend_chart(both.clear())
    neighbour = ANSWERS.with_columns(geo=pl.lit("9998"))
    with pytest.raises(SelectionError, match="geo är 9999, 9998"):
        charts.gap_chart(pl.concat([ANSWERS.with_columns(geo=pl.lit("9999")), neighbour]))


def test_a_notebook_that_draws_a_chart_itself_writes_swedish_numbers() -> None:
    options = charts.trend_chart(months([5, 6, 7])).to_dict()["usermeta"]["embedOptions"]
    assert (options["formatLocale"]["decimal"], options["formatLocale"]["minus"]) == (",", "−")
    assert options["timeFormatLocale"]["shortMonths"][4] == "maj"
