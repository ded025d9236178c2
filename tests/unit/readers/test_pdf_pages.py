"""PDF: a figure is what one sees on the page, in tables with rules and without."""

import io
from itertools import pairwise
from pathlib import Path

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf.annotations import Rectangle
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, RectangleObject
from reportlab.lib.colors import Color, black, blue, white
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ojmf.authoring import draft_source
from ojmf.errors import InputError, TableError
from ojmf.ingest.readers.lines import CellText, Lines
from ojmf.ingest.readers.pdf import read
from ojmf.ingest.reading import read as ingest
from ojmf.ingest.source import resolve
from tests.unit.authoring.reports import WORKSPACE, declared
from tests.unit.ingest.builder import source, workspace
from tests.unit.readers.test_cell_facts import VOLUMES

X, Y = 280, 686
"""Where the figure of the row stands, whose digits are ten points high."""


def canvas(buffer, size=(595, 842)):
    drawn = Canvas(buffer, pagesize=size, invariant=1)
    drawn.setFont("Helvetica", 10)
    return drawn


def draw_table(page, *, ruled=True, rows=("Rad A", "Rad B")):
    page.drawString(72, 730, "Tabell")
    page.drawString(76, 706, "Mått")
    page.drawString(X, 706, "2024")
    for number, row in enumerate(rows):
        page.drawString(76, Y - 20 * number, row)
    page.drawString(X, Y - 20, "8")
    if ruled:
        page.grid([72, 272, 352], [Y + 14 - 20 * n for n in range(-1, len(rows) + 1)])


def look(path, draw, *, ruled=True, change=None, before=None):
    """Text and fact of the cell that ``draw`` fills, in a small table."""
    buffer = io.BytesIO()
    page = canvas(buffer)
    if before:
        before(page)
        page.setFillColor(black)
    draw_table(page, ruled=ruled)
    draw(page)
    page.save()
    write(path, buffer, change)
    document = read(path)
    line = next(n for n, text in enumerate(document.lines, 1) if text.startswith("Rad A"))
    cells = document.line(line).split("\t")
    return (cells[1] if len(cells) > 1 else ""), document.facts.get((line, 1)), document


def write(path, buffer, change=None):
    if change is None:
        path.write_bytes(buffer.getvalue())
        return
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(buffer.getvalue()))
    change(writer)
    with path.open("wb") as file:
        writer.write(file)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "fil.pdf"


both = pytest.mark.parametrize("ruled", [True, False])


def text(*pieces):
    """Draws pieces of text on one line: each a text, its size and its rise."""

    def draw(page):
        at = X
        for said, size, rise in pieces:
            line = page.beginText(at, Y)
            line.setFont("Helvetica", size)
            line.setRise(rise)
            line.textOut(said)
            page.drawText(line)
            at += page.stringWidth(said, "Helvetica", size)

    return draw


@both
@pytest.mark.parametrize(
    ("pieces", "shown", "notes"),
    [
        ([("125", 10, 0), ("1", 6, 4)], "125", ["fotnot 1"]),
        ([("125", 10, 0), ("1", 10, 4)], "125", ["fotnot 1"]),
        ([("125", 10, 0), (" 1)", 6, 3)], "125", ["fotnot 1"]),
        ([("43,5", 10, 0), ("2", 5, 5)], "43,5", ["fotnot 2"]),
        ([("5", 10, 0), ("*", 6, 4)], "5", ["fotnot *"]),
        ([("5", 10, 0), ("a", 6, 4)], "5", ["fotnot a"]),
        ([("1", 6, 4), ("125", 10, 0)], "125", ["fotnot 1"]),
        ([("125", 10, 0)], "125", []),
        ([("1 234", 10, 0)], "1 234", []),
    ],
)
def test_a_raised_mark_is_a_note(path, pieces, shown, notes, ruled):
    found, fact, _ = look(path, text(*pieces), ruled=ruled)
    assert found == shown
    assert list(fact.notes if fact else ()) == notes
    assert fact is None or fact.refused is None


@both
@pytest.mark.parametrize(
    "pieces",
    [
        [("125", 10, 0), ("1", 6, -3)],
        [("125", 10, 0), ("1", 6, 0)],
        [("125", 10, 0), ("45", 6, 4)],
        [("1", 10, 0), ("2", 6, 4), ("5", 10, 0)],
        [("10", 10, 0), ("6", 6, 4)],
    ],
)
def test_what_could_be_digits_beside_a_figure_is_refused(path, pieces, ruled):
    _, fact, _ = look(path, text(*pieces), ruled=ruled)
    assert fact.refused


def invisible(page, said="9", *, at=X, size=10):
    page.saveState()
    line = page.beginText(at, Y)
    line.setFont("Helvetica", size)
    line.setTextRenderMode(3)
    line.textOut(said)
    page.drawText(line)
    page.restoreState()


def coloured(said, colour, *, at=X, size=10):
    def draw(page):
        page.setFont("Helvetica", size)
        page.setFillColor(colour)
        page.drawString(at, Y, said)
        page.setFillColor(black)

    return draw


def covered(page):
    coloured("9", black, at=X + 6)(page)
    page.setFillColor(white)
    page.rect(X + 6, Y - 2, 8, 10, stroke=0, fill=1)


def under_a_picture(page):
    coloured("9", black, at=X + 6)(page)
    page.drawImage(picture(8, 10), X + 6, Y - 2, 8, 10)


def clipped(page):
    page.saveState()
    shape = page.beginPath()
    shape.rect(X - 20, Y - 4, 10, 10)
    page.clipPath(shape, stroke=0)
    page.drawString(X + 6, Y, "9")
    page.restoreState()


def transparent(page):
    page.saveState()
    page.setFillAlpha(0)
    page.drawString(X + 6, Y, "9")
    page.restoreState()


def on_its_own_colour(page):
    page.setFillColor(blue)
    page.rect(X + 6, Y - 2, 8, 10, stroke=0, fill=1)
    coloured("9", blue, at=X + 6)(page)


def picture(wide, high, colour=255):
    from PIL import Image

    return ImageReader(Image.new("L", (wide, high), colour))


HIDDEN = {
    "white": coloured("9", white, at=X + 6),
    "nearly white": coloured("9", Color(0.96, 0.97, 0.97), at=X + 6),
    "mode 3": lambda page: invisible(page, at=X + 6),
    "mode 3 under the figure": invisible,
    "one point": coloured("9", black, at=X + 6, size=1),
    "covered": covered,
    "under a picture": under_a_picture,
    "clipped": clipped,
    "transparent": transparent,
    "on its own colour": on_its_own_colour,
    "white under the figure": coloured("9", white),
}


@both
@pytest.mark.parametrize("way", sorted(HIDDEN))
def test_what_is_not_seen_is_no_digit(path, way, ruled):
    def draw(page):
        HIDDEN[way](page)
        coloured("5", black)(page)

    found, fact, document = look(path, draw, ruled=ruled)
    assert found == "5"
    assert fact is None or fact.refused is None
    assert "sida 1: text som inte syns läses inte: ”9”" in document.remarks


@both
def test_a_figure_that_is_covered_and_printed_anew_is_the_new_one(path, ruled):
    def draw(page):
        page.drawString(X, Y, "107")
        page.setFillColor(white)
        page.rect(X - 1, Y - 2, 25, 11, stroke=0, fill=1)
        page.setFillColor(black)
        page.drawString(X, Y, "73")

    found, fact, _ = look(path, draw, ruled=ruled)
    assert found == "73"
    assert fact is None or fact.refused is None


@both
@pytest.mark.parametrize(
    ("ground", "letter"),
    [(white, Color(0.6, 0.6, 0.6)), (blue, white), (Color(1, 0.8, 0.2), Color(0.8, 0, 0))],
)
def test_any_colour_that_is_seen_is_read(path, ground, letter, ruled):
    def below(page):
        page.setFillColor(ground)
        page.rect(272, Y - 6, 80, 20, stroke=0, fill=1)

    found, _, document = look(path, coloured("95", letter), ruled=ruled, before=below)
    assert found == "95"
    assert not document.remarks


def test_what_lies_outside_the_page_is_not_read(path):
    def crop(writer):
        writer.pages[0].cropbox = RectangleObject((60, 0, X + 6, 842))

    found, _, document = look(path, text(("5 9", 10, 0)), ruled=False, change=crop)
    assert found == "5"
    assert "”024 9”" not in document.remarks[0]
    assert document.lines[2] == "Mått\t2"


def test_a_page_whose_corner_is_not_the_origin_is_read(path):
    def move(writer):
        page = writer.pages[0]
        page.mediabox = RectangleObject((50, 100, 595, 842))
        page.cropbox = RectangleObject((60, 300, 500, 800))

    found, _, document = look(path, text(("59", 10, 0)), change=move)
    assert found == "59"
    assert not document.remarks


def test_text_in_a_hidden_layer_is_not_read(path):
    def hide(writer):
        layer = writer._add_object(DictionaryObject({NameObject("/Type"): NameObject("/OCG")}))
        writer._root_object[NameObject("/OCProperties")] = DictionaryObject(
            {
                NameObject("/OCGs"): ArrayObject([layer]),
                NameObject("/D"): DictionaryObject({NameObject("/OFF"): ArrayObject([layer])}),
            }
        )
        page = writer.pages[0]
        page["/Resources"][NameObject("/Properties")] = DictionaryObject({NameObject("/L"): layer})
        content = page.get_contents()
        content.set_data(
            content.get_data() + b" /OC /L BDC BT /F1 10 Tf 1 0 0 1 286 686 Tm (9) Tj ET EMC"
        )
        page[NameObject("/Contents")] = writer._add_object(content)

    found, _, _ = look(path, text(("5", 10, 0)), change=hide)
    assert found == "5"


def test_text_under_an_annotation_is_not_read(path):
    def cover(writer):
        note = Rectangle(rect=(X + 5, Y - 3, X + 16, Y + 10), interior_color="ffffff")
        writer.add_annotation(0, note)
        appearance = writer.pages[0]["/Annots"][-1].get_object()
        appearance[NameObject("/AP")] = DictionaryObject()
        form = pypdf.generic.DecodedStreamObject()
        form.set_data(b"1 g 0 0 11 13 re f")
        form.update(
            {
                NameObject("/Type"): NameObject("/XObject"),
                NameObject("/Subtype"): NameObject("/Form"),
                NameObject("/BBox"): ArrayObject(FloatObject(n) for n in (0, 0, 11, 13)),
            }
        )
        appearance[NameObject("/AP")][NameObject("/N")] = writer._add_object(form)

    found, _, _ = look(path, text(("59", 10, 0)), change=cover)
    assert found == "5"


def struck_by_a_line(page):
    page.drawString(X, Y, "10")
    page.line(X - 1, Y + 3, X + 12, Y + 3)


def struck_by_a_bar(page):
    page.drawString(X, Y, "10")
    page.rect(X - 1, Y + 3, 13, 0.8, stroke=0, fill=1)


def struck_by_a_slanting_line(page):
    page.drawString(X, Y, "10")
    page.line(X - 1, Y - 1, X + 12, Y + 8)


@both
@pytest.mark.parametrize("strike", [struck_by_a_line, struck_by_a_bar, struck_by_a_slanting_line])
def test_a_struck_figure_is_refused(path, strike, ruled):
    def draw(page):
        strike(page)
        page.drawString(X + 14, Y, "7")

    found, fact, _ = look(path, draw, ruled=ruled)
    assert fact.refused == "”10” i cellen är struket"
    assert "0" not in found


def test_a_figure_struck_by_an_annotation_is_refused(path):
    def strike(writer):
        corners = [X, Y + 9, X + 11, Y + 9, X, Y - 2, X + 11, Y - 2]
        note = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/StrikeOut"),
                NameObject("/Rect"): RectangleObject((X, Y - 2, X + 11, Y + 9)),
                NameObject("/QuadPoints"): ArrayObject(map(FloatObject, corners)),
            }
        )
        page = writer.pages[0]
        page[NameObject("/Annots")] = ArrayObject([writer._add_object(note)])

    found, fact, _ = look(path, text(("107", 10, 0)), change=strike)
    assert fact.refused
    assert found == "7"


@both
def test_an_underlined_figure_is_read(path, ruled):
    def draw(page):
        page.drawString(X, Y, "107")
        page.line(X, Y - 1.2, X + 17, Y - 1.2)

    assert look(path, draw, ruled=ruled)[:2] == ("107", None)


def test_two_figures_on_two_lines_of_a_cell_are_refused(path):
    def draw(page):
        page.setFont("Helvetica", 7)
        page.drawString(X, Y + 4, "5")
        page.drawString(X, Y - 4, "123")

    _, fact, _ = look(path, draw)
    assert fact.refused == "cellen har 2 rader: ”5”, ”123”"


def test_two_figures_side_by_side_in_a_cell_are_refused(path):
    _, fact, _ = look(
        path, lambda page: (page.drawString(X, Y, "5"), page.drawString(X + 22, Y, "123"))
    )
    assert fact.refused == "cellen har ett brett mellanrum mellan siffror"


def test_two_columns_that_nearly_touch_are_no_thousands(path):
    def draw(page):
        page.drawString(X, Y, "12")
        page.drawString(X + 11.1 + 5.5, Y, "345")

    _, fact, _ = look(path, draw)
    assert fact.refused == "cellen har ett brett mellanrum mellan siffror"


def test_a_picture_in_place_of_a_figure_is_refused(path):
    _, fact, _ = look(path, lambda page: page.drawImage(picture(9, 9, 0), X, Y, 8, 8))
    assert fact.refused == "cellen har en bild i stället för text"


@both
def test_text_of_a_form_is_judged_as_any_text(path, ruled):
    def draw(page):
        page.beginForm("stamp")
        page.setFont("Helvetica", 10)
        page.drawString(X, Y, "5")
        page.setFillColor(white)
        page.drawString(X + 6, Y, "9")
        page.endForm()
        page.doForm("stamp")

    assert look(path, draw, ruled=ruled)[0] == "5"


def test_digits_on_top_of_each_other_are_refused(path):
    _, fact, _ = look(
        path, lambda page: (page.drawString(X, Y, "5"), page.drawString(X + 1, Y, "3"))
    )
    assert fact.refused == "tecken ligger på varandra"


@both
def test_what_is_printed_twice_to_look_bold_is_read_once(path, ruled):
    def draw(page):
        page.drawString(X, Y, "155")
        page.drawString(X + 0.4, Y, "155")

    assert look(path, draw, ruled=ruled)[:2] == ("155", None)


def test_text_across_the_page_is_remarked_and_not_read(path):
    def draw(page):
        page.drawString(X, Y, "125")
        page.saveState()
        page.translate(250, 650)
        page.rotate(45)
        page.setFillColor(Color(0.7, 0.7, 0.7))
        page.setFont("Helvetica", 30)
        page.drawString(0, 0, "1 UTKAST 9")
        page.restoreState()

    found, _, document = look(path, draw)
    assert found == "125"
    assert document.remarks == ("sida 1: snedställd text läses inte: ”1 UTKAST 9”",)


def test_a_figure_on_end_is_refused(path):
    def draw(page):
        page.saveState()
        page.translate(X + 8, Y - 4)
        page.rotate(90)
        page.setFont("Helvetica", 7)
        page.drawString(0, 0, "125")
        page.restoreState()

    _, fact, _ = look(path, draw)
    assert fact.refused == "texten är vriden"


@pytest.mark.parametrize("turn", [90, 180, 270])
@pytest.mark.parametrize("of_page", [True, False])
@both
def test_a_turned_page_is_read_upright(path, turn, of_page, ruled):
    buffer = io.BytesIO()
    page = canvas(buffer, (842, 842))
    if of_page:
        page.setPageRotation(turn)
    else:
        page.translate(421, 421)
        page.rotate(turn)
        page.translate(-421, -421)
        page.setFont("Helvetica", 10)
    draw_table(page, ruled=ruled)
    text(("1 234", 10, 0), ("1", 6, 4))(page)
    page.save()
    write(path, buffer)
    document = read(path)
    assert [line for line in document.lines if line] == [
        "Tabell",
        "Mått\t2024",
        "Rad A\t1 234",
        "Rad B\t8",
    ]
    assert [fact.notes for fact in document.facts.values()] == [("fotnot 1",)]


def test_a_turned_page_whose_text_lies_outside_says_so(path):
    buffer = io.BytesIO()
    page = canvas(buffer, (595, 842))  # reportlab turns the box too
    page.setPageRotation(90)
    draw_table(page)
    page.save()
    write(path, buffer)
    with pytest.raises(InputError, match="sidan är vriden"):
        read(path)


@pytest.mark.parametrize("on_top", [True, False])
def test_a_scan_with_text_under_it_is_marked(path, on_top):
    buffer = io.BytesIO()
    page = canvas(buffer)
    if not on_top:
        page.drawImage(picture(60, 84, 200), 0, 0, 595, 842)
    for said, at, height in (("Mått", 76, 706), ("2024", X, 706), ("Rad A", 76, Y), ("5", X, Y)):
        line = page.beginText(at, height)
        line.setTextRenderMode(0 if on_top else 3)
        line.textOut(said)
        page.drawText(line)
    if on_top:
        page.drawImage(picture(60, 84, 200), 0, 0, 595, 842)
    page.save()
    write(path, buffer)
    document = read(path)
    assert [line for line in document.lines if line] == ["Mått\t2024", "Rad A\t5"]
    assert document.scanned >= {1, 2}
    assert document.remarks == ("sida 1 är en skannad bild med texttolkning under",)


def test_a_picture_behind_visible_text_is_no_scan(path):
    _, _, document = look(
        path,
        text(("5", 10, 0)),
        before=lambda page: page.drawImage(picture(9, 9, 240), 0, 0, 595, 842),
    )
    assert not document.scanned


def test_a_file_that_shows_nothing_of_its_text_is_refused(path):
    buffer = io.BytesIO()
    page = canvas(buffer)
    page.setFillColor(white)
    page.drawString(X, Y, "9")
    page.save()
    write(path, buffer)
    with pytest.raises(InputError, match="text syns inte på sidorna"):
        read(path)


@given(
    number=st.integers(0, 99_999),
    mark=st.sampled_from(["", "1", "2)", "*", "a", "12"]),
    rise=st.sampled_from([3.0, 4.0, 5.0]),
    size=st.sampled_from([5, 6, 7, 10]),
    hidden=st.sampled_from(["", *HIDDEN]),
    ruled=st.booleans(),
)
def test_a_figure_reads_back_or_is_refused(
    tmp_path_factory, number, mark, rise, size, hidden, ruled
):
    printed = f"{number:,}".replace(",", " ")

    def draw(page):
        if hidden:
            page.saveState()
            page.translate(60, 0)
            HIDDEN[hidden](page)
            page.restoreState()
        pieces = [(printed, 10, 0)] + ([(mark, size, rise)] if mark else [])
        text(*pieces)(page)

    path = tmp_path_factory.mktemp("pdf") / "fil.pdf"
    found, fact, _ = look(path, draw, ruled=ruled)
    assert found == printed or (fact and fact.refused)
    if not hidden:
        assert found == printed


def scan(path):
    buffer = io.BytesIO()
    page = canvas(buffer)
    page.drawImage(picture(60, 84, 200), 0, 0, 595, 842)
    line = page.beginText()
    line.setFont("Helvetica", 10)
    line.setTextRenderMode(3)
    for said, at, height in (
        ("Volymer", 76, 730),
        ("Post", 76, 706),
        ("2024", X, 706),
        ("Antal", 76, Y),
        ("5", X, Y),
    ):
        line.setTextOrigin(at, height)
        line.textOut(said)
    page.drawText(line)
    page.save()
    write(path, buffer)


def test_a_table_on_a_scanned_page_is_read_only_as_a_scan(path):
    scan(path)
    document = read(path)
    with pytest.raises(TableError, match="Deklarera scanned = true"):
        ingest(workspace(source(VOLUMES)), source(VOLUMES), document)
    trusting = source(f"scanned = true\n{VOLUMES}")
    found = resolve(ingest(workspace(trusting), trusting, document)).observations
    assert found.select("value", "obs_status").rows() == [(5.0, "V")]


def test_a_draft_of_a_scan_declares_it(path):
    scan(path)
    assert declared(draft_source(WORKSPACE, path, "prov", "2482"))["scanned"] is True


SHADED = [
    ("Mått", "2023", "2024"),
    ("Hyror", "1 234", "-5"),
    ("El", "7", "12,5 %"),
    ("Vatten", "", "3"),
]


@pytest.mark.parametrize("by_cell", [False, True])
def test_rows_that_are_shaded_and_not_ruled_are_read_in_columns(path, by_cell):
    buffer = io.BytesIO()
    page = canvas(buffer)
    page.drawString(72, 740, "Tabell")
    lefts = (72, 300, 380, 460)
    for number, row in enumerate(SHADED):
        bottom = 700 - 20 * number
        page.setFillColor(Color(0.85, 0.85, 0.85))
        for left, right in pairwise(lefts if by_cell else (72, 460)) if number % 2 == 0 else ():
            page.rect(left, bottom, right - left, 20, stroke=0, fill=1)
        page.setFillColor(black)
        for left, text in zip(lefts, row, strict=False):
            page.drawString(left + 4, bottom + 6, text)
    page.rect(72, 640, 388, 80, fill=0)
    page.save()
    write(path, buffer)
    assert [tuple(line.split("\t")) for line in read(path).lines if "\t" in line] == SHADED


@pytest.mark.parametrize("printed", ["−5", "−1 234", "−12,5", "5 − 7"])
def test_a_minus_of_the_symbol_font_stands_before_its_figure(path, printed):
    """Reportlab takes it from Symbol, whose widths pdfminer does not have for all signs."""
    buffer = io.BytesIO()
    page = canvas(buffer)
    draw_table(page)
    page.drawString(X, Y, printed)
    page.save()
    write(path, buffer)
    assert "Rad A\t" + printed in [line.replace("-", "−") for line in read(path).lines]


def test_cells_drawn_inside_their_columns_are_one_column(path):
    buffer = io.BytesIO()
    page = canvas(buffer)
    page.drawString(72, 730, "Drift")
    for x, top, said in ((76, 706, "tkr"), (206, 706, "Budget 2026"), (336, 706, "Prognos 2026")):
        page.drawString(x, top, said)
    rows = (("Intäkter", "18 349", "17 453"), ("Lokalhyror", "-250", "0"))
    for number, row in enumerate(rows):
        for x, said in zip((84, 214, 344), row, strict=True):
            page.drawString(x, 686 - 20 * number, said)
    # The second row has a shade in each cell, a little narrower than the cell.
    page.grid([72, 202, 332, 462], [720, 700, 680, 660])
    for left, right in ((80, 194), (210, 324), (340, 454)):
        page.grid([left, right], [680, 660])
    page.save()
    write(path, buffer, None)
    assert [line.split("\t") for line in read(path).lines if "\t" in line] == [
        ["tkr", "Budget 2026", "Prognos 2026"],
        ["Intäkter", "18 349", "17 453"],
        ["Lokalhyror", "-250", "0"],
    ]


def test_a_line_of_one_cell_is_plain_text():
    cell = CellText("11,2 % 6,4 %", marks=("1",))
    lines = Lines(Path("a.pdf"))
    lines.table([("sida 1", [cell]), ("sida 1", ["Mått", "2024"]), ("sida 1", ["A", "1"])])
    assert {type(line) for line in lines.lines} == {str}
