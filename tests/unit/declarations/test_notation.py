"""How figures are printed: what a declared notation reads, and what it refuses."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from ojmf.declarations import Attributes
from ojmf.declarations.notation import Limit, Mark, Notation
from ojmf.printed import figure
from ojmf.typography import STROKE, raised

MARKS = {mark: Attributes() for mark in ("*", "1)", "r", "mkr", "**", "(p)", "†")}
WIDE = Notation(
    zeros=("–", "–0"),
    sign_styles=("(5)", "5-", "- 5", "+5"),
    marks=MARKS,
    approximations={"ca": Attributes(), "~": Attributes()},
)
PLAIN = Notation()
STYLES = {
    "(5)": lambda digits: f"({digits})",
    "5-": lambda digits: f"{digits}-",
    "- 5": lambda digits: f"– {digits}",
    "-5": lambda digits: f"-{digits}",
    "−5": lambda digits: f"−{digits}",
}
INVISIBLE = "\u200b\u200c\u200d\u200e\u2060\ufeff\u00ad\u034f\ufe0f"


def value(notation, raw):
    return pl.select(figure(pl.lit(notation.read(raw).text))).item()


@pytest.mark.parametrize(
    ("raw", "expected", "marks"),
    [
        ("125¹", 125, ["¹"]),
        ("43,5²", 43.5, ["²"]),
        ("125 ¹⁾", 125, ["¹⁾"]),
        ("¹ 125", 125, ["¹"]),
        ("125¹ ²", 125, ["¹", "²"]),
        ("5^(*)", 5, ["^(*)"]),
        ("5₂", 5, ["₂"]),
        ("18 %¹", 18, ["¹"]),
        ("1\u2007093", 1093, []),
        ("1\u00ad093", 1093, []),
        ("5\u200b", 5, []),
        ("1̶0̶ 7", 7, []),
        ("\u20115", -5, []),
    ],
)
def test_what_every_notation_reads(raw, expected, marks):
    for notation in (PLAIN, WIDE):
        assert value(notation, raw) == expected
        assert [mark for mark, _ in notation.read(raw).marks] == marks


@pytest.mark.parametrize(
    ("raw", "expected", "marks"),
    [
        ("(5)", -5, []),
        ("(1 234,5)", -1234.5, []),
        ("(5 %)", -5, []),
        ("5-", -5, []),
        ("5−", -5, []),
        ("- 5", -5, []),
        ("– 5", -5, []),
        ("+5", 5, []),
        ("+ 5", 5, []),
        ("5*", 5, ["*"]),
        ("5**", 5, ["**"]),
        ("5 1)", 5, ["1)"]),
        ("5 123 1)", 5123, ["1)"]),
        ("5 r", 5, ["r"]),
        ("ca 5", 5, ["ca"]),
        ("ca 20,5 mkr*", 20.5, ["ca", "mkr", "*"]),
        ("(21,0)*", -21, ["*"]),
        ("21,0- *", -21, ["*"]),
        ("† 5", 5, ["†"]),
        ("–", 0, []),
    ],
)
def test_what_is_read_only_where_it_is_declared(raw, expected, marks):
    assert value(WIDE, raw) == expected
    assert [mark for mark, _ in WIDE.read(raw).marks] == marks
    assert value(PLAIN, raw) is None


@pytest.mark.parametrize(
    "raw",
    [
        "51)",
        "5 1",
        "(-5)",
        "-(5)",
        "--5",
        "-5-",
        "5 -",
        "+-5",
        "5⁻",
        "⁻5",
        "\u00ad5",
        "5\u00ad",
        "\u202e123",
        "\u2066-5\u2069",
        "５",
        "٥",
        "1²3",
        "5 / 123",
        "1̶0̶7",
        "10̶",
        "9̶",
        "½",
        "5½",
        "5³⁄4",
        "*",
        "¹",
        "ca",
        "5\u0338",
        "0x5",
        "5e3",
        "1,234,567",
        "1.234",
    ],
)
def test_what_no_notation_reads(raw):
    assert value(WIDE, raw) is None
    assert value(PLAIN, raw) is None


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("1.5", 1.5),
        ("1 234.5", 1234.5),
        ("-0.25", -0.25),
        ("12,5", 12.5),
        ("1,234", None),
        ("1,234.5", None),
        ("1.234,5", None),
        ("1,2345", 1.2345),
    ],
)
def test_a_decimal_point(raw, expected):
    assert value(Notation(decimal="."), raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("1.650,2", 1650.2),
        ("-1.234.567", -1234567),
        ("1.650", 1650),
        ("1 650,2", 1650.2),
        ("950,5", 950.5),
        ("1.65", None),
        ("0.650", None),
        ("1.650.2", None),
        ("1.650 200", None),
    ],
)
def test_thousands_set_off_by_points(raw, expected):
    assert value(Notation(thousands="."), raw) == expected


def test_a_word_behind_a_hyphen_is_no_mark():
    """Else "5 %-enheter" were -5 % where minus signs stand behind their figures."""
    notation = Notation(marks={"enheter": Attributes()}, sign_styles=("5-",))
    assert value(notation, "5 %-enheter") is None
    assert value(notation, "5 % enheter") == 5
    assert value(Notation(marks={"%-enheter": Attributes()}), "5 %-enheter") == 5


def test_a_mark_says_what_it_is_declared_to():
    notation = Notation(marks={"tkr": Attributes(unit="MSEK", shift=-3), "r": Attributes(note="x")})
    assert notation.read("5 tkr r").marks == (
        ("tkr", Attributes(unit="MSEK", shift=-3)),
        ("r", Attributes(note="x")),
    )


@pytest.mark.parametrize(
    "mark",
    [
        "",
        " ",
        "\u202e",
        "\u0336",
        "1",
        "12",
        "-",
        "–",
        "+",
        "%",
        ",",
        "1,5",
        "- 1",
        "—",
        "<",
        "≥",
        "±",
        "½",
    ],
)
def test_what_could_be_a_part_of_the_figure_is_no_mark(mark):
    with pytest.raises(ValidationError):
        TypeAdapter(Mark).validate_python(mark)


@given(
    number=st.decimals(0, 9_999_999, places=1),
    space=st.sampled_from(["", " ", "\u00a0", "\u202f", "\u2009", "\u2007"]),
    style=st.sampled_from(sorted(STYLES)),
    mark=st.sampled_from(["", "¹", " ²⁾", "^(*)", *(f" {mark}" for mark in MARKS)]),
    gone=st.sampled_from(["", f"1{STROKE}0{STROKE} "]),
    hidden=st.lists(st.tuples(st.integers(0, 30), st.sampled_from(INVISIBLE)), max_size=3),
)
def test_a_figure_in_any_style_reads_back_or_is_refused(number, space, style, mark, gone, hidden):
    digits = f"{number:,.1f}".replace(",", space).replace(".", ",")
    text = gone + STYLES[style](digits) + mark
    for at, sign in hidden:
        text = text[:at] + sign + text[at:]
    found = value(WIDE, text)
    assert found in {None, -float(number)}
    if not hidden:
        assert found == -float(number)
    assert value(PLAIN, text) in {None, -float(number)}


@given(
    number=st.integers(0, 99_999),
    mark=st.text("0123456789ab*),", min_size=1, max_size=3),
    before=st.booleans(),
)
def test_a_raised_mark_is_never_a_digit(number, mark, before):
    raw = f"{raised(mark)}{number}" if before else f"{number}{raised(mark)}"
    assert value(PLAIN, raw) == number


@given(st.text("0123456789 ,.-–−+()%*¹²₁/\u00ad\u200b\u0336\u00a0r", max_size=9))
def test_the_digits_of_a_value_are_those_that_are_printed(raw):
    found = value(PLAIN, raw)
    if found is not None:
        plain = "".join(
            letter
            for at, letter in enumerate(raw)
            if letter in "0123456789" and raw[at + 1 : at + 2] != "\u0336"
        )
        assert f"{abs(found):f}".replace(".", "").rstrip("0").lstrip("0") == plain.rstrip(
            "0"
        ).lstrip("0")


@pytest.mark.parametrize(
    ("raw", "cause"),
    [
        ("(5)", "tecknet skrivs som i (5); skriv det under sign_styles"),
        ("- 5", "tecknet skrivs som i - 5; skriv det under sign_styles"),
        ("5-", "tecknet skrivs som i 5-; skriv det under sign_styles"),
        ("+5", "tecknet skrivs som i +5; skriv det under sign_styles"),
        ("20,5 mkr", "”mkr” är ingen del av talet; skriv det under marks"),
        ("5*", "”*” är ingen del av talet; skriv det under marks"),
        ("5 1)", "”1)” är ingen del av talet; skriv det under marks"),
        ("(21,0) r", "”r” är ingen del av talet; skriv det under marks"),
        ("5.4", "talet har decimalpunkt; skriv decimal = ”.”, om den gäller hela källan"),
        (
            "1.650,2",
            "talet har tusentalspunkt; skriv thousands = ”.”, om den gäller hela källan",
        ),
        ("5[1]", "”[1]” är ingen del av talet; skriv det under marks"),
        ("5 (prel.)", "”(prel.)” är ingen del av talet; skriv det under marks"),
        ("<5", "det är en gräns eller ett bråk; skriv texten under symbols, utan värde"),
        ("5½", "det är en gräns eller ett bråk; skriv texten under symbols, utan värde"),
        ("5̶", "det är överstruket"),
        ("５", "det har tecknet U+FF15"),
        ("\u202e15", "det har tecknet U+202E"),
        ("se not", ""),
    ],
)
def test_the_cause_names_what_to_declare(raw, cause):
    assert PLAIN.cause(raw) == cause


def test_a_comma_beside_a_decimal_point_is_named():
    assert Notation(decimal=".").cause("1,234").startswith("kommat kan skilja tusental")


def test_what_a_goal_is_to_reach_is_read_where_it_is_declared():
    goals = Notation(limits=("≥", "minst", "<"), marks={"dagar": Attributes()})
    assert [value(goals, raw) for raw in ("≥ 85 %", "≥85", "minst 3 dagar", "<5,0")] == [
        85,
        85,
        3,
        5,
    ]
    assert goals.read("minst 3 dagar").limit == "minst 3"
    assert [value(goals, raw) for raw in ("högst 3", "minst", "≥ 85–90")] == [None, None, None]
    assert value(PLAIN, "≥ 85") is None
    for odd in ("<=>", "nöjda", "5"):
        with pytest.raises(ValidationError, match="inget som står före ett mål"):
            TypeAdapter(Limit).validate_python(odd)
