"""Tables of a page without rules, by the white space between and below their words."""

from __future__ import annotations

from ojmf.ingest.readers.whitespace import Line, Word, lines_of, rows_of, runs

LETTER, HEIGHT = 5.5, 11.0


def page(*lines: tuple[float, dict[float, str]]) -> list[Line]:
    """Lines by their height on the page, each with its texts by where they begin."""
    words = []
    for top, texts in lines:
        for left, text in texts.items():
            at = left
            for word in text.split():
                words.append(Word(word, at, at + LETTER * len(word), top, top + HEIGHT))
                at += LETTER * (len(word) + 0.5)
    return lines_of(words)


def table(lines: list[Line]) -> list[list[str]]:
    (found,) = [rows_of(run) for run, is_table in runs(lines, []) if is_table]
    return found


def test_one_tight_line_does_not_run_columns_together() -> None:
    lines = page(
        (100, {90: "Post", 176: "Utfall 2024", 262: "Budget 2024"}),
        (124, {90: "Pensioner", 176: "–41", 262: "–43"}),
        (148, {90: "Skatteintäkter", 176: "712", 262: "709"}),  # 9 points to the figure
    )
    assert table(lines)[1:] == [["Pensioner", "–41", "–43"], ["Skatteintäkter", "712", "709"]]


def test_the_last_label_goes_on_below_its_row() -> None:
    lines = page(
        (100, {90: "Mått", 176: "2023", 262: "2024"}),
        (124, {90: "Boende i", 176: "388", 262: "392"}),
        (138, {90: "gruppbostad"}),
        (162, {90: "Platser,", 176: "91", 262: "94"}),
        (176, {90: "beläggning"}),
        (190, {90: "i procent"}),
        (230, {90: "Under året har fler fått en plats i boendet"}),
    )
    assert [row[0] for row in table(lines)] == [
        "Mått",
        "Boende i gruppbostad",
        "Platser, beläggning i procent",
    ]


def test_a_note_below_a_table_is_none_of_its_labels() -> None:
    lines = page(
        (100, {90: "Mått", 176: "2023", 262: "2024"}),
        (124, {90: "Boende i", 176: "388", 262: "392"}),
        (138, {90: "gruppbostad"}),
        (162, {90: "Platser", 176: "91", 262: "94"}),
        (176, {90: "Källa: Kolada"}),
    )
    assert table(lines)[-1] == ["Platser", "91", "94"]


def test_rows_as_close_as_the_line_below_them_take_no_label_from_it() -> None:
    lines = page(
        (100, {90: "Mått", 176: "2023", 262: "2024"}),
        (114, {90: "Boende", 176: "388", 262: "392"}),
        (128, {90: "Platser", 176: "91", 262: "94"}),
        (142, {90: "Personal"}),
    )
    assert [row[0] for row in table(lines)] == ["Mått", "Boende", "Platser"]
